"""Signs and verifies with oauthlib what it reads, a JSON object per line, for tests/oauthlib.rs."""

import json
import sys
from types import SimpleNamespace
from urllib.parse import urlsplit

from oauthlib import oauth1
from oauthlib.oauth1.rfc5849 import signature

FORM = "application/x-www-form-urlencoded"
VERIFY = {
    oauth1.SIGNATURE_HMAC_SHA1: signature.verify_hmac_sha1,
    oauth1.SIGNATURE_HMAC_SHA256: signature.verify_hmac_sha256,
    oauth1.SIGNATURE_HMAC_SHA512: signature.verify_hmac_sha512,
    oauth1.SIGNATURE_PLAINTEXT: signature.verify_plaintext,
}
TRANSPORTS = {
    "header": oauth1.SIGNATURE_TYPE_AUTH_HEADER,
    "query": oauth1.SIGNATURE_TYPE_QUERY,
    "form": oauth1.SIGNATURE_TYPE_BODY,
}


def main():
    for line in sys.stdin:
        print(json.dumps(judge(json.loads(line))), flush=True)


def judge(case):
    sent = sign(case)
    parameters = received(sent)
    base_string = signature.signature_base_string(
        case["verb"],
        signature.base_string_uri(sent["url"]),
        signature.normalize_parameters(signed(parameters)),
    )
    return {
        "sent": sent,
        "base_string": base_string,
        "signature": dict(parameters)["oauth_signature"],
        "verified": verify(case),
    }


def sign(case):
    """What oauthlib sends for this case."""
    headers = {}
    if case["form"] is not None:
        headers["Content-Type"] = FORM
    elif case["body"] is not None:
        headers["Content-Type"] = "application/json"
    client = Client(
        case["client_key"],
        client_secret=case["client_secret"],
        resource_owner_key=case["token"],
        resource_owner_secret=case["token_secret"],
        callback_uri=case["callback"],
        verifier=case["verifier"],
        realm=case["realm"],
        signature_method=case["signature_method"],
        signature_type=TRANSPORTS[case["transport"]],
        nonce=case["nonce"],
        timestamp=case["timestamp"],
    )
    client.version = case["version"]
    body = case["body"] if case["form"] is None else case["form"]
    url, headers, body = client.sign(case["url"], case["verb"], body, headers)
    form = body if headers.get("Content-Type") == FORM else None
    return {"url": url, "form": form, "header": headers.get("Authorization")}


class Client(oauth1.Client):
    """A client that can leave out oauth_version, which is optional."""

    def get_oauth_params(self, request):
        parameters = super().get_oauth_params(request)
        return [pair for pair in parameters if self.version or pair[0] != "oauth_version"]


def verify(case):
    """Whether oauthlib takes what was sent to it."""
    sent = case["sent"]
    parameters = received(sent)
    request = SimpleNamespace(
        uri=sent["url"],
        http_method=case["verb"],
        params=signed(parameters),
        signature=dict(parameters)["oauth_signature"],
    )
    method = dict(parameters)["oauth_signature_method"]
    return VERIFY[method](request, case["client_secret"], case["token_secret"])


def received(sent):
    """All parameters of a message, as oauthlib's server collects them."""
    return signature.collect_parameters(
        uri_query=urlsplit(sent["url"]).query,
        body=sent["form"],
        headers={"Authorization": sent["header"]} if sent["header"] else {},
        exclude_oauth_signature=False,
    )


def signed(parameters):
    return [pair for pair in parameters if pair[0] != "oauth_signature"]


if __name__ == "__main__":
    main()
