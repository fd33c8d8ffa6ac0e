//! A batch: changes with their conditions, committed all or nothing.
//!
//! Each resource file adds its typed methods to [`Batch`]. A change is one statement, the number of rows it must
//! affect, and the [`Conflict`] that any other number, or a unique violation, means.
//!
//! Frequent conflicts (a name in use) are caught by `on conflict do nothing`, so that a PostgreSQL server's log is not
//! filled with errors; a unique violation that almost never happens (an id in use) may be an error of the engine.
//!
//! Several batches may run at once on PostgreSQL. Two that lock the same rows in different orders can block each other (one is
//! then repeated). So every batch, and every group of batches that share a transaction, locks in one order: the instance and
//! what it contains in the order in which it was added, then contacts, agents, the ledger, client tokens and counters, each
//! sorted by key. Counters come last because many batches want the same one and a lock is held until the end of the
//! transaction. The order is the work of [`Batch::sort`]; whoever adds changes has to think only of the first part of it.

use crate::Conflict;
use crate::cache::Invalidation;
use crate::sql::{Sql, Value};

/// Tables whose keys do not begin with an instance.
const NOT_LED_BY_INSTANCE: [&str; 2] = ["client_token", "outbox"];

/// Changes that are committed together or not at all. See the module's head for the order in which they run.
#[derive(Debug, Default)]
pub struct Batch {
    pub(crate) steps: Vec<ConditionalStatement>,
    pub(crate) invalidations: Vec<Invalidation>,
    /// Batches with the same key tend to want the same locks, so they are committed by the same lane: the instance, or what the
    /// first change leads with.
    pub(crate) lane_key: Option<String>,
    /// See [`Batch::expect_success`].
    pub(crate) expects_success: bool,
}

/// A row, or several, that a batch changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed<'a> {
    /// The table.
    pub table: &'static str,
    /// The instance, where the table leads with it.
    pub instance_id: &'a str,
    /// The next part of the key: an id, or the kind of a resource. Empty where it is no text.
    pub key: &'a str,
    /// The part of the key after it: the id of a resource. Empty where it is no text.
    pub sub_key: &'a str,
}

/// One statement and how its outcome is judged.
#[derive(Debug)]
pub(crate) struct ConditionalStatement {
    pub(crate) sql: &'static Sql,
    pub(crate) params: Vec<Value>,
    pub(crate) expect: Expect,
    /// The conflict that a violated unique index means.
    pub(crate) taken: Option<Conflict>,
    /// When it runs.
    pub(crate) place: Place,
}

/// When a change runs among others of its transaction. All but the first are of one row each, whose key the first two parameters
/// are, and run in the order of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// In the order in which it was added.
    Added,
    Contact,
    Agent,
    /// Pieces of agents' time: new rows, which nobody waits for.
    Ledger,
    ClientToken,
    Counter,
}

/// How many rows a statement must affect.
#[derive(Debug)]
pub(crate) enum Expect {
    Any,
    /// Exactly one, otherwise this conflict.
    One(Conflict),
    /// None, otherwise this conflict.
    None(Conflict),
}

impl std::fmt::Debug for Sql {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.for_postgres())
    }
}

impl Batch {
    /// An empty batch; committing it does nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// True when there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Declares that every condition will hold except in rare cases. PostgreSQL then commits the batch in one round
    /// trip, if it is alone; a failed condition costs more than otherwise, and leaves a line in the server's log.
    pub fn expect_success(&mut self) {
        self.expects_success = true;
    }

    /// Says which instance the batch is about, so that it shares a lane with the others of that instance whatever its first
    /// change is.
    pub fn of_instance(&mut self, instance_id: &str) {
        self.lane_key = Some(instance_id.to_owned());
    }

    /// The rows that it changes, so that whoever shows them to somebody knows that they are to be read again. Conditions alone
    /// change nothing.
    pub fn changes(&self) -> impl Iterator<Item = Changed<'_>> {
        self.steps.iter().filter(|step| !step.sql.is_query()).map(|step| {
            let text = |n: usize| match step.params.get(n) {
                Some(Value::Text(text)) => text.as_str(),
                _ => "",
            };
            Changed { table: step.sql.table, instance_id: text(0), key: text(1), sub_key: text(2) }
        })
    }

    /// Puts the changes in the order in which they run; see the module's head.
    pub(crate) fn sort(&mut self) {
        self.steps.sort_by(|a, b| a.order().cmp(&b.order()));
    }

    /// Adds the changes of `other` behind those already here.
    pub fn append(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.invalidations.extend(other.invalidations);
        if self.lane_key.is_none() {
            self.lane_key = other.lane_key;
        }
    }

    /// A change that must affect exactly one row.
    pub(crate) fn one(
        &mut self,
        sql: &'static Sql,
        params: Vec<Value>,
        otherwise: Conflict,
    ) -> &mut ConditionalStatement {
        self.push(sql, params, Expect::One(otherwise))
    }

    /// A query that must find nothing.
    pub(crate) fn none(&mut self, sql: &'static Sql, params: Vec<Value>, otherwise: Conflict) {
        self.push(sql, params, Expect::None(otherwise));
    }

    /// A change that may affect any number of rows.
    pub(crate) fn any(&mut self, sql: &'static Sql, params: Vec<Value>) -> &mut ConditionalStatement {
        self.push(sql, params, Expect::Any)
    }

    fn push(&mut self, sql: &'static Sql, params: Vec<Value>, expect: Expect) -> &mut ConditionalStatement {
        if self.lane_key.is_none()
            && !NOT_LED_BY_INSTANCE.contains(&sql.table)
            && let Some(Value::Text(key)) = params.first()
        {
            self.lane_key = Some(key.clone());
        }
        self.steps.push(ConditionalStatement { sql, params, expect, taken: None, place: Place::Added });
        self.steps.last_mut().expect("a step was just pushed")
    }

    /// Adds a cache invalidation for when the batch is committed.
    pub(crate) fn invalidate(&mut self, invalidation: Invalidation) {
        self.invalidations.push(invalidation);
    }
}

impl ConditionalStatement {
    /// Sets the conflict that a violated unique index means.
    pub(crate) fn taken(&mut self, conflict: Conflict) {
        self.taken = Some(conflict);
    }

    /// Says when it runs.
    pub(crate) fn place(&mut self, place: Place) {
        self.place = place;
    }

    /// What the changes of a transaction are sorted by, stably.
    pub(crate) fn order(&self) -> (Place, Option<(&str, &str)>) {
        let text = |n: usize| match self.params.get(n) {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        (self.place, (self.place != Place::Added).then(|| (text(0), text(1))))
    }

    /// Judges the number of rows the statement touched.
    pub(crate) fn judge(&self, rows: u64) -> Result<u64, Conflict> {
        match &self.expect {
            Expect::One(conflict) if rows != 1 => Err(conflict.clone()),
            Expect::None(conflict) if rows != 0 => Err(conflict.clone()),
            Expect::One(_) | Expect::None(_) | Expect::Any => Ok(rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AgentInterval, AgentRow, ContactFactRow, ContactRow, NewOutboxRow, TokenClaim};

    fn contact(id: &str) -> ContactRow {
        ContactRow { instance_id: "i".to_owned(), id: id.to_owned(), ..ContactRow::default() }
    }

    fn agent(id: &str) -> AgentRow {
        AgentRow { instance_id: "i".to_owned(), id: id.to_owned(), ..AgentRow::default() }
    }

    fn claim(token: &str) -> TokenClaim {
        let (scope, token, answer) = ("account/i".to_owned(), token.to_owned(), String::new());
        TokenClaim { scope, token, request_hash: Vec::new(), answer, expires_ms: 0 }
    }

    /// Whatever order they were added in.
    #[test]
    fn every_batch_locks_in_one_order() {
        let mut batch = Batch::new();
        batch.add_to_counter("i", "b", 1, None);
        batch.subtract_from_counter("", "z", 1);
        batch.claim_client_token(&claim("t"), 0);
        let interval = AgentInterval { instance_id: "i".to_owned(), ..AgentInterval::default() };
        batch.insert_agent_interval(&interval);
        batch.put_contact_fact(&ContactFactRow { instance_id: "i".to_owned(), ..ContactFactRow::default() });
        batch.update_agent(&agent("a2"));
        batch.update_agent(&agent("a1"));
        batch.update_contact(&contact("c2"));
        batch.insert_contact(&contact("c3"));
        batch.update_contact(&contact("c1"));
        batch.add_to_counter("i", "a", 1, None);
        batch.require_instance("j");
        batch.sort();
        let key = |step: &ConditionalStatement| step.order().1.map(|(_, id)| id.to_owned()).unwrap_or_default();
        let found: Vec<(&str, String)> = batch.steps.iter().map(|step| (step.sql.table, key(step))).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(table, key)| (*table, key.as_str())).collect();
        let (token, tables) = (found[9].1.len(), &found[..9]);
        let expected = [
            ("instance", ""),
            ("instance", ""),
            ("contact", "c1"),
            ("contact", "c2"),
            ("contact", "c3"),
            ("agent", "a1"),
            ("agent", "a2"),
            ("agent_interval", ""),
            ("contact_fact", ""),
        ];
        assert_eq!((tables, token), (&expected[..], 64), "a token's key is its digest");
        assert_eq!(found[10..], [("counter", "z"), ("counter", "a"), ("counter", "b")]);
    }

    #[test]
    fn the_lane_is_that_of_the_instance() {
        let mut batch = Batch::new();
        batch.claim_client_token(&claim("t"), 0);
        batch.put_outbox("sink", &NewOutboxRow { contact_id: "c".to_owned(), ..NewOutboxRow::default() });
        assert_eq!(batch.lane_key, None);
        batch.update_contact(&contact("c"));
        assert_eq!(batch.lane_key.as_deref(), Some("i"));
        let mut batch = Batch::new();
        batch.add_to_counter("", "n", 1, None);
        batch.of_instance("i");
        assert_eq!(batch.lane_key.as_deref(), Some("i"));
    }
}
