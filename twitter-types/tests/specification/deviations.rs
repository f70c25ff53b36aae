//! Where this crate differs from the specification on purpose, each with its reason.

/// A property that this crate does not send, or with all that it holds.
pub(crate) struct Deviation {
    pub(crate) operation: &'static str,
    pub(crate) property: &'static str,
    pub(crate) reason: &'static str,
}

pub(crate) const DEVIATIONS: &[Deviation] = &[
    deviation("createPosts", "poll.reply_settings", "X drops it, the specification says"),
    deviation("createPosts", "reply.auto_populate_reply_metadata", "X drops it too"),
];

/// Operations whose bodies check their ranges when they are made, each by a test of its own.
pub(crate) const OWN_RANGES: &[&str] = &["createPosts"];

const fn deviation(
    operation: &'static str,
    property: &'static str,
    reason: &'static str,
) -> Deviation {
    Deviation { operation, property, reason }
}

/// The index of the deviation that covers a property.
pub(crate) fn deviation_of(operation: &str, property: &str) -> Option<usize> {
    DEVIATIONS.iter().position(|deviation| {
        let rest = property.strip_prefix(deviation.property);
        operation == deviation.operation
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
