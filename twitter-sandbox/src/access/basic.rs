//! HTTP Basic: an identifier and its secret, each percent-encoded before they were joined.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::authorization;
use crate::exchange::Inbound;
use crate::form;

/// The decoded pair; `None` if the request brings no Basic credential that can be read.
pub(super) fn credentials(inbound: &Inbound) -> Option<(String, String)> {
    let (scheme, encoded) = authorization(inbound)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (name, secret) = text.split_once(':')?;
    Some((form::decoded(name), form::decoded(secret)))
}
