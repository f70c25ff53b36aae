//! The pages that are decoded.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use twitter_types::model::Vocabulary;

use super::made;

/// A page, in a file, so that whoever decodes it has nothing else in memory.
#[derive(Debug)]
pub struct Page {
    /// As it stands in the table.
    pub name: &'static str,
    /// Where it is.
    pub path: PathBuf,
    /// The size, in bytes.
    pub size: u64,
    /// At most so many times the instructions of `twitter-v2`, where it reads most of the page.
    pub most_of_twitter_v2: Option<f64>,
}

impl Page {
    fn at(name: &'static str, path: PathBuf) -> io::Result<Self> {
        let size = fs::metadata(&path)?.len();
        Ok(Self { name, path, size, most_of_twitter_v2: None })
    }

    fn made(name: &'static str, vocabulary: Vocabulary, path: PathBuf) -> io::Result<Self> {
        fs::write(&path, made::page(vocabulary))?;
        Self::at(name, path)
    }
}

/// The pages: two that are made and written to a folder, and, where it is, the one on which decoding
/// was first measured.
///
/// # Errors
///
/// If the folder cannot be written to.
pub fn pages(folder: &Path) -> io::Result<Vec<Page>> {
    let mut pages = vec![
        Page::made("made, current names", Vocabulary::Current, folder.join("search-current.json"))?,
        Page::made("made, old names", Vocabulary::Old, folder.join("search-old.json"))?,
    ];
    let shared = env::var_os("X_SHARED").map_or_else(|| "../shared".into(), PathBuf::from);
    let first = shared.join("bench/search.json");
    if first.exists() {
        let page = Page::at("first measured, old names", first)?;
        pages.push(Page { most_of_twitter_v2: Some(0.95), ..page });
    }
    Ok(pages)
}
