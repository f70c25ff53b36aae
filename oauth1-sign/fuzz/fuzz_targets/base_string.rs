//! Any method, URL and form: they are refused, or signed so that they verify.
//!
//! Each part of a request is a line of the input, so that a seed can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth1_sign::{
    Authorization, ClientCredentials, Request, Signer, Stamp, TokenCredentials, base_string_uri,
    normalized_parameters, verify::Window,
};

const WINDOW: Window = Window { now: 137_131_201, tolerance: 0 };

fuzz_target!(|data: &[u8]| {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let mut lines = text.splitn(5, '\n');
    let [method, url, form, key, secret] = [(); 5].map(|()| lines.next().unwrap_or(""));
    let _ = normalized_parameters(form);

    let client = ClientCredentials::new(key, secret);
    let token = TokenCredentials::new(key, secret);
    let signer = Signer::new(&client, Some(&token));
    let stamp = Stamp::new(key, WINDOW.now);
    let request = Request::new(method, url).form(form);
    let base_string = match signer.base_string(&request, &stamp) {
        Ok(base_string) => base_string,
        Err(error) => {
            assert_eq!(signer.sign(&request, &stamp), Err(error));
            return;
        }
    };
    // METHOD & URI & parameters.
    assert_eq!(base_string.matches('&').count(), 2, "{base_string}");
    let uri = base_string_uri(url).expect("it was signed");
    assert_eq!(base_string_uri(&uri), Ok(uri));

    let arrives = |authorization: Authorization, request: &Request<'_>| {
        assert_eq!(authorization.base_string(request), Ok(base_string.clone()));
        let verified = authorization.verify(request, &client, Some(&token), WINDOW);
        assert_eq!(verified.as_ref(), Ok(&stamp));
    };
    let header = signer.sign(&request, &stamp).expect("its base string was made");
    arrives(Authorization::parse(&header).expect("signed"), &request);

    // A server finds its parameters among those of the query or the form: these must hold no others.
    let is_free = |form: &str| matches!(Authorization::from_form(form), Ok(None));
    let signed = signer.sign_url(&request, &stamp).expect("its base string was made");
    if is_free(query(url)) {
        let authorization = Authorization::from_form(query(&signed)).expect("signed");
        arrives(authorization.expect("signed"), &Request::new(method, &signed).form(form));
    }
    let signed = signer.sign_form(&request, &stamp).expect("its base string was made");
    if is_free(form) {
        let authorization = Authorization::from_form(&signed).expect("signed");
        arrives(authorization.expect("signed"), &Request::new(method, url).form(&signed));
    }
});

fn query(url: &str) -> &str {
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    url.split_once('?').map_or("", |(_, query)| query)
}
