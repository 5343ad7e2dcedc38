//! What a CV shows, as a profile of its own: what every export but the PDF writes, so that nothing
//! hidden can get out, nor anything that turns the direction of text.

use crate::{
    at::At,
    field::{Access, Fields, Kind},
    look::Style,
    profile::Profile,
    section::{Entries, Publication, Record, Section, VisitorMut},
    value::{
        clean::strip_bidi,
        entry::{Author, Bullet, Labelled, Show},
        person::split_marks,
        venue,
    },
    variant::Variant,
};
use std::borrow::Cow;

/// The profile as `variant` prints it in `style`: without what is hidden, sections in the order of
/// the style, only selected publications where it says so, headline and summary of the variant.
/// There are no switches, variants or look left in it, and of weights only which publications are
/// selected. The other spellings of the name
/// stay, for the person's own name is found by them; no writer may print them.
#[must_use]
pub fn shown(profile: &Profile, variant: Option<&Variant>, style: &Style) -> Profile {
    let name = variant.map(|v| v.name.as_str());
    let mut person = profile.person.clone();
    fields(&mut person, name);
    if let Some(variant) = variant {
        for (own, general) in
            [(&variant.headline, &mut person.headline), (&variant.summary, &mut person.summary)]
        {
            if !own.trim().is_empty() {
                general.clone_from(own);
            }
        }
    }
    straighten(&mut person.headline);
    straighten(&mut person.summary);
    let printed = profile.printed(name, &style.order);
    let mut sections: Vec<_> =
        printed.into_iter().filter_map(|i| profile.sections.get(i).cloned()).collect();
    for section in &mut sections {
        *section.show_mut() = Show::Always;
        if let Section::Publications(list) = section {
            list.entries.retain(|paper| style.prints(paper.weight));
        }
        section.visit_mut(&At::root(), &mut Shown(name));
    }
    sections.retain(|s| s.count() > 0);
    // A mark is explained where it occurs.
    let mut met = String::new();
    for section in &sections {
        section.texts(&At::root(), None, &mut |text| {
            if text.kind == Kind::Name {
                met.push_str(&split_marks(text.text).1);
            }
        });
    }
    let mut marks = profile.marks.clone();
    lines(&mut marks, name);
    marks.retain(|mark| mark.label.trim().chars().next().is_some_and(|c| met.contains(c)));
    let mut venues = profile.venues.clone();
    lines(&mut venues, name);
    venues.retain(|own| {
        sections.iter().any(|section| match section {
            Section::Publications(list) => {
                list.entries.iter().any(|paper| venue::is_in(&own.text, &paper.venue))
            }
            _ => false,
        })
    });
    Profile { person, sections, marks, venues, ..Profile::default() }
}

/// Keeps the entries that are on in a variant.
struct Shown<'v>(Option<&'v str>);

impl VisitorMut<'_> for Shown<'_> {
    type Out = ();

    fn entries<R: Record>(&mut self, _: &At, list: &mut Entries<R>) {
        straighten(&mut list.title);
        list.entries.retain(|entry| entry.show().is_on(self.0));
        for entry in &mut list.entries {
            *entry.show_mut() = Show::Always;
            // That a publication is a selected one is no secret; how much others weigh is.
            let is_selected = R::NOUN == Publication::NOUN && *entry.weight_mut() > 0;
            *entry.weight_mut() = i8::from(is_selected);
            entry.imported_mut().clear();
            fields(entry, self.0);
        }
    }
}

/// Takes out what turns the direction of text, as the page does: a name or an address could look
/// like another one by it.
fn straighten(text: &mut String) {
    if let Cow::Owned(straight) = strip_bidi(text) {
        *text = straight;
    }
}

/// Keeps in the fields of `record` what is on in `variant`.
fn fields<T: Fields>(record: &mut T, variant: Option<&str>) {
    for field in T::FIELDS {
        match &field.access {
            Access::Labelled((_, get)) => lines(get(record), variant),
            Access::Bullets((_, get)) => bullets(get(record), variant),
            Access::Parts((_, get)) => {
                let parts = get(record);
                parts.retain(|part| part.show.is_on(variant));
                for part in parts {
                    (part.show, part.weight) = (Show::Always, 0);
                    fields(part, variant);
                }
            }
            Access::Line((_, get))
            | Access::Prose((_, get))
            | Access::Date((_, get))
            | Access::Link((_, get)) => straighten(get(record)),
            Access::Lines((_, get)) | Access::Links((_, get)) => {
                get(record).iter_mut().for_each(straighten);
            }
            Access::People((_, get)) => {
                for Author { name, link, .. } in get(record) {
                    straighten(name);
                    straighten(link);
                }
            }
            Access::Photo(_) => {}
        }
    }
}

fn lines(list: &mut Vec<Labelled>, variant: Option<&str>) {
    list.retain(|line| line.show.is_on(variant));
    for line in list {
        line.show = Show::Always;
        straighten(&mut line.label);
        straighten(&mut line.text);
    }
}

fn bullets(list: &mut Vec<Bullet>, variant: Option<&str>) {
    list.retain(|bullet| bullet.show.is_on(variant));
    for bullet in list {
        (bullet.show, bullet.weight) = (Show::Always, 0);
        straighten(&mut bullet.text);
        bullets(&mut bullet.bullets, variant);
    }
}
