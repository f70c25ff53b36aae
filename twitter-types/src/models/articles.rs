//! Articles: long texts, in the form of DraftJS.

use crate::id::{ArticleId, MediaId, PostId};
use crate::model::{model, open_enum};

model! {
    /// A paragraph of an article.
    pub struct ArticleBlock {
        required {
            /// The text; of LaTeX its source, and of what is no text as a rule a space.
            text: String,
            /// The kind.
            kind = "type": ArticleBlockKind,
        }
        /// What X is to find in it.
        data: Option<ArticleBlockData>,
        /// Where links, pictures and other things stand.
        entity_ranges: Vec<ArticleEntityRange>,
        /// Where the text is bold, and the like.
        inline_style_ranges: Vec<ArticleStyleRange>,
        /// A key of your own for it.
        key: Option<String>,
    }
}

model! {
    /// The tags, mentions and links of a paragraph.
    pub struct ArticleBlockData {
        /// Cashtags, such as `$XYZ`.
        cashtags: Vec<ArticleSpan>,
        /// Hashtags.
        hashtags: Vec<ArticleSpan>,
        /// Mentioned users.
        mentions: Vec<ArticleSpan>,
        /// Links.
        urls: Vec<ArticleSpan>,
    }
}

model! {
    /// The text of an article, in the form of DraftJS.
    pub struct ArticleContent {
        required {
            /// The paragraphs.
            blocks: Vec<ArticleBlock>,
            /// What is not text: links, pictures, posts, emoji, tables and the like.
            entities: Vec<ArticleEntity>,
        }
    }
}

model! {
    /// A draft.
    pub struct ArticleDraft {
        required {
            /// Identifies it.
            id: ArticleId,
        }
        /// The title.
        title: Option<String>,
    }
}

model! {
    /// A thing in an article that is not text, such as a picture.
    pub struct ArticleEntity {
        required {
            /// The key by which paragraphs refer to it.
            key: String,
            /// What it is.
            value: ArticleEntityValue,
        }
    }
}

model! {
    /// What belongs to an entity; which fields there are depends on its kind.
    pub struct ArticleEntityData {
        /// The caption.
        caption: Option<String>,
        /// The key of an emoji.
        entity_key: Option<String>,
        /// Code or a table, in Markdown.
        markdown: Option<String>,
        /// The files of a picture.
        media_items: Vec<ArticleMedia>,
        /// The post that is shown.
        post_id: Option<PostId>,
        /// The address of a link.
        url: Option<String>,
    }
}

model! {
    /// Where an entity stands in a paragraph.
    pub struct ArticleEntityRange {
        required {
            /// The thing, by its place in [`ArticleContent::entities`].
            key: u64,
            /// How many code units of the text.
            length: u64,
            /// Where it starts, in code units.
            offset: u64,
        }
    }
}

model! {
    /// What a thing in an article is.
    pub struct ArticleEntityValue {
        required {
            /// What belongs to it.
            data: ArticleEntityData,
            /// Whether it can be edited: links and Markdown as a rule, the others not.
            mutability: ArticleMutability,
            /// The kind.
            kind = "type": ArticleEntityKind,
        }
    }
}

model! {
    /// A file in an article.
    pub struct ArticleMedia {
        required {
            /// What the file is for, such as `tweet_image`.
            media_category: String,
            /// The file.
            media_id: MediaId,
        }
    }
}

model! {
    /// A tag, mention or link in a paragraph, in UTF-16 code units.
    pub struct ArticleSpan {
        required {
            /// First code unit.
            from_index: u64,
            /// The text.
            text: String,
            /// Code unit after the last.
            to_index: u64,
        }
    }
}

model! {
    /// A part of a paragraph that looks otherwise, in UTF-16 code units.
    pub struct ArticleStyleRange {
        required {
            /// How many code units.
            length: u64,
            /// Where it starts, in code units.
            offset: u64,
            /// The style.
            style: ArticleStyle,
        }
    }
}

open_enum! {
    /// The kind of a paragraph.
    pub enum ArticleBlockKind {
        /// `unstyled`.
        Unstyled = "unstyled",
        /// `header-one`.
        HeaderOne = "header-one",
        /// `header-two`.
        HeaderTwo = "header-two",
        /// `header-three`.
        HeaderThree = "header-three",
        /// `unordered-list-item`.
        UnorderedListItem = "unordered-list-item",
        /// `ordered-list-item`.
        OrderedListItem = "ordered-list-item",
        /// `blockquote`.
        Blockquote = "blockquote",
        /// `atomic`.
        Atomic = "atomic",
    }
}

open_enum! {
    /// What an entity is.
    pub enum ArticleEntityKind {
        /// `post`.
        Post = "post",
        /// `link`.
        Link = "link",
        /// `image`.
        Image = "image",
        /// `emoji`.
        Emoji = "emoji",
        /// `markdown`.
        Markdown = "markdown",
        /// `divider`.
        Divider = "divider",
        /// `latex`.
        Latex = "latex",
    }
}

open_enum! {
    /// Whether an entity can be edited.
    pub enum ArticleMutability {
        /// `immutable`.
        Immutable = "immutable",
        /// `mutable`.
        Mutable = "mutable",
        /// `segmented`.
        Segmented = "segmented",
    }
}

open_enum! {
    /// How a part of a text looks.
    pub enum ArticleStyle {
        /// `bold`.
        Bold = "bold",
        /// `italic`.
        Italic = "italic",
        /// `strikethrough`.
        Strikethrough = "strikethrough",
    }
}
