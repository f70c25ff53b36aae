//! What holds for every request: signing and verifying agree, and nothing signed can change.

mod common;

use std::mem::take;

use common::{Case, Pair, Sent, Transport, cases, pairs, required, text, wire};
use oauth1_sign::{
    Authorization, Error, Request, SignatureMethod, base_string_uri, normalized_parameters,
    percent_encode, verify::VerifyError,
};
use proptest::{
    collection::vec,
    prelude::{Just, ProptestConfig, Strategy, any},
    prop_assert, prop_assert_eq, prop_assume, proptest,
    sample::{Index, select},
};

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_signed_verifies(case in cases()) {
        let sent = case.sign().unwrap();
        prop_assert_eq!(case.verify(&sent), Ok(()));
        let authorization = sent.authorization().unwrap();
        prop_assert_eq!(authorization.consumer_key(), Some(&*case.client.0));
        prop_assert_eq!(authorization.token(), case.token.as_ref().map(|(token, _)| &**token));
        prop_assert_eq!(authorization.parameter("oauth_callback"), case.callback.as_deref());
        prop_assert_eq!(authorization.parameter("oauth_verifier"), case.verifier.as_deref());
        if case.transport == Transport::Header {
            prop_assert_eq!(authorization.realm(), case.realm.as_deref());
        }
    }

    #[test]
    fn any_change_fails(mut case in signed_cases(), change in any::<Index>(), at in any::<Index>()) {
        let mut sent = case.sign().unwrap();
        let (part, change) = CHANGES[change.index(CHANGES.len())];
        prop_assume!(change(&mut case, &mut sent, at));
        prop_assert!(case.verify(&sent).is_err(), "{} is not covered", part);
    }

    #[test]
    fn a_change_of_a_secret_fails_in_clear_too(mut case in cases(), more in required()) {
        case.method = SignatureMethod::Plaintext;
        let sent = case.sign().unwrap();
        let mut other = case.clone();
        other.client.1 += &more;
        prop_assert_eq!(other.verify(&sent), Err(VerifyError::WrongSignature));
        if let Some((_, secret)) = &mut case.token {
            *secret += &more;
            prop_assert_eq!(case.verify(&sent), Err(VerifyError::WrongSignature));
        }
    }

    /// RFC 5849, section 3.5.1: the realm is not signed.
    #[test]
    fn the_realm_may_change(mut case in cases(), realm in "[ -~]{0,9}") {
        case.transport = Transport::Header;
        let sent = case.sign().unwrap();
        case.realm = Some(realm);
        let other = case.sign().unwrap();
        let signature = |sent: &Sent| {
            sent.authorization().unwrap().parameter("oauth_signature").map(String::from)
        };
        prop_assert_eq!(signature(&sent), signature(&other));
        let authorization = other.authorization().unwrap();
        prop_assert_eq!(authorization.realm(), case.realm.as_deref());
        prop_assert_eq!(case.verify(&other), Ok(()));
    }

    #[test]
    fn parameter_order_does_not_matter((case, shuffled) in shuffled()) {
        prop_assert_eq!(case.base_string(), shuffled.base_string());
    }

    /// RFC 5849, section 3.4.1.3.1: the parameters of the query and of the form are one list.
    #[test]
    fn query_and_form_are_signed_alike(mut case in cases()) {
        let before = case.base_string();
        let form = case.form.take().unwrap_or_default();
        case.query.extend(form);
        prop_assert_eq!(&before, &case.base_string());
        case.form = Some(take(&mut case.query));
        prop_assert_eq!(before, case.base_string());
    }

    #[test]
    fn encodings_that_mean_the_same_are_signed_alike(mut case in cases()) {
        let before = case.base_string();
        for pair in case.query.iter_mut().chain(case.form.iter_mut().flatten()) {
            pair.style = 0;
        }
        prop_assert_eq!(before, case.base_string());
    }

    /// Up to a hundred parameters, so that the signer's room for a few runs out.
    #[test]
    fn the_base_string_is_what_the_rfc_describes(mut case in cases(), many in pairs(100)) {
        case.query = many;
        prop_assert_eq!(case.base_string(), naive_base_string(&case));
        let sent = case.sign().unwrap();
        let received = Request::new(case.verb, &sent.url).form(sent.form.as_deref().unwrap_or(""));
        let received = sent.authorization().unwrap().base_string(&received);
        prop_assert_eq!(received, Ok(case.base_string()));
    }

    /// Names of the query that sort among the signer's own.
    #[test]
    fn foreign_names_find_their_place(mut case in cases(), names in vec(select(FOREIGN), 1..5)) {
        case.transport = Transport::Header;
        case.query = names.into_iter().map(|name| Pair { name: name.into(), ..Pair::default() }).collect();
        prop_assert_eq!(case.base_string(), naive_base_string(&case));
        prop_assert_eq!(case.verify(&case.sign().unwrap()), Ok(()));
    }

    #[test]
    fn a_buffer_can_be_used_again(cases in vec(cases(), 1..4), content in text()) {
        let mut buffer = content;
        for case in cases {
            let (signer, stamp) = (case.signer(), case.stamp());
            let header = case.with_request(|request| {
                signer.sign_into(request, &stamp, &mut buffer).unwrap();
                signer.sign(request, &stamp).unwrap()
            });
            prop_assert_eq!(&buffer, &header);
        }
    }

    #[test]
    fn a_parameter_of_the_signer_cannot_come_twice(mut case in cases(), at in any::<Index>(), many in pairs(60)) {
        const NAMES: [&str; 5] = [
            "oauth_consumer_key", "oauth_nonce", "oauth_signature", "oauth_signature_method",
            "oauth_timestamp",
        ];
        for name in NAMES {
            let pair = Pair { name: name.into(), value: "x".into(), style: 0 };
            case.query.clone_from(&many);
            case.query.insert(at.index(many.len() + 1), pair);
            prop_assert_eq!(case.sign().unwrap_err(), Error::DuplicateParameter(name.into()));
        }
    }

    /// Whatever is wrong with a request, and wherever its header is cut.
    #[test]
    fn errors_hide_secrets(mut case in cases(), cut in 0..600_usize) {
        case.client.1 = "hush".into();
        case.token = Some(("token".into(), "hush".into()));
        let mut texts = Vec::new();
        let sent = case.sign().unwrap();

        let mut other = case.clone();
        other.client.1.push('x');
        texts.push(format!("{:?}", other.verify(&sent)));
        other.client.0.push('x');
        texts.push(format!("{:?}", other.verify(&sent)));
        case.transport = Transport::Header;
        let mut sent = case.sign().unwrap();
        if let Some(header) = &mut sent.header {
            header.truncate(cut.min(header.len()));
        }
        if let Err(error) = case.verify(&sent) {
            texts.push(format!("{error} {error:?}"));
        }
        case.scheme = "";
        if let Err(error) = case.sign() {
            texts.push(format!("{error} {error:?}"));
        }
        for text in texts {
            prop_assert!(!text.contains("hush"), "{text}");
        }
    }

    #[test]
    fn normalizing_twice_is_normalizing_once(form: String) {
        let normalized = normalized_parameters(&form);
        prop_assert_eq!(&normalized_parameters(&normalized), &normalized);
    }

    #[test]
    fn headers_of_any_text_never_panic(text: String, parameters in "(OAuth )?([a-z_%=\",\\\\ ]|é){0,40}") {
        for header in [&text, &format!("OAuth {text}"), &parameters] {
            if let Ok(authorization) = Authorization::parse(header) {
                let _ = authorization.base_string(&Request::new("GET", "https://a"));
            }
        }
        let _ = Authorization::from_form(&text);
        let _ = Authorization::from_form(&format!("oauth_{text}"));
    }

    #[test]
    fn urls_of_any_text_never_panic(text: String, url in "[a-zA-Z]{0,5}(://)?[a-z:/?#@%0-9\\[\\]é]{0,20}") {
        for url in [&text, &format!("https://{text}"), &url] {
            let Ok(uri) = base_string_uri(url) else { continue };
            prop_assert!(!uri.contains(['?', '#']));
            prop_assert_eq!(base_string_uri(&uri), Ok(uri.clone()), "not stable");
        }
    }
}

const FOREIGN: &[&str] = &[
    "oauth_",
    "oauth_a",
    "oauth_callback_x",
    "oauth_consumer_ke",
    "oauth_consumer_key2",
    "oauth_n",
    "oauth_noncf",
    "oauth_nonce ",
    "oauth_signature_",
    "oauth_timestamp%",
    "oauth_u",
    "oauth_z",
    "oauth%5F",
    "Oauth_nonce",
    "p",
];

/// Cases whose signature covers the request.
fn signed_cases() -> impl Strategy<Value = Case> {
    cases().prop_filter("nothing is signed", |case| case.method != SignatureMethod::Plaintext)
}

fn shuffled() -> impl Strategy<Value = (Case, Case)> {
    cases().prop_flat_map(|case| {
        (
            Just(case.clone()),
            Just(case.query).prop_shuffle(),
            Just(case.form.unwrap_or_default()).prop_shuffle(),
        )
            .prop_map(|(case, query, form)| {
                let form = case.form.is_some().then_some(form);
                (case.clone(), Case { query, form, ..case })
            })
    })
}

/// RFC 5849, section 3.4.1, word by word, and without any care for speed.
fn naive_base_string(case: &Case) -> String {
    let method = case.method.as_str();
    let timestamp = case.timestamp.to_string();
    let mut parameters: Vec<(String, String)> = Vec::new();
    let mut push = |name: &str, value: &str| {
        parameters.push((percent_encode(name), percent_encode(value)));
    };
    for pair in case.query.iter().chain(case.form.iter().flatten()) {
        push(&pair.name, &pair.value);
    }
    push("oauth_consumer_key", &case.client.0);
    push("oauth_nonce", &case.nonce);
    push("oauth_signature_method", method);
    push("oauth_timestamp", &timestamp);
    case.token.iter().for_each(|(token, _)| push("oauth_token", token));
    case.callback.iter().for_each(|callback| push("oauth_callback", callback));
    case.verifier.iter().for_each(|verifier| push("oauth_verifier", verifier));
    case.body_hash.iter().for_each(|hash| push("oauth_body_hash", hash));
    if case.version {
        push("oauth_version", "1.0");
    }
    parameters.sort();
    let parameters: Vec<_> =
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();

    let uri = base_string_uri(&case.url()).unwrap();
    let parts = [case.verb.to_uppercase(), uri, parameters.join("&")];
    parts.map(|part| percent_encode(&part)).join("&")
}

/// Changes one part of a message, or of what the server knows; `false` if the case lacks the part.
type Change = fn(&mut Case, &mut Sent, Index) -> bool;

const CHANGES: &[(&str, Change)] = &[
    ("the method", |case, _, _| {
        case.verb = if case.verb == "TRACE" { "GET" } else { "TRACE" };
        true
    }),
    ("the scheme", |_, sent, _| {
        // `ftp` has no default port, so this changes the port too, where there was one.
        let (_, rest) = sent.url.split_once(':').unwrap();
        sent.url = format!("ftp:{rest}");
        true
    }),
    ("the host", |case, sent, _| {
        sent.url = sent.url.replacen(&case.host, "other.example", 1);
        true
    }),
    ("the port", |case, sent, _| {
        let before = format!("{}{}", case.host, case.port);
        let port = if case.port == ":4711" { 4712 } else { 4711 };
        sent.url = sent.url.replacen(&before, &format!("{}:{port}", case.host), 1);
        true
    }),
    ("the path", |case, sent, _| {
        let before = format!("{}{}{}", case.host, case.port, case.path);
        sent.url = sent.url.replacen(&before, &format!("{before}/x"), 1);
        true
    }),
    ("a name in the query", |case, sent, at| {
        change_pair(&mut case.query, at, |pair| pair.name.push('x')) && resend_query(case, sent)
    }),
    ("a value in the query", |case, sent, at| {
        change_pair(&mut case.query, at, |pair| pair.value.push('x')) && resend_query(case, sent)
    }),
    ("a parameter of the query, gone", |case, sent, at| {
        !case.query.is_empty() && {
            case.query.remove(at.index(case.query.len()));
            resend_query(case, sent)
        }
    }),
    ("a parameter of the query, twice", |case, sent, at| {
        !case.query.is_empty() && {
            case.query.push(case.query[at.index(case.query.len())].clone());
            resend_query(case, sent)
        }
    }),
    ("a name in the form", |case, sent, at| {
        change_pair(case.form.as_mut().unwrap_or(&mut vec![]), at, |pair| pair.name.push('x'))
            && resend_form(case, sent)
    }),
    ("a value in the form", |case, sent, at| {
        change_pair(case.form.as_mut().unwrap_or(&mut vec![]), at, |pair| pair.value.push('x'))
            && resend_form(case, sent)
    }),
    ("the consumer key that is known", |case, _, _| {
        case.client.0.push('x');
        true
    }),
    ("the consumer secret", |case, _, _| {
        case.client.1.push('x');
        true
    }),
    ("the token that is known", |case, _, _| {
        case.token = match case.token.take() {
            Some((token, secret)) => Some((token + "x", secret)),
            None => Some(("x".into(), String::new())),
        };
        true
    }),
    ("the token's secret", |case, _, _| {
        case.token.as_mut().map(|(_, secret)| secret.push('x')).is_some()
    }),
    ("the consumer key", |_, sent, _| rewrite(sent, "oauth_consumer_key", |value| value + "x")),
    ("the token", |_, sent, _| rewrite(sent, "oauth_token", |value| value + "x")),
    ("the nonce", |_, sent, _| rewrite(sent, "oauth_nonce", |value| value + "x")),
    ("the timestamp", |_, sent, _| rewrite(sent, "oauth_timestamp", |value| value + "0")),
    ("the version", |_, sent, _| rewrite(sent, "oauth_version", |_| "2.0".into())),
    ("the callback", |_, sent, _| rewrite(sent, "oauth_callback", |value| value + "x")),
    ("the verifier", |_, sent, _| rewrite(sent, "oauth_verifier", |value| value + "x")),
    ("the body hash", |_, sent, _| rewrite(sent, "oauth_body_hash", |value| value + "x")),
    ("the signature method", |_, sent, _| {
        rewrite(sent, "oauth_signature_method", |method| {
            if method == "HMAC-SHA1" { "HMAC-SHA256".into() } else { "HMAC-SHA1".into() }
        })
    }),
    ("the signature method, to none", |_, sent, _| {
        rewrite(sent, "oauth_signature_method", |_| "PLAINTEXT".into())
    }),
    ("the signature's first character", |_, sent, _| {
        rewrite(sent, "oauth_signature", |value| match value.strip_prefix('%') {
            Some(escape) => format!("A{}", &escape[2..]),
            None => format!("{}{}", if value.starts_with('A') { 'B' } else { 'A' }, &value[1..]),
        })
    }),
    ("the signature's length", |_, sent, _| rewrite(sent, "oauth_signature", |value| value + "A")),
    ("the signature, empty", |_, sent, _| rewrite(sent, "oauth_signature", |_| String::new())),
];

fn change_pair(pairs: &mut [Pair], at: Index, change: fn(&mut Pair)) -> bool {
    !pairs.is_empty() && {
        change(&mut pairs[at.index(pairs.len())]);
        true
    }
}

/// Puts the case's query in front of whatever the signer appended to the old one.
fn resend_query(case: &Case, sent: &mut Sent) -> bool {
    let signed = sent.query().find("oauth_").map(|at| sent.query()[at..].to_string());
    let place = sent.url.split(['?', '#']).next().unwrap();
    sent.url = format!("{place}?{}&{}", wire(&case.query), signed.unwrap_or_default());
    true
}

fn resend_form(case: &Case, sent: &mut Sent) -> bool {
    let form = sent.form.take().unwrap_or_default();
    let signed = form.find("oauth_").map_or("", |at| &form[at..]);
    sent.form = Some(format!("{}&{signed}", case.form().unwrap_or_default()));
    true
}

/// Changes the encoded value of an OAuth parameter, wherever it travels.
fn rewrite(sent: &mut Sent, name: &str, change: fn(String) -> String) -> bool {
    let Sent { url, form, header } = sent;
    let texts = [(header.as_mut(), "=\"", '"'), (Some(url), "=", '&'), (form.as_mut(), "=", '&')];
    for (text, equals, end) in texts {
        let Some(text) = text else { continue };
        let Some((before, rest)) = text.split_once(&format!("{name}{equals}")) else { continue };
        let (value, after) = rest.split_at(rest.find(end).unwrap_or(rest.len()));
        *text = format!("{before}{name}{equals}{}{after}", change(value.into()));
        return true;
    }
    false
}
