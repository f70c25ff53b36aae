//! The vectors, and who signs them.

use std::fs;

use serde::Deserialize;

use super::{Outcome, Row, children, shared, signers};

type Pairs = Vec<(String, String)>;

/// What each signer makes of the vectors, ours first.
///
/// # Errors
///
/// If the vectors are not there, or are not what they should be.
pub fn vectors() -> Result<Vec<Row>, String> {
    let path = shared("oauth1/vectors.json")?;
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file: File =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let row = |signer: &signers::Signer| {
        let case = |vector: &Vector| (vector.name.clone(), (signer.sign)(vector));
        Row { name: signer.name(), cases: Ok(file.vectors.iter().map(case).collect()) }
    };
    let mut rows: Vec<_> = signers::SIGNERS.iter().map(row).collect();
    rows.extend(children::CHILDREN.iter().map(|child| child.row(&text, &file.vectors)));
    Ok(rows)
}

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

/// One request, and its signature.
#[derive(Deserialize)]
pub(super) struct Vector {
    pub(super) name: String,
    pub(super) method: String,
    pub(super) url: String,
    /// Decoded.
    pub(super) query_params: Pairs,
    pub(super) body: Option<String>,
    content_type: Option<String>,
    /// Decoded.
    pub(super) body_params: Pairs,
    pub(super) consumer_key: String,
    pub(super) consumer_secret: String,
    pub(super) token: Option<String>,
    pub(super) token_secret: Option<String>,
    pub(super) nonce: Option<String>,
    timestamp: Option<String>,
    pub(super) version: Option<String>,
    pub(super) realm: Option<String>,
    pub(super) callback: Option<String>,
    pub(super) verifier: Option<String>,
    #[serde(default)]
    pub(super) extra_oauth_params: Pairs,
    pub(super) signature_method: String,
    pub(super) transport: String,
    pub(super) expected_signature: String,
}

impl Vector {
    pub(super) fn timestamp(&self) -> Option<u64> {
        self.timestamp.as_deref()?.parse().ok()
    }

    /// The body, if it is a form.
    pub(super) fn form(&self) -> Option<&str> {
        let kind = self.content_type.as_deref()?;
        kind.starts_with("application/x-www-form-urlencoded").then_some(())?;
        self.body.as_deref()
    }

    /// The URL without its query.
    pub(super) fn address(&self) -> &str {
        self.url.split_once('?').map_or(&*self.url, |(address, _)| address)
    }

    /// Query and form, decoded.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query_params.iter().chain(&self.body_params).map(|(name, value)| (&**name, &**value))
    }

    pub(super) fn judge(&self, signature: &str) -> Outcome {
        if signature == self.expected_signature {
            return Outcome::Passed;
        }
        let expected = &self.expected_signature;
        Outcome::Failed(format!("the signature is {signature:?}, not {expected:?}"))
    }

    /// The same of a header, or of a query or form.
    pub(super) fn judge_sent(&self, sent: &str) -> Outcome {
        let (_, value) = sent.split_once("oauth_signature=").unwrap_or_default();
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => value.split('&').next(),
        };
        self.judge(&percent_encoding_undone(value.unwrap_or_default()))
    }
}

/// Signatures are ASCII.
fn percent_encoding_undone(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(char::from(byte.unwrap_or(b'?')));
        out.push_str(piece.get(2..).unwrap_or_default());
    }
    out
}
