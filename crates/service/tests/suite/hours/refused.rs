//! What is refused of hours of operation: the negative cases A1 to A17.

use super::*;
use store::Kind;

/// A case, a call with the labels behind the instance, its exception, and what the message names.
type Case<'a> = (&'a str, Op, Vec<&'a str>, Value, &'a str, Vec<&'a str>);

async fn all_refused(bench: &Bench, cases: Vec<Case<'_>>) {
    for (case, op, labels, body, error, names) in cases {
        let message = bench.hours(op, &labels, body.clone()).await.refused(error);
        for name in names {
            assert!(message.contains(name), "{case} {body}: {message} does not name {name}");
        }
    }
}

fn with(mut body: Value, member: &str, value: Value) -> Value {
    body[member] = value;
    body
}

/// administration A1, A2, A3, A7, 1.1.2
#[tokio::test]
async fn administration_a1_to_a3_and_a7_what_hours_may_not_be() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_hours(office("Office")).await;
        let basic = bench.service.store().resource_named(&bench.instance, Kind::HoursOfOperation, "Basic Hours").await;
        let basic = basic.expect("a read").expect("the first hours").id;
        let queue = bench.get(Op::ListQueues, &[&bench.instance], "queueTypes=STANDARD").await.ok();
        let queue = queue["QueueSummaryList"][0]["Id"].as_str().expect("an id").to_owned();
        let (create, update) = (Op::CreateHoursOfOperation, Op::UpdateHoursOfOperation);
        let (ipe, ire) = ("InvalidParameterException", "InvalidRequestException");
        let late = json!([{"Day": "MONDAY", "StartTime": {"Hours": 24, "Minutes": 0}, "EndTime": {"Hours": 0, "Minutes": 60}}]);
        let before = bench.shown_hours(&id).await;
        all_refused(
            &bench,
            vec![
                ("A1", create, vec![], with(office("x"), "TimeZone", json!("Mars/Olympus")), ipe, vec!["TimeZone", "Mars/Olympus"]),
                ("A1", update, vec![&id], json!({"TimeZone": "europe/berlin"}), ipe, vec!["TimeZone", "europe/berlin"]),
                ("A2", create, vec![], with(office("x"), "Config", late), ipe, vec!["Config[0].StartTime.Hours", "Config[0].EndTime.Minutes"]),
                ("A3", create, vec![], office("Office"), "DuplicateResourceException", vec!["Name", "Office"]),
                ("A3", update, vec![&id], json!({"Name": "Basic Hours"}), "DuplicateResourceException", vec!["Name", "Basic Hours"]),
                ("1.2.2", create, vec![], office(" \t"), ipe, vec!["Name"]),
                ("1.1.5", create, vec![], with(office("x"), "Description", json!("")), ipe, vec!["Description"]),
                ("A7", Op::DeleteHoursOfOperation, vec![&basic], json!({}), ire, vec![&queue]),
                ("1.1.3", Op::DescribeHoursOfOperation, vec![&queue], json!({}), "ResourceNotFoundException", vec![&queue]),
            ],
        )
        .await;
        assert_eq!(bench.shown_hours(&id).await, before);
    })
    .await;
}

/// administration A4, A5, A6, A7, 1.1.1
#[tokio::test]
async fn administration_a4_to_a7_what_parents_may_not_be() {
    on_each_engine(Limits::default(), async |bench| {
        let mut ids = Vec::new();
        for n in 0..6 {
            ids.push(bench.new_hours(office(&format!("h{n}"))).await);
        }
        let parents = |ids: &[&String]| -> Value { ids.iter().map(|id| json!({"HoursOfOperationId": id})).collect() };
        let configs = |ids: &[&String]| json!({"ParentHoursOfOperationConfigs": parents(ids)});
        let associate = Op::AssociateHoursOfOperations;
        let (ipe, ire) = ("InvalidParameterException", "InvalidRequestException");
        let member = "ParentHoursOfOperationConfigs[0]";
        bench.hours(associate, &[&ids[0]], configs(&[&ids[1], &ids[2], &ids[3]])).await.ok();
        let four = with(office("x"), "ParentHoursOfOperationConfigs", parents(&[&ids[1], &ids[2], &ids[3], &ids[4]]));
        let unknown = json!({"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": "nowhere"}, {"HoursOfOperationId": "nothing"}]});
        let nobody = "ParentHoursOfOperationIds";
        all_refused(
            &bench,
            vec![
                ("A4", Op::CreateHoursOfOperation, vec![], four, ipe, vec!["ParentHoursOfOperationConfigs", "3"]),
                ("A4", associate, vec![&ids[0]], configs(&[&ids[4]]), "ServiceQuotaExceededException", vec!["3"]),
                ("A5", associate, vec![&ids[4]], configs(&[&ids[4]]), ire, vec![member, &ids[4]]),
                ("A6", associate, vec![&ids[4]], configs(&[&ids[0]]), ire, vec![member, &ids[0], &ids[1]]),
                ("A6", associate, vec![&ids[1]], configs(&[&ids[4]]), ire, vec![&ids[1], &ids[0]]),
                ("A6", Op::CreateHoursOfOperation, vec![], with(office("x"), "ParentHoursOfOperationConfigs", parents(&[&ids[0]])), ire, vec![member, &ids[0]]),
                ("A7", Op::DeleteHoursOfOperation, vec![&ids[1]], json!({}), ire, vec![&ids[0]]),
                ("2.1.5", associate, vec!["absent"], unknown, "ResourceNotFoundException", vec!["HoursOfOperationId", "absent", member, "nowhere", "nothing"]),
                ("2.1.5", associate, vec![&ids[4]], json!({"ParentHoursOfOperationConfigs": [{}]}), ipe, vec![member, "HoursOfOperationId"]),
                ("2.1.5", Op::DisassociateHoursOfOperations, vec![&ids[0]], json!({nobody: ["nowhere", ids[1]]}), "ResourceNotFoundException", vec!["ParentHoursOfOperationIds[0]", "nowhere"]),
                ("2.1.5", Op::DisassociateHoursOfOperations, vec![&ids[0]], json!({nobody: []}), ipe, vec![nobody]),
            ],
        )
        .await;
        let shown = bench.shown_hours(&ids[0]).await;
        assert_eq!(shown["ParentHoursOfOperations"].as_array().map(Vec::len), Some(3), "administration 1.3.2: nothing changed");
    })
    .await;
}

/// A case, what it changes of an override of type STANDARD or, with a leading `CLOSED`, of a weekly one; the exception, and what the
/// message names.
type Change = (&'static str, &'static str, &'static str, &'static [&'static str]);

const IPE: &str = "InvalidParameterException";
const IRE: &str = "InvalidRequestException";

const CHANGES: &[Change] = &[
    ("A8", r#"{"EffectiveFrom": "2026-12-25"}"#, IPE, &["EffectiveTill"]),
    ("A8", r#"{"EffectiveFrom": "2026-02-30"}"#, IPE, &["EffectiveFrom", "2026-02-30"]),
    ("A8", r#"{"EffectiveFrom": "tomorrow"}"#, IPE, &["EffectiveFrom"]),
    ("A9", r#"CLOSED{"OverrideType": "STANDARD"}"#, IRE, &["RecurrenceConfig", "OverrideType"]),
    ("A9", r#"{"OverrideType": "CLOSED"}"#, IRE, &["RecurrenceConfig", "OverrideType"]),
    (
        "A10",
        r#"{"Config": [{"Day": "MONDAY", "StartTime": {"Hours": 22, "Minutes": 0}, "EndTime": {"Hours": 6, "Minutes": 0}}]}"#,
        IPE,
        &["Config[0].EndTime"],
    ),
    (
        "A11",
        r#"{"Config": [{"StartTime": {"Hours": 2, "Minutes": 0}, "EndTime": {"Hours": 6, "Minutes": 0}}]}"#,
        IPE,
        &["Config[0].Day"],
    ),
    (
        "A12",
        r#"CLOSED{"Frequency": "MONTHLY", "ByMonthDay": [1], "ByWeekdayOccurrence": [1]}"#,
        IRE,
        &["ByMonthDay", "ByWeekdayOccurrence"],
    ),
    (
        "A13",
        r#"CLOSED{"Frequency": "YEARLY", "ByMonth": [1, 2], "ByMonthDay": [0]}"#,
        IPE,
        &["ByMonth", "ByMonthDay[0]"],
    ),
    ("A14", r#"CLOSED{"ByMonth": [1]}"#, IRE, &["ByMonth"]),
    ("2.2.4", r#"CLOSED{"Interval": 7}"#, IPE, &["RecurrenceConfig.RecurrencePattern.Interval"]),
    ("1.2.2", r#"{"Name": "Second"}"#, "DuplicateResourceException", &["Name", "Second"]),
    ("1.2.2", r#"{"Name": "  "}"#, IPE, &["Name"]),
];

/// The request of a case: members of the pattern go there.
fn changed(text: &str) -> Value {
    let (weekly, members) = text.strip_prefix("CLOSED").map_or((false, text), |members| (true, members));
    let pattern = json!({"Frequency": "WEEKLY", "Interval": 1});
    let closed = || recurring("x", "CLOSED", ("2026-01-01", "2026-12-31"), &pattern, &windows(&["MONDAY 9:00-10:00"]));
    let mut body = if weekly { closed() } else { short_week("x") };
    let members: serde_json::Map<String, Value> = serde_json::from_str(members).expect("JSON");
    for (member, value) in members {
        if weekly && member != "OverrideType" {
            body["RecurrenceConfig"]["RecurrencePattern"][&member] = value;
        } else {
            body[&member] = value;
        }
    }
    body
}

/// administration A8, A9, A10, A11, A12, A13, A14, A15, A16, 2.2.4
#[tokio::test]
async fn administration_a8_to_a16_what_overrides_may_not_be() {
    on_each_engine(Limits { overrides_per_hours_of_operation: 3, ..Limits::default() }, async |bench| {
        let hours = bench.new_hours(office("Office")).await;
        let other = bench.new_hours(office("Other")).await;
        let id = bench.new_override(&hours, short_week("First")).await;
        bench.new_override(&hours, short_week("Second")).await;
        let before = bench.shown_override(&hours, &id).await;
        for (case, text, error, names) in CHANGES {
            let body = changed(text);
            let create = bench.hours(Op::CreateHoursOfOperationOverride, &[&hours], body.clone()).await;
            let update = bench.hours(Op::UpdateHoursOfOperationOverride, &[&hours, &id], body).await;
            let both = [
                ("create", Some(create)),
                ("update", (*case != "A9" || !text.starts_with("CLOSED")).then_some(update)),
            ];
            for (call, answer) in both {
                let Some(answer) = answer else { continue };
                let message = answer.refused(error);
                assert!(names.iter().all(|name| message.contains(name)), "{case} {call}: {message}");
            }
        }
        let absent = "ResourceNotFoundException";
        all_refused(
            &bench,
            vec![
                ("A16", Op::UpdateHoursOfOperationOverride, vec![&other, &id], json!({}), absent, vec![&id]),
                ("A16", Op::DescribeHoursOfOperationOverride, vec![&other, &id], json!({}), absent, vec![&id]),
                ("A16", Op::DeleteHoursOfOperationOverride, vec![&other, &id], json!({}), absent, vec![&id]),
            ],
        )
        .await;
        assert_eq!(bench.shown_override(&hours, &id).await, before);
        let empty = with(short_week("x"), "Description", json!("")); // administration 1.1.5: in creates it is no description
        bench.hours(Op::CreateHoursOfOperationOverride, &[&hours], empty).await.refused(IPE);
        bench.new_override(&hours, short_week("Third")).await;
        let message = bench.hours(Op::CreateHoursOfOperationOverride, &[&hours], short_week("x")).await;
        assert!(message.refused("LimitExceededException").contains('3'), "A15");
    })
    .await;
}

#[tokio::test]
async fn administration_a15_and_a17_limits_that_are_documented() {
    on_each_engine(Limits::default(), async |bench| {
        let hours = bench.new_hours(office("Office")).await;
        for n in 0..50 {
            bench.new_override(&hours, short_week(&format!("o{n}"))).await;
        }
        let one_more = bench.hours(Op::CreateHoursOfOperationOverride, &[&hours], short_week("o50")).await;
        assert!(one_more.refused("LimitExceededException").contains("50"));
        for (from, to) in [("2026-01-02", "2026-01-01"), ("2026-01-01", "2027-01-02")] {
            let query = format!("fromDate={from}&toDate={to}");
            let refused = bench.get(Op::GetEffectiveHoursOfOperations, &[&bench.instance, &hours], &query).await;
            assert!(refused.refused("InvalidParameterException").contains("toDate"));
        }
        assert_eq!(bench.effective(&hours, "2026-01-01", "2027-01-01").await.len(), 366);
        // administration 1.1.1: what is unknown comes before what is wrong with the dates.
        let (labels, query) = ([bench.instance.as_str(), "absent"], "fromDate=2026-01-02&toDate=2026-01-01");
        bench.get(Op::GetEffectiveHoursOfOperations, &labels, query).await.refused("ResourceNotFoundException");
    })
    .await;
}
