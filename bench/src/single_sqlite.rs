//! One sync for each write: the rows of a create or a start inserted into SQLite by hand, one commit for each.

use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OpenFlags, params_from_iter};

use crate::load::{Outcome, Times};
use crate::rows::{Cell, Names, Row, Sample};

fn failed(e: impl std::fmt::Display) -> String {
    format!("SQLite by hand: {e}")
}

/// Reads the rows of a sample out of a database that nobody has open.
///
/// # Errors
/// A database that cannot be read, or holds no such row.
pub(crate) fn sample(file: &Path, names: Names) -> Result<Sample, String> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
    let mut list = db
        .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        .map_err(failed)?;
    let tables = list.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
    let mut rows = Vec::new();
    for table in tables {
        let table = table.map_err(failed)?;
        let mut all = db.prepare(&format!("select * from {table}")).map_err(failed)?;
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let mut found = all.query([]).map_err(failed)?;
        while let Some(row) = found.next().map_err(failed)? {
            let cells = (0..columns.len())
                .map(|n| row.get_ref(n).map_err(failed).and_then(cell))
                .collect::<Result<Vec<_>, _>>()?;
            if holds(&cells, &names.id) {
                rows.push(Row { table: table.clone(), columns: columns.clone(), cells });
            }
        }
    }
    if rows.is_empty() {
        return Err(format!("no row holds the id {}", names.id));
    }
    Ok(Sample::new(names, rows))
}

fn cell(value: ValueRef<'_>) -> Result<Cell, String> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(n) => Cell::Int(n),
        ValueRef::Text(text) => Cell::Text(std::str::from_utf8(text).map_err(failed)?.to_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
        ValueRef::Real(_) => return Err("the store keeps no real numbers".to_owned()),
    })
}

/// Whether a row is about what has this id.
pub(crate) fn holds(cells: &[Cell], id: &str) -> bool {
    cells.iter().any(|cell| match cell {
        Cell::Text(text) => text.contains(id),
        Cell::Blob(bytes) => memchr::memmem::find(bytes, id.as_bytes()).is_some(),
        Cell::Int(_) | Cell::Null => false,
    })
}

/// Inserts copies of the sample's rows from `threads` threads that share one connection, until the time is up.
/// `name` makes the names of the n-th.
///
/// # Errors
/// An insert that fails.
pub(crate) fn run(
    file: &Path,
    sample: &Sample,
    threads: usize,
    span: Duration,
    name: &(dyn Fn(u64) -> Names + Sync),
) -> Result<Outcome, String> {
    let db = Connection::open(file).map_err(failed)?;
    db.pragma_update(None, "journal_mode", "wal").map_err(failed)?;
    db.pragma_update(None, "synchronous", "full").map_err(failed)?;
    let inserts: Vec<String> = sample.rows.iter().map(|row| row.insert(|n| format!("?{n}"))).collect();
    let shared = Mutex::new((db, 0_u64));
    let started = Instant::now();
    let deadline = started + span;
    let counted = thread::scope(|scope| {
        let work = || one_thread(&shared, sample, &inserts, deadline, name);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|thread| thread.join().map_err(|_| failed("a thread panicked"))?)
            .collect::<Result<Vec<_>, String>>()
    })?;
    Ok(Times::sum(counted).outcome(started.elapsed()))
}

fn one_thread(
    shared: &Mutex<(Connection, u64)>,
    sample: &Sample,
    inserts: &[String],
    deadline: Instant,
    name: &(dyn Fn(u64) -> Names + Sync),
) -> Result<Times, String> {
    let mut times = Times::default();
    while Instant::now() < deadline {
        let began = Instant::now();
        let mut held = shared.lock().map_err(failed)?;
        let (db, number) = &mut *held;
        *number += 1;
        let rows = sample.renamed(&name(*number));
        let change = db.transaction().map_err(failed)?;
        for (insert, cells) in inserts.iter().zip(rows) {
            let values = cells.into_iter().map(value);
            change.prepare_cached(insert).and_then(|mut s| s.execute(params_from_iter(values))).map_err(failed)?;
        }
        change.commit().map_err(failed)?;
        drop(held);
        times.add(began.elapsed());
    }
    Ok(times)
}

pub(crate) fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(n) => Value::Integer(n),
        Cell::Text(text) => Value::Text(text),
        Cell::Blob(bytes) => Value::Blob(bytes),
    }
}
