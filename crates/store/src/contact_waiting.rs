//! Tasks that wait to be offered: which queues have some, who comes first, how many there are (tasks 3.3.3).
//!
//! The order is kept by an index, class by class, so that a read looks at the rows that it answers. Distinct queues and classes are
//! found by going from one to the next in the index. Where only those are wanted that have waited for a time, and they are few, they
//! are found by that time; where they are many, the read passes by those that are younger and come before.

use crate::Store;
use crate::contact::{ContactRow, columns, read_contact};
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql};
use crate::{Error, Page};

/// The most classes of one queue that are looked at together. A queue with more is looked at in several reads.
pub const CLASSES_MAX: usize = 200;

/// Tasks of a queue that have waited long enough, up to which they are read by their time and put in order here.
const RIPE_MAX: usize = 256;

/// A task that waits, as far as its place goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingContact {
    /// Its id.
    pub id: String,
    /// Its priority; lower is sooner.
    pub priority: i64,
    /// When it entered the queue, less the adjustment of its age, epoch milliseconds.
    pub since_ms: i64,
    /// When it entered the queue, epoch milliseconds.
    pub enqueued_ms: i64,
}

impl WaitingContact {
    /// What the order is by (tasks 3.3.3).
    fn place(&self) -> (i64, i64, &str) {
        (self.priority, self.since_ms, &self.id)
    }
}

/// What waits in a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueNumbers {
    /// How many tasks are QUEUED; those that are offered have left the count (administration 5.2.3).
    pub contacts: i64,
    /// When the one that waits longest entered, epoch milliseconds.
    pub oldest_ms: Option<i64>,
}

/// Instances in which something waits, each found behind the one before.
static INSTANCES: Sql = Sql::new(
    "contact",
    "with recursive step(id) as ( \
       select (select c.instance_id from contact c where c.instance_id > $1 and c.wait_queue is not null \
               order by c.instance_id limit 1) \
       union all \
       select (select c.instance_id from contact c where c.instance_id > step.id and c.wait_queue is not null \
               order by c.instance_id limit 1) from step where step.id is not null) \
     select id from step where id is not null limit $2",
);

/// Queues in which something waits.
static QUEUES: Sql = Sql::new(
    "contact",
    "with recursive step(id) as ( \
       select (select c.wait_queue from contact c where c.instance_id = $1 and c.wait_queue > $2 \
               and c.wait_queue is not null order by c.wait_queue limit 1) \
       union all \
       select (select c.wait_queue from contact c where c.instance_id = $1 and c.wait_queue > step.id \
               and c.wait_queue is not null order by c.wait_queue limit 1) from step where step.id is not null) \
     select id from step where id is not null limit $3",
);

/// The classes of a queue, from the one behind `$3`.
macro_rules! classes {
    () => {
        "with recursive step(class) as ( \
           select (select c.wait_class from contact c where c.instance_id = $1 and c.wait_queue = $2 \
                   and c.wait_class > $3 and c.wait_queue is not null order by c.wait_class limit 1) \
           union all \
           select (select c.wait_class from contact c where c.instance_id = $1 and c.wait_queue = $2 \
                   and c.wait_class > step.class and c.wait_queue is not null order by c.wait_class limit 1) \
           from step where step.class is not null) "
    };
}

/// The first of a class.
macro_rules! first {
    ($what:expr, $class:literal) => {
        concat!(
            "select ",
            $what,
            " from contact c where c.instance_id = $1 and c.wait_queue = $2 and c.wait_class = ",
            $class,
            " and c.wait_queue is not null order by c.wait_priority, c.wait_ms, c.id limit 1"
        )
    };
}

static HEAD: Sql = Sql::new("contact", first!(concat!(columns!(), ", c.body"), "''"));

/// The first of each class but the usual one. SQLite finds its id, then its row; PostgreSQL has `lateral`.
static HEADS: Sql = Sql::per_engine(
    "contact",
    concat!(
        classes!(),
        "select ",
        columns!(),
        ", c.body from step cross join contact c where c.instance_id = $1 and c.id = (",
        "select h.id from contact h where h.instance_id = $1 and h.wait_queue = $2 and h.wait_class = step.class \
         and h.wait_queue is not null order by h.wait_priority, h.wait_ms, h.id limit 1",
        ") and step.class is not null limit $4"
    ),
    concat!(
        classes!(),
        "select head.* from (select class from step where class is not null limit $4) as step cross join lateral (",
        first!(concat!(columns!(), ", c.body"), "step.class"),
        ") as head"
    ),
);

static PAGE: Sql = Sql::new(
    "contact",
    "select id, wait_priority, wait_ms, enqueued_ms from contact \
     where instance_id = $1 and wait_queue = $2 and wait_class = $3 and (wait_priority, wait_ms, id) > ($4, $5, $6) \
       and enqueued_ms <= $7 and wait_queue is not null \
     order by wait_priority, wait_ms, id limit $8",
);

/// Those that have waited longest, of all classes.
static RIPE: Sql = Sql::new(
    "contact",
    "select id, wait_priority, wait_ms, enqueued_ms, wait_class from contact \
     where instance_id = $1 and wait_queue = $2 and wait_queue is not null and enqueued_ms <= $3 \
     order by enqueued_ms limit $4",
);

static BEFORE: Sql = Sql::new(
    "contact",
    "select count(*) from contact \
     where instance_id = $1 and wait_queue = $2 and wait_class = $3 and (wait_priority, wait_ms, id) < ($4, $5, $6) \
       and wait_queue is not null",
);

static CLASSES: Sql =
    Sql::new("contact", concat!(classes!(), "select class from step where class is not null limit $4"));

/// A queue's counter says how many are in it; those that are offered are few, and an index holds them alone.
static NUMBERS: Sql = Sql::new(
    "contact",
    "select coalesce((select n from counter where instance_id = $1 and name = $3), 0) - \
       (select count(*) from contact where instance_id = $1 and queued_in = $2 and queued_in is not null \
        and wait_queue is null), \
       (select enqueued_ms from contact where instance_id = $1 and wait_queue = $2 and wait_queue is not null \
        order by enqueued_ms limit 1)",
);

/// How many of a class wait and since when; those of external tasks beside all.
static OF_CLASS: Sql = Sql::per_engine(
    "contact",
    "select count(*), min(enqueued_ms), coalesce(sum(body ->> '$.external'), 0), \
       min(case when body ->> '$.external' then enqueued_ms end) \
     from contact where instance_id = $1 and wait_queue = $2 and wait_class = $3 and wait_queue is not null",
    "select count(*), min(enqueued_ms), count(*) filter (where (body::json ->> 'external')::boolean), \
       min(enqueued_ms) filter (where (body::json ->> 'external')::boolean) \
     from contact where instance_id = $1 and wait_queue = $2 and wait_class = $3 and wait_queue is not null",
);

/// The same of a class whose tasks are of one subtype: no body is read.
static OF_PLAIN_CLASS: Sql = Sql::new(
    "contact",
    "select count(*), min(enqueued_ms) from contact \
     where instance_id = $1 and wait_queue = $2 and wait_class = $3 and wait_queue is not null",
);

/// Answered tasks of a queue that have ended, the last first.
static HANDLED: Sql = Sql::new(
    "contact",
    concat!(
        "select ",
        columns!(),
        ", c.body from contact c where c.instance_id = $1 and c.queue_id = $2 and c.disconnected_ms >= $3 \
         and c.connected_ms is not null and c.disconnected_ms is not null order by c.disconnected_ms desc limit $4"
    ),
);

static INSIDE_WAITING: Sql = Sql::new(
    "contact",
    "select id from contact where instance_id = $1 and wait_queue = $2 and wait_queue is not null limit $3",
);

static INSIDE_OFFERED: Sql = Sql::new(
    "contact",
    "select id from contact where instance_id = $1 and queued_in = $2 and queued_in is not null and wait_queue is null limit $3",
);

/// Every statement above, for the test that looks at their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &INSTANCES,
    &QUEUES,
    &HEAD,
    &HEADS,
    &PAGE,
    &RIPE,
    &BEFORE,
    &CLASSES,
    &NUMBERS,
    &OF_CLASS,
    &OF_PLAIN_CLASS,
    &HANDLED,
    &INSIDE_WAITING,
    &INSIDE_OFFERED,
];

impl Store {
    /// At most `limit` instances in which tasks wait to be offered, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn waiting_instances(&self, after: &str, limit: usize) -> Result<Vec<String>, Error> {
        let params = [Param::Text(after), Page::<()>::limit(limit)];
        self.db().all(&INSTANCES, &params, |row| row.text(0)).await
    }

    /// At most `limit` queues of an instance in which tasks wait to be offered, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn waiting_queues(&self, instance_id: &str, after: &str, limit: usize) -> Result<Vec<String>, Error> {
        let params = [Param::Text(instance_id), Param::Text(after), Page::<()>::limit(limit)];
        self.db().all(&QUEUES, &params, |row| row.text(0)).await
    }

    /// The first waiting task of each class of a queue, by class, behind the class `after` (`None`: from the beginning, which is
    /// the empty class). At most [`CLASSES_MAX`]; fewer are the last.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn waiting_heads(
        &self,
        instance_id: &str,
        queue_id: &str,
        after: Option<&str>,
    ) -> Result<Vec<ContactRow>, Error> {
        let (instance, queue) = (Param::Text(instance_id), Param::Text(queue_id));
        let mut heads = match after {
            None => self.db().all(&HEAD, &[instance, queue], read_contact).await?,
            Some(_) => Vec::new(),
        };
        let limit = Page::<()>::limit(CLASSES_MAX - heads.len());
        let params = [instance, queue, Param::Text(after.unwrap_or_default()), limit];
        heads.extend(self.db().all(&HEADS, &params, read_contact).await?);
        Ok(heads)
    }

    /// At most `limit` tasks of one class that wait in a queue and entered it at `ripe_ms` (epoch milliseconds) or before, in
    /// the order of tasks 3.3.3, behind `after`.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn waiting(
        &self,
        instance_id: &str,
        queue_id: &str,
        class: &str,
        ripe_ms: i64,
        after: Option<&WaitingContact>,
        limit: usize,
    ) -> Result<Vec<WaitingContact>, Error> {
        if ripe_ms < i64::MAX
            && let Some(ripe) = self.few_ripe(instance_id, queue_id, class, ripe_ms).await?
        {
            let is_behind = |own: &WaitingContact| after.is_none_or(|after| own.place() > after.place());
            return Ok(ripe.into_iter().filter(is_behind).take(limit).collect());
        }
        let (priority, since_ms, id) =
            after.map_or((i64::MIN, i64::MIN, ""), |after| (after.priority, after.since_ms, after.id.as_str()));
        let params = [
            Param::Text(instance_id),
            Param::Text(queue_id),
            Param::Text(class),
            Param::Int(priority),
            Param::Int(since_ms),
            Param::Text(id),
            Param::Int(ripe_ms),
            Page::<()>::limit(limit),
        ];
        self.db().all(&PAGE, &params, read_place).await
    }

    /// Tasks of a class that have waited long enough, in order; `None` when more of the queue have than are put in order here.
    async fn few_ripe(
        &self,
        instance_id: &str,
        queue_id: &str,
        class: &str,
        ripe_ms: i64,
    ) -> Result<Option<Vec<WaitingContact>>, Error> {
        let limit = Page::<()>::limit(RIPE_MAX + 1);
        let params = [Param::Text(instance_id), Param::Text(queue_id), Param::Int(ripe_ms), limit];
        let ripe = self.db().all(&RIPE, &params, |row| Ok((read_place(row)?, row.text(4)? == class))).await?;
        if ripe.len() > RIPE_MAX {
            return Ok(None);
        }
        let mut own: Vec<WaitingContact> = ripe.into_iter().filter(|(_, own)| *own).map(|(task, _)| task).collect();
        own.sort_unstable_by(|a, b| a.place().cmp(&b.place()));
        Ok(Some(own))
    }

    /// The place of a task in the queue it waits in, from 1; `None` when it does not wait. With `ending`, only those whose
    /// class ends with it count (administration 5.5.2). The cost grows with the place.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn position_in_queue(&self, row: &ContactRow, ending: Option<&str>) -> Result<Option<i64>, Error> {
        let Some(waiting) = &row.waiting else { return Ok(None) };
        let (instance, queue) = (Param::Text(&row.instance_id), Param::Text(&waiting.queue_id));
        let mut classes = vec![String::new()];
        let mut before = 0;
        loop {
            for class in classes.iter().filter(|class| ending.is_none_or(|ending| class.ends_with(ending))) {
                let params = [
                    instance,
                    queue,
                    Param::Text(class),
                    Param::Int(waiting.priority),
                    Param::Int(waiting.since_ms),
                    Param::Text(&row.id),
                ];
                before += self.db().one(&BEFORE, &params, |row| row.int(0)).await?.unwrap_or(0);
            }
            let Some(last) = classes.last() else { break };
            let params = [instance, queue, Param::Text(last), Page::<()>::limit(CLASSES_MAX)];
            classes = self.db().all(&CLASSES, &params, |row| row.text(0)).await?;
        }
        Ok(Some(before + 1))
    }

    /// The ids of at most `limit` contacts inside a queue, waiting or offered.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn contacts_inside(&self, instance_id: &str, queue_id: &str, limit: usize) -> Result<Vec<String>, Error> {
        let params = [Param::Text(instance_id), Param::Text(queue_id), Page::<()>::limit(limit)];
        let mut ids = self.db().all(&INSIDE_WAITING, &params, |row| row.text(0)).await?;
        if ids.len() < limit {
            ids.extend(self.db().all(&INSIDE_OFFERED, &params, |row| row.text(0)).await?);
        }
        ids.truncate(limit);
        Ok(ids)
    }

    /// How many tasks of a class wait in a queue and since when the oldest does: all, and external ones. With `plain` external ones
    /// are not looked for. The cost grows with the number.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn class_numbers(
        &self,
        instance_id: &str,
        queue_id: &str,
        class: &str,
        plain: bool,
    ) -> Result<(QueueNumbers, QueueNumbers), Error> {
        let params = [Param::Text(instance_id), Param::Text(queue_id), Param::Text(class)];
        let numbers = |row: &Row<'_>, at: usize| {
            Ok::<_, BadColumn>(QueueNumbers { contacts: row.int(at)?, oldest_ms: row.opt_int(at + 1)? })
        };
        let found = if plain {
            self.db().one(&OF_PLAIN_CLASS, &params, |row| Ok((numbers(row, 0)?, QueueNumbers::default()))).await?
        } else {
            self.db().one(&OF_CLASS, &params, |row| Ok((numbers(row, 0)?, numbers(row, 2)?))).await?
        };
        Ok(found.unwrap_or_default())
    }

    /// At most `limit` tasks of a queue that an agent had and that ended at `since_ms` (epoch milliseconds) or later, the last first.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn handled(
        &self,
        instance_id: &str,
        queue_id: &str,
        since_ms: i64,
        limit: usize,
    ) -> Result<Vec<ContactRow>, Error> {
        let params = [Param::Text(instance_id), Param::Text(queue_id), Param::Int(since_ms), Page::<()>::limit(limit)];
        self.db().all(&HANDLED, &params, read_contact).await
    }

    /// What waits in a queue; `counter` is the name of the counter of what is in it, tasks offered to an agent included.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn queue_numbers(&self, instance_id: &str, queue_id: &str, counter: &str) -> Result<QueueNumbers, Error> {
        let params = [Param::Text(instance_id), Param::Text(queue_id), Param::Text(counter)];
        let read = |row: &Row<'_>| Ok(QueueNumbers { contacts: row.int(0)?.max(0), oldest_ms: row.opt_int(1)? });
        Ok(self.db().one(&NUMBERS, &params, read).await?.unwrap_or_default())
    }
}

fn read_place(row: &Row<'_>) -> Result<WaitingContact, BadColumn> {
    Ok(WaitingContact { id: row.text(0)?, priority: row.int(1)?, since_ms: row.int(2)?, enqueued_ms: row.int(3)? })
}
