//! The documents tell what the program does: every key, every metric, every dependency stands in its table.
#![cfg(feature = "server")]

use demarche::config::Config;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The metrics that the program describes.
fn metrics() -> Vec<String> {
    let code = read("src/server/metrics.rs");
    // The first string of each call is the name; a long call has it on a line of its own.
    let calls = code.split("    describe_").skip(1);
    let names: Vec<String> = calls.filter_map(|call| Some(call.split('"').nth(1)?.to_owned())).collect();
    assert!(names.len() > 10);
    names
}

#[test]
fn every_key_of_the_configuration_is_explained() {
    let operations = read("docs/operations.md");
    let config = serde_json::to_value(Config::default()).expect("JSON");
    for (section, keys) in config.as_object().expect("sections") {
        for key in keys.as_object().expect("keys").keys() {
            let key = format!("`{section}.{key}`");
            assert!(operations.contains(&key), "docs/operations.md does not explain {key}");
        }
    }
}

#[test]
fn the_table_of_keys_names_no_other() {
    let config = serde_json::to_value(Config::default()).expect("JSON");
    let operations = read("docs/operations.md");
    let table = operations.split("## Configuration").nth(1).and_then(|rest| rest.split("## Errors").next());
    for line in table.expect("a table").lines().filter(|line| line.starts_with("| `")) {
        for key in
            line.split('|').nth(1).expect("a first cell").split(',').map(|key| key.trim().trim_matches('`'))
        {
            let (section, name) = key.split_once('.').expect("section.key");
            assert!(config[section].get(name).is_some(), "{key} is no key");
        }
    }
}

#[test]
fn every_metric_is_explained_and_no_other_is_watched() {
    let (metrics, operations) = (metrics(), read("docs/operations.md"));
    for name in &metrics {
        assert!(operations.contains(&format!("`{name}`")), "docs/operations.md does not explain {name}");
    }
    for file in ["deploy/alerts.yaml", "deploy/grafana.json"] {
        let text = read(file);
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        for word in words.filter(|word| word.starts_with("demarche_") || word.starts_with("process_")) {
            let name = word.strip_suffix("_bucket").unwrap_or(word);
            assert!(metrics.iter().any(|known| known == name), "{file}: {word} is no metric");
        }
    }
}

#[test]
fn every_direct_dependency_has_its_line() {
    let (manifest, table) = (read("Cargo.toml"), read("docs/dependencies.md"));
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| inside && !line.starts_with('#')) {
            let listed = table.lines().any(|row| {
                row.split('|').nth(1).is_some_and(|cell| cell.split(',').any(|listed| listed.trim() == name))
            });
            assert!(listed, "docs/dependencies.md has no line for {name}");
        }
    }
}
