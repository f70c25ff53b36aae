//! X's own description of its API.

use crate::{endpoint::endpoint, json::Json};

endpoint! {
    /// Reads X's own description of its API.
    GET "/2/openapi.json" getOpenApiSpec
    (Public:) -> Json;
    pub struct Document {
    }
}
