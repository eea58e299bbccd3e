//! Any text as a table that somebody laid over the built-in ones: it reads, or the error names its file and line. The first
//! line of the input is the path of the table; the rest is the table.

use demarche::knowledge;

pub fn check(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let (path, text) = input.split_once('\n').unwrap_or((&input, ""));
    if let Err(error) = knowledge::check_table(path, text) {
        assert_eq!(error.file, path, "{error}");
        assert!(error.line <= text.lines().count().max(1), "{error}");
        assert!(!error.message.is_empty());
    }
}
