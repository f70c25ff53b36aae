//! Rules of the filtered stream.

use twitter_types::{
    Error,
    auth::{Accepts, AppOnly, Credential},
    models::NewRule,
    rules::{Sync, SyncStep, Synced},
};

use crate::Client;

impl<C> Client<C>
where
    C: Credential,
    AppOnly: Accepts<C::Kind>,
{
    /// Makes the App's rules equal to these, with the fewest changes; see [`Sync`] for how. It can be
    /// repeated at any time: a second one finds nothing to do, and does the rest if the first was dropped.
    ///
    /// ```
    /// use twitter_client_async::Client;
    /// use twitter_types::models::NewRule;
    /// use twitter_types::query::{Has, Target, from, has};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let app = twitter_types::auth::AppToken::new(&sandbox.keys().bearer_token)?;
    /// # let client = Client::new(app).with_base_url(sandbox.base_url().parse()?);
    /// # let developers = twitter_types::Username::new("XDevelopers")?;
    /// let links = from(developers) & has(Has::Links);
    /// let rule = NewRule::new(links.to_query(Target::Rule)?).tag("links");
    /// let synced = client.sync_rules(&[rule]).await?;
    /// for refused in &synced.refused {
    ///     println!("{}: {:?}", refused.rule.value, refused.problem);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the rules cannot be read, or a change is refused for another reason than a rule. What was
    /// changed until then stays. Rules that X does not take are no error: the outcome names them.
    pub async fn sync_rules(&self, desired: &[NewRule]) -> Result<Synced, Error> {
        self.run_sync(Sync::new(desired.iter().cloned())).await
    }

    /// What [`sync_rules`](Self::sync_rules) would do, without a change; X checks the new rules.
    ///
    /// # Errors
    ///
    /// As [`sync_rules`](Self::sync_rules).
    pub async fn sync_rules_dry_run(&self, desired: &[NewRule]) -> Result<Synced, Error> {
        self.run_sync(Sync::new(desired.iter().cloned()).as_dry_run()).await
    }

    /// The same with a [`Sync`] of yours, such as one with another cap.
    ///
    /// # Errors
    ///
    /// As [`sync_rules`](Self::sync_rules).
    pub async fn run_sync(&self, mut sync: Sync) -> Result<Synced, Error> {
        loop {
            let outcome = match sync.step() {
                SyncStep::Read(operation) => self.send(&operation).await,
                SyncStep::Update(operation) => self.send(&operation).await,
                SyncStep::Done(outcome) => return outcome,
            };
            sync.receive(outcome);
        }
    }
}
