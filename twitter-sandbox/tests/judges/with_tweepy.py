"""tweepy signs in by each of its handlers, reads, writes and pages; with_tweepy_stream.py streams.

It knows no host but X's own: its requests are sent to the sandbox before they are signed.
"""

import io
import os

import tweepy
from browser import REDIRECT_URI, SANDBOX, SCOPES, check, click, pin, query, refused
from hosts import to_sandbox

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
KEYS = (SANDBOX["api_key"], SANDBOX["api_secret"])
SCOPES = [*SCOPES, "like.read", "like.write"]


def app_only():
    handler = tweepy.OAuth2AppHandler(*KEYS)
    client = tweepy.Client(handler.apply_auth().bearer_token)
    found = client.search_recent_tweets("the", max_results=10)
    check("posts found", len(found.data), found.meta["result_count"])
    user = client.get_user(username="XDevelopers").data
    check("user", (user.id, user.name), (2244994945, "X Developers"))
    followers = tweepy.Paginator(client.get_users_followers, user.id, max_results=10)
    names = [follower.username for follower in followers.flatten()]
    assert len(names) > 10 and len(names) == len(set(names)), names
    refused("get_me", lambda: client.get_me(user_auth=False), tweepy.Forbidden)


def user(client, user_auth):
    me = client.get_me(user_auth=user_auth).data
    check("me", (str(me.id), me.username), (SANDBOX["owner_id"], "sandbox_owner"))
    post = client.create_tweet(text="Hello from tweepy", user_auth=user_auth).data["id"]
    read = client.get_tweet(post, user_auth=user_auth)
    check("post", read.data.text, "Hello from tweepy")
    followers = client.get_users_followers(me.id, user_auth=user_auth)
    check("followers", len(followers.data), followers.meta["result_count"])
    check("liked", client.like(post, user_auth=user_auth).data, {"liked": True})
    likes = client.get_liked_tweets(me.id, user_auth=user_auth).data
    assert post in [str(like.id) for like in likes], likes
    check("like taken back", client.unlike(post, user_auth=user_auth).data, {"liked": False})
    mine = tweepy.Paginator(
        client.get_users_tweets, me.id, max_results=5, limit=3, user_auth=user_auth
    )
    posts = [str(found.id) for found in mine.flatten()]
    assert posts[0] == post and len(posts) == len(set(posts)) > 5, posts
    check("deleted", client.delete_tweet(post, user_auth=user_auth).data, {"deleted": True})
    gone = client.get_tweet(post, user_auth=user_auth)
    check("post after that", (gone.data, gone.errors[0]["title"]), (None, "Not Found Error"))


def oauth1(callback, verifier, **access):
    handler = tweepy.OAuth1UserHandler(*KEYS, callback=callback)
    url = handler.get_authorization_url(**access)
    token = handler.get_access_token(verifier(to_sandbox(url)))
    return tweepy.Client(
        consumer_key=KEYS[0],
        consumer_secret=KEYS[1],
        access_token=token[0],
        access_token_secret=token[1],
    )


def upload(client):
    """tweepy uploads to v1.1 alone, which is no part of API v2: neither is it of the sandbox."""
    keys = client.access_token, client.access_token_secret
    api = tweepy.API(tweepy.OAuth1UserHandler(*KEYS, *keys))
    picture = io.BytesIO(bytes(64))
    refused("upload", lambda: api.simple_upload("picture.png", file=picture), tweepy.NotFound)


def oauth2(**client):
    handler = tweepy.OAuth2UserHandler(redirect_uri=REDIRECT_URI, scope=SCOPES, **client)
    token = handler.fetch_token(click(to_sandbox(handler.get_authorization_url())))
    assert token["refresh_token"], token.keys()
    return tweepy.Client(token["access_token"])


def from_callback(url):
    return query(click(url))["oauth_verifier"]


app_only()
user(oauth1(REDIRECT_URI, from_callback), True)
by_pin = oauth1("oob", pin)
user(by_pin, True)
upload(by_pin)
reader = oauth1(REDIRECT_URI, from_callback, access_type="read")
error = refused("a post", lambda: reader.create_tweet(text="no"), tweepy.Forbidden)
assert "oauth1 app permissions" in str(error), error
user(oauth2(client_id=SANDBOX["public_client_id"]), False)
user(oauth2(client_id=SANDBOX["client_id"], client_secret=SANDBOX["client_secret"]), False)
