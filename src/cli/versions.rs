//! `vitae versions`: what a profile held before each save is listed, and one of these versions is
//! brought back.

use super::{
    Status, args, hold, output,
    report::{Report, Stop},
};
use crate::{
    at::At,
    finding::{Code, Finding, Severity},
    store::{
        Document, atomic,
        folders::Folders,
        read,
        versions::{Earlier, Version, Versions, size, utc},
    },
};
use serde_json::{Value, json};
use std::path::Path;

pub(super) fn run(args: &args::Versions) -> Status {
    let mut report = Report::new(&args.file);
    let folders = Folders::of_user();
    if let Some(number) = args.restore {
        let result = restore(&args.file, number, folders.as_ref(), &mut report);
        return report.end(result, args.json, Severity::Note);
    }
    let versions = folders.map(|folders| Versions::new(folders.versions()).changes(&args.file));
    let versions = versions.unwrap_or_default();
    let result = if versions.is_empty() { none(&args.file) } else { Ok(Status::Done) };
    if args.json {
        report.more = Some(("versions", versions.iter().enumerate().map(to_json).collect()));
    } else if result.is_ok() {
        return output::end(&table(&versions), Status::Done);
    }
    report.end(result, args.json, Severity::Note)
}

/// Where there are no versions, a file that is there has not been saved by Vitae before; one that is
/// not was perhaps meant otherwise.
fn none(file: &Path) -> Result<Status, Stop> {
    let file_name = file.display();
    if file.exists() {
        let message = format!("there are no earlier versions of `{file_name}` yet");
        let stop = Stop::file(Code::NoVersions, message);
        let hint = "each save in the window and each import into the file keeps one";
        return Err(Stop { finding: Box::new(stop.finding.hint(hint)), ..stop });
    }
    Err(Stop::file(Code::NotRead, format!("there is no file `{file_name}`, nor a version of it")))
}

/// The versions as lines: number, time, size, what is new, name.
fn table(versions: &[Earlier]) -> String {
    let rows: Vec<[String; 4]> = versions
        .iter()
        .enumerate()
        .map(|(index, earlier)| {
            let version = &earlier.version;
            let number = (index + 1).to_string();
            let time = format!("{} UTC", utc(version.time));
            [number, time, size(version.bytes), earlier.change()]
        })
        .collect();
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let (first, third, last) = (wide(0), wide(2), wide(3));
    let line =
        |([number, time, size, words], Earlier { version, .. }): (&[String; 4], &Earlier)| {
            let line = format!(
                "{number:>first$}  {time}  {size:>third$}  {words:last$}  {}",
                version.name
            );
            format!("{}\n", line.trim_end())
        };
    rows.iter().zip(versions).map(line).collect()
}

fn to_json((index, Earlier { version, words }): (usize, &Earlier)) -> Value {
    json!({
        "number": index + 1,
        "time": format!("{}Z", utc(version.time).replace(' ', "T")),
        "bytes": version.bytes,
        "name": version.name,
        "words_added": words.map(|words| words.added),
        "words_removed": words.map(|words| words.removed),
    })
}

/// Puts a version into the file, byte for byte; what stands there is kept first.
fn restore(
    file: &Path,
    number: u32,
    folders: Option<&Folders>,
    report: &mut Report,
) -> Result<Status, Stop> {
    let unread = |error: read::Error| Stop::file(Code::NotRead, error.to_string());
    let unwritten = |error: atomic::Error| Stop::file(Code::NotWritten, error.to_string());
    let _claim = hold::claim(folders, file)?;
    let store = folders.map(|folders| Versions::new(folders.versions()));
    let versions = store.as_ref().map(|store| store.list(file)).unwrap_or_default();
    let (version, store) = match (find(&versions, number), &store) {
        (Some(version), Some(store)) => (version, store),
        _ if versions.is_empty() => return none(file),
        _ => {
            let message = format!("there is no version {number} of `{}`", file.display());
            let hint = match versions.len() {
                1 => "there is one, with the number 1".to_owned(),
                count => format!("they have the numbers 1 to {count}, the newest first"),
            };
            return Err(Stop::usage(message, hint));
        }
    };
    // Read before anything is kept: what is kept may push this one out.
    let bytes = store.bytes(version).map_err(unread)?;
    let old = match read::bytes(file) {
        Ok(old) => Some(old),
        Err(read::Error::Missing(_)) => None,
        Err(error) => return Err(unread(error)),
    };
    let time = utc(version.time);
    if old.as_ref().is_some_and(|(old, _)| *old == bytes) {
        let message = format!("the file is as it was in version {number} already");
        report.findings.push(Finding::note(Code::Unchanged, At::root(), message));
        return Ok(Status::Done);
    }
    if let Some((old, _)) = &old {
        hold::keep(folders, file, old).map_err(unwritten)?;
    }
    let copies = folders.map(Folders::copies);
    let safety = atomic::Safety {
        expected: old.as_ref().map(|(_, fingerprint)| fingerprint),
        copies: copies.as_deref(),
        ..atomic::Safety::default()
    };
    atomic::write(file, &bytes, safety).map_err(unwritten)?;
    let text = String::from_utf8_lossy(&bytes);
    if Document::from_text("version", &text).is_err() {
        let message = format!("version {number} cannot be read as a profile, either");
        let finding = Finding::warning(Code::VersionNotParsed, At::root(), message);
        report
            .findings
            .push(finding.hint("`vitae check` tells where; `vitae versions` lists others"));
    }
    let kept = if old.is_some() { "; what it held before is version 1 now" } else { "" };
    let done = format!("the version that was replaced {time} UTC is back{kept}");
    report.output = Some((file.display().to_string(), done));
    Ok(Status::Done)
}

/// The version of that number, the newest being 1.
fn find(versions: &[Version], number: u32) -> Option<&Version> {
    versions.get(usize::try_from(number).ok()?.checked_sub(1)?)
}
