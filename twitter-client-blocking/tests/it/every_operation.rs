//! Every operation, sent to the sandbox with all of its parameters, and its reply read.

use twitter_client_blocking::Client;
use twitter_sandbox::Sandbox;
use twitter_types::auth::AnyCredential;
use twitter_types::endpoint::SampleOperation;
use twitter_types::{OperationVisitor, visit_operations};

#[path = "../support/every_operation.rs"]
mod shared;

struct Caller {
    client: Client<AnyCredential>,
    owner: u64,
    complaints: String,
}

impl OperationVisitor for Caller {
    fn visit<E: SampleOperation + Send + Sync + 'static>(&mut self) {
        let outcome = self.client.send(&shared::operation::<E>(self.owner));
        self.complaints.extend(shared::complaint::<E>(outcome));
    }
}

#[test]
fn every_operation_has_a_reply() {
    let sandbox = Sandbox::builder().stream_connections(0).start().unwrap();
    let client = Client::new(shared::credential(&sandbox));
    let client = client.with_base_url(sandbox.base_url().parse().unwrap());
    let mut caller = Caller { client, owner: sandbox.owner_id(), complaints: String::new() };
    visit_operations(&mut caller);
    shared::assert_all_arrived(&sandbox, &caller.complaints);
}
