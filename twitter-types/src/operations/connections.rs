//! Connections to streams.

use crate::{
    endpoint::endpoint,
    envelope::{One, Page},
    fields::{ConnectionField, Fields},
    models::{ClosedConnections, Connection, ConnectionFilter, StreamEndpoint},
};

endpoint! {
    /// Closes connections of the App to streams, by their ids.
    DELETE "/2/connections" deleteConnectionsByUuids
    (AppOnly:) -> One<ClosedConnections>;
    pub struct DeleteByIds {
        json {
            /// The connections.
            uuids: Vec<String> [1..=100],
        }
    }
}

endpoint! {
    /// Lists connections of the App to streams, open and closed.
    GET "/2/connections" getConnectionHistory
    (AppOnly:) -> Page<Connection>;
    pub struct History {
        query {
            /// Results per page.
            max_results: u16 [1..=100],
            /// The page to return, as an earlier one named it.
            pagination_token: String,
            /// Connections that stand so alone; open ones if not set.
            status: ConnectionFilter,
            /// Connections to these streams alone.
            endpoints: Vec<StreamEndpoint>,
            /// What to return.
            fields = "connection.fields": Fields<ConnectionField>,
        }
    }
}

endpoint! {
    /// Closes every connection of the App to streams.
    DELETE "/2/connections/all" deleteAllConnections
    (AppOnly:) -> One<ClosedConnections>;
    pub struct DeleteAll {
    }
}

endpoint! {
    /// Closes the App's connections to one stream.
    DELETE "/2/connections/{endpoint_id}" deleteConnectionsByEndpoint
    (AppOnly:) -> One<ClosedConnections>;
    pub struct DeleteByEndpoint {
        path {
            /// Which stream.
            endpoint_id: StreamEndpoint,
        }
    }
}
