"""What the judges share: the sandbox to judge, and a browser that clicks its consent pages."""

import json
import sys
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

SANDBOX = json.load(sys.stdin)
BASE = SANDBOX["base_url"]
REDIRECT_URI = SANDBOX["redirect_uri"]
SCOPES = ["tweet.read", "tweet.write", "users.read", "follows.read", "offline.access"]


class Page(HTMLParser):
    """The one form of a page, its buttons by their ids, and the text of each element with an id."""

    def __init__(self, text):
        super().__init__()
        self.form, self.hidden, self.buttons, self.texts = None, {}, {}, {}
        self.open = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.open = attributes.get("id")
        if tag == "form":
            self.form = attributes
        elif tag == "input" and attributes["type"] == "hidden":
            self.hidden[attributes["name"]] = attributes["value"]
        elif tag == "button":
            self.buttons[attributes["id"]] = (attributes["name"], attributes["value"])

    def handle_data(self, data):
        if self.open:
            self.texts[self.open] = self.texts.get(self.open, "") + data

    def handle_endtag(self, tag):
        self.open = None


def press(url, button="allow"):
    """Opens a page and presses a button: the reply to the form, not followed."""
    reply = requests.get(url, allow_redirects=False)
    assert reply.status_code == 200, reply.text
    page = Page(reply.text)
    assert page.form["method"] == "post", page.form
    data = page.hidden | dict([page.buttons[button]])
    return requests.post(urljoin(url, page.form["action"]), data=data, allow_redirects=False)


def click(url, button="allow"):
    """The address that the browser is sent to, which belongs to the App."""
    reply = press(url, button)
    assert reply.status_code == 302, reply.text
    assert reply.headers["location"].startswith(REDIRECT_URI), reply.headers
    return reply.headers["location"]


def pin(url):
    """The PIN that is shown instead."""
    return Page(press(url).text).texts["oauth_pin"]


def query(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found!r} instead of {expected!r}")
    print(f"{what}: {found!r}")


def refused(what, call, *errors):
    """Expects one of these exceptions, and returns it."""
    try:
        found = call()
    except errors as error:
        print(f"{what}: refused with {error}")
        return error
    sys.exit(f"{what}: {found!r} instead of a refusal")
