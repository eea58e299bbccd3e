//! models/MANIFEST.toml: for each model what trained it, on what, its scores and its hash.

use std::fmt::Write;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

const HEAD: &str = "# What lies in models/: each file with what trained it, on what, and its scores. All weights are the project's own.\n# Written by `demarche train`.\n";

/// Writes the entry of syntax.bin anew; `settings` are its seed, passes and team.
///
/// # Errors
/// Where the folder cannot be read or written.
pub fn record(folder: &Path, settings: [u64; 3], scores: &[(String, f64)]) -> std::io::Result<()> {
    let [seed, passes, team] = settings;
    let bytes = std::fs::read(folder.join("syntax.bin"))?;
    let mut text = String::new();
    let _ = write!(
        text,
        r#"[[model]]
file = "syntax.bin"
what = "tags, lemmas and dependency trees of English: averaged perceptrons over hashed features, greedy arc-hybrid parsing"
format = {version}
bytes = {size}
xxh3 = "{hash:016x}"
command = "cargo run --release --no-default-features --features train -- train syntax --data ../shared/data --out models --seed {seed} --passes {passes} --team {team}"
data = [
    "syntax/ewt-train.conllu: UD English EWT, CC BY-SA 4.0",
    "syntax/gum-open-train.conllu: UD English GUM, freely licensed genres, CC BY and CC BY-SA",
    "raw/*.jsonl: Wikinews CC BY 2.5, U.S. Department of State (public domain), Wikipedia current events CC BY-SA 4.0; word classes only",
    "events/ngec_synthetic.csv: machine-written stories, no licence stated; word classes only",
]
licence = "MIT OR Apache-2.0: weights trained by this project; no text of the data is inside"

# F1 of the CoNLL 2018 shared task, on the test parts, which nothing was tuned on.
[model.scores]
"#,
        version = crate::core::syntax::blob::VERSION,
        size = bytes.len(),
        hash = xxh3_64(&bytes),
    );
    for (name, value) in scores {
        let _ = writeln!(text, "\"{name}\" = {value:.2}");
    }
    replace(folder, "syntax.bin", &text)
}

/// Puts the entry of one model file into the manifest, in place of an older one.
///
/// # Errors
/// Where the folder cannot be read or written.
pub fn replace(folder: &Path, file: &str, entry: &str) -> std::io::Result<()> {
    let path = folder.join("MANIFEST.toml");
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let name = format!("file = \"{file}\"");
    let others = old.split("[[model]]").skip(1).filter(|other| !other.contains(&name));
    let mut entries: Vec<String> = others.map(|other| format!("[[model]]{}\n", other.trim_end())).collect();
    entries.push(format!("{}\n", entry.trim_end()));
    entries.sort();
    std::fs::write(path, format!("{HEAD}\n{}", entries.join("\n")))
}
