//! The article's text and how we point into it: spans, sentences, tokens.

mod article;
mod span;

pub use article::Article;
pub use span::Span;
