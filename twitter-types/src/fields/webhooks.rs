//! Fields of webhooks: where X delivers events to.

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`Webhook`](crate::models::Webhook): `webhook_config.fields`.
    pub enum WebhookField {
        /// `created_at`.
        CreatedAt = "created_at",
        /// `id`.
        Id = "id",
        /// `url`.
        Url = "url",
        /// `valid`.
        Valid = "valid",
    }
}
