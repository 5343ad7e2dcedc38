//! Pages: where a document breaks, so that nothing that belongs together is torn.

use crate::typeset::{
    draft::Role,
    measure::{Measured, ShapedPara, Sizes, gap},
};

/// A last highlight of at most so many lines is too little for a page of its own.
const SHORT_ROWS: usize = 3;

/// One line of a paragraph on its way to a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row {
    /// Index of the paragraph.
    pub(crate) para: usize,
    /// Index of the line in it.
    pub(crate) line: usize,
    /// Top in pt from the top of the page.
    pub(crate) y: f32,
    /// Height in pt.
    pub(crate) height: f32,
}

/// A page of rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slice {
    /// Its rows from top to bottom.
    pub(crate) rows: Vec<Row>,
    /// Where the last row ends, in pt from the top of the page.
    pub(crate) end: f32,
}

/// Breaks the document, as measured at `sizes`, into pages; with `one` everything stays on one
/// page, however long.
pub(crate) fn paginate(measured: &Measured, sizes: &Sizes, one: bool) -> Vec<Slice> {
    let bottom = measured.paper.1 - sizes.margin_y + 0.01;
    let rows = rows(measured, sizes);
    let mut pages = vec![];
    let mut start = 0;
    while start < rows.len() {
        let mut slice = Slice { rows: vec![], end: sizes.margin_y };
        let mut best = None;
        let mut next = start;
        let mut y = sizes.margin_y;
        for (i, row) in rows.iter().enumerate().skip(start) {
            let gap = if i == start && i > 0 { 0.0 } else { row.gap };
            if !one && y + gap + row.height > bottom && i > start {
                break;
            }
            if i > start && row.may_break {
                best = Some(i);
            }
            slice.rows.push(Row { para: row.para, line: row.line, y: y + gap, height: row.height });
            y += gap + row.height;
            next = i + 1;
        }
        if next < rows.len() {
            // The first row of the next page: the last allowed one up to here, or where the page is
            // full.
            let stop = match rows.get(next) {
                Some(row) if row.may_break => next,
                _ => best.unwrap_or(next),
            };
            slice.rows.truncate(stop - start);
            next = stop;
        }
        slice.end = slice.rows.last().map_or(sizes.margin_y, |r| r.y + r.height);
        pages.push(slice);
        start = next;
    }
    if pages.is_empty() {
        pages.push(Slice { rows: vec![], end: sizes.margin_y });
    }
    if let (Some(photo), Some(first)) = (&measured.photo, pages.first_mut()) {
        first.end = first.end.max(sizes.margin_y + photo.height);
    }
    pages
}

/// A row before it has a page.
struct Loose {
    para: usize,
    line: usize,
    /// Space before it, unless it begins a page other than the first.
    gap: f32,
    height: f32,
    /// Whether a page may begin with it.
    may_break: bool,
}

/// Whether a paragraph is the last of several highlights of an entry, and short: it does not stand
/// alone on a page.
fn is_last_highlight(paras: &[ShapedPara], index: usize) -> bool {
    let highlight = |index: Option<usize>| {
        let para = index.and_then(|index| paras.get(index)).map(|p| &p.para);
        para.filter(|para| para.role == Role::Bullet).and_then(|para| para.entry)
    };
    let (before, own, next) =
        (highlight(index.checked_sub(1)), highlight(Some(index)), highlight(Some(index + 1)));
    let short = paras.get(index).is_some_and(|p| p.rows <= SHORT_ROWS);
    own.is_some() && own == before && own != next && short
}

fn rows(measured: &Measured, sizes: &Sizes) -> Vec<Loose> {
    let mut rows = vec![];
    let (mut after, mut keep) = (0.0, true);
    let header = measured.header();
    let (above, below) = measured.around_header(sizes);
    for (index, p) in measured.paras.iter().enumerate() {
        let height = p.para.line_height(sizes);
        let last_alone = is_last_highlight(&measured.paras, index);
        for line in 0..p.rows {
            let gap = match line {
                0 => {
                    let above = if index == 0 { above } else { gap(after, &p.para, sizes) };
                    above + if index == header { below } else { 0.0 }
                }
                _ => 0.0,
            };
            let may_break = match line {
                0 => !keep && !last_alone,
                // Neither the first nor the last line of a paragraph stands alone on a page.
                _ => line >= 2 && p.rows - line >= 2,
            };
            rows.push(Loose { para: index, line, gap, height, may_break });
        }
        after = p.para.after;
        keep = p.para.keep;
    }
    rows
}
