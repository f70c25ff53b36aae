"""requests-oauthlib signs in by OAuth 2.0, as both kinds of client, and by OAuth 1.0a, with and
without PIN."""

import os

from browser import BASE, REDIRECT_URI, SANDBOX, SCOPES, check, click, pin, refused
from oauthlib.oauth2 import OAuth2Error
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth1Session, OAuth2Session

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
TOKEN_URL = f"{BASE}/2/oauth2/token"


def oauth2(client_id, auth):
    session = OAuth2Session(client_id, redirect_uri=REDIRECT_URI, scope=SCOPES, pkce="S256")
    url, _ = session.authorization_url(f"{BASE}/2/oauth2/authorize")
    back = click(url)
    who = {"auth": auth} if auth else {"include_client_id": True}
    token = session.fetch_token(TOKEN_URL, authorization_response=back, **who)
    check("scope", token["scope"], SCOPES)
    check("me", me(session), SANDBOX["owner_id"])
    error = refused("again", lambda: session.fetch_token(
        TOKEN_URL, authorization_response=back, **who
    ), OAuth2Error)
    check("description", error.description, "Value passed for the authorization code was invalid.")

    old = token["refresh_token"]
    who = {"auth": auth} if auth else {"client_id": client_id}
    new = session.refresh_token(TOKEN_URL, refresh_token=old, **who)
    assert new["refresh_token"] != old
    check("me after the refresh", me(session), SANDBOX["owner_id"])
    error = refused("old refresh token", lambda: session.refresh_token(
        TOKEN_URL, refresh_token=old, **who
    ), OAuth2Error)
    check("description", error.description, "Value passed for the token was invalid.")

    data = {"token": new["access_token"], "token_type_hint": "access_token"}
    data |= {} if auth else {"client_id": client_id}
    reply = session.post(
        f"{BASE}/2/oauth2/revoke", data=data, auth=auth, withhold_token=True
    )
    check("revoked", (reply.status_code, reply.json()), (200, {"revoked": True}))
    session.token = new
    check("me after the end", session.get(f"{BASE}/2/users/me").status_code, 401)

    denied = click(session.authorization_url(f"{BASE}/2/oauth2/authorize")[0], "cancel")
    error = refused("cancel", lambda: session.fetch_token(
        TOKEN_URL, authorization_response=denied, auth=auth
    ), OAuth2Error)
    check("error", error.error, "access_denied")


def oauth1(callback, verify):
    session = OAuth1Session(SANDBOX["api_key"], SANDBOX["api_secret"], callback_uri=callback)
    session.fetch_request_token(f"{BASE}/oauth/request_token")
    verifier = verify(session, session.authorization_url(f"{BASE}/oauth/authorize"))
    token = session.fetch_access_token(f"{BASE}/oauth/access_token", verifier=verifier)
    check("user_id", token["user_id"], SANDBOX["owner_id"])
    check("me", me(session), SANDBOX["owner_id"])
    reply = session.post(f"{BASE}/1.1/oauth/invalidate_token.json")
    check("invalidated", reply.json(), {"access_token": token["oauth_token"]})
    reply = session.get(f"{BASE}/2/users/me")
    check("me after the end", (reply.status_code, reply.json()["errors"][0]["code"]), (401, 89))


def with_callback(session, url):
    session.parse_authorization_response(click(url))


def with_pin(_, url):
    return pin(url)


def me(session):
    return session.get(f"{BASE}/2/users/me").json()["data"]["id"]


oauth2(SANDBOX["public_client_id"], None)
oauth2(SANDBOX["client_id"], HTTPBasicAuth(SANDBOX["client_id"], SANDBOX["client_secret"]))
oauth1(REDIRECT_URI, with_callback)
oauth1("oob", with_pin)
