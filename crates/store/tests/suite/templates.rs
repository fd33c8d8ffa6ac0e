//! Task templates: what is written is what is read, in every version.

use store::{Conflict, TaskTemplateFilter};

use crate::test_database::{TestDatabase, add_templates, commit, conflict, everywhere, template, update};

everywhere!(
    a_new_template_reads_back,
    r3_2_every_update_is_one_version_and_old_ones_stay,
    r4_8_tags_change_neither_version_nor_time,
    r1_5_3_delete_frees_the_name_and_hides_all_versions,
    absent_things_are_none,
    any_text_is_kept_as_it_is,
    r1_3_5_filters_are_exact,
);

async fn a_new_template_reads_back(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let new = template("t", 5);
    commit(&store, |batch| batch.insert_task_template(&new)).await.unwrap();
    for _cold_then_warm in 0..2 {
        let latest = store.task_template("i", "t").await.unwrap().unwrap();
        assert_eq!((latest.version, latest.created_ms, latest.modified_ms), (1, 5, 5));
        assert_eq!((&latest.name, &latest.status, &latest.body), (&new.name, &new.status, &new.body));
        assert_eq!((latest.tags.as_str(), latest.tags_rev), ("", 0));
    }
    assert_eq!(store.task_template_named("i", "name of t").await.unwrap().as_deref(), Some("t"));
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 10).await.unwrap();
    assert_eq!((page.items.as_str(), page.count, &page.next), (new.summary.as_str(), 1, &None));
}

async fn r3_2_every_update_is_one_version_and_old_ones_stay(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    for version in 1..4 {
        commit(&store, |batch| batch.update_task_template(&update("t", version))).await.unwrap();
        let latest = store.task_template("i", "t").await.unwrap().unwrap();
        assert_eq!((latest.version, latest.created_ms, latest.modified_ms), (version + 1, 5, 2000 + version));
        assert_eq!(latest.body, update("t", version).body);
        assert_eq!(latest.status, update("t", version).status);
    }
    for version in 1..5 {
        let found = store.task_template_version("i", "t", version).await.unwrap().unwrap();
        assert_eq!(found.content.version, version);
        assert_eq!(found.content.body, format!("{{\"Id\":\"t\",\"v\":{version}}}"));
        let (status, modified_ms) =
            if version == 1 { ("ACTIVE".to_owned(), 5) } else { (update("t", version - 1).status, 1999 + version) };
        assert_eq!((&found.content.status, found.content.modified_ms), (&status, modified_ms));
    }
    assert_eq!(store.task_template_version("i", "t", 5).await.unwrap(), None);
    assert_eq!(store.task_template_version("i", "t", 0).await.unwrap(), None);
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 10).await.unwrap();
    assert_eq!(page.items, update("t", 3).summary);
}

async fn r4_8_tags_change_neither_version_nor_time(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    store.task_template("i", "t").await.unwrap().unwrap();
    commit(&store, |batch| batch.set_task_template_tags("i", "t", 0, "{\"a\":\"b\"}")).await.unwrap();
    let latest = store.task_template("i", "t").await.unwrap().unwrap();
    assert_eq!((latest.version, latest.modified_ms, latest.tags.as_str(), latest.tags_rev), (1, 5, "{\"a\":\"b\"}", 1));
    // A change of the content leaves the tags alone, and an old version shows the current ones (3.3).
    commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap();
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().tags, "{\"a\":\"b\"}");
    assert_eq!(store.task_template_version("i", "t", 1).await.unwrap().unwrap().tags, "{\"a\":\"b\"}");
    let stale = commit(&store, |batch| batch.set_task_template_tags("i", "t", 0, "")).await;
    assert_eq!(conflict(stale), Conflict::TagsMoved);
    let absent = commit(&store, |batch| batch.set_task_template_tags("i", "u", 0, "")).await;
    assert_eq!(conflict(absent), Conflict::TagsMoved);
}

async fn r1_5_3_delete_frees_the_name_and_hides_all_versions(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap();
    store.task_template("i", "t").await.unwrap().unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.delete_task_template("i", "t", 1)).await), Conflict::Moved);
    commit(&store, |batch| batch.delete_task_template("i", "t", 2)).await.unwrap();
    assert_eq!(store.task_template("i", "t").await.unwrap(), None);
    assert_eq!(store.task_template_version("i", "t", 1).await.unwrap(), None);
    assert_eq!(store.task_template_named("i", "name of t").await.unwrap(), None);
    assert_eq!(conflict(commit(&store, |batch| batch.delete_task_template("i", "t", 2)).await), Conflict::Moved);
    let mut again = template("t2", 9);
    again.name = "name of t".to_owned();
    commit(&store, |batch| batch.insert_task_template(&again)).await.unwrap();
}

async fn absent_things_are_none(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    for (instance, id) in [("i", "u"), ("j", "t"), ("k", "t"), ("", ""), ("i", "t\0"), ("i\0", "t"), ("i", "T")] {
        assert_eq!(store.task_template(instance, id).await.unwrap(), None, "{instance:?} {id:?}");
        assert_eq!(store.task_template_version(instance, id, 1).await.unwrap(), None);
    }
    assert_eq!(store.task_template_named("i", "name of t\0").await.unwrap(), None);
    assert_eq!(store.task_template_named("i", "Name of t").await.unwrap(), None);
    let page = store.task_template_page("k", TaskTemplateFilter::default(), None, 10).await.unwrap();
    assert_eq!((page.items.as_str(), page.count, &page.next), ("", 0, &None));
}

async fn any_text_is_kept_as_it_is(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut new = template("t", 5);
    new.name = "Ünïcödé 🦀 'quote' \"double\" \\ $1 ?1 %_ \u{FFFD}".to_owned();
    new.body = format!("{{\"x\":\"{}\"}}", "日本語\\u0000\t".repeat(5000));
    commit(&store, |batch| batch.insert_task_template(&new)).await.unwrap();
    let latest = store.task_template("i", "t").await.unwrap().unwrap();
    assert_eq!((&latest.name, &latest.body), (&new.name, &new.body));
    assert_eq!(store.task_template_named("i", &new.name).await.unwrap().as_deref(), Some("t"));
}

async fn r1_3_5_filters_are_exact(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, (0..6).map(|n| format!("t{n}")), 5).await;
    for id in ["t1", "t4"] {
        commit(&store, |batch| batch.update_task_template(&update(id, 1))).await.unwrap();
    }
    let count = async |status: Option<&str>, name: Option<&str>| {
        store.task_template_page("i", TaskTemplateFilter { status, name }, None, 10).await.unwrap().count
    };
    assert_eq!(count(None, None).await, 6);
    assert_eq!(count(Some("ACTIVE"), None).await, 4);
    assert_eq!(count(Some("INACTIVE"), None).await, 2);
    assert_eq!(count(Some("inactive"), None).await, 0);
    assert_eq!(count(None, Some("name of t1")).await, 1);
    assert_eq!(count(Some("INACTIVE"), Some("name of t1")).await, 1);
    assert_eq!(count(Some("ACTIVE"), Some("name of t1")).await, 0);
    assert_eq!(count(None, Some("NAME of t1")).await, 0);
}
