"""oauthlib's Client signs the vectors of the file on standard input."""

import json
import sys

import oauthlib
from oauthlib.common import urldecode
from oauthlib.oauth1 import (
    SIGNATURE_TYPE_AUTH_HEADER,
    SIGNATURE_TYPE_BODY,
    SIGNATURE_TYPE_QUERY,
    Client,
)

TRANSPORTS = {
    "header": SIGNATURE_TYPE_AUTH_HEADER,
    "body": SIGNATURE_TYPE_BODY,
    "query": SIGNATURE_TYPE_QUERY,
}


def sign(vector):
    if vector["version"] is None:
        return {"cannot": "always sends oauth_version"}
    if vector["extra_oauth_params"]:
        return {"cannot": "takes no further oauth_ parameter"}
    client = Client(
        vector["consumer_key"],
        client_secret=vector["consumer_secret"],
        resource_owner_key=vector["token"],
        resource_owner_secret=vector["token_secret"],
        callback_uri=vector["callback"],
        verifier=vector["verifier"],
        realm=vector["realm"],
        signature_method=vector["signature_method"],
        signature_type=TRANSPORTS[vector["transport"]],
        nonce=vector["nonce"],
        timestamp=vector["timestamp"],
    )
    kind = vector["content_type"]
    headers = {"Content-Type": kind} if kind else None
    try:
        uri, headers, body = client.sign(
            vector["url"], http_method=vector["method"], body=vector["body"], headers=headers
        )
    except ValueError as refusal:
        return {"cannot": f"refuses it: {refusal}"}
    if vector["transport"] == "header":
        pairs = headers["Authorization"].removeprefix("OAuth ").split(", ")
        pairs = [pair.replace('"', "").split("=", 1) for pair in pairs]
        pairs = [(name, dict(urldecode(f"v={value}"))["v"]) for name, value in pairs]
    else:
        pairs = urldecode(body if vector["transport"] == "body" else uri.split("?", 1)[1])
    return {"signature": dict(pairs)["oauth_signature"]}


vectors = json.load(sys.stdin)["vectors"]
json.dump({"version": oauthlib.__version__, "cases": [sign(v) for v in vectors]}, sys.stdout)
