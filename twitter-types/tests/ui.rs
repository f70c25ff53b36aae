//! What the compiler says of a credential that an operation does not accept.

/// `TRYBUILD=overwrite cargo test --test ui` writes the messages anew; read them before you keep them.
#[test]
fn credentials() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/accepted.rs");
    cases.compile_fail("tests/ui/app_token_asks_who_it_is.rs");
    cases.compile_fail("tests/ui/user_reads_usage.rs");
}
