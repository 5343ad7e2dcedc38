//! A photo, which this version does not print.

use super::{Checked, quoted};
use crate::{at::At, finding::Finding};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let photo = &checked.profile.person.photo;
    if !photo.trim().is_empty() {
        out.push(
            Finding::note(
                "photo",
                At::root().field("person").field("photo"),
                format!(
                    "the photo {} stays in the file, but this version does not print it",
                    quoted(photo)
                ),
            )
            .hint("nothing needs to be done"),
        );
    }
}
