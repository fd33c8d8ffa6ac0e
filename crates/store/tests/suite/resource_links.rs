//! Links between resources: which deletions they prevent, and what is deleted along.

use std::time::Duration;

use store::{Batch, CommitError, Conflict, Kind, Link, Location, OnDelete, Owner, ResourceRow, Store};

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    links_read_back_in_order,
    a_named_resource_is_not_deleted,
    links_go_with_their_owner_and_those_that_may_with_their_target,
    a_delete_never_passes_a_link_that_is_made_at_the_same_time,
    links_of_a_deleted_instance_are_removed,
    pages_of_several_kinds_are_in_one_order,
);

fn row(id: &str) -> ResourceRow {
    ResourceRow {
        id: id.to_owned(),
        name: format!("name of {id}"),
        body: "{}".to_owned(),
        created_ms: 5,
        modified_ms: 5,
        ..ResourceRow::default()
    }
}

fn link(role: &str, slot: &str, position: i64, to: &str, on_delete: OnDelete) -> Link {
    Link {
        role: role.to_owned(),
        slot: slot.to_owned(),
        position,
        to_kind: Kind::Queue,
        to_id: to.to_owned(),
        on_delete,
        body: "{\"Priority\":1}".to_owned(),
    }
}

/// A queue and a resource that names it.
fn make(batch: &mut Batch, id: &str, to: &str, links: &[Link]) {
    batch.insert_resource("i", Kind::RoutingProfile, &row(id));
    batch.require_resource("i", Kind::Queue, to);
    for link in links {
        batch.insert_link("i", Kind::RoutingProfile, id, link);
    }
}

async fn open_with_queues(database: &TestDatabase, ids: &[&str]) -> Store {
    let store = database.open_with_instances().await;
    for id in ids {
        commit(&store, |batch| batch.insert_resource("i", Kind::Queue, &row(id))).await.unwrap();
    }
    store
}

async fn links_read_back_in_order(database: TestDatabase) {
    let store = open_with_queues(&database, &["q", "r"]).await;
    let links = [
        link("DEFAULT", "", 0, "q", OnDelete::Refuse),
        link("QUEUE", "r/TASK", 1, "r", OnDelete::Refuse),
        link("QUEUE", "q/TASK", 2, "q", OnDelete::Drop),
        link("QUEUE", "a/TASK", 3, "gone", OnDelete::Keep),
    ];
    commit(&store, |batch| make(batch, "p", "q", &links)).await.unwrap();
    assert_eq!(store.links_of("i", Kind::RoutingProfile, "p").await.unwrap(), links);
    assert_eq!(store.links_of("j", Kind::RoutingProfile, "p").await.unwrap(), []);
    let page =
        async |after, limit| store.link_page("i", Kind::RoutingProfile, "p", "QUEUE", after, limit).await.unwrap();
    assert_eq!(page(None, 2).await, links[1..3]);
    assert_eq!(page(Some(2), 2).await, links[3..]);
    let owners = async |to, rule| store.link_owners("i", Kind::Queue, to, rule, 9).await.unwrap();
    let owner = |role: &str| Owner { kind: Kind::RoutingProfile, id: "p".to_owned(), role: role.to_owned() };
    assert_eq!(owners("q", OnDelete::Refuse).await, [owner("DEFAULT")]);
    assert_eq!(owners("q", OnDelete::Drop).await, [owner("QUEUE")]);
    let again = commit(&store, |batch| batch.insert_link("i", Kind::RoutingProfile, "p", &links[1])).await;
    assert_eq!(conflict(again), Conflict::LinkTaken);
    commit(&store, |batch| batch.delete_link("i", Kind::RoutingProfile, "p", "QUEUE", "r/TASK")).await.unwrap();
    assert_eq!(owners("r", OnDelete::Refuse).await, []);
}

async fn a_named_resource_is_not_deleted(database: TestDatabase) {
    let store = open_with_queues(&database, &["q"]).await;
    commit(&store, |batch| make(batch, "p", "q", &[link("DEFAULT", "", 0, "q", OnDelete::Refuse)])).await.unwrap();
    let delete = || commit(&store, |batch| batch.delete_resource("i", Kind::Queue, "q", 0));
    assert_eq!(conflict(delete().await), Conflict::InUse);
    assert!(store.resource("i", Kind::Queue, "q").await.unwrap().is_some());
    // An earlier condition is reported first.
    let moved = commit(&store, |batch| batch.delete_resource("i", Kind::Queue, "q", 1)).await;
    assert_eq!(conflict(moved), Conflict::Moved);
    // The same id in another kind or instance is a different resource.
    commit(&store, |batch| batch.insert_resource("i", Kind::User, &row("q"))).await.unwrap();
    commit(&store, |batch| batch.delete_resource("i", Kind::User, "q", 0)).await.unwrap();
    commit(&store, |batch| batch.delete_resource("i", Kind::RoutingProfile, "p", 0)).await.unwrap();
    delete().await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| make(batch, "p", "q", &[])).await), Conflict::Moved);
}

async fn links_go_with_their_owner_and_those_that_may_with_their_target(database: TestDatabase) {
    let store = open_with_queues(&database, &["q", "r"]).await;
    let links = [link("A", "", 0, "q", OnDelete::Drop), link("B", "", 0, "q", OnDelete::Keep)];
    commit(&store, |batch| make(batch, "p", "q", &links)).await.unwrap();
    commit(&store, |batch| batch.delete_resource("i", Kind::Queue, "q", 0)).await.unwrap();
    assert_eq!(store.links_of("i", Kind::RoutingProfile, "p").await.unwrap(), links[1..]);
    commit(&store, |batch| batch.delete_resource("i", Kind::RoutingProfile, "p", 0)).await.unwrap();
    assert_eq!(store.links_of("i", Kind::RoutingProfile, "p").await.unwrap(), []);
    assert_eq!(store.link_owners("i", Kind::Queue, "q", OnDelete::Keep, 9).await.unwrap(), []);
}

/// Whichever wins, no link leads to a deleted resource. On PostgreSQL the two batches are those of two processes, of
/// which one waits for the other's lock and must then see its commit.
async fn a_delete_never_passes_a_link_that_is_made_at_the_same_time(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let other =
        if matches!(database.location, Location::Postgres { .. }) { database.open().await } else { store.clone() };
    let (mut linked, mut deleted) = (0, 0);
    for round in 0..40_u64 {
        let queue = format!("q{round}");
        commit(&store, |batch| batch.insert_resource("i", Kind::Queue, &row(&queue))).await.unwrap();
        let create = async {
            tokio::time::sleep(Duration::from_micros((round % 5) * 200)).await;
            let profile = format!("p{round}");
            let links = [link("DEFAULT", "", 0, &queue, OnDelete::Refuse)];
            commit(&other, |batch| make(batch, &profile, &queue, &links)).await
        };
        let delete = async {
            tokio::time::sleep(Duration::from_micros((round % 3) * 200)).await;
            commit(&store, |batch| batch.delete_resource("i", Kind::Queue, &queue, 0)).await
        };
        let there = |result: &Result<(), CommitError>| result.is_ok();
        let (created, removed) = tokio::join!(create, delete);
        assert!(there(&created) != there(&removed), "{created:?} {removed:?}");
        match (created, removed) {
            (Ok(()), refused) => {
                assert_eq!(conflict(refused), Conflict::InUse);
                linked += 1;
            }
            (refused, _) => {
                assert_eq!(conflict(refused), Conflict::Moved);
                deleted += 1;
            }
        }
        let owners = store.link_owners("i", Kind::Queue, &queue, OnDelete::Refuse, 9).await.unwrap();
        assert_eq!(owners.len(), usize::from(store.resource("i", Kind::Queue, &queue).await.unwrap().is_some()));
    }
    assert_eq!(linked + deleted, 40);
}

/// The delete has begun, and waits, when the link is committed: its check must be a statement that begins afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_a_delete_that_waited_sees_the_link_it_waited_for() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let store = open_with_queues(&database, &["q"]).await;
    let Location::Postgres { url } = &database.location else { panic!("a PostgreSQL database has an address") };
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
        .batch_execute(
            "begin; select 1 from resource where instance_id = 'i' and kind = 'QUEUE' and id = 'q' for key share; \
             insert into resource_link values ('i', 'ROUTING_PROFILE', 'p', 'DEFAULT', '', 0, 'QUEUE', 'q', 'REFUSE', '')",
        )
        .await
        .unwrap();
    let deleting = tokio::spawn({
        let store = store.clone();
        async move { commit(&store, |batch| batch.delete_resource("i", Kind::Queue, "q", 0)).await }
    });
    let waits =
        "select 1 from pg_catalog.pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while client.query(waits, &[]).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    client.batch_execute("commit").await.unwrap();
    assert_eq!(conflict(deleting.await.unwrap()), Conflict::InUse);
    assert!(store.resource("i", Kind::Queue, "q").await.unwrap().is_some());
}

async fn links_of_a_deleted_instance_are_removed(database: TestDatabase) {
    let store = open_with_queues(&database, &["q"]).await;
    commit(&store, |batch| make(batch, "p", "q", &[link("DEFAULT", "", 0, "q", OnDelete::Refuse)])).await.unwrap();
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    while !store.purge_step("i", 10).await.unwrap().done {}
    assert_eq!(store.links_of("i", Kind::RoutingProfile, "p").await.unwrap(), []);
}

async fn pages_of_several_kinds_are_in_one_order(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for (n, id) in ["c", "a", "d", "b"].into_iter().enumerate() {
        let kind = if n % 2 == 0 { Kind::Queue } else { Kind::AgentQueue };
        let new = ResourceRow { created_ms: 5 + n as i64 / 2, ..row(id) };
        commit(&store, |batch| batch.insert_resource("i", kind, &new)).await.unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let kinds = [Kind::Queue, Kind::AgentQueue];
        let page = store.resource_page_of_kinds("i", &kinds, after.as_ref(), 3).await.unwrap();
        seen.extend(page.items.iter().map(|(kind, row)| (*kind, row.id.clone())));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let expected = [(Kind::AgentQueue, "a"), (Kind::Queue, "c"), (Kind::AgentQueue, "b"), (Kind::Queue, "d")];
    assert_eq!(seen, expected.map(|(kind, id)| (kind, id.to_owned())));
}
