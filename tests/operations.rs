//! docs/operations.md and deploy/ tell the truth: every key with its default, every limit with a test that crosses it, every
//! metric; and no name in the dashboard, the alerts or the manifests that the program does not know.
#![cfg(feature = "server")]

use demarche::config::Config;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Rows of the document's tables, cell by cell.
fn rows(document: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    document.lines().filter(|line| line.starts_with("| ")).map(cells).collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Every key with its default, as JSON holds it.
fn keys() -> BTreeMap<String, Value> {
    let Value::Object(sections) = serde_json::to_value(Config::default()).expect("JSON") else {
        panic!("no object")
    };
    let mut keys = BTreeMap::new();
    for (section, content) in sections {
        let Value::Object(content) = content else { panic!("{section} is no section") };
        keys.extend(content.into_iter().map(|(key, value)| (format!("{section}.{key}"), value)));
    }
    keys
}

/// Milliseconds of `20s`, `5m`, `250ms`, `0`.
fn milliseconds(length: &str) -> Option<u64> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit());
    let number: u64 = length.strip_suffix(unit)?.parse().ok()?;
    Some(
        number
            * match unit {
                "ms" | "" => 1,
                "s" => 1000,
                "m" => 60_000,
                "h" => 3_600_000,
                _ => return None,
            },
    )
}

fn is_default(told: &str, value: &Value) -> bool {
    match value {
        Value::Null => told == "none",
        Value::String(text) if text.ends_with("ms") => milliseconds(told) == milliseconds(text),
        Value::String(text) => told == text,
        Value::Number(number) => told.parse::<f64>().ok() == number.as_f64(),
        Value::Bool(flag) => told == flag.to_string(),
        _ => false,
    }
}

#[test]
fn every_key_stands_in_the_document_with_its_default() {
    let document = read("docs/operations.md");
    let mut told = BTreeMap::new();
    for row in rows(&document) {
        for key in quoted(&row[0]).into_iter().filter(|key| key.contains('.') && !key.contains('*')) {
            assert!(
                told.insert(key.to_owned(), row[1].trim_matches('`').to_owned()).is_none(),
                "{key} twice"
            );
        }
    }
    let keys = keys();
    assert!(keys.len() > 35, "{keys:?}");
    for (key, value) in &keys {
        let default = told.get(key).unwrap_or_else(|| panic!("docs/operations.md does not name {key}"));
        assert!(is_default(default, value), "{key}: the document says {default}, the program {value}");
    }
    let unknown: Vec<&String> = told.keys().filter(|key| !keys.contains_key(*key)).collect();
    assert!(unknown.is_empty(), "no such keys: {unknown:?}");
}

#[test]
fn every_limit_names_a_test_that_is_there() {
    let document = read("docs/operations.md");
    let limits: Vec<Vec<String>> =
        rows(&document).into_iter().filter(|row| row[0].starts_with("`limits.") && row.len() == 5).collect();
    let all: BTreeSet<String> = keys().into_keys().filter(|key| key.starts_with("limits.")).collect();
    let told: BTreeSet<String> = limits.iter().map(|row| row[0].trim_matches('`').to_owned()).collect();
    assert_eq!(told, all);
    let counters = ["calls", "connections", "admission", "auth"]
        .map(|file| read(&format!("src/server/{file}.rs")))
        .concat();
    for row in limits {
        let (file, test) = row[4].split_once(": ").unwrap_or_else(|| panic!("{row:?} names no test"));
        let source = read(&format!("tests/{file}.rs"));
        let body = source
            .split(&format!("async fn {test}()"))
            .nth(1)
            .unwrap_or_else(|| panic!("no test {test} in {file}"));
        let body = body.split("\n}\n").next().unwrap_or_default();
        let key = row[0].trim_matches('`').trim_start_matches("limits.");
        let helper = |name: &str| body.contains(name);
        let crosses =
            source.contains(&format!("limits.{key}")) || ["bulk_window", "max_message_bytes"].contains(&key);
        assert!(
            crosses && (helper("assert") || helper("closes") || helper("check_refusal")),
            "{test} does not cross {key}"
        );
        for limit in quoted(&row[3]).into_iter().filter(|limit| !limit.contains("demarche_")) {
            assert!(counters.contains(&format!("\"{limit}\"")), "nothing counts {limit}");
            assert!(body.contains(&format!("\"{limit}\"")), "{test} does not look at the count of {limit}");
        }
    }
}

/// The metrics that the program describes.
fn metrics() -> BTreeSet<String> {
    let source = read("src/server/metrics.rs");
    let describes = source.split("describe_").skip(1).filter_map(|rest| rest.split('"').nth(1));
    let names: BTreeSet<String> = describes
        .filter(|name| name.starts_with("demarche_") || name.starts_with("process_"))
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 15, "{names:?}");
    names
}

#[test]
fn every_metric_stands_in_the_document() {
    let document = read("docs/operations.md");
    let told: BTreeSet<String> = rows(&document)
        .iter()
        .flat_map(|row| quoted(&row[0]).into_iter().map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| name.starts_with("demarche_") || name.starts_with("process_"))
        .collect();
    assert_eq!(told, metrics());
}

#[test]
fn dashboard_and_alerts_ask_for_metrics_that_are_there() {
    let known = metrics();
    for file in ["deploy/grafana.json", "deploy/alerts.yaml", "deploy/kubernetes/demarche.yaml"] {
        let text = read(file);
        let mut asked = 0;
        for (at, _) in text.match_indices("demarche_") {
            let name: String =
                text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let base =
                ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
            assert!(known.contains(base), "{file} asks for {name}");
            asked += 1;
        }
        assert!(asked > 0, "{file} asks for nothing");
    }
    let dashboard: Value = serde_json::from_str(&read("deploy/grafana.json")).expect("JSON");
    assert!(dashboard["panels"].as_array().is_some_and(|panels| panels.len() >= 6));
}

#[test]
fn the_manifests_set_keys_that_are_there() {
    let keys = keys();
    let mut seen = 0;
    for file in
        ["deploy/kubernetes/demarche.yaml", "deploy/demarche.service", "docs/operations.md", "Dockerfile"]
    {
        let text = read(file);
        for (at, _) in text.match_indices("DEMARCHE_") {
            let name: String =
                text[at + 9..].chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            let Some((section, key)) = name.split_once("__") else { continue };
            let key = format!("{}.{}", section.to_lowercase(), key.to_lowercase());
            assert!(keys.contains_key(&key) || key == "section.key", "{file} sets {key}");
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}
