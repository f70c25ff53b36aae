//! Who may call which operation.

use crate::access::{AppPermission, Identity};
use crate::operations::Operation;
use crate::problem::Problem;
use crate::record::CredentialKind;

/// Whether the operation takes this kind of credential, with this permission or these scopes.
pub(crate) fn permit(operation: &Operation, identity: &Identity) -> Result<(), Problem> {
    let kind = identity.kind();
    if !operation.accepts.contains(&kind) {
        let supported: Vec<_> = operation.accepts.iter().map(|kind| long_name(*kind)).collect();
        return Err(Problem::unsupported_authentication(long_name(kind), &supported.join(", ")));
    }
    match identity {
        Identity::App => Ok(()),
        Identity::OAuth1 { permission, .. } => {
            let needed = AppPermission::needed(operation);
            if *permission >= needed {
                return Ok(());
            }
            Err(Problem::app_permission(permission.header(), needed.header()))
        }
        Identity::OAuth2 { scopes, .. } => {
            let lacks = |scope: &&&str| !scopes.iter().any(|has| has == **scope);
            let missing = operation.scopes.iter().find(lacks);
            missing.map_or(Ok(()), |scope| Err(Problem::missing_scope(scope)))
        }
    }
}

fn long_name(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::AppOnly => "OAuth 2.0 Application-Only",
        CredentialKind::OAuth1 => "OAuth 1.0a User Context",
        CredentialKind::OAuth2User => "OAuth 2.0 User Context",
        _ => "Unknown",
    }
}
