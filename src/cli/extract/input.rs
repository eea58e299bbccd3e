//! Articles from files: `.txt` whole, `.jsonl` line by line, folders by their files, `-` from standard input.

use crate::cli::Failure;
use crate::core::text::Article;
use jiff::civil::Date;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// An article as a line of JSON: the contract's names, in snake_case or camelCase.
#[derive(Deserialize)]
#[serde(default, rename_all = "snake_case")]
#[derive(Default)]
struct Line {
    #[serde(alias = "articleId", alias = "id")]
    article_id: String,
    title: String,
    text: String,
    #[serde(alias = "publishedAt", alias = "published_date", alias = "publishedDate", alias = "date")]
    published_at: String,
    language: String,
    source: String,
    url: String,
}

/// The files that the inputs name, folders opened (one level), in order of their names.
pub fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let entries =
                std::fs::read_dir(input).map_err(|error| format!("{}: {error}", input.display()))?;
            let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            inside.retain(|path| {
                path.extension().is_some_and(|extension| extension == "txt" || extension == "jsonl")
            });
            if inside.is_empty() {
                return Err(format!("{}: holds no .txt or .jsonl file", input.display()).into());
            }
            inside.sort();
            files.extend(inside);
        } else if input.as_os_str() == "-" || input.is_file() {
            files.push(input.clone());
        } else {
            return Err(format!("{}: no such file or folder", input.display()).into());
        }
    }
    Ok(files)
}

type Articles = Box<dyn Iterator<Item = Result<Article, Failure>>>;

/// The articles of one file. `date` is used where the file tells none.
pub fn articles(path: &Path, date: Option<Date>) -> Result<Articles, Failure> {
    let name = path.display().to_string();
    if path.extension().is_some_and(|extension| extension == "jsonl") {
        let file = std::fs::File::open(path).map_err(|error| format!("{name}: {error}"))?;
        let lines = BufReader::new(file).lines().enumerate();
        let lines = lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
        return Ok(Box::new(lines.map(move |(at, line)| {
            let told = |error: &dyn std::fmt::Display| Failure::from(format!("{name}:{}: {error}", at + 1));
            let line: Line =
                serde_json::from_str(&line.map_err(|error| told(&error))?).map_err(|error| told(&error))?;
            article_of(line, date).map_err(|error| told(&error))
        })));
    }
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
    }
    // A stray byte of another encoding costs one character, not the article.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let published = stem.get(..10).and_then(|start| start.parse().ok()).or(date);
    let id = if name == "-" { String::new() } else { stem };
    Ok(Box::new(std::iter::once(Ok(Article { id, text, published, ..Article::default() }))))
}

fn article_of(line: Line, date: Option<Date>) -> Result<Article, String> {
    let published = match line.published_at.get(..10) {
        None if line.published_at.is_empty() => date,
        Some(day) => Some(day.parse().map_err(|_| format!("`{}` is no date", line.published_at))?),
        None => return Err(format!("`{}` is no date", line.published_at)),
    };
    let Line { article_id: id, title, text, language, source, url, .. } = line;
    Ok(Article { id, title, text, published, language, source, url })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_speaks_the_contracts_names() {
        let line = r#"{"articleId":"a","text":"t","publishedAt":"2024-03-05T09:00:00Z","extra":1}"#;
        let article = article_of(serde_json::from_str(line).expect("JSON"), None).expect("an article");
        assert_eq!((article.id.as_str(), article.published), ("a", Some(date(2024, 3, 5))));
        let line = serde_json::from_str(r#"{"text":"t"}"#).expect("JSON");
        assert_eq!(
            article_of(line, Some(date(2020, 1, 1))).expect("an article").published,
            Some(date(2020, 1, 1))
        );
        let line = serde_json::from_str(r#"{"text":"t","date":"soon"}"#).expect("JSON");
        assert!(article_of(line, None).is_err());
    }
}
