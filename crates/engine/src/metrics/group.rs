//! By what historical metrics are filtered and grouped (administration 5.4.5, 5.4.6).

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::criteria::normal_expression;

/// Something that data may have a value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// QUEUE.
    Queue,
    /// ROUTING_PROFILE.
    RoutingProfile,
    /// AGENT.
    Agent,
    /// AGENT_HIERARCHY_LEVEL_ONE to FIVE, from 0.
    Hierarchy(usize),
    /// CHANNEL.
    Channel,
    /// INITIATION_METHOD.
    InitiationMethod,
    /// DISCONNECT_REASON.
    DisconnectReason,
    /// `contact/segmentAttributes/connect:Subtype`.
    Subtype,
    /// ROUTING_STEP_EXPRESSION.
    StepExpression,
    /// Q_CONNECT_ENABLED, which is FALSE of everything.
    QConnectEnabled,
    /// A documented key of another feature: nothing has a value of it.
    Other,
}

/// The levels of the hierarchy, by the names of their keys.
const LEVELS: [&str; 5] = [
    "AGENT_HIERARCHY_LEVEL_ONE",
    "AGENT_HIERARCHY_LEVEL_TWO",
    "AGENT_HIERARCHY_LEVEL_THREE",
    "AGENT_HIERARCHY_LEVEL_FOUR",
    "AGENT_HIERARCHY_LEVEL_FIVE",
];

/// A request has one of these at least, besides QUEUE, ROUTING_PROFILE, AGENT and the levels (administration 5.4.5).
const RESOURCES: [&str; 3] = ["CAMPAIGN", "EVALUATION_FORM", "EVALUATOR_ID"];

/// Documented keys that no data of tasks has (administration 5.4.5).
static OTHERS: &[&str] = &[
    "AI_AGENT",
    "AI_AGENT_ID",
    "AI_AGENT_NAME",
    "AI_AGENT_NAME_VERSION",
    "AI_AGENT_TYPE",
    "AI_PROMPT",
    "AI_PROMPT_ID",
    "AI_PROMPT_NAME",
    "AI_PROMPT_TYPE",
    "AI_TOOL_ID",
    "AI_TOOL_NAME",
    "AI_TOOL_TYPE",
    "AI_USE_CASE",
    "ANSWERING_MACHINE_DETECTION_STATUS",
    "BOT_ALIAS",
    "BOT_ID",
    "BOT_INTENT_NAME",
    "BOT_LOCALE",
    "BOT_VERSION",
    "BROWSER_NAME",
    "CAMPAIGN",
    "CAMPAIGN_DELIVERY_EVENT_TYPE",
    "CAMPAIGN_EXCLUDED_EVENT_TYPE",
    "CASE_STATUS",
    "CASE_TEMPLATE_ARN",
    "DEVICE_MODEL",
    "DEVICE_TYPE",
    "EVALUATION_FORM",
    "EVALUATION_QUESTION",
    "EVALUATION_SECTION",
    "EVALUATION_SOURCE",
    "EVALUATOR_ID",
    "FEATURE",
    "FLOWS_MODULE_RESOURCE_ID",
    "FLOWS_NEXT_RESOURCE_ID",
    "FLOWS_NEXT_RESOURCE_QUEUE_ID",
    "FLOWS_OUTCOME_TYPE",
    "FLOWS_RESOURCE_ID",
    "FLOW_ACTION_ID",
    "FLOW_TYPE",
    "FORM_VERSION",
    "INITIATING_FLOW",
    "INVOKING_RESOURCE_PUBLISHED_TIMESTAMP",
    "INVOKING_RESOURCE_TYPE",
    "KNOWLEDGE_BASE_NAME",
    "LIFETIME_VALUE",
    "PARENT_FLOWS_RESOURCE_ID",
    "REPEAT_CALLER",
    "RESOURCE_PUBLISHED_TIMESTAMP",
    "SESSION_ID",
    "TEST_CASE",
    "TEST_CASE_EXECUTION_FAILURE_REASON",
    "TEST_CASE_EXECUTION_RESULT",
    "TEST_CASE_EXECUTION_STATE",
    "WEB_NOTIFICATION_TYPE",
    "contact/segmentAttributes/connect:ValidationTestType",
];

/// Those that are groupings and no filters.
static GROUPINGS_ONLY: &[&str] = &[
    "AI_PROMPT_NAME_VERSION",
    "CAMPAIGN_EXECUTION_TIMESTAMP",
    "KNOWLEDGE_ARTICLE_NAME",
    "TEST_CASE_INVOCATION_METHOD",
];

/// Values of one key that data may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The key.
    pub key: Key,
    /// One of these; `None` for NOT_EXISTS: no value.
    pub values: Option<BTreeSet<String>>,
}

/// Which data counts, and in which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// All of them must let it in.
    pub filters: Vec<Filter>,
    /// Rows have a value of each of these, in this order.
    pub groupings: Vec<Key>,
}

/// The values that a row is about, in the order of the groupings.
pub type Group = Vec<String>;

/// Data that has values of keys.
pub trait Dimensions {
    /// Its value; `None` when it has none.
    fn value(&self, key: Key) -> Option<&str>;
}

impl Key {
    /// A filter's key by its name; `None` for one that is not documented.
    pub fn of_filter(name: &str) -> Option<Self> {
        Some(match name {
            "QUEUE" => Self::Queue,
            "ROUTING_PROFILE" => Self::RoutingProfile,
            "AGENT" => Self::Agent,
            "CHANNEL" => Self::Channel,
            "INITIATION_METHOD" => Self::InitiationMethod,
            "DISCONNECT_REASON" => Self::DisconnectReason,
            "contact/segmentAttributes/connect:Subtype" => Self::Subtype,
            "ROUTING_STEP_EXPRESSION" => Self::StepExpression,
            "Q_CONNECT_ENABLED" => Self::QConnectEnabled,
            _ => match LEVELS.iter().position(|level| *level == name) {
                Some(level) => Self::Hierarchy(level),
                None => return OTHERS.contains(&name).then_some(Self::Other),
            },
        })
    }

    /// A grouping by its name; `None` for one that is not documented, and for FEATURE, which is none.
    pub fn of_grouping(name: &str) -> Option<Self> {
        match name {
            "FEATURE" => None,
            _ if GROUPINGS_ONLY.contains(&name) => Some(Self::Other),
            _ => Self::of_filter(name),
        }
    }

    /// Whether a filter by this key is about a resource, of which a request has one at least (administration 5.4.5).
    pub fn is_resource(self, name: &str) -> bool {
        matches!(self, Self::Queue | Self::RoutingProfile | Self::Agent | Self::Hierarchy(_))
            || RESOURCES.contains(&name)
    }

    /// Whether the time of agents has no value of it, so that their metrics cannot be divided by it (administration 5.4.8).
    pub fn divides_work(self) -> bool {
        matches!(self, Self::Queue | Self::Channel)
    }

    /// A value as data has it: expressions of steps have one of many forms of the same text (B166).
    pub fn normal(self, value: &str) -> String {
        let own = (self == Self::StepExpression).then(|| normal_expression(value)).flatten();
        own.unwrap_or_else(|| value.to_owned())
    }
}

impl Selection {
    /// The row that data is in; `None` when a filter leaves it out, or it has no value for a grouping (administration 5.1.3).
    pub fn group(&self, data: &impl Dimensions) -> Option<Group> {
        let lets_in = |filter: &Filter| match (&filter.values, data.value(filter.key)) {
            (None, value) => value.is_none(),
            (Some(values), Some(value)) => values.contains(value),
            (Some(_), None) => false,
        };
        if !self.filters.iter().all(lets_in) {
            return None;
        }
        self.groupings.iter().map(|key| data.value(*key).map(str::to_owned)).collect()
    }

    /// Whether a filter or grouping is by one of these keys.
    pub fn is_by(&self, of: impl Fn(Key) -> bool) -> bool {
        self.filters.iter().any(|filter| of(filter.key)) || self.groupings.iter().any(|key| of(*key))
    }
}

/// The longest value that orders rows as it is, bytes. Longer ones are ordered by their beginning and a digest, so that a page token,
/// which names the row that follows, stays short.
const ORDERED_BYTES_MAX: usize = 200;

/// What orders the rows of a group.
pub fn order(group: &[String]) -> Group {
    group.iter().map(|value| order_of(value)).collect()
}

fn order_of(value: &str) -> String {
    if value.len() <= ORDERED_BYTES_MAX {
        return value.to_owned();
    }
    let cut = (0..=ORDERED_BYTES_MAX).rev().find(|at| value.is_char_boundary(*at)).unwrap_or(0);
    let digest = base16ct::lower::encode_string(&Sha256::digest(value.as_bytes()));
    [&value[..cut], "#", &digest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Data(&'static [(Key, &'static str)]);

    impl Dimensions for Data {
        fn value(&self, key: Key) -> Option<&str> {
            self.0.iter().find(|(own, _)| *own == key).map(|(_, value)| *value)
        }
    }

    fn filter(key: Key, values: &[&str]) -> Filter {
        Filter { key, values: Some(values.iter().map(|value| (*value).to_owned()).collect()) }
    }

    fn none(key: Key) -> Filter {
        Filter { key, values: None }
    }

    /// Values of a key OR, keys AND; data without a value is in no row.
    #[test]
    fn administration_5_4_5_and_5_1_3_filters_and_groups() {
        let data = Data(&[(Key::Queue, "q1"), (Key::Agent, "a1")]);
        let is = |filters: Vec<Filter>, groupings: &[Key]| {
            Selection { filters, groupings: groupings.to_vec() }.group(&data).map(|group| group.join("/"))
        };
        for (filters, groupings, expected) in [
            (vec![], &[][..], Some("")),
            (vec![filter(Key::Queue, &["q0", "q1"])], &[][..], Some("")),
            (vec![filter(Key::Queue, &["q0"])], &[][..], None),
            (vec![filter(Key::Queue, &["q1"]), filter(Key::Agent, &["a2"])], &[][..], None),
            (
                vec![filter(Key::Queue, &["q1"]), filter(Key::Agent, &["a1"])],
                &[Key::Agent, Key::Queue][..],
                Some("a1/q1"),
            ),
            (vec![filter(Key::Other, &["x"])], &[][..], None),
            (vec![none(Key::Other)], &[Key::Queue][..], Some("q1")),
            (vec![none(Key::Queue)], &[][..], None),
            (vec![none(Key::RoutingProfile)], &[][..], Some("")),
            (vec![], &[Key::Queue, Key::RoutingProfile][..], None),
            (vec![], &[Key::Other][..], None),
        ] {
            assert_eq!(is(filters.clone(), groupings).as_deref(), expected, "{filters:?} {groupings:?}");
        }
    }

    #[test]
    fn administration_5_4_5_and_5_4_6_names_of_keys() {
        for name in ["QUEUE", "AGENT", "CHANNEL", "Q_CONNECT_ENABLED", "CAMPAIGN", "BOT_ID"] {
            assert!(Key::of_filter(name).is_some() && Key::of_grouping(name) == Key::of_filter(name), "{name}");
        }
        for (n, name) in LEVELS.iter().enumerate() {
            assert_eq!(Key::of_filter(name), Some(Key::Hierarchy(n)));
        }
        for name in ["queue", "", "PHASE_OF_THE_MOON"] {
            assert_eq!((Key::of_filter(name), Key::of_grouping(name)), (None, None), "{name}");
        }
        assert_eq!((Key::of_filter("FEATURE"), Key::of_grouping("FEATURE")), (Some(Key::Other), None));
        for name in GROUPINGS_ONLY {
            assert_eq!((Key::of_filter(name), Key::of_grouping(name)), (None, Some(Key::Other)), "{name}");
        }
        let resources = ["QUEUE", "ROUTING_PROFILE", "AGENT", LEVELS[4], "CAMPAIGN", "EVALUATION_FORM", "EVALUATOR_ID"];
        let is_resource = |name: &str| Key::of_filter(name).unwrap().is_resource(name);
        assert!(resources.into_iter().all(is_resource));
        assert!(!["CHANNEL", "INITIATION_METHOD", "FEATURE", "BOT_ID"].into_iter().any(is_resource));
    }

    #[test]
    fn administration_5_4_5_expressions_are_compared_by_what_they_say() {
        let spaced = r#"{ "AttributeCondition": {"Value": "b", "Name": "a"} }"#;
        let normal = r#"{"AttributeCondition":{"Name":"a","Value":"b"}}"#;
        assert_eq!(Key::StepExpression.normal(spaced), normal);
        assert_eq!(Key::StepExpression.normal(normal), normal);
        assert_eq!(Key::StepExpression.normal("no JSON"), "no JSON");
        assert_eq!(Key::Queue.normal(spaced), spaced);
    }

    #[test]
    fn long_values_are_ordered_by_a_short_text_of_their_own() {
        let long = |end: &str| ["ä".repeat(150), end.to_owned()].concat();
        let [one, two] = [long("x"), long("y")].map(|value| order(&[value]).remove(0));
        assert!(one != two && one.len() <= ORDERED_BYTES_MAX + 65 && two.starts_with(&"ä".repeat(100)));
        assert_eq!(order(&["q1".to_owned(), String::new()]), ["q1", ""]);
    }
}
