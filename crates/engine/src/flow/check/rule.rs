//! The form of the rules that actions are checked against (flows 6.6, section 7). The rules themselves are data: those
//! of actions that a task meets in `actions`, those of the other channels in `foreign`.

use wire::shapes::ContactFlowType;

use crate::arn::Kind;
use crate::flow::document::{ActionType, ErrorType};

/// An action's rules.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) kind: ActionType,
    pub(super) parameters: &'static [Parameter],
    /// What becomes of parameters that are not listed.
    pub(super) others: Others,
    /// Parameters that exclude or stand for each other.
    pub(super) choices: &'static [Choice],
    pub(super) conditions: Conditions,
    pub(super) errors: Errors,
    pub(super) places: Places,
}

/// What becomes of names that a list does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    /// Refused: "only these" (flows 6.3, 7.6.2).
    Refused,
    /// Accepted unread (flows 7.6).
    Unread,
}

/// A member of `Parameters`, or of an object in it.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) need: Need,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Missing if it is not there, or empty (flows 2.11).
    Required,
    /// May be left out, but not be empty.
    Optional,
    /// May be left out; with an empty text it is missing, as for hooks (flows 2.11).
    Named,
}

/// Parameters that exclude or stand for each other.
#[derive(Debug)]
pub(super) enum Choice {
    /// One of them, not both.
    ExactlyOne(&'static [&'static str]),
    /// One of them or none.
    AtMostOne(&'static [&'static str]),
    /// At least one of them.
    Some(&'static [&'static str]),
    /// One of them, not both; without any, the last is missing (flows 7.6.2, ConnectParticipantWithLexBot).
    OneElseLast(&'static [&'static str]),
    /// One of them; anything else is a bad value of the object that holds them (flows 7.6.2,
    /// UpdateContactRecordingAndAnalyticsBehavior).
    OneElseBadValue(&'static [&'static str]),
}

impl Choice {
    /// The alternatives, in the order of flows section 7.
    pub(super) fn names(&self) -> &'static [&'static str] {
        match self {
            Self::ExactlyOne(names)
            | Self::AtMostOne(names)
            | Self::Some(names)
            | Self::OneElseLast(names)
            | Self::OneElseBadValue(names) => names,
        }
    }

    /// Whether one of them has to be there.
    pub(super) fn needs_one(&self) -> bool {
        !matches!(self, Self::AtMostOne(_))
    }
}

/// What a value may be (flows 3.2).
#[derive(Debug)]
pub(super) enum Form {
    /// Text without references.
    Static(Text),
    /// Text without references, or one path.
    OrPath(Text),
    /// One path.
    Path,
    /// Text with references.
    Dynamic,
    /// One path that ends in a value (flows 3.7).
    Leaf,
    /// User attributes: names and dynamic values.
    Attributes,
    /// User tags: names and dynamic values, so many at most (flows 7.2.6).
    Tags,
    /// An object with any names.
    Map(&'static Form),
    /// An object with these names and no others.
    Members(&'static [Parameter]),
    /// An object that has these names among others.
    Holding(&'static [Parameter]),
    /// An object that has exactly one of these names, among others.
    OneOf(&'static [Choice]),
    /// A list.
    List(&'static Form),
    /// A list with at least one member.
    SomeOf(&'static Form),
    /// A reference of a task: an object with type and value, or a bare value (flows 7.2.8).
    Reference,
    /// Steps of routing criteria (flows 7.1.11).
    Steps,
    /// Which agents a step is for (flows 7.1.11, 7.1.13).
    Expression,
    /// JSON that keeps its types and is compared with a contract (flows 2.10, 8.4, 8.5).
    Typed,
    /// Any JSON without empty texts.
    Free,
    /// Data of a view: any JSON whose direct values are not empty (flows 2.11).
    ViewData,
}

/// What static text may be.
#[derive(Debug)]
pub(super) enum Text {
    Any,
    OneOf(&'static [&'static str]),
    /// One of these, in any case.
    Flag(&'static [&'static str]),
    /// A whole number between these, both included.
    Whole(i64, i64),
    /// A decimal number between these, both included.
    Decimal(f64, f64),
    /// An id, or the ARN of such a thing.
    Id(Kind),
}

/// Which conditions an action has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Conditions {
    Refused,
    /// Those of flows 4.2, one at least (flows 7.3.16); operands may be paths (flows 4.4).
    Compare,
    /// Equals with each of these, once.
    Exactly(&'static [&'static str]),
    /// Equals with some of these, each once at most.
    Among(&'static [&'static str]),
    /// Equals with any operands.
    Operands,
    /// Equals with keys of a telephone (flows 7.6.2).
    Keys,
    /// Depend on the metric (flows 7.3.3).
    Metric,
    /// A rising chain of percentages (flows 7.3.8).
    Percentages,
    /// What can end the wait (flows 7.3.12).
    Wait,
    /// Branches of a module (flows 8.5).
    Branches,
    /// Only their targets count (flows 7.6).
    Unread,
    /// `Transitions` is `{}`.
    Terminal,
}

/// Which entries `Errors` has (flows 6.6).
#[derive(Clone, Copy, Debug)]
pub(super) enum Errors {
    /// These are required, those allowed.
    Of(&'static [ErrorType], &'static [ErrorType]),
    /// These are required, and any others allowed (flows 7.6.2).
    AtLeast(&'static [ErrorType]),
    /// Those of Wait: ParticipantNotFound goes with an event.
    Wait,
}

/// Which flows an action runs in (flows section 7).
#[derive(Clone, Copy, Debug)]
pub(super) enum Places {
    All,
    /// IN, CQ, TR, MO.
    NoWhisperNoHold,
    /// IN, TR, MO.
    InboundAndTransfer,
    /// CQ, MO.
    CustomerQueue,
    /// TR.
    Transfer,
    /// IN, CQ, TR, outbound whisper, MO (flows 7.1.9).
    Priority,
    /// All but holds (flows 7.5.2).
    NoHold,
    /// CQ, HO, MO (flows 7.6.1).
    QueueAndHold,
    /// All but IN (flows 7.6.1).
    NoInbound,
    Modules,
}

impl Rule {
    /// May the action stand in a flow of this type, or in a module (`None`)? Campaign flows never run, so they may hold anything (flows 1.1).
    pub(super) fn allowed_in(&self, flow_type: Option<&ContactFlowType>) -> bool {
        use ContactFlowType as T;
        let Some(flow_type) = flow_type else { return !matches!(self.places, Places::Transfer) };
        let inbound = matches!(flow_type, T::ContactFlow);
        let queue = matches!(flow_type, T::CustomerQueue);
        let transfer = matches!(flow_type, T::AgentTransfer | T::QueueTransfer);
        let hold = matches!(flow_type, T::AgentHold | T::CustomerHold);
        match self.places {
            Places::Modules => false,
            _ if matches!(flow_type, T::Campaign) => true,
            Places::All => true,
            Places::NoWhisperNoHold => inbound || queue || transfer,
            Places::InboundAndTransfer => inbound || transfer,
            Places::CustomerQueue => queue,
            Places::Transfer => transfer,
            Places::Priority => inbound || queue || transfer || matches!(flow_type, T::OutboundWhisper),
            Places::NoHold => !hold,
            Places::QueueAndHold => queue || hold,
            Places::NoInbound => !inbound,
        }
    }
}

pub(super) const fn required(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, need: Need::Required }
}

pub(super) const fn optional(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, need: Need::Optional }
}

/// One that is missing when it is named without a value.
pub(super) const fn named(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, need: Need::Named }
}

/// The usual action: only these parameters, no conditions, NoMatchingError required.
pub(super) const fn usual(kind: ActionType, parameters: &'static [Parameter], places: Places) -> Rule {
    Rule {
        kind,
        parameters,
        others: Others::Refused,
        choices: &[],
        conditions: Conditions::Refused,
        errors: Errors::Of(&[ErrorType::NoMatchingError], &[]),
        places,
    }
}
