//! `demarche train place` and `demarche train time`.

use super::Failure;
use crate::evaluation::corpus::{self, Part};
use crate::knowledge;
use crate::train::choice::{self, Names, Settings};
use crate::train::{manifest, place, time};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use xxhash_rust::xxh3::xxh3_64;

/// Options of both.
#[derive(Args, Debug)]
pub struct ChoiceArgs {
    /// Folder of the gold corpus; its train part is learned from, its develop part looked at.
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// An answer is given from this belief on that the text gives one, 0..1; chosen on corpus/develop.
    #[arg(long, default_value_t = 0.5)]
    threshold: f32,
    /// What large weights cost.
    #[arg(long, default_value_t = 6.0)]
    penalty: f32,
    /// Rounds over the examples.
    #[arg(long, default_value_t = 80)]
    rounds: usize,
    /// Where the table and MANIFEST.toml go.
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Only say how well it would do.
    #[arg(long)]
    try_only: bool,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// An event's place.
    Place,
    /// An event's time.
    Time,
}

/// Trains and writes.
///
/// # Errors
/// A corpus that cannot be read, a folder that cannot be written.
pub fn run(task: Task, args: &ChoiceArgs) -> Result<ExitCode, Failure> {
    let pipeline = knowledge::load()?;
    let train = corpus::load(&args.corpus, &[Part::Train])?;
    let develop = corpus::load(&args.corpus, &[Part::Develop])?;
    let mut names = Names::default();
    let gather = match task {
        Task::Place => place::examples,
        Task::Time => time::examples,
    };
    let examples = gather(&pipeline, &train, &mut names);
    let unseen = gather(&pipeline, &develop, &mut names);
    let settings = Settings { penalty: args.penalty, least: 2, rounds: args.rounds };
    let weights = choice::train(&examples.iter().collect::<Vec<_>>(), names.len(), &settings);
    let crossed = choice::crossed(&examples, names.len(), &settings);
    let thresholds = (2..=7).map(|tenth| tenth as f32 / 10.0).chain([args.threshold]);
    for threshold in thresholds {
        let unseen: Vec<_> = unseen.iter().collect();
        let (fifths, develop) = match task {
            Task::Place => {
                let (mut a, mut b) = (place::Tally::default(), place::Tally::default());
                crossed.iter().for_each(|(part, weights)| a.add(part, weights, threshold));
                b.add(&unseen, &weights, threshold);
                (a.to_string(), b.to_string())
            }
            Task::Time => {
                let (mut a, mut b) = (time::Tally::default(), time::Tally::default());
                crossed.iter().for_each(|(part, weights)| a.add(part, weights, threshold));
                b.add(&unseen, &weights, threshold);
                (a.to_string(), b.to_string())
            }
        };
        eprintln!("from {threshold:.2} on: train in fifths: {fifths}\n              develop: {develop}");
    }
    if args.try_only {
        return Ok(ExitCode::SUCCESS);
    }
    let (name, what) = match task {
        Task::Place => ("place", "which of the places around an event is its own, or none"),
        Task::Time => ("time", "which of the times around an event is its own, or none"),
    };
    let table = choice::table(&names, &weights, args.threshold, 0.02);
    let file = args.out.join(format!("{name}.tsv"));
    std::fs::write(&file, &table).map_err(|error| format!("{}: {error}", file.display()))?;
    let entry = format!(
        "[[model]]\nfile = \"{name}.tsv\"\n\
         what = \"{what}: log-linear over named features\"\n\
         bytes = {}\nxxh3 = \"{:016x}\"\n\
         command = \"cargo run --release --no-default-features --features train -- train {name} --threshold {} --penalty {} --rounds {}\"\n\
         data = [\n    \"corpus/train: this project, CC BY 4.0\",\n]\n\
         licence = \"MIT OR Apache-2.0: weights trained by this project\"\n\
         scores = \"docs/evaluation.md\"\n",
        table.len(),
        xxh3_64(table.as_bytes()),
        args.threshold,
        args.penalty,
        args.rounds,
    );
    manifest::replace(&args.out, &format!("{name}.tsv"), &entry)?;
    eprintln!("{}: {} weights", file.display(), table.lines().count() - 2);
    Ok(ExitCode::SUCCESS)
}
