//! The article's text and how we point into it: spans, sentences, tokens.

mod article;
mod screen;
mod span;

pub use article::Article;
pub use screen::{MAX_TEXT_BYTES, Screened, screen};
pub use span::Span;
