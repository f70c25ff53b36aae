//! A blocking client for the X (Twitter) API v2, over ureq.
