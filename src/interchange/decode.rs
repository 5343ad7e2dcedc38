//! Bytes of a foreign file as text, whatever wrote them.

use super::HEAD;
use crate::value::clean::clean;

/// The text of `bytes`, without control characters, and in words the encoding if it is not UTF-8.
#[must_use]
pub(super) fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => unmarked(rest),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes), Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes), Some("UTF-16")),
        // A text in Latin letters without a mark at its head.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => {
            (utf16(bytes, u16::from_le_bytes), Some("UTF-16"))
        }
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => {
            (utf16(bytes, u16::from_be_bytes), Some("UTF-16"))
        }
        _ => unmarked(bytes),
    };
    (clean(&text).0.into_owned(), encoding)
}

/// The text at the head of `bytes`, as much as tells what it is.
#[must_use]
pub(super) fn head(bytes: &[u8]) -> String {
    decode(bytes.get(..HEAD).unwrap_or(bytes)).0
}

fn unmarked(bytes: &[u8]) -> (String, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (western(bytes), Some("Windows-1252")),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Windows-1252, of which Latin-1 is a part. Lines that are UTF-8 stay so: bibliographies grow from
/// several sources.
fn western(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.extend(line.iter().map(|b| western_char(*b))),
        }
    }
    text
}

fn western_char(byte: u8) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match byte {
        0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)),
        _ => None,
    }
    .unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let utf16 = |text: &str, mark: bool| -> Vec<u8> {
            let head = if mark { "\u{feff}" } else { "" };
            head.chars()
                .chain(text.chars())
                .collect::<String>()
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect()
        };
        for (bytes, text, encoding) in [
            (b"".to_vec(), "", None),
            ("Łódź\r\n".as_bytes().to_vec(), "Łódź\n", None),
            ("\u{feff}é\0".as_bytes().to_vec(), "é", None),
            (b"Universit\xe4t \x96 \x80".to_vec(), "Universität – €", Some("Windows-1252")),
            (b"\xc3\xa9\n\xe9".to_vec(), "é\né", Some("Windows-1252")),
            (utf16("Zoë", true), "Zoë", Some("UTF-16")),
            (utf16("@a{é", false), "@a{é", Some("UTF-16")),
            (b"\xfe\xff\0Z\0".to_vec(), "Z", Some("UTF-16")),
        ] {
            assert_eq!(decode(&bytes), (text.to_owned(), encoding), "{bytes:?}");
        }
    }
}
