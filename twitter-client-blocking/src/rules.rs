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
    /// repeated at any time: a second one finds nothing to do.
    ///
    /// ```
    /// use twitter_client_blocking::Client;
    /// use twitter_types::models::NewRule;
    /// use twitter_types::query::{Has, Target, from, has};
    ///
    /// # let sandbox = twitter_sandbox::Sandbox::start()?;
    /// # let app = twitter_types::auth::AppToken::new(&sandbox.keys().bearer_token)?;
    /// # let client = Client::new(app).with_base_url(sandbox.base_url().parse()?);
    /// # let developers = twitter_types::Username::new("XDevelopers")?;
    /// let links = from(developers) & has(Has::Links);
    /// let rule = NewRule::new(links.to_query(Target::Rule)?).tag("links");
    /// let synced = client.sync_rules(&[rule])?;
    /// for refused in &synced.refused {
    ///     println!("{}: {:?}", refused.rule.value, refused.problem);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the rules cannot be read, or a change is refused for another reason than a rule. What was
    /// changed until then stays. Rules that X does not take are no error: the outcome names them.
    pub fn sync_rules(&self, desired: &[NewRule]) -> Result<Synced, Error> {
        self.run_sync(Sync::new(desired.iter().cloned()))
    }

    /// What [`sync_rules`](Self::sync_rules) would do, without a change; X checks the new rules.
    ///
    /// # Errors
    ///
    /// As [`sync_rules`](Self::sync_rules).
    pub fn sync_rules_dry_run(&self, desired: &[NewRule]) -> Result<Synced, Error> {
        self.run_sync(Sync::new(desired.iter().cloned()).as_dry_run())
    }

    /// The same with a [`Sync`] of yours, such as one with another cap.
    ///
    /// # Errors
    ///
    /// As [`sync_rules`](Self::sync_rules).
    pub fn run_sync(&self, mut sync: Sync) -> Result<Synced, Error> {
        loop {
            let outcome = match sync.step() {
                SyncStep::Read(operation) => self.send(&operation),
                SyncStep::Update(operation) => self.send(&operation),
                SyncStep::Done(outcome) => return outcome,
            };
            sync.receive(outcome);
        }
    }
}
