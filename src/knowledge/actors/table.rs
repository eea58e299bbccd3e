//! Tab-separated tables with a header: rows by column name, every complaint with file and line.

use crate::knowledge::KnowledgeError;
use jiff::civil::Date;

/// A table in memory.
pub struct Table<'t> {
    file: &'t str,
    columns: Vec<&'t str>,
    text: &'t str,
}

/// One row of a [`Table`].
pub struct Row<'a, 't> {
    table: &'a Table<'t>,
    /// Line in the file, from 1.
    pub line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    /// The table in `text`, whose first line must hold exactly `columns`.
    ///
    /// # Errors
    /// Where the header is another one.
    pub fn read(file: &'t str, text: &'t str, columns: &[&str]) -> Result<Table<'t>, KnowledgeError> {
        let header: Vec<&str> = text.lines().next().unwrap_or("").split('\t').collect();
        if header != columns {
            let message = format!("the header must be {}; it is {}", columns.join(" "), header.join(" "));
            return Err(KnowledgeError::at(file, 1, message));
        }
        Ok(Table { file, columns: header, text })
    }

    /// Its rows; empty lines are skipped.
    pub fn rows<'a>(&'a self) -> impl Iterator<Item = Row<'a, 't>> {
        self.text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()).map(|(i, line)| Row {
            table: self,
            line: i + 1,
            cells: line.split('\t').collect(),
        })
    }
}

impl<'t> Row<'_, 't> {
    /// The cell of that column; empty where the row is short.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|&name| name == column);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("").trim()
    }

    /// The parts of a cell that `|` separates.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// A complaint about this row.
    pub fn fail(&self, message: impl Into<String>) -> KnowledgeError {
        KnowledgeError::at(self.table.file, self.line, message)
    }

    /// The cell, which must not be empty.
    pub fn need(&self, column: &str) -> Result<&'t str, KnowledgeError> {
        match self.get(column) {
            "" => Err(self.fail(format!("{column} is empty"))),
            cell => Ok(cell),
        }
    }
}

/// A date written YYYY, YYYY-MM or YYYY-MM-DD: its first day, or its last with `last`.
pub fn date(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() || !(1000..=2200).contains(&year) {
        return None;
    }
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok(),
        (Some(month), None) => {
            Date::new(year, month, 1).ok().map(|d| if last { d.last_of_month() } else { d })
        }
        (None, _) => Some(if last { Date::constant(year, 12, 31) } else { Date::constant(year, 1, 1) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_reach_to_the_ends_of_their_span() {
        assert_eq!(date("2004", false), Some(Date::constant(2004, 1, 1)));
        assert_eq!(date("2004-02", true), Some(Date::constant(2004, 2, 29)));
        assert_eq!(date("2004-02-30", false), None);
        assert_eq!(date("soon", false), None);
    }

    #[test]
    fn a_wrong_header_names_the_file() {
        let problem = Table::read("data/x.tsv", "a\tb\n", &["a", "c"]).err().map(|e| e.to_string());
        assert_eq!(problem.as_deref(), Some("data/x.tsv:1: the header must be a c; it is a b"));
    }
}
