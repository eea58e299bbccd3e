//! The walls of the house hold: who may name whom, who may open files, and that every file says what it is for.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below these folders, with its path from the root.
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a readable folder");
            waiting.extend(entries.map(|entry| entry.expect("a readable entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).expect("below the root").display().to_string();
            found.push((name, std::fs::read_to_string(&path).expect("readable")));
        }
    }
    assert!(!found.is_empty(), "no source below {folders:?}");
    found
}

/// No file below `folder` holds any of `words` in its code; comments may.
fn must_not_name(folder: &str, words: &[&str]) {
    let mut faults = Vec::new();
    for (name, text) in sources(&[folder]) {
        // Tests of a room may look over the wall.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            faults.extend(
                words
                    .iter()
                    .filter(|word| line.contains(*word))
                    .map(|word| format!("{name}:{}: {word}", at + 1)),
            );
        }
    }
    assert!(faults.is_empty(), "{folder} must not name:\n{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    for (name, text) in sources(&["src", "tests", "examples", "fuzz/fuzz_targets", "build.rs"]) {
        if !text.starts_with("//! ") {
            silent.push(name);
        }
    }
    assert!(silent.is_empty(), "these do not open with `//! `: {silent:?}");
}

#[test]
fn core_is_language_alone() {
    must_not_name(
        "src/core",
        &["tonic", "tokio", "prost", "std::fs", "std::net", "std::env", "async fn", "println!"],
    );
    must_not_name(
        "src/core",
        &["crate::grpc", "crate::server", "crate::cli", "crate::config", "crate::knowledge"],
    );
}

#[test]
fn the_contract_knows_no_linguistics_and_no_sockets() {
    must_not_name("src/grpc", &["crate::server", "crate::cli", "crate::config", "crate::knowledge"]);
    must_not_name(
        "src/grpc",
        &["core::syntax", "core::actors", "core::events", "core::time", "core::place", "std::fs"],
    );
}

#[test]
fn knowledge_and_server_do_not_look_up() {
    must_not_name("src/knowledge", &["crate::grpc", "crate::server", "crate::cli", "tokio", "tonic"]);
    must_not_name("src/server", &["crate::cli", "core::syntax", "core::actors", "core::events"]);
}

#[test]
fn core_alone_needs_no_transport() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal", "--no-default-features", "--prefix", "none"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout);
    let crates: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(crates.contains(&"demarche") && crates.contains(&"jiff"));
    for transport in ["tonic", "tokio", "prost", "hyper", "axum", "clap"] {
        assert!(!crates.contains(&transport), "{transport} is in core's tree");
    }
}
