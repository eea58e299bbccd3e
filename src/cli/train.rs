//! `demarche train`: makes the models in models/ from the data, and writes down how.

use super::{Failure, train_choice, train_scorer};
use crate::core::syntax::{Analyzer, Model};
use crate::evaluation::conllu::Treebank;
use crate::evaluation::syntax::tables;
use crate::knowledge;
use crate::train::syntax::{Progress, Settings, train};
use crate::train::{manifest, raw};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `demarche train`.
#[derive(Args, Debug)]
pub struct TrainArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Tagger, lemmas and parser.
    Syntax(SyntaxArgs),
    /// The scorer of events, in seconds; again whenever the syntax model or the codebook has changed much.
    Scorer(train_scorer::ScorerArgs),
    /// The choice of an event's place, in seconds; again whenever syntax, actors or gazetteer have changed much.
    Place(train_choice::ChoiceArgs),
    /// The choice of an event's time, in seconds; again whenever syntax or the grammar of times have changed much.
    Time(train_choice::ChoiceArgs),
    /// The country of a description that names none, in seconds; again whenever syntax or actors have changed much.
    Land(train_choice::ChoiceArgs),
    /// What words, deeds and participants are worth for the contexts: data/events/context_weights.tsv, in seconds.
    Contexts(train_scorer::ContextsArgs),
}

#[derive(Args, Debug)]
struct SyntaxArgs {
    /// The data folder, with syntax/ and raw/ in it.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Where syntax.bin and MANIFEST.toml go.
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Where the random numbers start.
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// Passes of the parser over the treebanks.
    #[arg(long, default_value_t = Settings::default().parser_passes)]
    passes: usize,
    /// How many parsers, and twice as many taggers, each with other random numbers, become one; the time grows with it.
    #[arg(long, default_value_t = Settings::default().team)]
    team: usize,
    /// Only score the model that lies in `out`, and write its manifest anew.
    #[arg(long)]
    score_only: bool,
}

/// Trains, scores and writes.
///
/// # Errors
/// Data that cannot be read, a folder that cannot be written.
pub fn run(args: &TrainArgs) -> Result<ExitCode, Failure> {
    let args = match &args.what {
        What::Syntax(args) => args,
        What::Scorer(args) => return train_scorer::run(args),
        What::Place(args) => return train_choice::run(train_choice::Task::Place, args),
        What::Time(args) => return train_choice::run(train_choice::Task::Time, args),
        What::Land(args) => return train_choice::run(train_choice::Task::Land, args),
        What::Contexts(args) => return train_scorer::contexts(args),
    };
    let file = args.out.join("syntax.bin");
    if !args.score_only {
        let settings = Settings {
            seed: args.seed,
            parser_passes: args.passes,
            team: args.team.max(1),
            ..Settings::default()
        };
        let mut sentences = Treebank::open(&args.data.join("syntax/ewt-train.conllu"))?.sentences;
        sentences.extend(Treebank::open(&args.data.join("syntax/gum-open-train.conllu"))?.sentences);
        let texts = raw::texts(&args.data)?;
        let mut tell = |progress: Progress| {
            if let Progress::Line(line) = progress {
                eprintln!("{line}");
            }
        };
        let model = train(
            &sentences,
            &texts,
            &knowledge::abbreviations()?,
            &knowledge::syntax::bases()?,
            &settings,
            &mut tell,
        );
        std::fs::write(&file, model)?;
    }
    let scores = score(&file, &args.data)?;
    manifest::record(&args.out, [args.seed, args.passes as u64, args.team as u64], &scores)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the measures of the model in `file` on the development and test parts; gives those for the manifest.
fn score(file: &Path, data: &Path) -> Result<Vec<(String, f64)>, Failure> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let model = Model::read(&bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    let analyzer = Analyzer::new(knowledge::abbreviations()?, model);
    let mut scores = Vec::new();
    for part in ["dev", "test"] {
        for table in tables(data, part, &analyzer)? {
            println!("{}", table.title);
            for row in &table.rows {
                println!("  {:<28} {:>6.2}  of {}", row.name, row.value, row.n);
                if part == "test" {
                    scores.push((format!("{}: {}", table.title, row.name), row.value));
                }
            }
        }
    }
    Ok(scores)
}
