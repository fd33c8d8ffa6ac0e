//! Many callers at once: quotas are exact, names and tokens are given once, versions are never lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use service::Limits;
use store::{Batch, FlowPart, Kind, Slot};
use wire::Op;

use crate::bench::{Answer, Bench, on_each_engine};

/// Makes `n` calls at once and hands back their answers.
async fn at_once<F>(bench: &Arc<Bench>, n: usize, call: impl Fn(Arc<Bench>, usize) -> F) -> Vec<Answer>
where
    F: Future<Output = Answer> + Send + 'static,
{
    let tasks: Vec<_> = (0..n).map(|i| tokio::spawn(call(Arc::clone(bench), i))).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("no call panics"));
    }
    answers
}

fn count(answers: &[Answer], error: &str) -> usize {
    answers.iter().filter(|answer| answer.error == error).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r2_7_4_concurrent_creates_cannot_overshoot_the_quota() {
    on_each_engine(Limits { task_templates_per_instance: 10, ..Limits::default() }, async |bench| {
        let bench = Arc::new(bench);
        let answers = at_once(&bench, 40, async |bench, i| bench.create(bench.template(&format!("T{i}"))).await).await;
        assert_eq!(count(&answers, ""), 10);
        assert_eq!(count(&answers, "ServiceQuotaExceededException"), 30);
        let list = bench.get(Op::ListTaskTemplates, &[&bench.instance], "").await.ok();
        assert_eq!(list["TaskTemplates"].as_array().map(Vec::len), Some(10));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r2_1_3_concurrent_creates_give_a_name_once() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let answers = at_once(&bench, 20, async |bench, _| bench.create(bench.template("Same")).await).await;
        assert_eq!(count(&answers, ""), 1);
        for refused in answers.iter().filter(|answer| !answer.error.is_empty()) {
            refused.properties(&[("Name", "RESOURCE_NAME_ALREADY_EXISTS")]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r1_1_5_concurrent_equal_calls_create_exactly_one_template() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let answers = at_once(&bench, 20, async |bench, _| {
            let mut body = bench.template("Once");
            body["ClientToken"] = json!("token");
            bench.create(body).await
        })
        .await;
        let ids: BTreeSet<String> = answers.into_iter().map(|answer| answer.ok()["Id"].to_string()).collect();
        assert_eq!(ids.len(), 1);
        let list = bench.get(Op::ListTaskTemplates, &[&bench.instance], "").await.ok();
        assert_eq!(list["TaskTemplates"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

/// The window between looking up the token and finding the name in use, many times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r1_1_5_an_equal_call_never_sees_the_name_that_its_twin_took() {
    let limits = Limits { task_templates_per_instance: 0, contact_flow_modules_per_instance: 0, ..Limits::default() };
    on_each_engine(limits, async |bench| {
        let bench = Arc::new(bench);
        for round in 0..30 {
            let answers = at_once(&bench, 4, move |bench, _| async move {
                let mut body = bench.template(&format!("Twin {round}"));
                body["ClientToken"] = json!(format!("token {round}"));
                bench.create(body).await
            })
            .await;
            let ids: BTreeSet<String> = answers.into_iter().map(|answer| answer.ok()["Id"].to_string()).collect();
            assert_eq!(ids.len(), 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r1_4_6_concurrent_updates_each_make_a_version_of_their_own() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let id = bench.created("Busy").await;
        let answers = at_once(&bench, 12, |bench, i| {
            let id = id.clone();
            async move {
                let mut body = bench.template("Busy");
                body["Description"] = json!(format!("by {i}"));
                bench.update(&id, body).await
            }
        })
        .await;
        let answered: BTreeSet<String> = answers.into_iter().map(|answer| description(&answer.ok())).collect();
        assert_eq!(answered.len(), 12);
        let mut stored = BTreeSet::new();
        for version in 2..=13 {
            stored.insert(description(&bench.read(&id, &format!("snapshotVersion={version}")).await.ok()));
        }
        assert_eq!(stored, answered);
        bench.read(&id, "snapshotVersion=14").await.refused("ResourceNotFoundException");
    })
    .await;
}

fn description(template: &Value) -> String {
    template["Description"].as_str().expect("a description").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r4_3_concurrent_tags_all_arrive() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let arn = bench.template_arn(&bench.created("Tagged").await);
        let answers = at_once(&bench, 12, |bench, i| {
            let arn = arn.clone();
            async move { bench.send(Op::TagResource, &[&arn], json!({"tags": {format!("k{i}"): "v"}})).await }
        })
        .await;
        assert_eq!(count(&answers, ""), 12);
        let tags = bench.get(Op::ListTagsForResource, &[&arn], "").await.ok();
        assert_eq!(tags["tags"].as_object().map(serde_json::Map::len), Some(12));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn b2_many_writers_of_one_template_take_turns() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let id = bench.created("Crowded").await;
        for _ in 0..2 {
            let answers = at_once(&bench, 100, |bench, i| {
                let id = id.clone();
                async move {
                    let mut body = bench.template("Crowded");
                    body["Description"] = json!(format!("by {i}"));
                    bench.update(&id, body).await
                }
            })
            .await;
            assert_eq!(count(&answers, ""), 100);
        }
        assert_eq!(bench.read(&id, "").await.template_version, Some(201));
    })
    .await;
}

/// The second create of a process reads nothing before its commit, until one fails: each condition on a bench of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_reads_nothing_first_answers_like_one_that_does() {
    on_each_engine(Limits::default(), async |bench| {
        bench.created("Taken").await;
        bench.create(bench.template("Taken")).await.properties(&[("Name", "RESOURCE_NAME_ALREADY_EXISTS")]);
    })
    .await;
    on_each_engine(Limits::default(), async |bench| {
        let mut once = bench.template("Once");
        once["ClientToken"] = json!("token");
        let first = bench.create(once.clone()).await.ok();
        assert_eq!(bench.create(once).await.ok(), first);
    })
    .await;
    on_each_engine(Limits { task_templates_per_instance: 1, ..Limits::default() }, async |bench| {
        bench.created("One").await;
        bench.create(bench.template("Two")).await.refused("ServiceQuotaExceededException");
    })
    .await;
}

/// The same for what another process changes after the first create.
#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_reads_nothing_first_sees_what_changed_meanwhile() {
    on_each_engine(Limits::default(), async |bench| {
        bench.created("Before").await;
        let store = bench.service.store();
        let found = store.resource(&bench.instance, Kind::ContactFlow, &bench.flow).await.expect("a read");
        let mut flow = found.expect("the flow is there");
        flow.body = flow.body.replace("\"ACTIVE\"", "\"ARCHIVED\"");
        let mut batch = Batch::new();
        batch.update_resource(&bench.instance, Kind::ContactFlow, &flow);
        store.commit(batch).await.expect("the flow is archived");
        bench.create(bench.template("After")).await.refused("PropertyValidationException");
    })
    .await;
    on_each_engine(Limits::default(), async |bench| {
        bench.created("Before").await;
        let mut batch = Batch::new();
        batch.delete_instance(&bench.instance);
        bench.service.store().commit(batch).await.expect("the instance is deleted");
        bench.create(bench.template("After")).await.refused("ResourceNotFoundException");
    })
    .await;
}

/// A resource that a create or update names is deleted between its reads and its commit: it must be refused as if it
/// had come later.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_write_names_is_a_condition_of_its_commit() {
    let limits =
        Limits { users_per_instance: 0, queues_per_instance: 0, quick_connects_per_instance: 0, ..Limits::default() };
    on_each_engine(limits, async |bench| {
        let bench = Arc::new(bench);
        for case in 0..Named::CASES {
            let named = Named::prepare(&bench, case).await;
            let held = bench.faults.hold_next_commit();
            let call = tokio::spawn({
                let (bench, op, labels, body) = (Arc::clone(&bench), named.op, named.labels, named.body);
                async move {
                    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                    bench.send(op, &labels, body).await
                }
            });
            held.reached().await;
            let store = bench.service.store();
            let row =
                store.resource(&bench.instance, named.kind, &named.id).await.expect("a read").expect("it is there");
            let mut batch = Batch::new();
            batch.delete_resource(&bench.instance, named.kind, &named.id, row.rev);
            store.commit(batch).await.expect("it is deleted");
            held.release();
            let answer = call.await.expect("no call panics");
            let expected = match named.op {
                Op::CreateTaskTemplate | Op::UpdateTaskTemplate => "PropertyValidationException",
                _ => "ResourceNotFoundException",
            };
            assert_eq!(answer.error, expected, "case {case}, {}: {}", named.op.name(), answer.body);
        }
    })
    .await;
}

/// A valid request, and a resource that it names.
struct Named {
    op: Op,
    labels: Vec<String>,
    body: Value,
    kind: Kind,
    id: String,
}

impl Named {
    const CASES: usize = 16;

    #[expect(clippy::too_many_lines, reason = "one entry for each member that names something")]
    async fn prepare(bench: &Bench, case: usize) -> Self {
        let name = format!("case {case}");
        // Copies, so that each case may lose its own.
        let user = copy(bench, Kind::User, &new_user(bench, &format!("u{case}")).await).await;
        let queue = copy(bench, Kind::Queue, &row_named(bench, Kind::Queue, "BasicQueue").await).await;
        let hours =
            copy(bench, Kind::HoursOfOperation, &row_named(bench, Kind::HoursOfOperation, "Basic Hours").await).await;
        let profile =
            copy(bench, Kind::RoutingProfile, &row_named(bench, Kind::RoutingProfile, "Basic Routing Profile").await)
                .await;
        let security =
            copy(bench, Kind::SecurityProfile, &row_named(bench, Kind::SecurityProfile, "Agent").await).await;
        let flow = async |name: &str| copy(bench, Kind::ContactFlow, &bench.flow_named(name).await).await;
        let (plain, to_agent) = (flow("Sample task flow").await, flow("Default agent transfer").await);
        let (to_queue, whisper) = (flow("Default queue transfer").await, flow("Default outbound").await);
        let module = bench.new_module(&name, json!({})).await;
        let quick_connect = json!({"Name": format!("quick {case}"), "QuickConnectConfig": {
            "QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}});
        let made = bench.send(Op::CreateQuickConnect, &[&bench.instance], quick_connect).await.ok();
        let quick_connect = made["QuickConnectId"].as_str().expect("an id").to_owned();
        let user_body =
            json!({"Username": format!("new{case}"), "SecurityProfileIds": [security], "RoutingProfileId": profile});
        let queue_body = json!({"Name": name, "HoursOfOperationId": hours, "QuickConnectIds": [quick_connect],
            "OutboundCallerConfig": {"OutboundFlowId": whisper}});
        let connect = |config: Value| json!({"Name": name, "QuickConnectConfig": config});
        let to_user =
            connect(json!({"QuickConnectType": "USER", "UserConfig": {"UserId": user, "ContactFlowId": to_agent}}));
        let of_queue =
            connect(json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": to_queue}}));
        let of_flow = connect(json!({"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": plain}}));
        let mut template = bench.template(&name);
        template["ContactFlowId"] = json!(plain);
        template["ContactHooks"] = json!({"WrapUpFlowId": module});
        let mut assigned = template.clone();
        let field = json!({"Id": {"Name": "Assign to"}, "Type": "QUICK_CONNECT"});
        assigned["Fields"].as_array_mut().expect("fields").push(field);
        assigned["Defaults"] =
            json!({"DefaultFieldValues": [{"Id": {"Name": "Assign to"}, "DefaultValue": quick_connect}]});
        let instance = bench.instance.clone();
        let external = |more: Value| {
            let mut body = json!({"InstanceId": instance, "Channel": "TASK", "InitiationMethod": "API"});
            body.as_object_mut().expect("members").extend(more.as_object().expect("members").clone());
            body
        };
        let connected = external(json!({"InitiateAs": "CONNECTED_TO_USER", "UserInfo": {"UserId": user}}));
        let task = bench.send(Op::CreateContact, &[], external(json!({}))).await.ok();
        let transfer = |more: Value| {
            let mut body = json!({"InstanceId": instance, "ContactId": task["ContactId"], "ContactFlowId": bench.flow});
            body.as_object_mut().expect("members").extend(more.as_object().expect("members").clone());
            body
        };
        let of_instance = vec![instance.clone()];
        let (op, labels, body, kind, id) = match case {
            0 => (Op::CreateUser, of_instance, user_body, Kind::SecurityProfile, security),
            1 => (Op::CreateUser, of_instance, user_body, Kind::RoutingProfile, profile),
            2 => (Op::CreateQueue, of_instance, queue_body, Kind::HoursOfOperation, hours),
            3 => (Op::CreateQueue, of_instance, queue_body, Kind::QuickConnect, quick_connect),
            4 => (Op::CreateQueue, of_instance, queue_body, Kind::ContactFlow, whisper),
            5 => (Op::CreateQuickConnect, of_instance, to_user, Kind::User, user),
            6 => (Op::CreateQuickConnect, of_instance, to_user, Kind::ContactFlow, to_agent),
            7 => (Op::CreateQuickConnect, of_instance, of_queue, Kind::Queue, queue),
            8 => (Op::CreateQuickConnect, of_instance, of_queue, Kind::ContactFlow, to_queue),
            9 => (Op::CreateQuickConnect, of_instance, of_flow, Kind::ContactFlow, plain),
            10 => (Op::CreateTaskTemplate, of_instance, template, Kind::ContactFlow, plain),
            11 => (Op::CreateTaskTemplate, of_instance, template, Kind::FlowModule, module),
            12 => {
                let id = bench.created(&name).await;
                assigned["Status"] = json!("ACTIVE");
                (Op::UpdateTaskTemplate, vec![instance.clone(), id], assigned, Kind::QuickConnect, quick_connect)
            }
            13 => (Op::CreateContact, Vec::new(), connected, Kind::User, user),
            14 => (Op::TransferContact, Vec::new(), transfer(json!({"QueueId": queue})), Kind::Queue, queue),
            _ => (Op::TransferContact, Vec::new(), transfer(json!({"UserId": user})), Kind::User, user),
        };
        Self { op, labels, body, kind, id }
    }
}

async fn row_named(bench: &Bench, kind: Kind, name: &str) -> String {
    let row = bench.service.store().resource_named(&bench.instance, kind, name).await.expect("a read");
    row.expect("it came with the instance").id
}

async fn new_user(bench: &Bench, name: &str) -> String {
    let body = json!({
        "Username": name, "SecurityProfileIds": [row_named(bench, Kind::SecurityProfile, "Agent").await],
        "RoutingProfileId": row_named(bench, Kind::RoutingProfile, "Basic Routing Profile").await,
    });
    let made = bench.send(Op::CreateUser, &[&bench.instance], body).await.ok();
    made["UserId"].as_str().expect("an id").to_owned()
}

/// A resource like this one under an id and a name of its own.
async fn copy(bench: &Bench, kind: Kind, id: &str) -> String {
    let store = bench.service.store();
    let mut row = store.resource(&bench.instance, kind, id).await.expect("a read").expect("it is there");
    let copies = store.counter(&bench.instance, "copies").await.expect("a read");
    let new = format!("00000000-0000-4000-8000-{copies:012}");
    row.body = row.body.replace(id, &new);
    (row.name, row.id) = (format!("copy {new}"), new.clone());
    let mut batch = Batch::new();
    batch.insert_resource(&bench.instance, kind, &row);
    if kind == Kind::ContactFlow {
        let flow = store.flow(&bench.instance, kind, id, FlowPart::Latest).await.expect("a read").expect("the flow");
        batch.put_flow_content(&bench.instance, &new, Slot::Latest, &flow.text.expect("a content").content);
    }
    batch.add_to_counter(&bench.instance, "copies", 1, None);
    store.commit(batch).await.expect("a copy");
    new
}

/// The instance is a condition of every change of a task: one that was deleted and emptied between a read and its commit
/// is not found, rather than a fault of the server.
#[tokio::test]
async fn a_change_of_a_task_whose_instance_is_deleted_meanwhile_finds_nothing() {
    on_each_engine(Limits::default(), async |bench| {
        let body = json!({"InstanceId": bench.instance, "Name": "Task", "ContactFlowId": bench.flow});
        let task = bench.send(Op::StartTaskContact, &[], body).await.ok()["ContactId"].clone();
        let held = bench.faults.hold_next_commit();
        let body = json!({"InstanceId": bench.instance, "ContactId": task});
        let changed = bench.send(Op::StopContact, &[], body);
        let deleted = async {
            held.reached().await;
            bench.get(Op::DeleteInstance, &[&bench.instance], "").await.ok();
            while bench.service.background().step(bench.now).await.expect("it is emptied") {}
            held.release();
        };
        let (changed, ()) = tokio::join!(changed, deleted);
        changed.refused("ResourceNotFoundException");
    })
    .await;
}
