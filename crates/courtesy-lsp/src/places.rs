//! Byte offsets as the protocol's positions, and back.
//!
//! Lines count from 0; characters count UTF-16 code units, or bytes where the client asked for that. A position past
//! the end of a line is the end of the line, as the protocol says.

use courtesy::source::SourceFile;
use lsp_types::{Position, Range};

/// How the client counts within a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
}

/// The position of a byte.
pub(crate) fn position(file: &SourceFile, byte: usize, encoding: Encoding) -> Position {
    let text = file.text();
    let byte = byte.min(text.len());
    let before = text.get(..byte).unwrap_or(text);
    let line = before.bytes().filter(|letter| *letter == b'\n').count();
    let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
    let within = before.get(start..).unwrap_or_default();
    let character = match encoding {
        Encoding::Utf8 => within.len(),
        Encoding::Utf16 => within.encode_utf16().count(),
    };
    Position::new(small(line), small(character))
}

/// The range of some bytes.
pub(crate) fn range(file: &SourceFile, bytes: std::ops::Range<usize>, encoding: Encoding) -> Range {
    Range::new(
        position(file, bytes.start, encoding),
        position(file, bytes.end, encoding),
    )
}

/// The byte of a position.
pub(crate) fn byte(text: &str, position: Position, encoding: Encoding) -> usize {
    let line = usize::try_from(position.line).unwrap_or(usize::MAX);
    let ends = text
        .match_indices('\n')
        .map(|(end, _)| end.saturating_add(1));
    let Some(start) = std::iter::once(0).chain(ends).nth(line) else {
        return text.len();
    };
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find('\n').unwrap_or(rest.len());
    let within = rest.get(..end).unwrap_or_default();
    let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
    let mut passed = 0_usize;
    for (place, letter) in within.char_indices() {
        if passed >= wanted {
            return start.saturating_add(place);
        }
        passed = passed.saturating_add(match encoding {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
        });
    }
    start.saturating_add(within.len())
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, byte, position};
    use courtesy::source::Sources;
    use lsp_types::Position;

    #[test]
    fn every_place_comes_back() {
        let text = "a é😀b\n\ncd\r\nlast";
        let sources = Sources::new([("a".into(), text.into())]);
        let (_, file) = sources.iter().next().unwrap();
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (place, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let there = position(file, place, encoding);
                assert_eq!(byte(text, there, encoding), place, "{encoding:?} {there:?}");
            }
        }
        assert_eq!(position(file, 8, Encoding::Utf16), Position::new(0, 5));
        assert_eq!(position(file, 8, Encoding::Utf8), Position::new(0, 8));
        assert_eq!(byte(text, Position::new(0, 99), Encoding::Utf16), 9);
        assert_eq!(byte(text, Position::new(9, 0), Encoding::Utf16), text.len());
    }
}
