//! Fields of connections to streams.

use crate::model::open_enum;

open_enum! {
    /// Fields of a [`Connection`](crate::models::Connection): `connection.fields`.
    pub enum ConnectionField {
        /// `client_ip`.
        ClientIp = "client_ip",
        /// `connected_at`.
        ConnectedAt = "connected_at",
        /// `disconnect_reason`.
        DisconnectReason = "disconnect_reason",
        /// `disconnected_at`.
        DisconnectedAt = "disconnected_at",
        /// `endpoint_name`.
        EndpointName = "endpoint_name",
        /// `id`.
        Id = "id",
    }
}
