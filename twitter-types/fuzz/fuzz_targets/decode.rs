//! Whatever a server answers, to whichever operation: it is read or it is an error, and what was read
//! can be written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twitter_types::OPERATIONS;
use twitter_types::endpoint::Shape;
use twitter_types::model::Vocabulary;
use twitter_types::models::ActivityEvent;
use twitter_types::problem::Problem;

fuzz_target!(|input: &[u8]| {
    let [first, second, body @ ..] = input else { return };
    let at = usize::from(u16::from_le_bytes([*first, *second]));
    let shape = match at % (OPERATIONS.len() + 2) {
        0 => Shape::of::<Problem>(),
        1 => Shape::of::<ActivityEvent>(),
        at => OPERATIONS[at - 2].response,
    };
    let Ok(read) = shape.reread(body, Vocabulary::Old) else { return };
    let again = shape.reread(&read.body, Vocabulary::Old).expect("what was written can be read");
    assert_eq!(read.body, again.body);
});
