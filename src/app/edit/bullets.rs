//! Edits of highlights: in and out, cut and joined, and made of pasted lines.

use super::{Done, outline::outline, split};
use crate::{at::At, profile::Profile, slot::Slot, value::entry::Bullet};
use std::ops::Range;

/// What joining is called in the Edit menu.
const JOIN: &str = "Join highlights";

pub(super) fn nest(profile: &mut Profile, element: &At, byte: usize) -> Option<Done> {
    let (list, index) = split(element)?;
    let before = index.checked_sub(1)?;
    let bullets = bullets(profile, &list)?;
    (index < bullets.len()).then_some(())?;
    let bullet = bullets.remove(index);
    let parent = bullets.get_mut(before)?;
    parent.bullets.push(bullet);
    let new = list.index(before).field("bullets").index(parent.bullets.len() - 1);
    done("Indent highlight", &new, byte)
}

pub(super) fn unnest(profile: &mut Profile, element: &At, byte: usize) -> Option<Done> {
    let (list, index) = split(element)?;
    let parent = list.parent();
    let (outer, parent_index) = split(&parent)?;
    bullets(profile, &outer)?;
    let inner = bullets(profile, &list)?;
    (index < inner.len()).then_some(())?;
    // Those that follow stay below it, as they do in any outliner.
    let following = inner.split_off(index + 1);
    let mut bullet = inner.pop()?;
    bullet.bullets.extend(following);
    bullets(profile, &outer)?.insert(parent_index + 1, bullet);
    done("Outdent highlight", &outer.index(parent_index + 1), byte)
}

/// Cuts a highlight in two.
pub(super) fn divide(profile: &mut Profile, element: &At, byte: usize) -> Option<Done> {
    let (list, index) = split(element)?;
    let bullets = bullets(profile, &list)?;
    let bullet = bullets.get_mut(index)?;
    let rest = bullet.text.get(byte..)?.trim_start().to_owned();
    let kept = bullet.text.get(..byte)?.trim_end().len();
    if kept == 0 && !rest.is_empty() {
        // An empty highlight before this one, which keeps its switch, its weight and what is inside
        // it.
        bullet.text = rest;
        bullets.insert(index, Bullet::default());
        return done("Add highlight", &list.index(index + 1), 0);
    }
    bullet.text.truncate(kept);
    let new = Bullet {
        show: bullet.show.clone(),
        weight: bullet.weight,
        // What stood below the text goes on standing below it.
        bullets: if rest.is_empty() { vec![] } else { std::mem::take(&mut bullet.bullets) },
        text: rest,
    };
    bullets.insert(index + 1, new);
    done("Add highlight", &list.index(index + 1), 0)
}

/// Puts a highlight's text at the end of the line before it.
pub(super) fn join(profile: &mut Profile, element: &At) -> Option<Done> {
    let (list, index) = split(element)?;
    let Some(before) = index.checked_sub(1) else {
        // The first of nested highlights goes up a level; the first of all stays, unless it is
        // empty.
        if let Some(done) = unnest(profile, element, 0) {
            return Some(done);
        }
        let bullets = bullets(profile, &list)?;
        let empty = bullets.first().is_some_and(|b| b.text.is_empty() && b.bullets.is_empty());
        (empty && bullets.len() > 1).then(|| bullets.remove(0))?;
        return done(JOIN, &list.index(0), 0);
    };
    let bullets = bullets(profile, &list)?;
    (index < bullets.len()).then_some(())?;
    let bullet = bullets.remove(index);
    let mut at = list.index(before);
    let parent = bullets.get_mut(before)?;
    // The text goes to the line above, however deep that is; what was inside stays as deep as it
    // was.
    let mut line = &mut *parent;
    while let Some(last) = line.bullets.len().checked_sub(1) {
        at = at.field("bullets").index(last);
        line = line.bullets.get_mut(last)?;
    }
    let byte = append(&mut line.text, &bullet.text);
    parent.bullets.extend(bullet.bullets);
    done(JOIN, &at, byte)
}

/// Puts the text of the line after a highlight at its end.
pub(super) fn join_next(profile: &mut Profile, element: &At) -> Option<Done> {
    let (list, index) = split(element)?;
    let bullets = bullets(profile, &list)?;
    let bullet = bullets.get_mut(index)?;
    let next = if bullet.bullets.is_empty() {
        (index + 1 < bullets.len()).then_some(())?;
        let next = bullets.remove(index + 1);
        bullets.get_mut(index)?.bullets.extend(next.bullets);
        next.text
    } else {
        let next = bullet.bullets.remove(0);
        bullet.bullets.splice(0..0, next.bullets);
        next.text
    };
    let byte = append(&mut bullets.get_mut(index)?.text, &next);
    done(JOIN, element, byte)
}

/// Pastes lines over a range of bytes of a highlight.
pub(super) fn paste(
    profile: &mut Profile,
    element: &At,
    range: &Range<usize>,
    text: &str,
) -> Option<Done> {
    let (list, index) = split(element)?;
    let mut lines = outline(text).into_iter();
    let bullets = bullets(profile, &list)?;
    let bullet = bullets.get_mut(index)?;
    let first = lines.next()?;
    let tail = bullet.text.get(range.end..)?.to_owned();
    let head = bullet.text.get(..range.start)?.to_owned();
    let mut byte = head.len() + first.text.len();
    bullet.text = head + &first.text;
    bullet.bullets.splice(0..0, first.bullets);
    let mut last = index;
    for new in lines {
        last += 1;
        byte = new.text.len();
        bullets.insert(last, new);
    }
    bullets.get_mut(last)?.text.push_str(&tail);
    done("Paste highlights", &list.index(last), byte)
}

fn done(label: &str, bullet: &At, byte: usize) -> Option<Done> {
    Some(Done { label: label.to_owned(), focus: Some((bullet.field("text"), byte)) })
}

fn bullets<'a>(profile: &'a mut Profile, list: &At) -> Option<&'a mut Vec<Bullet>> {
    match Slot::of(profile, list)? {
        Slot::Bullets(list) => Some(list),
        _ => None,
    }
}

/// Adds text to text, with a space between; gives where it starts.
fn append(text: &mut String, more: &str) -> usize {
    let bare = text.is_empty() || more.is_empty() || text.ends_with(' ');
    text.push_str(if bare { "" } else { " " });
    let byte = text.len();
    text.push_str(more);
    byte
}
