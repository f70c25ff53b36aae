// oauth-1.0a signs the vectors of the file on standard input.

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const OAuth = require("oauth-1.0a");

const HASHES = { "HMAC-SHA1": "sha1", "HMAC-SHA256": "sha256" };

function sign(vector) {
  if (vector.version === null) return { cannot: "always sends oauth_version" };
  if (vector.transport === "query") return { cannot: "signs header and form alone" };
  const method = vector.signature_method;
  const options = {
    consumer: { key: vector.consumer_key, secret: vector.consumer_secret },
    signature_method: method,
    realm: vector.realm ?? undefined,
  };
  if (method !== "PLAINTEXT") {
    options.hash_function = (text, key) =>
      crypto.createHmac(HASHES[method], key).update(text).digest("base64");
  }
  const oauth = OAuth(options);
  oauth.getNonce = () => vector.nonce;
  oauth.getTimeStamp = () => vector.timestamp;
  // Several values of one name are a list.
  const data = {};
  const add = ([name, value]) => {
    data[name] = name in data ? [data[name], value].flat() : value;
  };
  vector.body_params.forEach(add);
  vector.extra_oauth_params.forEach(add);
  if (vector.callback !== null) add(["oauth_callback", vector.callback]);
  if (vector.verifier !== null) add(["oauth_verifier", vector.verifier]);
  const token = { key: vector.token ?? undefined, secret: vector.token_secret ?? undefined };
  try {
    const request = { url: vector.url, method: vector.method, data };
    return { signature: oauth.authorize(request, token).oauth_signature };
  } catch (error) {
    return { error: String(error) };
  }
}

const { vectors } = JSON.parse(fs.readFileSync(0, "utf8"));
const manifest = path.join(path.dirname(require.resolve("oauth-1.0a")), "package.json");
const { version } = JSON.parse(fs.readFileSync(manifest, "utf8"));
console.log(JSON.stringify({ version, cases: vectors.map(sign) }));
