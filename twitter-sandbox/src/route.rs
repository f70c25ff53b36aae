//! Finds the operation that a method and a path name.

use axum::http::Method;

use crate::form;
use crate::operations::{OPERATIONS, Operation};

/// What a method and a path lead to.
pub(crate) enum Route {
    Found(&'static Operation, Vec<(&'static str, String)>),
    /// The path exists; these are its methods.
    OtherMethods(Vec<&'static str>),
    Unknown,
}

pub(crate) fn find(method: &Method, path: &str) -> Route {
    let mut matching: Vec<_> = OPERATIONS
        .iter()
        .filter_map(|operation| Some((operation, captures(operation.path, path)?)))
        .collect();
    // A literal segment wins over a parameter: `/2/users/me` is nobody's id.
    let fewest = matching.iter().map(|(_, captured)| captured.len()).min();
    matching.retain(|(_, captured)| Some(captured.len()) == fewest);
    let methods: Vec<_> = matching.iter().map(|(found, _)| found.method).collect();
    match matching.into_iter().find(|(operation, _)| operation.method == method.as_str()) {
        Some((operation, captured)) => Route::Found(operation, captured),
        None if methods.is_empty() => Route::Unknown,
        None => Route::OtherMethods(methods),
    }
}

/// The parameters of the path, if it has the form of the template.
fn captures(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut captured = Vec::new();
    let mut segments = path.split('/');
    for part in template.split('/') {
        let segment = segments.next()?;
        match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(_) if segment.is_empty() => return None,
            Some(name) => captured.push((name, form::decoded_segment(segment))),
            None if part == segment => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(captured)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::{Route, find};

    fn found(method: Method, path: &str) -> Option<(&'static str, Vec<String>)> {
        match find(&method, path) {
            Route::Found(operation, captured) => {
                Some((operation.id, captured.into_iter().map(|(_, value)| value).collect()))
            }
            _ => None,
        }
    }

    #[test]
    fn literal_segments_win() {
        assert_eq!(found(Method::GET, "/2/users/me"), Some(("getUsersMe", vec![])));
        assert_eq!(found(Method::GET, "/2/users/by"), Some(("getUsersByUsernames", vec![])));
        assert_eq!(found(Method::GET, "/2/users/12"), Some(("getUsersById", vec!["12".into()])));
        assert_eq!(
            found(Method::DELETE, "/2/users/1/following/%32"),
            Some(("unfollowUser", vec!["1".into(), "2".into()]))
        );
    }

    #[test]
    fn other_paths_and_methods_are_told_apart() {
        assert!(matches!(find(&Method::GET, "/2/users//likes"), Route::Unknown));
        assert!(matches!(find(&Method::GET, "/2/users/1/"), Route::Unknown));
        assert!(matches!(find(&Method::GET, ""), Route::Unknown));
        match find(&Method::PUT, "/2/tweets") {
            Route::OtherMethods(methods) => assert_eq!(methods, ["GET", "POST"]),
            _ => panic!("the path exists"),
        }
    }
}
