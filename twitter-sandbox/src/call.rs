//! One call of an operation: its parameters, checked when they are read.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::access::Identity;
use crate::operations::Operation;
use crate::problem::Problem;
use crate::time::Time;

/// A call that may be made: the credential is right and within its limits.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) path: &'a [(&'static str, String)],
    pub(crate) query: &'a [(String, String)],
    pub(crate) body: &'a [u8],
    pub(crate) identity: Identity,
    /// The authority that the client asked for.
    pub(crate) host: &'a str,
    pub(crate) now: Time,
}

impl Call<'_> {
    /// The user on whose behalf the call is made, if there is one.
    pub(crate) fn viewer(&self) -> Option<u64> {
        self.identity.user()
    }

    /// The user named by the path, who must be the one that the credential belongs to.
    pub(crate) fn acting_user(&self, parameter: &str) -> Result<u64, Problem> {
        let id = self.path_id(parameter)?;
        match self.viewer() {
            Some(viewer) if viewer == id => Ok(id),
            viewer => {
                let own = viewer.unwrap_or_default();
                let message = format!(
                    "The `{parameter}` path parameter value [{id}] must be the same as the \
                     authenticating user [{own}]"
                );
                Err(Problem::invalid(parameter, &id.to_string(), message))
            }
        }
    }

    pub(crate) fn path_id(&self, parameter: &str) -> Result<u64, Problem> {
        id(parameter, self.path_text(parameter))
    }

    pub(crate) fn path_text(&self, parameter: &str) -> &str {
        let pair = self.path.iter().find(|(name, _)| *name == parameter);
        pair.map_or("", |(_, value)| value)
    }

    /// A parameter of the query.
    pub(crate) fn text(&self, parameter: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == parameter).map(|(_, value)| value.as_str())
    }

    pub(crate) fn required(&self, parameter: &str) -> Result<&str, Problem> {
        match self.text(parameter) {
            Some(value) if !value.is_empty() => Ok(value),
            Some(_) => Err(empty(parameter)),
            None => {
                let message = format!("The `{parameter}` query parameter can not be empty");
                Err(Problem::invalid(parameter, "", message))
            }
        }
    }

    /// A list whose items are joined by commas.
    pub(crate) fn list(&self, parameter: &str) -> Result<Option<Vec<String>>, Problem> {
        match self.text(parameter) {
            None => Ok(None),
            Some("") => Err(empty(parameter)),
            Some(text) => Ok(Some(text.split(',').map(|item| item.trim().to_owned()).collect())),
        }
    }

    /// A list of one to a hundred items, without repetitions.
    pub(crate) fn lookup_list(&self, parameter: &str) -> Result<Vec<String>, Problem> {
        let text = self.required(parameter)?;
        let mut list: Vec<String> = Vec::new();
        for item in text.split(',') {
            if !list.iter().any(|known| known == item) {
                list.push(item.to_owned());
            }
        }
        if list.len() > 100 {
            let message = format!(
                "size of `{parameter}` query parameter list [{}] is not between 1 and 100",
                list.len()
            );
            return Err(Problem::invalid(parameter, text, message));
        }
        Ok(list)
    }

    pub(crate) fn lookup_ids(&self, parameter: &str) -> Result<Vec<u64>, Problem> {
        self.lookup_list(parameter)?.iter().map(|text| id(parameter, text)).collect()
    }

    pub(crate) fn integer(
        &self,
        parameter: &str,
        range: RangeInclusive<u32>,
        default: u32,
    ) -> Result<u32, Problem> {
        let Some(text) = self.text(parameter) else { return Ok(default) };
        let value = text.parse().ok().filter(|value| range.contains(value));
        value.ok_or_else(|| {
            let (low, high) = (range.start(), range.end());
            let message = format!(
                "The `{parameter}` query parameter value [{text}] is not between {low} and {high}"
            );
            Problem::invalid(parameter, text, message)
        })
    }

    pub(crate) fn query_id(&self, parameter: &str) -> Result<Option<u64>, Problem> {
        self.text(parameter).map(|text| id(parameter, text)).transpose()
    }

    pub(crate) fn time(&self, parameter: &str) -> Result<Option<Time>, Problem> {
        let Some(text) = self.text(parameter) else { return Ok(None) };
        let message = || {
            format!(
                "Invalid '{parameter}':'{text}'. Times must have the form \
                 'YYYY-MM-DDTHH:mm:ssZ'."
            )
        };
        match Time::parse(text) {
            Some(time) => Ok(Some(time)),
            None => Err(Problem::invalid(parameter, text, message())),
        }
    }

    /// The body, which must be a JSON object with no other keys than these.
    pub(crate) fn json(&self, keys: &[&str]) -> Result<Map<String, Value>, Problem> {
        let Ok(value) = serde_json::from_slice(self.body) else {
            return Err(Problem::invalid_body("Requests with bodies must contain valid JSON."));
        };
        let Value::Object(object) = value else {
            return Err(Problem::invalid_body("The body must be a JSON object."));
        };
        match object.keys().find(|key| !keys.contains(&key.as_str())) {
            None => Ok(object),
            Some(key) => Err(Problem::invalid_body(format!(
                "$.{key}: is not defined in the schema and the schema does not allow additional \
                 properties"
            ))),
        }
    }
}

/// An id in a JSON body: a string of digits.
pub(crate) fn body_id(object: &Map<String, Value>, key: &str) -> Result<Option<u64>, Problem> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => id(key, text).map(Some),
        Some(_) => Err(Problem::invalid_body(format!("$.{key}: a string of digits is expected"))),
    }
}

fn id(parameter: &str, text: &str) -> Result<u64, Problem> {
    let digits = (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().ok_or_else(|| {
        let message = format!(
            "The `{parameter}` query parameter value [{text}] does not match ^[0-9]{{1,19}}$"
        );
        Problem::invalid(parameter, text, message)
    })
}

fn empty(parameter: &str) -> Problem {
    let message = format!("The `{parameter}` query parameter can not be empty");
    Problem::invalid(parameter, "", message)
}
