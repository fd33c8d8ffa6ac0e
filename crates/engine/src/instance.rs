//! What a new instance contains (tasks section 5): hours, queue, routing profile, security profiles, agent statuses, the default
//! flows and a sample. Everything is made here as values, so that creating an instance is one commit. Ids and the time are arguments.

use crate::arn::{Kind, Scope};
use crate::contact_flow::sha256_hex;
use crate::predefined_attribute;
use wire::Timestamp;
use wire::shapes::{
    AgentAvailabilityTimer, AgentStatus, AgentStatusState, AgentStatusType, BehaviorType, Channel, ContactFlow,
    ContactFlowState, ContactFlowStatus, ContactFlowType, CrossChannelBehavior, HoursOfOperation,
    HoursOfOperationConfig, HoursOfOperationDays, HoursOfOperationTimeSlice, MediaConcurrency, Queue, QueueStatus,
    RoutingProfile, RoutingProfileQueueConfigSummary, SecurityProfile,
};

mod permissions;
#[cfg(test)]
mod tests;

pub use permissions::{ALL as ALL_PERMISSIONS, BASIC_AGENT_ACCESS};

/// Name of the queue that the sample flow uses.
pub const BASIC_QUEUE: &str = "BasicQueue";
/// Stands in a document for the id of [`BASIC_QUEUE`].
const QUEUE_PLACEHOLDER: &str = "{{BasicQueue}}";

/// Everything a new instance contains, in the order in which it refers to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// All but flows.
    pub resources: Vec<Resource>,
    /// Published and active flows.
    pub flows: Vec<Flow>,
    /// The predefined attributes of the system: name, and the wire's shape as JSON (administration 6.1.3).
    pub predefined_attributes: Vec<(&'static str, String)>,
}

/// A resource of a new instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// What it is.
    pub kind: Kind,
    /// Its bare id.
    pub id: String,
    /// Its name, unique among its kind.
    pub name: String,
    /// The type within the kind: `STANDARD` for the queue, `ROUTABLE` and `OFFLINE` for agent statuses.
    pub subtype: Option<&'static str>,
    /// The wire's shape of it as JSON, as Describe answers it, without tags and without counts of other things. A routing profile
    /// has a member `QueueConfigs` besides (a list of RoutingProfileQueueConfigSummary), a security profile `Permissions`.
    pub body: String,
}

/// A flow of a new instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its bare id.
    pub id: String,
    /// Its name, unique among flows.
    pub name: &'static str,
    /// Its type as the wire spells it.
    pub flow_type: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The wire's ContactFlow as JSON without content and tags. Default flows, which cannot be deleted (tasks 5.5), have a
    /// member `IsDefault` besides, `true`.
    pub body: String,
    /// The published document.
    pub content: String,
    /// [`sha256_hex`] of the content.
    pub sha256: String,
}

/// What a flow is made of before it has an id.
struct Draft {
    name: &'static str,
    flow_type: &'static str,
    description: &'static str,
    document: &'static str,
}

/// The one flow of a new instance that is no default flow (tasks 5.1).
const SAMPLE: &str = "Sample task flow";

/// The flows of a new instance (tasks 5.1–5.4).
const DRAFTS: &[Draft] = &[
    Draft {
        name: "Default agent hold",
        flow_type: "AGENT_HOLD",
        description: "What an agent hears while on hold",
        document: include_str!("instance/flows/agent_hold.json"),
    },
    Draft {
        name: "Default agent transfer",
        flow_type: "AGENT_TRANSFER",
        description: "Hands a contact to another agent",
        document: include_str!("instance/flows/agent_transfer.json"),
    },
    Draft {
        name: "Default agent whisper",
        flow_type: "AGENT_WHISPER",
        description: "Tells an agent the name of the queue",
        document: include_str!("instance/flows/agent_whisper.json"),
    },
    Draft {
        name: "Default customer hold",
        flow_type: "CUSTOMER_HOLD",
        description: "What a customer hears while on hold",
        document: include_str!("instance/flows/customer_hold.json"),
    },
    Draft {
        name: "Default customer queue",
        flow_type: "CUSTOMER_QUEUE",
        description: "Runs while a contact waits; a task simply waits",
        document: include_str!("instance/flows/customer_queue.json"),
    },
    Draft {
        name: "Default customer whisper",
        flow_type: "CUSTOMER_WHISPER",
        description: "Tells a customer that an agent comes",
        document: include_str!("instance/flows/customer_whisper.json"),
    },
    Draft {
        name: "Default outbound",
        flow_type: "OUTBOUND_WHISPER",
        description: "What a called customer hears first",
        document: include_str!("instance/flows/outbound.json"),
    },
    Draft {
        name: "Default queue transfer",
        flow_type: "QUEUE_TRANSFER",
        description: "Moves a contact to another queue if that is open",
        document: include_str!("instance/flows/queue_transfer.json"),
    },
    Draft {
        name: SAMPLE,
        flow_type: "CONTACT_FLOW",
        description: "Sends a task to the basic queue",
        document: include_str!("instance/flows/sample_task.json"),
    },
];

/// The contents of the new instance `scope` at `now_ms` epoch milliseconds. `new_id` must give another lower-case UUID with each call.
pub fn contents(scope: Scope<'_>, new_id: &mut dyn FnMut() -> String, now_ms: i64) -> Contents {
    let maker = Maker { scope, now: Timestamp(now_ms) };
    let hours_id = new_id();
    let queue_id = new_id();
    let mut resources =
        vec![maker.hours(&hours_id), maker.queue(&queue_id, &hours_id), maker.routing_profile(&new_id(), &queue_id)];
    resources.extend(permissions::PROFILES.iter().map(|profile| maker.security_profile(&new_id(), profile)));
    resources.push(maker.agent_status(&new_id(), "Available", AgentStatusType::Routable, "ROUTABLE", 1));
    resources.push(maker.agent_status(&new_id(), "Offline", AgentStatusType::Offline, "OFFLINE", 2));
    let flows = DRAFTS.iter().map(|draft| maker.flow(new_id(), draft, &queue_id)).collect();
    let attribute = |system: &predefined_attribute::System| (system.name, wire::to_stored(&system.shape()));
    Contents { resources, flows, predefined_attributes: predefined_attribute::SYSTEM.iter().map(attribute).collect() }
}

/// The attributes of a new instance (tasks section 5): type and value. The two arguments come from CreateInstance.
pub fn attributes(inbound_calls: bool, outbound_calls: bool) -> Vec<(&'static str, &'static str)> {
    let text = |value: bool| if value { "true" } else { "false" };
    let given = |name: &'static str| match name {
        "INBOUND_CALLS" => text(inbound_calls),
        "OUTBOUND_CALLS" => text(outbound_calls),
        "AUTO_RESOLVE_BEST_VOICES" => text(true),
        _ => text(false),
    };
    wire::shapes::InstanceAttributeType::ALL_VALUES.iter().map(|name| (*name, given(name))).collect()
}

struct Maker<'a> {
    scope: Scope<'a>,
    now: Timestamp,
}

impl Maker<'_> {
    fn arn(&self, kind: Kind, id: &str) -> Option<String> {
        Some(self.scope.arn(kind, id))
    }

    fn region(&self) -> Option<String> {
        Some(self.scope.home.region.to_owned())
    }

    fn hours(&self, id: &str) -> Resource {
        let midnight = || HoursOfOperationTimeSlice { hours: 0, minutes: 0 };
        let whole_day = |day: &&str| HoursOfOperationConfig {
            day: HoursOfOperationDays::parse(day),
            start_time: midnight(),
            end_time: midnight(),
        };
        let shape = HoursOfOperation {
            hours_of_operation_id: Some(id.to_owned()),
            hours_of_operation_arn: self.arn(Kind::HoursOfOperation, id),
            name: Some("Basic Hours".to_owned()),
            description: Some("All week round the clock".to_owned()),
            time_zone: Some("UTC".to_owned()),
            config: Some(HoursOfOperationDays::ALL_VALUES.iter().map(whole_day).collect()),
            last_modified_time: Some(self.now),
            last_modified_region: self.region(),
            ..HoursOfOperation::default()
        };
        resource(Kind::HoursOfOperation, id, "Basic Hours", None, wire::to_stored(&shape))
    }

    fn queue(&self, id: &str, hours_id: &str) -> Resource {
        let shape = Queue {
            name: Some(BASIC_QUEUE.to_owned()),
            queue_arn: self.arn(Kind::Queue, id),
            queue_id: Some(id.to_owned()),
            description: Some("The queue every instance begins with".to_owned()),
            hours_of_operation_id: Some(hours_id.to_owned()),
            status: Some(QueueStatus::Enabled),
            last_modified_time: Some(self.now),
            last_modified_region: self.region(),
            ..Queue::default()
        };
        resource(Kind::Queue, id, BASIC_QUEUE, Some("STANDARD"), wire::to_stored(&shape))
    }

    fn routing_profile(&self, id: &str, queue_id: &str) -> Resource {
        const NAME: &str = "Basic Routing Profile";
        let channels = [(Channel::Voice, 1), (Channel::Chat, 2), (Channel::Task, 10)];
        let concurrency = |(channel, slots): &(Channel, i32)| MediaConcurrency {
            channel: channel.clone(),
            concurrency: Some(*slots),
            cross_channel_behavior: Some(CrossChannelBehavior { behavior_type: BehaviorType::RouteCurrentChannelOnly }),
            ..MediaConcurrency::default()
        };
        let queue_config = |(channel, _): &(Channel, i32)| RoutingProfileQueueConfigSummary {
            queue_id: queue_id.to_owned(),
            queue_arn: self.scope.arn(Kind::Queue, queue_id),
            queue_name: BASIC_QUEUE.to_owned(),
            priority: 1,
            delay: 0,
            channel: channel.clone(),
        };
        let shape = RoutingProfile {
            instance_id: Some(self.scope.instance.to_owned()),
            name: Some(NAME.to_owned()),
            routing_profile_arn: self.arn(Kind::RoutingProfile, id),
            routing_profile_id: Some(id.to_owned()),
            description: Some("Serves the basic queue on every channel".to_owned()),
            media_concurrencies: Some(channels.iter().map(concurrency).collect()),
            default_outbound_queue_id: Some(queue_id.to_owned()),
            agent_availability_timer: Some(AgentAvailabilityTimer::TimeSinceLastActivity),
            last_modified_time: Some(self.now),
            last_modified_region: self.region(),
            is_default: Some(true),
            ..RoutingProfile::default()
        };
        let queues: Vec<_> = channels.iter().map(queue_config).collect();
        let body = with_member(wire::to_stored(&shape), "QueueConfigs", &wire::to_stored(&queues));
        resource(Kind::RoutingProfile, id, NAME, None, body)
    }

    fn security_profile(&self, id: &str, profile: &permissions::Profile) -> Resource {
        let shape = SecurityProfile {
            id: Some(id.to_owned()),
            organization_resource_id: Some(self.scope.instance.to_owned()),
            arn: self.arn(Kind::SecurityProfile, id),
            security_profile_name: Some(profile.name.to_owned()),
            description: Some(profile.description.to_owned()),
            last_modified_time: Some(self.now),
            last_modified_region: self.region(),
            ..SecurityProfile::default()
        };
        let permissions: Vec<String> = profile.permissions.iter().map(|name| (*name).to_owned()).collect();
        let body = with_member(wire::to_stored(&shape), "Permissions", &wire::to_stored(&permissions));
        resource(Kind::SecurityProfile, id, profile.name, None, body)
    }

    fn agent_status(
        &self,
        id: &str,
        name: &str,
        status_type: AgentStatusType,
        subtype: &'static str,
        order: i32,
    ) -> Resource {
        let shape = AgentStatus {
            agent_status_arn: self.arn(Kind::AgentStatus, id),
            agent_status_id: Some(id.to_owned()),
            name: Some(name.to_owned()),
            r#type: Some(status_type),
            display_order: Some(order),
            state: Some(AgentStatusState::Enabled),
            last_modified_time: Some(self.now),
            last_modified_region: self.region(),
            ..AgentStatus::default()
        };
        resource(Kind::AgentStatus, id, name, Some(subtype), wire::to_stored(&shape))
    }

    fn flow(&self, id: String, draft: &Draft, queue_id: &str) -> Flow {
        let content = draft.document.replace(QUEUE_PLACEHOLDER, queue_id);
        let sha256 = sha256_hex(&content);
        let shape = ContactFlow {
            arn: self.arn(Kind::Flow, &id),
            id: Some(id.clone()),
            name: Some(draft.name.to_owned()),
            r#type: Some(ContactFlowType::parse(draft.flow_type)),
            state: Some(ContactFlowState::Active),
            status: Some(ContactFlowStatus::Published),
            description: Some(draft.description.to_owned()),
            flow_content_sha256: Some(sha256.clone()),
            last_modified_time: Some(self.now),
            last_modified_region: self.region(),
            ..ContactFlow::default()
        };
        let body = wire::to_stored(&shape);
        let body = if draft.name == SAMPLE { body } else { with_member(body, "IsDefault", "true") };
        Flow { id, name: draft.name, flow_type: draft.flow_type, description: draft.description, body, content, sha256 }
    }
}

fn resource(kind: Kind, id: &str, name: &str, subtype: Option<&'static str>, body: String) -> Resource {
    Resource { kind, id: id.to_owned(), name: name.to_owned(), subtype, body }
}

/// The JSON object `object`, which has members already, with one more.
fn with_member(mut object: String, name: &str, json: &str) -> String {
    object.pop();
    format!("{object},\"{name}\":{json}}}")
}
