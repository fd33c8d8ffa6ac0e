//! Agents: their rows, who is due, at work, idle for longest; the ledger of their time.

use std::collections::BTreeMap;

use store::{
    AgentInterval, AgentProficiency, AgentRow, Batch, Conflict, IdlePage, IdleTimer, IntervalKey, Proficient, SHARDS,
    SLOTS_MAX, Store, shard_of,
};
use tokio::task::JoinSet;

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    agents_are_kept_with_every_column,
    an_agent_has_its_conditions,
    of_one_revision_exactly_one_load_is_taken_on,
    which_agents_are_due_comes_the_longest_due_first,
    the_longest_idle_with_free_slots_come_first,
    the_proficient_are_found_by_how_long_they_are_idle,
    a_new_agent_of_the_same_id_has_no_proficiencies,
    who_is_present_and_who_has_a_profile,
    the_ledger_is_read_in_pages,
    a_deleted_instance_takes_its_agents_along,
);

fn agent(id: &str) -> AgentRow {
    AgentRow {
        instance_id: "i".to_owned(),
        id: id.to_owned(),
        routing_profile_id: "p".to_owned(),
        status_id: "s".to_owned(),
        status_type: "OFFLINE".to_owned(),
        body: format!("{{\"user_id\":\"{id}\"}}"),
        ..AgentRow::default()
    }
}

fn full(id: &str) -> AgentRow {
    AgentRow {
        routing_profile_id: "q".to_owned(),
        status_id: "t".to_owned(),
        status_type: "ROUTABLE".to_owned(),
        used: 3,
        present: true,
        idle_ms: Some(4),
        inbound_ms: Some(5),
        due_ms: Some(6),
        body: "{\"é\":1}".to_owned(),
        ..agent(id)
    }
}

async fn insert(store: &Store, row: &AgentRow) {
    commit(store, |batch| batch.insert_agent(row)).await.unwrap();
}

async fn agents_are_kept_with_every_column(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows = [full("a1"), agent("a2")];
    for row in &rows {
        insert(&store, row).await;
        assert_eq!(store.agent("i", &row.id).await.unwrap().as_ref(), Some(row));
    }
    assert_eq!(store.agent("j", "a1").await.unwrap(), None);
    let many: Vec<String> = (0..40).map(|n| format!("a{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).chain(["a1"]).collect();
    let mut found = store.agents("i", &many).await.unwrap();
    found.sort_by(|left, right| left.id.cmp(&right.id));
    assert_eq!(found, rows);
    assert!(store.agents("i", &[]).await.unwrap().is_empty());

    commit(&store, |batch| batch.update_agent(&full("a2"))).await.unwrap();
    assert_eq!(store.agent("i", "a2").await.unwrap(), Some(AgentRow { rev: 1, ..full("a2") }));
    // And everything that can go goes.
    let emptied = AgentRow { rev: 1, ..agent("a2") };
    commit(&store, |batch| batch.update_agent(&emptied)).await.unwrap();
    assert_eq!(store.agent("i", "a2").await.unwrap(), Some(AgentRow { rev: 2, ..emptied }));
}

async fn an_agent_has_its_conditions(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert(&store, &agent("a")).await;
    assert_eq!(conflict(commit(&store, |batch| batch.insert_agent(&agent("a"))).await), Conflict::Exists);
    let nowhere = AgentRow { instance_id: "k".to_owned(), ..agent("a") };
    assert_eq!(conflict(commit(&store, |batch| batch.insert_agent(&nowhere)).await), Conflict::InstanceGone);
    for moved in [nowhere, agent("b"), AgentRow { rev: 1, ..agent("a") }] {
        assert_eq!(conflict(commit(&store, |batch| batch.update_agent(&moved)).await), Conflict::AgentMoved);
        let gone = commit(&store, |batch| batch.delete_agent(&moved.instance_id, &moved.id, moved.rev)).await;
        assert_eq!(conflict(gone), Conflict::AgentMoved);
    }
    commit(&store, |batch| batch.delete_agent("i", "a", 0)).await.unwrap();
    assert_eq!(store.agent("i", "a").await.unwrap(), None);
    insert(&store, &full("a")).await;
    assert_eq!(store.agent("i", "a").await.unwrap(), Some(full("a")), "a new user of the same id begins anew");
}

async fn of_one_revision_exactly_one_load_is_taken_on(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert(&store, &agent("a")).await;
    for rev in 0..10 {
        let mut running = JoinSet::new();
        for n in 0..8 {
            let row = AgentRow { rev, used: n, ..agent("a") };
            let store = store.clone();
            running.spawn(async move {
                commit(&store, |batch| {
                    // Each writes the same piece of time, as two that read the same revision do.
                    batch.insert_agent_interval(&interval("a", rev, 10 * rev, 10 * rev + 10));
                    batch.update_agent(&row);
                })
                .await
            });
        }
        let (won, lost): (Vec<_>, Vec<_>) = running.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        assert!(lost.into_iter().all(|result| conflict(result) == Conflict::AgentMoved));
        assert_eq!(store.agent("i", "a").await.unwrap().unwrap().rev, rev + 1);
    }
    assert_eq!(store.agent_intervals("i", 0, 1000, None, 100).await.unwrap().len(), 10);
}

async fn which_agents_are_due_comes_the_longest_due_first(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let all: Vec<i64> = (0..SHARDS).collect();
    assert_eq!(store.next_agent_due(&all).await.unwrap(), None);
    let mut wanted = Vec::new();
    let mut batch = Batch::new();
    for n in 0..100_i64 {
        let instance = if n % 7 == 0 { "j" } else { "i" };
        let due_ms = if n % 5 == 0 { None } else { Some(1000 + n * 37 % 100) };
        let row = AgentRow { instance_id: instance.to_owned(), due_ms, ..agent(&format!("a{n}")) };
        batch.insert_agent(&row);
        wanted.extend(due_ms.map(|due_ms| (due_ms, row.id.clone())));
    }
    store.commit(batch).await.unwrap();
    wanted.sort();
    let due = store.due_agents(&all, 1060, 1000).await.unwrap();
    assert!(due.len() > 20);
    let expected = wanted.iter().filter(|(due_ms, _)| *due_ms <= 1060);
    assert!(due.iter().map(|due| (due.due_ms, &due.id)).eq(expected.map(|(due_ms, id)| (*due_ms, id))));
    assert!(due.iter().all(|due| due.shard == shard_of(&due.id)));
    assert_eq!(store.due_agents(&all, 1060, 5).await.unwrap(), due[..5]);
    assert_eq!(store.next_agent_due(&all).await.unwrap(), Some(wanted[0].0));
    let mine = [due[3].shard];
    let some = store.due_agents(&mine, 1060, 1000).await.unwrap();
    assert!(some.contains(&due[3]) && some.iter().all(|due| due.shard == mine[0]));
}

async fn the_longest_idle_with_free_slots_come_first(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut batch = Batch::new();
    let mut rows = Vec::new();
    for n in 0..200_i64 {
        let row = AgentRow {
            routing_profile_id: if n % 5 == 0 { "other" } else { "p" }.to_owned(),
            used: n * 7 % (SLOTS_MAX + 2),
            idle_ms: (n % 11 != 0).then_some(1000 + n * 13 % 40),
            inbound_ms: (n % 11 != 0).then_some(1000 + n * 29 % 60),
            ..agent(&format!("a{n:03}"))
        };
        batch.insert_agent(&row);
        rows.push(row);
    }
    store.commit(batch).await.unwrap();
    for (timer, since) in [
        (IdleTimer::Activity, (|row| row.idle_ms) as fn(&AgentRow) -> Option<i64>),
        (IdleTimer::Inbound, |row| row.inbound_ms),
    ] {
        for used_below in [0, 1, 4, SLOTS_MAX, SLOTS_MAX + 5] {
            let most = used_below.min(SLOTS_MAX);
            let fits = |row: &&AgentRow| row.routing_profile_id == "p" && row.used < most && since(row).is_some();
            let mut wanted: Vec<AgentRow> = rows.iter().filter(fits).cloned().collect();
            wanted.sort_by_key(|row| (since(row), row.id.clone()));
            assert!(used_below == 0 || wanted.len() > 8);
            let mut found: Vec<AgentRow> = Vec::new();
            loop {
                let after = found.last().map(|row| (since(row).unwrap(), row.id.clone()));
                let after = after.as_ref().map(|(since_ms, id)| (*since_ms, id.as_str()));
                let page = IdlePage { timer, used_below, after, limit: 7 };
                let page = store.idle_agents("i", "p", &page).await.unwrap();
                let last = page.len() < 7;
                found.extend(page);
                if last {
                    break;
                }
            }
            assert_eq!(found, wanted, "{timer:?} {used_below}");
        }
    }
    let page = IdlePage { timer: IdleTimer::Activity, used_below: 9, after: None, limit: 9 };
    assert!(store.idle_agents("j", "p", &page).await.unwrap().is_empty());
}

async fn the_proficient_are_found_by_how_long_they_are_idle(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let (mut batch, mut rows) = (Batch::new(), Vec::new());
    for n in 0..60_i64 {
        let row = agent(&format!("a{n:02}"));
        batch.insert_agent(&row);
        let own = |slot: &str, level| AgentProficiency { slot: slot.to_owned(), level };
        let all = [own("s\nx", n % 5 + 1), own("s\ny", 5)];
        batch.set_agent_proficiencies(&row, &all[..if n % 6 == 0 { 0 } else { (n % 2 + 1) as usize }]);
        rows.push((row, n));
    }
    store.commit(batch).await.unwrap();
    // What the rows repeat of the agent follows the agent.
    let mut batch = Batch::new();
    for (row, n) in &mut rows {
        row.routing_profile_id = if *n % 7 == 0 { "other" } else { "p" }.to_owned();
        (row.used, row.idle_ms, row.inbound_ms) = (*n % 4, (*n % 9 != 0).then_some(100 - *n % 20), Some(*n % 3));
        batch.update_agent(row);
        batch.move_agent_proficiencies(row);
        row.rev = 1;
    }
    batch.delete_agent("i", "a01", 1);
    store.commit(batch).await.unwrap();
    for (slot, min, max, timer) in [
        ("s\nx", i64::MIN, i64::MAX, IdleTimer::Activity),
        ("s\nx", 2, 3, IdleTimer::Activity),
        ("s\nx", 4, 5, IdleTimer::Inbound),
        ("s\ny", 5, 9, IdleTimer::Activity),
        ("s\ny", 6, 9, IdleTimer::Activity),
        ("s", 1, 5, IdleTimer::Activity),
    ] {
        let since = |row: &AgentRow| if timer == IdleTimer::Activity { row.idle_ms } else { row.inbound_ms };
        let fits = |(row, n): &&(AgentRow, i64)| {
            let level = match slot {
                "s\nx" if n % 6 != 0 => n % 5 + 1,
                "s\ny" if n % 6 != 0 && n % 2 == 1 => 5,
                _ => return false,
            };
            let mine = row.routing_profile_id == "p" && row.used < 3 && row.id != "a01";
            mine && since(row).is_some() && (min..=max).contains(&level)
        };
        let mut wanted: Vec<AgentRow> = rows.iter().filter(fits).map(|(row, _)| row.clone()).collect();
        wanted.sort_by_key(|row| (since(row), row.id.clone()));
        let mut found: Vec<AgentRow> = Vec::new();
        loop {
            let after = found.last().map(|row| (since(row).unwrap(), row.id.clone()));
            let after = after.as_ref().map(|(since_ms, id)| (*since_ms, id.as_str()));
            let page = IdlePage { timer, used_below: 3, after, limit: 4 };
            let page = store.idle_proficient_agents("i", "p", Proficient { slot, min, max }, &page).await.unwrap();
            let last = page.len() < 4;
            found.extend(page);
            if last {
                break;
            }
        }
        assert_eq!(found, wanted, "{slot:?} {min} {max} {timer:?}");
    }
}

async fn a_new_agent_of_the_same_id_has_no_proficiencies(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let own = [AgentProficiency { slot: "s\nx".to_owned(), level: 1 }];
    let row = |id: &str| AgentRow { idle_ms: Some(1), inbound_ms: Some(1), ..agent(id) };
    for id in ["a01", "a02"] {
        insert(&store, &row(id)).await;
        commit(&store, |batch| batch.set_agent_proficiencies(&row(id), &own)).await.unwrap();
    }
    commit(&store, |batch| batch.delete_agent("i", "a01", 0)).await.unwrap();
    insert(&store, &row("a01")).await;
    let page = IdlePage { timer: IdleTimer::Activity, used_below: 3, after: None, limit: 100 };
    let wanted = Proficient { slot: "s\nx", min: 1, max: 5 };
    let found = store.idle_proficient_agents("i", "p", wanted, &page).await.unwrap();
    assert_eq!(found.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(), ["a02"]);
}

async fn who_is_present_and_who_has_a_profile(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut batch = Batch::new();
    for n in 0..30 {
        let status_type = ["OFFLINE", "ROUTABLE", "CUSTOM"][n % 3].to_owned();
        let row = AgentRow { present: n % 3 > 0 || n % 2 == 0, status_type, ..agent(&format!("a{n:02}")) };
        batch.insert_agent(&AgentRow { routing_profile_id: format!("p{}", n % 4), ..row });
    }
    store.commit(batch).await.unwrap();
    let mut after = String::new();
    let mut found = Vec::new();
    loop {
        let page = store.agents_present("i", &after, 8).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.id.clone();
        found.extend(page.into_iter().map(|row| row.id));
    }
    let wanted: Vec<String> = (0..30).filter(|n| n % 3 > 0 || n % 2 == 0).map(|n| format!("a{n:02}")).collect();
    assert_eq!(found, wanted);
    let first = store.agents_of_profile("i", "p1", "", 5).await.unwrap();
    let rest = store.agents_of_profile("i", "p1", &first[4].id, 5).await.unwrap();
    let ids: Vec<String> = first.into_iter().chain(rest).map(|row| row.id).collect();
    assert_eq!(ids, (0..30).filter(|n| n % 4 == 1).map(|n| format!("a{n:02}")).collect::<Vec<_>>());
    let first = store.agents_present_of_profile("i", "p1", "", 3).await.unwrap();
    let rest = store.agents_present_of_profile("i", "p1", &first[2].id, 30).await.unwrap();
    let ids: Vec<String> = first.into_iter().chain(rest).map(|row| row.id).collect();
    let is_present = |n: &i32| n % 4 == 1 && (n % 3 > 0 || n % 2 == 0);
    assert_eq!(ids, (0..30).filter(is_present).map(|n| format!("a{n:02}")).collect::<Vec<_>>());
    let counts = store.agent_counts().await.unwrap();
    assert_eq!(counts, BTreeMap::from([("ROUTABLE", 10), ("CUSTOM", 10), ("OFFLINE", 5)]));
}

fn interval(user_id: &str, n: i64, start_ms: i64, end_ms: i64) -> AgentInterval {
    AgentInterval {
        instance_id: "i".to_owned(),
        user_id: user_id.to_owned(),
        n,
        start_ms,
        end_ms,
        kind: "STATUS".to_owned(),
        state: "ROUTABLE".to_owned(),
        status_id: Some("s".to_owned()),
        routing_profile_id: "p".to_owned(),
        ..AgentInterval::default()
    }
}

async fn the_ledger_is_read_in_pages(database: TestDatabase) {
    const HOUR: i64 = 3_600_000;
    let store = database.open_with_instances().await;
    let entry = AgentInterval {
        kind: "ENTRY".to_owned(),
        state: "CONNECTING".to_owned(),
        status_id: None,
        hierarchy_path: "/a/b".to_owned(),
        contact_id: Some("c".to_owned()),
        queue_id: Some("q".to_owned()),
        outcome: Some("MISSED".to_owned()),
        ..interval("u0", 99, 30 * HOUR, 30 * HOUR)
    };
    let mut rows = vec![entry];
    for user in 0..5 {
        // Pieces of a day, and pieces of an hour, end to end.
        rows.extend((0..4).map(|n| interval(&format!("u{user}"), n, n * 24 * HOUR, (n + 1) * 24 * HOUR)));
        rows.extend((0..96).map(|n| interval(&format!("u{user}"), 4 + n, n * HOUR, (n + 1) * HOUR)));
    }
    let mut batch = Batch::new();
    rows.iter().for_each(|row| batch.insert_agent_interval(row));
    batch.insert_agent_interval(&AgentInterval { instance_id: "j".to_owned(), ..interval("u0", 0, 0, 50 * HOUR) });
    store.commit(batch).await.unwrap();
    rows.sort_by_key(|row| (row.end_ms, row.user_id.clone(), row.n));
    for (start_ms, end_ms) in
        [(0, 96 * HOUR), (30 * HOUR, 30 * HOUR + 1), (29 * HOUR, 31 * HOUR), (96 * HOUR, 200 * HOUR)]
    {
        let wanted: Vec<_> =
            rows.iter().filter(|row| row.end_ms >= start_ms && row.start_ms < end_ms).cloned().collect();
        assert!(!wanted.is_empty());
        let mut found: Vec<AgentInterval> = Vec::new();
        loop {
            let after =
                found.last().map(|row| IntervalKey { end_ms: row.end_ms, user_id: row.user_id.clone(), n: row.n });
            let page = store.agent_intervals("i", start_ms, end_ms, after.as_ref(), 13).await.unwrap();
            let last = page.len() < 13;
            found.extend(page);
            if last {
                break;
            }
        }
        assert_eq!(found, wanted, "{start_ms} {end_ms}");
    }
    let again = commit(&store, |batch| batch.insert_agent_interval(&rows[0])).await;
    assert_eq!(conflict(again), Conflict::AgentMoved);
}

async fn a_deleted_instance_takes_its_agents_along(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut batch = Batch::new();
    for n in 0..25 {
        let row = AgentRow { due_ms: Some(n), ..agent(&format!("a{n}")) };
        batch.insert_agent(&row);
        batch.set_agent_proficiencies(&row, &[AgentProficiency { slot: "s".to_owned(), level: 1 }]);
        batch.insert_agent_interval(&interval(&format!("a{n}"), 0, 0, n));
    }
    batch.insert_agent(&AgentRow { instance_id: "j".to_owned(), ..agent("a0") });
    store.commit(batch).await.unwrap();
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    let mut removed = 0;
    loop {
        let step = store.purge_step("i", 10).await.unwrap();
        removed += step.removed;
        if step.done {
            break;
        }
    }
    assert_eq!(removed, 75);
    let all: Vec<i64> = (0..SHARDS).collect();
    assert!(store.due_agents(&all, i64::MAX, 10).await.unwrap().is_empty());
    assert!(store.agent("j", "a0").await.unwrap().is_some());
}
