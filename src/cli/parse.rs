//! `demarche parse`: the trees of a text, in CoNLL-U, for a person or a tool to look at.

use super::Failure;
use crate::core::syntax::{Morph, Sentence};
use crate::knowledge;
use clap::Args;
use std::fmt::Write;
use std::io::Read;
use std::process::ExitCode;

/// Options of `demarche parse`.
#[derive(Args, Debug)]
pub struct ParseArgs {
    /// The text; without any it is read from standard input.
    text: Vec<String>,
}

/// Prints every sentence as CoNLL-U.
///
/// # Errors
/// Input that is no UTF-8, or a built-in model that does not read.
pub fn run(args: &ParseArgs) -> Result<ExitCode, Failure> {
    let mut text = args.text.join(" ");
    if args.text.is_empty() {
        std::io::stdin().read_to_string(&mut text)?;
    }
    let document = knowledge::syntax()?.analyze(&text);
    for sentence in &document.sentences {
        println!("{}", conllu(&text, sentence));
    }
    Ok(ExitCode::SUCCESS)
}

/// One sentence as CoNLL-U, its text and kind as comments.
fn conllu(text: &str, sentence: &Sentence) -> String {
    let mut out = format!("# text = {}\n", sentence.span.of(text).replace(['\n', '\r'], " "));
    let _ = writeln!(out, "# paragraph = {}\n# kind = {:?}", sentence.paragraph, sentence.kind);
    if let Some(dateline) = sentence.dateline {
        let _ = writeln!(out, "# dateline = {}", dateline.of(text));
    }
    for (i, token) in sentence.tokens.iter().enumerate() {
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\tbytes={}:{}",
            i + 1,
            token.span.of(text),
            token.lemma,
            token.upos.name(),
            token.xpos.name(),
            features(token.morph),
            token.head.map_or(0, |head| head + 1),
            token.deprel.name(),
            token.span.begin,
            token.span.end
        );
    }
    out
}

fn features(morph: Morph) -> String {
    let mut names: Vec<&str> =
        Morph::ALL.iter().filter(|(flag, _)| morph.has(*flag)).map(|(_, name)| *name).collect();
    names.sort_unstable();
    if names.is_empty() { "_".to_owned() } else { names.join("|") }
}
