//! Does nothing: its dependencies are built, and no more.

fn main() {}
