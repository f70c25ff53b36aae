//! What is read and written.

use twitter_types::PostId;

/// A post with what the firehose brings of it, some 2,500 bytes.
pub(crate) fn line(number: u64) -> String {
    let id = id(number);
    let author = 1_000_000_000_000_000_000 + number * 7_919;
    let words = "the quick brown fox jumps over the lazy dog und über den Zaun 🦊 ";
    let text = words.repeat(3);
    let entities = (0..3).fold(String::new(), |all, at| {
        format!(
            r#"{all}{{"start":{},"end":{},"url":"https://t.co/abcdefg{at}{number}","expanded_url":"https://example.com/articles/2026/11/{number}/{at}","display_url":"example.com/articles/20…","title":"An article about foxes and dogs, part {at}","description":"What they do all day, and why, and for how long they have done it by now","status":200}},"#,
            at * 24,
            at * 24 + 23,
        )
    });
    let entities = entities.trim_end_matches(',');
    format!(
        r#"{{"data":{{"id":"{id}","text":"{text}","author_id":"{author}","conversation_id":"{id}","created_at":"2026-11-01T12:00:00.000Z","lang":"en","possibly_sensitive":false,"reply_settings":"everyone","edit_history_post_ids":["{id}"],"edit_controls":{{"edits_remaining":5,"is_edit_eligible":true,"editable_until":"2026-11-01T13:00:00.000Z"}},"public_metrics":{{"repost_count":0,"reply_count":0,"like_count":0,"quote_count":0,"bookmark_count":0,"impression_count":0}},"entities":{{"urls":[{entities}],"hashtags":[{{"start":80,"end":84,"tag":"fox"}},{{"start":90,"end":94,"tag":"dog"}}]}},"context_annotations":[{{"domain":{{"id":"45","name":"Brand Vertical","description":"Top level entities within a Brand's industry"}},"entity":{{"id":"781974596148793345","name":"Animals"}}}}]}},"includes":{{"users":[{{"id":"{author}","name":"Somebody with a name","username":"somebody{number}","created_at":"2015-03-05T12:00:00.000Z","description":"Foxes, dogs, and everything between them. Opinions are those of the fox.","location":"Behind the fence","verified":false,"protected":false,"profile_image_url":"https://pbs.twimg.com/profile_images/{author}/abcdefgh_normal.jpg","public_metrics":{{"followers_count":512,"following_count":340,"post_count":20120,"listed_count":3,"like_count":8000,"media_count":310}}}}]}}}}"#
    ) + "\r\n"
}

/// Posts whose numbers differ by one were created 37 milliseconds apart.
pub(crate) fn id(number: u64) -> PostId {
    PostId::new(1_990_000_000_000_000_000 + number * 4_194_304 * 37)
}
