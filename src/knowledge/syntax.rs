//! The analyzer of syntax: the trained model and the abbreviations, both inside the binary.

use super::KnowledgeError;
use crate::core::events::Codebook;
use crate::core::syntax::{Analyzer, Model};
use crate::core::text::{Abbreviations, Ending};

/// The trained model.
static MODEL: &[u8] = include_bytes!("../../models/syntax.bin");
/// Words that keep their period.
static ABBREVIATIONS: &str = include_str!("../../data/abbreviations.tsv");
/// Verbs whose past is not in -ed.
static IRREGULAR_VERBS: &str = include_str!("../../data/syntax/irregular_verbs.tsv");

/// Words of news whose forms the tagger shall know.
#[cfg(feature = "train")]
static NEWS_WORDS: &str = include_str!("../../data/syntax/news_words.tsv");

/// Bases of words, for the trainer.
#[cfg(feature = "train")]
#[derive(Clone, Debug, Default)]
pub struct Bases {
    /// Verbs.
    pub verbs: Vec<&'static str>,
    /// Nouns.
    pub nouns: Vec<&'static str>,
    /// Irregular verbs: base, past, participle.
    pub irregular: Vec<[&'static str; 3]>,
}

/// The bases of news words, and the irregular verbs.
///
/// # Errors
/// A line with other columns than the table's header says.
#[cfg(feature = "train")]
pub fn bases() -> Result<Bases, KnowledgeError> {
    let mut bases = Bases { irregular: irregular()?, ..Bases::default() };
    for (index, line) in NEWS_WORDS.lines().enumerate().skip(1) {
        match line.split_once('\t') {
            Some((word, "v")) => bases.verbs.push(word),
            Some((word, "n")) => bases.nouns.push(word),
            _ => {
                let message = "two columns expected: word, class (v or n)";
                return Err(KnowledgeError::at("data/syntax/news_words.tsv", index + 1, message));
            }
        }
    }
    Ok(bases)
}

/// The table of irregular verbs: base, past, participle.
fn irregular() -> Result<Vec<[&'static str; 3]>, KnowledgeError> {
    let mut irregular = Vec::new();
    for (index, line) in IRREGULAR_VERBS.lines().enumerate().skip(1) {
        let mut columns = line.split('\t');
        let parts = [columns.next(), columns.next(), columns.next()];
        let [Some(base), Some(past), Some(participle)] = parts else {
            let message = "three columns expected: base, past, participle";
            return Err(KnowledgeError::at("data/syntax/irregular_verbs.tsv", index + 1, message));
        };
        irregular.push([base, past, participle]);
    }
    Ok(irregular)
}

/// The analyzer with everything built in.
///
/// # Errors
/// Where the model or the table is damaged: a defect of the build.
pub fn syntax() -> Result<Analyzer, KnowledgeError> {
    let model =
        Model::read(MODEL).map_err(|error| KnowledgeError::at("models/syntax.bin", 0, error.to_string()))?;
    Ok(Analyzer::new(abbreviations()?, model))
}

/// Teaches the analyzer the forms of all words that the codebook's triggers, light verbs and classes name, so that "struck" and
/// "besieged" are found whatever the treebanks happened to hold.
///
/// # Errors
/// A line of the irregular verbs that has not three columns.
pub fn teach(analyzer: &mut Analyzer, codebook: &Codebook) -> Result<(), KnowledgeError> {
    let irregular = irregular()?;
    let single = |word: &&str| !word.contains(' ') && word.chars().all(|c| c.is_ascii_lowercase());
    let verbs = codebook.verbs.keys().chain(codebook.light_verbs.keys()).chain(codebook.governors.keys());
    let nouns =
        codebook.nouns.keys().chain(codebook.transparent.iter()).chain(codebook.classes.iter().flatten());
    let lemmas = analyzer.lemmas_mut();
    lemmas.teach_verbs(verbs.map(|word| word.as_str()).filter(single), &irregular);
    lemmas.teach_nouns(nouns.map(|word| word.as_str()).filter(single));
    Ok(())
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
