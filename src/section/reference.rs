//! A person who can be asked.

use crate::{
    block::{Block, Head, Note, View},
    field::record,
    section::{Record, common},
};

record! {
    /// Somebody who can be asked about the person.
    Referee, "reference" {
        /// Their name.
        name: Line = "Name", "Prof. Ada Example", required;
        /// What they are.
        position: Line = "Position", "Associate professor", short;
        /// Where they work.
        organization: Line = "Organisation", "Example University";
        /// How they know the person.
        relation: Line = "Relation", "PhD advisor", short;
        /// Mail address.
        email: Link = "Email", "ada@example.org";
        /// Telephone.
        phone: Link = "Phone", "+1 555 0100";
        /// Their page.
        url: Link = "Link", "https://example.org/ada", seldom;
    }
}

impl Record for Referee {
    common!();

    fn title(&self) -> &str {
        &self.name
    }

    fn blocks<'a>(&'a self, view: &View<'_>) -> Vec<Block<'a>> {
        let notes =
            [view.bare("organization", &self.organization), view.bare("relation", &self.relation)];
        let contacts = [("email", &self.email), ("phone", &self.phone)];
        let links: Vec<_> =
            contacts.into_iter().map(|(n, t)| view.piece(n, t)).filter(|p| !p.is_empty()).collect();
        let mut out = vec![Block::Head(Head {
            title: view.piece("name", &self.name),
            url: view.piece("url", &self.url),
            subtitle: view.piece("position", &self.position),
            notes: notes.into_iter().flatten().collect::<Vec<Note<'_>>>(),
            ..Head::default()
        })];
        if !links.is_empty() {
            out.push(Block::Contacts(links));
        }
        out
    }
}
