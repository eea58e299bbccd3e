//! `demarche train place`, `demarche train time` and `demarche train land`.

use super::Failure;
use super::train_scorer::items;
use crate::core::pipeline::Pipeline;
use crate::evaluation::corpus::{self, Item, Part};
use crate::knowledge;
use crate::train::choice::{self, Example, Names, Settings};
use crate::train::{land, manifest, place, time};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use xxhash_rust::xxh3::xxh3_64;

/// Options of all.
#[derive(Args, Debug)]
pub struct ChoiceArgs {
    /// Folder of the gold corpus; its train part is learned from, its develop part looked at.
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// The data folder, with raw/ in it for the labels of real news.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
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
    /// The country of a description that names none.
    Land,
}

impl Task {
    fn name(self) -> &'static str {
        match self {
            Task::Place => "place",
            Task::Time => "time",
            Task::Land => "land",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Task::Place => "which of the places around an event is its own, or none",
            Task::Time => "which of the times around an event is its own, or none",
            Task::Land => "which of the countries around a description that names none is its own, or none",
        }
    }

    fn examples(self, pipeline: &Pipeline, items: &[Item], names: &mut Names) -> Vec<Example> {
        match self {
            Task::Place => place::examples(pipeline, items, names),
            Task::Time => time::examples(pipeline, items, names),
            Task::Land => land::examples(pipeline, items, names),
        }
    }

    /// How examples fare under weights that had not seen them.
    fn tally(self, parts: &[(Vec<&Example>, &[f32])], threshold: f32) -> String {
        macro_rules! sum {
            ($tally:ty) => {{
                let mut tally = <$tally>::default();
                parts.iter().for_each(|(part, weights)| tally.add(part, weights, threshold));
                tally.to_string()
            }};
        }
        match self {
            Task::Place => sum!(place::Tally),
            Task::Time => sum!(time::Tally),
            Task::Land => sum!(land::Tally),
        }
    }
}

/// Trains and writes.
///
/// # Errors
/// A corpus that cannot be read, a folder that cannot be written.
pub fn run(task: Task, args: &ChoiceArgs) -> Result<ExitCode, Failure> {
    let pipeline = knowledge::load()?;
    let mut train = corpus::load(&args.corpus, &[Part::Train])?;
    let own = train.len();
    // Times and countries are learned from the corpus alone: the labels of real news lowered both in fifths.
    if task == Task::Place {
        train = items(&args.corpus, &args.data)?;
    }
    let develop = corpus::load(&args.corpus, &[Part::Develop])?;
    let mut names = Names::default();
    let examples = task.examples(&pipeline, &train, &mut names);
    let unseen = task.examples(&pipeline, &develop, &mut names);
    let settings = Settings { penalty: args.penalty, least: 2, rounds: args.rounds };
    let weights = choice::train(&examples.iter().collect::<Vec<_>>(), names.len(), &settings);
    let crossed = choice::crossed(&examples, names.len(), &settings);
    let fifths: Vec<(Vec<&Example>, &[f32])> = crossed
        .iter()
        .map(|(part, weights)| {
            (part.iter().copied().filter(|example| example.group < own).collect(), weights.as_slice())
        })
        .collect();
    let thresholds = (2..=7).map(|tenth| tenth as f32 / 10.0).chain([args.threshold]);
    for threshold in thresholds {
        let develop = task.tally(&[(unseen.iter().collect(), &weights)], threshold);
        let fifths = task.tally(&fifths, threshold);
        eprintln!(
            "from {threshold:.2} on: corpus/train in fifths: {fifths}\n              develop: {develop}"
        );
    }
    if args.try_only {
        return Ok(ExitCode::SUCCESS);
    }
    let (name, what) = (task.name(), task.what());
    let table = choice::table(&names, &weights, args.threshold, 0.02);
    let file = args.out.join(format!("{name}.tsv"));
    std::fs::write(&file, &table).map_err(|error| format!("{}: {error}", file.display()))?;
    let news = if task != Task::Place {
        ""
    } else {
        "    \"corpus/news/train.jsonl: labels of this project, CC BY 4.0, on texts of raw/*.jsonl (Wikipedia CC BY-SA 4.0, \
         Wikinews CC BY 2.5, U.S. Department of State, public domain); weights only, none of the text\",\n"
    };
    let entry = format!(
        "[[model]]\nfile = \"{name}.tsv\"\n\
         what = \"{what}: log-linear over named features\"\n\
         bytes = {}\nxxh3 = \"{:016x}\"\n\
         command = \"cargo run --release --no-default-features --features train -- train {name} --threshold {} --penalty {} --rounds {}\"\n\
         data = [\n    \"corpus/train: this project, CC BY 4.0\",\n{news}]\n\
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
