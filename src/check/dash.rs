//! Dashes and quotation marks of more than one kind in one document.

use super::{Checked, quoted};
use crate::{
    at::At,
    field::Kind,
    finding::{Code, Finding},
};

pub(super) fn check(checked: &Checked<'_>, out: &mut Vec<Finding>) {
    let mut dashes = Kinds::default();
    let mut quotes = Kinds::default();
    checked.shown_texts(&mut |text| {
        if text.kind != Kind::Rich || text.text.is_ascii() && !text.text.contains(" - ") {
            return;
        }
        for (kind, name) in [(" – ", "–"), ("—", "—"), (" - ", "-")] {
            if text.text.contains(kind) {
                dashes.see(name, text.text, &text.at);
            }
        }
        for (kind, name) in [('“', "“ ”"), ('„', "„ “"), ('«', "« »"), ('「', "「 」")]
        {
            // The closing mark of one kind is the opening one of another.
            if text.text.contains(kind) && (kind != '“' || !text.text.contains('„')) {
                quotes.see(name, text.text, &text.at);
            }
        }
    });
    if let Some((usual, name, text, at)) = dashes.odd() {
        let message = format!("{} has the dash `{name}`, other texts have `{usual}`", quoted(text));
        let hint = "use one dash between parts of a sentence; `--` is printed as `–`";
        out.push(Finding::note(Code::DashMixed, at, message).hint(hint));
    }
    if let Some((usual, name, text, at)) = quotes.odd() {
        let message =
            format!("{} has quotation marks `{name}`, other texts have `{usual}`", quoted(text));
        out.push(
            Finding::note(Code::QuotesMixed, at, message).hint("use one kind of quotation marks"),
        );
    }
}

/// How often each kind of a sign is met, and where first.
#[derive(Default)]
struct Kinds<'t>(Vec<(&'static str, usize, &'t str, At)>);

impl<'t> Kinds<'t> {
    fn see(&mut self, name: &'static str, text: &'t str, at: &At) {
        match self.0.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, count, ..)) => *count += 1,
            None => self.0.push((name, 1, text, at.clone())),
        }
    }

    /// The usual kind, and where the rarest one stands; nothing where there is one kind alone.
    fn odd(self) -> Option<(&'static str, &'static str, &'t str, At)> {
        let mut kinds = self.0;
        // Among equals the later one is the odd one.
        kinds.sort_by_key(|(_, count, ..)| std::cmp::Reverse(*count));
        let usual = kinds.first()?.0;
        let (name, _, text, at) = kinds.pop().filter(|(name, ..)| *name != usual)?;
        Some((usual, name, text, at))
    }
}
