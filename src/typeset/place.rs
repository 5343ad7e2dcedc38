//! Placing: rows become positioned glyphs and shapes.

use crate::{
    at::At,
    finding::{Code, Finding},
    look::{BulletMark, LinkStyle, Rule, Style},
    typeset::{
        draft::{Align, Draft, LeadKind, MUTED, Role},
        flow::{Row, Slice},
        fonts::is_invisible,
        icons,
        measure::{FlowItem, HYPHEN, ICON_HEIGHT, LONG_LEAD, Main, Measured, ShapedPara, Sizes},
        page::{Face, Glyph, Line, Page, Pages, Placed, Shape},
        shape::{Brush, SHIFT_SIZE, Setting, Shaped, ink_width, left_spaces},
        words,
    },
    value::rich::Shift,
};
use kurbo::{Affine, BezPath, Circle, Rect, Shape as _};
use skrifa::{FontRef, MetadataProvider as _};
use std::{collections::BTreeSet, ops::Range};

/// Height of small letters, times the size: marks stand at half of it.
const X_HEIGHT: f32 = 0.47;
/// How far above the middle of its line a baseline lies below it, times the size.
const BASELINE: f32 = 0.33;

/// Where in the lower margin the name and the number of the page stand, as a part of its height.
const FOOT: f32 = 0.5;

/// The pages of a document whose rows are known.
pub(crate) struct Placer<'a> {
    measured: &'a Measured,
    style: &'a Style,
    sizes: Sizes,
    pages: Pages,
    page: Page,
    missing: BTreeSet<(char, At)>,
    /// Whether the page is that of a language from right to left. Everything is placed as if it
    /// began at the left, and turned round where a line, a shape or a picture goes onto the page.
    mirrored: bool,
}

impl<'a> Placer<'a> {
    /// Starts with the draft's structure, links and places.
    pub(crate) fn new(
        measured: &'a Measured,
        draft: Draft,
        style: &'a Style,
        sizes: Sizes,
    ) -> Self {
        let pages = Pages {
            colours: draft.colours,
            links: draft.links,
            elements: draft.elements,
            places: draft.places,
            ..Pages::default()
        };
        let mirrored = words::locale(&style.language).right_to_left;
        let (page, missing) = (Page::default(), BTreeSet::new());
        Self { measured, style, sizes, pages, page, missing, mirrored }
    }

    /// Places one page; `running` is its running head.
    pub(crate) fn page(&mut self, slice: &Slice, running: Option<&Shaped>) {
        let (width, height) = self.measured.paper;
        self.page = Page { width, height, ..Page::default() };
        if self.pages.pages.is_empty() {
            self.photo();
        }
        let mut rows = slice.rows.as_slice();
        while let Some(first) = rows.first() {
            let count = rows.iter().take_while(|r| r.para == first.para).count();
            let (mine, rest) = rows.split_at(count);
            if let Some(para) = self.measured.paras.get(first.para) {
                self.para(para, mine);
            }
            rows = rest;
        }
        // At the foot it stands behind all that is read of the page.
        if let Some(shaped) = running {
            let baseline = height - self.sizes.margin_y * FOOT;
            let x = width - self.sizes.margin_x - shaped.natural * self.sizes.unit();
            self.shaped_line(shaped, 0, x, baseline, None, 0.0);
        }
        self.pages.pages.push(std::mem::take(&mut self.page));
    }

    /// The pages, and what is to be said of them.
    pub(crate) fn finish(self) -> (Pages, Vec<Finding>) {
        let missing = self.missing.into_iter().map(|(c, at)| {
            let code = u32::from(c);
            Finding::warning(Code::GlyphMissing, at, format!("no font has the character `{c}` (U+{code:04X})"))
                .hint("a box is printed in its place; write it in another way, or install a font for its script")
        });
        let findings = missing.collect();
        (self.pages, findings)
    }

    /// The photo beside the header.
    fn photo(&mut self) {
        let Some(photo) = &self.measured.photo else {
            return;
        };
        let text = self.measured.header_height(&self.sizes);
        let (x, y) = photo.corner(self.page.width, text, &self.sizes);
        self.page.images.push(Placed {
            image: self.pages.images.len(),
            element: Some(photo.element),
            place: photo.place,
            x: self.turned(x, photo.width),
            y,
            width: photo.width,
            height: photo.height,
        });
        self.pages.images.push(photo.image.clone());
    }

    /// The rows of one paragraph that lie on this page.
    fn para(&mut self, p: &ShapedPara, rows: &[Row]) {
        let unit = self.sizes.unit();
        let size = p.para.size * self.sizes.size;
        let mut left = self.sizes.margin_x + p.para.indent * self.sizes.size;
        let mut right = self.measured.paper.0 - self.sizes.margin_x;
        if p.para.role == Role::Header {
            left += self.measured.insets.left;
            right -= self.measured.insets.right;
        }
        let baseline = |row: &Row| row.y + row.height / 2.0 + BASELINE * size;
        let element = Some(p.para.element);
        // A number or a label is read before its text; a date after the title that it belongs to.
        let lead_first = p.para.lead.as_ref().is_some_and(|lead| lead.kind != LeadKind::Date);
        if lead_first {
            self.lead(p, rows);
        }
        for row in rows {
            if row.line == 0 {
                self.mark(p, left, baseline(row), size);
            }
            match &p.main {
                Main::Text(shaped) => {
                    let (x, extra) = self.start(p, shaped, row.line, left, right);
                    self.shaped_line(shaped, row.line, x, baseline(row), element, extra);
                }
                Main::Flow { .. } => self.flow(p, row, left, right, baseline(row)),
            }
        }
        if let Some(shaped) = &p.right {
            let size = self.sizes.size;
            // Its last line stands beside the last one of the text.
            let skipped = p.rows.saturating_sub(shaped.layout.len());
            for row in rows {
                let Some(line) = row.line.checked_sub(skipped) else {
                    continue;
                };
                let width = line_width(shaped, line) * unit;
                // It stands on the baseline of the text, whatever its size.
                let y = row.y + row.height / 2.0 + BASELINE * size.max(p.para.size * size);
                self.shaped_line(shaped, line, right - width, y, element, 0.0);
            }
        }
        if !lead_first {
            self.lead(p, rows);
        }
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            self.rule(p, first, last, right);
        }
    }

    /// Where a line begins, and by how much its spaces are stretched.
    fn start(
        &self,
        p: &ShapedPara,
        shaped: &Shaped,
        line: usize,
        left: f32,
        right: f32,
    ) -> (f32, f32) {
        let unit = self.sizes.unit();
        let width = line_width(shaped, line) * unit;
        let align = match p.para.align {
            // A paragraph that runs against the page begins at the other side; highlights stay at
            // their mark.
            Align::Left
                if shaped.layout.is_rtl() != self.mirrored
                    && p.para.setting == Setting::Running
                    && p.para.role != Role::Bullet =>
            {
                Align::Right
            }
            align => align,
        };
        match align {
            Align::Centre => (left + (right - left - width) / 2.0, 0.0),
            Align::Right => (right - width, 0.0),
            Align::Left if shaped.layout.is_rtl() != self.mirrored => (left, 0.0),
            Align::Left => {
                let last = line + 1 == shaped.layout.len();
                let beside = p.right.is_some() && p.para.role == Role::Head;
                if !self.style.justify || last || beside || p.para.role == Role::Heading {
                    return (left, 0.0);
                }
                let hyphen = if ends_soft(shaped, line) { HYPHEN * self.sizes.size } else { 0.0 };
                let spaces = inner_spaces(shaped, line);
                let spare = right - left - width - hyphen;
                let extra = if spaces > 0 { (spare / spaces as f32).max(0.0) } else { 0.0 };
                // A line that would fall apart stays ragged.
                (left, if extra > 0.6 * self.sizes.size { 0.0 } else { extra })
            }
        }
    }

    /// What stands left of a paragraph.
    fn lead(&mut self, p: &ShapedPara, rows: &[Row]) {
        let (Some(shaped), Some(lead)) = (&p.lead, &p.para.lead) else {
            return;
        };
        let column = lead.width * self.sizes.size;
        let start = self.sizes.margin_x + p.para.indent * self.sizes.size - column;
        let Some(first) = rows.first() else { return };
        let lines = match shaped.layout.len() {
            // It may run down beside the rest of the entry.
            count if count <= LONG_LEAD && first.line == 0 => 0..count,
            count if count <= LONG_LEAD => return,
            count => first.line..count.min(first.line + rows.len()),
        };
        for line in lines {
            let down = (line - first.line) as f32 + 0.5;
            let y = first.y + first.height * down + BASELINE * self.sizes.size;
            let free =
                column - lead.gap * self.sizes.size - line_width(shaped, line) * self.sizes.unit();
            // Numbers stand at the left of their column, all else at its right.
            let x = if lead.kind == LeadKind::Number { start } else { start + free.max(0.0) };
            self.shaped_line(shaped, line, x, y, Some(lead.element), 0.0);
        }
    }

    /// One line of a flow: pieces with icons, and separators between them.
    fn flow(&mut self, p: &ShapedPara, row: &Row, left: f32, right: f32, y: f32) {
        let Main::Flow { items, separator, rows: starts } = &p.main else {
            return;
        };
        let unit = self.sizes.unit();
        let Some(start) = starts.get(row.line).copied() else {
            return;
        };
        let inner = starts.iter().take(row.line).filter(|s| **s == start).count();
        let end = starts.iter().copied().find(|s| *s > start).unwrap_or(items.len());
        let pieces = items.get(start..end).unwrap_or_default();
        let gaps = separator.natural * pieces.len().saturating_sub(1) as f32;
        let width = |i: &FlowItem| i.icon_width + line_width(&i.text, inner);
        let width = (pieces.iter().map(width).sum::<f32>() + gaps) * unit;
        let mut x = match p.para.align {
            Align::Left => left,
            Align::Centre => left + (right - left - width) / 2.0,
            Align::Right => right - width,
        };
        for (i, item) in pieces.iter().enumerate() {
            if i > 0 {
                self.shaped_line(separator, 0, x, y, None, 0.0);
                x += separator.natural * unit;
            }
            if let Some(icon) = item.icon {
                let size = p.para.size * self.sizes.size;
                if inner == 0 {
                    self.icon(icon, x, y, size);
                }
                x += item.icon_width * unit;
            }
            self.shaped_line(&item.text, inner, x, y, Some(p.para.element), 0.0);
            x += item.text.natural * unit;
        }
    }

    fn icon(&mut self, name: &str, x: f32, baseline: f32, size: f32) {
        let height = ICON_HEIGHT * size;
        if let Some((path, width)) = icons::outline(name, f64::from(height)) {
            // Centred on the height of capitals.
            let top = baseline - 0.34 * size - height / 2.0;
            let x = f64::from(self.turned(x, width as f32));
            let path = Affine::translate((x, f64::from(top))) * path;
            self.page.shapes.push(Shape { path, colour: MUTED });
        }
    }

    /// The mark before a highlight.
    fn mark(&mut self, p: &ShapedPara, left: f32, baseline: f32, size: f32) {
        let step = self.style.bullet_indent as f32 * self.sizes.size;
        let centre = (f64::from(left - 0.5 * step), f64::from(baseline - X_HEIGHT * size / 2.0));
        let size = f64::from(size);
        let rect = |w: f64, h: f64| Rect::from_center_size(centre, (w, h)).to_path(0.01);
        let path = match p.para.mark {
            BulletMark::Off => return,
            BulletMark::Disc => Circle::new(centre, 0.15 * size).to_path(0.005),
            BulletMark::Dash => rect(0.42 * size, 0.06 * size),
            BulletMark::Square => rect(0.25 * size, 0.25 * size),
            BulletMark::Triangle => {
                let mut path = BezPath::new();
                let r = 0.19 * size;
                path.move_to((centre.0 - 0.8 * r, centre.1 - r));
                path.line_to((centre.0 + r, centre.1));
                path.line_to((centre.0 - 0.8 * r, centre.1 + r));
                path.close_path();
                path
            }
        };
        self.shape(path, p.para.colour);
    }

    /// The line at a heading.
    fn rule(&mut self, p: &ShapedPara, first: &Row, last: &Row, right: f32) {
        let size = p.para.size * self.sizes.size;
        let left = self.sizes.margin_x + p.para.indent * self.sizes.size;
        let baseline = last.y + last.height / 2.0 + BASELINE * size;
        let (x, y) = match p.para.rule {
            Rule::Off => return,
            Rule::Below => (left, baseline + 0.3 * size),
            Rule::Above => (left, first.y - 0.22 * size),
            Rule::Beside => {
                let Main::Text(shaped) = &p.main else { return };
                let width = line_width(shaped, last.line) * self.sizes.unit();
                (left + width + 0.6 * self.sizes.size, baseline - 0.32 * size)
            }
        };
        if x < right {
            let (x, y, right) = (f64::from(x), f64::from(y), f64::from(right));
            let path = Rect::new(x, y, right, y + self.style.rule_width).to_path(0.01);
            self.shape(path, p.para.colour);
        }
    }

    /// A shape, turned round with the page.
    fn shape(&mut self, path: BezPath, colour: u16) {
        let path = match self.mirrored {
            true => Affine::new([-1.0, 0.0, 0.0, 1.0, f64::from(self.page.width), 0.0]) * path,
            false => path,
        };
        self.page.shapes.push(Shape { path, colour });
    }

    /// The left edge on the page of what is `width` wide and begins `x` from the page's first edge.
    fn turned(&self, x: f32, width: f32) -> f32 {
        if self.mirrored { self.page.width - x - width } else { x }
    }

    /// One line of a shaped text, its baseline at `y`, beginning `x` from the page's first edge;
    /// `extra` is added to each of its spaces.
    fn shaped_line(
        &mut self,
        shaped: &Shaped,
        index: usize,
        x: f32,
        y: f32,
        element: Option<usize>,
        extra: f32,
    ) {
        let Some(line) = shaped.layout.get(index) else {
            return;
        };
        let unit = self.sizes.unit();
        let stretched = extra * inner_spaces(shaped, index) as f32;
        let x = self.turned(x, ink_width(&line, &shaped.spans.text) * unit + stretched);
        let x = x - left_spaces(&line, &shaped.spans.text) * unit;
        let glyphs = self.glyphs(shaped, &line, x, y, extra);
        let end = glyphs.last().cloned();
        let mut out = Line { element, ..Line::default() };
        read_in_order(glyphs, &shaped.spans.text, &mut out);
        if let Some(last) = end.filter(|_| ends_soft(shaped, index)) {
            self.hyphen(&last, &mut out);
        }
        if self.style.links == LinkStyle::Underline {
            self.underline(&out);
        }
        if !out.glyphs.is_empty() {
            self.page.lines.push(out);
        }
    }

    /// The glyphs of a line from left to right; their text ranges are those of the shaped text.
    fn glyphs(
        &mut self,
        shaped: &Shaped,
        line: &parley::Line<'_, Brush>,
        mut x: f32,
        y: f32,
        extra: f32,
    ) -> Vec<Glyph> {
        let unit = self.sizes.unit();
        let mut glyphs: Vec<Glyph> = vec![];
        let mut inked = false;
        for run in line.runs() {
            let size = run.font_size() * unit;
            let face = self.face(run.font());
            // From right to left the rest of a ligature comes before its glyph.
            let mut rest: Option<(f32, Range<usize>)> = None;
            for cluster in run.visual_clusters() {
                let mut range = cluster.text_range();
                if run.is_rtl() && cluster.is_ligature_continuation() {
                    let (_, whole) = rest.get_or_insert((x, range.clone()));
                    *whole = whole.start.min(range.start)..whole.end.max(range.end);
                    x += cluster.advance() * unit;
                    continue;
                }
                let mut start = x;
                if let Some((left, whole)) = rest.take() {
                    start = left;
                    range = range.start.min(whole.start)..range.end.max(whole.end);
                }
                let source = shaped.spans.text.get(range.clone()).unwrap_or_default();
                let text = narrow(range.start)..narrow(range.end);
                let Some(span) = shaped.spans.spans.get(cluster.style().brush.0 as usize) else {
                    continue;
                };
                let lift = match span.face.shift {
                    Shift::None => 0.0,
                    Shift::Super => -0.3 * size / SHIFT_SIZE,
                    Shift::Sub => 0.16 * size / SHIFT_SIZE,
                };
                let before = glyphs.len();
                let mut pen = start;
                let invisible = source.chars().all(is_invisible);
                // A joiner in one cluster with a letter has a blank beside the letter's glyph.
                let blank = match source.contains(is_invisible) {
                    true => self.space(face),
                    false => None,
                };
                let is_blank = |glyph: &parley::Glyph| {
                    glyph.advance == 0.0 && blank.is_some_and(|id| glyph.id == u32::from(id))
                };
                for glyph in cluster.glyphs().filter(|glyph| !invisible && !is_blank(glyph)) {
                    // A number that no font can have stands for what no font has: it is replaced.
                    let mut id = u16::try_from(glyph.id).unwrap_or(0);
                    let advance = glyph.advance * unit;
                    if id == 0 {
                        id = self.replace(source, face, span.place, (pen, y + lift), advance, size);
                    }
                    glyphs.push(Glyph {
                        id,
                        face,
                        colour: span.face.colour,
                        size,
                        x: pen + glyph.x * unit,
                        y: y + lift - glyph.y * unit,
                        advance,
                        text: text.clone(),
                        link: span.link,
                        place: span.place,
                        embolden: run.synthesis().embolden(),
                    });
                    pen += advance;
                }
                if glyphs.len() == before && cluster.is_ligature_continuation() {
                    extend(&mut glyphs, &text);
                }
                // A joiner has no width, even where a font has a box for it: a gap would part the
                // word for readers.
                if !invisible {
                    x += cluster.advance() * unit;
                }
                // Those at the end of a line from right to left stand at its left.
                inked |= source != " ";
                if inked && cluster.is_space_or_nbsp() {
                    x += extra;
                }
            }
        }
        glyphs
    }

    /// Draws a box for a character that no font has, and notes it; the glyph that carries its text
    /// unseen.
    fn replace(
        &mut self,
        source: &str,
        face: u16,
        place: u32,
        (x, y): (f32, f32),
        advance: f32,
        size: f32,
    ) -> u16 {
        let at = self.pages.places.get(place as usize).cloned().unwrap_or_default();
        for c in source.chars().filter(|c| !is_invisible(*c)) {
            self.missing.insert((c, at.clone()));
        }
        let (x, y, size) = (f64::from(x), f64::from(y), f64::from(size));
        let outer =
            Rect::new(x + 0.06 * size, y - 0.66 * size, x + f64::from(advance) - 0.06 * size, y);
        if outer.width() > 0.2 * size {
            let mut path = outer.to_path(0.01);
            let inner = outer.inset(-0.05 * size);
            path.extend(inner.to_path(0.01).reverse_subpaths());
            self.page.shapes.push(Shape { path, colour: 0 });
        }
        self.space(face).unwrap_or(0)
    }

    /// The glyph of the space in a face.
    fn space(&self, face: u16) -> Option<u16> {
        let font = self.pages.faces.get(usize::from(face));
        font.and_then(|f| FontRef::from_index(f.bytes(), f.index()).ok())
            .and_then(|f| f.charmap().map(' '))
            .and_then(|id| u16::try_from(id.to_u32()).ok())
    }

    /// Appends the hyphen of a line that ends inside a word; it is read as a soft one, so that the
    /// word stays whole.
    fn hyphen(&self, last: &Glyph, line: &mut Line) {
        let font = self.pages.faces.get(usize::from(last.face));
        let id = font
            .and_then(|f| FontRef::from_index(f.bytes(), f.index()).ok())
            .and_then(|f| f.charmap().map('-'))
            .and_then(|id| u16::try_from(id.to_u32()).ok());
        if let Some(id) = id {
            let from = narrow(line.text.len());
            line.text.push('\u{ad}');
            line.glyphs.push(Glyph {
                id,
                x: last.x + last.advance,
                advance: HYPHEN * last.size,
                text: from..narrow(line.text.len()),
                ..last.clone()
            });
        }
    }

    /// The index of a font among the faces of the document.
    fn face(&mut self, font: &parley::FontData) -> u16 {
        let same = |f: &Face| f.font.data.id() == font.data.id() && f.font.index == font.index;
        let index = self.pages.faces.iter().position(same).unwrap_or_else(|| {
            self.pages.faces.push(Face { font: font.clone() });
            self.pages.faces.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    /// Thin lines below what is a link.
    fn underline(&mut self, line: &Line) {
        let mut open: Option<(u32, f32, f32, f32, u16)> = None;
        let mut done = vec![];
        for glyph in &line.glyphs {
            match (&mut open, glyph.link) {
                (Some((link, start, end, _, _)), Some(this)) if *link == this => {
                    *start = start.min(glyph.x);
                    *end = end.max(glyph.x + glyph.advance);
                }
                (_, this) => {
                    done.extend(open.take());
                    open =
                        this.map(|l| (l, glyph.x, glyph.x + glyph.advance, glyph.y, glyph.colour));
                }
            }
        }
        done.extend(open);
        for (_, start, end, y, colour) in done {
            let y = f64::from(y + 0.16 * self.sizes.size);
            let path = Rect::new(f64::from(start), y, f64::from(end), y + 0.35).to_path(0.01);
            self.page.shapes.push(Shape { path, colour });
        }
    }
}

/// How many spaces stand between the words of a line.
fn inner_spaces(shaped: &Shaped, line: usize) -> usize {
    line_text(shaped, line).trim_end().matches([' ', '\u{a0}']).count()
}

/// Width of a line without the space at its end, in units of the reference size.
fn line_width(shaped: &Shaped, line: usize) -> f32 {
    shaped.layout.get(line).map_or(0.0, |l| ink_width(&l, &shaped.spans.text))
}

/// The shaped text of a line.
fn line_text(shaped: &Shaped, line: usize) -> &str {
    let range = shaped.layout.get(line).map(|l| l.text_range()).unwrap_or_default();
    shaped.spans.text.get(range).unwrap_or_default()
}

/// Whether a line ends inside a word.
fn ends_soft(shaped: &Shaped, line: usize) -> bool {
    line_text(shaped, line).ends_with('\u{ad}') && line + 1 < shaped.layout.len()
}

/// Lets the last glyph stand for more text: the rest of a ligature.
fn extend(glyphs: &mut [Glyph], text: &Range<u32>) {
    let Some(whole) = glyphs.last().map(|g| g.text.clone()) else {
        return;
    };
    let joined = whole.start.min(text.start)..whole.end.max(text.end);
    for glyph in glyphs.iter_mut().rev().take_while(|g| g.text == whole) {
        glyph.text = joined.clone();
    }
}

/// Puts glyphs in the order of reading and gives the line the text that they stand for, as plain
/// letters: no-break spaces become spaces, soft hyphens and joiners are gone.
fn read_in_order(mut glyphs: Vec<Glyph>, source: &str, out: &mut Line) {
    if !glyphs.is_sorted_by_key(|g| g.text.start) {
        glyphs.sort_by_key(|g| g.text.start);
    }
    let mut last: Option<(Range<u32>, Range<u32>)> = None;
    for mut glyph in glyphs {
        let (from, to) = match last.take() {
            Some((from, to)) if from == glyph.text => (from, to),
            _ => {
                let start = out.text.len();
                let range = glyph.text.start as usize..glyph.text.end as usize;
                for c in source.get(range).unwrap_or_default().chars() {
                    match c {
                        '\u{a0}' | '\u{202f}' | '\t' => out.text.push(' '),
                        c if is_invisible(c) => {}
                        c => out.text.push(c),
                    }
                }
                (glyph.text.clone(), narrow(start)..narrow(out.text.len()))
            }
        };
        glyph.text = to.clone();
        last = Some((from, to));
        out.glyphs.push(glyph);
    }
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
