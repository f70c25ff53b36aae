//! Fields of community Notes.

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`Note`](crate::models::Note): `note.fields`.
    pub enum NoteField {
        /// `id`.
        Id = "id",
        /// `info`.
        Info = "info",
        /// `scoring_status`.
        ScoringStatus = "scoring_status",
        /// `status`.
        Status = "status",
        /// `test_result`.
        TestResult = "test_result",
    }
}
