//! A database of each past release opens and holds what it held.
//!
//! `tests/fixtures/schema_NNNN.<engine>.sql` is a dump of the rows below as the release with that schema wrote them. When
//! a release changes the schema, add its dump with
//! `cargo test -p store --test suite write_a_fixture -- --ignored` (it needs `pg_dump`), and never edit an old one.
//! `resources_0003.sql` holds rows that its release wrote of real resources, from which links are derived; `contacts_0004.sql`
//! rows of real tasks, from which agents and the order of what waits are, and `contacts_0008.sql` more that have ended, which
//! metrics count.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use rusqlite::types::ValueRef;
use store::{
    AccessKeyRow, AgentRow, Conflict, ContactRow, Kind, Location, NewOutboxRow, OnDelete, OpenOptions, ResourceRow,
    Slot, Store, TaskTemplateFilter, TokenClaim,
};

use crate::test_database::{TestDatabase, commit, conflict, contact, instance, template, update};

fn fixture(schema: &str, engine: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema_{schema}.{engine}.sql"))
}

/// The schemas of past releases, and the one under construction.
const SCHEMAS: [&str; 4] = ["0001", "0003", "0004", "0008"];

#[tokio::test]
async fn sqlite() {
    for schema in SCHEMAS {
        let database = TestDatabase::sqlite();
        std::fs::create_dir_all(database.dir()).unwrap();
        let text = std::fs::read_to_string(fixture(schema, "sqlite")).unwrap();
        database.tamper(&text).await;
        add_rows(&database, schema).await;
        check(&database.open().await, schema).await;
    }
}

/// Resources that name each other, for schemas from before links; users and their tasks, for those from before agents.
async fn add_rows(database: &TestDatabase, schema: &str) {
    match schema {
        "0003" => database.tamper(include_str!("../fixtures/resources_0003.sql")).await,
        "0004" => database.tamper(include_str!("../fixtures/contacts_0004.sql")).await,
        "0008" => database.tamper(include_str!("../fixtures/contacts_0008.sql")).await,
        _ => {}
    }
}

#[tokio::test]
async fn postgres() {
    for schema in SCHEMAS {
        let Some(database) = TestDatabase::postgres().await else { return };
        let text = std::fs::read_to_string(fixture(schema, "postgres")).unwrap();
        database.tamper(&text).await;
        add_rows(&database, schema).await;
        check(&database.open().await, schema).await;
    }
}

#[tokio::test]
#[ignore = "writes the fixture of the schema under construction"]
async fn write_a_fixture() {
    let schema = SCHEMAS[SCHEMAS.len() - 1];
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    fill(&store).await;
    store.close().await.unwrap();
    std::fs::write(fixture(schema, "sqlite"), dump_sqlite(&database)).unwrap();
    let Some(database) = TestDatabase::postgres().await else { return };
    let store = database.open().await;
    fill(&store).await;
    store.close().await.unwrap();
    std::fs::write(fixture(schema, "postgres"), dump_postgres(&database)).unwrap();
}

fn dump_sqlite(database: &TestDatabase) -> String {
    let connection = rusqlite::Connection::open(database.dir().join("taskform.db")).unwrap();
    let mut out = String::new();
    let mut schema = connection.prepare("select sql from sqlite_master where sql is not null order by rowid").unwrap();
    for sql in schema.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        writeln!(out, "{};", sql.unwrap()).unwrap();
    }
    let mut tables = connection.prepare("select name from sqlite_master where type = 'table' order by rowid").unwrap();
    for table in tables.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let table = table.unwrap();
        let mut rows = connection.prepare(&format!("select * from {table} order by 1")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns).map(|n| literal(row.get_ref(n).unwrap())).collect();
            writeln!(out, "insert into {table} values ({});", values.join(", ")).unwrap();
        }
    }
    out
}

fn literal(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(n) => n.to_string(),
        ValueRef::Text(text) => format!("'{}'", std::str::from_utf8(text).unwrap().replace('\'', "''")),
        ValueRef::Blob(bytes) => format!("x'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    }
}

fn dump_postgres(database: &TestDatabase) -> String {
    let Location::Postgres { url } = &database.location else { panic!("a PostgreSQL database has an address") };
    let arguments = ["--inserts", "--no-owner", "--no-privileges", "--dbname", url];
    let output = Command::new("pg_dump").args(arguments).output().expect("pg_dump is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // psql commands and comments are skipped.
    let kept = |line: &&str| !line.starts_with('\\') && !line.starts_with("--") && !line.is_empty();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(kept).map(|line| format!("{line}\n")).collect()
}

fn key() -> AccessKeyRow {
    AccessKeyRow {
        access_key_id: "AKIA0000000000000001".to_owned(),
        account: "000000000000".to_owned(),
        sealed_secret: vec![0, 39, 92, 255],
        token_sha256: Some(vec![7; 32]),
        expires_ms: Some(9),
        created_ms: 8,
        active: true,
        description: "it's \\ a key".to_owned(),
        policies: r#"["administrator"]"#.to_owned(),
        tags: String::new(),
        owner: None,
    }
}

fn queue() -> ResourceRow {
    ResourceRow {
        id: "q".to_owned(),
        name: "Queue; 'one'".to_owned(),
        subtype: "STANDARD".to_owned(),
        body: "{\"a\":\"日本語\"}".to_owned(),
        tags: "{\"t\":\"u\"}".to_owned(),
        created_ms: 5,
        modified_ms: 6,
        ..ResourceRow::default()
    }
}

fn task() -> ContactRow {
    ContactRow { template: Some(("t".to_owned(), 1)), due_ms: Some(70), ..contact("c", 60) }
}

fn told() -> NewOutboxRow {
    NewOutboxRow {
        contact_id: "c".to_owned(),
        sequence: 1,
        instance_id: "i".to_owned(),
        kind: "EVENT".to_owned(),
        body: "{\"it's\":1}".to_owned(),
        created_ms: 60,
    }
}

/// Some of everything.
async fn fill(store: &Store) {
    commit(store, |batch| {
        batch.insert_instance(&instance("i", 1));
        batch.insert_task_template(&template("t", 5));
        batch.update_task_template(&update("t", 1));
        batch.set_task_template_tags("i", "t", 0, "{\"a\":\"b\"}");
        batch.insert_resource("i", Kind::Queue, &queue());
        batch.put_flow_content("i", "f", Slot::Saved, "{ }\n");
        batch.insert_access_key(&key());
        let (scope, token) = ("s".to_owned(), "t".to_owned());
        batch.claim_client_token(
            &TokenClaim { scope, token, request_hash: vec![1], answer: "{}".to_owned(), expires_ms: 100 },
            0,
        );
        batch.put_new_meta("fact", "value");
        batch.insert_contact(&task());
        batch.insert_contact_attributes("i", "c", "{\"a\":\"b\"}");
        batch.put_outbox("sink", &told());
        batch.add_to_counter("i", "task-templates", 1, None);
    })
    .await
    .unwrap();
    commit(store, |batch| batch.insert_instance(&instance("gone", 2))).await.unwrap();
    commit(store, |batch| batch.delete_instance("gone")).await.unwrap();
}

/// All of it is there, and the store can be used.
async fn check(store: &Store, schema: &str) {
    assert_eq!(*store.instance("i").await.unwrap().unwrap(), instance("i", 1));
    let latest = store.task_template("i", "t").await.unwrap().unwrap();
    assert_eq!((latest.version, latest.created_ms, latest.tags.as_str()), (2, 5, "{\"a\":\"b\"}"));
    assert_eq!(latest.body, update("t", 1).body);
    let first = store.task_template_version("i", "t", 1).await.unwrap().unwrap();
    assert_eq!(first.content.body, template("t", 5).body);
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 10).await.unwrap();
    assert_eq!(page.items, update("t", 1).summary);
    assert_eq!(store.resource("i", Kind::Queue, "q").await.unwrap(), Some(queue()));
    assert_eq!(store.flow_content("i", "f", Slot::Saved).await.unwrap().unwrap().content, "{ }\n");
    assert_eq!(store.access_key("AKIA0000000000000001").await.unwrap(), Some(key()));
    assert_eq!(store.client_token("s", "t", 0).await.unwrap().unwrap().answer, "{}");
    assert_eq!(store.meta("fact").await.unwrap().as_deref(), Some("value"));
    assert_eq!(store.counter("i", "task-templates").await.unwrap(), 1);
    assert_eq!(store.purges(10).await.unwrap(), ["gone"]);
    let shards: Vec<i64> = (0..store::SHARDS).collect();
    if schema >= "0003" {
        let (row, attributes) = store.contact_with_attributes("i", "c").await.unwrap().unwrap();
        assert_eq!((row, attributes.unwrap().body.as_str()), (task(), "{\"a\":\"b\"}"));
        // The shard a contact had is the shard it has.
        let due = store.due_contacts(&shards, 70, 9).await.unwrap();
        assert_eq!(due.iter().map(|due| due.shard).collect::<Vec<_>>(), [store::shard_of("c")]);
        assert_eq!(store.outbox_due("sink", &shards, 60, 9).await.unwrap()[0].body, told().body);
    } else {
        assert_eq!(store.next_due(&shards).await.unwrap(), None);
    }
    if schema < "0007" {
        check_attributes(store).await;
    }
    match schema {
        "0003" => {
            check_links(store).await;
            for (counter, n) in [("hours_of_operation", 1), ("routing_profiles", 1), ("security_profiles", 1)] {
                assert_eq!(store.counter("i", counter).await.unwrap(), n, "{counter}");
            }
        }
        "0004" => check_waiting(store).await,
        _ => {}
    }
    if schema >= "0003" {
        check_agents(store, schema).await;
    }
    check_facts(store, schema).await;
    commit(store, |batch| batch.update_task_template(&update("t", 2))).await.unwrap();
    let newest = Store::open(&Location::Memory, OpenOptions::default()).await.unwrap();
    assert_eq!(store.meta("schema_version").await.unwrap(), newest.meta("schema_version").await.unwrap());
}

/// Every instance has the predefined attributes of the system, as `predefined_attributes_0007.json` says, which the engine has to
/// agree with.
async fn check_attributes(store: &Store) {
    let made: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(include_str!("../fixtures/predefined_attributes_0007.json")).unwrap();
    let mut after = None;
    loop {
        let page = store.instance_page(after.as_ref(), 9).await.unwrap();
        for instance in page.items {
            let rows = store.resource_page(&instance.id, Kind::PredefinedAttribute, &[], None, 9).await.unwrap().items;
            assert_eq!(rows.len(), made.len(), "{}", instance.id);
            for (row, (name, body)) in rows.into_iter().zip(&made) {
                assert_eq!(&serde_json::from_str::<serde_json::Value>(&row.body).unwrap(), body);
                let expected = ResourceRow {
                    id: name.clone(),
                    name: name.to_lowercase(),
                    body: row.body.clone(),
                    created_ms: instance.created_ms,
                    modified_ms: instance.created_ms,
                    ..ResourceRow::default()
                };
                assert_eq!(row, expected, "{}", instance.id);
            }
        }
        after = page.next;
        if after.is_none() {
            return;
        }
    }
}

/// Instances of an earlier release, one of which is named like an attribute, and of which one was deleted: its remains get none.
async fn migration_0007(database: TestDatabase, schema: &str, engine: &str) {
    let text = std::fs::read_to_string(fixture(schema, engine)).unwrap();
    database.tamper(&text).await;
    let more = "insert into instance select 'connect:Language', null, status, 7, body, tags, tags_rev, rev from instance where id = 'i'";
    database.tamper(more).await;
    let store = database.open().await;
    check_attributes(&store).await;
    let rows = store.resource_page("connect:Language", Kind::PredefinedAttribute, &[], None, 9).await.unwrap().items;
    assert_eq!(rows.iter().map(|row| row.created_ms).collect::<Vec<_>>(), [7, 7, 7]);
    assert!(store.resource_page("gone", Kind::PredefinedAttribute, &[], None, 9).await.unwrap().items.is_empty());
    // They are resources like others: one of that name cannot be made again.
    let again =
        ResourceRow { id: "connect:Subtype".to_owned(), name: "connect:subtype".to_owned(), ..ResourceRow::default() };
    let taken = commit(&store, |batch| batch.insert_resource("i", Kind::PredefinedAttribute, &again)).await;
    assert!(taken.is_err(), "{taken:?}");
}

#[tokio::test]
async fn b23_the_attributes_of_the_system_are_given_to_every_instance_sqlite() {
    for schema in SCHEMAS.into_iter().filter(|schema| *schema < "0007") {
        let database = TestDatabase::sqlite();
        std::fs::create_dir_all(database.dir()).unwrap();
        migration_0007(database, schema, "sqlite").await;
    }
}

#[tokio::test]
async fn b23_the_attributes_of_the_system_are_given_to_every_instance_postgres() {
    for schema in SCHEMAS.into_iter().filter(|schema| *schema < "0007") {
        let Some(database) = TestDatabase::postgres().await else { return };
        migration_0007(database, schema, "postgres").await;
    }
}

/// A link: role, slot, position, target, what happens when that is deleted, data.
type Expected = (&'static str, &'static str, i64, Kind, &'static str, OnDelete, &'static str);

const PAIR: &str = "{\"Priority\":1,\"Delay\":0}";

/// The links that the rows of `resources_0003.sql` imply.
const LINKS: &[(Kind, &str, &[Expected])] = &[
    (
        Kind::Queue,
        "queue-returns",
        &[
            ("HOURS_OF_OPERATION", "", 0, Kind::HoursOfOperation, "hours", OnDelete::Refuse, ""),
            ("OUTBOUND_FLOW", "", 0, Kind::ContactFlow, "flow-outbound", OnDelete::Keep, ""),
            ("QUICK_CONNECT", "quick-user", 0, Kind::QuickConnect, "quick-user", OnDelete::Drop, ""),
            ("QUICK_CONNECT", "quick-phone", 1, Kind::QuickConnect, "quick-phone", OnDelete::Drop, ""),
        ],
    ),
    (
        Kind::Queue,
        "queue-basic",
        &[("HOURS_OF_OPERATION", "", 0, Kind::HoursOfOperation, "hours", OnDelete::Refuse, "")],
    ),
    (
        Kind::User,
        "user-ada",
        &[
            ("ROUTING_PROFILE", "", 0, Kind::RoutingProfile, "routing", OnDelete::Refuse, ""),
            ("SECURITY_PROFILE", "security", 0, Kind::SecurityProfile, "security", OnDelete::Refuse, ""),
        ],
    ),
    (
        Kind::QuickConnect,
        "quick-user",
        &[
            ("FLOW", "", 0, Kind::ContactFlow, "flow-agent-transfer", OnDelete::Keep, ""),
            ("USER", "", 0, Kind::User, "user-ada", OnDelete::Keep, ""),
        ],
    ),
    (
        Kind::QuickConnect,
        "quick-queue",
        &[
            ("FLOW", "", 0, Kind::ContactFlow, "flow-queue-transfer", OnDelete::Keep, ""),
            ("QUEUE", "", 0, Kind::Queue, "queue-returns", OnDelete::Refuse, ""),
        ],
    ),
    (Kind::QuickConnect, "quick-phone", &[]),
    (
        Kind::RoutingProfile,
        "routing",
        &[
            ("DEFAULT_OUTBOUND_QUEUE", "", 0, Kind::Queue, "queue-basic", OnDelete::Refuse, ""),
            ("QUEUE", "queue-basic/VOICE", 0, Kind::Queue, "queue-basic", OnDelete::Refuse, PAIR),
            ("QUEUE", "queue-basic/CHAT", 1, Kind::Queue, "queue-basic", OnDelete::Refuse, PAIR),
            ("QUEUE", "queue-basic/TASK", 2, Kind::Queue, "queue-basic", OnDelete::Refuse, PAIR),
        ],
    ),
    (Kind::HoursOfOperation, "hours", &[]),
];

/// Links were derived from the rows, and the queue of a user is a separate kind.
async fn check_links(store: &Store) {
    for (kind, id, expected) in LINKS {
        let links = store.links_of("i", *kind, id).await.unwrap();
        let links: Vec<_> = links
            .iter()
            .map(|l| {
                (
                    l.role.as_str(),
                    l.slot.as_str(),
                    l.position,
                    l.to_kind,
                    l.to_id.as_str(),
                    l.on_delete,
                    l.body.as_str(),
                )
            })
            .collect();
        assert_eq!(links, *expected, "{id}");
    }
    let queue = store.resource("i", Kind::AgentQueue, "user-ada").await.unwrap().expect("the queue of a user");
    assert_eq!((queue.name.as_str(), queue.subtype.as_str()), ("user-ada", "AGENT"));
    assert_eq!(store.resource("i", Kind::Queue, "agent/user-ada").await.unwrap(), None);
    let refused = commit(store, |batch| batch.delete_resource("i", Kind::HoursOfOperation, "hours", 0)).await;
    assert_eq!(conflict(refused), Conflict::InUse);
    commit(store, |batch| batch.delete_resource("i", Kind::QuickConnect, "quick-phone", 0)).await.unwrap();
    let quick_connects = store.link_page("i", Kind::Queue, "queue-returns", "QUICK_CONNECT", None, 9).await.unwrap();
    assert_eq!(quick_connects.len(), 1);
}

/// The order of what waited already: priority, then age with its adjustment; apart what not everybody may take.
async fn check_waiting(store: &Store) {
    assert_eq!(store.waiting_queues("i", "", 9).await.unwrap(), ["queue-basic", "user-ada"]);
    let heads = store.waiting_heads("i", "queue-basic", None).await.unwrap();
    let heads: Vec<_> =
        heads.iter().map(|row| (row.waiting.as_ref().unwrap().class.as_str(), row.id.as_str())).collect();
    let apart = [("", "task-urgent"), ("#task-criteria", "task-criteria"), ("Claims", "task-workload")];
    assert_eq!(heads, apart);
    let waiting = store.waiting("i", "queue-basic", "", i64::MAX, None, 9).await.unwrap();
    let waiting: Vec<_> =
        waiting.iter().map(|row| (row.id.as_str(), row.priority, row.since_ms, row.enqueued_ms)).collect();
    let expected = [
        ("task-urgent", 2, 1_767_225_605_000, 1_767_225_605_000),
        ("task-older", 5, 1_767_225_579_000, 1_767_225_609_000),
        ("task-queued", 5, 1_767_225_601_000, 1_767_225_601_000),
    ];
    assert_eq!(waiting, expected);
    assert_eq!(store.waiting("i", "user-ada", "", i64::MAX, None, 9).await.unwrap()[0].id, "task-own-queue");
    let in_steps = store.contact("i", "task-criteria").await.unwrap().unwrap();
    assert_eq!(in_steps.due_ms, Some(1_767_225_673_000), "its first step ends after a minute");
    for id in ["task-offered", "task-connected", "task-paused-queued", "task-over"] {
        assert_eq!(store.contact("i", id).await.unwrap().unwrap().waiting, None, "{id}");
    }
}

/// Metrics have of the tasks that had ended what is in `contact_facts_0009.json`, which the engine has to be able to read.
async fn check_facts(store: &Store, schema: &str) {
    let expected: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/contact_facts_0009.json")).unwrap();
    let rows = store.contact_facts("i", 0, i64::MAX, None, 100).await.unwrap();
    let found = rows.into_iter().map(|row| {
        let body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
        assert_eq!(body["disconnected_ms"], row.ended_ms);
        (row.contact_id, body)
    });
    let expected = expected.get(schema).and_then(serde_json::Value::as_object).cloned().unwrap_or_default();
    assert_eq!(found.collect::<serde_json::Map<_, _>>(), expected, "{schema}");
}

/// Every user is an agent, offline, with the tasks in hand; what is written of each is in `agents_0006.json`, which the engine
/// has to be able to read.
async fn check_agents(store: &Store, schema: &str) {
    let expected: serde_json::Value = serde_json::from_str(include_str!("../fixtures/agents_0006.json")).unwrap();
    let Some(expected) = expected[schema].as_object() else { return };
    for (id, body) in expected {
        let row = store.agent("i", id).await.unwrap().expect("an agent");
        assert_eq!(&serde_json::from_str::<serde_json::Value>(&row.body).unwrap(), body, "{schema} {id}");
        let entries = body["entries"].as_array().unwrap();
        let used = entries.iter().filter(|entry| entry["state"] != "PAUSED").count();
        let columns = AgentRow {
            instance_id: "i".to_owned(),
            id: id.clone(),
            routing_profile_id: "routing".to_owned(),
            status_id: "offline".to_owned(),
            status_type: "OFFLINE".to_owned(),
            used: i64::try_from(used).unwrap(),
            present: !entries.is_empty(),
            body: row.body.clone(),
            ..AgentRow::default()
        };
        assert_eq!(row, columns);
        // And it can be used.
        let available = AgentRow { status_type: "ROUTABLE".to_owned(), idle_ms: Some(5), due_ms: Some(6), ..row };
        commit(store, |batch| batch.update_agent(&available)).await.unwrap();
        let shard = [store::shard_of(id)];
        assert_eq!(store.due_agents(&shard, 6, 9).await.unwrap()[0].id, *id);
    }
    let users = store.agents_of_profile("i", "routing", "", 9).await.unwrap();
    assert_eq!(users.len(), expected.len());
}
