//! People's names as they stand in author lists: read in any common form, and compared with the
//! owner's own.

mod fold;
mod list;
mod marks;
mod title;

use unicode_normalization::UnicodeNormalization as _;

use super::entry::Author;
use fold::is_cjk;
pub use fold::{fold, plain};
pub use list::split_list;
pub use marks::split_marks;
use title::{pop_degrees, without_titles};

/// A name in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Given names and initials in order, initials with dots: `Jeffrey T. H.`
    pub given: String,
    /// The family name with its particles: `van der Berg`.
    pub family: String,
    /// `Jr.`, `III` and the like.
    pub suffix: String,
    /// The same name in Chinese, Japanese or Korean script.
    pub native: Option<String>,
    /// Whether the form tells where the family name starts, as a comma does.
    is_certain: bool,
}

impl Name {
    /// Reads `Wong, Jeffrey T. H.`, `J. T. H. Wong`, `JTH Wong`, `Wong JTH`, `Zhang Wei (张伟)` and
    /// the like. Marks such as † are left out.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let (name, _) = split_marks(source);
        let name: String = name.nfc().filter(|c| !['*', '\\'].contains(c)).collect();
        let (latin, native) = scripts(&name);
        if latin.is_empty() {
            return native_name(&native);
        }
        let mut read = latin_name(&latin);
        if !native.is_empty() {
            read.order_by(&native);
            read.native = Some(native.concat());
        }
        read
    }

    /// `Zhang Wei (张伟)`: the character says that the family name comes first.
    fn order_by(&mut self, native: &[String]) {
        let Some(surname) = native.first().and_then(|name| name.chars().next()) else {
            return;
        };
        let Some((first, rest)) = self.given.split_once(' ').or(Some((&self.given, ""))) else {
            return;
        };
        let is_first = SURNAMES
            .split(' ')
            .any(|pair| pair.strip_prefix(surname).is_some_and(|latin| latin == fold(first)));
        if is_first && !self.is_certain && fold(first) != fold(&self.family) {
            let given = format!("{rest} {}", self.family);
            self.family = first.to_owned();
            self.given = given.trim().to_owned();
            self.is_certain = true;
        }
    }
}

/// Whether an author is the person who is known by these spellings; see [`Spellings`].
#[must_use]
pub fn is_own(author: &str, spellings: &[&str]) -> bool {
    Spellings::new(spellings).are_of(author)
}

/// The forms of one person's name: the name, the name in another script, and any other form seen in
/// print.
#[derive(Debug)]
pub struct Spellings(Vec<Reading>);

impl Spellings {
    /// Reads the spellings once, for comparing them with many authors.
    #[must_use]
    pub fn new(spellings: &[&str]) -> Self {
        Self(spellings.iter().flat_map(|spelling| readings(spelling)).collect())
    }

    /// Whether an author is this person. Family names must agree; initials stand for names that
    /// start with them, in the same order.
    #[must_use]
    pub fn are_of(&self, author: &str) -> bool {
        self.match_with(author) != Match::None
    }

    /// How an author's name agrees with this person's.
    #[must_use]
    pub fn match_with(&self, author: &str) -> Match {
        let readings = readings(author);
        let matches = readings.iter().map(|author| {
            let same_family = || self.0.iter().filter(|own| own.shares_family(author));
            let is_exact = same_family().any(|own| own.given == author.given);
            // Where a full given name is known, a shorter spelling must not let in other people.
            let full = || same_family().filter(|own| own.is_full());
            let most = full().map(|own| own.given.len()).max();
            let says_enough =
                |own: &Reading| own.given.len() >= author.given.len().min(most.unwrap_or(0));
            let is_own = is_exact
                || match most {
                    Some(_) => full().any(|own| says_enough(own) && own.shares_given(author)),
                    None => same_family().any(|own| own.shares_given(author)),
                };
            match (is_own, author.is_full()) {
                (false, _) => Match::None,
                (true, true) => Match::Name,
                (true, false) => Match::Initials,
            }
        });
        matches.max().unwrap_or_default()
    }

    /// Which authors of one list are this person: those that are remarked as such and those whose
    /// names agree. Where somebody is remarked, initials alone are no reason to take another one
    /// for the person, too.
    #[must_use]
    pub fn own_authors(&self, authors: &[Author]) -> OwnAuthors {
        let matches: Vec<Match> =
            authors.iter().map(|a| self.match_with(&split_marks(&a.name).0)).collect();
        let is_remarked = authors.iter().any(|author| author.own);
        let is_own = |(author, found): (&Author, &Match)| {
            author.own
                || match found {
                    Match::None => false,
                    Match::Initials => !is_remarked,
                    Match::Name => true,
                }
        };
        let own = authors.iter().zip(&matches).map(is_own).collect();
        let by_initials = matches.iter().enumerate().filter(|(_, m)| **m == Match::Initials);
        let mut doubtful: Vec<usize> = by_initials.map(|(i, _)| i).collect();
        if doubtful.len() < 2 || is_remarked {
            doubtful.clear();
        }
        OwnAuthors { own, doubtful }
    }

    /// Takes the remark that an author is this person from where the names alone tell it, of this
    /// author and of nobody else in the list.
    pub fn forget_remark(&self, authors: &mut [Author]) {
        let is_own = |author: &Author| self.are_of(&split_marks(&author.name).0);
        let remarked = authors.iter().filter(|author| author.own).count();
        if remarked == 1 && authors.iter().all(|author| is_own(author) == author.own) {
            authors.iter_mut().for_each(|author| author.own = false);
        }
    }
}

/// Who of the authors of one list is a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnAuthors {
    /// For each author, whether it is the person.
    pub own: Vec<bool>,
    /// The indices of those who may all be the person by their initials, where there is more than
    /// one and nobody is remarked: `W. Zhang` twice.
    pub doubtful: Vec<usize>,
}

/// How an author's name agrees with a person's, the least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It is another person's.
    #[default]
    None,
    /// The family name is the same, and the initials could be.
    Initials,
    /// The family name is the same, and so are given names that are spelt out.
    Name,
}

/// Common Chinese family names with their usual romanisation.
const SURNAMES: &str = "张zhang 張zhang 王wang 李li 赵zhao 趙zhao 陈chen 陳chen 杨yang 楊yang 吴wu 吳wu 刘liu 劉liu \
    黄huang 黃huang 周zhou 徐xu 孙sun 孫sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 馬ma 罗luo 羅luo 梁liang 宋song \
    郑zheng 鄭zheng 谢xie 謝xie 韩han 韓han 唐tang 冯feng 馮feng 于yu 董dong 萧xiao 肖xiao 程cheng 曹cao 袁yuan \
    邓deng 鄧deng 许xu 許xu 傅fu 沈shen 曾zeng 彭peng 吕lu 吕lyu 苏su 蘇su 卢lu 盧lu 蒋jiang 蔣jiang 蔡cai \
    贾jia 丁ding 魏wei 薛xue 叶ye 葉ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 鍾zhong 汪wang 田tian 任ren 姜jiang \
    范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu 陸lu 郝hao 孔kong 白bai 崔cui 康kang 毛mao 邱qiu \
    秦qin 江jiang 史shi 顾gu 顧gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 钱qian 汤tang 尹yin 黎li 易yi 常chang 武wu \
    乔qiao 贺he 赖lai 龚gong 文wen 黄wong 王wong 陈chan 陳chan 黃wong 김kim 이lee 박park 최choi 정jung";

/// Chinese family names of two characters.
const LONG_SURNAMES: &str = "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 司徒 长孙 宇文 端木 南宫 令狐";

fn is_particle(word: &str) -> bool {
    const PARTICLES: &str = " van von der den de del della di da das dos do du la le ter ten te zu zur vom bin ibn al el ";
    word.chars().all(char::is_lowercase) && PARTICLES.contains(&format!(" {word} "))
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "IV" | "PhD" | "Ph.D" | "MD" | "M.D"
    )
}

/// Whether a word is the father's name of an East Slavic name; where that stands last, the family
/// name stands first: `Петров Иван Сергеевич`.
fn is_patronymic(word: &str) -> bool {
    let word = word.to_lowercase();
    ["ович", "евич", "овна", "евна", "ична"].iter().any(|ending| word.ends_with(ending))
}

/// The words in Latin and other alphabets, and those in Chinese, Japanese or Korean script.
fn scripts(name: &str) -> (String, Vec<String>) {
    let mut latin = String::new();
    let mut inside = String::new();
    let mut depth = 0usize;
    for c in name.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            '，' | '،' => latin.push(','),
            _ if depth > 0 => inside.push(c),
            _ => latin.push(c),
        }
        if matches!(c, '(' | ')' | '（' | '）') {
            latin.push(' ');
            inside.push(' ');
        }
    }
    // `Zhang Wei (张伟)`, `张伟 (Zhang Wei)`; a nickname in brackets is no part of the name.
    if latin.contains(is_cjk) != inside.contains(is_cjk) {
        latin.push_str(&inside);
    }
    let (native, latin): (Vec<&str>, Vec<&str>) =
        latin.split_whitespace().partition(|word| word.contains(is_cjk));
    (latin.join(" "), native.into_iter().map(str::to_owned).collect())
}

/// A name in Chinese, Japanese or Korean script: the family name comes first.
fn native_name(words: &[String]) -> Name {
    let whole: String = words.concat();
    let (family, given) = match words {
        [family, given @ ..] if !given.is_empty() => (family.clone(), given.concat()),
        // A foreign name in characters.
        [name] if name.contains(['·', '・']) => {
            let (given, family) = name.rsplit_once(['·', '・']).unwrap_or_default();
            (family.to_owned(), given.to_owned())
        }
        _ => {
            let is_long = LONG_SURNAMES.split(' ').any(|surname| whole.starts_with(surname));
            let length = if is_long || whole.chars().count() >= 4 { 2 } else { 1 };
            (whole.chars().take(length).collect(), whole.chars().skip(length).collect())
        }
    };
    Name {
        given,
        family,
        suffix: String::new(),
        native: Some(whole).filter(|whole| !whole.is_empty()),
        is_certain: true,
    }
}

fn latin_name(name: &str) -> Name {
    let mut parts: Vec<&str> =
        name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // `Ada Novak, MD` is a doctor, `Novak, MD` has two initials.
    let is_whole = parts.first().is_some_and(|name| name.contains(' ')) || parts.len() > 2;
    let is_behind = |part: &str| {
        title::is_degree(part, is_whole) || is_suffix(part) && !title::can_be_initials(part)
    };
    let mut behind = parts.split_off(parts.len().min(1));
    let suffixes: Vec<&str> = behind.extract_if(.., |part| is_behind(part)).collect();
    parts.append(&mut behind);
    let suffix = suffixes.join(", ");
    if let [family, given @ ..] = parts.as_slice()
        && !given.is_empty()
    {
        let given = words(without_titles(&given.join(" ")), true).join(" ");
        return Name {
            given,
            family: (*family).to_owned(),
            suffix,
            native: None,
            is_certain: true,
        };
    }
    let (name, degrees) = pop_degrees(without_titles(parts.first().copied().unwrap_or_default()));
    let suffix = if suffix.is_empty() { degrees } else { suffix };
    let mut words = words(name, false);
    let suffix = match words.pop_if(|word| is_suffix(word)) {
        Some(word) if suffix.is_empty() => word,
        _ => suffix,
    };
    let initials_at_end = words.iter().rev().take_while(|word| is_initial(word)).count();
    let (given, family, is_certain) = if (1..words.len()).contains(&initials_at_end) {
        // `Wong J. T. H.`
        let given = words.split_off(words.len() - initials_at_end);
        (given, words, true)
    } else if words.len() == 3 && words.last().is_some_and(|word| is_patronymic(word)) {
        let given = words.split_off(1);
        (given, words, true)
    } else {
        // Where all is written small, nothing tells a particle at the start from a given name.
        let is_small = !name.contains(char::is_uppercase);
        let particle = words
            .iter()
            .enumerate()
            .position(|(at, word)| is_particle(word) && !(at == 0 && is_small));
        let at = particle.filter(|at| at + 1 < words.len());
        let family = words.split_off(at.unwrap_or(words.len().saturating_sub(1)));
        (words, family, at.is_some())
    };
    Name { given: given.join(" "), family: family.join(" "), suffix, native: None, is_certain }
}

/// The words of a name; initials are parted and get their dots: `JTH.Wong` is `J. T. H. Wong`.
fn words(name: &str, is_given: bool) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        for piece in word.split_inclusive('.') {
            match pieces.last_mut() {
                // `J.-P.` is one.
                Some(last) if piece.starts_with('-') && last.ends_with('.') => last.push_str(piece),
                _ => pieces.push(piece.to_owned()),
            }
        }
    }
    let is_shouted =
        |word: &str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    let is_mixed = pieces.iter().any(|piece| !is_shouted(piece)) || is_given;
    let count = pieces.len();
    let mut words = Vec::new();
    for (at, piece) in pieces.into_iter().enumerate() {
        let letters: Vec<char> = piece.chars().filter(|c| *c != '.').collect();
        let is_last = at + 1 == count && !is_given;
        let has_vowel = letters.iter().any(|c| "AEIOUY".contains(*c));
        let is_run = is_shouted(&piece)
            && letters.iter().all(|c| c.is_alphabetic())
            && (piece.ends_with('.') && letters.len() <= 4
                || is_mixed && letters.len() <= 3 && !(is_last && (has_vowel || count == 1)));
        let is_hyphened = piece.contains('-')
            && piece
                .trim_end_matches('.')
                .split('-')
                .all(|part| part.trim_end_matches('.').chars().count() == 1 && is_shouted(part));
        if is_hyphened {
            let parts = piece.split('-').map(|part| format!("{}.", part.trim_end_matches('.')));
            words.push(parts.collect::<Vec<_>>().join("-"));
        } else if letters.len() == 1 && is_shouted(&piece)
            || is_run && (!is_suffix(&piece) || title::can_be_initials(&piece))
        {
            words.extend(letters.iter().map(|letter| format!("{letter}.")));
        } else {
            words.push(piece);
        }
    }
    words
}

/// `J.` or `J.-P.`
fn is_initial(word: &str) -> bool {
    word.split('-').all(|part| part.ends_with('.') && part.chars().count() == 2)
}

/// Stands for the family name where a name is compared as a whole; no family name holds a space
/// when folded.
const NATIVE: &str = " ";

/// A name as it is compared: folded, particles apart.
#[derive(Debug)]
struct Reading {
    /// Single letters are initials.
    given: Vec<String>,
    family: String,
    /// What stands before the family name, as `vander`.
    particles: String,
    /// One of several guesses where the family name starts.
    is_guess: bool,
}

/// The ways to read a name. In `Gabriel García Márquez` the family name may be one word or two.
fn readings(source: &str) -> Vec<Reading> {
    let name = Name::parse(source);
    let mut readings = Vec::new();
    if let Some(native) = &name.native {
        readings.push(Reading {
            given: vec![fold(native)],
            family: NATIVE.to_owned(),
            particles: String::new(),
            is_guess: false,
        });
        if fold(&format!("{}{}", name.family, name.given)) == fold(native) {
            return readings;
        }
    }
    readings.push(Reading::new(&name.given, &name.family, false));
    let words: Vec<&str> = name.given.split_whitespace().collect();
    if !name.is_certain {
        for length in 1..=words.len().saturating_sub(1).min(2) {
            let Some((given, middle)) = words.split_at_checked(words.len() - length) else {
                break;
            };
            let family = format!("{} {}", middle.join(" "), name.family);
            readings.push(Reading::new(&given.join(" "), &family, true));
        }
        // `WONG Jeffrey` and `Smith JA`: capitals can be a family name or initials.
        let plain = source.split_whitespace().collect::<Vec<_>>();
        if let [first, last] = plain.as_slice() {
            let is_short = |word: &str| (2..=3).contains(&word.chars().count());
            let is_shouted = |word: &str| word.chars().all(char::is_uppercase);
            if is_shouted(first) != is_shouted(last) && (is_shouted(first) || is_short(last)) {
                let family_first = format!("{first}, {last}");
                let name = latin_name(&family_first);
                readings.push(Reading::new(&name.given, &name.family, false));
            }
        }
    }
    readings
}

impl Reading {
    fn new(given: &str, family: &str, is_guess: bool) -> Self {
        let parts = |text: &str| -> Vec<String> {
            text.split(|c: char| c.is_whitespace() || "-‐‑–.".contains(c))
                .filter(|word| !fold(word).is_empty())
                .map(str::to_owned)
                .collect()
        };
        // A particle stands before another word of the family name (`Van Der Berg`), or small
        // behind a given name (`Berg, Jan van der`). The only word of either is a name: `Di Wu`,
        // `Quang Le`.
        let mut given = parts(given);
        let at_end = given.iter().skip(1).rev().take_while(|word| is_particle(word)).count();
        let mut particles = given.split_off(given.len() - at_end);
        let mut family = parts(family);
        let before_last = family.len().saturating_sub(1);
        let leading = family
            .iter()
            .take(before_last)
            .take_while(|word| is_particle(&word.to_lowercase()))
            .count();
        particles.extend(family.drain(..leading));
        let last = family.pop();
        family.retain(|word| !is_particle(word));
        family.extend(last);
        let folded =
            |words: &[String]| words.iter().map(|word| fold(word)).collect::<Vec<String>>();
        Self {
            given: folded(&given),
            family: folded(&family).concat(),
            particles: folded(&particles).concat(),
            is_guess,
        }
    }

    /// Whether the family names agree. Particles may be left out, but `van den Berg` is not `van
    /// der Berg`.
    fn shares_family(&self, other: &Self) -> bool {
        let (a, b) = (&self.particles, &other.particles);
        !self.family.is_empty()
            && self.family == other.family
            && (a.ends_with(b.as_str()) || b.ends_with(a.as_str()))
            && !(self.is_guess && other.is_guess)
    }

    /// Whether the first given name is spelt out.
    fn is_full(&self) -> bool {
        self.given.first().is_some_and(|first| first.chars().count() > 1)
    }

    /// Whether the given names are the same as far as both say them: in order, from the first on.
    fn shares_given(&self, other: &Self) -> bool {
        let (short, long) = if self.given.len() <= other.given.len() {
            (&self.given, &other.given)
        } else {
            (&other.given, &self.given)
        };
        let (Some(first), Some(longs_first)) = (short.first(), long.first()) else {
            return false;
        };
        let mut rest = long.iter();
        let is_part = is_same(first, longs_first)
            && short.iter().all(|name| rest.any(|other| is_same(name, other)));
        // `Wei-Lun` and `Weilun`.
        is_part || short.concat() == long.concat()
    }
}

/// Equal, or one is the initial of the other.
fn is_same(a: &str, b: &str) -> bool {
    let is_initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    a == b || is_initial(a, b) || is_initial(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (source, given, family) in [
            ("Wong, Jeffrey T. H.", "Jeffrey T. H.", "Wong"),
            ("J. T. H. Wong", "J. T. H.", "Wong"),
            ("J.T.H. Wong", "J. T. H.", "Wong"),
            ("JTH.Wong", "J. T. H.", "Wong"),
            ("JTH Wong", "J. T. H.", "Wong"),
            ("Wong JTH", "J. T. H.", "Wong"),
            ("Wong, JTH", "J. T. H.", "Wong"),
            ("Wong J. T.", "J. T.", "Wong"),
            ("J Wong", "J.", "Wong"),
            ("Jeffrey T. H. Wong", "Jeffrey T. H.", "Wong"),
            ("Jeffrey TH Wong", "Jeffrey T. H.", "Wong"),
            ("Wei LI", "Wei", "LI"),
            ("JEFFREY WONG", "JEFFREY", "WONG"),
            ("J.-P. Martin", "J.-P.", "Martin"),
            ("J-P Martin", "J.-P.", "Martin"),
            ("Jean-Pierre Martin", "Jean-Pierre", "Martin"),
            ("Li, X.-Y.", "X.-Y.", "Li"),
            ("Jan van der Berg", "Jan", "van der Berg"),
            ("van der Berg, Jan", "Jan", "van der Berg"),
            ("van der Berg", "", "van der Berg"),
            ("Ana de la Cruz", "Ana", "de la Cruz"),
            ("Martin L. King Jr.", "Martin L.", "King"),
            ("King, Jr., Martin", "Martin", "King"),
            ("King, Martin, Jr.", "Martin", "King"),
            ("Wei Zhang†*", "Wei", "Zhang"),
            ("Zhang*, Wei", "Wei", "Zhang"),
            ("**Wei Zhang**", "Wei", "Zhang"),
            ("Jeffrey (Jeff) Wong", "Jeffrey", "Wong"),
            ("Zhang Wei (张伟)", "Wei", "Zhang"),
            ("Wei Zhang (张伟)", "Wei", "Zhang"),
            ("张伟 Wei Zhang", "Wei", "Zhang"),
            ("张伟", "伟", "张"),
            ("欧阳修", "修", "欧阳"),
            ("山田太郎", "太郎", "山田"),
            ("山田 太郎", "太郎", "山田"),
            ("김민수", "민수", "김"),
            ("Łukasz Żółć", "Łukasz", "Żółć"),
            ("Иван Петров", "Иван", "Петров"),
            ("Plato", "", "Plato"),
            ("WONG", "", "WONG"),
            ("LI", "", "LI"),
            (",", "", ""),
            ("", "", ""),
        ] {
            let name = Name::parse(source);
            let found = (name.given.as_str(), name.family.as_str());
            assert_eq!(found, (given, family), "{source:?}");
        }
        assert_eq!(Name::parse("Zhang Wei (张伟)").native.as_deref(), Some("张伟"));
        assert_eq!(Name::parse("King, Jr., Martin").suffix, "Jr.");
    }

    #[test]
    fn own_name() {
        let wong: &[&str] = &["Jeffrey T. H. Wong", "黄子轩", "J. Wong", "Jeff Wong"];
        let zhang: &[&str] = &["Zhang Wei (张伟)"];
        let berg: &[&str] = &["Jan-Willem van der Berg"];
        let garcia: &[&str] = &["García Márquez, Gabriel"];
        for (author, spellings, expected) in [
            ("Jeffrey T. H. Wong", wong, true),
            ("Wong, Jeffrey T. H.", wong, true),
            ("jeffrey wong", wong, true),
            ("Jeffrey Wong†*", wong, true),
            ("J. T. H. Wong", wong, true),
            ("J.T.H. Wong*", wong, true),
            ("JTH.Wong", wong, true),
            ("JTH Wong", wong, true),
            ("Wong JTH", wong, true),
            ("J. Wong", wong, true),
            ("J. H. Wong", wong, true),
            ("Wong, J.", wong, true),
            ("WONG Jeffrey", wong, true),
            ("Jeffrey WONG", wong, true),
            ("Jeff Wong", wong, true),
            ("**Jeffrey Wong**", wong, true),
            ("黄子轩†", wong, true),
            ("Jeffrey Wong (黄子轩)", wong, true),
            ("K. Wong", wong, false),
            ("T. Wong", wong, false),
            ("J. K. Wong", wong, false),
            ("H. J. Wong", wong, false),
            ("James Wong", wong, false),
            ("Jeffrey Wang", wong, false),
            ("Jeffrey Wongs", wong, false),
            ("Wong", wong, false),
            ("Jeffrey", wong, false),
            ("黄子", wong, false),
            ("", wong, false),
            ("et al.", wong, false),
            ("Wei Zhang", zhang, true),
            ("W. Zhang", zhang, true),
            ("张伟*", zhang, true),
            ("张 伟", zhang, true),
            ("Zhang, W.", zhang, true),
            ("张伟明", zhang, false),
            ("Z. Wei", zhang, false),
            ("Na Zhang", zhang, false),
            ("J.-W. van der Berg", berg, true),
            ("J. Berg", berg, true),
            ("Berg, J. W. van der", berg, true),
            ("Janwillem van der Berg", berg, true),
            ("W. van der Berg", berg, false),
            ("Gabriel García Márquez", garcia, true),
            ("G. Garcia-Marquez", garcia, true),
            ("G. Marquez", garcia, false),
            ("Muller, M.", &["Max Müller"], true),
            ("P. O’Brien", &["Pat O'Brien"], true),
            ("Nguyen, T.", &["Thu Nguyễn"], true),
            ("James Wong", &["J. Wong"], true),
            ("Smith JA", &["Jo Anne Smith"], true),
            ("JA Smith", &["Jo Anne Smith"], true),
            ("LI Wei", &["Wei Li"], true),
            ("Plato", &["Plato"], true),
            ("Jo Wong", &[], false),
            ("", &[""], false),
            ("†", &["Jo Wong", ""], false),
        ] {
            assert_eq!(is_own(author, spellings), expected, "{author:?} {spellings:?}");
        }
    }
}
