//! An async client for the X (Twitter) API v2, over reqwest.
