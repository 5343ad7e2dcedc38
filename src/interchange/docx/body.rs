//! The paragraphs and tables of a DOCX file as the lines of an outline.

use super::{
    numbering::{Label, Numbering},
    package::{Element, Node, address},
    styles::{Look, Shape, Style, Styles},
    symbol,
};
use crate::interchange::outline::{
    Line, Part, Place, Run, RunStyle,
    signs::{LEADERS, first_bullet, first_number, is_bullet, is_leader, number},
};
use std::collections::{HashMap, HashSet};

/// So many blanks in a row part a line as a tab does.
const BLANKS: usize = 3;
/// A row of a table is read across while its cells have no more lines than this.
const SHORT_CELL: usize = 3;
/// How deep tables and boxes lie in each other.
const DEEPEST: usize = 24;
/// The height of a line in its letters' size.
const LEADING: f32 = 1.2;

/// What the paragraphs of a file are read with.
pub(super) struct Reader<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: &'d mut Numbering,
    /// Where the links of this part lead.
    pub(super) links: HashMap<String, String>,
    /// Texts of boxes, which stand beside the text: read last.
    pub(super) boxes: Vec<&'d Element>,
    /// The notes that are pointed at, by their names.
    pub(super) notes: Vec<String>,
    /// Whether a field gives the number of a page.
    pub(super) numbered: bool,
    /// Space below the paragraph before, in pt, and empty paragraphs since.
    below: f32,
    empty: u16,
}

/// Text and switches of a paragraph, in their order.
enum Piece {
    Text(String, RunStyle, f32, Option<String>),
    Tab,
    Break,
}

/// What a paragraph's pieces have in common.
struct Frame<'p> {
    /// The look of the paragraph.
    look: &'p Look,
    /// Where the pieces lead that stand in a link.
    link: Option<String>,
    /// Fields that are open, the innermost last.
    fields: Vec<Field>,
}

/// A field: its order, and whether its result has begun.
#[derive(Default)]
struct Field {
    order: String,
    result: bool,
}

impl<'d> Reader<'d> {
    pub(super) fn new(
        styles: &'d Styles,
        numbering: &'d mut Numbering,
        links: HashMap<String, String>,
    ) -> Self {
        let (boxes, notes) = (vec![], vec![]);
        Self { styles, numbering, links, boxes, notes, numbered: false, below: 0.0, empty: 0 }
    }

    /// The lines of what stands in a body, a cell, a box or a header.
    pub(super) fn blocks(&mut self, body: &'d Element, column: u32, depth: usize) -> Vec<Line> {
        let mut lines = vec![];
        if depth > DEEPEST {
            return lines;
        }
        for child in body.children() {
            match child.name.as_str() {
                "p" => self.paragraph(child, column, &mut lines),
                "tbl" => self.table(child, column, depth, &mut lines),
                "sdt" => {
                    let inner = child.child("sdtContent");
                    lines.extend(inner.iter().flat_map(|c| self.blocks(c, column, depth + 1)));
                }
                "customXml" | "smartTag" | "ins" | "moveTo" | "Choice" | "footnote" | "endnote" => {
                    lines.extend(self.blocks(child, column, depth + 1));
                }
                "AlternateContent" => {
                    let choice = child.child("Choice").or_else(|| child.child("Fallback"));
                    lines.extend(choice.iter().flat_map(|c| self.blocks(c, column, depth + 1)));
                }
                _ => {}
            }
        }
        lines
    }

    /// A table across, row by row, where its cells are short; else cell by cell.
    fn table(&mut self, table: &'d Element, column: u32, depth: usize, out: &mut Vec<Line>) {
        for row in rows(table) {
            let mut cells: Vec<Vec<Line>> = vec![];
            for (i, cell) in cells_of(row).enumerate() {
                let column = column.saturating_add(u32::try_from(i).unwrap_or(0));
                cells.push(self.blocks(cell, column, depth + 1));
            }
            cells.retain(|lines| !lines.is_empty());
            across(cells, column, out);
        }
    }

    fn paragraph(&mut self, paragraph: &'d Element, column: u32, out: &mut Vec<Line>) {
        let properties = paragraph.child("pPr");
        let named = properties.and_then(|p| p.value("pStyle")).and_then(|id| self.styles.get(id));
        let style: &Style = named.unwrap_or_else(|| self.styles.usual());
        let mut shape = properties.map(Shape::of).unwrap_or_default().over(&style.shape);
        let mut frame = Frame { look: &style.look, link: None, fields: vec![] };
        let mut pieces = vec![];
        self.pieces(paragraph, &mut frame, 0, &mut pieces);
        let rule = shape.rule == Some(true);
        let text =
            |piece: &Piece| matches!(piece, Piece::Text(text, ..) if !text.trim().is_empty());
        if !pieces.iter().any(text) {
            // What is drawn in an empty paragraph stands below the line before it.
            if let Some(before) = out.last_mut().filter(|_| rule || is_ruled(paragraph)) {
                before.rule = true;
            } else {
                self.empty = self.empty.saturating_add(1);
            }
            return;
        }
        let label = shape.list.take().filter(|list| list != "0").and_then(|list| {
            let (label, own) = self.numbering.next(&list, shape.list_level.unwrap_or(0))?;
            // A list's own indent stands between that of the paragraph and that of its style.
            let direct = properties.map(Shape::of).unwrap_or_default();
            shape.left = direct.left.or(own.left).or(shape.left);
            shape.hanging = direct.hanging.or(own.hanging).or(shape.hanging);
            Some(label)
        });
        let level = shape.level.map(|level| if style.title { 1 } else { level });
        let level = level.or(style.title.then_some(1));
        let mut first = true;
        for pieces in pieces.split(|piece| matches!(piece, Piece::Break)) {
            let Some((mut line, tabs)) = line(pieces) else { continue };
            line.level = level;
            line.rule = rule;
            line.place = Place { column, ..Place::default() };
            let size = if line.size > 0.0 { line.size } else { style.look.points() };
            line.size = size;
            let left = shape.left.unwrap_or(0.0);
            let hanging = if first { shape.hanging.unwrap_or(0.0) } else { 0.0 };
            // A tab at the start of a line indents it by half an inch.
            let left = left - hanging + 36.0 * f32::from(tabs);
            line.indent = ((left / size).max(0.0) * 10.0).round() / 10.0;
            if first {
                let above = self.below.max(shape.before.unwrap_or(0.0)) / (size * LEADING);
                line.gap = 1.0 + above + f32::from(self.empty);
                match &label {
                    Some(Label::Bullet(sign)) => line.bullet = Some(sign.clone()),
                    Some(Label::Number(number)) => line.number = Some(number.clone()),
                    None => {}
                }
            }
            if line.runs().any(|run| !run.text.trim().is_empty()) {
                out.push(line);
                first = false;
            }
        }
        self.below = shape.after.unwrap_or(0.0);
        self.empty = 0;
    }

    /// The pieces in a paragraph, a link or whatever else holds runs.
    fn pieces(
        &mut self,
        parent: &'d Element,
        frame: &mut Frame<'_>,
        depth: usize,
        out: &mut Vec<Piece>,
    ) {
        if depth > DEEPEST {
            return;
        }
        for child in parent.children() {
            match child.name.as_str() {
                "r" => self.run(child, frame, out),
                "hyperlink" => {
                    let target = child.attribute("id").and_then(|id| self.links.get(id)).cloned();
                    let outer = std::mem::replace(&mut frame.link, target);
                    self.pieces(child, frame, depth + 1, out);
                    frame.link = outer;
                }
                "fldSimple" => {
                    let order = child.attribute("instr").unwrap_or_default();
                    self.numbered |= is_page_number(order);
                    let outer = std::mem::replace(&mut frame.link, target(order));
                    self.pieces(child, frame, depth + 1, out);
                    frame.link = outer;
                }
                "sdt" => {
                    if let Some(inner) = child.child("sdtContent") {
                        self.pieces(inner, frame, depth + 1, out);
                    }
                }
                "AlternateContent" => {
                    if let Some(c) = child.child("Choice").or_else(|| child.child("Fallback")) {
                        self.pieces(c, frame, depth + 1, out);
                    }
                }
                // Formulas come as their letters.
                "oMath" | "oMathPara" => {
                    let style = self.run_style(frame.look);
                    let size = frame.look.points();
                    out.push(Piece::Text(child.text(), style, size, frame.link.clone()));
                }
                // What is deleted, or moved away, is not there any more.
                "del" | "moveFrom" | "pPr" | "rPr" => {}
                _ => self.pieces(child, frame, depth + 1, out),
            }
        }
    }

    fn run(&mut self, run: &'d Element, frame: &mut Frame<'_>, out: &mut Vec<Piece>) {
        let properties = run.child("rPr");
        let named = properties.and_then(|p| p.value("rStyle")).and_then(|id| self.styles.get(id));
        let own = properties.map(Look::of).unwrap_or_default();
        let below = named.map_or_else(|| frame.look.clone(), |s| s.look.clone().over(frame.look));
        let look = own.over(&below);
        if look.hidden == Some(true) {
            return;
        }
        let style = self.run_style(&look);
        let size = look.points();
        let mut text = String::new();
        let flush = |text: &mut String, frame: &Frame<'_>, out: &mut Vec<Piece>| {
            if !text.is_empty() {
                let field = frame.fields.iter().rev().find_map(|field| target(&field.order));
                let link = frame.link.clone().or(field);
                out.push(Piece::Text(std::mem::take(text), style.clone(), size, link));
            }
        };
        for child in run.children() {
            let is_order = frame.fields.last().is_some_and(|field| !field.result);
            match child.name.as_str() {
                "instrText" => {
                    if let Some(field) = frame.fields.last_mut() {
                        field.order.push_str(&child.text());
                        self.numbered |= is_page_number(&field.order);
                    }
                }
                "fldChar" => {
                    flush(&mut text, frame, out);
                    match child.attribute("fldCharType") {
                        Some("begin") => frame.fields.push(Field::default()),
                        Some("separate") => {
                            if let Some(field) = frame.fields.last_mut() {
                                field.result = true;
                            }
                        }
                        _ => {
                            frame.fields.pop();
                        }
                    }
                }
                _ if is_order => {}
                "t" => text.push_str(&child.text()),
                "noBreakHyphen" => text.push('-'),
                "sym" => {
                    let code = child.attribute("char").unwrap_or_default();
                    let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
                    text.extend(code.map(symbol));
                }
                "tab" | "ptab" => {
                    flush(&mut text, frame, out);
                    out.push(Piece::Tab);
                }
                "br" | "cr" => {
                    flush(&mut text, frame, out);
                    if !matches!(child.attribute("type"), Some("page" | "column")) {
                        out.push(Piece::Break);
                    }
                }
                "footnoteReference" | "endnoteReference" => {
                    let kind = child.name.trim_end_matches("Reference");
                    let name = format!("{kind} {}", child.attribute("id").unwrap_or_default());
                    if !self.notes.contains(&name) {
                        self.notes.push(name);
                    }
                    flush(&mut text, frame, out);
                    let raised = RunStyle { superscript: true, ..style.clone() };
                    let number = self.notes.len().to_string();
                    out.push(Piece::Text(number, raised, size, None));
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    boxes(child, 0, &mut self.boxes);
                }
                "ruby" => text.extend(child.child("rubyBase").map(Element::text)),
                _ => {}
            }
        }
        flush(&mut text, frame, out);
    }

    fn run_style(&self, look: &Look) -> RunStyle {
        let usual = self.styles.usual().look.colour;
        RunStyle {
            bold: look.bold == Some(true),
            italic: look.italic == Some(true),
            small_caps: look.capitals == Some(true),
            code: look.code() && !self.styles.usual().look.code(),
            superscript: look.raised == Some(Some(true)),
            subscript: look.raised == Some(Some(false)),
            math: false,
            colour: look.colour.filter(|colour| Some(*colour) != usual),
        }
    }
}

/// The rows of a table, also those in a frame of their own.
fn rows(table: &Element) -> Vec<&Element> {
    inner(table, "tr")
}

fn cells_of(row: &Element) -> impl Iterator<Item = &Element> {
    // A cell that goes on with the one above it is empty.
    inner(row, "tc").into_iter()
}

fn inner<'e>(parent: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut out = vec![];
    for child in parent.children() {
        match child.name.as_str() {
            own if own == name => out.push(child),
            "sdt" => out.extend(child.child("sdtContent").iter().flat_map(|c| inner(c, name))),
            "ins" | "customXml" => out.extend(inner(child, name)),
            _ => {}
        }
    }
    out
}

/// The lines of the cells of a row.
fn across(cells: Vec<Vec<Line>>, column: u32, out: &mut Vec<Line>) {
    let long = cells.iter().filter(|lines| lines.len() > SHORT_CELL).count();
    let heading = |lines: &Vec<Line>| lines.len() > 1 && lines.iter().any(|l| l.level.is_some());
    // A heading in the margin of what it stands above.
    let margin = match cells.as_slice() {
        [first, rest] => matches!(first.as_slice(), [line] if is_heading(line)) && rest.len() > 1,
        _ => false,
    };
    if cells.len() < 2 || long > 1 || margin || cells.iter().any(heading) {
        let first = cells.len() < 2 || margin;
        for lines in cells {
            out.extend(lines.into_iter().map(|mut line| {
                if first {
                    line.place.column = column;
                }
                line
            }));
        }
        return;
    }
    // What stands on one line of the row, cell by cell; the longest one goes on alone.
    let mut cells: Vec<_> = cells.into_iter().map(Vec::into_iter).collect();
    loop {
        let mut next = cells.iter_mut().filter_map(Iterator::next);
        let Some(mut line) = next.next() else { break };
        for other in next {
            line.parts.extend(other.parts);
            line.parts.extend(other.aside);
            line.rule |= other.rule;
        }
        line.place.column = column;
        out.push(line);
    }
}

/// Whether a line in a cell of its own is a heading: short, of letters only, and bold or in
/// capitals.
fn is_heading(line: &Line) -> bool {
    let text = line.text();
    let bold = line.runs().all(|run| run.style.bold || run.style.small_caps);
    let capitals = !text.chars().any(char::is_lowercase);
    let letters = !text.chars().any(|c| c.is_numeric() || matches!(c, '@' | ','));
    line.level.is_some() || (letters && text.chars().count() <= 40 && (bold || capitals))
}

/// A line of these pieces, and how many tabs stand before it; none where it has no text.
fn line(pieces: &[Piece]) -> Option<(Line, u16)> {
    let mut parts: Vec<Part> = vec![Part::default()];
    let mut sizes: Vec<(f32, usize)> = vec![];
    let mut tabs = 0;
    for piece in pieces {
        match piece {
            Piece::Tab | Piece::Break => {
                let empty = parts.iter().all(|part| part.text().trim().is_empty());
                tabs += u16::from(empty);
                parts.push(Part::default());
            }
            Piece::Text(text, style, size, link) => {
                let text = &without_leaders(text);
                let count = text.chars().filter(|c| !c.is_whitespace()).count();
                match sizes.iter_mut().find(|(known, _)| known == size) {
                    Some((_, sum)) => *sum += count,
                    None => sizes.push((*size, count)),
                }
                for (i, text) in parted(text).into_iter().enumerate() {
                    if i > 0 {
                        parts.push(Part::default());
                    }
                    if let Some(part) = parts.last_mut().filter(|_| !text.is_empty()) {
                        add(part, text, style, link.as_ref());
                    }
                }
            }
        }
    }
    for part in &mut parts {
        trim(part);
    }
    parts.retain(|part| !part.runs.is_empty());
    let size = sizes.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size);
    (!parts.is_empty()).then(|| (Line { size, ..Line::of(parts) }, tabs))
}

/// A text with a tab where dots or lines lead to what stands at the end of the line.
fn without_leaders(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_leader) {
        let (before, found) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = found.find(|c| !is_leader(c) && c != ' ').unwrap_or(found.len());
        let (leader, after) = found.split_at_checked(end).unwrap_or((found, ""));
        out.push_str(before);
        let long = leader.chars().filter(|c| is_leader(*c)).count() >= LEADERS;
        out.push_str(if long { "\t" } else { leader });
        rest = after;
    }
    out + rest
}

/// A text, cut where blanks stand that are to look like a tab.
fn parted(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut blanks = String::new();
    for c in text.chars() {
        if matches!(c, ' ' | '\u{A0}' | '\t') {
            blanks.push(c);
            continue;
        }
        if blanks.chars().count() >= BLANKS || blanks.contains('\t') {
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            last.push_str(if blanks.is_empty() { "" } else { " " });
        }
        blanks.clear();
        let c = match c {
            '\u{2010}' | '\u{2011}' => '-',
            // A line that is broken by hand inside a text is a blank.
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let unseen = matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}') || c.is_control();
        if let Some(last) = out.last_mut().filter(|_| !unseen) {
            last.push(symbol(c));
        }
    }
    if blanks.chars().count() >= BLANKS || blanks.contains('\t') {
        out.push(String::new());
    } else if let Some(last) = out.last_mut() {
        last.push_str(if blanks.is_empty() { "" } else { " " });
    }
    out
}

fn add(part: &mut Part, text: String, style: &RunStyle, link: Option<&String>) {
    match part.runs.last_mut() {
        Some(run) if run.style == *style && run.link.as_ref() == link => run.text.push_str(&text),
        _ => {
            let link = link.cloned();
            part.runs.push(Run { text, style: style.clone(), link, ..Run::default() });
        }
    }
}

/// Takes the blanks off both ends.
fn trim(part: &mut Part) {
    while let Some(run) = part.runs.first_mut() {
        run.text = run.text.trim_start().to_owned();
        if !run.text.is_empty() {
            break;
        }
        part.runs.remove(0);
    }
    while let Some(run) = part.runs.last_mut() {
        run.text.truncate(run.text.trim_end().len());
        if !run.text.is_empty() {
            break;
        }
        part.runs.pop();
    }
}

/// A bullet or number that is typed is none of the text. A sign or a number that may be text counts
/// in company only, or with a tab behind it.
pub(super) fn take_marks(lines: &mut [Line]) {
    let first = |line: &Line| line.parts.first().map(Part::text).unwrap_or_default();
    let mut signs: HashMap<char, usize> = HashMap::new();
    let mut numbers = HashSet::new();
    for line in &*lines {
        let more = line.parts.len() > 1;
        if let Some(sign) = first_bullet(&first(line), more) {
            *signs.entry(sign).or_default() += 1;
        } else if let Some(text) = first_number(&first(line), more) {
            numbers.extend(number(&text));
        }
    }
    for line in lines.iter_mut().filter(|line| line.bullet.is_none() && line.number.is_none()) {
        let (text, more) = (first(line), line.parts.len() > 1);
        let tabbed = more && text.trim().chars().all(|c| !c.is_whitespace());
        let length = if let Some(sign) = first_bullet(&text, more) {
            if !(is_bullet(sign) || tabbed || signs.get(&sign).is_some_and(|count| *count > 1)) {
                continue;
            }
            line.bullet = Some(sign.to_string());
            1
        } else if let Some(text) = first_number(&text, more) {
            let near = number(&text).is_some_and(|(value, around)| {
                let known = |value: u32| numbers.contains(&(value, around.clone()));
                value.checked_sub(1).is_some_and(known) || known(value.saturating_add(1))
            });
            if !(near || tabbed || text.starts_with('[')) {
                continue;
            }
            let length = text.chars().count();
            line.number = Some(text);
            length
        } else {
            continue;
        };
        if let Some(part) = line.parts.first_mut() {
            part.strip(length);
        }
        line.parts.retain(|part| !part.runs.is_empty());
    }
}

/// Collects the boxes of text in a drawing.
fn boxes<'d>(element: &'d Element, depth: usize, out: &mut Vec<&'d Element>) {
    if depth > DEEPEST {
        return;
    }
    for node in &element.nodes {
        let Node::Element(child) = node else { continue };
        match child.name.as_str() {
            "txbxContent" => out.push(child),
            // The same once more, for programs of another age.
            "Fallback" if element.child("Choice").is_some() => {}
            _ => boxes(child, depth + 1, out),
        }
    }
}

/// Whether a line is drawn in a paragraph, as Word does when three hyphens are typed.
fn is_ruled(paragraph: &Element) -> bool {
    fn drawn(element: &Element, depth: usize) -> bool {
        depth < DEEPEST
            && element.children().any(|child| {
                let line = matches!(child.name.as_str(), "line" | "cxnSp")
                    || child.attribute("hr").is_some()
                    || (child.name == "prstGeom" && child.attribute("prst") == Some("line"));
                line || drawn(child, depth + 1)
            })
    }
    drawn(paragraph, 0)
}

/// Where a field leads whose order is `HYPERLINK "https://example.org"`.
fn target(order: &str) -> Option<String> {
    let rest = order.trim().strip_prefix("HYPERLINK")?.trim_start();
    let target = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    address(target.or_else(|| rest.split_whitespace().next())?)
}

fn is_page_number(order: &str) -> bool {
    matches!(order.split_whitespace().next(), Some("PAGE" | "NUMPAGES" | "SECTIONPAGES"))
}
