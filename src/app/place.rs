//! Places of a profile in words: "Publications › A paper… › venue".

use crate::{
    at::{At, Step},
    field::{described, one_of},
    look::Setting,
    person::Person,
    profile::Profile,
    section::{Entries, Record, Section, Visitor},
    typeset::usual_heading,
    value::rich::Rich,
};

/// How many letters of a title are shown.
const LETTERS: usize = 40;

/// Where `at` is, in words; empty for the profile itself.
#[must_use]
pub fn words(profile: &Profile, at: &At) -> String {
    let mut out: Vec<String> = vec![];
    match at.steps() {
        [] => {}
        [Step::Field("person"), rest @ ..] => {
            out.push("Personal details".to_owned());
            out.extend(described::<Person>(rest));
        }
        [Step::Field("sections"), Step::Index(i), rest @ ..] => {
            let Some(section) = profile.sections.get(*i) else {
                return String::new();
            };
            out.push(heading(section, "en"));
            if let [Step::Field("entries"), Step::Index(e), ..] = rest {
                out.push(entry(section, *e));
            }
            out.extend(in_section(section, rest));
        }
        [Step::Field("look"), rest @ ..] => {
            out.push("Look".to_owned());
            setting(rest, &mut out);
        }
        [Step::Field("variants"), Step::Index(i), rest @ ..] => {
            let name = profile.variants.get(*i).map(|v| v.name.as_str()).unwrap_or_default();
            out.push(format!("Variant {name}").trim_end().to_owned());
            match rest {
                [Step::Field("look"), rest @ ..] => {
                    out.push("look".to_owned());
                    setting(rest, &mut out);
                }
                [Step::Field(name), ..] => out.push(name.replace('_', " ")),
                _ => {}
            }
        }
        [Step::Field("marks"), rest @ ..] => {
            out.push("Marks in author lists".to_owned());
            if let [Step::Index(i), ..] = rest {
                out.extend(profile.marks.get(*i).map(|mark| mark.label.clone()));
            }
        }
        [Step::Field("venues"), rest @ ..] => {
            out.push("Short forms of venues".to_owned());
            if let [Step::Index(i), ..] = rest {
                out.extend(profile.venues.get(*i).map(|line| line.label.clone()));
            }
        }
        [Step::Field(name), ..] => out.push(name.replace('_', " ")),
        _ => {}
    }
    out.retain(|part| !part.is_empty());
    out.join(" › ")
}

/// The heading of a section without markup: its own, or the usual one in that language.
#[must_use]
pub fn heading(section: &Section, language: &str) -> String {
    let own = short(section.title());
    if own.is_empty() { usual_heading(section.kind(), language) } else { own }
}

/// What entry `index` of a section is called.
#[must_use]
pub fn entry(section: &Section, index: usize) -> String {
    struct Title(usize);
    impl Visitor<'_> for Title {
        type Out = Option<String>;
        fn entries<R: Record>(&mut self, _: &At, list: &Entries<R>) -> Self::Out {
            list.entries.get(self.0).map(|entry| short(entry.title()))
        }
    }
    let title = section.visit(&At::root(), &mut Title(index)).unwrap_or_default();
    if title.is_empty() { format!("Untitled {}", section.noun()) } else { title }
}

/// What the field or element at `at` is called inside a sentence: "short venue", "highlight 2".
/// Empty for what is no field of a record.
#[must_use]
pub fn field(profile: &Profile, at: &At) -> String {
    let names = match at.steps() {
        [Step::Field("person"), rest @ ..] => described::<Person>(rest),
        [Step::Field("sections"), Step::Index(section), rest @ ..] => {
            profile.sections.get(*section).map(|s| in_section(s, rest)).unwrap_or_default()
        }
        [Step::Field("variants"), Step::Index(_), Step::Field(name), ..]
        | [.., Step::Field(name)] => vec![name.replace('_', " ")],
        [.., Step::Field(list), Step::Index(_)] => vec![one_of(list).to_owned()],
        _ => vec![],
    };
    names.last().cloned().unwrap_or_default()
}

/// The names of what the steps from a section lead to.
fn in_section(section: &Section, steps: &[Step]) -> Vec<String> {
    struct Inside<'s>(&'s [Step]);
    impl Visitor<'_> for Inside<'_> {
        type Out = Vec<String>;
        fn entries<R: Record>(&mut self, _: &At, _: &Entries<R>) -> Self::Out {
            described::<R>(self.0)
        }
    }
    match steps {
        [Step::Field("entries"), Step::Index(_), rest @ ..] => {
            section.visit(&At::root(), &mut Inside(rest))
        }
        [Step::Field(name), ..] if *name != "show" => vec![name.replace('_', " ")],
        _ => vec![],
    }
}

fn setting(steps: &[Step], out: &mut Vec<String>) {
    if let [Step::Field(name), ..] = steps {
        out.push(Setting::named(name).map_or_else(|| (*name).to_owned(), |s| s.label.to_owned()));
    }
}

/// The beginning of a text with markup, on one line.
#[must_use]
pub fn short(markup: &str) -> String {
    let text = Rich::parse(markup).to_plain();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LETTERS {
        return line;
    }
    let start: String = line.chars().take(LETTERS - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        section::{Publication, Skill},
        variant::Variant,
    };

    #[test]
    fn places_read_like_paths_for_people() {
        let paper = Publication { title: "On *caches*".into(), ..Publication::default() };
        let papers = Entries { entries: vec![paper], ..Entries::default() };
        let skills = Entries {
            title: "Tools".into(),
            entries: vec![Skill::default()],
            ..Entries::default()
        };
        let profile = Profile {
            sections: vec![Section::Publications(papers), Section::Skills(skills)],
            variants: vec![Variant { name: "industry".into(), ..Variant::default() }],
            ..Profile::default()
        };
        let root = At::root();
        let paper = root.field("sections").index(0).field("entries").index(0);
        let check = |at: At, expected: &str| assert_eq!(words(&profile, &at), expected, "{at}");
        check(root.clone(), "");
        check(paper.field("venue"), "Publications › On caches › venue");
        check(paper.field("tag"), "Publications › On caches › short venue");
        check(paper.field("doi"), "Publications › On caches › DOI");
        check(
            paper.field("authors").index(1).field("link"),
            "Publications › On caches › author 2 › link",
        );
        check(
            paper.field("bullets").index(0).field("bullets").index(2).field("text"),
            "Publications › On caches › highlight 1 › highlight 3",
        );
        check(paper.field("authors").index(1).field("name"), "Publications › On caches › author 2");
        check(
            paper.field("bullets").index(0).field("text"),
            "Publications › On caches › highlight 1",
        );
        check(paper.field("show"), "Publications › On caches");
        check(root.field("sections").index(1), "Tools");
        check(
            root.field("sections").index(1).field("entries").index(0),
            "Tools › Untitled group of skills",
        );
        check(root.field("person").field("emails").index(0), "Personal details › email 1");
        check(root.field("person").field("known_as").index(2), "Personal details › spelling 3");
        check(root.field("look").field("accent"), "Look › Accent colour");
        check(root.field("look").field("theme"), "Look › theme");
        check(root.field("variants").index(0).field("name"), "Variant industry › name");
    }
}
