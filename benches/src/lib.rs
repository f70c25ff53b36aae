//! Measurements of the workspace beside its peers.
