//! Metrics through the operations (administration 5).

use serde_json::{Value, json};
use service::Command;
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::{Answer, NOW};

const STRANGER: &str = "99999999-9999-4999-8999-999999999999";

async fn ask(team: &Team, body: Value) -> Answer {
    team.bench.send(Op::GetCurrentMetricData, &[&team.bench.instance], body).await
}

fn named(names: &[&str]) -> Value {
    names.iter().map(|name| json!({"Name": name})).collect()
}

/// The values of the rows of an answer, `null` for one that is left out.
fn values(answer: &Value) -> Vec<Vec<Value>> {
    let rows = answer["MetricResults"].as_array().expect("rows").iter();
    let of = |row: &Value| {
        row["Collections"].as_array().expect("values").iter().map(|one| json!(one["Value"].as_f64())).collect()
    };
    rows.map(of).collect()
}

async fn queue(team: &Team) -> String {
    team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await
}

async fn profile(team: &Team) -> String {
    team.id_of(Op::ListRoutingProfiles, "RoutingProfileSummaryList", "Basic Routing Profile").await
}

/// administration 5.2.3 to 5.2.5, 5.1.2, 5.1.3: agents and tasks of a queue.
#[tokio::test]
async fn administration_5_2_3_agents_and_tasks_of_a_queue() {
    on_teams(async |mut team| {
        let (queue, profile) = (queue(&team).await, profile(&team).await);
        let metrics = ["AGENTS_ONLINE", "AGENTS_AVAILABLE", "SLOTS_ACTIVE", "SLOTS_AVAILABLE", "CONTACTS_IN_QUEUE", "OLDEST_CONTACT_AGE"];
        let body = json!({"Filters": {"Queues": [queue], "Channels": ["TASK"]}, "CurrentMetrics": named(&metrics)});
        let none = ask(&team, body.clone()).await.ok();
        assert_eq!((&none["MetricResults"], &none["ApproximateTotalCount"]), (&json!([]), &json!(0)), "5.1.2");
        team.task("First").await;
        team.bench.now = NOW + 61_500;
        team.task("Second").await;
        assert_eq!(values(&ask(&team, body.clone()).await.ok()), [[0, 0, 0, 0, 2, 61_500].map(|n| json!(f64::from(n)))]);
        let (ada, bob) = (team.user("ada", json!({})).await, team.user("bob", json!({})).await);
        team.put(&ada, "Available").await;
        team.work().await;
        team.bench.now += 1_000;
        team.put(&bob, "Available").await;
        let third = team.task("Third").await;
        team.command(&ada, &third, Command::Accept).await;
        // Ada, idle for longer, has two offers, which have left the count, and a task.
        let answer = ask(&team, body).await.ok();
        assert_eq!(values(&answer), [[2, 1, 1, 17, 0, 0].map(|n| json!(f64::from(n)))]);
        assert!(answer["MetricResults"][0].get("Dimensions").is_none() && answer["DataSnapshotTime"].is_number());
        let grouped = json!({"Filters": {"RoutingProfiles": [profile]}, "Groupings": ["ROUTING_PROFILE", "CHANNEL"],
            "CurrentMetrics": [{"MetricId": "arn:aws:connect:us-east-1:aws:metric/AGENTS_ON_CONTACT", "Unit": "COUNT"}]});
        let answer = ask(&team, grouped).await.ok();
        let task = answer["MetricResults"].as_array().expect("rows").iter();
        let task = task.clone().find(|row| row["Dimensions"]["Channel"] == "TASK").expect("a row of TASK").clone();
        assert_eq!(task["Dimensions"]["RoutingProfile"]["Id"], json!(profile));
        assert_eq!(task["Collections"][0]["Value"].as_f64(), Some(1.0));
        assert_eq!(task["Collections"][0]["Metric"]["Unit"], "COUNT", "5.1.3: as sent");
    })
    .await;
}

/// administration 5.2.5, 5.1.4: order, pages, tokens.
#[tokio::test]
async fn administration_5_2_5_order_and_pages() {
    on_teams(async |mut team| {
        let queue = queue(&team).await;
        for (name, status) in [("ada", "Available"), ("bob", "Available"), ("eve", "Lunch")] {
            if status == "Lunch" {
                let body = json!({"Name": status, "State": "ENABLED"});
                team.bench.send(Op::CreateAgentStatus, &[&team.bench.instance], body).await.ok();
            }
            let user = team.user(name, json!({})).await;
            team.put(&user, status).await;
        }
        let body = |order: Option<&str>, more: Value| {
            let mut body = json!({"Filters": {"Queues": [queue]}, "Groupings": ["QUEUE", "AGENT_STATUS"],
                "CurrentMetrics": named(&["AGENTS_ONLINE"])});
            if let Some(order) = order {
                body["SortCriteria"] = json!([{"SortByMetric": "AGENTS_ONLINE", "SortOrder": order}]);
            }
            body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            body
        };
        for (order, expected) in [(None, [2, 1]), (Some("DESCENDING"), [2, 1]), (Some("ASCENDING"), [1, 2])] {
            let expected = expected.map(|n| vec![json!(f64::from(n))]);
            assert_eq!(values(&ask(&team, body(order, json!({}))).await.ok()), expected, "{order:?}");
        }
        let first = ask(&team, body(None, json!({"MaxResults": 1}))).await.ok();
        assert_eq!((values(&first).len(), &first["ApproximateTotalCount"]), (1, &json!(2)));
        let token = json!({"NextToken": first["NextToken"], "MaxResults": 1});
        let second = ask(&team, body(None, token.clone())).await.ok();
        assert_eq!((values(&second), second.get("NextToken")), (vec![vec![json!(1.0)]], None));
        let other = ask(&team, body(Some("ASCENDING"), token.clone())).await;
        assert!(other.refused("InvalidParameterException").contains("NextToken"), "of another request");
        team.bench.now = NOW + 300_000;
        assert!(ask(&team, body(None, token)).await.refused("InvalidParameterException").contains("NextToken"));
    })
    .await;
}

/// administration 5.2.1 to 5.2.3, A73, A74: what is refused, and what the message names.
#[tokio::test]
async fn administration_a73_and_a74_what_is_refused() {
    on_teams(async |team| {
        let (queue, profile) = (queue(&team).await, profile(&team).await);
        let ada = team.user("ada", json!({})).await;
        let online = || named(&["AGENTS_ONLINE"]);
        let of = |groupings: Value, metrics: Value| json!({"Filters": {"Queues": [queue]}, "Groupings": groupings, "CurrentMetrics": metrics});
        let filters = |filters: Value| json!({"Filters": filters, "CurrentMetrics": online()});
        let mut sorted = of(json!(["QUEUE"]), online());
        sorted["SortCriteria"] = json!([{"SortByMetric": "SLOTS_ACTIVE"}]);
        let metric = |text: &str| json!([{"MetricId": text}]);
        let ids: Vec<Value> = (0..11).map(|_| metric("arn:aws:connect:us-east-1:aws:metric/AGENTS_ONLINE")[0].clone()).collect();
        let (invalid, request, unknown) = ("InvalidParameterException", "InvalidRequestException", "ResourceNotFoundException");
        for (body, exception, names) in [
            (filters(json!({})), invalid, "Filters"),
            (filters(json!({"Channels": ["TASK"]})), invalid, "Filters"),
            (filters(json!({"Queues": [queue], "RoutingProfiles": [profile]})), request, "Filters"),
            (filters(json!({"Queues": [ada]})), invalid, "Filters.Queues[0]"),
            (filters(json!({"Queues": [queue, STRANGER], "AgentStatuses": [STRANGER]})), unknown, "Filters.AgentStatuses[0]"),
            (filters(json!({"RoutingProfiles": [profile], "Subtypes": ["connect:Task"]})), invalid, "Filters.Subtypes"),
            (filters(json!({"Queues": [queue], "RoutingStepExpressions": ["{}"]})), invalid, "Filters.RoutingStepExpressions"),
            (of(json!(["AGENT_STATUS"]), online()), invalid, "Groupings[0]"),
            (of(json!(["CHANNEL", "SUBTYPE"]), online()), invalid, "Groupings[1]"),
            (of(json!(["QUEUE", "QUEUE"]), online()), invalid, "Groupings[1]"),
            (of(json!(["QUEUE", "AGENT_STATUS"]), named(&["AGENTS_AVAILABLE"])), invalid, "AGENTS_AVAILABLE"),
            (of(json!(["QUEUE", "SUBTYPE"]), online()), invalid, "AGENTS_ONLINE"),
            (of(json!(["ROUTING_PROFILE"]), named(&["CONTACTS_IN_QUEUE"])), invalid, "CONTACTS_IN_QUEUE"),
            (of(json!(["QUEUE"]), named(&["ESTIMATED_WAIT_TIME"])), invalid, "ESTIMATED_WAIT_TIME"),
            (sorted, invalid, "SortCriteria[0]"),
            (of(json!([]), json!([{"Name": "AGENTS_ONLINE", "Unit": "SECONDS"}])), invalid, "CurrentMetrics[0].Unit"),
            (of(json!([]), json!([{}])), invalid, "CurrentMetrics[0]"),
            (of(json!([]), json!([])), invalid, "CurrentMetrics"),
            (of(json!([]), metric(STRANGER)), unknown, "CurrentMetrics[0].MetricId"),
            (of(json!([]), metric("arn:aws:connect:us-east-1:aws:metric/FOO")), unknown, "CurrentMetrics[0].MetricId"),
            (of(json!([]), json!(ids)), invalid, "MetricId"),
        ] {
            let message = ask(&team, body.clone()).await.refused(exception);
            assert!(message.contains(names), "{body}: {message}");
        }
    })
    .await;
}

/// administration 5.2.2, 5.2.4: rows by subtype and by step, also where a workload type of their own hides the subtype.
#[tokio::test]
async fn b166_and_administration_5_2_4_rows_of_subtypes_and_steps() {
    on_teams(async |team| {
        let queue = queue(&team).await;
        let first = team.task("First").await;
        team.task("Second").await;
        let condition = json!({"Name": "connect:Language", "Value": "French", "ProficiencyLevel": 3.0, "ComparisonOperator": "NumberGreaterOrEqualTo"});
        let criteria = json!({"RoutingCriteria": {"Steps": [{"Expression": {"AttributeCondition": condition}}]}});
        team.bench.send(Op::UpdateContactRoutingData, &[&team.bench.instance, &first], criteria).await.ok();
        let of = async |groupings: Value| {
            let body = json!({"Filters": {"Queues": [queue], "Channels": ["TASK"]}, "Groupings": groupings,
                "CurrentMetrics": named(&["CONTACTS_IN_QUEUE"])});
            ask(&team, body).await.ok()
        };
        let subtypes = of(json!(["QUEUE", "SUBTYPE"])).await;
        assert_eq!(values(&subtypes), [[json!(2.0)]]);
        assert_eq!(subtypes["MetricResults"][0]["Dimensions"]["Subtype"], "connect:Task");
        let steps = of(json!(["ROUTING_STEP_EXPRESSION"])).await;
        assert_eq!(values(&steps), [[json!(1.0)]], "tasks without criteria are in no row");
        let text = steps["MetricResults"][0]["Dimensions"]["RoutingStepExpression"].as_str().expect("a text").to_owned();
        let again: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(again["AttributeCondition"]["Value"], "French");
        let own = json!({"InstanceId": team.bench.instance, "ContactId": first, "Metrics": [{"Name": "POSITION_IN_QUEUE"}]});
        let own = team.bench.send(Op::GetContactMetrics, &[], own).await.ok();
        assert_eq!(own["MetricResults"][0]["Value"]["Number"].as_f64(), Some(1.0), "5.5.2: of its step");
        let filtered = json!({"Filters": {"Queues": [queue], "RoutingStepExpressions": [text]}, "Groupings": ["ROUTING_STEP_EXPRESSION"],
            "CurrentMetrics": named(&["CONTACTS_IN_QUEUE"])});
        assert_eq!(values(&ask(&team, filtered).await.ok()), [[json!(1.0)]]);
    })
    .await;
}

/// administration 5.5, A78: place and estimated wait of one task, and of one that comes now.
#[tokio::test]
async fn administration_5_5_metrics_of_a_task_and_a78() {
    on_teams(async |mut team| {
        let queue = queue(&team).await;
        let both = [json!({"Name": "POSITION_IN_QUEUE"}), json!({"Name": "ESTIMATED_WAIT_TIME"})];
        let of = async |team: &Team, contact: &str, metrics: Value| {
            let body = json!({"InstanceId": team.bench.instance, "ContactId": contact, "Metrics": metrics});
            team.bench.send(Op::GetContactMetrics, &[], body).await
        };
        let numbers = |answer: &Value| -> Vec<Value> {
            answer["MetricResults"].as_array().expect("results").iter().map(|one| json!(one["Value"]["Number"].as_f64())).collect()
        };
        let first = team.task("First").await;
        let alone = of(&team, &first, json!(both)).await.ok();
        assert_eq!(numbers(&alone), [json!(1.0)], "5.5.3: without anybody staffed the estimate is left out");
        assert_eq!((&alone["Id"], alone["Arn"].as_str().expect("an ARN").ends_with(&first)), (&json!(first), true));
        let ada = team.user("ada", json!({})).await;
        team.put(&ada, "Available").await;
        team.work().await;
        assert_eq!(numbers(&of(&team, &first, json!(both)).await.ok()), [json!(0.0), json!(0.0)], "OFFERED");
        team.command(&ada, &first, Command::Accept).await;
        let message = of(&team, &first, json!(both)).await.refused("InvalidRequestException");
        assert!(message.contains("CONNECTED"), "A78: {message}");
        for _ in 0..9 {
            let task = team.task("More").await;
            team.command(&ada, &task, Command::Accept).await;
        }
        let waits = team.task("Waits").await;
        assert_eq!(numbers(&of(&team, &waits, json!(both)).await.ok()), [json!(1.0), json!(30.0)], "300 s, ten slots");
        team.bench.now = NOW + 100_000;
        team.command(&ada, &first, Command::Complete).await;
        team.bench.now = NOW + 120_000;
        team.command(&ada, &first, Command::Close).await;
        // The free slot was taken at once; this one is behind nobody.
        let next = team.task("Next").await;
        assert_eq!(numbers(&of(&team, &next, json!(both)).await.ok()), [json!(1.0), json!(12.0)], "120 s, ten slots");
        let body = json!({"Filters": {"Queues": [queue]}, "Groupings": ["QUEUE", "CHANNEL"], "CurrentMetrics": named(&["ESTIMATED_WAIT_TIME"])});
        let answer = ask(&team, body).await.ok();
        let task = answer["MetricResults"].as_array().expect("rows").iter().find(|row| row["Dimensions"]["Channel"] == "TASK");
        assert_eq!(task.expect("a row")["Collections"][0]["Value"].as_f64(), Some(24.0), "5.2.3: the second in the queue");
        let twice = json!([both[0], both[0]]);
        assert!(of(&team, &next, twice).await.refused("InvalidParameterException").contains("Metrics[1]"));
        of(&team, STRANGER, json!(both)).await.refused("ResourceNotFoundException");
    })
    .await;
}
