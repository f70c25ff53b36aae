//! Reads a reply, and prints the texts of its posts.

use sonic_rs::{JsonContainerTrait as _, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page: Value = sonic_rs::from_reader(std::io::stdin())?;
    for post in page["data"].as_array().into_iter().flatten() {
        println!("{} {}", post["id"], post["text"]);
    }
    Ok(())
}
