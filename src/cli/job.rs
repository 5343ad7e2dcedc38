//! What `export` and `check` share: open the profile, find its style, check it, set it.

use super::report::{Report, Stop};
use crate::{
    check::{self, Checked},
    finding::{Finding, LineColumn},
    look::{Look, PhotoPlace},
    profile::Profile,
    store::{self, Document, excerpt::Excerpt, photo, read, ron_file},
    theme,
    typeset::{Source, Typeset, Typesetter},
    variant::Variant,
};
use std::path::Path;

/// A profile as set.
pub(super) struct Job {
    /// Its pages.
    pub typeset: Typeset,
    document: Document,
    variant: Option<String>,
}

impl Job {
    /// Opens and sets the profile in `file`, with `top` laid over its look. All that is found goes into `report`.
    pub(super) fn new(
        file: &Path,
        variant: Option<&str>,
        top: &Look,
        report: &mut Report,
    ) -> Result<Self, Stop> {
        let document = Document::open(file).map_err(|error| not_opened(&error))?;
        let profile = &document.profile;
        report.findings.extend(document.findings.iter().cloned());
        let chosen = variant.map(|name| find(profile, name)).transpose()?;
        let (style, findings) = theme::style(profile, chosen, top);
        report.findings.extend(findings);
        let mut checked = check::run(&Checked { profile, variant: chosen, style: &style });
        // What opening the file has told is not told twice; one text may well have several bad links.
        checked.retain(|new| {
            !document.findings.iter().any(|told| told.code == new.code && told.at == new.at)
        });
        report.findings.extend(checked);
        let mut typesetter = Typesetter::new(Source::System);
        if style.photo != PhotoPlace::Off {
            match photo::load(&profile.person.photo, file.parent()) {
                Ok(photo) => typesetter.show_photo(photo),
                Err(finding) => report.findings.push(finding),
            }
        }
        let typeset = typesetter.set(profile, chosen, &style);
        report.findings.extend(typeset.findings.iter().cloned());
        report.fit = Some(typeset.fit);
        report.findings = document.placed(std::mem::take(&mut report.findings));
        report.findings.sort_by_key(order);
        let variant = chosen.map(|v| v.name.clone());
        Ok(Self { document, typeset, variant })
    }

    /// The profile.
    pub(super) fn profile(&self) -> &Profile {
        &self.document.profile
    }

    /// The variant that is shown.
    pub(super) fn variant(&self) -> Option<&Variant> {
        self.profile().variant(self.variant.as_deref()?)
    }
}

/// Findings come in the order of the file. What the whole is too long by comes last, with what would win lines:
/// that is where one looks on a terminal.
fn order(finding: &Finding) -> (u8, Option<LineColumn>) {
    match finding.code {
        "short-last-line" => (1, None),
        "too-long" => (2, None),
        code if code.starts_with("win-") => (3, None),
        _ => (0, finding.place),
    }
}

/// The variant of that name.
fn find<'a>(profile: &'a Profile, name: &str) -> Result<&'a Variant, Stop> {
    profile.variant(name).ok_or_else(|| {
        let names: Vec<String> = profile.variants.iter().map(|v| format!("`{}`", v.name)).collect();
        let hint = match names.as_slice() {
            [] => "this profile has no variants".to_owned(),
            [only] => format!("the only variant is {only}"),
            _ => format!("the variants are {}", names.join(", ")),
        };
        Stop::usage(format!("there is no variant `{name}`"), hint)
    })
}

fn not_opened(error: &store::Error) -> Stop {
    match error {
        store::Error::Read(read::Error::NotText(excerpt))
        | store::Error::Text(ron_file::Error::Text(excerpt)) => not_parsed(excerpt),
        _ => Stop::file("not-read", error.to_string()),
    }
}

fn not_parsed(excerpt: &Excerpt) -> Stop {
    let stop = Stop::file("not-parsed", &excerpt.message);
    let finding = stop.finding.hint(&excerpt.hint).placed(Some(excerpt.place));
    Stop { finding: Box::new(finding), excerpt: Some(excerpt.to_string()), ..stop }
}
