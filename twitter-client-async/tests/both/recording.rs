//! A session of every kind of credential, recorded against the sandbox and replayed without it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use bearer::{App, MemoryStore, OAuth2Client, Scope, Session};
use http::Request;
use twitter_client_async as asynchronous;
use twitter_client_blocking as blocking;
use twitter_sandbox::Sandbox;
use twitter_types::{
    Error, OperationVisitor, Reply,
    auth::{
        Accepts, AnyCredential, AppToken, Credential, OAuth1App, OAuth1Callback, OAuth1Login,
        OAuth1User, OAuth2User,
    },
    endpoint::{
        BaseUrl, DownloadError, Endpoint, NotRecorded, Recorder, Recording, Response,
        SampleOperation, Stamp, Tape, TransportError, TransportErrorKind,
    },
    posts,
    streams::PostsSample,
    users, visit_operations,
};

use crate::support::{base_url, told};

#[path = "../../../twitter-client-blocking/tests/support/every_operation.rs"]
mod every_operation;

const CALLBACK: &str = "http://127.0.0.1:8080/callback";
const DEVELOPERS: u64 = 2_244_994_945;

/// Either client.
enum Transport {
    Async(asynchronous::Transport),
    Blocking(blocking::Transport),
}

impl Transport {
    /// Both, with this on them.
    fn both(tape: impl Fn(&str) -> Tape) -> [(&'static str, Self); 2] {
        let asynchronous = asynchronous::Transport::default().with_tape(tape("async"));
        let blocking = blocking::Transport::default().with_tape(tape("blocking"));
        [("async", Self::Async(asynchronous)), ("blocking", Self::Blocking(blocking))]
    }

    async fn send<B: AsRef<[u8]>>(&self, request: Request<B>) -> Result<Response, TransportError> {
        match self {
            Self::Async(transport) => transport.send(request).await,
            Self::Blocking(transport) => transport.send(request),
        }
    }

    async fn renew(&self, session: &Session) {
        match self {
            Self::Async(transport) => drop(transport.renew(session).await.unwrap()),
            Self::Blocking(transport) => drop(transport.renew(session).unwrap()),
        }
    }

    async fn call<E, C>(
        &self,
        base_url: &BaseUrl,
        credential: C,
        endpoint: &E,
    ) -> Result<Reply<E::Response>, Error>
    where
        C: Credential,
        E: Endpoint<Auth: Accepts<C::Kind>>,
    {
        match self {
            Self::Async(transport) => {
                let client = asynchronous::Client::new(credential).with_base_url(base_url.clone());
                client.with_transport(transport.clone()).send(endpoint).await
            }
            Self::Blocking(transport) => {
                let client = blocking::Client::new(credential).with_base_url(base_url.clone());
                client.with_transport(transport.clone()).send(endpoint)
            }
        }
    }
}

/// The keys of a session, in the order of their use. A replay needs none that are right.
struct Keys([String; 8]);

impl Keys {
    fn of(sandbox: &Sandbox) -> Self {
        let keys = sandbox.keys().clone();
        Self([
            keys.api_key,
            keys.api_secret,
            keys.access_token,
            keys.access_token_secret,
            keys.bearer_token,
            keys.client_id,
            keys.client_secret,
            keys.oauth2_user_token,
        ])
    }

    fn wrong() -> Self {
        Self([1, 2, 3, 4, 5, 6, 7, 8].map(|number| format!("wrong-{number}")))
    }
}

/// Who consents, in a browser or instead of one.
trait Browser {
    fn oauth1(&self, login: &OAuth1Login) -> String;
    fn oauth2(&self, login: &bearer::Login) -> String;
}

impl Browser for Sandbox {
    fn oauth1(&self, login: &OAuth1Login) -> String {
        let verifier = self.approve(login.token()).unwrap();
        format!("{CALLBACK}?oauth_token={}&oauth_verifier={verifier}", login.token())
    }

    fn oauth2(&self, login: &bearer::Login) -> String {
        self.approve_oauth2(login.url()).unwrap()
    }
}

/// For a replay.
struct Nobody;

impl Browser for Nobody {
    fn oauth1(&self, login: &OAuth1Login) -> String {
        format!("{CALLBACK}?oauth_token={}&oauth_verifier=any", login.token())
    }

    fn oauth2(&self, login: &bearer::Login) -> String {
        format!("{CALLBACK}?state={}&code=any", login.state())
    }
}

/// What each step gave, and what must not be seen of it.
async fn session(
    transport: &Transport,
    base_url: &BaseUrl,
    Keys(keys): &Keys,
    browser: &impl Browser,
) -> (Vec<String>, Vec<String>) {
    let [key, secret, token, token_secret, bearer, client_id, client_secret, user_token] = keys;
    let mut results = Vec::new();
    let mut secrets = keys.to_vec();

    let app = App::new(key, secret).unwrap().with_base_url(base_url.clone());
    let app_token = App::read_token(transport.send(app.token_request()).await.unwrap()).unwrap();
    secrets.push(app_token.expose().to_owned());
    let lookup = users::ById::new(DEVELOPERS);
    results.push(told_of(transport.call(base_url, AppToken::from(app_token), &lookup).await));
    let fixed = AppToken::new(bearer).unwrap();
    let missing = users::ById::new(1);
    results.push(told_of(transport.call(base_url, fixed, &missing).await));

    let fixed = OAuth2User::new(user_token).unwrap();
    results.push(told_of(transport.call(base_url, fixed, &users::Me::new()).await));
    let user = || OAuth1User::new(key, secret, token, token_secret).unwrap();
    let create = posts::Create::new(format!("what is in a recording? not {user_token}"));
    results.push(told_of(transport.call(base_url, user(), &create).await));
    results.push(told_of(transport.call(base_url, user(), &create).await)); // a duplicate: 403

    let app = OAuth1App::new(key, secret).unwrap().with_base_url(base_url.clone());
    let callback = OAuth1Callback::url(CALLBACK).unwrap();
    let request = app.login_request(&callback, None, &Stamp::now()).unwrap();
    let login = app.read_login(&callback, transport.send(request).await.unwrap()).unwrap();
    let brought = browser.oauth1(&login);
    let verifier = login.read_callback(&brought).unwrap();
    let request = app.tokens_request(&login, &verifier, &Stamp::now()).unwrap();
    let tokens = app.read_tokens(transport.send(request).await.unwrap()).unwrap();
    results.push(told_of(transport.call(base_url, app.user(&tokens), &users::Me::new()).await));
    secrets.extend(
        [login.token(), tokens.access_token(), tokens.access_token_secret(), &brought]
            .map(str::to_owned),
    );

    let client = OAuth2Client::confidential(client_id, client_secret).unwrap();
    let authorize = base_url.join("/i/oauth2/authorize").unwrap().to_string();
    let client = client.with_base_url(base_url.clone());
    let client = client.with_authorize_url(authorize.parse().unwrap());
    let scopes = [Scope::TWEET_READ, Scope::USERS_READ, Scope::OFFLINE_ACCESS].into();
    let login = client.login(CALLBACK.parse().unwrap(), scopes, [7; 48]);
    let code = login.read_callback(&browser.oauth2(&login)).unwrap();
    let reply = transport.send(client.exchange_request(&login, &code)).await.unwrap();
    // At the time 0, so that the token has ended long ago, and is renewed.
    let first = OAuth2Client::read_exchange(&login, reply, 0).unwrap();
    let session = Session::new(client, MemoryStore::new());
    session.save(&first).unwrap();
    transport.renew(&session).await;
    results.push(told_of(transport.call(base_url, session.clone(), &users::Me::new()).await));
    let second = session.load().unwrap().unwrap();
    secrets
        .extend([login.code_verifier().expose(), login.state(), code.expose()].map(str::to_owned));
    for tokens in [first, second] {
        secrets.push(tokens.access_token.expose().to_owned());
        secrets.push(tokens.refresh_token.unwrap().expose().to_owned());
    }
    (results, secrets)
}

fn told_of<T: std::fmt::Debug>(outcome: Result<Reply<T>, Error>) -> String {
    match outcome {
        Ok(reply) => format!("{:?} {:?} {:?}", reply.body, reply.rate_limits, reply.transaction_id),
        Err(error) => format!("{error:?}"),
    }
}

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("both-{name}-{}.jsonl", std::process::id()))
}

fn wipe(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    fs::remove_file(path).unwrap();
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_recorded_without_its_secrets_and_replayed_without_a_server() {
    let path = |name: &str| file(&format!("session-{name}"));
    let mut recorded = Vec::new();
    for (name, transport) in Transport::both(|name| Recorder::create(path(name)).unwrap().into()) {
        let sandbox = Sandbox::start().unwrap();
        let keys = Keys::of(&sandbox);
        let (results, secrets) = session(&transport, &base_url(&sandbox), &keys, &sandbox).await;
        let text = fs::read_to_string(path(name)).unwrap();
        for secret in &secrets {
            assert!(secret.len() > 5 && !text.contains(secret.as_str()), "{name}: {secret}");
        }
        let lower = text.to_lowercase();
        for word in ["\"authorization\"", "basic ", "bearer ", "oauth_signature", "oauth_nonce"] {
            assert!(!lower.contains(word), "{name}: {word}");
        }
        for (at, found) in text.match_indices("oauth_token_secret=") {
            assert!(text[at + found.len()..].starts_with("redacted-"), "{name}");
        }
        assert_eq!(text.lines().count(), 1 + 12, "{text}");
        // What is no secret is there.
        for word in ["what is in a recording? not redacted-", "XDevelopers", "offline.access"] {
            assert!(text.contains(word), "{name}: {word}");
        }
        let hidden = results.iter().map(|result| result.replace(&keys.0[7], "SECRET"));
        recorded.push(Vec::from_iter(hidden));
    }

    // By each client what either has recorded, with another base URL, where nobody is.
    let nowhere: BaseUrl = "https://x.invalid".parse().unwrap();
    for of in ["async", "blocking"] {
        let recorded = recorded.remove(0);
        for (name, transport) in Transport::both(|_| Recording::open(path(of)).unwrap().into()) {
            let (replayed, _) = session(&transport, &nowhere, &Keys::wrong(), &Nobody).await;
            assert_eq!(replayed.len(), recorded.len());
            for (replayed, recorded) in replayed.iter().zip(&recorded) {
                let number = replayed.split("not redacted-").nth(1);
                let number = number.map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
                let number = number.flatten().unwrap_or_default();
                let replayed = replayed.replace(&format!("not redacted-{number}"), "not SECRET");
                assert_eq!(&replayed, recorded, "{name}");
            }
        }
        wipe(&path(of));
    }
}

/// Sends every operation with all of its parameters, and gathers what is wrong with the replies.
struct Caller {
    client: blocking::Client<AnyCredential>,
    owner: u64,
    complaints: String,
}

impl OperationVisitor for Caller {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        let outcome = self.client.send(&every_operation::operation::<E>(self.owner));
        self.complaints.extend(every_operation::complaint::<E>(outcome));
    }
}

#[test]
fn every_operation_is_replayed() {
    // No stream opens, which would not end.
    let sandbox = Sandbox::builder().stream_connections(0).start().unwrap();
    let path = file("every");
    for tape in [
        || Tape::from(Recorder::create(file("every")).unwrap()),
        || Tape::from(Recording::open(file("every")).unwrap()),
    ] {
        let client = blocking::Client::new(every_operation::credential(&sandbox));
        let client = client
            .with_base_url(base_url(&sandbox))
            .with_transport(blocking::Transport::default().with_tape(tape()));
        let mut caller = Caller { client, owner: sandbox.owner_id(), complaints: String::new() };
        visit_operations(&mut caller);
        every_operation::assert_all_arrived(&sandbox, &caller.complaints);
    }
    wipe(&path);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_in_a_recording_is_an_error_that_says_what_is() {
    let path = |name: &str| file(&format!("other-{name}"));
    let sandbox = Sandbox::start().unwrap();
    let token = || AppToken::new(&sandbox.keys().bearer_token).unwrap();
    let user = || OAuth1User::new("key", "secret", "token", "other").unwrap();
    for (_, transport) in Transport::both(|name| Recorder::create(path(name)).unwrap().into()) {
        let lookup = users::ById::new(DEVELOPERS);
        transport.call(&base_url(&sandbox), token(), &lookup).await.unwrap();
    }
    for (name, transport) in Transport::both(|name| Recording::open(path(name)).unwrap().into()) {
        let error = transport.call(&base_url(&sandbox), user(), &posts::Create::new("a")).await;
        // A post that was not sent is not one whose outcome is unknown.
        let Error::Transport(error) = error.unwrap_err() else { panic!("{name}") };
        assert_eq!(error.kind(), TransportErrorKind::NotRecorded);
        let text = told(&error);
        assert!(
            text.contains(r#"no answer to POST /2/tweets {"text":"a"}; left are GET /2/users/2"#)
        );
        let source = std::error::Error::source(&error).unwrap();
        let source: &NotRecorded = source.downcast_ref().unwrap();
        assert_eq!(source.left, [format!("GET /2/users/{DEVELOPERS}")]);

        let lookup = users::ById::new(DEVELOPERS);
        transport.call(&base_url(&sandbox), token(), &lookup).await.unwrap();
        // It answers once.
        let error = transport.call(&base_url(&sandbox), token(), &lookup).await.unwrap_err();
        assert!(told(&error).contains("left is none"), "{error:?}");
        wipe(&path(name));
    }
    assert_eq!(sandbox.requests().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_in_pieces_is_not_sent_beside_a_recording() {
    let sandbox = Sandbox::start().unwrap();
    let recording = || "{\"recording\":1}\n".parse::<Recording>().unwrap();
    for (name, transport) in Transport::both(|_| recording().into()) {
        let (download, event) = match transport {
            Transport::Async(transport) => {
                let client = asynchronous::Client::new(AppToken::new("AAAA").unwrap())
                    .with_base_url(base_url(&sandbox))
                    .with_transport(transport);
                let request = Request::get(format!("{}/file?a=b", sandbox.base_url())).body(());
                let download = client.transport().download(request.unwrap(), Vec::new()).await;
                (download, client.stream(PostsSample::new()).next().await)
            }
            Transport::Blocking(transport) => {
                let client = blocking::Client::new(AppToken::new("AAAA").unwrap())
                    .with_base_url(base_url(&sandbox))
                    .with_transport(transport);
                let request = Request::get(format!("{}/file?a=b", sandbox.base_url())).body(());
                let download = client.transport().download(request.unwrap(), Vec::new());
                (download, client.stream(PostsSample::new()).next())
            }
        };
        let DownloadError::Call(error) = download.unwrap_err() else { panic!("{name}") };
        assert!(told(&error).contains("no answer to GET /file; left is none"), "{error:?}");
        let error = event.unwrap().unwrap_err();
        assert!(told(&error).contains("no answer to GET /2/tweets/sample/stream"), "{error:?}");
    }
    assert!(sandbox.requests().is_empty());
}
