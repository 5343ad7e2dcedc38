//! Entries: heads in the layout of the look, labelled lines, highlights, one-line facts.

use super::Composer;
use crate::{
    block::{Block, Head, Label, Note, Piece},
    look::{BulletMark, DatesAt, EntryLayout},
    typeset::{
        draft::{Body, GUTTER, Item, Lead, LeadKind, Para, Role},
        page::Tag,
        shape::Setting,
        spans::{Face, Spans},
    },
    value::clean::without_bullet,
};

/// What goes on from one entry of a section to the next.
pub(super) struct Run {
    /// How many entries are printed.
    pub(super) count: usize,
    /// How many publications have been set.
    pub(super) references: usize,
    /// The list of publications, once there is one.
    pub(super) list: Option<usize>,
    /// Marks at authors that have been met.
    pub(super) marks: Vec<char>,
    /// Whether the entry at hand has printed its first paragraph.
    started: bool,
    /// Whether the entry before took several paragraphs.
    long: bool,
    /// Facts that share one line.
    tags: Spans,
    /// The open lists of highlights: (list, its last item's body), outermost first.
    lists: Vec<(usize, usize)>,
    /// What the entry's texts hang on.
    body: Option<usize>,
    /// Where the text of the publication at hand begins, in em.
    pub(super) inner: f32,
}

impl Run {
    /// The state before the first of `count` entries.
    pub(super) fn new(count: usize) -> Self {
        Self {
            count,
            references: 0,
            list: None,
            marks: vec![],
            started: false,
            long: false,
            tags: Spans::default(),
            lists: vec![],
            body: None,
            inner: 0.0,
        }
    }

    /// What new elements of the entry hang on: the item of a list, or the section.
    fn parent(&self, section: usize) -> usize {
        self.body.unwrap_or(section)
    }
}

/// Titles and labels.
const BOLD: Face = Face { bold: true, ..Face::REGULAR };
/// What stands before a date behind its text.
const BEHIND: &str = " | ";

impl Composer<'_> {
    /// Appends what one entry says.
    pub(super) fn entry(&mut self, blocks: &[Block<'_>], run: &mut Run) {
        run.started = false;
        run.lists.clear();
        run.body = None;
        run.inner = 0.0;
        let start = self.draft.paras.len();
        for block in blocks {
            if !matches!(block, Block::Bullet { .. }) {
                run.lists.clear();
            }
            match block {
                Block::Head(head) => self.head(head, run),
                Block::Part(head) => self.part(head, run),
                Block::Line(note) => {
                    let mut spans = Spans::default();
                    let label = match self.style.italic_roles {
                        true => Face { italic: true, ..Face::default() },
                        false => self.muted(),
                    };
                    self.push_note(&mut spans, note, label, Face::default());
                    self.line(spans, run);
                }
                Block::Prose(piece) => self.prose(piece, run),
                Block::Bullet { level, text, weight } => self.bullet(*level, text, *weight, run),
                Block::Row { label, url, text, date } => self.row(label, url, text, date, run),
                Block::Item { text, date } => self.item(text, date, run),
                Block::Fact(note) => self.fact(note, run),
                Block::Tag(note) => self.tag(note, run),
                Block::Contacts(links) => {
                    let items: Vec<Item> = links.iter().map(|l| self.contact(l)).collect();
                    let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
                    let mut para = self.para(Spans::default(), element);
                    para.body = Body::Flow(items);
                    para.indent = self.column();
                    self.push_entry_para(para, run);
                }
                Block::Reference(reference) => {
                    run.body = Some(self.reference(reference, run));
                    run.started = true;
                }
            }
        }
        self.keep_heads(start);
        // Rows of a tight list stand apart where they have highlights.
        let long = self.draft.paras.len() > start + 1 && run.body.is_none();
        if (long || run.long)
            && let Some(first) = self.draft.paras.get_mut(start)
        {
            first.before = first.before.max(self.style.entry_gap as f32);
        }
        run.long = long;
    }

    /// Keeps the rows at the head of an entry, whose paragraphs begin at `start`, with what follows
    /// them in it.
    fn keep_heads(&mut self, start: usize) {
        let count = self.draft.paras.len().saturating_sub(start + 1);
        let paras = self.draft.paras.iter_mut().skip(start).take(count);
        for para in paras.filter(|p| p.role == Role::Head) {
            para.keep = true;
        }
    }

    /// What stands after the last entry of a section.
    pub(super) fn finish(&mut self, run: Run) {
        if !run.tags.is_empty() {
            let element = self.draft.element(Tag::Paragraph, self.parent);
            let mut para = self.para(run.tags, element);
            para.indent = self.column();
            self.draft.paras.push(para);
        }
        self.explain_marks(&run.marks);
    }

    /// Appends a paragraph of an entry: the first one gets the space between entries.
    fn push_entry_para(&mut self, mut para: Para, run: &mut Run) {
        if !run.started {
            run.started = true;
            para.before = self.style.entry_gap as f32;
            // An entry's first two lines stay together.
            para.keep |= para.role == Role::Head;
        }
        self.draft.paras.push(para);
    }

    /// A line of text of its own.
    fn line(&mut self, spans: Spans, run: &mut Run) {
        let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
        let mut para = self.para(spans, element);
        para.indent = self.column() + run.inner;
        self.push_entry_para(para, run);
    }

    /// Running text; blank lines part paragraphs.
    fn prose(&mut self, piece: &Piece<'_>, run: &mut Run) {
        for text in piece.text.split("\n\n").filter(|t| !t.trim().is_empty()) {
            let spans = self.rich(&Piece { text, at: piece.at.clone() }, Face::default());
            let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
            let mut para = self.para(spans, element);
            para.indent = self.column();
            para.setting = Setting::Running;
            self.push_entry_para(para, run);
        }
    }

    /// Width of the date column in em; 0 without one.
    pub(super) fn column(&self) -> f32 {
        match self.style.entries {
            EntryLayout::DateColumn => self.style.date_column as f32,
            EntryLayout::TwoRows | EntryLayout::OneRow => 0.0,
        }
    }

    /// The date column's text beside a first row.
    fn date_lead(&mut self, date: &Piece<'_>, element: usize) -> Option<Lead> {
        (!date.is_empty()).then(|| Lead {
            kind: LeadKind::Date,
            spans: self.date(date, self.muted()),
            element,
            width: self.style.date_column as f32,
            gap: GUTTER,
        })
    }

    /// Whether dates and places stand behind what they belong to.
    pub(super) fn dates_behind(&self) -> bool {
        self.style.dates_at == DatesAt::Behind
    }

    /// Puts the date of `para` where the look has it: in its column, at the right, or behind the
    /// text.
    fn place_date(&mut self, para: &mut Para, date: &Piece<'_>) {
        if date.is_empty() {
        } else if self.column() > 0.0 {
            para.lead = self.date_lead(date, para.element);
        } else if self.dates_behind() {
            let spans = self.date(date, self.muted());
            if let Body::Text(text) = &mut para.body {
                let bar = if text.is_empty() { "" } else { BEHIND };
                self.push_plain(text, bar, &date.at, Face::default());
                text.append(&spans);
            }
        } else {
            para.right = Some(self.date(date, self.muted()));
        }
    }

    /// The first rows of an entry.
    fn head(&mut self, head: &Head<'_>, run: &mut Run) {
        let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
        let mut title = self.rich(&head.title, BOLD);
        self.link_all(&mut title, &head.url);
        let role = Face { italic: self.style.italic_roles, ..Face::default() };
        let mut second = Spans::default();
        if head.runs_in && !title.is_empty() && !head.subtitle.is_empty() {
            self.push_plain(&mut title, ", ", &head.title.at, Face::default());
            self.push(&mut title, &head.subtitle, role);
        } else {
            second = self.rich(&head.subtitle, role);
        }
        for note in &head.notes {
            if !second.is_empty() {
                self.push_plain(&mut second, ", ", &note.text.at, Face::default());
            }
            self.push_note(&mut second, note, Face::default(), Face::default());
        }
        let place = self.rich(&head.place, self.muted());
        let one_row = self.style.entries == EntryLayout::OneRow;
        if title.is_empty() {
            title = std::mem::take(&mut second);
        }
        let mut place = (!place.is_empty()).then_some(place);
        let mut breaks_at = None;
        if one_row || second.is_empty() || self.dates_behind() {
            // Everything in one row, as far as it goes; a role goes on as a whole.
            let role = (one_row || second.is_empty()).then(|| std::mem::take(&mut second));
            let has_role = role.as_ref().is_some_and(|role| !role.is_empty());
            for part in [role, place.take()].into_iter().flatten().filter(|p| !p.is_empty()) {
                self.push_plain(&mut title, ", ", &head.title.at, Face::default());
                if has_role {
                    breaks_at.get_or_insert(title.spans.len());
                }
                title.append(&part);
            }
        }
        let date_column = self.style.entries == EntryLayout::DateColumn;
        let mut para = self.para(title, element);
        para.role = Role::Head;
        para.second = breaks_at;
        self.place_date(&mut para, &head.date);
        if date_column {
            para.indent = self.column();
            para.right = place.take();
        }
        let two = !second.is_empty() || place.is_some();
        para.keep = two;
        self.push_entry_para(para, run);
        if two {
            let mut para = self.para(second, element);
            para.role = Role::Head;
            para.before = 0.0;
            para.right = place;
            para.indent = self.column();
            self.push_entry_para(para, run);
        }
    }

    /// The first row of a part.
    fn part(&mut self, head: &Head<'_>, run: &mut Run) {
        let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
        let face = Face { bold: true, italic: self.style.italic_roles, ..Face::default() };
        let mut title = self.rich(&head.title, face);
        let place = self.rich(&head.place, self.muted());
        if !place.is_empty() {
            self.push_plain(&mut title, ", ", &head.place.at, Face::default());
            title.append(&place);
        }
        let mut para = self.para(title, element);
        para.role = Role::Head;
        para.before = 2.0 * self.style.item_gap as f32;
        para.indent = self.column();
        para.keep = true;
        self.place_date(&mut para, &head.date);
        self.push_entry_para(para, run);
    }

    /// A highlight, in lists as deep as its level.
    fn bullet(&mut self, level: usize, text: &Piece<'_>, weight: i8, run: &mut Run) {
        run.lists.truncate(level + 1);
        while run.lists.len() <= level {
            let parent = run.lists.last().map_or(run.parent(self.parent), |(_, body)| *body);
            let list = self.draft.element(Tag::List, parent);
            run.lists.push((list, list));
        }
        let Some((list, last)) = run.lists.last_mut() else {
            return;
        };
        let item = self.draft.element(Tag::Item, *list);
        let element = self.draft.element(Tag::Body, item);
        *last = element;
        let bare = match self.style.bullet {
            BulletMark::Off => text.text,
            _ => without_bullet(text.text),
        };
        let spans = self.rich(&Piece { text: bare, at: text.at.clone() }, Face::default());
        let indent = self.style.bullet_indent as f32;
        let left = self.column() + run.inner + indent * (level + 1) as f32;
        // Highlights of a publication are marked like inner ones.
        let level = level + usize::from(run.body.is_some());
        let owner = self.own(&text.at.parent(), "highlight", text.text, weight);
        let mut para = self.para(spans, element);
        para.role = Role::Bullet;
        para.setting = Setting::Running;
        para.indent = left;
        para.mark = match (level, self.style.bullet) {
            (_, BulletMark::Off) => BulletMark::Off,
            (0, mark) => mark,
            // Inner highlights are told apart by their mark.
            (_, BulletMark::Dash) => BulletMark::Disc,
            _ => BulletMark::Dash,
        };
        para.owner = Some(owner);
        self.push_entry_para(para, run);
    }

    /// A one-line entry.
    fn row(
        &mut self,
        label: &Piece<'_>,
        url: &Piece<'_>,
        text: &Piece<'_>,
        date: &Piece<'_>,
        run: &mut Run,
    ) {
        let mut spans = self.rich(label, BOLD);
        self.link_all(&mut spans, url);
        if !text.is_empty() {
            if !spans.is_empty() {
                self.push_plain(&mut spans, ", ", &text.at, Face::default());
            }
            self.push(&mut spans, text, Face::default());
        }
        self.dated_row(spans, date, run);
    }

    /// A line of a free list.
    fn item(&mut self, text: &Piece<'_>, date: &Piece<'_>, run: &mut Run) {
        let spans = self.rich(text, Face::default());
        self.dated_row(spans, date, run);
    }

    /// One row of a tight list, with its date.
    fn dated_row(&mut self, spans: Spans, date: &Piece<'_>, run: &mut Run) {
        let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
        let mut para = self.para(spans, element);
        para.before = 1.5 * self.style.item_gap as f32;
        para.indent = self.column();
        self.place_date(&mut para, date);
        run.started = true;
        self.draft.paras.push(para);
    }

    /// A label and a list.
    fn fact(&mut self, note: &Note<'_>, run: &mut Run) {
        let mut spans = Spans::default();
        let element = self.draft.element(Tag::Paragraph, run.parent(self.parent));
        let mut lead = None;
        if let (true, Some(Label::Own(own))) = (self.column() > 0.0, &note.label) {
            // With a column for dates, labels stand in it.
            lead = Some(Lead {
                kind: LeadKind::Label,
                spans: self.rich(own, BOLD),
                element,
                width: self.column(),
                gap: GUTTER,
            });
            self.push(&mut spans, &note.text, Face::default());
        } else {
            self.push_note(&mut spans, note, BOLD, Face::default());
        }
        let mut para = self.para(spans, element);
        para.lead = lead;
        para.indent = self.column();
        para.before = 1.5 * self.style.item_gap as f32;
        run.started = true;
        self.draft.paras.push(para);
    }

    /// A short fact that shares its line with the others of the section.
    fn tag(&mut self, note: &Note<'_>, run: &mut Run) {
        let mut tags = std::mem::take(&mut run.tags);
        if !tags.is_empty() {
            self.push_plain(&mut tags, "; ", &note.text.at, Face::default());
        }
        if let Some(Label::Own(own)) = &note.label {
            self.push(&mut tags, own, BOLD);
        }
        if !note.text.is_empty() {
            self.push_plain(&mut tags, " (", &note.text.at, Face::default());
            self.push(&mut tags, &note.text, Face::default());
            self.push_plain(&mut tags, ")", &note.text.at, Face::default());
        }
        run.tags = tags;
    }
}
