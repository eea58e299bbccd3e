//! `demarche train scorer`.

use super::Failure;
use crate::core::events::scorer::Model;
use crate::evaluation::corpus::{self, Part};
use crate::evaluation::plv;
use crate::knowledge;
use crate::train::{manifest, scorer};
use clap::Args;
use std::path::PathBuf;
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
    #[arg(long, default_value_t = 0.75)]
    reject: f32,
    /// A deed about which the codebook is silent is proposed from this belief on, 0..1; chosen on corpus/develop.
    #[arg(long, default_value_t = 0.4)]
    propose: f32,
    /// An event without a recipient takes one from this belief on, 0..1; chosen on corpus/develop.
    #[arg(long, default_value_t = 0.5)]
    fill: f32,
    /// Where scorer.bin goes.
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

/// Trains and writes.
///
/// # Errors
/// Data that cannot be read, a folder that cannot be written.
pub fn run(args: &ScorerArgs) -> Result<ExitCode, Failure> {
    let pipeline = knowledge::load_with_scorer(Model::default())?;
    let items = corpus::load(&args.corpus, &[Part::Train])?;
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
