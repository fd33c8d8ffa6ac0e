//! Versions of templates that contacts pin (task-templates 3.5, 3.6).

use store::{Conflict, ContactRow, Store};

use crate::test_database::{TestDatabase, add_templates, commit, conflict, contact, everywhere, template, update};

everywhere!(
    r3_6_versions_that_contacts_keep_outlive_the_template,
    r3_6_a_version_that_is_let_go_is_gone,
    r3_6_a_pin_and_a_deletion_never_pass_each_other,
);

fn pinned(id: &str, template: &str, version: i64) -> ContactRow {
    ContactRow { template: Some((template.to_owned(), version)), ..contact(id, 1) }
}

async fn purge_all(store: &Store) {
    for name in store.purges(10).await.unwrap() {
        while !store.purge_step(&name, 10).await.unwrap().done {}
    }
}

async fn version(store: &Store, id: &str, version: i64) -> Option<String> {
    let found = store.task_template_version("i", id, version).await.unwrap()?;
    Some(found.content.body.clone())
}

async fn r3_6_versions_that_contacts_keep_outlive_the_template(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned(), "u".to_owned()], 5).await;
    for version in 1..30 {
        commit(&store, |batch| batch.update_task_template(&update("t", version))).await.unwrap();
    }
    commit(&store, |batch| batch.set_task_template_tags("i", "t", 0, "{\"a\":\"b\"}")).await.unwrap();
    // The current version and one before it, each by several.
    for (n, version) in [30, 30, 4, 4].into_iter().enumerate() {
        commit(&store, |batch| {
            batch.require_task_template("i", "t");
            batch.insert_contact(&pinned(&format!("c{n}"), "t", version));
        })
        .await
        .unwrap();
    }
    commit(&store, |batch| batch.delete_task_template("i", "t", 30)).await.unwrap();
    for purged in [false, true] {
        if purged {
            purge_all(&store).await;
            assert!(store.purges(10).await.unwrap().is_empty());
        }
        assert!(store.task_template("i", "t").await.unwrap().is_none());
        let current = store.task_template_version("i", "t", 30).await.unwrap().unwrap();
        assert_eq!((current.content.version, current.tags.as_str()), (30, ""));
        assert_eq!(current.content.body, update("t", 29).body);
        assert_eq!(version(&store, "t", 4).await, Some(update("t", 3).body));
        for other in [1, 3, 5, 29, 31] {
            assert_eq!(version(&store, "t", other).await, None, "{other} {purged}");
        }
    }
    let gone = commit(&store, |batch| batch.require_task_template("i", "t")).await;
    assert_eq!(conflict(gone), Conflict::Moved);
    // Its name is free; a template that has no pins leaves nothing.
    let again = store::NewTaskTemplate { name: "name of t".to_owned(), ..template("v", 9) };
    commit(&store, |batch| batch.insert_task_template(&again)).await.unwrap();
    commit(&store, |batch| batch.delete_task_template("i", "u", 1)).await.unwrap();
    purge_all(&store).await;
    assert_eq!(version(&store, "u", 1).await, None);
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    assert_eq!(version(&store, "t", 30).await, None);
    purge_all(&store).await;
    if !database.forgets() {
        // Fails when there are rows.
        database.tamper("create table none (n integer check (n = 0))").await;
        for table in ["task_template_deleted", "task_template_version", "contact"] {
            database.tamper(&format!("insert into none select count(*) from {table}")).await;
        }
    }
}

async fn r3_6_a_version_that_is_let_go_is_gone(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned(), "u".to_owned()], 5).await;
    commit(&store, |batch| batch.insert_contact(&pinned("c", "t", 1))).await.unwrap();
    commit(&store, |batch| batch.delete_task_template("i", "t", 1)).await.unwrap();
    assert!(version(&store, "t", 1).await.is_some());
    commit(&store, |batch| {
        batch.require_task_template("i", "u");
        batch.update_contact(&pinned("c", "u", 1));
    })
    .await
    .unwrap();
    assert_eq!(version(&store, "t", 1).await, None);
    assert!(version(&store, "u", 1).await.is_some());
}

async fn r3_6_a_pin_and_a_deletion_never_pass_each_other(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for round in 0..20 {
        let id = format!("t{round}");
        add_templates(&store, [id.clone()], 5).await;
        let pin = commit(&store, |batch| {
            // Another instance first: the two take different lanes.
            if round % 2 == 0 {
                batch.require_instance("j");
            }
            batch.require_task_template("i", &id);
            batch.insert_contact(&pinned(&format!("c{round}"), &id, 1));
        });
        let delete = commit(&store, |batch| batch.delete_task_template("i", &id, 1));
        let (pinned, deleted) = tokio::join!(pin, delete);
        deleted.unwrap();
        purge_all(&store).await;
        match pinned {
            Ok(()) => assert!(version(&store, &id, 1).await.is_some(), "{round}"),
            lost => assert_eq!(conflict(lost), Conflict::Moved),
        }
    }
}
