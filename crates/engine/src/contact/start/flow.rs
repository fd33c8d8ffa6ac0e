//! Which flow runs (task-templates 5.3, tasks 2.3.1 to 2.3.3, 2.3.16, 2.3.18, 2.3.19).

use wire::shapes::TaskTemplateFieldType as FieldType;

use super::segment::Segment;
use super::{Facts, Problems, StartRequest, TemplateFact};
use crate::arn::{IdRef, Kind, Qualifier, Scope, flow_id, id_or_arn};
use crate::contact::{AgentRef, QueueRef};
use crate::contact_flow::task_can_start;
use crate::quick_connect::Target;
use crate::task_template::FlowFact;

/// A flow or quick connect as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    /// By an id that may exist; a flow's qualifier stays with it.
    Id(String),
    /// A draft, which cannot run (flows 1.11).
    Draft,
    /// By something that cannot exist in this instance.
    Foreign(String),
}

impl Named {
    fn flow(text: &str, scope: Scope<'_>) -> Self {
        let IdRef::Id(id) = id_or_arn(Kind::Flow, text, scope) else { return Self::Foreign(text.to_owned()) };
        match flow_id(&id) {
            (bare, Some(Qualifier::Latest)) => Self::Id(bare),
            (_, Some(Qualifier::Saved)) => Self::Draft,
            _ => Self::Id(id),
        }
    }

    fn quick_connect(text: &str, scope: Scope<'_>) -> Self {
        id_or_arn(Kind::QuickConnect, text, scope).id().map_or_else(|| Self::Foreign(text.to_owned()), Self::Id)
    }

    fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Draft | Self::Foreign(_) => None,
        }
    }
}

/// The source of the flow, as far as request and template decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// The request names a flow.
    Flow(Named),
    /// The template has one.
    TemplateFlow(String),
    /// The template has one for tasks that agents assign to themselves.
    SelfAssign(String),
    /// A quick connect; whether the request named it, rather than the template's default.
    QuickConnect(Named, bool),
    /// None, or too many; the offending member, and why.
    Unclear(&'static str, &'static str),
}

/// The choice of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice(Source);

/// Where the task goes: the flow, and what is preset for it.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) flow_id: String,
    pub(super) queue: Option<QueueRef>,
    pub(super) agent: Option<AgentRef>,
}

impl Choice {
    pub(super) fn of(request: &StartRequest, template: Option<&TemplateFact>, scope: Scope<'_>) -> Self {
        let flow = request.contact_flow_id.as_deref().map(|text| Named::flow(text, scope));
        let quick_connect = request.quick_connect_id.as_deref().map(|text| Named::quick_connect(text, scope));
        let Some(fact) = template else { return Self(without_template(request, flow, quick_connect)) };
        let template = &fact.template;
        let own = template.contact_flow_id.clone();
        if let (Some(flow), Some(own)) = (&flow, &own)
            && flow.id() != Some(own)
        {
            return Self(Source::Unclear(
                "ContactFlowId",
                "the task template has a flow of its own: leave ContactFlowId out",
            ));
        }
        if super::segment::is_self_assigned(request) {
            return Self(match (quick_connect, template.self_assign_flow_id.clone().or(own)) {
                (Some(_), _) => Source::Unclear(
                    "QuickConnectId",
                    "a task that an agent assigns to themselves cannot go to a quick connect",
                ),
                (None, Some(id)) => Source::SelfAssign(id),
                (None, None) => Source::Unclear(
                    "TaskTemplateId",
                    "the task template has no flow for tasks that agents assign to themselves",
                ),
            });
        }
        let field = template.fields.iter().find(|field| field.r#type == Some(FieldType::QuickConnect));
        let default = field.and_then(|field| super::values::default_of(template, field));
        let default = default.map(|text| Named::quick_connect(text, scope));
        Self(match (own, flow, quick_connect) {
            (Some(_), _, Some(_)) if field.is_none() => {
                Source::Unclear("QuickConnectId", "the task template has a flow of its own and no quick connect field")
            }
            (None, Some(_), Some(_)) => Source::Unclear(
                "QuickConnectId",
                "give either ContactFlowId or QuickConnectId: the task template has no flow of its own",
            ),
            (_, _, Some(named)) => Source::QuickConnect(named, true),
            (None, Some(flow), None) => Source::Flow(flow),
            (own, _, None) => match (default, own) {
                (Some(named), _) => Source::QuickConnect(named, false),
                (None, Some(id)) => Source::TemplateFlow(id),
                (None, None) => Source::Unclear(
                    "ContactFlowId",
                    "the task template has no flow: give ContactFlowId or QuickConnectId",
                ),
            },
        })
    }

    /// Flows to look up.
    pub(super) fn flow_ids(&self) -> impl Iterator<Item = &str> {
        match &self.0 {
            Source::Flow(named) => named.id(),
            Source::TemplateFlow(id) | Source::SelfAssign(id) => Some(id.as_str()),
            Source::QuickConnect(..) | Source::Unclear(..) => None,
        }
        .into_iter()
    }

    /// The quick connect to look up.
    pub(super) fn quick_connect(&self) -> Option<&str> {
        match &self.0 {
            Source::QuickConnect(named, _) => named.id(),
            _ => None,
        }
    }
}

/// Exactly one source (task-templates 5.3.1). With a template that does not exist only that is reported.
fn without_template(request: &StartRequest, flow: Option<Named>, quick_connect: Option<Named>) -> Source {
    match (flow, quick_connect) {
        (Some(_), Some(_)) => Source::Unclear("QuickConnectId", "give either ContactFlowId or QuickConnectId"),
        (Some(flow), None) => Source::Flow(flow),
        (None, Some(quick_connect)) => Source::QuickConnect(quick_connect, true),
        (None, None) if request.task_template_id.is_some() => Source::Unclear("", ""),
        (None, None) => {
            Source::Unclear("ContactFlowId", "one of ContactFlowId, QuickConnectId and TaskTemplateId is required")
        }
    }
}

/// Resolves the choice; `None` after recording the problem.
pub(super) fn check(
    request: &StartRequest,
    choice: &Choice,
    facts: &Facts,
    segment: &Segment,
    problems: &mut Problems,
) -> Option<Way> {
    match &choice.0 {
        Source::Unclear("", _) => None,
        Source::Unclear(member, why) => {
            problems.rule(member, why);
            None
        }
        Source::Flow(Named::Draft) => {
            problems.rule("ContactFlowId", "a draft cannot be run; publish the flow");
            None
        }
        Source::Flow(Named::Foreign(text)) => {
            problems.unknown("ContactFlowId", &format!("flow {text} not found"));
            None
        }
        Source::Flow(Named::Id(id)) => match facts.flows.get(id) {
            None => {
                problems.unknown("ContactFlowId", &format!("flow {id} not found"));
                None
            }
            Some(fact) => runnable(id, fact, "ContactFlowId", "flow", problems).then(|| Way::of(id)),
        },
        Source::TemplateFlow(id) | Source::SelfAssign(id) => {
            let Some(fact) = facts.flows.get(id) else {
                problems.rule("TaskTemplateId", format!("the task template's flow {id} does not exist any more"));
                return None;
            };
            let good = runnable(id, fact, "TaskTemplateId", "the task template's flow", problems);
            let agent = segment.self_assigned.then(|| segment.agent.clone()).flatten();
            good.then(|| Way { queue: agent.as_ref().map(AgentRef::queue), agent, flow_id: id.clone() })
        }
        Source::QuickConnect(named, by_request) => {
            let member = if *by_request { "QuickConnectId" } else { "TaskTemplateId" };
            let text = request.quick_connect_id.as_deref().filter(|_| *by_request);
            quick_connect(named, member, text, facts, problems)
        }
    }
}

impl Way {
    fn of(flow_id: &str) -> Self {
        Self { flow_id: flow_id.to_owned(), queue: None, agent: None }
    }
}

/// tasks 2.3.18, 3.5.4
fn quick_connect(
    named: &Named,
    member: &str,
    text: Option<&str>,
    facts: &Facts,
    problems: &mut Problems,
) -> Option<Way> {
    let Some(fact) = named.id().and(facts.quick_connect.as_ref()) else {
        let text = text.or(named.id()).unwrap_or_default();
        if member == "QuickConnectId" {
            problems.unknown(member, &format!("quick connect {text} not found"));
        } else {
            problems.rule(member, format!("the template's default quick connect {text} does not exist any more"));
        }
        return None;
    };
    let Some(flow_id) = fact.target.flow_id() else {
        problems.rule(member, "a quick connect to a telephone number cannot take a task");
        return None;
    };
    let Some(flow) = &fact.flow else {
        problems.rule(member, format!("the quick connect's flow {flow_id} does not exist any more"));
        return None;
    };
    let mut way = Way::of(flow_id);
    match &fact.target {
        Target::User { user_id, .. } => {
            let Some(agent) = &fact.agent else {
                problems.unknown(member, &format!("the quick connect's user {user_id} does not exist any more"));
                return None;
            };
            way.queue = Some(agent.queue());
            way.agent = Some(agent.clone());
        }
        Target::Queue { queue_id, .. } => {
            let Some(queue) = &fact.queue else {
                problems.unknown(member, &format!("the quick connect's queue {queue_id} does not exist any more"));
                return None;
            };
            way.queue = Some(queue.clone());
        }
        Target::Flow { .. } | Target::Phone => {}
    }
    runnable(flow_id, flow, member, "the quick connect's flow", problems).then_some(way)
}

/// tasks 2.3.19
fn runnable(id: &str, fact: &FlowFact, member: &str, what: &str, problems: &mut Problems) -> bool {
    let fault = if !fact.published {
        "has never been published".to_owned()
    } else if fact.archived {
        "is archived".to_owned()
    } else if !task_can_start(&fact.flow_type) {
        format!("is of type {}, in which a task cannot start", fact.flow_type.as_str())
    } else {
        return true;
    };
    problems.rule(member, format!("{what} {id} {fault}"));
    false
}
