//! CVs as plain text, from a file or the clipboard: their lines with what blanks, rules and signs
//! say of them.

use super::{
    markdown::inline::{self, Context},
    outline::{
        Line, Outline, Part, Place,
        signs::{first_number, is_bullet, may_be_bullet},
    },
    pieces::until,
};
use crate::value::date::Dates;

/// So many blanks in a row part a line as a tab does.
const BLANKS: usize = 3;
/// How many columns a tab reaches.
const TAB: usize = 8;
/// Two blanks at the start of a line are one em.
const COLUMNS_PER_EM: f32 = 2.0;
/// Text whose longest line has fewer letters was broken by hand, and its lines stay apart.
const WRAPPED: usize = 60;
/// A rule below a heading has so many signs.
const RULE: usize = 3;

/// The lines of a text.
#[must_use]
pub fn outline(text: &str) -> Outline {
    let marked = is_marked(text);
    let mut reader = Reader { marked, ..Reader::default() };
    let mut block = vec![];
    let mut blanks = 0_u8;
    for (i, source) in text.split('\n').enumerate() {
        let source = source.trim_end();
        if source.trim().is_empty() {
            reader.block(&mut block);
            blanks = blanks.saturating_add(1);
            continue;
        }
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        block.push(Row::of(source, number, std::mem::take(&mut blanks)));
    }
    reader.block(&mut block);
    Outline::new(reader.lines, vec![], reader.context.notes)
}

/// Whether the text has marks of Markdown or HTML, as texts have that come out of converters.
fn is_marked(text: &str) -> bool {
    ["](http", "](mailto:", "<u>", "<b>"].iter().any(|mark| text.contains(mark))
        || text.matches("**").nth(1).is_some()
}

/// A line of the source.
#[derive(Debug, Default)]
struct Row<'t> {
    /// Its text without the blanks and the mark at its start.
    text: &'t str,
    number: u32,
    /// How many empty lines stand above.
    blanks: u8,
    /// The columns at which its mark, or else its text, its text, and the last part of that begin.
    column: usize,
    text_column: usize,
    last_column: usize,
    /// How many letters it has, with all blanks.
    width: usize,
    mark: Option<Mark>,
}

#[derive(Debug)]
enum Mark {
    Bullet(char),
    Number(String),
}

impl<'t> Row<'t> {
    fn of(source: &'t str, number: u32, blanks: u8) -> Self {
        let (column, text) = margin(source, 0);
        let width = column + text.chars().count();
        let mut row =
            Self { text, number, blanks, column, text_column: column, width, ..Self::default() };
        if rule(text).is_some() {
            return row;
        }
        let first = text.chars().next().unwrap_or_default();
        let behind = text.get(first.len_utf8()..).unwrap_or_default();
        let apart = match first {
            // A letter is a bullet only before a tab.
            'o' => behind.starts_with('\t'),
            _ => behind.starts_with(char::is_whitespace),
        };
        if !behind.trim().is_empty() && (is_bullet(first) || (may_be_bullet(first) && apart)) {
            row.mark = Some(Mark::Bullet(first));
            (row.text_column, row.text) = margin(behind, column + 1);
        } else if let Some(number) = first_number(text, false).or_else(|| letter(text)) {
            let behind = text.get(number.len()..).unwrap_or_default();
            (row.text_column, row.text) = margin(behind, column + number.chars().count());
            row.mark = Some(Mark::Number(number));
        }
        row.last_column = last_part(row.text, row.text_column);
        row
    }

    /// How many letters its first word has.
    fn first_word(&self) -> usize {
        self.text.split_whitespace().next().map_or(0, |word| word.chars().count())
    }
}

/// The column at which the text behind blanks begins, where those begin at `column`.
pub(super) fn margin(text: &str, mut column: usize) -> (usize, &str) {
    let inner = text.trim_start();
    let blanks = text.get(..text.len() - inner.len()).unwrap_or_default();
    for c in blanks.chars() {
        column = if c == '\t' { (column / TAB + 1) * TAB } else { column + 1 };
    }
    (column, inner)
}

/// The column at which the last part of a text begins.
fn last_part(text: &str, mut column: usize) -> usize {
    let mut last = column;
    let mut rest = text;
    while !rest.is_empty() {
        let (word, behind) = until(rest, char::is_whitespace);
        let before = column + word.chars().count();
        (column, rest) = margin(behind, before);
        if column - before >= BLANKS || behind.starts_with('\t') {
            last = column;
        }
    }
    last
}

/// `a)`, `(a)`, `iv.` at the start of a text with more behind.
fn letter(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    let inner = first.strip_suffix(')')?;
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let roman = inner.chars().all(|c| "ivx".contains(c)) && inner.len() <= 4;
    let one = inner.len() == 1 && inner.starts_with(|c: char| c.is_ascii_lowercase());
    (!rest.trim().is_empty() && !inner.is_empty() && (one || roman)).then(|| first.to_owned())
}

/// The sign of a line that is nothing but a rule.
fn rule(text: &str) -> Option<char> {
    let sign = text.chars().next().filter(|c| "-=_*~#–—─━═‾•·.+".contains(*c))?;
    let is = text.chars().all(|c| c == sign || c == ' ');
    (is && text.chars().filter(|c| *c == sign).count() >= RULE).then_some(sign)
}

/// Reads the blocks between empty lines.
#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    context: Context,
    /// Whether marks of Markdown are read.
    marked: bool,
    /// Whether a rule stands between the last line and the next one.
    ruled: bool,
    /// Empty lines above a rule.
    blanks: u8,
}

impl Reader {
    fn block(&mut self, rows: &mut Vec<Row<'_>>) {
        let longest = rows.iter().map(|row| row.width).max().unwrap_or(0);
        let rows = std::mem::take(rows);
        let mut rows = rows.iter().enumerate().peekable();
        // The column of the text of the item that is open, and of its mark.
        let mut item: Option<(usize, usize)> = None;
        while let Some((at, row)) = rows.next() {
            if let Some(sign) = rule(row.text) {
                self.rule(sign, at > 0, row.blanks);
                item = None;
                continue;
            }
            let mut text = row.text.to_owned();
            if row.mark.is_some() {
                item = Some((row.column, row.text_column));
            } else if item.is_some_and(|(mark, _)| row.column <= mark) {
                item = None;
            }
            let mut last = row;
            while let Some((_, next)) = rows.peek() {
                if !continues(last, next, item, longest) {
                    break;
                }
                join(&mut text, next.text);
                last = next;
                rows.next();
            }
            self.line(row, &text);
        }
    }

    /// A rule makes the line right above it a heading, or stands above the next one.
    fn rule(&mut self, sign: char, below: bool, blanks: u8) {
        let level = if matches!(sign, '=' | '═') { 1 } else { 2 };
        let underlines =
            below && matches!(sign, '=' | '═' | '-' | '–' | '—' | '─' | '━' | '~' | '_');
        match self.lines.last_mut().filter(|_| underlines && !self.ruled) {
            Some(line) if line.bullet.is_none() && line.number.is_none() => {
                line.rule = true;
                if line.level.is_none() && line.parts.len() == 1 {
                    line.level = Some(level);
                }
            }
            _ => {
                self.ruled = true;
                self.blanks = self.blanks.max(blanks);
            }
        }
    }

    fn line(&mut self, row: &Row<'_>, text: &str) {
        let parts = if self.marked {
            inline::lines(text, &mut self.context).into_iter().flat_map(|line| line.1).collect()
        } else {
            parts(text)
        };
        if parts.is_empty() {
            return;
        }
        let mut line = Line::of(parts);
        let blanks = row.blanks.max(std::mem::take(&mut self.blanks));
        line.gap = if self.lines.is_empty() { 1.0 } else { 1.0 + f32::from(blanks.min(4)) };
        line.rule = std::mem::take(&mut self.ruled);
        let column = u16::try_from(row.column).unwrap_or(u16::MAX);
        line.indent = f32::from(column) / COLUMNS_PER_EM;
        line.place = Place { line: row.number, ..Place::default() };
        match &row.mark {
            Some(Mark::Bullet(sign)) => line.bullet = Some(sign.to_string()),
            Some(Mark::Number(number)) => line.number = Some(number.clone()),
            None => {}
        }
        self.lines.push(line);
    }
}

/// Whether a line goes on with the next one. `item` says where the mark and the text of the item
/// begin that it belongs to, and `longest` how long the lines of the block are.
fn continues(row: &Row<'_>, next: &Row<'_>, item: Option<(usize, usize)>, longest: usize) -> bool {
    if next.mark.is_some() || rule(next.text).is_some() || is_parted(next.text) {
        return false;
    }
    // A line that ends with a time is whole, unless the sentence plainly goes on.
    if ends_with_time(row.text) && !next.text.starts_with(char::is_lowercase) {
        return false;
    }
    if item.is_some_and(|(mark, _)| next.column > mark) {
        return true;
    }
    let hyphen =
        row.text.ends_with(['-', '\u{2010}']) && next.text.starts_with(|c: char| c.is_lowercase());
    let full = row.width + 1 + next.first_word() > longest;
    let flush = next.column == row.last_column;
    flush && longest >= WRAPPED && (full || hyphen)
}

/// Whether the last words of a text say a time with a year: `Fall 2022`, `2018 – 2021`.
fn ends_with_time(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_year = |text: &str| text.contains("19") || text.contains("20");
    (1..=words.len().min(5)).any(|count| {
        let last = words.get(words.len() - count..).unwrap_or_default().join(" ");
        let last = last.trim_matches(['(', ')', ',', '.', ';']);
        has_year(last) && Dates::parse(last).is_some()
    })
}

fn is_parted(text: &str) -> bool {
    text.contains('\t') || text.contains(&" ".repeat(BLANKS))
}

/// Adds the next line to a text; a word that was broken between them is whole again.
fn join(text: &mut String, next: &str) {
    let lower = next.starts_with(|c: char| c.is_lowercase());
    let broken = |text: &str| {
        let before = text.strip_suffix(['-', '\u{2010}']);
        before.is_some_and(|before| before.ends_with(char::is_alphabetic))
    };
    if lower && broken(text) {
        text.pop();
    } else if !text.ends_with('-') || !broken(text) {
        text.push(' ');
    }
    text.push_str(next);
}

/// The parts of a line, with single blanks between their words.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = vec![];
    let mut words: Vec<&str> = vec![];
    let mut rest = text;
    loop {
        let inner = rest.trim_start();
        let blanks = rest.get(..rest.len() - inner.len()).unwrap_or_default();
        if blanks.contains('\t') || blanks.chars().count() >= BLANKS || inner.is_empty() {
            if !words.is_empty() {
                parts.push(Part::plain(words.join(" ")));
            }
            words.clear();
        }
        if inner.is_empty() {
            return parts;
        }
        let (word, behind) = until(inner, char::is_whitespace);
        words.push(word);
        rest = behind;
    }
}
