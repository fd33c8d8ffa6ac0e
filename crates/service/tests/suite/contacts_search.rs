//! SearchContacts (tasks 2.15).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, NOW, on_each_engine};
use crate::tasks::{NOBODY, text};

const NOW_S: i64 = NOW / 1000;

async fn search(bench: &Bench, more: Value) -> Answer {
    let mut body = json!({
        "InstanceId": bench.instance,
        "TimeRange": {"Type": "INITIATION_TIMESTAMP", "StartTime": NOW_S, "EndTime": NOW_S + 1_000},
    });
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    bench.send(Op::SearchContacts, &[], body).await
}

fn names(answer: &Value) -> Vec<String> {
    answer["Contacts"].as_array().expect("a list").iter().map(|contact| text(&contact["Name"])).collect()
}

/// Names of the tasks that these criteria find, oldest first.
async fn found(bench: &Bench, criteria: Value) -> Vec<String> {
    let sort = json!({"FieldName": "INITIATION_TIMESTAMP", "Order": "ASCENDING"});
    let answer = search(bench, json!({"SearchCriteria": criteria, "Sort": sort})).await.ok();
    let found = names(&answer);
    assert_eq!(answer["TotalCount"], json!(found.len()));
    found
}

#[tokio::test]
async fn tasks_2_15_1_and_2_15_3_ranges_orders_and_pages() {
    on_each_engine(Limits::default(), async |mut bench| {
        for n in 0..7 {
            bench.now = NOW + n * 1000;
            bench.started(json!({"Name": format!("Task {n}"), "Attributes": {"odd": format!("{}", n % 2)}})).await;
        }
        let all = search(&bench, json!({})).await.ok();
        assert_eq!(names(&all), (0..7).rev().map(|n| format!("Task {n}")).collect::<Vec<_>>(), "newest first");
        assert_eq!((&all["TotalCount"], all.get("NextToken")), (&json!(7), None));
        let range = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": NOW_S + 2, "EndTime": NOW_S + 4});
        let some = search(&bench, json!({"TimeRange": range})).await.ok();
        assert_eq!(names(&some), ["Task 4", "Task 3", "Task 2"], "both ends are included");
        let turned = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": NOW_S + 2, "EndTime": NOW_S});
        search(&bench, json!({"TimeRange": turned})).await.refused("InvalidParameterException");
        let odd = json!({"SearchableContactAttributes": {"Criteria": [{"Key": "odd", "Values": ["0"]}]}});
        for criteria in [json!({}), odd.clone()] {
            for field in
                ["INITIATION_TIMESTAMP", "EXPIRY_TIMESTAMP", "CHANNEL", "INITIATION_METHOD", "DISCONNECT_TIMESTAMP"]
            {
                for order in ["ASCENDING", "DESCENDING"] {
                    let body = json!({"SearchCriteria": criteria, "Sort": {"FieldName": field, "Order": order}});
                    let whole = search(&bench, body.clone()).await.ok();
                    let mut paged = Vec::new();
                    let mut token = Value::Null;
                    loop {
                        let mut body = body.clone();
                        body["MaxResults"] = json!(2);
                        if !token.is_null() {
                            body["NextToken"] = token;
                        }
                        let page = search(&bench, body).await.ok();
                        assert_eq!(page["TotalCount"], whole["TotalCount"], "{field} {order}");
                        paged.extend(names(&page));
                        token = page["NextToken"].clone();
                        if token.is_null() {
                            break;
                        }
                        assert_eq!(page["Contacts"].as_array().map(Vec::len), Some(2));
                    }
                    assert_eq!(paged, names(&whole), "{field} {order} {criteria}");
                    assert_eq!(paged.len(), if criteria == json!({}) { 7 } else { 4 });
                }
            }
        }
        let first = search(&bench, json!({"MaxResults": 2})).await.ok();
        let token = first["NextToken"].clone();
        search(&bench, json!({"MaxResults": 3, "NextToken": token})).await.ok();
        search(&bench, json!({"NextToken": token, "SearchCriteria": odd})).await.refused("InvalidParameterException");
        search(&bench, json!({"NextToken": "x"})).await.refused("InvalidParameterException");
        search(&bench, json!({"InstanceId": NOBODY})).await.refused("ResourceNotFoundException");
        search(&bench, json!({"MaxResults": 101})).await.refused("InvalidParameterException");
    })
    .await;
}

/// Names of the three tasks that the tests of criteria look for.
const ADA: &str = "Call Ada back";
const BOB: &str = "Call, Bob!";
const PARCEL: &str = "Return parcel";

/// A new task of Ada's, tagged red; one of Bob's that a user has, tagged blue; one about a parcel that is over. Answers id and
/// ARN of the user.
async fn three_tasks(bench: &mut Bench) -> (String, String) {
    let (user, user_arn) = bench.user("ada").await;
    let mut ids = Vec::new();
    for (n, (name, attributes)) in
        [(ADA, json!({"city": "Bonn", "kind": "a"})), (BOB, json!({"city": "Köln", "kind": "a"})), (PARCEL, json!({}))]
            .into_iter()
            .enumerate()
    {
        bench.now = NOW + n as i64 * 1000;
        let segment = if n == 0 { json!({"region": {"ValueString": "north"}}) } else { json!({}) };
        ids.push(bench.started(json!({"Name": name, "Attributes": attributes, "SegmentAttributes": segment})).await);
    }
    bench.now = NOW + 10_000;
    bench.act(Op::TagContact, &ids[0], json!({"Tags": {"team": "red", "x": "1"}})).await.ok();
    bench.act(Op::TagContact, &ids[1], json!({"Tags": {"team": "blue"}})).await.ok();
    bench.enqueue(&ids[1]).await;
    bench.connect(&ids[1], &user).await;
    bench.stop(&ids[2]).await.ok();
    (user, user_arn)
}

#[tokio::test]
async fn tasks_2_15_2_names_attributes_and_tags() {
    on_each_engine(Limits::default(), async |mut bench| {
        let (user, _) = three_tasks(&mut bench).await;
        let name = |texts: Value, how: &str| json!({"Name": {"SearchText": texts, "MatchType": how}});
        let attributes = |criteria: Value, how: &str| {
            json!({"SearchableContactAttributes": {"Criteria": criteria, "MatchType": how}})
        };
        let city = |values: Value| json!({"Key": "city", "Values": values});
        let kind = json!({"Key": "kind", "Values": ["a"]});
        let tag = |key: &str, value: &str| json!({"TagKey": key, "TagValue": value});
        let either = json!([[tag("team", "red"), tag("x", "1")], [tag("team", "blue")]]);
        let unsaid = json!({"SearchableContactAttributes": {"Criteria": [city(json!(["Bonn"])), kind]}});
        let segment = json!({"SearchableSegmentAttributes": {"Criteria": [{"Key": "region", "Values": ["north"]}]}});
        let both = json!({"Name": {"SearchText": ["call"], "MatchType": "MATCH_ALL"}, "AgentIds": [user]});
        let cases: Vec<(Value, Vec<&str>)> = vec![
            (json!({}), vec![ADA, BOB, PARCEL]),
            (name(json!(["call"]), "MATCH_ALL"), vec![ADA, BOB]),
            (name(json!(["call", "ada"]), "MATCH_ALL"), vec![ADA]),
            (name(json!(["ada", "parcel"]), "MATCH_ANY"), vec![ADA, PARCEL]),
            (name(json!(["call bob"]), "MATCH_EXACT"), vec![BOB]),
            (name(json!(["call"]), "MATCH_NONE"), vec![PARCEL]),
            (name(json!(["cal"]), "MATCH_ALL"), vec![]),
            (attributes(json!([city(json!(["Bonn", "Köln"]))]), "MATCH_ALL"), vec![ADA, BOB]),
            (unsaid, vec![ADA]),
            (attributes(json!([city(json!(["Bonn"])), kind]), "MATCH_ANY"), vec![ADA, BOB]),
            (attributes(json!([city(json!(["Bonn"]))]), "MATCH_NONE"), vec![BOB, PARCEL]),
            (segment, vec![ADA]),
            (json!({"ContactTags": {"TagCondition": tag("team", "red")}}), vec![ADA]),
            (json!({"ContactTags": {"TagCondition": {"TagKey": "team"}}}), vec![ADA, BOB]),
            (json!({"ContactTags": {"TagCondition": {"TagValue": "red"}}}), vec![ADA]), // B80
            (json!({"ContactTags": {"AndConditions": [tag("team", "red"), tag("x", "2")]}}), vec![]),
            (json!({"ContactTags": {"OrConditions": either}}), vec![ADA, BOB]),
            (both, vec![BOB]),
        ];
        for (criteria, expected) in cases {
            assert_eq!(found(&bench, criteria.clone()).await, expected, "{criteria}");
        }
    })
    .await;
}

/// The name of a list, the criteria with such a list, and an entry for it.
type CriteriaList = (&'static str, fn(Value) -> Value, Value);

/// Every list of criteria has a limit, those without one in the model too.
#[tokio::test]
async fn b141_lists_of_criteria_have_a_limit() {
    on_each_engine(Limits::default(), async |bench| {
        let of = |n: usize, entry: Value| Value::Array(vec![entry; n]);
        let (tag, range) = (
            json!({"TagKey": "a", "TagValue": "b"}),
            json!({"Type": "INITIATION_TIMESTAMP", "StartTime": 1, "EndTime": 2}),
        );
        let key = json!({"Key": "a", "Values": ["b"]});
        let agents = |n: usize| json!({"AgentCriteria": {"AgentIds": of(n, json!("a")), "MatchType": "MATCH_ANY"}});
        let lists: [CriteriaList; 8] = [
            ("ContactTags.OrConditions", |list| json!({"ContactTags": {"OrConditions": list}}), json!([tag])),
            ("ContactTags.OrConditions", |list| json!({"ContactTags": {"OrConditions": [list]}}), tag.clone()),
            ("ContactTags.OrConditions", |list| json!({"ContactTags": {"OrConditions": list}}), json!([])),
            ("ContactTags.AndConditions", |list| json!({"ContactTags": {"AndConditions": list}}), tag.clone()),
            (
                "AdditionalTimeRange.Criteria",
                |list| json!({"AdditionalTimeRange": {"Criteria": list, "MatchType": "MATCH_ANY"}}),
                json!({"TimeRange": range}),
            ),
            (
                "SearchableContactAttributes.Criteria",
                |list| json!({"SearchableContactAttributes": {"Criteria": list}}),
                key.clone(),
            ),
            (
                "SearchableSegmentAttributes.Criteria",
                |list| json!({"SearchableSegmentAttributes": {"Criteria": list}}),
                key,
            ),
            ("RoutingCriteria.Steps", |list| json!({"RoutingCriteria": {"Steps": list}}), json!({})),
        ];
        for (name, criteria, entry) in lists {
            for n in [101, 5_000] {
                let body = json!({"SearchCriteria": criteria(of(n, entry.clone()))});
                let text = search(&bench, body).await.refused("InvalidParameterException");
                assert!(text.contains(name.split('.').next().unwrap()), "{name} {n}: {text}");
            }
        }
        let steps = json!({"SearchCriteria": {"RoutingCriteria": {"Steps": [agents(60), agents(60)]}}});
        search(&bench, steps).await.refused("InvalidParameterException");
        let most = json!({"SearchCriteria": {"ContactTags": {"OrConditions": of(100, json!([tag]))}}});
        search(&bench, most).await.ok();
    })
    .await;
}

#[tokio::test]
async fn tasks_2_15_2_lists_and_times() {
    on_each_engine(Limits::default(), async |mut bench| {
        let (user, user_arn) = three_tasks(&mut bench).await;
        let queue = bench.basic_queue().await;
        let times =
            |how: &str, criteria: Value| json!({"AdditionalTimeRange": {"MatchType": how, "Criteria": criteria}});
        let absent = |time: &str| json!({"TimestampCondition": {"Type": time, "ConditionType": "NOT_EXISTS"}});
        let range = |time: &str| json!({"Type": time, "StartTime": NOW_S, "EndTime": NOW_S + 60});
        let ended = json!({"TimeRange": range("DISCONNECT_TIMESTAMP")});
        let said = json!([{"ParticipantRole": "AGENT", "SearchText": ["x"], "MatchType": "MATCH_ALL"}]);
        let cases: Vec<(Value, Vec<&str>)> = vec![
            (json!({"AgentIds": [user]}), vec![BOB]),
            (json!({"AgentIds": [user_arn, NOBODY]}), vec![BOB]),
            (json!({"AgentIds": [NOBODY]}), vec![]),
            (json!({"QueueIds": [queue]}), vec![BOB]),
            (json!({"Channels": ["TASK", "VOICE"]}), vec![ADA, BOB, PARCEL]),
            (json!({"Channels": ["VOICE"]}), vec![]),
            (json!({"InitiationMethods": ["API"]}), vec![ADA, BOB, PARCEL]),
            (json!({"InitiationMethods": ["TRANSFER"]}), vec![]),
            (times("MATCH_ALL", json!([absent("DISCONNECT_TIMESTAMP")])), vec![ADA, BOB]),
            (times("MATCH_ALL", json!([absent("DISCONNECT_TIMESTAMP"), absent("ENQUEUE_TIMESTAMP")])), vec![ADA]),
            (times("MATCH_ALL", json!([ended])), vec![PARCEL]),
            (times("MATCH_ANY", json!([ended, absent("CONNECTED_TO_AGENT_TIMESTAMP")])), vec![ADA, PARCEL]),
            (json!({"ContactAnalysis": {"Transcript": {"Criteria": said}}}), vec![]), // 2.15.4
        ];
        for (criteria, expected) in cases {
            assert_eq!(found(&bench, criteria.clone()).await, expected, "{criteria}");
        }
        let connected = search(&bench, json!({"TimeRange": range("CONNECTED_TO_AGENT_TIMESTAMP")})).await.ok();
        assert_eq!(names(&connected), [BOB]);
        let contact = &connected["Contacts"][0];
        assert_eq!(contact["AgentInfo"]["Id"], json!(user));
        assert_eq!(contact["QueueInfo"]["Id"], json!(queue));
        assert_eq!(contact["Tags"]["team"], "blue");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_15_3_filters_over_more_rows_than_one_batch() {
    let limits = Limits { open_tasks_per_instance: 0, ..Limits::default() };
    on_each_engine(limits, async |mut bench| {
        for n in 0..1_203 {
            bench.now = NOW + n;
            bench.started(json!({"Name": if n % 100 == 0 { "Rare" } else { "Common" }})).await;
        }
        let criteria = json!({"Name": {"SearchText": ["rare"], "MatchType": "MATCH_ALL"}});
        for field in ["INITIATION_TIMESTAMP", "EXPIRY_TIMESTAMP", "CHANNEL"] {
            let sort = json!({"FieldName": field, "Order": "DESCENDING"});
            let mut seen = Vec::new();
            let mut body = json!({"SearchCriteria": criteria, "Sort": sort, "MaxResults": 5});
            loop {
                let page = search(&bench, body.clone()).await.ok();
                assert_eq!(page["TotalCount"], 13, "{field}");
                seen.extend(page["Contacts"].as_array().expect("a list").iter().map(|c| text(&c["Id"])));
                match page.get("NextToken") {
                    Some(token) => body["NextToken"] = token.clone(),
                    None => break,
                }
            }
            let mut unique = seen.clone();
            unique.sort();
            unique.dedup();
            assert_eq!((seen.len(), unique.len()), (13, 13), "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn test_b61_a_search_looks_at_so_many_tasks_and_no_more() {
    on_each_engine(Limits { tasks_per_search: 4, ..Limits::default() }, async |mut bench| {
        for n in 0..11 {
            bench.now = NOW + n * 1000;
            let name = if [0, 1, 8, 9, 10].contains(&n) { format!("Rare {n}") } else { "Common".to_owned() };
            bench.started(json!({"Name": name})).await;
        }
        let criteria = json!({"Name": {"SearchText": ["rare"], "MatchType": "MATCH_ALL"}});
        // Newest first, four tasks at a time: of 10 to 7 the page takes two; 8 to 5 hold one; 4 to 1 one; 0.
        let mut body = json!({"SearchCriteria": criteria, "MaxResults": 2});
        let mut pages = Vec::new();
        loop {
            let page = search(&bench, body.clone()).await.ok();
            pages.push((names(&page), page.get("TotalCount").cloned()));
            match page.get("NextToken") {
                Some(token) => body["NextToken"] = token.clone(),
                None => break,
            }
        }
        let page = |names: &[&str], total: Option<i64>| {
            (names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), total.map(|total| json!(total)))
        };
        let expected = [
            page(&["Rare 10", "Rare 9"], None),
            page(&["Rare 8"], None),
            page(&["Rare 1"], None),
            page(&["Rare 0"], Some(5)),
        ];
        assert_eq!(pages, expected);
        // A batch without matches is an empty page with a next token.
        let range = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": NOW_S, "EndTime": NOW_S + 7});
        let empty = search(&bench, json!({"SearchCriteria": criteria, "TimeRange": range})).await.ok();
        assert_eq!((names(&empty).len(), empty.get("TotalCount")), (0, None));
        assert!(empty["NextToken"].is_string());
        // A search within the limit has its count at once, in any order; beyond it, another order is refused.
        let other = json!({"FieldName": "EXPIRY_TIMESTAMP", "Order": "ASCENDING"});
        let range = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": NOW_S + 7, "EndTime": NOW_S + 10});
        for sort in [json!({"FieldName": "INITIATION_TIMESTAMP", "Order": "ASCENDING"}), other.clone()] {
            let body = json!({"SearchCriteria": criteria, "TimeRange": range, "Sort": sort, "MaxResults": 1});
            let some = search(&bench, body).await.ok();
            assert_eq!((names(&some), &some["TotalCount"]), (vec!["Rare 8".to_owned()], &json!(3)), "{sort}");
        }
        let message = search(&bench, json!({"SearchCriteria": criteria, "Sort": other})).await;
        let message = message.refused("InvalidRequestException");
        assert!(message.contains("no more than 4 tasks") && message.contains(", or sort by its Type"), "{message}");
        // Of what cannot be sorted by, only a shorter range is of help.
        let range = json!({"Type": "ENQUEUE_TIMESTAMP", "StartTime": 0, "EndTime": NOW_S + 1_000});
        crate::worker::step(&bench, 20_000).await;
        let message = search(&bench, json!({"SearchCriteria": criteria, "TimeRange": range})).await;
        let message = message.refused("InvalidRequestException");
        assert!(message.contains("shorten the TimeRange") && !message.contains("sort by"), "{message}");
        // Filters that the store applies have no such limit.
        assert_eq!(search(&bench, json!({"Sort": other, "MaxResults": 1})).await.ok()["TotalCount"], 11);
    })
    .await;
}

/// Rows like that of a task, under ids of their own.
async fn multiply(bench: &Bench, task: &str, n: usize) {
    let row = bench.row(task).await;
    for chunk in (0..n).collect::<Vec<_>>().chunks(500) {
        let mut batch = store::Batch::new();
        for n in chunk {
            let id = format!("00000000-0000-4000-8000-{n:012}");
            let body = row.body.replace(&row.id, &id);
            batch.insert_contact(&store::ContactRow {
                id: id.clone(),
                chain_id: id.clone(),
                association_id: id,
                body,
                ..row.clone()
            });
        }
        bench.service.store().commit(batch).await.expect("rows");
    }
}

/// A full first page does not scan everything; its TotalCount is then left out, and comes with the last page.
#[tokio::test]
async fn b61_a_first_page_that_is_full_stops_counting() {
    let bench = Bench::new().await;
    let task = bench.started(json!({"Name": "call"})).await;
    multiply(&bench, &task, 5_400).await;
    let body =
        json!({"SearchCriteria": {"Name": {"SearchText": ["call"], "MatchType": "MATCH_ALL"}}, "MaxResults": 100});
    let mut page = search(&bench, body.clone()).await.ok();
    assert_eq!((names(&page).len(), page.get("TotalCount")), (100, None));
    let mut seen = std::collections::BTreeSet::new();
    loop {
        let ids = page["Contacts"].as_array().expect("a list").iter().map(|contact| text(&contact["Id"]));
        let before = seen.len();
        let ids: Vec<String> = ids.collect();
        seen.extend(ids.iter().cloned());
        assert_eq!(seen.len(), before + ids.len(), "none comes twice");
        let Some(token) = page.get("NextToken") else { break };
        let mut body = body.clone();
        body["NextToken"] = token.clone();
        page = search(&bench, body).await.ok();
    }
    assert_eq!((seen.len(), &page["TotalCount"]), (5_401, &json!(5_401)));
}

/// On SQLite nothing in it awaits: without yielding in between, no deadline could fire.
#[tokio::test]
async fn a_search_that_looks_into_many_tasks_gives_the_thread_back() {
    let bench = Bench::new().await;
    let task = bench.started(json!({"Name": "call"})).await;
    multiply(&bench, &task, 1_200).await;
    let criteria = json!({"Name": {"SearchText": ["nobody"], "MatchType": "MATCH_ALL"}});
    let whole = search(&bench, json!({"SearchCriteria": criteria}));
    assert!(tokio::time::timeout(std::time::Duration::ZERO, whole).await.is_err());
}

/// tasks 2.15.2: a search by attributes asks the store as often for many chains as for few.
#[tokio::test]
async fn tasks_2_15_2_a_page_by_attributes_takes_the_same_statements_for_many_chains() {
    on_each_engine(Limits::default(), async |mut bench| {
        let criteria = json!({"SearchableContactAttributes": {"Criteria": [{"Key": "even", "Values": ["true"]}]}});
        let mut took = Vec::new();
        for n in 0..60 {
            bench.now = NOW + n * 1000;
            bench.started(json!({"Name": "Task", "Attributes": {"even": (n % 2 == 0).to_string()}})).await;
            if [1, 59].contains(&n) {
                let before = bench.faults.requests();
                assert_eq!(search(&bench, json!({"SearchCriteria": criteria})).await.ok()["TotalCount"], (n + 1) / 2);
                took.push(bench.faults.requests() - before);
            }
        }
        assert_eq!(took[0], took[1]);
        assert!(took[0] <= 4, "{took:?}");
    })
    .await;
}
