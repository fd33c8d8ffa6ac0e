//! Instances.

use store::{Conflict, Kind, ResourceRow, Slot};

use crate::test_database::{
    TestDatabase, add_instance, add_templates, commit, conflict, everywhere, instance, template,
};

everywhere!(
    an_instance_reads_back,
    changes_are_seen_at_once,
    instances_come_in_pages,
    a_deleted_instance_hides_its_contents_at_once,
    tags_of_an_instance_leave_the_templates_cached,
    an_instance_comes_with_its_contents_or_not_at_all,
);

async fn an_instance_reads_back(database: TestDatabase) {
    let store = database.open().await;
    let mut row = instance("i", 7);
    row.tags = "{\"a\":\"b\"}".to_owned();
    commit(&store, |batch| batch.insert_instance(&row)).await.unwrap();
    for _cold_then_warm in 0..2 {
        assert_eq!(*store.instance("i").await.unwrap().unwrap(), row);
    }
    assert_eq!(store.instance_by_alias("alias of i").await.unwrap(), Some(row));
    assert!(store.instance_exists("i").await.unwrap());
    assert!(!store.instance_exists("k").await.unwrap());
    // Any number of instances may have no alias.
    for id in ["x", "y"] {
        let mut row = instance(id, 8);
        row.alias = None;
        commit(&store, |batch| batch.insert_instance(&row)).await.unwrap();
        assert_eq!(store.instance(id).await.unwrap().unwrap().alias, None);
    }
}

async fn changes_are_seen_at_once(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut row = (*store.instance("i").await.unwrap().unwrap()).clone();
    row.status = "CREATION_FAILED".to_owned();
    commit(&store, |batch| batch.update_instance(&row)).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.update_instance(&row)).await), Conflict::Moved);
    commit(&store, |batch| batch.set_instance_tags("i", 0, "{}")).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.set_instance_tags("i", 0, "")).await), Conflict::TagsMoved);
    let found = store.instance("i").await.unwrap().unwrap();
    assert_eq!(
        (found.status.as_str(), found.rev, found.tags.as_str(), found.tags_rev),
        ("CREATION_FAILED", 1, "{}", 1)
    );
}

async fn instances_come_in_pages(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..25 {
        add_instance(&store, &format!("i{n:02}"), i64::from(n / 4)).await;
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = store.instance_page(after.as_ref(), 10).await.unwrap();
        seen.extend(page.items.into_iter().map(|row| row.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..25).map(|n| format!("i{n:02}")).collect::<Vec<_>>());
}

async fn a_deleted_instance_hides_its_contents_at_once(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    store.task_template("i", "t").await.unwrap().unwrap();
    store.instance("i").await.unwrap().unwrap();
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    assert_eq!(store.instance("i").await.unwrap(), None);
    assert_eq!(store.task_template("i", "t").await.unwrap(), None);
    assert_eq!(store.task_template_version("i", "t", 1).await.unwrap(), None);
    let result = commit(&store, |batch| batch.insert_task_template(&template("u", 9))).await;
    assert_eq!(conflict(result), Conflict::InstanceGone);
    assert_eq!(conflict(commit(&store, |batch| batch.delete_instance("i")).await), Conflict::InstanceGone);
    assert_eq!(store.purges(10).await.unwrap(), ["i"]);
    // The alias is free again.
    let mut next = instance("k", 9);
    next.alias = Some("alias of i".to_owned());
    commit(&store, |batch| batch.insert_instance(&next)).await.unwrap();
}

async fn an_instance_comes_with_its_contents_or_not_at_all(database: TestDatabase) {
    let store = database.open().await;
    let row =
        |n: i64| ResourceRow { id: format!("r{n}"), name: format!("r{n}"), created_ms: n, ..ResourceRow::default() };
    let fill = |bound: i64| {
        move |batch: &mut store::Batch| {
            batch.insert_instance(&instance("i", 7));
            for n in 0..150 {
                batch.insert_resource("i", Kind::ContactFlow, &row(n));
                batch.put_flow_content("i", &format!("r{n}"), Slot::Latest, "{}");
            }
            batch.add_to_counter("", "instances", 1, Some(bound));
        }
    };
    assert_eq!(conflict(commit(&store, fill(0)).await), Conflict::CounterFull { name: "instances".to_owned() });
    assert_eq!(store.instance("i").await.unwrap(), None);
    assert_eq!(store.resource_page("i", Kind::ContactFlow, &[], None, 10).await.unwrap().items.len(), 0);
    commit(&store, fill(1)).await.unwrap();
    assert_eq!(store.resource_page("i", Kind::ContactFlow, &[], None, 1000).await.unwrap().items.len(), 150);
    assert_eq!(store.counter("", "instances").await.unwrap(), 1);
}

async fn tags_of_an_instance_leave_the_templates_cached(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, (0..50).map(|n| format!("t{n}")), 5).await;
    for n in 0..50 {
        store.task_template("i", &format!("t{n}")).await.unwrap().unwrap();
    }
    let before = store.stats().await.unwrap().cache_bytes;
    commit(&store, |batch| batch.set_instance_tags("i", 0, "{}")).await.unwrap();
    let row = (*store.instance("i").await.unwrap().unwrap()).clone();
    commit(&store, |batch| batch.update_instance(&row)).await.unwrap();
    assert_eq!(store.instance("i").await.unwrap().unwrap().rev, 1);
    assert!(store.stats().await.unwrap().cache_bytes >= before);
    // Its deletion empties the cache, which cannot select the rows of one instance.
    commit(&store, |batch| batch.delete_instance("j")).await.unwrap();
    let after = store.stats().await.unwrap();
    assert!(after.engine == "postgres" || after.cache_bytes < before, "{after:?}");
}
