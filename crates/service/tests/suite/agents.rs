//! Agents and routing through the operations: status, offers in the documented order, what an agent does with a task, what
//! supervisors see (tasks 3.3, 3.4, administration 4).

use serde_json::{Value, json};
use service::{Command, Done, Limits};
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};

/// A team: queues, routing profiles and users as a test needs them.
pub(crate) struct Team {
    pub(crate) bench: Bench,
}

impl Team {
    pub(crate) async fn id_of(&self, op: Op, list: &str, name: &str) -> String {
        let all = self.bench.get(op, &[&self.bench.instance], "").await.ok();
        let found = all[list].as_array().expect("a list").iter().find(|one| one["Name"] == name);
        found.unwrap_or_else(|| panic!("{name} in {all}"))["Id"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn user(&self, name: &str, more: Value) -> String {
        let mut body = json!({
            "Username": name,
            "SecurityProfileIds": [self.id_of(Op::ListSecurityProfiles, "SecurityProfileSummaryList", "Agent").await],
            "RoutingProfileId":
                self.id_of(Op::ListRoutingProfiles, "RoutingProfileSummaryList", "Basic Routing Profile").await,
        });
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let made = self.bench.send(Op::CreateUser, &[&self.bench.instance], body).await.ok();
        made["UserId"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn put(&self, user: &str, status: &str) {
        let id = self.id_of(Op::ListAgentStatuses, "AgentStatusSummaryList", status).await;
        let body = json!({"AgentStatusId": id});
        self.bench.send(Op::PutUserStatus, &[&self.bench.instance, user], body).await.ok();
    }

    /// A task that waits in BasicQueue.
    pub(crate) async fn task(&self, name: &str) -> String {
        let flow = self.bench.flow_named("Sample task flow").await;
        let id = self.bench.started(json!({"Name": name, "ContactFlowId": flow})).await;
        self.work().await;
        id
    }

    /// Timers, flows and routing, as far as they go now.
    pub(crate) async fn work(&self) {
        while self.bench.service.worker().step(self.bench.now, 100).await.expect("the worker works") > 0 {}
        self.bench.service.router().step(self.bench.now).await.expect("the router works");
    }

    pub(crate) async fn command(&self, user: &str, contact: &str, command: Command) -> Done {
        let names = (self.bench.instance.as_str(), user, contact);
        let done = self.bench.service.agent_command(names, command, self.bench.now).await;
        self.work().await;
        done.expect("the command is answered")
    }

    pub(crate) async fn current(&self, user: &str) -> Value {
        let body = json!({"Filters": {"Agents": [user]}});
        let answer = self.bench.send(Op::GetCurrentUserData, &[&self.bench.instance], body).await.ok();
        answer["UserDataList"][0].clone()
    }

    /// The entries of a user: task and state.
    pub(crate) async fn entries(&self, user: &str) -> Vec<(String, String)> {
        let data = self.current(user).await;
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let contacts = data["Contacts"].as_array().expect("a list").iter();
        contacts.map(|entry| (text(&entry["ContactId"]), text(&entry["AgentContactState"]))).collect()
    }

    pub(crate) async fn has(&self, user: &str, contact: &str, state: &str) {
        assert_eq!(self.entries(user).await, [(contact.to_owned(), state.to_owned())]);
    }

    pub(crate) async fn has_nothing(&self, user: &str) {
        assert_eq!(self.entries(user).await, []);
    }

    pub(crate) async fn state(&self, contact: &str) -> String {
        let store = self.bench.service.store();
        store.contact(&self.bench.instance, contact).await.expect("a read").expect("the task").state
    }
}

pub(crate) async fn on_teams(test: impl AsyncFn(Team)) {
    on_each_engine(Limits::default(), async |bench| test(Team { bench }).await).await;
}

#[tokio::test]
async fn tasks_3_4_a_task_is_offered_accepted_completed_and_closed() {
    on_teams(async |mut team| {
        let ada = team.user("ada", json!({})).await;
        let task = team.task("First").await;
        assert_eq!(team.state(&task).await, "QUEUED", "administration 2.7.8: a new user is offline");
        team.put(&ada, "Available").await;
        team.work().await;
        team.has(&ada, &task, "CONNECTING").await;
        assert_eq!(team.state(&task).await, "OFFERED");
        team.bench.now = NOW + 5_000;
        let Done::Entry(Some(entry)) = team.command(&ada, &task, Command::Accept).await else { panic!("accepted") };
        assert_eq!(entry.connected_ms, Some(NOW + 5_000));
        team.has(&ada, &task, "CONNECTED").await;
        assert!(matches!(team.command(&ada, &task, Command::Accept).await, Done::Entry(Some(_))), "tasks 6.1");
        assert!(matches!(team.command(&ada, &task, Command::Reject).await, Done::Late(Some(_))), "tasks 6.2");
        let slots = team.current(&ada).await;
        assert_eq!(
            (&slots["ActiveSlotsByChannel"]["TASK"], &slots["AvailableSlotsByChannel"]["TASK"]),
            (&json!(1), &json!(9))
        );
        team.command(&ada, &task, Command::Complete).await;
        team.has(&ada, &task, "ENDED").await;
        assert_eq!(team.state(&task).await, "ACW");
        assert!(matches!(team.command(&ada, &task, Command::Close).await, Done::Entry(None)));
        team.has_nothing(&ada).await;
        assert_eq!(team.state(&task).await, "COMPLETED");
    })
    .await;
}

#[tokio::test]
async fn tasks_3_4_3_a_missed_offer_blocks_and_3_4_4_a_rejected_one_goes_to_another() {
    on_teams(async |mut team| {
        let (ada, bob) = (team.user("ada", json!({})).await, team.user("bob", json!({})).await);
        team.put(&ada, "Available").await;
        team.bench.now = NOW + 1_000;
        team.put(&bob, "Available").await;
        team.bench.now = NOW + 2_000;
        let task = team.task("First").await;
        team.has(&ada, &task, "CONNECTING").await; // tasks 3.3.5: idle for longest
        team.command(&ada, &task, Command::Reject).await;
        team.has(&ada, &task, "REJECTED").await;
        team.has(&bob, &task, "CONNECTING").await;
        team.bench.now = NOW + 22_000;
        team.work().await;
        team.has(&bob, &task, "MISSED").await;
        team.has(&ada, &task, "CONNECTING").await; // tasks 3.4.5: REJECTED clears itself after five seconds
        let dismiss = json!({"ContactId": task});
        team.bench.send(Op::DismissUserContact, &[&team.bench.instance, &bob], dismiss.clone()).await.ok();
        team.has_nothing(&bob).await;
        let refused = team.bench.send(Op::DismissUserContact, &[&team.bench.instance, &bob], dismiss).await;
        assert!(refused.refused("InvalidRequestException").contains("no entry"), "A71");
    })
    .await;
}

#[tokio::test]
async fn administration_4_1_a_status_waits_for_work_and_closes_what_is_over() {
    on_teams(async |mut team| {
        let ada = team.user("ada", json!({})).await;
        team.put(&ada, "Available").await;
        let task = team.task("First").await;
        team.command(&ada, &task, Command::Accept).await;
        team.put(&ada, "Offline").await;
        let data = team.current(&ada).await;
        assert_eq!((&data["Status"]["StatusName"], &data["NextStatus"]), (&json!("Available"), &json!("Offline")));
        let second = team.task("Second").await;
        assert_eq!(team.state(&second).await, "QUEUED", "4.1.3: no offers follow");
        team.command(&ada, &task, Command::Complete).await;
        team.put(&ada, "Available").await;
        assert_eq!(team.state(&task).await, "COMPLETED", "4.1.2: ENDED is closed first");
        team.work().await;
        team.has(&ada, &second, "CONNECTING").await;
        team.bench.now = NOW + 1_000;
        let stop = json!({"InstanceId": team.bench.instance, "ContactId": second});
        team.bench.send(Op::StopContact, &[], stop).await.ok();
        team.has_nothing(&ada).await;
        let refused = json!({"AgentStatusId": "99999999-9999-4999-8999-999999999999"});
        let answer = team.bench.send(Op::PutUserStatus, &[&team.bench.instance, &ada], refused).await;
        assert!(answer.refused("ResourceNotFoundException").contains("AgentStatusId"), "A69");
    })
    .await;
}

#[tokio::test]
async fn administration_4_2_1_a_task_is_given_to_a_user_whatever_the_user_does() {
    on_teams(async |team| {
        let ada = team.user("ada", json!({})).await;
        let task = team.task("First").await;
        let give = json!({"UserId": ada});
        team.bench.send(Op::AssociateContactWithUser, &[&team.bench.instance, &task], give.clone()).await.ok();
        team.has(&ada, &task, "CONNECTING").await;
        team.bench.send(Op::AssociateContactWithUser, &[&team.bench.instance, &task], give.clone()).await.ok();
        team.command(&ada, &task, Command::Accept).await;
        let refused = team.bench.send(Op::AssociateContactWithUser, &[&team.bench.instance, &task], give).await;
        assert!(refused.refused("InvalidRequestException").contains("CONNECTED"), "A70");
        let manager = team.id_of(Op::ListSecurityProfiles, "SecurityProfileSummaryList", "QualityAnalyst").await;
        let guest = team.user("guest", json!({"SecurityProfileIds": [manager]})).await;
        let second = team.task("Second").await;
        let give = json!({"UserId": guest});
        let refused = team.bench.send(Op::AssociateContactWithUser, &[&team.bench.instance, &second], give).await;
        assert!(refused.refused("InvalidRequestException").contains("BasicAgentAccess"), "A70");
        team.put(&guest, "Available").await;
        team.work().await;
        team.has_nothing(&guest).await; // tasks 3.3.1
    })
    .await;
}

#[tokio::test]
async fn tasks_3_2_4_slots_are_used_up_and_freed_and_3_4_1_auto_accept_connects_at_once() {
    on_teams(async |mut team| {
        let phone =
            json!({"PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": true, "AfterContactWorkTimeLimit": 30}});
        let ada = team.user("ada", phone).await;
        team.put(&ada, "Available").await;
        let mut tasks = Vec::new();
        for n in 0..11 {
            team.bench.now = NOW + n * 10;
            tasks.push(team.task(&format!("Task {n}")).await);
        }
        let entries = team.entries(&ada).await;
        assert_eq!(entries.len(), 10, "as many as the profile has slots");
        assert!(entries.iter().all(|(_, state)| state == "CONNECTED"), "{entries:?}");
        assert_eq!(team.state(&tasks[10]).await, "QUEUED");
        team.bench.now = NOW + 1_000;
        team.bench.act(Op::PauseContact, &tasks[0], json!({})).await.ok();
        team.work().await;
        assert_eq!(team.state(&tasks[10]).await, "CONNECTED", "a paused task uses no slot");
        assert!(team.entries(&ada).await.contains(&(tasks[0].clone(), "CONNECTED_ONHOLD".to_owned())), "tasks 2.1.3");
        let refused = team.bench.get(Op::DeleteUser, &[&team.bench.instance, &ada], "").await;
        assert!(refused.refused("InvalidRequestException").contains("contact"), "A54");
    })
    .await;
}

/// administration 4.3.1, A72: what GetCurrentUserData refuses.
#[tokio::test]
async fn administration_a72_filters_of_current_user_data() {
    on_teams(async |team| {
        let ada = team.user("ada", json!({})).await;
        let ask = async |filters: Value| {
            team.bench.send(Op::GetCurrentUserData, &[&team.bench.instance], json!({"Filters": filters})).await
        };
        ask(json!({})).await.refused("InvalidParameterException");
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
        ask(json!({"Agents": [ada], "Queues": [queue]})).await.refused("InvalidRequestException");
        ask(json!({"Agents": ["99999999-9999-4999-8999-999999999999"]})).await.refused("ResourceNotFoundException");
        let none = ask(json!({"Queues": [queue]})).await.ok();
        assert_eq!((&none["UserDataList"], &none["ApproximateTotalCount"]), (&json!([]), &json!(0)), "4.3.2: offline");
        team.put(&ada, "Available").await;
        let one = ask(json!({"Queues": [queue]})).await.ok();
        assert_eq!(one["UserDataList"][0]["User"]["Id"], json!(ada));
        let task = team.task("First").await;
        let ringing = ask(json!({"ContactFilter": {"ContactStates": ["CONNECTING"]}})).await.ok();
        assert_eq!(ringing["UserDataList"][0]["Contacts"][0]["ContactId"], json!(task));
        let connected = ask(json!({"ContactFilter": {"ContactStates": ["CONNECTED"]}})).await.ok();
        assert_eq!(connected["UserDataList"], json!([]));
    })
    .await;
}

/// What was answered acts on the next request and the next pass, also where routing remembers what it read a moment ago.
#[tokio::test]
async fn administration_1_2_6_a_new_security_profile_lets_its_users_work_at_once() {
    on_teams(async |team| {
        let without = team.id_of(Op::ListSecurityProfiles, "SecurityProfileSummaryList", "QualityAnalyst").await;
        let guest = team.user("guest", json!({"SecurityProfileIds": [without]})).await;
        team.put(&guest, "Available").await;
        let (first, second) = (team.task("First").await, team.task("Second").await);
        let give = |task: &str| {
            let labels = [team.bench.instance.clone(), task.to_owned()];
            let (bench, body) = (&team.bench, json!({"UserId": guest}));
            async move { bench.send(Op::AssociateContactWithUser, &[&labels[0], &labels[1]], body).await }
        };
        give(&first).await.refused("InvalidRequestException");
        let profile = json!({"SecurityProfileName": "Work", "Permissions": ["BasicAgentAccess"]});
        let made = team.bench.send(Op::CreateSecurityProfile, &[&team.bench.instance], profile).await.ok();
        let change = json!({"SecurityProfileIds": [made["SecurityProfileId"]]});
        let labels = [team.bench.instance.as_str(), guest.as_str()];
        team.bench.send(Op::UpdateUserSecurityProfiles, &labels, change).await.ok();
        give(&first).await.ok();
        team.work().await;
        let offered = team.entries(&guest).await;
        assert_eq!(offered.len(), 2, "{offered:?}: the one that was given, and the one that the pass found");
        assert_eq!(team.state(&second).await, "OFFERED");
    })
    .await;
}

/// A changed routing profile acts on the next pass, also where routing remembers what it read a moment ago.
#[tokio::test]
async fn tasks_3_3_7_a_changed_routing_profile_acts_at_once() {
    on_teams(async |team| {
        let instance = team.bench.instance.as_str();
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
        let reference = json!({"QueueId": queue, "Channel": "TASK"});
        let slots = |slots: i64| json!([{"Channel": "TASK", "Concurrency": slots}]);
        let body = json!({"Name": "Few", "Description": "d", "DefaultOutboundQueueId": queue, "MediaConcurrencies": slots(1),
            "QueueConfigs": [{"QueueReference": reference, "Priority": 1, "Delay": 0}]});
        let made = team.bench.send(Op::CreateRoutingProfile, &[instance], body).await.ok();
        let profile = made["RoutingProfileId"].as_str().expect("an id").to_owned();
        let change = async |op: Op, body: Value| {
            team.bench.send(op, &[instance, &profile], body).await.ok();
            team.work().await;
        };
        let ada = team.user("ada", json!({"RoutingProfileId": profile})).await;
        team.put(&ada, "Available").await;
        for name in ["First", "Second", "Third"] {
            team.task(name).await;
        }
        assert_eq!(team.entries(&ada).await.len(), 1, "one slot");
        change(Op::UpdateRoutingProfileConcurrency, json!({"MediaConcurrencies": slots(2)})).await;
        assert_eq!(team.entries(&ada).await.len(), 2, "another slot");
        change(Op::DisassociateRoutingProfileQueues, json!({"QueueReferences": [reference]})).await;
        change(Op::UpdateRoutingProfileConcurrency, json!({"MediaConcurrencies": slots(3)})).await;
        assert_eq!(team.entries(&ada).await.len(), 2, "the queue is not the profile's any more");
        let config = json!([{"QueueReference": reference, "Priority": 1, "Delay": 600}]);
        change(Op::AssociateRoutingProfileQueues, json!({"QueueConfigs": config})).await;
        assert_eq!(team.entries(&ada).await.len(), 2, "it has not waited for so long");
        let config = json!([{"QueueReference": reference, "Priority": 1, "Delay": 0}]);
        change(Op::UpdateRoutingProfileQueues, json!({"QueueConfigs": config})).await;
        assert_eq!(team.entries(&ada).await.len(), 3, "no delay any more");
    })
    .await;
}

/// An agent who cannot be read, because a newer release wrote something else or the row is damaged, keeps nobody else from tasks,
/// from the end of a rejection, or from what a screen shows.
#[tokio::test]
async fn tasks_3_3_7_an_agent_who_cannot_be_read_holds_up_no_other() {
    on_teams(async |mut team| {
        let (ada, bob) = (team.user("ada", json!({})).await, team.user("bob", json!({})).await);
        team.put(&ada, "Available").await;
        team.put(&bob, "Available").await;
        let (service, instance) = (team.bench.service.clone(), team.bench.instance.clone());
        let watch = async |user: &str| service.watch_agent(&instance, user, NOW).await.expect("a screen");
        let (_hers, mut his) = (watch(&ada).await, watch(&bob).await);
        while his.poll(NOW).is_some() {}
        let damage = async |due_ms: Option<i64>| {
            let row = service.store().agent(&instance, &ada).await.expect("a read").expect("the agent");
            let mut batch = store::Batch::new();
            batch.update_agent(&store::AgentRow { body: r#"{"of": "a newer release"}"#.to_owned(), due_ms, ..row });
            service.store().commit(batch).await.expect("the row is written");
        };
        damage(None).await;
        let (first, second) = (team.task("First").await, team.task("Second").await);
        team.bench.now = NOW + 1_000;
        assert!(matches!(team.command(&bob, &first, Command::Reject).await, Done::Entry(_)));
        assert_eq!(team.state(&second).await, "OFFERED", "bob has it, whom the other comes before by idle time");
        service.agent_views_step(team.bench.now).await.expect("screens are read");
        assert!(his.poll(team.bench.now).is_some(), "his screen shows it, although hers cannot be read");
        damage(Some(NOW + 1_500)).await;
        team.bench.now = NOW + 30_000;
        while service.worker().step(team.bench.now, 100).await.expect("the worker works") > 0 {}
        let failed = service.router().step(team.bench.now).await;
        assert!(failed.is_err(), "her timer cannot be handled, which is an error");
        let his = service.store().agent(&instance, &bob).await.expect("a read").expect("the agent");
        assert!(!his.body.contains("REJECTED"), "his was: tasks 3.4.5: {}", his.body);
    })
    .await;
}

/// Many agents who are free at once get what waits in one pass, which reads each thing once: what it costs grows with the offers
/// alone, and they are committed together.
#[tokio::test]
async fn tasks_3_3_7_one_pass_serves_all_who_are_free() {
    on_teams(async |team| {
        const AGENTS: usize = 40;
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
        let profile = json!({
            "Name": "One at a time", "Description": "One", "DefaultOutboundQueueId": queue,
            "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": 1}],
            "QueueConfigs": [{"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": 1, "Delay": 0}],
        });
        let made = team.bench.send(Op::CreateRoutingProfile, &[&team.bench.instance], profile).await.ok();
        for n in 0..AGENTS {
            let user = team.user(&format!("agent{n}"), json!({"RoutingProfileId": made["RoutingProfileId"]})).await;
            team.put(&user, "Available").await;
        }
        for n in 0..AGENTS + 5 {
            let flow = team.bench.flow_named("Sample task flow").await;
            team.bench.started(json!({"Name": format!("Task {n}"), "ContactFlowId": flow})).await;
        }
        while team.bench.service.worker().step(NOW, 100).await.expect("the worker works") > 0 {}
        let before = team.bench.faults.requests();
        team.bench.service.router().step(NOW).await.expect("the router works");
        let asked = team.bench.faults.requests() - before;
        let counts = team.bench.service.store().contact_counts(NOW).await.expect("a read").by_state;
        assert_eq!((counts.get("OFFERED"), counts.get("QUEUED")), (Some(&40), Some(&5)));
        // For each offer its task and the commit; and what a pass reads, which does not grow with these.
        let most = u32::try_from(AGENTS * 2 + 30).expect("a small number");
        assert!(asked <= most, "{asked} requests, at most {most} expected");
    })
    .await;
}
