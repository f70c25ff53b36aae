//! What one part of the measurements came to.

use serde::{Deserialize, Serialize};

use super::{Count, Figure, Panel, Table};

/// What was measured of one thing, such as signing, as it is printed, kept and shown.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// In the order of the page.
    pub tables: Vec<Table>,
    /// What the columns mean, and what is fair about them: paragraphs.
    pub notes: String,
    /// More, for who ran the part alone.
    pub details: String,
    /// What ours is held to.
    pub figures: Vec<Figure>,
    /// What must not grow.
    pub counts: Vec<Count>,
    /// What the plot shows.
    pub panels: Vec<Panel>,
}

impl Part {
    /// As a terminal shows it.
    pub fn text(&self, name: &str) -> String {
        let mut text: String = self.tables.iter().map(|table| table.text() + "\n").collect();
        if !self.figures.is_empty() {
            text += &format!("{:64} {:>10} {:>10}\n", format!("{name}: figures"), "figure", "is");
            text.extend(self.figures.iter().map(|figure| figure.text() + "\n"));
            text += "\n";
        }
        text + self.details.trim_start() + self.notes.trim() + "\n"
    }

    /// Whether every figure is met, or nearly.
    pub fn holds(&self) -> bool {
        self.figures.iter().all(Figure::holds)
    }
}
