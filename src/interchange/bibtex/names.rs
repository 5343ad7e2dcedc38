//! The people of an author field: in any of the forms that BibTeX knows, with marks, highlights and
//! annotations.

use super::latex::{is_sign, to_markup};
use crate::{
    interchange::html::without_entities,
    value::{
        entry::Author,
        person::{split_list, split_marks},
        rich::Rich,
    },
};

/// Who wrote something, and what had to be guessed to find out.
#[derive(Debug, Default)]
pub(super) struct People {
    /// In order; `et al.` stands for others who are not named.
    pub(super) authors: Vec<Author>,
    /// What was guessed, in words for the report.
    pub(super) guesses: Vec<String>,
}

/// Reads the value of an author field.
pub(super) fn read(source: &str) -> People {
    let mut people = People::default();
    // The semicolon of an entity parts no names.
    let source = without_entities(source);
    for name in apart(&source, &mut people.guesses) {
        people.add(&name);
    }
    people
}

/// Single names as they are written.
fn apart(source: &str, guesses: &mut Vec<String>) -> Vec<String> {
    let source = source.trim();
    // Braces around the whole value make one name of it: a body, unless the list is plainly one of
    // people.
    if let Some(inner) = whole_group(source) {
        let names = split(inner, is_and);
        let are_people = names.len() > 1 && names.iter().all(|name| is_person(name))
            || names.len() == 1 && is_family_first(inner);
        if !are_people {
            return vec![source.to_owned()];
        }
        let (count, noun) = (names.len(), if names.len() == 1 { "person" } else { "people" });
        guesses
            .push(format!("the authors `{inner}`, in double braces, were read as {count} {noun}"));
        return names.into_iter().map(str::to_owned).collect();
    }
    let names = split(source, is_and);
    if let [one] = names.as_slice()
        && let commas = split(one, is_comma)
        && (commas.len() > 2 && !commas.iter().any(|part| is_suffix(part))
            || split(one, is_semicolon).len() > 1)
    {
        let listed = split_list(one);
        if listed.len() > 1 {
            guesses.push(format!(
                "the authors `{one}` were taken apart without an `and` between them"
            ));
            return listed;
        }
    }
    // Some publishers put every name into braces of its own.
    let people: Vec<&str> = names.iter().filter_map(|name| braced_person(name)).collect();
    if let Some(first) = people.first() {
        let told = match people.len() {
            1 => format!("the author `{first}`, in braces, was read as a person"),
            count => {
                format!("{count} authors in braces, the first `{first}`, were read as people")
            }
        };
        guesses.push(told);
    }
    let names = names.into_iter().map(|name| braced_person(name).unwrap_or(name));
    names.flat_map(|name| several(name, guesses)).collect()
}

/// What stands in the braces around one name of several, if it is a person's, family name first, and
/// not a body with a comma in its name.
fn braced_person(name: &str) -> Option<&str> {
    let is_plain = wrapped(name).is_some_and(|(command, ..)| command.is_empty());
    let is_one = |inner: &&str| is_family_first(inner) && split(inner, is_and).len() == 1;
    whole_group(name).filter(is_one).filter(|_| is_plain)
}

/// The names in a piece between two `and`s: more than one in `J. Doe, R. Roe and E. Poe` and in
/// `Ada Novak, et al.`
fn several(name: &str, guesses: &mut Vec<String>) -> Vec<String> {
    let mut parts = split(name, is_comma);
    let others = parts.pop_if(|part| is_et_al(part)).map(str::to_owned);
    let starts_with_initial = parts.first().is_some_and(|part| {
        let word = part.split_whitespace().next().unwrap_or_default();
        word != *part && word.ends_with('.') && word.chars().count() == 2
    });
    let are_whole = parts.iter().all(|part| part.contains(char::is_whitespace));
    let is_list = parts.len() > 1
        && are_whole
        && (parts.len() > 2 || name.ends_with(',') || starts_with_initial);
    let mut names: Vec<String> = match parts.as_slice() {
        parts if is_list => parts.iter().map(|&part| part.to_owned()).collect(),
        [] => vec![],
        parts => vec![parts.join(", ")],
    };
    if is_list {
        guesses.push(format!("the authors `{name}` were taken apart at the commas between them"));
    }
    names.extend(others);
    names
}

fn is_et_al(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "others" | "et al." | "et al")
}

impl People {
    fn add(&mut self, source: &str) {
        let Bare { name, highlighted, mut dropped } = bare(source);
        let name = extended(&name).unwrap_or(name);
        let name = name.as_str();
        if name.is_empty() {
            return;
        }
        if is_et_al(name) {
            self.authors.push(Author::from("et al."));
            return;
        }
        let mut marks = String::new();
        let mut parts: Vec<String> = vec![];
        // `\textbf{Wong}, \textbf{J.}` is a highlight of the whole name, too.
        let mut all_bold = true;
        let mut homonym = "";
        for part in split(name, is_comma) {
            let (part, number) = without_homonym(part);
            homonym = if number.is_empty() { homonym } else { number };
            let Bare { name: part, highlighted: bold, dropped: more } = bare(part);
            dropped.extend(more);
            all_bold &= bold;
            let (part, affiliation) = without_affiliation(&to_markup(&part));
            if !affiliation.is_empty() {
                let (at, of) = (affiliation, to_markup(name));
                self.guesses.push(format!("the number `{at}` at the author `{of}` was left out"));
            }
            let (part, mark) = split_marks(&part);
            marks += &mark;
            parts.push(part.trim().to_owned());
        }
        let own = highlighted || all_bold && !parts.is_empty();
        parts.retain(|part| !part.is_empty());
        let mut name = match parts.as_slice() {
            // Whatever else stands between commas in braces is a part of the name of a body.
            [one] => one.clone(),
            [family, given] if is_suffix(given) => format!("{family} {given}"),
            [family, given] if is_east_asian(family) && is_east_asian(given) => {
                format!("{family}{given}")
            }
            [family, given] => format!("{given} {family}"),
            [family, given, suffix] if is_suffix(suffix) => format!("{given} {family} {suffix}"),
            [family, suffix, given, rest @ ..] => {
                let tail: String = rest.iter().map(|part| format!(", {part}")).collect();
                format!("{given} {family} {suffix}{tail}")
            }
            [] => String::new(),
        };
        if own && !name.is_empty() {
            let plain = Rich::parse(&name).to_plain();
            self.guesses.push(format!("the highlighted author `{plain}` was taken to be you"));
        }
        for (what, sign) in [("number", homonym)]
            .into_iter()
            .chain(dropped.iter().map(|command| ("command", command.as_str())))
            .filter(|(_, sign)| !sign.is_empty())
        {
            let plain = Rich::parse(&name).to_plain();
            let told = format!("the {what} `{sign}` at the author `{plain}` was left out");
            if !self.guesses.contains(&told) {
                self.guesses.push(told);
            }
        }
        name += &marks;
        if !name.is_empty() {
            self.authors.push(Author { name, own, ..Author::default() });
        }
    }

    /// Applies `{2=highlight,dagger;1=dagger}`; what is not understood comes back.
    pub(super) fn annotate(&mut self, annotation: &str) -> String {
        let mut left = vec![];
        for one in annotation.split(';').map(str::trim).filter(|one| !one.is_empty()) {
            let understood = one.split_once('=').is_some_and(|(number, words)| {
                let index = number.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                let author = index.and_then(|i| self.authors.get_mut(i));
                let mut words = words.split(',').map(|w| w.trim().trim_matches(['"', '{', '}']));
                author.is_some_and(|author| words.all(|word| note(author, word)))
            });
            if !understood {
                left.push(one);
            }
        }
        left.join("; ")
    }
}

/// A name in the extended form of BibLaTeX, `family=Berg, given=Jan, prefix=van der`, in the plain
/// form; nothing if a part is of another kind.
fn extended(source: &str) -> Option<String> {
    let (mut family, mut given, mut prefix, mut suffix) = ("", "", "", "");
    for part in split(source, is_comma) {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        match key.trim() {
            "family" => family = value,
            "given" => given = value,
            "prefix" => prefix = value,
            "suffix" => suffix = value,
            // How a style sorts and shortens the name is no part of it.
            "useprefix" | "juniorsep" | "family-i" | "given-i" | "prefix-i" | "suffix-i" | "id" => {
            }
            _ => return None,
        }
    }
    let family = format!("{prefix} {family}");
    let parts: Vec<&str> =
        [family.trim(), suffix, given].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What one word of an annotation says about an author; whether it is known.
fn note(author: &mut Author, word: &str) -> bool {
    let word = word.to_lowercase();
    if is_own_word(&word) {
        author.own = true;
        return true;
    }
    let mark = match word.as_str() {
        "dagger" | "dag" | "†" | "equal" | "equalcontribution" | "equalcontrib" | "cofirst"
        | "co-first" => '†',
        "ddagger" | "ddag" | "‡" => '‡',
        "asterisk" | "star" | "*" | "corresponding" | "correspondence" | "corr" => '*',
        "section" | "§" => '§',
        "pilcrow" | "paragraph" | "¶" => '¶',
        "hash" | "#" => '#',
        "parallel" | "‖" => '‖',
        _ => return false,
    };
    if !split_marks(&author.name).1.contains(mark) {
        author.name.push(mark);
    }
    true
}

/// A name without the commands around all of it.
#[derive(Debug, Default)]
struct Bare {
    name: String,
    /// Whether one of the commands highlights it.
    highlighted: bool,
    /// The commands whose meaning is lost, as they are written.
    dropped: Vec<String>,
}

/// What a command around a name does to it.
enum Around {
    Highlight,
    /// Nothing that is seen.
    Nothing,
    /// Something that nothing here says: students in italics, a macro of one's own.
    Unknown,
}

fn around(command: &str) -> Option<Around> {
    Some(match command {
        "textbf" | "mkbibbold" | "underline" | "uline" | "ul" | "bfseries" | "bf" => {
            Around::Highlight
        }
        "mbox" | "hbox" | "text" | "textrm" | "textnormal" | "textup" | "rm" | "normalfont"
        | "protect" => Around::Nothing,
        // A letter, or an accent over one.
        letter if letter.len() < 2 || is_sign(letter) => return None,
        word if is_own_word(word) => Around::Highlight,
        _ => Around::Unknown,
    })
}

/// Whether an annotation or a macro with this name says that an author is the person.
fn is_own_word(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "highlight" | "me" | "self" | "myself" | "own" | "bold" | "applicant"
    )
}

/// The name without the commands around all of it but its marks: `\textbf{Doe, Jane}*`,
/// `{\bf Jane Doe}`.
fn bare(source: &str) -> Bare {
    let mut bare = Bare { name: source.trim().to_owned(), ..Bare::default() };
    // Deeper than anyone writes.
    for _ in 0..8 {
        let Some((command, inner, marks)) = wrapped(&bare.name) else { break };
        let unwrapped = match around(command) {
            Some(around) => {
                match around {
                    Around::Highlight => bare.highlighted = true,
                    Around::Nothing => {}
                    Around::Unknown => bare.dropped.push(format!("\\{command}")),
                }
                format!("{}{marks}", inner.trim())
            }
            // In braces a comma is a part of the name, unless a command stands there.
            None if command.is_empty() && wrapped(inner).is_some_and(|w| around(w.0).is_some()) => {
                format!("{}{marks}", inner.trim())
            }
            None => break,
        };
        bare.name = unwrapped;
    }
    bare
}

/// The command around a name, which may be none, what it stands around, and the marks behind it.
fn wrapped(name: &str) -> Option<(&str, &str, &str)> {
    let behind = |name| {
        let (inner, marks) = first_group(name)?;
        is_only_marks(marks).then_some((inner, marks))
    };
    let command = |text| {
        let rest: &str = str::strip_prefix(text, "\\")?;
        let rest_of = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let name = rest.get(..rest.len() - rest_of.len()).filter(|name| !name.is_empty())?;
        Some((name, rest_of))
    };
    let name = name.trim();
    if let Some((word, rest)) = command(name) {
        let (inner, marks) = behind(rest.trim_start())?;
        return Some((word, inner, marks));
    }
    let (inner, marks) = behind(name)?;
    // `{\bf Jane Doe}`: the command goes on to the end of the braces.
    match command(inner.trim_start()) {
        Some((word, rest)) if rest.starts_with(char::is_whitespace) && !is_sign(word) => {
            Some((word, rest, marks))
        }
        _ => Some(("", inner, marks)),
    }
}

/// A part of a name without the number by which DBLP tells people of one name apart: `Jane Doe
/// 0001`.
fn without_homonym(part: &str) -> (&str, &str) {
    part.rsplit_once(char::is_whitespace)
        .filter(|(_, number)| number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()))
        .map_or((part, ""), |(name, number)| (name.trim_end(), number))
}

/// Whether nothing but marks stands behind a highlighted name.
fn is_only_marks(source: &str) -> bool {
    source.is_empty() || split_marks(&to_markup(&format!("x{source}"))).0 == "x"
}

/// What stands in the braces at the start of `source`, and what comes after them.
fn first_group(source: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, c) in source.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some((source.get(1..at)?, source.get(at + 1..)?)),
            '}' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// What stands in the braces that are all of `source`.
fn whole_group(source: &str) -> Option<&str> {
    first_group(source).filter(|(_, rest)| rest.is_empty()).map(|(inner, _)| inner)
}

/// The pieces of `source` between separators outside of braces; `is_separator` gives the length of
/// one that begins its argument. Empty pieces are left out.
fn split(source: &str, is_separator: fn(&str) -> Option<usize>) -> Vec<&str> {
    let mut pieces = vec![];
    let (mut start, mut at, mut depth) = (0, 0, 0usize);
    while let Some(rest) = source.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match is_separator(rest).filter(|_| depth == 0) {
            Some(length) => {
                pieces.push(source.get(start..at).unwrap_or_default());
                at += length;
                start = at;
            }
            None => at += c.len_utf8(),
        }
    }
    pieces.push(source.get(start..).unwrap_or_default());
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// `and` between white space; only the white space before it is passed, for it may be that of the
/// next one, too.
fn is_and(rest: &str) -> Option<usize> {
    let word = rest.strip_prefix(char::is_whitespace)?;
    let and = word.get(..3).filter(|and| and.eq_ignore_ascii_case("and"))?;
    let after = word.get(3..)?;
    let ends = after.is_empty() || after.starts_with(char::is_whitespace);
    ends.then(|| rest.len() - word.len() + and.len())
}

fn is_comma(rest: &str) -> Option<usize> {
    rest.starts_with(',').then_some(1)
}

fn is_semicolon(rest: &str) -> Option<usize> {
    rest.starts_with(';').then_some(1)
}

/// A name with a family name before its comma.
fn is_family_first(name: &str) -> bool {
    let parts = split(name, is_comma);
    parts.len() == 2 && is_person(name) && !parts.get(1).is_some_and(|part| is_suffix(part))
}

/// Whether a name can be that of a person: two to five words with capitals, none of which names a
/// body.
pub(in crate::interchange) fn is_person(name: &str) -> bool {
    const BODIES: &str = " team group consortium collaboration university institute department association society \
        committee project foundation organization organisation laboratory laboratories lab labs company corporation \
        inc ltd llc gmbh ag network centre center council agency ministry research initiative community council \
        alliance working party office school college academy authors of the for ";
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    (2..=5).contains(&words.len()) && !words.iter().any(|w| BODIES.contains(&format!(" {w} ")))
}

/// Whether a part of a name stands behind it: `Jr.`, `Inc.`
pub(in crate::interchange) fn is_suffix(part: &str) -> bool {
    matches!(
        part.trim_end_matches('.').to_lowercase().as_str(),
        "jr" | "sr" | "ii" | "iii" | "iv" | "inc" | "ltd" | "llc"
    )
}

/// Whether a text is in a script that is written without space between family and given name.
fn is_east_asian(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c >= '\u{2e80}')
}

/// Parts `Wei Zhang^{1,†}` into the name with what may be marks and the numbers, which are those of
/// affiliations.
fn without_affiliation(markup: &str) -> (String, String) {
    let raised = markup.rsplit_once("^{").and_then(|(name, rest)| {
        let inner = rest.strip_suffix('}')?;
        Some((name, inner)).filter(|_| inner.contains(|c: char| c.is_ascii_alphanumeric()))
    });
    let Some((name, inner)) = raised else {
        return (markup.to_owned(), String::new());
    };
    let kept: String = inner.chars().filter(|c| !c.is_ascii_alphanumeric() && *c != ' ').collect();
    let left: Vec<&str> =
        inner.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    (format!("{}{}", name.trim_end(), kept.trim_matches(',')), left.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names in a row, own ones in angle brackets, after them how much was guessed.
    fn shown(source: &str) -> String {
        let people = read(source);
        let show = |a: &Author| if a.own { format!("<{}>", a.name) } else { a.name.clone() };
        let names: Vec<String> = people.authors.iter().map(show).collect();
        format!("{}{}", names.join("; "), "?".repeat(people.guesses.len()))
    }

    #[test]
    fn names() {
        for (source, expected) in [
            ("", ""),
            ("Wei Zhang", "Wei Zhang"),
            ("Zhang, Wei and Ada Northgate", "Wei Zhang; Ada Northgate"),
            ("Zhang,Wei AND\n  Northgate,  Ada", "Wei Zhang; Ada Northgate"),
            ("King, Jr., Martin L.", "Martin L. King Jr."),
            ("King, Martin, Jr. and A. B", "Martin King Jr.; A. B"),
            ("van der Berg, Jan and Ana de la Cruz", "Jan van der Berg; Ana de la Cruz"),
            (r"{\L}{\'o}d{\'z}, \'E. and {\'E}variste Galois", "É. Łódź; Évariste Galois"),
            ("{OpenAI} and Zhang, Wei", "OpenAI; Wei Zhang"),
            ("{{Barnes and Noble, Inc.}}", "Barnes and Noble, Inc."),
            ("{Department of Health and Care}", "Department of Health and Care"),
            ("{World Health Organization}", "World Health Organization"),
            ("{Wei Zhang and Northgate, Ada}", "Wei Zhang; Ada Northgate?"),
            ("{Zhang, Wei}", "Wei Zhang?"),
            ("Wei Zhang and others", "Wei Zhang; et al."),
            (
                "Zhang*, Wei and Ada Northgate* and Jo Wong$^{\\dagger,*}$",
                "Wei Zhang*; Ada Northgate*; Jo Wong†*",
            ),
            (
                r"Zhang$^*$, Wei and Wong\textsuperscript{\textdagger}, Jo and Li\dag, Na",
                "Wei Zhang*; Jo Wong†; Na Li†",
            ),
            (
                r"{\bfseries Wong, Jo} and {\bf Jo Wong} and \textbf{Wong}, \textbf{Jo}",
                "<Jo Wong>; <Jo Wong>; <Jo Wong>???",
            ),
            (r"\textbf{Wong$^\dagger$, Jo} and \underline{Jo Wong}*", "<Jo Wong†>; <Jo Wong*>??"),
            (
                r"{\bfseries Wong, Jo}$^{*,\dagger}$ and \textbf{Wong*}, \textbf{J.} and {\'E}. {\.I}z",
                "<Jo Wong*†>; <J. Wong*>; É. İz??",
            ),
            ("Wei Zhang$^{1,2}$ and Wong$^{1,\\dagger}$, Jo", "Wei Zhang; Jo Wong†??"),
            ("张, 伟 and 李娜", "张伟; 李娜"),
            ("Wei Zhang, Ada Northgate, Jo Wong", "Wei Zhang; Ada Northgate; Jo Wong?"),
            ("Zhang, W.; Northgate, A.", "W. Zhang; A. Northgate?"),
            ("J.~T.~H. Wong and Anderson, A", "J. T. H. Wong; A Anderson"),
            (
                "family=Novak, given=Ada and family=Berg, given=Jan, prefix=van der, useprefix=true",
                "Ada Novak; Jan van der Berg",
            ),
            ("Ada Novak, Bob Smith, and Cy Jones", "Ada Novak; Bob Smith; Cy Jones?"),
            ("J. Doe, R. Roe and E. Poe", "J. Doe; R. Roe; E. Poe?"),
            ("Novak A, Smith B, Jones C and Lee D", "Novak A; Smith B; Jones C; Lee D?"),
            ("Ada Novak, et al.", "Ada Novak; et al."),
            (
                "van der Berg, Jan Willem and Roe, R. and others",
                "Jan Willem van der Berg; R. Roe; et al.",
            ),
            (
                "family={King}, given={Martin L.}, suffix={Jr.} and Smith, Jo",
                "Martin L. King Jr.; Jo Smith",
            ),
            // Every name in braces; a body with a comma stays one.
            ("{Doe, Jane} and {Roe, Richard}", "Jane Doe; Richard Roe?"),
            ("{Doe, Jane} and Roe, R.", "Jane Doe; R. Roe?"),
            (
                "{Acme, Inc.} and {Harvard University, Library}",
                "Acme, Inc.; Harvard University, Library",
            ),
            // DBLP's numbers of people with one name.
            ("Jane Doe 0001 and Richard Roe 0023", "Jane Doe; Richard Roe??"),
            ("Doe 0001, Jane and {Agency 2020}", "Jane Doe; Agency 2020?"),
            // Commands around a whole name.
            (r"\textit{Roe, R.X.} and Doe, J.", "R.X. Roe; J. Doe?"),
            (r"\emph{Roe}, \emph{R.} and {\it Poe, E.}*", "R. Roe; E. Poe*??"),
            (r"\me{Doe, Jane} and \student{Roe, R.}$^*$", "<Jane Doe>; R. Roe*??"),
            (r"\mbox{Doe, Jane} and {\O}ra {\AA}s and {\o}re", "Jane Doe; Øra Ås; øre"),
            (r"\textbf{\textit{Doe, Jane}}", "<Jane Doe>??"),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }

    #[test]
    fn annotations() {
        let noted = |annotation: &str| {
            let mut people = read("Wei Zhang and Wong, Jo*");
            let left = people.annotate(annotation);
            let show = |a: &Author| format!("{}{}", a.name, if a.own { "!" } else { "" });
            (people.authors.iter().map(show).collect::<Vec<_>>().join(";"), left)
        };
        for (annotation, names, left) in [
            ("1=highlight", "Wei Zhang!;Jo Wong*", ""),
            ("2=highlight,dagger;1=dagger", "Wei Zhang†;Jo Wong*†!", ""),
            ("2=corresponding; 1 = {me}", "Wei Zhang!;Jo Wong*", ""),
            ("1:family=student; 3=me; x", "Wei Zhang;Jo Wong*", "1:family=student; 3=me; x"),
            ("1=\"equal\"", "Wei Zhang†;Jo Wong*", ""),
        ] {
            assert_eq!(noted(annotation), (names.to_owned(), left.to_owned()), "{annotation}");
        }
    }
}
