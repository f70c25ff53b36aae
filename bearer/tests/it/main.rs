//! The crate through its public interface; here the App and the canned
//! replies that the tests share.

mod callbacks;
mod fakes;
mod interleavings;
#[cfg(feature = "keyring")]
mod keyring;
mod logins;
mod processes;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
#[path = "../support/redis.rs"]
mod redis_server;
mod refreshes;
mod replies;
mod requests;
mod scopes;
mod secrets;
mod stores;

use bearer::App;
use http::{Response, StatusCode, header::CONTENT_TYPE};

/// The key and secret of X's page on application-only authentication.
const KEY: &str = "xvz1evFS4wEEPTGEFPHBog";
const SECRET: &str = "L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg";

fn app() -> App {
    App::new(KEY, SECRET).unwrap()
}

fn response<B>(status: u16, content_type: &str, body: B) -> Response<B> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response.headers_mut().insert(CONTENT_TYPE, content_type.parse().unwrap());
    response
}

fn json<B>(status: u16, body: B) -> Response<B> {
    response(status, "application/json; charset=utf-8", body)
}
