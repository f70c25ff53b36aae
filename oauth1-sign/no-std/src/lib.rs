//! Proof that `oauth1-sign` needs no `std`: a program that brings its own panic handler, which a `std`
//! anywhere below would bring too, and then this does not build.
#![no_std]

use core::panic::PanicInfo;

use dlmalloc::GlobalDlmalloc;
use oauth1_sign::{
    Authorization, ClientCredentials, Request, SignatureMethod, Signer, Stamp,
    verify::{VerifyError, Window},
};

#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// Signs a request with every method, and verifies it.
pub fn sign_and_verify(nonce: &str, now: u64) -> Result<(), VerifyError> {
    let client = ClientCredentials::new("key", "secret");
    let request = Request::new("GET", "https://api.example.com/me");
    let stamp = Stamp::new(nonce, now);
    for method in [
        SignatureMethod::HmacSha1,
        SignatureMethod::HmacSha256,
        SignatureMethod::HmacSha512,
        SignatureMethod::Plaintext,
    ] {
        let signer = Signer::with_method(method, &client, None);
        let header = signer.sign(&request, &stamp).map_err(VerifyError::Request)?;
        let window = Window { now, tolerance: 300 };
        Authorization::parse(&header)?.verify(&request, &client, None, window)?;
    }
    Ok(())
}
