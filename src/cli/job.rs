//! What commands for a profile share: open it, find its style, check it, set it, and leave its file alone.

use super::report::{Report, Stop};
use crate::{
    export::{self, Format, Made},
    finding::{Finding, LineColumn},
    look::{Look, PhotoPlace},
    pdf,
    profile::Profile,
    store::{self, Document, excerpt::Excerpt, photo, read, ron_file},
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
        let mut typesetter = Typesetter::new(Source::System);
        let mut missing = None;
        match photo::load(&profile.person.photo, file.parent()) {
            Ok(photo) => typesetter.show_photo(photo),
            Err(finding) => missing = Some(finding),
        }
        let Made { style, typeset, mut findings } =
            export::make(&mut typesetter, profile, chosen, top);
        findings.extend(missing.filter(|_| style.photo != PhotoPlace::Off));
        export::untold(&mut findings, &document.findings);
        report.findings.extend(findings);
        report.fit = Some(typeset.fit);
        report.findings = document.placed(std::mem::take(&mut report.findings));
        report.findings.sort_by_key(order);
        let variant = chosen.map(|v| v.name.clone());
        Ok(Self { document, typeset, variant })
    }

    /// The bytes of the file in `format`.
    pub(super) fn write(&self, format: &Format) -> Result<Vec<u8>, pdf::Error> {
        let profile = &self.document.profile;
        let variant = self.variant.as_deref().and_then(|name| profile.variant(name));
        (format.write)(profile, variant, &self.typeset)
    }
}

/// Refuses to write over the profile.
pub(super) fn spare(profile: &Path, output: &Path) -> Result<(), Stop> {
    let real = (profile.canonicalize(), output.canonicalize());
    if profile == output || matches!(real, (Ok(a), Ok(b)) if a == b) {
        let output = output.display();
        return Err(Stop::usage(
            format!("`{output}` is the profile itself and would be overwritten"),
            "give another name for what is written",
        ));
    }
    Ok(())
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

pub(super) fn not_opened(error: &store::Error) -> Stop {
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
