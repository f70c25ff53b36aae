//! Reads a reply, and prints the texts of its posts.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page: serde_json::Value = serde_json::from_reader(std::io::stdin())?;
    for post in page["data"].as_array().into_iter().flatten() {
        println!("{} {}", post["id"], post["text"]);
    }
    Ok(())
}
