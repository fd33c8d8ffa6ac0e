//! Pages hold every row exactly once, whatever happens between them (task-templates 1.3.3, 1.3.4).

use std::collections::BTreeMap;

use store::{Kind, PageKey, ResourceRow, Store, TaskTemplateFilter};

use crate::test_database::{TestDatabase, add_templates, commit, everywhere, template, update};

everywhere!(
    r1_3_3_pages_are_ordered_and_end,
    r1_3_4_inserts_and_deletes_between_pages_disturb_nobody,
    a_page_is_never_stale,
    resources_come_in_pages_by_subtype,
);

async fn walk(store: &Store, status: Option<&str>, limit: usize) -> Vec<String> {
    let mut seen = Vec::new();
    let mut after: Option<PageKey> = None;
    loop {
        let filter = TaskTemplateFilter { status, name: None };
        let page = store.task_template_page("i", filter, after.as_ref(), limit).await.unwrap();
        assert!(page.count <= limit);
        let ids = ids(&page.items);
        assert_eq!(ids.len(), page.count);
        seen.extend(ids);
        match &page.next {
            Some(next) => after = Some(next.clone()),
            None => return seen,
        }
    }
}

/// The ids in a page's text.
fn ids(items: &str) -> Vec<String> {
    items.split("\"Id\":\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

async fn r1_3_3_pages_are_ordered_and_end(database: TestDatabase) {
    let store = database.open_with_instances().await;
    // Equal times are ordered by id, byte by byte: "B" before "a".
    for (id, created_ms) in [("b", 7), ("a", 7), ("B", 7), ("c", 6), ("d", 8), ("ä", 7), ("a-b", 7), ("aa", 7)] {
        commit(&store, |batch| batch.insert_task_template(&template(id, created_ms))).await.unwrap();
    }
    let ordered = ["c", "B", "a", "a-b", "aa", "b", "ä", "d"];
    for limit in 1..10 {
        assert_eq!(walk(&store, None, limit).await, ordered, "pages of {limit}");
        assert_eq!(walk(&store, Some("ACTIVE"), limit).await, ordered, "pages of {limit}");
        assert_eq!(walk(&store, Some("INACTIVE"), limit).await, [""; 0], "pages of {limit}");
    }
    // A page that ends with the last row says so.
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 8).await.unwrap();
    assert_eq!((page.count, &page.next), (8, &None));
}

async fn r1_3_4_inserts_and_deletes_between_pages_disturb_nobody(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, (0..60).map(|n| format!("t{n:02}")), 100).await;
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut after: Option<PageKey> = None;
    let mut round = 0;
    loop {
        let filter = TaskTemplateFilter::default();
        let page = store.task_template_page("i", filter, after.as_ref(), 7).await.unwrap();
        for id in ids(&page.items) {
            *seen.entry(id).or_default() += 1;
        }
        let Some(next) = page.next.clone() else { break };
        // The last row of a page is deleted, another appears before it, one behind it changes.
        let version = store.task_template("i", &next.id).await.unwrap().unwrap().version;
        commit(&store, |batch| batch.delete_task_template("i", &next.id, version)).await.unwrap();
        commit(&store, |batch| batch.insert_task_template(&template(&format!("new{round}"), 50))).await.unwrap();
        let behind = format!("t{:02}", 59 - round);
        commit(&store, |batch| batch.update_task_template(&update(&behind, 1))).await.unwrap();
        after = Some(next);
        round += 1;
    }
    assert!(round > 5);
    for n in 0..60 {
        assert_eq!(seen.get(&format!("t{n:02}")), Some(&1), "t{n:02}");
    }
    assert_eq!(seen.len(), 60, "what was made before the database the walk had reached is not shown");
}

async fn a_page_is_never_stale(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for n in 0..20 {
        let id = format!("t{n:02}");
        commit(&store, |batch| batch.insert_task_template(&template(&id, n))).await.unwrap();
        assert_eq!(walk(&store, None, 100).await.len(), n as usize + 1);
        commit(&store, |batch| batch.update_task_template(&update(&id, 1))).await.unwrap();
        assert_eq!(walk(&store, Some("ACTIVE"), 100).await.len(), 0);
        let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 100).await.unwrap();
        assert!(page.items.ends_with(&update(&id, 1).summary));
    }
    commit(&store, |batch| batch.delete_task_template("i", "t00", 2)).await.unwrap();
    assert_eq!(walk(&store, None, 100).await.len(), 19);
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    while !store.purge_step("i", 1000).await.unwrap().done {}
    assert_eq!(walk(&store, None, 100).await.len(), 0);
}

async fn resources_come_in_pages_by_subtype(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for n in 0..30 {
        let row = ResourceRow {
            id: format!("f{n:02}"),
            name: format!("f{n:02}"),
            subtype: ["CONTACT_FLOW", "QUEUE_TRANSFER", "AGENT_WHISPER"][n % 3].to_owned(),
            created_ms: (n / 5) as i64,
            ..ResourceRow::default()
        };
        commit(&store, |batch| batch.insert_resource("i", Kind::ContactFlow, &row)).await.unwrap();
    }
    for (subtypes, count) in [
        (&[][..], 30),
        (&["CONTACT_FLOW"], 10),
        (&["CONTACT_FLOW", "QUEUE_TRANSFER", "CONTACT_FLOW"], 20),
        (&["NONE"], 0),
    ] {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = store.resource_page("i", Kind::ContactFlow, subtypes, after.as_ref(), 4).await.unwrap();
            seen.extend(page.items.into_iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), count, "{subtypes:?}");
        assert!(seen.is_sorted(), "{subtypes:?}");
    }
    assert_eq!(store.resource_page("i", Kind::Queue, &[], None, 4).await.unwrap().items.len(), 0);
    assert_eq!(store.resource_page("j", Kind::ContactFlow, &[], None, 4).await.unwrap().items.len(), 0);
}
