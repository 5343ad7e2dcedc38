//! `vitae check`: everything there is to say about a profile, without writing anything.

use super::{
    Status, args, job,
    output::say,
    report::{Report, Stop, summary},
};
use crate::{
    at::At,
    export::Output,
    finding::{Finding, Severity},
    look::Look,
    spelling::{Own, Speller},
    store::{Document, dictionaries, folders::Folders, settings::Settings},
    theme,
};
use std::collections::HashMap;

pub(super) fn run(args: &args::Check) -> Status {
    let mut report = Report::new(&args.file);
    let result = check(args, &mut report);
    if let (false, Ok(Status::Done), Some(fit)) = (args.json, &result, &report.fit) {
        let fit = summary(fit);
        let status = report.end(result, false, Severity::Note);
        say(&format!("{}: {fit}", args.file.display()));
        return status;
    }
    report.end(result, args.json, Severity::Note)
}

fn check(args: &args::Check, report: &mut Report) -> Result<Status, Stop> {
    let variant = args.variant.as_deref();
    let made = job::make(&args.file, variant, &Look::default(), Output::PDF, report)?;
    if args.spelling {
        spelling(args, report)?;
    }
    // A profile that is far too long has pages that nobody could draw: that it is too long says it.
    if report.has_errors() {
        return Ok(Status::Profile);
    }
    made.map_err(|e| Stop::file("not-written", e.to_string()))?;
    Ok(Status::Done)
}

/// Tells the words that no dictionary has, as the window does: with the English and the words that
/// were chosen there.
fn spelling(args: &args::Check, report: &mut Report) -> Result<(), Stop> {
    let document = Document::open(&args.file).map_err(|error| job::not_opened(&error))?;
    let profile = &document.profile;
    let variant = args.variant.as_deref().and_then(|name| profile.variant(name));
    let style = theme::style(profile, variant, &Look::default()).0;
    let settings = Folders::of_user().map(|folders| Settings::load(&folders.config));
    let settings = settings.unwrap_or_default();
    let (language, lacking) = dictionaries::language(&dictionaries::folders(), &style.language);
    let mut findings = vec![];
    findings.extend(lacking.map(|why| Finding::note("no-dictionary", At::root(), why)));
    let mut speller = Speller::new(language, settings.english);
    let own = Own::of(profile, &settings.words);
    let mut hints: HashMap<String, String> = HashMap::new();
    for text in speller.check(profile, &own) {
        for word in text.words {
            let hint = hints.entry(word.text.clone()).or_insert_with(|| {
                let words = speller.suggest(&word.text);
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                words.split_last().map_or_else(String::new, |(last, rest)| {
                    let rest = rest.join(", ");
                    let or = if rest.is_empty() { "" } else { " or " };
                    format!("did you mean {rest}{or}{last}?")
                })
            });
            let message = format!("`{}` may be misspelt", word.text);
            findings.push(Finding::note("misspelling", text.at.clone(), message).hint(&*hint));
        }
    }
    report.findings.extend(document.placed(findings));
    report.findings.sort_by_key(job::place);
    Ok(())
}
