//! What actions of a type may hold, in words, for those who write documents: the texts of problems are the service's and
//! do not say it.

use wire::json::{Json, Object, parse};

use super::actions;
use super::rule::{Conditions, Errors};
use crate::flow::document::{ActionType, ErrorType};

/// What an action may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Names of its parameters; empty when any are taken.
    pub parameters: Vec<&'static str>,
    /// Words of its errors, those that are required first.
    pub errors: Vec<&'static str>,
    /// Its conditions, as a sentence without full stop; `None` where any are taken.
    pub conditions: Option<String>,
}

/// What this action may hold: an entry of `Actions` as JSON text. `None` when its type is none of the language's.
pub fn expected(action: &str) -> Option<Expected> {
    let Ok(Json::Object(action)) = parse(action.as_bytes()) else { return None };
    let kind = ActionType::parse(action.get("Type").and_then(Json::as_str)?)?;
    let none = Object::default();
    let parameters = match action.get("Parameters") {
        Some(Json::Object(parameters)) => parameters,
        _ => &none,
    };
    let rule = actions::rule(kind, parameters);
    let (required, allowed): (&[ErrorType], &[ErrorType]) = match rule.errors {
        Errors::Of(required, allowed) => (required, allowed),
        Errors::AtLeast(required) => (required, &[]),
        Errors::Wait => (&[ErrorType::NoMatchingError], &[ErrorType::ParticipantNotFound]),
    };
    Some(Expected {
        parameters: rule.parameters.iter().map(|parameter| parameter.name).collect(),
        errors: required.iter().chain(allowed).map(|error| error.as_str()).collect(),
        conditions: conditions(kind.as_str(), rule.conditions),
    })
}

fn conditions(kind: &str, wanted: Conditions) -> Option<String> {
    let once = |operands: &[&str]| match operands {
        [] => format!("{kind} has no conditions"),
        [only] => format!("{kind} needs a condition with Operator Equals and Operand {only}"),
        all => format!("{kind} needs a condition with Operator Equals for each of the Operands {}", all.join(", ")),
    };
    Some(match wanted {
        Conditions::Unread => return None,
        Conditions::Refused | Conditions::Terminal => once(&[]),
        Conditions::Exactly(operands) => once(operands),
        Conditions::Wait => format!("{}, and one for each of its Events", once(&["WaitCompleted"])),
        Conditions::Among(operands) => {
            format!("{kind} takes conditions with Operator Equals and the Operands {}, each once", operands.join(", "))
        }
        Conditions::Compare => format!("{kind} takes conditions with one Operand each: a text, a number or a path"),
        Conditions::Operands => format!("{kind} takes conditions with Operator Equals and one Operand each"),
        Conditions::Keys => format!("{kind} takes conditions with Operator Equals and one of 0 to 9, * and # each"),
        Conditions::Metric => format!(
            "{kind} takes conditions that compare with a number, and of agents one: NumberGreaterThan with Operand 0"
        ),
        Conditions::Percentages => {
            format!("{kind} takes conditions with Operator NumberLessThan and rising whole Operands from 1 to 101")
        }
        Conditions::Branches => format!("{kind} takes conditions with Operator Equals and a result of the module each"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// flows 7: every type of action says what it takes, and names what its rule names.
    #[test]
    fn every_action_says_what_it_takes() {
        for kind in ActionType::ALL {
            let action = format!("{{\"Type\":\"{}\"}}", kind.as_str());
            let expected = expected(&action).expect("a type of the language");
            let says = expected.conditions.iter().all(|text| text.starts_with(kind.as_str()) && !text.ends_with('.'));
            assert!(says, "{expected:?}");
        }
        let of = |kind: &str| expected(&format!("{{\"Type\":\"{kind}\",\"Parameters\":{{}}}}")).expect("a known type");
        assert_eq!(of("Compare").errors, ["NoMatchingCondition"]);
        assert_eq!(of("UpdateContactTargetQueue").parameters, ["QueueId", "AgentId"]);
        assert_eq!(of("DisconnectParticipant").conditions.as_deref(), Some("DisconnectParticipant has no conditions"));
        assert_eq!(expected("{\"Type\":\"wait\"}"), None);
        assert_eq!(expected("[]"), None);
    }
}
