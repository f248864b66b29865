//! The quarantine file: what did not fit, byte for byte.
//!
//! One JSON object a line: `line`, `code`, `path`, `message`, and `record`, the
//! text of the record without its line end, or `record_base64` (RFC 4648, with
//! padding) where it is not UTF-8. Everything is written as it is read, so that
//! a record of any size takes no memory here.

use crate::stream::lines::Kept;
use courtesy::Misfit;
use std::io::{self, Read, Write};

/// Bytes read at a time; a multiple of 3, so that base64 has no padding inside.
const CHUNK: usize = 48 * 1024;

/// Writes the line of a record that is held in memory.
///
/// # Errors
/// When `out` cannot take it.
pub(crate) fn write_record(
    out: &mut impl Write,
    line: u64,
    misfit: &Misfit,
    record: &[u8],
) -> io::Result<()> {
    write_start(out, line, misfit)?;
    write_bytes(out, record, std::str::from_utf8(record).is_ok())
}

/// Writes the line of a record that was put by in a file: it is read once to see
/// whether it is UTF-8, and once to copy it.
///
/// # Errors
/// When it cannot be read or `out` cannot take it.
pub(crate) fn write_kept(
    out: &mut impl Write,
    line: u64,
    misfit: &Misfit,
    kept: &mut Kept,
) -> io::Result<()> {
    write_start(out, line, misfit)?;
    let is_text = is_utf8(kept.bytes()?)?;
    write_bytes(out, kept.bytes()?, is_text)
}

fn write_start(out: &mut impl Write, line: u64, misfit: &Misfit) -> io::Result<()> {
    write!(out, "{{\"line\":{line},\"code\":\"")?;
    write_escaped(out, misfit.code.as_bytes())?;
    out.write_all(b"\",\"path\":\"")?;
    write_escaped(out, misfit.path.as_bytes())?;
    out.write_all(b"\",\"message\":\"")?;
    write_escaped(out, misfit.message.as_bytes())?;
    out.write_all(b"\",")
}

fn write_bytes(out: &mut impl Write, record: impl Read, is_text: bool) -> io::Result<()> {
    let (key, write): (_, fn(&mut _, &[u8]) -> _) = if is_text {
        ("record", write_escaped)
    } else {
        ("record_base64", write_base64)
    };
    write!(out, "\"{key}\":\"")?;
    for_each_chunk(record, |chunk| write(out, chunk))?;
    out.write_all(b"\"}\n")
}

/// Escapes what JSON asks for; all of it is ASCII, so a character of several bytes
/// may be cut between two calls.
fn write_escaped(out: &mut impl Write, text: &[u8]) -> io::Result<()> {
    for part in text.split_inclusive(|byte| is_escaped(*byte)) {
        let Some((last, plain)) = part.split_last().filter(|(last, _)| is_escaped(**last)) else {
            out.write_all(part)?;
            continue;
        };
        out.write_all(plain)?;
        match last {
            b'"' | b'\\' => out.write_all(&[b'\\', *last])?,
            b'\t' => out.write_all(b"\\t")?,
            b'\r' => out.write_all(b"\\r")?,
            _ => write!(out, "\\u{last:04x}")?,
        }
    }
    Ok(())
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

fn write_base64(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let mut letters = [18, 12, 6, 0].map(|shift| letter(bits >> shift & 63));
        letters
            .iter_mut()
            .skip(group.len().saturating_add(1))
            .for_each(|padding| *padding = b'=');
        out.write_all(&letters)?;
    }
    Ok(())
}

/// The letter of base64 for six bits.
fn letter(bits: u32) -> u8 {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    LETTERS.get(bits as usize).copied().unwrap_or(b'=')
}

fn is_utf8(record: impl Read) -> io::Result<bool> {
    let mut is_text = true;
    let mut carried = Vec::new();
    for_each_chunk(record, |chunk| {
        carried.extend_from_slice(chunk);
        match std::str::from_utf8(&carried) {
            Ok(_) => carried.clear(),
            // A character that the end of the chunk cuts.
            Err(error) if error.error_len().is_none() => drop(carried.drain(..error.valid_up_to())),
            Err(_) => {
                is_text = false;
                carried.clear();
            }
        }
        Ok(())
    })?;
    Ok(is_text && carried.is_empty())
}

/// Calls `take` with chunks that are full, except for the last.
fn for_each_chunk(
    mut bytes: impl Read,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut chunk = Vec::with_capacity(CHUNK);
    loop {
        chunk.clear();
        bytes.by_ref().take(CHUNK as u64).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            return Ok(());
        }
        take(&chunk)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, write_base64, write_kept, write_record};
    use crate::stream::lines::Kept;
    use courtesy::Misfit;

    fn misfit() -> Misfit {
        Misfit {
            code: "wrong-type",
            path: "$.a".to_string(),
            message: "expected a `\"text\"`".to_string(),
        }
    }

    fn both_ways(record: &[u8]) -> serde_json::Value {
        let (mut held, mut streamed) = (Vec::new(), Vec::new());
        write_record(&mut held, 7, &misfit(), record).unwrap();
        write_kept(&mut streamed, 7, &misfit(), &mut Kept::holding(record)).unwrap();
        assert_eq!(held, streamed);
        assert_eq!(held.iter().filter(|byte| **byte == b'\n').count(), 1);
        serde_json::from_slice(&held).unwrap()
    }

    #[test]
    fn text_comes_back_as_it_was() {
        let every_control: String = (0..=0x9f).filter_map(char::from_u32).collect();
        for text in [
            "",
            "{\"a\":\"\\\"\"}\r",
            &every_control,
            "é😀\u{2028}\u{202e}\u{feff}",
        ] {
            assert_eq!(both_ways(text.as_bytes())["record"], text);
        }
        assert_eq!(both_ways(b"")["message"], "expected a `\"text\"`");
    }

    #[test]
    fn a_character_on_the_edge_of_a_chunk_stays_whole() {
        for shift in 0..4 {
            let text = format!("{}😀{}", "x".repeat(CHUNK - shift), "é".repeat(CHUNK));
            assert_eq!(both_ways(text.as_bytes())["record"], text.as_str());
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_base64() {
        assert_eq!(both_ways(b"\xff")["record_base64"], "/w==");
        assert_eq!(both_ways(b"a\xe2\x82")["record_base64"], "YeKC");
        let torn = [&vec![b'x'; CHUNK - 1][..], b"\xf0\x9f"].concat();
        assert!(both_ways(&torn)["record"].is_null());
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in cases {
            let mut out = Vec::new();
            write_base64(&mut out, plain.as_bytes()).unwrap();
            assert_eq!(out, encoded.as_bytes());
        }
    }
}
