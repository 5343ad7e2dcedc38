//! Highlights that end with a full stop where the others of their section do not, or the other way
//! round.

use super::{Checked, quoted};
use crate::{
    at::{At, Step},
    finding::{Code, Finding},
};

/// So many times as many must end in the one way that the other is taken for a slip.
const FEWER: usize = 3;

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut bullets: Vec<(Option<usize>, At, &str, bool)> = vec![];
    checked.shown_texts(&mut |text| {
        let steps = text.at.steps();
        if steps.contains(&Step::Field("bullets")) && !text.text.trim().is_empty() {
            let section = steps.iter().find_map(|step| match step {
                Step::Index(index) => Some(*index),
                Step::Field(_) => None,
            });
            let bare = text.text.trim_end().trim_end_matches(['*', ')', '”', '"', '’']);
            // `et al.`, `etc.` and other marks at the end say nothing.
            let stopped =
                bare.ends_with(['.', '。']) && !bare.ends_with("al.") && !bare.ends_with("etc.");
            bullets.push((section, text.at, text.text, stopped));
        }
    });
    for section in bullets.chunk_by(|a, b| a.0 == b.0) {
        let with = section.iter().filter(|(.., stopped)| *stopped).count();
        let without = section.len() - with;
        let odd = if with > 0 && with * FEWER <= without {
            true
        } else if without > 0 && without * FEWER <= with {
            false
        } else {
            continue;
        };
        let Some((_, at, text, _)) = section.iter().find(|(.., stopped)| *stopped == odd) else {
            continue;
        };
        let ends = if odd { "ends with a full stop" } else { "ends without a full stop" };
        let others = if odd { "without" } else { "with one" };
        let message = format!("{} {ends}, most others of the section {others}", quoted(text));
        out.push(
            Finding::note(Code::EndMarkMixed, at.clone(), message)
                .hint("end all highlights in the same way"),
        );
    }
}
