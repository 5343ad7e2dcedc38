//! What each form of a date is read as and printed as; the forms are in `tests/golden/dates/`.

use super::*;
use proptest::prelude::*;

const STYLES: [DateStyle; 6] = [
    DateStyle::ShortMonth,
    DateStyle::DottedMonth,
    DateStyle::LongMonth,
    DateStyle::Numeric,
    DateStyle::Iso,
    DateStyle::Year,
];

/// Reads the forms file: `[code]` chooses the language of what follows, `#` starts a remark,
/// `input | ShortMonth | … | Year` is a case, `input | ?` one that must not be understood.
#[test]
fn forms_print_in_every_style() {
    let mut locale = Locale::get("en").unwrap();
    let (mut forms, mut wrong) = (0, String::new());
    for line in include_str!("../../../tests/golden/dates/forms.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(code) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            locale = Locale::get(code).unwrap();
            continue;
        }
        forms += 1;
        let input = line.split(" | ").next().unwrap();
        let actual = match Dates::parse(input) {
            None => format!("{input} | ?"),
            Some(dates) => {
                let prints = STYLES.map(|style| dates.print(style, locale));
                format!("{input} | {}", prints.join(" | "))
            }
        };
        if actual != line {
            wrong += &format!("expected {line}\nactual   {actual}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(forms >= 250, "the list of forms may only grow");
}

#[test]
fn what_is_no_date_is_left_alone() {
    for text in [
        String::new(),
        " ".into(),
        "\u{a0}\u{3000}".into(),
        "1".repeat(10_000),
        "2024 ".repeat(5_000),
        "-".repeat(10_000),
        "(".repeat(100),
        "\u{202e}4202".into(),
        "\u{0}2024".into(),
        "२०२४".into(),
        "²⁰²⁴".into(),
        "🎓 2024".into(),
        "a\u{300}".repeat(40),
        "\u{ff0f}\u{ff0f}".into(),
        "年月日".into(),
    ] {
        assert_eq!(Dates::parse(&text), None, "{text:?}");
        let locale = Locale::get("en").unwrap();
        assert_eq!(printed(&text, DateStyle::LongMonth, locale), text.as_str());
    }
}

#[test]
fn as_typed_is_untouched() {
    let text = "  2024.10 -2025.1 ";
    assert_eq!(printed(text, DateStyle::AsTyped, Locale::get("en").unwrap()), text);
}

#[test]
fn newest_first() {
    let newest_first = [
        "present",
        "since 2024",
        "2023 – present",
        "2026",
        "2024 – 2026",
        "Oct 2026",
        "5 Mar 2024",
        "Mar 1 – 3, 2024",
        "2019 – Winter 2022/23",
        "Fall 2022",
        "Summer 2022",
        "Spring 2022",
        "until 2021",
    ];
    let keys = newest_first.map(|text| Dates::parse(text).unwrap().sort_key());
    assert!(keys.is_sorted_by(|newer, older| newer > older), "{keys:#?}");
}

#[test]
fn a_start_after_its_end_is_seen() {
    for (text, expected) in [
        ("2024 – 2022", true),
        ("Oct 2024 – Mar 2024", true),
        ("5 Oct 2024 – 4 Oct 2024", true),
        ("Fall 2024 – Spring 2024", true),
        ("2024 – Mar 2024", false),
        ("Oct 2024 – 2024", false),
        ("Winter 2023/24 – Spring 2024", false),
        ("Winter 2024 – Spring 2024", false),
        ("2024 – present", false),
        ("2024", false),
    ] {
        assert_eq!(Dates::parse(text).unwrap().is_after_end(), expected, "{text}");
    }
}

#[test]
fn every_month_and_season_of_every_language_is_read() {
    let dates =
        (1..=12).map(|month| Date::Month { year: 2024, month }).chain(
            [Season::Spring, Season::Summer, Season::Autumn, Season::Fall, Season::Winter]
                .into_iter()
                .flat_map(|season| {
                    [Session::Season, Session::Term, Session::Semester].map(|session| {
                        Date::Season { year: 2024, season, session, into_next: false }
                    })
                }),
        );
    for date in dates {
        for span in [Span::On(date), Span::Since(date), Span::Until(date), Span::ToPresent(date)] {
            keeps_meaning(Dates { span, expected: false });
        }
        keeps_meaning(Dates { span: Span::On(date), expected: true });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_safe(text in any::<String>()) {
        if let Some(dates) = Dates::parse(&text) {
            keeps_meaning(dates);
        }
    }

    #[test]
    fn any_text_of_date_words_is_safe_and_keeps_its_meaning(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..8),
        space in prop::sample::select(vec!["", " "]),
    ) {
        if let Some(dates) = Dates::parse(&parts.join(space)) {
            keeps_meaning(dates);
        }
    }

    #[test]
    fn any_range_keeps_its_meaning(start in date(), end in date(), expected in any::<bool>()) {
        keeps_meaning(Dates { span: Span::Between(start, end), expected });
    }
}

const PARTS: &[&str] = &[
    "2024",
    "2025",
    "20",
    "'23",
    "10",
    "3",
    "31",
    "Oct",
    "Sept.",
    "März",
    "5th",
    "Fall",
    "WS",
    "term",
    "to",
    "bis",
    "since",
    "until",
    "de",
    "r.",
    "present",
    "至今",
    "年",
    "月",
    "日",
    "から",
    "まで",
    "(expected)",
    "expected",
    "(",
    ")",
    "-",
    "–",
    "~",
    "/",
    ".",
    ",",
    ":",
];

fn date() -> impl Strategy<Value = Date> {
    // Few years, so that many ranges lie within one.
    let year = 2019_u16..2024;
    let season = prop::sample::select(vec![
        Season::Spring,
        Season::Summer,
        Season::Autumn,
        Season::Fall,
        Season::Winter,
    ]);
    let session = prop::sample::select(vec![Session::Season, Session::Term, Session::Semester]);
    prop_oneof![
        year.clone().prop_map(Date::Year),
        (year.clone(), 1..=12_u8).prop_map(|(year, month)| Date::Month { year, month }),
        (year.clone(), 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| Date::Day {
            year,
            month,
            day
        }),
        (year, season, session, any::<bool>()).prop_map(|(year, season, session, into_next)| {
            Date::Season { year, season, session, into_next }
        }),
    ]
}

/// Every style in every language must read back as what was printed.
fn keeps_meaning(dates: Dates) {
    for locale in Locale::codes().filter_map(Locale::get) {
        for style in STYLES {
            let text = dates.print(style, locale);
            let Some(again) = Dates::parse(&text) else {
                panic!("`{text}` ({}, {style:?}) is not read back: {dates:?}", locale.tag);
            };
            // What a style or a language leaves out is gone for good, so compare what is printed.
            assert_eq!(again.print(style, locale), text, "{}, {style:?}, {dates:?}", locale.tag);
            if matches!(
                style,
                DateStyle::ShortMonth | DateStyle::DottedMonth | DateStyle::LongMonth
            ) {
                assert_eq!(meaning(again), meaning(dates), "{text} ({}, {style:?})", locale.tag);
            }
        }
    }
}

/// The reading with the words made equal that are one word in most languages, and equal ends made
/// one.
fn meaning(dates: Dates) -> Dates {
    let plain = |date| match date {
        Date::Season { year, season, session, into_next } => Date::Season {
            year,
            season: if season == Season::Fall { Season::Autumn } else { season },
            session: if session == Session::Semester { Session::Term } else { session },
            into_next,
        },
        date => date,
    };
    let span = match dates.span {
        Span::On(date) => Span::On(plain(date)),
        Span::Between(start, end) if plain(start) == plain(end) => Span::On(plain(start)),
        Span::Between(start, end) => Span::Between(plain(start), plain(end)),
        Span::ToPresent(start) => Span::ToPresent(plain(start)),
        Span::Since(start) => Span::Since(plain(start)),
        Span::Until(end) => Span::Until(plain(end)),
        Span::Present => Span::Present,
    };
    Dates { span, ..dates }
}
