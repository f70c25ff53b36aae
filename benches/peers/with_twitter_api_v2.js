// Prints twitter-api-v2's version, and the median time of its v2.me in microseconds:
// with_twitter_api_v2.js BASE_URL CALLS
"use strict";

const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");

const [base, calls] = [new URL(process.argv[2]), Number(process.argv[3])];

// twitter-api-v2 knows no host but X's own. Node's agent keeps the connection.
https.request = (options, ...rest) =>
  http.request({ ...options, host: base.hostname, hostname: base.hostname, port: base.port, protocol: "http:" }, ...rest);

const { TwitterApi } = require("twitter-api-v2");

const client = new TwitterApi({
  appKey: "benchmarkApiKey0123456789",
  appSecret: "benchmarkApiSecret0123456789benchmarkApiSecret0123",
  accessToken: "2244994945-benchmarkAccessToken0123456789benchmark",
  accessSecret: "benchmarkAccessTokenSecret0123456789benchmark",
});
const fields =
  "active_follower_count,confirmed_email,connection_status,created_at,description,entities,id," +
  "is_identity_verified,location,name,parody,profile_banner_url,profile_image_url,protected," +
  "public_metrics,receives_your_dm,subscriber_count,subscribes_to_you,subscription," +
  "subscription_type,url,username,verified,verified_followers_count,verified_type,withheld";

async function microseconds() {
  const start = process.hrtime.bigint();
  const { data } = await client.v2.me({ "user.fields": fields });
  if (!data.username) throw new Error("no user");
  return Number(process.hrtime.bigint() - start) / 1000;
}

// The package does not export its manifest.
function version() {
  const manifest = require.resolve("twitter-api-v2").replace(/(.*twitter-api-v2).*/, "$1/package.json");
  return JSON.parse(fs.readFileSync(manifest, "utf8")).version;
}

async function main() {
  for (let call = 0; call < calls / 10; call++) await microseconds();
  const times = [];
  for (let call = 0; call < calls; call++) times.push(await microseconds());
  times.sort((one, other) => one - other);
  console.log(version(), times[Math.floor(times.length / 2)]);
  process.exit(0);
}

main();
