//! Administrative resources and the content of flows.

use sha2::{Digest, Sha256};
use store::{Conflict, Error, Kind, ResourceRow, Slot};

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    a_resource_of_each_kind_reads_back,
    kinds_do_not_meet,
    resource_conditions_have_their_own_answers,
    several_are_found_at_once,
    flow_content_is_kept_byte_for_byte,
);

fn row(id: &str) -> ResourceRow {
    ResourceRow {
        id: id.to_owned(),
        name: format!("name of {id}"),
        subtype: "SUB".to_owned(),
        body: "{\"a\":1}".to_owned(),
        tags: "{\"t\":\"u\"}".to_owned(),
        created_ms: 5,
        modified_ms: 6,
        ..ResourceRow::default()
    }
}

async fn a_resource_of_each_kind_reads_back(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for kind in Kind::ALL.iter().copied() {
        commit(&store, |batch| batch.insert_resource("i", kind, &row("r"))).await.unwrap();
        assert_eq!(store.resource("i", kind, "r").await.unwrap(), Some(row("r")));
        assert_eq!(store.resource_named("i", kind, "name of r").await.unwrap(), Some(row("r")));
    }
}

async fn kinds_do_not_meet(database: TestDatabase) {
    let store = database.open_with_instances().await;
    commit(&store, |batch| batch.insert_resource("i", Kind::Queue, &row("r"))).await.unwrap();
    assert_eq!(store.resource("i", Kind::User, "r").await.unwrap(), None);
    assert_eq!(store.resource_named("i", Kind::User, "name of r").await.unwrap(), None);
    assert_eq!(store.resource("j", Kind::Queue, "r").await.unwrap(), None);
    assert_eq!(store.resource_named("i", Kind::Queue, "NAME of r").await.unwrap(), None);
}

async fn resource_conditions_have_their_own_answers(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let kind = Kind::QuickConnect;
    commit(&store, |batch| batch.insert_resource("i", kind, &row("r"))).await.unwrap();
    commit(&store, |batch| batch.insert_resource("i", kind, &row("s"))).await.unwrap();
    let same_id = ResourceRow { name: "free".to_owned(), ..row("r") };
    assert_eq!(conflict(commit(&store, |batch| batch.insert_resource("i", kind, &same_id)).await), Conflict::Exists);
    let mut named = row("x");
    named.name = "name of r".to_owned();
    assert_eq!(conflict(commit(&store, |batch| batch.insert_resource("i", kind, &named)).await), Conflict::NameTaken);
    assert_eq!(
        conflict(commit(&store, |batch| batch.insert_resource("k", kind, &row("x"))).await),
        Conflict::InstanceGone
    );

    let mut changed = row("r");
    changed.body = "{}".to_owned();
    changed.modified_ms = 9;
    commit(&store, |batch| batch.update_resource("i", kind, &changed)).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.update_resource("i", kind, &changed)).await), Conflict::Moved);
    let mut clashing = changed.clone();
    clashing.rev = 1;
    clashing.name = "name of s".to_owned();
    assert_eq!(
        conflict(commit(&store, |batch| batch.update_resource("i", kind, &clashing)).await),
        Conflict::NameTaken
    );
    commit(&store, |batch| batch.set_resource_tags("i", kind, "r", 0, "")).await.unwrap();
    assert_eq!(
        conflict(commit(&store, |batch| batch.set_resource_tags("i", kind, "r", 0, "")).await),
        Conflict::TagsMoved
    );
    let expected = ResourceRow { rev: 1, tags: String::new(), tags_rev: 1, ..changed };
    assert_eq!(store.resource("i", kind, "r").await.unwrap(), Some(expected));

    commit(&store, |batch| batch.require_resource("i", kind, "r")).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.delete_resource("i", kind, "r", 0)).await), Conflict::Moved);
    commit(&store, |batch| batch.delete_resource("i", kind, "r", 1)).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.require_resource("i", kind, "r")).await), Conflict::Moved);
    assert_eq!(store.resource("i", kind, "r").await.unwrap(), None);
}

async fn several_are_found_at_once(database: TestDatabase) {
    let store = database.open_with_instances().await;
    commit(&store, |batch| (0..40).for_each(|n| batch.insert_resource("i", Kind::Queue, &row(&format!("q{n}")))))
        .await
        .unwrap();
    let asked: Vec<String> = (20..60).map(|n| format!("q{n}")).collect();
    let mut asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    asked.push("q20");
    let mut found: Vec<String> =
        store.resources("i", Kind::Queue, &asked).await.unwrap().into_iter().map(|row| row.id).collect();
    found.sort();
    assert_eq!(found, (20..40).map(|n| format!("q{n}")).collect::<Vec<_>>());
    assert!(store.resources("i", Kind::Queue, &[]).await.unwrap().is_empty());
}

async fn flow_content_is_kept_byte_for_byte(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let content = "{ \"Version\" :\t\"2019-10-30\",\r\n \"x\": \"日本語 \\u0000\" }  \n";
    commit(&store, |batch| batch.put_flow_content("i", "f", Slot::Latest, content)).await.unwrap();
    let found = store.flow_content("i", "f", Slot::Latest).await.unwrap().unwrap();
    assert_eq!(found.content, content);
    assert_eq!(found.sha256, <[u8; 32]>::from(Sha256::digest(content)));
    assert_eq!(store.flow_content("i", "f", Slot::Saved).await.unwrap(), None);
    commit(&store, |batch| {
        batch.put_flow_content("i", "f", Slot::Saved, "{}");
        batch.put_flow_content("i", "f", Slot::Latest, "[]");
    })
    .await
    .unwrap();
    assert_eq!(store.flow_content("i", "f", Slot::Latest).await.unwrap().unwrap().content, "[]");
    if !database.forgets() {
        database.tamper("update flow_content set sha256 = content").await;
        let error = store.flow_content("i", "f", Slot::Latest).await.unwrap_err();
        assert!(matches!(error, Error::Broken { table: "flow_content", .. }), "{error}");
    }
    commit(&store, |batch| batch.delete_flow_content("i", "f")).await.unwrap();
    assert_eq!(store.flow_content("i", "f", Slot::Saved).await.unwrap(), None);
}
