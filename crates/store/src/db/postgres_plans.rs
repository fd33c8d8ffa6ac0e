//! PostgreSQL finds rows through the indexes that are made for it. (SQLite's plans are tested in `sqlite`.)

use tokio_postgres::{Client, NoTls};

use super::Postgres;
use crate::OpenOptions;
use crate::sql::Sql;

/// Some thousand rows of each table, most of which no read of what waits or is idle wants.
const FILL: &str = "
insert into contact (instance_id, id, shard, rev, state, chain_id, association_id, name, initiation_method, queue_id, queued_in,
    initiated_ms, enqueued_ms, expires_ms, due_ms, body, wait_queue, wait_class, wait_priority, wait_ms)
  select 'i' || n % 5, 'c' || n, n % 16, 0, state, 'c' || n, 'a' || n / 3, 'name', 'API', 'q' || n % 20,
    case when state <> 'COMPLETED' then 'q' || n % 20 end, n, n, n + 1000, case when state <> 'COMPLETED' then n end,
    repeat('b', 500), case when state = 'QUEUED' then 'q' || n % 20 end, case when state = 'QUEUED' then 'k' || n % 4 end,
    case when state = 'QUEUED' then n % 3 end, case when state = 'QUEUED' then n end
  from (select n, case when n % 10 < 2 then 'QUEUED' when n % 100 = 5 then 'OFFERED' else 'COMPLETED' end as state
    from generate_series(1, 20000) as n) as numbers;
insert into contact_attributes (instance_id, chain_id, rev, body)
  select 'i' || n % 5, 'c' || n, 0, '{}' from generate_series(1, 5000) as n;
insert into task_template_deleted (instance_id, template_id, created_ms)
  select 'i' || n % 5, 't' || n, n from generate_series(1, 5000) as n;
insert into agent (instance_id, id, shard, rev, routing_profile_id, status_id, status_type, used, present, idle_ms, inbound_ms,
    due_ms, body)
  select 'i' || n % 5, 'u' || n, n % 16, 0, 'p' || n % 50, 's', 'ROUTABLE', n % 12, case when n % 4 = 0 then 1 else 0 end,
    case when n % 4 = 0 then n end, case when n % 4 = 0 then n end, case when n % 100 = 0 then n end, repeat('b', 500)
  from generate_series(1, 5000) as n;
insert into agent_proficiency (instance_id, user_id, slot, level, routing_profile_id, used, idle_ms, inbound_ms)
  select instance_id, id, 's' || n, n, routing_profile_id, used, idle_ms, inbound_ms from agent, generate_series(1, 4) as n;
insert into agent_interval (instance_id, end_ms, user_id, n, start_ms, kind, state, routing_profile_id, hierarchy_path)
  select 'i' || n % 5, n, 'u' || n % 100, n, n - 1, 'STATUS', 'ROUTABLE', 'p', '' from generate_series(1, 20000) as n;
insert into contact_fact (instance_id, ended_ms, contact_id, body)
  select 'i' || n % 5, n, 'c' || n, '{}' from generate_series(1, 20000) as n;
insert into counter (instance_id, name, n) select 'i' || n % 5, 'n' || n, 1 from generate_series(1, 5000) as n;
analyze";

/// How many parameters a statement has. Ours hold `$` only before a parameter's number.
fn parameters(text: &str) -> usize {
    let number = |piece: &str| piece.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
    text.split('$').skip(1).filter_map(number).max().unwrap_or(0)
}

async fn plan(client: &Client, sql: &Sql) -> Vec<String> {
    let text = sql.for_postgres();
    let nulls = vec!["null"; parameters(text)].join(", ");
    let nulls = if nulls.is_empty() { nulls } else { format!("({nulls})") };
    client.batch_execute(&format!("deallocate all; prepare statement as {text}")).await.unwrap();
    let lines = client.query(&format!("explain (costs off) execute statement{nulls}"), &[]).await.unwrap();
    lines.iter().map(|line| line.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_read_finds_its_rows_through_its_index() {
    let Some(url) = testkit::pg_url_for_tests().await else { return };
    let _store = Postgres::open(&url, &OpenOptions::default()).await.unwrap();
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(FILL).await.unwrap();
    // A statement that is used again and again is planned without its values.
    client.batch_execute("set plan_cache_mode = force_generic_plan").await.unwrap();
    let files = [
        crate::agent::STATEMENTS,
        crate::agent_interval::STATEMENTS,
        crate::agent_proficiency::STATEMENTS,
        crate::contact::STATEMENTS,
        crate::contact_fact::STATEMENTS,
        crate::contact_attributes::STATEMENTS,
        crate::contact_waiting::STATEMENTS,
        crate::counter::STATEMENTS,
        crate::gauge::STATEMENTS,
    ];
    let mut wrong = Vec::new();
    for sql in files.into_iter().flatten() {
        let text = sql.for_postgres();
        // What a deleted instance leaves is removed wherever it is found first; a gauge counts who is present, over all instances.
        if text.starts_with("delete") && text.contains("limit") || text.ends_with("from agent where present = 1") {
            continue;
        }
        let lines = plan(&client, sql).await;
        let fine = |line: &String| !line.contains("Seq Scan") && !line.contains("Sort") || line.contains("Sort Key");
        let index = index_of(text);
        let through_it = index.is_none_or(|index| lines.iter().any(|line| line.contains(index)));
        if !lines.iter().all(fine) || !through_it {
            wrong.push(format!("{index:?}: {text}\n{}", lines.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The index that is made for a statement.
fn index_of(text: &str) -> Option<&'static str> {
    let indexes = [
        ("p.inbound_ms as since_ms", "agent_proficiency_inbound"),
        ("p.idle_ms as since_ms", "agent_proficiency_idle"),
        ("order by since_ms, id", if text.contains("inbound_ms as since_ms") { "agent_inbound" } else { "agent_idle" }),
        ("routing_profile_id = $2 and present = 1", "agent_present_of_profile"),
        ("and present = 1", "agent_present"),
        ("from agent where shard", "agent_due"),
        ("routing_profile_id = $2 and id > $3", "agent_profile"),
        ("from contact where shard = $1 and due_ms is not null", "contact_due"),
        ("from contact where shard = $1 and due_ms is null", "contact_undue"),
        ("wait_class >", "contact_wait"),
        ("wait_class = ", "contact_wait"),
        ("and queued_in is not null", "contact_offered"),
        ("wait_queue is not null", "contact_wait"),
        ("from agent_interval", "agent_interval_pkey"),
        ("from contact_fact", "contact_fact_pkey"),
        ("from contact_attributes", "contact_attributes_pkey"),
    ];
    let reads = ["select", "with", "(", "delete"].into_iter().any(|word| text.starts_with(word));
    indexes.into_iter().find(|(part, _)| reads && text.contains(part)).map(|(_, index)| index)
}
