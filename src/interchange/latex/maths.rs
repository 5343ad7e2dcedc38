//! Formulas in LaTeX: simple ones are text, the rest is kept as it stands.

use super::{
    expand::Expander,
    page::{Change, Look},
    styles::sign_of,
    tokens::{self, Item, Items, Node},
};

/// Commands around a sign that change nothing of what it says.
const AROUND: [&str; 24] = [
    "vcenter",
    "hbox",
    "mbox",
    "tiny",
    "small",
    "footnotesize",
    "scriptsize",
    "large",
    "Large",
    "displaystyle",
    "textstyle",
    "scriptstyle",
    "boldsymbol",
    "bm",
    "mathbf",
    "mathrm",
    "bf",
    "rm",
    "color",
    "ensuremath",
    "normalsize",
    "left",
    "right",
    "text",
];

impl Expander<'_> {
    /// A dollar sign: a formula to the next one, or else money.
    pub(super) fn maths(&mut self) {
        match self.until(|node| matches!(node, Node::Maths)) {
            Some(formula) => self.formula(&formula),
            None => self.page.write("$", &self.look, self.line),
        }
    }

    /// Writes a formula.
    pub(super) fn formula(&mut self, formula: &Items) {
        if let Some(text) = as_text(formula, 0) {
            if text.starts_with(char::is_whitespace) {
                self.page.space(0.0);
            }
            for (i, word) in text.split_whitespace().enumerate() {
                if i > 0 {
                    self.page.space(0.0);
                }
                self.write(word);
            }
            if text.ends_with(char::is_whitespace) {
                self.page.space(0.0);
            }
            return;
        }
        for (mark, change) in [("^", Change::Superscript), ("_", Change::Subscript)] {
            if let Some(text) = script(formula, mark) {
                let mut look = self.look.clone();
                change.apply(&mut look);
                self.page.write(&text, &look, self.line);
                return;
            }
        }
        if let Some((number, ordinal, rest)) = ordinal(formula) {
            self.page.write(number, &self.look, self.line);
            let mut look = self.look.clone();
            Change::Superscript.apply(&mut look);
            self.page.write(&ordinal, &look, self.line);
            if !rest.is_empty() {
                self.page.write(rest, &self.look, self.line);
            }
            return;
        }
        let source = without_space(&tokens::source_of(formula));
        let mut look = Look { link: self.look.link.clone(), ..self.look.clone() };
        look.style.math = true;
        self.page.write(&source, &look, self.line);
    }
}

/// The source of a formula as one word: its spaces say nothing to TeX but where they end the name
/// of a command, or where they stand in text.
fn without_space(source: &str) -> String {
    let words: Vec<&str> = source.split_whitespace().collect();
    if source.contains("\\text") || source.contains("\\mbox") {
        return words.join("~");
    }
    let mut out = String::with_capacity(source.len());
    for word in words {
        let name = out.rsplit('\\').next().unwrap_or_default();
        let after_name = name.len() < out.len()
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphabetic());
        if after_name && word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push_str("{}");
        }
        out.push_str(word);
    }
    out
}

/// A formula without letters, powers and fractions is text: `|`, `\bullet`, `\sim 20`.
fn as_text(items: &[Item], depth: usize) -> Option<String> {
    let mut out = String::new();
    for item in items {
        match &item.node {
            Node::Text(text)
                if !text.contains(|c: char| c.is_alphabetic() || "^_'".contains(c)) =>
            {
                out.push_str(text);
            }
            Node::Space | Node::Tie => out.push(' '),
            Node::Group(inner, _) if depth < 6 => out.push_str(&as_text(inner, depth + 1)?),
            Node::Command(name) if AROUND.contains(&&**name) => {}
            Node::Command(name) => match &**name {
                "," | ";" | ":" | " " | "quad" | "qquad" => out.push(' '),
                "!" => {}
                name => out.push_str(sign_of(name)?),
            },
            Node::Maths => {}
            _ => return None,
        }
    }
    Some(out)
}

/// The text of a formula that is nothing but a script: `^{th}`, `_2`.
fn script(items: &[Item], mark: &str) -> Option<String> {
    let mut items = items.iter().filter(|item| !matches!(item.node, Node::Space));
    let Node::Text(first) = &items.next()?.node else { return None };
    let rest = first.strip_prefix(mark)?;
    let text = match (rest.is_empty(), items.next(), items.next()) {
        (false, None, None) if rest.chars().count() == 1 => rest.to_owned(),
        (true, Some(Item { node: Node::Group(inner, _), .. }), None) => words(inner)?,
        (true, Some(Item { node: Node::Command(name), .. }), None) => sign_of(name)?.to_owned(),
        _ => return None,
    };
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// An ordinal number, `2^{nd}`, and what stands behind it.
fn ordinal(items: &[Item]) -> Option<(&str, String, &str)> {
    let [
        Item { node: Node::Text(number), .. },
        Item { node: Node::Group(inner, _), .. },
        rest @ ..,
    ] = items
    else {
        return None;
    };
    let number = number.strip_suffix('^')?;
    let ending = words(inner)?;
    let rest = match rest {
        [] => "",
        [Item { node: Node::Text(rest), .. }] => rest,
        _ => return None,
    };
    let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "/,.- ".contains(c));
    let endings = ["st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "o", "a"];
    let fits = !number.is_empty() && is_plain(number) && is_plain(rest);
    (fits && endings.contains(&ending.trim())).then_some((number, ending, rest))
}

/// Letters and digits that may stand above or below the line.
fn words(items: &[Item]) -> Option<String> {
    let mut out = String::new();
    for item in items {
        match &item.node {
            Node::Text(text) if !text.contains(['^', '_']) => out.push_str(text),
            Node::Space => out.push(' '),
            Node::Group(inner, _) => out.push_str(&words(inner)?),
            Node::Command(name) if AROUND.contains(&&**name) || name.starts_with("text") => {}
            Node::Command(name) => out.push_str(sign_of(name)?),
            _ => return None,
        }
    }
    Some(out)
}
