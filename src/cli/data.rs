//! `demarche data check`: reads a folder of tables as the program would, and says what is wrong with file and line.

use super::Failure;
use crate::knowledge;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `demarche data`.
#[derive(Args, Debug)]
pub struct DataArgs {
    #[command(subcommand)]
    command: DataCommand,
}

#[derive(Debug, Subcommand)]
enum DataCommand {
    /// Checks the tables of actors in a folder, on top of the built-in ones
    Check {
        /// The folder; it may hold any of the files of data/actors.
        dir: PathBuf,
    },
}

/// Checks and reports. Exit code 1 where a table is refused.
///
/// # Errors
/// Where the folder cannot be read.
pub fn run(args: &DataArgs) -> Result<ExitCode, Failure> {
    let DataCommand::Check { dir } = &args.command;
    let files = knowledge::tables_in(dir)?;
    if files.is_empty() {
        println!("{}: none of the tables of data/actors is here", dir.display());
        return Ok(ExitCode::FAILURE);
    }
    match knowledge::check_actors(&files) {
        Ok((actors, warnings)) => {
            for warning in &warnings {
                println!("warning: {warning}");
            }
            let [lands, entities, persons, terms, roles] = actors.counts();
            println!(
                "{} files read: {lands} lands, {entities} organisations, {persons} persons, {terms} terms, {roles} role words with the built-in ones; {} warnings",
                files.len(),
                warnings.len()
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(problem) => {
            println!("{problem}");
            Ok(ExitCode::FAILURE)
        }
    }
}
