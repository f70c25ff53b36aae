"""Sends what tweepy and xdk send to X's own hosts to the sandbox."""

import requests
from browser import BASE

HOSTS = (
    "https://api.twitter.com",
    "https://upload.twitter.com",
    "https://twitter.com",
    "https://api.x.com",
    "https://x.com",
)
request = requests.Session.request


def to_sandbox(url):
    for host in HOSTS:
        if url.startswith(host):
            return BASE + url.removeprefix(host)
    return url


requests.Session.request = lambda session, method, url, *arguments, **named: request(
    session, method, to_sandbox(url), *arguments, **named
)
