//! Letters without case and accents, for comparing names.

use unicode_normalization::char::decompose_canonical;

/// Letters that no accent can be taken off, and the plain ones that they are compared as.
const PLAIN: &[(&str, &str)] = &[
    ("đð", "d"),
    ("ħ", "h"),
    ("ı", "i"),
    ("łŀ", "l"),
    ("ø", "o"),
    ("ŧ", "t"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
    ("ς", "σ"),
    // The forms of Persian, and what is typed for them on an Arabic keyboard.
    ("یى", "ي"),
    ("ک", "ك"),
];

/// Whether a sign is a vowel or another mark of Hebrew or Arabic: most people leave them out.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The marks that make `が` of `か` and `ぱ` of `は`: other letters, not accents.
const KANA_MARKS: [char; 2] = ['\u{3099}', '\u{309a}'];

/// Small letters without accents; what is no letter or digit is left out.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        plain(c, |p| {
            if p.is_alphanumeric() || KANA_MARKS.contains(&p) {
                folded.push(p);
            }
        });
    }
    folded
}

/// Calls `see` with the letters that `c` is compared as: small and without accents. An accent alone
/// gives nothing. Letters are taken apart (canonical decomposition), so that composed and
/// decomposed text give the same.
pub fn plain(c: char, mut see: impl FnMut(char)) {
    let mut see_part = |part: char| match PLAIN.iter().find(|(letters, _)| letters.contains(part)) {
        Some((_, plain)) if !part.is_ascii() => plain.chars().for_each(&mut see),
        _ if ('\u{300}'..='\u{36f}').contains(&part) || is_point(part) => {}
        _ => see(part),
    };
    for c in c.to_lowercase() {
        decompose_canonical(c, &mut see_part);
    }
}

/// Chinese, Japanese or Korean script.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        || c == '々'
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn folding() {
        for (text, expected) in [
            ("Wong", "wong"),
            ("Łukasz", "lukasz"),
            ("Ångström-Ñandú", "angstromnandu"),
            ("Nguyễn", "nguyen"),
            ("O’Brien", "obrien"),
            ("e\u{301}", "e"),
            ("Großæ", "grossae"),
            ("张伟", "张伟"),
            ("Краевой", "краевои"),
            ("Γιώργος", "γιωργοσ"),
            ("かがみ", "かか\u{3099}み"),
            ("أحمد", "احمد"),
            ("مُحَمَّد", "محمد"),
            ("علی کاظمی", "عليكاظمي"),
            ("דָּוִד", "דוד"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
            assert_eq!(fold(&text.nfd().to_string()), expected, "{text}, decomposed");
        }
    }
}
