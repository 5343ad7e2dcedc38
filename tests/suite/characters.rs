//! Characters that no font has, and invisible ones: their neighbours read as they were typed.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

use vitae::{
    look::{Look, PageLimit},
    pdf::{self, Metadata},
    store::Document,
    theme,
    typeset::{Source, Typesetter},
};

/// What an independent reader, one that knows no `ActualText`, finds in a page with this highlight.
fn read_back(bullet: &str) -> String {
    let text = format!(
        "// cv-profile 1\n#![enable(implicit_some, unwrap_variant_newtypes)]\nProfile(person: (name: \"Ada Novak\"), \
         sections: [Experience(entries: [(organization: \"Acme Works\", bullets: [{bullet:?}])]), \
         Skills(entries: [(label: {bullet:?}, items: \"Rust and Go\")])])"
    );
    let profile = Document::from_text("case", &text).unwrap().profile;
    let look = Look { pages: Some(PageLimit::Any), ..Look::default() };
    let (style, _) = theme::style(&profile, None, &look);
    let set = Typesetter::new(Source::Embedded).set(&profile, None, &style);
    let meta = Metadata {
        title: "CV".into(),
        author: "A".into(),
        language: set.language.clone(),
        ..Metadata::default()
    };
    let bytes = pdf::write(&set.pages, &meta, &pdf::Options::default()).unwrap();
    let found = pdf_extract::extract_text_from_mem(&bytes).unwrap();
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn neighbours_of_what_no_font_has_are_read_as_typed() {
    for (bullet, expected) in [
        ("🚀 Launched a rocket to the moon", "Launched a rocket to the moon"),
        ("A rocket 🚀 to the moon", "to the moon"),
        ("ภาษาไทย native speaker of it", "native speaker of it"),
        ("🛠 Tools of trade", "Tools of trade"),
        ("🚀🛠 **Two of them** and *one more* 🚀", "Two of them and one more"),
    ] {
        let found = read_back(bullet);
        assert_eq!(found.matches(expected).count(), 2, "{bullet}: {found}");
        assert!(!found.contains(['🚀', '🛠', 'ภ']) && found.contains("Acme Works"), "{found}");
    }
}

#[test]
fn pasted_characters_are_read_as_plain_text() {
    for (bullet, expected) in [
        ("Birth\u{200c}day planning", "Birthday planning"),
        ("Birth\u{200d}day planning", "Birthday planning"),
        ("Auf\u{200c}lage und Auf\u{200c}fahrt", "Auflage und Auffahrt"),
        ("word\u{200b}wise \u{feff}plan\u{2060}ning", "wordwise planning"),
        ("check\u{fe0f} marks", "check marks"),
        ("Led the ﬁnal workﬂow ofﬁce", "Led the final workflow office"),
        ("𝗗𝗮𝘁𝗮 𝗦𝗰𝗶𝗲𝗻𝘁𝗶𝘀𝘁", "Data Scientist"),
        ("Co\u{2011}author of a\u{fffc} book", "Co-author of a book"),
        // Letters and syllables in several parts, as some systems name files.
        ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} in Seoul", "한국 in Seoul"),
        ("Jose\u{301} Nu\u{301}n\u{303}ez", "José Núñez"),
    ] {
        let found = read_back(bullet);
        assert_eq!(found.matches(expected).count(), 2, "{bullet}: {found}");
    }
}
