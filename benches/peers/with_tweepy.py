"""Prints tweepy's version, and the median time of its get_me in microseconds: with_tweepy.py BASE_URL CALLS"""

import sys
from statistics import median
from time import perf_counter

import requests
import tweepy

BASE, CALLS = sys.argv[1], int(sys.argv[2])
FIELDS = (
    "active_follower_count,confirmed_email,connection_status,created_at,description,entities,id,"
    "is_identity_verified,location,name,parody,profile_banner_url,profile_image_url,protected,"
    "public_metrics,receives_your_dm,subscriber_count,subscribes_to_you,subscription,"
    "subscription_type,url,username,verified,verified_followers_count,verified_type,withheld"
)

# tweepy knows no host but X's own.
request = requests.Session.request
requests.Session.request = lambda session, method, url, *arguments, **named: request(
    session, method, url.replace("https://api.twitter.com", BASE), *arguments, **named
)


def seconds():
    start = perf_counter()
    assert client.get_me(user_fields=FIELDS).data.username
    return perf_counter() - start


client = tweepy.Client(
    consumer_key="benchmarkApiKey0123456789",
    consumer_secret="benchmarkApiSecret0123456789benchmarkApiSecret0123",
    access_token="2244994945-benchmarkAccessToken0123456789benchmark",
    access_token_secret="benchmarkAccessTokenSecret0123456789benchmark",
)
for _ in range(CALLS // 10):
    seconds()
print(tweepy.__version__, 1e6 * median(seconds() for _ in range(CALLS)))
