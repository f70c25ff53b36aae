//! Community Notes.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{Fields, NoteField},
    id::{NoteId, PostId},
    models::{CreatedNote, Deleted, NewNote, Note, NoteScore, Post},
    operations::posts::PostFields,
};

endpoint! {
    /// Writes a Community Note.
    POST "/2/notes" createCommunityNotes
    (AnyUser: "tweet.write") -> One<CreatedNote>;
    pub struct Create {
        json {
            /// The note.
            info: NewNote,
            /// The post.
            post_id: PostId,
            /// Whether the note is only tried, and nobody sees it.
            test_mode: bool,
        }
    }
}

endpoint! {
    /// Rates the text of a Community Note before it is written.
    POST "/2/notes/evaluate" evaluateCommunityNotes
    (AnyUser: "tweet.write") -> One<NoteScore>;
    pub struct Evaluate {
        json {
            /// The note's text.
            note_text: String,
            /// The post.
            post_id: PostId,
        }
    }
}

endpoint! {
    /// Lists the Community Notes that the user has written.
    GET "/2/notes/search/notes_written" searchCommunityNotesWritten
    (AnyUser: "tweet.read") -> Page<Note>;
    pub struct Written {
        require {
            /// Whether to list those that were only tried, or the others.
            test_mode: bool,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields = "note.fields": Fields<NoteField>,
        }
    }
}

endpoint! {
    /// Lists posts that a Community Note can be written about.
    GET "/2/notes/search/posts_eligible_for_notes" searchEligiblePosts
    (AnyUser: "tweet.read") -> Page<Post>;
    pub struct EligiblePosts {
        require {
            /// Whether to list posts that notes can be tried on, or the others.
            test_mode: bool,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Which posts, of a form that X does not describe.
            post_selection: String,
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Deletes a Community Note.
    DELETE "/2/notes/{id}" deleteCommunityNotes
    (AnyUser: "tweet.write") -> One<Deleted>;
    pub struct Delete {
        path {
            /// Which note.
            id: NoteId,
        }
    }
}
