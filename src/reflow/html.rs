//! HTML: one page that needs nothing else, readable on paper, in the dark, on a telephone and by
//! ear.

use super::{Error, escaped, heading, same_link};
use crate::{
    pdf::Metadata,
    typeset::{
        manuscript::{Block, Item, Manuscript, Row, Span, Text},
        page::Image,
    },
    value::{
        date::{Date, Dates, Span as Time},
        direction::Direction,
        rich::Shift,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

const STYLE: &str = include_str!("../../assets/reflow/page.css");

/// Writes a manuscript as an HTML page in UTF-8, without scripts, with its style sheet and its
/// photo inside. A policy in the page keeps browsers from fetching or running anything.
///
/// # Errors
/// None.
pub fn write(manuscript: &Manuscript, meta: &Metadata) -> Result<Vec<u8>, Error> {
    let mut page = Page { direction: manuscript.direction, ..Page::default() };
    page.line(&format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"{}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>",
        escaped(&manuscript.language),
        manuscript.direction.against(Direction::default()),
        escaped(&meta.title)
    ));
    let keywords = meta.keywords.join(", ");
    let subject = meta.subject.as_deref().unwrap_or_default();
    for (name, text) in
        [("author", meta.author.as_str()), ("description", subject), ("keywords", &keywords)]
    {
        if !text.is_empty() {
            page.line(&format!("<meta name=\"{name}\" content=\"{}\">", escaped(text)));
        }
    }
    page.line(&format!("<style>\n{STYLE}</style>\n</head>\n<body>"));
    let is_header =
        |b: &Block| matches!(b, Block::Name(_) | Block::Headline(_) | Block::Contacts(_));
    let end = manuscript.blocks.iter().position(|b| !is_header(b));
    let (top, rest) = manuscript.blocks.split_at(end.unwrap_or(manuscript.blocks.len()));
    page.open("header", "<header>");
    if let Some(image) = &manuscript.photo {
        page.photo(image, manuscript.photo_left);
    }
    page.blocks(top);
    page.close_to("");
    page.open("main", "<main>");
    page.blocks(rest);
    page.close_to("");
    page.line("</body>\n</html>");
    Ok(page.html.into_bytes())
}

/// The page as it grows.
#[derive(Default)]
struct Page {
    html: String,
    /// The direction of its language.
    direction: Direction,
    /// The elements that are open.
    open: Vec<&'static str>,
    /// How many headings there are.
    headings: usize,
}

impl Page {
    fn line(&mut self, html: &str) {
        self.html += html;
        self.html.push('\n');
    }

    fn open(&mut self, name: &'static str, tag: &str) {
        self.line(tag);
        self.open.push(name);
    }

    /// Closes what is open inside the innermost `name`; with an empty one, everything.
    fn close_to(&mut self, name: &str) {
        while self.open.last().is_some_and(|open| *open != name) {
            if let Some(open) = self.open.pop() {
                self.line(&format!("</{open}>"));
            }
        }
    }

    /// The attribute of a name, a title or a date that runs against the page.
    fn row_direction(&self, text: &[Span]) -> &'static str {
        self.direction.of_row(&plain(text)).against(self.direction)
    }

    /// The attribute of running text that runs against the page.
    fn prose_direction(&self, text: &[Span]) -> &'static str {
        self.direction.of_prose(&plain(text)).against(self.direction)
    }

    fn photo(&mut self, image: &Image, left: bool) {
        let side = if left { " class=\"left\"" } else { "" };
        let Image { width, height, jpeg, description, .. } = image;
        let data = STANDARD.encode(jpeg);
        let description = escaped(description);
        self.line(&format!(
            "<img{side} src=\"data:image/jpeg;base64,{data}\" width=\"{width}\" height=\"{height}\" alt=\"{description}\">"
        ));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Name(text) => {
                    let dir = self.row_direction(text);
                    self.line(&format!("<h1{dir}>{}</h1>", inline(&heading(text))));
                }
                Block::Headline(text) => {
                    let dir = self.row_direction(text);
                    self.line(&format!("<p class=\"headline\"{dir}>{}</p>", inline(text)));
                }
                Block::Paragraph(text) => {
                    let dir = self.prose_direction(text);
                    self.line(&format!("<p{dir}>{}</p>", inline(text)));
                }
                Block::Contacts(items) => {
                    let item = |item: &Text| {
                        let dir = self.row_direction(item);
                        format!("<li{dir}>{}</li>\n", inline(item))
                    };
                    let items: String = items.iter().map(item).collect();
                    self.line(&format!("<ul class=\"contacts\">\n{items}</ul>"));
                }
                Block::Heading(text) => {
                    self.close_to("main");
                    self.headings += 1;
                    let id = format!("section-{}", self.headings);
                    self.open("section", &format!("<section aria-labelledby=\"{id}\">"));
                    self.line(&format!("<h2 id=\"{id}\">{}</h2>", inline(&heading(text))));
                }
                Block::Head(rows) => {
                    if self.open.contains(&"article") {
                        self.close_to("section");
                    }
                    self.open("article", "<article>");
                    self.head("h3", rows);
                }
                Block::Part(rows) => self.head("h4", rows),
                Block::List(items) if items.iter().any(|item| item.number.is_some()) => {
                    self.list("<ol>", items, "</ol>");
                }
                Block::List(items) => self.list("<ul>", items, "</ul>"),
                Block::Entries(items) => self.list("<ul class=\"entries\">", items, "</ul>"),
            }
        }
    }

    fn head(&mut self, tag: &str, rows: &[Row]) {
        for (i, row) in rows.iter().enumerate() {
            let (dir, end_dir) = (self.row_direction(&row.text), self.row_direction(&row.end));
            let (tag, text) = match i {
                0 => (tag, inline(&heading(&row.text))),
                _ => ("p", inline(&row.text)),
            };
            let text = match text {
                text if text.is_empty() => text,
                text => format!("<{tag}{dir}>{text}</{tag}>"),
            };
            let end = match inline(&row.end) {
                end if end.is_empty() => end,
                end => format!("<p{end_dir}>{end}</p>"),
            };
            self.line(&format!("<div class=\"row\">{text}{end}</div>"));
        }
    }

    fn list(&mut self, open: &str, items: &[Item], close: &str) {
        self.line(open);
        for item in items {
            let number = item.number.map(|n| format!(" value=\"{n}\"")).unwrap_or_default();
            let alone = match item.rows.as_slice() {
                [row] if row.end.is_empty() => self.prose_direction(&row.text),
                _ => "",
            };
            self.html += &format!("<li{number}{alone}>");
            for row in &item.rows {
                let (text, end) = (inline(&row.text), inline(&row.end));
                let (dir, end_dir) = (self.row_direction(&row.text), self.row_direction(&row.end));
                self.html += &match (item.rows.len(), end.is_empty()) {
                    (1, true) => text,
                    (_, true) => format!("<div{dir}>{text}</div>"),
                    (_, false) => format!(
                        "<div class=\"row\"><span{dir}>{text}</span> <span{end_dir}>{end}</span></div>"
                    ),
                };
            }
            if !item.inner.is_empty() {
                self.html.push('\n');
                self.blocks(&item.inner);
            }
            self.line("</li>");
        }
        self.line(close);
    }
}

/// The text alone.
fn plain(text: &[Span]) -> String {
    text.iter().map(|span| span.text.as_str()).collect()
}

/// Styled text.
fn inline(text: &[Span]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((stretch, after)) = same_link(rest) {
        rest = after;
        let words: String = stretch.iter().map(words).collect();
        out += &match stretch.first().and_then(|span| span.link.as_deref()) {
            Some(uri) => format!("<a href=\"{}\">{words}</a>", escaped(uri)),
            None => words,
        };
    }
    out.trim().to_owned()
}

fn words(span: &Span) -> String {
    let mut out = match &span.date {
        Some(dates) => dated(&span.text, dates),
        None => escaped(&span.text),
    };
    let shift = match span.style.shift {
        Shift::None => None,
        Shift::Super => Some("sup"),
        Shift::Sub => Some("sub"),
    };
    let style = span.style;
    let tags = [(style.code, "code"), (style.italic, "em"), (style.bold, "strong")];
    let tags = tags.into_iter().filter(|(on, _)| *on).map(|(_, tag)| tag);
    for tag in shift.into_iter().chain(tags) {
        out = format!("<{tag}>{out}</{tag}>");
    }
    out
}

/// A date for people, with what it says for programs; each end of a range by itself, for HTML has
/// no ranges.
fn dated(text: &str, dates: &Dates) -> String {
    let (first, second) = match dates.span {
        Time::On(date) | Time::Since(date) | Time::Until(date) => return time(text, date),
        Time::Present => return escaped(text),
        Time::ToPresent(start) => (start, None),
        Time::Between(start, end) => (start, Some(end)),
    };
    let Some((from, to)) = text.split_once('–') else {
        return escaped(text);
    };
    let to = second.map_or_else(|| escaped(to), |end| time(to, end));
    format!("{}–{to}", time(from, first))
}

/// A date with what it says for programs, if HTML can say that.
fn time(text: &str, date: Date) -> String {
    let value = match date {
        Date::Year(year) => format!("{year:04}"),
        Date::Month { year, month } => format!("{year:04}-{month:02}"),
        Date::Day { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
        Date::Season { .. } => return escaped(text),
    };
    let inner = text.trim();
    let (before, after) = text.split_once(inner).unwrap_or_default();
    format!("{before}<time datetime=\"{value}\">{}</time>{after}", escaped(inner))
}
