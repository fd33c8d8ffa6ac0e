//! Which process works on which shard.

use store::{Conflict, Location, SHARDS, ShardLease};
use tokio::task::JoinSet;

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(a_shard_has_one_owner_at_a_time, of_many_who_claim_one_gets_it, processes_are_seen_and_forgotten);

async fn a_shard_has_one_owner_at_a_time(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(store.is_shared(), matches!(database.location, Location::Postgres { .. }));
    assert!(store.shards().await.unwrap().is_empty());
    commit(&store, |batch| batch.claim_shard(3, "a", 1000, 4000)).await.unwrap();
    let other = commit(&store, |batch| batch.claim_shard(3, "b", 3999, 7000)).await;
    assert_eq!(conflict(other), Conflict::Moved);
    // Its owner keeps it, also after it ran out; when it ran out another may take it.
    commit(&store, |batch| batch.claim_shard(3, "a", 2000, 5000)).await.unwrap();
    commit(&store, |batch| batch.claim_shard(3, "a", 6000, 9000)).await.unwrap();
    commit(&store, |batch| batch.claim_shard(3, "b", 9000, 12_000)).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.claim_shard(3, "a", 9500, 12_500)).await), Conflict::Moved);
    let lease = ShardLease { shard: 3, owner: "b".to_owned(), until_ms: 12_000 };
    assert_eq!(store.shards().await.unwrap(), [lease]);
    commit(&store, |batch| batch.release_shard(3, "a")).await.unwrap();
    assert_eq!(store.shards().await.unwrap().len(), 1);
    commit(&store, |batch| batch.release_shard(3, "b")).await.unwrap();
    assert!(store.shards().await.unwrap().is_empty());
}

async fn of_many_who_claim_one_gets_it(database: TestDatabase) {
    let store = database.open().await;
    let mut running = JoinSet::new();
    for n in 0..8 {
        let store = store.clone();
        running.spawn(async move {
            let mut won = 0;
            for shard in 0..SHARDS {
                let owner = format!("p{n}");
                won += usize::from(commit(&store, |batch| batch.claim_shard(shard, &owner, 0, 100)).await.is_ok());
            }
            won
        });
    }
    let won: usize = running.join_all().await.into_iter().sum();
    assert_eq!(won, SHARDS as usize);
    let shards: Vec<i64> = store.shards().await.unwrap().into_iter().map(|lease| lease.shard).collect();
    assert!(shards.into_iter().eq(0..SHARDS));
}

async fn processes_are_seen_and_forgotten(database: TestDatabase) {
    let store = database.open().await;
    for (id, ms) in [("b", 10), ("a", 20), ("c", 5), ("c", 30)] {
        commit(&store, |batch| batch.process_seen(id, ms)).await.unwrap();
    }
    assert_eq!(store.processes(0).await.unwrap(), ["a", "b", "c"]);
    assert_eq!(store.processes(20).await.unwrap(), ["a", "c"]);
    commit(&store, |batch| batch.forget_process("a")).await.unwrap();
    commit(&store, |batch| batch.forget_processes(30)).await.unwrap();
    assert_eq!(store.processes(0).await.unwrap(), ["c"]);
}
