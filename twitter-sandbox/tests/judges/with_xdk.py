"""xdk, X's own client for Python, signs in, reads, writes, pages, streams and uploads.

Its OAuth 1.0a knows no host but X's own, and signs what is sent to the sandbox for the sandbox.
"""

import base64
import os

from browser import BASE, REDIRECT_URI, SANDBOX, SCOPES, check, click, query, refused
from hosts import to_sandbox
from requests import HTTPError
from xdk import Client
from xdk.oauth1_auth import OAuth1
from xdk.streaming import StreamConfig

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
header = OAuth1._build_oauth_header
OAuth1._build_oauth_header = lambda self, method, url, body: header(
    self, method, to_sandbox(url), body
)

PICTURE = bytes(range(256)) * 8
SCOPES = [*SCOPES, "like.read", "like.write", "media.write"]


def app_only():
    client = Client(base_url=BASE, bearer_token=SANDBOX["bearer_token"])
    user = client.users.get_by_username(username="XDevelopers").data
    check("user", (user.id, user.name), ("2244994945", "X Developers"))
    pages = list(client.users.get_followers(user.id, max_results=10))
    assert len(pages) > 1 and all(len(page.data) <= 10 for page in pages), pages
    names = [follower.username for page in pages for follower in page.data]
    check("followers of the pages", len(set(names)), sum(page.meta.result_count for page in pages))
    found = next(client.posts.search_recent("the", max_results=10, post_fields=["created_at"]))
    check("posts found", len(found.data), found.meta.result_count)
    assert all(post.created_at and post.edit_history_post_ids for post in found.data), found
    error = refused("me", client.users.get_me, ValueError)
    assert "Required schemes: ['OAuth2UserToken', 'UserToken']" in str(error), error


def user(client):
    me = client.users.get_me().data
    check("me", (me.id, me.username), (SANDBOX["owner_id"], "sandbox_owner"))
    media = upload(client)
    made = client.posts.create({"text": "Hello from xdk", "media": {"media_ids": [media.id]}})
    read = client.posts.get_by_id(made.data.id, expansions=["attachments.media_keys", "author_id"])
    check("post", read.data.text.split(" https://")[0], "Hello from xdk")
    check("media of the post", read.includes.media[0].media_key, media.media_key)
    check("author", read.includes.users[0].username, "sandbox_owner")
    liked = client.users.like_post(me.id, {"tweet_id": made.data.id}).data
    check("liked", liked.liked, True)
    likes = next(client.users.get_liked_posts(me.id)).data
    assert made.data.id in [post.id for post in likes], likes
    check("like taken back", client.users.unlike_post(me.id, made.data.id).data.liked, False)
    mine = next(client.users.get_posts(me.id, max_results=5)).data
    check("newest post", mine[0].id, made.data.id)
    check("deleted", client.posts.delete(made.data.id).data.deleted, True)
    gone = client.posts.get_by_id(made.data.id)
    check("post after that", (gone.data, gone.errors[0].title), (None, "Not Found Error"))


def upload(client):
    """In two segments, and once more at once."""
    begun = client.media.initialize_upload(
        {"media_type": "image/png", "media_category": "tweet_image", "total_bytes": len(PICTURE)}
    ).data
    half = len(PICTURE) // 2
    for index, segment in enumerate((PICTURE[:half], PICTURE[half:])):
        text = base64.b64encode(segment).decode()
        client.media.append_upload(begun.id, {"media": text, "segment_index": index})
    done = client.media.finalize_upload(begun.id).data
    check("uploaded", (done.id, done.size), (begun.id, len(PICTURE)))
    text = base64.b64encode(PICTURE).decode()
    once = client.media.upload(
        {"media": text, "media_category": "tweet_image"}
    )
    check("uploaded at once", once.data.size, len(PICTURE))
    return done


def oauth2(**keys):
    client = Client(
        base_url=BASE,
        authorization_base_url=f"{BASE}/i",
        redirect_uri=REDIRECT_URI,
        scope=SCOPES,
        **keys,
    )
    back = click(client.get_authorization_url(state="one"))
    check("state", query(back)["state"], "one")
    token = client.exchange_code(query(back)["code"])
    check("scope", token["scope"].split(), SCOPES)
    return client


def oauth1():
    auth = OAuth1(SANDBOX["api_key"], SANDBOX["api_secret"], REDIRECT_URI)
    back = query(click(to_sandbox(auth.start_oauth_flow())))
    token = auth.get_access_token(back["oauth_verifier"])
    # The one that signed in goes on to sign with the secret of the request token, which is spent.
    refused("me, of the same OAuth1", Client(base_url=BASE, auth=auth).users.get_me, HTTPError)
    keys = token.access_token, token.access_token_secret
    auth = OAuth1(SANDBOX["api_key"], SANDBOX["api_secret"], REDIRECT_URI, *keys)
    return Client(base_url=BASE, auth=auth)


def stream():
    client = Client(base_url=BASE, bearer_token=SANDBOX["bearer_token"])
    rules = {"add": [{"value": "numbered post", "tag": "numbered"}]}
    check("rule", client.stream.update_rules(rules).meta.summary["created"], 1)
    listed = next(client.stream.get_rules())
    check("rules", [(rule.value, rule.tag) for rule in listed.data], [("numbered post", "numbered")])
    config = StreamConfig(initial_backoff=0.05, max_backoff=0.1)
    texts, tags = [], set()
    for item in client.stream.posts(expansions=["author_id"], stream_config=config):
        if item.data is None:
            continue
        texts.append(item.data.text)
        tags.update(rule.tag for rule in item.matching_rules)
        if len(texts) == 200:
            break
    check("posts", texts, [f"numbered post {number}" for number in range(1, 201)])
    check("tags", tags, {"numbered"})


if SANDBOX["streams"]:
    stream()
else:
    app_only()
    user(oauth1())
    user(oauth2(client_id=SANDBOX["client_id"], client_secret=SANDBOX["client_secret"]))
    user(oauth2(client_id=SANDBOX["public_client_id"]))
