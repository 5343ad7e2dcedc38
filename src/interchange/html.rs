//! HTML as it stands in data of other programs: entities as signs, the tags of a line of text as
//! styles.

use super::markup;
use crate::value::rich::{Rich, Shift, Style};
use std::{borrow::Cow, sync::Arc};

/// The longest name of an entity, and the longest number of one, between `&` and `;`.
const LONGEST_NAME: usize = 10;
/// Tags with longer attributes are taken for text.
const LONGEST_TAG: usize = 400;

/// The sign that an entity at the head of `text` stands for, and what follows it: `&oslash;`,
/// `&#248;`, `&#xF8;`.
pub(super) fn entity(text: &str) -> Option<(char, &str)> {
    let inner = text.strip_prefix('&')?;
    let (name, after) = inner.split_at_checked(inner.find(';').filter(|n| *n <= LONGEST_NAME)?)?;
    let after = after.strip_prefix(';')?;
    let sign = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
        None => {
            let at = ENTITIES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
            ENTITIES.get(at)?.1
        }
    };
    // A space that must not break was most often put there by an editor.
    Some((if sign == '\u{a0}' { ' ' } else { sign }, after))
}

/// The text with its entities as the signs that they stand for; those that TeX would take for its
/// own stay.
pub(super) fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match entity(rest).filter(|(sign, _)| !matches!(sign, '{' | '}' | '\\' | '%')) {
            Some((sign, behind)) => {
                plain.push(sign);
                rest = behind;
            }
            None => {
                plain.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    Cow::Owned(plain)
}

/// What a tag does to the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect<'t> {
    /// Words are set otherwise, or no longer.
    Style(Change, bool),
    /// Words stand apart: a new line.
    Break,
    /// Words stand apart: a paragraph or a heading begins or ends.
    Paragraph,
    /// A list begins, or ends.
    List(bool),
    /// An item of a list begins, or ends.
    Item(bool),
    /// Words lead somewhere, or no longer.
    Link(Option<&'t str>),
    /// It says nothing about the words.
    None,
}

/// What a tag changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Bold words.
    Bold,
    /// Italic words.
    Italic,
    /// Code.
    Code,
    /// Raised words.
    Super,
    /// Lowered words.
    Sub,
}

impl Change {
    /// Sets or takes away this of a style.
    pub(super) fn apply(self, style: &mut Style, on: bool) {
        match self {
            Self::Bold => style.bold = on,
            Self::Italic => style.italic = on,
            Self::Code => style.code = on,
            Self::Super => style.shift = if on { Shift::Super } else { Shift::None },
            Self::Sub => style.shift = if on { Shift::Sub } else { Shift::None },
        }
    }
}

/// What the tag at the head of `text` does, and what follows it; `None` for text such as `a < b`
/// and `<name>`.
pub(super) fn tag(text: &str) -> Option<(Effect<'_>, &str)> {
    let (inner, after) = text.strip_prefix('<')?.split_once('>')?;
    if inner.len() > LONGEST_TAG {
        return None;
    }
    let (opens, inner) = match inner.strip_prefix('/') {
        Some(inner) => (false, inner),
        None => (true, inner.strip_suffix('/').unwrap_or(inner)),
    };
    let name = inner.split_whitespace().next()?;
    // `<i j>` is a formula: attributes have values.
    if inner.trim() != name && !inner.contains('=') {
        return None;
    }
    let effect = match name.to_ascii_lowercase().as_str() {
        "i" | "em" | "cite" | "var" => Effect::Style(Change::Italic, opens),
        "b" | "strong" => Effect::Style(Change::Bold, opens),
        "code" | "tt" | "kbd" | "samp" => Effect::Style(Change::Code, opens),
        "sup" => Effect::Style(Change::Super, opens),
        "sub" | "inf" => Effect::Style(Change::Sub, opens),
        "br" => Effect::Break,
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" => Effect::Paragraph,
        "ul" | "ol" => Effect::List(opens),
        "li" => Effect::Item(opens),
        "a" if !opens => Effect::Link(None),
        "a" => Effect::Link(Some(attribute(inner, "href")?)),
        "span" | "sc" | "scp" | "font" | "u" | "small" => Effect::None,
        _ => return None,
    };
    Some((effect, after))
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(name)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    Some(match quote {
        Some(quote) => value.get(1..)?.split(quote).next()?,
        None => value.split_whitespace().next()?,
    })
}

/// Lists in lists lie so deep at most.
const DEEPEST_LIST: usize = 6;

/// Text in which programs keep HTML, as prose: paragraphs are parted by blank lines, items of lists
/// begin with a dash, deeper ones further in. Text without tags keeps its light markup; only the
/// entities in it become signs.
pub(super) fn to_prose(text: &str) -> String {
    let has_tag = text.match_indices('<').any(|(at, _)| text.get(at..).and_then(tag).is_some());
    if !has_tag {
        return without_entities(text).into_owned();
    }
    let mut prose = Prose::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((effect, after)) = tag(rest) {
            prose.apply(effect);
            rest = after;
        } else {
            let (sign, after) =
                entity(rest).unwrap_or((c, rest.get(c.len_utf8()..).unwrap_or_default()));
            prose.push(sign);
            rest = after;
        }
    }
    prose.end_line("");
    prose.out.trim().to_owned()
}

/// Prose while it is read.
#[derive(Default)]
struct Prose {
    out: String,
    /// What stands between the lines so far and the next one.
    between: &'static str,
    line: Rich,
    style: Style,
    link: Option<Arc<str>>,
    /// How many lists are open.
    depth: usize,
    /// Whether the line that is read is the first of an item.
    starts_item: bool,
}

impl Prose {
    fn push(&mut self, sign: char) {
        let sign = if sign.is_whitespace() { ' ' } else { sign };
        let is_spaced = self.line.runs.last().is_none_or(|run| run.text.ends_with(' '));
        if sign != ' ' || !is_spaced {
            self.line.push(sign.encode_utf8(&mut [0; 4]), self.style, self.link.clone());
        }
    }

    fn apply(&mut self, effect: Effect<'_>) {
        match effect {
            Effect::Style(change, on) => change.apply(&mut self.style, on),
            Effect::Break if self.depth > 0 => self.push(' '),
            Effect::Break => self.end_line("\n"),
            // A paragraph in an item is the item.
            Effect::Paragraph if self.depth > 0 => self.push(' '),
            Effect::Paragraph => self.end_line("\n\n"),
            Effect::List(opens) => {
                self.end_line("\n");
                self.depth = match opens {
                    true => (self.depth + 1).min(DEEPEST_LIST),
                    false => self.depth.saturating_sub(1),
                };
                if self.depth == 0 {
                    self.end_line("\n\n");
                }
            }
            Effect::Item(opens) => {
                self.end_line("\n");
                self.starts_item = opens;
            }
            Effect::Link(url) => {
                let url = url.map(|url| without_entities(url.trim()));
                self.link = url.filter(|url| !url.is_empty()).map(|url| Arc::from(url.as_ref()));
            }
            Effect::None => {}
        }
    }

    /// Writes the line, if there is one; `between` goes before the next.
    fn end_line(&mut self, between: &'static str) {
        let line = markup::from_runs(&std::mem::take(&mut self.line).trim().runs);
        if !line.is_empty() {
            self.out += self.between;
            if self.depth > 0 {
                self.out += &"  ".repeat(self.depth.saturating_sub(1));
                self.out += if std::mem::take(&mut self.starts_item) { "- " } else { "  " };
            }
            self.out += &line;
            self.between = between;
        } else if between.len() > self.between.len() {
            self.between = between;
        }
    }
}

/// Markup as the HTML that CSL knows: italic, bold, raised and lowered words, signs as entities
/// where they would be read as tags.
pub(super) fn write(source: &str) -> String {
    let mut out = String::new();
    for run in Rich::parse(source.trim()).runs {
        let text = run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let tags = [
            (run.style.bold, "b"),
            (run.style.italic, "i"),
            (run.style.shift == Shift::Super, "sup"),
            (run.style.shift == Shift::Sub, "sub"),
        ];
        let tags = || tags.iter().filter(|(on, _)| *on).map(|(_, tag)| *tag);
        out.extend(tags().map(|tag| format!("<{tag}>")));
        out += &text;
        out.extend(tags().rev().map(|tag| format!("</{tag}>")));
    }
    out
}

/// Text with entities and the tags of a line, as markup; breaks and white space become one space.
pub(super) fn to_markup(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return markup::escape(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut rich = Rich::default();
    let mut style = Style::default();
    let mut rest = text;
    let mut spaced = true;
    let mut push = |sign: char, style: Style| {
        let sign = if sign.is_whitespace() { ' ' } else { sign };
        if sign != ' ' || !spaced {
            rich.push(sign.encode_utf8(&mut [0; 4]), style, None);
        }
        spaced = sign == ' ';
    };
    while let Some(c) = rest.chars().next() {
        if let Some((effect, after)) = tag(rest) {
            match effect {
                Effect::Style(change, on) => change.apply(&mut style, on),
                Effect::Break | Effect::Paragraph | Effect::List(_) | Effect::Item(_) => {
                    push(' ', style);
                }
                Effect::Link(_) | Effect::None => {}
            }
            rest = after;
        } else if let Some((sign, after)) = entity(rest) {
            push(sign, style);
            rest = after;
        } else {
            push(c, style);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    markup::from_runs(&rich.trim().runs)
}

/// The named entities of HTML 4 (its section 24) and XML's `apos`, in the order of their bytes.
#[rustfmt::skip]
const ENTITIES: &[(&str, char)] = &[
    ("AElig", 'Æ'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Agrave", 'À'), ("Alpha", 'Α'),
    ("Aring", 'Å'), ("Atilde", 'Ã'), ("Auml", 'Ä'), ("Beta", 'Β'), ("Ccedil", 'Ç'),
    ("Chi", 'Χ'), ("Dagger", '‡'), ("Delta", 'Δ'), ("ETH", 'Ð'), ("Eacute", 'É'),
    ("Ecirc", 'Ê'), ("Egrave", 'È'), ("Epsilon", 'Ε'), ("Eta", 'Η'), ("Euml", 'Ë'),
    ("Gamma", 'Γ'), ("Iacute", 'Í'), ("Icirc", 'Î'), ("Igrave", 'Ì'), ("Iota", 'Ι'),
    ("Iuml", 'Ï'), ("Kappa", 'Κ'), ("Lambda", 'Λ'), ("Mu", 'Μ'), ("Ntilde", 'Ñ'), ("Nu", 'Ν'),
    ("OElig", 'Œ'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'), ("Ograve", 'Ò'), ("Omega", 'Ω'),
    ("Omicron", 'Ο'), ("Oslash", 'Ø'), ("Otilde", 'Õ'), ("Ouml", 'Ö'), ("Phi", 'Φ'),
    ("Pi", 'Π'), ("Prime", '″'), ("Psi", 'Ψ'), ("Rho", 'Ρ'), ("Scaron", 'Š'), ("Sigma", 'Σ'),
    ("THORN", 'Þ'), ("Tau", 'Τ'), ("Theta", 'Θ'), ("Uacute", 'Ú'), ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'), ("Upsilon", 'Υ'), ("Uuml", 'Ü'), ("Xi", 'Ξ'), ("Yacute", 'Ý'),
    ("Yuml", 'Ÿ'), ("Zeta", 'Ζ'), ("aacute", 'á'), ("acirc", 'â'), ("acute", '´'),
    ("aelig", 'æ'), ("agrave", 'à'), ("alefsym", 'ℵ'), ("alpha", 'α'), ("amp", '&'),
    ("and", '∧'), ("ang", '∠'), ("apos", '\''), ("aring", 'å'), ("asymp", '≈'), ("atilde", 'ã'),
    ("auml", 'ä'), ("bdquo", '„'), ("beta", 'β'), ("brvbar", '¦'), ("bull", '•'), ("cap", '∩'),
    ("ccedil", 'ç'), ("cedil", '¸'), ("cent", '¢'), ("chi", 'χ'), ("circ", 'ˆ'), ("clubs", '♣'),
    ("cong", '≅'), ("copy", '©'), ("crarr", '↵'), ("cup", '∪'), ("curren", '¤'), ("dArr", '⇓'),
    ("dagger", '†'), ("darr", '↓'), ("deg", '°'), ("delta", 'δ'), ("diams", '♦'),
    ("divide", '÷'), ("eacute", 'é'), ("ecirc", 'ê'), ("egrave", 'è'), ("empty", '∅'),
    ("emsp", '\u{2003}'), ("ensp", '\u{2002}'), ("epsilon", 'ε'), ("equiv", '≡'), ("eta", 'η'),
    ("eth", 'ð'), ("euml", 'ë'), ("euro", '€'), ("exist", '∃'), ("fnof", 'ƒ'), ("forall", '∀'),
    ("frac12", '½'), ("frac14", '¼'), ("frac34", '¾'), ("frasl", '⁄'), ("gamma", 'γ'),
    ("ge", '≥'), ("gt", '>'), ("hArr", '⇔'), ("harr", '↔'), ("hearts", '♥'), ("hellip", '…'),
    ("iacute", 'í'), ("icirc", 'î'), ("iexcl", '¡'), ("igrave", 'ì'), ("image", 'ℑ'),
    ("infin", '∞'), ("int", '∫'), ("iota", 'ι'), ("iquest", '¿'), ("isin", '∈'), ("iuml", 'ï'),
    ("kappa", 'κ'), ("lArr", '⇐'), ("lambda", 'λ'), ("lang", '〈'), ("laquo", '«'),
    ("larr", '←'), ("lceil", '⌈'), ("ldquo", '“'), ("le", '≤'), ("lfloor", '⌊'),
    ("lowast", '∗'), ("loz", '◊'), ("lrm", '\u{200e}'), ("lsaquo", '‹'), ("lsquo", '‘'),
    ("lt", '<'), ("macr", '¯'), ("mdash", '—'), ("micro", 'µ'), ("middot", '·'), ("minus", '−'),
    ("mu", 'μ'), ("nabla", '∇'), ("nbsp", '\u{a0}'), ("ndash", '–'), ("ne", '≠'), ("ni", '∋'),
    ("not", '¬'), ("notin", '∉'), ("nsub", '⊄'), ("ntilde", 'ñ'), ("nu", 'ν'), ("oacute", 'ó'),
    ("ocirc", 'ô'), ("oelig", 'œ'), ("ograve", 'ò'), ("oline", '‾'), ("omega", 'ω'),
    ("omicron", 'ο'), ("oplus", '⊕'), ("or", '∨'), ("ordf", 'ª'), ("ordm", 'º'),
    ("oslash", 'ø'), ("otilde", 'õ'), ("otimes", '⊗'), ("ouml", 'ö'), ("para", '¶'),
    ("part", '∂'), ("permil", '‰'), ("perp", '⊥'), ("phi", 'φ'), ("pi", 'π'), ("piv", 'ϖ'),
    ("plusmn", '±'), ("pound", '£'), ("prime", '′'), ("prod", '∏'), ("prop", '∝'), ("psi", 'ψ'),
    ("quot", '"'), ("rArr", '⇒'), ("radic", '√'), ("rang", '〉'), ("raquo", '»'), ("rarr", '→'),
    ("rceil", '⌉'), ("rdquo", '”'), ("real", 'ℜ'), ("reg", '®'), ("rfloor", '⌋'), ("rho", 'ρ'),
    ("rlm", '\u{200f}'), ("rsaquo", '›'), ("rsquo", '’'), ("sbquo", '‚'), ("scaron", 'š'),
    ("sdot", '⋅'), ("sect", '§'), ("shy", '\u{ad}'), ("sigma", 'σ'), ("sigmaf", 'ς'),
    ("sim", '∼'), ("spades", '♠'), ("sub", '⊂'), ("sube", '⊆'), ("sum", '∑'), ("sup", '⊃'),
    ("sup1", '¹'), ("sup2", '²'), ("sup3", '³'), ("supe", '⊇'), ("szlig", 'ß'), ("tau", 'τ'),
    ("there4", '∴'), ("theta", 'θ'), ("thetasym", 'ϑ'), ("thinsp", '\u{2009}'), ("thorn", 'þ'),
    ("tilde", '˜'), ("times", '×'), ("trade", '™'), ("uArr", '⇑'), ("uacute", 'ú'),
    ("uarr", '↑'), ("ucirc", 'û'), ("ugrave", 'ù'), ("uml", '¨'), ("upsih", 'ϒ'),
    ("upsilon", 'υ'), ("uuml", 'ü'), ("weierp", '℘'), ("xi", 'ξ'), ("yacute", 'ý'),
    ("yen", '¥'), ("yuml", 'ÿ'), ("zeta", 'ζ'), ("zwj", '\u{200d}'), ("zwnj", '\u{200c}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markup() {
        assert!(ENTITIES.is_sorted());
        for (text, expected) in [
            ("plain  text", "plain text"),
            ("<i>E. coli</i> &amp; <span class=\"nocase\">BERT</span>", "*E. coli* & BERT"),
            ("CO<sub>2</sub> <b>x</b>", "CO_{2} **x**"),
            ("CO<SUB>2</SUB><br />line<p>next</p>", "CO_{2} line next"),
            ("a < b & c", "a < b & c"),
            ("a <b c> d, Vec<T>, &unknown; &;", "a <b c> d, Vec<T>, &unknown; &;"),
            ("&Oslash;stby, &#269;, &#x10D;, &thetasym;&#0;", "Østby, č, č, ϑ&#0;"),
            ("*x* <i>open", r"\*x\* *open*"),
        ] {
            assert_eq!(to_markup(text), expected, "{text}");
        }
        for (text, expected) in [
            ("plain **text**, a < b", "plain **text**, a < b"),
            ("AT&amp;T **x**", "AT&T **x**"),
            ("<p>One</p><p>Two <b>bold</b> 5 * 3 * 2</p>", "One\n\nTwo **bold** 5 \\* 3 \\* 2"),
            ("a<br>b<br/>c", "a\nb\nc"),
            (
                "<p>Did:</p><ul><li><p>A</p></li><li>B<ol><li>C</li></ol></li></ul><p>So</p>",
                "Did:\n\n- A\n- B\n  - C\n\nSo",
            ),
            (
                "See <a href=\"https://example.org/?a=1&amp;b=2\">here</a>.",
                "See [here](https://example.org/?a=1&b=2).",
            ),
            ("<a name=x>y</a>", "<a name=x>y"),
        ] {
            assert_eq!(to_prose(text), expected, "{text}");
        }
    }
}
