"""tweepy reads the filtered stream: it adds rules, and connects again when it is disconnected.

The sandbox publishes 50 numbered posts on each of four connections, and ends the first three.
"""

import tweepy
from browser import SANDBOX, check
import hosts  # noqa: F401, sends tweepy's requests to the sandbox


class Reader(tweepy.StreamingClient):
    def __init__(self, token):
        super().__init__(token, max_retries=5)
        self.texts, self.authors, self.tags, self.errors = [], set(), set(), []
        self.connections = self.closed = self.broken = self.keep_alives = 0

    def on_connect(self):
        self.connections += 1

    def on_keep_alive(self):
        self.keep_alives += 1
        # Done once everything is read and a keep-alive was seen after it.
        if len(self.texts) >= 200:
            self.disconnect()

    def on_response(self, response):
        if response.data is None:
            return  # errors alone
        self.texts.append(response.data.text)
        self.authors.update(user.username for user in response.includes["users"])
        self.tags.update(rule.tag for rule in response.matching_rules)

    def on_errors(self, errors):
        self.errors.extend(errors)

    def on_closed(self, response):
        self.closed += 1

    def on_connection_error(self):
        self.broken += 1


reader = Reader(SANDBOX["bearer_token"])
rules = [
    tweepy.StreamRule("numbered post", tag="numbered"),
    tweepy.StreamRule("from:sandbox_owner numbered"),
    tweepy.StreamRule("from:exmp_news"),
]
dry = reader.add_rules(rules, dry_run=True)
check("dry run", dry.meta["summary"]["valid"], 3)
check("no rules", reader.get_rules().data, None)
added = reader.add_rules(rules)
check("created", added.meta["summary"]["created"], 3)
check("duplicates", reader.add_rules(rules).errors[0]["title"], "DuplicateRule")
listed = reader.get_rules()
check("rules", [rule.value for rule in listed.data], [rule.value for rule in rules])
check("deleted", reader.delete_rules(listed.data[2].id).meta["summary"]["deleted"], 1)

reader.filter(expansions="author_id", tweet_fields="created_at")
check("posts", reader.texts, [f"numbered post {number}" for number in range(1, 201)])
check("tags", reader.tags, {"numbered", ""})
check("authors", reader.authors, {"sandbox_owner"})
check("connections", reader.connections, 4)
check("errors", [error["disconnect_type"] for error in reader.errors], ["OperationalDisconnect"])
assert reader.broken == 1 and reader.closed >= 2 and reader.keep_alives > 0, vars(reader)
