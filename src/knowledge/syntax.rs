//! The analyzer of syntax: the trained model and the abbreviations, both inside the binary.

use super::KnowledgeError;
use crate::core::syntax::{Analyzer, Model};
use crate::core::text::{Abbreviations, Ending};

/// The trained model.
static MODEL: &[u8] = include_bytes!("../../models/syntax.bin");
/// Words that keep their period.
static ABBREVIATIONS: &str = include_str!("../../data/abbreviations.tsv");

/// The analyzer with everything built in.
///
/// # Errors
/// Where the model or the table is damaged: a defect of the build.
pub fn syntax() -> Result<Analyzer, KnowledgeError> {
    let model =
        Model::read(MODEL).map_err(|error| KnowledgeError::at("models/syntax.bin", 0, error.to_string()))?;
    Ok(Analyzer::new(abbreviations()?, model))
}

/// The table of abbreviations.
///
/// # Errors
/// A line that is not `form<TAB>ending`.
pub fn abbreviations() -> Result<Abbreviations, KnowledgeError> {
    let mut entries = Vec::new();
    for (index, line) in ABBREVIATIONS.lines().enumerate().skip(1) {
        let fail = |what: &str| KnowledgeError::at("data/abbreviations.tsv", index + 1, what);
        let (form, ending) = line.split_once('\t').ok_or(fail("two columns expected: form, ending"))?;
        let ending = match ending {
            "never" => Ending::Never,
            "maybe" => Ending::Maybe,
            "number" => Ending::Number,
            _ => return Err(fail("the ending is one of never, maybe, number")),
        };
        if !form.ends_with('.') {
            return Err(fail("the form must end with a period"));
        }
        entries.push((form.to_owned(), ending));
    }
    Ok(Abbreviations::new(entries))
}
