"""Authlib signs in by OAuth 2.0, as both kinds of client, and by OAuth 1.0a, with and without PIN."""

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth1Session, OAuth2Session
from browser import BASE, REDIRECT_URI, SANDBOX, SCOPES, check, click, pin, query, refused

TOKEN_URL = f"{BASE}/2/oauth2/token"


def oauth2(client_id, client_secret, method):
    session = OAuth2Session(
        client_id,
        client_secret,
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        scope=SCOPES,
        redirect_uri=REDIRECT_URI,
        code_challenge_method="S256",
    )
    verifier = generate_token(48)
    url, state = session.create_authorization_url(
        f"{BASE}/i/oauth2/authorize", code_verifier=verifier
    )
    back = click(url)
    token = session.fetch_token(
        TOKEN_URL, authorization_response=back, state=state, code_verifier=verifier
    )
    check("scope", token["scope"].split(), SCOPES)
    check("expires_in", token["expires_in"], 7200)
    check("me", me(session), SANDBOX["owner_id"])
    check("again", fails(lambda: session.fetch_token(
        TOKEN_URL, authorization_response=back, state=state, code_verifier=verifier
    )), ("invalid_request", "Value passed for the authorization code was invalid."))

    session.token = token
    old = token["refresh_token"]
    new = session.refresh_token(TOKEN_URL, refresh_token=old)
    assert new["refresh_token"] != old
    check("me after the refresh", me(session), SANDBOX["owner_id"])
    check("old refresh token", fails(lambda: session.refresh_token(TOKEN_URL, refresh_token=old)),
          ("invalid_request", "Value passed for the token was invalid."))
    reply = session.revoke_token(f"{BASE}/2/oauth2/revoke", token=new["refresh_token"])
    check("revoked", (reply.status_code, reply.json()), (200, {"revoked": True}))
    session.token = new
    check("me after the end", session.get(f"{BASE}/2/users/me").status_code, 401)

    url, state = session.create_authorization_url(
        f"{BASE}/i/oauth2/authorize", code_verifier=verifier
    )
    check("cancel", query(click(url, "cancel")), {"error": "access_denied", "state": state})


def oauth1(redirect_uri, verify):
    session = OAuth1Session(SANDBOX["api_key"], SANDBOX["api_secret"], redirect_uri=redirect_uri)
    asked = session.fetch_request_token(f"{BASE}/oauth/request_token")
    check("confirmed", asked["oauth_callback_confirmed"], "true")
    verify(session, session.create_authorization_url(f"{BASE}/oauth/authorize"))
    token = session.fetch_access_token(f"{BASE}/oauth/access_token")
    check("screen_name", token["screen_name"], "sandbox_owner")
    check("me", me(session), SANDBOX["owner_id"])
    reply = session.post(f"{BASE}/1.1/oauth/invalidate_token")
    check("invalidated", reply.json(), {"access_token": token["oauth_token"]})
    reply = session.get(f"{BASE}/2/users/me")
    check("me after the end", (reply.status_code, reply.json()["errors"][0]["code"]), (401, 89))


def with_callback(session, url):
    session.parse_authorization_response(click(url))


def with_pin(session, url):
    session.token = dict(session.token or {}, oauth_verifier=pin(url))


def me(session):
    return session.get(f"{BASE}/2/users/me").json()["data"]["id"]


def fails(call):
    error = refused("refusal", call, OAuthError)
    return error.error, error.description


oauth2(SANDBOX["public_client_id"], None, "none")
oauth2(SANDBOX["client_id"], SANDBOX["client_secret"], "client_secret_basic")
oauth1(REDIRECT_URI, with_callback)
oauth1("oob", with_pin)
