//! Removal of the remains of deleted instances and templates.

use std::collections::BTreeMap;

use store::{Kind, Location, ResourceRow, Slot, Store, TaskTemplateFilter};

use crate::test_database::{TestDatabase, add_instance, add_templates, commit, everywhere, instance, template, update};

everywhere!(
    a_purge_removes_everything_in_steps,
    a_purge_misses_no_table,
    r1_5_3_versions_of_a_deleted_template_go_in_steps,
    a_purge_that_fails_blocks_no_other,
    a_purge_of_an_instance_that_exists_is_forgotten,
);

async fn a_purge_removes_everything_in_steps(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, (0..23).map(|n| format!("t{n}")), 5).await;
    let mut other = template("t0", 5);
    other.instance_id = "j".to_owned();
    commit(&store, |batch| {
        batch.insert_task_template(&other);
        let row = ResourceRow { id: "f".to_owned(), name: "f".to_owned(), ..ResourceRow::default() };
        batch.insert_resource("i", Kind::ContactFlow, &row);
        batch.put_flow_content("i", "f", Slot::Latest, "{}");
        batch.add_to_counter("i", "task-templates", 23, None);
    })
    .await
    .unwrap();
    assert!(store.purge_step("i", 10).await.unwrap().done, "an instance that exists is not purged");
    assert!(store.task_template("i", "t0").await.unwrap().is_some());
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    let mut removed = 0;
    loop {
        let step = store.purge_step("i", 10).await.unwrap();
        assert!(step.removed <= 100);
        removed += step.removed;
        if step.done {
            break;
        }
    }
    // 23 templates, 23 versions, flow, content, document, counter.
    assert_eq!(removed, 50);
    assert!(store.purges(10).await.unwrap().is_empty());
    assert_eq!(store.resource("i", Kind::ContactFlow, "f").await.unwrap(), None);
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 10).await.unwrap();
    assert_eq!(page.count, 0);
    assert!(store.task_template("j", "t0").await.unwrap().is_some());
}

/// Every table with an `instance_id`: its columns and their types.
async fn tables(database: &TestDatabase) -> BTreeMap<String, Vec<(String, String)>> {
    let rows: Vec<(String, String, String)> = match &database.location {
        Location::Sqlite { dir } => {
            let connection = rusqlite::Connection::open(dir.join("taskform.db")).unwrap();
            let text = "select m.name, p.name, p.type from sqlite_master m join pragma_table_info(m.name) p \
                        where m.type = 'table' order by 1, p.cid";
            let mut statement = connection.prepare(text).unwrap();
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
            rows.map(Result::unwrap).collect()
        }
        Location::Postgres { url } => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            let text = "select table_name::text, column_name::text, data_type::text from information_schema.columns \
                        where table_schema = current_schema() order by table_name, ordinal_position";
            let rows = client.query(text, &[]).await.unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
        }
        Location::Memory => Vec::new(),
    };
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (table, column, kind) in rows {
        tables.entry(table).or_default().push((column, kind));
    }
    tables.retain(|_table, columns| columns.iter().any(|(column, _)| column == "instance_id"));
    tables
}

async fn a_purge_misses_no_table(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = database.open_with_instances().await;
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    let tables = tables(&database).await;
    assert!(tables.len() >= 6, "{tables:?}");
    for (table, columns) in &tables {
        let values: Vec<&str> = columns
            .iter()
            .map(|(column, kind)| match (column.as_str(), kind.to_lowercase().as_str()) {
                ("instance_id", _) => "'i'",
                (_, "text") => "'x'",
                (_, "integer" | "bigint") => "7",
                (_, "blob") => "x'00'",
                (_, "bytea") => "'x'",
                other => panic!("{table}: {other:?}"),
            })
            .collect();
        database.tamper(&format!("insert into {table} values ({})", values.join(", "))).await;
    }
    finish(&store, "i", 10).await;
    for table in tables.keys() {
        // Fails when the count is not 0.
        database.tamper(&format!("create table empty_{table} (n integer check (n = 0))")).await;
        database
            .tamper(&format!("insert into empty_{table} select count(*) from {table} where instance_id = 'i'"))
            .await;
    }
}

/// Steps until it is done; returns how many rows were removed.
async fn finish(store: &Store, name: &str, rows_max: usize) -> u64 {
    let mut removed = 0;
    loop {
        let step = store.purge_step(name, rows_max).await.unwrap();
        removed += step.removed;
        if step.done {
            return removed;
        }
    }
}

async fn r1_5_3_versions_of_a_deleted_template_go_in_steps(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned(), "u".to_owned()], 5).await;
    for version in 1..25 {
        commit(&store, |batch| batch.update_task_template(&update("t", version))).await.unwrap();
    }
    assert_eq!(store.purge_step("i/t", 10).await.unwrap().removed, 0, "a template that exists is not purged");
    commit(&store, |batch| batch.delete_task_template("i", "t", 25)).await.unwrap();
    assert_eq!(store.task_template_version("i", "t", 3).await.unwrap(), None);
    assert_eq!(store.purges(10).await.unwrap(), ["i/t"]);
    let removed = [10, 10, 5, 0];
    for removed in removed {
        let step = store.purge_step("i/t", 10).await.unwrap();
        assert_eq!((step.removed, step.done), (removed, removed == 0));
    }
    assert!(store.purges(10).await.unwrap().is_empty());
    assert!(store.task_template_version("i", "u", 1).await.unwrap().is_some());
    // A deletion that did not happen notes nothing.
    commit(&store, |batch| batch.delete_task_template("i", "u", 9)).await.unwrap_err();
    assert!(store.purges(10).await.unwrap().is_empty());
    // The removal of the instance takes over the remains of its templates.
    commit(&store, |batch| batch.delete_task_template("i", "u", 1)).await.unwrap();
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    assert_eq!(store.purges(10).await.unwrap(), ["i", "i/u"]);
    finish(&store, "i", 10).await;
    assert!(store.purges(10).await.unwrap().is_empty());
}

async fn a_purge_that_fails_blocks_no_other(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = database.open_with_instances().await;
    add_templates(&store, (0..6).map(|n| format!("t{n}")), 5).await;
    for n in 0..6 {
        // A version before the current one is what a deletion leaves behind.
        commit(&store, |batch| batch.update_task_template(&update(&format!("t{n}"), 1))).await.unwrap();
        commit(&store, |batch| batch.delete_task_template("i", &format!("t{n}"), 2)).await.unwrap();
    }
    let (refuse, allow) = match &database.location {
        Location::Postgres { .. } => (
            "create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'; \
             create trigger refuse before delete on task_template_version for each row \
             when (old.template_id in ('t0', 't1')) execute function refuse()",
            "drop trigger refuse on task_template_version",
        ),
        _ => (
            "create trigger refuse before delete on task_template_version \
             when old.template_id in ('t0', 't1') begin select raise(abort, 'no'); end",
            "drop trigger refuse",
        ),
    };
    database.tamper(refuse).await;
    // As the background does it: a failure ends the round.
    let round = async || {
        for name in store.purges(2).await.unwrap() {
            if store.purge_step(&name, 10).await.is_err() {
                return;
            }
        }
    };
    for _round in 0..12 {
        round().await;
    }
    assert_eq!(store.purges(10).await.unwrap(), ["i/t0", "i/t1"]);
    database.tamper(allow).await;
    for _round in 0..2 {
        round().await;
    }
    assert!(store.purges(10).await.unwrap().is_empty());
}

async fn a_purge_of_an_instance_that_exists_is_forgotten(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    commit(&store, |batch| batch.delete_instance("j")).await.unwrap();
    commit(&store, |batch| batch.insert_instance(&instance("j", 9))).await.unwrap();
    assert_eq!(store.purges(10).await.unwrap(), ["j"]);
    assert!(store.purge_step("j", 10).await.unwrap().done);
    assert!(store.purges(10).await.unwrap().is_empty());
    assert!(store.instance_exists("j").await.unwrap());
    // The note of its next deletion stays.
    commit(&store, |batch| batch.delete_instance("j")).await.unwrap();
    assert_eq!(store.purges(10).await.unwrap(), ["j"]);
    add_instance(&store, "k", 10).await;
    assert_eq!(finish(&store, "k", 10).await, 0);
    assert_eq!(store.purges(10).await.unwrap(), ["j"]);
}
