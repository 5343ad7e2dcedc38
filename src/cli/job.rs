//! What commands for a profile share: open it, find its style, check it, set it, and leave its file
//! alone.

use super::report::{Report, Stop};
use crate::{
    export::{self, File, Inside, Made, Order, Output},
    finding::{Code, Finding, LineColumn},
    fit_plan,
    look::{Look, PhotoPlace},
    profile::Profile,
    store::{self, Document, excerpt::Excerpt, photo, read, ron_file},
    typeset::{Source, Typeset, Typesetter},
    variant::Variant,
};
use std::path::Path;

/// Opens the profile in `file` and makes a file of it as `output`, with `top` laid over its look.
/// All that is found goes into `report`.
pub(super) fn make(
    file: &Path,
    variant: Option<&str>,
    top: &Look,
    output: Output,
    report: &mut Report,
) -> Result<Result<Vec<u8>, export::Error>, Stop> {
    let document = Document::open(file).map_err(|error| not_opened(&error))?;
    let profile = &document.profile;
    report.findings.extend(document.findings.iter().cloned());
    let variant = variant.map(|name| find(profile, name)).transpose()?;
    let photo = photo::load(&profile.person.photo, file.parent());
    let shown = photo.as_ref().ok().and_then(Option::as_ref);
    // As it is in the file, not as it would be saved.
    let whole = match output.inside {
        Some(Inside::All) => read::text(file).map_err(|error| not_opened(&error.into()))?.text,
        Some(Inside::Shown) | None => String::new(),
    };
    let order = Order { output, variant, top, photo: shown, whole: &whole, anyway: false };
    let mut typesetter = Typesetter::new(Source::System);
    let File { bytes, style, fit, mut findings } = export::file(&mut typesetter, profile, &order);
    if report.wants_plans && fit.as_ref().is_some_and(|fit| fit.lines_over > 0) {
        let wanted = fit_plan::Wanted { profile, variant, top };
        report.plans = fit_plan::plans(&mut typesetter, wanted).list;
    }
    findings.extend(photo.err().filter(|_| style.photo != PhotoPlace::Off));
    export::untold(&mut findings, &document.findings);
    report.fit = fit;
    report.findings.extend(findings);
    report.findings = document.placed(std::mem::take(&mut report.findings));
    report.findings.sort_by_key(place);
    Ok(bytes)
}

/// Opens and sets the profile in `file` as it stands. All that is found goes into `report`.
pub(super) fn set(file: &Path, report: &mut Report) -> Result<Typeset, Stop> {
    let document = Document::open(file).map_err(|error| not_opened(&error))?;
    let mut typesetter = Typesetter::new(Source::System);
    // Without its photo the page is shown all the same.
    typesetter
        .show_photo(photo::load(&document.profile.person.photo, file.parent()).ok().flatten());
    let Made { typeset, findings, .. } =
        export::make(&mut typesetter, &document.profile, None, &Look::default());
    report.findings.extend(document.findings);
    report.findings.extend(findings);
    Ok(typeset)
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

/// Findings come in the order of the file. What the whole is too long by comes last, with what
/// would win lines: that is where one looks on a terminal.
pub(super) fn place(finding: &Finding) -> (u8, Option<LineColumn>) {
    match finding.code {
        Code::ShortLastLine => (1, None),
        Code::TooLong => (2, None),
        code if code.wins_lines() => (3, None),
        _ => (0, finding.place),
    }
}

/// The variant of that name.
pub(super) fn find<'a>(profile: &'a Profile, name: &str) -> Result<&'a Variant, Stop> {
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
        _ => Stop::file(Code::NotRead, error.to_string()),
    }
}

fn not_parsed(excerpt: &Excerpt) -> Stop {
    let stop = Stop::file(Code::NotParsed, &excerpt.message);
    let finding = stop.finding.hint(&excerpt.hint).placed(Some(excerpt.place));
    Stop { finding: Box::new(finding), excerpt: Some(excerpt.to_string()), ..stop }
}
