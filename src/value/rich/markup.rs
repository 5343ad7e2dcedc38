//! Reads the light markup of prose into styled runs: one pass over the characters, no way to fail.

use super::{Part, Quotes, Rich, Shift, Span, Style, address, quotes};
use crate::value::math;
use std::{collections::BTreeMap, ops::Range, sync::Arc};

/// Brackets nested deeper than this in an address are not an address.
const MAX_URL_DEPTH: usize = 32;

/// Reads text with markup; straight quotation marks become `quotes`, if there are any.
pub(super) fn parse(source: &str, quotes: Option<&Quotes>) -> Rich {
    let mut reader = Reader::new(source);
    reader.read();
    reader.pair_stars(0);
    if let Some(quotes) = quotes.filter(|_| source.contains(['"', '\''])) {
        curl(&mut reader.tokens, quotes);
    }
    render(&reader.tokens)
}

/// Curls the marks in the words of a text, which stand beside code, formulas and addresses.
fn curl(tokens: &mut [Token], given: &Quotes) {
    let stretch = |token: &Token| match token {
        Token::Text(text) => (text.clone(), true),
        Token::Code(text) | Token::Shifted(_, text) | Token::Literal(text) => (text.clone(), false),
        Token::Address { text, .. } => (text.clone(), false),
        Token::Math { .. } => ("x".to_owned(), false),
        Token::Stars(stars) => ("*".repeat(stars.unpaired), false),
        Token::LinkStart(None) => ("[".to_owned(), false),
        Token::LinkStart(Some(_)) | Token::LinkEnd => (String::new(), false),
    };
    let mut stretches: Vec<_> = tokens.iter().map(stretch).collect();
    quotes::curl(&mut stretches, given);
    for (token, (curled, _)) in tokens.iter_mut().zip(stretches) {
        if let Token::Text(text) = token {
            *text = curled;
        }
    }
}

/// A formula that is printed as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMaths {
    /// The formula with its dollar signs.
    pub formula: String,
    /// The command in it that is not understood, with its arguments.
    pub command: String,
}

/// The formulas of a text that are not understood, in order.
#[must_use]
pub fn unknown_maths(source: &str) -> Vec<UnknownMaths> {
    let mut reader = Reader::new(source);
    reader.read();
    let formulas = reader.tokens.iter().filter_map(|token| match token {
        Token::Math { source, signs } => {
            let signs = "$".repeat(*signs);
            let command = math::unknown_command(source)?;
            Some(UnknownMaths { formula: format!("{signs}{source}{signs}"), command })
        }
        _ => None,
    });
    formulas.collect()
}

/// The source in pieces, each with its part in the markup; together they are all of it. With each
/// piece of text stands what is printed of it.
pub(super) fn pieces(source: &str) -> Vec<(Span, String)> {
    let mut reader = Reader::new(source);
    reader.read();
    reader.pair_stars(0);
    let mut spans = Spans { out: vec![], style: Style::default(), link: false };
    let ends = reader.starts.iter().skip(1).copied().chain([reader.chars.len()]);
    // White space at the start belongs to no token.
    spans.text(0..reader.starts.first().copied().unwrap_or(reader.chars.len()), "");
    for ((token, start), end) in reader.tokens.iter().zip(&reader.starts).zip(ends) {
        spans.token(token, *start..end);
    }
    // From characters to bytes.
    let mut bytes: Vec<usize> = source.char_indices().map(|(at, _)| at).collect();
    bytes.push(source.len());
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(source.len());
    for (span, _) in &mut spans.out {
        span.range = byte(span.range.start)..byte(span.range.end);
    }
    spans.out
}

/// Collects [`Span`]s; their ranges count characters.
struct Spans {
    out: Vec<(Span, String)>,
    style: Style,
    link: bool,
}

impl Spans {
    fn add(&mut self, range: Range<usize>, part: Part) {
        self.push(range, part, "");
    }

    /// A piece of text, and what is printed of it.
    fn text(&mut self, range: Range<usize>, printed: &str) {
        self.push(range, Part::Text, printed);
    }

    fn push(&mut self, range: Range<usize>, part: Part, printed: &str) {
        if !range.is_empty() {
            let span = Span { range, part, style: self.style, link: self.link };
            self.out.push((span, printed.to_owned()));
        }
    }

    fn token(&mut self, token: &Token, range: Range<usize>) {
        match token {
            Token::Text(text) | Token::Literal(text) => self.text(range, text),
            Token::LinkStart(None) => self.text(range, "["),
            Token::Code(_) => {
                let style = std::mem::replace(&mut self.style.code, true);
                self.add(range, Part::Whole);
                self.style.code = style;
            }
            Token::Address { bare: true, text, .. } => self.text(range, text),
            Token::Address { .. } | Token::Math { .. } | Token::Shifted(..) => {
                self.add(range, Part::Whole);
            }
            Token::Stars(stars) => {
                let width = |e: &Emphasis| 2 * usize::from(e.bold) + usize::from(e.italic);
                let closed = range.start + width(&stars.closes);
                let opening = closed + stars.unpaired;
                let end = opening + width(&stars.opens);
                self.add(range.start..closed, Part::Stars);
                self.style.bold &= !stars.closes.bold;
                self.style.italic &= !stars.closes.italic;
                self.text(closed..opening, &"*".repeat(stars.unpaired));
                self.style.bold |= stars.opens.bold;
                self.style.italic |= stars.opens.italic;
                self.add(opening..end, Part::Stars);
                // White space at the end of the text belongs to no token.
                self.text(end..range.end, "");
            }
            Token::LinkStart(Some(_)) => {
                self.link = true;
                self.add(range, Part::Bracket);
            }
            Token::LinkEnd => {
                self.add(range, Part::Bracket);
                self.link = false;
            }
        }
    }
}

/// A piece of the text, before it is known which marks have partners.
enum Token {
    Text(String),
    /// A quotation mark that is meant as it stands.
    Literal(String),
    Code(String),
    /// A formula and how many dollar signs stand on each side of it.
    Math {
        source: String,
        signs: usize,
    },
    Shifted(Shift, String),
    /// An address in running text: what is printed, where it leads, and whether it has no `<>`
    /// around it.
    Address {
        text: String,
        url: Arc<str>,
        bare: bool,
    },
    Stars(Stars),
    /// A `[`, with the address once it has turned out to start a link.
    LinkStart(Option<Arc<str>>),
    LinkEnd,
}

/// A run of one to three `*`.
#[derive(Default)]
struct Stars {
    can_open: bool,
    can_close: bool,
    /// How many have no partner (yet).
    unpaired: usize,
    opens: Emphasis,
    closes: Emphasis,
}

#[derive(Default)]
struct Emphasis {
    bold: bool,
    italic: bool,
}

/// A `[` that still waits for its `]`.
struct Bracket {
    token: usize,
    /// How many runs of stars came before it.
    stars: usize,
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    /// Where the token that is being read starts.
    from: usize,
    tokens: Vec<Token>,
    /// Where each token starts.
    starts: Vec<usize>,
    /// The tokens that are stars and not yet paired.
    stars: Vec<usize>,
    brackets: Vec<Bracket>,
    /// Where the last stars that are signs of a product end.
    product_end: Option<usize>,
    /// Where runs of backquotes start, by their length: finds the end of code without searching.
    backquotes: BTreeMap<usize, Vec<usize>>,
}

impl Reader {
    fn new(source: &str) -> Self {
        let chars: Vec<char> = source.chars().collect();
        let mut backquotes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut start = 0;
        for run in chars.chunk_by(|a, b| a == b) {
            if run.first() == Some(&'`') {
                backquotes.entry(run.len()).or_default().push(start);
            }
            start += run.len();
        }
        Self {
            chars,
            at: 0,
            from: 0,
            tokens: Vec::new(),
            starts: Vec::new(),
            stars: Vec::new(),
            brackets: Vec::new(),
            product_end: None,
            backquotes,
        }
    }

    fn read(&mut self) {
        while let Some(c) = self.char(self.at) {
            self.from = self.at;
            match c {
                '\\' => self.escape(),
                '`' => self.code(),
                '$' => self.math(),
                '^' | '_' if self.char(self.at + 1) == Some('{') => self.shifted(c),
                '*' => self.star_run(),
                '[' => {
                    let bracket = Bracket { token: self.tokens.len(), stars: self.stars.len() };
                    self.brackets.push(bracket);
                    self.push(Token::LinkStart(None));
                    self.at += 1;
                }
                ']' => self.bracket_end(),
                '-' => self.dashes(),
                '<' | 'h' | 'H' | 'w' | 'W' => self.address(c == '<'),
                ' ' | '\t' | '\n' | '\r' => self.space(),
                _ => self.literal(1),
            }
        }
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The character after a backslash at `at`, if the backslash makes it literal.
    fn escaped(&self, at: usize) -> Option<char> {
        self.char(at + 1).filter(char::is_ascii_punctuation)
    }

    fn run_length(&self, at: usize) -> usize {
        let run = self.chars.get(at..).unwrap_or_default();
        run.iter().take_while(|c| Some(*c) == run.first()).count()
    }

    fn push(&mut self, token: Token) {
        self.tokens.push(token);
        self.starts.push(self.from);
    }

    fn text(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Text(last)) => last.push_str(text),
            _ => self.push(Token::Text(text.to_owned())),
        }
    }

    /// Takes the next `count` characters as they are.
    fn literal(&mut self, count: usize) {
        let text: String = self.chars.iter().skip(self.at).take(count).collect();
        self.text(&text);
        self.at += count;
    }

    fn escape(&mut self) {
        match self.escaped(self.at) {
            Some(mark @ ('"' | '\'')) => {
                self.push(Token::Literal(mark.to_string()));
                self.at += 2;
            }
            Some(_) => {
                self.at += 1;
                self.literal(1);
            }
            None => self.literal(1),
        }
    }

    fn space(&mut self) {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let run = rest.iter().take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        let count = run.clone().count();
        let breaks = run.clone().any(|c| *c == '\n');
        let is_edge = self.at == 0 || count == rest.len();
        match (breaks, is_edge) {
            (true, true) => {}
            (true, false) => self.text(" "),
            (false, _) => self.text(&" ".repeat(count)),
        }
        self.at += count;
    }

    fn dashes(&mut self) {
        let count = self.run_length(self.at);
        match count {
            2 if self.is_option(self.at) => return self.literal(count),
            2 => self.text("–"),
            3 => self.text("—"),
            _ => return self.literal(count),
        }
        self.at += count;
    }

    /// An address in running text, with or without brackets around it.
    fn address(&mut self, is_bracketed: bool) {
        let before = self.at.checked_sub(1).and_then(|at| self.char(at));
        let start = self.at + usize::from(is_bracketed);
        let rest = self.chars.get(start..).unwrap_or_default();
        let is_inside = before.is_some_and(|c| c.is_alphanumeric() || "@/.:-_=".contains(c));
        let found = if is_bracketed {
            address::enclosed(rest)
        } else if is_inside {
            None
        } else {
            address::leading(rest)
        };
        let Some(found) = found else { return self.literal(1) };
        self.push(Token::Address { text: found.text, url: found.url.into(), bare: !is_bracketed });
        self.at = start + found.length + usize::from(is_bracketed);
    }

    /// Whether the two hyphens at `at` are no dash: those of an option (`--release`) or behind a
    /// name (`C--`). A dash stands between two things, or with blanks on both sides; behind a
    /// number it leaves a range open.
    fn is_option(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.char(at));
        let after = self.char(at + 2);
        let is_closed = at
            .checked_sub(2)
            .and_then(|at| self.char(at))
            .is_some_and(|c| !c.is_whitespace() && c != '\u{2060}');
        let opens = before.is_none_or(|c| match c {
            '"' | '\'' => !is_closed,
            // The word joiner stands around what is read piece by piece.
            _ => c.is_whitespace() || "([{<“‘„«/|=`\u{2060}".contains(c),
        });
        let is_quote = after.is_some_and(|c| matches!(c, '"' | '\'' | '*'))
            && !self.char(at + 3).is_some_and(char::is_alphanumeric);
        let closes = is_quote
            || after.is_none_or(|c| c.is_whitespace() || ",;.:!?)]}>/|”’»=+\u{2060}".contains(c));
        match (opens, closes) {
            (true, false) => true,
            (false, true) => before.is_some_and(char::is_alphabetic),
            (true, true) | (false, false) => false,
        }
    }

    /// Whether the stars at `at` are signs of a product or power: `a*b*c`, `x**2`. On the left
    /// stands a letter or a number alone, and what stands on the right is not closed by stars of
    /// its own.
    fn is_product(&self, at: usize, count: usize) -> bool {
        let is_operand = |c: &char| c.is_alphanumeric() && *c < '\u{2e80}';
        let left = self.chars.get(..at).unwrap_or_default();
        let left: Vec<char> = left.iter().rev().take_while(|c| is_operand(c)).copied().collect();
        let is_alone = left.len() == 1 || left.iter().all(char::is_ascii_digit);
        let right = self.chars.get(at + count..).unwrap_or_default();
        let width = right.iter().take_while(|c| is_operand(c)).count();
        if left.is_empty() || !is_alone || width == 0 {
            return false;
        }
        let before = at.checked_sub(left.len() + 1);
        // In `**a**b` the first stars are marks, in `a*b*c` they are not.
        let is_marked = before.is_some_and(|at| self.char(at) == Some('*'));
        if is_marked && self.product_end != before.map(|at| at + 1) {
            return false;
        }
        let next = at + count + width;
        self.char(next) != Some('*')
            || self.char(next + self.run_length(next)).is_some_and(|c| is_operand(&c))
    }

    fn code(&mut self) {
        let count = self.run_length(self.at);
        let start = self.at + count;
        let end = self
            .backquotes
            .get(&count)
            .and_then(|starts| starts.get(starts.partition_point(|end| *end < start)).copied());
        let Some(end) = end else {
            return self.literal(count);
        };
        let content = self.chars.get(start..end).unwrap_or_default();
        let code: String = content.iter().map(|c| if *c == '\n' { ' ' } else { *c }).collect();
        // One space inside each end keeps backquotes apart and is not part of the code.
        let bare = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
        let code = bare.filter(|bare| !bare.trim().is_empty()).unwrap_or(&code).to_owned();
        self.push(Token::Code(code));
        self.at = end + count;
    }

    /// As in pandoc, so that sums of money stay: no space inside the dollar signs, no digit after
    /// the last; and what stands between them can be a formula.
    fn math(&mut self) {
        let count = self.run_length(self.at);
        let start = self.at + count;
        match self.math_end(start).filter(|end| count <= 2 && self.run_length(*end) == count) {
            Some(end) if self.is_formula(start, end, count) => {
                let content = self.chars.get(start..end).unwrap_or_default();
                self.push(Token::Math { source: content.iter().collect(), signs: count });
                self.at = end + count;
            }
            _ => self.literal(count),
        }
    }

    /// Whether the text from `start` to `end`, between `count` dollar signs on both sides, is a
    /// formula.
    fn is_formula(&self, start: usize, end: usize, count: usize) -> bool {
        let before = start.checked_sub(count + 1).and_then(|at| self.char(at));
        let content: String = self.chars.get(start..end).unwrap_or_default().iter().collect();
        math::is_formula(before, &content, self.char(end + count))
    }

    /// The next dollar sign, if it can end maths. Never looks past it, which keeps the whole
    /// linear.
    fn math_end(&self, start: usize) -> Option<usize> {
        if self.char(start)?.is_whitespace() {
            return None;
        }
        let mut at = start;
        let mut last = ' ';
        loop {
            match self.char(at)? {
                '\\' if self.escaped(at).is_some() => {
                    last = '\\';
                    at += 2;
                }
                '$' => break,
                c => {
                    last = c;
                    at += 1;
                }
            }
        }
        let after = self.char(at + self.run_length(at));
        let ends = !last.is_whitespace() && !after.is_some_and(|c| c.is_ascii_digit());
        ends.then_some(at)
    }

    /// `^{…}` and `_{…}`. A brace inside ends the attempt, which keeps the whole linear.
    fn shifted(&mut self, mark: char) {
        let mut content = String::new();
        let mut at = self.at + 2;
        loop {
            match self.char(at) {
                None | Some('{') => return self.literal(1),
                Some('}') => break,
                Some('\\') if self.escaped(at).is_some() => {
                    content.extend(self.escaped(at));
                    at += 2;
                }
                Some(c) => {
                    content.push(if c == '\n' { ' ' } else { c });
                    at += 1;
                }
            }
        }
        if content.is_empty() {
            return self.literal(1);
        }
        let shift = if mark == '^' { Shift::Super } else { Shift::Sub };
        self.push(Token::Shifted(shift, content));
        self.at = at + 1;
    }

    fn star_run(&mut self) {
        let count = self.run_length(self.at);
        let before = self.at.checked_sub(1).and_then(|at| self.char(at));
        let after = self.char(self.at + count);
        let (can_open, can_close) = flanks(before, after);
        if count > 3 || !(can_open || can_close) {
            return self.literal(count);
        }
        if self.is_product(self.at, count) {
            self.literal(count);
            self.product_end = Some(self.at);
            return;
        }
        self.stars.push(self.tokens.len());
        let stars = Stars { can_open, can_close, unpaired: count, ..Stars::default() };
        self.push(Token::Stars(stars));
        self.at += count;
    }

    fn bracket_end(&mut self) {
        let Some(bracket) = self.brackets.pop() else {
            return self.literal(1);
        };
        let Some((url, end)) = self.url() else {
            return self.literal(1);
        };
        self.pair_stars(bracket.stars);
        if self.tokens.len() == bracket.token + 1 {
            self.text(&url);
        }
        if let Some(token) = self.tokens.get_mut(bracket.token) {
            *token = Token::LinkStart(Some(url.into()));
        }
        self.push(Token::LinkEnd);
        // A link in a link cannot be: brackets around this one are only brackets.
        self.brackets.clear();
        self.at = end;
    }

    /// The address in `](address)` and where it ends.
    fn url(&self) -> Option<(String, usize)> {
        if self.char(self.at + 1) != Some('(') {
            return None;
        }
        let mut url = String::new();
        let mut depth = 0;
        let mut at = self.at + 2;
        loop {
            match self.char(at)? {
                '\\' if self.escaped(at).is_some() => {
                    url.extend(self.escaped(at));
                    at += 2;
                    continue;
                }
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                '(' if depth == MAX_URL_DEPTH => return None,
                '(' => depth += 1,
                c if c.is_whitespace() || c.is_control() => return None,
                _ => {}
            }
            url.extend(self.char(at));
            at += 1;
        }
        (!url.is_empty()).then_some((url, at + 1))
    }

    /// Finds partners for the stars from the given one on, and is done with them.
    fn pair_stars(&mut self, from: usize) {
        let mut openers = Openers::default();
        for token in self.stars.split_off(from.min(self.stars.len())) {
            let Some(Token::Stars(stars)) = self.tokens.get(token) else {
                continue;
            };
            let (can_open, can_close) = (stars.can_open, stars.can_close);
            let mut left = stars.unpaired;
            let mut closes = Emphasis::default();
            while can_close && let Some((opener, width)) = openers.take(left) {
                left -= width;
                closes.add(width);
                if let Some(Token::Stars(partner)) = self.tokens.get_mut(opener) {
                    partner.unpaired -= width;
                    partner.opens.add(width);
                }
            }
            if let Some(Token::Stars(stars)) = self.tokens.get_mut(token) {
                stars.unpaired = left;
                stars.closes = closes;
            }
            if can_open && left > 0 {
                openers.add(token, left);
            }
        }
    }
}

impl Emphasis {
    fn add(&mut self, width: usize) {
        if width == 2 {
            self.bold = true;
        } else {
            self.italic = true;
        }
    }
}

/// The runs of stars that wait for a partner, innermost last: which token, and how many stars are
/// left.
#[derive(Default)]
struct Openers {
    waiting: Vec<(usize, usize)>,
    /// How many of them can start bold and italic: no search that cannot succeed, hence linear
    /// time.
    bold: usize,
    italic: usize,
}

impl Openers {
    fn add(&mut self, token: usize, left: usize) {
        self.waiting.push((token, left));
        self.bold += usize::from(left >= 2);
        self.italic += usize::from(left % 2 == 1);
    }

    /// The innermost partner for a run of `closing` stars and how many of its stars pair; two stars
    /// are never parted into two single ones. Those inside the partner are passed over and stay
    /// literal.
    fn take(&mut self, closing: usize) -> Option<(usize, usize)> {
        let (wants_bold, wants_italic) = (closing >= 2, closing % 2 == 1);
        if !(wants_bold && self.bold > 0 || wants_italic && self.italic > 0) {
            return None;
        }
        loop {
            let (token, left) = self.waiting.pop()?;
            self.bold -= usize::from(left >= 2);
            self.italic -= usize::from(left % 2 == 1);
            let width = match left {
                2.. if wants_bold => 2,
                1 | 3 if wants_italic => 1,
                _ => continue,
            };
            if left > width {
                self.add(token, left - width);
            }
            return Some((token, width));
        }
    }
}

/// Whether stars between these characters can open and can close emphasis: the rule of Markdown,
/// but Chinese and Japanese text, which has no spaces, counts as a word boundary, and `2*3*4` is a
/// product.
fn flanks(before: Option<char>, after: Option<char>) -> (bool, bool) {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_boundary =
        |c: Option<char>| is_space(c) || is_mark(c) || c.is_some_and(|c| c >= '\u{2e80}');
    if is_digit(before) && is_digit(after) {
        return (false, false);
    }
    let can_open = !is_space(after) && (!is_mark(after) || is_boundary(before));
    let can_close = !is_space(before) && (!is_mark(before) || is_boundary(after));
    (can_open, can_close)
}

fn render(tokens: &[Token]) -> Rich {
    let mut rich = Rich::default();
    let (mut bold, mut italic) = (0usize, 0usize);
    let mut link: Option<Arc<str>> = None;
    for token in tokens {
        let style = Style { bold: bold > 0, italic: italic > 0, ..Style::default() };
        match token {
            Token::Text(text) | Token::Literal(text) => rich.push(text, style, link.clone()),
            Token::Code(text) => rich.push(text, Style { code: true, ..style }, link.clone()),
            Token::Math { source, signs } if math::unknown_command(source).is_some() => {
                let signs = "$".repeat(*signs);
                rich.push(&format!("{signs}{source}{signs}"), style, link.clone());
            }
            Token::Math { source, .. } => math::to_runs(source, style, link.clone(), &mut rich),
            Token::Address { text, url, .. } => {
                // In the text of a link it leads where the link leads.
                rich.push(text, style, link.clone().or_else(|| Some(url.clone())));
            }
            Token::Shifted(shift, text) => {
                rich.push(text, Style { shift: *shift, ..style }, link.clone());
            }
            Token::Stars(stars) => {
                bold -= usize::from(stars.closes.bold);
                italic -= usize::from(stars.closes.italic);
                let style = Style { bold: bold > 0, italic: italic > 0, ..Style::default() };
                rich.push(&"*".repeat(stars.unpaired), style, link.clone());
                bold += usize::from(stars.opens.bold);
                italic += usize::from(stars.opens.italic);
            }
            Token::LinkStart(None) => rich.push("[", style, link.clone()),
            Token::LinkStart(url) => link.clone_from(url),
            Token::LinkEnd => link = None,
        }
    }
    rich
}

#[cfg(test)]
mod tests;
