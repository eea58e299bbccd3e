//! Reads data/ and models/ into typed, immutable tables. The only room that opens files; errors carry file and line.

mod actors;
mod alone;
mod calendar;
mod choices;
mod codebook;
mod gazetteer;
mod scorer;
pub mod syntax;

pub use actors::{actors, actors_with, check_actors, tables_in};
pub use alone::check_table;
pub use calendar::calendar;
pub use choices::{dating, placing};
pub use codebook::{codebook, codebook_from};
pub use gazetteer::gazetteer;
pub use scorer::scorer;
pub use syntax::{abbreviations, syntax};

use crate::core::events::Codebook;
use crate::core::events::scorer::{Model, Scorer};
use crate::core::pipeline::{Pipeline, Tables};

/// A table or model that cannot be used; says which file and line, and what is wrong there.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct KnowledgeError {
    /// Path in the repository, or of the overlay.
    pub file: String,
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl KnowledgeError {
    /// The error of that line of that file.
    pub fn at(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        KnowledgeError { file: file.into(), line, message: message.into() }
    }
}

/// Everything that is built in, ready to read articles.
///
/// # Errors
/// Where a built-in table breaks its own rules: a defect of the build, caught by the tests.
pub fn load() -> Result<Pipeline, KnowledgeError> {
    with(codebook()?, scorer()?, &[])
}

/// Everything that is built in, with a user's own tables of actors on top, as [`tables_in`] reads them from a folder.
///
/// # Errors
/// The line of a table that does not read.
pub fn load_with_tables(tables: &[(String, String)]) -> Result<Pipeline, KnowledgeError> {
    with(codebook()?, scorer()?, tables)
}

/// Everything that is built in, but with the codebook of a folder laid out as data/events/.
///
/// # Errors
/// The line of the folder's tables that does not read.
pub fn load_with_codebook(folder: &std::path::Path) -> Result<Pipeline, KnowledgeError> {
    with(codebook_from(folder)?, scorer()?, &[])
}

/// The same as [`load`], but with another scorer; the empty [`Model::default`] is what its training starts from.
///
/// # Errors
/// As [`load`].
pub fn load_with_scorer(model: Model) -> Result<Pipeline, KnowledgeError> {
    with(codebook()?, model, &[])
}

/// The large tables are read beside one another: a service that starts has its cores to itself.
fn with(codebook: Codebook, model: Model, own: &[(String, String)]) -> Result<Pipeline, KnowledgeError> {
    let (syntax, actors, gazetteer) = std::thread::scope(|scope| {
        let (actors, gazetteer) = (scope.spawn(|| actors_with(own)), scope.spawn(gazetteer));
        (syntax(), joined(actors), joined(gazetteer))
    });
    let mut syntax = syntax?;
    syntax::teach(&mut syntax, &codebook)?;
    Ok(Pipeline::new(Tables {
        syntax,
        actors: actors?,
        calendar: calendar()?,
        dating: dating()?,
        gazetteer: gazetteer?,
        placing: placing()?,
        scorer: Scorer::new(model, &codebook),
        codebook,
    }))
}

/// What the thread gave; its panic goes on in this one.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
