//! What `export` and `check` share: open the profile, find its style, check it, set it.

use super::report::{Report, Stop};
use crate::{
    at::At,
    check::{self, Checked},
    finding::{Finding, Severity},
    look::Look,
    profile::Profile,
    store::{read, ron_file},
    theme,
    typeset::{Source, Typeset, Typesetter},
    variant::Variant,
};
use std::path::Path;

/// A profile as set.
pub(super) struct Job {
    /// The profile.
    pub profile: Profile,
    /// Its pages.
    pub typeset: Typeset,
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
        let text = read::text(file).map_err(|error| not_read(&error))?;
        let name = file.display().to_string();
        let opened =
            ron_file::open::<Profile>(&name, &text.text).map_err(|error| not_parsed(&error))?;
        let profile = opened.value;
        report.findings.extend(opened.findings);
        let chosen = variant.map(|name| find(&profile, name)).transpose()?;
        let (style, findings) = theme::style(&profile, chosen, top);
        report.findings.extend(findings);
        report.findings.extend(check::run(&Checked {
            profile: &profile,
            variant: chosen,
            style: &style,
        }));
        let typeset = Typesetter::new(Source::System).set(&profile, chosen, &style);
        report.findings.extend(typeset.findings.iter().cloned());
        report.fit = Some(typeset.fit);
        for finding in &mut report.findings {
            if finding.place.is_none() && finding.at != At::root() {
                finding.place = Some(opened.source.place(&finding.at));
            }
        }
        // What matters most is said last: that is where one looks on a terminal. Advice belongs to its error.
        let advice = |f: &Finding| f.severity == Severity::Error || f.code.starts_with("win-");
        report.findings.sort_by_key(advice);
        Ok(Self {
            variant: chosen.map(|v| v.name.clone()),
            profile,
            typeset,
        })
    }

    /// The variant that is shown.
    pub(super) fn variant(&self) -> Option<&Variant> {
        self.profile.variant(self.variant.as_deref()?)
    }
}

/// The variant of that name.
fn find<'a>(profile: &'a Profile, name: &str) -> Result<&'a Variant, Stop> {
    profile.variant(name).ok_or_else(|| {
        let names: Vec<String> = profile
            .variants
            .iter()
            .map(|v| format!("`{}`", v.name))
            .collect();
        let hint = match names.as_slice() {
            [] => "this profile has no variants".to_owned(),
            [only] => format!("the only variant is {only}"),
            _ => format!("the variants are {}", names.join(", ")),
        };
        Stop::usage(format!("there is no variant `{name}`"), hint)
    })
}

fn not_read(error: &read::Error) -> Stop {
    match error {
        read::Error::NotText(excerpt) => {
            let mut stop = Stop::file("not-parsed", &excerpt.message);
            stop.finding = stop.finding.hint(&excerpt.hint).placed(Some(excerpt.place));
            stop.excerpt = Some(excerpt.to_string());
            stop
        }
        _ => Stop::file("not-read", error.to_string()),
    }
}

fn not_parsed(error: &ron_file::Error) -> Stop {
    match error {
        ron_file::Error::Text(excerpt) => {
            let mut stop = Stop::file("not-parsed", &excerpt.message);
            stop.finding = stop.finding.hint(&excerpt.hint).placed(Some(excerpt.place));
            stop.excerpt = Some(excerpt.to_string());
            stop
        }
        ron_file::Error::Unwritable(reason) => Stop::file("not-read", reason),
    }
}
