//! A judge from outside: oauthlib, of PyPI, signs and verifies the same made-up requests.
//!
//! `X_PYTHON` names a Python that has oauthlib, `OAUTHLIB_CASES` the number of requests (2,000), and
//! `OAUTHLIB_SEED` repeats a run.

mod common;

use std::{
    env,
    io::{BufRead, BufReader, Write, stderr},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use common::{Case, Sent, Transport, cases};
use oauth1_sign::SignatureMethod;
use proptest::{
    prelude::{ProptestConfig, Strategy, any},
    strategy::ValueTree,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oauthlib/judge.py");

#[test]
fn oauthlib_agrees() {
    let Some(python) = python() else {
        say(
            "skipped: no Python with oauthlib. Run: python3 -m venv .venv && .venv/bin/pip install \
             oauthlib, then set X_PYTHON=$PWD/.venv/bin/python",
        );
        return;
    };
    let count = number("OAUTHLIB_CASES").unwrap_or(2_000);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = number("OAUTHLIB_SEED").unwrap_or(now.as_secs());
    say(&format!("oauthlib judges {count} requests of OAUTHLIB_SEED={seed}"));

    let mut judge = Judge::start(&python);
    let mut generator = generator(seed);
    let strategy = (cases(), any::<bool>());
    for number in 0..count {
        let (case, with_body) = strategy.new_tree(&mut generator).unwrap().current();
        let mut case = within_oauthlib(case);
        let body = with_body.then_some(r#"{"text":"crème & 100%"}"#);
        let body = body.filter(|_| case.form.is_none() && hashes_with_sha1(case.method));
        case.body_hash = body.map(|body| case.method.body_hash(body.as_bytes()));
        if let Err(difference) = agree(&mut judge, &case, body) {
            panic!("case {number} of OAUTHLIB_SEED={seed}: {difference}\n{case:#?}");
        }
    }
}

/// Signs on both sides, and lets each side verify what the other sent.
fn agree(judge: &mut Judge, case: &Case, body: Option<&str>) -> Result<(), String> {
    let base_string = case.base_string();
    let ours = case.sign().map_err(|error| error.to_string())?;
    let verdict = judge.ask(&question(case, body, &ours));
    let text = |field: &Value| field.as_str().map(String::from);
    same("base string", &text(&verdict["base_string"]), &Some(base_string))?;
    let signature = ours.authorization().unwrap();
    let signature = signature.parameter("oauth_signature").map(String::from);
    same("signature", &text(&verdict["signature"]), &signature)?;
    same("oauthlib's verdict on our request", &verdict["verified"], &json!(true))?;

    let theirs = &verdict["sent"];
    let theirs = Sent {
        url: text(&theirs["url"]).unwrap(),
        form: text(&theirs["form"]),
        header: text(&theirs["header"]),
    };
    same("our verdict on oauthlib's request", &case.verify(&theirs), &Ok(()))?;
    let authorization = theirs.authorization().map_err(|error| error.to_string())?;
    let outcome = authorization.verify_body(body.unwrap_or("").as_bytes());
    same("our verdict on oauthlib's body", &outcome, &Ok(()))?;
    let realm = case.realm.as_deref().filter(|_| case.transport == Transport::Header);
    same("realm", &authorization.realm(), &realm)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, theirs: &T, ours: &T) -> Result<(), String> {
    if theirs == ours {
        return Ok(());
    }
    Err(format!("{what}\n     theirs {theirs:?}\n       ours {ours:?}"))
}

/// Leaves out what oauthlib refuses, or does otherwise than RFC 5849 says.
///
/// The generator knows a few more of its ways: it takes no query or form with characters that want
/// an escape, and no escape that is not UTF-8; it shortens IPv6 addresses; it writes a realm's
/// quotation marks without a backslash.
fn within_oauthlib(mut case: Case) -> Case {
    if case.transport == Transport::Form {
        case.form.get_or_insert_default();
    } else if matches!(case.verb, "GET" | "get" | "HEAD") {
        // It gives the body of these no meaning, as HTTP does.
        case.form = None;
    }
    if matches!(case.verb, "GET" | "get" | "HEAD") && case.form.is_some() {
        case.verb = "POST";
    }
    if case.transport != Transport::Header {
        // It decodes the values of a query's or a form's oauth_ parameters twice.
        let in_clear = case.method == SignatureMethod::Plaintext;
        let values = [Some(&mut case.nonce), case.callback.as_mut(), case.verifier.as_mut()];
        let (key, secret) = &mut case.client;
        let (token, token_secret) =
            case.token.as_mut().map(|(token, secret)| (token, secret)).unzip();
        let secrets = [Some(secret), token_secret].into_iter().filter(|_| in_clear);
        let values = values.into_iter().chain([Some(key), token]).flatten();
        values.for_each(|value| *value = value.replace('%', "_"));
        secrets.flatten().for_each(|secret| secret.retain(|byte| byte.is_ascii_alphanumeric()));
    }
    case
}

/// It hashes a body with SHA-1, whatever the method; the draft says so of HMAC-SHA1 only.
fn hashes_with_sha1(method: SignatureMethod) -> bool {
    matches!(method, SignatureMethod::HmacSha1 | SignatureMethod::Plaintext)
}

fn question(case: &Case, body: Option<&str>, ours: &Sent) -> Value {
    let (token, token_secret) = case.token.as_ref().map(|(token, secret)| (token, secret)).unzip();
    json!({
        "verb": case.verb,
        "url": case.url(),
        "form": case.form(),
        "body": body,
        "client_key": case.client.0,
        "client_secret": case.client.1,
        "token": token,
        "token_secret": token_secret,
        "signature_method": case.method.as_str(),
        "version": case.version,
        "nonce": case.nonce,
        "timestamp": case.timestamp.to_string(),
        "realm": case.realm,
        "callback": case.callback,
        "verifier": case.verifier,
        "transport": format!("{:?}", case.transport).to_lowercase(),
        "sent": { "url": ours.url, "form": ours.form, "header": ours.header },
    })
}

/// The Python process: a line in, a line out.
struct Judge {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Judge {
    fn start(python: &str) -> Self {
        let mut process = Command::new(python)
            .arg(SCRIPT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{python} does not start: {error}"));
        let questions = process.stdin.take().expect("piped");
        let answers = BufReader::new(process.stdout.take().expect("piped"));
        Self { process, questions, answers }
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.questions, "{question}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer)
            .unwrap_or_else(|error| panic!("no answer, but {answer:?}, to {question:#}: {error}"))
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The interpreter that was asked for, or one that happens to have oauthlib.
fn python() -> Option<String> {
    if let Ok(python) = env::var("X_PYTHON") {
        return Some(python);
    }
    let has_oauthlib = Command::new("python3")
        .args(["-c", "import oauthlib"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    has_oauthlib.then(|| "python3".into())
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|error| panic!("{variable}={text}: {error}")))
}

fn generator(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(ProptestConfig::default(), rng)
}

#[expect(clippy::explicit_write, reason = "the test harness hides what `eprintln!` writes")]
fn say(text: &str) {
    writeln!(stderr(), "{text}").unwrap();
}
