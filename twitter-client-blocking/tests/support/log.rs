//! A log of everything, and what must not be in it; for the tests of both clients.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing_subscriber::{filter::LevelFilter, fmt::format::FmtSpan};
use twitter_sandbox::Keys;

use crate::support::Server;

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn start() -> Self {
        let log = Self::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
    }

    /// All lines in lower case.
    pub(crate) fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap().to_lowercase();
        text.lines().map(str::to_owned).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What was sent to the sandbox with these keys, and to a server, signatures included.
pub(crate) fn sent(keys: &Keys, server: &Server) -> Vec<String> {
    let mut secrets = Vec::from([
        keys.api_key.to_lowercase(),
        keys.api_secret.to_lowercase(),
        keys.access_token.to_lowercase(),
        keys.access_token_secret.to_lowercase(),
        keys.bearer_token.to_lowercase(),
        keys.oauth2_user_token.to_lowercase(),
        "post for all".to_owned(),
    ]);
    for request in server.received() {
        let line = request.lines().find(|line| line.starts_with("authorization: ")).unwrap();
        let values = line.split([' ', '"', ',']).filter(|value| value.len() > 16);
        secrets.extend(values.map(str::to_owned));
    }
    assert!(secrets.len() > 7 + 2 + 3, "{secrets:?}");
    secrets
}

/// No line has a secret, nor a span the query; what a log should hold is there.
pub(crate) fn check(lines: &[String], secrets: &[String]) {
    for secret in secrets {
        let found = lines.iter().find(|line| line.contains(secret));
        assert!(found.is_none(), "{secret} in {}", found.unwrap());
    }
    // Crates below log queries, which hold no credential; a span has none.
    let spans = lines.iter().filter_map(|line| line.split("x.request{").nth(1)?.split('}').next());
    assert_eq!(spans.filter(|span| span.contains("something") || span.contains('?')).count(), 0);
    for part in [
        "x.request{otel.kind=\"client\" operation=\"getusersme\" http.request.method=\"get\" server.address=\"127.0.0.1\"",
        "url.path=\"/oauth2/token\"",
        "url.path=\"/2/oauth2/token\"",
        "url.path=\"/2/oauth2/revoke\"",
        "http.response.status_code=503",
        "url.template=\"/2/users/me\"",
        "url.scheme=\"http\"",
        "http.request.resend_count=1",
        "error.type=\"503\" otel.status_code=\"error\"",
        "error.type=\"closed\" otel.status_code=\"error\"",
        "refused status=503",
        "no answer kind=closed",
        "the answer is not what the operation answers",
        "sending again operation=\"getusersme\" retry=1",
        "waiting for a window operation=\"getusersme\"",
        "a limit is spent operation=\"getusersme\" kind=window",
    ] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}");
    }
}
