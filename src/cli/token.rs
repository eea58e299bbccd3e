//! `demarche token`: makes a bearer token for a client, and the line of the token file that lets it in.

use super::Failure;
use clap::Args;
use std::process::ExitCode;

/// The token goes to the client and is shown only now; the line goes into the file that `auth.tokens` names.
#[derive(Args, Debug)]
pub struct TokenArgs {
    /// The client's name, for logs, metrics and rate limits
    name: String,
}

/// Prints the line on standard output, so that it can be appended to the file, and the token on standard error.
pub fn run(arguments: &TokenArgs) -> Result<ExitCode, Failure> {
    let (token, line) = crate::server::auth::new_token(&arguments.name)?;
    eprintln!("{token}");
    println!("{line}");
    Ok(ExitCode::SUCCESS)
}
