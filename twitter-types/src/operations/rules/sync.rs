//! Making an App's rules equal to a desired set.

mod changes;
mod outcome;

pub use outcome::{RefusedRule, SyncStep, Synced};

use std::collections::{HashSet, VecDeque};

use changes::{CHUNK, by_turn, chunks, is_about_rules, key, key_of, owned, refusal};

use super::{All, Update};
use crate::{
    endpoint::{Error, Pages, Reply},
    envelope::Page,
    id::RuleId,
    json::Json,
    models::{NewRule, Rule},
    problem::{Problem, ProblemKind},
};

/// How often the rules are read once more, when X did not say what became of a change.
const ROUNDS: u32 = 3;
/// Problems of the moment, which are not the rule's own.
const PASSING: [ProblemKind; 2] = [ProblemKind::DuplicateRules, ProblemKind::RuleCap];

/// Makes an App's rules equal to a desired set, with the fewest changes: which request comes next,
/// without sending anything. Both clients drive it by their `sync_rules`, and so can others.
///
/// Rules are compared by value and tag. X changes neither, so a rule with another tag is deleted
/// and added. What is missing is added before what is unwanted is deleted, so that no post is
/// missed; where the cap has no room for both, what is to be added is checked by a dry run first,
/// to keep the gap short. A rule that X refuses holds up no other. When the answer to a change is
/// lost, the rules are read again, and what is left to do is done: a sync can always be repeated.
///
/// ```
/// use twitter_types::models::NewRule;
/// use twitter_types::rules::{Sync, SyncStep};
///
/// let mut sync = Sync::new([NewRule::new("from:XDevelopers".into())]);
/// match sync.step() {
///     SyncStep::Read(_operation) => {} // Send it, and hand the outcome to `sync.receive`.
///     SyncStep::Update(_operation) => {} // The same.
///     SyncStep::Done(outcome) => println!("{} added", outcome?.added.len()),
/// }
/// # Ok::<(), twitter_types::Error>(())
/// ```
#[derive(Debug)]
pub struct Sync {
    desired: Vec<NewRule>,
    cap: usize,
    is_dry_run: bool,
    pages: Pages<All>,
    is_reading: bool,
    rounds: u32,
    /// The rules as they were at first,
    before: Option<Vec<Rule>>,
    /// and as they are, so far as X has said.
    server: Vec<Rule>,
    /// The first is on its way.
    todo: VecDeque<Task>,
    refused: Vec<RefusedRule>,
    /// Values and tags that X called duplicates once.
    duplicates: HashSet<(String, String)>,
    is_in_doubt: bool,
    failure: Option<Error>,
}

#[derive(Debug)]
enum Task {
    Check(Vec<NewRule>),
    Add(Vec<NewRule>),
    Delete(Vec<RuleId>),
}

impl Sync {
    /// The rules that a self-serve App may have. Enterprise Apps may have more.
    pub const CAP: usize = 1000;

    /// Towards these rules, in any order. Of equal ones the first counts.
    pub fn new(desired: impl IntoIterator<Item = NewRule>) -> Self {
        let mut desired: Vec<_> = desired.into_iter().collect();
        let mut seen = HashSet::new();
        desired.retain(|rule| seen.insert(owned(key(&rule.value, &rule.tag))));
        Self {
            desired,
            cap: Self::CAP,
            is_dry_run: false,
            pages: pages(),
            is_reading: true,
            rounds: 0,
            before: None,
            server: Vec::new(),
            todo: VecDeque::new(),
            refused: Vec::new(),
            duplicates: HashSet::new(),
            is_in_doubt: false,
            failure: None,
        }
    }

    /// With room for this many rules, as [`Counts`](super::Counts) says. A lower cap than X's only
    /// costs the order of the changes; a higher one is found out.
    #[must_use]
    pub fn with_cap(self, cap: usize) -> Self {
        Self { cap, ..self }
    }

    /// Without a change: X checks the new rules, and the outcome is what would be done.
    #[must_use]
    pub fn as_dry_run(self) -> Self {
        Self { is_dry_run: true, ..self }
    }

    /// What to do next. After [`SyncStep::Done`] there is no further step.
    pub fn step(&mut self) -> SyncStep {
        loop {
            if let Some(error) = self.failure.take() {
                return SyncStep::Done(Err(error));
            }
            if self.is_reading {
                match self.pages.next_request() {
                    Some(Ok(operation)) => return SyncStep::Read(operation.clone()),
                    Some(Err(error)) => return SyncStep::Done(Err(error)),
                    None => self.plan(),
                }
            }
            if let Some(update) = self.update() {
                return SyncStep::Update(update);
            }
            if !self.is_in_doubt || self.rounds == ROUNDS {
                return SyncStep::Done(Ok(self.outcome()));
            }
            self.read_again();
        }
    }

    /// Takes what became of the last request.
    pub fn receive(&mut self, outcome: Result<Reply<Page<Rule>>, Error>) {
        if self.is_reading {
            match self.pages.advance(outcome) {
                Ok(reply) => self.server.extend(reply.body.data),
                Err(error) => self.failure = Some(error),
            }
            return;
        }
        let Some(task) = self.todo.pop_front() else { return };
        let page = match outcome {
            Ok(reply) => reply.body,
            Err(Error::OutcomeUnknown { .. }) if self.rounds < ROUNDS => return self.read_again(),
            Err(Error::Api(error)) if is_about_rules(&error) => match task {
                // One of them is gone already.
                Task::Delete(_) if self.rounds < ROUNDS => return self.read_again(),
                Task::Delete(_) => return self.failure = Some(Error::Api(error)),
                Task::Add(_) | Task::Check(_) => {
                    Page { errors: refusal(*error), ..Page::default() }
                }
            },
            Err(error) => return self.failure = Some(error),
        };
        let problems = page.errors.into_iter().flat_map(Problem::flatten).collect::<Vec<_>>();
        match task {
            Task::Check(rules) => self.checked(rules, problems),
            Task::Add(rules) => self.added(rules, page.data, problems),
            Task::Delete(ids) => {
                let summary = page.meta.and_then(|meta| meta.summary);
                let left = summary.and_then(|summary| summary.not_deleted).unwrap_or_default();
                self.is_in_doubt |= left > 0 || !problems.is_empty();
                let ids: HashSet<_> = ids.into_iter().collect();
                self.server.retain(|rule| rule.id.is_none_or(|id| !ids.contains(&id)));
            }
        }
    }

    fn read_again(&mut self) {
        self.rounds += 1;
        self.pages = pages();
        self.is_reading = true;
        self.server.clear();
        self.todo.clear();
    }

    /// What is to be done, once the rules are read.
    fn plan(&mut self) {
        self.is_reading = false;
        self.is_in_doubt = false;
        // A page that moved while it was read may have said a rule twice.
        let mut ids = HashSet::new();
        self.server.retain(|rule| rule.id.is_none_or(|id| ids.insert(id)));
        self.before.get_or_insert_with(|| self.server.clone());
        let (missing, unwanted) = self.differences();
        let ids: Vec<_> = unwanted.iter().filter_map(|rule| rule.id).collect();
        let (new, repeated) = by_turn(missing, &unwanted);
        let repeated = repeated.into_iter().flat_map(chunks).map(Task::Add);
        let delete = ids.chunks(CHUNK).map(|ids| Task::Delete(ids.to_vec()));
        let fits = self.server.len() + new.len() <= self.cap;
        let todo = &mut self.todo;
        if self.is_dry_run {
            todo.extend(chunks(new).map(Task::Check));
        } else if fits || ids.is_empty() {
            todo.extend(chunks(new).map(Task::Add).chain(delete).chain(repeated));
        } else {
            todo.extend(chunks(new.clone()).map(Task::Check).chain(delete));
            todo.extend(chunks(new).map(Task::Add).chain(repeated));
        }
    }

    /// Desired rules that are not there, and those that are there and not desired.
    fn differences(&self) -> (Vec<NewRule>, Vec<Rule>) {
        let desired: HashSet<_> =
            self.desired.iter().map(|rule| key(&rule.value, &rule.tag)).collect();
        let mut there = HashSet::new();
        let mut unwanted = Vec::new();
        for rule in &self.server {
            let key = key_of(rule);
            if !desired.contains(&key) || !there.insert(key) {
                unwanted.push(rule.clone());
            }
        }
        let is_missing = |rule: &&NewRule| {
            !there.contains(&key(&rule.value, &rule.tag)) && !self.is_refused(rule)
        };
        (self.desired.iter().filter(is_missing).cloned().collect(), unwanted)
    }

    fn is_refused(&self, rule: &NewRule) -> bool {
        self.refused.iter().any(|refused| refused.rule == *rule)
    }

    /// The request of the first task that has something left to do.
    fn update(&mut self) -> Option<Update> {
        while let Some(mut task) = self.todo.pop_front() {
            if let Task::Add(rules) | Task::Check(rules) = &mut task {
                rules.retain(|rule| !self.is_refused(rule));
                if rules.is_empty() {
                    continue;
                }
            }
            let update = match &task {
                Task::Check(rules) => Update::add(rules.iter().cloned()).dry_run(true),
                Task::Add(rules) => Update::add(rules.iter().cloned()),
                Task::Delete(ids) => Update::delete(ids.iter().copied()),
            };
            self.todo.push_front(task);
            return Some(update);
        }
        None
    }

    /// Takes the problems of a dry run.
    fn checked(&mut self, rules: Vec<NewRule>, mut problems: Vec<Problem>) {
        problems.retain(|problem| !PASSING.contains(&problem.kind()));
        let count = rules.len();
        let rest: Vec<_> =
            rules.into_iter().filter_map(|rule| self.refuse_named(rule, &problems)).collect();
        if rest.len() == count && !problems.is_empty() {
            self.narrow(rest, &problems[0], Task::Check);
        }
    }

    /// Takes the answer to an addition: each rule is made, or refused with a problem, or neither.
    fn added(&mut self, rules: Vec<NewRule>, made: Vec<Rule>, problems: Vec<Problem>) {
        let count = rules.len();
        let keys: HashSet<_> = made.iter().map(key_of).collect();
        let is_left = |rule: &NewRule| !keys.contains(&key(&rule.value, &rule.tag));
        let left: Vec<_> = rules.into_iter().filter(is_left).collect();
        self.server.extend(made);
        let cap = problems.iter().find(|problem| problem.kind() == ProblemKind::RuleCap);
        let may_wait = self.todo.iter().any(|task| matches!(task, Task::Delete(_)));
        if cap.is_some() && may_wait {
            self.todo.extend(chunks(left).map(Task::Add));
            return;
        }
        let rest: Vec<_> =
            left.into_iter().filter_map(|rule| self.refuse_named(rule, &problems)).collect();
        match problems.first() {
            _ if rest.is_empty() => {}
            None => self.is_in_doubt = true,
            // X took none for the sake of some.
            Some(_) if rest.len() < count => self.todo.push_front(Task::Add(rest)),
            Some(problem) => self.narrow(rest, cap.unwrap_or(problem), Task::Add),
        }
    }

    /// Refuses a rule if a problem names it; gives it back otherwise.
    fn refuse_named(&mut self, rule: NewRule, problems: &[Problem]) -> Option<NewRule> {
        let names = |problem: &&Problem| {
            let value = problem.value.as_ref().and_then(Json::as_str);
            value.is_some_and(|value| value.trim() == rule.value.trim())
        };
        let Some(problem) = problems.iter().find(names) else { return Some(rule) };
        self.refuse(rule, problem);
        None
    }

    fn refuse(&mut self, rule: NewRule, problem: &Problem) {
        // Somebody else may have added it, or the answer to an addition was lost: the rules tell.
        if problem.kind() == ProblemKind::DuplicateRules
            && self.duplicates.insert(owned(key(&rule.value, &rule.tag)))
        {
            self.is_in_doubt = true;
            return;
        }
        // What is wrong with a value is wrong with it under every tag.
        let is_of_value = !PASSING.contains(&problem.kind());
        let is_same = |other: &&NewRule| {
            **other == rule || (is_of_value && other.value.trim() == rule.value.trim())
        };
        for rule in self.desired.iter().filter(is_same) {
            let key = key(&rule.value, &rule.tag);
            if !self.is_refused(rule) && !self.server.iter().any(|there| key_of(there) == key) {
                let (rule, problem) = (rule.clone(), Some(problem.clone()));
                self.refused.push(RefusedRule { rule, problem });
            }
        }
    }

    /// Finds the rules that a problem is about, which names none.
    fn narrow(
        &mut self,
        mut rules: Vec<NewRule>,
        problem: &Problem,
        task: fn(Vec<NewRule>) -> Task,
    ) {
        if rules.len() > 1 {
            let half = rules.split_off(rules.len() / 2);
            self.todo.push_front(task(half));
            self.todo.push_front(task(rules));
            return;
        }
        if problem.kind() == ProblemKind::RuleCap {
            // No room for one is no room for any.
            for task in self.todo.drain(..) {
                if let Task::Add(others) = task {
                    rules.extend(others);
                }
            }
        }
        rules.into_iter().for_each(|rule| self.refuse(rule, problem));
    }

    fn outcome(&mut self) -> Synced {
        let (missing, unwanted) = self.differences();
        let ids: HashSet<_> = unwanted.iter().map(|rule| rule.id).collect();
        let mut server = std::mem::take(&mut self.server);
        server.retain(|rule| !ids.contains(&rule.id));
        let mut synced = Synced::default();
        if self.is_dry_run {
            server.extend(missing.into_iter().map(|rule| {
                let (value, tag) = (Some(rule.value), rule.tag);
                Rule { value, tag, ..Rule::default() }
            }));
        } else {
            synced.remaining = unwanted;
            let unnamed = missing.into_iter().map(|rule| RefusedRule { rule, problem: None });
            self.refused.extend(unnamed);
        }
        synced.refused = std::mem::take(&mut self.refused);
        let before = self.before.take().unwrap_or_default();
        let known: HashSet<_> = before.iter().filter_map(|rule| rule.id).collect();
        let is_known = |rule: &Rule| rule.id.is_some_and(|id| known.contains(&id));
        (synced.kept, synced.added) = server.into_iter().partition(is_known);
        let stay: HashSet<_> =
            synced.kept.iter().chain(&synced.remaining).map(|rule| rule.id).collect();
        synced.deleted = before.into_iter().filter(|rule| !stay.contains(&rule.id)).collect();
        synced
    }
}

fn pages() -> Pages<All> {
    Pages::new(All::new().max_results(1000))
}
