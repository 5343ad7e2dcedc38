//! A document that people read, as a reader of its format sees it: lines in reading order, with
//! what the source says of each.
//!
//! Every reader of CVs (PDF, Word, LaTeX, Markdown, HTML, text) makes an [`Outline`], and one
//! recogniser makes a profile of it. Each word has a number from the reader to the end, so that
//! none can be lost on the way: it is in a field, or it is told.

pub mod signs;

use std::{collections::HashSet, fmt, ops::Range};

/// A document in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its lines: what stands on one line of the page, or one paragraph where the source has
    /// paragraphs.
    pub lines: Vec<Line>,
    /// Lines that belong to the pages and not to the text: page numbers, running heads, dates of
    /// compilation.
    pub furniture: Vec<Line>,
    /// What the reader could not read, each as a sentence for the report.
    pub notes: Vec<String>,
    /// The bibliographies that it prints, and that lie beside it.
    pub bibliographies: Bibliographies,
    /// How many words there are in the lines and the furniture.
    words: u32,
}

/// Bibliographies in BibTeX that a document prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bibliographies {
    /// Their names and what stands in them.
    pub files: Vec<(String, Vec<u8>)>,
    /// The keys of the publications that the document names; nothing where it prints all of them.
    pub cited: Option<HashSet<String>>,
}

/// One line, or one paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces from the start of the line to its end: what a tab, a stretch of space or the
    /// cells of a table part.
    pub parts: Vec<Part>,
    /// The level of a heading, only where the source says that it is one; 1 is the highest.
    pub level: Option<u8>,
    /// Size of the letters in pt; 0 where the source says nothing of it.
    pub size: f32,
    /// Whether a rule stands close above, below or beside it.
    pub rule: bool,
    /// How far it begins from the edge of its column, in em of its own size.
    pub indent: f32,
    /// The sign of the list that it is an item of.
    pub bullet: Option<String>,
    /// Its number in a list: `12`, `[3]`, `a)`.
    pub number: Option<String>,
    /// The space above it in heights of a line: 1 where it follows its neighbour as usual.
    pub gap: f32,
    /// What stands at the far end of a line of running text, such as a date beside a bullet.
    pub aside: Option<Part>,
    /// Whether the source says that an entry starts here.
    pub entry: bool,
    /// Where it stands in the source.
    pub place: Place,
}

/// A piece of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Its text, cut where the look changes.
    pub runs: Vec<Run>,
    /// What a known command of the source says it is. A hint: the content may overrule it.
    pub role: Option<Role>,
}

/// Text of one look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The text; its words are the pieces between white space.
    pub text: String,
    /// How it looks.
    pub style: RunStyle,
    /// The address that it leads to.
    pub link: Option<String>,
    /// The numbers of its words, in their order.
    pub words: Range<u32>,
}

/// How a run looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct RunStyle {
    /// Heavier than usual.
    pub bold: bool,
    /// Italic or slanted.
    pub italic: bool,
    /// Small capitals.
    pub small_caps: bool,
    /// Letters of one width, as of a program's text.
    pub code: bool,
    /// Raised.
    pub superscript: bool,
    /// Lowered.
    pub subscript: bool,
    /// The text is a formula in LaTeX, without its dollar signs.
    pub math: bool,
    /// Red, green and blue, where it is not the usual colour of text.
    pub colour: Option<[u8; 3]>,
}

/// What a part is, as a known command of its source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum Role {
    Name,
    FirstName,
    LastName,
    Headline,
    Email,
    Phone,
    Link,
    Address,
    Person,
    Position,
    Organisation,
    Place,
    Date,
    Degree,
    Grade,
    Title,
    Label,
    Level,
    Event,
    Text,
}

/// Where a line stands in its source.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The page, from 1; 0 where there are none.
    pub page: u32,
    /// The line of a text file, from 1; 0 where there are none.
    pub line: u32,
    /// The column of the page, from 0.
    pub column: u32,
    /// Left, top, right and bottom on the page in pt from its upper left corner.
    pub rect: Option<[f32; 4]>,
}

impl Outline {
    /// The document of these lines; its words get their numbers here, in reading order, those of
    /// the furniture last.
    #[must_use]
    pub fn new(mut lines: Vec<Line>, mut furniture: Vec<Line>, notes: Vec<String>) -> Self {
        let mut words = 0;
        for run in lines.iter_mut().chain(&mut furniture).flat_map(Line::runs_mut) {
            let count = run.text.split_whitespace().count();
            let end = u32::try_from(count).map_or(u32::MAX, |n| n.saturating_add(words));
            run.words = words..end;
            words = end;
        }
        Self { lines, furniture, notes, words, ..Self::default() }
    }

    /// How many words it has; their numbers are those below.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }
}

impl Line {
    /// A line of these parts, with nothing else to say of it.
    #[must_use]
    pub fn of(parts: Vec<Part>) -> Self {
        Self { parts, gap: 1.0, ..Self::default() }
    }

    /// Its runs in their order, that of the aside last.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.parts.iter().chain(&self.aside).flat_map(|part| &part.runs)
    }

    fn runs_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        self.parts.iter_mut().chain(&mut self.aside).flat_map(|part| &mut part.runs)
    }

    /// Its text, the parts with a tab between them, without the aside.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(Part::text).collect::<Vec<_>>().join("\t")
    }
}

impl Part {
    /// A part of one run without any look.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { runs: vec![Run { text: text.into(), ..Run::default() }], role: None }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// One line of text per line: `page:line` where there are such, then what the source says, then the
/// parts between bars, in each the runs that look or lead otherwise in angle brackets. For golden
/// files and for `vitae import --outline`.
impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        for line in &self.furniture {
            writeln!(f, "(page) {line}")?;
        }
        for note in &self.notes {
            writeln!(f, "(note) {note}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut says: Vec<String> = vec![];
        says.extend(self.level.map(|level| format!("h{level}")));
        says.extend(self.entry.then(|| "entry".to_owned()));
        says.extend(self.rule.then(|| "rule".to_owned()));
        says.extend((self.gap > 1.3).then(|| format!("gap={:.1}", self.gap)));
        says.extend((self.size > 0.0).then(|| format!("{:.1}pt", self.size)));
        says.extend((self.indent > 0.0).then(|| format!("+{:.1}", self.indent)));
        says.extend(self.bullet.iter().chain(&self.number).cloned());
        says.extend(self.parts.iter().map(|part| format!("| {part}")));
        says.extend(self.aside.iter().map(|aside| format!("|> {aside}")));
        f.write_str(&says.join(" "))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(role) = self.role {
            write!(f, "{role:?}=")?;
        }
        self.runs.iter().try_for_each(|run| run.fmt(f))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = &self.style;
        let mut says = String::new();
        for (on, sign) in [
            (style.bold, 'b'),
            (style.italic, 'i'),
            (style.small_caps, 'c'),
            (style.code, 't'),
            (style.superscript, '^'),
            (style.subscript, '_'),
            (style.math, '$'),
        ] {
            says.extend(on.then_some(sign));
        }
        if let Some([r, g, b]) = style.colour {
            says.push_str(&format!("#{r:02x}{g:02x}{b:02x}"));
        }
        match (&self.link, says.is_empty()) {
            (None, true) => f.write_str(&self.text),
            (None, false) => write!(f, "<{says}:{}>", self.text),
            (Some(link), _) => write!(f, "<{says}:{}>({link})", self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_number_of_its_own() {
        let line = |parts: &[&str]| Line::of(parts.iter().map(|p| Part::plain(*p)).collect());
        let lines = vec![line(&["Ada  Invented", "2024"]), line(&[" one two\tthree "])];
        let outline = Outline::new(lines, vec![line(&["Page 1"])], vec![]);
        let ranges: Vec<_> = outline
            .lines
            .iter()
            .chain(&outline.furniture)
            .flat_map(Line::runs)
            .map(|run| run.words.clone())
            .collect();
        assert_eq!(ranges, [0..2, 2..3, 3..6, 6..8]);
        assert_eq!(outline.words(), 8);
        assert_eq!(
            outline.to_string(),
            "| Ada  Invented | 2024\n|  one two\tthree \n(page) | Page 1\n"
        );
    }
}
