//! The data of a task: attributes, references, template, members, tags, routing data (tasks 2.13, 2.14, task-templates
//! 5.8, cases 86 to 91).

use std::sync::Arc;

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};
use crate::tasks::NOBODY;

#[tokio::test]
async fn tasks_2_14_attributes_of_a_chain() {
    on_each_engine(Limits::default(), async |bench| {
        let first = bench.started(json!({})).await;
        let second = bench.started(json!({"PreviousContactId": first})).await;
        assert_eq!(bench.attributes(&first).await, json!({}), "2.14.3");
        assert_eq!(bench.write_attributes(&second, json!({"a": "1", "b": ""})).await.ok(), json!({}));
        bench.write_attributes(&first, json!({"c": "3"})).await.ok();
        let all = json!({"a": "1", "b": "", "c": "3"});
        for id in [&first, &second] {
            assert_eq!(bench.attributes(id).await, all, "2.14.1");
            assert_eq!(bench.describe(id).await["Attributes"], all);
        }
        assert_eq!(bench.events(&second).await, ["INITIATED", "UPDATED [\"UserDefinedAttributes\"]"]);
        bench.stop(&first).await.ok();
        bench.write_attributes(&first, json!({"d": "4"})).await.ok();
        let events = bench.events(&first).await;
        assert_eq!(
            events[events.len() - 2..],
            ["UPDATED [\"UserDefinedAttributes\"]", "RECORD"],
            "4.2.1: written again"
        );
        let big = "x".repeat(32_700);
        bench.write_attributes(&first, json!({"big": big})).await.ok();
        bench.write_attributes(&first, json!({"more": "x".repeat(100)})).await.refused("InvalidParameterException");
        bench.write_attributes(&first, json!({"big": ""})).await.ok(); // 2.14.2
        bench.write_attributes(&first, json!({"more": "x".repeat(100)})).await.ok();
        bench.write_attributes(&first, json!({"a.b": "x"})).await.refused("InvalidParameterException");
        bench.write_attributes(NOBODY, json!({"a": "x"})).await.refused("ResourceNotFoundException");
        bench.get(Op::GetContactAttributes, &[&bench.instance, NOBODY], "").await.refused("ResourceNotFoundException");
        bench.get(Op::DescribeContact, &[&bench.instance, NOBODY], "").await.refused("ResourceNotFoundException");
        bench.get(Op::DescribeContact, &[NOBODY, &first], "").await.refused("ResourceNotFoundException");
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/contact/{first}", bench.instance);
        assert_eq!(bench.describe(&arn).await["Arn"], json!(arn), "1.1.6");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_2_14_1_concurrent_writers_of_one_chain_lose_nothing() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let first = bench.started(json!({})).await;
        let second = bench.started(json!({"PreviousContactId": first})).await;
        let calls: Vec<_> = (0..16)
            .map(|n| {
                let id = if n % 2 == 0 { first.clone() } else { second.clone() };
                let bench = Arc::clone(&bench);
                tokio::spawn(async move { bench.write_attributes(&id, json!({format!("k{n}"): "v"})).await })
            })
            .collect();
        for call in calls {
            call.await.expect("no call panics").ok();
        }
        let attributes = bench.attributes(&first).await;
        assert_eq!(attributes.as_object().map(serde_json::Map::len), Some(16), "{attributes}");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_14_4_references_by_type() {
    let bench = Bench::new().await;
    let references = json!({
        "b": {"Type": "NUMBER", "Value": "1.5"}, "a": {"Type": "EMAIL", "Value": "a@example.com"},
        "c": {"Type": "STRING", "Value": ""},
    });
    let id = bench.started(json!({"References": references})).await;
    let list = async |query: &str| bench.get(Op::ListContactReferences, &[&bench.instance, &id], query).await;
    let all = list("referenceTypes=STRING&referenceTypes=NUMBER&referenceTypes=EMAIL").await.ok();
    let expected = json!([
        {"Email": {"Name": "a", "Value": "a@example.com"}},
        {"Number": {"Name": "b", "Value": "1.5"}},
        {"String": {"Name": "c", "Value": ""}},
    ]);
    assert_eq!(all, json!({"ReferenceSummaryList": expected}));
    let numbers = list("referenceTypes=NUMBER").await.ok();
    assert_eq!(numbers["ReferenceSummaryList"], json!([{"Number": {"Name": "b", "Value": "1.5"}}]));
    list("").await.refused("InvalidParameterException");
    list("referenceTypes=COLOUR").await.refused("InvalidParameterException");
    list("referenceTypes=URL&nextToken=x").await.refused("InvalidParameterException");
    let seven = ["referenceTypes=URL"; 7].join("&");
    list(&seven).await.refused("InvalidParameterException");
}

async fn retemplate(bench: &Bench, id: &str, template: &str) -> crate::bench::Answer {
    bench.act(Op::UpdateContactTaskTemplate, id, json!({"TaskTemplateId": template})).await
}

fn ordered() -> Value {
    json!({
        "Fields": [{"Id": {"Name": "Order id"}, "Type": "TEXT"}],
        "Constraints": {"RequiredFields": [{"Id": {"Name": "Order id"}}]},
    })
}

#[tokio::test]
async fn templates_cases_86_to_88_references_that_do_not_fit() {
    let bench = Bench::new().await;
    let template = bench.task_template("Order", ordered()).await;
    for (references, path, reason) in [
        (json!({}), "References[\"Order id\"]", "REQUIRED_PROPERTY_MISSING"),
        (json!({"Order id": {"Type": "STRING", "Value": ""}}), "References[\"Order id\"]", "REQUIRED_PROPERTY_MISSING"),
        (json!({"Order id": {"Type": "NUMBER", "Value": "1"}}), "References[\"Order id\"].Type", "TYPE_MISMATCH"),
        (
            json!({"Order id": {"Type": "STRING", "Value": "x".repeat(512)}}),
            "References[\"Order id\"].Value",
            "INVALID_FORMAT",
        ),
    ] {
        let id = bench.started(json!({"References": references})).await;
        retemplate(&bench, &id, &template).await.properties(&[(path, reason)]);
        assert_eq!(bench.describe(&id).await.get("TaskTemplateInfo"), None);
    }
    let references = json!({"Order id": {"Type": "STRING", "Value": "A"}, "More": {"Type": "DATE", "Value": "1"}});
    let id = bench.started(json!({"References": references})).await;
    retemplate(&bench, &id, &template).await.ok();
    assert_eq!(bench.describe(&id).await["TaskTemplateInfo"]["Name"], "Order", "5.8.7");
}

#[tokio::test]
async fn r5_8_1_and_r5_8_3_and_cases_89_91_tasks_and_templates_that_cannot_meet() {
    on_each_engine(Limits::default(), async |bench| {
        let (user, _) = bench.user("ada").await;
        let template = bench.task_template("One", json!({})).await;
        let rest = bench.task_template("Rest", json!({"Status": "INACTIVE"})).await;
        let id = bench.started(json!({"TaskTemplateId": template})).await;
        retemplate(&bench, &id, &template).await.refused("InvalidRequestException");
        retemplate(&bench, &id, &rest).await.refused("InvalidRequestException");
        retemplate(&bench, &id, NOBODY).await.refused("ResourceNotFoundException");
        retemplate(&bench, NOBODY, &template).await.refused("ResourceNotFoundException");
        let both = retemplate(&bench, NOBODY, NOBODY).await.refused("ResourceNotFoundException");
        assert!(both.contains("Contact"), "5.8.7: the contact comes first: {both}");
        let connected = bench.started(json!({})).await;
        bench.enqueue(&connected).await;
        bench.connect(&connected, &user).await;
        retemplate(&bench, &connected, &template).await.refused("InvalidRequestException");
        let ended = bench.started(json!({})).await;
        bench.stop(&ended).await.ok();
        retemplate(&bench, &ended, &template).await.refused("InvalidRequestException");
        let scheduled = bench.started(json!({"ScheduledTime": NOW / 1000 + 60})).await;
        retemplate(&bench, &scheduled, &template).await.ok(); // 5.8.1
        bench.delete(&template).await.ok();
        assert_eq!(bench.describe(&scheduled).await["TaskTemplateInfo"]["Name"], "One", "3.6");
    })
    .await;
}

#[tokio::test]
async fn r5_8_2_and_r5_8_7_and_case_90_the_sixth_change_of_template() {
    let bench = Bench::new().await;
    let (one, two) = (bench.task_template("One", json!({})).await, bench.task_template("Two", json!({})).await);
    let rest = bench.task_template("Rest", json!({"Status": "INACTIVE"})).await;
    let order = bench.task_template("Order", ordered()).await;
    let id = bench.started(json!({})).await;
    for n in 0..5 {
        retemplate(&bench, &id, &order).await.refused("PropertyValidationException"); // failed calls do not count
        retemplate(&bench, &id, if n % 2 == 0 { &one } else { &two }).await.ok();
    }
    let refused = retemplate(&bench, &id, &two).await;
    assert_eq!(refused.status, 402);
    refused.refused("ServiceQuotaExceededException");
    let message = retemplate(&bench, &id, &rest).await.refused("InvalidRequestException");
    assert!(message.contains("INACTIVE"), "5.8.7: before the count: {message}");
    retemplate(&bench, &id, &order).await.refused("ServiceQuotaExceededException"); // and the count before references
}

#[tokio::test]
async fn tasks_2_13_update_contact() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = bench.started(json!({"References": {"a": {"Type": "STRING", "Value": "1"}}})).await;
        let update = async |bench: &Bench, id: &str, body: Value| {
            bench.send(Op::UpdateContact, &[&bench.instance, id], body).await
        };
        let body = json!({
            "Name": "New", "Description": "text",
            "References": {"a": {"Type": "NUMBER", "Value": "2"}, "b": {"Type": "DATE", "Value": "3"}},
        });
        assert_eq!(update(&bench, &id, body).await.ok(), json!({}));
        let contact = bench.describe(&id).await;
        assert_eq!((&contact["Name"], &contact["Description"]), (&json!("New"), &json!("text")));
        let references = json!([{"Number": {"Name": "a", "Value": "2"}}, {"Date": {"Name": "b", "Value": "3"}}]);
        assert_eq!(bench.references(&id).await, references, "2.13.2");
        let expiry = |minutes: i64| {
            json!({"SegmentAttributes": {"connect:ContactExpiry":
            {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}, "region": {"ValueString": "north"}}})
        };
        bench.now += 10 * 60_000;
        update(&bench, &id, expiry(60)).await.ok();
        assert_eq!(bench.row(&id).await.expires_ms, NOW + 60 * 60_000, "2.13.4: from initiation");
        assert_eq!(bench.describe(&id).await["SegmentAttributes"]["region"]["ValueString"], "north");
        assert_eq!(bench.events(&id).await, ["INITIATED", "UPDATED [\"SegmentAttributes\"]"]);
        for (body, error) in [
            (json!({}), "InvalidRequestException"),
            (expiry(5), "InvalidRequestException"),
            (expiry(0), "InvalidParameterException"),
            (json!({"QueueInfo": {"Id": bench.basic_queue().await}}), "InvalidRequestException"), // 2.13.3
            (json!({"UserInfo": {"UserId": NOBODY}, "Name": "x"}), "InvalidRequestException"),
            (json!({"SegmentAttributes": {"connect:Subtype": {"ValueString": "x"}}}), "InvalidRequestException"),
            (json!({"References": {"x": {"Type": "NUMBER", "Value": "many"}}}), "InvalidParameterException"),
        ] {
            update(&bench, &id, body).await.refused(error);
        }
        bench.stop(&id).await.ok();
        update(&bench, &id, expiry(90)).await.refused("InvalidRequestException");
        update(&bench, &id, json!({"Name": "Later"})).await.ok(); // 2.13.1
        assert_eq!(bench.describe(&id).await["Name"], "Later");
        assert_eq!(bench.events(&id).await.last().map(String::as_str), Some("RECORD"));
        update(&bench, NOBODY, json!({"Name": "x"})).await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_14_7_tags() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.started(json!({})).await;
        let tag = async |tags: Value| bench.act(Op::TagContact, &id, json!({"Tags": tags})).await;
        tag(json!({"a": "1", "b": "2"})).await.ok();
        tag(json!({"a": "3", "c": "", "d": "", "e": "", "f": ""})).await.ok();
        tag(json!({"g": ""})).await.refused("InvalidRequestException");
        tag(json!({"aws:x": ""})).await.refused("InvalidParameterException");
        let system = json!(bench.instance);
        let all = json!({"a": "3", "b": "2", "c": "", "d": "", "e": "", "f": "", "aws:connect:instanceId": system});
        assert_eq!(bench.describe(&id).await["Tags"], all);
        bench.stop(&id).await.ok();
        let untag = async |query: &str| bench.get(Op::UntagContact, &[&bench.instance, &id], query).await;
        untag("TagKeys=a&TagKeys=zzz&TagKeys=c&TagKeys=d&TagKeys=e&TagKeys=f").await.ok();
        assert_eq!(bench.describe(&id).await["Tags"], json!({"b": "2", "aws:connect:instanceId": system}));
        let events = bench.events(&id).await;
        let updated = events.iter().filter(|event| *event == "UPDATED [\"Tags\"]").count();
        assert_eq!(updated, 3, "{events:?}");
        untag("TagKeys=zzz").await.ok();
        assert_eq!(bench.events(&id).await, events, "nothing changed");
        bench.act(Op::TagContact, NOBODY, json!({"Tags": {"a": "b"}})).await.refused("ResourceNotFoundException");
        bench.get(Op::UntagContact, &[&bench.instance, NOBODY], "TagKeys=a").await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_14_5_routing_data() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.started(json!({})).await;
        let route = async |body: Value| {
            bench.send(Op::UpdateContactRoutingData, &[&bench.instance, &id], body).await
        };
        route(json!({"QueuePriority": 1})).await.ok();
        route(json!({"QueueTimeAdjustmentSeconds": -30})).await.ok();
        let step = json!({"Expiry": {"DurationInSeconds": 30}, "Expression": {"AttributeCondition":
            {"Name": "Language", "Value": "German", "ProficiencyLevel": 3.0, "ComparisonOperator": "NumberGreaterOrEqualTo"}}});
        route(json!({"RoutingCriteria": {"Steps": [step]}})).await.ok();
        let contact = bench.describe(&id).await;
        assert_eq!(contact["QueuePriority"], 1);
        assert_eq!(contact["QueueTimeAdjustmentSeconds"], -30);
        let shown = &contact["RoutingCriteria"]["Steps"][0];
        assert_eq!(shown["Expression"]["AttributeCondition"]["Name"], "Language");
        assert_eq!((&shown["Expiry"]["DurationInSeconds"], &shown["Status"]), (&json!(30), &json!("INACTIVE")));
        for body in [json!({}), json!({"QueuePriority": 1, "QueueTimeAdjustmentSeconds": 1}), json!({"QueuePriority": 0})] {
            route(body).await.refused("InvalidParameterException");
        }
        bench.stop(&id).await.ok();
        let refused = route(json!({"QueuePriority": 2})).await;
        assert_eq!(refused.status, 409);
        refused.refused("ResourceConflictException");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_13_2_and_2_2_1_an_empty_description_takes_it_away() {
    let bench = Bench::new().await;
    let id = bench.started(json!({"Description": "text"})).await;
    let update = async |body: Value| bench.send(Op::UpdateContact, &[&bench.instance, &id], body).await.ok();
    update(json!({"Name": "New"})).await;
    assert_eq!(bench.describe(&id).await["Description"], "text", "absent is left alone");
    update(json!({"Description": ""})).await;
    let contact = bench.describe(&id).await;
    assert_eq!((contact.get("Description"), &contact["Name"]), (None, &json!("New")));
    assert_eq!(contact["ContactDetails"], json!({"Name": "New"}));
}
