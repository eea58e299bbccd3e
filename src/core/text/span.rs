//! Invariant: an offset means one thing inside demarche: bytes of the article's text, half-open, on character boundaries.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of the article's text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub begin: u32,
    /// One past the last byte; never less than `begin`.
    pub end: u32,
}

impl Span {
    /// The span of bytes `begin..end`. Texts are limited to 4 GiB long before they come here.
    pub fn new(begin: usize, end: usize) -> Self {
        debug_assert!(begin <= end);
        Span { begin: begin as u32, end: end as u32 }
    }

    /// The words themselves, verbatim; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.begin as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.begin) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.begin == self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { begin: self.begin.min(other.begin), end: self.end.max(other.end) }
    }
}
