//! A credential that an operation does not accept does not compile, and the message says so.

#[test]
fn a_wrong_credential_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/accepted.rs");
    cases.compile_fail("tests/ui/app_token_is_nobody.rs");
    cases.compile_fail("tests/ui/user_is_no_app.rs");
}
