//! Documents, versions and aliases of flows and modules.

use sha2::{Digest, Sha256};
use store::{
    Conflict, Error, FlowAliasRow, FlowPart, FlowToRun, FlowVersionRow, Kind, PageKey, ResourceRow, Slot, Store,
};

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    flows_1_14_a_published_document_stays_readable,
    flows_1_5_each_content_comes_with_its_flow_in_one_read,
    flows_1_11_what_is_run,
    flows_1_9_versions_are_listed_by_number_and_deleted,
    flows_1_10_alias_names_are_unique_within_their_owner,
    documents_with_another_hash_are_broken,
    the_second_schema_keeps_what_was_published_under_the_first,
);

const FIRST: &str = "{\"n\": 1}\r\n é";
const SECOND: &str = "{\"n\": 2}";

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn row(id: &str, body: &str) -> ResourceRow {
    ResourceRow {
        id: id.to_owned(),
        name: format!("name of {id}"),
        subtype: "CONTACT_FLOW".to_owned(),
        body: body.to_owned(),
        ..ResourceRow::default()
    }
}

fn version(number: i64, text: &str) -> FlowVersionRow {
    FlowVersionRow {
        number,
        description: (number == 1).then(|| "é".to_owned()),
        contract: if number == 1 { String::new() } else { "{}".to_owned() },
        sha256_hex: hash(text),
        created_ms: 10 + number,
    }
}

fn alias(id: &str, version: i64) -> FlowAliasRow {
    FlowAliasRow {
        id: id.to_owned(),
        name: format!("name of {id}"),
        description: None,
        version,
        created_ms: 20,
        modified_ms: 21,
    }
}

/// A flow "f" with a published content, two versions, an alias of the first and a draft; a flow "d" that is a draft only.
async fn filled(database: &TestDatabase) -> Store {
    let store = database.open_with_instances().await;
    commit(&store, |batch| {
        batch.insert_resource("i", Kind::ContactFlow, &row("f", "{\"State\":\"ACTIVE\"}"));
        batch.put_flow_content("i", "f", Slot::Latest, FIRST);
        batch.insert_flow_version("i", "f", &version(1, FIRST));
        batch.put_flow_content("i", "f", Slot::Latest, SECOND);
        batch.insert_flow_version("i", "f", &version(2, SECOND));
        batch.insert_flow_alias("i", "f", &alias("a", 1));
        batch.put_flow_content("i", "f", Slot::Saved, "draft");
        batch.insert_resource("i", Kind::ContactFlow, &row("d", "{\"State\":\"ARCHIVED\"}"));
        batch.put_flow_content("i", "d", Slot::Saved, "other draft");
    })
    .await
    .unwrap();
    store
}

async fn flows_1_14_a_published_document_stays_readable(database: TestDatabase) {
    let store = filled(&database).await;
    for text in [FIRST, SECOND] {
        assert_eq!(store.flow_document("i", &hash(text)).await.unwrap().as_deref(), Some(text));
        assert_eq!(store.flow_document("i", &hash(text).to_uppercase()).await.unwrap().as_deref(), Some(text));
        assert_eq!(store.flow_document("j", &hash(text)).await.unwrap(), None);
    }
    assert_eq!(store.flow_document("i", &hash("draft")).await.unwrap(), None, "a draft was not published");
    assert_eq!(store.flow_document("i", "nonsense").await.unwrap(), None);
    // Published again, and by another flow: one document.
    commit(&store, |batch| batch.put_flow_content("i", "d", Slot::Latest, FIRST)).await.unwrap();
    commit(&store, |batch| {
        batch.delete_resource("i", Kind::ContactFlow, "f", 0);
        batch.delete_flow_content("i", "f");
        batch.delete_flow_versions("i", "f");
        batch.delete_flow_aliases("i", "f");
    })
    .await
    .unwrap();
    assert_eq!(store.flow_document("i", &hash(SECOND)).await.unwrap().as_deref(), Some(SECOND));
    assert_eq!(store.flow_version("i", "f", 1).await.unwrap(), None);
    assert_eq!(store.flow_alias("i", "f", "a").await.unwrap(), None);
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    while !store.purge_step("i", 10).await.unwrap().done {}
    assert_eq!(store.flow_document("i", &hash(FIRST)).await.unwrap(), None);
}

async fn flows_1_5_each_content_comes_with_its_flow_in_one_read(database: TestDatabase) {
    let store = filled(&database).await;
    let read = async |id: &str, part: FlowPart<'_>| store.flow("i", Kind::ContactFlow, id, part).await.unwrap();
    for (part, content, saved, number) in [
        (FlowPart::Latest, SECOND, false, None),
        (FlowPart::Saved, "draft", true, None),
        (FlowPart::Version(1), FIRST, false, Some(1)),
        (FlowPart::Version(2), SECOND, false, Some(2)),
        (FlowPart::Alias("a"), FIRST, false, Some(1)),
    ] {
        let found = read("f", part).await.unwrap();
        assert_eq!(found.row, row("f", "{\"State\":\"ACTIVE\"}"));
        let text = found.text.unwrap();
        assert_eq!((text.content.as_str(), text.saved), (content, saved), "{part:?}");
        assert_eq!(text.sha256_hex, hash(content));
        assert_eq!(text.version, number.map(|n| version(n, content)));
    }
    for part in [FlowPart::Version(3), FlowPart::Alias("b")] {
        assert_eq!(read("f", part).await.unwrap().text, None, "{part:?}");
    }
    assert_eq!(read("d", FlowPart::Latest).await.unwrap().text, None, "never published");
    assert_eq!(read("d", FlowPart::Saved).await.unwrap().text.unwrap().content, "other draft");
    commit(&store, |batch| {
        batch.insert_resource("i", Kind::FlowModule, &row("m", "{}"));
        batch.put_flow_content("i", "m", Slot::Latest, FIRST);
    })
    .await
    .unwrap();
    let module = store.flow("i", Kind::FlowModule, "m", FlowPart::Saved).await.unwrap().unwrap().text.unwrap();
    assert_eq!((module.content.as_str(), module.saved), (FIRST, false), "no draft: what is published");
    for (id, part) in [("m", FlowPart::Latest), ("x", FlowPart::Alias("a")), ("x", FlowPart::Version(1))] {
        assert_eq!(read(id, part).await, None);
    }
}

async fn flows_1_11_what_is_run(database: TestDatabase) {
    let store = filled(&database).await;
    let run = async |id: &str, part: FlowPart<'_>| store.flow_to_run("i", Kind::ContactFlow, id, part).await.unwrap();
    let due = |text: &str| {
        Some(FlowToRun {
            id: "f".to_owned(),
            name: "name of f".to_owned(),
            flow_type: "CONTACT_FLOW".to_owned(),
            archived: false,
            sha256_hex: hash(text),
        })
    };
    assert_eq!(run("f", FlowPart::Latest).await, due(SECOND));
    assert_eq!(run("f", FlowPart::Version(1)).await, due(FIRST));
    assert_eq!(run("f", FlowPart::Alias("a")).await, due(FIRST));
    // An alias means the version behind it at that moment.
    commit(&store, |batch| batch.update_flow_alias("i", "f", &alias("a", 2))).await.unwrap();
    assert_eq!(run("f", FlowPart::Alias("a")).await, due(SECOND));
    for (id, part) in [
        ("f", FlowPart::Saved),
        ("f", FlowPart::Version(3)),
        ("f", FlowPart::Alias("b")),
        ("d", FlowPart::Latest),
        ("x", FlowPart::Latest),
    ] {
        assert_eq!(run(id, part).await, None, "{id} {part:?}");
    }
    commit(&store, |batch| batch.put_flow_content("i", "d", Slot::Latest, FIRST)).await.unwrap();
    assert!(run("d", FlowPart::Latest).await.unwrap().archived, "flows 1.12");
    assert_eq!(store.flow_to_run("i", Kind::FlowModule, "f", FlowPart::Latest).await.unwrap(), None);
    assert_eq!(store.flow_to_run("j", Kind::ContactFlow, "f", FlowPart::Latest).await.unwrap(), None);
}

async fn flows_1_9_versions_are_listed_by_number_and_deleted(database: TestDatabase) {
    let store = filled(&database).await;
    commit(&store, |batch| (3..=12).for_each(|n| batch.insert_flow_version("i", "f", &version(n, FIRST))))
        .await
        .unwrap();
    let taken = commit(&store, |batch| batch.insert_flow_version("i", "f", &version(12, SECOND))).await;
    assert_eq!(conflict(taken), Conflict::Exists);
    let mut numbers = Vec::new();
    let mut after: Option<PageKey> = None;
    loop {
        let page = store.flow_version_page("i", "f", after.as_ref(), 5).await.unwrap();
        numbers.extend(page.items.iter().map(|version| version.number));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
    assert_eq!(store.flow_version("i", "f", 1).await.unwrap(), Some(version(1, FIRST)));
    commit(&store, |batch| batch.delete_flow_version("i", "f", 2)).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.delete_flow_version("i", "f", 2)).await), Conflict::Moved);
    assert_eq!(store.flow_version("i", "f", 2).await.unwrap(), None);
    assert!(store.flow_version_page("j", "f", None, 5).await.unwrap().items.is_empty());
}

async fn flows_1_10_alias_names_are_unique_within_their_owner(database: TestDatabase) {
    let store = filled(&database).await;
    let named = |id: &str, name: &str| FlowAliasRow { name: name.to_owned(), ..alias(id, 1) };
    let insert = async |owner: &str, alias: FlowAliasRow| {
        commit(&store, |batch| batch.insert_flow_alias("i", owner, &alias)).await
    };
    assert_eq!(conflict(insert("f", named("b", "name of a")).await), Conflict::NameTaken);
    assert_eq!(conflict(insert("f", named("a", "free")).await), Conflict::Exists);
    insert("d", named("b", "name of a")).await.unwrap();
    insert("f", alias("b", 2)).await.unwrap();
    insert("f", alias("c", 2)).await.unwrap();
    let mut changed = FlowAliasRow { description: Some("d".to_owned()), modified_ms: 30, ..named("b", "name of c") };
    let update = async |alias: &FlowAliasRow| commit(&store, |batch| batch.update_flow_alias("i", "f", alias)).await;
    assert_eq!(conflict(update(&changed).await), Conflict::NameTaken);
    changed.name = "new".to_owned();
    update(&changed).await.unwrap();
    assert_eq!(store.flow_alias("i", "f", "b").await.unwrap(), Some(changed.clone()));
    assert_eq!(conflict(update(&alias("x", 1)).await), Conflict::Moved);
    let first = store.flow_alias_page("i", "f", None, 2).await.unwrap();
    assert_eq!(first.items, [alias("a", 1), changed]);
    let rest = store.flow_alias_page("i", "f", first.next.as_ref(), 2).await.unwrap();
    assert_eq!((rest.items, rest.next), (vec![alias("c", 2)], None));
    assert!(store.flow_alias_of_version("i", "f", 2).await.unwrap().is_some());
    commit(&store, |batch| batch.delete_flow_alias("i", "f", "c")).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.delete_flow_alias("i", "f", "c")).await), Conflict::Moved);
    assert_eq!(store.flow_alias_of_version("i", "f", 2).await.unwrap(), None);
    assert!(store.flow_version("i", "f", 2).await.unwrap().is_some(), "the version stays");
}

async fn documents_with_another_hash_are_broken(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = filled(&database).await;
    database.tamper("update flow_document set content = sha256").await;
    let error = store.flow_document("i", &hash(FIRST)).await.unwrap_err();
    assert!(matches!(error, Error::Broken { table: "flow_document", .. }), "{error}");
    let error = store.flow("i", Kind::ContactFlow, "f", FlowPart::Version(1)).await.unwrap_err();
    assert!(matches!(error, Error::Broken { .. }), "{error}");
}

async fn the_second_schema_keeps_what_was_published_under_the_first(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = filled(&database).await;
    store.close().await.unwrap();
    database
        .tamper(
            "drop table flow_document; drop table flow_version; drop table flow_alias; \
             drop table contact; drop table contact_attributes; drop table task_template_deleted; drop table outbox; \
             drop table shard_lease; drop table process; drop table resource_link; drop table agent; \
             drop table agent_interval; drop table contact_fact; drop table agent_proficiency; \
             drop table user_credential; drop table user_session; drop index access_key_page; \
             drop index access_key_session; drop index access_key_expiry; \
             alter table access_key drop column instance_id; alter table access_key drop column user_id; \
             alter table access_key drop column session_id; alter table access_key drop column policies; \
             alter table access_key drop column tags; alter table access_key add column is_admin BIGINT; \
             create index access_key_page on access_key (created_ms, access_key_id); \
             update meta set value = '1' where key = 'schema_version'",
        )
        .await;
    let store = database.open().await;
    assert_eq!(store.flow_document("i", &hash(SECOND)).await.unwrap().as_deref(), Some(SECOND));
    assert_eq!(store.flow_document("i", &hash("draft")).await.unwrap(), None);
}
