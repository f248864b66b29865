//! Text that knows which of its parts came from data.
//!
//! A rendered text is a template of the package with values put in. The inserted parts stay apart, so that a
//! host can escape them for its channel: text from a record is data, never markup, code or template.
//! Invariants: marked ranges lie within the content, in order, without touching each other, and never empty;
//! `==`, order and hash look at the content alone.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// Text, with the parts that came from data kept apart. Cloning is cheap.
///
/// ```
/// use courtesy::value::{Text, TextBuilder};
///
/// let mut builder = TextBuilder::new();
/// builder.push_literal("Hello ");
/// builder.push_text(&Text::from_data("<b>Amir</b>"));
/// let greeting = builder.finish();
///
/// assert_eq!(greeting.as_str(), "Hello <b>Amir</b>");
/// assert_eq!(greeting.escaped(|name| name.replace('<', "&lt;")), "Hello &lt;b>Amir&lt;/b>");
/// let inserted: Vec<bool> = greeting.segments().map(|part| part.inserted).collect();
/// assert_eq!(inserted, [false, true]);
/// ```
#[derive(Clone)]
pub struct Text {
    content: Arc<str>,
    marks: Marks,
}

/// Which bytes came from data.
#[derive(Clone)]
enum Marks {
    Nothing,
    Everything,
    Ranges(Arc<[Range<usize>]>),
}

/// A run of text from one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segment<'a> {
    /// The run, never empty.
    pub text: &'a str,
    /// Whether it came from data rather than from the package.
    pub inserted: bool,
}

impl Text {
    /// Text written in the package.
    pub fn literal(text: &str) -> Text {
        Text {
            content: text.into(),
            marks: Marks::Nothing,
        }
    }

    /// Text brought by a record: all of it is inserted.
    pub fn from_data(text: &str) -> Text {
        Text {
            content: text.into(),
            marks: Marks::Everything,
        }
    }

    /// The content.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The content without its marks, shared.
    pub fn content(&self) -> &Arc<str> {
        &self.content
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The runs of the text in order; an empty text has none.
    pub fn segments(&self) -> Segments<'_> {
        Segments { text: self, at: 0 }
    }

    /// The text with what came from data escaped for a channel, and what the package wrote as it stands.
    ///
    /// That is for policies whose texts are markup. Where they are plain text, escape the whole of
    /// [`Text::as_str`].
    ///
    /// ```
    /// use courtesy::value::{Text, TextBuilder};
    ///
    /// let mut builder = TextBuilder::new();
    /// builder.push_literal("<b>Hello</b> ");
    /// builder.push_text(&Text::from_data("Fish & Co"));
    /// let html = builder.finish().escaped(|part| part.replace('&', "&amp;").replace('<', "&lt;"));
    /// assert_eq!(html, "<b>Hello</b> Fish &amp; Co");
    /// ```
    pub fn escaped(&self, mut escape: impl FnMut(&str) -> String) -> String {
        self.segments()
            .map(|part| match part.inserted {
                true => escape(part.text),
                false => part.text.to_owned(),
            })
            .collect()
    }

    /// How many Unicode scalar values it has.
    ///
    /// ```
    /// use courtesy::value::Text;
    ///
    /// assert_eq!(Text::literal("Zoë").length(), 3);
    /// ```
    pub fn length(&self) -> usize {
        self.content.chars().count()
    }

    /// The first word: what stands before the first Unicode white space, after trimming.
    ///
    /// ```
    /// use courtesy::value::Text;
    ///
    /// assert_eq!(Text::from_data("  Amir Khan ").first_word().as_str(), "Amir");
    /// assert_eq!(Text::from_data("   ").first_word().as_str(), "");
    /// ```
    pub fn first_word(&self) -> Text {
        let word = self.content.split_whitespace().next().unwrap_or("");
        let before = self
            .content
            .len()
            .saturating_sub(self.content.trim_start().len());
        self.slice(before..before.saturating_add(word.len()))
    }

    /// The text in small letters, by Unicode's mapping for all languages; the marks stay where they were.
    ///
    /// ```
    /// use courtesy::value::Text;
    ///
    /// assert_eq!(Text::literal("ÉMILE").lower_case().as_str(), "émile");
    /// ```
    pub fn lower_case(&self) -> Text {
        let content = self.content.to_lowercase();
        let marks = match &self.marks {
            Marks::Ranges(ranges) => {
                Marks::Ranges(ranges.iter().map(|range| self.lowered(range)).collect())
            }
            whole => whole.clone(),
        };
        Text {
            content: content.into(),
            marks,
        }
    }

    /// Where a range lies in the text in small letters.
    fn lowered(&self, range: &Range<usize>) -> Range<usize> {
        // A capital sigma has two small forms of one length, so lengths do not depend on what stands around.
        let length = |part: &str| {
            part.chars()
                .flat_map(char::to_lowercase)
                .map(char::len_utf8)
                .sum::<usize>()
        };
        let start = length(self.part(0..range.start));
        start..start.saturating_add(length(self.part(range.clone())))
    }

    /// Whether the other text stands in it, letter for letter; the empty text stands in every one.
    pub fn contains(&self, other: &Text) -> bool {
        self.content.contains(other.as_str())
    }

    /// Whether it begins with the other text.
    pub fn starts_with(&self, other: &Text) -> bool {
        self.content.starts_with(other.as_str())
    }

    /// Whether it ends with the other text.
    pub fn ends_with(&self, other: &Text) -> bool {
        self.content.ends_with(other.as_str())
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.content.get(range).unwrap_or("")
    }

    /// A part of the text with the marks that fall into it.
    fn slice(&self, range: Range<usize>) -> Text {
        let mut builder = TextBuilder::new();
        let mut at = 0usize;
        for segment in self.segments() {
            let end = at.saturating_add(segment.text.len());
            let start = range.start.max(at).saturating_sub(at);
            let stop = range.end.min(end).saturating_sub(at);
            builder.push(
                segment.text.get(start..stop).unwrap_or(""),
                segment.inserted,
            );
            at = end;
        }
        builder.finish()
    }

    /// The end of the run that starts at `at`, and whether it is inserted.
    fn run_at(&self, at: usize) -> (usize, bool) {
        let Marks::Ranges(ranges) = &self.marks else {
            return (self.content.len(), matches!(self.marks, Marks::Everything));
        };
        let next = ranges.partition_point(|range| range.end <= at);
        match ranges.get(next) {
            Some(range) if range.start <= at => (range.end, true),
            Some(range) => (range.start, false),
            None => (self.content.len(), false),
        }
    }
}

/// The runs of a [`Text`], in order.
#[derive(Clone)]
pub struct Segments<'a> {
    text: &'a Text,
    at: usize,
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.at >= self.text.content.len() {
            return None;
        }
        let (end, inserted) = self.text.run_at(self.at);
        let text = self.text.content.get(self.at..end)?;
        self.at = end;
        Some(Segment { text, inserted })
    }
}

/// Builds a [`Text`] from parts.
#[derive(Clone, Default)]
pub struct TextBuilder {
    content: String,
    inserted: Vec<Range<usize>>,
}

impl TextBuilder {
    /// Nothing yet.
    pub fn new() -> TextBuilder {
        TextBuilder::default()
    }

    /// Adds text of the package.
    pub fn push_literal(&mut self, text: &str) {
        self.content.push_str(text);
    }

    /// Adds text that came from data.
    pub fn push_inserted(&mut self, text: &str) {
        let start = self.content.len();
        self.content.push_str(text);
        let end = self.content.len();
        match self.inserted.last_mut() {
            _ if start == end => {}
            Some(last) if last.end == start => last.end = end,
            _ => self.inserted.push(start..end),
        }
    }

    /// Adds a text with its parts as they are.
    pub fn push_text(&mut self, text: &Text) {
        for segment in text.segments() {
            self.push(segment.text, segment.inserted);
        }
    }

    fn push(&mut self, text: &str, inserted: bool) {
        if inserted {
            self.push_inserted(text)
        } else {
            self.push_literal(text)
        }
    }

    /// The text.
    pub fn finish(self) -> Text {
        let marks = match self.inserted.as_slice() {
            [] => Marks::Nothing,
            [only] if only.start == 0 && only.end == self.content.len() => Marks::Everything,
            ranges => Marks::Ranges(ranges.into()),
        };
        Text {
            content: self.content.into(),
            marks,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.content.hash(state);
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.content.cmp(&other.content)
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.content)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.segments()).finish()
    }
}
