//! Single inserts on PostgreSQL, as pgbench makes them: the rows of a create or a start in one transaction, its prepared statements
//! sent together, one connection for each writer.

use std::error::Error;
use std::time::{Duration, Instant};

use bytes::BytesMut;
use futures_util::future::{try_join, try_join_all};
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{Client, NoTls, Statement};

use crate::load::{Outcome, Times};
use crate::rows::{Cell, Names, Row, Sample};
use crate::single_sqlite::holds;

fn failed(e: impl std::fmt::Display) -> String {
    format!("PostgreSQL by hand: {e}")
}

/// Runs a future on this thread.
///
/// # Errors
/// No runtime, or what the future answers.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(future)
}

/// A connection; it ends when the client is dropped.
///
/// # Errors
/// When it cannot be made.
pub(crate) async fn connect(url: &str) -> Result<Client, String> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.map_err(failed)?;
    tokio::spawn(connection);
    Ok(client)
}

/// Reads the rows of a sample.
///
/// # Errors
/// A database that cannot be read, or holds no such row.
pub(crate) async fn sample(url: &str, names: Names) -> Result<Sample, String> {
    let client = connect(url).await?;
    let tables = "select table_name::text from information_schema.tables
                  where table_schema = current_schema() and table_type = 'BASE TABLE'";
    let mut rows = Vec::new();
    for table in client.query(tables, &[]).await.map_err(failed)? {
        let table: String = table.get(0);
        for found in client.query(&format!("select * from {table}"), &[]).await.map_err(failed)? {
            let cells = (0..found.len()).map(|n| cell(&found, n)).collect::<Result<Vec<_>, _>>()?;
            if holds(&cells, &names.id) {
                let columns = found.columns().iter().map(|column| column.name().to_owned()).collect();
                rows.push(Row { table: table.clone(), columns, cells });
            }
        }
    }
    if rows.is_empty() {
        return Err(format!("no row holds the id {}", names.id));
    }
    Ok(Sample::new(names, rows))
}

fn cell(row: &tokio_postgres::Row, index: usize) -> Result<Cell, String> {
    let kind = row.columns()[index].type_();
    let read = match *kind {
        Type::TEXT => row.try_get(index).map(|value: Option<String>| value.map(Cell::Text)),
        Type::INT8 => row.try_get(index).map(|value: Option<i64>| value.map(Cell::Int)),
        Type::BYTEA => row.try_get(index).map(|value: Option<Vec<u8>>| value.map(Cell::Blob)),
        _ => return Err(format!("the store keeps no {kind}")),
    };
    Ok(read.map_err(failed)?.unwrap_or(Cell::Null))
}

/// Inserts copies of the sample's rows from `writers` connections until the time is up. `name` makes the names of the
/// n-th.
///
/// # Errors
/// An insert that fails.
pub(crate) async fn run(
    url: &str,
    sample: &Sample,
    writers: usize,
    span: Duration,
    name: &(dyn Fn(u64) -> Names + Sync),
) -> Result<Outcome, String> {
    let mut clients = Vec::new();
    for _ in 0..writers {
        let client = connect(url).await?;
        let mut inserts = Vec::new();
        for row in &sample.rows {
            inserts.push(client.prepare(&row.insert(|n| format!("${n}"))).await.map_err(failed)?);
        }
        clients.push((client, inserts));
    }
    let started = Instant::now();
    let deadline = started + span;
    let step = writers as u64;
    let work = clients.iter().zip(0..).map(async |((client, inserts), lane): (&(Client, Vec<Statement>), u64)| {
        let mut times = Times::default();
        let mut number = lane;
        while Instant::now() < deadline {
            let began = Instant::now();
            number += step;
            insert(client, inserts, &sample.renamed(&name(number))).await?;
            times.add(began.elapsed());
        }
        Ok::<_, String>(times)
    });
    let counted = try_join_all(work).await?;
    Ok(Times::sum(counted).outcome(started.elapsed()))
}

async fn insert(client: &Client, inserts: &[Statement], rows: &[Vec<Cell>]) -> Result<(), String> {
    let all = try_join_all(inserts.iter().zip(rows).map(|(insert, cells)| client.execute_raw(insert, cells)));
    let begun = client.batch_execute("begin");
    let ended = client.batch_execute("commit");
    // Joined in this order they travel in this order, without waiting for one another.
    try_join(try_join(begun, all), ended).await.map_err(failed)?;
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) => n.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
        }
    }

    /// The columns are those the cells were read from.
    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}
