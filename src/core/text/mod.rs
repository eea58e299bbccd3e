//! The article's text and how we point into it: spans, sentences, tokens.

mod abbreviations;
mod article;
mod letters;
mod screen;
mod sentences;
mod span;
mod tokens;

pub use abbreviations::{Abbreviations, Ending};
pub use article::Article;
pub use letters::{base, is_day_or_month};
pub use screen::{MAX_TEXT_BYTES, Screened, screen};
pub use sentences::{LONGEST_SENTENCE, RawSentence, Segmentation, segment};
pub use span::Span;
pub use tokens::{Gap, RawToken, tokenize};
