//! What the simulated instance holds before the first step: queues, users, flows, modules, quick connects.

use serde_json::{Value, json};
use wire::Op;

use crate::world::{Answer, Request, World};
use crate::{Failure, flows};

/// How many contacts the queues hold.
pub(crate) const CAPACITIES: [i64; 2] = [2, 6];
/// How many an agent's queue holds (tasks 3.1.4).
const AGENT_CAPACITY: i64 = 10;

/// A routing profile.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) id: String,
    pub(crate) slots: i64,
    /// Queue, priority, delay in seconds.
    pub(crate) queues: Vec<(String, i64, i64)>,
}

/// Ids of what there is.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) queues: Vec<String>,
    pub(crate) users: Vec<String>,
    /// Available, a break, Offline.
    pub(crate) statuses: Vec<String>,
    pub(crate) profiles: Vec<Profile>,
    /// Flows that a task may start or be transferred with. The last one is republished and archived now and then.
    pub(crate) starts: Vec<String>,
    pub(crate) to_queue: String,
    pub(crate) to_agent: String,
    pub(crate) pauses: Vec<String>,
    pub(crate) resume: String,
    pub(crate) modules: Vec<String>,
    pub(crate) quick_connects: Vec<String>,
}

impl Places {
    /// How many contacts a queue may hold, with what moves between queues may add (tasks 3.1.4); `None` for no queue of ours.
    pub(crate) fn capacity(&self, queue: &str) -> Option<i64> {
        if self.users.iter().any(|user| user == queue) {
            return Some(AGENT_CAPACITY);
        }
        let at = self.queues.iter().position(|known| known == queue)?;
        Some(CAPACITIES[at] + CAPACITIES[at] / 5)
    }

    /// The status of those who are not at work: its time is not in the ledger.
    pub(crate) fn offline(&self) -> &str {
        self.statuses.last().map_or("", String::as_str)
    }

    /// The flow that changes.
    pub(crate) fn changing(&self) -> String {
        self.starts.last().cloned().unwrap_or_default()
    }
}

struct Maker<'a>(&'a World);

impl Maker<'_> {
    async fn call(&self, op: Op, body: Value) -> Result<Value, Failure> {
        let labels = vec![self.0.instance.clone()];
        let request = Request { op, labels, query: String::new(), body, command: None };
        match self.0.call(&request).await {
            Answer::Done(answer) => Ok(answer),
            other => Err(Failure::of(format!("{} {}: {other:?}", op.name(), request.body))),
        }
    }

    async fn made(&self, op: Op, id: &str, body: Value) -> Result<String, Failure> {
        Ok(self.call(op, body).await?[id].as_str().unwrap_or_default().to_owned())
    }

    async fn flow(&self, name: &str, kind: &str, content: String) -> Result<String, Failure> {
        let body = json!({"Name": name, "Type": kind, "Content": content});
        self.made(Op::CreateContactFlow, "ContactFlowId", body).await
    }

    async fn module(&self, name: &str, content: String) -> Result<String, Failure> {
        self.made(Op::CreateContactFlowModule, "Id", json!({"Name": name, "Content": content})).await
    }

    async fn first(&self, op: Op, list: &str) -> Result<String, Failure> {
        Ok(self.call(op, Value::Null).await?[list][0]["Id"].as_str().unwrap_or_default().to_owned())
    }

    async fn named(&self, op: Op, list: &str, name: &str) -> Result<String, Failure> {
        let all = self.call(op, Value::Null).await?;
        let found = all[list].as_array().and_then(|all| all.iter().find(|one| one["Name"] == name));
        let id = found.and_then(|one| one["Id"].as_str());
        id.map(str::to_owned).ok_or_else(|| Failure::of(format!("no {name} in {all}")))
    }

    async fn queue(&self, name: &str, hours: &str, most: i64) -> Result<String, Failure> {
        let body = json!({"Name": name, "HoursOfOperationId": hours, "MaxContacts": most});
        self.made(Op::CreateQueue, "QueueId", body).await
    }

    async fn user(&self, name: &str, profile: &str, security: &str, auto_accept: bool) -> Result<String, Failure> {
        let body = json!({
            "Username": name, "IdentityInfo": {"FirstName": "Ada", "LastName": "L"},
            "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": auto_accept, "AfterContactWorkTimeLimit": 90},
            "SecurityProfileIds": [security], "RoutingProfileId": profile,
        });
        self.made(Op::CreateUser, "UserId", body).await
    }

    async fn profile(&self, name: &str, slots: i64, queues: Vec<(String, i64, i64)>) -> Result<Profile, Failure> {
        let serves = queues.iter().map(|(queue, priority, delay_s)| {
            json!({"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": priority, "Delay": delay_s})
        });
        let body = json!({
            "Name": name, "Description": name, "DefaultOutboundQueueId": queues[0].0,
            "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": slots}],
            "QueueConfigs": serves.collect::<Vec<_>>(),
        });
        let id = self.made(Op::CreateRoutingProfile, "RoutingProfileId", body).await?;
        Ok(Profile { id, slots, queues })
    }

    async fn quick_connect(&self, name: &str, config: Value) -> Result<String, Failure> {
        let body = json!({"Name": name, "QuickConnectConfig": config});
        self.made(Op::CreateQuickConnect, "QuickConnectId", body).await
    }
}

/// Creates all of it.
///
/// # Errors
/// The first call that is refused.
pub(crate) async fn furnish(world: &World) -> Result<Places, Failure> {
    let maker = Maker(world);
    let mut places = Places::default();
    let hours = maker.first(Op::ListHoursOfOperations, "HoursOfOperationSummaryList").await?;
    for (name, most) in [("narrow", CAPACITIES[0]), ("wide", CAPACITIES[1])] {
        places.queues.push(maker.queue(name, &hours, most).await?);
    }
    agents(&maker, &mut places).await?;
    for (name, content) in
        [("note", flows::note_module(60)), ("harsh", flows::harsh_module()), ("slow", flows::note_module(600))]
    {
        places.modules.push(maker.module(name, content).await?);
    }
    main_flows(&maker, &mut places).await?;
    let (queue, user) = (&places.queues[0], &places.users[0]);
    let configs = [
        (
            "to a queue",
            json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": places.to_queue}}),
        ),
        (
            "to a user",
            json!({"QuickConnectType": "USER", "UserConfig": {"UserId": user, "ContactFlowId": places.to_agent}}),
        ),
        ("to a flow", json!({"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": places.starts[0]}})),
    ];
    let mut made = Vec::new();
    for (name, config) in configs {
        // A kind of quick connect that the model of the API does not know is left out.
        if let Ok(id) = maker.quick_connect(name, config).await {
            made.push(id);
        }
    }
    places.quick_connects = made;
    Ok(places)
}

/// Two profiles that share a queue, a status of each type, and three users, one of whom accepts by herself.
async fn agents(maker: &Maker<'_>, places: &mut Places) -> Result<(), Failure> {
    let (narrow, wide) = (places.queues[0].clone(), places.queues[1].clone());
    let both = vec![(narrow, 1, 0), (wide.clone(), 2, 30)];
    places.profiles.push(maker.profile("both", 3, both).await?);
    places.profiles.push(maker.profile("one", 2, vec![(wide, 1, 0)]).await?);
    let security = maker.named(Op::ListSecurityProfiles, "SecurityProfileSummaryList", "Agent").await?;
    for (name, profile, auto_accept) in [("ada", 0, false), ("bob", 1, false), ("eve", 0, true)] {
        let profile = places.profiles[profile].id.clone();
        places.users.push(maker.user(name, &profile, &security, auto_accept).await?);
    }
    let lunch = json!({"Name": "Lunch", "State": "ENABLED"});
    let lunch = maker.made(Op::CreateAgentStatus, "AgentStatusId", lunch).await?;
    let available = maker.named(Op::ListAgentStatuses, "AgentStatusSummaryList", "Available").await?;
    let offline = maker.named(Op::ListAgentStatuses, "AgentStatusSummaryList", "Offline").await?;
    places.statuses = vec![available, lunch, offline];
    Ok(())
}

async fn main_flows(maker: &Maker<'_>, places: &mut Places) -> Result<(), Failure> {
    let (narrow, wide) = (places.queues[0].clone(), places.queues[1].clone());
    let inbound = "CONTACT_FLOW";
    let short = maker.flow("short", inbound, flows::short()).await?;
    let sleeper = maker.flow("sleeper", inbound, flows::sleeper(7200)).await?;
    let branch = maker.flow("branch", inbound, flows::branch(&narrow, &wide)).await?;
    let mover = maker.flow("mover", "CUSTOMER_QUEUE", flows::mover(&wide, 600)).await?;
    let back = maker.flow("back", "CUSTOMER_QUEUE", flows::mover(&narrow, 400)).await?;
    let leaver = maker.flow("leaver", "CUSTOMER_QUEUE", flows::leaver()).await?;
    let afterwards = maker.flow("afterwards", inbound, flows::afterwards(&wide, &short)).await?;
    let pause = maker.flow("pause", inbound, flows::pausing(false)).await?;
    let nap = maker.flow("nap", inbound, flows::pausing(true)).await?;
    let resume = maker.flow("resume", inbound, flows::resuming(&wide)).await?;
    let (note, harsh) = (&places.modules[0], &places.modules[1]);
    let content = flows::looping(note, harsh, &short, &branch, &branch);
    let looping = maker.flow("looping", inbound, content).await?;
    let set = [
        ("CustomerQueue", mover.as_str()),
        ("CustomerRemaining", &afterwards),
        ("PauseContact", &nap),
        ("ResumeContact", &resume),
    ];
    let hooks = maker.flow("hooks", inbound, flows::hooks(&set, &looping)).await?;
    let whisper = maker.flow("whisper", "AGENT_WHISPER", flows::whisper()).await?;
    let set = [("CustomerQueue", leaver.as_str()), ("PauseContact", &pause), ("AgentWhisper", &whisper)];
    let leaving = maker.flow("leaving", inbound, flows::hooks(&set, &branch)).await?;
    let set = [("CustomerQueue", back.as_str()), ("CustomerRemaining", &afterwards)];
    let moving = maker.flow("moving", inbound, flows::hooks(&set, &branch)).await?;
    let changing = maker.flow("changing", inbound, flows::sleeper(30)).await?;
    places.to_queue = maker.flow("to queue", "QUEUE_TRANSFER", flows::to_queue()).await?;
    places.to_agent = maker.flow("to agent", "AGENT_TRANSFER", flows::to_agent()).await?;
    places.starts = vec![branch, looping, hooks, leaving, moving, sleeper, short, changing];
    places.pauses = vec![pause, nap];
    places.resume = resume;
    Ok(())
}
