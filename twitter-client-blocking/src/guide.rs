#![doc = include_str!("guide/getting_access.md")]
