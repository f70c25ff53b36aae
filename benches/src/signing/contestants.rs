//! Who signs the cases, and how. Each gets its keys, and what it can prepare with them, beforehand.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    fmt,
    hint::black_box,
    num::NonZeroU64,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use oauth1_request::{Builder, HMAC_SHA1, Token};
use oauth1_sign::{Authorization, Request, Stamp};
use reqwest::Url;
use reqwest_oauth1::{Client, OAuthParameters, Secrets};
use sha1::Sha1;
use xdk::{auth::oauth1::build_oauth1_header_with_nonce_ts, store::OAuth1Token};

use super::{
    Case,
    cases::{CONSUMER_KEY, CONSUMER_SECRET, Kind, NONCE, TIMESTAMP, TOKEN, TOKEN_SECRET, signer},
};

/// Our own, into a new string.
pub const SIGN: &str = "oauth1-sign, sign";
/// Our own, into the caller's buffer.
pub const SIGN_INTO: &str = "oauth1-sign, sign_into";
/// The hash of the finished base string, and nothing else.
pub const RAW_HMAC: &str = "raw pre-keyed HMAC-SHA1";
/// The fastest peer.
pub const OAUTH1_REQUEST: &str = "oauth1-request 0.6";
const REQWEST_OAUTH1: &str = "reqwest-oauth1 0.3";
const OAUTH1: &str = "oauth1 1.0";
const XDK_RS: &str = "xdk-rs 0.4";

/// One way to sign one case.
pub struct Contestant {
    /// As it stands in the table.
    pub name: &'static str,
    /// Signs once. `None` where the signature is wrong, so that there is nothing to measure.
    pub sign: Option<Box<dyn FnMut()>>,
}

impl Contestant {
    /// `sign` may use the buffer; `signature` reads the result out of it, or out of what `sign`
    /// returned.
    fn new<T: 'static>(
        name: &'static str,
        case: &Case,
        sign: impl Fn(&mut String) -> T + 'static,
        signature: impl FnOnce(&str, T) -> String,
    ) -> Self {
        let mut buffer = String::with_capacity(4096);
        let result = sign(&mut buffer);
        if signature(&buffer, result) != case.signature {
            return Self { name, sign: None };
        }
        let sign = move || {
            black_box(sign(&mut buffer));
            black_box(&buffer);
        };
        Self { name, sign: Some(Box::new(sign)) }
    }
}

impl fmt::Debug for Contestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contestant").field("name", &self.name).finish_non_exhaustive()
    }
}

/// All of them, checked against the case's signature.
pub fn contestants(case: &'static Case) -> [Contestant; 7] {
    [
        raw_hmac(case),
        sign_into(case),
        sign(case),
        match case.kind {
            Kind::Post => oauth1_request(case, ()),
            Kind::Update => oauth1_request(case, Update::CASE),
            Kind::Search => oauth1_request(case, Search::CASE),
        },
        oauth1(case),
        xdk_rs(case),
        reqwest_oauth1(case),
    ]
}

fn raw_hmac(case: &Case) -> Contestant {
    // Neither secret holds a character that the key would need encoded.
    let key = format!("{CONSUMER_SECRET}&{TOKEN_SECRET}");
    let keyed = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("HMAC takes any key");
    let base_string = case.base_string();
    Contestant::new(
        RAW_HMAC,
        case,
        move |_| {
            keyed.clone().chain_update(black_box(base_string.as_bytes())).finalize().into_bytes()
        },
        |_, mac| STANDARD.encode(mac),
    )
}

fn sign(case: &'static Case) -> Contestant {
    let signer = signer();
    Contestant::new(
        SIGN,
        case,
        move |_| {
            let request = black_box(Request::new(case.method, case.url).form(case.form));
            signer.sign(&request, &black_box(Stamp::new(NONCE, TIMESTAMP))).expect("can be signed")
        },
        |_, header| signature(&header),
    )
}

fn sign_into(case: &'static Case) -> Contestant {
    let signer = signer();
    Contestant::new(
        SIGN_INTO,
        case,
        move |buffer| {
            let request = black_box(Request::new(case.method, case.url).form(case.form));
            let stamp = black_box(Stamp::new(NONCE, TIMESTAMP));
            signer.sign_into(&request, &stamp, buffer).expect("can be signed");
        },
        |buffer, ()| signature(buffer),
    )
}

/// The parameters are decoded, typed and sorted when this is compiled; they are to be encoded.
fn oauth1_request(
    case: &'static Case,
    request: impl oauth1_request::Request + 'static,
) -> Contestant {
    let token = Token::from_parts(CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET);
    let mut builder = Builder::with_token(token, HMAC_SHA1);
    builder.nonce(NONCE).timestamp(NonZeroU64::new(TIMESTAMP)).version(true);
    let url = case.url.split_once('?').map_or(case.url, |(before, _query)| before);
    Contestant::new(
        OAUTH1_REQUEST,
        case,
        move |_| {
            black_box(&builder).authorize(
                black_box(case.method),
                black_box(url),
                black_box(&request),
            )
        },
        |_, header| signature(&header),
    )
}

/// It only signs a request of `reqwest`'s, which is made on the way.
fn reqwest_oauth1(case: &'static Case) -> Contestant {
    let client = Client::new();
    let secrets = Secrets::new(CONSUMER_KEY, CONSUMER_SECRET).token(TOKEN, TOKEN_SECRET);
    let parameters = OAuthParameters::new().nonce(NONCE).timestamp(TIMESTAMP).version(true);
    Contestant::new(
        REQWEST_OAUTH1,
        case,
        move |_| {
            let url = black_box(case.url);
            let request = match case.kind {
                Kind::Post => client.post(url),
                Kind::Update => {
                    client.post(url).form(black_box(&[("status", Update::CASE.status)]))
                }
                Kind::Search => client.get(url),
            };
            let request = request.sign_with_params(secrets.clone(), parameters.clone());
            request.generate_signature().expect("can be signed")
        },
        |_, request| {
            let request = request.build().expect("a request that can be sent");
            signature(request.headers()["authorization"].to_str().expect("ASCII"))
        },
    )
}

/// It asks for all parameters in a map, and draws nonce and time itself: what it signed is signed again by ours.
fn oauth1(case: &'static Case) -> Contestant {
    let client = oauth1::Token::new(CONSUMER_KEY, CONSUMER_SECRET);
    let token = oauth1::Token::new(TOKEN, TOKEN_SECRET);
    let (url, query) = case.url.split_once('?').unwrap_or((case.url, ""));
    let parameters: Vec<_> = decoded(query).chain(decoded(case.form)).collect();
    Contestant::new(
        OAUTH1,
        case,
        move |_| {
            let parameters = parameters.iter().map(|(name, value)| (&**name, Cow::from(&**value)));
            let parameters: HashMap<_, _> = black_box(parameters.collect());
            let method = black_box(case.method);
            oauth1::authorize(method, black_box(url), &client, Some(&token), Some(parameters))
        },
        |_, header| {
            let sent = Authorization::parse(&header).expect("a header of OAuth");
            let time = sent.parameter("oauth_timestamp").and_then(|text| text.parse().ok());
            let nonce = sent.parameter("oauth_nonce").unwrap_or_default();
            let stamp = Stamp::new(nonce, time.unwrap_or_default());
            let request = Request::new(case.method, case.url).form(case.form);
            let ours = signer().sign(&request, &stamp).expect("can be signed");
            let is_equal = signature(&ours) == signature(&header);
            if is_equal { case.signature.into() } else { String::new() }
        },
    )
}

/// It asks for the URL with the query, and for the form in a map.
fn xdk_rs(case: &'static Case) -> Contestant {
    let token = OAuth1Token {
        access_token: TOKEN.into(),
        token_secret: TOKEN_SECRET.into(),
        consumer_key: CONSUMER_KEY.into(),
        consumer_secret: CONSUMER_SECRET.into(),
        user_id: None,
        account_username: None,
        display_name: None,
    };
    let form: BTreeMap<_, _> = decoded(case.form).collect();
    let timestamp = TIMESTAMP.to_string();
    Contestant::new(
        XDK_RS,
        case,
        move |_| {
            build_oauth1_header_with_nonce_ts(
                black_box(case.method),
                black_box(case.url),
                &token,
                Some(black_box(&form)),
                Some(NONCE),
                Some(&timestamp),
            )
            .expect("can be signed")
        },
        |_, header| signature(&header),
    )
}

/// The parameters of a query or form.
fn decoded(parameters: &str) -> impl Iterator<Item = (String, String)> {
    let url = Url::parse(&format!("https://api.x.com?{parameters}")).expect("it is a URL");
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    pairs.into_iter()
}

/// `oauth_signature` of a header.
fn signature(header: &str) -> String {
    let (_, value) = header.split_once("oauth_signature=\"").unwrap_or_default();
    let (value, _) = value.split_once('"').unwrap_or_default();
    value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")
}

#[derive(oauth1_request::Request)]
struct Update {
    include_entities: bool,
    status: &'static str,
}

impl Update {
    const CASE: Self = Self {
        include_entities: true,
        status: "Hello Ladies + Gentlemen, a signed OAuth request!",
    };
}

#[derive(oauth1_request::Request)]
struct Search {
    query: &'static str,
    max_results: u32,
    #[oauth1(rename = "tweet.fields")]
    tweet_fields: &'static str,
    expansions: &'static str,
    #[oauth1(rename = "user.fields")]
    user_fields: &'static str,
    #[oauth1(rename = "media.fields")]
    media_fields: &'static str,
    #[oauth1(rename = "poll.fields")]
    poll_fields: &'static str,
    #[oauth1(rename = "place.fields")]
    place_fields: &'static str,
    start_time: &'static str,
    end_time: &'static str,
    sort_order: &'static str,
    next_token: &'static str,
}

impl Search {
    const CASE: Self = Self {
        query: "(rust OR #rustlang) lang:en -is:retweet has:links",
        max_results: 100,
        tweet_fields: "attachments,author_id,context_annotations,conversation_id,created_at,\
                       entities,lang,public_metrics",
        expansions: "author_id,attachments.media_keys,attachments.poll_ids,geo.place_id,\
                     referenced_tweets.id",
        user_fields: "created_at,description,location,profile_image_url,public_metrics,username,\
                      verified",
        media_fields: "alt_text,duration_ms,height,preview_image_url,type,url,width",
        poll_fields: "duration_minutes,end_datetime,options,voting_status",
        place_fields: "contained_within,country_code,full_name,geo,place_type",
        start_time: "2026-08-20T00:00:00Z",
        end_time: "2026-08-22T12:30:00Z",
        sort_order: "recency",
        next_token: "b26v89c19zqg8o3fpzbjm8wnqd5r0yqm3k6kzl9xwkfl9",
    };
}
