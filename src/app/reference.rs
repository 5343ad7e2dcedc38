//! References that are pasted: they become entries, and can become the text that they were.

use super::{
    App, Notice, Request,
    command::Command,
    doc::Doc,
    edit::{Edit, is_by_date, split},
};
use crate::{
    at::At,
    interchange::reference::Reference,
    section::{Publication, Section},
    value::date::Dates,
};

/// A text that became entries.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// The field it was pasted into.
    at: At,
    text: String,
    /// The document and its state right after.
    of: Option<(u64, u64)>,
}

impl App {
    /// Makes entries of a reference that was pasted as `text`: into the empty title at `at`, or,
    /// without one, into the section in front.
    pub fn take_reference(&mut self, at: Option<&At>, reference: &Reference, text: &str) {
        let section = self.section();
        let Some(doc) = self.doc_mut() else {
            return;
        };
        let place = at.map(At::parent).and_then(|entry| split(&entry));
        let over = place.is_some();
        let found = reference.publications.clone();
        let Some((list, index)) = place.or_else(|| {
            let i = section?;
            let list = At::root().field("sections").index(i).field("entries");
            Some((list, place_of(doc, i, found.first()?)?))
        }) else {
            return;
        };
        let title = list.index(index).field("title");
        let before = doc.undo.state();
        if doc.apply(&Edit::Publications { list, index, over, found }).is_none()
            || doc.undo.state() == before
        {
            return;
        }
        // What was not given is asked for first.
        if reference.missing().contains(&"title") {
            doc.view.go_to(&title, Some(0));
        }
        let of = self.state_now();
        self.taken = over.then(|| Pasted { at: title, text: text.trim().to_owned(), of });
        let mut links = vec![];
        if over {
            links.push(("Paste as text", Request::PasteAsText));
        }
        self.notices.push(Notice {
            text: said(reference),
            good: true,
            action: Some(("Undo", Command::Undo)),
            of,
            links,
        });
    }

    /// Takes the entries back that were made of a reference, and pastes it as it is.
    pub fn paste_as_text(&mut self) {
        let Some(pasted) = self.taken.take() else {
            return;
        };
        if pasted.of.is_none() || pasted.of != self.state_now() {
            return;
        }
        let Some(doc) = self.doc_mut() else {
            return;
        };
        doc.undo();
        let line = pasted.text.split_whitespace().collect::<Vec<_>>().join(" ");
        doc.apply(&Edit::SetText(pasted.at, line));
    }
}

/// Where a publication goes in a section of them: by its date where they are in order, or else to
/// the end. `None` for a section of another kind.
fn place_of(doc: &Doc, section: usize, new: &Publication) -> Option<usize> {
    let section = doc.profile().sections.get(section)?;
    let Section::Publications(list) = section else {
        return None;
    };
    let key = |paper: &Publication| Dates::parse(&paper.date).map(|dates| dates.sort_key());
    let (end, date) = (list.entries.len(), key(new));
    if date.is_none() || !is_by_date(section) {
        return Some(end);
    }
    Some(list.entries.iter().position(|paper| key(paper) < date).unwrap_or(end))
}

/// What was made of it, and what it did not say.
fn said(reference: &Reference) -> String {
    let given = reference.given;
    let made = match reference.publications.len() {
        1 => format!("A publication was made of the {given}"),
        count => format!("{count} publications were made of the {given}"),
    };
    match reference.missing().as_slice() {
        [] => made,
        [one] => format!("{made}; its {one} is still missing"),
        [names @ .., last] => {
            format!("{made}; {} and {last} are still missing", names.join(", "))
        }
    }
}
