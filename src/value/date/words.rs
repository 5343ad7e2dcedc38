//! The words and signs that dates are written with, in the languages that CVs come in.

use super::Season::{Autumn, Fall, Spring, Summer, Winter};
use super::{Season, Session};
use crate::value::locale::western_digit;

/// What a word or sign means in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number of up to four digits.
    Number(Number),
    /// A month, from 1.
    Month(u8),
    /// A season or a term.
    Season(Season, Session),
    /// "term" or "semester" after a season.
    Called(Session),
    /// Until today.
    Present,
    /// Planned, not yet so.
    Expected,
    /// A word between start and end, or before an end.
    To,
    /// A word before a start.
    Since,
    /// A word after a start (Japanese, Korean, Chinese).
    From,
    /// A word after an end (Japanese, Korean, Chinese).
    UpTo,
    /// "of" between the parts of one date.
    Of,
    /// The Polish abbreviation of "year", after one.
    YearMark,
    /// The sign after a year.
    YearSign,
    /// The sign after a month.
    MonthSign,
    /// The sign after a day.
    DaySign,
    /// A hyphen without spaces: inside a date, or between two.
    Hyphen,
    /// Any other dash: only ever between two dates.
    Dash,
    /// `/`
    Slash,
    /// `.` after a number.
    Dot,
    /// `,` or `;`
    Comma,
    /// `:`
    Colon,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value, at most 9999.
    pub(super) value: u16,
    /// How many digits it was written with.
    pub(super) digits: usize,
}

/// The words and signs of `text`; `None` if there is one that dates do not have.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let folded = fold(text);
    let mut rest = folded.as_str();
    let mut after_space = true;
    while let Some(c) = rest.chars().next() {
        let tail = rest.strip_prefix(c)?;
        let before_space = tail.is_empty() || tail.starts_with(' ');
        rest = match c {
            ' ' => tail,
            '0'..='9' => {
                let (number, tail) = number(rest)?;
                tokens.push(Token::Number(number));
                tail
            }
            '\'' => {
                let (number, tail) = number(tail).filter(|(number, _)| number.digits == 2)?;
                // An apostrophe stands for the century that a CV can mean.
                let century = if number.value < 70 { 2000 } else { 1900 };
                tokens.push(Token::Number(Number { value: century + number.value, digits: 4 }));
                tail
            }
            c if is_dash(c) => {
                let is_hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}');
                let tail = tail.trim_start_matches(is_dash);
                let alone = tail.len() + c.len_utf8() == rest.len();
                let tight = is_hyphen && alone && !after_space && !before_space;
                tokens.push(if tight { Token::Hyphen } else { Token::Dash });
                tail
            }
            _ => {
                let sign = match c {
                    '/' => Some(Token::Slash),
                    '.' => Some(Token::Dot),
                    ',' | ';' => Some(Token::Comma),
                    ':' => Some(Token::Colon),
                    '(' | '[' => Some(Token::Open),
                    ')' | ']' => Some(Token::Close),
                    _ => None,
                };
                if let Some(sign) = sign {
                    tokens.push(sign);
                    tail
                } else {
                    let (meaning, tail) = longest(rest)?;
                    tokens.extend(meaning);
                    tail.strip_prefix('.').unwrap_or(tail)
                }
            }
        };
        after_space = c == ' ';
    }
    Some(tokens)
}

/// The number that `text` starts with, and the text after it and after its ordinal ending.
fn number(text: &str) -> Option<(Number, &str)> {
    let tail = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - tail.len();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let value = text
        .bytes()
        .take(digits)
        .fold(0, |value, digit| value * 10 + u16::from(digit.saturating_sub(b'0')));
    let ending = ["st", "nd", "rd", "th", "er", "º"].into_iter().filter(|_| digits < 3);
    let tail = ending.filter_map(|ending| text_after(tail, ending)).next().unwrap_or(tail);
    Some((Number { value, digits }, tail))
}

fn text_after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word).filter(|tail| !tail.starts_with(char::is_alphabetic))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{301c}' | '\u{223c}')
}

/// The longest word at the start of `text`, which must be folded, with what it means and the text
/// after it.
fn longest(text: &str) -> Option<(&'static [Token], &str)> {
    let mut best: Option<(&'static [Token], &str)> = None;
    for &(meaning, words) in WORDS {
        for word in words {
            let Some(tail) = text.strip_prefix(word) else {
                continue;
            };
            // In scripts with spaces a word must end where the table says it does.
            let whole = !word.ends_with(|c: char| c.is_ascii_alphabetic())
                || !tail.starts_with(char::is_alphabetic);
            if whole && best.is_none_or(|(_, shortest)| tail.len() < shortest.len()) {
                best = Some((meaning, tail));
            }
        }
    }
    best
}

/// `text` in lower case without accents, in plain digits and signs, with single spaces: how the
/// table spells words.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(' ') if folded.ends_with(' ') => {}
            Some(c) => folded.push(c),
            None => {}
        }
    }
    folded
}

/// One folded character; `None` for what has no width: accents on their own, soft hyphens, joiners.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
            return None;
        }
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ś' | 'š' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ź' | 'ż' | 'ž' => 'z',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        // Vowel signs, and the mark after a Hebrew abbreviation.
        '\u{64b}'..='\u{655}' | '\u{670}' | '׳' => return None,
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ی' | 'ى' => 'ي',
        'ک' => 'ك',
        '،' | '؛' => ',',
        c @ ('\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}') => western_digit(c),
        // Full-width forms lie at a fixed distance from the plain ones.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map_or(c, |c| c.to_ascii_lowercase())
        }
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

/// Meanings and the folded words that have them; the longest that fits wins.
#[rustfmt::skip] // One meaning a block: rustfmt would give every word a line.
static WORDS: &[(&[Token], &[&str])] = &[
    (&[Token::Month(1)], &[
        "january", "jan", "januar", "janner", "jaenner", "janvier", "janv", "enero", "ene",
        "gennaio", "gen", "genn", "styczen", "stycznia", "sty", "janeiro",
        "ינואר", "בינואר", "ינו", "בינו", "يناير", "كانون الثاني", "ژانويه",
    ]),
    (&[Token::Month(2)], &[
        "february", "feb", "februar", "febr", "fevrier", "fevr", "fev", "febrero", "febbraio",
        "febbr", "luty", "lutego", "lut", "fevereiro",
        "פברואר", "בפברואר", "פבר", "בפבר", "فبراير", "شباط", "فوريه",
    ]),
    (&[Token::Month(3)], &[
        "march", "mar", "marz", "maerz", "mrz", "mars", "marzo", "marzec", "marca", "marco",
        "מרץ", "במרץ", "מרס", "مارس", "اذار",
    ]),
    (&[Token::Month(4)], &[
        "april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecien", "kwietnia", "kwi",
        "אפריל", "באפריל", "אפר", "באפר", "ابريل", "نيسان", "اوريل",
    ]),
    (&[Token::Month(5)], &[
        "may", "mai", "mayo", "maggio", "mag", "magg", "maj", "maja", "maio",
        "מאי", "במאי", "مايو", "ايار", "مه",
    ]),
    (&[Token::Month(6)], &[
        "june", "jun", "juni", "juin", "junio", "giugno", "giu", "czerwiec", "czerwca", "cze",
        "junho",
        "יוני", "ביוני", "يونيو", "حزيران", "ژوئن", "ژوين",
    ]),
    (&[Token::Month(7)], &[
        "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "lipiec", "lipca",
        "lip", "julho",
        "יולי", "ביולי", "يوليو", "تموز", "ژوئيه", "ژوييه",
    ]),
    (&[Token::Month(8)], &[
        "august", "aug", "aout", "agosto", "ago", "sierpien", "sierpnia", "sie",
        "אוגוסט", "באוגוסט", "אוג", "באוג", "اغسطس", "اب", "اوت",
    ]),
    (&[Token::Month(9)], &[
        "september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "sett",
        "set", "wrzesien", "wrzesnia", "wrz", "setembro",
        "ספטמבר", "בספטמבר", "ספט", "בספט", "سبتمبر", "ايلول", "سپتامبر",
    ]),
    (&[Token::Month(10)], &[
        "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "pazdziernik",
        "pazdziernika", "paz", "outubro", "out",
        "אוקטובר", "באוקטובר", "אוק", "באוק", "اكتوبر", "تشرين الاول", "اكتبر",
    ]),
    (&[Token::Month(11)], &[
        "november", "nov", "novembre", "noviembre", "listopad", "listopada", "lis", "novembro",
        "נובמבר", "בנובמבר", "נוב", "בנוב", "نوفمبر", "تشرين الثاني", "نوامبر",
    ]),
    (&[Token::Month(12)], &[
        "december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre",
        "grudzien", "grudnia", "gru", "dezembro",
        "דצמבר", "בדצמבר", "דצמ", "בדצמ", "ديسمبر", "كانون الاول", "دسامبر",
    ]),
    (&[Token::Season(Spring, Session::Season)], &[
        "spring", "fruhling", "fruhjahr", "printemps", "primavera", "wiosna", "春季", "春", "봄",
        "אביב", "ربيع", "بهار",
    ]),
    (&[Token::Season(Summer, Session::Season)], &[
        "summer", "sommer", "ete", "verano", "estate", "lato", "verao", "夏季", "夏", "여름",
        "קיץ", "صيف", "تابستان",
    ]),
    (&[Token::Season(Autumn, Session::Season)], &[
        "autumn", "herbst", "automne", "otono", "autunno", "jesien", "outono", "秋季", "秋", "가을",
        "סתיו", "خريف", "پاييز",
    ]),
    (&[Token::Season(Fall, Session::Season)], &["fall"]),
    (&[Token::Season(Winter, Session::Season)], &[
        "winter", "hiver", "invierno", "inverno", "zima", "冬季", "冬", "겨울",
        "חורף", "شتاء", "زمستان",
    ]),
    (&[Token::Season(Spring, Session::Term)], &[
        "fruhjahrssemester", "fruhlingssemester", "fs", "semestre de printemps",
        "semestre de primavera", "semestre primaverile", "semestr wiosenny", "春季学期", "春季學期",
        "春学期", "봄 학기", "봄학기",
        "סמסטר אביב", "الفصل الربيعي", "نيمسال بهار",
    ]),
    (&[Token::Season(Summer, Session::Term)], &[
        "sommersemester", "sose", "ss", "semestre d'ete", "semestre de verano",
        "semestre de verao", "semestre estivo", "semestr letni", "夏季学期", "夏季學期", "夏学期", "여름 학기",
        "여름학기",
        "סמסטר קיץ", "الفصل الصيفي", "نيمسال تابستان",
    ]),
    (&[Token::Season(Autumn, Session::Term)], &[
        "herbstsemester", "hs", "semestre d'automne", "semestre de otono", "semestre de outono",
        "semestre autunnale", "semestr jesienny", "秋季学期", "秋季學期", "秋学期", "가을 학기", "가을학기",
        "סמסטר סתיו", "الفصل الخريفي", "نيمسال پاييز",
    ]),
    (&[Token::Season(Winter, Session::Term)], &[
        "wintersemester", "wise", "ws", "semestre d'hiver", "semestre de invierno",
        "semestre de inverno", "semestre invernale", "semestr zimowy", "冬季学期", "冬季學期", "冬学期",
        "겨울 학기", "겨울학기",
        "סמסטר חורף", "الفصل الشتوي", "نيمسال زمستان",
    ]),
    (&[Token::Called(Session::Term)], &["term"]),
    (&[Token::Called(Session::Semester)], &["semester"]),
    (&[Token::Present], &[
        "present", "the present", "pres", "now", "ongoing", "current", "currently", "today",
        "in progress", "heute", "jetzt", "laufend", "aktuell", "andauernd", "aujourd'hui",
        "actuel", "actuellement", "en cours", "maintenant", "presente", "el presente",
        "actualidad", "la actualidad", "actual", "actualmente", "hoy", "ahora", "en curso",
        "oggi", "attuale", "attualmente", "in corso", "obecnie", "teraz", "dzis", "nadal",
        "w toku", "chwili obecnej", "atual", "atualmente", "hoje", "o presente", "o momento",
        "现在", "現在", "目前", "今", "현재", "지금",
        "היום", "כיום", "עכשיו", "الان", "الحاضر", "اليوم", "اكنون", "امروز", "حال حاضر",
    ]),
    (&[Token::To, Token::Present], &["to date", "a ce jour", "ad oggi", "至今", "迄今"]),
    (&[Token::Expected], &[
        "expected", "exp", "est", "estimated", "anticipated", "planned", "expected graduation",
        "anticipated graduation", "graduation expected", "voraussichtlich", "vorauss", "vsl",
        "geplant", "erwartet", "prevu", "prevue", "previsto", "prevista", "esperado", "estimado",
        "przewidywane", "przewidywany", "planowane", "planowany", "planowana", "oczekiwane", "预计",
        "預計", "预期", "予定", "見込み", "見込", "예정",
        "צפוי", "צפויה", "متوقع", "متوقعه", "پيشبينيشده", "مورد انتظار",
    ]),
    (&[Token::To], &[
        "to", "until", "till", "til", "through", "thru", "up to", "bis", "bis zum", "a", "au",
        "al", "hasta", "ate", "fino a", "fino al", "jusqu'a", "jusqu'au", "jusqu'en", "do", "至",
        "到",
        "עד", "حتي", "الي", "تا",
    ]),
    (&[Token::Since], &[
        "since", "from", "seit", "ab", "von", "depuis", "desde", "dal", "da", "od", "du", "des",
        "自", "从", "從",
        "מאז", "החל מ", "منذ", "من", "از",
    ]),
    (&[Token::From], &["から", "부터", "起", "以来", "以來"]),
    (&[Token::UpTo], &["まで", "까지", "为止", "為止"]),
    (&[Token::Of], &["of", "de", "del"]),
    (&[Token::YearMark], &["r", "roku"]),
    (&[Token::YearSign], &["年", "년"]),
    (&[Token::MonthSign], &["月", "월"]),
    (&[Token::DaySign], &["日", "号", "號", "일"]),
];
