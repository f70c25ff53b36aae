//! Who makes the call, and how. Each keeps its connection.

use std::{error::Error, fmt, hint::black_box, time::Duration};

use tokio::runtime::{Builder, Runtime};
use twitter_types::{
    One,
    auth::{Credential as _, OAuth1User},
    endpoint::{
        Ask as _, Payload as _, Stamp,
        policy::{Limits, Policy},
    },
    fields::Fields,
    models::User,
    users::Me,
};

use crate::decoding::made;

/// The body as bytes, of a request without a credential: what the blocking client is measured by.
pub const RAW_UREQ: &str = "ureq 3, raw";
/// The same with a time limit, as ours has: ureq then starts a thread for each call, to look up a name.
pub const TIMED_UREQ: &str = "ureq 3, raw, with a timeout";
/// Our own, signed, read, decoded, and its limits noted.
pub const BLOCKING: &str = "twitter-client-blocking, send";
/// The body as bytes, of a request without a credential: what the async client is measured by.
pub const RAW_REQWEST: &str = "reqwest 0.13, raw";
/// Our own, signed, read, decoded, and its limits noted.
pub const ASYNC: &str = "twitter-client-async, send";
/// The peer over the same reqwest, signed and decoded.
pub const XDK_RS: &str = "xdk-rs 0.4, get_me";

/// What ours cannot do without: the signature of the request.
pub const SIGNING: &str = "no call, only signing";
/// And the body's decoding.
pub const DECODING: &str = "no call, only decoding";

/// Why a contestant cannot call.
pub type Problem = Box<dyn Error + Send + Sync>;

/// One way to call.
pub struct Contestant {
    /// As it stands in the table.
    pub name: &'static str,
    /// Calls once.
    pub call: Box<dyn FnMut()>,
}

impl fmt::Debug for Contestant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contestant").field("name", &self.name).finish_non_exhaustive()
    }
}

/// All of them, against a server.
///
/// # Errors
///
/// If one cannot be set up.
pub fn contestants(base_url: &str) -> Result<[Contestant; 8], Problem> {
    Ok([
        Contestant { name: RAW_UREQ, call: raw_ureq(base_url, None)? },
        Contestant { name: TIMED_UREQ, call: raw_ureq(base_url, Some(TIMEOUT))? },
        Contestant { name: BLOCKING, call: blocking(base_url)? },
        Contestant { name: RAW_REQWEST, call: raw_reqwest(base_url)? },
        Contestant { name: ASYNC, call: asynchronous(base_url)? },
        Contestant { name: XDK_RS, call: xdk_rs(base_url)? },
        Contestant { name: SIGNING, call: signing(base_url)? },
        Contestant { name: DECODING, call: decoding() },
    ])
}

fn raw_ureq(base_url: &str, timeout: Option<Duration>) -> Result<Box<dyn FnMut()>, Problem> {
    let url = url(base_url)?;
    let agent = ureq::Agent::config_builder().timeout_global(timeout).build().new_agent();
    Ok(Box::new(move || {
        let mut response = agent.get(black_box(&url)).call().expect("the server answers");
        black_box(response.body_mut().read_to_vec().expect("the server sends all of it"));
    }))
}

fn blocking(base_url: &str) -> Result<Box<dyn FnMut()>, Problem> {
    let client = twitter_client_blocking::Client::new(user()?)
        .with_base_url(base_url.parse()?)
        .with_policy(policy());
    let me = me();
    Ok(Box::new(move || {
        let reply = client.send(black_box(&me)).expect("the server answers");
        assert!(black_box(reply).body.data.is_some(), "it has a user");
    }))
}

fn raw_reqwest(base_url: &str) -> Result<Box<dyn FnMut()>, Problem> {
    let (url, runtime) = (url(base_url)?, runtime()?);
    let client = raw_client()?;
    Ok(Box::new(move || {
        let body = runtime.block_on(raw_call(&client, black_box(&url)));
        black_box(body.expect("the server answers"));
    }))
}

fn asynchronous(base_url: &str) -> Result<Box<dyn FnMut()>, Problem> {
    let runtime = runtime()?;
    let (client, me) = (async_client(base_url)?, me());
    Ok(Box::new(move || {
        let reply = runtime.block_on(client.send(black_box(&me))).expect("the server answers");
        assert!(black_box(reply).body.data.is_some(), "it has a user");
    }))
}

fn xdk_rs(base_url: &str) -> Result<Box<dyn FnMut()>, Problem> {
    let runtime = runtime()?;
    let [consumer_key, consumer_secret, access_token, token_secret] = KEYS.map(String::from);
    let credential =
        xdk::auth::OAuth1Credential { consumer_key, consumer_secret, access_token, token_secret };
    let client = xdk::api::Client::builder().oauth1(credential).base_url(base_url).build()?;
    Ok(Box::new(move || {
        let reply = runtime.block_on(async { client.get_me().send().await });
        black_box(reply.expect("the server answers"));
    }))
}

fn signing(base_url: &str) -> Result<Box<dyn FnMut()>, Problem> {
    let (user, me) = (user()?, me());
    let mut request = me.unauthorized(&base_url.parse()?)?;
    Ok(Box::new(move || {
        let signed = user.authorize(black_box(&mut request), me.accepted(), &Stamp::now());
        signed.expect("it can be signed");
    }))
}

fn decoding() -> Box<dyn FnMut()> {
    let body = made::user();
    Box::new(move || {
        black_box(One::<User>::decode(black_box(&body)).expect("it is a user"));
    })
}

/// What both raw contestants ask for: the URL that ours asks for.
fn url(base_url: &str) -> Result<String, Problem> {
    Ok(me().unauthorized(&base_url.parse()?)?.uri().to_string())
}

pub(super) fn raw_client() -> Result<reqwest::Client, Problem> {
    Ok(reqwest::Client::builder().no_proxy().build()?)
}

pub(super) async fn raw_call(client: &reqwest::Client, url: &str) -> reqwest::Result<Vec<u8>> {
    Ok(client.get(url).send().await?.bytes().await?.into())
}

pub(super) fn async_client(
    base_url: &str,
) -> Result<twitter_client_async::Client<OAuth1User>, Problem> {
    let client = twitter_client_async::Client::new(user()?);
    Ok(client.with_base_url(base_url.parse()?).with_policy(policy()))
}

/// A user looked up with every field.
pub(super) fn me() -> Me {
    Me::new().fields(Fields::all())
}

pub(super) fn runtime() -> Result<Runtime, Problem> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

fn policy() -> Policy {
    Policy::new().with_limits(Limits::new())
}

fn user() -> Result<OAuth1User, Problem> {
    let [api_key, api_secret, access_token, access_token_secret] = KEYS;
    Ok(OAuth1User::new(api_key, api_secret, access_token, access_token_secret)?)
}

const TIMEOUT: Duration = Duration::from_secs(30);

/// As long as X's, and nobody's.
const KEYS: [&str; 4] = [
    "benchmarkApiKey0123456789",
    "benchmarkApiSecret0123456789benchmarkApiSecret0123",
    "2244994945-benchmarkAccessToken0123456789benchmark",
    "benchmarkAccessTokenSecret0123456789benchmark",
];
