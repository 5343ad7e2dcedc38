//! The last step: document id, compression, bytes.

use super::{Compression, Error};
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, SaveOptions, Stream, StringFormat};
use std::io::Write as _;

/// Below this, a stream grows when compressed.
const WORTH_COMPRESSING: usize = 120;
/// Level 9 takes nearly twice as long and saves less than one percent.
const LEVEL: u32 = 6;

/// A carriage return that ends a stream is taken for a part of the line end before `endstream` (ISO
/// 32000-1, 7.3.8.1 leaves it open), and the length of the stream for wrong.
const BAD_END: &[u8] = b"\r\nendstream";
/// How often something is changed so that no stream ends like that; each time the odds are 1 to
/// 256.
const TRIES: usize = 8;

/// Stands where the id will be until the rest of the file is known.
const NO_ID: &str = "00000000000000000000000000000000";

/// Turns the finished document into bytes.
pub(super) fn save(mut document: Document, compression: Compression) -> Result<Vec<u8>, Error> {
    "1.7".clone_into(&mut document.version);
    pack(
        &mut document,
        match compression {
            Compression::Fast => None,
            Compression::Small => Some(LEVEL),
        },
    )?;
    let blank = Object::String(vec![0; NO_ID.len() / 2], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![blank.clone(), blank]);
    let streams: usize = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .map(|s| s.content.len())
        .sum();
    let mut bytes = Vec::with_capacity(streams + 300 * document.objects.len());
    match compression {
        Compression::Fast => document.save_with_options(&mut bytes, SaveOptions::default())?,
        Compression::Small => {
            // The streams that the crate makes of objects and cross references can end badly, too:
            // cut in another way, they are others.
            let (last_id, trailer) = (document.max_id, document.trailer.clone());
            for attempt in 0..TRIES {
                let options = SaveOptions::builder()
                    .use_object_streams(true)
                    .use_xref_streams(true)
                    .compression_level(LEVEL)
                    .max_objects_per_stream(document.objects.len() / (attempt + 1) + 1)
                    .build();
                bytes.clear();
                // The crate counts the streams that it makes, and notes them in the trailer.
                document.max_id = last_id;
                document.trailer = trailer.clone();
                document.save_with_options(&mut bytes, options)?;
                if !ends_badly(&bytes) {
                    break;
                }
            }
        }
    }
    identify(&mut bytes);
    Ok(bytes)
}

/// A digest for telling contents apart, not for security: the same on every machine and in every
/// version of Rust.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        let mut blocks = part.chunks_exact(8);
        for block in &mut blocks {
            let word = <[u8; 8]>::try_from(block).map_or(0, u64::from_le_bytes);
            hash = (hash ^ u128::from(word)).wrapping_mul(PRIME).rotate_left(29);
        }
        for byte in blocks.remainder() {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
        // Where one part ends is part of the content.
        hash = (hash ^ part.len() as u128).wrapping_mul(PRIME).rotate_left(29);
    }
    hash
}

/// Whether any stream ends in a carriage return.
fn ends_badly(bytes: &[u8]) -> bool {
    let is_end = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(BAD_END));
    bytes.iter().enumerate().any(|(at, byte)| *byte == b'\r' && is_end(at))
}

/// Compresses every stream that may be and gains from it, and sees to it that none ends in a
/// carriage return.
fn pack(document: &mut Document, level: Option<u32>) -> Result<(), Error> {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if stream.dict.has(b"Filter") {
            continue;
        }
        let worth = stream.allows_compression && stream.content.len() >= WORTH_COMPRESSING;
        for _ in 0..TRIES {
            let packed = match level.filter(|_| worth) {
                Some(level) => Some(deflated(&stream.content, level)?),
                None => None,
            };
            if packed.as_ref().unwrap_or(&stream.content).last() != Some(&b'\r') {
                if let Some(packed) = packed {
                    stream.set_content(packed);
                    stream.dict.set("Filter", "FlateDecode");
                }
                break;
            }
            fill(stream);
        }
    }
    Ok(())
}

fn deflated(content: &[u8], level: u32) -> Result<Vec<u8>, Error> {
    let compression = flate2::Compression::new(level);
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 2), compression);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

/// Lengthens a stream by a byte that means nothing: a zero after the tables of a font, a space in
/// text.
fn fill(stream: &mut Stream) {
    let mut content = std::mem::take(&mut stream.content);
    let length = stream.dict.get(b"Length1").and_then(Object::as_i64);
    content.push(if length.is_ok() { 0 } else { b' ' });
    if let Ok(length) = length {
        stream.dict.set("Length1", length + 1);
    }
    stream.set_content(content);
}

/// Writes an id that follows from everything else in the file over the blank one.
fn identify(bytes: &mut [u8]) {
    let id = format!("{:032X}", digest([&*bytes]));
    let blank = format!("<{NO_ID}><{NO_ID}>");
    let place = bytes.windows(blank.len()).rposition(|window| window == blank.as_bytes());
    if let Some(target) = place.and_then(|start| bytes.get_mut(start..start + blank.len())) {
        target.copy_from_slice(format!("<{id}><{id}>").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_tell_contents_apart() {
        let parts: [&[&[u8]]; 6] = [
            &[],
            &[b""],
            &[b"abcdefgh", b"i"],
            &[b"abcdefghi"],
            &[b"abcdefgh", b"j"],
            &[b"iabcdefgh"],
        ];
        let digests: std::collections::BTreeSet<u128> =
            parts.iter().map(|parts| digest(parts.iter().copied())).collect();
        assert_eq!(digests.len(), parts.len());
        assert_eq!(digest([b"abc".as_slice()]), digest([b"abc".as_slice()]));
    }

    #[test]
    fn the_id_stands_in_for_the_blank_one() {
        let mut bytes = format!("x<{NO_ID}><{NO_ID}>y").into_bytes();
        identify(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let ids: Vec<&str> = text.split(['<', '>']).filter(|part| part.len() > 1).collect();
        assert!(matches!(ids[..], [first, second] if first == second && first != NO_ID), "{text}");
    }
}
