//! What is made of measurements: texts, a page, plots, and a comparison with those before.

mod baseline;
mod figure;
mod machine;
mod page;
mod part;
mod plot;
mod table;

pub use baseline::{Baseline, Count, Finding};
pub use figure::Figure;
pub use machine::{Machine, version};
pub use page::{Chapter, Page, Taken};
pub use part::Part;
pub use plot::{Bar, Panel, Plot};
pub use table::{Row, Table, grouped};
