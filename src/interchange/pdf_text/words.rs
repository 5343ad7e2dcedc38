//! Letters of a page to words, and words to the rows that they stand in.

use super::device::Letter;
use crate::interchange::outline::signs::{LEADERS, is_leader};
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A gap that parts two words, in em. Condensed fonts have narrow blanks: 0.17 would glue them.
const WORD_GAP: f64 = 0.12;
/// A gap that parts two pieces of a line, in em.
pub(super) const PART_GAP: f64 = 1.6;
/// Letters without any text behind them stand in this plane of private use, by their code.
const UNKNOWN: u32 = 0xF_0000;
/// Marks that fonts of one byte draw over or under a letter, and what they are in Unicode.
const ACCENTS: &[(char, char)] = &[
    ('´', '\u{301}'),
    ('`', '\u{300}'),
    ('¨', '\u{308}'),
    ('ˆ', '\u{302}'),
    ('˜', '\u{303}'),
    ('˚', '\u{30A}'),
    ('ˇ', '\u{30C}'),
    ('¸', '\u{327}'),
    ('¯', '\u{304}'),
    ('˘', '\u{306}'),
    ('˙', '\u{307}'),
    ('˝', '\u{30B}'),
    ('˛', '\u{328}'),
];

/// A word, or a part of one where its letters are drawn apart.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) letters: Vec<Letter>,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The baseline and the size of most of its letters.
    pub(super) y: f64,
    pub(super) size: f64,
    /// Whether a blank is drawn behind it.
    spaced: bool,
}

/// Words that stand on one line.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// From left to right; at least one.
    pub(super) words: Vec<Word>,
    pub(super) y: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
}

impl Word {
    fn of(letter: Letter) -> Self {
        let Letter { x0, x1, y, size, .. } = letter;
        Self { letters: vec![letter], x0, x1, y, size, spaced: false }
    }

    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.text.as_str()).collect()
    }

    /// How many letters it has.
    fn count(&self) -> usize {
        self.letters.iter().map(|letter| letter.text.chars().count()).sum()
    }

    fn add(&mut self, letter: Letter) {
        // Raised and lowered letters are smaller, and the word stays where it is.
        if letter.size > self.size * 1.05 {
            (self.size, self.y) = (letter.size, letter.y);
        }
        self.x0 = self.x0.min(letter.x0);
        self.x1 = self.x1.max(letter.x1);
        self.letters.push(letter);
    }

    fn append(&mut self, other: Self) {
        self.spaced = other.spaced;
        other.letters.into_iter().for_each(|letter| self.add(letter));
    }
}

impl Row {
    pub(super) fn x0(&self) -> f64 {
        self.words.iter().map(|word| word.x0).fold(f64::MAX, f64::min)
    }

    pub(super) fn x1(&self) -> f64 {
        self.words.iter().map(|word| word.x1).fold(f64::MIN, f64::max)
    }
}

/// Whether nobody but a font knows what the letter means.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

/// The letter that stands for a code of which nothing is known.
pub(super) fn unknown(code: u32) -> char {
    char::from_u32(UNKNOWN + (code & 0xFFFF)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The words of letters in the order of their drawing. All stand upright.
pub(super) fn words(letters: Vec<Letter>) -> Vec<Word> {
    let mut words: Vec<Word> = vec![];
    let mut open = false;
    for letter in with_accents(once_each(letters)) {
        if letter.text.trim().is_empty() {
            if let Some(word) = words.last_mut() {
                word.spaced |= open;
            }
            open = false;
            continue;
        }
        let joins = words.last().is_some_and(|word| open && is_next(word, &letter));
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.add(letter),
            None => words.push(Word::of(letter)),
        }
        open = true;
    }
    words
}

/// Whether a letter goes on with a word.
fn is_next(word: &Word, letter: &Letter) -> bool {
    let (large, small) = (word.size.max(letter.size), word.size.min(letter.size));
    let gap = letter.x0 - word.x1;
    (letter.y - word.y).abs() < 0.45 * large && gap < WORD_GAP * small && gap > -0.5 * letter.size
}

/// The letters without those that are drawn a second time in their place, as programs do that have
/// no bold font: what is drawn twice in one colour is bold.
fn once_each(letters: Vec<Letter>) -> Vec<Letter> {
    let mut kept: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut places: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for mut letter in letters {
        letter.text = cleaned(&letter.text);
        if letter.text.is_empty() {
            continue;
        }
        if letter.text.trim().is_empty() {
            kept.push(letter);
            continue;
        }
        let near = (letter.size * WORD_GAP).max(0.05);
        // A grid of one pt, of which the cells around are looked at, too.
        let cell = |x: f64, y: f64| (x.floor() as i64, y.floor() as i64);
        let (left, top) = cell(letter.x0 - near, letter.y - near);
        let (right, bottom) = cell(letter.x0 + near, letter.y + near);
        let cells = (left..=right.min(left + 64))
            .flat_map(|x| (top..=bottom.min(top + 64)).map(move |y| (x, y)));
        let twin = cells.filter_map(|cell| places.get(&cell)).flatten().copied().find(|i| {
            kept.get(*i).is_some_and(|other| {
                other.text == letter.text
                    && (other.size - letter.size).abs() < 0.05 * letter.size
                    && (other.x0 - letter.x0).abs() < near
                    && (other.y - letter.y).abs() < near
            })
        });
        if let Some(twin) = twin.and_then(|i| kept.get_mut(i)) {
            if twin.colour == letter.colour {
                twin.look.weight = twin.look.weight.max(700);
            }
            continue;
        }
        let here = places.entry(cell(letter.x0, letter.y)).or_default();
        // A place that holds this many letters is a drawing made of letters.
        if here.len() < 16 {
            here.push(kept.len());
        }
        kept.push(letter);
    }
    kept
}

/// Puts the marks that are drawn over a letter into it.
fn with_accents(letters: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        let Some(before) = out.last_mut() else {
            out.push(letter);
            continue;
        };
        // A mark is drawn before its letter or after it.
        let composed = match (accent(before), accent(&letter)) {
            (Some(mark), None) => over(before, &letter).then(|| with(&letter.text, mark)),
            (None, Some(mark)) => over(&letter, before).then(|| with(&before.text, mark)),
            _ => None,
        };
        match composed.flatten() {
            Some(text) => {
                let base = if accent(before).is_some() { letter } else { before.clone() };
                *before = Letter { text, ..base };
            }
            None => out.push(letter),
        }
    }
    out
}

fn accent(letter: &Letter) -> Option<char> {
    let mut chars = letter.text.chars();
    let (one, None) = (chars.next()?, chars.next()) else { return None };
    let known = ACCENTS.iter().find(|(spacing, _)| *spacing == one).map(|(_, mark)| *mark);
    known.or_else(|| Some(one).filter(|c| is_combining_mark(*c)))
}

/// Whether a mark stands above or below a letter and not beside it.
fn over(mark: &Letter, base: &Letter) -> bool {
    let middle = (mark.x0 + mark.x1) / 2.0;
    let within = middle > base.x0 - 0.1 * base.size && middle < base.x1 + 0.1 * base.size;
    within
        && (mark.y - base.y).abs() < base.size
        && base.text.chars().next().is_some_and(char::is_alphabetic)
}

/// The letter with the mark, if there is such.
fn with(base: &str, mark: char) -> Option<String> {
    let base = match base {
        "ı" => "i",
        "ȷ" => "j",
        base => base,
    };
    let composed: String = base.chars().chain([mark]).nfc().collect();
    (composed.chars().count() == base.chars().count()).then_some(composed)
}

/// The text of a letter as it is typed.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Ligatures and the forms that Arabic letters take in a word are for the eye only.
            '\u{FB00}'..='\u{FB06}' | '\u{FB13}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}' => {
                out.extend([c].into_iter().nfkc());
            }
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => out.push(' '),
            '\u{AD}' | '\u{2010}' | '\u{2011}' => out.push('-'),
            // Fonts of symbols in Word's own encoding.
            '\u{F0B7}' => out.push('•'),
            '\u{F0A7}' => out.push('▪'),
            '\u{F0D8}' => out.push('➢'),
            '\u{F0FC}' => out.push('✓'),
            '\u{F076}' => out.push('❖'),
            // Direction and joining are for a typesetter.
            '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}' => {}
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.nfc().collect()
}

/// The rows that words stand in, from the top.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Row> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Row> = vec![];
    for word in words {
        let recent = rows.len().saturating_sub(12);
        let row = rows.iter_mut().skip(recent).rev().find(|row| stands_in(&word, row));
        match row {
            Some(row) => {
                if word.size > row.size {
                    (row.size, row.y) = (word.size, word.y);
                }
                row.words.push(word);
            }
            None => rows.push(Row { y: word.y, size: word.size, words: vec![word] }),
        }
    }
    for row in &mut rows {
        row.words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let words = without_leaders(joined(std::mem::take(&mut row.words)));
        let words = in_reading_order(words);
        row.size = usual_size(&words);
        // The line stands where most of its letters do, not where the largest does.
        let usual = words.iter().find(|word| (word.size - row.size).abs() < 0.3);
        row.y = usual.map_or(row.y, |word| word.y);
        row.words = words;
    }
    rows.retain(|row| !row.words.is_empty());
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    rows
}

/// The words of a row without the dots that lead from one piece to the next: these leave a wide
/// gap.
fn without_leaders(words: Vec<Word>) -> Vec<Word> {
    let dots = |word: &Word| word.text().chars().all(is_leader);
    let mut out = vec![];
    for mut word in words {
        // Dots that touch the word before them.
        let trailing = |letter: &Letter| letter.text.chars().all(is_leader);
        let tail = word.letters.iter().rev().take_while(|letter| trailing(letter)).count();
        if tail >= LEADERS && tail < word.letters.len() {
            word.letters.truncate(word.letters.len() - tail);
            word.x1 = word.letters.iter().map(|letter| letter.x1).fold(word.x0, f64::max);
        }
        out.push(word);
    }
    let mut kept: Vec<Word> = vec![];
    for stretch in out.chunk_by(|a, b| dots(a) == dots(b)) {
        let count: usize = stretch.iter().map(Word::count).sum();
        if !stretch.first().is_some_and(dots) || count < LEADERS {
            kept.extend(stretch.iter().cloned());
            continue;
        }
        // The first of them may touch the point of the word before.
        if let Some(before) = kept.last_mut()
            && before.text().ends_with("..")
        {
            before.letters.pop();
        }
    }
    kept
}

/// Whether a word has the baseline of a row. One of another size may stand raised or lowered, if
/// it stands close to a neighbour.
fn stands_in(word: &Word, row: &Row) -> bool {
    let (large, small) = (word.size.max(row.size), word.size.min(row.size));
    let off = (word.y - row.y).abs();
    if small >= 0.85 * large {
        return off <= 0.28 * large;
    }
    let close = |other: &Word| {
        let gap = (word.x0 - other.x1).max(other.x0 - word.x1);
        gap > -1.0 && gap < 0.6 * large
    };
    off <= 0.28 * small || (off <= 0.42 * large && row.words.iter().any(close))
}

/// The size that most letters have.
fn usual_size(words: &[Word]) -> f64 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for letter in words.iter().flat_map(|word| &word.letters) {
        let count = letter.text.chars().count();
        *counts.entry((letter.size * 10.0).round() as i64).or_default() += count;
    }
    let most = counts.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(0.0, |(size, _)| size as f64 / 10.0)
}

/// Puts pieces of words together that were drawn apart, and letters that are spaced.
fn joined(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = vec![];
    for word in words {
        match out.last_mut() {
            Some(before) if !before.spaced && is_piece(before, &word, WORD_GAP) => {
                before.append(word);
            }
            _ => out.push(word),
        }
    }
    let mut rest = out;
    let mut all = vec![];
    while !rest.is_empty() {
        let wide =
            |pair: &[Word]| matches!(pair, [a, b] if b.x0 - a.x1 > PART_GAP * a.size.max(b.size));
        let end = rest.windows(2).position(wide).map_or(rest.len(), |i| i + 1);
        let after = rest.split_off(end.min(rest.len()));
        all.extend(unspaced(std::mem::replace(&mut rest, after)));
    }
    all
}

/// Whether a word goes on with the one before it, if words are parted by `most` em.
fn is_piece(before: &Word, word: &Word, most: f64) -> bool {
    let gap = word.x0 - before.x1;
    let small = before.size.min(word.size);
    gap < most * small && gap > -0.5 * small
}

/// Puts the letters of `E D U C A T I O N` together.
fn unspaced(words: Vec<Word>) -> Vec<Word> {
    let letters_of = |word: &Word| {
        word.letters.iter().all(|letter| letter.text.chars().all(char::is_alphabetic))
    };
    let short = words.iter().filter(|word| word.count() <= 2 && letters_of(word)).count();
    let single = words.iter().filter(|word| word.count() == 1).count();
    // `I am a graduate in` has short words, too, but few of one letter.
    if words.len() < 4 || short * 5 < words.len() * 4 || single * 5 < words.len() * 3 {
        return words;
    }
    let mut gaps: Vec<f64> = words
        .windows(2)
        .filter_map(|pair| if let [a, b] = pair { Some(b.x0 - a.x1) } else { None })
        .collect();
    gaps.sort_by(f64::total_cmp);
    let Some(usual) = gaps.get(gaps.len() / 2).copied().filter(|gap| *gap > 0.0) else {
        return words;
    };
    // Where blanks are typed between all letters, only the wider ones part words.
    let typed = words.iter().filter(|word| word.spaced).count() * 2 > words.len();
    let mut out: Vec<Word> = vec![];
    for word in words {
        let next = |before: &Word| (typed || !before.spaced) && word.x0 - before.x1 <= 1.6 * usual;
        match out.last_mut().filter(|before| next(before)) {
            Some(before) => before.append(word),
            None => out.push(word),
        }
    }
    out
}

fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Words from left to right in the order in which they are read: Arabic and Hebrew the other way.
fn in_reading_order(mut words: Vec<Word>) -> Vec<Word> {
    let turned =
        |word: &Word| word.letters.iter().any(|letter| letter.text.chars().any(is_from_right));
    if !words.iter().any(turned) {
        return words;
    }
    for word in words.iter_mut().filter(|word| turned(word)) {
        word.letters.sort_by(|a, b| b.x0.total_cmp(&a.x0));
        // Numbers run from left to right all the same.
        let digit = |letter: &Letter| letter.text.chars().all(|c| c.is_ascii_digit());
        for stretch in word.letters.chunk_by_mut(|a, b| digit(a) && digit(b)) {
            if stretch.first().is_some_and(digit) {
                stretch.reverse();
            }
        }
    }
    let near =
        |a: &Word, b: &Word| turned(a) == turned(b) && b.x0 - a.x1 < PART_GAP * a.size.max(b.size);
    for stretch in words.chunk_by_mut(near) {
        if stretch.first().is_some_and(turned) {
            stretch.reverse();
        }
    }
    words
}
