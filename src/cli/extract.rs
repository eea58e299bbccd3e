//! `demarche extract`: articles from files, folders or standard input; events as text, JSON or a table.

mod input;
mod table;
mod text;

#[cfg(feature = "server")]
mod json;

use super::Failure;
use crate::core::extraction::{Extraction, Options};
use crate::core::ontology::EventType;
use crate::core::pipeline::Pipeline;
use crate::core::text::Article;
use crate::knowledge;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Articles that are read before the first of them is printed.
const BATCH: usize = 256;

/// A file `.txt` is one article, a file `.jsonl` one on each line, `-` one on standard input. A file name that begins with
/// YYYY-MM-DD tells the day of publication.
#[derive(Args, Debug)]
pub struct ExtractArgs {
    /// Files or folders; `-` is standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// How to print the events
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Day of publication, YYYY-MM-DD; resolves "on Monday"
    #[arg(long, short)]
    date: Option<Date>,
    /// Only these types, e.g. `--type CONSULT,AID`
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    types: Vec<EventType>,
    /// Pure statements too
    #[arg(long)]
    statements: bool,
    /// What did not happen, too
    #[arg(long)]
    negated: bool,
    /// Leave out background from before the reported occasion
    #[arg(long)]
    no_historical: bool,
    /// Leave out events below this confidence, 0 to 1
    #[arg(long, default_value_t = 0.0)]
    min_confidence: f32,
    /// Say which rules and scores decided
    #[arg(long, short)]
    explain: bool,
    /// A folder of tables laid out as data/actors, read on top of the built-in ones
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// When to colour text
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    colour: Colour,
    /// Threads [default: one for each core]
    #[arg(long, short = 'j')]
    threads: Option<usize>,
}

/// How to print the events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the evidence marked
    Text,
    /// An array with an object for each article: its events and summary, as the service's JSON
    #[cfg(feature = "server")]
    Json,
    /// One event a line, as the service's JSON
    #[cfg(feature = "server")]
    Jsonl,
    /// One event a line in POLECAT's 40 columns
    Tsv,
}

/// When to colour text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal
    Auto,
    Always,
    Never,
}

fn event_type(name: &str) -> Result<EventType, String> {
    let names = || EventType::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    EventType::parse(&name.to_ascii_uppercase())
        .ok_or_else(|| format!("no event type; these are: {}", names()))
}

/// One article and what it gave.
struct Reading {
    article: Article,
    extraction: Extraction,
    /// Work on it, wall clock of one thread.
    spent: std::time::Duration,
}

/// Reads all inputs, in batches, and prints in the order of the inputs.
pub fn run(arguments: &ExtractArgs) -> Result<ExitCode, Failure> {
    if !(0.0..=1.0).contains(&arguments.min_confidence) {
        return Err(format!("--min-confidence {}: must lie in 0..1", arguments.min_confidence).into());
    }
    let options = Options {
        event_types: arguments.types.clone(),
        include_statements: arguments.statements,
        include_negated: arguments.negated,
        include_historical: !arguments.no_historical,
        min_confidence: arguments.min_confidence,
        explain: arguments.explain,
    };
    let files = input::files(&arguments.inputs)?;
    let own = arguments.data.as_deref().map(knowledge::tables_in).transpose()?.unwrap_or_default();
    let pipeline = knowledge::load_with_tables(&own)?;
    let progress = progress(files.len());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut printer = Printer::new(arguments);
    let mut batch = Vec::with_capacity(BATCH);
    for file in &files {
        progress.inc(1);
        for article in input::articles(file, arguments.date)? {
            batch.push(article?);
            if batch.len() == BATCH {
                printer.print(
                    &mut out,
                    read(&pipeline, &options, std::mem::take(&mut batch), arguments.threads),
                )?;
            }
        }
    }
    printer.print(&mut out, read(&pipeline, &options, batch, arguments.threads))?;
    printer.end(&mut out)?;
    progress.finish_and_clear();
    Ok(ExitCode::SUCCESS)
}

/// Reads a batch on all threads; the order stays.
fn read(pipeline: &Pipeline, options: &Options, batch: Vec<Article>, threads: Option<usize>) -> Vec<Reading> {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = threads.unwrap_or_else(cores).clamp(1, batch.len().max(1));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, article)) = {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            batch.get(at).map(|article| (at, article))
        } {
            let begun = std::time::Instant::now();
            let extraction = pipeline.extract(article, options);
            done.push((at, extraction, begun.elapsed()));
        }
        done
    };
    let mut done: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for worker in workers {
            match worker.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|&(at, ..)| at);
    batch
        .into_iter()
        .zip(done)
        .map(|(article, (_, extraction, spent))| Reading { article, extraction, spent })
        .collect()
}

/// A bar on a terminal where there is more than one file; else nothing.
fn progress(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Prints readings in one of the formats.
struct Printer {
    format: Format,
    explain: bool,
    colour: bool,
    printed: usize,
}

impl Printer {
    fn new(arguments: &ExtractArgs) -> Printer {
        let colour = match arguments.colour {
            Colour::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            Colour::Always => true,
            Colour::Never => false,
        };
        Printer { format: arguments.format, explain: arguments.explain, colour, printed: 0 }
    }

    fn print(&mut self, out: &mut impl Write, readings: Vec<Reading>) -> Result<(), Failure> {
        for reading in &readings {
            match self.format {
                Format::Text => {
                    if self.printed > 0 {
                        writeln!(out)?;
                    }
                    text::print(out, reading, self.explain, self.colour)?;
                }
                Format::Tsv => {
                    if self.printed == 0 {
                        table::print_header(out)?;
                    }
                    table::print(out, reading)?;
                }
                #[cfg(feature = "server")]
                Format::Json => {
                    out.write_all(if self.printed == 0 { b"[\n" } else { b",\n" })?;
                    json::print_article(out, reading, self.explain)?;
                }
                #[cfg(feature = "server")]
                Format::Jsonl => json::print_events(out, reading, self.explain)?,
            }
            self.printed += 1;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        #[cfg(feature = "server")]
        if self.format == Format::Json {
            out.write_all(if self.printed == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        if self.format == Format::Tsv && self.printed == 0 {
            table::print_header(out)?;
        }
        Ok(out.flush()?)
    }
}
