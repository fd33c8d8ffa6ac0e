//! The numbers of queues and agents that flows ask for (flows 7.3.3 to 7.3.7).

use serde_json::{Value, json};
use service::Command;
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::NOW;
use crate::worker::{action, flow};

/// What GetMetricData fills (flows 3).
const NAMES: [&str; 14] = [
    "Queue.Name",
    "Queue.Size",
    "Queue.OldestContactAge",
    "Queue.EstimatedWaitTime",
    "Contact.PositionInQueue",
    "Contact.EstimatedWaitTime",
    "Agents.Online.Count",
    "Agents.Available.Count",
    "Agents.Staffed.Count",
    "Agents.AfterContactWork.Count",
    "Agents.Busy.Count",
    "Agents.Missed.Count",
    "Agents.NonProductive.Count",
    "Queue.ARN",
];

/// Attributes with every number, under their names without dots.
fn seen() -> Value {
    let path = |name: &&str| (name.replace(['.', ' '], ""), json!(format!("$.Metrics.{name}")));
    json!({"Attributes": NAMES.iter().map(path).collect::<serde_json::Map<_, _>>()})
}

impl Team {
    /// What a flow sees that asks for the numbers: of the queue `size oldest wait`, of the agents `online available staffed acw busy
    /// missed non-productive`, and the checks that hold.
    async fn numbers(&self, of: &Value, name: &str) -> (String, String, String) {
        let mut actions = vec![
            action("get", "GetMetricData", of, "seen", "end"),
            action("seen", "UpdateContactAttributes", &seen(), "c0", "end"),
        ];
        for (n, metric) in
            ["NumberOfAgentsOnline", "NumberOfAgentsAvailable", "NumberOfAgentsStaffed"].iter().enumerate()
        {
            let (check, yes, next) =
                (format!("c{n}"), format!("y{n}"), if n == 2 { "end".to_owned() } else { format!("c{}", n + 1) });
            let mut parameters = of.clone();
            parameters.as_object_mut().expect("members").remove("QueueChannel");
            parameters["MetricType"] = json!(metric);
            let mut check = action(&check, "CheckMetricData", &parameters, &next, "end");
            check["Transitions"]["Conditions"] =
                json!([{"NextAction": yes, "Condition": {"Operator": "NumberGreaterThan", "Operands": ["0"]}}]);
            let errors = check["Transitions"]["Errors"].as_array_mut().expect("a list");
            errors.push(json!({"ErrorType": "NoMatchingCondition", "NextAction": next}));
            actions.push(check);
            let holds = json!({"Attributes": {format!("is{n}"): "yes"}});
            actions.push(action(&yes, "UpdateContactAttributes", &holds, &next, "end"));
        }
        let look = flow(&self.bench, name, actions).await;
        let id = self.bench.started(json!({"ContactFlowId": look})).await;
        self.work().await;
        let all = self.bench.attributes(&id).await;
        let text = |names: &[&str]| {
            let one = |name: &&str| all[name.replace('.', "")].as_str().unwrap_or_default().to_owned();
            names.iter().map(one).collect::<Vec<_>>().join(" ").trim().to_owned()
        };
        let checks = ["is0", "is1", "is2"].iter().filter(|name| all.get(**name).is_some()).map(|name| &name[2..]);
        (text(&NAMES[1..4]), text(&NAMES[6..13]), checks.collect::<Vec<_>>().join(""))
    }

    async fn sees(&self, of: &Value, queue: &str, agents: &str, checks: &str, why: &str) {
        let found = self.numbers(of, why).await;
        assert_eq!((found.0.as_str(), found.1.as_str(), found.2.as_str()), (queue, agents, checks), "{why}");
    }
}

/// B146, flows 7.3.3, 7.3.4, 7.3.7: the numbers follow what agents do.
#[tokio::test]
async fn b146_and_f7_3_7_numbers_of_agents() {
    on_teams(async |mut team| {
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
        let of = json!({"QueueId": queue});
        let none = json!({"SecurityProfileName": "None", "Permissions": []});
        let none = team.bench.send(Op::CreateSecurityProfile, &[&team.bench.instance], none).await.ok();
        let pause = json!({"Name": "Break", "State": "ENABLED"});
        team.bench.send(Op::CreateAgentStatus, &[&team.bench.instance], pause).await.ok();
        let ada = team.user("ada", json!({})).await;
        let bob = team.user("bob", json!({})).await;
        let cyd = team.user("cyd", json!({"SecurityProfileIds": [none["SecurityProfileId"]]})).await;
        team.sees(&of, "", "", "", "nobody and nothing").await;
        team.put(&cyd, "Available").await;
        team.sees(&of, "0 0 0", "1 0 0 0 0 0 0", "0", "without BasicAgentAccess").await;
        team.put(&bob, "Break").await;
        team.sees(&of, "0 0 0", "2 0 0 0 0 0 1", "0", "a break").await;
        team.put(&ada, "Available").await;
        team.sees(&of, "0 0 0", "3 1 1 0 0 0 1", "012", "somebody available").await;
        let task = team.task("First").await;
        team.sees(&of, "0 0 0", "3 1 1 0 1 0 1", "012", "an offer").await;
        team.command(&ada, &task, Command::Accept).await;
        team.command(&ada, &task, Command::Complete).await;
        team.sees(&of, "0 0 0", "3 1 1 1 0 0 1", "012", "after-contact work").await;
        let task = team.task("Second").await;
        team.command(&ada, &task, Command::Reject).await;
        team.sees(&of, "1 0 0", "3 0 1 1 0 1 1", "02", "a rejected offer").await;
        team.put(&ada, "Offline").await;
        team.bench.now = NOW + 7_500;
        team.sees(&of, "1 7 0", "2 0 0 0 0 0 1", "0", "gone").await;
        // The queue of an agent is about that agent alone (B147).
        team.put(&bob, "Available").await;
        team.put(&cyd, "Offline").await;
        team.work().await;
        let own = |user: &str| json!({"AgentId": user});
        team.sees(&own("bob"), "0 0 0", "1 1 1 0 1 0 0", "012", "by user name").await;
        team.sees(&own(&bob), "0 0 0", "1 1 1 0 1 0 0", "012", "by id").await;
        team.sees(&own(&ada), "", "", "", "of somebody offline").await;
        let other = json!({"Name": "Unserved", "HoursOfOperationId": team.id_of(Op::ListHoursOfOperations, "HoursOfOperationSummaryList", "Basic Hours").await});
        let other = team.bench.send(Op::CreateQueue, &[&team.bench.instance], other).await.ok();
        team.sees(&json!({"QueueId": other["QueueId"]}), "", "", "", "a queue that no profile has").await;
        team.sees(&json!({"QueueId": queue, "QueueChannel": "Voice"}), "", "", "012", "another channel").await;
    })
    .await;
}

/// flows 7.3.3: somebody is found behind any number of others who do not count.
#[tokio::test]
async fn f7_3_3_somebody_is_found_among_many() {
    on_teams(async |team| {
        let none = json!({"SecurityProfileName": "None", "Permissions": []});
        let none = team.bench.send(Op::CreateSecurityProfile, &[&team.bench.instance], none).await.ok();
        let pause = json!({"Name": "Break", "State": "ENABLED"});
        team.bench.send(Op::CreateAgentStatus, &[&team.bench.instance], pause).await.ok();
        let of = json!({"QueueId": team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await});
        for n in 0..40 {
            let user = team.user(&format!("u{n}"), json!({"SecurityProfileIds": [none["SecurityProfileId"]]})).await;
            team.put(&user, if n % 2 == 0 { "Available" } else { "Break" }).await;
        }
        team.sees(&of, "0 0 0", "40 0 0 0 0 0 20", "0", "nobody who counts").await;
        let last = team.user("last", json!({})).await;
        team.put(&last, "Available").await;
        team.sees(&of, "0 0 0", "41 1 1 0 0 0 20", "012", "the last one").await;
    })
    .await;
}

impl Team {
    /// A task that begins with this flow a second later, and what its queue flow saw: size and wait of the queue, place and wait of
    /// the task.
    async fn entered(&mut self, name: &str, flow: &str) -> (String, String) {
        self.bench.now += 1_000;
        let id = self.bench.started(json!({"Name": name, "ContactFlowId": flow})).await;
        while self.bench.service.worker().step(self.bench.now, 100).await.expect("the worker works") > 0 {}
        let all = self.bench.attributes(&id).await;
        let names = ["QueueSize", "QueueEstimatedWaitTime", "ContactPositionInQueue", "ContactEstimatedWaitTime"];
        let texts = names.map(|name| all[name].as_str().unwrap_or("-").to_owned());
        (id, texts.join(" "))
    }
}

/// flows 3, administration 5.5.2, 5.5.3, B147: the place of the task itself, and estimated waits.
#[tokio::test]
async fn b147_the_place_of_the_task_and_estimated_waits() {
    on_teams(async |mut team| {
        let bench = &team.bench;
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
        let profile = json!({
            "Name": "One", "Description": "one task", "DefaultOutboundQueueId": queue,
            "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": 1}],
            "QueueConfigs": [{"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": 1, "Delay": 0}],
        });
        let profile = bench.send(Op::CreateRoutingProfile, &[&bench.instance], profile).await.ok();
        let ada = team.user("ada", json!({"RoutingProfileId": profile["RoutingProfileId"]})).await;
        let over = json!({"Identifier": "over", "Type": "EndFlowExecution", "Parameters": {}, "Transitions": {}});
        let waits = json!({"Version": "2019-10-30", "StartAction": "get", "Actions": [
            action("get", "GetMetricData", &json!({}), "seen", "over"),
            action("seen", "UpdateContactAttributes", &seen(), "over", "over"), over,
        ]});
        let waits = json!({"Name": "Waits", "Type": "CUSTOMER_QUEUE", "Content": waits.to_string()});
        let waits = bench.send(Op::CreateContactFlow, &[&bench.instance], waits).await.ok();
        let enter = flow(
            bench,
            "Enter",
            vec![
                action(
                    "hook",
                    "UpdateContactEventHooks",
                    &json!({"EventHooks": {"CustomerQueue": waits["ContactFlowId"]}}),
                    "to",
                    "end",
                ),
                action("to", "UpdateContactTargetQueue", &json!({"QueueId": queue}), "go", "end"),
                action("go", "TransferContactToQueue", &json!({}), "end", "end"),
            ],
        )
        .await;
        let (first, numbers) = team.entered("First", &enter).await;
        assert_eq!(numbers, "1  1 ", "nobody is there");
        team.put(&ada, "Available").await;
        team.work().await;
        assert_eq!(team.state(&first).await, "OFFERED");
        // One slot, which is in use, and 300 seconds for a task as long as none has been answered.
        assert_eq!(team.entered("Second", &enter).await.1, "1 600 1 300");
        assert_eq!(team.entered("Third", &enter).await.1, "2 900 2 600");
        let urgent = json!({"QueuePriority": 1});
        let (last, numbers) = team.entered("Last", &enter).await;
        assert_eq!(numbers, "3 1200 3 900");
        team.bench.send(Op::UpdateContactRoutingData, &[&team.bench.instance, &last], urgent).await.ok();
        assert_eq!(team.entered("After", &enter).await.1, "4 1500 4 1200");
    })
    .await;
}
