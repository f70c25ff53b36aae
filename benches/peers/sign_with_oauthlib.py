"""Prints oauthlib's version, its time for a signature at best in microseconds, and the signature:
sign_with_oauthlib.py METHOD URL FORM SIGNATURES"""

import sys
from time import perf_counter
from urllib.parse import unquote

import oauthlib
from oauthlib.oauth1 import Client

METHOD, URL, FORM, SIGNATURES = *sys.argv[1:4], int(sys.argv[4])
BATCH = 50

client = Client(
    "xvz1evFS4wEEPTGEFPHBog",
    client_secret="kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    resource_owner_key="370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    resource_owner_secret="LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
    timestamp="1318622958",
)
headers = {"Content-Type": "application/x-www-form-urlencoded"} if FORM else None


def header():
    return client.sign(URL, http_method=METHOD, body=FORM or None, headers=headers)[1]["Authorization"]


def seconds():
    start = perf_counter()
    for _ in range(BATCH):
        header()
    return (perf_counter() - start) / BATCH


signature = unquote(header().split('oauth_signature="', 1)[1].split('"', 1)[0])
for _ in range(SIGNATURES // BATCH // 10):
    seconds()
best = min(seconds() for _ in range(SIGNATURES // BATCH))
print(oauthlib.__version__, 1e6 * best, signature)
