//! The world that a sandbox starts with: the same users, texts and relations each time.
//!
//! Recent posts are dated back from the start, because recent search covers seven days only; with
//! their dates, their ids move too. Posts older than that have the same ids in every sandbox.

use super::seed_text::{DEVELOPER_NEWS, FIRST, LAST, LOCATIONS, LONG, NAMED, SENTENCES};
use super::{Draft, Media, MediaKind, Place, Poll, User, World};
use crate::dice::Dice;
use crate::keys::OWNER_ID;
use crate::time::{DAY, HOUR, MINUTE, Time};

const DEVELOPERS_ID: u64 = 2_244_994_945;
const RECENT_POSTS: i64 = 480;

pub(super) fn fill(world: &mut World, now: Time) {
    let mut dice = Dice(0x5eed);
    places(world);
    users(world, &mut dice);
    let users: Vec<u64> = world.users.keys().copied().collect();
    follows(world, &users, &mut dice);
    old_posts(world);
    recent_posts(world, now, &users, &mut dice);
    likes(world, &users, &mut dice);
}

fn users(world: &mut World, dice: &mut Dice) {
    let developers = User {
        id: DEVELOPERS_ID,
        username: "XDevelopers".to_owned(),
        name: "X Developers".to_owned(),
        created: date("2013-12-14T04:35:55Z"),
        description: "Stand-in for the account of X's developer platform. #XAPI".to_owned(),
        location: Some("127.0.0.1"),
        website: Some("https://docs.x.com".to_owned()),
        protected: false,
        verified_type: "business",
        pinned: None,
        affiliation: None,
        listed: 1_703,
    };
    let owner = User {
        id: OWNER_ID,
        username: "sandbox_owner".to_owned(),
        name: "Sandbox Owner".to_owned(),
        created: Time::of_id(OWNER_ID),
        description: "Owns the App of this sandbox. Asks @XDevelopers first.".to_owned(),
        location: None,
        website: Some("https://example.com/owner".to_owned()),
        protected: false,
        verified_type: "none",
        pinned: None,
        affiliation: Some(DEVELOPERS_ID),
        listed: 3,
    };
    world.users.insert(developers.id, developers);
    world.users.insert(owner.id, owner);
    for (username, name, year, verified_type, description) in NAMED {
        add_user(
            world,
            dice,
            username.to_owned(),
            name.to_owned(),
            year,
            verified_type,
            description,
        );
    }
    for (index, first) in FIRST.iter().enumerate() {
        for last in LAST {
            let year = 2009 + (index as u32 * 4 + last.len() as u32) % 16;
            let verified = if dice.below(6) == 0 { "blue" } else { "none" };
            let name = format!("{} {}", capital(first), capital(last));
            add_user(
                world,
                dice,
                format!("{first}_{last}"),
                name,
                year,
                verified,
                "Lives in a sandbox.",
            );
        }
    }
}

fn add_user(
    world: &mut World,
    dice: &mut Dice,
    username: String,
    name: String,
    year: u32,
    verified_type: &'static str,
    description: &str,
) {
    let created = date(&format!("{year}-01-01T00:00:00Z")).plus(dice.below(360 * DAY));
    // Accounts had small ids until they became like those of posts.
    let id = if year < 2016 {
        20_000_000 + (created.0 / 100_000) as u64 * 7 + dice.below(100) as u64
    } else {
        created.first_id()
    };
    let user = User {
        id,
        protected: username == "quiet_account",
        username,
        name,
        created,
        description: description.to_owned(),
        location: Some(LOCATIONS[dice.below(6) as usize]).filter(|_| id % 3 != 0),
        website: (id % 4 == 0).then(|| format!("https://example.com/people/{id}")),
        verified_type,
        pinned: None,
        affiliation: None,
        listed: dice.below(40) as u64,
    };
    world.users.insert(id, user);
}

fn places(world: &mut World) {
    let list = [
        ("01a9a39529b27f36", "Lisbon", "Portugal", "PT", "city", [-9.23, 38.69, -9.09, 38.8]),
        ("09f6a7707f18e0b1", "Paris", "France", "FR", "city", [2.22, 48.81, 2.47, 48.9]),
        ("05d7e1aa2c6b8f40", "Kyoto", "Japan", "JP", "admin", [135.55, 34.87, 135.88, 35.32]),
    ];
    for (id, name, country, country_code, place_type, bounds) in list {
        world.places.insert(id, Place { id, name, country, country_code, place_type, bounds });
    }
}

fn follows(world: &mut World, users: &[u64], dice: &mut Dice) {
    for &user in users {
        world.follows.add(user, DEVELOPERS_ID);
        for _ in 0..8 + dice.below(10) {
            world.follows.add(user, dice.pick(users));
        }
        if dice.below(3) == 0 {
            world.follows.add(user, OWNER_ID);
        }
        world.follows.remove(user, user);
    }
    // So that a test can follow it, and see that it may not read it before.
    let quiet = world.user_named("quiet_account").map(|user| user.id);
    if let Some(quiet) = quiet {
        world.follows.remove(OWNER_ID, quiet);
    }
}

fn old_posts(world: &mut World) {
    for (year, text) in [
        (2019, "The first post of this sandbox. It is older than a week: search will not find it."),
        (2021, "Pinned: everything here is made up. #XAPI"),
        (2023, "Two years later, still made up: https://example.com/archive #XAPI"),
        (2024, "An old post with a cashtag $EXMP and a mention of @sandbox_owner"),
    ] {
        let created = date(&format!("{year}-03-14T15:09:26Z"));
        let draft = Draft {
            author: DEVELOPERS_ID,
            text: text.to_owned(),
            impressions: 9_000 + i64::from(year),
            bookmarks: 12,
            ..Draft::default()
        };
        let id = world.add_post(draft, created);
        if let Some(developers) = world.users.get_mut(&DEVELOPERS_ID).filter(|_| year == 2021) {
            developers.pinned = Some(id);
        }
    }
}

fn recent_posts(world: &mut World, now: Time, users: &[u64], dice: &mut Dice) {
    let span = 7 * DAY - 2 * HOUR;
    let start = now.plus(-span);
    let mut recent: Vec<u64> = Vec::new();
    for index in 0..RECENT_POSTS {
        let created = start.plus(index * (span / RECENT_POSTS) + dice.below(10 * MINUTE));
        let author = match index % 12 {
            0 | 4 | 8 => DEVELOPERS_ID,
            5 => OWNER_ID,
            _ => dice.pick(users),
        };
        let mut draft = sentence(world, users, author, index, dice);
        if index > 20 {
            refer(world, &mut draft, index, &recent, dice);
        }
        if draft.reposted.is_none() {
            attach(world, &mut draft, index, created, dice);
        }
        let edit = (index % 40 == 23 && draft.reposted.is_none())
            .then(|| format!("{} (edited)", draft.text));
        let id = world.add_post(draft, created);
        recent.push(id);
        if let Some(text) = edit {
            let draft = Draft { author, text, edits: Some(id), ..Draft::default() };
            recent.push(world.add_post(draft, created.plus(MINUTE)));
        }
    }
}

/// A post with a text and nothing else.
fn sentence(world: &World, users: &[u64], author: u64, index: i64, dice: &mut Dice) -> Draft {
    let (lang, text) = match author {
        _ if index % 30 == 17 => ("en", LONG),
        DEVELOPERS_ID => DEVELOPER_NEWS[dice.below(4) as usize],
        _ => SENTENCES[dice.below(20) as usize],
    };
    let someone = dice.pick(users);
    let username = world.users.get(&someone).map_or("XDevelopers", |user| user.username.as_str());
    Draft {
        author,
        text: text.replace("{n}", &index.to_string()).replace("{user}", username),
        lang: Some(lang),
        sensitive: index % 90 == 7,
        paid_partnership: index % 70 == 9,
        community: (index % 60 == 11).then_some(1_500_000_000_000_000_001),
        topic: (index % 5 == 2).then_some(("Technology", "Programming")),
        reply_settings: (index % 25 == 3).then(|| "mentionedUsers".to_owned()),
        bookmarks: dice.below(9),
        impressions: 50 + dice.below(5_000),
        ..Draft::default()
    }
}

/// Makes some posts replies, quotes or reposts of earlier ones.
fn refer(world: &World, draft: &mut Draft, index: i64, recent: &[u64], dice: &mut Dice) {
    let target = dice.pick(&recent[recent.len() - 20..]);
    let Some(target) = world.posts.get(&target).filter(|post| {
        post.reposted.is_none() && !post.superseded && world.sees(None, post.author)
    }) else {
        return;
    };
    let name = world.users.get(&target.author).map_or("", |user| user.username.as_str());
    match index % 12 {
        1 | 2 | 5 => {
            draft.reply_to = Some(target.id);
            draft.text = format!("@{name} {}", draft.text);
        }
        6 => draft.quoted = Some(target.id),
        7 | 8 => {
            draft.reposted = Some(target.id);
            draft.text = format!("RT @{name}: {}", target.text);
            draft.lang = Some(target.lang);
            (draft.topic, draft.community) = (None, None);
        }
        _ => {}
    }
}

/// Adds media, polls and places to some posts.
fn attach(world: &mut World, draft: &mut Draft, index: i64, created: Time, dice: &mut Dice) {
    let author = draft.author;
    match index % 15 {
        3 => {
            for _ in 0..=dice.below(3) {
                draft.media.push(media(world, MediaKind::Photo, author, created, dice));
            }
        }
        9 => draft.media.push(media(world, MediaKind::Video, author, created, dice)),
        14 if index % 2 == 0 => {
            draft.media.push(media(world, MediaKind::AnimatedGif, author, created, dice));
        }
        11 => {
            let id = world.new_id(created);
            let options = ["Sand", "Water", "Both"];
            let votes = options.map(|label| (label.to_owned(), dice.below(90) as u32));
            let ends = created.plus(DAY);
            world.polls.insert(id, Poll { id, options: votes.into(), minutes: 1_440, ends });
            draft.poll = Some(id);
        }
        13 => {
            let places: Vec<&'static str> = world.places.keys().copied().collect();
            draft.place = places.get(index as usize / 15 % places.len().max(1)).copied();
        }
        _ => {}
    }
}

fn media(world: &mut World, kind: MediaKind, owner: u64, created: Time, dice: &mut Dice) -> String {
    let prefix = match kind {
        MediaKind::Photo => 3,
        MediaKind::Video => 7,
        MediaKind::AnimatedGif => 16,
    };
    let key = format!("{prefix}_{}", world.new_id(created));
    let moving = kind != MediaKind::Photo;
    let media = Media {
        key: key.clone(),
        kind,
        width: 1_200,
        height: 675,
        alt_text: (!moving).then(|| "A sandcastle with a flag".to_owned()),
        duration_ms: (kind == MediaKind::Video).then(|| 10_000 + dice.below(90_000) as u32),
        views: dice.below(20_000) as u32,
        owner,
    };
    world.media.insert(key.clone(), media);
    key
}

fn likes(world: &mut World, users: &[u64], dice: &mut Dice) {
    let posts: Vec<u64> = world
        .posts
        .values()
        .filter(|post| post.reposted.is_none() && !post.superseded)
        .map(|post| post.id)
        .collect();
    for (index, &post) in posts.iter().enumerate() {
        for _ in 0..dice.below(12) {
            world.likes.add(dice.pick(users), post);
        }
        if index % 12 == 3 {
            world.likes.add(OWNER_ID, post);
        }
    }
}

fn date(text: &str) -> Time {
    Time::parse(text).expect("the seed writes its dates well, as its test shows")
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_consistent() {
        let now = date("2026-11-24T03:55:00Z");
        let world = World::seeded(now);
        assert_eq!(world.users.len(), 60);
        assert!(world.posts.len() > 450);
        for user in world.users.values() {
            assert!(crate::text::is_username(&user.username), "{}", user.username);
        }
        for post in world.posts.values() {
            assert!((post.created.0 - Time::of_id(post.id).0).abs() < 1_000, "{}", post.id);
            assert!(post.created < now);
            assert!(world.users.contains_key(&post.author));
            assert!(post.text.chars().count() <= 400);
            for other in [post.quoted, post.reposted].into_iter().flatten() {
                assert!(world.posts.contains_key(&other));
            }
        }
        let some = |test: fn(&super::super::Post) -> bool| world.posts.values().any(test);
        assert!(some(|post| post.reply_to.is_some()) && some(|post| post.quoted.is_some()));
        assert!(some(|post| post.reposted.is_some()) && some(|post| post.note.is_some()));
        assert!(some(|post| post.poll.is_some()) && some(|post| post.place.is_some()));
        assert!(some(|post| !post.media.is_empty()) && some(|post| post.superseded));
    }

    #[test]
    fn the_world_is_the_same_each_time() {
        let texts = |now: &str| {
            let world = World::seeded(date(now));
            world.posts.values().map(|post| post.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(texts("2026-11-24T03:55:00Z"), texts("2031-01-01T00:00:00Z"));
    }
}
