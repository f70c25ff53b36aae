//! Signature methods (RFC 5849, section 3.4), keyed with a pair of secrets.

use alloc::{string::String, vec::Vec};
use core::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use crate::encoding::{into_string, push_base64_once, push_once};

/// How the base string becomes a signature. X takes HMAC-SHA1 only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureMethod {
    /// RFC 5849, section 3.4.2.
    #[default]
    HmacSha1,
    /// As HMAC-SHA1, with SHA-256: not of the RFC, and common.
    HmacSha256,
    /// As HMAC-SHA1, with SHA-512: not of the RFC.
    HmacSha512,
    /// RFC 5849, section 3.4.4: both secrets, in clear. Only over TLS.
    Plaintext,
}

impl SignatureMethod {
    /// The value of `oauth_signature_method`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::HmacSha512 => "HMAC-SHA512",
            Self::Plaintext => "PLAINTEXT",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::HmacSha1, Self::HmacSha256, Self::HmacSha512, Self::Plaintext]
            .into_iter()
            .find(|method| method.as_str() == name)
    }

    /// The value of `oauth_body_hash` for `body`, by the method's own hash; `PLAINTEXT` has none,
    /// and takes SHA-1 (OAuth Request Body Hash, section 3.2).
    ///
    /// ```
    /// let hash = oauth1_sign::SignatureMethod::HmacSha1.body_hash(b"Hello World!");
    /// assert_eq!(hash, "Lve95gjOVATpfV8EL5X4nxwjKHE=");
    /// ```
    pub fn body_hash(self, body: &[u8]) -> String {
        match self {
            Self::HmacSha1 | Self::Plaintext => STANDARD.encode(Sha1::digest(body)),
            Self::HmacSha256 => STANDARD.encode(Sha256::digest(body)),
            Self::HmacSha512 => STANDARD.encode(Sha512::digest(body)),
        }
    }

    /// The key of RFC 5849, section 3.4.2: both secrets, encoded, around an `&`.
    pub(crate) fn key(self, client_secret: &str, token_secret: &str) -> Key {
        // Room for every byte escaped, so that no copy of the secrets is left behind by growth.
        let mut key = Vec::with_capacity(3 * (client_secret.len() + token_secret.len()) + 1);
        push_once(&mut key, client_secret);
        key.push(b'&');
        push_once(&mut key, token_secret);
        let key = Zeroizing::new(into_string(key));
        match self {
            Self::HmacSha1 => Key::HmacSha1(keyed(&key)),
            Self::HmacSha256 => Key::HmacSha256(keyed(&key)),
            Self::HmacSha512 => Key::HmacSha512(keyed(&key)),
            Self::Plaintext => Key::Plaintext(key),
        }
    }
}

impl fmt::Display for SignatureMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A signature method with its key, hashed as far as it can be before a request is known.
#[derive(Clone)]
pub(crate) enum Key {
    HmacSha1(Hmac<Sha1>),
    HmacSha256(Hmac<Sha256>),
    HmacSha512(Hmac<Sha512>),
    Plaintext(Zeroizing<String>),
}

impl Key {
    pub(crate) const fn method(&self) -> SignatureMethod {
        match self {
            Self::HmacSha1(_) => SignatureMethod::HmacSha1,
            Self::HmacSha256(_) => SignatureMethod::HmacSha256,
            Self::HmacSha512(_) => SignatureMethod::HmacSha512,
            Self::Plaintext(_) => SignatureMethod::Plaintext,
        }
    }

    /// The signature of `base_string` (RFC 5849, section 3.4.2).
    pub(crate) fn sign(&self, base_string: &[u8]) -> Signature<'_> {
        match self {
            Self::HmacSha1(hmac) => Signature::from_hash(&mac(hmac, base_string)),
            Self::HmacSha256(hmac) => Signature::from_hash(&mac(hmac, base_string)),
            Self::HmacSha512(hmac) => Signature::from_hash(&mac(hmac, base_string)),
            Self::Plaintext(key) => Signature::Plaintext(key),
        }
    }

    /// Whether `signature` is that of `base_string`, in a time that does not depend on where they
    /// first differ.
    pub(crate) fn verify(&self, base_string: &[u8], signature: &str) -> bool {
        if let Self::Plaintext(key) = self {
            // Comparing two hashes tells nothing of where their texts differ.
            return mac(&keyed::<Hmac<Sha256>>(key), signature.as_bytes())
                == mac(&keyed::<Hmac<Sha256>>(key), key.as_bytes());
        }
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        match self {
            Self::HmacSha1(hmac) => {
                hmac.clone().chain_update(base_string).verify_slice(&signature).is_ok()
            }
            Self::HmacSha256(hmac) => {
                hmac.clone().chain_update(base_string).verify_slice(&signature).is_ok()
            }
            Self::HmacSha512(hmac) => {
                hmac.clone().chain_update(base_string).verify_slice(&signature).is_ok()
            }
            Self::Plaintext(_) => false,
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [redacted]", self.method())
    }
}

fn keyed<M: KeyInit>(key: &str) -> M {
    M::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length")
}

fn mac<M: Mac + Clone>(keyed: &M, text: &[u8]) -> hmac::digest::Output<M> {
    keyed.clone().chain_update(text).finalize().into_bytes()
}

/// The value of `oauth_signature`.
pub(crate) enum Signature<'a> {
    Hash { bytes: [u8; 64], length: usize },
    Plaintext(&'a str),
}

impl Signature<'_> {
    /// Keeps a hash of at most 64 bytes.
    #[inline]
    fn from_hash(hash: &[u8]) -> Self {
        let mut bytes = [0; 64];
        bytes[..hash.len()].copy_from_slice(hash);
        Self::Hash { bytes, length: hash.len() }
    }

    /// Appends it as it stands in a header: in Base64 where it is a hash, and percent-encoded.
    pub(crate) fn push_once(&self, out: &mut Vec<u8>) {
        match self {
            Self::Hash { bytes, length } => push_base64_once(out, &bytes[..*length]),
            Self::Plaintext(key) => push_once(out, key),
        }
    }
}

impl fmt::Display for Signature<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hash { bytes, length } => f.write_str(&STANDARD.encode(&bytes[..*length])),
            Self::Plaintext(key) => f.write_str(key),
        }
    }
}
