//! Checks `Transitions`: targets, errors and conditions (flows 2.7–2.9, section 4, 6.6, and the conditions of section
//! 7).

use wire::json::{Json, Object};

use super::actions::AGENT_METRICS;
use super::given::scalar;
use super::reference::{has_reference, is_path};
use super::rule::{Conditions, Errors};
use super::{Actions, Problems, Subject, World, modules, shown};
use crate::flow::document::{ActionType, ErrorType, Operator};

/// Most branches by percentage (flows 7.3.8).
const PERCENTAGES_MAX: usize = 100;

/// Everything about the transitions of one action of a known type.
pub(super) fn check(subject: &Subject<'_>, actions: &Actions<'_>, world: &World<'_>, problems: &mut Problems) {
    let rule = subject.rule;
    let path = path_of(subject.n);
    if matches!(rule.conditions, Conditions::Terminal) {
        if !subject.transitions.is_empty() {
            problems.add(format!("Action does not support transitions. Path: Actions[{}]", subject.n));
        }
        return;
    }
    // flows 2.7: the one action that may be the last without being terminal.
    let may_end = subject.kind == ActionType::MessageParticipantIteratively;
    if !may_end && subject.transitions.get("NextAction").is_none() {
        problems.missing(&format!("{path}.NextAction"));
    }
    check_next(&path, subject.transitions, actions, problems);
    check_errors(subject, rule.errors, actions, problems);
    check_conditions(subject, rule.conditions, actions, world, problems);
    if subject.kind == ActionType::Wait {
        check_continue_branch(subject, actions, problems);
    }
}

/// Only the targets, for an action whose type is unknown (flows 2.9).
pub(super) fn check_targets(n: usize, transitions: &Object<'_>, actions: &Actions<'_>, problems: &mut Problems) {
    let path = path_of(n);
    check_next(&path, transitions, actions, problems);
    for list in ["Errors", "Conditions"] {
        entries(&path, transitions, list, actions, problems);
    }
}

fn path_of(n: usize) -> String {
    format!("Actions[{n}].Transitions")
}

fn check_next(path: &str, transitions: &Object<'_>, actions: &Actions<'_>, problems: &mut Problems) {
    if let Some(target) = transitions.get("NextAction") {
        check_target(&format!("{path}.NextAction"), target, actions, problems);
    }
}

fn check_target(path: &str, target: &Json<'_>, actions: &Actions<'_>, problems: &mut Problems) {
    if actions.index_of(target).is_none() {
        problems.bad_value(path);
    }
}

/// The objects of a list of transitions with their paths; everything else in it, and targets that are none, are problems. `None` if
/// it is no list, so that nothing else is said about it.
fn entries<'a>(
    path: &str,
    transitions: &'a Object<'a>,
    list: &str,
    actions: &Actions<'_>,
    problems: &mut Problems,
) -> Option<Vec<(String, &'a Object<'a>)>> {
    let path = format!("{path}.{list}");
    let items = match transitions.get(list) {
        None => return Some(Vec::new()),
        Some(Json::Array(items)) => items,
        Some(_) => {
            problems.bad_value(&path);
            return None;
        }
    };
    let mut found = Vec::new();
    for (m, item) in items.iter().enumerate() {
        let path = format!("{path}[{m}]");
        let Json::Object(entry) = item else {
            problems.bad_value(&path);
            continue;
        };
        match entry.get("NextAction") {
            None => problems.missing(&format!("{path}.NextAction")),
            Some(target) => check_target(&format!("{path}.NextAction"), target, actions, problems),
        }
        found.push((path, entry));
    }
    Some(found)
}

/// Each error at most once, those of the table and no others (flows 6.6).
fn check_errors(subject: &Subject<'_>, errors: Errors, actions: &Actions<'_>, problems: &mut Problems) {
    let Some(given) = entries(&path_of(subject.n), subject.transitions, "Errors", actions, problems) else { return };
    let (required, allowed) = wanted_errors(subject, errors);
    let mut seen: Vec<&str> = Vec::new();
    for (path, entry) in &given {
        let error = match entry.get("ErrorType") {
            None => {
                problems.missing(&format!("{path}.ErrorType"));
                continue;
            }
            Some(Json::String(error)) if !error.is_empty() => error.as_ref(),
            Some(_) => {
                problems.bad_value(&format!("{path}.ErrorType"));
                continue;
            }
        };
        let known = ErrorType::parse(error).is_some_and(|error| required.contains(&error) || allowed.contains(&error));
        if seen.contains(&error) || !(known || matches!(errors, Errors::AtLeast(_))) {
            problems.add(format!("Invalid Action error. Error: {}, Path: Actions[{}]", shown(error), subject.n));
        }
        seen.push(error);
    }
    for error in required.iter().map(|error| error.as_str()).filter(|error| !seen.contains(error)) {
        problems.add(format!("Action is missing required error. Error: {error}, Path: Actions[{}]", subject.n));
    }
}

/// Required and allowed errors of this very action.
fn wanted_errors(subject: &Subject<'_>, errors: Errors) -> (&'static [ErrorType], &'static [ErrorType]) {
    use ErrorType as E;
    match errors {
        Errors::Of(required, allowed) => (required, allowed),
        Errors::AtLeast(required) => (required, &[]),
        Errors::Wait if events(subject).contains(&"BotParticipantDisconnected") => {
            (&[E::NoMatchingError, E::ParticipantNotFound], &[])
        }
        Errors::Wait => (&[E::NoMatchingError], &[]),
    }
}

fn events<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let events = subject.parameters.get("Events").and_then(Json::as_array).unwrap_or_default();
    events.iter().filter_map(Json::as_str).collect()
}

/// One condition that could be read.
struct Branch {
    operator: Operator,
    operand: String,
}

/// Why a condition cannot be read.
enum Unread {
    /// Reported already.
    Reported,
    /// Operator or operands are none of the language's.
    BadValue,
}

/// The form of every condition (flows 4.2–4.4), then whether they are those of the action.
fn check_conditions(
    subject: &Subject<'_>,
    wanted: Conditions,
    actions: &Actions<'_>,
    world: &World<'_>,
    problems: &mut Problems,
) {
    let path = path_of(subject.n);
    let Some(given) = entries(&path, subject.transitions, "Conditions", actions, problems) else { return };
    let listed = subject.transitions.get("Conditions").and_then(Json::as_array).unwrap_or_default();
    match wanted {
        Conditions::Unread => return,
        Conditions::Refused | Conditions::Terminal => {
            if !listed.is_empty() {
                problems.add(format!("Action does not support conditions. Path: Actions[{}]", subject.n));
            }
            return;
        }
        Conditions::Metric if listed.is_empty() => return problems.missing(&format!("{path}.Conditions")),
        Conditions::Compare if listed.is_empty() => return problems.no_branch(subject.n),
        _ => {}
    }
    let may_be_path = matches!(wanted, Conditions::Compare);
    let (mut branches, mut bad) = (Vec::new(), false);
    for (path, entry) in &given {
        match branch(subject.n, path, entry, may_be_path, problems) {
            Ok(branch) => branches.push(branch),
            Err(Unread::BadValue) => bad = true,
            Err(Unread::Reported) => {}
        }
    }
    // A condition that cannot be read is a problem already, so the set is not checked.
    if bad || (branches.len() == listed.len() && !are_wanted(&branches, wanted, subject, world)) {
        problems.bad_value(&format!("{path}.Conditions"));
    }
}

/// Reads one condition; what is missing in it is reported at once. In a comparison the operand may be one path (flows
/// 4.4).
fn branch(
    n: usize,
    path: &str,
    entry: &Object<'_>,
    may_be_path: bool,
    problems: &mut Problems,
) -> Result<Branch, Unread> {
    let path = format!("{path}.Condition");
    let condition = match entry.get("Condition") {
        Some(Json::Object(condition)) => condition,
        Some(_) => return Err(Unread::BadValue),
        None => {
            problems.missing(&path);
            return Err(Unread::Reported);
        }
    };
    let absent: Vec<&str> =
        ["Operator", "Operands"].into_iter().filter(|member| condition.get(member).is_none()).collect();
    for member in &absent {
        problems.missing(&format!("{path}.{member}"));
    }
    if !absent.is_empty() {
        return Err(Unread::Reported);
    }
    let operator = condition.get("Operator").and_then(Json::as_str).and_then(Operator::parse);
    let operand = match condition.get("Operands").and_then(Json::as_array).unwrap_or_default() {
        [Json::String(text)] if text.is_empty() => {
            problems.no_branch(n);
            return Err(Unread::Reported);
        }
        [operand] => scalar(operand).filter(|text| !has_reference(text) || (may_be_path && is_path(text))),
        _ => None,
    };
    match (operator, operand) {
        (Some(operator), Some(operand)) => Ok(Branch { operator, operand: operand.into_owned() }),
        _ => Err(Unread::BadValue),
    }
}

/// Are these the conditions that the action has?
fn are_wanted(branches: &[Branch], wanted: Conditions, subject: &Subject<'_>, world: &World<'_>) -> bool {
    let all_equal = || branches.iter().all(|branch| branch.operator == Operator::Equals);
    match wanted {
        Conditions::Unread | Conditions::Compare => true,
        Conditions::Refused | Conditions::Terminal => branches.is_empty(),
        Conditions::Exactly(operands) => are_exactly(branches, operands),
        Conditions::Among(operands) => {
            let times = |operand: &str| branches.iter().filter(|branch| branch.operand == operand).count();
            all_equal()
                && branches.iter().all(|branch| operands.contains(&&*branch.operand) && times(&branch.operand) == 1)
        }
        Conditions::Operands => all_equal(),
        Conditions::Keys => all_equal() && branches.iter().all(|branch| is_key(&branch.operand)),
        Conditions::Wait => are_exactly(branches, &wait_operands(subject)),
        Conditions::Percentages => are_percentages(branches),
        Conditions::Metric => fit_metric(branches, subject),
        Conditions::Branches => {
            let declared = modules::called(subject, world);
            all_equal()
                && (branches.iter())
                    .all(|branch| declared.as_ref().is_none_or(|contract| contract.results.contains(&branch.operand)))
        }
    }
}

/// A key of a telephone.
fn is_key(operand: &str) -> bool {
    matches!(operand.as_bytes(), [b'0'..=b'9' | b'*' | b'#'])
}

/// Equals with each of these operands, once each, in any order.
fn are_exactly(branches: &[Branch], operands: &[&str]) -> bool {
    let times = |operand: &str| branches.iter().filter(|branch| branch.operand == operand).count();
    branches.len() == operands.len()
        && branches.iter().all(|branch| branch.operator == Operator::Equals)
        && operands.iter().all(|operand| times(operand) == 1)
}

/// WaitCompleted, each event, and Continue in the continue form (flows 7.3.10).
fn wait_operands<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let mut operands = vec!["WaitCompleted"];
    for event in events(subject) {
        if !operands.contains(&event) {
            operands.push(event);
        }
    }
    if continues(subject) {
        operands.push("Continue");
    }
    operands
}

fn continues(subject: &Subject<'_>) -> bool {
    let flag = subject.parameters.get("ContinueExecution").and_then(scalar);
    flag.is_some_and(|flag| flag.eq_ignore_ascii_case("True"))
}

/// NumberLessThan with rising whole operands, of which the first can be drawn and the last need not (flows 7.3.8).
fn are_percentages(branches: &[Branch]) -> bool {
    let numbers: Option<Vec<u32>> = (branches.iter())
        .map(|branch| branch.operand.parse().ok().filter(|_| branch.operator == Operator::NumberLessThan))
        .collect();
    numbers.is_some_and(|numbers| {
        (1..=PERCENTAGES_MAX).contains(&numbers.len())
            && numbers.iter().all(|number| (1..=101).contains(number))
            && numbers.is_sorted_by(|a, b| a < b)
    })
}

/// Agents: more than none, nothing else. The others: numbers (flows 7.3.3).
fn fit_metric(branches: &[Branch], subject: &Subject<'_>) -> bool {
    use Operator as O;
    let Some(metric) = subject.parameters.get("MetricType").and_then(Json::as_str) else { return true };
    if AGENT_METRICS.contains(&metric) {
        return matches!(branches, [only] if only.operator == O::NumberGreaterThan && only.operand == "0");
    }
    branches.iter().all(|branch| {
        let compares = matches!(
            branch.operator,
            O::Equals | O::NumberGreaterThan | O::NumberGreaterOrEqualTo | O::NumberLessThan | O::NumberLessOrEqualTo
        );
        compares && branch.operand.trim().parse().is_ok_and(f64::is_finite)
    })
}

/// No second Wait in the branch that runs beside a wait (flows 7.3.12).
fn check_continue_branch(subject: &Subject<'_>, actions: &Actions<'_>, problems: &mut Problems) {
    if !continues(subject) {
        return;
    }
    let conditions = subject.transitions.get("Conditions").and_then(Json::as_array).unwrap_or_default();
    let mut open: Vec<usize> = (conditions.iter())
        .filter(|entry| operand(entry) == Some("Continue"))
        .filter_map(|entry| actions.index_of(entry.get("NextAction")?))
        .collect();
    let mut seen = vec![false; actions.list.len()];
    while let Some(n) = open.pop() {
        if std::mem::replace(&mut seen[n], true) {
            continue;
        }
        let action = &actions.list[n];
        if action.get("Type").and_then(Json::as_str) == Some(ActionType::Wait.as_str()) {
            return problems.add("Unsupported Action In Wait Action's Continue Branch".to_owned());
        }
        let transitions = action.get("Transitions").unwrap_or(&Json::Null);
        open.extend(transitions.get("NextAction").and_then(|target| actions.index_of(target)));
        for list in ["Errors", "Conditions"] {
            let entries = transitions.get(list).and_then(Json::as_array).unwrap_or_default();
            open.extend(entries.iter().filter_map(|entry| actions.index_of(entry.get("NextAction")?)));
        }
    }
}

fn operand<'a>(entry: &'a Json<'_>) -> Option<&'a str> {
    entry.get("Condition")?.get("Operands")?.as_array()?.first()?.as_str()
}
