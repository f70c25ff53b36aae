//! Whether a post that is there is the one that was to be published.

use unicode_normalization::UnicodeNormalization as _;

use super::NewPost;
use crate::models::{Post, ReferenceKind, entities::UrlEntity};

impl NewPost {
    /// Whether this is that post: the same text as X changes it, the same answered, quoted and
    /// replaced post, the same media. What a timeline does not tell, such as the options of a poll,
    /// is not compared.
    ///
    /// X shortens links, and adds some for media and quotes; it writes `&`, `<` and `>` as HTML
    /// does, in NFC, without space around it, and puts the mentions of those who are answered
    /// first.
    pub(crate) fn is_like(&self, post: &Post) -> bool {
        self.has_relations_of(post) && self.has_attachments_of(post) && self.has_text_of(post)
    }

    fn has_relations_of(&self, post: &Post) -> bool {
        let answered = self.reply.as_ref().map(|reply| reply.in_reply_to_tweet_id);
        let replaced = self.edit_options.as_ref().map(|edit| edit.previous_post_id);
        let history = &post.edit_history_post_ids;
        post.referenced(&ReferenceKind::Reposted).is_none()
            && post.referenced(&ReferenceKind::RepliedTo) == answered
            // A link to a post at the end of a text becomes a quote.
            && self.quote_tweet_id.is_none_or(|quoted| {
                post.referenced(&ReferenceKind::Quoted) == Some(quoted)
            })
            && match replaced {
                Some(replaced) => replaced != post.id && history.contains(&replaced),
                None => history.first().is_none_or(|first| *first == post.id),
            }
    }

    fn has_attachments_of(&self, post: &Post) -> bool {
        let ids = self.media.as_ref().map_or(&[][..], |media| media.ids());
        let attachments = post.attachments.as_deref();
        let keys = attachments.map_or(&[][..], |attachments| &attachments.media_keys);
        let has_poll = attachments.is_some_and(|attachments| !attachments.poll_ids.is_empty());
        // A media key is a kind of media, `_`, and the id.
        let suffixes = keys.iter().filter_map(|key| Some(key.as_str().split_once('_')?.1));
        has_poll == self.poll.is_some()
            && ids.iter().map(ToString::to_string).eq(suffixes.map(str::to_owned))
            // An edit keeps the media of its first version.
            || (self.edit_options.is_some() && ids.is_empty())
    }

    fn has_text_of(&self, post: &Post) -> bool {
        let entities = post.full_entities();
        let links = entities.map_or(&[][..], |entities| &entities.urls);
        let (typed, posted) = (plain(&self.text), plain(post.full_text()));
        if self.reply.is_some() {
            return fits(without_mentions(&typed), without_mentions(&posted), links);
        }
        fits(&typed, &posted, links)
    }
}

/// What is left of a text when all that X changes is taken off, but links.
fn plain(text: &str) -> String {
    let text = text.nfc().collect::<String>();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_mentions(mut text: &str) -> &str {
    while let Some(rest) = text.strip_prefix('@') {
        text = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    text
}

/// Whether a posted text is the typed one, with a short link in place of each link, and perhaps
/// more at its end.
fn fits(typed: &str, posted: &str, links: &[UrlEntity]) -> bool {
    const SHORT: &str = "https://t.co/";
    let Some(at) = posted.find(SHORT) else { return typed == posted };
    let (before, rest) = posted.split_at(at);
    let length = rest[SHORT.len()..].find(|c: char| !c.is_ascii_alphanumeric());
    let (short, after) = rest.split_at(length.map_or(rest.len(), |length| SHORT.len() + length));
    if typed == before.trim_end() {
        // Links that X added, of media or a quote.
        return after.split(' ').all(|word| word.is_empty() || word.starts_with(SHORT));
    }
    let Some(rest) = typed.strip_prefix(before) else { return false };
    let expanded = links.iter().find(|link| link.url.as_deref() == Some(short));
    let expanded = expanded.and_then(|link| link.expanded_url.as_deref());
    // How far the typed link goes, X knows: each end is tried that is one.
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
    let word = rest.find(' ').unwrap_or(rest.len());
    ends.take_while(|&end| end <= word)
        .filter(|&end| is_link(&rest[..end], short, expanded))
        .any(|end| fits(&rest[end..], after, links))
}

/// Whether a typed link can be the one that X shortened.
fn is_link(typed: &str, short: &str, expanded: Option<&str>) -> bool {
    let bare = |link: &str| {
        let link = link.split_once("://").map_or(link, |(_, rest)| rest);
        link.trim_end_matches('/').to_lowercase()
    };
    match expanded {
        // X writes a name that is not ASCII in another way.
        Some(expanded) if typed.is_ascii() => typed == short || bare(typed) == bare(expanded),
        _ => typed.contains('.'),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::posts::NewMedia;

    fn post(mut fields: Value) -> Post {
        fields["id"] = json!("100");
        serde_json::from_value(fields).unwrap()
    }

    fn is_like(typed: &str, fields: Value) -> bool {
        NewPost::text(typed).is_like(&post(fields))
    }

    #[test]
    fn a_text_is_known_after_what_x_does_to_it() {
        for (typed, posted) in [
            ("hello", "hello"),
            ("  two\n lines ", "two\nlines"),
            ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
            ("cafe\u{301}", "caf\u{e9}"),
            ("with a picture", "with a picture https://t.co/abc123"),
            ("two https://x.com/a, and docs.x.com.", "two https://t.co/a1, and https://t.co/b2."),
            ("", "https://t.co/abc123"),
        ] {
            assert!(is_like(typed, json!({ "text": posted })), "{typed}");
        }
        for (typed, posted) in [
            ("hello", "hello!"),
            ("hello", "Hello"),
            ("hello", "hell"),
            ("a https://x.com/a b", "a https://t.co/a1 c"),
            ("no link here", "no https://t.co/a1 here"),
        ] {
            assert!(!is_like(typed, json!({ "text": posted })), "{typed}");
        }
    }

    #[test]
    fn links_are_compared_where_x_says_what_they_lead_to() {
        let fields = |expanded| {
            json!({
                "text": "New: https://t.co/a1",
                "entities": { "urls": [{ "url": "https://t.co/a1", "expanded_url": expanded }] },
            })
        };
        assert!(is_like("New: https://x.com/1", fields("https://x.com/1")));
        assert!(is_like("New: x.com/1", fields("http://x.com/1/")));
        assert!(!is_like("New: https://x.com/1", fields("https://x.com/2")));
    }

    #[test]
    fn what_is_answered_quoted_replaced_or_shown_makes_a_difference() {
        let reference = |kind: &str| json!({ "text": "a", "referenced_tweets": [{ "type": kind, "id": "20" }] });
        let media =
            json!({ "text": "a https://t.co/m1", "attachments": { "media_keys": ["3_7"] } });
        let edited = json!({ "text": "a", "edit_history_tweet_ids": ["20", "100"] });
        let mut answer = reference("replied_to");
        answer["text"] = json!("@one @two a");
        let posts = [
            json!({ "text": "a" }),
            answer,
            reference("quoted"),
            media,
            edited,
            reference("retweeted"),
        ];
        let shown = NewMedia::new([7]).unwrap();
        let drafts = [
            NewPost::text("a"),
            NewPost::text("a").reply_to(20),
            NewPost::text("a").with_quote(20),
            NewPost::text("a").with_media(shown),
            NewPost::text("a").edit(20),
        ];
        for (draft_number, draft) in drafts.iter().enumerate() {
            for (post_number, fields) in posts.iter().enumerate() {
                // A link in the text may have become a quote.
                let expected = draft_number == post_number || (draft_number, post_number) == (0, 2);
                assert_eq!(draft.is_like(&post(fields.clone())), expected, "{draft:?} {fields}");
            }
        }
    }
}
