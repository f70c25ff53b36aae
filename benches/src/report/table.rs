//! Tables, for a terminal and for a page.

use serde::{Deserialize, Serialize};

use super::{Bar, Panel};

/// A table of figures: names down the left, what was measured beside them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Table {
    /// What was measured.
    pub title: String,
    /// What each cell of a row is.
    pub columns: Vec<String>,
    /// One for each contestant.
    pub rows: Vec<Row>,
}

/// One contestant.
#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    /// Who it is.
    pub name: String,
    /// Whether it is of this workspace.
    pub ours: bool,
    /// A cell for each column, or why there is none.
    pub cells: Result<Vec<String>, String>,
}

impl Table {
    /// An empty one.
    pub fn new(title: impl Into<String>, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|&column| column.into()).collect();
        Self { title: title.into(), columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(
        &mut self,
        name: impl Into<String>,
        ours: bool,
        cells: Result<Vec<String>, String>,
    ) {
        self.rows.push(Row { name: name.into(), ours, cells });
    }

    /// A panel of a plot, of one column: the rows that have a number there.
    pub fn panel(&self, title: impl Into<String>, column: &str) -> Panel {
        let at = self.columns.iter().position(|name| name == column);
        let bar = |row: &Row| {
            let cell = row.cells.as_ref().ok()?.get(at?)?;
            let value = cell.replace(',', "").parse().ok()?;
            Some(Bar { name: row.name.clone(), ours: row.ours, value, label: cell.clone() })
        };
        Panel { title: title.into(), bars: self.rows.iter().filter_map(bar).collect() }
    }

    /// As a terminal shows it.
    pub fn text(&self) -> String {
        let cells = self.rows.iter().filter_map(|row| row.cells.as_ref().ok());
        let width = |at: usize, name: &String| {
            let widths = cells.clone().filter_map(|cells| cells.get(at)).map(|cell| width(cell));
            widths.chain([width(name)]).max().unwrap_or(0)
        };
        let widths: Vec<_> = self.columns.iter().enumerate().map(|(at, c)| width(at, c)).collect();
        let names = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        let line = |name: &str, cells: &[String]| {
            let cells = cells.iter().zip(&widths).map(|(cell, width)| format!("  {cell:>width$}"));
            format!("  {name:names$}{}\n", cells.collect::<String>())
        };
        let row = |row: &Row| match &row.cells {
            Ok(cells) => line(&row.name, cells),
            Err(why) => format!("  {:names$}  {why}\n", row.name),
        };
        let head = line("", &self.columns);
        format!("{}\n{head}{}", self.title, self.rows.iter().map(row).collect::<String>())
    }

    /// As GitHub shows it.
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let head = [vec![escaped(&self.title)], self.columns.iter().map(|c| escaped(c)).collect()];
        let rule = ["|---|".to_owned(), "---:|".repeat(self.columns.len()), "\n".to_owned()];
        let row = |row: &Row| {
            let name =
                if row.ours { format!("**{}**", escaped(&row.name)) } else { escaped(&row.name) };
            let mut cells = vec![name];
            match &row.cells {
                Ok(texts) => cells.extend(texts.iter().map(|text| escaped(text))),
                Err(why) => cells.push(escaped(why)),
            }
            cells.resize(self.columns.len() + 1, String::new());
            line(&cells)
        };
        line(&head.concat()) + &rule.concat() + &self.rows.iter().map(row).collect::<String>()
    }
}

/// A number with so many digits behind the point, and its thousands apart.
pub fn grouped(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    // What is rounded to nothing has no sign.
    let text = if text.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        text.as_str()
    } else {
        text.trim_start_matches('-')
    };
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, whole) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut groups: Vec<&str> = Vec::new();
    let mut left = whole;
    while left.len() > 3 && left.bytes().all(|byte| byte.is_ascii_digit()) {
        let (before, group) = left.split_at(left.len() - 3);
        groups.insert(0, group);
        left = before;
    }
    groups.insert(0, left);
    format!("{sign}{}{rest}", groups.join(","))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// What a cell of Markdown cannot hold as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '<' => escaped.extend(['\\', character]),
            '\n' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Table, grouped};

    fn table() -> Table {
        let mut table = Table::new("a page", &["instructions", "x"]);
        table.push("ours, of all", true, Ok(vec!["1,234".into(), "1.00".into()]));
        table.push("a|b", false, Ok(vec!["12".into(), "-".into()]));
        table.push("none", false, Err("skipped: not there".into()));
        table
    }

    #[test]
    fn a_terminal_shows_columns() {
        let text = "a page
                instructions     x
  ours, of all         1,234  1.00
  a|b                     12     -
  none          skipped: not there
";
        assert_eq!(table().text(), text);
    }

    #[test]
    fn a_page_shows_cells_that_hold_what_they_hold() {
        let markdown = r"| a page | instructions | x |
|---|---:|---:|
| **ours, of all** | 1,234 | 1.00 |
| a\|b | 12 | - |
| none | skipped: not there |  |
";
        assert_eq!(table().markdown(), markdown);
    }

    #[test]
    fn a_plot_shows_rows_that_have_a_number() {
        let panel = table().panel("how many", "x");
        let bars: Vec<_> = panel.bars.iter().map(|bar| (&*bar.name, bar.value)).collect();
        assert_eq!(bars, [("ours, of all", 1.0)]);
        let panel = table().panel("how many", "instructions");
        let bars: Vec<_> = panel.bars.iter().map(|bar| (bar.value, &*bar.label)).collect();
        assert_eq!(bars, [(1234.0, "1,234"), (12.0, "12")]);
        assert!(table().panel("how many", "no such column").bars.is_empty());
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, digits, text) in [
            (0.0, 0, "0"),
            (999.0, 0, "999"),
            (1000.0, 0, "1,000"),
            (1_234_567.891, 2, "1,234,567.89"),
            (-12_345.0, 0, "-12,345"),
            (-0.004, 1, "0.0"),
            (0.5, 3, "0.500"),
            (f64::INFINITY, 0, "inf"),
            (f64::NAN, 1, "NaN"),
        ] {
            assert_eq!(grouped(number, digits), text);
        }
    }
}
