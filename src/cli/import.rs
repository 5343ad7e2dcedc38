//! `vitae import`: a CV or publications from another program's file come into a profile.

use super::{
    Status, args, hold, job,
    output::give,
    report::{self, Stop},
};
use crate::{
    at::At,
    finding::{Code, Finding, Severity},
    interchange::{
        self, Report,
        merge::{self, Decision, Doubt, Plan},
    },
    profile::Profile,
    store::{self, Document, beside::Neighbours, excerpt::visible, folders::Folders, read},
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// So many bytes of a text without a place are told on the screen.
const LONGEST_TOLD: usize = 4_000;

pub(super) fn run(args: &args::Import) -> Status {
    let mut report = report::Report::new(&args.file);
    let result = import(args, &mut report);
    if !args.json {
        report.findings.iter_mut().for_each(|f| shorten(&mut f.message));
    }
    report.end(result, args.json, Severity::Note)
}

/// Cuts what nobody reads on a screen.
fn shorten(message: &mut String) {
    let whole = message.len();
    if whole > LONGEST_TOLD {
        message.truncate(message.floor_char_boundary(LONGEST_TOLD));
        *message += &format!(" … ({} kB in all, `--json` tells them)", whole.div_ceil(1000));
    }
}

fn import(args: &args::Import, report: &mut report::Report) -> Result<Status, Stop> {
    if args.outline {
        return outline(&args.file);
    }
    let output = output(args)?;
    let unread = |error: &dyn std::fmt::Display| Stop::file(Code::NotRead, error.to_string());
    let bytes = bytes(&args.file)?;
    let neighbours = Neighbours::of(&args.file);
    let beside = |name: &str| neighbours.file(name);
    let (source, mut import) = interchange::read_beside(&bytes, Some(&args.file), &beside)
        .map_err(|error| unread(&error))?;
    let folders = Folders::of_user();
    // From reading to writing nobody else adds to the profile, and no window works on it.
    let claim = args.into.as_ref().map(|into| hold::claim(folders.as_ref(), into));
    let _claim = claim.transpose()?;
    let mut document = match &args.into {
        Some(into) => Document::open(into).map_err(|error| job::not_opened(&error))?,
        None => Document::fresh(Profile::default()),
    };
    let wrong = |f: &&Finding| f.severity == Severity::Error;
    if let Some(error) = document.findings.iter().find(wrong) {
        let message = format!("the profile has an error: {}", error.message);
        return Err(Stop::profile(message, "mend it first: `vitae check` tells where it stands"));
    }
    let plan = merge::plan(&document.profile, &mut import);
    merge::apply(&mut document.profile, &import, &plan);
    // What was placed stands in the profile; people are told what was not, field by field, and
    // what was guessed.
    let told = if args.json { import.report.findings.clone() } else { import.report.told() };
    report.findings.extend(told);
    if args.into.is_some() {
        // Addresses in the import say nothing about the profile that it went into.
        report.findings.iter_mut().for_each(|f| f.at = At::root());
    }
    report.findings.extend(plan.decisions.iter().filter_map(untaken));
    if args.into.is_none() && plan.decisions.is_empty() {
        return Err(unread(&interchange::Error::Nothing { format: source.name }));
    }
    let unwritten = |error: store::Error| Stop::file(Code::NotWritten, error.to_string());
    let copies = folders.as_ref().map(Folders::copies);
    let saved = match &args.into {
        Some(into) if *into == output => document.save(&output, copies.as_deref()),
        _ => document.save_as(&output, copies.as_deref()),
    };
    let saved = saved.map_err(unwritten)?;
    report.findings.extend(saved.findings);
    if let Some(old) = saved.replaced {
        // What was imported is safe already.
        hold::keep(folders.as_ref(), &output, &old).ok();
    }
    let count = |code| import.report.count(code);
    report.more = Some((
        "import",
        json!({
            "placed": count(Code::ImportPlaced),
            "guessed": count(Code::ImportGuessed),
            "left": count(Code::ImportNotPlaced),
        }),
    ));
    report.output =
        Some((output.display().to_string(), summary(source.name, &plan, &import.report)));
    Ok(Status::Done)
}

fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    let bytes = read::bytes_within(file, interchange::LARGEST as u64);
    bytes.map(|(bytes, _)| bytes).map_err(|error| Stop::file(Code::NotRead, error.to_string()))
}

/// Prints the lines of a CV as its reader sees them.
fn outline(file: &Path) -> Result<Status, Stop> {
    let unread = |error: interchange::Error| Stop::file(Code::NotRead, error.to_string());
    let bytes = bytes(file)?;
    let neighbours = Neighbours::of(file);
    let beside = |name: &str| neighbours.file(name);
    let source = interchange::recognise(&bytes, Some(file))
        .ok_or_else(|| unread(interchange::Error::Unknown))?;
    let Some(read) = source.outline else {
        let message = format!("a {} file is read field by field and has no outline", source.name);
        return Err(Stop::usage(message, "leave out `--outline`"));
    };
    let outline = read(&bytes, &beside).map_err(unread)?;
    let failed = |e| Stop::file(Code::NotWritten, format!("cannot write to standard output: {e}"));
    give(visible(&outline.to_string()).as_bytes()).map_err(failed)?;
    Ok(Status::Done)
}

/// Where the profile goes.
fn output(args: &args::Import) -> Result<PathBuf, Stop> {
    let output = match (&args.output, &args.into) {
        (Some(output), _) => output.clone(),
        (None, Some(into)) => into.clone(),
        (None, None) => {
            let stem = args.file.file_stem().unwrap_or(args.file.as_os_str());
            args.file.with_file_name(format!("{}.cv.ron", stem.to_string_lossy()))
        }
    };
    if !output.extension().is_some_and(|e| e.eq_ignore_ascii_case("ron")) {
        return Err(Stop::usage(
            format!("`{}` is no name for a profile", output.display()),
            "the name of a profile ends in `.cv.ron`, as in `me.cv.ron`",
        ));
    }
    // A link counts as well, even one that leads nowhere.
    if args.into.as_ref() != Some(&output) && output.symlink_metadata().is_ok() {
        let message = format!("`{}` is there already and is left as it is", output.display());
        let hint = format!("choose another name, or add to it with `--into {}`", output.display());
        return Err(Stop::exists(message, hint));
    }
    Ok(output)
}

/// What is to be said of something that was not taken, or not wholly.
fn untaken(decision: &Decision) -> Option<Finding> {
    let Decision { title, place, .. } = decision;
    match decision.doubt {
        Some(Doubt::Repeated) if !decision.accept => {
            let message =
                format!("`{title}` in {place} is in the file more than once and was taken once");
            return Some(Finding::warning(Code::ImportTwin, At::root(), message));
        }
        Some(Doubt::Preprint) if !decision.accept => {
            let message = format!(
                "`{title}` in {place} is a preprint of what you have as published and was not taken"
            );
            return Some(Finding::warning(Code::ImportPreprint, At::root(), message));
        }
        Some(Doubt::Deleted) if !decision.accept => {
            let message =
                format!("`{title}` in {place} came in before, was deleted and stays away");
            let finding = Finding::note(Code::ImportDeleted, At::root(), message);
            return Some(finding.hint(
                "to have it back, take its line out of `imported` at the end of the profile, or \
                 choose it in the window",
            ));
        }
        Some(Doubt::Version) if decision.accept => {
            let message = format!(
                "`{title}` in {place} has the title of another publication of the same authors; both are kept"
            );
            let finding = Finding::warning(Code::ImportVersion, At::root(), message);
            return Some(
                finding.hint("if they are one work, delete the one that you do not want to show"),
            );
        }
        _ => {}
    }
    let kept = decision.changes.iter().filter(|c| !c.accept);
    let kept: Vec<String> =
        kept.map(|c| format!("{} is `{}`, the file says `{}`", c.label, c.old, c.new)).collect();
    if !kept.is_empty() {
        let message = format!("`{title}` keeps what you have: {}", kept.join("; "));
        return Some(Finding::warning(Code::ImportKept, At::root(), message));
    }
    (!decision.accept).then(|| {
        let message = format!("`{title}` in {place} was not taken");
        Finding::note(Code::ImportNotTaken, At::root(), message)
    })
}

/// What came of it, in a line.
fn summary(source: &str, plan: &Plan, report: &Report) -> String {
    let (new, changed) = plan.counts();
    let left = report.count(Code::ImportNotPlaced);
    let mut parts = vec![format!("{new} new")];
    for (count, words) in
        [(changed, "changed"), (plan.same, "there already"), (left, "without a place")]
    {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    format!("from {source}: {}", parts.join(", "))
}
