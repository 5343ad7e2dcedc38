//! CVs in Markdown, with what Pandoc, GitHub, Kramdown and Hugo add to it: their lines as a
//! page made of them would show them.

mod front_matter;
pub(super) mod inline;

use self::{
    front_matter::head,
    inline::{Context, label, lines, order},
};
use super::{
    decode,
    outline::{Line, Outline, Part, Place, Run, RunStyle, signs},
    pieces::{across, address, left_out, short, until},
    plain::margin,
    web_page::{self, elements::is_block, tags::short_tag},
};

/// How far each level of lists is set in, in em.
const LIST_INDENT: f32 = 1.5;
/// The text of an item begins so far from its bullet, in em.
const MARK_WIDTH: f32 = 1.0;
/// The space above a paragraph, in heights of a line.
const PARAGRAPH: f32 = 2.0;
/// Paragraphs whose longest line has fewer letters were broken by hand, as on a page.
const WRAPPED: usize = 60;
/// A heading that is underlined with a line has no more letters than this.
const LONGEST_HEADING: usize = 80;
/// An item lies in another if it is set in so much further.
const NESTED: usize = 2;
/// How deep lists lie in each other.
const DEEPEST: usize = 32;
/// A tag is looked at so far.
const LONGEST_TAG: usize = 2000;

/// Whether this is a text with the headings of Markdown.
#[must_use]
pub fn fits(bytes: &[u8]) -> bool {
    let start = bytes.get(..super::HEAD).unwrap_or(bytes);
    // A letter may be cut in two at the end of what is looked at.
    let cut = std::str::from_utf8(start).err().map_or(start.len(), |error| error.valid_up_to());
    if start.len() - cut > 3 {
        return false;
    }
    let text = decode::head(bytes);
    let begin = text.trim_start();
    let foreign =
        ["{", "(", "@", "%", "\\", "#!", "<?xml", "<!doctype", "<html", "[\"", "[{", "[\n"];
    if foreign.iter().any(|sign| begin.starts_with(sign)) {
        return false;
    }
    let rows: Vec<&str> = text.lines().collect();
    let body = rows.get(head(&rows).map_or(0, |head| head.length)..).unwrap_or_default();
    let has = |start: &str| body.iter().any(|row| row.trim_start().starts_with(start));
    if has("\\begin{") || has("\\section") {
        return false;
    }
    let headings = body.iter().filter(|row| heading(row).is_some()).count();
    let underlined = body
        .windows(2)
        .filter(|pair| {
            let [above, below] = pair else { return false };
            let words = above.starts_with(char::is_alphanumeric);
            words && underline(below).is_some() && below.trim_end().len() >= 3
        })
        .count();
    let marked = text.contains("](") || text.matches("**").count() >= 2;
    // Files of settings and programs have remarks that look like headings.
    let written = body.iter().filter(|row| !row.trim().is_empty() && heading(row).is_none());
    let (mut settings, mut all) = (0, 0);
    for row in written {
        all += 1;
        settings += usize::from(is_setting(row));
    }
    (headings >= 2 || (headings + underlined >= 2 && marked)) && settings * 3 <= all
}

/// `name: value`, `name = value`, or an order of a program, with a name of one word.
fn is_setting(row: &str) -> bool {
    let row = row.trim_start();
    let row = row.strip_prefix("- ").unwrap_or(row);
    let (name, rest) = until(row, |c| !(c.is_alphanumeric() || "_-.".contains(c)));
    let value = rest.trim_start();
    let small = name.starts_with(|c: char| c.is_lowercase());
    (small && (value.starts_with(": ") || value == ":" || value.starts_with('=')))
        || row.ends_with([';', '{', '}'])
}

/// The lines of a text in Markdown.
#[must_use]
pub fn outline(text: &str) -> Outline {
    let source: Vec<&str> = text.split('\n').map(|row| row.trim_end_matches('\r')).collect();
    let head = head(&source);
    let mut blocks = Blocks { source, ..Blocks::default() };
    blocks.at = head.as_ref().map_or(0, |head| head.length);
    blocks.collect_targets();
    blocks.run();
    let Blocks { lines, footnotes, furniture, mut context, .. } = blocks;
    let mut unused: Vec<&String> = context
        .targets
        .iter()
        .filter(|(name, _)| !context.used.contains(*name))
        .map(|(_, t)| t)
        .collect();
    unused.sort();
    context.notes.extend(unused.into_iter().filter_map(|target| left_out(target)));
    let mut above = vec![];
    if let Some(head) = head {
        // A name among the authors of a paper does not say whose page it is: only what stands
        // before the first section does.
        let first = lines.iter().take_while(|line| line.level.is_none_or(|level| level < 2));
        let body: String = first.map(|line| line.text().to_lowercase() + "\n").collect();
        above = head.lines(&body, &mut context.notes);
    }
    above.extend(lines);
    above.extend(footnotes);
    Outline::new(above, furniture, context.notes)
}

/// A row of a paragraph.
#[derive(Debug)]
struct Row<'t> {
    text: &'t str,
    number: u32,
    /// Whether the line ends here.
    hard: bool,
}

/// The mark of an item.
#[derive(Clone, Debug)]
enum Mark {
    Bullet(char),
    Number(String),
}

#[derive(Default)]
struct Blocks<'t> {
    source: Vec<&'t str>,
    /// The row that comes next.
    at: usize,
    lines: Vec<Line>,
    furniture: Vec<Line>,
    footnotes: Vec<Line>,
    context: Context,
    /// The columns of the marks of the items that are open.
    items: Vec<usize>,
    paragraph: Vec<Row<'t>>,
    /// What the paragraph has: the mark of an item, the name of a footnote.
    mark: Option<Mark>,
    footnote: Option<&'t str>,
    /// Whether it says what the term above is.
    definition: bool,
    quotes: u8,
    /// Whether an empty line or a rule stands above.
    blank: bool,
    rule: bool,
    /// Ends of elements and remarks of which no more come.
    over: Vec<String>,
    /// The row on which the remark ends that was found last.
    remark_end: usize,
}

impl<'t> Blocks<'t> {
    fn run(&mut self) {
        while let Some(row) = self.source.get(self.at).copied() {
            self.at += 1;
            self.row(row);
        }
        self.end_paragraph();
    }

    /// The number of the row that was just taken, from 1.
    fn number(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn collect_targets(&mut self) {
        for row in &self.source {
            if let Some((name, target)) = definition(row) {
                self.context.targets.entry(label(name)).or_insert_with(|| target.to_owned());
            }
        }
    }

    fn row(&mut self, row: &'t str) {
        let (quotes, row) = unquoted(row);
        if quotes != self.quotes && (quotes > 0 || row.trim().is_empty()) {
            self.end_paragraph();
            self.quotes = quotes;
        }
        let (column, text) = margin(row, 0);
        let text = text.trim_end_matches('\t');
        if text.trim_end().is_empty() {
            self.end_paragraph();
            self.blank = true;
            return;
        }
        let done = self.comment(text)
            || self.fence(text)
            || self.html(text)
            || self.reference(text)
            || self.underlined(text)
            || self.break_of_theme(text)
            || self.heading(text)
            || self.table(text)
            || self.item(column, text)
            || self.definition(text)
            || self.order(text);
        if !done {
            self.text(column, text);
        }
    }

    /// Adds a row to the paragraph.
    fn text(&mut self, column: usize, text: &'t str) {
        if self.paragraph.is_empty() && self.mark.is_none() && (self.blank || self.lines.is_empty())
        {
            while self.items.last().is_some_and(|mark| column < mark + NESTED) {
                self.items.pop();
            }
            self.definition &= column >= NESTED;
        }
        let hard = text.ends_with("  ") || (text.ends_with('\\') && !text.ends_with("\\\\"));
        let text = text.trim_end();
        let text = if hard { text.strip_suffix('\\').unwrap_or(text) } else { text };
        self.paragraph.push(Row { text: text.trim_end(), number: self.number(), hard });
    }

    fn end_paragraph(&mut self) {
        let rows = std::mem::take(&mut self.paragraph);
        let mark = self.mark.take();
        let footnote = self.footnote.take();
        let defined = self.definition;
        let Some(first) = rows.first() else { return };
        let (text, numbers) = joined(&rows);
        let mut gap = if std::mem::take(&mut self.blank) { PARAGRAPH } else { 1.0 };
        let depth = f32::from(u8::try_from(self.items.len()).unwrap_or(u8::MAX));
        let indent = depth * LIST_INDENT + f32::from(self.quotes);
        let in_item = !self.items.is_empty();
        let mut marked = mark.is_some();
        let mut mark = mark;
        let mut all = vec![];
        for (row, parts) in lines(&text, &mut self.context) {
            let mut line = Line::of(parts);
            line.gap = std::mem::replace(&mut gap, 1.0);
            line.rule = std::mem::take(&mut self.rule);
            line.indent = indent;
            if (in_item && !marked) || defined {
                line.indent += MARK_WIDTH;
            }
            marked = false;
            match mark.take() {
                Some(Mark::Bullet(sign)) => line.bullet = Some(sign.to_string()),
                Some(Mark::Number(number)) => line.number = Some(number),
                None => {}
            }
            let number = numbers.get(row).copied().unwrap_or(first.number);
            line.place = Place { line: number, ..Place::default() };
            all.push(line);
        }
        match footnote {
            Some(name) => {
                if let Some(line) = all.first_mut() {
                    line.number = Some(name.to_owned());
                    line.gap = if self.footnotes.is_empty() { PARAGRAPH } else { 1.0 };
                }
                self.footnotes.append(&mut all);
            }
            None => self.lines.append(&mut all),
        }
    }

    /// Adds one line that is a block of its own.
    fn add(&mut self, mut line: Line, number: u32) {
        let blank = std::mem::take(&mut self.blank);
        line.gap = if blank || line.level.is_some() { PARAGRAPH } else { 1.0 };
        line.rule |= std::mem::take(&mut self.rule);
        line.place = Place { line: number, ..Place::default() };
        self.lines.push(line);
    }

    /// Passes over a remark that begins a line.
    fn comment(&mut self, text: &str) -> bool {
        if !text.starts_with("<!--") || self.over.iter().any(|end| end == "-->") {
            return false;
        }
        let from = self.at.saturating_sub(1);
        if self.remark_end < from || self.remark_end == 0 {
            let end = self.source.iter().skip(from).position(|row| row.contains("-->"));
            let Some(end) = end else {
                self.over.push("-->".to_owned());
                return false;
            };
            self.remark_end = from + end;
        }
        let end = self.remark_end;
        let row = self.source.get(end).copied().unwrap_or_default();
        let behind = row.split_once("-->").map_or("", |(_, behind)| behind);
        if !behind.trim().is_empty() {
            // The remark is part of a line.
            return false;
        }
        self.end_paragraph();
        self.at = end + 1;
        true
    }

    /// Text between fences stands there as it is.
    fn fence(&mut self, text: &'t str) -> bool {
        if let Some(order) = text.strip_prefix(":::") {
            self.end_paragraph();
            self.tell(order.trim_matches(':'));
            return true;
        }
        let Some(sign) = ['`', '~'].into_iter().find(|sign| text.starts_with(*sign)) else {
            return false;
        };
        let (marks, order) = until(text, |c| c != sign);
        if marks.len() < 3 || order.contains('`') {
            return false;
        }
        self.end_paragraph();
        self.tell(order);
        while let Some(row) = self.source.get(self.at).copied() {
            self.at += 1;
            let (closing, rest) = until(row.trim(), |c| c != sign);
            if closing.len() >= marks.len() && rest.is_empty() {
                break;
            }
            let words: Vec<&str> = row.split_whitespace().collect();
            if words.is_empty() {
                self.blank = true;
                continue;
            }
            let style = RunStyle { code: true, ..RunStyle::default() };
            let run = Run { text: words.join(" "), style, ..Run::default() };
            let (column, _) = margin(row, 0);
            let mut line = Line::of(vec![Part { runs: vec![run], role: None }]);
            line.indent = f32::from(u16::try_from(column).unwrap_or(u16::MAX)) / 2.0;
            self.add(line, self.number());
        }
        true
    }

    fn tell(&mut self, order: &str) {
        let order = order.trim();
        if !order.is_empty() {
            let order = short(order);
            self.context.notes.push(format!("an order of the file was left out: `{order}`"));
        }
    }

    /// A block of HTML, which goes on to the next empty line or to the end of its element.
    fn html(&mut self, text: &'t str) -> bool {
        let near = text.get(..text.floor_char_boundary(LONGEST_TAG)).unwrap_or(text);
        let Some((tag, _)) = short_tag(near) else { return false };
        let whole = ["table", "ul", "ol", "dl", "pre", "script", "style", "textarea"];
        let is_whole = whole.contains(&&*tag.name);
        if !is_block(&tag.name) && !is_whole {
            return false;
        }
        self.end_paragraph();
        // Markdown goes on inside of a box.
        if !tag.is_hidden() && is_box(near) {
            return true;
        }
        let from = self.at.saturating_sub(1);
        let close = format!("</{}", tag.name);
        let mut end = None;
        if is_whole && !tag.closes && !self.over.contains(&close) {
            let closes = |row: &&str| row.to_ascii_lowercase().contains(&close);
            end = self.source.iter().skip(from).position(closes);
            if end.is_none() {
                self.over.push(close);
            }
        }
        let blank = |row: &&str| row.trim().is_empty();
        let end = end.map(|end| end + 1).or_else(|| self.source.iter().skip(from).position(blank));
        let rows: Vec<&str> =
            self.source.iter().skip(from).take(end.unwrap_or(usize::MAX)).copied().collect();
        self.at = from + rows.len();
        let number = u32::try_from(from + 1).unwrap_or(u32::MAX);
        let mut content = web_page::read(&rows.join("\n"), number);
        if let Some(first) = content.lines.first_mut() {
            first.rule |= std::mem::take(&mut self.rule);
            first.gap = if std::mem::take(&mut self.blank) { PARAGRAPH } else { first.gap };
        }
        self.lines.append(&mut content.lines);
        self.furniture.append(&mut content.furniture);
        self.context.notes.append(&mut content.notes);
        true
    }

    /// Definitions of links, abbreviations and footnotes.
    fn reference(&mut self, text: &'t str) -> bool {
        if let Some((name, text)) = footnote(text) {
            self.end_paragraph();
            self.footnote = Some(name);
            self.paragraph.push(Row { text: text.trim(), number: self.number(), hard: false });
            return true;
        }
        if let Some(rest) = text.strip_prefix("*[").filter(|rest| rest.contains("]:")) {
            self.end_paragraph();
            self.tell(rest);
            return true;
        }
        if let Some((_, target)) = definition(text) {
            self.end_paragraph();
            if address(target).is_none() {
                self.context.notes.extend(left_out(text));
            }
            return true;
        }
        false
    }

    /// A heading with a line below it. Below more than one row, a line of hyphens is a rule.
    fn underlined(&mut self, text: &str) -> bool {
        let Some(level) = underline(text) else { return false };
        let Some(last) = self.paragraph.last() else { return false };
        let long = last.text.chars().count() > LONGEST_HEADING;
        let item = self.mark.is_some() || self.footnote.is_some() || !self.items.is_empty();
        if long || item || (level == 2 && self.paragraph.len() > 1) {
            return false;
        }
        let row = self.paragraph.pop();
        self.end_paragraph();
        if let Some(row) = row {
            self.add_heading(level, row.text, row.number);
        }
        true
    }

    fn break_of_theme(&mut self, text: &str) -> bool {
        let Some(sign) = text.chars().next().filter(|c| "-*_=".contains(*c)) else { return false };
        let only = text.chars().all(|c| c == sign || c.is_whitespace());
        if !only || text.chars().filter(|c| *c == sign).count() < 3 {
            return false;
        }
        self.end_paragraph();
        self.items.clear();
        (self.rule, self.blank) = (true, true);
        true
    }

    fn heading(&mut self, text: &'t str) -> bool {
        let Some((level, mut text)) = heading(text) else { return false };
        self.end_paragraph();
        if let Some((before, attributes)) = text.strip_suffix('}').and_then(|t| t.rsplit_once('{'))
            && attributes.starts_with(['#', '.', ':'])
        {
            self.tell(attributes);
            text = unclosed(before.trim_end());
        }
        self.add_heading(level, text, self.number());
        true
    }

    fn add_heading(&mut self, level: u8, text: &str, number: u32) {
        self.items.clear();
        self.definition = false;
        let mut parts: Vec<Part> = vec![];
        for (_, more) in lines(text, &mut self.context) {
            parts.extend(more);
        }
        if !parts.is_empty() {
            self.add(Line { level: Some(level), ..Line::of(parts) }, number);
        }
    }

    /// The rows of a table, from its first one on.
    fn table(&mut self, text: &'t str) -> bool {
        let below = self.source.get(self.at).copied().unwrap_or_default();
        let headed = text.contains('|') && is_delimiter(below);
        let bare = text.starts_with('|') && text.trim_end().ends_with('|') && text.len() > 2;
        if !headed && !bare && !is_delimiter(text) {
            return false;
        }
        self.end_paragraph();
        if is_delimiter(text) {
            return true;
        }
        let cells = cells(text).into_iter().map(|cell| {
            let lines = lines(cell.trim(), &mut self.context).into_iter();
            lines.map(|(_, parts)| Line::of(parts)).collect()
        });
        for mut line in across(cells.collect()) {
            let runs = line.parts.iter_mut().flat_map(|part| &mut part.runs);
            runs.for_each(|run| run.style.bold |= headed && !run.text.trim().is_empty());
            self.add(line, self.number());
        }
        if headed {
            self.at += 1;
        }
        // Rows below need no bars at their ends.
        while let Some(row) = self.source.get(self.at).copied().filter(|_| headed) {
            if !row.contains('|') || row.trim().is_empty() {
                break;
            }
            self.at += 1;
            self.table_row(row);
        }
        true
    }

    fn table_row(&mut self, row: &str) {
        let mut all = vec![];
        for cell in cells(row.trim()) {
            let rows = lines(cell.trim(), &mut self.context).into_iter();
            all.push(rows.map(|(_, parts)| Line::of(parts)).collect());
        }
        for line in across(all) {
            self.add(line, self.number());
        }
    }

    fn item(&mut self, column: usize, text: &'t str) -> bool {
        let Some((mark, behind)) = mark(text) else { return false };
        // A number in the middle of a text is rarely that of an item.
        let later = match &mark {
            Mark::Number(number) => !number.trim_start_matches(['(', '[']).starts_with('1'),
            Mark::Bullet(_) => false,
        };
        if later && !self.paragraph.is_empty() && self.items.is_empty() {
            return false;
        }
        self.end_paragraph();
        while self.items.last().is_some_and(|mark| column < mark + NESTED) {
            self.items.pop();
        }
        if self.items.len() < DEEPEST {
            self.items.push(column);
        }
        self.mark = Some(mark);
        let behind = behind.trim_start();
        let behind = ["[ ] ", "[x] ", "[X] "]
            .iter()
            .find_map(|task| behind.strip_prefix(task))
            .unwrap_or(behind);
        if !behind.trim().is_empty() {
            self.text(column, behind);
        }
        true
    }

    /// What Pandoc and Kramdown say of the term above.
    fn definition(&mut self, text: &'t str) -> bool {
        let Some(behind) = text.strip_prefix([':', '~']).filter(|b| b.starts_with([' ', '\t']))
        else {
            return false;
        };
        self.end_paragraph();
        self.blank = false;
        self.definition = true;
        self.text(NESTED, behind.trim_start());
        true
    }

    /// A line that is nothing but an order for a program.
    fn order(&mut self, text: &str) -> bool {
        let command = text.strip_prefix('\\').is_some_and(|rest| {
            let (name, behind) = until(rest, |c| !c.is_ascii_alphabetic());
            let whole = behind.is_empty() || (behind.starts_with('{') && behind.ends_with('}'));
            !name.is_empty() && whole && !behind.contains(' ')
        });
        let orders = order(text).is_some_and(|length| length == text.trim_end().len());
        let attributes = text.starts_with("{:") && text.trim_end().ends_with('}');
        let contents = ["[toc]", "[[toc]]", "[[_toc_]]"].contains(&&*text.to_ascii_lowercase());
        let is = command || orders || attributes || contents;
        if is {
            self.tell(text);
        }
        is
    }
}

/// How deep a row stands in quotations, and its text.
fn unquoted(row: &str) -> (u8, &str) {
    let (mut quotes, mut rest) = (0_u8, row);
    while let Some(inner) = rest.trim_start().strip_prefix('>').filter(|_| quotes < 16) {
        quotes += 1;
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    (quotes, rest)
}

/// The rows of a paragraph as one text in which the breaks are those of the page, and the number of
/// the first row of each of its lines.
fn joined(rows: &[Row<'_>]) -> (String, Vec<u32>) {
    let width = |row: &Row<'_>| width(row.text);
    let longest = rows.iter().map(width).max().unwrap_or(0);
    let mut text = String::new();
    let mut numbers = vec![];
    let mut before: Option<&Row<'_>> = None;
    for row in rows {
        let breaks = before.map(|before| {
            let word = row.text.split_whitespace().next().unwrap_or_default();
            let fitted = width(before) + 1 + word.chars().count() <= longest;
            // Small letters go on with a sentence, but for addresses.
            let lower = word.starts_with(|c: char| c.is_lowercase())
                && !word.trim_end_matches('.').contains(['@', '/', '.']);
            // Some begin each sentence on a row of its own.
            let sentence = before.text.ends_with(['.', '!', '?', ';']);
            // Rows that begin as the first one does, in bold or as a link, are alike.
            let alike = ["**", "__", "["].iter().any(|sign| {
                row.text.starts_with(sign) && rows.first().is_some_and(|r| r.text.starts_with(sign))
            });
            // A time ends what it stands behind.
            let ended = before
                .text
                .trim_end_matches(['*', '_', ')', ' '])
                .ends_with(|c: char| c.is_ascii_digit())
                && row.text.starts_with(['*', '_', '[']);
            let apart = alike || ended;
            before.hard || (!lower && (longest < WRAPPED || apart || (fitted && !sentence)))
        });
        match breaks {
            Some(true) => text.push('\n'),
            Some(false) => text.push(' '),
            None => {}
        }
        if breaks != Some(false) {
            numbers.push(row.number);
        }
        text.push_str(row.text);
        before = Some(row);
    }
    (text, numbers)
}

/// How many letters of a row are seen: addresses behind words and in tags are not.
fn width(text: &str) -> usize {
    let mut width = 0;
    let (mut before, mut hidden) = (' ', None);
    for c in text.chars() {
        match hidden {
            Some(end) if c == end => hidden = None,
            Some(_) => {}
            None if before == ']' && c == '(' => hidden = Some(')'),
            None if c == '<' => hidden = Some('>'),
            None => width += 1,
        }
        before = c;
    }
    width
}

/// The level of a heading that begins with `#`, and its text.
fn heading(row: &str) -> Option<(u8, &str)> {
    let (marks, rest) = until(row, |c| c != '#');
    let level = u8::try_from(marks.len()).ok().filter(|level| (1..=6).contains(level))?;
    // Many leave out the blank; a single mark before a word is rather a tag.
    let blank = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let tight = level > 1 && rest.starts_with(char::is_alphabetic);
    (blank || tight).then_some(())?;
    Some((level, unclosed(rest.trim())))
}

/// The text of a heading without the signs that close it.
fn unclosed(text: &str) -> &str {
    let open = text.trim_end_matches('#');
    let closed = open.is_empty() || open.ends_with(char::is_whitespace);
    if closed { open.trim_end() } else { text }
}

/// The level of the heading above, if a row is nothing but a line.
fn underline(row: &str) -> Option<u8> {
    let row = row.trim_end();
    let only = |sign: char, least: usize| row.len() >= least && row.chars().all(|c| c == sign);
    if only('=', 1) {
        return Some(1);
    }
    only('-', 2).then_some(2)
}

/// `[name]: address` and what names a link thus.
fn definition(row: &str) -> Option<(&str, &str)> {
    let (name, rest) = row.trim_start().strip_prefix('[')?.split_once("]:")?;
    let known = !name.is_empty() && !name.starts_with('^') && !name.contains(']');
    let mut words = rest.split_whitespace();
    let target = words.next().filter(|_| known)?;
    let title = words.next();
    let titled = title.is_none_or(|title| title.starts_with(['"', '\'', '(']));
    titled.then_some((name, target.trim_matches(['<', '>'])))
}

/// `[^name]: text`; without a text the name is all there is, and stays.
fn footnote(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix("[^")?.split_once("]:")?;
    let fits = !name.is_empty() && !name.contains([' ', ']']) && !rest.trim().is_empty();
    fits.then_some((name, rest))
}

/// Whether a line is nothing but tags of boxes.
fn is_box(text: &str) -> bool {
    const BOXES: [&str; 10] = [
        "div", "section", "center", "article", "main", "header", "footer", "details", "aside",
        "figure",
    ];
    let mut rest = text.trim();
    while !rest.is_empty() {
        match short_tag(rest) {
            Some((tag, behind)) if BOXES.contains(&&*tag.name) => rest = behind.trim_start(),
            _ => return false,
        }
    }
    true
}

/// The row between the head of a table and its rows, or a line of a table drawn with signs.
fn is_delimiter(row: &str) -> bool {
    let row = row.trim();
    row.contains('-')
        && (row.contains('|') || (row.starts_with('+') && row.ends_with('+')))
        && row.chars().all(|c| "|-:+= ".contains(c))
}

/// The cells of a row.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(row);
    let mut cells = vec![String::new()];
    let (mut escaped, mut code) = (false, false);
    for c in row.chars() {
        match (c, cells.last_mut()) {
            ('|', Some(cell)) if escaped => {
                cell.pop();
                cell.push('|');
            }
            ('|', _) if !code => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
        code ^= c == '`' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    cells
}

/// The mark of an item that a row begins with, and what follows it.
fn mark(text: &str) -> Option<(Mark, &str)> {
    let first = text.chars().next()?;
    let behind = text.get(first.len_utf8()..)?;
    let apart = behind.is_empty() || behind.starts_with(char::is_whitespace);
    if ("-*+".contains(first) && apart)
        || signs::is_bullet(first)
        || ("–—·".contains(first) && apart)
    {
        return Some((Mark::Bullet(first), behind));
    }
    let number = signs::first_number(text, false)?;
    let behind = text.get(number.len()..)?;
    Some((Mark::Number(number), behind))
}
