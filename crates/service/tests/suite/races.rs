//! Many callers at once: quotas are exact, names and tokens are given once, versions are never lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use service::Limits;
use store::{Batch, Kind};
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

/// The window between looking the token up and finding the name taken, again and again.
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
