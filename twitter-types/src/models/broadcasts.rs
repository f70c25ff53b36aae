//! Broadcasts: live video, its sources and its chat.

use crate::id::{BroadcastId, MediaId, MediaKey, PostId, SourceId, UserId};
use crate::json::Json;
use crate::model::{Digits, Millis, Quoted, QuotedMillis, SecretText, Unquoted, model, open_enum};
use crate::timestamp::Timestamp;

model! {
    /// A broadcast.
    pub struct Broadcast {
        /// Whether it can be watched afterwards.
        available_for_replay: Option<bool>,
        /// The broadcast.
        broadcast_id: Option<BroadcastId>,
        /// Who may write in the chat: 0 is the default, 1 nobody, 2 everyone, 3 verified users, 4
        /// those whom the host follows, 5 subscribers of the host, and 6 those who are followed by
        /// someone whom the host follows.
        chat_option: Option<u64>,
        /// When it was made.
        created_at_ms: Option<Timestamp> as QuotedMillis,
        /// When it ended.
        end_ms: Option<Timestamp> as QuotedMillis,
        /// Height, in pixels.
        height: Option<u64>,
        /// The same as `broadcast_id`.
        id: Option<String>,
        /// A picture of it.
        image_url: Option<String>,
        /// A smaller picture of it.
        image_url_medium: Option<String>,
        /// The smallest picture of it.
        image_url_small: Option<String>,
        /// Whether it comes late.
        is_high_latency: Option<bool>,
        /// The language.
        language: Option<String>,
        /// The file of the video.
        media_id: Option<MediaId>,
        /// The video.
        media_key: Option<MediaKey>,
        /// When it is to end.
        scheduled_end_ms: Option<Timestamp> as QuotedMillis,
        /// When it is to start.
        scheduled_start_ms: Option<Timestamp> as QuotedMillis,
        /// The address where people watch.
        share_url: Option<String>,
        /// The source.
        source_id: Option<String>,
        /// When it started.
        start_ms: Option<Timestamp> as QuotedMillis,
        /// How far it is.
        state: Option<BroadcastState>,
        /// The title, in some replies.
        status: Option<String>,
        /// The title.
        title: Option<String>,
        /// How many have watched.
        total_watched: Option<u64> as Quoted,
        /// How many are watching.
        total_watching: Option<u64> as Quoted,
        /// The post that announces it.
        tweet_id: Option<PostId>,
        /// Who owns it.
        twitter_user_id: Option<UserId>,
        /// When it last changed.
        updated_at_ms: Option<Timestamp> as QuotedMillis,
        /// Width, in pixels.
        width: Option<u64>,
    }
}

model! {
    /// The answer to ending a broadcast.
    pub struct BroadcastChange {
        /// The broadcast.
        id: Option<String>,
        /// How far it is.
        state: Option<BroadcastState>,
    }
}

model! {
    /// A message beside a broadcast.
    pub struct BroadcastChatMessage {
        /// Who wrote it.
        author_id: Option<UserId>,
        /// The author's name, as shown.
        author_name: Option<String>,
        /// The author's handle.
        author_username: Option<String>,
        /// The broadcast.
        broadcast_id: Option<BroadcastId>,
        /// When it was made.
        created_at_ms: Option<Timestamp> as QuotedMillis,
        /// Identifies it.
        id: Option<String>,
        /// The message that it answers.
        reply_to: Option<String>,
        /// The text.
        text: Option<String>,
    }
}

model! {
    /// A user who is muted.
    pub struct BroadcastChatMute {
        /// When it ends; never, if absent.
        end_at_ms: Option<Timestamp> as QuotedMillis,
        /// The user.
        user_id: Option<UserId>,
    }
}

model! {
    /// Who moderates one's chats.
    pub struct BroadcastModerators {
        /// The moderators now.
        moderator_user_ids: Vec<UserId>,
    }
}

model! {
    /// A broadcast of a user.
    pub struct BroadcastOfUser {
        /// The broadcast.
        broadcast: Option<Box<Broadcast>>,
    }
}

model! {
    /// How a broadcast comes again.
    pub struct BroadcastRecurrence {
        required {
            /// How often.
            frequency: BroadcastFrequency,
            /// How many times.
            repeats: Digits,
        }
    }
}

model! {
    /// The answer to starting or ending a user's broadcast.
    pub struct BroadcastStateOfUser {
        /// The broadcast, if it was started.
        broadcast: Option<Box<Broadcast>>,
        /// Whether it was ended.
        success: Option<bool>,
        /// Why the post that was to announce it failed.
        tweet_error: Option<String>,
    }
}

model! {
    /// Where a list of broadcasts goes on.
    pub struct BroadcastsCursor {
        /// The `pagination_token` of the next page.
        offset: Option<String>,
    }
}

model! {
    /// The broadcasts of a user.
    pub struct BroadcastsOfUser {
        /// The broadcasts.
        broadcasts: Vec<Broadcast>,
        /// Where the list goes on.
        next_token: Option<BroadcastsCursor>,
    }
}

model! {
    /// The answer to making a broadcast.
    pub struct CreatedBroadcast {
        /// The broadcast.
        broadcast: Option<Box<Broadcast>>,
        /// The address where people watch.
        share_url: Option<String>,
        /// X leaves it empty.
        video_access: Option<Json>,
    }
}

model! {
    /// A broadcast that is to come.
    pub struct ScheduledBroadcast {
        /// Whether it can be watched afterwards.
        available_for_replay: Option<bool>,
        /// The broadcast.
        broadcast_id: Option<BroadcastId>,
        /// Who may write in the chat, by the numbers of [`Broadcast::chat_option`].
        chat_option: Option<String>,
        /// What it is about.
        description: Option<String>,
        /// The language.
        locale: Option<String>,
        /// Whether somebody has to start it.
        manual_publish: Option<bool>,
        /// X has retired it.
        recurring_schedule_id: Option<String>,
        /// What a change of it asks for beside `broadcast_id`.
        scheduled_broadcast_id: Option<BroadcastId>,
        /// When it is to end.
        scheduled_end_ms: Option<Timestamp> as QuotedMillis,
        /// When it is to start.
        scheduled_start_ms: Option<Timestamp> as QuotedMillis,
        /// The source.
        source_id: Option<String>,
        /// How far it is.
        state: Option<ScheduledBroadcastState>,
        /// X has retired it.
        telecast_id: Option<String>,
        /// The picture before it starts.
        thumbnail_media_id: Option<MediaId>,
        /// The title.
        title: Option<String>,
    }
}

model! {
    /// The answer to a message beside a broadcast.
    pub struct SentBroadcastChat {
        /// Whether it was sent.
        success: Option<bool>,
        /// When, in nanoseconds since 1970: what an answer gives as `reply_to`.
        timestamp: Option<String>,
    }
}

model! {
    /// Where an encoder sends video to.
    pub struct Source {
        required {
            /// Identifies it; as yet the same as `stream_key`.
            id: SourceId,
        }
        /// When it was made.
        created_at_ms: Option<Timestamp> as QuotedMillis,
        /// Whether an encoder is sending now.
        is_stream_active: Option<bool>,
        /// The name.
        name: Option<String>,
        /// The data centre: `atla`, `pdxa`, or Amazon's name of an older one.
        region: Option<String>,
        /// Where the encoder sends to, unencrypted.
        rtmp_url: Option<String>,
        /// Where the encoder sends to, encrypted.
        rtmps_url: Option<String>,
        /// The key that the encoder sends. Keep it secret.
        stream_key: Option<SecretText>,
    }
}

model! {
    /// A source of a user.
    pub struct SourceOfUser {
        /// The source.
        source: Option<Box<UserSource>>,
    }
}

model! {
    /// One of X's systems, by number and name.
    pub struct SourceOrigin {
        /// The name, such as `PublicApi`.
        name: Option<String>,
        /// The name in capitals, such as `PUBLIC_API`.
        original_name: Option<String>,
        /// The number.
        value: Option<u64>,
    }
}

model! {
    /// The sources of a user.
    pub struct SourcesOfUser {
        /// The sources.
        sources: Vec<UserSource>,
    }
}

model! {
    /// Where an encoder sends video to, of a user.
    pub struct UserSource {
        required {
            /// Identifies it; the same as `rtmp_stream_key`.
            id: SourceId,
        }
        /// Where an older source was made.
        creation_origin: Option<SourceOrigin>,
        /// When it was made.
        creation_time: Option<Timestamp> as Millis,
        /// Whether the video is one of 360°.
        is360: Option<bool>,
        /// Whether an encoder is sending now.
        is_stream_active: Option<bool>,
        /// The name.
        name: Option<String>,
        /// Who owns it.
        owner_id: Option<UserId> as Unquoted,
        /// The data centre, by Amazon's name.
        rtmp_region: Option<String>,
        /// The key that the encoder sends. Keep it secret.
        rtmp_stream_key: Option<SecretText>,
        /// Where the encoder sends to, unencrypted.
        rtmp_url: Option<String>,
        /// Where the encoder sends to, encrypted.
        rtmps_url: Option<String>,
        /// The service of an older source.
        video_service: Option<SourceOrigin>,
    }
}

open_enum! {
    /// How often a broadcast comes again.
    pub enum BroadcastFrequency {
        /// `Daily`.
        Daily = "Daily",
        /// `Weekly`.
        Weekly = "Weekly",
    }
}

model! {
    /// The data centre nearest to the caller.
    pub struct Region {
        /// Its name, as Amazon has it: the `region` of a new source.
        region: Option<RegionName>,
    }
}

open_enum! {
    /// A data centre.
    pub enum RegionName {
        /// `us-east-1`.
        UsEast1 = "us-east-1",
        /// `us-west-2`.
        UsWest2 = "us-west-2",
    }
}

open_enum! {
    /// How far a broadcast is.
    pub enum BroadcastState {
        /// It is to start.
        NotStarted = "NOT_STARTED",
        /// It is ready to start.
        PrePublished = "PRE_PUBLISHED",
        /// It can be watched live.
        Running = "RUNNING",
        /// Its source went silent.
        TimedOut = "TIMED_OUT",
        /// It has ended.
        Ended = "ENDED",
        /// It does not take place.
        Canceled = "CANCELED",
    }
}

open_enum! {
    /// How far a planned broadcast is.
    pub enum ScheduledBroadcastState {
        /// It is planned.
        Created = "Created",
        /// It is planned and announced.
        Scheduled = "Scheduled",
        /// It can be watched live.
        Running = "Running",
        /// It has ended.
        Ended = "Ended",
        /// It failed.
        Error = "Error",
    }
}
