//! What the paths of a flow mean for a task: the namespaces of flows 3.7.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::{Source, compact, walk, written};
use crate::arn::{Kind, Scope};
use crate::contact::moment::iso_ms;
use crate::contact::{Attributes, Contact, InitiationMethod, Reference};
use crate::party::{AgentRef, QueueRef};
use crate::run::{Frame, Run};

/// The tag that every contact has (tasks 2.2.4).
const SYSTEM_TAG: &str = "aws:connect:instanceId";

/// What a flow sees while it runs on a task.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The task.
    pub contact: &'a Contact,
    /// The attributes of its chain.
    pub attributes: &'a Attributes,
    /// The flow under way.
    pub run: &'a Run,
    /// Instance and installation.
    pub scope: Scope<'a>,
    /// Counts the bytes that were looked up: they are work of the action (B16).
    pub bytes: &'a Cell<usize>,
}

impl Source for View<'_> {
    fn find(&self, path: &[String]) -> Option<Value> {
        self.look_up(path).inspect(|found| self.count(length(found)))
    }

    fn find_text(&self, path: &[String]) -> Option<String> {
        let found = match path {
            // They may be much longer than a text may be.
            [only] if only == "References" => Some(compact(&self.contact.references)),
            _ => self.look_up(path).and_then(|found| written(&found)),
        };
        found.inspect(|text| self.count(text.len()))
    }
}

/// Bytes of the texts in a value.
pub(in crate::flow) fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(list) => list.iter().map(length).sum(),
        Value::Object(members) => members.iter().map(|(name, value)| name.len() + length(value)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
    }
}

impl<'a> View<'a> {
    fn count(&self, bytes: usize) {
        self.bytes.set(self.bytes.get().saturating_add(bytes));
    }

    /// The value behind a path. What is assembled for one member is never the whole of a map: a text may have thousands of
    /// references.
    fn look_up(&self, path: &[String]) -> Option<Value> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "Attributes" => entry(self.attributes, rest),
            "FlowAttributes" => entry(&self.frame()?.flow_attributes, rest),
            "Tags" => match rest {
                [] => Some(self.tags()),
                [key] if key == SYSTEM_TAG => Some(json!(self.scope.instance)),
                _ => entry(&self.contact.tags, rest),
            },
            "References" => match rest.split_first() {
                Some((name, rest)) => reference(self.contact.references.get(name)?, rest),
                None => Some(self.references()),
            },
            "SegmentAttributes" => match rest {
                [] => Some(plain_attributes(segment_attributes(self.contact))),
                [key, ..] if key.starts_with("connect:") => {
                    walk(&plain_attributes(system_attributes(self.contact)), rest).cloned()
                }
                _ => entry(&self.contact.segment_attributes, rest),
            },
            "Queue" => walk(&self.queue_json(self.queue()?), rest).cloned(),
            "Agent" => walk(&self.agent_json(self.agent()?), rest).cloned(),
            "External" | "Modules" | "Metrics" | "Loop" | "Task" => walk(self.local(first)?, rest).cloned(),
            "LambdaInvocation" => {
                let ("ResultData", rest) = rest.split_first().map(|(name, rest)| (name.as_str(), rest))? else {
                    return None;
                };
                walk(self.local("External")?, rest).cloned()
            }
            _ if rest.is_empty() => self.plain(first).map(Value::String),
            _ => None,
        }
    }

    /// The queue the task is in, else the one it is about to be put into (flows 3.7).
    pub fn queue(&self) -> Option<&'a QueueRef> {
        let stay = self.contact.queue.as_ref().filter(|stay| stay.dequeued_ms.is_none());
        stay.map(|stay| &stay.queue).or(self.contact.target_queue.as_ref())
    }

    /// `$.Agent`: the agent a whisper or wrap-up is about, or the one a task was transferred to or made by (flows 3.7, tasks
    /// 2.3.16, 2.3.18).
    fn agent(&self) -> Option<&'a AgentRef> {
        self.run.agent.as_ref()
    }

    /// References by name, each with Type and Value.
    pub(in crate::flow) fn references(&self) -> Value {
        let references = self.contact.references.iter();
        Value::Object(references.map(|(name, reference)| (name.clone(), json!(reference))).collect())
    }

    /// User tags and the system tag (tasks 2.2.4).
    pub(in crate::flow) fn tags(&self) -> Value {
        let system = (SYSTEM_TAG.to_owned(), json!(self.scope.instance));
        let user = self.contact.tags.iter().map(|(key, value)| (key.clone(), json!(value)));
        Value::Object([system].into_iter().chain(user).collect())
    }

    /// Name and ARN of a queue.
    pub(in crate::flow) fn queue_json(&self, queue: &QueueRef) -> Value {
        let kind = if queue.agent { Kind::AgentQueue } else { Kind::Queue };
        json!({"Name": queue.name, "ARN": self.scope.arn(kind, &queue.id)})
    }

    fn agent_json(&self, agent: &AgentRef) -> Value {
        json!({
            "UserName": agent.user_name,
            "FirstName": agent.first_name,
            "LastName": agent.last_name,
            "ARN": self.scope.arn(Kind::User, &agent.id),
        })
    }

    /// Members of the task that are one text.
    fn plain(&self, name: &str) -> Option<String> {
        let contact = self.contact;
        match name {
            "ContactId" => Some(contact.id.clone()),
            "InitialContactId" => Some(contact.chain_id().to_owned()),
            "PreviousContactId" => contact.previous_contact_id.clone(),
            "Name" => Some(contact.name.clone()),
            "Description" => contact.description.clone(),
            "Channel" => Some("TASK".to_owned()),
            "InitiationMethod" => Some(initiation_method(contact.initiation_method).to_owned()),
            "InstanceARN" => Some(self.scope.instance_arn()),
            "AwsRegion" => Some(self.scope.home.region.to_owned()),
            "LanguageCode" => contact.language_code.clone(),
            "CustomerId" => contact.customer_id.clone(),
            _ => None,
        }
    }

    fn frame(&self) -> Option<&'a Frame> {
        self.run.frames.last()
    }

    fn local(&self, name: &str) -> Option<&'a Value> {
        self.frame()?.local.get(name)
    }
}

/// InitiationMethod as the API writes it.
pub(in crate::flow) fn initiation_method(method: InitiationMethod) -> &'static str {
    match method {
        InitiationMethod::Api => "API",
        InitiationMethod::Transfer => "TRANSFER",
        InitiationMethod::QueueTransfer => "QUEUE_TRANSFER",
        InitiationMethod::Disconnect => "DISCONNECT",
    }
}

/// Segment attributes as paths see them: a text, or the map of `connect:ContactExpiry`.
fn plain_attributes(wire: Map<String, Value>) -> Value {
    let plain = wire.into_iter().map(|(key, mut value)| {
        let inner = ["ValueString", "ValueMap"].iter().find_map(|member| value.get_mut(*member).map(Value::take));
        (key, inner.unwrap_or_default())
    });
    Value::Object(plain.collect())
}

/// A value of a segment attribute in the form of the API.
fn segment_text(text: &str) -> Value {
    json!({"ValueString": text})
}

/// SegmentAttributes in the form of the API: user-defined and system (tasks 2.2.3).
pub(in crate::flow) fn segment_attributes(contact: &Contact) -> Map<String, Value> {
    let mut out = system_attributes(contact);
    out.extend(contact.segment_attributes.iter().map(|(key, value)| (key.clone(), segment_text(value))));
    out
}

fn system_attributes(contact: &Contact) -> Map<String, Value> {
    let text = segment_text;
    let subtype = if contact.external { "connect:ExternalTask" } else { "connect:Task" };
    let expiry = json!({
        "ExpiryDuration": {"ValueInteger": contact.expiry.minutes},
        "ExpiryTimeStamp": text(&iso_ms(contact.expiry.at_ms)),
    });
    let mut out = Map::new();
    out.insert("connect:Subtype".to_owned(), text(subtype));
    out.insert("connect:ContactExpiry".to_owned(), json!({"ValueMap": expiry}));
    if let Some(arn) = &contact.created_by_user {
        out.insert("connect:CreatedByUser".to_owned(), text(arn));
    }
    if contact.self_assigned {
        out.insert("connect:AssignmentType".to_owned(), text("SELF"));
    }
    out
}

/// One reference, or a member of it.
fn reference(reference: &Reference, path: &[String]) -> Option<Value> {
    match path {
        [] => Some(json!(reference)),
        [member] if member == "Value" => Some(Value::String(reference.value.clone())),
        [member] if member == "Type" => Some(json!(reference.kind)),
        _ => None,
    }
}

/// One attribute, or all of them as an object.
fn entry(attributes: &Attributes, path: &[String]) -> Option<Value> {
    match path {
        [] => Some(json!(attributes)),
        [key] => attributes.get(key).map(|value| Value::String(value.clone())),
        _ => None,
    }
}
