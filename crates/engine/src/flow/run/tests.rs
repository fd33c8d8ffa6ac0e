//! Flows run against a fixture that answers from tables.

mod branching;
mod calls;
mod data;
mod ends;
mod examples;
mod limits;
mod modules;
mod properties;
mod routing;
mod seen;
mod waits;

use std::collections::BTreeSet;

use serde_json::{Map, json};

use super::*;
use crate::arn::{Home, Scope};
use crate::contact::start::fresh;
use crate::contact::{At, DisconnectReason, Event, InitiationMethod, State};

/// 2026-03-02T09:15:00Z, when every contact here is made.
const T0: i64 = 1_772_442_900_000;

fn scope() -> Scope<'static> {
    Home::new("eu-central-1", "111122223333").instance("11111111-0000-4000-8000-000000000001")
}

fn agent(id: &str) -> AgentRef {
    AgentRef {
        id: id.to_owned(),
        user_name: format!("{id}-login"),
        first_name: "Ada".to_owned(),
        last_name: "L".to_owned(),
        routing_profile: Default::default(),
        acw_limit_s: 0,
        auto_accept: false,
        hierarchy: Vec::new(),
    }
}

/// A queue with room.
fn queue(id: &str) -> QueueFact {
    let queue = QueueRef { id: id.to_owned(), name: format!("queue {id}"), agent: false };
    QueueFact { queue, enabled: true, size: 0, capacity: Some(10) }
}

fn agent_queue(id: &str) -> (AgentRef, QueueFact) {
    let queue = QueueRef { id: id.to_owned(), name: format!("{id}-login"), agent: true };
    (agent(id), QueueFact { queue, enabled: true, size: 0, capacity: Some(10) })
}

/// A task, its surroundings and a clock.
#[derive(Clone)]
struct World {
    contact: Contact,
    attributes: Attributes,
    effects: Effects,
    now_ms: i64,
    ids: u32,
    /// Flows and modules by id.
    flows: BTreeMap<String, FlowFact>,
    contents: BTreeMap<String, Arc<Document>>,
    /// Those that were given as answers since the run last waited.
    answered: BTreeMap<String, Arc<Document>>,
    /// Contents are at hand, rather than asked for each time.
    at_hand: bool,
    queues: BTreeMap<String, QueueFact>,
    agents: BTreeMap<String, (AgentRef, QueueFact)>,
    open: Option<bool>,
    metrics: Option<Metrics>,
    /// Segment attributes that may be set.
    setting: BTreeSet<String>,
    percent: u8,
    function: Option<Value>,
    task: Option<String>,
    written: bool,
    queue_flow: Option<String>,
    /// Every question but those for flows and contents.
    asks: Vec<Ask>,
    log: Vec<FlowLog>,
}

/// Contents that were given as answers, or all of them.
struct AtHand<'a>(&'a BTreeMap<String, Arc<Document>>);

impl Documents for AtHand<'_> {
    fn get(&self, sha256: &str) -> Option<Arc<Document>> {
        self.0.get(sha256).cloned()
    }
}

impl World {
    /// A task whose flow `main` of type CONTACT_FLOW is about to begin.
    fn new(actions: &[Value]) -> Self {
        Self::of_type("CONTACT_FLOW", actions)
    }

    fn of_type(flow_type: &str, actions: &[Value]) -> Self {
        let mut world = Self {
            contact: fresh("c1".to_owned(), InitiationMethod::Api, T0),
            attributes: Attributes::new(),
            effects: Effects::default(),
            now_ms: T0,
            ids: 0,
            flows: BTreeMap::new(),
            contents: BTreeMap::new(),
            answered: BTreeMap::new(),
            at_hand: false,
            queues: [queue("q1"), queue("q2")].map(|fact| (fact.queue.id.clone(), fact)).into(),
            agents: [("u1".to_owned(), agent_queue("u1"))].into(),
            open: Some(true),
            metrics: None,
            setting: ["region".to_owned()].into(),
            percent: 1,
            function: None,
            task: None,
            written: true,
            queue_flow: None,
            asks: Vec::new(),
            log: Vec::new(),
        };
        world.contact.name = "Call back".to_owned();
        world.flow("main", flow_type, actions);
        world.start(RunKind::Main, "main");
        world
    }

    fn flow(&mut self, id: &str, flow_type: &str, actions: &[Value]) {
        self.content(id, flow_type, actions[0]["Identifier"].as_str().unwrap(), actions);
    }

    fn module(&mut self, id: &str, actions: &[Value]) {
        self.flow(id, "", actions);
    }

    fn content(&mut self, id: &str, flow_type: &str, start: &str, actions: &[Value]) {
        let content = json!({"Version": "2019-10-30", "StartAction": start, "Actions": actions});
        let document = Document::parse(&content.to_string()).unwrap();
        let (module, sha256) = (flow_type.is_empty(), format!("hash of {id}"));
        self.contents.insert(sha256.clone(), Arc::new(document));
        let name = format!("name of {id}");
        let flow = FlowRef { id: id.to_owned(), name, flow_type: flow_type.to_owned(), module, sha256 };
        self.flows.insert(id.to_owned(), FlowFact { flow, archived: false });
    }

    fn start(&mut self, kind: RunKind, flow: &str) {
        self.with(|env| env.contact.start_run(kind, flow.to_owned()));
    }

    fn with<R>(&mut self, act: impl FnOnce(&mut Env<'_>) -> R) -> R {
        let last = &mut self.ids;
        let mut ids = || {
            *last += 1;
            format!("new-{last}")
        };
        act(&mut Env {
            contact: &mut self.contact,
            attributes: &mut self.attributes,
            effects: &mut self.effects,
            cx: Cx { at: At { scope: scope(), now_ms: self.now_ms }, ids: &mut ids },
            documents: &AtHand(if self.at_hand { &self.contents } else { &self.answered }),
            queue_flow: self.queue_flow.as_deref(),
            log: &mut self.log,
        })
    }

    fn apply(&mut self, event: Event) {
        self.with(|env| env.contact.apply(event, env.effects, &mut env.cx)).unwrap();
    }

    fn answer(&mut self, ask: &Ask) -> Answer {
        match ask {
            Ask::Flow { id, module } => {
                Answer::Flow(self.flows.get(id).filter(|fact| fact.flow.module == *module).cloned())
            }
            Ask::Document { sha256 } => {
                let found = self.contents.get(sha256).cloned();
                self.answered.extend(found.clone().map(|document| (sha256.clone(), document)));
                Answer::Document(found)
            }
            Ask::Queue { id } => Answer::Queue(self.queues.get(id).cloned()),
            Ask::Agent { user } => Answer::Agent(self.agents.get(user).cloned()),
            Ask::Hours { .. } => Answer::Open(self.open),
            Ask::Metrics { .. } => Answer::Metrics(self.metrics.clone()),
            Ask::Predefined { names } => {
                let wanted = Predefined::wanted(names.iter().map(String::as_str));
                Answer::Predefined(Predefined::of(&wanted, &self.setting, &[]))
            }
            Ask::Percent => Answer::Percent(self.percent),
            Ask::Function { .. } => Answer::Function(self.function.clone()),
            Ask::CreateTask { .. } => Answer::Task(self.task.clone()),
            Ask::WriteAttributes { .. } => Answer::Done(self.written),
        }
    }

    /// Works on one run until it waits or is over.
    fn drive(&mut self, kind: RunKind) {
        let mut answer = None;
        for _ in 0..100_000 {
            match self.with(|env| advance(env, kind, answer.take())) {
                Next::Suspended => return self.answered.clear(),
                Next::More => {}
                Next::Ask(ask) => {
                    answer = Some(self.answer(&ask));
                    if !matches!(ask, Ask::Flow { .. } | Ask::Document { .. }) {
                        self.asks.push(ask);
                    }
                }
            }
        }
        panic!("the run never waits or ends");
    }

    /// Lets everything happen that is due.
    fn run(mut self) -> Self {
        for _ in 0..100_000 {
            if let Some(event) = self.contact.due_event(self.now_ms) {
                self.apply(event);
            } else if let Some(kind) = self.contact.ready_run(self.now_ms) {
                self.drive(kind);
            } else {
                // What is stored of the task is what a restart would read.
                let stored = serde_json::to_string(&self.contact).unwrap();
                assert_eq!(serde_json::from_str::<Contact>(&stored).unwrap(), self.contact);
                return self;
            }
        }
        panic!("there is always something due");
    }

    /// Moves the clock, timer by timer.
    fn after(mut self, seconds: i64) -> Self {
        let until_ms = self.now_ms + seconds * 1000;
        while let Some(due_ms) = self.contact.due_ms().filter(|due_ms| *due_ms <= until_ms) {
            self.now_ms = self.now_ms.max(due_ms);
            self = self.run();
        }
        self.now_ms = until_ms;
        self.run()
    }

    /// Goes on with the contact that was made last.
    fn successor(mut self) -> Self {
        let (contact, effects) = self.effects.successors.pop().expect("a successor");
        (self.contact, self.effects) = (contact, effects);
        self
    }

    fn with_attribute(mut self, key: &str, value: &str) -> Self {
        self.attributes.insert(key.to_owned(), value.to_owned());
        self
    }

    /// The action at which the main flow waits; otherwise what became of the contact.
    fn place(&self) -> String {
        self.place_of(RunKind::Main)
    }

    fn place_of(&self, kind: RunKind) -> String {
        match self.contact.runs.iter().find(|run| run.kind == kind).and_then(|run| run.frames.last()) {
            Some(frame) => frame.action.clone(),
            None => match self.contact.disconnect_reason {
                Some(reason) => format!("{reason:?}"),
                None => format!("{:?}", self.contact.state),
            },
        }
    }

    /// The frame at the top of the main flow.
    fn frame(&self) -> &Frame {
        self.contact.runs.iter().find(|run| run.kind == RunKind::Main).unwrap().frames.last().unwrap()
    }

    /// How often the action was logged.
    fn logged(&self, identifier: &str) -> usize {
        self.log.iter().filter(|line| line.identifier == identifier).count()
    }
}

fn put_together(id: &str, kind: &str, parameters: Value, transitions: Value) -> Value {
    let members =
        [("Identifier", json!(id)), ("Type", json!(kind)), ("Parameters", parameters), ("Transitions", transitions)];
    Value::Object(members.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())
}

/// An action with next, `=operand` for each operand of Equals, and an error branch named after each error.
fn action(id: &str, kind: &str, parameters: Value, operands: &[&str], errors: &[&str]) -> Value {
    let equals = |operand: &&str| json!({"NextAction": format!("={operand}"), "Condition": {"Operator": "Equals", "Operands": [operand]}});
    let conditions: Vec<Value> = operands.iter().map(equals).collect();
    let errors: Vec<Value> = errors.iter().map(|error| json!({"ErrorType": error, "NextAction": error})).collect();
    let transitions = json!({"NextAction": "next", "Conditions": conditions, "Errors": errors});
    put_together(id, kind, parameters, transitions)
}

/// The same with another next action and nothing else.
fn step(id: &str, kind: &str, parameters: Value, next: &str) -> Value {
    let transitions =
        json!({"NextAction": next, "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "NoMatchingError"}]});
    put_together(id, kind, parameters, transitions)
}

fn terminal(id: &str, kind: &str, parameters: Value) -> Value {
    put_together(id, kind, parameters, json!({}))
}

/// An action to wait at, so that a test sees where the flow went.
fn landing(id: &str) -> Value {
    let branch = json!({"NextAction": "over", "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}});
    let transitions = json!({"NextAction": "over", "Conditions": [branch]});
    json!({"Identifier": id, "Type": "Wait", "Parameters": {"TimeLimitSeconds": "604800"}, "Transitions": transitions})
}

/// The actions, with a landing for every target they name.
fn with_landings(mut actions: Vec<Value>) -> Vec<Value> {
    fn targets(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(key, value)| match value {
                Value::String(text) if key == "NextAction" => found.push(text.clone()),
                _ => targets(value, found),
            }),
            Value::Array(list) => list.iter().for_each(|value| targets(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    actions.iter().for_each(|action| targets(&action["Transitions"], &mut found));
    for id in found {
        if !actions.iter().any(|action| action["Identifier"] == json!(id)) {
            actions.push(landing(&id));
        }
    }
    actions.push(terminal("over", "EndFlowExecution", json!({})));
    actions
}

/// A flow of one action.
fn single(kind: &str, parameters: Value, operands: &[&str], errors: &[&str]) -> World {
    World::new(&with_landings(vec![action("a", kind, parameters, operands, errors)]))
}

/// What UpdateContactAttributes makes of texts: how a flow sees its surroundings.
fn read(values: &[(&str, &str)]) -> Value {
    let map: Map<String, Value> = values.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    json!({ "Attributes": map })
}
