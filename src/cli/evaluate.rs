//! `demarche evaluate`: the gold corpus and the public sets, scored field by field.

use super::Failure;
use crate::core::events::scorer::Model;
use crate::core::extraction::{Event, Options};
use crate::core::ontology::EventType;
use crate::core::pipeline::Pipeline;
use crate::core::text::Article;
use crate::evaluation::corpus::{self, Item, Part};
use crate::evaluation::report::{Report, Table, compare};
use crate::evaluation::{agreement, duplicates, gold, news, plv, public};
use crate::knowledge;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `demarche evaluate`.
#[derive(Args, Debug)]
pub struct EvaluateArgs {
    /// Folder of the gold corpus, with train/, develop/ and test/ in it.
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// Which part of the corpus to score.
    #[arg(long, value_enum, default_value_t = PartName::Test)]
    part: PartName,
    /// Folder of the public data sets; where it is absent they are skipped.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Folder of codebook tables laid out as data/events/, used in place of the built-in ones.
    #[arg(long)]
    codebook: Option<PathBuf>,
    /// Only these: corpus, news, plv, or a public set by name. Repeatable; default all.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Show what changed against a report saved earlier with `--format json`.
    #[arg(long, value_name = "OLD.json")]
    compare: Option<PathBuf>,
    /// List the events of this type (or ALL) that are not wholly right, with their text. Not for the test part.
    #[arg(long, value_name = "TYPE")]
    errors: Option<String>,
    /// Also write the tables to this file as Markdown (docs/evaluation.md).
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Instead of the pipeline, score a second coder's labels of some items (corpus format) against the corpus.
    #[arg(long, value_name = "FILE.jsonl")]
    agreement: Option<PathBuf>,
    /// Try this scorer instead of the one that is built in.
    #[arg(long, value_name = "SCORER.bin", conflicts_with = "codebook")]
    scorer: Option<PathBuf>,
    /// Leave the scorer's decisions out: what the codebook alone is worth
    #[arg(long, conflicts_with = "scorer")]
    no_scorer: bool,
    /// List pairs of corpus items that look like one template with the names swapped.
    #[arg(long)]
    near_duplicates: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PartName {
    Train,
    Develop,
    Test,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

impl From<PartName> for Part {
    fn from(name: PartName) -> Part {
        match name {
            PartName::Train => Part::Train,
            PartName::Develop => Part::Develop,
            PartName::Test => Part::Test,
        }
    }
}

/// Scores the pipeline and prints the tables.
///
/// # Errors
/// A message that names the file and line that cannot be read, or the option that makes no sense.
pub fn run(args: &EvaluateArgs) -> Result<ExitCode, Failure> {
    let pipeline = match (&args.codebook, &args.scorer) {
        (Some(folder), _) => knowledge::load_with_codebook(folder)?,
        (None, Some(file)) => {
            let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
            let model = Model::read(&bytes).map_err(|error| format!("{}: {error}", file.display()))?;
            knowledge::load_with_scorer(model)?
        }
        (None, None) => knowledge::load()?,
    };
    let pipeline = if args.no_scorer { pipeline.with_silent_scorer() } else { pipeline };
    evaluate(args, &pipeline)?;
    Ok(ExitCode::SUCCESS)
}

fn evaluate(args: &EvaluateArgs, pipeline: &Pipeline) -> Result<(), String> {
    let part = Part::from(args.part);
    if args.errors.is_some() && part == Part::Test {
        return Err("--errors: the test part is scored, not read; use --part develop or train".into());
    }
    if args.near_duplicates {
        return list_near_duplicates(&args.corpus);
    }
    if let Some(file) = &args.agreement {
        let all = corpus::load(&args.corpus, &Part::ALL).map_err(|error| error.to_string())?;
        let (items, scores) = agreement::score_second_coder(file, &all)?;
        let tables = gold::tables("second coder", &items, &scores);
        return print(args, &Report { subject: subject(), tables, ..Report::default() });
    }
    let extract = |article: &Article, options: &Options| pipeline.extract(article, options).events;
    let mut report = Report { subject: subject(), ..Report::default() };
    if wanted(args, "corpus") {
        if args.corpus.is_dir() {
            let items = corpus::load(&args.corpus, &[part]).map_err(|error| error.to_string())?;
            score_corpus(args, "corpus", &items, &extract, &mut report)?;
        } else {
            report.skipped.push(format!("corpus: no folder {}", args.corpus.display()));
        }
    }
    if wanted(args, "news") {
        let (folder, raw) = (args.corpus.join("news"), args.data.join("raw"));
        match news::missing(&folder, &raw) {
            Some(reason) => report.skipped.push(format!("news: {reason}")),
            None => {
                let items = news::load(&folder, &raw, &[part]).map_err(|error| error.to_string())?;
                score_corpus(args, "real news", &items, &extract, &mut report)?;
            }
        }
    }
    if wanted(args, "plv") {
        let file = args.data.join("events/plv_train.tsv");
        if file.is_file() {
            if cfg!(not(feature = "train")) {
                report.tables.push(score_pairs(&file, &extract)?);
            }
            #[cfg(feature = "train")]
            {
                let items = crate::cli::train_scorer::items(&args.corpus, &args.data)
                    .map_err(|error| error.to_string())?;
                let pairs = plv::load(&file)?;
                report.tables.extend(crate::evaluation::plv_given::tables(pipeline, &items, &pairs)?);
            }
        } else {
            report.skipped.push(format!("plv: no file {}", file.display()));
        }
    }
    for set in public::SETS.iter().filter(|set| wanted(args, set.name)) {
        if args.data.join(set.path).exists() {
            report.tables.extend((set.score)(&args.data, pipeline)?);
        } else {
            report.skipped.push(format!("{}: no {}", set.name, args.data.join(set.path).display()));
        }
    }
    if args.errors.is_some() {
        return Ok(());
    }
    print(args, &report)
}

fn wanted(args: &EvaluateArgs, name: &str) -> bool {
    args.only.is_empty() || args.only.iter().any(|only| only == name)
}

fn score_corpus(
    args: &EvaluateArgs,
    label: &str,
    items: &[Item],
    extract: &gold::Extract,
    report: &mut Report,
) -> Result<(), String> {
    let scores = gold::score_all(items, extract);
    report.tables.extend(gold::tables(
        &format!("{label} {}", Part::from(args.part).folder()),
        items,
        &scores,
    ));
    if Part::from(args.part) == Part::Test {
        return Ok(());
    }
    if let Some(name) = &args.errors {
        let wanted = match name.as_str() {
            "ALL" => "",
            name => {
                EventType::parse(name).ok_or_else(|| format!("--errors: {name:?} is no event type"))?.name()
            }
        };
        for (item, score) in items.iter().zip(&scores) {
            let of_type = |line: &str| !line.is_empty() && line.starts_with(wanted);
            let lines: Vec<_> = score
                .verdicts
                .iter()
                .filter(|verdict| !verdict.wrong.is_empty())
                .filter(|verdict| of_type(&verdict.gold) || of_type(&verdict.predicted))
                .collect();
            if !lines.is_empty() {
                println!("\n{} {:?}\n{}", item.id, item.tags, marked(item));
                lines.iter().for_each(|line| println!("  {line}"));
            }
        }
    }
    report.items.extend(scores.into_iter().map(|score| (score.id, score.verdicts)));
    Ok(())
}

/// The text with the gold triggers in [brackets].
fn marked(item: &Item) -> String {
    let mut marks: Vec<_> = item.events.iter().map(|event| event.triggers[0]).collect();
    marks.sort();
    marks.dedup();
    let mut text = item.article.text.clone();
    for span in marks.iter().rev() {
        text.insert(span.end as usize, ']');
        text.insert(span.begin as usize, '[');
    }
    text
}

fn score_pairs(file: &Path, extract: &gold::Extract) -> Result<Table, String> {
    let pairs = plv::load(file)?;
    let options = gold::measured_options();
    let answers: Vec<_> = pairs
        .iter()
        .map(|pair| {
            let events: Vec<Event> =
                extract(&Article { text: pair.text.clone(), ..Article::default() }, &options);
            plv::answer(pair, &events).map(|event| event.event_type)
        })
        .collect();
    Ok(plv::table(
        "PLOVER pairs (plv_train), end to end; the scorer has learned from them",
        "Too good: a build with --features train reads each fifth with a scorer that never saw it. The pair is not given: it counts as found when an event's actor and recipient overlap the marked spans; pairs not found are wrong. \
         CONCEDE and RETREAT count as YIELD.",
        &pairs,
        &answers,
    ))
}

fn list_near_duplicates(folder: &Path) -> Result<(), String> {
    let items = corpus::load(folder, &Part::ALL).map_err(|error| error.to_string())?;
    let pairs = duplicates::near_duplicates(&items);
    for (a, b, share) in &pairs {
        println!("{:3.0} %  {a}  {b}", 100.0 * share);
    }
    println!("{} pairs of {} items share half of their word triples or more", pairs.len(), items.len());
    Ok(())
}

fn subject() -> BTreeMap<String, String> {
    let mut subject = BTreeMap::new();
    subject.insert("demarche".into(), env!("CARGO_PKG_VERSION").into());
    subject.insert("date".into(), jiff::Timestamp::now().strftime("%Y-%m-%d").to_string());
    let commit = std::process::Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    if let Some(commit) = commit.ok().filter(|output| output.status.success()) {
        subject.insert("commit".into(), String::from_utf8_lossy(&commit.stdout).trim().into());
    }
    #[cfg(feature = "server")]
    for resource in crate::grpc::info::models().into_iter().chain(crate::grpc::info::tables()) {
        subject.insert(format!("{} (hash)", resource.name), resource.hash);
    }
    subject
}

fn print(args: &EvaluateArgs, report: &Report) -> Result<(), String> {
    if let Some(path) = &args.write {
        let body = format!("{PREFACE}{}{PEERS}", report.markdown());
        std::fs::write(path, body).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if let Some(path) = &args.compare {
        let body = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let old: Report =
            serde_json::from_str(&body).map_err(|error| format!("{}: {error}", path.display()))?;
        print!("{}", compare(&old, report));
        return Ok(());
    }
    match args.format {
        Format::Table => print!("{}", report.terminal()),
        Format::Json => println!("{}", serde_json::to_string(report).map_err(|error| error.to_string())?),
    }
    Ok(())
}

const PREFACE: &str = "# Evaluation\n\n\
    Written by `demarche evaluate --write docs/evaluation.md`; do not edit. How events are matched: `src/evaluation/matching.rs`; \
    what each field counts: `src/evaluation/score.rs`; the corpus and its guide: `corpus/README.md`.\n\n";

const PEERS: &str = "\n## Published figures of others\n\n\
    None of these is the same task as ours on the same text, so read them as the neighbourhood.\n\n\
    | system | figure | its task |\n|---|---|---|\n\
    | Universal PETRARCH | PLV test root macro-F1 46.3 | end to end, dictionary coder (Hu et al. 2024, ZSP) |\n\
    | GPT-4 | PLV test root macro-F1 61.5 | pair given, zero shot (same) |\n\
    | NLI model, 355M | PLV test root macro-F1 82.4 | pair given, zero shot (same) |\n\
    | ConfliBERT, fine-tuned | PLV test root macro-F1 86.7 | pair given, supervised (same) |\n\
    | NGEC 2025 | document-level type macro-F1 0.52, attributes F1 70 | whole stories, transformers |\n";
