//! What a command has to say about a profile: lines for people, or one JSON object for programs.

use super::{
    Status,
    output::{self, say},
};
use crate::{
    at::At,
    finding::{Code, Finding, Severity},
    fit_plan::{Change, Plan},
    typeset::Fit,
};
use serde_json::{Value, json};
use std::path::Path;

/// Everything that is known at the end of a command.
pub(super) struct Report {
    /// The profile as the user named it.
    file: String,
    /// What was written, and as what.
    pub output: Option<(String, String)>,
    /// How the pages came out, where there are any.
    pub fit: Option<Fit>,
    /// Whether it is asked for what would make it fit: that takes setting it many times.
    pub wants_plans: bool,
    /// What would make it fit on its pages, where it does not.
    pub plans: Vec<Plan>,
    /// What is to be said.
    pub findings: Vec<Finding>,
    /// What else programs are told, and what it is called.
    pub more: Option<(&'static str, Value)>,
    /// The place in the file that could not be read, as an excerpt with a caret.
    excerpt: Option<String>,
}

/// Why a command ends early.
pub(super) struct Stop {
    /// How the command ends.
    pub status: Status,
    /// Why, for people and programs.
    pub finding: Box<Finding>,
    /// The place in the file, where that is the reason.
    pub excerpt: Option<String>,
}

impl Stop {
    /// A wrong use of the command line, and what would be right.
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::because(Status::Usage, Finding::error(Code::Usage, At::root(), message).hint(hint))
    }

    /// Something that could not be read or written.
    pub(super) fn file(code: Code, message: impl Into<String>) -> Self {
        Self::because(Status::File, Finding::error(code, At::root(), message))
    }

    /// A profile that has an error.
    pub(super) fn profile(message: impl Into<String>, hint: impl Into<String>) -> Self {
        let finding = Finding::error(Code::ProfileError, At::root(), message).hint(hint);
        Self::because(Status::Profile, finding)
    }

    /// A file that is in the way.
    pub(super) fn exists(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::because(Status::File, Finding::error(Code::Exists, At::root(), message).hint(hint))
    }

    fn because(status: Status, finding: Finding) -> Self {
        Self { status, finding: Box::new(finding), excerpt: None }
    }
}

impl Report {
    /// A report on the profile in `file`.
    pub(super) fn new(file: &Path) -> Self {
        let file = file.display().to_string();
        let (fit, plans, findings, more, excerpt) = (None, vec![], vec![], None, None);
        Self { file, output: None, fit, wants_plans: false, plans, findings, more, excerpt }
    }

    /// Whether anything found forbids writing.
    pub(super) fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }

    /// Ends the command: says what is to be said, in JSON if `json`, and of the findings those that
    /// matter at least as much as `least`.
    pub(super) fn end(
        mut self,
        result: Result<Status, Stop>,
        json: bool,
        least: Severity,
    ) -> Status {
        let status = result.unwrap_or_else(|stop| {
            self.findings.push(*stop.finding);
            self.excerpt = stop.excerpt;
            stop.status
        });
        if json {
            return output::end(&format!("{:#}\n", self.json()), status);
        }
        for finding in
            self.findings.iter().filter(|f| f.severity <= least || status == Status::Profile)
        {
            say(&self.line(finding));
        }
        if let (Status::Done, Some((output, format))) = (status, &self.output) {
            let made = self.fit.as_ref().map_or_else(|| format.clone(), summary);
            say(&format!("{output}: {made}"));
        }
        status
    }

    /// A finding as people read it, with its hint on a line of its own.
    fn line(&self, finding: &Finding) -> String {
        let Finding { severity, code, message, hint, place, .. } = finding;
        if let (Code::NotParsed, Some(excerpt)) = (*code, &self.excerpt) {
            return excerpt.clone();
        }
        let mut text = match place {
            _ if *code == Code::Usage => format!("vitae: {message}"),
            Some(at) => format!("{}:{}:{}: {severity}: {message}", self.file, at.line, at.column),
            None => format!("{}: {severity}: {message}", self.file),
        };
        if !hint.is_empty() {
            text.push_str("\n  hint: ");
            text.push_str(hint);
        }
        text
    }

    fn json(&self) -> Value {
        let fit = self.fit.as_ref();
        let findings: Vec<Value> = self.findings.iter().map(finding_json).collect();
        let mut json = json!({
            "output": self.output.as_ref().map(|(output, _)| output),
            "pages": fit.map(|f| f.pages),
            "body_pt": fit.map(|f| rounded(f.sizes.size)),
            "fill": fit.map(|f| rounded(f.fill)),
            "lines_over": fit.map(|f| f.lines_over),
            "plans": self.plans.iter().map(plan_json).collect::<Vec<_>>(),
            "findings": findings,
        });
        if let (Some((name, value)), Some(object)) = (&self.more, json.as_object_mut()) {
            object.insert((*name).to_owned(), value.clone());
        }
        json
    }
}

/// Pages, size and fullness in a line.
pub(super) fn summary(fit: &Fit) -> String {
    let pages = if fit.pages == 1 { "1 page".to_owned() } else { format!("{} pages", fit.pages) };
    let full = if fit.pages == 1 { "full" } else { "of the last one full" };
    format!("{pages}, {} pt, {:.0} % {full}", rounded(fit.sizes.size), fit.fill * 100.0)
}

/// A plan, with its changes each by its kind and what it is about.
fn plan_json(plan: &Plan) -> Value {
    let change = |change: &Change| {
        let kind = change.name();
        match change {
            Change::Hide(at) => json!({ "kind": kind, "at": at.to_string() }),
            Change::Shorten(at, letters) => {
                json!({ "kind": kind, "at": at.to_string(), "letters": letters })
            }
            Change::Theme(name) => json!({ "kind": kind, "theme": name }),
            Change::MinSize(size) => json!({ "kind": kind, "pt": size }),
            Change::Pages(limit) => json!({ "kind": kind, "pages": limit.count() }),
        }
    };
    json!({
        "message": plan.words,
        "changes": plan.changes.iter().map(change).collect::<Vec<_>>(),
        "pages": plan.fit.pages,
        "body_pt": rounded(plan.fit.sizes.size),
        "fill": rounded(plan.fit.fill),
    })
}

fn finding_json(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity.word(),
        "code": finding.code.name(),
        "message": finding.message,
        "hint": finding.hint,
        "at": finding.at.to_string(),
        "line": finding.place.map(|p| p.line),
        "column": finding.place.map(|p| p.column),
    })
}

/// To two digits after the point, so that 9.8 does not read as 9.800000190734863.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::LineColumn;

    #[test]
    fn findings_read_like_those_of_a_compiler() {
        let report = Report::new(Path::new("a/x.cv.ron"));
        let check = |finding: Finding, expected: &str| assert_eq!(report.line(&finding), expected);
        let finding = Finding::warning(Code::DateUnclear, At::root(), "`soon` is no date");
        check(finding.clone(), "a/x.cv.ron: warning: `soon` is no date");
        let placed = finding.placed(Some(LineColumn { line: 3, column: 7 })).hint("write a year");
        check(placed, "a/x.cv.ron:3:7: warning: `soon` is no date\n  hint: write a year");
        check(*Stop::usage("no theme `x`", "").finding, "vitae: no theme `x`");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(rounded(9.8), 9.8);
        assert_eq!(rounded(0.956_49), 0.96);
    }
}
