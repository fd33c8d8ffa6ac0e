//! The agent API without HTTP: the work list, and what is shown where several processes change things (tasks 6).

use std::sync::Arc;

use serde_json::{Value, json};
use service::{AgentAsk, AgentCall, AgentReply, Caller, Command, Door, Limits, Next, Origin, Policies, Service};
use store::{Batch, Kind, Link, Location, OnDelete};
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::{Bench, NOW, process};

fn caller() -> Caller {
    Caller::administrator("123456789012", "AKIDEXAMPLE", "arn:aws:iam::123456789012:user/admin")
}

/// What an agent's request is answered: the body, or the name of the exception.
async fn ask(service: &Service, instance: &str, user: &str, now_ms: i64, ask: AgentAsk<'_>) -> Result<Value, String> {
    let caller = caller();
    let call = AgentCall { caller: &caller, origin: Origin::default(), instance, user, now_ms };
    match service.agent_call(call, ask).await {
        Ok(AgentReply::Done(body)) => Ok(serde_json::from_slice(&body).expect("JSON")),
        Ok(AgentReply::Late(body)) => {
            let body: Value = serde_json::from_slice(&body).expect("JSON");
            assert!(body.get("Entry").is_some() && !body["Message"].as_str().unwrap_or_default().is_empty(), "{body}");
            Err(format!("late: {}", body["Entry"]["State"].as_str().unwrap_or("gone")))
        }
        Err(error) => Err(error.exception.name().to_owned()),
    }
}

async fn asks(team: &Team, user: &str, what: AgentAsk<'_>) -> Result<Value, String> {
    let answer = ask(&team.bench.service, &team.bench.instance, user, team.bench.now, what).await;
    team.work().await;
    answer
}

/// Lets users of the basic routing profile take what waits in BasicQueue.
async fn allow_taking(team: &Team) {
    let profile = team.id_of(Op::ListRoutingProfiles, "RoutingProfileSummaryList", "Basic Routing Profile").await;
    let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
    let link = Link {
        role: "MANUAL_ASSIGNMENT_QUEUE".to_owned(),
        slot: format!("{queue}/TASK"),
        position: 0,
        to_kind: Kind::Queue,
        to_id: queue,
        on_delete: OnDelete::Refuse,
        body: String::new(),
    };
    let mut batch = Batch::new();
    batch.insert_link(&team.bench.instance, Kind::RoutingProfile, &profile, &link);
    team.bench.service.store().commit(batch).await.expect("the link is written");
}

fn ids(list: &Value) -> Vec<String> {
    let contacts = list["Contacts"].as_array().expect("a list").iter();
    contacts.map(|one| one["ContactId"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn tasks_6_the_work_list_is_in_order_and_its_tasks_can_be_taken_once() {
    on_teams(async |mut team| {
        let (ada, bob) = (team.user("ada", json!({})).await, team.user("bob", json!({})).await);
        let mut tasks = Vec::new();
        for n in 0..4 {
            team.bench.now = NOW + n * 1_000;
            tasks.push(team.task(&format!("Task {n}")).await);
        }
        let list = AgentAsk::Worklist { next_token: None };
        assert_eq!(ids(&asks(&team, &ada, list).await.unwrap()), [] as [&str; 0], "no manual assignment queue");
        let take = AgentAsk::Take { contact_id: &tasks[0] };
        assert_eq!(asks(&team, &ada, take).await.unwrap_err(), "AccessDeniedException");
        allow_taking(&team).await;
        for (n, change) in [(3, json!({"QueuePriority": 1})), (2, json!({"QueueTimeAdjustmentSeconds": 60}))] {
            let labels = [team.bench.instance.as_str(), tasks[n].as_str()];
            team.bench.send(Op::UpdateContactRoutingData, &labels, change).await.ok();
        }
        let shown = asks(&team, &ada, list).await.unwrap();
        let order = [3, 2, 0, 1].map(|n: usize| tasks[n].clone());
        assert_eq!(ids(&shown), order, "tasks 3.3.3: priority, then age");
        let first = &shown["Contacts"][0];
        assert_eq!((&first["Priority"], &first["Queue"]["Name"]), (&json!(1), &json!("BasicQueue")));
        assert_eq!((&first["Name"], &first["Enqueued"]), (&json!("Task 3"), &json!("2026-01-01T00:00:03.000Z")));
        let taken = asks(&team, &ada, take).await.unwrap();
        assert_eq!((&taken["ContactId"], &taken["Entry"]["State"]), (&json!(tasks[0]), &json!("CONNECTING")));
        assert_eq!(asks(&team, &ada, take).await.unwrap()["Entry"]["State"], "CONNECTING", "tasks 6.1");
        assert_eq!(asks(&team, &bob, take).await.unwrap_err(), "late: gone", "somebody else has it");
        assert_eq!(ids(&asks(&team, &bob, list).await.unwrap()).len(), 3);
        let accept = AgentAsk::Command { contact_id: &tasks[0], command: Command::Accept };
        assert_eq!(asks(&team, &ada, accept).await.unwrap()["Entry"]["State"], "CONNECTED");
        let unknown = AgentAsk::Take { contact_id: "99999999-9999-4999-8999-999999999999" };
        assert_eq!(asks(&team, &ada, unknown).await.unwrap_err(), "late: gone");
    })
    .await;
}

#[tokio::test]
async fn tasks_6_the_work_list_has_pages_of_a_hundred() {
    on_teams(async |team| {
        let ada = team.user("ada", json!({})).await;
        allow_taking(&team).await;
        let flow = team.bench.flow_named("Sample task flow").await;
        let mut tasks = Vec::new();
        for n in 0..101 {
            tasks.push(team.bench.started(json!({"Name": format!("Task {n}"), "ContactFlowId": flow})).await);
        }
        team.work().await;
        let first = asks(&team, &ada, AgentAsk::Worklist { next_token: None }).await.unwrap();
        let token = first["NextToken"].as_str().expect("there is more");
        let second = asks(&team, &ada, AgentAsk::Worklist { next_token: Some(token) }).await.unwrap();
        assert_eq!((ids(&first).len(), ids(&second).len(), second.get("NextToken")), (100, 1, None));
        let mut all = [ids(&first), ids(&second)].concat();
        all.sort_unstable();
        tasks.sort_unstable();
        assert_eq!(all, tasks, "each once");
    })
    .await;
}

/// tasks 6.1, 6.2
#[tokio::test]
async fn tasks_6_1_every_command_may_be_repeated() {
    on_teams(async |team| {
        let ada = team.user("ada", json!({})).await;
        team.put(&ada, "Available").await;
        let task = team.task("First").await;
        let command = |command| AgentAsk::Command { contact_id: &task, command };
        assert_eq!(asks(&team, &ada, command(Command::Close)).await.unwrap_err(), "late: CONNECTING");
        for _ in 0..2 {
            assert_eq!(asks(&team, &ada, command(Command::Reject)).await.unwrap()["Entry"]["State"], "REJECTED");
        }
        assert_eq!(asks(&team, &ada, command(Command::Accept)).await.unwrap_err(), "late: REJECTED");
        assert_eq!(asks(&team, &ada, command(Command::Close)).await.unwrap()["Entry"], Value::Null);
        for _ in 0..2 {
            assert_eq!(asks(&team, &ada, command(Command::Accept)).await.unwrap()["Entry"]["State"], "CONNECTED");
        }
        for _ in 0..2 {
            assert_eq!(asks(&team, &ada, command(Command::Complete)).await.unwrap()["Entry"]["State"], "ENDED");
        }
        for _ in 0..2 {
            assert_eq!(asks(&team, &ada, command(Command::Close)).await.unwrap()["Entry"], Value::Null);
        }
        assert_eq!(asks(&team, &ada, command(Command::Complete)).await.unwrap()["Entry"], Value::Null);
        assert_eq!(asks(&team, &ada, command(Command::Accept)).await.unwrap_err(), "late: gone");
    })
    .await;
}

#[tokio::test]
async fn a_key_without_policies_may_not_use_the_agent_api() {
    let bench = Bench::new().await;
    let caller = Caller { policies: Policies::Set(Arc::default()), ..caller() };
    let call =
        AgentCall { caller: &caller, origin: Origin::default(), instance: &bench.instance, user: "u", now_ms: NOW };
    let refused = bench.service.agent_call(call, AgentAsk::Templates).await.expect_err("it is refused");
    assert_eq!(refused.exception.name(), "AccessDeniedException");
    for door in Door::ALL {
        assert!(bench.service.may_pass(&call, *door).await.is_err(), "{door:?}");
    }
}

/// What another process changes shows here too, without a commit of this one (tasks 6.3); two hours before its end a task expires
/// soon by itself (tasks 2.11.4).
#[tokio::test]
async fn tasks_6_3_a_change_by_another_process_shows_in_every_window() {
    let Some(url) = testkit::pg_url_for_tests().await else { return };
    let bench = Bench::on(&url).await;
    let team = Team { bench };
    let (service, instance) = (&team.bench.service, team.bench.instance.clone());
    let other = process(&Location::Postgres { url }, Limits::default()).await;
    let ada = team.user("ada", json!({})).await;
    team.put(&ada, "Available").await;
    let task = team.task("First").await;
    let mut here = service.watch_agent(&instance, &ada, NOW).await.expect("she is watched");
    let Some(Next::Snapshot { version, .. }) = here.poll(NOW) else { panic!("it begins with a snapshot") };
    let accept = AgentAsk::Command { contact_id: &task, command: Command::Accept };
    ask(&other, &instance, &ada, NOW + 5, accept).await.expect("she accepts there");
    assert_eq!(here.poll(NOW), None, "nobody has said so yet");
    service.agent_views_step(NOW + 6).await.expect("the sweep");
    let Some(Next::Patch { version: next, json }) = here.poll(NOW + 6) else { panic!("a patch") };
    let patch: Value = serde_json::from_slice(&json).expect("JSON");
    assert!(next > version && patch["Contacts"][&task]["State"] == "CONNECTED", "{patch}");
    let soon = NOW + 7 * 86_400_000 - 2 * 3_600_000;
    service.agent_views_step(soon).await.expect("the sweep");
    let Some(Next::Patch { json, .. }) = here.poll(soon) else { panic!("a patch") };
    let patch: Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(patch["Contacts"][&task]["ExpiresSoon"], true, "{patch}");
}

/// tasks 6.4: a reader costs nothing while it is slow, and begins again when more changed than is remembered.
#[tokio::test]
async fn tasks_6_4_a_slow_reader_begins_again() {
    on_teams(async |team| {
        let ada = team.user("ada", json!({})).await;
        let instance = &team.bench.instance;
        let mut slow = team.bench.service.watch_agent(instance, &ada, NOW).await.expect("she is watched");
        assert!(matches!(slow.poll(NOW), Some(Next::Snapshot { .. })));
        let known = slow.version();
        for n in 0..70 {
            team.put(&ada, if n % 2 == 0 { "Available" } else { "Offline" }).await;
            team.bench.service.agent_views_step(NOW + n).await.expect("it is read");
        }
        assert_eq!(slow.poll(NOW), Some(Next::Behind));
        let mut again = team.bench.service.watch_agent(instance, &ada, NOW).await.expect("she is watched");
        again.resume_after(known);
        assert!(matches!(again.poll(NOW), Some(Next::Snapshot { .. })), "what is not remembered begins with all of it");
        assert_eq!(again.poll(NOW), None);
    })
    .await;
}
