//! Sources of video.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    id::{SourceId, UserId},
    json::Json,
    models::{Deleted, Region, Source, SourceOfUser, SourcesOfUser},
};

endpoint! {
    /// Names the data centre nearest to the caller, to send video to.
    GET "/2/region" getRegion
    (AnyUser: "broadcast.read") -> Region;
    pub struct NearestRegion {
    }
}

endpoint! {
    /// Lists the sources of video of the user whose credential it is.
    GET "/2/sources" listSources
    (AnyUser: "broadcast.read") -> Page<Source>;
    pub struct Sources {
    }
}

endpoint! {
    /// Makes a source: where an encoder sends video to.
    POST "/2/sources" createSource
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Source>;
    pub struct CreateSource {
        json {
            /// The name.
            name: String,
            /// The data centre, by Amazon's name, such as `eu-west-1`.
            region: String,
        }
    }
}

endpoint! {
    /// Deletes a source.
    DELETE "/2/sources/{id}" deleteSource
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Deleted>;
    pub struct DeleteSource {
        path {
            /// Which source.
            id: SourceId,
        }
    }
}

endpoint! {
    /// Looks up a source.
    GET "/2/sources/{id}" getSource
    (AnyUser: "broadcast.read") -> One<Source>;
    pub struct SourceById {
        path {
            /// Which source.
            id: SourceId,
        }
    }
}

endpoint! {
    /// Gives a source another name.
    PUT "/2/sources/{id}" updateSource
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Source>;
    pub struct UpdateSource {
        path {
            /// Which source.
            id: SourceId,
        }
        json {
            /// The name.
            name: String,
        }
    }
}

endpoint! {
    /// Lists a user's sources.
    GET "/2/users/{id}/sources" listUserSources
    (AnyUser: "broadcast.read") -> One<SourcesOfUser>;
    pub struct UserSources {
        path {
            /// Which user.
            id: UserId,
        }
    }
}

endpoint! {
    /// Makes a source for a user.
    POST "/2/users/{id}/sources" createUserSource
    (AnyUser: "broadcast.read" "broadcast.write") -> One<SourceOfUser>;
    pub struct CreateSourceOfUser {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
        }
        json {
            /// The name.
            name: String,
        } optional {
            /// The data centre, `atla` or `pdxa`, which it is if not set; or one of Amazon's, for
            /// the nearer of the two.
            region: String,
        }
    }
}

endpoint! {
    /// Deletes a user's source; the answer is empty.
    DELETE "/2/users/{id}/sources/{source_id}" deleteUserSource
    (AnyUser: "broadcast.read" "broadcast.write") -> One<Json>;
    pub struct DeleteSourceOfUser {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// The source.
            source_id: SourceId,
        }
    }
}

endpoint! {
    /// Looks up a user's source.
    GET "/2/users/{id}/sources/{source_id}" getUserSource
    (AnyUser: "broadcast.read") -> One<SourceOfUser>;
    pub struct SourceOfUserById {
        path {
            /// Which user.
            id: UserId,
            /// The source.
            source_id: SourceId,
        }
    }
}

endpoint! {
    /// Gives a user's source another name.
    PUT "/2/users/{id}/sources/{source_id}" updateUserSource
    (AnyUser: "broadcast.read" "broadcast.write") -> One<SourceOfUser>;
    pub struct UpdateSourceOfUser {
        path {
            /// Who does it: the user whose credential it is.
            id: UserId,
            /// The source.
            source_id: SourceId,
        }
        json {
            /// The name.
            name: String,
        }
    }
}
