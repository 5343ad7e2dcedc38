//! `vitae fit`: what makes a profile fit on its pages, as plans of which one can be taken.

use super::{
    Status, args,
    hold::{claim, keep},
    job,
    output::say,
    report::{Report, Stop, rounded},
};
use crate::{
    finding::{Code, Severity},
    fit_plan::{self, Plan, Wanted},
    look::Look,
    store::{Document, folders::Folders, photo},
    typeset::{Source, Typesetter},
};
use std::path::Path;

pub(super) fn run(args: &args::Fit) -> Status {
    let mut report = Report::new(&args.file);
    let result = fit(args, &mut report);
    let listed = matches!(result, Ok(Status::Profile)) && args.plan.is_none() && !args.json;
    if listed && !report.has_errors() {
        let over = report.fit.as_ref().map_or(0, |fit| fit.lines_over);
        list(&args.file, over, &report.plans);
    }
    report.end(result, args.json, Severity::Warning)
}

/// The plans on a terminal.
fn list(file: &Path, over: usize, plans: &[Plan]) {
    let file = file.display();
    match over {
        1 => say(&format!("{file}: 1 line too long; each of these is enough by itself:")),
        over => say(&format!("{file}: {over} lines too long; each of these is enough by itself:")),
    }
    for (index, plan) in plans.iter().enumerate() {
        let (size, number) = (rounded(plan.fit.sizes.size), index + 1);
        let by_hand = if plan.can_be_taken() { "" } else { ", by hand" };
        say(&format!("{number}. {} ({size} pt{by_hand})", plan.words));
    }
    if let Some(number) = plans.iter().position(Plan::can_be_taken) {
        say(&format!("`vitae fit {file} --plan {}` takes plan {0}", number + 1));
    }
}

fn fit(args: &args::Fit, report: &mut Report) -> Result<Status, Stop> {
    let folders = Folders::of_user();
    let output = args.output.as_ref().unwrap_or(&args.file);
    if args.output.is_some() && output.symlink_metadata().is_ok() {
        let message = format!("`{}` is there already and is left as it is", output.display());
        return Err(Stop::exists(message, "choose another name, or leave out `-o`"));
    }
    // From reading to writing nobody else changes the profile.
    let in_place = args.plan.is_some() && args.output.is_none();
    let _claim = in_place.then(|| claim(folders.as_ref(), &args.file)).transpose()?;
    let mut document = Document::open(&args.file).map_err(|error| job::not_opened(&error))?;
    report.findings.extend(document.findings.iter().cloned());
    if report.has_errors() {
        return Ok(Status::Profile);
    }
    let profile = &document.profile;
    let name = args.variant.as_deref();
    let variant = name.map(|name| job::find(profile, name)).transpose()?;
    let mut typesetter = Typesetter::new(Source::System);
    typesetter.show_photo(photo::load(&profile.person.photo, args.file.parent()).ok().flatten());
    let top = Look::default();
    let plans = fit_plan::plans(&mut typesetter, Wanted { profile, variant, top: &top });
    let fits = plans.fit.lines_over == 0;
    report.fit = Some(plans.fit);
    report.plans = plans.list;
    let Some(number) = args.plan else {
        if fits {
            report.output = Some((args.file.display().to_string(), String::new()));
            return Ok(Status::Done);
        }
        return Ok(Status::Profile);
    };
    let Some(plan) = report.plans.get(usize::from(number).saturating_sub(1)) else {
        let hint = match report.plans.len() {
            0 if fits => "it fits on its pages already".to_owned(),
            0 => "no plan is enough by itself; hide what matters least first".to_owned(),
            1 => "the only plan is 1".to_owned(),
            count => format!("the plans are 1 to {count}"),
        };
        return Err(Stop::usage(format!("there is no plan {number}"), hint));
    };
    if !plan.can_be_taken() {
        let message = format!("plan {number} has to be done by hand: {}", plan.words);
        return Err(Stop::usage(message, "choose another plan, or edit the text"));
    }
    document.profile = plan.taken(&document.profile, name);
    let copies = folders.as_ref().map(Folders::copies);
    let saved = if in_place {
        document.save(output, copies.as_deref())
    } else {
        document.save_as(output, copies.as_deref())
    };
    let saved = saved.map_err(|error| Stop::file(Code::NotWritten, error.to_string()))?;
    if let Some(old) = saved.replaced {
        // A version that cannot be kept is no reason to call the save a failure.
        keep(folders.as_ref(), output, &old).ok();
    }
    report.findings.extend(saved.findings);
    report.fit = Some(plan.fit);
    report.output = Some((output.display().to_string(), String::new()));
    Ok(Status::Done)
}
