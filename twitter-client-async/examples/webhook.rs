//! A server that receives X's webhooks: it answers challenges, and prints each event once.
//!
//! ```sh
//! X_API_SECRET=… cargo run -p twitter-client-async --example webhook -- 127.0.0.1:8080
//! ```
//!
//! X itself calls only `https` addresses without a port: put a proxy with a certificate in front, and
//! register its address by `twitter createWebhooks`, or `webhooks::Create`. Without a secret in the
//! environment the example registers at a sandbox, gets an event twice, and ends.

use std::{env, error::Error, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};
use tokio::{
    net::TcpListener,
    sync::mpsc::{self, Receiver as Queue, Sender},
};
use twitter_client_async::Client;
use twitter_sandbox::Sandbox;
use twitter_types::{
    auth::{AppToken, KeyName, Keys, Secret},
    recent::Recent,
    webhook::{Event, Receiver},
    webhooks,
};

/// What the handlers need: the App's secret, and where events go.
#[derive(Clone)]
struct Webhook {
    receiver: Receiver,
    events: Sender<Event>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address =
        env::args().nth(1).map_or_else(|| Ok(([127, 0, 0, 1], 0).into()), |it| it.parse())?;
    let keys = Keys::from_env()?;
    let api_secret = keys.value(KeyName::ApiSecret);
    let receiver = match (api_secret, keys.value(KeyName::ClientSecret)) {
        (Some(old), Some(new)) => Receiver::new(old)?.with_client_secret(new)?,
        (Some(old), None) => Receiver::new(old)?,
        (None, Some(new)) => Receiver::of_client(new)?,
        (None, None) => return try_out(address).await,
    };
    // A queue: X waits ten seconds for an answer, however long an event takes.
    let (events, queue) = mpsc::channel(1000);
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    tokio::spawn(print_all(queue));
    axum::serve(listener, router(Webhook { receiver, events })).await?;
    Ok(())
}

fn router(webhook: Webhook) -> Router {
    Router::new().route("/webhook", get(challenge).post(deliver)).with_state(webhook)
}

/// X asks whether this server knows the App's secret.
async fn challenge(State(webhook): State<Webhook>, RawQuery(query): RawQuery) -> impl IntoResponse {
    match webhook.receiver.answer_crc(&query.unwrap_or_default()) {
        Ok(answer) => (StatusCode::OK, [(CONTENT_TYPE, "application/json")], answer),
        Err(error) => (error.status(), [(CONTENT_TYPE, "text/plain")], error.to_string()),
    }
}

/// X delivers an event. The body is taken as bytes, since those are what is signed.
async fn deliver(State(webhook): State<Webhook>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let event = match webhook.receiver.read(&headers, &body) {
        Ok(event) => event,
        Err(error) => {
            eprintln!("refused: {error}");
            return error.status();
        }
    };
    // A full queue is no reason to lose an event: X is told that this one did not arrive.
    match webhook.events.try_send(event) {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn print_all(mut queue: Queue<Event>) {
    let mut recent = Recent::new(100_000);
    while let Some(event) = queue.recv().await {
        match event.id() {
            Some(id) if !recent.insert(&id) => println!("again: {id}"),
            _ => print(&event),
        }
    }
}

fn print(event: &Event) {
    match event {
        Event::Activity(activity) => {
            let Some(event) = &activity.data else { return };
            let kind = event.event_type.as_ref().map_or("?", |kind| kind.as_str());
            println!("{kind}: {:?}", event.content());
        }
        Event::FilteredStream(item) => {
            let tags = item.matching_rules.iter().filter_map(|rule| rule.tag.as_deref());
            let text = item.data.as_ref().and_then(|post| post.text.as_deref());
            println!("{:?}: {:?}", tags.collect::<Vec<_>>(), text.unwrap_or_default());
        }
        event => println!("{event:?}"),
    }
}

/// Registers at a sandbox, which plays X's part: a challenge, an event, and the same event again.
async fn try_out(address: SocketAddr) -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start()?;
    let receiver = Receiver::new(&Secret::new(&sandbox.keys().api_secret))?;
    let (events, queue) = mpsc::channel(1000);
    let printer = tokio::spawn(print_all(queue));
    let listener = TcpListener::bind(address).await?;
    let url = format!("http://{}/webhook", listener.local_addr()?);
    let app = router(Webhook { receiver, events });
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let client = Client::new(AppToken::new(&sandbox.keys().bearer_token)?)
        .with_base_url(sandbox.base_url().parse()?);
    let registered = client.send(&webhooks::Create::new(url)).await?;
    println!("registered: {:?}", registered.body.data);
    let event = r#"{"data":{"event_uuid":"-6055744140117128555","filter":{"user_id":"1"},
        "event_type":"profile.update.geo","payload":{"before":"Rome","after":"Oslo"}}}"#;
    sandbox.send_webhook(event);
    sandbox.send_webhook(event);
    while sandbox.deliveries().len() < 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    server.abort();
    let _ = server.await;
    printer.await?;
    Ok(())
}
