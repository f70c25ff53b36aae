//! The keyring of the operating system. A machine that builds has none, or one that tests should not
//! touch: `BEARER_TEST_KEYRING=1` allows it.

use std::{env, fs, path::Path};

use bearer::{KeyringStore, StoreErrorKind, TokenStore as _};

use super::stores::keeps_its_promises;

#[test]
fn keyring() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bearer-keyring");
    fs::create_dir_all(&folder).unwrap();
    let store = KeyringStore::new("bearer-test", "somebody", folder.join("tokens"));
    assert!(store.place().contains("entry somebody of bearer-test"));
    match env::var_os("BEARER_TEST_KEYRING") {
        Some(_) => keeps_its_promises(&store),
        // Nobody listens there.
        None if cfg!(target_os = "linux") && env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none() => {
            let error = store.load().unwrap_err();
            assert_eq!(error.kind, StoreErrorKind::Unreachable, "{error}");
            assert!(error.to_string().contains("check that it runs"), "{error}");
        }
        None => eprintln!("skipped: BEARER_TEST_KEYRING is not set"),
    }
}
