//! Bookmarks and their folders.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::{BookmarkFolderId, PostId, UserId},
    models::{BookmarkChange, BookmarkFolder, Bookmarked, Post, PostStub},
    operations::posts::PostFields,
};

endpoint! {
    /// Lists the bookmarks of the user whose credential it is.
    GET "/2/users/{id}/bookmarks" getUsersBookmarks
    (AnyUser: "bookmark.read" "tweet.read" "users.read") -> Page<Post>;
    pub struct All {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// What to return.
            fields: PostFields,
        }
    }
}

endpoint! {
    /// Bookmarks a post, or several.
    POST "/2/users/{id}/bookmarks" createUsersBookmark
    (OAuth2UserOnly: "bookmark.write" "tweet.read" "users.read") -> One<BookmarkChange>;
    pub struct Create {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
        } optional {
            /// The folder to put them into.
            folder_id: BookmarkFolderId,
            /// The post, if it is one.
            post_id = "tweet_id": PostId,
            /// The posts, if there are several.
            post_ids = "tweet_ids": Vec<PostId> [1..=25],
        }
    }
}

endpoint! {
    /// Lists the folders of bookmarks.
    GET "/2/users/{id}/bookmarks/folders" getUsersBookmarkFolders
    (AnyUser: "bookmark.read" "users.read") -> Page<BookmarkFolder>;
    pub struct Folders {
        path {
            /// Which user.
            id: UserId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
        }
    }
}

endpoint! {
    /// Makes a folder of bookmarks.
    POST "/2/users/{id}/bookmarks/folders" createUsersBookmarkFolder
    (OAuth2UserOnly: "bookmark.write" "users.read") -> One<BookmarkFolder>;
    pub struct CreateFolder {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// The name.
            name: String [1..=25],
        }
    }
}

endpoint! {
    /// Lists the ids of the posts in a folder.
    GET "/2/users/{id}/bookmarks/folders/{folder_id}" getUsersBookmarksByFolderId
    (AnyUser: "bookmark.read" "tweet.read" "users.read") -> Page<PostStub>;
    pub struct InFolder {
        path {
            /// Which user.
            id: UserId,
            /// The folder.
            folder_id: BookmarkFolderId,
        }
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
        }
    }
}

endpoint! {
    /// Removes a bookmark.
    DELETE "/2/users/{id}/bookmarks/{tweet_id}" deleteUsersBookmark
    (OAuth2UserOnly: "bookmark.write" "tweet.read" "users.read") -> One<Bookmarked>;
    pub struct Delete {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// The post.
            post_id as tweet_id: PostId,
        }
    }
}

/// X takes one or the other: each of these is one, where [`Create::new`] bookmarks nothing yet.
impl Create {
    /// Bookmarks a post.
    pub fn post(id: impl Into<UserId>, post: impl Into<PostId>) -> Self {
        Self::new(id).post_id(post)
    }

    /// Bookmarks several posts, up to 25.
    pub fn posts(
        id: impl Into<UserId>,
        posts: impl IntoIterator<Item = impl Into<PostId>>,
    ) -> Self {
        Self::new(id).post_ids(posts.into_iter().map(Into::into).collect())
    }
}
