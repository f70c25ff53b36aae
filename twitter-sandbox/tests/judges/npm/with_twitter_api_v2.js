// twitter-api-v2 signs in, reads, writes, pages, streams and uploads.
//
// It knows no host but X's own: its requests are sent to the sandbox before they are signed.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");

const { ApiResponseError, ETwitterStreamEvent, TwitterApi } = require("twitter-api-v2");
const { ClientRequestMaker } = require("twitter-api-v2/dist/cjs/client-mixins/request-maker.mixin");
const { RequestHandlerHelper } = require("twitter-api-v2/dist/cjs/client-mixins/request-handler.helper");

const sandbox = JSON.parse(fs.readFileSync(0, "utf8"));
const SCOPES = [
  "tweet.read", "tweet.write", "users.read", "follows.read", "like.write", "media.write", "offline.access",
];
const PICTURE = Buffer.from(Array.from({ length: 2048 }, (_, index) => index % 256));

const toSandbox = (url) => url.replace(/^https:\/\/(api\.)?x\.com/, sandbox.base_url);
const { getHttpRequestArgs } = ClientRequestMaker.prototype;
ClientRequestMaker.prototype.getHttpRequestArgs = function (asked) {
  return getHttpRequestArgs.call(this, { ...asked, url: toSandbox(asked.url) });
};
RequestHandlerHelper.prototype.isFormEncodedEndpoint = function () {
  return this.requestData.url.pathname.startsWith("/oauth/");
};
const { request } = https;
https.request = (options, ...rest) =>
  (options.protocol === "http:" ? http.request : request)(options, ...rest);

function check(what, found, expected) {
  assert.deepEqual(found, expected, what);
  console.log(`${what}: ${JSON.stringify(found)}`);
}

async function refused(what, call) {
  const error = await call().then(() => assert.fail(`${what} is not refused`), (error) => error);
  assert(error instanceof ApiResponseError, error);
  console.log(`${what}: refused with ${error.message}`);
  return error;
}

// Presses "allow" on a consent page: the query that the App gets back.
async function allow(url) {
  const page = await (await fetch(url)).text();
  const [, action] = page.match(/<form[^>]* action="([^"]*)"/) ?? assert.fail(page);
  const body = new URLSearchParams();
  for (const [tag] of page.matchAll(/<(input|button)[^>]*>/g)) {
    const { type, id, name, value } = Object.fromEntries(
      [...tag.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    if (type === "hidden" || id === "allow") body.set(name, value);
  }
  const reply = await fetch(new URL(action, url), { method: "POST", body, redirect: "manual" });
  check("back at the App", reply.headers.get("location").startsWith(sandbox.redirect_uri), true);
  return Object.fromEntries(new URL(reply.headers.get("location")).searchParams);
}

async function appOnly() {
  const keys = { appKey: sandbox.api_key, appSecret: sandbox.api_secret };
  const client = await new TwitterApi(keys).appLogin();
  const user = await client.v2.userByUsername("XDevelopers");
  check("user", [user.data.id, user.data.name], ["2244994945", "X Developers"]);
  const found = await client.v2.search("the", { max_results: 10, expansions: ["author_id"] });
  const first = found.meta.result_count;
  await found.fetchNext();
  assert(found.tweets.length > first, "a second page");
  check("authors", found.tweets.every((post) => found.includes.author(post) !== undefined), true);
  const followers = new Set();
  const pages = await client.v2.followers(user.data.id, { max_results: 10, asPaginator: true });
  for await (const follower of pages) followers.add(follower.username);
  assert(followers.size > 10, "more than a page of followers");
  check("limit", pages.rateLimit.remaining < pages.rateLimit.limit, true);
  const error = await refused("me", () => client.v2.me());
  check("status", error.code, 403);
}

async function user(client) {
  const me = (await client.v2.me()).data;
  check("me", [me.id, me.username], [sandbox.owner_id, "sandbox_owner"]);
  const media = await client.v2.uploadMedia(PICTURE, { media_type: "image/png" }, 1000);
  const made = (await client.v2.tweet("Hello from twitter-api-v2", { media: { media_ids: [media] } })).data;
  const read = await client.v2.singleTweet(made.id, {
    "tweet.fields": ["author_id", "edit_history_tweet_ids"],
    expansions: ["attachments.media_keys"],
  });
  check("post", read.data.text.split(" https://")[0], "Hello from twitter-api-v2");
  check("history", read.data.edit_history_tweet_ids, [made.id]);
  check("media", read.data.attachments.media_keys, read.includes.media.map((media) => media.media_key));
  check("liked", (await client.v2.like(me.id, made.id)).data.liked, true);
  check("like taken back", (await client.v2.unlike(me.id, made.id)).data.liked, false);
  const followers = await client.v2.followers(me.id);
  check("followers", followers.data.length, followers.meta.result_count);
  check("deleted", (await client.v2.deleteTweet(made.id)).data.deleted, true);
  const gone = await client.v2.singleTweet(made.id);
  check("post after that", [gone.data, gone.errors[0].title], [undefined, "Not Found Error"]);
}

async function oauth1(callback) {
  const keys = { appKey: sandbox.api_key, appSecret: sandbox.api_secret };
  const asked = await new TwitterApi(keys).generateAuthLink(callback, { linkMode: "authorize" });
  const { oauth_verifier: verifier } = await allow(toSandbox(asked.url));
  const temporary = { accessToken: asked.oauth_token, accessSecret: asked.oauth_token_secret };
  const { client, screenName } = await new TwitterApi({ ...keys, ...temporary }).login(verifier);
  check("screen name", screenName, "sandbox_owner");
  return client;
}

async function oauth2(keys) {
  const app = new TwitterApi(keys);
  const redirectUri = sandbox.redirect_uri;
  const asked = app.generateOAuth2AuthLink(redirectUri, { scope: SCOPES });
  const { code, state } = await allow(toSandbox(asked.url));
  check("state", state, asked.state);
  const { codeVerifier } = asked;
  const first = await app.loginWithOAuth2({ code, codeVerifier, redirectUri });
  check("scope", first.scope, SCOPES);
  const { client, refreshToken } = await app.refreshOAuth2Token(first.refreshToken);
  assert.notEqual(refreshToken, first.refreshToken);
  await refused("a spent refresh token", () => app.refreshOAuth2Token(first.refreshToken));
  return client;
}

async function stream() {
  const client = new TwitterApi(sandbox.bearer_token);
  const rules = { add: [{ value: "numbered post", tag: "numbered" }] };
  check("rule", (await client.v2.updateStreamRules(rules)).meta.summary.created, 1);
  check("rules", (await client.v2.streamRules()).data.map((rule) => rule.tag), ["numbered"]);
  const stream = await client.v2.searchStream({ autoConnect: false, expansions: ["author_id"] });
  const texts = [];
  const names = new Set();
  await new Promise((resolve, reject) => {
    stream.on(ETwitterStreamEvent.TweetParseError, reject);
    stream.on(ETwitterStreamEvent.ReconnectLimitExceeded, reject);
    stream.on(ETwitterStreamEvent.Data, ({ data, includes, matching_rules: matched }) => {
      texts.push(data.text);
      names.add(includes.users[0].username).add(matched[0].tag);
      if (texts.length === 200) resolve();
    });
    stream.connect({ autoReconnect: true, autoReconnectRetries: 9, nextRetryTimeout: () => 50 });
  });
  stream.close();
  check("posts", texts, Array.from({ length: 200 }, (_, index) => `numbered post ${index + 1}`));
  check("author and tag", [...names], ["sandbox_owner", "numbered"]);
}

async function tour() {
  if (sandbox.streams) return stream();
  await appOnly();
  await user(await oauth1(sandbox.redirect_uri));
  await user(await oauth2({ clientId: sandbox.client_id, clientSecret: sandbox.client_secret }));
  await user(await oauth2({ clientId: sandbox.public_client_id }));
}

tour().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
