//! What metrics count of contacts that have ended, and how long that is kept (administration 5.3.1); the numbers for the operator.

use engine::metrics::fact::ContactFact;
use serde_json::json;
use service::{Command, GAUGE_QUEUES_MAX};
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::{Bench, NOW};

const DAY_MS: i64 = 86_400_000;

/// All facts of the instance, each where its end says.
async fn facts(team: &Team) -> Vec<ContactFact> {
    let store = team.bench.service.store();
    let rows = store.contact_facts(&team.bench.instance, 0, i64::MAX, None, 100).await.expect("facts are read");
    let read = |row: &store::ContactFactRow| {
        let fact: ContactFact = serde_json::from_str(&row.body).expect("a fact is JSON");
        assert_eq!((row.ended_ms, &row.contact_id), (fact.disconnected_ms, &fact.contact_id));
        fact
    };
    rows.iter().map(read).collect()
}

#[tokio::test]
async fn administration_5_3_1_a_contact_counts_from_its_end_on_and_after_contact_work_later() {
    on_teams(async |mut team| {
        let ada = team.user("ada", json!({})).await;
        team.put(&ada, "Available").await;
        let task = team.task("Work").await;
        team.command(&ada, &task, Command::Accept).await;
        assert_eq!(facts(&team).await, [], "it has not ended");
        team.bench.now = NOW + 60_500;
        team.command(&ada, &task, Command::Complete).await;
        let ended = facts(&team).await;
        let agent = ended[0].agent.clone().expect("it was answered");
        assert_eq!((ended.len(), ended[0].disconnected_ms, ended[0].queue_ms), (1, NOW + 60_500, Some(0)));
        assert_eq!((agent.id.as_str(), agent.interaction_ms, agent.acw_ms, agent.acw_end_ms), (&*ada, 60_500, 0, None));
        // What is no matter of metrics leaves it as it is; the end of after-contact work does not.
        let tags = json!({"ContactId": task, "InstanceId": team.bench.instance, "Tags": {"k": "v"}});
        team.bench.send(Op::TagContact, &[], tags).await.ok();
        assert_eq!(facts(&team).await, ended);
        team.bench.now = NOW + 70_500;
        team.command(&ada, &task, Command::Close).await;
        let closed = facts(&team).await;
        let agent = closed[0].agent.clone().expect("it was answered");
        assert_eq!((closed.len(), agent.acw_ms, agent.acw_end_ms), (1, 10_000, Some(NOW + 70_500)));
        // One that nobody had.
        team.put(&ada, "Offline").await;
        let left = team.task("Left").await;
        team.bench.now = NOW + 100_000;
        let stop = json!({"ContactId": left, "InstanceId": team.bench.instance});
        team.bench.send(Op::StopContact, &[], stop).await.ok();
        let both = facts(&team).await;
        assert_eq!((both.len(), &both[0], both[1].contact_id.as_str()), (2, &closed[0], &*left));
        assert!(both[1].agent.is_none() && both[1].is_abandoned());
        assert_eq!((both[1].queue_ms, both[1].left_from_queue), (Some(29_500), true));
    })
    .await;
}

/// As long as records, which is 731 days; then the background work removes them, of every instance.
#[tokio::test]
async fn administration_5_3_1_metrics_are_kept_as_long_as_records() {
    on_teams(async |mut team| {
        let ada = team.user("ada", json!({})).await;
        team.put(&ada, "Available").await;
        let task = team.task("Work").await;
        team.command(&ada, &task, Command::Accept).await;
        team.bench.now = NOW + 60_000;
        team.command(&ada, &task, Command::Complete).await;
        team.command(&ada, &task, Command::Close).await;
        team.put(&ada, "Offline").await;
        let kept = async || {
            let intervals = team.bench.service.store().agent_intervals(&team.bench.instance, 0, i64::MAX, None, 100);
            (facts(&team).await.len(), intervals.await.expect("the ledger is read").len())
        };
        let all = kept().await;
        assert!(all.0 == 1 && all.1 > 1, "{all:?}");
        let background = team.bench.service.background();
        let clean = async |now_ms: i64| while background.step(now_ms).await.expect("it is cleaned") {};
        clean(NOW + 731 * DAY_MS).await;
        assert_eq!(kept().await, all, "what ended just then stays");
        clean(NOW + 60_001 + 731 * DAY_MS).await;
        assert_eq!(kept().await, all, "an hour passes between two looks");
        clean(NOW + 60_001 + 731 * DAY_MS + 3_600_000).await;
        assert_eq!(kept().await, (0, 0));
    })
    .await;
}

/// Tasks, queues and timers of the whole store, for the operator; queues beyond the bound are said to be there.
#[tokio::test]
async fn the_numbers_of_the_store() {
    on_teams(async |mut team| {
        let (ada, basic) = (team.user("ada", json!({})).await, "BasicQueue");
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", basic).await;
        for name in ["First", "Second", "Third"] {
            team.task(name).await;
            team.bench.now += 1_000;
        }
        team.put(&ada, "Available").await;
        let numbers = async |now_ms: i64| team.bench.service.store_numbers(now_ms).await.expect("numbers are read");
        let now = numbers(team.bench.now).await;
        assert_eq!(now.tasks, [("QUEUED".to_owned(), 3)].into());
        assert_eq!((now.late_timers, now.agents), (0, [("ROUTABLE", 1)].into()));
        let gauge = &now.queues[0];
        assert_eq!((now.queues.len(), &gauge.instance_id, &gauge.queue_id), (1, &team.bench.instance, &queue));
        assert_eq!((gauge.numbers.contacts, gauge.numbers.oldest_ms, now.more_queues), (3, Some(NOW), false));
        team.work().await;
        let offered = numbers(team.bench.now).await;
        assert_eq!(offered.tasks, [("OFFERED".to_owned(), 3)].into());
        assert_eq!(offered.queues, [], "what is on offer has left the queue");
        // The offers end after 20 seconds, and nobody acts on it.
        let late = numbers(team.bench.now + 26_000).await;
        assert_eq!((late.late_timers, numbers(team.bench.now + 20_000).await.late_timers), (3, 0));
    })
    .await;
}

#[tokio::test]
async fn the_numbers_of_queues_are_bounded() {
    let bench = Bench::new().await;
    let mut batch = store::Batch::new();
    let row = |n: usize| store::ContactRow {
        instance_id: bench.instance.clone(),
        id: format!("c{n}"),
        state: "QUEUED".to_owned(),
        chain_id: format!("c{n}"),
        association_id: format!("c{n}"),
        enqueued_ms: Some(NOW),
        waiting: Some(store::Waiting { queue_id: format!("q{n}"), ..store::Waiting::default() }),
        body: "{}".to_owned(),
        ..store::ContactRow::default()
    };
    (0..GAUGE_QUEUES_MAX).for_each(|n| batch.insert_contact(&row(n)));
    bench.service.store().commit(batch).await.expect("tasks are written");
    let full = bench.service.store_numbers(NOW).await.expect("numbers are read");
    assert_eq!((full.queues.len(), full.more_queues), (GAUGE_QUEUES_MAX, false));
    let mut batch = store::Batch::new();
    batch.insert_contact(&row(GAUGE_QUEUES_MAX));
    bench.service.store().commit(batch).await.expect("a task is written");
    let more = bench.service.store_numbers(NOW).await.expect("numbers are read");
    assert_eq!((more.queues.len(), more.more_queues), (GAUGE_QUEUES_MAX, true));
}
