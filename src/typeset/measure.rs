//! Measuring: how many lines every paragraph takes at given sizes, and how high that makes the
//! whole.

use crate::{
    look::Style,
    typeset::{
        draft::{Body, Draft, GUTTER, Item, LeadKind, Para, Role},
        icons,
        photo::{Figure, Insets},
        shape::{REFERENCE, Setting, Shaped, Shaper, ink_width},
        spans::{Face, Spans},
    },
};

/// mm in pt.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// The sizes that the fit chooses. Lengths in pt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Size of the text.
    pub size: f32,
    /// Factor on all spaces between things.
    pub spacing: f32,
    /// Leading, times the size.
    pub leading: f32,
    /// Margin at the sides.
    pub margin_x: f32,
    /// Margin at top and bottom.
    pub margin_y: f32,
}

impl Sizes {
    /// pt for one unit of the reference size.
    pub(crate) fn unit(&self) -> f32 {
        self.size / REFERENCE
    }
}

/// A paragraph with its texts shaped.
pub(crate) struct ShapedPara {
    /// The paragraph; its texts have moved out.
    pub(crate) para: Para,
    /// Its text, or the pieces of its flow.
    pub(crate) main: Main,
    /// What stands at its right.
    pub(crate) right: Option<Shaped>,
    /// What stands at its left.
    pub(crate) lead: Option<Shaped>,
    /// How many lines it takes as last measured.
    pub(crate) rows: usize,
    /// The width before the part that goes to the next line as a whole, in units of the reference
    /// size.
    second: Option<f32>,
    /// Whether its words may be hyphenated: then every line leaves room for a hyphen.
    pub(crate) hyphenated: bool,
}

/// The body of a shaped paragraph.
pub(crate) enum Main {
    /// Running text.
    Text(Shaped),
    /// Pieces; `rows` says which stand on which line as last measured.
    Flow {
        /// The pieces with their icons.
        items: Vec<FlowItem>,
        /// What stands between two pieces on a line.
        separator: Shaped,
        /// The first piece of every line; a piece of several lines is named once for each.
        rows: Vec<usize>,
    },
}

/// A piece of a flow.
pub(crate) struct FlowItem {
    /// Name of its icon.
    pub(crate) icon: Option<&'static str>,
    /// Width of the icon with its gap, in units of the reference size.
    pub(crate) icon_width: f32,
    /// Its text.
    pub(crate) text: Shaped,
}

/// Height of an icon, times the size of the text.
pub(crate) const ICON_HEIGHT: f32 = 0.85;
/// Gap between an icon and its text in em.
pub(crate) const ICON_GAP: f32 = 0.35;
/// The part of the space below a heading that does not shrink: a rule must not touch what follows.
const STIFF: f32 = 0.65;
/// A date of more lines than this breaks over pages with its paragraph.
pub(crate) const LONG_LEAD: usize = 4;
/// Width of a hyphen, times the size.
pub(crate) const HYPHEN: f32 = 0.33;
/// Gap between a text and what stands at its right, in em.
const RIGHT_GAP: f32 = 1.2;

/// The space between two paragraphs in pt: `after` the one, in em, and before the other.
pub(crate) fn gap(after: f32, next: &Para, sizes: &Sizes) -> f32 {
    let stiff = after * STIFF + next.stiff;
    let loose = after * (1.0 - STIFF) + next.before - next.stiff;
    (stiff + loose * sizes.spacing) * sizes.size
}

impl Main {
    /// Whether its last line ends before `beside`, when its lines are `room` long; both in units of
    /// the reference size.
    fn leaves(&mut self, room: f32, beside: f32) -> bool {
        let Self::Text(text) = self else {
            return false;
        };
        if text.natural <= room {
            return text.natural <= beside;
        }
        let lines = text.break_lines(room, room);
        let last = lines.checked_sub(1).and_then(|last| text.layout.get(last));
        last.is_none_or(|line| ink_width(&line, &text.spans.text) <= beside)
    }
}

impl FlowItem {
    fn width(&self) -> f32 {
        self.icon_width + self.text.natural
    }
}

/// The shaped paragraphs of a document.
pub(crate) struct Measured {
    /// In reading order.
    pub(crate) paras: Vec<ShapedPara>,
    /// Paper in pt.
    pub(crate) paper: (f32, f32),
    /// The photo beside the header.
    pub(crate) photo: Option<Figure>,
    /// What the photo takes from the lines of the header, as last measured.
    pub(crate) insets: Insets,
}

/// The height of a document at given sizes, in pt.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Height {
    /// All lines, without those beside a photo.
    pub(crate) lines: f32,
    /// All spaces between things, at spacing 1, without those beside a photo.
    pub(crate) gaps: f32,
    /// The lines beside a photo.
    pub(crate) header_lines: f32,
    /// The spaces between them, at spacing 1.
    pub(crate) header_gaps: f32,
    /// What the photo takes at least.
    pub(crate) photo: f32,
}

impl Height {
    /// The whole with a factor on all spaces.
    pub(crate) fn at(&self, spacing: f32) -> f32 {
        let header = self.header_lines + self.header_gaps * spacing;
        self.lines + self.gaps * spacing + header.max(self.photo)
    }

    /// The factor on all spaces at which the whole is `room` high.
    pub(crate) fn spacing_for(&self, room: f32) -> f32 {
        // Either the photo or the text beside it is the taller one.
        let photo = (room - self.lines - self.photo) / self.gaps;
        let text = (room - self.lines - self.header_lines) / (self.gaps + self.header_gaps);
        // Without any spaces one or both are no number, and `min` passes over it.
        photo.min(text)
    }
}

impl Measured {
    /// Shapes every text of the draft; the texts move out of it.
    pub(crate) fn new(draft: &mut Draft, shaper: &mut Shaper, style: &Style) -> Self {
        let paras = std::mem::take(&mut draft.paras);
        let mut paras: Vec<ShapedPara> =
            paras.into_iter().map(|para| shape_para(para, shaper, style)).collect();
        let mut photo = draft.photo.take();
        if draft.column > 0.0 {
            let column = narrow_column(&mut paras, draft.column);
            if let Some(photo) = &mut photo {
                photo.column = column;
            }
        }
        Self { paras, paper: style.paper.size(), photo, insets: Insets::default() }
    }

    /// Gives the shaped texts back to be remembered.
    pub(crate) fn into_texts(self) -> impl Iterator<Item = Shaped> {
        self.paras.into_iter().flat_map(|p| {
            let main: Vec<Shaped> = match p.main {
                Main::Text(text) => vec![text],
                Main::Flow { items, separator, .. } => {
                    items.into_iter().map(|i| i.text).chain([separator]).collect()
                }
            };
            main.into_iter().chain(p.right).chain(p.lead)
        })
    }

    /// Breaks everything for these sizes; the height that results.
    pub(crate) fn measure(&mut self, sizes: &Sizes) -> Height {
        let width = self.paper.0 - 2.0 * sizes.margin_x;
        let header = self.header();
        for p in self.paras.iter_mut().skip(header) {
            p.rows = p.break_lines(width / sizes.unit());
        }
        self.insets = match self.photo.as_ref().map(|photo| photo.insets(sizes)) {
            None => Insets::default(),
            Some((best, other)) => {
                let rows = self.break_header(header, width, other, sizes);
                match best {
                    Some(best) if self.break_header(header, width, best, sizes) == rows => best,
                    Some(_) => {
                        self.break_header(header, width, other, sizes);
                        other
                    }
                    None => other,
                }
            }
        };
        // A date of several lines may run down beside the rest of its entry, but not into what
        // follows.
        for i in 0..self.paras.len() {
            let Some(rest) = self.paras.get(i..) else {
                continue;
            };
            let Some(lead) = rest.first().and_then(|p| p.lead.as_ref()) else {
                continue;
            };
            let lines = lead.layout.len();
            if lines > LONG_LEAD {
                continue;
            }
            let entry = rest.first().and_then(|p| p.para.entry);
            let own = |(n, p): &(usize, &ShapedPara)| {
                *n == 0 || (p.para.entry == entry && entry.is_some() && p.lead.is_none())
            };
            let beside: usize = rest.iter().enumerate().take_while(own).map(|(_, p)| p.rows).sum();
            let count = rest.iter().enumerate().take_while(own).count();
            if lines > beside
                && let Some(last) = self.paras.get_mut(i + count.saturating_sub(1))
            {
                last.rows += lines - beside;
            }
        }
        self.height(sizes)
    }

    /// How many paragraphs stand beside the photo.
    pub(crate) fn header(&self) -> usize {
        let beside = |p: &&ShapedPara| p.para.role == Role::Header;
        if self.photo.is_some() { self.paras.iter().take_while(beside).count() } else { 0 }
    }

    /// The height of the text beside the photo, with lines as last broken.
    pub(crate) fn header_height(&self, sizes: &Sizes) -> f32 {
        let height = self.height(sizes);
        height.header_lines + height.header_gaps * sizes.spacing
    }

    /// The space that a photo makes above the header's text and below it.
    pub(crate) fn around_header(&self, sizes: &Sizes) -> (f32, f32) {
        let text = self.header_height(sizes);
        self.photo.as_ref().map_or((0.0, 0.0), |photo| photo.around(text, sizes))
    }

    /// Breaks the header beside the photo; how many lines it takes.
    fn break_header(&mut self, count: usize, width: f32, insets: Insets, sizes: &Sizes) -> usize {
        let width = (width - insets.left - insets.right) / sizes.unit();
        for p in self.paras.iter_mut().take(count) {
            p.rows = p.break_lines(width);
        }
        self.paras.iter().take(count).map(|p| p.rows).sum()
    }

    /// The height at these sizes, with lines as last broken.
    pub(crate) fn height(&self, sizes: &Sizes) -> Height {
        let photo = self.photo.as_ref().map_or(0.0, |photo| photo.least(sizes));
        let mut height = Height { photo, ..Height::default() };
        let header = self.header();
        let mut after = 0.0;
        for (i, p) in self.paras.iter().enumerate() {
            let (lines, gaps) = if i < header {
                (&mut height.header_lines, &mut height.header_gaps)
            } else {
                (&mut height.lines, &mut height.gaps)
            };
            *lines += p.rows as f32 * p.para.line_height(sizes);
            if i > 0 {
                let stiff = after * STIFF + p.para.stiff;
                *gaps += (after * (1.0 - STIFF) + p.para.before - p.para.stiff) * sizes.size;
                *lines += stiff * sizes.size;
            }
            after = p.para.after;
        }
        height
    }
}

impl Para {
    /// Height of one of its lines in pt.
    pub(crate) fn line_height(&self, sizes: &Sizes) -> f32 {
        // Large type needs less air.
        let leading = if self.size > 1.5 { sizes.leading.min(1.12) } else { sizes.leading };
        self.size * sizes.size * leading
    }
}

impl ShapedPara {
    /// Breaks for a measure of `width` units of the reference size; the number of lines.
    fn break_lines(&mut self, width: f32) -> usize {
        let indent = self.para.indent * REFERENCE;
        // However narrow: no text is ever lost.
        let room = (width - indent).max(REFERENCE * 4.0);
        let mut rows = 1;
        let hyphen = if self.hyphenated { HYPHEN * REFERENCE } else { 0.0 };
        let (mut first, mut rest) = (room - hyphen, room - hyphen);
        if let Some(right) = &mut self.right {
            rows = rows.max(right.break_lines(0.5 * room, 0.5 * room));
            // It stands beside the last line, so that nobody who reads line by line finds it inside
            // the text.
            let beside = room - right.natural.min(0.5 * room) - RIGHT_GAP * REFERENCE;
            let clear = self.para.role == Role::Head || rows > 1 || !self.main.leaves(room, beside);
            if clear {
                (first, rest) = (beside, beside);
            }
        }
        if let (Some(lead), Some(column)) = (&mut self.lead, &self.para.lead) {
            // A number is one sign, however wide the digits of its script are.
            let width = match column.kind {
                LeadKind::Number => f32::MAX,
                _ => ((column.width - column.gap) * REFERENCE).max(REFERENCE),
            };
            let lines = lead.break_lines(width, width);
            if lines > LONG_LEAD {
                rows = rows.max(lines);
            }
        }
        match &mut self.main {
            Main::Text(text) => {
                if let Some(second) = self.second
                    && text.natural > first
                    && second <= first
                    && text.natural - second <= rest
                {
                    first = second + 0.01;
                }
                rows.max(text.break_lines(first, rest))
            }
            Main::Flow { items, separator, rows: starts } => {
                let count = flow_rows(items, separator.natural, room, starts);
                let whole: f32 = items.iter().map(FlowItem::width).sum();
                if count > 1 && items.iter().all(|item| item.width() <= room) {
                    // Lines of about one length look better than a full one and a rest.
                    let (mut low, mut high) = (whole / count as f32, room);
                    for _ in 0..8 {
                        let middle = f32::midpoint(low, high);
                        let fits = flow_rows(items, separator.natural, middle, starts) == count
                            && items.iter().all(|item| item.width() <= middle);
                        if fits {
                            high = middle;
                        } else {
                            low = middle;
                        }
                    }
                    flow_rows(items, separator.natural, high, starts);
                }
                rows.max(starts.len())
            }
        }
    }
}

/// Puts the pieces of a flow on lines of `room`; `starts` gets the first piece of every line.
fn flow_rows(items: &mut [FlowItem], separator: f32, room: f32, starts: &mut Vec<usize>) -> usize {
    starts.clear();
    let mut x = f32::INFINITY;
    for (i, item) in items.iter_mut().enumerate() {
        let with = x + separator + item.width();
        if with <= room {
            item.text.break_lines(f32::MAX, f32::MAX);
            x = with;
        } else {
            // A piece that is wider than the page takes lines of its own.
            let width = room - item.icon_width;
            let lines = item.text.break_lines(width, width);
            starts.extend(std::iter::repeat_n(i, lines.max(1)));
            x = if lines > 1 { f32::INFINITY } else { item.width() };
        }
    }
    starts.len()
}

fn shape_para(mut para: Para, shaper: &mut Shaper, style: &Style) -> ShapedPara {
    let size = para.size;
    let setting = para.setting;
    let mut shape = |spans: Spans, size: f32, setting| shaper.shape(spans, size, setting, style);
    // What stands at the right, or in the next row, is read after the text: a space keeps the two
    // apart.
    let part = |spans: &mut Spans| {
        if let Some(last) = spans.spans.last() {
            let (face, place) = (Face { colour: last.face.colour, ..Face::default() }, last.place);
            spans.push(" ", face, None, place);
        }
    };
    let body = std::mem::replace(&mut para.body, Body::Flow(vec![]));
    let goes_on = para.right.is_some() || para.lead.is_some() || para.role == Role::Head;
    let main = match body {
        Body::Text(mut spans) => {
            if goes_on {
                part(&mut spans);
            }
            Main::Text(shape(spans, size, setting))
        }
        Body::Flow(items) => {
            let mut separator = Spans::default();
            let text = match style.icons {
                true => "   ".to_owned(),
                false => format!(" {} ", style.separator.trim()),
            };
            separator.push(&text.replace(' ', "\u{a0}"), Face::default(), None, 0);
            let items = items
                .into_iter()
                .map(|Item { icon, mut spans }| {
                    part(&mut spans);
                    let icon = icon.filter(|_| style.icons);
                    let height = f64::from(size * REFERENCE * ICON_HEIGHT);
                    let width =
                        icon.and_then(|name| icons::outline(name, height)).map(|(_, w)| w as f32);
                    let icon_width = width.map_or(0.0, |w| w + size * REFERENCE * ICON_GAP);
                    FlowItem { icon, icon_width, text: shape(spans, size, Setting::Row) }
                })
                .collect();
            Main::Flow { items, separator: shape(separator, size, Setting::Row), rows: vec![] }
        }
    };
    let mut beside = |mut spans: Spans| {
        part(&mut spans);
        shape(spans, 1.0, Setting::Row)
    };
    let right = para.right.take().map(&mut beside);
    let lead = para.lead.as_mut().map(|lead| std::mem::take(&mut lead.spans)).map(&mut beside);
    let hyphenated = style.hyphenate && setting == Setting::Running;
    let second = para.second.and_then(|span| match &main {
        Main::Text(text) => Some(text.width_before(span)),
        Main::Flow { .. } => None,
    });
    ShapedPara { para, main, right, lead, rows: 1, second, hyphenated }
}

/// Makes the column of dates, which may be `most` em wide, as narrow as its texts are; its width.
fn narrow_column(paras: &mut [ShapedPara], most: f32) -> f32 {
    let in_column = |p: &ShapedPara| {
        let kind = p.para.lead.as_ref().map(|lead| lead.kind)?;
        let width = p.lead.as_ref()?.natural / REFERENCE;
        (kind != LeadKind::Number).then_some(width + GUTTER)
    };
    let widest = paras.iter().filter_map(in_column).fold(0.0, f32::max);
    let less = (most - widest - 0.05).max(0.0);
    for p in paras {
        if p.para.indent >= most {
            p.para.indent -= less;
        }
        if let Some(lead) = p.para.lead.as_mut().filter(|lead| lead.kind != LeadKind::Number) {
            lead.width -= less;
        }
    }
    most - less
}
