//! What X bills: the rows of its price table.

use crate::model::open_enum;

open_enum! {
    /// What X bills, by the name of its row in X's price table. A row that this crate does not know
    /// is kept by its name.
    pub enum Item {
        /// A post read, per resource.
        PostRead = "Posts: Read",
        /// A user read, per resource.
        UserRead = "User: Read",
        /// An event of direct messages read, per resource.
        DmEventRead = "DM Event: Read",
        /// A user read as a follower or as one followed, per resource.
        FollowRead = "Following/Followers: Read",
        /// A list read, per resource.
        ListRead = "List: Read",
        /// A space read, per resource.
        SpaceRead = "Space: Read",
        /// A community read, per resource.
        CommunityRead = "Community: Read",
        /// A community note read, per resource.
        NoteRead = "Note: Read",
        /// A like read, per resource.
        LikeRead = "Like: Read",
        /// A muted user read, per resource.
        MuteRead = "Mute: Read",
        /// A blocked user read, per resource.
        BlockRead = "Block: Read",
        /// A change of a profile read, per resource.
        ProfileUpdateRead = "Profile Update: Read",
        /// A post created, per request.
        PostCreate = "Post: Create",
        /// A post created that has a link, per request.
        PostCreateWithLink = "Post: Create (with URL)",
        /// A post created as an answer to whoever called for it, per request.
        PostCreateSummoned = "Post: Create (summoned)",
        /// A direct message sent, per request.
        DmCreate = "DM Interaction: Create",
        /// A follow, like, repost and the like, per request.
        InteractionCreate = "User Interaction: Create",
        /// Such a one taken back, per request.
        InteractionDelete = "Interaction: Delete",
        /// Content managed, such as a reply hidden, per request.
        ContentManage = "Content: Manage",
        /// A list created, per request.
        ListCreate = "List: Create",
        /// A list changed, per request.
        ListManage = "List: Manage",
        /// A bookmark set or removed, per request.
        Bookmark = "Bookmark",
        /// What is said about media, changed, per request.
        MediaMetadata = "Media Metadata",
        /// A setting of privacy changed, per request.
        PrivacyUpdate = "Privacy: Update",
        /// A user no longer muted, per request.
        MuteDelete = "Mute: Delete",
        /// Posts of a week counted, per request.
        CountsRecent = "Counts: Recent",
        /// Posts of all time counted, per request.
        CountsAll = "Counts: All",
        /// Trends read, per request.
        Trends = "Trends",
        /// A post, as an event to a webhook.
        PostCreateEvent = "post.create",
        /// A follow, as an event to a webhook.
        FollowFollowEvent = "follow.follow",
        /// A follow taken back, as an event to a webhook.
        FollowUnfollowEvent = "follow.unfollow",
        /// A user muted, as an event to a webhook.
        MuteMuteEvent = "mute.mute",
        /// A user no longer muted, as an event to a webhook.
        MuteUnmuteEvent = "mute.unmute",
        /// A user blocked, as an event to a webhook.
        BlockBlockEvent = "block.block",
        /// A user no longer blocked, as an event to a webhook.
        BlockUnblockEvent = "block.unblock",
        /// A message of a chat, as an event to a webhook.
        ChatReceivedEvent = "chat.received",
        /// A direct message, as an event to a webhook.
        DmReceivedEvent = "dm.received",
        /// News, as an event to a webhook.
        NewsNewEvent = "news.new",
        /// A space that starts, as an event to a webhook.
        SpacesStartEvent = "spaces.start",
        /// A space that ends, as an event to a webhook.
        SpacesEndEvent = "spaces.end",
        /// The user's own posts, each, when that user owns the App.
        OwnPosts = "GET /2/users/{id}/tweets",
        /// The user's own mentions, each, when that user owns the App.
        OwnMentions = "GET /2/users/{id}/mentions",
        /// Posts that the user likes, each, when that user owns the App.
        OwnLikes = "GET /2/users/{id}/liked_tweets",
        /// The user's own bookmarks, each, when that user owns the App.
        OwnBookmarks = "GET /2/users/{id}/bookmarks",
        /// The user's own followers, each, when that user owns the App.
        OwnFollowers = "GET /2/users/{id}/followers",
        /// Whom the user follows, each, when that user owns the App.
        OwnFollowing = "GET /2/users/{id}/following",
        /// Whom the user blocks, each, when that user owns the App.
        OwnBlocks = "GET /2/users/{id}/blocking",
        /// Whom the user mutes, each, when that user owns the App.
        OwnMutes = "GET /2/users/{id}/muting",
        /// The user's own lists, each, when that user owns the App.
        OwnLists = "GET /2/users/{id}/owned_lists",
        /// Lists that the user follows, each, when that user owns the App.
        OwnFollowedLists = "GET /2/users/{id}/followed_lists",
        /// Lists that the user is in, each, when that user owns the App.
        OwnMemberships = "GET /2/users/{id}/list_memberships",
        /// Lists that the user pinned, each, when that user owns the App.
        OwnPinnedLists = "GET /2/users/{id}/pinned_lists",
    }
}

impl Item {
    /// What a price of it is for.
    pub fn unit(&self) -> Unit {
        let name = self.as_str();
        let is_event = name.split_once('.').is_some_and(|(kind, what)| {
            [kind, what].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_lowercase()))
        });
        match name {
            _ if is_event => Unit::Event,
            _ if name.starts_with("GET ") || name.ends_with(": Read") => Unit::Resource,
            _ => Unit::Request,
        }
    }

    /// The cheaper row of an operation that reads a user's own things.
    pub(super) fn owned(path: &str) -> Option<Self> {
        let of_path = |item: &&Self| item.as_str().strip_prefix("GET ") == Some(path);
        Self::ALL.iter().find(of_path).cloned()
    }
}

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Each object that comes back.
    Resource,
    /// Each request that succeeds.
    Request,
    /// Each event that X sends to a webhook.
    Event,
}
