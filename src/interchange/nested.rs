//! Bullets inside a text: lines that begin with `- `, deeper ones further in.

use crate::value::entry::Bullet;

/// What people begin a bullet with in plain text.
const MARKS: [&str; 10] = ["- ", "* ", "• ", "– ", "· ", "‣ ", "▪ ", "● ", "◦ ", "■ "];

/// Bullets that lie deeper are put beside those at this depth.
const DEEPEST_BULLET: usize = 8;

/// Parts a text into what stands before its bullets and the bullets. Lines that follow a bullet
/// further in go on with it.
pub(super) fn split(text: &str) -> (String, Vec<Bullet>) {
    let mut before: Vec<&str> = vec![];
    let mut bullets: Vec<Bullet> = vec![];
    // The indents of the bullets that the next one may lie in.
    let mut open: Vec<usize> = vec![];
    for line in text.lines().flat_map(apart) {
        let bare = line.trim_start();
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if let Some(item) = MARKS.iter().find_map(|mark| bare.strip_prefix(mark)) {
            open.retain(|outer| *outer < indent);
            open.truncate(DEEPEST_BULLET);
            if let Some(list) = level(&mut bullets, open.len()) {
                list.push(Bullet::from(item.trim()));
            }
            open.push(indent);
        } else if let Some(last) = open.len().checked_sub(1).filter(|_| !bare.is_empty())
            && let Some(bullet) = level(&mut bullets, last).and_then(|list| list.last_mut())
        {
            bullet.text = format!("{} {}", bullet.text, bare.trim_end());
        } else if open.is_empty() {
            before.push(line);
        }
    }
    (before.join("\n").trim().to_owned(), bullets)
}

/// The bullets of one line, where it has several: `• A. • B.`, which is what is left of a list whose
/// lines were joined. A line that begins with words has signs between them, as in `Rust • C`, unless
/// the words announce a list.
fn apart(line: &str) -> Vec<&str> {
    const SIGNS: [char; 6] = ['•', '‣', '▪', '●', '◦', '■'];
    let is_start = |at: usize| {
        let (before, after) = line.split_at_checked(at).unwrap_or_default();
        let mut signs = after.chars();
        signs.next().is_some_and(|c| SIGNS.contains(&c))
            && signs.next().is_some_and(char::is_whitespace)
            && before.chars().next_back().is_none_or(char::is_whitespace)
    };
    let starts: Vec<usize> =
        line.char_indices().map(|(at, _)| at).filter(|at| is_start(*at)).collect();
    let before = starts.first().and_then(|at| line.get(..*at)).unwrap_or_default().trim();
    let is_list = starts.len() > 1 && (before.is_empty() || before.ends_with([':', '.']));
    if !is_list {
        return vec![line];
    }
    let mut pieces = vec![];
    let mut rest = line;
    for at in starts.iter().rev() {
        let (head, piece) = rest.split_at_checked(*at).unwrap_or_default();
        pieces.push(piece.trim_end());
        rest = head;
    }
    // What stands before the first is a line, too, but for the space that sets all of them in.
    if !rest.trim().is_empty() {
        pieces.push(rest.trim_end());
    }
    pieces.reverse();
    pieces
}

/// The list `depth` levels down, each time inside the last bullet.
fn level(bullets: &mut Vec<Bullet>, depth: usize) -> Option<&mut Vec<Bullet>> {
    (0..depth).try_fold(bullets, |list, _| Some(&mut list.last_mut()?.bullets))
}

/// One bullet from the text of a list, which may have bullets inside.
pub(super) fn bullet(text: &str) -> Bullet {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (before, bullets) = split(rest);
    let text = format!("{} {before}", first.trim());
    Bullet { text: text.trim().to_owned(), bullets, ..Bullet::default() }
}

/// Bullets from a text that is all there is: those in it, or else each of its paragraphs.
pub(super) fn all(text: &str) -> Vec<Bullet> {
    let (before, bullets) = split(text);
    let paragraphs = before.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    paragraphs.map(Bullet::from).chain(bullets).collect()
}

/// The text of one bullet with those inside it.
pub(super) fn text(bullet: &Bullet, write: fn(&str) -> String) -> String {
    let mut out = write(&one_line(&bullet.text));
    inside(&bullet.bullets, 0, write, &mut out);
    out
}

/// Bullets as lines.
pub(super) fn lines(bullets: &[Bullet], write: fn(&str) -> String) -> String {
    let mut out = String::new();
    inside(bullets, 0, write, &mut out);
    out.trim_start_matches('\n').to_owned()
}

/// Bullets without a text are left out; what lies in them takes their place.
pub(super) fn solid(bullets: &[Bullet]) -> Vec<&Bullet> {
    let mut out = vec![];
    for bullet in bullets {
        match bullet.text.trim() {
            "" => out.append(&mut solid(&bullet.bullets)),
            _ => out.push(bullet),
        }
    }
    out
}

fn inside(bullets: &[Bullet], depth: usize, write: fn(&str) -> String, out: &mut String) {
    for bullet in solid(bullets) {
        let indent = "  ".repeat(depth);
        out.push_str(&format!("\n{indent}- {}", write(&one_line(&bullet.text))));
        inside(&bullet.bullets, depth + 1, write, out);
    }
}

/// A line break in rich text is a space.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bullets: &[Bullet]) -> String {
        let show = |b: &Bullet| match b.bullets.as_slice() {
            [] => b.text.clone(),
            inner => format!("{}({})", b.text, shown(inner)),
        };
        bullets.iter().map(show).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn bullets_in_texts() {
        for (text, before, bullets) in [
            ("", "", ""),
            ("one\n\ntwo", "one\n\ntwo", ""),
            ("Led:\n- a\n- b\n  c\n\n- d", "Led:", "a|b c|d"),
            ("• a\n  ◦ b\n• c", "", "a(b)|c"),
            ("• Built A. • Ran B. • Led C.", "", "Built A.|Ran B.|Led C."),
            ("Did this: • a • b", "Did this:", "a|b"),
            ("Python • C • Rust", "Python • C • Rust", ""),
            ("• Python • C\n• Rust", "", "Python|C|Rust"),
            ("• one alone", "", "one alone"),
            ("- a\n  - b\n    - c\n  - d\n- e", "", "a(b(c)|d)|e"),
            ("    - a\n  - b\n- c", "", "a|b|c"),
            ("-5 degrees", "-5 degrees", ""),
        ] {
            let (found, list) = split(text);
            assert_eq!((found.as_str(), shown(&list).as_str()), (before, bullets), "{text:?}");
        }
        assert_eq!(shown(&[bullet("- a\n- b\n- c")]), "- a(b|c)");
        assert_eq!(shown(&all("one\n\ntwo\n- a")), "one|two|a");
    }

    #[test]
    fn written_bullets_are_read_as_the_same() {
        let inner = Bullet { bullets: vec!["x".into(), "- y".into()], ..Bullet::from("a\n b") };
        let list = [inner, Bullet::from("c")];
        let plain: fn(&str) -> String = str::to_owned;
        assert_eq!(lines(&list, plain), "- a b\n  - x\n  - - y\n- c");
        assert_eq!(shown(&split(&lines(&list, plain)).1), shown(&list).replace("\n", ""));
        assert_eq!(text(&list[0], plain), "a b\n- x\n- - y");
    }
}
