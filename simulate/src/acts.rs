//! What clients do: draws a call and says what it means, so that its outcome can be checked.

mod agents;
mod chain;
mod manage;
mod templates;

use std::collections::BTreeMap;

use engine::contact::State;
use serde_json::{Map, Value, json};
use service::Command;
use wire::Op;

use crate::model::{Model, Token};
use crate::random::Random;
use crate::setup::Places;
use crate::world::Request;

/// An id that nothing has.
pub(crate) const UNKNOWN: &str = "99999999-9999-4999-8999-999999999999";

/// A call and what it is about.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) request: Request,
    pub(crate) intent: Intent,
}

/// What a call means for the model.
#[derive(Clone, Debug)]
pub(crate) enum Intent {
    /// A new task: StartTaskContact or CreateContact.
    Start(Box<Start>),
    /// Attributes written through this task.
    Attributes {
        contact: String,
        attributes: BTreeMap<String, String>,
    },
    Pause {
        contact: String,
    },
    Resume {
        contact: String,
    },
    Stop {
        contact: String,
    },
    Transfer {
        contact: String,
    },
    Reschedule {
        contact: String,
        to_ms: i64,
    },
    Retemplate {
        contact: String,
        template: String,
    },
    Update {
        contact: String,
        name: Option<String>,
        expiry: bool,
    },
    Tag {
        contact: String,
        tags: BTreeMap<String, String>,
    },
    Untag {
        contact: String,
    },
    Route {
        contact: String,
    },
    /// PutUserStatus.
    PutStatus {
        user: String,
        status: String,
    },
    /// What an agent does with a task.
    Command {
        user: String,
        contact: String,
        command: Command,
    },
    /// AssociateContactWithUser.
    Assign {
        contact: String,
    },
    /// Reads one task.
    Describe {
        contact: String,
    },
    /// Reads the attributes of a chain.
    ReadAttributes {
        contact: String,
    },
    /// Counts all tasks.
    Search,
    /// Reads the tree of a task.
    Associated {
        contact: String,
    },
    NewTemplate {
        shape: u64,
    },
    ChangeTemplate {
        template: String,
        shape: u64,
    },
    DeleteTemplate,
    /// Flows, queues: nothing that the model tracks.
    Manage,
}

/// A new task, as far as the model cares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    pub(crate) previous: Option<String>,
    pub(crate) related: Option<String>,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) template: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) external: bool,
    /// It is over from the start (tasks 2.5.3).
    pub(crate) over: bool,
    /// Nothing about it can be wrong: only quotas may refuse it.
    pub(crate) sound: bool,
}

impl Intent {
    /// The task it is about.
    pub(crate) fn contact(&self) -> Option<&str> {
        Some(match self {
            Self::Attributes { contact, .. }
            | Self::Pause { contact }
            | Self::Resume { contact }
            | Self::Stop { contact }
            | Self::Transfer { contact }
            | Self::Reschedule { contact, .. }
            | Self::Retemplate { contact, .. }
            | Self::Update { contact, .. }
            | Self::Tag { contact, .. }
            | Self::Untag { contact }
            | Self::Route { contact }
            | Self::Command { contact, .. }
            | Self::Assign { contact }
            | Self::Describe { contact }
            | Self::ReadAttributes { contact }
            | Self::Associated { contact } => contact,
            _ => return None,
        })
    }
}

/// Draws calls.
pub(crate) struct Clients<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) model: &'a Model,
    pub(crate) places: &'a Places,
    pub(crate) instance: &'a str,
    pub(crate) now_ms: i64,
    /// Makes names and tokens unique.
    pub(crate) number: u64,
    /// A persistent client: the task, and what is done to it again and again, so that limits are reached.
    pub(crate) insists: Option<&'a Insistence>,
}

/// A client that does a few things to one task over and over.
#[derive(Debug)]
pub(crate) struct Insistence {
    /// Steps to go.
    pub(crate) left: u32,
    /// The task; after a transfer its successor.
    pub(crate) target: String,
    sorts: &'static [(u64, Sort)],
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Sort {
    Start,
    Create,
    Again,
    Attributes,
    Pause,
    Resume,
    Stop,
    Transfer,
    Reschedule,
    Retemplate,
    Update,
    Tag,
    Untag,
    Route,
    Read,
    Template,
    Flow,
    Agent,
}

const SORTS: &[(u64, Sort)] = &[
    (26, Sort::Start),
    (4, Sort::Create),
    (4, Sort::Again),
    (9, Sort::Attributes),
    (8, Sort::Pause),
    (8, Sort::Resume),
    (6, Sort::Stop),
    (6, Sort::Transfer),
    (4, Sort::Reschedule),
    (4, Sort::Retemplate),
    (6, Sort::Update),
    (4, Sort::Tag),
    (2, Sort::Untag),
    (4, Sort::Route),
    (6, Sort::Read),
    (3, Sort::Template),
    (2, Sort::Flow),
    (40, Sort::Agent),
];

/// Calls that such a client may repeat.
const INSISTED: &[&[(u64, Sort)]] = &[
    &[(1, Sort::Pause), (1, Sort::Resume)],
    &[(1, Sort::Transfer)],
    &[(1, Sort::Reschedule)],
    &[(1, Sort::Retemplate)],
    &[(1, Sort::Start)],
    &[(1, Sort::Start), (1, Sort::Create)],
    &[(1, Sort::Tag), (1, Sort::Attributes)],
];

impl Insistence {
    /// On a task that is open, if there is one.
    pub(crate) fn begin(random: &mut Random, model: &Model) -> Option<Self> {
        let sorts = random.pick(INSISTED).copied().unwrap_or_default();
        let wants = if matches!(sorts[0].1, Sort::Reschedule) { State::Scheduled } else { State::InFlow };
        let fits = |id: &&String| model.contact(id).is_some_and(|contact| contact.state == wants);
        let fitting: Vec<&String> = model.open.iter().filter(fits).collect();
        let target = (*random.pick(&fitting)?).clone();
        Some(Self { left: 30, target, sorts })
    }
}

impl Clients<'_> {
    /// The next call.
    pub(crate) fn draw(&mut self) -> Act {
        let sorts = self.insists.map_or(SORTS, |insists| insists.sorts);
        match self.random.weighted(sorts) {
            Sort::Start => self.start(),
            Sort::Create => self.create(),
            Sort::Again => self.again(),
            Sort::Attributes => self.attributes_act(),
            Sort::Pause => self.pause(),
            Sort::Resume => self.resume(),
            Sort::Stop => self.stop(),
            Sort::Transfer => self.transfer(),
            Sort::Reschedule => self.reschedule(),
            Sort::Retemplate => self.retemplate(),
            Sort::Update => self.update(),
            Sort::Tag => self.tag(),
            Sort::Untag => self.untag(),
            Sort::Route => self.route(),
            Sort::Read => self.read(),
            Sort::Template => self.template_act(),
            Sort::Flow => self.flow_act(),
            Sort::Agent => self.agent_act(),
        }
    }

    /// A task: mostly one that is open, sometimes one that is over, rarely none.
    fn any(&mut self) -> String {
        if let Some(insists) = self.insists {
            return insists.target.clone();
        }
        let from = self.random.weighted(&[(80, Some(true)), (16, Some(false)), (4, None)]);
        let list = match from {
            Some(true) => &self.model.open,
            Some(false) => &self.model.ids,
            None => return UNKNOWN.to_owned(),
        };
        self.random.pick(list).cloned().unwrap_or_else(|| UNKNOWN.to_owned())
    }

    /// A task in this state if there is one, else any.
    fn in_state(&mut self, state: State) -> String {
        let model = self.model;
        let fits = |id: &&String| model.contact(id).is_some_and(|contact| contact.state == state);
        let fitting: Vec<&String> = model.open.iter().filter(fits).collect();
        match self.random.pick(&fitting) {
            Some(id) if self.insists.is_none() && self.random.chance(70) => (*id).clone(),
            _ => self.any(),
        }
    }

    fn act(&self, op: Op, labels: &[&str], body: Value, intent: Intent) -> Act {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        Act { request: Request { op, labels, query: String::new(), body, command: None }, intent }
    }

    /// A body that begins with the instance.
    fn body(&self, more: Value) -> Value {
        let mut body = json!({"InstanceId": self.instance});
        if let Value::Object(more) = more {
            for (key, value) in more {
                body[key] = value;
            }
        }
        body
    }

    /// A few attributes of a small set, so that they collide.
    fn attributes(&mut self) -> BTreeMap<String, String> {
        let count = self.random.weighted(&[(50, 0), (30, 1), (20, 2)]);
        (0..count)
            .map(|_| {
                let key = self.random.weighted(&[(2, "color"), (1, "size"), (1, "shape")]);
                let value = self.random.weighted(&[(3, "red"), (2, "blue"), (2, "brown"), (2, "green"), (1, "")]);
                (key.to_owned(), value.to_owned())
            })
            .collect()
    }

    fn name(&mut self, prefix: &str) -> String {
        self.number += 1;
        format!("{prefix} {}", self.number)
    }

    fn start_flow(&mut self) -> String {
        self.random.pick(&self.places.starts).cloned().unwrap_or_default()
    }

    fn start(&mut self) -> Act {
        let mut start = Start { attributes: self.attributes(), sound: true, ..Start::default() };
        let name = self.name("task");
        let mut body = self.body(json!({"Name": name, "References": {}}));
        if self.random.chance(40) {
            let amount = self.random.weighted(&[(2, "5"), (3, "500"), (3, "2000")]);
            body["References"]["Amount"] = json!({"Type": "NUMBER", "Value": amount});
        }
        let linked = if self.insists.is_some() { 60 } else { 25 };
        if self.random.chance(linked) {
            self.link(&mut start, &mut body);
        }
        match self.random.below(100) {
            0..40 => self.by_template(&mut start, &mut body),
            40..48 => {
                start.sound = false;
                body["QuickConnectId"] = self.random.pick(&self.places.quick_connects).cloned().into();
            }
            _ => {
                let flow = self.start_flow();
                // The one that changes may be archived.
                start.sound &= flow != self.places.changing();
                body["ContactFlowId"] = flow.into();
            }
        }
        if self.random.chance(20) {
            let ahead_s = self.random.weighted(&[(5, 60), (3, 3_600), (2, 86_400), (1, 8_000_000)]);
            start.sound &= ahead_s < 7_000_000;
            body["ScheduledTime"] = (self.now_ms / 1000 + self.random.between(1, ahead_s)).into();
        }
        if self.random.chance(20) {
            let minutes = self.random.between(1, 600);
            body["SegmentAttributes"] =
                json!({"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}});
        }
        if !start.attributes.is_empty() {
            body["Attributes"] = json!(start.attributes);
        }
        self.token(&mut start, &mut body);
        self.act(Op::StartTaskContact, &[], body, Intent::Start(Box::new(start)))
    }

    fn token(&mut self, start: &mut Start, body: &mut Value) {
        if self.random.chance(40) {
            let token = self.name("token");
            body["ClientToken"] = token.clone().into();
            start.token = Some(token);
        }
    }

    /// After another task, or related to one.
    fn link(&mut self, start: &mut Start, body: &mut Value) {
        let other = self.any();
        start.sound &= other != UNKNOWN;
        if self.random.chance(60) {
            body["PreviousContactId"] = other.clone().into();
            start.previous = Some(other.clone());
        }
        if start.previous.is_none() || self.random.chance(3) {
            start.sound &= start.previous.is_none();
            body["RelatedContactId"] = other.clone().into();
            start.related = Some(other);
        }
    }

    /// CreateContact.
    fn create(&mut self) -> Act {
        let mut start = Start { attributes: self.attributes(), external: true, sound: true, ..Start::default() };
        let (name, minutes) = (self.name("external"), self.random.between(1, 600));
        let mut body = self.body(json!({
            "Channel": "TASK", "InitiationMethod": "API", "Name": name, "ExpiryDurationInMinutes": minutes,
        }));
        match self.random.weighted(&[(4, 0), (3, 1), (3, 2)]) {
            0 => {}
            1 => {
                body["InitiateAs"] = json!("COMPLETED");
                start.over = true;
            }
            _ => {
                body["InitiateAs"] = json!("CONNECTED_TO_USER");
                let user = self.random.pick(&self.places.users).cloned().unwrap_or_default();
                body["UserInfo"] = json!({"UserId": user});
            }
        }
        if self.random.chance(30) {
            let other = self.any();
            start.sound &= other != UNKNOWN;
            body["RelatedContactId"] = other.clone().into();
            start.related = Some(other);
        }
        if !start.attributes.is_empty() {
            body["Attributes"] = json!(start.attributes);
        }
        self.token(&mut start, &mut body);
        self.act(Op::CreateContact, &[], body, Intent::Start(Box::new(start)))
    }

    /// A start sent again under its token, now and then with something else in it.
    fn again(&mut self) -> Act {
        let Some(Token { act, .. }) = self.random.pick(&self.model.tokens) else { return self.start() };
        let mut act = act.clone();
        if self.random.chance(10) {
            act.request.body["Description"] = json!("not what it was");
            if let Intent::Start(start) = &mut act.intent {
                start.sound = false;
            }
        }
        act
    }
}

/// A JSON object of texts.
fn texts(pairs: &BTreeMap<String, String>) -> Value {
    Value::Object(pairs.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect::<Map<_, _>>())
}
