//! GetMetricDataV2 and GetMetricData through the operations (administration 5.1, 5.4).

use serde_json::{Value, json};
use service::Command;
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::{Answer, NOW};

const STRANGER: &str = "99999999-9999-4999-8999-999999999999";
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;
const INVALID: &str = "InvalidParameterException";
const UNKNOWN: &str = "ResourceNotFoundException";

fn arn(team: &Team) -> String {
    format!("arn:aws:connect:us-east-1:123456789012:instance/{}", team.bench.instance)
}

/// With members replaced by others.
fn with(mut body: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("no object: {more}") };
    body.as_object_mut().expect("an object").extend(more);
    body
}

fn time(ms: i64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "a time of our days")]
    let ms = ms as f64;
    json!(ms / 1_000.0)
}

async fn v2(team: &Team, body: Value) -> Answer {
    team.bench.send(Op::GetMetricDataV2, &[], with(json!({"ResourceArn": arn(team)}), body)).await
}

async fn v1(team: &Team, body: Value) -> Answer {
    team.bench.send(Op::GetMetricData, &[&team.bench.instance], body).await
}

fn names(names: &[&str]) -> Value {
    names.iter().map(|name| json!({"Name": name})).collect()
}

fn by(key: &str, values: &[&str]) -> Value {
    json!([{"FilterKey": key, "FilterValues": values}])
}

/// The values of the rows of an answer, -1 for one that is left out.
fn values(answer: &Value) -> Vec<Vec<f64>> {
    let rows = answer["MetricResults"].as_array().unwrap_or_else(|| panic!("no rows in {answer}")).iter();
    let of = |row: &Value| {
        let all = row["Collections"].as_array().expect("values").iter();
        all.map(|one| one["Value"].as_f64().unwrap_or(-1.0)).collect()
    };
    rows.map(of).collect()
}

async fn queue(team: &Team) -> String {
    team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await
}

/// Ada is offered a task at once, accepts it after 10 seconds, works for 100, completes it and closes it after 20 more; then she is
/// offline. A second task waits for a minute and is stopped. A third waits still. Returns Ada.
async fn past(team: &mut Team) -> String {
    let ada = team.user("ada", json!({})).await;
    team.put(&ada, "Available").await;
    let first = team.task("First").await;
    team.bench.now = NOW + 10 * SECOND;
    team.command(&ada, &first, Command::Accept).await;
    team.bench.now = NOW + 110 * SECOND;
    team.command(&ada, &first, Command::Complete).await;
    team.bench.now = NOW + 130 * SECOND;
    team.command(&ada, &first, Command::Close).await;
    team.put(&ada, "Offline").await;
    let second = team.task("Second").await;
    team.task("Third").await;
    team.bench.now = NOW + 190 * SECOND;
    let stop = json!({"InstanceId": team.bench.instance, "ContactId": second});
    team.bench.send(Op::StopContact, &[], stop).await.ok();
    team.bench.now = NOW + 200 * SECOND;
    ada
}

fn range(team: &Team) -> Value {
    json!({"StartTime": time(NOW), "EndTime": time(team.bench.now)})
}

/// administration 5.3, 5.1.3, 5.4.6: what tasks and agents did, by queue and by agent.
#[tokio::test]
async fn administration_5_4_6_a_queue_and_an_agent() {
    on_teams(async |mut team| {
        let (queue, before) = (queue(&team).await, team.bench.now);
        let metrics = [
            "CONTACTS_CREATED",
            "CONTACTS_HANDLED",
            "CONTACTS_ABANDONED",
            "AVG_HANDLE_TIME",
            "AVG_QUEUE_ANSWER_TIME",
            "CONTACTS_QUEUED_BY_ENQUEUE",
            "CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT",
            "AGENT_ANSWER_RATE",
            "AVG_AGENT_CONCURRENCY",
            "AVG_TALK_TIME",
            "SUM_HOLD_TIME",
        ];
        let body = json!({"Filters": by("QUEUE", &[&queue]), "Metrics": names(&metrics), "StartTime": time(before - DAY), "EndTime": time(before)});
        assert_eq!(v2(&team, body).await.ok()["MetricResults"], json!([]), "5.1.2: no data");
        let ada = past(&mut team).await;
        let asked = with(range(&team), json!({"Filters": by("QUEUE", &[&queue]), "Metrics": names(&metrics)}));
        let answer = v2(&team, asked.clone()).await.ok();
        assert_eq!(values(&answer), [[2.0, 1.0, 1.0, 120.0, 10.0, 3.0, 1.0, 100.0, 1.0, -1.0, 0.0]]);
        let row = &answer["MetricResults"][0];
        assert!(row.get("Dimensions").is_none() && row["Collections"][9].get("Value").is_none(), "5.1.2: {row}");
        assert_eq!(row["MetricInterval"]["Interval"], "TOTAL", "5.4.4");
        let moment = |name: &str| row["MetricInterval"][name].as_f64();
        assert_eq!((moment("StartTime"), moment("EndTime")), (time(NOW).as_f64(), time(NOW + 200 * SECOND).as_f64()));
        let grouped = v2(&team, with(asked, json!({"Groupings": ["QUEUE", "AGENT"]}))).await.ok();
        assert_eq!(grouped["MetricResults"][0]["Dimensions"], json!({"QUEUE": queue, "AGENT": ada}));
        assert_eq!(values(&grouped)[0][..3], [1.0, 1.0, 0.0], "5.1.3: what has no agent is in no row");
        let metrics = ["SUM_ONLINE_TIME_AGENT", "SUM_CONTACT_TIME_AGENT", "SUM_IDLE_TIME_AGENT", "AGENT_OCCUPANCY", "SUM_CONNECTING_TIME_AGENT", "AGENT_NON_RESPONSE"];
        let own = with(range(&team), json!({"Filters": by("AGENT", &[&ada]), "Groupings": ["AGENT"], "Metrics": names(&metrics)}));
        let answer = v2(&team, own).await.ok();
        assert_eq!(values(&answer), [[130.0, 120.0, 10.0, 12_000.0 / 130.0, 10.0, 0.0]]);
    })
    .await;
}

/// administration 5.3.1: what goes on counts up to now, whatever is written of it since it was read.
#[tokio::test]
async fn administration_5_3_1_what_goes_on_counts() {
    on_teams(async |mut team| {
        let ada = team.user("ada", json!({})).await;
        team.put(&ada, "Available").await;
        let task = team.task("First").await;
        team.bench.now = NOW + 10 * SECOND;
        team.command(&ada, &task, Command::Accept).await;
        // Past a midnight, so that a part of the status is written and the rest open.
        let moment = NOW + DAY + 10 * SECOND;
        team.bench.now = moment;
        team.command(&ada, &task, Command::Complete).await;
        team.bench.now = moment + 20 * SECOND;
        let metrics = names(&["SUM_ONLINE_TIME_AGENT", "SUM_CONTACT_TIME_AGENT", "SUM_IDLE_TIME_AGENT"]);
        let days = json!({"Filters": by("AGENT", &[&ada]), "Metrics": metrics, "Interval": {"IntervalPeriod": "DAY"}});
        let answer = v2(&team, with(range(&team), days)).await.ok();
        assert_eq!(values(&answer), [[86_400.0, 86_390.0, 10.0], [30.0, 30.0, 0.0]]);
    })
    .await;
}

/// administration 5.4.4, 5.1.4: a row for every interval, page by page; tokens of five minutes, of this request only.
#[tokio::test]
async fn administration_5_4_4_and_5_1_4_intervals_and_pages() {
    on_teams(async |mut team| {
        let queue = queue(&team).await;
        past(&mut team).await;
        team.bench.now = NOW + DAY;
        let body = |more: Value| {
            let body = json!({"StartTime": time(NOW), "EndTime": time(NOW + DAY), "Filters": by("QUEUE", &[&queue]),
                "Interval": {"IntervalPeriod": "THIRTY_MIN", "TimeZone": "Europe/Berlin"}, "Groupings": ["QUEUE", "CHANNEL"],
                "Metrics": names(&["CONTACTS_CREATED"])});
            with(body, more)
        };
        let whole = v2(&team, body(json!({}))).await.ok();
        let rows = whole["MetricResults"].as_array().expect("rows").clone();
        assert_eq!((rows.len(), &rows[0]["Dimensions"]), (48, &json!({"QUEUE": queue, "CHANNEL": "TASK"})));
        assert_eq!(values(&whole)[..2], [[2.0], [0.0]]);
        assert!(whole.get("NextToken").is_none());
        let (mut paged, mut token) = (Vec::new(), Value::Null);
        for expected in [20, 20, 8] {
            let more = if token.is_null() { json!({"MaxResults": 20}) } else { json!({"MaxResults": 20, "NextToken": token}) };
            let page = v2(&team, body(more)).await.ok();
            assert_eq!(page["MetricResults"].as_array().map(Vec::len), Some(expected));
            paged.extend(page["MetricResults"].as_array().expect("rows").clone());
            token = page.get("NextToken").cloned().unwrap_or_default();
        }
        assert!(token.is_null());
        assert_eq!(paged, rows);
        let first = v2(&team, body(json!({"MaxResults": 1}))).await.ok();
        let token = json!({"NextToken": first["NextToken"]});
        assert!(v2(&team, with(body(token.clone()), json!({"Groupings": ["QUEUE"]}))).await.refused(INVALID).contains("NextToken"));
        team.bench.now += 5 * MINUTE;
        assert!(v2(&team, body(token)).await.refused(INVALID).contains("NextToken"), "after five minutes");
    })
    .await;
}

/// administration 5.4.5, 5.4.9: filters of rows and of single metrics.
#[tokio::test]
async fn administration_5_4_5_and_5_4_9_filters() {
    on_teams(async |mut team| {
        let queue = queue(&team).await;
        let ada = past(&mut team).await;
        let profile = team.id_of(Op::ListRoutingProfiles, "RoutingProfileSummaryList", "Basic Routing Profile").await;
        let created = async |filters: Value| {
            let mut all = by("QUEUE", &[&queue]);
            all.as_array_mut().expect("a list").extend(filters.as_array().expect("a list").clone());
            let body = with(range(&team), json!({"Filters": all, "Metrics": names(&["CONTACTS_CREATED"])}));
            values(&v2(&team, body).await.ok()).first().map_or(0.0, |row| row[0])
        };
        let absent = |key: &str| json!([{"FilterKey": key, "StringCondition": {"Comparison": "NOT_EXISTS"}}]);
        let user = format!("{}/agent/{ada}", arn(&team));
        for (filters, expected) in [
            (json!([]), 2.0),
            (by("CHANNEL", &["TASK", "VOICE"]), 2.0),
            (by("CHANNEL", &["VOICE"]), 0.0),
            (by("AGENT", &[&user]), 1.0),
            (absent("AGENT"), 1.0),
            (by("ROUTING_PROFILE", &[&profile]), 1.0),
            (by("INITIATION_METHOD", &["API"]), 2.0),
            (by("DISCONNECT_REASON", &["API"]), 1.0),
            (by("DISCONNECT_REASON", &["AGENT_COMPLETED", "API"]), 2.0),
            (by("contact/segmentAttributes/connect:Subtype", &["connect:Task"]), 2.0),
            (by("Q_CONNECT_ENABLED", &["FALSE"]), 2.0),
            (by("Q_CONNECT_ENABLED", &["TRUE"]), 0.0),
            (by("FEATURE", &["contact_lens_conversational_analytics"]), 0.0),
            (absent("BOT_ID"), 2.0),
            (absent("AGENT_HIERARCHY_LEVEL_ONE"), 2.0),
        ] {
            assert_eq!(created(filters.clone()).await, expected, "{filters}");
        }
        let filtered = |name: &str, key: &str, value: &str, negate: bool| {
            json!({"Name": name, "MetricFilters": [{"MetricFilterKey": key, "MetricFilterValues": [value], "Negate": negate}]})
        };
        let metrics = json!([
            filtered("CONTACTS_CREATED", "DISCONNECT_REASON", "API", false),
            filtered("CONTACTS_CREATED", "DISCONNECT_REASON", "API", true),
            filtered("SUM_CONNECTING_TIME_AGENT", "INITIATION_METHOD", "API", false),
            filtered("SUM_CONNECTING_TIME_AGENT", "INITIATION_METHOD", "TRANSFER", false),
            {"Name": "CONTACTS_QUEUED", "Threshold": [{"Comparison": "GT", "ThresholdValue": 0.5}]},
            {"Name": "SERVICE_LEVEL", "Threshold": [{"Comparison": "LT", "ThresholdValue": 60}]},
            {"Name": "SERVICE_LEVEL", "Threshold": [{"Comparison": "LTE", "ThresholdValue": 60}]},
            {"MetricId": "arn:aws:connect:us-east-1:aws:metric/CONTACTS_ABANDONED"},
        ]);
        let answer = v2(&team, with(range(&team), json!({"Filters": by("QUEUE", &[&queue]), "Metrics": metrics}))).await.ok();
        assert_eq!(values(&answer), [[1.0, 1.0, 10.0, 0.0, 2.0, 50.0, 100.0, 1.0]]);
        let sent = answer["MetricResults"][0]["Collections"].as_array().expect("values").iter();
        assert_eq!(sent.map(|one| one["Metric"].clone()).collect::<Value>(), metrics, "5.1.3: Metric as sent");
    })
    .await;
}

/// administration 5.3.3, 5.4.2: GetMetricData, what it adds to a request, and agents by the queues of their profile.
#[tokio::test]
async fn administration_5_4_2_get_metric_data() {
    on_teams(async |mut team| {
        let queue = queue(&team).await;
        past(&mut team).await;
        team.bench.now = NOW + 5 * MINUTE;
        let metrics = json!([
            {"Name": "CONTACTS_HANDLED"}, {"Name": "API_CONTACTS_HANDLED", "Statistic": "SUM", "Unit": "COUNT"},
            {"Name": "CONTACTS_HANDLED_INCOMING"}, {"Name": "HANDLE_TIME"}, {"Name": "QUEUED_TIME"}, {"Name": "OCCUPANCY"},
            {"Name": "SERVICE_LEVEL", "Threshold": {"Comparison": "LT", "ThresholdValue": 60}}, {"Name": "CONTACTS_MISSED"},
            {"Name": "CONTACTS_CONSULTED"}, {"Name": "HOLD_TIME"},
        ]);
        let body = |more: Value| {
            let body = json!({"StartTime": time(NOW), "EndTime": time(NOW + 5 * MINUTE), "Filters": {"Queues": [queue], "Channels": ["TASK"]},
                "HistoricalMetrics": metrics});
            with(body, more)
        };
        let answer = v1(&team, body(json!({}))).await.ok();
        let expected = vec![1.0, 1.0, 0.0, 120.0, 60.0, 12_000.0 / 130.0, 50.0, 0.0, -1.0, 0.0];
        assert_eq!(values(&answer), std::slice::from_ref(&expected));
        let row = &answer["MetricResults"][0];
        assert!(row.get("Dimensions").is_none());
        let metric = &row["Collections"][0]["Metric"];
        assert_eq!(*metric, json!({"Name": "CONTACTS_HANDLED", "Statistic": "SUM", "Unit": "COUNT"}), "filled in");
        let grouped = v1(&team, body(json!({"Groupings": ["QUEUE", "CHANNEL"]}))).await.ok();
        let dimensions = json!({"Queue": {"Id": queue, "Arn": format!("{}/queue/{queue}", arn(&team))}, "Channel": "TASK"});
        assert_eq!(grouped["MetricResults"][0]["Dimensions"], dimensions);
        assert_eq!(values(&grouped), [expected]);
        let none = body(json!({"Filters": {"Queues": [queue], "Channels": ["EMAIL"]}, "HistoricalMetrics": names(&["CONTACTS_QUEUED"])}));
        assert_eq!(v1(&team, none).await.ok()["MetricResults"], json!([]));
    })
    .await;
}

/// administration 5.4.1, 5.4.2, A75: what GetMetricData refuses, and what the message names.
#[tokio::test]
async fn administration_a75_and_5_4_1_what_get_metric_data_refuses() {
    on_teams(async |mut team| {
        let (queue, ada) = (queue(&team).await, team.user("ada", json!({})).await);
        let now = NOW + 3 * MINUTE;
        team.bench.now = now;
        let hour = 60 * MINUTE;
        let body = |more: Value| {
            let body = json!({"StartTime": time(NOW - hour), "EndTime": time(NOW + 5 * MINUTE), "Filters": {"Queues": [queue]},
                "HistoricalMetrics": names(&["CONTACTS_QUEUED"])});
            with(body, more)
        };
        v1(&team, body(json!({}))).await.ok();
        let metric = |metric: Value| body(json!({"HistoricalMetrics": [metric]}));
        let level = |value: f64| json!({"Comparison": "LT", "ThresholdValue": value});
        let levels: Vec<Value> = (0..21).map(|_| json!({"Name": "SERVICE_LEVEL", "Threshold": level(20.0)})).collect();
        for (body, exception, names) in [
            (body(json!({"StartTime": time(NOW - hour + 3 * MINUTE)})), INVALID, "StartTime"),
            (body(json!({"EndTime": time(NOW + SECOND)})), INVALID, "EndTime"),
            (body(json!({"StartTime": time(NOW - 25 * hour)})), INVALID, "StartTime"),
            (body(json!({"StartTime": time(NOW - 23 * hour - 55 * MINUTE)})), INVALID, "EndTime"),
            (body(json!({"EndTime": time(NOW + 10 * MINUTE)})), INVALID, "EndTime"),
            (body(json!({"StartTime": time(NOW), "EndTime": time(NOW)})), INVALID, "StartTime"),
            (body(json!({"Filters": {}})), INVALID, "Filters.Queues"),
            (body(json!({"Filters": {"Queues": [ada]}})), INVALID, "Filters.Queues[0]"),
            (body(json!({"Filters": {"Queues": [queue, STRANGER]}, "Groupings": ["ROUTING_PROFILE"]})), UNKNOWN, "Filters.Queues[1]"),
            (body(json!({"Filters": {"Queues": [queue], "RoutingProfiles": [STRANGER]}})), INVALID, "Filters.RoutingProfiles"),
            (body(json!({"Filters": {"Queues": [queue], "RoutingStepExpressions": ["{}"]}})), INVALID, "RoutingStepExpressions"),
            (body(json!({"Filters": {"Queues": [queue], "AgentStatuses": [STRANGER]}})), INVALID, "AgentStatuses"),
            (body(json!({"Filters": {"Queues": [queue], "Subtypes": ["connect:Task"]}})), INVALID, "Subtypes"),
            (body(json!({"Filters": {"Queues": [queue], "ValidationTestTypes": ["x"]}})), INVALID, "ValidationTestTypes"),
            (body(json!({"Groupings": ["ROUTING_PROFILE"]})), INVALID, "Groupings[0]"),
            (body(json!({"Groupings": ["QUEUE", "QUEUE"]})), INVALID, "Groupings[1]"),
            (body(json!({"HistoricalMetrics": []})), INVALID, "HistoricalMetrics"),
            (body(json!({"HistoricalMetrics": levels})), INVALID, "SERVICE_LEVEL"),
            (metric(json!({})), INVALID, "HistoricalMetrics[0].Name"),
            (metric(json!({"Name": "HANDLE_TIME", "Statistic": "SUM"})), INVALID, "Statistic"),
            (metric(json!({"Name": "HANDLE_TIME", "Unit": "COUNT"})), INVALID, "Unit"),
            (metric(json!({"Name": "SERVICE_LEVEL"})), INVALID, "Threshold"),
            (metric(json!({"Name": "SERVICE_LEVEL", "Threshold": level(0.0)})), INVALID, "ThresholdValue"),
            (metric(json!({"Name": "SERVICE_LEVEL", "Threshold": level(1.5)})), INVALID, "ThresholdValue"),
            (metric(json!({"Name": "SERVICE_LEVEL", "Threshold": level(604_801.0)})), INVALID, "ThresholdValue"),
            (metric(json!({"Name": "CONTACTS_QUEUED", "Threshold": level(20.0)})), INVALID, "Threshold"),
        ] {
            let message = v1(&team, body.clone()).await.refused(exception);
            assert!(message.contains(names), "{body}: {message}");
        }
    })
    .await;
}

/// Requests to GetMetricDataV2 with the exception that is due and what the message names.
async fn refuses(team: &Team, cases: Vec<(Value, &str, &str)>) {
    for (body, exception, names) in cases {
        let message = v2(team, body.clone()).await.refused(exception);
        assert!(message.contains(names), "{body}: {message}");
    }
}

/// A good request for the last hour, with members replaced by others.
fn last_hour(queue: &str, more: Value) -> Value {
    let body = json!({"StartTime": time(NOW - 60 * MINUTE), "EndTime": time(NOW), "Filters": by("QUEUE", &[queue]),
        "Metrics": names(&["CONTACTS_QUEUED"])});
    with(body, more)
}

/// administration 5.1.1, 5.4.5, 5.4.6, A76: what GetMetricDataV2 refuses of filters and groupings, and what the message names.
#[tokio::test]
async fn administration_a76_and_5_4_5_what_get_metric_data_v2_refuses_to_choose() {
    on_teams(async |team| {
        let (queue, ada) = (queue(&team).await, team.user("ada", json!({})).await);
        let body = |more: Value| last_hour(&queue, more);
        v2(&team, body(json!({"EndTime": time(NOW + MINUTE)}))).await.ok();
        let filter = |key: &str, values: &[&str]| json!({"FilterKey": key, "FilterValues": values});
        let filters = |more: Value| {
            let mut all = by("QUEUE", &[&queue]);
            all.as_array_mut().expect("a list").push(more);
            body(json!({"Filters": all}))
        };
        let many: Vec<String> = (0..100).map(|n| format!("n{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let both =
            json!({"FilterKey": "AGENT", "FilterValues": [ada], "StringCondition": {"Comparison": "NOT_EXISTS"}});
        let unknown = [filter("QUEUE", &[STRANGER]), filter("AGENT", &[&ada, STRANGER])];
        let cases = vec![
            (body(json!({"ResourceArn": team.bench.instance})), INVALID, "ResourceArn"),
            (body(json!({"ResourceArn": "arn:aws:connect:us-east-1:123456789012:x"})), INVALID, "ResourceArn"),
            (body(json!({"ResourceArn": arn(&team).replace(&team.bench.instance, STRANGER)})), UNKNOWN, STRANGER),
            (body(json!({"Filters": by("CHANNEL", &["TASK"])})), INVALID, "Filters"),
            (body(json!({"Filters": by("CHANNEL", &["FAX"])})), INVALID, "Filters[0].FilterValues[0]"),
            (body(json!({"Filters": by("QUEUE", &[&ada])})), INVALID, "Filters[0].FilterValues[0]"),
            (body(json!({"Filters": unknown})), UNKNOWN, "Filters[1].FilterValues[1]"),
            (body(json!({"Filters": by("ROUTING_PROFILE", &[STRANGER])})), UNKNOWN, "Filters[0].FilterValues[0]"),
            (
                body(json!({"Filters": by("AGENT_HIERARCHY_LEVEL_TWO", &[STRANGER])})),
                UNKNOWN,
                "Filters[0].FilterValues[0]",
            ),
            (filters(filter("QUEUE", &[&queue])), INVALID, "Filters[1].FilterKey"),
            (filters(filter("MOON", &["full"])), INVALID, "Filters[1].FilterKey"),
            (filters(json!({"FilterValues": ["x"]})), INVALID, "Filters[1].FilterKey"),
            (filters(json!({"FilterKey": "AGENT"})), INVALID, "Filters[1]"),
            (filters(json!({"FilterKey": "AGENT", "StringCondition": {}})), INVALID, "Filters[1]"),
            (filters(both), INVALID, "Filters[1]"),
            (filters(filter("Q_CONNECT_ENABLED", &["yes"])), INVALID, "Filters[1].FilterValues[0]"),
            (filters(filter("INITIATION_METHOD", &many)), INVALID, "Filters"),
            (body(json!({"Groupings": ["FEATURE"]})), INVALID, "Groupings[0]"),
            (body(json!({"Groupings": ["QUEUE", "MOON"]})), INVALID, "Groupings[1]"),
            (body(json!({"Groupings": ["QUEUE", "QUEUE"]})), INVALID, "Groupings[1]"),
        ];
        refuses(&team, cases).await;
    })
    .await;
}

/// administration 5.4.3, 5.4.4, A76: what it refuses of times.
#[tokio::test]
async fn administration_a76_and_5_4_3_what_get_metric_data_v2_refuses_of_times() {
    on_teams(async |team| {
        let queue = queue(&team).await;
        let body = |more: Value| last_hour(&queue, more);
        let interval = |period: &str, zone: &str| json!({"IntervalPeriod": period, "TimeZone": zone});
        let since =
            |ms: i64, period: &str| body(json!({"StartTime": time(NOW - ms), "Interval": interval(period, "UTC")}));
        v2(&team, since(3 * DAY, "FIFTEEN_MIN")).await.ok();
        v2(&team, since(35 * DAY, "WEEK")).await.ok();
        let cases = vec![
            (body(json!({"StartTime": time(NOW)})), INVALID, "StartTime"),
            (body(json!({"EndTime": time(NOW + DAY)})), INVALID, "EndTime"),
            (body(json!({"EndTime": time(NOW + MINUTE + 1)})), INVALID, "EndTime"),
            (since(4 * DAY, "HOUR"), INVALID, "Interval"),
            (since(3 * DAY + 1, "FIFTEEN_MIN"), INVALID, "EndTime"),
            (body(json!({"StartTime": time(NOW - 35 * DAY - 1)})), INVALID, "EndTime"),
            (body(json!({"Interval": interval("WEEK", "X")})), INVALID, "Interval"),
        ];
        refuses(&team, cases).await;
    })
    .await;
}

/// administration 5.4.8 to 5.4.11, A77: what it refuses of metrics.
#[tokio::test]
async fn administration_a77_and_5_4_8_what_get_metric_data_v2_refuses_of_metrics() {
    on_teams(async |team| {
        let (queue, ada) = (queue(&team).await, team.user("ada", json!({})).await);
        let body = |more: Value| last_hour(&queue, more);
        let metric = |metric: Value| body(json!({"Metrics": [metric]}));
        let by_id = |name: &str| json!({"MetricId": format!("arn:aws:connect:us-east-1:aws:metric/{name}")});
        let limited = |comparison: &str, value: f64| {
            json!({"Name": "SERVICE_LEVEL", "Threshold": [{"Comparison": comparison, "ThresholdValue": value}]})
        };
        let level = |comparison: &str, value: f64| metric(limited(comparison, value));
        let filtered = |name: &str, filter: Value| metric(json!({"Name": name, "MetricFilters": [filter]}));
        let method = json!({"MetricFilterKey": "INITIATION_METHOD", "MetricFilterValues": ["API"]});
        let levels: Vec<Value> = (0..21).map(|_| limited("LT", 20.0)).collect();
        let ids: Vec<Value> = (0..11).map(|_| by_id("CONTACTS_QUEUED")).collect();
        let occupancy = json!({"Filters": by("AGENT", &[&ada]), "Groupings": ["CHANNEL"], "Metrics": [{"Name": "AGENT_OCCUPANCY"}]});
        let cases = vec![
            (body(json!({"Metrics": []})), INVALID, "Metrics"),
            (body(json!({"Metrics": levels})), INVALID, "SERVICE_LEVEL"),
            (body(json!({"Metrics": ids})), INVALID, "MetricId"),
            (metric(json!({"Name": "FOO"})), INVALID, "FOO"),
            (metric(json!({})), INVALID, "Metrics[0]"),
            (metric(by_id("FOO")), UNKNOWN, "Metrics[0].MetricId"),
            (metric(json!({"MetricId": STRANGER})), UNKNOWN, "Metrics[0].MetricId"),
            (metric(with(by_id("CONTACTS_QUEUED"), json!({"Name": "CONTACTS_QUEUED"}))), INVALID, "Metrics[0]"),
            (metric(json!({"Name": "SERVICE_LEVEL"})), INVALID, "Metrics[0].Threshold"),
            (metric(json!({"Name": "CONTACTS_RESOLVED_IN_X", "Threshold": []})), INVALID, "Metrics[0].Threshold"),
            (level("GT", 20.0), INVALID, "Comparison"),
            (level("LT", 20.5), INVALID, "ThresholdValue"),
            (level("LTE", 604_801.0), INVALID, "ThresholdValue"),
            (metric(json!({"Name": "SUM_IDLE_TIME_AGENT"})), INVALID, "SUM_IDLE_TIME_AGENT"),
            (body(occupancy), INVALID, "AGENT_OCCUPANCY"),
            (filtered("CONTACTS_QUEUED", method.clone()), INVALID, "Metrics[0].MetricFilters[0]"),
            (filtered("CONTACTS_CREATED", with(method.clone(), json!({"MetricFilterKey": "QUEUE"}))), INVALID, "MetricFilterKey"),
            (filtered("CONTACTS_CREATED", json!({"MetricFilterKey": "INITIATION_METHOD"})), INVALID, "MetricFilterValues"),
            (filtered("AVG_AGENT_CONNECTING_TIME", with(method, json!({"Negate": true}))), INVALID, "Negate"),
        ];
        refuses(&team, cases).await;
    })
    .await;
}

/// administration 1.1.1, 5.4.11: everything unknown in one message, before what is not allowed.
#[tokio::test]
async fn administration_5_1_1_all_unknown_resources_at_once() {
    on_teams(async |team| {
        let body = json!({"StartTime": time(NOW), "EndTime": time(NOW), "Filters": by("QUEUE", &[STRANGER]),
            "Metrics": [{"MetricId": STRANGER}, {"Name": "FOO"}]});
        let message = v2(&team, body).await.refused(UNKNOWN);
        assert!(message.contains("Metrics[0].MetricId") && message.contains("Filters[0].FilterValues[0]"), "{message}");
    })
    .await;
}
