//! The command line. One file a subcommand: its arguments as a clap type and a `run` that gives an exit code.
//!
//! To add one: a file beside this, a variant in [`Command`], a line in [`main`].

mod bench;
mod codebook;
mod data;
mod dates;
mod evaluate;
mod extract;
mod gaps;
#[cfg(feature = "server")]
mod health;
#[cfg(feature = "server")]
mod load;
mod lookup;
mod parse;
mod places;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod token;
#[cfg(feature = "train")]
mod train;
#[cfg(feature = "train")]
mod train_choice;
#[cfg(feature = "train")]
mod train_scorer;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Reads news articles and streams back diplomatic and political events, coded in PLOVER and CAMEO, with the evidence
/// for every field. Without a command it serves gRPC on 127.0.0.1:50051.
#[derive(Debug, Parser)]
#[command(name = "demarche", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints the events of articles in files
    Extract(extract::ExtractArgs),
    /// Serves gRPC
    #[cfg(feature = "server")]
    Serve(Box<serve::ServeArgs>),
    /// Asks a server whether it serves
    #[cfg(feature = "server")]
    Health(health::HealthArgs),
    /// Sends articles to a server and measures how it does
    #[cfg(feature = "server")]
    Load(load::LoadArgs),
    /// Makes a bearer token for a client
    #[cfg(feature = "server")]
    Token(token::TokenArgs),
    /// Measures how fast this machine reads
    Bench(bench::BenchArgs),
    /// Scores the pipeline on the gold corpus and the public sets, field by field.
    Evaluate(evaluate::EvaluateArgs),
    /// Checks the codebook, or tries it on a sentence.
    Codebook(codebook::CodebookArgs),
    /// Says which days the time expressions of a text mean.
    Dates(dates::DatesArgs),
    /// Says which places a text names.
    Places(places::PlacesArgs),
    /// Says what the tables know of a name on a day, and why.
    Lookup(lookup::LookupArgs),
    /// Checks tables of data.
    Data(data::DataArgs),
    /// Prints the trees of a text as CoNLL-U.
    Parse(parse::ParseArgs),
    /// Trains the models in models/.
    #[cfg(feature = "train")]
    Train(train::TrainArgs),
}

/// Why a command failed, for the person who typed it: names the input and what to do.
pub type Failure = Box<dyn std::error::Error>;

/// Reads the arguments and runs the command. Failures go to standard error; the exit code is then 1, or 2 for bad arguments.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done: Result<ExitCode, Failure> = match arguments.command {
        Some(Command::Extract(arguments)) => extract::run(&arguments),
        #[cfg(feature = "server")]
        Some(Command::Serve(arguments)) => serve::run(&arguments),
        #[cfg(feature = "server")]
        Some(Command::Health(arguments)) => health::run(&arguments),
        #[cfg(feature = "server")]
        Some(Command::Load(arguments)) => load::run(&arguments),
        #[cfg(feature = "server")]
        Some(Command::Token(arguments)) => token::run(&arguments),
        Some(Command::Bench(arguments)) => bench::run(&arguments),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments),
        Some(Command::Codebook(arguments)) => codebook::run(&arguments),
        Some(Command::Dates(arguments)) => dates::run(&arguments),
        Some(Command::Places(arguments)) => places::run(&arguments),
        Some(Command::Lookup(arguments)) => lookup::run(&arguments),
        Some(Command::Data(arguments)) => data::run(&arguments),
        Some(Command::Parse(arguments)) => parse::run(&arguments),
        #[cfg(feature = "train")]
        Some(Command::Train(arguments)) => train::run(&arguments),
        #[cfg(feature = "server")]
        None => serve::run(&serve::ServeArgs::default()),
        #[cfg(not(feature = "server"))]
        None => Err("this build has no server; see `demarche --help`".into()),
    };
    done.unwrap_or_else(|failure| {
        // The causes too, where they say more: "transport error" alone helps nobody.
        let mut message = failure.to_string();
        let mut cause = failure.source();
        while let Some(deeper) = cause {
            let told = deeper.to_string();
            if !message.contains(&told) {
                message += &format!(": {told}");
            }
            cause = deeper.source();
        }
        eprintln!("demarche: {message}");
        ExitCode::FAILURE
    })
}
