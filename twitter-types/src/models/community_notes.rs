//! Community Notes.

use crate::id::{NoteId, PostId};
use crate::model::{model, open_enum};

model! {
    /// A Community Note.
    pub struct Note {
        /// Identifies it.
        id: Option<NoteId>,
        /// What the note says.
        info: Option<Box<NoteInfo>>,
        /// How the note is rated.
        scoring_status: Option<NoteScoring>,
        /// How it stands.
        status: Option<String>,
        /// What X finds of the note, in test mode.
        test_result: Option<NoteTestResult>,
    }
}

model! {
    /// How raters of one kind found a note.
    pub struct NoteBucketCounts {
        /// How many found it helpful.
        helpful_count: Option<u64>,
        /// Why they found it helpful.
        helpful_tag_counts: Vec<NoteTagCount>,
        /// How many found it unhelpful.
        not_helpful_count: Option<u64>,
        /// Why they found it unhelpful.
        not_helpful_tag_counts: Vec<NoteTagCount>,
        /// How many found it somewhat helpful.
        somewhat_helpful_count: Option<u64>,
    }
}

model! {
    /// What an evaluator found.
    pub struct NoteEvaluation {
        /// How it rates the note, in words.
        evaluator_score_bucket: Option<String>,
        /// What the evaluator looks at.
        evaluator_type: Option<String>,
    }
}

model! {
    /// What a note says.
    pub struct NoteInfo {
        /// What the note says of the post.
        classification: Option<NoteClassification>,
        /// Whether the note is about the media.
        is_media_note: Option<bool>,
        /// Why the post may mislead.
        misleading_tags: Vec<NoteReason>,
        /// The post.
        post_id: Option<PostId>,
        /// What became of the note.
        rating_status: Option<NoteRatingStatus>,
        /// The text.
        text: Option<String>,
        /// Whether the note names sources that can be trusted.
        trustworthy_sources: Option<bool>,
    }
}

model! {
    /// The answer to writing a note.
    pub struct CreatedNote {
        /// Identifies the note.
        id | note_id: Option<NoteId>,
    }
}

model! {
    /// A note to be written.
    pub struct NewNote {
        required {
            /// What the note says of the post.
            classification: NoteClassification,
            /// The text, with a link to a source.
            text: String,
            /// Whether the note names sources that can be trusted.
            trustworthy_sources: bool,
        }
        /// Whether the note is about the media.
        is_media_note: Option<bool>,
        /// Why the post may mislead: at least one reason, if it does.
        misleading_tags: Vec<NoteReason>,
    }
}

model! {
    /// The ratings of a note by one model.
    pub struct NoteModelRatings {
        /// The model's name.
        model_name: Option<String>,
        /// The ratings.
        value: Option<NoteRatingCounts>,
    }
}

model! {
    /// The ratings of a note, by raters who otherwise differ in what they find helpful.
    pub struct NoteRatingCounts {
        /// The ratings of those who differ one way.
        negative_factor_bucket_counts: Option<NoteBucketCounts>,
        /// The ratings of those in between.
        neutral_factor_bucket_counts: Option<NoteBucketCounts>,
        /// The ratings of those who differ the other way.
        positive_factor_bucket_counts: Option<NoteBucketCounts>,
    }
}

model! {
    /// How a note's text is likely to be received.
    pub struct NoteScore {
        /// How well the text is likely to be received.
        claim_opinion_score: Option<f64>,
    }
}

model! {
    /// How a note is rated.
    pub struct NoteScoring {
        /// Whether the caller may see the scores.
        has_access: Option<bool>,
        /// The ratings, by model.
        rating_counts_per_model: Vec<NoteModelRatings>,
    }
}

model! {
    /// How often raters gave a reason.
    pub struct NoteTagCount {
        /// How often it was given.
        tag_count: Option<u64>,
        /// The reason.
        tag_name: Option<String>,
    }
}

model! {
    /// What X finds of a note, in test mode.
    pub struct NoteTestResult {
        /// What each evaluator found.
        evaluation_outcome: Vec<NoteEvaluation>,
    }
}

open_enum! {
    /// What a note says of a post.
    pub enum NoteClassification {
        /// `misinformed_or_potentially_misleading`.
        MisinformedOrPotentiallyMisleading = "misinformed_or_potentially_misleading",
        /// `not_misleading`.
        NotMisleading = "not_misleading",
    }
}

open_enum! {
    /// Why a post may mislead.
    pub enum NoteReason {
        /// `disputed_claim_as_fact`.
        DisputedClaimAsFact = "disputed_claim_as_fact",
        /// `factual_error`.
        FactualError = "factual_error",
        /// `manipulated_media`.
        ManipulatedMedia = "manipulated_media",
        /// `misinterpreted_satire`.
        MisinterpretedSatire = "misinterpreted_satire",
        /// `missing_important_context`.
        MissingImportantContext = "missing_important_context",
        /// `other`.
        Other = "other",
        /// `outdated_information`.
        OutdatedInformation = "outdated_information",
    }
}

open_enum! {
    /// What became of a note. The values are those of specification 2.166.
    pub enum NoteRatingStatus {
        /// It is shown.
        CurrentlyRatedHelpful = "currently_rated_helpful",
        /// It is not shown.
        CurrentlyRatedNotHelpful = "currently_rated_not_helpful",
        /// It is not shown, whatever is to come.
        FirmReject = "firm_reject",
        /// Those who rate do not agree.
        InsufficientConsensus = "insufficient_consensus",
        /// Too few have rated it.
        MinimumRatingsNotMet = "minimum_ratings_not_met",
        /// More have to rate it.
        NeedsMoreRatings = "needs_more_ratings",
        /// This user is asked to rate it.
        NeedsYourHelp = "needs_your_help",
    }
}
