//! The scopes of OAuth 2.0, and what a consent page says of each.

/// Every scope that may be asked for: those of the specification, and `users.email` of the
/// documentation.
pub(crate) const ALL: &[(&str, &str)] = &[
    ("block.read", "See whom you block"),
    ("block.write", "Block and unblock accounts for you"),
    ("bookmark.read", "See your bookmarks"),
    ("bookmark.write", "Add and remove your bookmarks"),
    ("broadcast.read", "See your broadcasts and their chat"),
    ("broadcast.write", "Run your broadcasts and write in their chat"),
    ("calls.join", "Take part in calls for you"),
    ("calls.read", "See your calls and those in your calendar"),
    ("calls.write", "Start, plan and answer calls for you"),
    ("developer.read", "See your developer account and its Apps"),
    ("developer.write", "Manage your developer account"),
    ("dm.read", "Read your Direct Messages"),
    ("dm.write", "Send Direct Messages for you"),
    ("follows.read", "See whom you follow and who follows you"),
    ("follows.write", "Follow and unfollow accounts for you"),
    ("like.read", "See what you like"),
    ("like.write", "Like and unlike posts for you"),
    ("list.read", "See your Lists, private ones among them"),
    ("list.write", "Make and change Lists for you"),
    ("media.library.read", "See your media library"),
    ("media.library.write", "Change your media library"),
    ("media.write", "Upload photos and videos for you"),
    ("mute.read", "See whom you mute"),
    ("mute.write", "Mute and unmute accounts for you"),
    ("offline.access", "Stay signed in until you revoke it"),
    ("saved_search.read", "See your saved searches"),
    ("saved_search.write", "Save and remove searches for you"),
    ("settings.read", "See your settings"),
    ("settings.write", "Change your settings"),
    ("space.read", "See the Spaces that you can see"),
    ("timeline.read", "See the Custom Timelines that you can see"),
    ("tweet.moderate.write", "Hide and unhide replies to your posts"),
    ("tweet.read", "See the posts that you can see"),
    ("tweet.write", "Post and repost for you"),
    ("users.email", "See your e-mail address"),
    ("users.read", "See the accounts that you can see"),
    ("users.write", "Change your profile"),
];

/// What a consent page says of a scope; `None` if X has no such scope.
pub(crate) fn phrase(scope: &str) -> Option<(&'static str, &'static str)> {
    ALL.iter().copied().find(|(known, _)| *known == scope)
}

#[cfg(test)]
mod tests {
    use super::{ALL, phrase};
    use crate::operations::OPERATIONS;

    #[test]
    fn every_scope_of_an_operation_is_known_once() {
        for operation in OPERATIONS.iter() {
            for scope in operation.scopes {
                assert!(phrase(scope).is_some(), "{} needs {scope}", operation.id);
            }
        }
        assert!(ALL.is_sorted_by(|(one, _), (next, _)| one < next));
    }
}
