//! The outbox of events and records: rows are written in the commit of the change they report, and removed when the
//! sink has accepted them. Delivery is in order for each contact and sink, at least once (tasks 4.1.7).
//!
//! How it is delivered, and when a try is given up, is decided elsewhere.

use crate::batch::Batch;
use crate::db::Row;
use crate::shard::{SHARDS, of_each_shard, shard_of, shard_params};
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, Store};

/// A row to be put into the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOutboxRow {
    /// The contact it is about.
    pub contact_id: String,
    /// Sequence number among the rows of that contact.
    pub sequence: i64,
    /// The contact's instance.
    pub instance_id: String,
    /// `EVENT` or `RECORD`.
    pub kind: String,
    /// The text to be delivered.
    pub body: String,
    /// When it happened, epoch milliseconds.
    pub created_ms: i64,
}

/// A row of the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboxRow {
    /// The sink.
    pub sink: String,
    /// The contact it is about.
    pub contact_id: String,
    /// Sequence number among the rows of that contact.
    pub sequence: i64,
    /// The contact's instance.
    pub instance_id: String,
    /// `EVENT` or `RECORD`.
    pub kind: String,
    /// The text to be delivered.
    pub body: String,
    /// When it happened, epoch milliseconds.
    pub created_ms: i64,
    /// Tries that failed.
    pub attempts: i64,
    /// Since when it may be delivered, epoch milliseconds.
    pub next_ms: i64,
    /// The error of the last failed try.
    pub last_error: Option<String>,
}

/// Names a row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OutboxKey {
    /// The sink.
    pub sink: String,
    /// The contact it is about.
    pub contact_id: String,
    /// Sequence number among the rows of that contact.
    pub sequence: i64,
}

/// Where a page of dead letters ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxPosition {
    /// When it happened, epoch milliseconds.
    pub created_ms: i64,
    /// The sink.
    pub sink: String,
    /// The contact it is about.
    pub contact_id: String,
    /// Sequence number among the rows of that contact.
    pub sequence: i64,
}

/// A page of dead letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeadLetters {
    /// The rows, oldest first.
    pub rows: Vec<OutboxRow>,
    /// Where the page ended, when more rows follow.
    pub next: Option<OutboxPosition>,
}

/// The number of rows in the outbox for one sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxNumbers {
    /// Rows to be delivered.
    pub waiting: i64,
    /// Dead letters.
    pub dead: i64,
    /// The least time at which a waiting row may be delivered, epoch milliseconds. If it is in the past, it shows how
    /// far delivery lags.
    pub due_since_ms: Option<i64>,
}

macro_rules! columns {
    () => {
        "o.sink, o.contact_id, o.sequence, o.instance_id, o.kind, o.body, o.created_ms, o.attempts, o.next_ms, o.last_error"
    };
}

/// The due time of a parked row: not before it is unparked. A contact's first row waits for a retry, the rows behind it
/// are parked once: due rows are then found without scanning them, and a retry updates one row however many are behind.
const PARKED: i64 = i64::MAX;

/// The rows of one contact that are unparked together.
const WOKEN_ROWS: i64 = 256;

/// One shard's rows that may be delivered at `$17` to `$19`. A row waits for every earlier one of its contact that waits for
/// another try, or is due later (the clock went back, or it is parked).
macro_rules! due {
    ($shard:literal) => {
        concat!(
            "select ",
            columns!(),
            " from outbox o where o.sink = $19 and o.shard = ",
            $shard,
            " and o.next_ms <= $17 and o.dead = 0 and not exists \
             (select 1 from outbox p where p.contact_id = o.contact_id and p.sink = o.sink \
              and p.sequence < o.sequence and p.dead = 0 and (p.next_ms > o.next_ms or p.attempts > 0))"
        )
    };
}

/// The same, ordered and no more than `$18`: PostgreSQL then merges what it reads, instead of sorting all that is due.
macro_rules! first_due {
    ($shard:literal) => {
        concat!("(", due!($shard), " order by o.next_ms, o.contact_id, o.sequence limit $18)")
    };
}

/// Sixteen ordered ranges, merged as they are read.
static DUE: Sql = Sql::per_engine(
    "outbox",
    concat!(of_each_shard!(due), " order by next_ms, contact_id, sequence limit $18"),
    concat!(of_each_shard!(first_due), " order by next_ms, contact_id, sequence limit $18"),
);

static NUMBERS: Sql = Sql::new("outbox", "select count(*), min(next_ms) from outbox where sink = $1 and dead = 0");

static NUMBERS_OF_SHARD: Sql =
    Sql::new("outbox", "select count(*), min(next_ms) from outbox where sink = $1 and shard = $2 and dead = 0");

/// One step from sink to sink: a `distinct` would read all pending rows.
static NEXT_SINK: Sql =
    Sql::new("outbox", "select sink from outbox where dead = 0 and sink > $1 order by sink limit 1");

static DEAD_NUMBER: Sql =
    Sql::new("outbox", "select count(*) from outbox where dead = 1 and created_ms >= $2 and sink = $1");

static DEAD: Sql = Sql::new(
    "outbox",
    concat!(
        "select ",
        columns!(),
        " from outbox o where o.dead = 1 and (o.created_ms, o.sink, o.contact_id, o.sequence) > ($1, $2, $3, $4) \
         order by o.created_ms, o.sink, o.contact_id, o.sequence limit $5"
    ),
);

/// `sink || ''` keeps SQLite from leaving the sink out of the order, and then sorting.
static DEAD_OF_SINK: Sql = Sql::new(
    "outbox",
    concat!(
        "select ",
        columns!(),
        " from outbox o where o.dead = 1 and (o.created_ms, o.sink, o.contact_id, o.sequence) > ($1, $2, $3, $4) \
         and o.sink || '' = $6 order by o.created_ms, o.sink, o.contact_id, o.sequence limit $5"
    ),
);

/// Due not before the contact's last existing row, unless that one was tried or is parked: [`DUE`] handles those.
/// `dead < 1` instead of `= 0` keeps an engine from using the index of due rows, which holds those of all contacts.
static PUT: Sql = Sql::new(
    "outbox",
    "insert into outbox \
     (contact_id, sink, sequence, instance_id, shard, kind, body, created_ms, attempts, next_ms, dead, last_error) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, 0, \
       coalesce((select case when o.next_ms > $8 and o.next_ms < 9223372036854775807 and o.attempts = 0 then o.next_ms end \
                 from outbox o where o.contact_id = $1 and o.sink = $2 and o.dead < 1 order by o.sequence desc limit 1), $8), 0, null) \
     on conflict (contact_id, sink, sequence) do nothing",
);

static DELIVERED: Sql = Sql::new("outbox", "delete from outbox where contact_id = $1 and sink = $2 and sequence = $3");

/// The later rows of the contact wait behind it, see [`DUE`].
static RETRY: Sql = Sql::new(
    "outbox",
    "update outbox set next_ms = $4, attempts = attempts + 1, last_error = $5 \
     where contact_id = $1 and sink = $2 and sequence = $3 and dead = 0",
);

/// At most `$5` rows behind `$3`, the first of those that are not parked yet: parked rows have no others between them,
/// so that the last of them, found quickly in the index of due rows, shows where to continue.
static PARK: Sql = Sql::new(
    "outbox",
    "update outbox set next_ms = $4, last_error = coalesce(last_error, 'waits for an earlier one of its task') \
     where contact_id = $1 and sink = $2 and dead < 1 and sequence in \
     (select o.sequence from outbox o where o.contact_id = $1 and o.sink = $2 and o.dead < 1 and o.sequence > \
        coalesce((select p.sequence from outbox p where p.sink = $2 and p.shard = $6 and p.dead = 0 \
                  and p.next_ms = $4 and p.contact_id = $1 and p.sequence > $3 order by p.sequence desc limit 1), $3) \
      order by o.sequence limit $5)",
);

/// The parked ones among the first `$4` rows of a contact.
static WAKE: Sql = Sql::new(
    "outbox",
    "update outbox set next_ms = created_ms where contact_id = $1 and sink = $2 and dead < 1 and next_ms = $3 and sequence in \
     (select o.sequence from outbox o where o.contact_id = $1 and o.sink = $2 and o.dead < 1 \
      order by o.sequence limit $4)",
);

/// Contacts of a shard whose first row is parked: the process that parked it did not know that the rows before it were
/// delivered.
static STRANDED: Sql = Sql::new(
    "outbox",
    "select o.contact_id from outbox o where o.sink = $1 and o.shard = $2 and o.dead = 0 and o.next_ms = $3 \
     and not exists (select 1 from outbox p where p.contact_id = o.contact_id and p.sink = o.sink \
                     and p.sequence < o.sequence and p.dead < 1) \
     order by o.contact_id limit $4",
);

static DEAD_LETTER: Sql = Sql::new(
    "outbox",
    "update outbox set dead = 1, attempts = attempts + 1, last_error = $4 \
     where contact_id = $1 and sink = $2 and sequence = $3 and dead = 0",
);

/// At its old time, and so ahead of later rows that still wait.
static REPLAY: Sql = Sql::new(
    "outbox",
    "update outbox set dead = 0, attempts = 0, next_ms = created_ms \
     where contact_id = $1 and sink = $2 and sequence = $3 and dead = 1",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &DUE,
    &NUMBERS,
    &NUMBERS_OF_SHARD,
    &NEXT_SINK,
    &DEAD_NUMBER,
    &DEAD,
    &DEAD_OF_SINK,
    &PUT,
    &DELIVERED,
    &RETRY,
    &PARK,
    &WAKE,
    &STRANDED,
    &DEAD_LETTER,
    &REPLAY,
];

impl Store {
    /// At most `limit` rows of these shards that may be delivered to `sink` at `now_ms` (epoch milliseconds), the
    /// longest due first. Those of one contact come in order and begin with its first that was not delivered; when that
    /// one waits for another try, none of its contact is returned. Dead letters block nothing.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn outbox_due(
        &self,
        sink: &str,
        shards: &[i64],
        now_ms: i64,
        limit: usize,
    ) -> Result<Vec<OutboxRow>, Error> {
        let mut params = shard_params(shards);
        params.extend([Param::Int(now_ms), Page::<()>::limit(limit), Param::Text(sink)]);
        self.db().all(&DUE, &params, read).await
    }

    /// When the next row of these shards may be delivered to `sink`, epoch milliseconds; `None` when there is none.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn outbox_next(&self, sink: &str, shards: &[i64]) -> Result<Option<i64>, Error> {
        Ok(self.outbox_due(sink, shards, i64::MAX, 1).await?.first().map(|row| row.next_ms))
    }

    /// The number of rows in the outbox for a sink. Reads an index entry for each row; SQLite yields in between.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn outbox_numbers(&self, sink: &str) -> Result<OutboxNumbers, Error> {
        let read = |row: &Row<'_>| Ok((row.int(0)?, row.opt_int(1)?));
        let (mut waiting, mut due_since_ms) = (0, None::<i64>);
        if self.is_shared() {
            (waiting, due_since_ms) = self.db().one(&NUMBERS, &[Param::Text(sink)], read).await?.unwrap_or_default();
        } else {
            for shard in 0..SHARDS {
                let params = [Param::Text(sink), Param::Int(shard)];
                let (count, least) = self.db().one(&NUMBERS_OF_SHARD, &params, read).await?.unwrap_or_default();
                waiting += count;
                due_since_ms = due_since_ms.into_iter().chain(least).min();
                tokio::task::yield_now().await;
            }
        }
        let dead = self.db().one(&DEAD_NUMBER, &[Param::Text(sink), Param::Int(i64::MIN)], |row| row.int(0)).await?;
        let due_since_ms = due_since_ms.filter(|since| *since < PARKED);
        Ok(OutboxNumbers { waiting, dead: dead.unwrap_or_default(), due_since_ms })
    }

    /// Parks the rows behind those that wait for another try, `rows_max` of them in one commit; answers those behind
    /// which there may be more. The contact's later rows are then not scanned until they are unparked.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn park_outbox(&self, behind: &[OutboxKey], rows_max: usize) -> Result<Vec<OutboxKey>, Error> {
        let each = (rows_max / behind.len().max(1)).max(1);
        let mut batch = Batch::new();
        for key in behind {
            let mut params = key.values();
            let rows = Value::Int(i64::try_from(each).unwrap_or(i64::MAX));
            params.extend([Value::Int(PARKED), rows, Value::Int(shard_of(&key.contact_id))]);
            batch.any(&PARK, params);
        }
        let counts = self.commit_unconditional(batch).await?;
        let full = |(key, count): (&OutboxKey, u64)| (count >= each as u64).then(|| key.clone());
        Ok(behind.iter().zip(counts).filter_map(full).collect())
    }

    /// Unparks rows of a sink in these shards that no earlier row blocks, which happens when two processes briefly
    /// deliver to a sink at the same time. Returns the number of contacts.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn wake_stranded_outbox(&self, sink: &str, shards: &[i64]) -> Result<usize, Error> {
        /// Contacts of one commit.
        const PAGE: usize = 256;
        let mut woken = 0;
        for shard in shards {
            loop {
                let params = [Param::Text(sink), Param::Int(*shard), Param::Int(PARKED), Page::<()>::limit(PAGE)];
                let contacts = self.db().all(&STRANDED, &params, |row| row.text(0)).await?;
                let mut batch = Batch::new();
                for contact_id in &contacts {
                    batch.wake_outbox(sink, contact_id);
                }
                self.commit_unconditional(batch).await?;
                woken += contacts.len();
                if contacts.len() < PAGE {
                    break;
                }
            }
        }
        Ok(woken)
    }

    /// The sinks with pending rows, also those no longer in the settings, in order; at most `limit`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn outbox_sinks(&self, limit: usize) -> Result<Vec<String>, Error> {
        let mut sinks: Vec<String> = Vec::new();
        while sinks.len() < limit {
            let after = sinks.last().map_or("", String::as_str);
            match self.db().one(&NEXT_SINK, &[Param::Text(after)], |row| row.text(0)).await? {
                Some(sink) => sinks.push(sink),
                None => break,
            }
        }
        Ok(sinks)
    }

    /// A page of at most `limit` dead letters, of one sink or of all, oldest first.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn dead_letters(
        &self,
        sink: Option<&str>,
        after: Option<&OutboxPosition>,
        limit: usize,
    ) -> Result<DeadLetters, Error> {
        let mut params = match after {
            Some(at) => {
                vec![
                    Param::Int(at.created_ms),
                    Param::Text(&at.sink),
                    Param::Text(&at.contact_id),
                    Param::Int(at.sequence),
                ]
            }
            None => vec![Param::Int(i64::MIN), Param::Text(""), Param::Text(""), Param::Int(i64::MIN)],
        };
        params.push(Page::<()>::one_more(limit));
        params.extend(sink.map(Param::Text));
        let sql = if sink.is_some() { &DEAD_OF_SINK } else { &DEAD };
        let mut rows = self.db().all(sql, &params, read).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_last| more).map(OutboxRow::position);
        Ok(DeadLetters { rows, next })
    }
}

impl Batch {
    /// Puts a row into the outbox for `sink`. Fails with [`Conflict::Exists`] when that sequence number is in use.
    pub fn put_outbox(&mut self, sink: &str, row: &NewOutboxRow) {
        let params = vec![
            Value::from(&row.contact_id),
            Value::from(sink),
            Value::Int(row.sequence),
            Value::from(&row.instance_id),
            Value::Int(shard_of(&row.contact_id)),
            Value::from(&row.kind),
            Value::from(&row.body),
            Value::Int(row.created_ms),
        ];
        self.one(&PUT, params, Conflict::Exists);
    }

    /// Removes a row that the sink has accepted or that must not be delivered any more. No effect if it does not exist.
    pub fn delivered(&mut self, key: &OutboxKey) {
        self.any(&DELIVERED, key.values());
    }

    /// Notes a try that failed: the row waits until `next_ms` (epoch milliseconds), and the contact's later rows of
    /// this sink wait for it. No effect if it does not exist.
    pub fn retry(&mut self, key: &OutboxKey, next_ms: i64, error: &str) {
        let mut params = key.values();
        params.extend([Value::Int(next_ms), storable(error)]);
        self.any(&RETRY, params);
    }

    /// Unparks the next parked rows of a contact for delivery: add it after [`Batch::delivered`] and
    /// [`Batch::dead_letter`] where rows may be parked.
    pub fn wake_outbox(&mut self, sink: &str, contact_id: &str) {
        let params = vec![Value::from(contact_id), Value::from(sink), Value::Int(PARKED), Value::Int(WOKEN_ROWS)];
        self.any(&WAKE, params);
    }

    /// Gives a row up after a last try: it stays as a dead letter and blocks nothing. No effect if it does not exist.
    pub fn dead_letter(&mut self, key: &OutboxKey, error: &str) {
        let mut params = key.values();
        params.push(storable(error));
        self.any(&DEAD_LETTER, params);
    }

    /// Makes a dead letter due for delivery again, at once, ahead of the pending rows of its contact. Fails with
    /// [`Conflict::Moved`] when there is none.
    pub fn replay(&mut self, key: &OutboxKey) {
        self.one(&REPLAY, key.values(), Conflict::Moved);
    }
}

impl OutboxKey {
    fn values(&self) -> Vec<Value> {
        vec![Value::from(&self.contact_id), Value::from(&self.sink), Value::Int(self.sequence)]
    }
}

impl OutboxRow {
    /// Whether rows of its contact may be parked behind this one: it was tried before, or was parked itself.
    pub fn may_have_parked(&self) -> bool {
        self.attempts > 0 || self.last_error.is_some()
    }

    /// The key of this row.
    pub fn key(&self) -> OutboxKey {
        OutboxKey { sink: self.sink.clone(), contact_id: self.contact_id.clone(), sequence: self.sequence }
    }

    fn position(&self) -> OutboxPosition {
        OutboxPosition {
            created_ms: self.created_ms,
            sink: self.sink.clone(),
            contact_id: self.contact_id.clone(),
            sequence: self.sequence,
        }
    }
}

/// An error's text comes from elsewhere; PostgreSQL keeps no zero character.
fn storable(error: &str) -> Value {
    Value::from(error.replace('\0', " "))
}

fn read(row: &Row<'_>) -> Result<OutboxRow, BadColumn> {
    Ok(OutboxRow {
        sink: row.text(0)?,
        contact_id: row.text(1)?,
        sequence: row.int(2)?,
        instance_id: row.text(3)?,
        kind: row.text(4)?,
        body: row.text(5)?,
        created_ms: row.int(6)?,
        attempts: row.int(7)?,
        next_ms: row.int(8)?,
        last_error: row.opt_text(9)?,
    })
}
