//! The formats that a profile is exported to, and where the result goes. A new format is one line of the table.

use super::{job::Job, report::Stop};
use crate::{
    at::Step,
    pdf,
    profile::Profile,
    store,
    value::rich::{self, Rich},
    variant::Variant,
};
use std::path::{Path, PathBuf};

static FORMATS: &[&Format] = &[&PDF];

static PDF: Format = Format { ending: "pdf", write: pdf };

/// A format.
pub(super) struct Format {
    /// The ending of its files.
    pub ending: &'static str,
    /// Makes the bytes, or says why it cannot.
    pub write: fn(&Job) -> Result<Vec<u8>, String>,
}

impl Format {
    /// The format that the ending of `output` names.
    pub(super) fn of(output: &Path) -> Result<&'static Self, Stop> {
        let ending =
            output.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        FORMATS.iter().copied().find(|f| f.ending == ending).ok_or_else(|| {
            let known: Vec<String> = FORMATS.iter().map(|f| format!("`.{}`", f.ending)).collect();
            Stop::usage(
                format!("`{}` names no format that can be written", output.display()),
                format!("the name must end in {}", known.join(" or ")),
            )
        })
    }

    /// The format where no name says which.
    pub(super) fn usual() -> &'static Self {
        &PDF
    }
}

/// The file beside the profile: `x.pdf` for `x.cv.ron`, `x-industry.pdf` for its variant `industry`.
pub(super) fn beside(profile: &Path, variant: Option<&str>) -> PathBuf {
    let mut stem = store::stem(profile);
    if let Some(variant) = variant {
        stem.push('-');
        stem.extend(variant.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }));
    }
    profile.with_file_name(format!("{stem}.{}", PDF.ending))
}

fn pdf(job: &Job) -> Result<Vec<u8>, String> {
    let metadata = metadata(job.profile(), job.variant(), &job.typeset.language);
    let options = pdf::Options { compression: pdf::Compression::Small };
    pdf::write(&job.typeset.pages, &metadata, &options).map_err(|error| error.to_string())
}

/// What the file says about itself; only what stands on the page.
fn metadata(profile: &Profile, variant: Option<&Variant>, language: &str) -> pdf::Metadata {
    let person = &profile.person;
    let plain = |text: &str| Rich::parse(text).to_plain().trim().to_owned();
    let author = plain(&person.name);
    let title = if author.is_empty() { "CV".to_owned() } else { format!("{author} – CV") };
    let own = variant.map(|v| v.headline.as_str()).filter(|h| !h.trim().is_empty());
    let subject = plain(own.unwrap_or(&person.headline));
    pdf::Metadata {
        title,
        author,
        subject: Some(subject).filter(|s| !s.is_empty()),
        keywords: keywords(profile, variant),
        language: language.to_owned(),
    }
}

/// Words to find the document by: the research interests, or else the skills that are printed.
fn keywords(profile: &Profile, variant: Option<&Variant>) -> Vec<String> {
    const MOST: usize = 12;
    let mut found = phrases(&profile.person.interests);
    if found.is_empty() {
        profile.texts(variant.map(|v| v.name.as_str()), &mut |text| {
            let steps = text.at.steps();
            if let [Step::Field("sections"), Step::Index(section), .., Step::Field("items")] = steps
                && text.shown
                && profile.sections.get(*section).is_some_and(|s| s.kind() == "Skills")
            {
                found.extend(phrases(text.text));
            }
        });
    }
    found.truncate(MOST);
    found
}

/// The short pieces between commas and semicolons; a sentence is no keyword.
fn phrases(text: &str) -> Vec<String> {
    const MOST_WORDS: usize = 6;
    let paragraphs = rich::paragraphs(text);
    let texts = paragraphs.iter().map(Rich::to_plain).collect::<Vec<_>>();
    let pieces = texts.iter().flat_map(|t| t.split([',', ';', '\n', '，', '、', '；']));
    let pieces = pieces.map(|p| p.trim().trim_end_matches(['.', '。']));
    let short = |p: &&str| (1..=MOST_WORDS).contains(&p.split_whitespace().count());
    pieces.filter(short).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_lies_beside_the_profile() {
        let check = |profile: &str, variant, expected: &str| {
            assert_eq!(beside(Path::new(profile), variant), Path::new(expected));
        };
        check("a/x.cv.ron", None, "a/x.pdf");
        check("x.ron", None, "x.pdf");
        check("x.y", None, "x.y.pdf");
        check("x.cv.ron", Some("big/../tech 2"), "x-big----tech-2.pdf");
    }

    #[test]
    fn the_ending_chooses_the_format() {
        let ending = |name: &str| Format::of(Path::new(name)).map(|f| f.ending).ok();
        assert_eq!(ending("x.PDF"), Some("pdf"));
        for unknown in ["x", "x.docx", "pdf", ".pdf"] {
            assert_eq!(ending(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn keywords_are_short() {
        let check = |text: &str, expected: &[&str]| assert_eq!(phrases(text), expected);
        check("Systems for **ML**, compilers;\nlogic.", &["Systems for ML", "compilers", "logic"]);
        check("I like to think about everything there is", &[]);
        check("", &[]);
    }

    #[test]
    fn the_document_is_named_after_the_person() {
        let mut profile = Profile::default();
        assert_eq!(metadata(&profile, None, "en").title, "CV");
        profile.person.name = "Zofia Example".into();
        profile.person.headline = "*Student*".into();
        let mut variant = Variant::default();
        let meta = metadata(&profile, Some(&variant), "pl");
        assert_eq!(
            (meta.title.as_str(), meta.subject.as_deref()),
            ("Zofia Example – CV", Some("Student"))
        );
        variant.headline = "Engineer".into();
        assert_eq!(metadata(&profile, Some(&variant), "pl").subject.as_deref(), Some("Engineer"));
    }
}
