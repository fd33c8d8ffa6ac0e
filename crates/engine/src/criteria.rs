//! Routing criteria of a task: steps with a condition on agents and a time (tasks 3.3.6, flows 7.1.11, 7.1.13). They are kept as the
//! API has them; here they are read, and it is said whom a step lets in. Which step is the active one is decided by `contact`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};
use wire::shapes::{AttributeCondition, Expression, RoutingCriteriaInput};

/// Routing criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct Criteria {
    /// In the order in which they become active.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How long it is active, milliseconds; `None` is for ever.
    pub duration_ms: Option<i64>,
    /// Names its condition: equal for equal ones, 32 hexadecimal digits.
    pub key: String,
    rule: Rule,
}

/// What a step asks of an agent.
#[derive(Clone, Debug, PartialEq)]
enum Rule {
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    Agents(Vec<String>),
    Proficiency { name: Option<String>, value: Option<String>, min: Option<f64>, max: Option<f64> },
}

/// A proficiency of a user (administration 6.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Proficiency {
    /// Predefined attribute.
    pub name: String,
    /// Its value.
    pub value: String,
    /// 1 to 5.
    pub level: f64,
}

impl Criteria {
    /// Reads what was stored.
    ///
    /// # Errors
    /// The text is not RoutingCriteria; says why.
    pub fn parse(json: &str) -> Result<Self, String> {
        let input: RoutingCriteriaInput = wire::from_stored(json.as_bytes()).map_err(|fault| fault.to_string())?;
        let steps = input.steps.iter().flatten().map(|step| {
            let seconds = step.expiry.as_ref().and_then(|expiry| expiry.duration_in_seconds);
            let expression = step.expression.clone().unwrap_or_default();
            let duration_ms = seconds.map(|seconds| i64::from(seconds.max(0)) * 1000);
            Step { duration_ms, key: key(&expression), rule: rule(&expression) }
        });
        Ok(Self { steps: steps.collect() })
    }
}

/// The expression of a step of stored criteria as metrics name it: JSON with the members of each object sorted, lists as they are
/// (B166). `None` when there is no such step.
pub fn step_text(json: &str, index: usize) -> Option<String> {
    step_expressions(json).nth(index).and_then(|expression| text_of(&expression))
}

/// The same for every step. Criteria were read once before they were stored, so a text that is none does not occur.
pub fn step_texts(json: &str) -> Vec<String> {
    step_expressions(json).filter_map(|expression| text_of(&expression)).collect()
}

fn step_expressions(json: &str) -> impl Iterator<Item = Expression> + use<> {
    let input: Option<RoutingCriteriaInput> = wire::from_stored(json.as_bytes()).ok();
    let steps = input.and_then(|input| input.steps).unwrap_or_default();
    steps.into_iter().map(|step| step.expression.unwrap_or_default())
}

fn text_of(expression: &Expression) -> Option<String> {
    let value = serde_json::from_str(&wire::to_stored(expression)).ok()?;
    Some(sorted(value).to_string())
}

/// A step's expression in the form that metrics have it, from any JSON of the same; `None` when the text is no expression.
pub fn normal_expression(json: &str) -> Option<String> {
    text_of(&wire::from_stored(json.as_bytes()).ok()?)
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<String, Value> = members.into_iter().map(|(name, own)| (name, sorted(own))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        other => other,
    }
}

impl Step {
    /// Whether the step lets this agent in (tasks 3.3.6).
    pub fn fits(&self, user_id: &str, proficiencies: &[Proficiency]) -> bool {
        self.rule.fits(user_id, proficiencies)
    }

    /// The agents whom it names, when it lets in nobody else: they can be looked up instead of looked for. `None` when others may
    /// fit as well.
    pub fn only_agents(&self) -> Option<Vec<&str>> {
        self.rule.only_agents()
    }

    /// The agents whom it names as wanted (administration 4.2.3).
    pub fn preferred(&self) -> Vec<&str> {
        let mut all = Vec::new();
        self.rule.preferred(&mut all);
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Rule {
    fn fits(&self, user_id: &str, proficiencies: &[Proficiency]) -> bool {
        match self {
            Self::All(rules) => rules.iter().all(|rule| rule.fits(user_id, proficiencies)),
            Self::Any(rules) => rules.iter().any(|rule| rule.fits(user_id, proficiencies)),
            Self::Not(rule) => !rule.fits(user_id, proficiencies),
            Self::Agents(ids) => ids.iter().any(|id| id == user_id),
            Self::Proficiency { name, value, min, max } => {
                let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|wanted| wanted == own);
                proficiencies.iter().any(|own| {
                    is(name, &own.name)
                        && is(value, &own.value)
                        && min.is_none_or(|min| own.level >= min)
                        && max.is_none_or(|max| own.level <= max)
                })
            }
        }
    }

    fn only_agents(&self) -> Option<Vec<&str>> {
        match self {
            Self::Agents(ids) => Some(ids.iter().map(String::as_str).collect()),
            Self::All(rules) => rules.iter().find_map(Self::only_agents),
            Self::Any(rules) => rules.iter().map(Self::only_agents).collect::<Option<Vec<_>>>().map(|all| all.concat()),
            Self::Not(_) | Self::Proficiency { .. } => None,
        }
    }

    fn preferred<'r>(&'r self, all: &mut Vec<&'r str>) {
        match self {
            Self::Agents(ids) => all.extend(ids.iter().map(String::as_str)),
            Self::All(rules) | Self::Any(rules) => rules.iter().for_each(|rule| rule.preferred(all)),
            Self::Not(_) | Self::Proficiency { .. } => {}
        }
    }
}

/// The members of an expression hold together; one without any lets everybody in (B116).
fn rule(expression: &Expression) -> Rule {
    let own = expression.attribute_condition.as_ref().map(condition);
    let not = expression.not_attribute_condition.as_ref().map(|own| Rule::Not(Box::new(condition(own))));
    let list = |list: &Vec<Expression>| list.iter().map(rule).collect::<Vec<_>>();
    let all = expression.and_expression.as_ref().map(|own| Rule::All(list(own)));
    let any = expression.or_expression.as_ref().filter(|own| !own.is_empty()).map(|own| Rule::Any(list(own)));
    Rule::All([own, not, all, any].into_iter().flatten().collect())
}

/// flows 7.1.13: agents by their ids, or a proficiency with a least level or between two.
fn condition(own: &AttributeCondition) -> Rule {
    let agents = own.match_criteria.as_ref().and_then(|own| own.agents_criteria.as_ref()?.agent_ids.as_ref());
    if let Some(ids) = agents {
        // Kept as given: an ARN ends with the id.
        return Rule::Agents(ids.iter().map(|id| id.rsplit('/').next().unwrap_or(id).to_owned()).collect());
    }
    if own.name.is_none() && own.value.is_none() {
        return Rule::All(Vec::new());
    }
    let (min, max) = match &own.range {
        Some(range) => (range.min_proficiency_level, range.max_proficiency_level),
        None => (own.proficiency_level, None),
    };
    Rule::Proficiency { name: own.name.clone(), value: own.value.clone(), min, max }
}

fn key(expression: &Expression) -> String {
    let hash = Sha256::digest(wire::to_stored(expression).as_bytes());
    hash.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn step(expression: &Value) -> Step {
        let text = json!({"Steps": [{"Expression": expression, "Expiry": {"DurationInSeconds": 60}}]}).to_string();
        Criteria::parse(&text).unwrap().steps.remove(0)
    }

    #[test]
    fn b166_a_step_is_named_by_its_expression_with_sorted_members() {
        let text = r#"{"Steps":[{"Expression":{"OrExpression":[{"AttributeCondition":{"Value":"b","Name":"a"}},{"AttributeCondition":{"Name":"c"}}]}}]}"#;
        let expected =
            r#"{"OrExpression":[{"AttributeCondition":{"Name":"a","Value":"b"}},{"AttributeCondition":{"Name":"c"}}]}"#;
        assert_eq!(step_text(text, 0).as_deref(), Some(expected));
        assert_eq!(step_text(text, 1), None);
        assert_eq!(step_texts(text), [expected]);
        assert_eq!(step_texts("[]"), Vec::<String>::new());
    }

    /// tasks 3.3.6, flows 7.1.11, 7.1.13, B116: whom a step lets in. `u1` has French 3 and German 5.
    #[test]
    fn b116_and_t3_3_6_and_f7_1_13_whom_a_step_lets_in() {
        let own =
            |name: &str, value: &str, level| Proficiency { name: name.to_owned(), value: value.to_owned(), level };
        let has = [own("Language", "French", 3.0), own("Language", "German", 5.0), own("Skill", "Tax", 1.0)];
        let level = |value: &str, level: f64| json!({"Name": "Language", "Value": value, "ProficiencyLevel": level, "ComparisonOperator": "NumberGreaterOrEqualTo"});
        let attribute = |condition: Value| json!({"AttributeCondition": condition});
        let agents = |ids: &[&str]| json!({"MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}, "ComparisonOperator": "Match"});
        let range = |min: f64, max: f64| {
            json!({"Name": "Language", "Value": "French", "ComparisonOperator": "Range",
                "Range": {"MinProficiencyLevel": min, "MaxProficiencyLevel": max}})
        };
        for (expression, fits) in [
            (json!({}), true),
            (attribute(level("French", 3.0)), true),
            (attribute(level("French", 3.5)), false),
            (attribute(level("Dutch", 1.0)), false),
            (attribute(json!({"Name": "Skill", "Value": "Tax"})), true),
            (attribute(json!({"Name": "Skill", "Value": "tax"})), false),
            (attribute(range(2.0, 3.0)), true),
            (attribute(range(3.5, 5.0)), false),
            (attribute(range(1.0, 2.0)), false),
            (attribute(agents(&["u0", "u1"])), true),
            (attribute(agents(&["arn:aws:connect:r:1:instance/i/agent/u1"])), true),
            (attribute(agents(&["u2"])), false),
            (json!({"NotAttributeCondition": level("French", 3.0)}), false),
            (json!({"NotAttributeCondition": level("French", 4.0)}), true),
            (json!({"NotAttributeCondition": agents(&["u1"])}), false),
            (json!({"AndExpression": [attribute(level("French", 1.0)), attribute(level("German", 5.0))]}), true),
            (json!({"AndExpression": [attribute(level("French", 1.0)), attribute(level("German", 5.5))]}), false),
            (json!({"OrExpression": [attribute(level("French", 5.0)), attribute(level("German", 5.0))]}), true),
            (json!({"OrExpression": [attribute(level("French", 5.0)), attribute(agents(&["u2"]))]}), false),
            (json!({"AndExpression": [], "OrExpression": []}), true),
            (
                json!({"AndExpression": [{"OrExpression": [attribute(level("Dutch", 1.0)), attribute(agents(&["u1"]))]},
                {"NotAttributeCondition": level("Dutch", 1.0)}]}),
                true,
            ),
        ] {
            assert_eq!(step(&expression).fits("u1", &has), fits, "{expression}");
        }
    }

    /// The agents whom a step names, and whether nobody else fits.
    #[test]
    fn agents_whom_a_step_names() {
        let agents =
            |ids: &[&str]| json!({"AttributeCondition": {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}}});
        let skill = json!({"AttributeCondition": {"Name": "Skill", "Value": "Tax"}});
        let not = json!({"NotAttributeCondition": {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ["u9"]}}}});
        for (expression, only, preferred) in [
            (json!({}), None, vec![]),
            (agents(&["u2", "u1"]), Some(vec!["u2", "u1"]), vec!["u1", "u2"]),
            (skill.clone(), None, vec![]),
            (not.clone(), None, vec![]),
            (json!({"AndExpression": [skill, agents(&["u1"])]}), Some(vec!["u1"]), vec!["u1"]),
            (json!({"OrExpression": [skill, agents(&["u1"])]}), None, vec!["u1"]),
            (json!({"OrExpression": [agents(&["u2"]), agents(&["u1"])]}), Some(vec!["u2", "u1"]), vec!["u1", "u2"]),
            (json!({"AndExpression": [agents(&["u1"]), not]}), Some(vec!["u1"]), vec!["u1"]),
        ] {
            let step = step(&expression);
            assert_eq!((step.only_agents(), step.preferred()), (only, preferred), "{expression}");
        }
    }

    #[test]
    fn steps_are_read_as_they_are_stored() {
        let criteria = Criteria::parse(r#"{"Steps":[{"Expiry":{"DurationInSeconds":30}},{"Expression":{}}]}"#).unwrap();
        assert_eq!(criteria.steps.iter().map(|step| step.duration_ms).collect::<Vec<_>>(), [Some(30_000), None]);
        assert_eq!(criteria.steps[0].key, criteria.steps[1].key, "equal conditions have equal keys");
        let other = step(&json!({"AttributeCondition": {"Name": "Skill", "Value": "Tax"}}));
        assert_ne!(other.key, criteria.steps[0].key);
        assert_eq!(other.key.len(), 32);
        for text in ["", "[]", r#"{"Steps":5}"#, r#"{"Steps":[{"Expiry":{"DurationInSeconds":"x"}}]}"#] {
            assert!(Criteria::parse(text).is_err(), "{text}");
        }
    }
}
