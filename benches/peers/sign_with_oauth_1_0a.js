// Prints oauth-1.0a's version, its time for a signature at best in microseconds, and the signature:
// sign_with_oauth_1_0a.js METHOD URL FORM SIGNATURES
"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const OAuth = require("oauth-1.0a");

const [method, url, form] = process.argv.slice(2, 5);
const signatures = Number(process.argv[5]);
const batch = 50;

const oauth = OAuth({
  consumer: { key: "xvz1evFS4wEEPTGEFPHBog", secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw" },
  signature_method: "HMAC-SHA1",
  hash_function: (text, key) => crypto.createHmac("sha1", key).update(text).digest("base64"),
});
oauth.getNonce = () => "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
oauth.getTimeStamp = () => "1318622958";
const token = {
  key: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
  secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
};
// It asks for the parameters of a form, decoded.
const data = Object.fromEntries(new URLSearchParams(form));

const authorize = () => oauth.authorize({ url, method, data }, token);

function microseconds() {
  const start = process.hrtime.bigint();
  for (let run = 0; run < batch; run++) oauth.toHeader(authorize());
  return Number(process.hrtime.bigint() - start) / 1000 / batch;
}

for (let run = 0; run < signatures / batch / 5; run++) microseconds();
let best = Infinity;
for (let run = 0; run < signatures / batch; run++) best = Math.min(best, microseconds());
const manifest = path.join(path.dirname(require.resolve("oauth-1.0a")), "package.json");
const { version } = JSON.parse(fs.readFileSync(manifest, "utf8"));
console.log(version, best, authorize().oauth_signature);
