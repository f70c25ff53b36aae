//! Signs a request, and prints it as a `curl` command:
//! `cargo run -q -p oauth1-sign --example sign -- METHOD URL [FORM]`
//!
//! Keys come from `X_API_KEY` and `X_API_SECRET`, and a user's from `X_ACCESS_TOKEN` and
//! `X_ACCESS_TOKEN_SECRET`. Without any, those that X's documentation prints sign, and X refuses
//! them. The command shows API key and token, which every request carries, and no secret.

use std::{env, error::Error};

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(method), Some(url)) = (arguments.next(), arguments.next()) else {
        return Err("usage: sign METHOD URL [FORM]".into());
    };
    let form = arguments.next();
    let (client, token) = credentials()?;

    let signer = Signer::new(&client, token.as_ref());
    let request = Request::new(&method, &url).form(form.as_deref().unwrap_or_default());
    let stamp = Stamp::now();
    let header = signer.sign(&request, &stamp)?;

    println!("# Signed, as the base string:");
    println!("# {}", signer.base_string(&request, &stamp)?);
    println!("# Sent, within the next minutes and once:");
    let header = format!("authorization: {header}");
    // Both options keep curl from changing the URL that was signed.
    print!("curl --path-as-is --globoff --request {}", quoted(&method.to_uppercase()));
    print!(" --header {}", quoted(&header));
    if let Some(form) = &form {
        print!(" --data-raw {}", quoted(form));
    }
    println!(" {}", quoted(&url));
    Ok(())
}

fn credentials() -> Result<(ClientCredentials, Option<TokenCredentials>), Box<dyn Error>> {
    let client = pair("X_API_KEY", "X_API_SECRET")?;
    let token = pair("X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET")?;
    Ok(match (client, token) {
        (Some((key, secret)), token) => {
            let token = token.map(|(token, secret)| TokenCredentials::new(token, secret));
            (ClientCredentials::new(key, secret), token)
        }
        (None, Some(_)) => return Err("X_ACCESS_TOKEN is set, and X_API_KEY is not".into()),
        (None, None) => {
            eprintln!("X_API_KEY is not set: signing with the keys of X's documentation");
            published()
        }
    })
}

/// Two variables of the environment, which are set together or not at all.
fn pair(name: &str, secret: &str) -> Result<Option<(String, String)>, String> {
    let read = |name| env::var(name).ok().filter(|value| !value.is_empty());
    match (read(name), read(secret)) {
        (Some(name), Some(secret)) => Ok(Some((name, secret))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(format!("{name} is set, and {secret} is not")),
        (None, Some(_)) => Err(format!("{secret} is set, and {name} is not")),
    }
}

/// docs.x.com, Creating a signature.
fn published() -> (ClientCredentials, Option<TokenCredentials>) {
    let client = ClientCredentials::new(
        "xvz1evFS4wEEPTGEFPHBog",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    );
    let token = TokenCredentials::new(
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    );
    (client, Some(token))
}

/// Quotes for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
