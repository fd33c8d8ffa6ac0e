//! Task templates (task-templates 1.1 to 1.5, 2.7, 3).

use serde_json::json;
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, OTHER_INSTANCE, on_each_engine};

#[tokio::test]
async fn r1_1_2_status_defaults_to_active_and_r1_1_3_times_start_equal() {
    on_each_engine(Limits::default(), async |bench| {
        let created = bench.create(bench.template("Refund")).await.ok();
        let id = created["Id"].as_str().expect("an id");
        assert_eq!(created["Arn"], bench.template_arn(id));
        assert_eq!(created.as_object().map(|o| o.len()), Some(2));
        let read = bench.read(id, "").await;
        assert_eq!(read.template_version, Some(1));
        let read = read.ok();
        assert_eq!(read["Status"], "ACTIVE");
        assert_eq!(read["CreatedTime"], read["LastModifiedTime"]);
        assert_eq!(read["CreatedTime"].as_f64(), Some(NOW as f64 / 1000.0));
    })
    .await;
}

#[tokio::test]
async fn r1_1_4_tags_on_create_are_an_unknown_member() {
    let bench = Bench::new().await;
    let mut body = bench.template("Tagged?");
    body["Tags"] = json!({"a": "b"});
    let id = bench.create(body).await.ok()["Id"].as_str().expect("an id").to_owned();
    assert!(bench.read(&id, "").await.ok().get("Tags").is_none());
}

#[tokio::test]
async fn r1_1_5_client_token_makes_creation_idempotent() {
    on_each_engine(Limits::default(), async |mut bench| {
        let mut body = bench.template("Once");
        body["ClientToken"] = json!("token-1");
        let first = bench.create(body.clone()).await.ok();
        // Member order and nulls do not count.
        let mut again = json!({"ClientToken": "token-1", "Description": null});
        for (key, value) in body.as_object().expect("an object") {
            again[key] = value.clone();
        }
        assert_eq!(bench.create(again).await.ok(), first);
        body["Description"] = json!("other");
        let message = bench.create(body.clone()).await.refused("InvalidParameterException");
        assert!(message.contains("ClientToken was already used with different parameters"), "{message}");
        // A failed call binds nothing.
        let mut failing = bench.template("Once");
        failing["ClientToken"] = json!("token-2");
        failing["Status"] = json!("nonsense");
        bench.create(failing.clone()).await.refused("PropertyValidationException");
        failing["Name"] = json!("Twice");
        failing["Status"] = json!("ACTIVE");
        bench.create(failing).await.ok();
        // After a day the token is free; an empty token counts as absent.
        bench.now += 24 * 60 * 60 * 1000;
        body["Name"] = json!("After a day");
        bench.create(body).await.ok();
        for name in ["Empty 1", "Empty 2"] {
            let mut body = bench.template(name);
            body["ClientToken"] = json!("");
            bench.create(body).await.ok();
        }
    })
    .await;
}

#[tokio::test]
async fn r1_1_6_replay_after_delete_answers_the_first_id() {
    let bench = Bench::new().await;
    let mut body = bench.template("Gone");
    body["ClientToken"] = json!("t");
    let first = bench.create(body.clone()).await.ok();
    let id = first["Id"].as_str().expect("an id");
    bench.delete(id).await.ok();
    assert_eq!(bench.create(body).await.ok(), first);
    bench.read(id, "").await.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn r1_3_2_pages_hold_every_template_once_in_order_r1_3_3() {
    on_each_engine(Limits { task_templates_per_instance: 0, ..Limits::default() }, async |mut bench| {
        let mut expected = Vec::new();
        for n in 0..25 {
            bench.now = NOW + n / 3;
            expected.push(bench.created(&format!("T{n:02}")).await);
        }
        let (mut found, mut token, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = bench
                .get(Op::ListTaskTemplates, &[&bench.instance], &format!("maxResults=10&nextToken={token}"))
                .await
                .ok();
            let entries = page["TaskTemplates"].as_array().expect("a list").clone();
            found.extend(
                entries
                    .iter()
                    .map(|e| (e["CreatedTime"].as_f64().map(f64::to_bits), e["Id"].as_str().unwrap().to_owned())),
            );
            pages += 1;
            match page.get("NextToken") {
                None => break,
                Some(next) => token = next.as_str().expect("text").to_owned(),
            }
        }
        assert_eq!(pages, 3);
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(found, sorted, "by CreatedTime, then Id");
        let mut ids: Vec<_> = found.into_iter().map(|(_, id)| id).collect();
        ids.sort();
        expected.sort();
        assert_eq!(ids, expected);
    })
    .await;
}

#[tokio::test]
async fn r1_3_4_tokens_are_bound_to_instance_status_and_name() {
    let bench = Bench::new().await;
    for n in 0..3 {
        bench.created(&format!("T{n}")).await;
    }
    let list = async |query: &str| bench.get(Op::ListTaskTemplates, &[&bench.instance], query).await;
    let token = list("maxResults=1").await.ok()["NextToken"].as_str().expect("a token").to_owned();
    list(&format!("maxResults=2&nextToken={token}")).await.ok();
    for query in [
        format!("nextToken={token}&status=ACTIVE"),
        format!("nextToken={token}&name=T1"),
        format!("nextToken={}x", token),
        "nextToken=garbage".to_owned(),
    ] {
        list(&query).await.refused("InvalidParameterException");
    }
    let other = bench.send(Op::ListContactFlows, &[&bench.instance], json!({})).await;
    assert_eq!(other.status, 200);
    bench
        .get(Op::ListContactFlows, &[&bench.instance], &format!("nextToken={token}"))
        .await
        .refused("InvalidParameterException");
}

#[tokio::test]
async fn r1_3_5_name_and_status_filter_exactly() {
    on_each_engine(Limits::default(), async |bench| {
        bench.created("Alpha").await;
        let id = bench.created("alpha").await;
        let mut body = bench.template("alpha");
        body["Status"] = json!("INACTIVE");
        bench.update(&id, body).await.ok();
        for (query, expected) in [
            ("", 2),
            ("name=Alpha", 1),
            ("name=ALPHA", 0),
            ("status=ACTIVE", 1),
            ("status=INACTIVE", 1),
            ("status=ACTIVE&name=alpha", 0),
            ("status=INACTIVE&name=alpha", 1),
        ] {
            let list = bench.get(Op::ListTaskTemplates, &[&bench.instance], query).await.ok();
            assert_eq!(list["TaskTemplates"].as_array().map(Vec::len), Some(expected), "{query}");
            assert!(list.get("NextToken").is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn r1_3_6_an_unknown_status_is_refused_and_named() {
    let bench = Bench::new().await;
    let refused = bench.get(Op::ListTaskTemplates, &[&bench.instance], "status=active").await;
    assert!(refused.refused("InvalidParameterException").contains("ACTIVE, INACTIVE"));
}

#[tokio::test]
async fn r1_4_1_update_replaces_the_whole_content_and_r1_4_3_drops_what_is_left_out() {
    on_each_engine(Limits::default(), async |mut bench| {
        let mut body = bench.template("Whole");
        body["Description"] = json!("to be dropped");
        body["Defaults"] = json!({"DefaultFieldValues": [{"Id": {"Name": "Order id"}, "DefaultValue": "7"}]});
        let id = bench.create(body).await.ok()["Id"].as_str().expect("an id").to_owned();
        bench.now += 5;
        let updated = bench.update(&id, bench.template("Whole")).await.ok();
        assert!(
            updated.get("Description").is_none() && updated.get("Defaults").is_none() && updated.get("Tags").is_none()
        );
        assert_eq!(bench.read(&id, "").await.ok(), updated);
        assert_eq!(updated["CreatedTime"].as_f64(), Some(NOW as f64 / 1000.0), "1.4.4");
    })
    .await;
}

#[tokio::test]
async fn r1_4_4_time_moves_strictly_forward_even_when_the_clock_stands() {
    let bench = Bench::new().await;
    let id = bench.created("Clock").await;
    let mut last = bench.read(&id, "").await.ok()["LastModifiedTime"].as_f64().expect("a time");
    for _ in 0..3 {
        let next = bench.update(&id, bench.template("Clock")).await.ok()["LastModifiedTime"].as_f64().expect("a time");
        assert!(next > last, "{next} after {last}");
        last = next;
    }
}

#[tokio::test]
async fn r1_4_6_a_failed_update_changes_nothing() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.created("Firm").await;
        let before = bench.read(&id, "").await.ok();
        bench.send(Op::UpdateTaskTemplate, &[&bench.instance, &id], json!({})).await.properties(&[
            ("Name", "REQUIRED_PROPERTY_MISSING"),
            ("Constraints", "REQUIRED_PROPERTY_MISSING"),
            ("Status", "REQUIRED_PROPERTY_MISSING"),
            ("Fields", "REQUIRED_PROPERTY_MISSING"),
        ]);
        let after = bench.read(&id, "").await;
        assert_eq!(after.template_version, Some(1));
        assert_eq!(after.ok(), before);
    })
    .await;
}

#[tokio::test]
async fn r1_5_2_second_delete_is_not_found_and_r1_5_3_name_and_quota_are_free_at_once() {
    on_each_engine(Limits { task_templates_per_instance: 1, ..Limits::default() }, async |bench| {
        let id = bench.created("Only").await;
        bench.create(bench.template("Second")).await.refused("ServiceQuotaExceededException");
        assert_eq!(bench.delete(&id).await.ok(), json!({}));
        bench.delete(&id).await.refused("ResourceNotFoundException");
        assert_ne!(bench.created("Only").await, id);
    })
    .await;
}

#[tokio::test]
async fn r2_1_3_names_are_unique_in_the_instance_and_r1_4_5_a_template_keeps_its_own() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.created("Taken").await;
        bench.create(bench.template("Taken")).await.properties(&[("Name", "RESOURCE_NAME_ALREADY_EXISTS")]);
        bench.created("taken").await;
        bench.update(&id, bench.template("taken")).await.properties(&[("Name", "RESOURCE_NAME_ALREADY_EXISTS")]);
        bench.update(&id, bench.template("Taken")).await.ok();
        let other = bench.service.ensure_instance(Some(OTHER_INSTANCE), NOW).await.expect("an instance");
        let flow = {
            let flows = bench.get(Op::ListContactFlows, &[&other.id], "contactFlowTypes=CONTACT_FLOW").await.ok();
            flows["ContactFlowSummaryList"][0]["Id"].as_str().expect("a flow").to_owned()
        };
        let mut body = bench.template("Taken");
        bench
            .send(Op::CreateTaskTemplate, &[&other.id], body.clone())
            .await
            .properties(&[("ContactFlowId", "REFERENCED_RESOURCE_NOT_FOUND")]);
        body["ContactFlowId"] = json!(flow);
        bench.send(Op::CreateTaskTemplate, &[&other.id], body).await.ok();
    })
    .await;
}

/// B85: all versions are kept, so their number is limited.
#[tokio::test]
async fn test_b85_versions_of_a_template_are_bounded() {
    on_each_engine(Limits { versions_per_task_template: 3, ..Limits::default() }, async |bench| {
        let id = bench.create(bench.template("Often")).await.ok()["Id"].as_str().expect("an id").to_owned();
        for name in ["Second", "Third"] {
            bench.update(&id, bench.template(name)).await.ok();
        }
        let message = bench.update(&id, bench.template("Fourth")).await.refused("ServiceQuotaExceededException");
        assert!(message.contains("3 versions") && message.contains("versions_per_task_template"), "{message}");
        let latest = bench.read(&id, "").await;
        assert_eq!(latest.template_version, Some(3));
        assert_eq!(latest.ok()["Name"], "Third");
        assert_eq!(bench.read(&id, "snapshotVersion=1").await.ok()["Name"], "Often");
        // Another template has versions of its own.
        let other = bench.create(bench.template("Other")).await.ok()["Id"].as_str().expect("an id").to_owned();
        bench.update(&other, bench.template("Other")).await.ok();
        bench.delete(&id).await.ok();
    })
    .await;
}

#[tokio::test]
async fn r2_7_2_custom_fields_are_counted_per_template_and_on_demand_per_instance() {
    on_each_engine(
        Limits { custom_fields_per_template: 2, custom_fields_per_instance: 3, ..Limits::default() },
        async |bench| {
            let with = |name: &str, custom: usize| {
                let mut body = bench.template(name);
                let fields = body["Fields"].as_array_mut().expect("fields");
                fields.truncate(1);
                fields.extend((0..custom).map(|n| json!({"Id": {"Name": format!("F{n}")}, "Type": "TEXT"})));
                body
            };
            bench.create(with("Three", 3)).await.refused("ServiceQuotaExceededException");
            let id = bench.create(with("Two", 2)).await.ok()["Id"].as_str().expect("an id").to_owned();
            let message = bench.create(with("Two more", 2)).await.refused("ServiceQuotaExceededException");
            assert!(message.contains("together"), "{message}");
            let one = bench.create(with("One", 1)).await.ok()["Id"].as_str().expect("an id").to_owned();
            bench.update(&one, with("One", 2)).await.refused("ServiceQuotaExceededException");
            bench.update(&id, with("Two", 1)).await.ok();
            bench.update(&one, with("One", 2)).await.ok();
            bench.delete(&one).await.ok();
            bench.update(&id, with("Two", 2)).await.ok();
        },
    )
    .await;
}

#[tokio::test]
async fn r3_1_and_r3_2_versions_count_every_update_and_r3_3_each_stays_readable() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = bench.created("V1").await;
        let mut versions = vec![bench.read(&id, "").await.ok()];
        for n in 2..=4 {
            bench.now += 1_000;
            let mut body = bench.template(&format!("V{n}"));
            body["Status"] = json!(if n == 3 { "INACTIVE" } else { "ACTIVE" });
            body["Description"] = json!(format!("version {n}"));
            versions.push(bench.update(&id, body).await.ok());
        }
        bench.send(Op::TagResource, &[&bench.template_arn(&id)], json!({"tags": {"team": "claims"}})).await.ok();
        for (n, version) in versions.iter_mut().enumerate() {
            let read = bench.read(&id, &format!("snapshotVersion={}", n + 1)).await;
            assert_eq!(read.template_version, Some(n as i64 + 1));
            version["Tags"] = json!({"team": "claims"});
            assert_eq!(&read.ok(), version, "with the current tags");
        }
        assert_eq!(bench.read(&id, "snapshotVersion=").await.ok(), versions[3], "an empty version is the latest");
        let message = bench.read(&id, "snapshotVersion=5").await.refused("ResourceNotFoundException");
        assert!(message.contains("no version 5"), "{message}");
        for bad in ["0", "01", "abc", "-1", "1.0", "%201", "99999999999"] {
            bench.read(&id, &format!("snapshotVersion={bad}")).await.refused("InvalidParameterException");
        }
    })
    .await;
}

#[tokio::test]
async fn r3_6_after_delete_nothing_answers() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.created("Gone").await;
        bench.update(&id, bench.template("Gone")).await.ok();
        bench.delete(&id).await.ok();
        for query in ["", "snapshotVersion=1", "snapshotVersion=2"] {
            bench.read(&id, query).await.refused("ResourceNotFoundException");
        }
        bench.update(&id, bench.template("Gone")).await.refused("ResourceNotFoundException");
        bench.get(Op::ListTagsForResource, &[&bench.template_arn(&id)], "").await.refused("ResourceNotFoundException");
        let list = bench.get(Op::ListTaskTemplates, &[&bench.instance], "").await.ok();
        assert_eq!(list["TaskTemplates"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn r0_13_identifiers_may_be_arns_of_the_same_instance() {
    let bench = Bench::new().await;
    let id = bench.created("By ARN").await;
    let instance = format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance);
    bench.get(Op::GetTaskTemplate, &[&instance, &bench.template_arn(&id)], "").await.ok();
    let foreign = bench.template_arn(&id).replace("us-east-1", "eu-west-1");
    bench.read(&foreign, "").await.refused("ResourceNotFoundException");
    let mut body = bench.template("Flow by ARN");
    body["ContactFlowId"] = json!(format!("{instance}/contact-flow/{}", bench.flow));
    let id = bench.create(body).await.ok()["Id"].as_str().expect("an id").to_owned();
    assert_eq!(bench.read(&id, "").await.ok()["ContactFlowId"], json!(bench.flow));
}

#[tokio::test]
async fn r2_7_4_an_instance_may_have_quotas_of_its_own_and_zero_lifts_one() {
    let lifted = Limits { task_templates_per_instance: 0, ..Limits::default() };
    on_each_engine(lifted, async |bench| {
        let other = bench.service.ensure_instance(Some(OTHER_INSTANCE), NOW).await.expect("an instance");
        let flows = bench.get(Op::ListContactFlows, &[&other.id], "contactFlowTypes=CONTACT_FLOW").await.ok();
        let flow = flows["ContactFlowSummaryList"][0]["Id"].clone();
        for n in 0..4 {
            let mut body = bench.template(&format!("T{n}"));
            body["ContactFlowId"] = flow.clone();
            let answer = bench.send(Op::CreateTaskTemplate, &[&other.id], body).await;
            if n < 3 {
                answer.ok();
            } else {
                assert!(answer.refused("ServiceQuotaExceededException").contains("at most 3"));
            }
        }
        for n in 0..60 {
            bench.created(&format!("T{n}")).await;
        }
    })
    .await;
}
