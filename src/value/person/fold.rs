//! Letters without case and accents, for comparing names.

use unicode_normalization::UnicodeNormalization as _;

/// Letters and the plain ones that they are compared as.
const PLAIN: &[(&str, &str)] = &[
    ("àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "a"),
    ("çćĉċč", "c"),
    ("ďđðḍ", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệ", "e"),
    ("ĝğġģǧ", "g"),
    ("ĥħḥ", "h"),
    ("ìíîïĩīĭįıǐịỉ", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňṇ", "n"),
    ("òóôõöøōŏőǒọỏốồổỗộơớờởỡợ", "o"),
    ("ŕŗřṛ", "r"),
    ("śŝşšșṣ", "s"),
    ("ţťŧțṭ", "t"),
    ("ùúûüũūŭůűųǔǖǘǚǜụủưứừửữự", "u"),
    ("ŵ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżžẓ", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
    ("ё", "е"),
    ("ά", "α"),
    ("έ", "ε"),
    ("ή", "η"),
    ("ίϊΐ", "ι"),
    ("ό", "ο"),
    ("ύϋΰ", "υ"),
    ("ώ", "ω"),
    ("ς", "σ"),
];

/// Small letters without accents; what is no letter or digit is left out.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // However a letter is coded, it is the same: й, が and 한 come in one piece or in several.
    for c in text.nfkc() {
        plain(c, |p| {
            if p.is_alphanumeric() {
                folded.push(p);
            }
        });
    }
    folded
}

/// Calls `see` with the letters that `c` is compared as: small and without accents. An accent alone gives nothing.
pub fn plain(c: char, mut see: impl FnMut(char)) {
    for c in c.to_lowercase().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        let row = PLAIN.iter().find(|(letters, _)| !c.is_ascii() && letters.contains(c));
        match row {
            Some((_, plain)) => plain.chars().for_each(&mut see),
            None => see(c),
        }
    }
}

/// Chinese, Japanese or Korean script.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        || c == '々'
}

#[cfg(test)]
mod tests {
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
            ("и\u{306}", "й"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("か\u{3099}", "が"),
            ("ﬁｎ", "fin"),
            ("Γιώργος", "γιωργοσ"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }
}
