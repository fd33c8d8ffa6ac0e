//! Hours of operation, overrides, parents and effective hours (administration 2.1 to 2.3).

mod refused;

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, NOW, on_each_engine};

/// `"MONDAY 09:00-17:00"`, or without a day.
fn window(text: &str) -> Value {
    let (day, times) = text.rsplit_once(' ').unwrap_or(("", text));
    let (start, end) = times.split_once('-').expect("two times");
    let time = |text: &str| {
        let (hours, minutes) = text.split_once(':').expect("a time");
        json!({"Hours": hours.parse::<i32>().expect("hours"), "Minutes": minutes.parse::<i32>().expect("minutes")})
    };
    let mut window = json!({"StartTime": time(start), "EndTime": time(end)});
    if !day.is_empty() {
        window["Day"] = json!(day);
    }
    window
}

fn windows(texts: &[&str]) -> Value {
    texts.iter().map(|text| window(text)).collect()
}

/// A good request for CreateHoursOfOperation.
fn office(name: &str) -> Value {
    let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
    let config: Value = days.iter().map(|day| window(&format!("{day} 09:00-17:00"))).collect();
    json!({"Name": name, "Description": "as made", "TimeZone": "Europe/Berlin", "Config": config, "Tags": {"team": "blue"}})
}

/// A good request for CreateHoursOfOperationOverride of the type STANDARD.
fn short_week(name: &str) -> Value {
    let config = windows(&["MONDAY 10:00-14:00", "TUESDAY 10:00-14:00", "THURSDAY 10:00-12:00"]);
    json!({"Name": name, "Config": config, "EffectiveFrom": "2026-12-21", "EffectiveTill": "2026-12-24"})
}

fn recurring(name: &str, kind: &str, range: (&str, &str), pattern: &Value, config: &Value) -> Value {
    json!({
        "Name": name, "OverrideType": kind, "EffectiveFrom": range.0, "EffectiveTill": range.1, "Config": config,
        "RecurrenceConfig": {"RecurrencePattern": pattern},
    })
}

impl Bench {
    async fn hours(&self, op: Op, labels: &[&str], body: Value) -> Answer {
        let mut all = vec![self.instance.as_str()];
        all.extend(labels);
        self.send(op, &all, body).await
    }

    async fn new_hours(&self, body: Value) -> String {
        let made = self.hours(Op::CreateHoursOfOperation, &[], body).await.ok();
        made["HoursOfOperationId"].as_str().expect("an id").to_owned()
    }

    async fn new_override(&self, hours: &str, body: Value) -> String {
        let made = self.hours(Op::CreateHoursOfOperationOverride, &[hours], body).await.ok();
        made["HoursOfOperationOverrideId"].as_str().expect("an id").to_owned()
    }

    async fn shown_hours(&self, id: &str) -> Value {
        let shown = self.hours(Op::DescribeHoursOfOperation, &[id], json!({})).await.ok();
        shown["HoursOfOperation"].clone()
    }

    async fn shown_override(&self, hours: &str, id: &str) -> Value {
        let shown = self.hours(Op::DescribeHoursOfOperationOverride, &[hours, id], json!({})).await.ok();
        shown["HoursOfOperationOverride"].clone()
    }

    /// `"09:00-12:00 13:00-17:00"` for each date.
    async fn effective(&self, hours: &str, from: &str, to: &str) -> Vec<(String, String)> {
        let query = format!("fromDate={from}&toDate={to}");
        let answer = self.get(Op::GetEffectiveHoursOfOperations, &[&self.instance, hours], &query).await.ok();
        let list = answer["EffectiveHoursOfOperationList"].as_array().expect("a list").clone();
        let time = |time: &Value| {
            format!("{:02}:{:02}", time["Hours"].as_i64().expect("hours"), time["Minutes"].as_i64().expect("minutes"))
        };
        let text = |hour: &Value| format!("{}-{}", time(&hour["Start"]), time(&hour["End"]));
        let of_date = |entry: &Value| {
            let hours: Vec<String> = entry["OperationalHours"].as_array().expect("a list").iter().map(text).collect();
            (entry["Date"].as_str().expect("a date").to_owned(), hours.join(" "))
        };
        list.iter().map(of_date).collect()
    }
}

/// A time of December 2026 in UTC, epoch milliseconds.
fn december(day: i64, hour: i64, minute: i64) -> i64 {
    NOW + ((333 + day) * 86_400 + hour * 3_600 + minute * 60) * 1_000
}

fn modified(shown: &Value) -> Option<i64> {
    shown["LastModifiedTime"].as_f64().map(|seconds| (seconds * 1e3) as i64)
}

#[tokio::test]
async fn administration_2_1_4_hours_are_made_shown_changed_and_deleted() {
    on_each_engine(Limits { hours_of_operation_per_instance: 2, ..Limits::default() }, async |mut bench| {
        let id = bench.new_hours(office("Office")).await;
        let shown = bench.shown_hours(&id).await;
        for member in ["Name", "Description", "TimeZone", "Config", "Tags"] {
            assert_eq!(shown[member], office("Office")[member], "{member}");
        }
        assert_eq!(shown.get("ParentHoursOfOperations"), None);
        let arn = shown["HoursOfOperationArn"].as_str().expect("an ARN").to_owned();
        assert!(arn.ends_with(&format!("/operating-hours/{id}")), "{arn}");
        let refused = bench.hours(Op::CreateHoursOfOperation, &[], office("Third")).await;
        assert!(refused.refused("LimitExceededException").contains("at most 2 hours of operation"));
        bench.now = NOW + 5_000;
        // As infrastructure tools send it: everything, with an empty description.
        let all =
            json!({"Name": "Night", "Description": "", "TimeZone": "UTC", "Config": [window("SUNDAY 22:00-06:00")]});
        bench.hours(Op::UpdateHoursOfOperation, &[&arn], all.clone()).await.ok();
        let changed = bench.shown_hours(&id).await;
        assert_eq!(
            (&changed["Name"], &changed["TimeZone"], &changed["Config"]),
            (&all["Name"], &all["TimeZone"], &all["Config"])
        );
        assert_eq!((changed.get("Description"), &changed["Tags"]), (None, &shown["Tags"]), "administration 1.1.5");
        assert_eq!((modified(&shown), modified(&changed)), (Some(NOW), Some(NOW + 5_000)), "administration 1.2.3");
        bench.now = NOW + 9_000;
        bench.hours(Op::UpdateHoursOfOperation, &[&id], all).await.ok();
        bench.hours(Op::UpdateHoursOfOperation, &[&id], json!({})).await.ok();
        assert_eq!(bench.shown_hours(&id).await, changed, "administration 1.1.4, 1.1.6, 1.2.3: nothing changed");
        bench.hours(Op::UpdateHoursOfOperation, &[&id], json!({"Config": []})).await.ok();
        assert_eq!(bench.shown_hours(&id).await["Config"], json!([]), "administration 2.1.1: never open");
        let list = bench.get(Op::ListHoursOfOperations, &[&bench.instance], "").await.ok();
        let list = list["HoursOfOperationSummaryList"].as_array().expect("a list");
        let night = list.iter().find(|hours| hours["Name"] == "Night").expect("it is listed");
        assert_eq!(night.get("Tags"), None, "administration 1.2.4");
        bench.hours(Op::DeleteHoursOfOperation, &[&id], json!({})).await.ok();
        let again = bench.hours(Op::DeleteHoursOfOperation, &[&id], json!({})).await;
        again.refused("ResourceNotFoundException"); // administration 1.3.1
        bench.new_hours(office("Night")).await; // name and quota are free
    })
    .await;
}

#[tokio::test]
async fn administration_2_1_5_children_take_the_overrides_of_their_parents() {
    on_each_engine(Limits::default(), async |mut bench| {
        let holidays = bench.new_hours(json!({"Name": "Holidays", "TimeZone": "Asia/Tokyo", "Config": []})).await;
        let other = bench.new_hours(json!({"Name": "Other", "TimeZone": "UTC", "Config": []})).await;
        let mut body = office("Office");
        body["ParentHoursOfOperationConfigs"] =
            json!([{"HoursOfOperationId": holidays}, {"HoursOfOperationId": holidays}]);
        let office_id = bench.new_hours(body).await;
        let holidays_arn = bench.shown_hours(&holidays).await["HoursOfOperationArn"].clone();
        let parent = |name: &str| json!({"Name": name, "Id": holidays, "Arn": holidays_arn});
        assert_eq!(bench.shown_hours(&office_id).await["ParentHoursOfOperations"], json!([parent("Holidays")]));
        bench.new_override(&holidays, short_week("Short week")).await;
        // Live, and in the child's zone: dates and times are those of Berlin.
        assert_eq!(
            bench.effective(&office_id, "2026-12-22", "2026-12-23").await,
            [("2026-12-22".to_owned(), "10:00-14:00".to_owned()), ("2026-12-23".to_owned(), String::new()),]
        );
        let own = bench.hours(Op::ListHoursOfOperationOverrides, &[&office_id], json!({})).await.ok();
        assert_eq!(own["HoursOfOperationOverrideList"], json!([]), "administration 2.2.7: only own ones");
        bench.hours(Op::UpdateHoursOfOperation, &[&holidays], json!({"Name": "Feast days"})).await.ok();
        assert_eq!(bench.shown_hours(&office_id).await["ParentHoursOfOperations"], json!([parent("Feast days")]));

        bench.now = NOW + 5_000;
        let both =
            json!({"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": other}, {"HoursOfOperationId": holidays}]});
        bench.hours(Op::AssociateHoursOfOperations, &[&office_id], both.clone()).await.ok();
        let shown = bench.shown_hours(&office_id).await;
        let ids: Vec<&Value> =
            shown["ParentHoursOfOperations"].as_array().expect("a list").iter().map(|p| &p["Id"]).collect();
        assert_eq!(ids, [&json!(holidays), &json!(other)], "administration 1.2.5: in order of association");
        assert_eq!(modified(&shown), Some(NOW + 5_000), "administration 1.2.3");
        assert_eq!(modified(&bench.shown_hours(&other).await), Some(NOW), "a parent's children are not its own");
        bench.now = NOW + 9_000;
        bench.hours(Op::AssociateHoursOfOperations, &[&office_id], both).await.ok();
        assert_eq!(bench.shown_hours(&office_id).await, shown, "administration 1.3.2");

        let second = bench.new_hours(office("Second")).await;
        bench
            .hours(
                Op::AssociateHoursOfOperations,
                &[&second],
                json!({"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": holidays_arn}]}),
            )
            .await
            .ok();
        let page = bench.get(Op::ListChildHoursOfOperations, &[&bench.instance, &holidays], "maxResults=1").await.ok();
        assert_eq!(
            page["ChildHoursOfOperationsSummaryList"],
            json!([{"Name": "Office", "Id": office_id, "Arn": shown["HoursOfOperationArn"]}])
        );
        let query = format!("maxResults=1&nextToken={}", page["NextToken"].as_str().expect("a token"));
        let page = bench.get(Op::ListChildHoursOfOperations, &[&bench.instance, &holidays], &query).await.ok();
        assert_eq!(
            (&page["ChildHoursOfOperationsSummaryList"][0]["Id"], page.get("NextToken")),
            (&json!(second), None)
        );
        assert!(modified(&page).is_some() && page["LastModifiedRegion"] == "us-east-1", "administration 1.2.5");

        let gone = json!({"ParentHoursOfOperationIds": [holidays, second]});
        bench.hours(Op::DisassociateHoursOfOperations, &[&office_id], gone).await.ok();
        assert_eq!(bench.shown_hours(&office_id).await["ParentHoursOfOperations"][1], Value::Null);
        bench.hours(Op::DeleteHoursOfOperation, &[&office_id], json!({})).await.ok();
        bench.hours(Op::DeleteHoursOfOperation, &[&other], json!({})).await.ok(); // its child is gone
    })
    .await;
}

/// administration 2.1.5: a conflict of two associations never makes three generations.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn administration_2_1_5_two_associations_at_once_make_no_grandparents() {
    let mut places = vec![(Bench::new().await, None)];
    if let Some(url) = testkit::pg_url_for_tests().await {
        places.push((Bench::on(&url).await, Some(Bench::on(&url).await))); // two processes
    }
    for (bench, second) in &places {
        let second = second.as_ref().unwrap_or(bench);
        assert_eq!(bench.instance, second.instance);
        for round in 0..10 {
            let mut ids = Vec::new();
            for name in ["a", "b", "c"] {
                ids.push(bench.new_hours(office(&format!("{name}{round}"))).await);
            }
            let parent = |n: usize| json!({"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": ids[n]}]});
            let (child, middle) = ([ids[0].as_str()], [ids[1].as_str()]);
            let below = bench.hours(Op::AssociateHoursOfOperations, &child, parent(1));
            let above = second.hours(Op::AssociateHoursOfOperations, &middle, parent(2));
            let (below, above) = tokio::join!(below, above);
            let done = [&below, &above].iter().filter(|answer| answer.error.is_empty()).count();
            assert_eq!(done, 1, "{} {}", below.body, above.body);
            let refused = if below.error.is_empty() { above } else { below };
            refused.refused("InvalidRequestException");
        }
    }
}

#[tokio::test]
async fn administration_2_2_7_overrides_are_made_shown_changed_and_deleted() {
    on_each_engine(Limits::default(), async |mut bench| {
        let hours = bench.new_hours(office("Office")).await;
        bench.now = NOW + 1_000;
        let pattern = json!({"Frequency": "YEARLY", "Interval": 1, "ByMonth": [12], "ByMonthDay": [25]});
        let mut christmas = recurring("Christmas", "CLOSED", ("2026-01-01", "2030-12-31"), &pattern, &windows(&["0:00-0:00"]));
        christmas["Description"] = json!("as made");
        let id = bench.new_override(&hours, christmas.clone()).await;
        let shown = bench.shown_override(&hours, &id).await;
        let owner = bench.shown_hours(&hours).await;
        for (member, value) in christmas.as_object().expect("an object") {
            assert_eq!(&shown[member], value, "{member}");
        }
        assert_eq!((&shown["HoursOfOperationId"], &shown["HoursOfOperationArn"]), (&json!(hours), &owner["HoursOfOperationArn"]));
        assert_eq!(shown["HoursOfOperationOverrideId"], json!(id));
        assert_eq!(modified(&owner), Some(NOW + 1_000), "administration 1.2.3");
        assert_eq!(owner.get("Overrides"), None);

        bench.now = NOW + 2_000;
        let change = async |bench: &Bench, body: Value| {
            bench.hours(Op::UpdateHoursOfOperationOverride, &[&hours, &id], body).await.ok()
        };
        change(&bench, json!({"Name": "Christmas", "Description": ""})).await;
        assert_eq!(bench.shown_override(&hours, &id).await.get("Description"), None, "administration 1.1.5");
        change(&bench, json!({"OverrideType": "OPEN", "Config": windows(&["10:00-12:00"])})).await;
        let opened = bench.shown_override(&hours, &id).await;
        assert_eq!((&opened["OverrideType"], &opened["RecurrenceConfig"]), (&json!("OPEN"), &shown["RecurrenceConfig"]));
        assert_eq!(bench.effective(&hours, "2026-12-25", "2026-12-25").await[0].1, "09:00-17:00");
        let standard = json!({"OverrideType": "STANDARD", "Config": [], "EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26"});
        change(&bench, standard).await;
        let closed = bench.shown_override(&hours, &id).await;
        assert_eq!((&closed["OverrideType"], closed.get("RecurrenceConfig")), (&json!("STANDARD"), None), "STANDARD drops it");
        assert_eq!(bench.effective(&hours, "2026-12-25", "2026-12-25").await[0].1, "");
        change(&bench, json!({"Name": "Feast"})).await;
        bench.now = NOW + 3_000;
        change(&bench, json!({"Name": "Feast"})).await;
        assert_eq!(modified(&bench.shown_hours(&hours).await), Some(NOW + 2_000), "administration 1.2.3: nothing changed");
        // The hours themselves change and keep their overrides.
        bench.hours(Op::UpdateHoursOfOperation, &[&hours], json!({"Name": "Bureau"})).await.ok();
        assert_eq!(bench.shown_override(&hours, &id).await["Name"], "Feast");

        let other = bench.new_hours(office("Office")).await;
        bench.new_override(&other, short_week("Feast")).await; // administration 1.2.1: names are the hours' own
        bench.hours(Op::DeleteHoursOfOperationOverride, &[&hours, &id], json!({})).await.ok();
        let again = bench.hours(Op::DeleteHoursOfOperationOverride, &[&hours, &id], json!({})).await;
        assert!(again.refused("ResourceNotFoundException").contains(&id), "administration 1.3.1");
        bench.hours(Op::DeleteHoursOfOperation, &[&other], json!({})).await.ok();
    })
    .await;
}

#[tokio::test]
async fn administration_1_2_5_overrides_are_listed_oldest_first_in_pages() {
    on_each_engine(Limits::default(), async |mut bench| {
        let hours = bench.new_hours(office("Office")).await;
        let mut made = Vec::new();
        for n in 0..5 {
            bench.now = NOW + n;
            made.push(bench.new_override(&hours, short_week(&format!("o{n}"))).await);
        }
        let (mut found, mut query) = (Vec::new(), "maxResults=2".to_owned());
        loop {
            let page = bench.get(Op::ListHoursOfOperationOverrides, &[&bench.instance, &hours], &query).await.ok();
            assert!(modified(&page) == Some(NOW + 4) && page["LastModifiedRegion"] == "us-east-1");
            let list = page["HoursOfOperationOverrideList"].as_array().expect("a list").clone();
            found.extend(list.iter().map(|one| one["HoursOfOperationOverrideId"].as_str().expect("an id").to_owned()));
            if found.len() == 2 {
                // A page goes on behind the last one, even when that is deleted.
                bench.hours(Op::DeleteHoursOfOperationOverride, &[&hours, &made[1]], json!({})).await.ok();
                bench.now = NOW + 4;
            }
            match page["NextToken"].as_str() {
                Some(token) => query = format!("maxResults=2&nextToken={token}"),
                None => break,
            }
        }
        assert_eq!(found, made);
    })
    .await;
}

/// The hours and overrides of the example of administration 2.3.3, as they were made.
async fn example(bench: &Bench) -> String {
    let hours = bench.new_hours(office("Office")).await;
    let year = ("2026-01-01", "2026-12-31");
    for body in [
        recurring(
            "Christmas",
            "CLOSED",
            ("2026-01-01", "2030-12-31"),
            &json!({"Frequency": "YEARLY", "Interval": 1, "ByMonth": [12], "ByMonthDay": [25]}),
            &windows(&["0:00-0:00"]),
        ),
        recurring(
            "Late Thursday",
            "OPEN",
            year,
            &json!({"Frequency": "MONTHLY", "Interval": 1, "ByWeekdayOccurrence": [-1]}),
            &windows(&["THURSDAY 17:00-20:00"]),
        ),
        recurring(
            "Lunch",
            "CLOSED",
            ("2026-12-04", "2026-12-31"),
            &json!({"Frequency": "WEEKLY", "Interval": 2}),
            &windows(&["FRIDAY 12:00-13:00"]),
        ),
        short_week("Short week"),
    ] {
        bench.new_override(&hours, body).await;
    }
    hours
}

#[tokio::test]
async fn administration_2_3_3_the_example_through_the_api() {
    on_each_engine(Limits::default(), async |bench| {
        let hours = example(&bench).await;
        let effective = bench.effective(&hours, "2026-12-11", "2026-12-31").await;
        for (date, expected) in [
            ("2026-12-11", "09:00-17:00"),
            ("2026-12-18", "09:00-12:00 13:00-17:00"),
            ("2026-12-19", ""),
            ("2026-12-21", "10:00-14:00"),
            ("2026-12-23", ""),
            ("2026-12-24", "10:00-12:00"),
            ("2026-12-25", ""),
            ("2026-12-31", "09:00-20:00"),
        ] {
            assert!(effective.contains(&(date.to_owned(), expected.to_owned())), "{date}: {effective:?}");
        }
        let query = "fromDate=2026-12-23&toDate=2026-12-25";
        let answer = bench.get(Op::GetEffectiveHoursOfOperations, &[&bench.instance, &hours], query).await.ok();
        assert_eq!(answer["TimeZone"], "Europe/Berlin");
        let midnight = json!({"Hours": 0, "Minutes": 0});
        assert_eq!(
            answer["EffectiveOverrideHoursList"][0],
            json!({"Date": "2026-12-23", "OverrideHours": [
                {"Start": midnight, "End": midnight, "OverrideName": "Short week", "OperationalStatus": "CLOSED"},
            ]}),
            "administration 2.3.2"
        );
    })
    .await;
}

/// administration 2.3.4, 2.1.4, flows 7.3.2
#[tokio::test]
async fn administration_2_3_4_flows_ask_the_same_hours() {
    on_each_engine(Limits::default(), async |bench| {
        let hours = example(&bench).await;
        let says = |identifier: &str| {
            json!({"Identifier": identifier, "Type": "UpdateContactAttributes", "Parameters": {"Attributes": {"office": identifier}},
                   "Transitions": {"NextAction": "end", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}})
        };
        let branch = |operand: &str, next: &str| json!({"NextAction": next, "Condition": {"Operator": "Equals", "Operands": [operand]}});
        let content = json!({"Version": "2019-10-30", "StartAction": "check", "Actions": [
            {"Identifier": "check", "Type": "CheckHoursOfOperation", "Parameters": {"HoursOfOperationId": hours},
             "Transitions": {"NextAction": "unknown", "Conditions": [branch("True", "open"), branch("False", "closed")],
                             "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "unknown"}]}},
            says("open"), says("closed"), says("unknown"),
            {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
        ]});
        let body = json!({"Name": "Asks", "Type": "CONTACT_FLOW", "Content": content.to_string()});
        let flow = bench.send(Op::CreateContactFlow, &[&bench.instance], body).await.ok()["ContactFlowId"].clone();
        let mut bench = bench;
        for (moment, expected) in [
            (december(18, 10, 59), "open"), // Berlin is an hour ahead
            (december(18, 11, 0), "closed"),
            (december(18, 12, 0), "open"),
            (december(23, 10, 0), "closed"),
            (december(31, 18, 30), "open"),
        ] {
            bench.now = moment;
            let body = json!({"InstanceId": bench.instance, "Name": "Task", "ContactFlowId": flow});
            let task = bench.send(Op::StartTaskContact, &[], body).await.ok();
            let id = task["ContactId"].as_str().expect("an id");
            bench.service.worker().step(bench.now, 100).await.expect("the worker works");
            let told = bench.get(Op::GetContactAttributes, &[&bench.instance, id], "").await.ok();
            assert_eq!(told["Attributes"], json!({"office": expected}), "{moment}");
        }
    })
    .await;
}
