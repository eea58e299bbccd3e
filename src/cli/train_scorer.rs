//! `demarche train scorer`.

use super::Failure;
use crate::core::events::scorer::Model;
use crate::evaluation::corpus::{self, CorpusError, Item, Part};
use crate::evaluation::{news, plv};
use crate::knowledge;
use crate::train::{manifest, scorer};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xxhash_rust::xxh3::xxh3_64;

/// Options of `demarche train scorer`.
#[derive(Args, Debug)]
pub struct ScorerArgs {
    /// Folder of the gold corpus; its train part is learned from.
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// The data folder, with events/plv_train.tsv in it.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// A coded event that is held for none with this much belief is left out, 0..1.
    #[arg(long, default_value_t = 0.6)]
    reject: f32,
    /// A deed about which the codebook is silent is proposed from this belief on, 0..1; chosen on corpus/develop.
    #[arg(long, default_value_t = 0.35)]
    propose: f32,
    /// An event without a recipient takes one from this belief on, 0..1; chosen on corpus/develop.
    #[arg(long, default_value_t = 0.5)]
    fill: f32,
    /// Where scorer.bin goes.
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

/// Options of `demarche train contexts`.
#[derive(Args, Debug)]
pub struct ContextsArgs {
    /// Folder of the gold corpus; its train part is learned from.
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// The data folder, with raw/ in it for the labels of real news.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Where context_weights.tsv goes.
    #[arg(long, default_value = "data/events")]
    out: PathBuf,
}

/// Learns the contexts' weights and writes them.
///
/// # Errors
/// Data that cannot be read, a folder that cannot be written.
pub fn contexts(args: &ContextsArgs) -> Result<ExitCode, Failure> {
    let pipeline = knowledge::load_with_scorer(Model::default())?;
    let table = crate::train::contexts::train(&pipeline, &items(&args.corpus, &args.data)?);
    let file = args.out.join("context_weights.tsv");
    std::fs::write(&file, &table).map_err(|error| format!("{}: {error}", file.display()))?;
    eprintln!("{}: {} bytes", file.display(), table.len());
    Ok(ExitCode::SUCCESS)
}

/// The labelled texts to learn from: the corpus, and real news where its texts are there.
///
/// # Errors
/// A file that cannot be read or holds no valid labels.
pub fn items(corpus: &Path, data: &Path) -> Result<Vec<Item>, CorpusError> {
    let mut items = corpus::load(corpus, &[Part::Train])?;
    let (folder, raw) = (corpus.join("news"), data.join("raw"));
    if news::missing(&folder, &raw).is_none() {
        items.extend(news::load(&folder, &raw, &[Part::Train])?);
    }
    Ok(items)
}

/// Trains and writes.
///
/// # Errors
/// Data that cannot be read, a folder that cannot be written.
pub fn run(args: &ScorerArgs) -> Result<ExitCode, Failure> {
    let pipeline = knowledge::load_with_scorer(Model::default())?;
    let items = items(&args.corpus, &args.data)?;
    let pairs = plv::load(&args.data.join("events/plv_train.tsv"))?;
    let thresholds =
        Model { reject: args.reject, propose: args.propose, fill: args.fill, ..Model::default() };
    let model = scorer::train(&pipeline, &items, &pairs, thresholds, &|line| eprintln!("{line}")).write();
    let file = args.out.join("scorer.bin");
    std::fs::write(&file, &model).map_err(|error| format!("{}: {error}", file.display()))?;
    let entry = format!(
        "[[model]]\nfile = \"scorer.bin\"\n\
         what = \"confidence of events, deeds that the codebook misses, types of given pairs: linear, over hashed features\"\n\
         bytes = {}\nxxh3 = \"{:016x}\"\n\
         command = \"cargo run --release --no-default-features --features train -- train scorer --reject {} --propose {} --fill {}\"\n\
         data = [\n    \"corpus/train: this project, CC BY 4.0\",\n    \
         \"corpus/news/train.jsonl: labels of this project, CC BY 4.0, on texts of raw/*.jsonl (Wikipedia CC BY-SA 4.0, \
         Wikinews CC BY 2.5, U.S. Department of State, public domain); weights only, none of the text\",\n    \
         \"events/plv_train.tsv: PLOVER pairs, no licence stated; weights only, none of its text\",\n]\n\
         licence = \"MIT OR Apache-2.0: weights trained by this project\"\n\
         scores = \"docs/evaluation.md\"\n",
        model.len(),
        xxh3_64(&model),
        args.reject,
        args.propose,
        args.fill,
    );
    manifest::replace(&args.out, "scorer.bin", &entry)?;
    eprintln!("{}: {} bytes", file.display(), model.len());
    Ok(ExitCode::SUCCESS)
}
