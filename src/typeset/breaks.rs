//! Where no line of a CV may end although the usual rules (UAX 14) allow it: inside tokens such as
//! `C++` and `t-SNE`, and between words that belong together.

use crate::{typeset::words, value::locale::Locale};

/// What stands where a word must not be parted (U+2060 WORD JOINER).
const JOINER: char = '\u{2060}';
/// What stands where a line may end (U+200B ZERO WIDTH SPACE), also where spaces follow it.
const OPENER: char = '\u{200b}';

/// A word of at most this many letters and digits is never parted: nothing would be won.
const SHORT: usize = 8;
/// No more characters than these are held together, so that a long address or list still breaks.
const LONGEST: usize = 20;
/// What is parted leaves at least so many letters before the break and behind it.
const LEAST: (usize, usize) = (2, 3);
/// A link of at most so many characters takes the word before it to the last line.
const LONGEST_LINK: usize = 34;
/// A name of a month of at most this many letters stays with its year.
const SHORT_MONTH: usize = 5;

/// Words after which, with a full stop, no line ends: what they belong to follows.
const ABBREVIATIONS: &[&str] = &[
    "Prof.", "Prof", "Dr", "Dr.", "Mr.", "Ms.", "Mrs.", "St.", "Fig.", "Sec.", "Eq.", "Thm.",
    "No.", "no.", "Nr.", "vol.", "Vol.", "pp.", "p.", "ca.", "cf.", "Ch.", "ch.",
];

/// Units that stay with their number.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "K", "M", "B", "k", "x", "×", "s", "ms", "µs", "μs", "ns", "h", "min",
    "d", "kB", "KB", "MB", "GB", "TB", "PB", "GiB", "MiB", "KiB", "bit", "Hz", "kHz", "MHz", "GHz",
    "W", "kW", "MW", "V", "mV", "A", "mA", "g", "kg", "mg", "m", "cm", "mm", "km", "nm", "µm",
    "dB", "pt", "px", "fps", "€", "$", "EUR", "USD", "PLN", "CHF", "GPUs", "CPUs", "TFLOPS",
    "million", "billion", "years",
    "months", "weeks", "days", "hours", "people", "students", "papers", "citations", "stars", "users",
];

/// Currencies that stay with the number after them.
const CURRENCIES: &[&str] = &["€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "PLN", "US$", "R$"];

/// Signs that stand between two things that belong together.
const OPERATORS: &[&str] = &[
    "=", "<", ">", "≤", "≥", "≈", "≠", "×", "·", "±", "∈", "→", "←", "+", "∼", "≪", "≫", "∝", "≡",
];

/// The marks that a text needs so that its lines end well, in order, each with the byte offset
/// before which it stands.
///
/// After `-`, `–`, `/` and the like a word is parted only between two words of some length, beside
/// a digit or another sign not at all. Before `.NET` and `/etc` a line may begin.
pub(crate) fn break_marks(text: &str) -> Vec<(usize, char)> {
    let mut marks = vec![];
    for (start, word) in words_of(text) {
        let mut letters = word.chars();
        let opens = letters.next().is_some_and(|c| matches!(c, '.' | '/' | '!' | '?' | ':'));
        if opens && start > 0 && letters.next().is_some_and(char::is_alphanumeric) {
            marks.push((start - 1, OPENER));
        }
        if word.chars().any(|c| parts_after(c) || c == '—') {
            close_word(start, word, &mut marks);
        }
    }
    marks
}

/// Closes the joints of one word that begins at byte `start` of its text.
fn close_word(start: usize, word: &str, marks: &mut Vec<(usize, char)>) {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let short = letters(word) <= SHORT;
    // Readers of the text take a hyphen at the end of a line for one that parts a word, and drop it.
    let hyphens_stay = word.chars().count() <= LONGEST;
    let address = is_address(word);
    // Where the piece begins that a break would leave on the line before.
    let mut piece = 0;
    let mut before = None;
    for (at, sign) in word.char_indices() {
        let left_of = before.replace(sign);
        let after = at + sign.len_utf8();
        let Some(next) = word.get(after..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        // A dash never begins a line.
        if next == '—' {
            marks.push((start + after, JOINER));
            continue;
        }
        if !parts_after(sign) || is_joined(next) {
            continue;
        }
        let (left, right) = (word.get(piece..at), word.get(after..));
        let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
        let number = |c: char| c.is_numeric();
        let closed = if is_sign(next) {
            true
        } else if left.chars().count() >= LONGEST {
            false
        } else if address {
            // Any other sign may be taken for a hyphen that is no part of the address.
            sign != '/' || left_of.is_none_or(is_sign)
        } else {
            let right = right.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let whole = letters(left) >= LEAST.0 && right.chars().count() >= LEAST.1;
            short
                || (hyphens_stay && matches!(sign, '-' | '‐'))
                || !matches!(sign, '-' | '‐' | '–' | '/' | '|')
                || !whole
                || left_of.is_some_and(number)
                || number(next)
        };
        if closed {
            marks.push((start + after, JOINER));
        } else {
            piece = after;
        }
    }
}

/// Whether the usual rules let a line end after a character, inside a word.
fn parts_after(c: char) -> bool {
    matches!(c, '-' | '‐' | '–' | '/' | '|' | '!' | '?' | '}' | ')' | ']') || is_money_or_maths(c)
}

/// Signs between two of which the usual rules let a line end.
fn is_money_or_maths(c: char) -> bool {
    matches!(c, '+' | '%' | '$' | '\\' | '€' | '£' | '¥' | '¢' | '±' | '−' | '°' | '‰' | '′' | '″')
}

fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation() || is_money_or_maths(c)
}

/// Whether no line begins with it by the usual rules already.
fn is_joined(c: char) -> bool {
    matches!(c, JOINER | '\u{a0}' | '\u{202f}' | '\u{2011}' | '\u{ad}')
}

/// Whether a word is an address of the web or of mail.
fn is_address(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or_default();
    let dotted = |host: &str| {
        host.split_once('.').is_some_and(|(name, rest)| {
            let named = name.chars().filter(|c| c.is_alphabetic()).count() > 1;
            named && rest.starts_with(char::is_lowercase)
        })
    };
    word.contains("://") || word.contains('@') || (word.contains('/') && dotted(host))
}

/// The words of a text, each with the byte at which it begins; one is empty between two spaces.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some((start, word))
    })
}

/// The byte offsets of the spaces at which no line may end; months are those of `locale` and the
/// English ones.
pub(crate) fn closed_spaces(text: &str, locale: &Locale) -> Vec<usize> {
    let mut closed = vec![];
    // What stands beside a text is parted from it by a space at its end.
    let words: Vec<(usize, &str)> = words_of(text.trim_end_matches(' ')).collect();
    // One short word alone on a last line is a line lost.
    if let [.., (_, left), (start, last)] = words.as_slice()
        && words.len() > 4
        && !left.is_empty()
        && is_short_end(left, last)
    {
        closed.push(start - 1);
    }
    for pair in words.windows(2) {
        let [(_, left), (start, right)] = pair else {
            continue;
        };
        if !left.is_empty() && !right.is_empty() && belong_together(left, right, locale) {
            closed.push(start - 1);
        }
    }
    closed.sort_unstable();
    closed.dedup();
    closed
}

/// Whether the last two words of a text stay together: a short word, or a link such as `[code]`.
fn is_short_end(left: &str, last: &str) -> bool {
    let (before, after) = (left.chars().count(), last.chars().count());
    let link = |word: &str| word.starts_with('[') && word.ends_with(']');
    let short = (1..=5).contains(&after) && before <= 12;
    short || (link(last) && after <= LONGEST_LINK && (before <= 12 || link(left)))
}

/// Whether no line ends between two words.
fn belong_together(left: &str, right: &str, locale: &Locale) -> bool {
    let bare = right.trim_end_matches([',', '.', ';', ':', ')']);
    let short = |word: &str| word.chars().count() <= 8;
    let opened = left.trim_start_matches(['(', '[', '"', '“']);
    ABBREVIATIONS.contains(&opened)
        || is_initial(opened)
        // In `George A. Nowak` and `Nowak A.,` the initial belongs to both of its neighbours.
        || (is_initial(right.trim_end_matches([',', ';', ':', ')'])) && is_given_name(opened))
        || (left == "et" && bare == "al")
        || (opened.ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&bare))
        || (OPERATORS.contains(&bare) && short(left))
        || (OPERATORS.contains(&left) && short(right))
        || (CURRENCIES.contains(&opened) && right.starts_with(|c: char| c.is_ascii_digit()))
        || are_of_one_number(opened, bare)
        // A dash never begins a line.
        || matches!(right, "-" | "–" | "—" | "/" | "|")
        || is_one_date(opened, bare, locale)
}

/// `J.`, `J.-P.`, `Ł.`: an initial that stays with what follows.
fn is_initial(word: &str) -> bool {
    !word.is_empty()
        && word.split_inclusive('.').all(|part| {
            let mut chars = part.trim_start_matches('-').chars();
            let upper = chars.next().is_some_and(char::is_uppercase);
            upper && chars.next() == Some('.') && chars.next().is_none()
        })
}

/// `George`, `Anne-Marie`, `O’Neill`: a word that can be a name.
fn is_given_name(word: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '’' | '\'');
    word.starts_with(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
        && word.chars().all(letter)
}

/// `10 000`: groups of digits.
fn are_of_one_number(left: &str, right: &str) -> bool {
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&left.len()) && right.len() == 3 && digits(left) && digits(right)
}

/// Whether two words are day and month, or month and year, of which a long month may be parted.
fn is_one_date(left: &str, right: &str, locale: &Locale) -> bool {
    let is_month =
        |word: &str| words::is_month(locale, word) || words::is_month(words::locale("en"), word);
    // `3 de mayo` has a word between the two.
    if is_day(left) {
        return right == "de" || is_month(right);
    }
    if left == "de" {
        return is_month(right);
    }
    let year = right.len() == 4 && right.starts_with(['1', '2']);
    let year = year && right.bytes().all(|b| b.is_ascii_digit());
    (year || is_day(right))
        && left.ends_with(|c: char| c.is_alphabetic() || c == '.')
        && (is_day(right) || left.chars().count() <= SHORT_MONTH)
        && is_month(left)
}

/// `3`, `3.`, `3rd`, `12th`: what can be the day of a month.
fn is_day(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = word.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits) && matches!(ending, "" | "." | "st" | "nd" | "rd" | "th" | "er")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        look::Style,
        typeset::{
            Source,
            shape::{Setting, Shaper},
            spans::{Face, Spans},
        },
        value::direction::Direction,
    };

    /// What is set of a text: `~` stands for a closed space, `^` for a closed joint.
    fn closed(text: &str, language: &str) -> String {
        let mut spans = Spans::default();
        spans.push(text, Face::default(), None, 0);
        spans.finish(None, words::locale(language), Direction::default());
        spans.text.replace('\u{a0}', "~").replace(JOINER, "^").replace(OPENER, "")
    }

    #[test]
    fn breaks_that_hurt_are_closed() {
        for (text, expected) in [
            ("by J. T. H. Wong and A. Nowak", "by J.~T.~H.~Wong and A.~Nowak"),
            ("by George A. Nowak and others", "by George~A.~Nowak and others"),
            ("Nowak A., Example B., and others", "Nowak~A., Example~B., and others"),
            ("in 12 ms on 8 GB.", "in 12~ms on 8~GB."),
            ("with σ² ≤ 1 everywhere", "with σ²~≤~1 everywhere"),
            ("where n ≥ 3 holds always", "where n~≥~3 holds always"),
            ("Prof. Ada, pp. 1–14", "Prof.~Ada, pp.~1–^14"),
            ("Oct 2024 – Jun 2028", "Oct~2024~– Jun~2028"),
            ("on 12 May 2024, in Example", "on 12~May~2024, in Example"),
            ("on 12 September 2024 in Example", "on 12~September 2024 in Example"),
            ("on May 3rd, and in June", "on May~3rd, and in~June"),
            ("Wong et al. say that", "Wong et~al. say~that"),
            ("a budget of CHF 20,000 in examples", "a budget of CHF~20,000 in examples"),
            ("some 10 000 people came there", "some 10~000~people came~there"),
            ("in 2024 300 papers appeared", "in 2024 300~papers appeared"),
            ("built - in three weeks - with examples", "built~- in three weeks~- with examples"),
            ("ran for 3 years without examples", "ran for 3~years without examples"),
            ("a plain sentence of words", "a plain sentence of~words"),
            ("a plain sentence of longer ones", "a plain sentence of longer~ones"),
            ("a plain sentence of sentences", "a plain sentence of sentences"),
            (
                "A. Nowak and E. Example. [arXiv:2401.00001]",
                "A.~Nowak and E.~Example.~[arXiv:2401.00001]",
            ),
            ("J.-P. Martin (E. Example)", "J.-^P.~Martin (E.~Example)"),
            ("", ""),
            ("  two  spaces ", "  two  spaces "),
            ("a plain sentence of words ", "a plain sentence of~words "),
        ] {
            assert_eq!(closed(text, "en"), expected);
        }
        assert_eq!(closed("am 3. Mai 2024 in Beispiel", "de"), "am 3.~Mai~2024 in Beispiel");
        assert_eq!(closed("el 3 de mayo de 2024 o así", "es"), "el 3~de~mayo de 2024 o~así");
        assert_eq!(closed("le 3 juin 2024 et plus", "fr"), "le 3~juin~2024 et~plus");
    }

    /// Tokens that no line parts, whatever its width.
    const TOKENS: &[&str] = &[
        "Objective-C",
        "K-12",
        "1e-5",
        "10-20",
        "non-i.i.d.",
        "top-5",
        "100+/day",
        "C++",
        "g++",
        "C++17",
        "C++/CUDA",
        "notepad++",
        "-O3",
        "--release",
        "-Wall",
        "I/O",
        "w/o",
        "A/B",
        "24/7",
        "CI/CD",
        "TCP/IP",
        "GB/s",
        "req/s",
        "and/or",
        "t-SNE",
        "p-value",
        "k-means",
        "X-ray",
        "Q-learning",
        "RISC-V",
        "H-1B",
        "F-1",
        "x86-64",
        "GPT-4",
        "COVID-19",
        "UTF-8",
        "Wi-Fi",
        "e-mail",
        "ResNet-50",
        "F1-score",
        "211–229",
        "2019–2024",
        "2023/24",
        "1–3",
        "/etc",
        ".gitignore",
        "3-year",
        "20-fold",
        "mid-2024",
        ".NET",
        "C#/.NET",
        "#1",
        "$5k",
        "US$5",
        "5%",
        "±3",
        "≥3",
        "https://",
        "(t-SNE)",
        "“C++”",
        "C++,",
        "a!=b",
        "x->y",
        "i++;",
        "2024-05-12",
        "+44-20-7946",
        "10.5555/1234",
        "12 May 2024",
        "3 June 2024",
        "June 2024",
        "n ≥ 3",
        "n = 4",
        "A. Constantinides",
        "J.-P. Martin",
        "et al.",
        "8 GB",
        "Prof. Ada",
        "pp. 3",
    ];

    #[test]
    fn no_width_parts_a_token() {
        let mut shaper = Shaper::new(Source::Embedded);
        let style = Style::default();
        for token in TOKENS {
            let text = format!("a {token} b bb bb");
            let mut spans = Spans::default();
            spans.push(&text, Face::default(), None, 0);
            let mut shaped = shaper.shape(spans, 1.0, Setting::Running, &style);
            let mut alone = Spans::default();
            alone.push(token, Face::default(), None, 0);
            let alone = shaper.shape(alone, 1.0, Setting::Running, &style);
            let mut width = alone.natural + 0.02;
            while width < shaped.natural + 1.0 {
                shaped.break_lines(width, width);
                let lines: Vec<String> = shaped
                    .layout
                    .lines()
                    .filter_map(|line| shaped.spans.text.get(line.text_range()))
                    .map(|line| line.replace('\u{a0}', " ").replace([JOINER, OPENER], ""))
                    .collect();
                let whole = lines.iter().any(|line| line.contains(token));
                assert!(whole, "`{token}` at {width}: {lines:?}");
                width += 0.7;
            }
        }
    }

    #[test]
    fn a_joint_takes_no_room() {
        let mut shaper = Shaper::new(Source::Embedded);
        let family = |name: &str| Style { body_font: name.to_owned(), ..Style::default() };
        for style in crate::look::FAMILIES.iter().map(|name| family(name)) {
            let mut width = |text: &str| {
                let mut spans = Spans::default();
                spans.push(text, Face::default(), None, 0);
                shaper.shape(spans, 1.0, Setting::Running, &style).natural
            };
            let (joined, parts) = (width("2019–2024"), width("2019–") + width("2024"));
            assert!((joined - parts).abs() < 0.3, "{}: {joined}, {parts}", style.body_font);
        }
    }

    #[test]
    fn long_words_still_break_between_their_words() {
        for (text, expected) in [
            ("state-of-the-art", "state-^of-^the-^art"),
            ("memory-bandwidth-bound-code", "memory-bandwidth-bound-code"),
            ("out-of-order-execution", "out-^of-order-execution"),
            ("t-SNE-based-visualisation", "t-^SNE-based-visualisation"),
            ("HTML/CSS/JavaScript/Rust", "HTML/CSS/JavaScript/Rust"),
            ("C/C++/JavaScript", "C/^C+^+^/JavaScript"),
            ("Erdős–Rényi", "Erdős–Rényi"),
            ("word—another—word", "word^—another^—word"),
            ("https://example.org/a/some-thing", "https:/^/^example.org/a/some-^thing"),
            ("example.org/a/some-thing", "example.org/a/some-^thing"),
            ("ada.nowak-wong@example.org", "ada.nowak-^wong@example.org"),
            ("2019/2020/2021/2022/2023/2024", "2019/^2020/^2021/^2022/^2023/2024"),
        ] {
            assert_eq!(closed(text, "en"), expected);
        }
    }
}
