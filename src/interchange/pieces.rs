//! The parts of a line as they grow from pieces of marked text.

use super::outline::{
    Line, Part, Run, RunStyle,
    signs::{first_bullet, first_number},
};

/// So many blanks that must not break, in a row, part a line as a tab does.
const WIDE: usize = 3;
/// Lines below the first one of a later cell are set in so far, in em.
const COLUMN: f32 = 2.0;
/// A longer address is no address of a person's page.
const LONGEST_ADDRESS: usize = 2000;

/// The parts of one line. White space between words is one blank, whatever stands in the source.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    parts: Vec<Part>,
    /// Whether white space came since the last sign.
    blank: bool,
    /// How many blanks of fixed width came since the last sign.
    wide: usize,
}

impl Pieces {
    /// Whether it holds no word.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// What follows begins a part of its own.
    pub(super) fn part(&mut self) {
        self.wide = WIDE;
    }

    /// What follows is a word of its own.
    pub(super) fn blank(&mut self) {
        self.blank = true;
    }

    /// Adds text of one look.
    pub(super) fn push(&mut self, text: &str, style: &RunStyle, link: Option<&str>) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_whitespace() {
                self.blank = true;
                self.wide += match first {
                    '\u{a0}' | '\u{2002}' => 1,
                    '\u{2003}' => 2,
                    _ => 0,
                };
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            let (word, behind) = until(rest, char::is_whitespace);
            self.word(word, style, link);
            rest = behind;
        }
    }

    fn word(&mut self, word: &str, style: &RunStyle, link: Option<&str>) {
        // A soft hyphen says where a word may break, not how it is spelled.
        let word = if word.contains('\u{ad}') { &word.replace('\u{ad}', "") } else { word };
        if word.is_empty() {
            return;
        }
        if self.wide >= WIDE || self.parts.is_empty() {
            self.parts.push(Part::default());
            self.blank = false;
        }
        let blank = std::mem::take(&mut self.blank);
        self.wide = 0;
        let Some(part) = self.parts.last_mut() else { return };
        let run = |text: String, style: &RunStyle, link: Option<&str>| Run {
            text,
            style: style.clone(),
            link: link.map(str::to_owned),
            ..Run::default()
        };
        let alike = |run: &Run| run.style == *style && run.link.as_deref() == link;
        let plain = |run: &Run| run.style == RunStyle::default() && run.link.is_none();
        let one_link = |run: &Run| link.is_some() && run.link.as_deref() == link;
        match part.runs.last_mut() {
            Some(last) if alike(last) => {
                last.text.extend(blank.then_some(' '));
                last.text.push_str(word);
                return;
            }
            // A blank between looks has none of them, but is part of a link.
            Some(last) if blank && (plain(last) || one_link(last)) => last.text.push(' '),
            Some(_) if blank && (*style != RunStyle::default() || link.is_some()) => {
                part.runs.push(run(" ".to_owned(), &RunStyle::default(), None));
            }
            Some(_) if blank => {
                part.runs.push(run(format!(" {word}"), style, link));
                return;
            }
            _ => {}
        }
        part.runs.push(run(word.to_owned(), style, link));
    }

    /// Takes the parts out; it is empty afterwards.
    pub(super) fn take(&mut self) -> Vec<Part> {
        std::mem::take(self).parts
    }
}

/// Takes the bullet or number that a line begins with out of its words.
pub(super) fn take_mark(line: &mut Line) {
    let more = line.parts.len() > 1;
    let Some(first) = line.parts.first_mut() else { return };
    let text = first.text();
    let text = text.trim_start();
    if let Some(sign) = first_bullet(text, more) {
        line.bullet = Some(sign.to_string());
        first.strip(1);
    } else if let Some(number) = first_number(text, more) {
        first.strip(number.chars().count());
        line.number = Some(number);
    }
    line.parts.retain(|part| !part.runs.is_empty());
}

/// A row of cells, each with its lines: what stands side by side is one line; where more than one
/// cell is long, the cells stand below each other.
pub(super) fn across(mut cells: Vec<Vec<Line>>) -> Vec<Line> {
    /// A cell with more lines than this is read on its own.
    const SHORT: usize = 3;
    cells.retain(|lines| !lines.is_empty());
    let long = cells.iter().filter(|lines| lines.len() > SHORT).count();
    let headed = |lines: &Vec<Line>| lines.len() > 1 && lines.iter().any(|l| l.level.is_some());
    if cells.len() < 2 || long > 1 || cells.iter().any(headed) {
        return cells.into_iter().flatten().collect();
    }
    let mut cells: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
    let mut rows: Vec<Line> = vec![];
    loop {
        let mut next =
            cells.iter_mut().enumerate().filter_map(|(at, cell)| Some((at, cell.next()?)));
        let Some((at, mut line)) = next.next() else { return rows };
        if at > 0 && !rows.is_empty() {
            line.indent += COLUMN;
        }
        for (_, other) in next {
            line.parts.extend(other.parts);
            line.rule |= other.rule;
            line.level = line.level.or(other.level);
        }
        rows.push(line);
    }
}

/// The address that a link leads to, with its scheme; none where it leads to no page, mailbox or
/// telephone: to a file beside the source, a place in it, or a program.
pub(super) fn address(target: &str) -> Option<String> {
    let target = target.trim();
    if target.len() > LONGEST_ADDRESS || target.contains(char::is_whitespace) {
        return None;
    }
    let small = target.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:", "tel:", "doi:"];
    if known.iter().any(|scheme| small.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())) {
        return Some(target.to_owned());
    }
    if let Some(rest) = target.strip_prefix("//") {
        return rest.contains('.').then(|| format!("https://{rest}"));
    }
    small.starts_with("www.").then(|| format!("https://{target}"))
}

/// An address as it is printed where nothing else is: without `mailto:`, `tel:` and what follows a
/// question mark behind a mailbox.
pub(super) fn printed(address: &str) -> &str {
    match address.strip_prefix("mailto:") {
        Some(mail) => mail.split('?').next().unwrap_or(mail),
        None => address.strip_prefix("tel:").unwrap_or(address),
    }
}

/// The note of a link that leads nowhere outside of its source; none for a place in the same text.
pub(super) fn left_out(target: &str) -> Option<String> {
    let target = target.trim();
    let outside = !target.is_empty() && !target.starts_with('#');
    outside.then(|| format!("the link to `{}` was left out", short(target)))
}

/// The note of a picture with this description.
pub(super) fn picture(description: &str) -> Option<String> {
    let text = description.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| format!("a picture was left out: `{text}`"))
}

/// A text cut where it is too long for a message.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A text before and from the first sign for which `is` holds.
pub(super) fn until(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    let at = text.find(is).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}
