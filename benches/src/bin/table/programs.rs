//! The programs that are built, each alone.

/// Programs that do the same.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) programs: &'static [Program],
}

/// One of them.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) is_ours: bool,
    pub(crate) source: &'static str,
    /// As they stand in a manifest; paths are those of this package.
    pub(crate) dependencies: &'static str,
    /// What is built instead, if it is a program of the workspace: its package.
    pub(crate) member: Option<&'static str>,
}

impl Program {
    const fn ours(name: &'static str, source: &'static str, dependencies: &'static str) -> Self {
        Self { name, is_ours: true, source, dependencies, member: None }
    }

    const fn of_others(
        name: &'static str,
        source: &'static str,
        dependencies: &'static str,
    ) -> Self {
        Self { name, is_ours: false, source, dependencies, member: None }
    }
}

/// For a library of which no program is compared.
pub(crate) const NOTHING: &str = include_str!("../../../programs/nothing.rs");

/// What all is compared with comes first.
pub(crate) static GROUPS: [Group; 4] = [
    Group { title: "a program that reads a reply", programs: READ },
    Group { title: "a program that signs a request", programs: SIGN },
    Group { title: "a program that makes a request", programs: REQUEST },
    Group { title: "what else there is, built alone", programs: ELSE },
];

const READ: &[Program] = &[
    Program::of_others(
        "serde and serde_json, Value",
        include_str!("../../../programs/serde_json.rs"),
        r#"
serde = { version = "1", default-features = false, features = ["derive", "std"] }
serde_json = "1""#,
    ),
    Program::of_others(
        "sonic-rs, Value",
        include_str!("../../../programs/sonic_rs.rs"),
        r#"sonic-rs = "0.5""#,
    ),
    Program::ours(
        "twitter-types, no features",
        include_str!("../../../programs/twitter_types.rs"),
        r#"
serde_json = "1"
twitter-types = { path = "../twitter-types", default-features = false }"#,
    ),
    Program::ours(
        "twitter-types",
        include_str!("../../../programs/twitter_types.rs"),
        r#"
serde_json = "1"
twitter-types = { path = "../twitter-types" }"#,
    ),
];

const SIGN: &[Program] = &[
    Program::of_others(
        "hmac, sha1 and base64, no header",
        include_str!("../../../programs/hmac.rs"),
        r#"
base64 = { version = "0.23", default-features = false, features = ["alloc"] }
hmac = { version = "0.13", default-features = false }
sha1 = { version = "0.11", default-features = false }"#,
    ),
    Program::ours(
        "oauth1-sign, no features",
        include_str!("../../../programs/oauth1_sign.rs"),
        r#"oauth1-sign = { path = "../oauth1-sign", default-features = false }"#,
    ),
    Program::ours(
        "oauth1-sign",
        include_str!("../../../programs/oauth1_sign.rs"),
        r#"oauth1-sign = { path = "../oauth1-sign" }"#,
    ),
    Program::of_others(
        "oauth1-request",
        include_str!("../../../programs/oauth1_request.rs"),
        r#"oauth1-request = "0.6""#,
    ),
    Program::of_others("oauth1", include_str!("../../../programs/oauth1.rs"), r#"oauth1 = "1""#),
];

const REQUEST: &[Program] = &[
    Program::of_others(
        "ureq, raw",
        include_str!("../../../programs/ureq.rs"),
        r#"ureq = { version = "3.5", default-features = false, features = ["gzip", "platform-verifier", "rustls"] }"#,
    ),
    Program::ours(
        "twitter-client-blocking",
        include_str!("../../../programs/blocking.rs"),
        r#"
twitter-client-blocking = { path = "../twitter-client-blocking" }
twitter-types = { path = "../twitter-types", default-features = false, features = ["endpoints"] }"#,
    ),
    Program::ours(
        "twitter-client-blocking, metrics, redis",
        include_str!("../../../programs/blocking.rs"),
        r#"
twitter-client-blocking = { path = "../twitter-client-blocking", features = ["metrics", "redis"] }
twitter-types = { path = "../twitter-types", default-features = false, features = ["endpoints"] }"#,
    ),
    Program::of_others(
        "reqwest, raw",
        include_str!("../../../programs/reqwest.rs"),
        r#"
reqwest = { version = "0.13", default-features = false, features = ["gzip", "http2", "rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
tokio = { version = "1", default-features = false, features = ["rt"] }"#,
    ),
    Program::ours(
        "twitter-client-async",
        include_str!("../../../programs/asynchronous.rs"),
        r#"
tokio = { version = "1", default-features = false, features = ["rt"] }
twitter-client-async = { path = "../twitter-client-async" }
twitter-types = { path = "../twitter-types", default-features = false, features = ["endpoints"] }"#,
    ),
    Program::of_others(
        "xdk-rs",
        include_str!("../../../programs/xdk_rs.rs"),
        r#"
tokio = { version = "1", default-features = false, features = ["rt"] }
xdk-rs = "0.4""#,
    ),
    Program::of_others(
        "twitter-v2",
        include_str!("../../../programs/twitter_v2.rs"),
        r#"
tokio = { version = "1", default-features = false, features = ["rt"] }
twitter-v2 = { version = "0.1", default-features = false, features = ["rustls-tls"] }"#,
    ),
];

const ELSE: &[Program] = &[
    Program::ours("bearer", NOTHING, r#"bearer = { path = "../bearer" }"#),
    Program::ours(
        "bearer, keyring, redis",
        NOTHING,
        r#"bearer = { path = "../bearer", features = ["keyring", "redis"] }"#,
    ),
    Program::ours(
        "twitter-types, metrics, redis",
        NOTHING,
        r#"twitter-types = { path = "../twitter-types", features = ["metrics", "redis"] }"#,
    ),
    Program::ours(
        "twitter-sandbox",
        NOTHING,
        r#"twitter-sandbox = { path = "../twitter-sandbox" }"#,
    ),
    Program { member: Some("twitter-cli"), ..Program::ours("twitter-cli, the command", "", "") },
];
