//! LaTeX as it stands in bibliographies, read into the light markup of prose fields.

use super::{chemistry, journals};
use crate::{
    interchange::{html, markup},
    value::rich::{Rich, Run, Shift, Style},
};
use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock},
};
use unicode_normalization::char::compose;

/// Groups nested deeper than this have the style of those around them.
const MAX_DEPTH: usize = 64;

/// Reads a value as markup: accents and signs as letters, bold, italic and code as stars and
/// backquotes, maths kept as maths, protecting braces left out, white space as one space. A command
/// that is not known stays as it was written.
pub(super) fn to_markup(source: &str) -> String {
    to_told_markup(source, &mut vec![])
}

/// [`to_markup`]; the commands that are not understood are `told`, each once.
pub(super) fn to_told_markup(source: &str, told: &mut Vec<String>) -> String {
    if let Some(journal) = journals::named(source) {
        return markup::escape(journal);
    }
    let source: &str = &unmasked(source);
    let mut reader = Reader {
        source,
        told: vec![],
        at: 0,
        groups: vec![],
        excess: 0,
        style: Style::default(),
        link: None,
        quoted: false,
        wasted: 0,
        out: vec![],
    };
    reader.read();
    for command in reader.told {
        if !told.contains(&command) {
            told.push(command);
        }
    }
    let mut markup = String::new();
    let mut runs: Vec<Run> = vec![];
    for part in reader.out {
        match part {
            Part::Run(run) => runs.push(run),
            Part::Maths(maths) => {
                markup += &text_of(&mut runs);
                markup += &maths;
            }
        }
    }
    markup += &text_of(&mut runs);
    markup.trim().to_owned()
}

/// Reads a value as plain words.
pub(super) fn to_plain(source: &str) -> String {
    Rich::parse(&to_markup(source)).to_plain().trim().to_owned()
}

/// Reads an address: no braces, no backslashes, nothing of `\url`.
pub(in crate::interchange) fn to_address(source: &str) -> String {
    let source = source.trim();
    let inner = source.strip_prefix("\\url").or_else(|| source.strip_prefix("\\href"));
    let mut source = inner.map_or(source, |inner| inner.trim().trim_start_matches('{'));
    if inner.is_some() {
        source = source.split('}').next().unwrap_or(source);
    }
    let mut out = source.to_owned();
    if out.contains(['\\', '$', '{']) {
        for tilde in ["{\\textasciitilde}", "\\textasciitilde", "$\\sim$", "\\~{}"] {
            out = out.replace(tilde, "~");
        }
        out.retain(|c| !matches!(c, '\\' | '{' | '}'));
    }
    out.split_whitespace().collect()
}

/// The runs so far as markup, white space as one space.
fn text_of(runs: &mut Vec<Run>) -> String {
    let mut rich = Rich::default();
    for run in runs.drain(..) {
        let ends_in_space = rich.runs.last().is_some_and(|last| last.text.ends_with(' '));
        let mut text = String::with_capacity(run.text.len());
        for c in run.text.chars() {
            match c {
                c if !c.is_whitespace() => text.push(c),
                _ if text.ends_with(' ') || text.is_empty() && ends_in_space => {}
                _ => text.push(' '),
            }
        }
        rich.push(&text, run.style, run.link);
    }
    markup::from_runs(&rich.runs)
}

enum Part {
    Run(Run),
    /// Markup, written as it stands.
    Maths(String),
}

/// What is put back when a group ends.
struct Group {
    style: Style,
    link: Option<Arc<str>>,
    /// What stands at the end of the group: a closing quotation mark.
    close: &'static str,
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    groups: Vec<Group>,
    /// Groups beyond the deepest.
    excess: usize,
    style: Style,
    link: Option<Arc<str>>,
    /// Whether a single quotation mark is open.
    quoted: bool,
    /// What is to be said of commands.
    told: Vec<String>,
    /// How many bytes were searched in vain: a bound for values full of beginnings without an end.
    wasted: usize,
    out: Vec<Part>,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let is_next = self.rest().starts_with(wanted);
        self.at += if is_next { wanted.len() } else { 0 };
        is_next
    }

    fn skip_space(&mut self) {
        self.at = self.source.len() - self.rest().trim_start().len();
    }

    fn push(&mut self, text: &str) {
        match self.out.last_mut() {
            Some(Part::Run(run)) if run.style == self.style && run.link == self.link => {
                run.text.push_str(text);
            }
            _ => self.out.push(Part::Run(Run {
                text: text.to_owned(),
                style: self.style,
                link: self.link.clone(),
            })),
        }
    }

    fn read(&mut self) {
        loop {
            let rest = self.rest();
            let end = rest
                .find(['\\', '{', '}', '$', '~', '-', '`', '\'', '&', '<'])
                .unwrap_or(rest.len());
            if end > 0 {
                self.push(rest.get(..end).unwrap_or_default());
                self.at += end;
            }
            let Some(c) = self.next() else { return };
            match c {
                '\\' => self.command(),
                '{' => self.open(""),
                '}' => self.close(),
                '$' => self.maths(),
                '~' => self.push(" "),
                '&' | '<' => self.html(c),
                '-' if self.eat("--") => self.push("—"),
                '-' if self.eat("-") => self.push("–"),
                '`' if self.eat("`") => self.push("“"),
                '\'' if self.eat("'") => self.push("”"),
                '`' => {
                    self.quoted = true;
                    self.push("‘");
                }
                '\'' if self.quoted && !self.rest().starts_with(char::is_alphanumeric) => {
                    self.quoted = false;
                    self.push("’");
                }
                c => self.push(c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    /// An entity or a tag of HTML, as publishers and registries put into titles; anything else is
    /// itself.
    fn html(&mut self, sign: char) {
        let text = self.source.get(self.at - 1..).unwrap_or_default();
        let mut rest = self.rest();
        if let Some((sign, after)) = html::entity(text) {
            self.push(sign.encode_utf8(&mut [0; 4]));
            rest = after;
        } else if let Some((effect, after)) = html::tag(text) {
            match effect {
                html::Effect::Style(change, on) => change.apply(&mut self.style, on),
                html::Effect::Break
                | html::Effect::Paragraph
                | html::Effect::List(_)
                | html::Effect::Item(_) => self.push(" "),
                html::Effect::Link(url) => self.link = url.map(|url| to_address(url).into()),
                html::Effect::None => {}
            }
            rest = after;
        } else {
            self.push(sign.encode_utf8(&mut [0; 4]));
        }
        self.at = self.source.len() - rest.len();
    }

    fn open(&mut self, close: &'static str) {
        if self.groups.len() >= MAX_DEPTH {
            self.excess += 1;
            return;
        }
        self.groups.push(Group { style: self.style, link: self.link.clone(), close });
    }

    fn close(&mut self) {
        if self.excess > 0 {
            self.excess -= 1;
        } else if let Some(group) = self.groups.pop() {
            self.push(group.close);
            (self.style, self.link) = (group.style, group.link);
            // The next argument of a command that is not known.
            if group.close == UNKNOWN && self.eat("{") {
                self.push("{");
                self.open(UNKNOWN);
            }
        }
    }

    /// Formulas between dollar signs; a dollar sign without a partner is money.
    fn maths(&mut self) {
        let end = if self.eat("$") { "$$" } else { "$" };
        match self.until(end) {
            Some(formula) => self.formula(formula),
            None => self.push(end),
        }
    }

    /// What stands before `end`, which is passed over; nothing is passed where it does not come.
    fn until(&mut self, end: &str) -> Option<&'s str> {
        let rest = self.rest();
        let mut from = 0;
        loop {
            let found = rest.get(from..).filter(|_| !self.is_spent()).and_then(|r| r.find(end));
            let Some(at) = found.map(|at| from + at) else {
                self.wasted += rest.len();
                return None;
            };
            let before = rest.get(..at)?;
            // An escaped dollar sign.
            if end.starts_with('$') && before.ends_with('\\') && !before.ends_with("\\\\") {
                from = at + 1;
                continue;
            }
            self.at += at + end.len();
            return Some(before);
        }
    }

    fn formula(&mut self, formula: &str) {
        let formula = formula.split_whitespace().collect::<Vec<_>>().join(" ");
        let script = |mark: char| {
            let inner = formula.strip_prefix(mark)?;
            let inner = inner.strip_prefix('{').and_then(|i| i.strip_suffix('}')).unwrap_or(inner);
            let mut inner = inner.to_owned();
            for (command, sign) in [
                ("\\ddagger", "‡"),
                ("\\dagger", "†"),
                ("\\ast", "*"),
                ("\\star", "*"),
                ("\\S", "§"),
            ] {
                inner = inner.replace(command, sign);
            }
            let simple = |c: char| c.is_alphanumeric() || "+-*,†‡§¶ ".contains(c);
            (!inner.is_empty() && inner.chars().all(simple)).then_some(inner)
        };
        let style = self.style;
        if let Some(raised) = script('^') {
            self.style.shift = Shift::Super;
            self.push(&raised);
        } else if let Some(lowered) = script('_') {
            self.style.shift = Shift::Sub;
            self.push(&lowered);
        } else if !formula.is_empty() {
            // A digit right after the last dollar sign would make it a sum of money.
            let rest = self.rest();
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (tail, _) = rest.split_at_checked(digits).unwrap_or_default();
            self.at += digits;
            self.out.push(Part::Maths(format!("${formula}{tail}$")));
        }
        self.style = style;
    }

    /// The letters after a backslash, or the one sign.
    fn name(&mut self) -> &'s str {
        let rest = self.rest();
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let length = match letters {
            0 => rest.chars().next().map_or(0, char::len_utf8),
            letters => letters,
        };
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// The text of the group that follows; empty where none does.
    fn argument(&mut self) -> &'s str {
        self.skip_space();
        if !self.rest().starts_with('{') || self.is_spent() {
            return "";
        }
        let start = self.at + 1;
        let mut depth = 0usize;
        for (i, byte) in self.rest().bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => {
                    self.at += i + 1;
                    return self.source.get(start..start + i - 1).unwrap_or_default();
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        self.wasted += self.rest().len();
        ""
    }

    fn is_spent(&self) -> bool {
        self.wasted > self.source.len() * 4
    }

    /// What a command does; its backslash has been passed.
    fn command(&mut self) {
        let start = self.at;
        let name = self.name();
        if let Some(mark) = accent(name)
            && let Some(letter) = self.accented(mark, 0)
        {
            return self.push(&letter);
        }
        if let Some(sign) = sign(name) {
            self.push(sign);
            // `\&amp;`: an entity whose ampersand was masked.
            if name == "&" {
                self.eat("amp;");
            }
            return self.end_of_name(name);
        }
        let style = self.style;
        match name {
            "(" => match self.until("\\)") {
                Some(formula) => self.formula(formula),
                None => self.push("("),
            },
            "ensuremath" => {
                let formula = self.argument();
                self.formula(formula);
            }
            "textsuperscript" | "textsubscript" | "textbf" | "mkbibbold" | "textit" | "emph"
            | "mkbibemph" | "mkbibitalic" | "textsl" | "texttt" | "textrm" | "textsf"
            | "textsc" | "textnormal" | "textup" | "textmd" | "text" | "mbox" | "hbox"
            | "underline" | "uline" | "enquote" | "mkbibquote" | "NoCaseChange"
            | "MakeUppercase" | "uppercase" | "lowercase" | "textcolor" | "color" => {
                if name.ends_with("color") {
                    self.argument();
                }
                self.skip_space();
                let quotes = name == "enquote" || name == "mkbibquote";
                if self.eat("{") {
                    if quotes {
                        self.push("“");
                    }
                    self.open(if quotes { "”" } else { "" });
                }
                match name {
                    "textsuperscript" => self.style.shift = Shift::Super,
                    "textsubscript" => self.style.shift = Shift::Sub,
                    "textbf" | "mkbibbold" => self.style.bold = true,
                    "textit" | "emph" | "mkbibemph" | "mkbibitalic" | "textsl" => {
                        self.style.italic = true;
                    }
                    "texttt" => self.style.code = true,
                    _ => {}
                }
                // Without braces it would never end.
                if self.groups.is_empty() {
                    self.style = style;
                }
            }
            "bf" | "bfseries" => self.declare(|style| style.bold = true),
            "it" | "itshape" | "em" | "sl" | "slshape" => self.declare(|style| style.italic = true),
            "tt" | "ttfamily" => self.declare(|style| style.code = true),
            "rm" | "normalfont" | "rmfamily" | "mdseries" | "upshape" => {
                self.declare(|style| *style = Style::default());
            }
            "sc" | "scshape" | "sf" | "sffamily" | "protect" | "relax" | "small"
            | "footnotesize" | "-" | "/" | "!" | "null" | "allowbreak" | "nobreak" | "sloppy" => {
                self.skip_blank(name);
            }
            "hspace" | "vspace" | "hskip" | "noopsort" => {
                self.eat("*");
                self.argument();
            }
            "ce" | "cee" | "ch" if self.rest().starts_with('{') => {
                let formula = self.argument();
                self.chemistry(formula);
            }
            "gls" | "Gls" | "GLS" | "glspl" | "Glspl" | "ac" | "Ac" | "acp" | "acs" | "acl"
            | "acf" | "acrshort" | "acrlong" | "acrfull"
                if self.rest().starts_with('{') =>
            {
                let word = self.argument();
                self.push(word);
                self.told.push(format!(
                    "`\\{name}{{{word}}}` names a word of a glossary, which this file does not have"
                ));
            }
            "url" | "nolinkurl" | "path" => {
                let address = to_address(self.argument());
                self.link(&address, &address);
            }
            "href" => {
                let address = to_address(self.argument());
                let text = to_plain(self.argument());
                self.link(&address, &text);
            }
            _ => {
                let written = self.source.get(start - 1..self.at).unwrap_or_default();
                self.push(written);
                if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    self.told.push(format!("the command `{written}` is printed as it is typed"));
                    if self.eat("{") {
                        self.push("{");
                        self.open(UNKNOWN);
                    }
                }
            }
        }
    }

    /// A formula of chemistry.
    fn chemistry(&mut self, formula: &str) {
        let style = self.style;
        for (text, shift) in chemistry::pieces(formula) {
            self.style.shift = shift;
            self.push(text);
        }
        self.style = style;
    }

    fn link(&mut self, address: &str, text: &str) {
        let outer = self.link.replace(address.into());
        self.push(if text.is_empty() { address } else { text });
        self.link = outer;
    }

    /// A style that lasts to the end of the group.
    fn declare(&mut self, set: fn(&mut Style)) {
        if !self.groups.is_empty() {
            set(&mut self.style);
        }
        self.skip_space();
    }

    /// The space that only ends the name of a command.
    fn end_of_name(&mut self, name: &str) {
        if name.ends_with(|c: char| c.is_ascii_alphabetic()) {
            if !self.eat("{}") {
                self.skip_space();
            }
        } else if self.rest().starts_with("{}") {
            self.at += 2;
        }
    }

    fn skip_blank(&mut self, name: &str) {
        if name.ends_with(|c: char| c.is_ascii_alphabetic()) {
            self.skip_space();
        }
    }

    /// The letter under an accent: `o`, `{o}`, `\i`, `{\^e}`; nothing is passed where none comes.
    fn accented(&mut self, mark: char, depth: usize) -> Option<String> {
        let start = self.at;
        self.skip_space();
        let letters = if self.eat("{") {
            let mut letters = String::new();
            while !self.eat("}") {
                let atom = (letters.len() < 16).then(|| self.atom(depth)).flatten();
                let Some(atom) = atom else {
                    self.at = start;
                    return None;
                };
                letters += &atom;
            }
            letters
        } else {
            match self.atom(depth) {
                Some(atom) => atom,
                None => {
                    self.at = start;
                    return None;
                }
            }
        };
        Some(under_accent(mark, &letters))
    }

    /// One letter, however it is written.
    fn atom(&mut self, depth: usize) -> Option<String> {
        match self.next()? {
            '\\' => {
                let name = self.name();
                if let Some(sign) = sign(name) {
                    self.skip_blank(name);
                    return Some(sign.to_owned());
                }
                let mark = accent(name).filter(|_| depth < 4)?;
                self.accented(mark, depth + 1)
            }
            '{' if depth < 4 => {
                let inner = self.atom(depth + 1)?;
                self.eat("}").then_some(inner)
            }
            c if c == '{' || c == '}' || c == '$' => None,
            c => Some(c.to_string()),
        }
    }
}

/// Letters with the accent `mark` over the first of them; the accent's own sign where there are
/// none.
pub(in crate::interchange) fn under_accent(mark: char, letters: &str) -> String {
    let mut letters = letters.chars();
    let base = match letters.next() {
        Some('ı') => 'i',
        Some('ȷ') => 'j',
        Some(base) => base,
        // `\^{}` and `\~{}` are the signs themselves.
        None if mark == '\u{302}' => return "^".to_owned(),
        None if mark == '\u{303}' => return "~".to_owned(),
        None => return String::new(),
    };
    let whole = compose(base, mark).map_or_else(|| format!("{base}{mark}"), String::from);
    whole + letters.as_str()
}

/// What closes the argument of a command that is printed as it is typed.
const UNKNOWN: &str = "}";

/// A value of DBLP with its formulas as formulas: there every sign of them is masked, as in
/// `{\textdollar}{\textbackslash}mathrm\{AC\}{\^{}}0{\textdollar}`.
fn unmasked(source: &str) -> Cow<'_, str> {
    const DOLLAR: &str = "{\\textdollar}";
    const MASKED: [(&str, &str); 12] = [
        ("{\\textbackslash}", "\\"),
        ("\\textbackslash{}", "\\"),
        ("{\\^{}}", "^"),
        ("\\^{}", "^"),
        ("{\\_}", "_"),
        ("\\_", "_"),
        ("\\{", "{"),
        ("\\}", "}"),
        ("{\\textless}", "<"),
        ("{\\textgreater}", ">"),
        ("{\\textbar}", "|"),
        ("{\\&}", "&"),
    ];
    if !source.contains(DOLLAR) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut parts = source.split(DOLLAR).peekable();
    out.push_str(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        // Sums of money have nothing masked between them.
        let is_formula = MASKED.iter().take(6).any(|(masked, _)| part.contains(masked));
        match parts.peek() {
            Some(after) if is_formula => {
                let formula =
                    MASKED.iter().fold(part.to_owned(), |f, (from, to)| f.replace(from, to));
                out.push_str(&format!("${formula}${after}"));
                parts.next();
            }
            _ => out.push_str(&format!("{DOLLAR}{part}")),
        }
    }
    Cow::Owned(out)
}

/// Whether a command stands for a letter or another sign.
pub(super) fn is_sign(name: &str) -> bool {
    sign(name).is_some()
}

/// The combining mark of an accent command.
pub(in crate::interchange) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// Commands that stand for signs, in pairs.
const SIGNS: &str = "ss ß SS ẞ ae æ AE Æ oe œ OE Œ o ø O Ø aa å AA Å l ł L Ł i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ \
    ng ŋ NG Ŋ & & % % $ $ # # _ _ { { } } textendash – textemdash — textquoteright ’ textquoteleft ‘ \
    textquotedblleft “ textquotedblright ” quotedblbase „ quotesinglbase ‚ guillemotleft « guillemotright » \
    textquotedbl \" textquotesingle ' ldots … dots … textellipsis … textasciitilde ~ textasciicircum ^ textbackslash \\ textbraceleft { textbraceright } textasciigrave ` \
    texttrademark ™ textregistered ® copyright © textcopyright © dag † ddag ‡ textdagger † textdaggerdbl ‡ dagger † \
    ddagger ‡ S § textsection § P ¶ textparagraph ¶ pounds £ textsterling £ euro € texteuro € slash / textbar | \
    textdollar $ textcent ¢ textyen ¥ textpercent % textnumbersign # textless < textgreater > textunderscore _ textbullet • textperiodcentered · cdot · times × textdegree ° degree ° \
    textordmasculine º textordfeminine ª textonehalf ½ textmu µ textasteriskcentered * ast * star ⋆ LaTeX LaTeX \
    TeX TeX BibTeX BibTeX alpha α beta β gamma γ delta δ epsilon ε lambda λ mu μ pi π sigma σ tau τ omega ω";

/// What `\name` stands for in text.
pub(in crate::interchange) fn sign(name: &str) -> Option<&'static str> {
    if matches!(name, " " | "," | ";" | ":" | "\\" | "quad" | "qquad" | "space" | "\n" | "newline")
    {
        return Some(" ");
    }
    static TABLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let words: Vec<&str> = SIGNS.split(' ').collect();
        words.as_chunks::<2>().0.iter().map(|[name, sign]| (*name, *sign)).collect()
    });
    TABLE.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latex_becomes_markup() {
        for (source, expected) in [
            ("", ""),
            ("  A  plain\n title ", "A plain title"),
            (r#"G{\"o}del, G\"odel, G\"{o}del, {G\"{o}}del"#, "Gödel, Gödel, Gödel, Gödel"),
            (
                r"Erd\H{o}s, \v{S}t\v epan, \c{c}\c c, {\'\i}, \'{\i}, \'i",
                "Erdős, Štěpan, çç, í, í, í",
            ),
            (
                r"{\L}{\'o}d\'z, \L\'od\'z, \aa ngstr\o{}m, stra{\ss}e",
                "Łódź, Łódź, ångstrøm, straße",
            ),
            (r"Nguy\~{\^e}n, \d{e}\^{\d{o}}", "Nguyễn, ẹộ"),
            (r"\x{\^{}} \~{}", r"\x{^} ~"),
            (r"{BERT} for the {D}og", "BERT for the Dog"),
            (r"R\&D: 50\% off \$5 \#1 a\_b", "R&D: 50% off $5 #1 a_b"),
            (r"a -- b --- c 1-2 x~y", "a – b — c 1-2 x y"),
            (r"``quoted'' and `single', don't", "“quoted” and ‘single’, don't"),
            (
                r"\textbf{bold} \emph{it} {\bfseries b} {\it i} \texttt{c}",
                "**bold** *it* **b** *i* `c`",
            ),
            (r"\textbf{bold \emph{both}} x", "**bold** ***both*** x"),
            (r"H\textsubscript{2}O, CO$_2$, x$^{2}$, 5$^{th}$", "H_{2}O, CO_{2}, x^{2}, 5^{th}"),
            (r"in $O(n \log n)$ time", r"in $O(n \log n)$ time"),
            (r"$\alpha$3 and \(x_1\) and \ensuremath{y^2}", r"$\alpha3$ and $x_1$ and $y^2$"),
            (r"costs $5", "costs $5"),
            (
                r"\url{https://example.org/a\_b} \href{https://example.org}{here}",
                "[https://example.org/a\\_b](https://example.org/a_b) [here](https://example.org)",
            ),
            (r"A* search and *stars*", r"A\* search and \*stars\*"),
            (r"\foo{x} \Bar y \baz{a}{\'e} {z}", r"\foo{x} \Bar y \baz{a}{é} z"),
            (r"\ce{H2O}, \ce{2H2 + O2 -> 2H2O}", "H_{2}O, 2H_{2} + O_{2} → 2H_{2}O"),
            (
                r"\ce{SO4^2-} \ce{Na+} \ce{Fe^{3+}} \ce{CuSO4*5H2O}",
                r"SO_{4}^{2\-} Na^{+} Fe^{3+} CuSO_{4}·5H_{2}O",
            ),
            (r"Use of \gls{ai}", "Use of ai"),
            (
                r"of {\textdollar}{\textbackslash}mathrm\{AC\}{\^{}}0{\textdollar} and {\textdollar}5 or {\textdollar}6",
                r"of $\mathrm{AC}^0$ and $5 or $6",
            ),
            (r"\apjl", "The Astrophysical Journal Letters"),
            (r"\enquote{x} \LaTeX{} and \LaTeX\ rocks", "“x” LaTeX and LaTeX rocks"),
            (r"\textsc{Small} \mbox{box} {\sc x} a\-b \noopsort{z}c", "Small box x ab c"),
            ("{{{deep}}} } {", "deep"),
            (r"50\,\% \dots\ x\\y", "50 % … x y"),
            (r"\textcolor{red}{x} $\mathcal{O}$", r"x $\mathcal{O}$"),
            ("\\", "\\"),
        ] {
            assert_eq!(to_markup(source), expected, "{source}");
        }
        assert_eq!(to_plain(r"\textbf{A} $x$"), "A x");
    }

    #[test]
    fn addresses() {
        for (source, expected) in [
            (r"\url{https://example.org/a\_b}", "https://example.org/a_b"),
            (r"https://example.org/\~{}me{\_}x\%20y", "https://example.org/~me_x%20y"),
            (r"https://example.org/$\sim$me", "https://example.org/~me"),
            (" 10.5555/a\\_1 ", "10.5555/a_1"),
            (r"\href{https://example.org}{text}", "https://example.org"),
        ] {
            assert_eq!(to_address(source), expected, "{source}");
        }
    }

    #[test]
    fn deep_and_long_values_are_read_in_linear_time() {
        for part in ["{", "\\textbf{", "$", "\\'", "\\'{", "\\url{", "`", "\\foo", "{}"] {
            let clock = std::time::Instant::now();
            to_markup(&part.repeat(50_000 / part.len()));
            assert!(clock.elapsed().as_secs() < 5, "{part}");
        }
    }
}
