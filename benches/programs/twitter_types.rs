//! Reads a reply, and prints the texts of its posts.

use twitter_types::{Page, models::Post};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page: Page<Post> = serde_json::from_reader(std::io::stdin())?;
    for post in page.data {
        println!("{} {}", post.id, post.text.unwrap_or_default());
    }
    Ok(())
}
