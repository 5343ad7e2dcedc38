//! What languages are called in English, by their codes in ISO 639.

/// Codes of ISO 639-1 and 639-2, and the name.
#[rustfmt::skip] // A table.
const NAMES: &[(&[&str], &str)] = &[
    (&["ar", "ara"], "Arabic"), (&["bg", "bul"], "Bulgarian"),
    (&["bs", "bos"], "Bosnian"), (&["ca", "cat"], "Catalan"),
    (&["cs", "ces", "cze"], "Czech"), (&["da", "dan"], "Danish"),
    (&["de", "deu", "ger"], "German"), (&["el", "ell", "gre"], "Greek"),
    (&["en", "eng"], "English"), (&["es", "spa"], "Spanish"),
    (&["et", "est"], "Estonian"), (&["eu", "eus", "baq"], "Basque"),
    (&["fa", "fas", "per"], "Persian"), (&["fi", "fin"], "Finnish"),
    (&["fr", "fra", "fre"], "French"), (&["ga", "gle"], "Irish"),
    (&["gl", "glg"], "Galician"), (&["he", "heb"], "Hebrew"),
    (&["hi", "hin"], "Hindi"), (&["hr", "hrv"], "Croatian"),
    (&["hu", "hun"], "Hungarian"), (&["is", "isl", "ice"], "Icelandic"),
    (&["it", "ita"], "Italian"), (&["ja", "jpn"], "Japanese"),
    (&["ko", "kor"], "Korean"), (&["lt", "lit"], "Lithuanian"),
    (&["lv", "lav"], "Latvian"), (&["mk", "mkd", "mac"], "Macedonian"),
    (&["mt", "mlt"], "Maltese"), (&["nl", "nld", "dut"], "Dutch"),
    (&["no", "nor", "nb", "nob"], "Norwegian"), (&["pl", "pol"], "Polish"),
    (&["pt", "por"], "Portuguese"), (&["ro", "ron", "rum"], "Romanian"),
    (&["ru", "rus"], "Russian"), (&["sk", "slk", "slo"], "Slovak"),
    (&["sl", "slv"], "Slovenian"), (&["sq", "sqi", "alb"], "Albanian"),
    (&["sr", "srp"], "Serbian"), (&["sv", "swe"], "Swedish"),
    (&["tr", "tur"], "Turkish"), (&["uk", "ukr"], "Ukrainian"),
    (&["zh", "zho", "chi"], "Chinese"),
];

/// The name of a language, by its code in any case; a name, or a code that is not known, as it is.
pub(super) fn named(code: &str) -> String {
    let small = code.to_lowercase();
    let known = NAMES.iter().find(|(codes, _)| codes.contains(&small.as_str()));
    known.map_or(code, |(_, name)| name).to_owned()
}

/// One level for all skills, or the levels of each: `C1`, or `Listening C1, Reading C2`.
pub(super) fn level(levels: &[(String, String)]) -> String {
    let Some((_, first)) = levels.first() else {
        return String::new();
    };
    if levels.len() > 1 && levels.iter().all(|(_, level)| level == first) {
        return first.clone();
    }
    let each = levels.iter().map(|(skill, level)| format!("{skill} {level}"));
    each.collect::<Vec<_>>().join(", ")
}
