//! StartTaskContact and CreateContact (tasks 2.3 to 2.5, task-templates 5, cases 73 to 85).

use std::sync::Arc;

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};
use crate::tasks::{NOBODY, text};

const HOUR_S: i64 = 3_600;
const NOW_S: i64 = NOW / 1000;

#[tokio::test]
async fn tasks_2_3_23_a_task_is_stored_and_described() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench
            .started(json!({
                "Description": "soon",
                "Attributes": {"city": "Bonn"},
                "References": {"Order": {"Type": "STRING", "Value": "17"}, "At": {"Type": "DATE", "Value": "1700000000"}},
            }))
            .await;
        let contact = bench.describe(&id).await;
        for (member, value) in [
            ("Id", json!(id)),
            ("ContactAssociationId", json!(id)),
            ("Name", json!("Call back")),
            ("Description", json!("soon")),
            ("Channel", json!("TASK")),
            ("InitiationMethod", json!("API")),
            ("QueuePriority", json!(5)),
            ("Attributes", json!({"city": "Bonn"})),
            ("Tags", json!({"aws:connect:instanceId": bench.instance})),
            ("InitiationTimestamp", json!(NOW_S)),
        ] {
            assert_eq!(contact[member], value, "{member}");
        }
        for absent in ["TaskTemplateInfo", "PreviousContactId", "InitialContactId", "DisconnectTimestamp", "References"] {
            assert_eq!(contact.get(absent), None, "2.2.1: {absent}");
        }
        assert_eq!(contact["SegmentAttributes"]["connect:Subtype"]["ValueString"], "connect:Task");
        let expiry = &contact["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"];
        assert_eq!(expiry["ExpiryDuration"]["ValueInteger"], 10_080);
        assert_eq!(
            bench.references(&id).await,
            json!([
                {"Date": {"Name": "At", "Value": "1700000000"}},
                {"String": {"Name": "Order", "Value": "17"}},
            ]),
            "2.14.4: by name"
        );
        assert_eq!(bench.events(&id).await, ["INITIATED"]);
        assert_eq!(bench.open().await, 1);
        let row = bench.row(&id).await;
        assert!(row.due_ms.is_some_and(|ms| ms <= NOW), "the worker has to look at it at once");
        let flow: Value = serde_json::from_str(&row.body).expect("JSON");
        assert_eq!(flow["runs"][0]["entering"], json!(bench.flow));
    })
    .await;
}

#[tokio::test]
async fn tasks_1_1_10_what_does_not_exist() {
    let bench = Bench::new().await;
    for body in [
        json!({"InstanceId": NOBODY}),
        json!({"ContactFlowId": NOBODY}),
        json!({"ContactFlowId": format!("{}:9", bench.flow)}),
        json!({"QuickConnectId": NOBODY}),
        json!({"TaskTemplateId": NOBODY}), // case 74
        json!({"PreviousContactId": NOBODY}),
        json!({"RelatedContactId": NOBODY}),
    ] {
        bench.start(body).await.refused("ResourceNotFoundException");
    }
    let message = bench.start(json!({"InstanceId": NOBODY})).await.refused("ResourceNotFoundException");
    assert!(message.contains("Instance"), "{message}");
    // administration 1.1.3
    bench.start(json!({"InstanceId": "nonsense/"})).await.refused("InvalidRequestException");
    assert_eq!(bench.open().await, 0);
}

#[tokio::test]
async fn tasks_2_3_1_and_2_3_19_exactly_one_flow_that_can_run() {
    let bench = Bench::new().await;
    let saved = bench.small_flow("Draft", "CONTACT_FLOW", "SAVED").await;
    let whisper = bench.flow_named("Default agent whisper").await;
    let archived = bench.small_flow("Old", "CONTACT_FLOW", "PUBLISHED").await;
    let body = json!({"ContactFlowState": "ARCHIVED"});
    bench.send(Op::UpdateContactFlowMetadata, &[&bench.instance, &archived], body).await.ok();
    let quick_connect = quick_connect(
        &bench,
        "Flow",
        json!({
            "QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": bench.flow},
        }),
    )
    .await;
    for (body, why) in [
        (json!({"ContactFlowId": null}), "required"),
        (json!({"ContactFlowId": bench.flow, "QuickConnectId": quick_connect}), "either"),
        (json!({"ContactFlowId": saved}), "never been published"),
        (json!({"ContactFlowId": format!("{}:$SAVED", bench.flow)}), "draft"),
        (json!({"ContactFlowId": archived}), "archived"),
        (json!({"ContactFlowId": whisper}), "AGENT_WHISPER"),
    ] {
        let message = bench.start(body.clone()).await.refused("InvalidRequestException");
        assert!(message.contains(why), "{body}: {message}");
    }
    bench.started(json!({"ContactFlowId": format!("{}:$LATEST", bench.flow)})).await;
    let arn =
        format!("arn:aws:connect:us-east-1:123456789012:instance/{0}/contact-flow/{1}", bench.instance, bench.flow);
    bench.started(json!({"ContactFlowId": arn})).await;
    bench.started(json!({"QuickConnectId": quick_connect})).await;
}

async fn quick_connect(bench: &Bench, name: &str, config: Value) -> String {
    let body = json!({"Name": name, "QuickConnectConfig": config});
    text(&bench.send(Op::CreateQuickConnect, &[&bench.instance], body).await.ok()["QuickConnectId"])
}

#[tokio::test]
async fn tasks_2_3_18_a_quick_connect_presets_where_the_task_goes() {
    let bench = Bench::new().await;
    let (user, _) = bench.user("ada").await;
    let to_agent = bench.flow_named("Default agent transfer").await;
    let to_queue = bench.flow_named("Default queue transfer").await;
    let queue = bench.basic_queue().await;
    let of_user = quick_connect(
        &bench,
        "Ada",
        json!({
            "QuickConnectType": "USER", "UserConfig": {"UserId": user, "ContactFlowId": to_agent},
        }),
    )
    .await;
    let of_queue = quick_connect(
        &bench,
        "Queue",
        json!({
            "QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": to_queue},
        }),
    )
    .await;
    let phone = quick_connect(
        &bench,
        "Phone",
        json!({
            "QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+4915112345678"},
        }),
    )
    .await;
    let body = |row: store::ContactRow| -> Value { serde_json::from_str(&row.body).expect("JSON") };
    let kept = body(bench.row(&bench.started(json!({"QuickConnectId": of_user})).await).await);
    assert_eq!(kept["target_queue"]["id"], json!(user));
    assert_eq!(kept["target_agent"]["user_name"], "ada");
    assert_eq!(kept["runs"][0]["entering"], json!(to_agent));
    let kept = body(bench.row(&bench.started(json!({"QuickConnectId": of_queue})).await).await);
    assert_eq!(kept["target_queue"]["id"], json!(queue));
    bench.start(json!({"QuickConnectId": phone})).await.refused("InvalidRequestException");
    bench.get(Op::DeleteUser, &[&bench.instance, &user], "").await.ok();
    let gone = bench.start(json!({"QuickConnectId": of_user})).await;
    gone.refused("ResourceNotFoundException"); // tasks 3.5.4
}

/// Template B of the cases: the order is required, the other fields are of every type.
async fn order_template(bench: &Bench) -> String {
    let fields = json!([
        {"Id": {"Name": "Order id"}, "Type": "TEXT"},
        {"Id": {"Name": "Amount"}, "Type": "NUMBER"},
        {"Id": {"Name": "Approved"}, "Type": "BOOLEAN"},
        {"Id": {"Name": "Reason"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["Damaged", "Late"]},
        {"Id": {"Name": "Origin"}, "Type": "TEXT"},
    ]);
    let more = json!({
        "Fields": fields,
        "Constraints": {
            "RequiredFields": [{"Id": {"Name": "Order id"}}],
            "ReadOnlyFields": [{"Id": {"Name": "Origin"}}],
        },
        "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Origin"}, "DefaultValue": "A"}]},
    });
    bench.task_template("Order", more).await
}

/// References that satisfy it, with one more.
fn order(name: &str, kind: &str, value: &str) -> Value {
    let mut references = json!({"Order id": {"Type": "STRING", "Value": "A-17"}});
    references[name] = json!({"Type": kind, "Value": value});
    references
}

#[tokio::test]
async fn templates_case_73_an_inactive_template() {
    let bench = Bench::new().await;
    let id = bench.task_template("Rest", json!({"Status": "INACTIVE"})).await;
    let message = bench.start(json!({"TaskTemplateId": id})).await.refused("InvalidRequestException");
    assert!(message.contains("INACTIVE"), "{message}");
}

#[tokio::test]
async fn templates_cases_75_to_77_and_80_values_of_fields() {
    let bench = Bench::new().await;
    let template = order_template(&bench).await;
    let start =
        async |references: Value| bench.start(json!({"TaskTemplateId": template, "References": references})).await;
    for (references, names) in [
        (json!({}), "Order id"),
        (order("Amount", "STRING", "12"), "References[\"Amount\"].Type"),
        (order("Approved", "STRING", "yes"), "References[\"Approved\"].Value"),
        (order("Order id", "STRING", &"x".repeat(512)), "References[\"Order id\"].Value"),
        (order("Reason", "STRING", "Lost"), "References[\"Reason\"].Value"),
        (order("Origin", "STRING", "B"), "Origin"),
    ] {
        let message = start(references.clone()).await.refused("InvalidRequestException");
        assert!(message.contains(names), "{references}: {message}");
    }
    start(order("Origin", "STRING", "A")).await.ok();
    let all = json!({"Amount": {"Type": "STRING", "Value": "1"}, "Approved": {"Type": "STRING", "Value": "no"}});
    let message = start(all).await.refused("InvalidRequestException");
    for name in ["Order id", "Amount", "Approved"] {
        assert!(message.contains(name), "5.5.2: all of them in one message: {message}");
    }
}

#[tokio::test]
async fn r3_5_and_r3_8_a_task_keeps_the_version_it_was_made_from() {
    on_each_engine(Limits::default(), async |bench| {
        let template = order_template(&bench).await;
        let references = order("Free", "URL", "https://example.com/a");
        let id = bench.started(json!({"TaskTemplateId": template, "References": references})).await;
        assert_eq!(
            bench.references(&id).await,
            json!([
                {"Url": {"Name": "Free", "Value": "https://example.com/a"}},
                {"String": {"Name": "Order id", "Value": "A-17"}},
                {"String": {"Name": "Origin", "Value": "A"}},
            ]),
            "5.1.4, 5.5.1"
        );
        let info = json!({"Arn": bench.template_arn(&template), "Name": "Order"});
        assert_eq!(bench.describe(&id).await["TaskTemplateInfo"], info);
        let changed = bench.template("Renamed");
        bench.update(&template, changed).await.ok();
        assert_eq!(bench.describe(&id).await["TaskTemplateInfo"], info);
        bench.delete(&template).await.ok();
        assert_eq!(bench.describe(&id).await["TaskTemplateInfo"], info);
        bench.read(&template, "snapshotVersion=1").await.ok(); // 3.6: still pinned
        bench.start(json!({"TaskTemplateId": template})).await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn templates_cases_78_and_79_which_flow_runs() {
    let bench = Bench::new().await;
    let with_flow = bench.task_template("Flow", json!({})).await;
    let other = bench.small_flow("Other", "CONTACT_FLOW", "PUBLISHED").await;
    let quick = quick_connect(
        &bench,
        "Flow",
        json!({
            "QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": bench.flow},
        }),
    )
    .await;
    bench.start(json!({"TaskTemplateId": with_flow, "ContactFlowId": other})).await.refused("InvalidRequestException");
    bench.start(json!({"TaskTemplateId": with_flow, "QuickConnectId": quick})).await.refused("InvalidRequestException");
    bench.start(json!({"TaskTemplateId": with_flow, "ContactFlowId": bench.flow})).await.ok(); // 5.3.2
    let without = bench
        .task_template(
            "No flow",
            json!({
                "ContactFlowId": null, "Fields": [{"Id": {"Name": "Where"}, "Type": "QUICK_CONNECT"}],
            }),
        )
        .await;
    bench.start(json!({"TaskTemplateId": without})).await.refused("InvalidRequestException");
    let both = json!({"TaskTemplateId": without, "ContactFlowId": bench.flow, "QuickConnectId": quick});
    bench.start(both).await.refused("InvalidRequestException");
    bench.start(json!({"TaskTemplateId": without, "QuickConnectId": quick})).await.ok();
    bench.start(json!({"TaskTemplateId": without, "ContactFlowId": other})).await.ok();
}

#[tokio::test]
async fn templates_cases_81_82_and_84_values_by_themselves() {
    let bench = Bench::new().await;
    let expiry = |minutes: i64| {
        json!({"SegmentAttributes": {"connect:ContactExpiry":
        {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}}})
    };
    for body in [
        json!({"ScheduledTime": NOW_S - HOUR_S}),
        json!({"ScheduledTime": NOW_S + 91 * 24 * HOUR_S}),
        expiry(129_601),
        expiry(0),
        json!({"References": {"n": {"Type": "NUMBER", "Value": "many"}}}), // tasks 2.3.11
        json!({"References": {"u": {"Type": "URL", "Value": "nowhere"}}}),
        json!({"Attributes": {"a b": "c"}}), // tasks 2.3.12
        json!({"Attributes": {"a": "x".repeat(20_000), "b": "x".repeat(12_767)}}),
    ] {
        bench.start(body).await.refused("InvalidParameterException");
    }
    for body in [
        json!({"References": {"f": {"Type": "ATTACHMENT", "Value": "x"}}}),
        json!({"Attachments": [{"FileName": "a", "S3Url": "https://example.com/a"}]}), // tasks 2.3.22
        json!({"SegmentAttributes": {"connect:Other": {"ValueString": "x"}}}),         // tasks 2.3.17
        json!({"SegmentAttributes": {"colour": {"ValueString": "x"}}}),
    ] {
        bench.start(body).await.refused("InvalidRequestException");
    }
    bench.started(expiry(1)).await;
    bench.started(json!({"SegmentAttributes": {"region": {"ValueString": "x"}}})).await;
    let id = bench.started(json!({"ScheduledTime": NOW_S + 90 * 24 * HOUR_S})).await;
    let contact = bench.describe(&id).await;
    assert_eq!(contact["ScheduledTimestamp"], json!(NOW_S + 90 * 24 * HOUR_S));
    assert_eq!(contact["InitiationTimestamp"], json!(NOW_S), "2.2: at creation");
    assert_eq!(bench.row(&id).await.due_ms, Some(NOW + 90 * 24 * HOUR_S * 1000));
}

#[tokio::test]
async fn templates_5_1_3_a_number_is_taken_as_text() {
    let bench = Bench::new().await;
    let references = json!({"n": {"Type": "NUMBER", "Value": 12.5}, "d": {"Type": "DATE", "Value": 1_700_000_000}});
    let id = bench.started(json!({"References": references})).await;
    let expected = json!([
        {"Date": {"Name": "d", "Value": "1700000000"}},
        {"Number": {"Name": "n", "Value": "12.5"}},
    ]);
    assert_eq!(bench.references(&id).await, expected);
}

#[tokio::test]
async fn templates_case_83_self_assignment() {
    let bench = Bench::new().await;
    let (user, arn) = bench.user("ada").await;
    let own = bench.small_flow("Mine", "CONTACT_FLOW", "PUBLISHED").await;
    let field = json!([{"Id": {"Name": "Mine"}, "Type": "SELF_ASSIGN"}]);
    let template = bench.task_template("Self", json!({"SelfAssignFlowId": own, "Fields": field})).await;
    let without = bench.task_template("Other", json!({})).await;
    let quick = quick_connect(
        &bench,
        "Flow",
        json!({
            "QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": bench.flow},
        }),
    )
    .await;
    let attributes = |by: Option<&str>| {
        let mut attributes = json!({"connect:AssignmentType": {"ValueString": "SELF"}});
        if let Some(by) = by {
            attributes["connect:CreatedByUser"] = json!({"ValueString": by});
        }
        attributes
    };
    for body in [
        json!({"TaskTemplateId": template, "SegmentAttributes": attributes(None)}),
        json!({"TaskTemplateId": without, "SegmentAttributes": attributes(Some(&arn))}),
        json!({"TaskTemplateId": template, "QuickConnectId": quick, "SegmentAttributes": attributes(Some(&arn))}),
        json!({"SegmentAttributes": attributes(Some(&arn))}),
    ] {
        bench.start(body).await.refused("InvalidRequestException");
    }
    let id = bench.started(json!({"TaskTemplateId": template, "SegmentAttributes": attributes(Some(&arn))})).await;
    let kept: Value = serde_json::from_str(&bench.row(&id).await.body).expect("JSON");
    assert_eq!(kept["runs"][0]["entering"], json!(own));
    assert_eq!(kept["target_queue"]["id"], json!(user));
    assert_eq!(bench.describe(&id).await["SegmentAttributes"]["connect:CreatedByUser"]["ValueString"], json!(arn));
    let nobody = arn.replace(&user, NOBODY);
    let body = json!({"SegmentAttributes": {"connect:CreatedByUser": {"ValueString": nobody}}});
    bench.start(body).await.refused("ResourceNotFoundException"); // tasks 2.3.15
}

#[tokio::test]
async fn templates_case_85_and_tasks_2_4_chains() {
    on_each_engine(Limits::default(), async |bench| {
        let first = bench.started(json!({"Attributes": {"a": "1"}})).await;
        let second = bench.started(json!({"PreviousContactId": first, "Attributes": {"b": "2"}})).await;
        let third = bench.started(json!({"PreviousContactId": second})).await;
        let related = bench.started(json!({"RelatedContactId": third, "Attributes": {"c": "3"}})).await;
        let both = json!({"PreviousContactId": first, "RelatedContactId": second});
        bench.start(both).await.refused("InvalidRequestException");
        let contact = bench.describe(&third).await;
        assert_eq!(contact["InitialContactId"], json!(first), "2.4.1");
        assert_eq!(contact["PreviousContactId"], json!(second));
        assert_eq!(contact["ContactAssociationId"], json!(first), "2.4.5");
        let contact = bench.describe(&related).await;
        assert_eq!(contact.get("InitialContactId"), None, "2.4.2: its own chain");
        assert_eq!(contact["RelatedContactId"], json!(third));
        assert_eq!(contact["ContactAssociationId"], json!(first));
        let shared = json!({"a": "1", "b": "2"});
        for id in [&first, &second, &third] {
            assert_eq!(bench.attributes(id).await, shared);
        }
        bench.write_attributes(&third, json!({"a": "9"})).await.ok();
        assert_eq!(bench.attributes(&first).await, json!({"a": "9", "b": "2"}));
        assert_eq!(bench.attributes(&related).await, json!({"a": "1", "b": "2", "c": "3"}), "2.4.2: copied once");
        let page = bench
            .get(Op::ListAssociatedContacts, &[&bench.instance], &format!("contactId={related}&maxResults=3"))
            .await
            .ok();
        let token = text(&page["NextToken"]);
        let query = format!("contactId={related}&maxResults=3&nextToken={token}");
        let rest = bench.get(Op::ListAssociatedContacts, &[&bench.instance], &query).await.ok();
        let mut ids: Vec<String> = Vec::new();
        for page in [&page, &rest] {
            ids.extend(page["ContactSummaryList"].as_array().expect("a list").iter().map(|c| text(&c["ContactId"])));
        }
        let mut all = vec![first.clone(), second, third, related];
        ids.sort();
        all.sort();
        assert_eq!(ids, all, "2.14.8");
        assert_eq!(rest.get("NextToken"), None);
        let foreign = format!("contactId={first}&nextToken={token}");
        bench.get(Op::ListAssociatedContacts, &[&bench.instance], &foreign).await.refused("InvalidParameterException");
    })
    .await;
}

#[tokio::test]
async fn r5_9_2_and_tasks_1_1_11_client_tokens() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.started(json!({"ClientToken": "t", "Description": "a"})).await;
        assert_eq!(bench.started(json!({"Description": "a", "ClientToken": "t"})).await, id);
        bench.start(json!({"ClientToken": "t", "Description": "b"})).await.refused("InvalidParameterException");
        assert_eq!(bench.open().await, 1);
        let create = async |name: &str| {
            let body = json!({"InstanceId": bench.instance, "ClientToken": "t", "Channel": "TASK",
                "InitiationMethod": "API", "Name": name});
            bench.send(Op::CreateContact, &[], body).await
        };
        let made = create("a").await.ok();
        assert_eq!(create("a").await.ok(), made);
        create("b").await.refused("IdempotencyException"); // 2.5.7
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn r5_9_1_and_tasks_2_3_20_the_quota_is_exact_under_concurrent_starts() {
    on_each_engine(Limits { open_tasks_per_instance: 20, ..Limits::default() }, async |bench| {
        let bench = Arc::new(bench);
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let bench = Arc::clone(&bench);
                tokio::spawn(async move { bench.start(json!({})).await })
            })
            .collect();
        let mut good = Vec::new();
        for call in calls {
            let answer = call.await.expect("no call panics");
            match answer.error.as_str() {
                "" => good.push(text(&answer.body["ContactId"])),
                error => assert_eq!((error, answer.status), ("ServiceQuotaExceededException", 402)),
            }
        }
        assert_eq!(good.len(), 20);
        bench.stop(&good[0]).await.ok();
        bench.started(json!({})).await;
        bench.start(json!({})).await.refused("ServiceQuotaExceededException");
        // A contact that ends at once is never open (2.5.3).
        let body = json!({"InstanceId": bench.instance, "Channel": "TASK", "InitiationMethod": "API",
            "InitiateAs": "COMPLETED"});
        bench.send(Op::CreateContact, &[], body).await.ok();
        assert_eq!(bench.open().await, 20);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_2_3_20_twelve_tasks_after_one_contact() {
    on_each_engine(Limits::default(), async |bench| {
        let bench = Arc::new(bench);
        let previous = bench.started(json!({})).await;
        let calls: Vec<_> = (0..20)
            .map(|n| {
                let (bench, previous) = (Arc::clone(&bench), previous.clone());
                tokio::spawn(async move {
                    bench.start(json!({"PreviousContactId": previous, "Attributes": {format!("k{n}"): "v"}})).await
                })
            })
            .collect();
        let mut good = 0;
        for call in calls {
            let answer = call.await.expect("no call panics");
            match answer.error.as_str() {
                "" => good += 1,
                error => assert_eq!(error, "ServiceQuotaExceededException"),
            }
        }
        assert_eq!(good, 12);
        let attributes = bench.attributes(&previous).await;
        assert_eq!(attributes.as_object().map(serde_json::Map::len), Some(12), "each wrote to the chain: {attributes}");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_5_create_contact() {
    on_each_engine(Limits::default(), async |bench| {
        let (user, user_arn) = bench.user("ada").await;
        let create = async |more: Value| {
            let mut body = json!({"InstanceId": bench.instance, "Channel": "TASK", "InitiationMethod": "API"});
            body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            bench.send(Op::CreateContact, &[], body).await
        };
        let plain = create(json!({"Name": "Plain", "ExpiryDurationInMinutes": 60})).await.ok();
        let id = text(&plain["ContactId"]);
        assert!(text(&plain["ContactArn"]).ends_with(&format!("/contact/{id}")));
        let contact = bench.describe(&id).await;
        assert_eq!(contact["SegmentAttributes"]["connect:Subtype"]["ValueString"], "connect:ExternalTask");
        assert_eq!(bench.events(&id).await, ["INITIATED"], "2.5.5: no flow runs");
        let over = text(&create(json!({"InitiateAs": "COMPLETED"})).await.ok()["ContactId"]);
        let contact = bench.describe(&over).await;
        assert_eq!(contact["InitiationTimestamp"], contact["DisconnectTimestamp"]);
        assert_eq!(contact.get("DisconnectReason"), None);
        assert_eq!(bench.events(&over).await, ["INITIATED", "DISCONNECTED", "COMPLETED", "RECORD"]);
        let with_user = create(json!({"InitiateAs": "CONNECTED_TO_USER", "UserInfo": {"UserId": user_arn}})).await.ok();
        let with_user = text(&with_user["ContactId"]);
        assert_eq!(bench.describe(&with_user).await["AgentInfo"]["Id"], json!(user));
        assert_eq!(bench.events(&with_user).await, ["INITIATED", "CONNECTED_TO_AGENT"]);
        let related = create(json!({"RelatedContactId": id})).await.ok();
        assert_eq!(bench.describe(&text(&related["ContactId"])).await["RelatedContactId"], json!(id));
        let expiry = json!({"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 5}}}});
        for (more, error) in [
            (json!({"InitiationMethod": "INBOUND"}), "InvalidRequestException"),
            (json!({"Channel": "VOICE"}), "InvalidRequestException"),
            (json!({"InitiateAs": "CONNECTED_TO_USER"}), "InvalidRequestException"),
            (json!({"UserInfo": {"UserId": user_arn}}), "InvalidRequestException"), // B80
            (json!({"UserInfo": {"UserId": user_arn}, "InitiateAs": "COMPLETED"}), "InvalidRequestException"),
            (json!({"PreviousContactId": id}), "InvalidRequestException"),
            (json!({"ExpiryDurationInMinutes": 6, "SegmentAttributes": expiry}), "InvalidRequestException"),
            (json!({"RelatedContactId": NOBODY}), "ResourceNotFoundException"),
            (json!({"UserInfo": {"UserId": NOBODY}, "InitiateAs": "CONNECTED_TO_USER"}), "ResourceNotFoundException"),
            (json!({"InstanceId": NOBODY}), "ResourceNotFoundException"),
            (json!({"Attributes": {"a b": ""}}), "InvalidParameterException"),
        ] {
            create(more).await.refused(error);
        }
    })
    .await;
}

#[tokio::test]
async fn r1_2_6_the_version_of_the_template_stands_beside_a_task() {
    on_each_engine(Limits::default(), async |bench| {
        let template = bench.created("Versions").await;
        let start = json!({"TaskTemplateId": template, "ContactFlowId": null, "ClientToken": "once"});
        let first = bench.start(start.clone()).await;
        assert_eq!(first.template_version, Some(1));
        bench.update(&template, bench.template("Versions")).await.ok();
        let second = bench.start(json!({"TaskTemplateId": template, "ContactFlowId": null})).await;
        assert_eq!(second.template_version, Some(2));
        assert_eq!(bench.start(start).await.template_version, Some(1), "the same call again");
        for (started, version) in [(first, 1), (second, 2)] {
            let id = text(&started.ok()["ContactId"]);
            let described = bench.get(Op::DescribeContact, &[&bench.instance, &id], "").await;
            assert_eq!(described.template_version, Some(version));
        }
        let plain = bench.start(json!({})).await;
        assert_eq!((plain.template_version, plain.warning), (None, None));
    })
    .await;
}

#[tokio::test]
async fn b81_a_reference_that_resembles_a_field_is_told() {
    let bench = Bench::new().await;
    let mut body = bench.template("Likeness");
    body["Fields"].as_array_mut().expect("fields").push(json!({"Id": {"Name": "Amount"}, "Type": "NUMBER"}));
    let optional = text(&bench.create(body.clone()).await.ok()["Id"]);
    body["Name"] = json!("Strict");
    body["Constraints"]["RequiredFields"].as_array_mut().expect("a list").push(json!({"Id": {"Name": "Amount"}}));
    let required = text(&bench.create(body).await.ok()["Id"]);
    let with = |template: &str, key: &str| json!({"TaskTemplateId": template, "ContactFlowId": null, "References": {key: {"Type": "NUMBER", "Value": "1"}}});
    for key in ["amount", "Amount ", "Amounts", "Amout"] {
        let started = bench.start(with(&optional, key)).await;
        let warning = started.warning.clone().expect("a warning");
        assert!(warning.contains(&format!("References[\"{key}\"]")) && warning.contains("\"Amount\""), "{warning}");
        assert!(bench.references(&text(&started.ok()["ContactId"])).await.to_string().contains(key), "it is kept");
        let message = bench.start(with(&required, key)).await.refused("InvalidRequestException");
        assert!(message.ends_with(&format!("; the reference \"{key}\" has nearly its name.")), "{message}");
    }
    for key in ["Amount", "Sum"] {
        let started = bench.start(with(&optional, key)).await;
        assert_eq!((started.error.as_str(), started.warning), ("", None), "{key}");
    }
    let mut both = with(&optional, "amount");
    both["References"]["Amount"] = json!({"Type": "NUMBER", "Value": "2"});
    assert_eq!(bench.start(both).await.warning, None, "the field has its value");
}

#[tokio::test]
async fn tasks_2_3_10_a_bad_type_of_a_reference_names_those_that_are_taken() {
    let bench = Bench::new().await;
    let bad = json!({"References": {"r": {"Type": "PHONE", "Value": "1"}}});
    let message = bench.start(bad.clone()).await.refused("InvalidParameterException");
    assert!(message.contains("[URL, NUMBER, STRING, DATE, EMAIL]"), "{message}");
    let mut external = bad;
    external["Channel"] = json!("TASK");
    external["InitiationMethod"] = json!("API");
    external["InstanceId"] = json!(bench.instance);
    let message = bench.send(Op::CreateContact, &[], external).await.refused("InvalidParameterException");
    assert!(message.contains("[URL, NUMBER, STRING, DATE, EMAIL, ATTACHMENT]"), "{message}");
}

#[tokio::test]
async fn b82_the_references_of_a_task_have_bounds() {
    let limits = Limits { references_per_task: 3, reference_bytes_per_task: 40, ..Limits::default() };
    on_each_engine(limits, async |bench| {
        let named = |names: &[&str], value: &str| -> Value {
            let entry = |name: &&str| ((*name).to_owned(), json!({"Type": "STRING", "Value": value}));
            json!({"References": names.iter().map(entry).collect::<serde_json::Map<_, _>>()})
        };
        bench.start(named(&["a", "b", "c", "d"], "x")).await.refused("ServiceQuotaExceededException");
        bench.start(named(&["a", "b"], &"x".repeat(20))).await.refused("ServiceQuotaExceededException");
        let task = bench.started(named(&["a", "b"], "x")).await;
        let update = async |body: Value| bench.send(Op::UpdateContact, &[&bench.instance, &task], body).await;
        update(named(&["b", "c"], "y")).await.ok();
        let message = update(named(&["d"], "y")).await.refused("InvalidRequestException");
        assert!(message.contains("at most 3"), "{message}");
        let message = update(named(&["c"], &"z".repeat(40))).await.refused("InvalidRequestException");
        assert!(message.contains("at most 40 bytes"), "{message}");
        update(named(&["c"], "")).await.ok();
        assert_eq!(bench.references(&task).await.as_array().map(Vec::len), Some(3));
    })
    .await;
}
