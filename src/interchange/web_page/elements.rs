//! What the elements of HTML are to the lines of a page.

use super::tags::Tag;

/// What an element is to the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words among others.
    Inline,
    /// Lines of its own.
    Block,
    /// Lines of its own with space around.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// Text whose line breaks count.
    Preformatted,
    /// Text set in.
    Quote,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A row of cells.
    Row,
    /// A box whose children stand at the two ends of a line.
    Flow,
    /// A cell.
    Cell,
    /// Words that stand apart from the others of their line.
    Part,
    /// A link.
    Link,
    /// Words between quotation marks.
    Quotation,
    /// Links to other places, which are none of the text.
    Navigation,
    /// The title of the page.
    Title,
    /// What is not shown.
    Hidden,
    /// What holds no words of the page.
    Silent,
}

/// What this element is.
pub(super) fn kind(tag: &Tag) -> Kind {
    const APART: [&str; 5] = [
        "justify-content-between",
        "justify-between",
        "justify-content:space-between",
        "space-between",
        "flex-between",
    ];
    match tag.name.as_str() {
        "title" => return Kind::Title,
        "svg" | "template" | "iframe" | "object" | "video" | "audio" | "canvas" | "noscript"
        | "select" | "datalist" | "annotation" | "annotation-xml" => return Kind::Silent,
        _ if tag.is_hidden() => return Kind::Hidden,
        // The name of a picture in a font of pictures.
        "i" | "span" if tag.has_class(&["material-icons", "material-symbols-outlined"]) => {
            return Kind::Silent;
        }
        _ if tag.has_class(&["katex-html"]) => return Kind::Silent,
        _ if tag.floats_right() => return Kind::Part,
        _ => {}
    }
    let spread = tag.has_style("justify-content:space-between") || tag.has_class(&APART);
    match tag.name.as_str() {
        "a" => Kind::Link,
        "q" => Kind::Quotation,
        "nav" => Kind::Navigation,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        "ul" | "ol" | "menu" | "dir" => Kind::List,
        "li" => Kind::Item,
        "pre" | "textarea" | "listing" => Kind::Preformatted,
        "blockquote" => Kind::Quote,
        name if spread && is_block(name) => Kind::Flow,
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "p" | "section" | "article" | "table" | "dl" | "figure" | "fieldset" => Kind::Paragraph,
        name if is_block(name) => Kind::Block,
        _ => Kind::Inline,
    }
}

/// Whether an element has lines of its own.
pub(in crate::interchange) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether an element never holds anything.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether words inside of this element stand on the line around it.
pub(in crate::interchange) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether an element has this name. Names with a hyphen or colon are those of programs.
pub(super) fn is_known(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // A name behind the prefix of a name space; behind the colon of an address stands none.
    let made = name.contains(['-', ':'])
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-:_.".contains(c));
    let other = matches!(
        &*name,
        "annotation"
            | "audio"
            | "blink"
            | "button"
            | "canvas"
            | "colgroup"
            | "data"
            | "datalist"
            | "frameset"
            | "iframe"
            | "label"
            | "map"
            | "marquee"
            | "math"
            | "meter"
            | "mfrac"
            | "mi"
            | "mn"
            | "mo"
            | "mrow"
            | "mstyle"
            | "msub"
            | "msup"
            | "mtext"
            | "nobr"
            | "noscript"
            | "object"
            | "optgroup"
            | "output"
            | "path"
            | "picture"
            | "progress"
            | "rp"
            | "rt"
            | "ruby"
            | "script"
            | "select"
            | "semantics"
            | "slot"
            | "style"
            | "template"
            | "textarea"
            | "title"
            | "video"
            | "xml"
            | "xmp"
    );
    made || other || is_block(&name) || is_inline(&name) || is_void(&name)
}

/// The elements that end where this one begins, each with those beyond which nobody looks.
pub(super) fn closed_by(
    name: &str,
) -> &'static [(&'static [&'static str], &'static [&'static str])] {
    const PARAGRAPH: (&[&str], &[&str]) =
        (&["p"], &["td", "th", "li", "div", "section", "blockquote", "dd", "button"]);
    const TABLE: &[&str] = &["table"];
    match name {
        "li" => &[(&["li"], &["ul", "ol", "menu", "dir", "td"])],
        "dt" | "dd" => &[(&["dt", "dd"], &["dl", "td"])],
        "td" | "th" => &[(&["td", "th"], &["tr", "table"])],
        "tr" => &[(&["tr"], TABLE)],
        "tbody" | "thead" | "tfoot" => &[(&["tbody", "thead", "tfoot"], TABLE)],
        "option" => &[(&["option"], &["select"])],
        "body" => &[(&["head"], &[])],
        "a" => &[(&["a"], &["td", "th", "li"])],
        name if is_block(name) && !matches!(name, "html" | "head") => &[PARAGRAPH],
        _ => &[],
    }
}

/// The count of a list with numbers.
#[derive(Clone, Debug)]
pub(super) struct Count {
    next: i64,
    step: i64,
    signs: char,
}

impl Count {
    /// The count of a list; none where its items have bullets.
    pub(super) fn of(tag: &Tag) -> Option<Self> {
        (tag.name == "ol").then_some(())?;
        let backwards = tag.attribute("reversed").is_some();
        let start = tag.attribute("start").and_then(|start| start.trim().parse().ok());
        let signs = tag.attribute("type").and_then(|signs| signs.chars().next()).unwrap_or('1');
        Some(Self { next: start.unwrap_or(1), step: if backwards { -1 } else { 1 }, signs })
    }

    /// The number of the next item.
    pub(super) fn next(&mut self, item: &Tag) -> String {
        if let Some(value) = item.attribute("value").and_then(|value| value.trim().parse().ok()) {
            self.next = value;
        }
        let number = self.next;
        self.next = self.next.saturating_add(self.step);
        let letter = u8::try_from(number).ok().filter(|n| (1..=26).contains(n));
        match (self.signs, letter) {
            ('a', Some(n)) => format!("{}.", char::from(b'a' + n - 1)),
            ('A', Some(n)) => format!("{}.", char::from(b'A' + n - 1)),
            _ => format!("{number}."),
        }
    }
}
