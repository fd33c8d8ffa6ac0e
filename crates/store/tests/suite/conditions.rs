//! A batch is committed entirely or not at all, and says which condition failed.

use store::{Batch, Conflict, Location, TaskTemplateFilter, TokenClaim};

use crate::test_database::{TestDatabase, add_templates, commit, conflict, everywhere, instance, template, update};

everywhere!(
    each_condition_has_its_own_answer,
    the_first_failed_condition_is_named,
    a_failed_batch_changes_nothing,
    an_expected_success_changes_no_answer,
    batches_can_be_joined,
    an_empty_batch_does_nothing,
);

async fn each_condition_has_its_own_answer(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned(), "u".to_owned()], 5).await;

    let mut same_name = template("v", 9);
    same_name.name = "name of t".to_owned();
    let result = commit(&store, |batch| batch.insert_task_template(&same_name)).await;
    assert_eq!(conflict(result), Conflict::NameTaken);
    // The same name in another instance is no conflict.
    same_name.instance_id = "j".to_owned();
    commit(&store, |batch| batch.insert_task_template(&same_name)).await.unwrap();

    let mut same_id = template("t", 9);
    same_id.name = "free".to_owned();
    let result = commit(&store, |batch| batch.insert_task_template(&same_id)).await;
    assert_eq!(conflict(result), Conflict::Exists);

    let mut nowhere = template("v", 9);
    nowhere.instance_id = "k".to_owned();
    let result = commit(&store, |batch| batch.insert_task_template(&nowhere)).await;
    assert_eq!(conflict(result), Conflict::InstanceGone);

    let mut taken = update("t", 1);
    taken.name = "name of u".to_owned();
    let result = commit(&store, |batch| batch.update_task_template(&taken)).await;
    assert_eq!(conflict(result), Conflict::NameTaken);
    assert_eq!(conflict(commit(&store, |batch| batch.update_task_template(&update("t", 7))).await), Conflict::Moved);
    assert_eq!(conflict(commit(&store, |batch| batch.update_task_template(&update("x", 1))).await), Conflict::Moved);

    assert_eq!(conflict(commit(&store, |batch| batch.require_instance("k")).await), Conflict::InstanceGone);
    commit(&store, |batch| batch.require_instance("i")).await.unwrap();
    let mut same_id = instance("i", 1);
    same_id.alias = Some("another".to_owned());
    assert_eq!(conflict(commit(&store, |batch| batch.insert_instance(&same_id)).await), Conflict::Exists);
    let mut same_alias = instance("k", 1);
    same_alias.alias = Some("alias of i".to_owned());
    assert_eq!(conflict(commit(&store, |batch| batch.insert_instance(&same_alias)).await), Conflict::NameTaken);
}

async fn the_first_failed_condition_is_named(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    let result = commit(&store, |batch| {
        batch.add_to_counter("i", "fine", 1, None);
        batch.add_to_counter("i", "full", 1, Some(0));
        batch.insert_task_template(&template("t", 9));
        batch.update_task_template(&update("t", 7));
    });
    assert_eq!(conflict(result.await), Conflict::NameTaken, "counters run last, whenever they were added");
    let result = commit(&store, |batch| {
        batch.add_to_counter("i", "full", 1, Some(0));
        batch.add_to_counter("i", "also full", 1, Some(0));
    });
    assert_eq!(conflict(result.await), Conflict::CounterFull { name: "also full".to_owned() }, "and by name");
    let mut same_name = template("v", 9);
    same_name.name = "name of t".to_owned();
    let result = commit(&store, |batch| {
        batch.insert_task_template(&same_name);
        batch.add_to_counter("i", "full", 1, Some(0));
    });
    assert_eq!(conflict(result.await), Conflict::NameTaken);
}

async fn a_failed_batch_changes_nothing(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    store.task_template("i", "t").await.unwrap().unwrap();
    let result = commit(&store, |batch| {
        batch.insert_task_template(&template("u", 9));
        batch.update_task_template(&update("t", 1));
        batch.put_new_meta("key", "value");
        batch.add_to_counter("i", "n", 1, None);
        batch.delete_task_template("i", "t", 1);
    });
    assert_eq!(conflict(result.await), Conflict::Moved);
    assert_eq!(store.task_template("i", "u").await.unwrap(), None);
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 1);
    assert_eq!(store.task_template_version("i", "t", 2).await.unwrap(), None);
    assert_eq!(store.meta("key").await.unwrap(), None);
    assert_eq!(store.counter("i", "n").await.unwrap(), 0);
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 9).await.unwrap();
    assert_eq!(page.count, 1);
}

/// A batch that expects to succeed, alone or among others, is committed or not as any other, with the same answers.
async fn an_expected_success_changes_no_answer(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let create = |id: &str, name: &str, token: &str, bound: i64| {
        let (store, mut new) = (store.clone(), template(id, 5));
        new.name = name.to_owned();
        let claim = TokenClaim {
            scope: "s".to_owned(),
            token: token.to_owned(),
            request_hash: vec![1],
            answer: id.to_owned(),
            expires_ms: 1000,
        };
        async move {
            commit(&store, |batch| {
                batch.insert_task_template(&new);
                batch.claim_client_token(&claim, 5);
                batch.add_to_counter("i", "n", 1, Some(bound));
                batch.expect_success();
            })
            .await
        }
    };
    create("a", "a", "a", 2).await.unwrap();
    if let Location::Postgres { url } = &database.location {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let whole =
            "select 1 from pg_stat_activity where datname = current_database() and query like 'with step0 as (%'";
        let sent = client.query(whole, &[]).await.unwrap().len();
        assert_eq!(sent, usize::from(!database.is_pooled()), "it went as one statement");
    }
    assert_eq!(store.task_template("i", "a").await.unwrap().unwrap().name, "a");
    assert_eq!(conflict(create("b", "a", "b", 2).await), Conflict::NameTaken);
    assert_eq!(conflict(create("a", "b", "b", 2).await), Conflict::Exists);
    assert_eq!(conflict(create("b", "b", "a", 2).await), Conflict::TokenTaken);
    assert_eq!(conflict(create("b", "b", "b", 1).await), Conflict::CounterFull { name: "n".to_owned() });
    assert_eq!(store.task_template("i", "b").await.unwrap(), None);
    assert!(store.client_token("s", "b", 5).await.unwrap().is_none());
    let together = tokio::join!(create("b", "b", "b", 2), create("c", "c", "c", 2), create("d", "a", "d", 9));
    assert_eq!([together.0.is_ok(), together.1.is_ok()].iter().filter(|won| **won).count(), 1);
    assert!(together.2.is_err());
    assert_eq!(store.counter("i", "n").await.unwrap(), 2);
    let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 9).await.unwrap();
    assert_eq!(page.count, 2);
}

async fn batches_can_be_joined(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut batch = Batch::new();
    batch.insert_task_template(&template("t", 5));
    let mut more = Batch::new();
    more.update_task_template(&update("t", 1));
    batch.append(more);
    store.commit(batch).await.unwrap();
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 2);
}

async fn an_empty_batch_does_nothing(database: TestDatabase) {
    let store = database.open().await;
    assert!(Batch::new().is_empty());
    store.commit(Batch::new()).await.unwrap();
}
