//! The profile inside the PDF: only what is printed, unless all of it is asked for.

use super::{Error, Order, shown};
use crate::{
    look::{Look, Style},
    pdf::Attachment,
    profile::Profile,
    store,
    value::person::{Spellings, split_marks},
};

/// How much of the profile goes into the PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// What is printed, as a profile of its own.
    Shown,
    /// The whole file, with all that is hidden.
    All,
}

/// A profile on its way into a PDF.
pub(super) struct File {
    name: String,
    text: String,
}

impl File {
    /// What `order` asks for.
    pub(super) fn new(
        profile: &Profile,
        order: &Order<'_>,
        style: &Style,
    ) -> Result<Option<Self>, Error> {
        let text = match order.output.inside {
            None => return Ok(None),
            Some(Inside::All) => order.whole.to_owned(),
            Some(Inside::Shown) => store::new_text(&printed(profile, order, style))?,
        };
        Ok(Some(Self { name: super::file_name(profile, "", "cv.ron"), text }))
    }

    pub(super) fn attachment(&self) -> Attachment<'_> {
        Attachment {
            name: &self.name,
            mime: store::MIME,
            about: "The profile that this CV was made from; open it with Vitae",
            bytes: self.text.as_bytes(),
        }
    }
}

/// What is printed, and nothing else, as a profile that looks the same.
fn printed(profile: &Profile, order: &Order<'_>, style: &Style) -> Profile {
    let mut printed = shown(profile, order.variant, style, order.photo);
    // The order of sections is that of the list by now; a look may name some that are hidden.
    let own = order.variant.map(|v| v.look.over(&profile.look));
    let look = order.top.over(own.as_ref().unwrap_or(&profile.look));
    // So is the selection of publications.
    printed.look = Look { order: vec![], selected: None, ..look };
    // Spellings are not printed. Where only one of them tells that a name is the own one, the name
    // says so itself.
    let all = Spellings::new(&printed.person.spellings().collect::<Vec<_>>());
    printed.person.known_as.clear();
    let left = Spellings::new(&printed.person.spellings().collect::<Vec<_>>());
    for section in &mut printed.sections {
        section.change_people(&mut |people| {
            for author in people {
                let (name, _) = split_marks(&author.name);
                author.own |= all.are_of(&name) && !left.are_of(&name);
            }
        });
    }
    printed
}
