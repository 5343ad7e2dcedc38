//! From a profile to the bytes of a file that can be sent: checked, set where it has pages,
//! described, and named.
//!
//! The command line and the window make the same bytes because both make them here.

mod inside;

pub use inside::Inside;

use crate::{
    at::Step,
    check::{self, Checked},
    finding::{Finding, Severity},
    interchange,
    look::{Citation, Look, PhotoPlace, Style},
    pdf::{self, Metadata},
    profile::Profile,
    reflow,
    section::Section,
    store, theme,
    typeset::{Fit, Typeset, Typesetter, manuscript::Manuscript, page::Pages},
    value::{
        locale::Locale,
        person::Name,
        photo::Photo,
        rich::{self, Rich},
    },
    variant::Variant,
};
use std::{
    ops::Range,
    path::{Path, PathBuf},
};

/// A profile as set, with everything that is to be said about it.
#[derive(Clone, Debug)]
pub struct Made {
    /// How it looks.
    pub style: Style,
    /// Its pages.
    pub typeset: Typeset,
    /// What resolving the style, checking and setting found, in this order.
    pub findings: Vec<Finding>,
}

/// Finds the style of `profile` in `variant`, with `top` laid over its look, and checks it. That is
/// all there is to be said for a format without pages.
#[must_use]
pub fn check(profile: &Profile, variant: Option<&Variant>, top: &Look) -> (Style, Vec<Finding>) {
    let (style, mut findings) = theme::style(profile, variant, top);
    findings.extend(check::run(&Checked::new(profile, variant, &style)));
    (style, findings)
}

/// Checks and sets `profile` in `variant`, with `top` laid over its look.
pub fn make(
    typesetter: &mut Typesetter,
    profile: &Profile,
    variant: Option<&Variant>,
    top: &Look,
) -> Made {
    let (style, mut findings) = check(profile, variant, top);
    let typeset = typesetter.set(profile, variant, &style);
    findings.extend(typeset.findings.iter().cloned());
    Made { style, typeset, findings }
}

/// Keeps of `findings` what opening the file has not `told` already; one text may well have several
/// bad links.
pub fn untold(findings: &mut Vec<Finding>, told: &[Finding]) {
    findings.retain(|new| !told.iter().any(|old| old.code == new.code && old.at == new.at));
}

/// A format that a profile is exported to.
#[derive(Debug)]
pub struct Format {
    /// What people call it.
    pub name: &'static str,
    /// The ending of its files, without the point, in small letters.
    pub ending: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// What its bytes are made from.
    pub write: Write,
}

/// What the bytes of a format are made from.
#[derive(Debug)]
pub enum Write {
    /// The set pages, on which the profile has to fit.
    Pages,
    /// Its words as the page has them. No page is set.
    Text(fn(&Manuscript, &Metadata) -> Result<Vec<u8>, reflow::Error>),
    /// What the profile shows, as a profile of its own (see `shown`), and its style. No page is
    /// set.
    Words(fn(&Profile, &Style) -> Vec<u8>),
    /// Its words in the layout of a homepage, with a link to its PDF. No page is set.
    Homepage,
}

/// Every format. A new one is one line here.
pub static FORMATS: &[&Format] = &[
    &PDF,
    &Format {
        name: "Word document",
        ending: "docx",
        about: "To be edited in Word or LibreOffice",
        write: Write::Text(reflow::docx::write),
    },
    &Format {
        name: "HTML",
        ending: "html",
        about: "A web page of its own, in one file",
        write: Write::Text(reflow::html::write),
    },
    &Format {
        name: "Markdown",
        ending: "md",
        about: "For a homepage made with Hugo, MkDocs or al-folio",
        write: Write::Text(reflow::markdown::write),
    },
    &HOMEPAGE,
    &Format {
        name: "Plain text",
        ending: "txt",
        about: "To be pasted into the fields of a portal",
        write: Write::Text(reflow::plain::write),
    },
    &Format {
        name: "BibTeX",
        ending: "bib",
        about: "The publications, for LaTeX and reference managers",
        write: Write::Words(interchange::bibtex::write),
    },
    &Format {
        name: "RIS",
        ending: "ris",
        about: "The publications, for EndNote, Mendeley and libraries",
        write: Write::Words(interchange::ris::write),
    },
    &Format {
        name: "CSL-JSON",
        ending: "csljson",
        about: "The publications, for Zotero, Pandoc and websites",
        write: Write::Words(interchange::csl::write),
    },
    &Format {
        name: "JSON Resume",
        ending: "json",
        about: "For programs that read JSON Resume",
        write: Write::Words(interchange::json_resume::write),
    },
    &Format {
        name: "RenderCV",
        ending: "yaml",
        about: "For RenderCV, which sets it by Typst",
        write: Write::Words(interchange::rendercv::write),
    },
];

/// The usual format.
pub static PDF: Format =
    Format { name: "PDF", ending: "pdf", about: "The page as you see it", write: Write::Pages };

/// Markdown in another layout. Its ending alone stands for the usual one.
pub static HOMEPAGE: Format = Format {
    name: "Markdown homepage",
    ending: "md",
    about: "Photo, link to your PDF, entries as lists, papers led by venue",
    write: Write::Homepage,
};

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl Format {
    /// The format whose files have this ending; the first of two with the same one.
    #[must_use]
    pub fn ending_in(ending: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|f| f.ending.eq_ignore_ascii_case(ending))
    }

    /// The format that the ending of `file` names.
    #[must_use]
    pub fn of(file: &Path) -> Option<&'static Self> {
        Self::ending_in(&file.extension()?.to_string_lossy())
    }
}

/// What a profile is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The format of the file.
    pub format: &'static Format,
    /// How much of the profile goes into the file, for a PDF.
    pub inside: Option<Inside>,
}

impl Output {
    /// The page and nothing else.
    pub const PDF: Self = Self { format: &PDF, inside: None };

    /// All there are.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().flat_map(|format| {
            let insides: &[_] = match format.write {
                Write::Pages => &[None, Some(Inside::Shown), Some(Inside::All)],
                Write::Text(_) | Write::Words(_) | Write::Homepage => &[None],
            };
            insides.iter().map(|inside| Self { format, inside: *inside })
        })
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> String {
        let name = self.format.name;
        match self.inside {
            None => name.to_owned(),
            Some(Inside::Shown) => format!("{name} with the profile inside"),
            Some(Inside::All) => format!("{name} with the whole profile inside"),
        }
    }

    /// What it is good for.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self.inside {
            None => self.format.about,
            Some(Inside::Shown) => "Vitae can open it again, with what is printed and nothing else",
            Some(Inside::All) => "For yourself: everything in it, also what is hidden",
        }
    }
}

/// Why there are no bytes. All but the last come from no profile.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Pages that are not sound.
    #[error(transparent)]
    Pdf(#[from] pdf::Error),
    /// A text that could not be put together.
    #[error(transparent)]
    Text(#[from] reflow::Error),
    /// A profile that could not be put inside.
    #[error(transparent)]
    Profile(#[from] store::Error),
    /// Something found forbids it, and [`Order::anyway`] is not set.
    #[error("the profile has mistakes: see what was found")]
    Refused,
}

/// What is to be made of a profile.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// As what.
    pub output: Output,
    /// The variant of the profile; `None` for the profile as it stands.
    pub variant: Option<&'a Variant>,
    /// What is laid over its look.
    pub top: &'a Look,
    /// The photo of the profile, shown where the look has a place for it.
    pub photo: Option<&'a Photo>,
    /// The whole profile as text, for [`Inside::All`].
    pub whole: &'a str,
    /// Whether pages are written although something found is an error, such as that they are too
    /// few. What nobody wants is not made: the pages of a profile that is far too long take long.
    pub anyway: bool,
}

/// A file as made, with everything that is to be said about it.
#[derive(Debug)]
pub struct File {
    /// What goes into the file.
    pub bytes: Result<Vec<u8>, Error>,
    /// How the profile looks.
    pub style: Style,
    /// How its pages came out; `None` for a format without pages.
    pub fit: Option<Fit>,
    /// What resolving the style, checking and setting found, in this order.
    pub findings: Vec<Finding>,
}

/// Makes of `profile` what `order` says. Words are made whatever was found: whether that forbids
/// their use is for the caller to say.
pub fn file(typesetter: &mut Typesetter, profile: &Profile, order: &Order<'_>) -> File {
    let Order { output, variant, top, photo, .. } = *order;
    match output.format.write {
        Write::Pages => {
            typesetter.show_photo(photo.cloned());
            let Made { style, typeset, findings } = make(typesetter, profile, variant, top);
            let is_refused =
                !order.anyway && findings.iter().any(|f| f.severity == Severity::Error);
            let bytes = match is_refused {
                true => Err(Error::Refused),
                false => inside::File::new(profile, order, &style).and_then(|file| {
                    let attachment = file.as_ref().map(inside::File::attachment);
                    Ok(pdf(profile, variant, &typeset, attachment)?)
                }),
            };
            File { bytes, style, fit: Some(typeset.fit), findings }
        }
        Write::Words(write) => words(profile, order, |shown, style| Ok(write(shown, style))),
        Write::Text(write) => words(profile, order, |shown, style| {
            let manuscript = Manuscript::new(shown, style, photo);
            Ok(write(&manuscript, &metadata(shown, None, &manuscript.language))?)
        }),
        Write::Homepage => words(profile, order, |shown, style| {
            // The short venue stands in the row of the title.
            let (citation, tag_right) = (Citation::TitleFirst, true);
            let style = Style { citation, tag_right, ..style.clone() };
            let manuscript = Manuscript::new(shown, &style, photo);
            let metadata = metadata(shown, None, &manuscript.language);
            // The names of variants are for nobody else.
            let pdf = proposed_name(shown, None, &PDF);
            Ok(reflow::homepage::write(&manuscript, &metadata, &pdf))
        }),
    }
}

/// Makes of `profile` a file without pages.
fn words(
    profile: &Profile,
    order: &Order<'_>,
    write: impl FnOnce(&Profile, &Style) -> Result<Vec<u8>, Error>,
) -> File {
    let (style, findings) = check(profile, order.variant, order.top);
    let shown = shown(profile, order.variant, &style, order.photo);
    // What is shown has been selected.
    let bytes = write(&shown, &Style { selected: false, ..style.clone() });
    File { bytes, style, fit: None, findings }
}

/// What `profile` shows in `variant`, for formats that are made of words. A photo that is shown is
/// inside it, for the name of its file is not.
fn shown(
    profile: &Profile,
    variant: Option<&Variant>,
    style: &Style,
    photo: Option<&Photo>,
) -> Profile {
    let mut shown = interchange::shown(profile, variant, style);
    let photo = photo.filter(|_| style.photo != PhotoPlace::Off);
    shown.person.photo = photo.map(store::photo::inside).unwrap_or_default();
    shown
}

/// The file beside the profile: `x.pdf` for `x.cv.ron`, `x-industry.pdf` for its variant
/// `industry`.
#[must_use]
pub fn beside(profile: &Path, variant: Option<&str>, format: &Format) -> PathBuf {
    let mut stem = store::stem(profile);
    if let Some(variant) = variant {
        stem.push('-');
        stem.extend(variant.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }));
    }
    profile.with_file_name(format!("{stem}.{}", format.ending))
}

/// The name under which a CV is sent: `Zofia-Example-CV.pdf`, `Zofia-Example-CV-industry.pdf` for a
/// variant.
#[must_use]
pub fn proposed_name(profile: &Profile, variant: Option<&str>, format: &Format) -> String {
    file_name(profile, &format!("CV {}", variant.unwrap_or_default()), format.ending)
}

/// The name of the person and `more` as the name of a file.
fn file_name(profile: &Profile, more: &str, ending: &str) -> String {
    let plain = Rich::parse(&profile.person.name).to_plain();
    let name = Name::parse(&plain);
    let is_latin = name.given.chars().chain(name.family.chars()).any(|c| c < '\u{2e80}');
    let name = match is_latin {
        true => format!("{} {} {}", name.given, name.family, name.suffix),
        false => plain,
    };
    let whole = format!("{name} {more}");
    let words = whole.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    let words = words.collect::<Vec<_>>().join("-");
    let stem =
        if words.is_empty() { "profile".to_owned() } else { store::file_name::mended(&words) };
    format!("{stem}.{ending}")
}

/// Page `number` (from 0) alone, `height` pt high, as PDF: what an export draws in the rows
/// `within` (in pt), without what only its readers need.
///
/// # Errors
/// When the page is not sound.
pub fn sheet(
    pages: &Pages,
    number: usize,
    height: f32,
    within: &Range<f32>,
) -> Result<Vec<u8>, pdf::Error> {
    let page = pages.sheet(number, height, within).unwrap_or_default();
    let metadata = Metadata { title: "CV".into(), language: "en".into(), ..Metadata::default() };
    let options = pdf::Options { compression: pdf::Compression::Fast, ..pdf::Options::default() };
    pdf::write(&page, &metadata, &options)
}

/// The PDF of a profile that is set, with a file inside if there is one.
///
/// # Errors
/// When the pages are not sound.
pub fn pdf(
    profile: &Profile,
    variant: Option<&Variant>,
    typeset: &Typeset,
    attachment: Option<pdf::Attachment<'_>>,
) -> Result<Vec<u8>, pdf::Error> {
    let metadata = metadata(profile, variant, &typeset.language);
    let options = pdf::Options { attachment, ..pdf::Options::default() };
    pdf::write(&typeset.pages, &metadata, &options)
}

/// What the file says about itself; only what stands on the page.
fn metadata(profile: &Profile, variant: Option<&Variant>, language: &str) -> Metadata {
    let person = &profile.person;
    let plain = |text: &str| Rich::parse(text).to_plain().trim().to_owned();
    let author = plain(&person.name);
    let title = if author.is_empty() { "CV".to_owned() } else { format!("{author} – CV") };
    let own = variant.map(|v| v.headline.as_str()).filter(|h| !h.trim().is_empty());
    let subject = plain(own.unwrap_or(&person.headline));
    Metadata {
        title,
        author,
        subject: Some(subject).filter(|s| !s.is_empty()),
        keywords: keywords(profile, variant),
        language: language.to_owned(),
        right_to_left: Locale::get(language).is_some_and(|l| l.right_to_left),
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
                && profile.sections.get(*section).is_some_and(|s| matches!(s, Section::Skills(_)))
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
            assert_eq!(beside(Path::new(profile), variant, &PDF), Path::new(expected));
        };
        check("a/x.cv.ron", None, "a/x.pdf");
        check("x.ron", None, "x.pdf");
        check("x.y", None, "x.y.pdf");
        check("x.cv.ron", Some("big/../tech 2"), "x-big----tech-2.pdf");
    }

    #[test]
    fn a_file_to_be_sent_bears_the_name_of_its_person() {
        let check = |name: &str, variant, expected: &str| {
            let mut profile = Profile::default();
            profile.person.name = name.into();
            assert_eq!(proposed_name(&profile, variant, &PDF), expected);
        };
        check("Zofia Example", None, "Zofia-Example-CV.pdf");
        check("  *Łucja* O'Neill-Żak  ", None, "Łucja-O-Neill-Żak-CV.pdf");
        check("Zofia Example", Some("big/../tech 2"), "Zofia-Example-CV-big-tech-2.pdf");
        check("Wei Zhang (张伟)", None, "Wei-Zhang-CV.pdf");
        check("张伟", None, "张伟-CV.pdf");
        check("", None, "CV.pdf");
        let mut profile = Profile::default();
        for (name, expected) in
            [("Con", "Con_.cv.ron"), ("Aux", "Aux_.cv.ron"), ("Connie", "Connie.cv.ron")]
        {
            profile.person.name = name.into();
            assert_eq!(file_name(&profile, "", "cv.ron"), expected);
        }
    }

    #[test]
    fn the_ending_chooses_the_format() {
        let ending = |name: &str| Format::of(Path::new(name)).map(|f| f.ending);
        assert_eq!(ending("x.PDF"), Some("pdf"));
        for unknown in ["x", "x.odt", "pdf", ".pdf"] {
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
