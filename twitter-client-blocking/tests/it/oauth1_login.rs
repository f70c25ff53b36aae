//! A user logs in by OAuth 1.0a, from the App's keys to a request in the user's name.

use http::{
    Request,
    header::{CONTENT_TYPE, LOCATION},
};
use twitter_client_blocking::{Client, Transport};
use twitter_sandbox::Sandbox;
use twitter_types::{
    Error,
    auth::{
        OAuth1Access, OAuth1App, OAuth1Callback, OAuth1Login, OAuth1LoginError, OAuth1Refusal,
        OAuth1RefusalCause, OAuth1Tokens, OAuth1Verifier,
    },
    endpoint::Stamp,
    posts, users,
};

use crate::support::base_url;

const CALLBACK: &str = "http://127.0.0.1:8080/callback";

/// One App, and a browser that is signed in.
struct Login {
    sandbox: Sandbox,
    app: OAuth1App,
    transport: Transport,
}

impl Login {
    fn new(sandbox: Sandbox) -> Self {
        let keys = sandbox.keys();
        let app = OAuth1App::new(&keys.api_key, &keys.api_secret).unwrap();
        let app = app.with_base_url(base_url(&sandbox));
        Self { sandbox, app, transport: Transport::default() }
    }

    fn begin(
        &self,
        callback: &OAuth1Callback,
        access: Option<OAuth1Access>,
    ) -> Result<OAuth1Login, OAuth1LoginError> {
        let request = self.app.login_request(callback, access, &Stamp::now())?;
        self.app.read_login(callback, self.transport.send(request).unwrap())
    }

    fn finish(
        &self,
        login: &OAuth1Login,
        verifier: &OAuth1Verifier,
    ) -> Result<OAuth1Tokens, OAuth1LoginError> {
        let request = self.app.tokens_request(login, verifier, &Stamp::now())?;
        self.app.read_tokens(self.transport.send(request).unwrap())
    }

    fn invalidate(&self, tokens: &OAuth1Tokens) -> Result<(), OAuth1LoginError> {
        let request = self.app.invalidate_request(tokens, &Stamp::now())?;
        self.app.read_invalidated(self.transport.send(request).unwrap())
    }

    fn client(&self, tokens: &OAuth1Tokens) -> Client<twitter_types::auth::OAuth1User> {
        Client::new(self.app.user(tokens)).with_base_url(base_url(&self.sandbox))
    }

    /// Opens a page: where it leads to, or its text.
    fn open(&self, url: &str) -> Result<String, String> {
        self.browse(Request::get(url).body(String::new()).unwrap())
    }

    /// Opens the page of a login and presses a button on it.
    fn press(&self, url: &str, button: &str) -> Result<String, String> {
        let page = self.open(url).unwrap_err();
        let (hidden, button) = (tag(&page, "<input "), tag(&page, &format!("id=\"{button}\"")));
        let field = |tag| format!("{}={}", attribute(tag, "name"), attribute(tag, "value"));
        let body = format!("{}&{}", field(hidden), field(button));
        let action = attribute(tag(&page, "id=\"oauth_form\""), "action");
        let request = Request::post(format!("{}{action}", self.sandbox.base_url()))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.browse(request.body(body).unwrap())
    }

    fn browse(&self, request: Request<String>) -> Result<String, String> {
        let response = self.transport.send(request).unwrap();
        match response.headers().get(LOCATION) {
            Some(location) => Ok(location.to_str().unwrap().to_owned()),
            None => Err(String::from_utf8(response.into_body()).unwrap()),
        }
    }
}

/// The tag that has this text in it.
fn tag<'a>(page: &'a str, text: &str) -> &'a str {
    let mut tags = page.split_inclusive('>').filter_map(|part| Some(&part[part.rfind('<')?..]));
    tags.find(|tag| tag.contains(text)).unwrap_or_else(|| panic!("{text} in {page}"))
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let (_, rest) = tag.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap()
}

fn callback() -> OAuth1Callback {
    OAuth1Callback::url(CALLBACK).unwrap()
}

fn refusal(error: &OAuth1LoginError) -> &OAuth1Refusal {
    let OAuth1LoginError::Refused(refusal) = error else { panic!("{error:?}") };
    refusal
}

#[test]
fn a_click_becomes_tokens_that_end_on_demand() {
    let flow = Login::new(Sandbox::start().unwrap());
    let login = flow.begin(&callback(), None).unwrap();
    // The program restarts while the user reads the page.
    let login = OAuth1Login::restore(login.save().expose()).unwrap();
    let returned = flow.press(&login.authorize_url(), "allow").unwrap();
    assert!(returned.starts_with(CALLBACK), "{returned}");
    let verifier = login.read_callback(&returned).unwrap();
    let tokens = flow.finish(&login, &verifier).unwrap();
    assert_eq!(tokens.user_id, Some(flow.sandbox.owner_id().into()));
    assert_eq!(tokens.screen_name.as_deref(), Some("sandbox_owner"));

    let again = flow.finish(&login, &verifier).unwrap_err();
    assert_eq!(refusal(&again).cause, OAuth1RefusalCause::BadVerifier, "it works once");

    let client = flow.client(&tokens);
    assert_eq!(
        client.send(&users::Me::new()).unwrap().body.data.unwrap().id,
        flow.sandbox.owner_id().into()
    );

    // Signing in again takes no click.
    let login = flow.begin(&callback(), None).unwrap();
    let verifier = login.read_callback(&flow.open(&login.authenticate_url()).unwrap()).unwrap();
    assert!(flow.finish(&login, &verifier).is_ok());
    let login = flow.begin(&callback(), None).unwrap().with_force_login();
    assert!(flow.open(&login.authenticate_url()).is_err(), "unless it is forced");

    flow.invalidate(&tokens).unwrap();
    assert_eq!(client.send(&users::Me::new()).unwrap_err().status().unwrap(), 401);
    let ended = flow.invalidate(&tokens).unwrap_err();
    assert_eq!(refusal(&ended).cause, OAuth1RefusalCause::TokenEnded, "{ended}");
}

#[test]
fn a_pin_is_typed_in() {
    let flow = Login::new(Sandbox::start().unwrap());
    let login = flow.begin(&OAuth1Callback::pin(), None).unwrap();
    let page = flow.press(&login.authorize_url(), "allow").unwrap_err();
    let (_, shown) = page.split_once("id=\"oauth_pin\"").unwrap();
    let shown = shown.split(['>', '<']).nth(1).unwrap();
    let mistyped = if shown == "1234567" { "7654321" } else { "1234567" };
    let wrong = flow.finish(&login, &OAuth1Verifier::pin(mistyped).unwrap()).unwrap_err();
    assert_eq!(refusal(&wrong).cause, OAuth1RefusalCause::BadVerifier);
    let typed = format!(" {} {}\n", &shown[..3], &shown[3..]);
    assert!(flow.finish(&login, &OAuth1Verifier::pin(&typed).unwrap()).is_ok());
}

#[test]
fn a_login_can_be_denied_or_taken_for_another() {
    let flow = Login::new(Sandbox::start().unwrap());
    let (one, other) =
        (flow.begin(&callback(), None).unwrap(), flow.begin(&callback(), None).unwrap());
    let granted = flow.press(&one.authorize_url(), "allow").unwrap();
    assert_eq!(other.read_callback(&granted).unwrap_err(), OAuth1LoginError::OtherLogin);
    let denied = flow.press(&other.authorize_url(), "cancel").unwrap();
    assert_eq!(other.read_callback(&denied).unwrap_err(), OAuth1LoginError::Denied);
    assert_eq!(one.read_callback(&denied).unwrap_err(), OAuth1LoginError::OtherLogin);
    assert_eq!(OAuth1Login::token_of(&denied), Some(other.token()));
}

#[test]
fn a_user_can_be_asked_for_less() {
    let flow = Login::new(Sandbox::start().unwrap());
    let login = flow.begin(&callback(), Some(OAuth1Access::Read)).unwrap();
    let returned = flow.press(&login.authorize_url(), "allow").unwrap();
    let tokens = flow.finish(&login, &login.read_callback(&returned).unwrap()).unwrap();
    let client = flow.client(&tokens);
    assert!(client.send(&users::Me::new()).is_ok());
    let Err(Error::Api(error)) = client.send(&posts::Create::new("a")) else { panic!() };
    assert_eq!(error.status, 403);
}

#[test]
fn what_x_refuses_is_named() {
    let flow = Login::new(Sandbox::start().unwrap());
    let unknown = OAuth1Callback::url(format!("{CALLBACK}/")).unwrap();
    let error = flow.begin(&unknown, None).unwrap_err();
    assert_eq!(refusal(&error).cause, OAuth1RefusalCause::CallbackNotApproved);
    assert!(error.to_string().ends_with(&format!(": {CALLBACK}/")), "{error}");

    flow.sandbox.set_clock_offset(-600);
    let error = flow.begin(&callback(), None).unwrap_err();
    assert_eq!(refusal(&error).cause, OAuth1RefusalCause::ClockOff, "{error}");
    assert!(error.to_string().contains("set this machine's clock, since X's says "), "{error}");
    flow.sandbox.set_clock_offset(0);

    let mut flow = flow;
    flow.sandbox.regenerate(twitter_sandbox::KeyKind::ApiKey).unwrap();
    let error = flow.begin(&callback(), None).unwrap_err();
    assert_eq!(refusal(&error).cause, OAuth1RefusalCause::BadKeys, "{error}");
}
