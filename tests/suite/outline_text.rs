//! CVs in Markdown, HTML and plain text as outlines: `tests/golden/outline/CASE/input.md`, `.html`
//! or `.txt` gives `outline.txt`. `UPDATE=1 cargo test --test suite outline_text::` writes the
//! answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "golden files are written anew on demand"
)]

use proptest::{collection::vec, prelude::*, sample::select, test_runner::RngSeed};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use vitae::interchange::{self, markdown, outline::Outline, plain, web_page};

/// How long a hostile file may take; builds for tests are some ten times slower than those for use.
const PATIENCE: Duration = Duration::from_secs(20);

type Reader = fn(&str) -> Outline;

/// The readers, by the ending of their files.
const READERS: [(&str, Reader); 3] =
    [("md", markdown::outline), ("html", web_page::outline), ("txt", plain::outline)];

fn cases() -> Vec<(PathBuf, Reader)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/outline");
    let folders = fs::read_dir(folder).unwrap().map(|case| case.unwrap().path());
    let mut cases: Vec<_> = folders
        .flat_map(|case| READERS.map(|(ending, read)| (case.join(format!("input.{ending}")), read)))
        .filter(|(file, _)| file.exists())
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

#[test]
fn every_case_gives_its_outline() {
    let cases = cases();
    assert!(cases.len() >= 8, "only {} cases", cases.len());
    for (file, read) in cases {
        let found = read(&fs::read_to_string(&file).unwrap()).to_string();
        let answer = file.with_file_name("outline.txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        let expected = fs::read_to_string(&answer).unwrap_or_default();
        assert_eq!(found, expected, "{}", answer.display());
    }
}

/// What each line of an outline says, without the space above.
fn shown(outline: &Outline) -> String {
    let lines: Vec<String> = outline.lines.iter().map(ToString::to_string).collect();
    lines.join("\n").replace("gap=2.0 ", "")
}

#[test]
fn markdown_is_read_as_it_is_set() {
    for (text, expected) in [
        ("***a** b*, **a*b*c**", "| <bi:a> <i:b>, <b:a><bi:b><b:c>"),
        ("a * b * c, 5*3*2, a_b_c, _d_, __e__", "| a * b * c, 5<i:3>2, a_b_c, <i:d>, <b:e>"),
        ("**open and *shut*", "| **open and <i:shut>"),
        ("`` a`b `` and ` lone", "| <t:a`b> and ` lone"),
        ("$x^2$, $5 and $6", "| <$:x^2>, $5 and $6"),
        (r"\*a\* 1986\. \[b\]", "| *a* 1986. [b]"),
        (
            "[a *b*](https://example.org/(x)_y \"t\")",
            "| <:a >(https://example.org/(x)_y)<i:b>(https://example.org/(x)_y)",
        ),
        (
            "[a][B c], [b  C][], [b c]\n\n[b C]: <https://example.org>",
            "| <:a>(https://example.org), <:b C>(https://example.org), <:b c>(https://example.org)",
        ),
        ("[a](javascript:alert) [b](#c) [d]", "| a b [d]"),
        (
            "(https://example.org/a_b_c).",
            "| (<:https://example.org/a_b_c>(https://example.org/a_b_c)).",
        ),
        ("a<br>b<br/>c\\\nd  \ne", "| a\n| b\n| c\n| d\n| e"),
        ("x<sup>2</sup> &eacute;&#8211;&nbsp;a < b > c Vec<T>", "| x<^:2> é– a < b > c Vec<T>"),
        ("Role\t2020 \\hfill here", "| Role | 2020 | here"),
        ("## C# ##\nText", "h2 | C#\n| Text"),
        ("####### no\n#no", "| ####### no\n| #no"),
        ("A\n=\n\nB\n--\n\nC\nD\n---\nE", "h1 | A\nh2 | B\n| C\n| D\nrule | E"),
        ("- a\n   b\n\n* * *\n1) c\n2) d", "+1.5 - | a b\nrule +1.5 1) | c\n+1.5 2) | d"),
        ("- a\n    - b\n        - c\n- d", "+1.5 - | a\n+3.0 - | b\n+4.5 - | c\n+1.5 - | d"),
        ("1. a\n   - b\n10. c", "+1.5 1. | a\n+3.0 - | b\n+1.5 10. | c"),
        ("- [x] done\n- [ ] to do", "+1.5 - | done\n+1.5 - | to do"),
        ("a | b\n--|--\nc | d\n\ne", "| <b:a> | <b:b>\n| c | d\n| e"),
        ("| a | b<br>c |", "| a | b\n+2.0 | c"),
        ("> A\n> B\n\nC", "+1.0 | A\n+1.0 | B\n| C"),
        ("one short row\nand so on", "| one short row and so on"),
        ("---\na\n---\nb", "h2 rule | a\n| b"),
    ] {
        assert_eq!(shown(&markdown::outline(text)), expected, "{text}");
    }
}

#[test]
fn web_pages_are_read_as_they_are_shown() {
    for (text, expected) in [
        ("a<b>b</b> <i>c</i><div>d</div>e", "| a<b:b> <i:c>\n| d\n| e"),
        (
            "a < b & c <T> <ada@example.org> a<b and c</p>",
            "| a < b & c <T> <ada@example.org> a<b and c",
        ),
        ("<p>a<p>b<ul><li>c<li>d</ul>e", "| a\n| b\n+1.5 • | c\n+1.5 • | d\n| e"),
        (
            "<ol type=a><li>a<li>b</ol><ol start=3><li>c</ol>",
            "+1.5 a. | a\n+1.5 b. | b\n+1.5 3. | c",
        ),
        ("<table><tr><td>a<td>b<tr><td><td>c</table>d", "| a | b\n| c\n| d"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "| a | b | c"),
        (
            "<a href='//example.org/x?a=1&amp;b=2'>a</a><a href=tel:+15550100></a>",
            "| <:a>(https://example.org/x?a=1&b=2)<:+15550100>(tel:+15550100)",
        ),
        ("<span style='FLOAT: right'>2020</span>Role <q>x</q>", "| Role “x” | 2020"),
        (
            "<div class='justify-between'><p>a</p><a href=https://example.org>b</a></div>c",
            "| a | <:b>(https://example.org)\n| c",
        ),
        ("<script>a</script><style>b</style><!-- d -->e<svg><title>f</title></svg>", "| e"),
        ("<p>2020&emsp;&emsp;Role&nbsp;&nbsp;&nbsp;&nbsp;Place", "| 2020 | Role | Place"),
        ("<h2>A<br>b</h2><hr/><p>c", "h2 | A b\nrule | c"),
        ("<pre>a    b\nc</pre>", "| a | b\n| c"),
        ("Beweis&shy;bar &#146;x&#0; &copy", "| Beweisbar ’x&#0; &copy"),
        ("• a<br>1. b", "• | a\n1. | b"),
    ] {
        assert_eq!(shown(&web_page::outline(text)), expected, "{text}");
    }
}

#[test]
fn plain_text_is_read_as_it_stands() {
    let long = "a".repeat(58);
    for (text, expected) in [
        ("a  b   c\td", "| a b | c | d"),
        ("• a\n  b\nc", "• | a b\n| c"),
        ("- a\n\n  b\n1. c\n   d\n(b) e", "- | a\n+1.0 | b\n1. | c d\n(b) | e"),
        ("A\n---\nb\n\n=====\nC", "h2 rule | A\n| b\nrule | C"),
        (&format!("{long} bb\ncc dd"), &format!("| {long} bb cc dd")),
        (&format!("{long} bb\nc\ndd"), &format!("| {long} bb c\n| dd")),
        ("short\nlines", "| short\n| lines"),
        ("a <b>c</b> a_b **d**", "| a <b:c> a_b <b:d>"),
        ("a <b and *c* [d]", "| a <b and *c* [d]"),
        ("-5 degrees\n–2019\n2019. Text", "| -5 degrees\n| –2019\n| 2019. Text"),
    ] {
        assert_eq!(shown(&plain::outline(text)), expected, "{text}");
    }
}

#[test]
fn what_a_text_is_can_be_told() {
    for (text, is_markdown, is_html) in [
        ("# Ada\n\n## Work\n", true, false),
        ("Ada\n===\n\n**x** [y](z)\n\nWork\n----\n", true, false),
        ("---\ntitle: CV\n---\n# A\n# B", true, false),
        ("# Ada", false, false),
        ("a plain text\n----\nwith a rule", false, false),
        ("# settings\nname: a\n# more\nother: b\n", false, false),
        ("#!/bin/sh\n# a\n# b\n", false, false),
        ("# a\nx = 1;\n# b\ny = 2;", false, false),
        ("{\"a\": \"# b\"}", false, false),
        ("@article{a,\n# b\n# c\n}", false, false),
        ("\\documentclass{article}\n# a\n# b", false, false),
        (" <!DOCTYPE HTML PUBLIC>", false, true),
        ("<?xml version='1.0'?>\n<html>", false, true),
        ("<div><p>a</p><p>b</p><p>c</p><p>d</p></div>", false, true),
        ("<h1 align=center>A</h1>\n\n## B\n\n## C\n", true, false),
        ("<rss><a></a><b></b><i></i><u></u><p></p></rss>", false, false),
    ] {
        assert_eq!(markdown::fits(text.as_bytes()), is_markdown, "{text}");
        assert_eq!(web_page::fits(text.as_bytes()), is_html, "{text}");
    }
}

#[test]
fn hostile_texts_take_no_time() {
    let parts = [
        "x",
        "word ",
        "*",
        "*a",
        "**a*",
        "_a ",
        "`",
        "`a``",
        "$",
        "$a ",
        "[",
        "[a](",
        "![a][b",
        "]",
        "](",
        "[a]",
        "<",
        "<a",
        "<a ",
        "<a b='",
        "<a b=\">",
        "<!--",
        "<div>",
        "<div>\n",
        "<table>\n",
        "<td>",
        "<ul><li>",
        "<ol>",
        "</p>",
        "<b>",
        "<p hidden>",
        "<title>",
        "<script>",
        "<pre>",
        "&",
        "&amp",
        "&#1",
        "{",
        "{{",
        "{:",
        "~a",
        "^a",
        "- ",
        "- a\n",
        "> ",
        ">",
        "# ",
        "#\n",
        "|",
        "a|b\n-|-\n",
        "```\n",
        "```a\n",
        "<!-- a\n",
        "[^a]: b\n",
        "[a]: b\n",
        "a\n=\n",
        "a  \n",
        "\t",
        "   ",
        " a\n",
        "h",
        "http://a",
        "https://",
        "a-\n",
        "• a\n",
        "\n",
        "---\n",
        "---\na: b\n",
        ": a\n",
        "\\",
        "\\a{\n",
        "*[a]:\n",
        "<div style='display:flex;justify-content:space-between'>",
        "<span style='float:right'>a",
    ];
    for part in parts {
        let mut text = part.repeat(100_000 / part.len());
        text.push_str("\n\nlast words");
        for (ending, read) in READERS {
            let clock = Instant::now();
            let outline = read(&text);
            assert!(outline.words() < 1_000_000);
            assert!(clock.elapsed() < PATIENCE, "{ending} {part}: {:?}", clock.elapsed());
        }
    }
    let nested: String = (0..2000).map(|n| format!("{}- a\n", " ".repeat(n % 300))).collect();
    for (ending, read) in READERS {
        let clock = Instant::now();
        read(&nested);
        read(&"x".repeat(1_000_000));
        assert!(clock.elapsed() < PATIENCE, "{ending}: {:?}", clock.elapsed());
    }
}

/// Texts of words that stand only once, with these signs between them.
fn soup(signs: &'static [&'static str]) -> impl Strategy<Value = (String, usize)> {
    vec((select(signs), select(signs)), 1..40).prop_map(|pieces| {
        let count = pieces.len();
        let words = pieces.into_iter().enumerate();
        (words.map(|(n, (a, b))| format!("{a}w{n}q{b}")).collect(), count)
    })
}

fn missing(outline: &Outline, count: usize) -> Option<String> {
    let found = outline.to_string();
    (0..count).map(|n| format!("w{n}q")).find(|word| !found.contains(word))
}

const MARKDOWN_SIGNS: &[&str] = &[
    " ",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "`",
    "``",
    "$",
    "[",
    "]",
    "](",
    ")",
    "![",
    "<",
    ">",
    "<b>",
    "</b>",
    "<br>",
    "<td>",
    "<div>\n",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n# ",
    "\n---\n",
    "\n===\n",
    "\n> ",
    " | ",
    "\n|-|-|\n",
    "\n```\n",
    "{",
    "}",
    "{: ",
    "{{ ",
    " }}",
    "\\",
    "  \n",
    "[^",
    "]: ",
    "\n[",
    "^",
    "~",
    "&",
    ";",
    "\n: ",
    "https://",
    "\t",
    "    ",
    "\n::: ",
    "\n\\x{",
    "(",
    "-",
    "—",
    "\n<table>",
    "</table>\n",
];
const HTML_SIGNS: &[&str] = &[
    " ",
    "\n",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<td>",
    "</td>",
    "<tr>",
    "</tr>",
    "<table>",
    "</table>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol>",
    "<h2>",
    "</h2>",
    "<br>",
    "<hr>",
    "<div>",
    "</div>",
    "<",
    ">",
    "&",
    ";",
    "&amp;",
    "&nbsp;",
    "<a href=https://example.org>",
    "</a>",
    "<span style='float:right'>",
    "</span>",
    "<nav>",
    "</nav>",
    "<pre>",
    "</pre>",
    "<div style='display:flex;justify-content:space-between'>",
    "<p hidden>",
    "<q>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<x-y>",
    "\"",
    "'",
    "=",
    "<blockquote>",
    "<title>",
    "</title>",
];
const PLAIN_SIGNS: &[&str] = &[
    " ",
    " ",
    "\n",
    "\n\n",
    "   ",
    "\t",
    "\n- ",
    "\n• ",
    "\n  ",
    "\n      ",
    "\n1. ",
    "\n(a) ",
    "\n[3] ",
    "\n---\n",
    "\n=====\n",
    "-",
    "-\n",
    "*",
    "**",
    "_",
    "<",
    ">",
    "<u>",
    "</u>",
    "](https://",
    "[",
    ")",
    "o\t",
    "\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        // The same texts each time: names of elements and of addresses that nobody uses may hold any
        // word, so that enough random texts always end in one that no page shows, either.
        rng_seed: RngSeed::Fixed(20_261_127),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_word_of_markdown_is_lost((text, count) in soup(MARKDOWN_SIGNS)) {
        let outline = markdown::outline(&text);
        prop_assert_eq!(missing(&outline, count), None, "{:?}\n{}", text, outline);
    }

    #[test]
    fn no_word_of_a_web_page_is_lost((text, count) in soup(HTML_SIGNS)) {
        let outline = web_page::outline(&text);
        prop_assert_eq!(missing(&outline, count), None, "{:?}\n{}", text, outline);
    }

    #[test]
    fn no_word_of_a_text_is_lost((text, count) in soup(PLAIN_SIGNS)) {
        let outline = plain::outline(&text);
        prop_assert_eq!(missing(&outline, count), None, "{:?}\n{}", text, outline);
    }
}

#[test]
fn what_is_too_long_to_be_a_cv_is_refused() {
    let head = "Mira Example\nmira@example.org\n\nSkills\nRust\n\nEducation\n";
    let text = |lines: usize| format!("{head}{}", "alpha beta gamma\n".repeat(lines));
    let read = |text: &str| interchange::read(text.as_bytes(), None).map(|_| ());
    assert_eq!(read(&text(2_000)), Ok(()));
    let refused = read(&text(30_000)).unwrap_err();
    assert_eq!(refused.to_string(), "this text file is built too deep or too large to be a CV");
    let fat = format!("# Mira Example\n\n## Education\n\n{}", "alpha ".repeat(1_000_000));
    let refused = read(&fat).unwrap_err();
    assert_eq!(refused.to_string(), "this Markdown file is built too deep or too large to be a CV");
}
