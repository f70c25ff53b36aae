//! Every operation, sent to the sandbox with all of its parameters, and its reply read.

use std::pin::Pin;

use twitter_client_async::Client;
use twitter_sandbox::Sandbox;
use twitter_types::auth::AnyCredential;
use twitter_types::endpoint::SampleOperation;
use twitter_types::{OperationVisitor, visit_operations};

#[path = "../../../twitter-client-blocking/tests/support/every_operation.rs"]
mod shared;

type Complaint = Pin<Box<dyn Future<Output = Option<String>> + Send>>;

struct Caller {
    client: Client<AnyCredential>,
    owner: u64,
    calls: Vec<Complaint>,
}

impl OperationVisitor for Caller {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        let operation = shared::operation::<E>(self.owner);
        let client = self.client.clone();
        self.calls
            .push(Box::pin(async move { shared::complaint::<E>(client.send(&operation).await) }));
    }
}

#[tokio::test]
async fn every_operation_has_a_reply() {
    let sandbox = Sandbox::builder().stream_connections(0).start().unwrap();
    let client = Client::new(shared::credential(&sandbox));
    let client = client.with_base_url(sandbox.base_url().parse().unwrap());
    let mut caller = Caller { client, owner: sandbox.owner_id(), calls: Vec::new() };
    visit_operations(&mut caller);
    let mut complaints = String::new();
    for call in caller.calls {
        complaints.extend(call.await);
    }
    shared::assert_all_arrived(&sandbox, &complaints);
}
