//! The last step: document id, compression, bytes.

use super::{Compression, Error};
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, SaveOptions, StringFormat};
use std::io::Write as _;

/// Below this, a stream grows when compressed.
const WORTH_COMPRESSING: usize = 120;
/// Level 9 takes nearly twice as long and saves less than one percent.
const LEVEL: u32 = 6;

/// Turns the finished document into bytes.
pub(super) fn save(mut document: Document, compression: Compression) -> Result<Vec<u8>, Error> {
    "1.7".clone_into(&mut document.version);
    let options = match compression {
        Compression::Fast => SaveOptions::default(),
        Compression::Small => {
            compress(&mut document)?;
            SaveOptions::builder()
                .use_object_streams(true)
                .use_xref_streams(true)
                .compression_level(LEVEL)
                .build()
        }
    };
    identify(&mut document);
    let streams: usize = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .map(|s| s.content.len())
        .sum();
    let mut bytes = Vec::with_capacity(streams + 300 * document.objects.len());
    document.save_with_options(&mut bytes, options)?;
    Ok(bytes)
}

/// A digest for telling contents apart, not for security: the same on every machine and in every version of Rust.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        let mut blocks = part.chunks_exact(8);
        for block in &mut blocks {
            let word = <[u8; 8]>::try_from(block).map_or(0, u64::from_le_bytes);
            hash = (hash ^ u128::from(word))
                .wrapping_mul(PRIME)
                .rotate_left(29);
        }
        for byte in blocks.remainder() {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
        // Where one part ends is part of the content.
        hash = (hash ^ part.len() as u128)
            .wrapping_mul(PRIME)
            .rotate_left(29);
    }
    hash
}

/// Compresses every stream that may be and gains from it.
fn compress(document: &mut Document) -> Result<(), Error> {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if !stream.allows_compression
            || stream.content.len() < WORTH_COMPRESSING
            || stream.dict.has(b"Filter")
        {
            continue;
        }
        let mut encoder = ZlibEncoder::new(
            Vec::with_capacity(stream.content.len() / 2),
            flate2::Compression::new(LEVEL),
        );
        encoder.write_all(&stream.content)?;
        stream.set_content(encoder.finish()?);
        stream.dict.set("Filter", "FlateDecode");
    }
    Ok(())
}

/// Gives the document an id that follows from its content alone.
fn identify(document: &mut Document) {
    let streams = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok());
    let id = digest(streams.map(|stream| stream.content.as_slice()))
        .to_be_bytes()
        .to_vec();
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
}
