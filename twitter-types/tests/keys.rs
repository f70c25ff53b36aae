//! The keys of the developer console, from variables and from files.

use std::{env, ffi::OsStr, fs, path::PathBuf, process};

use bearer::App;
use twitter_types::{
    auth::{KeyName, Keys, KeysError, Kind, Suspicion},
    endpoint::{self, BaseUrl, Stamp},
    users,
};

// In the shapes of X's keys; worth nothing.
const API_KEY: &str = "aBcDeFgHiJkLmNoPqRsTuVwXy";
const API_SECRET: &str = "SsSsSsSsSsSsSsSsSsSsSsSsSs1234567890SsSsSsSsSsSsSs";
const TOKEN: &str = "1480263945017876480-TtTtTtTtTtTtTtTtTtTtTtTtTtTtTtTtTtTtTt";
const TOKEN_SECRET: &str = "UuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuUuU";
const BEARER: &str = "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl76ZC9Ub0wnz4XsNiRVBChTYbJcE3F";
// `3S9GpLW-wBjRqy3MKy8N:1:ci`.
const CLIENT_ID: &str = "M1M5R3BMVy13QmpScXkzTUt5OE46MTpjaQ";

fn keys(variables: &[(&str, &str)]) -> Result<Keys, KeysError> {
    Keys::from_variables(variables.iter().map(|(name, value)| ((*name).into(), (*value).into())))
}

fn all() -> Keys {
    keys(&[
        ("X_API_KEY", API_KEY),
        ("X_API_SECRET", API_SECRET),
        ("X_ACCESS_TOKEN", TOKEN),
        ("X_ACCESS_TOKEN_SECRET", TOKEN_SECRET),
        ("X_BEARER_TOKEN", BEARER),
        ("X_CLIENT_ID", CLIENT_ID),
        ("X_CLIENT_SECRET", "Cc-Cc_CcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCc"),
        ("HOME", "/home/someone"),
    ])
    .unwrap()
}

/// A file that only its owner can read, until it is dropped.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, text: &str) -> Self {
        let path = env::temp_dir().join(format!("twitter-types-{}-{name}", process::id()));
        let _ = fs::remove_file(&path);
        fs::write(&path, text).unwrap();
        let file = Self(path);
        file.set_mode(0o600);
        file
    }

    fn set_mode(&self, mode: u32) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&self.0, fs::Permissions::from_mode(mode)).unwrap();
        }
        let _ = mode;
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn file(name: &str, text: &str, profile: Option<&str>) -> Result<Keys, KeysError> {
    let file = TempFile::new(name, text);
    let keys = Keys::from_file(&file.0, profile);
    // A text is read as a file is, to the last word of an error.
    let from_text = Keys::from_text(text, &file.0.display().to_string(), profile);
    assert_eq!(format!("{keys:?}"), format!("{from_text:?}"));
    keys
}

fn value(keys: &Keys, name: KeyName) -> &str {
    keys.value(name).map_or("", |value| value.expose())
}

#[test]
fn good_keys_are_every_credential_and_rouse_no_suspicion() {
    let keys = all();
    assert_eq!(keys.names().collect::<Vec<_>>(), KeyName::ALL);
    assert_eq!(keys.warnings(), []);
    let kinds = keys.credential().unwrap().kinds().collect::<Vec<_>>();
    assert_eq!(kinds, [Kind::AppToken, Kind::OAuth1User]);
    assert!(keys.app().unwrap().is_some() && keys.oauth1_app().unwrap().is_some());

    let user = keys.oauth1_user().unwrap().unwrap();
    let stamp = Stamp::new("nonce", 1_790_000_000);
    let request = endpoint::request(&BaseUrl::default(), &users::Me::new(), &user, &stamp).unwrap();
    let client = oauth1_sign::ClientCredentials::new(API_KEY, API_SECRET);
    let token = oauth1_sign::TokenCredentials::new(TOKEN, TOKEN_SECRET);
    let signed = oauth1_sign::Request::new("GET", "https://api.x.com/2/users/me");
    let signer = oauth1_sign::Signer::new(&client, Some(&token));
    let expected = signer.sign(&signed, &stamp).unwrap();
    assert_eq!(request.headers()["authorization"], expected, "each key is in its place");
    let app = App::new(API_KEY, API_SECRET).unwrap().token_request();
    let header = &keys.app().unwrap().unwrap().token_request().headers()["authorization"].clone();
    assert_eq!(app.headers()["authorization"], header);
}

#[test]
fn every_name_is_read_and_the_canonical_one_is_preferred() {
    for name in KeyName::ALL {
        for variable in name.variables() {
            let keys = keys(&[(variable, " value\n")]).unwrap();
            assert_eq!(value(&keys, name), "value", "{variable}");
            assert_eq!(keys.source(name), Some(*variable));
            assert_eq!(keys.names().collect::<Vec<_>>(), [name]);
        }
        assert!(name.variable().starts_with("X_"));
    }
    for pair in [["CONSUMER_KEY", "X_API_KEY"], ["X_API_KEY", "CONSUMER_KEY"]] {
        let keys = keys(&pair.map(|variable| (variable, API_KEY))).unwrap();
        assert_eq!(keys.source(KeyName::ApiKey), Some("X_API_KEY"));
    }
    assert!(keys(&[("X_API_KEY", ""), ("API_KEY", "  ")]).unwrap().is_empty());
}

#[test]
fn keys_are_completed_by_others() {
    let ours = keys(&[("CONSUMER_KEY", API_KEY), ("X_CLIENT_ID", CLIENT_ID)]).unwrap();
    let both = ours.or(keys(&[("X_API_KEY", "other"), ("X_API_SECRET", API_SECRET)]).unwrap());
    assert_eq!(value(&both, KeyName::ApiKey), API_KEY);
    assert_eq!(both.source(KeyName::ApiKey), Some("CONSUMER_KEY"));
    assert_eq!(value(&both, KeyName::ApiSecret), API_SECRET);
    assert_eq!(value(&both, KeyName::ClientId), CLIENT_ID);
    assert_eq!(both.names().count(), 3);
}

#[test]
fn two_values_for_one_key_are_an_error_that_shows_neither() {
    let error = keys(&[("API_KEY", "Zsecret1"), ("X_API_KEY", "Zsecret2")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "X_API_KEY and API_KEY hold different values for the API key: remove one of them"
    );
    assert!(!format!("{error:?}").contains("Zsecret"));
    let error = file("twice", "X_API_KEY=a\nX_API_KEY=b\n", None).unwrap_err().to_string();
    assert!(error.contains("-twice:1) and X_API_KEY ("), "{error}");
    assert!(error.contains("-twice:2) hold different values"), "{error}");
}

#[test]
fn a_key_that_is_missing_is_named_beside_the_one_that_is_there() {
    let app = [("X_API_KEY", API_KEY), ("X_API_SECRET", API_SECRET)];
    let error = keys(&[app[0], app[1], ("ACCESS_TOKEN", TOKEN)]).unwrap().credential().unwrap_err();
    assert_eq!(
        error.to_string(),
        "X_ACCESS_TOKEN_SECRET is missing beside ACCESS_TOKEN: set it in the environment"
    );
    let error = keys(&[app[1]]).unwrap().app().unwrap_err();
    assert_eq!(
        error.to_string(),
        "X_API_KEY is missing beside X_API_SECRET: set it in the environment"
    );
    let user = [("X_ACCESS_TOKEN", TOKEN), ("X_ACCESS_TOKEN_SECRET", TOKEN_SECRET)];
    let error = keys(&user).unwrap().oauth1_user().unwrap_err();
    assert_eq!(
        error.to_string(),
        "X_API_KEY and X_API_SECRET are missing beside X_ACCESS_TOKEN: set them in the environment"
    );

    let keys = keys(&app).unwrap();
    assert!(keys.oauth1_user().unwrap().is_none() && keys.app_token().unwrap().is_none());
    let error = keys.credential().unwrap_err().to_string();
    assert_eq!(
        error,
        "there is no credential in the environment: looked for X_BEARER_TOKEN (or \
         X_API_BEARER_TOKEN, BEARER_TOKEN, TWITTER_BEARER_TOKEN), and for X_API_KEY, X_API_SECRET, \
         X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET (or CONSUMER_KEY and the like); found X_API_KEY \
         and X_API_SECRET"
    );
    let nothing = Keys::from_variables([]).unwrap();
    assert!(nothing.app().unwrap().is_none() && nothing.oauth1_app().unwrap().is_none());
    assert!(nothing.credential().unwrap_err().to_string().ends_with("; found none"));
}

#[test]
fn swapped_keys_are_suspicious() {
    use KeyName::{
        AccessToken, AccessTokenSecret, ApiKey, ApiSecret, BearerToken, ClientId, ClientSecret,
    };
    // `…:1790000000000:1:1:at:1`, as X's OAuth 2.0 tokens read in base64.
    const USER_TOKEN: &str = "c29tZXRoaW5nOjE3OTAwMDAwMDAwMDA6MToxOmF0OjE";
    let decoded = BEARER.replace("%2B", "+").replace("%3D", "=");
    let encoded = BEARER.replace('%', "%25");
    for (name, wrong, expected) in [
        (ClientId, API_KEY, Suspicion::LooksLike(ApiKey)),
        (ApiKey, CLIENT_ID, Suspicion::LooksLike(ClientId)),
        (ApiKey, API_SECRET, Suspicion::LooksLike(ApiSecret)),
        (ApiSecret, API_KEY, Suspicion::LooksLike(ApiKey)),
        (ClientSecret, CLIENT_ID, Suspicion::LooksLike(ClientId)),
        (AccessToken, BEARER, Suspicion::LooksLike(BearerToken)),
        (AccessToken, TOKEN_SECRET, Suspicion::NotAnAccessToken),
        (AccessTokenSecret, TOKEN, Suspicion::LooksLike(AccessToken)),
        (BearerToken, TOKEN, Suspicion::LooksLike(AccessToken)),
        (AccessToken, USER_TOKEN, Suspicion::OAuth2UserToken),
        (BearerToken, USER_TOKEN, Suspicion::OAuth2UserToken),
        (BearerToken, &decoded, Suspicion::Decoded),
        (BearerToken, &encoded, Suspicion::Encoded),
    ] {
        let warnings = keys(&[(name.variable(), wrong)]).unwrap().warnings();
        let suspicions = warnings.iter().map(|warning| warning.suspicion).collect::<Vec<_>>();
        assert_eq!(suspicions, [expected], "{name}");
        assert!(!expected.is_certain());
        assert!(!warnings[0].to_string().contains(wrong));
        assert!(warnings[0].to_string().starts_with(name.variable()), "{}", warnings[0]);
    }
    let swapped = keys(&[("X_API_KEY", API_SECRET), ("X_API_SECRET", API_KEY)]).unwrap();
    assert!(swapped.app().unwrap().is_some(), "it may be fine: X documents no shapes");
    assert_eq!(
        swapped.warnings()[0].to_string(),
        "X_API_KEY looks like the API secret, X_API_SECRET: were they mixed up?"
    );
    let also_fine = [(ApiKey, "xvz1evFS4wEEPTGEFPHBog"), (ClientSecret, API_SECRET)];
    for (name, value) in also_fine {
        assert_eq!(keys(&[(name.variable(), value)]).unwrap().warnings(), [], "{name}");
    }
}

#[test]
fn what_cannot_work_makes_no_credential() {
    for (name, wrong, advice) in [
        ("X_BEARER_TOKEN", "\"AAAA\"", "quotation marks around its value: leave them out"),
        ("X_BEARER_TOKEN", "Bearer AAAA", "begins with \"Bearer\": leave that out"),
        ("X_BEARER_TOKEN", "bearer\tAAAA", "begins with \"Bearer\": leave that out"),
        ("X_BEARER_TOKEN", "AAAA,BBBB", "has a character that cannot occur in it: copy it again"),
        ("X_BEARER_TOKEN", "AAAA BBBB", "has white space in it or around it: copy it again"),
        ("X_BEARER_TOKEN", "AAAA...", "is a placeholder: put the value"),
        ("X_BEARER_TOKEN", "<token>", "is a placeholder: put the value"),
        ("X_BEARER_TOKEN", "YOUR_BEARER_TOKEN", "is a placeholder: put the value"),
        ("X_BEARER_TOKEN", "schlüssel", "has a character that cannot occur in it"),
    ] {
        let keys = keys(&[(name, wrong)]).unwrap();
        assert!(keys.warnings()[0].suspicion.is_certain(), "{wrong}");
        let error = keys.credential().unwrap_err();
        assert!(error.to_string().contains(advice), "{error}");
        assert!(!format!("{error} {error:?}").contains(wrong));
    }
    // Of each key of each credential.
    let good = [
        ("X_API_KEY", API_KEY),
        ("X_API_SECRET", API_SECRET),
        ("X_ACCESS_TOKEN", TOKEN),
        ("X_ACCESS_TOKEN_SECRET", TOKEN_SECRET),
    ];
    for spoilt in 0..good.len() {
        for wrong in ["a b", "ä", "'quoted'", "..."] {
            let mut variables = good;
            variables[spoilt].1 = wrong;
            let keys = keys(&variables).unwrap();
            let error = keys.oauth1_user().unwrap_err();
            assert!(error.to_string().starts_with(good[spoilt].0), "{error}");
            assert_eq!(keys.app().is_err(), spoilt < 2);
        }
    }
}

#[test]
fn a_file_has_lines_comments_quotes_and_profiles() {
    let text = format!(
        "\u{feff}# My App\r\n\
         X_API_KEY={API_KEY}   # a comment\r\n\
         export API_SECRET = '{API_SECRET}' # another\r\n\
         \r\n\
         X_CLIENT_ID=\r\n\
         X_CLIENT_SECRET=a#b\r\n\
         PATH=/usr/bin:$HOME [x]\r\n\
         [ bot ]  # of a friend\r\n\
         X_BEARER_TOKEN=\"{BEARER}\"\r\n\
         [default]\r\n\
         X_ACCESS_TOKEN={TOKEN}\r\n\
         [empty]\r\n"
    );
    let keys = file("default", &text, None).unwrap();
    assert_eq!(value(&keys, KeyName::ApiKey), API_KEY);
    assert_eq!(value(&keys, KeyName::ApiSecret), API_SECRET);
    assert_eq!(value(&keys, KeyName::ClientSecret), "a#b");
    assert_eq!(value(&keys, KeyName::AccessToken), TOKEN);
    assert_eq!(keys.names().count(), 4, "an empty value is none");
    assert!(keys.source(KeyName::ApiSecret).unwrap().ends_with("-default:3"));
    let error = keys.credential().unwrap_err().to_string();
    assert!(
        error.starts_with("X_ACCESS_TOKEN_SECRET is missing beside X_ACCESS_TOKEN ("),
        "{error}"
    );
    assert!(error.contains(": set it in [default] of /"), "{error}");

    let bot = file("bot", &text, Some("bot")).unwrap();
    assert_eq!(bot.names().collect::<Vec<_>>(), [KeyName::BearerToken], "and nobody else's");
    assert!(bot.app_token().unwrap().is_some());
    assert!(file("empty", &text, Some("empty")).unwrap().is_empty());
    assert!(file("nothing", "", None).unwrap().is_empty());
    let error = file("unknown", &text, Some("Bot")).unwrap_err().to_string();
    assert!(error.contains("has no section [Bot], but default, bot, empty: "), "{error}");
}

#[test]
fn a_malformed_line_is_named_by_its_number_and_never_quoted() {
    for (line, reason) in [
        ("Zsecret", "this has no `=`"),
        ("=Zsecret", "no name of a variable"),
        ("X API KEY=Zsecret", "no name of a variable"),
        ("X_API_KEY='Zsecret", "no quotation mark at its end"),
        ("X_API_KEY=\"Zsecret\" Zsecret", "something stands behind"),
        ("[Zsecret", "no `]` at its end"),
        ("[Zsecret] X_API_KEY=Zsecret", "something stands behind"),
        ("[ ]", "the section has no name"),
    ] {
        let error = file("malformed", &format!("\n{line}\n"), None).unwrap_err();
        let (text, debug) = (error.to_string(), format!("{error:?}"));
        assert!(text.contains("-malformed:2: ") && text.contains(reason), "{text}");
        assert!(!text.contains("Zsecret") && !debug.contains("Zsecret"), "{debug}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_with_its_cause() {
    let missing = env::temp_dir().join("twitter-types-no-such-file");
    let error = Keys::from_file(&missing, None).unwrap_err();
    assert!(error.to_string().contains("no-such-file cannot be read"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert!(Keys::from_file(env::temp_dir(), None).is_err(), "a folder");
    let large = TempFile::new("large", &"#".repeat((1 << 20) + 1));
    assert!(matches!(Keys::from_file(&large.0, None), Err(KeysError::Io { .. })));
    let binary = TempFile::new("binary", "");
    fs::write(&binary.0, [0xff, 0xfe, 0]).unwrap();
    assert!(matches!(Keys::from_file(&binary.0, None), Err(KeysError::Io { .. })));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused() {
    let keys = TempFile::new("exposed", "X_API_KEY=a\n");
    for mode in [0o644, 0o640, 0o604, 0o620, 0o666] {
        keys.set_mode(mode);
        let error = Keys::from_file(&keys.0, None).unwrap_err().to_string();
        assert!(error.contains(&format!("(mode {mode:o}): run chmod 600 /")), "{error}");
    }
    for mode in [0o600, 0o400] {
        keys.set_mode(mode);
        assert_eq!(Keys::from_file(&keys.0, None).unwrap().names().count(), 1);
    }
}

#[test]
fn debug_prints_where_the_keys_are_from_and_none_of_them() {
    assert_eq!(
        format!("{:?}", keys(&[("API_KEY", API_KEY), ("X_CLIENT_ID", CLIENT_ID)]).unwrap()),
        r#"Keys {ApiKey: "API_KEY", ClientId: "X_CLIENT_ID"}"#
    );
    let printed = format!("{:?} {:?}", all(), all().value(KeyName::ApiKey));
    for name in KeyName::ALL {
        assert!(!printed.contains(value(&all(), name)), "{name}");
    }
}

fn of_texts((name, value): (&'static str, &'static str)) -> (&'static str, &'static OsStr) {
    (name, OsStr::new(value))
}

/// The environment belongs to the whole process: this test runs itself again with its own.
#[test]
fn the_environment_wins_unless_a_profile_is_named() {
    const CHILD: &str = "TWITTER_TYPES_TEST_FILE";
    if let Some(path) = env::var_os(CHILD) {
        let keys = Keys::from_env_or_file(path, env::var("TEST_ARGUMENT").ok().as_deref());
        println!("found {:?}", keys.map(|keys| keys.source(KeyName::ApiKey).map(str::to_owned)));
        return;
    }
    let file = TempFile::new("precedence", "X_API_KEY=a\n[bot]\nX_API_KEY=b\n[c]\nX_API_KEY=c\n");
    let run = |path: &PathBuf, variables: &[(&str, &OsStr)]| {
        let mut command = process::Command::new(env::current_exe().unwrap());
        command.args(["--exact", "the_environment_wins_unless_a_profile_is_named", "--nocapture"]);
        for variable in KeyName::ALL.iter().flat_map(|name| name.variables()) {
            command.env_remove(variable);
        }
        command.env_remove("X_PROFILE").env(CHILD, path).envs(variables.iter().copied());
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let (_, found) = output.split_once("found ").expect(&output);
        found.lines().next().unwrap().to_owned()
    };
    let (environment, argument, profile) =
        [("X_API_KEY", "e"), ("TEST_ARGUMENT", "bot"), ("X_PROFILE", "c")].map(of_texts).into();
    for (variables, expected) in [
        (&[][..], ":1\"))"),
        (&[environment], "Ok(Some(\"X_API_KEY\"))"),
        (&[profile], ":5\"))"),
        (&[environment, profile], ":5\"))"),
        (&[environment, profile, argument], ":3\"))"),
        (&[of_texts(("X_PROFILE", ""))], ":1\"))"),
        (&[of_texts(("X_API_KEY", " "))], ":1\"))"),
    ] {
        let found = run(&file.0, variables);
        assert!(found.ends_with(expected), "{variables:?}: {found}");
    }
    let missing = PathBuf::from("/no/such/file");
    assert_eq!(run(&missing, &[]), "Ok(None)");
    assert!(run(&missing, &[argument]).starts_with("Err(Io"));
    #[cfg(unix)]
    for name in ["X_PROFILE", "BEARER_TOKEN"] {
        use std::os::unix::ffi::OsStrExt as _;
        let found = run(&file.0, &[(name, OsStr::from_bytes(b"\xff"))]);
        assert_eq!(found, format!("Err(NotUnicode {{ variable: {name:?} }})"));
    }
}
