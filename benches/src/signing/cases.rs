//! The three requests that are signed, and the one set of credentials that signs them.

use oauth1_sign::{ClientCredentials, Request, Signer, Stamp, TokenCredentials};

// From "Creating a signature", docs.x.com.
pub(crate) const CONSUMER_KEY: &str = "xvz1evFS4wEEPTGEFPHBog";
pub(crate) const CONSUMER_SECRET: &str = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
pub(crate) const TOKEN: &str = "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb";
pub(crate) const TOKEN_SECRET: &str = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";
pub(crate) const NONCE: &str = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
pub(crate) const TIMESTAMP: u64 = 1_318_622_958;

/// A request, and the signature that every contestant must give it.
#[derive(Debug)]
pub struct Case {
    /// As it stands in the table.
    pub name: &'static str,
    /// At most so many times the instructions of the raw HMAC.
    pub most_times_raw: f64,
    /// At least so many times fewer instructions than `oauth1-request`.
    pub least_times_fewer: f64,
    pub(crate) kind: Kind,
    /// Of HTTP.
    pub method: &'static str,
    /// With its query.
    pub url: &'static str,
    /// The form that is the body, or nothing.
    pub form: &'static str,
    /// From an implementation of RFC 5849 that is none of the contestants: Python's `hmac`, and for
    /// the second case the documentation.
    pub signature: &'static str,
}

/// Which type of a peer's holds the parameters.
#[derive(Debug)]
pub(crate) enum Kind {
    Post,
    Update,
    Search,
}

/// What is measured.
pub static CASES: [Case; 3] = [
    Case {
        name: "POST /2/tweets, JSON body",
        most_times_raw: 1.30,
        least_times_fewer: 2.3,
        kind: Kind::Post,
        method: "POST",
        url: "https://api.x.com/2/tweets",
        form: "",
        signature: "lr+tV/DKclEvXKVjG6tgaSSLV0k=",
    },
    Case {
        name: "POST /1.1/statuses/update.json, form body",
        most_times_raw: 1.35,
        least_times_fewer: 1.9,
        kind: Kind::Update,
        method: "POST",
        url: "https://api.x.com/1.1/statuses/update.json?include_entities=true",
        form: "status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21",
        signature: "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=",
    },
    Case {
        name: "GET /2/tweets/search/recent, 12 parameters",
        most_times_raw: 1.50,
        least_times_fewer: 1.5,
        kind: Kind::Search,
        method: "GET",
        url: concat!(
            "https://api.x.com/2/tweets/search/recent",
            "?query=%28rust%20OR%20%23rustlang%29%20lang%3Aen%20-is%3Aretweet%20has%3Alinks",
            "&max_results=100",
            "&tweet.fields=attachments%2Cauthor_id%2Ccontext_annotations%2Cconversation_id",
            "%2Ccreated_at%2Centities%2Clang%2Cpublic_metrics",
            "&expansions=author_id%2Cattachments.media_keys%2Cattachments.poll_ids",
            "%2Cgeo.place_id%2Creferenced_tweets.id",
            "&user.fields=created_at%2Cdescription%2Clocation%2Cprofile_image_url",
            "%2Cpublic_metrics%2Cusername%2Cverified",
            "&media.fields=alt_text%2Cduration_ms%2Cheight%2Cpreview_image_url%2Ctype%2Curl",
            "%2Cwidth",
            "&poll.fields=duration_minutes%2Cend_datetime%2Coptions%2Cvoting_status",
            "&place.fields=contained_within%2Ccountry_code%2Cfull_name%2Cgeo%2Cplace_type",
            "&start_time=2026-08-20T00%3A00%3A00Z",
            "&end_time=2026-08-22T12%3A30%3A00Z",
            "&sort_order=recency",
            "&next_token=b26v89c19zqg8o3fpzbjm8wnqd5r0yqm3k6kzl9xwkfl9",
        ),
        form: "",
        signature: "1YvRFiXNWhDJlPTjHBt7dlWx9W0=",
    },
];

impl Case {
    /// The base string, which is all that the raw HMAC has to do with.
    ///
    /// # Panics
    ///
    /// Never: the cases can be signed.
    pub fn base_string(&self) -> String {
        let request = Request::new(self.method, self.url).form(self.form);
        let stamp = Stamp::new(NONCE, TIMESTAMP);
        signer().base_string(&request, &stamp).expect("the cases can be signed")
    }
}

pub(crate) fn signer() -> Signer {
    let client = ClientCredentials::new(CONSUMER_KEY, CONSUMER_SECRET);
    Signer::new(&client, Some(&TokenCredentials::new(TOKEN, TOKEN_SECRET)))
}
