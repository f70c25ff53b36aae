//! What X has found in a text: links, mentions, tags, and the names of things.
//!
//! Offsets count Unicode code points, from 0; the end is exclusive. [`slice()`] cuts by them.

use crate::id::{MediaKey, UserId};
use crate::model::model;

/// Cuts a text by the offsets of an entity, which count code points. `None` if the text is shorter
/// or the end lies before the start.
///
/// ```
/// use twitter_types::models::entities::slice;
///
/// assert_eq!(slice("👋 #hello", 2, 8), Some("#hello"));
/// ```
pub fn slice(text: &str, start: u32, end: u32) -> Option<&str> {
    let length = end.checked_sub(start)?;
    let rest = &text[byte_offset(text, start)?..];
    Some(&rest[..byte_offset(rest, length)?])
}

/// The byte at which a code point starts, or the text ends.
fn byte_offset(text: &str, code_points: u32) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.into_iter().nth(code_points.try_into().ok()?)
}

model! {
    /// The entities of a text: of a post, of its long form, or of a user's description or address.
    pub struct Entities {
        /// Names of things that X has recognized.
        annotations: Vec<AnnotationEntity>,
        /// Cashtags, such as `$XYZ`.
        cashtags: Vec<TagEntity>,
        /// Hashtags.
        hashtags: Vec<TagEntity>,
        /// Mentioned users.
        mentions: Vec<MentionEntity>,
        /// Links.
        urls: Vec<UrlEntity>,
    }
}

model! {
    /// A hashtag or cashtag.
    pub struct TagEntity {
        /// First code point.
        start: Option<u32>,
        /// Code point after the last.
        end: Option<u32>,
        /// The tag without its `#` or `$`.
        tag: Option<String>,
    }
}

model! {
    /// A mentioned user.
    pub struct MentionEntity {
        /// First code point.
        start: Option<u32>,
        /// Code point after the last.
        end: Option<u32>,
        /// The user.
        id: Option<UserId>,
        /// The user's name at the time, without `@`.
        username: Option<String>,
    }
}

model! {
    /// A link, with what X knows of the page behind it.
    pub struct UrlEntity {
        /// First code point.
        start: Option<u32>,
        /// Code point after the last.
        end: Option<u32>,
        /// What the page says it is about.
        description: Option<String>,
        /// The address as X shows it, shortened.
        display_url: Option<String>,
        /// The address that was posted.
        expanded_url: Option<String>,
        /// Pictures of the page.
        images: Vec<UrlImage>,
        /// The media item that the link stands for.
        media_key: Option<MediaKey>,
        /// The HTTP status that the page answered X with.
        status: Option<u32>,
        /// The page's title.
        title: Option<String>,
        /// The address after all redirects.
        unwound_url: Option<String>,
        /// The `t.co` address that stands in the text.
        url: Option<String>,
    }
}

model! {
    /// A picture of a linked page.
    pub struct UrlImage {
        /// Height, in pixels.
        height: Option<u32>,
        /// The picture's address.
        url: Option<String>,
        /// Width, in pixels.
        width: Option<u32>,
    }
}

model! {
    /// The name of a thing that X has recognized in a text. Described up to specification 2.166,
    /// and in the data dictionary.
    pub struct AnnotationEntity {
        /// First code point.
        start: Option<u32>,
        /// Code point of the last: unlike those of other entities, this end is inclusive in X's
        /// examples.
        end: Option<u32>,
        /// The name, as X normalizes it.
        normalized_text: Option<String>,
        /// How sure X is, from 0 to 1.
        probability: Option<f64>,
        /// What the thing is: `Person`, `Place`, `Product`, `Organization` or `Other`.
        kind = "type": Option<AnnotationKind>,
    }
}

crate::model::open_enum! {
    /// What a recognized name is of.
    pub enum AnnotationKind {
        /// An organization.
        Organization = "Organization",
        /// Anything else.
        Other = "Other",
        /// A person.
        Person = "Person",
        /// A place.
        Place = "Place",
        /// A product.
        Product = "Product",
    }
}
