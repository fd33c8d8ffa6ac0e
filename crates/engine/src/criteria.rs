//! Routing criteria of a task: steps with a condition on agents and a time (tasks 3.3.6, flows 7.1.11, 7.1.13). They are kept as the
//! API has them; here they are read, and it is said whom a step lets in. Which step is the active one is decided by `contact`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
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
    Proficient(Skill),
    /// A condition with only one of name and value.
    Part {
        name: Option<String>,
        value: Option<String>,
        min: i64,
        max: i64,
    },
}

/// A proficiency of a user (administration 6.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proficiency {
    /// Predefined attribute.
    pub name: String,
    /// Its value.
    pub value: String,
    /// 1 to 5, a whole number.
    pub level: i64,
}

/// What a condition asks of one proficiency: an attribute with a value, at a level.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skill {
    /// Predefined attribute.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The least level, included.
    pub min: i64,
    /// The greatest level, included.
    pub max: i64,
}

/// Where agents are found who may fit a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source<'a> {
    /// By id.
    Agent(&'a str),
    /// By a proficiency.
    Skill(&'a Skill),
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

    /// Where all agents are found whom it may let in: whoever is in none of these does not fit. `None` when anybody may fit.
    pub fn sources(&self) -> Option<Vec<Source<'_>>> {
        let mut sources = self.rule.sources()?;
        sources.sort_unstable();
        sources.dedup();
        Some(sources)
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
            Self::Proficient(skill) => proficiencies.iter().any(|own| skill.fits(own)),
            Self::Part { name, value, min, max } => {
                let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|wanted| wanted == own);
                proficiencies
                    .iter()
                    .any(|own| is(name, &own.name) && is(value, &own.value) && (*min..=*max).contains(&own.level))
            }
        }
    }

    fn sources(&self) -> Option<Vec<Source<'_>>> {
        match self {
            Self::Agents(ids) => Some(ids.iter().map(|id| Source::Agent(id)).collect()),
            Self::Proficient(skill) => Some(vec![Source::Skill(skill)]),
            // Every rule must hold, so one of them is enough to look by: agents named by id are fewest.
            Self::All(rules) => rules.iter().filter_map(Self::sources).min_by_key(|sources| {
                (sources.iter().filter(|source| matches!(source, Source::Skill(_))).count(), sources.len())
            }),
            Self::Any(rules) => rules.iter().map(Self::sources).collect::<Option<Vec<_>>>().map(|all| all.concat()),
            Self::Not(_) | Self::Part { .. } => None,
        }
    }

    fn preferred<'r>(&'r self, all: &mut Vec<&'r str>) {
        match self {
            Self::Agents(ids) => all.extend(ids.iter().map(String::as_str)),
            Self::All(rules) | Self::Any(rules) => rules.iter().for_each(|rule| rule.preferred(all)),
            Self::Not(_) | Self::Proficient(_) | Self::Part { .. } => {}
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
    let (min, max) = (least(min), most(max));
    match (&own.name, &own.value) {
        (Some(name), Some(value)) => Rule::Proficient(Skill { name: name.clone(), value: value.clone(), min, max }),
        (name, value) => Rule::Part { name: name.clone(), value: value.clone(), min, max },
    }
}

/// The least whole level that is not below a bound.
#[expect(clippy::cast_possible_truncation, reason = "a bound outside i64 becomes its end, which no level reaches")]
fn least(bound: Option<f64>) -> i64 {
    bound.map_or(i64::MIN, |bound| bound.ceil() as i64)
}

/// The greatest whole level that is not above a bound.
#[expect(clippy::cast_possible_truncation, reason = "a bound outside i64 becomes its end, which no level reaches")]
fn most(bound: Option<f64>) -> i64 {
    bound.map_or(i64::MAX, |bound| bound.floor() as i64)
}

impl<'a> Source<'a> {
    /// The agent's id, when it is one.
    pub fn agent(&self) -> Option<&'a str> {
        match self {
            Self::Agent(id) => Some(id),
            Self::Skill(_) => None,
        }
    }

    /// The proficiency, when it is one.
    pub fn skill(&self) -> Option<&'a Skill> {
        match self {
            Self::Agent(_) => None,
            Self::Skill(skill) => Some(skill),
        }
    }
}

impl Skill {
    /// Whether this proficiency is one.
    pub fn fits(&self, own: &Proficiency) -> bool {
        self.name == own.name && self.value == own.value && (self.min..=self.max).contains(&own.level)
    }
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
            |name: &str, value: &str, level: i64| Proficiency { name: name.to_owned(), value: value.to_owned(), level };
        let has = [own("Language", "French", 3), own("Language", "German", 5), own("Skill", "Tax", 1)];
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

    /// tasks 3.3.6: where agents are found who may fit a step, and whom it wants by name.
    #[test]
    fn t3_3_6_where_agents_are_found_who_may_fit() {
        let agents =
            |ids: &[&str]| json!({"AttributeCondition": {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}}});
        let level = |value: &str, level: f64| json!({"AttributeCondition": {"Name": "Skill", "Value": value, "ProficiencyLevel": level}});
        let tax = level("Tax", 2.0);
        let not = json!({"NotAttributeCondition": {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ["u9"]}}}});
        let anybody: Option<Vec<&str>> = None;
        for (expression, found, preferred) in [
            (json!({}), anybody.clone(), vec![]),
            (agents(&["u2", "u1", "u1"]), Some(vec!["u1", "u2"]), vec!["u1", "u2"]),
            (tax.clone(), Some(vec!["Skill=Tax 2.."]), vec![]),
            (level("Tax", 2.5), Some(vec!["Skill=Tax 3.."]), vec![]),
            (json!({"AttributeCondition": {"Name": "Skill"}}), anybody.clone(), vec![]),
            (json!({"AttributeCondition": {"Value": "Tax"}}), anybody.clone(), vec![]),
            (not.clone(), anybody.clone(), vec![]),
            (json!({"AndExpression": [tax, agents(&["u1"])]}), Some(vec!["u1"]), vec!["u1"]),
            (json!({"AndExpression": [not, tax]}), Some(vec!["Skill=Tax 2.."]), vec![]),
            (json!({"OrExpression": [tax, agents(&["u1"])]}), Some(vec!["u1", "Skill=Tax 2.."]), vec!["u1"]),
            (json!({"OrExpression": [tax, not]}), anybody, vec![]),
            (
                json!({"AndExpression": [{"OrExpression": [tax, level("Law", 1.0)]}, level("Bank", 1.0)]}),
                Some(vec!["Skill=Bank 1.."]),
                vec![],
            ),
            (json!({"OrExpression": [agents(&["u2"]), agents(&["u1"])]}), Some(vec!["u1", "u2"]), vec!["u1", "u2"]),
            (json!({"AndExpression": [agents(&["u1"]), not]}), Some(vec!["u1"]), vec!["u1"]),
        ] {
            let step = step(&expression);
            let sources = step.sources().map(|sources| {
                let text = |source: Source<'_>| match source {
                    Source::Agent(id) => id.to_owned(),
                    Source::Skill(own) => format!("{}={} {}..", own.name, own.value, own.min),
                };
                sources.into_iter().map(text).collect::<Vec<_>>()
            });
            let found = found.map(|found| found.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!((sources, step.preferred()), (found, preferred), "{expression}");
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
