//! What a sandbox remembers of the requests it received.

use std::fmt;

/// One request that the sandbox received. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// The method, in capitals.
    pub method: String,
    /// The path as it arrived, still percent-encoded.
    pub path: String,
    /// The query as it arrived, with the values of credentials replaced by `[redacted]`.
    pub query: String,
    /// The `operationId` of X's specification, if the path and the method belong to one.
    pub operation: Option<&'static str>,
    /// The status of the reply.
    pub status: u16,
    /// The kind of credential that came with the request, right or wrong.
    pub credential: CredentialKind,
    /// Why the request was refused, in more words than X spends; `None` if it was not.
    pub reason: Option<String>,
}

/// A kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// No `Authorization` header, or one of an unknown scheme.
    None,
    /// HTTP Basic: the API key and secret, or the client id and secret.
    Basic,
    /// The App's own bearer token.
    AppOnly,
    /// An OAuth 1.0a signature.
    OAuth1,
    /// An OAuth 2.0 user access token, also an expired or revoked one.
    OAuth2User,
    /// A bearer token that the sandbox does not know, or knows no longer.
    UnknownBearer,
}

impl fmt::Display for CredentialKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "no credential",
            Self::Basic => "Basic",
            Self::AppOnly => "app-only token",
            Self::OAuth1 => "OAuth 1.0a",
            Self::OAuth2User => "OAuth 2.0 user token",
            Self::UnknownBearer => "unknown bearer token",
        })
    }
}

/// Hides the values of credentials in a query.
pub(crate) fn redacted(query: &str) -> String {
    let hide = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        let paging = matches!(name, "pagination_token" | "next_token");
        let secret = name.contains("oauth")
            || name.contains("token")
            || name.contains("secret")
            || name == "signature";
        if secret && !paging { format!("{name}=[redacted]") } else { pair.to_owned() }
    };
    query.split('&').map(hide).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn queries_keep_no_credential() {
        assert_eq!(
            redacted("a=1&access_token=AAA%3D&oauth_signature=x&next_token=b"),
            "a=1&access_token=[redacted]&oauth_signature=[redacted]&next_token=b"
        );
        assert_eq!(redacted(""), "");
    }
}
