//! Reading policy documents: everything that is wrong in one is reported, with its place (protocol 4.2 (2)). Nothing is left for the
//! request: what cannot be read here is refused here.

mod members;

use super::arn_pattern::ArnPattern;
use super::condition::{Condition, Expected};
use super::context::Key;
use super::json::{Member, Node, Place, Problem, Read, Source};
use super::operator::Operator;
use super::pattern::{Pattern, Syntax};
use super::statement::{ActionPattern, Actions, Effect, Policy, ResourcePattern, Resources, Statement};
use members::Members;

/// Largest document, in bytes.
pub const DOCUMENT_BYTES_MAX: usize = 32 * 1024;
/// Most statements of a document.
pub const STATEMENTS_MAX: usize = 100;
/// Most actions, resources and values of conditions of a document, counted together.
pub const DOCUMENT_VALUES_MAX: usize = 1_000;
/// Longest action, resource, key or value of a condition, in bytes.
pub const TEXT_BYTES_MAX: usize = 1_024;
/// Most problems that are reported of one document.
pub const PROBLEMS_MAX: usize = 50;

/// The version of the language that has variables.
const WITH_VARIABLES: &str = "2012-10-17";
/// The version that a document without `Version` has.
const WITHOUT_VARIABLES: &str = "2008-10-17";

impl Policy {
    /// Reads a document.
    ///
    /// # Errors
    /// It is not a policy: every problem found, [`PROBLEMS_MAX`] at most, in the order of the document.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        // Some editors put a byte order mark there.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > DOCUMENT_BYTES_MAX {
            let message = format!("the document has {} bytes; at most {DOCUMENT_BYTES_MAX} are possible", text.len());
            return Err(vec![Problem::new(Place { line: 1, column: 1 }, message)]);
        }
        let source = Source::new(text);
        let root = source.root().map_err(|problem| vec![problem])?;
        let mut reader = Reader::default();
        let statements = reader.document(root);
        if reader.problems.is_empty() {
            return Ok(Self { statements, remarks: reader.remarks });
        }
        reader.problems.sort_by_key(|problem| (problem.line, problem.column));
        reader.problems.truncate(PROBLEMS_MAX);
        Err(reader.problems)
    }
}

/// What a document has yielded so far.
#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
    remarks: Vec<(Place, String)>,
    variables: bool,
    values: usize,
    sids: Vec<String>,
}

impl Reader {
    fn refuse(&mut self, at: Place, message: impl Into<String>) {
        self.problems.push(Problem::new(at, message));
    }

    fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEMS_MAX
    }

    /// Reads one level of a node.
    fn read<'t>(&mut self, node: Node<'t>) -> Option<Read<'t>> {
        node.read().map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The text of a node.
    fn text(&mut self, node: Node<'_>, what: &str) -> Option<String> {
        match self.read(node)? {
            Read::Text(text) => Some(text),
            other => {
                self.refuse(node.place(), format!("{what} is a text in double quotes, not {}", other.noun()));
                None
            }
        }
    }

    fn document(&mut self, root: Node<'_>) -> Vec<Statement> {
        let members = match self.read(root) {
            Some(Read::Object(members)) => members,
            Some(other) => {
                self.refuse(
                    root.place(),
                    format!("a policy is an object with Version and Statement, not {}", other.noun()),
                );
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut members = Members::new(members, "a policy", &["Version", "Id", "Statement"], &mut self.problems);
        let version = members.take("Version").and_then(|member| self.version(member.value));
        self.variables = version.as_deref() == Some(WITH_VARIABLES);
        if let Some(id) = members.take("Id") {
            self.text(id.value, "Id");
        }
        let Some(statement) = members.take("Statement") else {
            self.refuse(
                root.place(),
                "Statement is missing: it is the object, or the list of objects, that says what is allowed",
            );
            return Vec::new();
        };
        let nodes = match self.read(statement.value) {
            Some(Read::List(nodes)) if nodes.is_empty() => {
                self.refuse(statement.value.place(), "Statement is an empty list: write one statement at least");
                Vec::new()
            }
            Some(Read::List(nodes)) if nodes.len() > STATEMENTS_MAX => {
                let message = format!("there are {} statements; at most {STATEMENTS_MAX} are possible", nodes.len());
                self.refuse(statement.value.place(), message);
                Vec::new()
            }
            Some(Read::List(nodes)) => nodes,
            Some(_) => vec![statement.value],
            None => Vec::new(),
        };
        nodes
            .into_iter()
            .map_while(|node| if self.is_full() { None } else { Some(self.statement(node)) })
            .flatten()
            .collect()
    }

    fn version(&mut self, node: Node<'_>) -> Option<String> {
        let version = self.text(node, "Version")?;
        if version == WITH_VARIABLES || version == WITHOUT_VARIABLES {
            return Some(version);
        }
        let shown = crate::text::quoted(&version);
        self.refuse(
            node.place(),
            format!("{shown} is no version of the policy language: write \"{WITH_VARIABLES}\", or \"{WITHOUT_VARIABLES}\", which has no variables"),
        );
        None
    }

    fn statement(&mut self, node: Node<'_>) -> Option<Statement> {
        let members = match self.read(node)? {
            Read::Object(members) => members,
            other => {
                self.refuse(
                    node.place(),
                    format!("a statement is an object with Effect, Action and Resource, not {}", other.noun()),
                );
                return None;
            }
        };
        let known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
        let mut members = Members::new(members, "a statement", &known, &mut self.problems);
        let sid = members.take("Sid").and_then(|member| self.sid(member.value));
        let effect = match members.take("Effect") {
            Some(member) => self.effect(member.value),
            None => {
                self.refuse(node.place(), "Effect is missing: write \"Allow\" or \"Deny\"");
                None
            }
        };
        let actions = self.one_of(node, &mut members, ["Action", "NotAction"]);
        let actions = actions.and_then(|(negated, member)| {
            let texts = self.texts(&member, "\"connect:GetTaskTemplate\"")?;
            let patterns = texts.into_iter().filter_map(|(text, at)| self.action(&text, at)).collect();
            Some(Actions { negated, patterns })
        });
        let resources = self.one_of(node, &mut members, ["Resource", "NotResource"]);
        let resources = resources.and_then(|(negated, member)| {
            let texts = self.texts(&member, "an ARN")?;
            let patterns = texts.into_iter().filter_map(|(text, at)| self.resource(text, at)).collect();
            Some(Resources { negated, patterns })
        });
        let conditions = members.take("Condition").map_or_else(Vec::new, |member| self.conditions(member.value));
        Some(Statement { sid, effect: effect?, actions: actions?, resources: resources?, conditions, at: node.place() })
    }

    fn effect(&mut self, node: Node<'_>) -> Option<Effect> {
        match self.text(node, "Effect")?.as_str() {
            "Allow" => Some(Effect::Allow),
            "Deny" => Some(Effect::Deny),
            other => {
                let shown = crate::text::quoted(other);
                self.refuse(node.place(), format!("{shown} is no effect: write \"Allow\" or \"Deny\""));
                None
            }
        }
    }

    /// The Sid; an empty one is none.
    fn sid(&mut self, node: Node<'_>) -> Option<Box<str>> {
        let sid = self.text(node, "Sid")?;
        let shown = crate::text::quoted(&sid);
        if sid.len() > TEXT_BYTES_MAX || !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.refuse(
                node.place(),
                format!("{shown} is no Sid: write letters and digits only, {TEXT_BYTES_MAX} at most"),
            );
            return None;
        }
        if sid.is_empty() {
            return None;
        }
        if self.sids.contains(&sid) {
            self.refuse(node.place(), format!("the Sid {shown} names two statements: each has its own"));
            return None;
        }
        self.sids.push(sid.clone());
        Some(sid.into())
    }

    /// The one of two members that a statement has, and whether it is the second.
    fn one_of<'t>(
        &mut self,
        node: Node<'_>,
        members: &mut Members<'t>,
        names: [&str; 2],
    ) -> Option<(bool, Member<'t>)> {
        let [plain, negated] = names;
        match (members.take(plain), members.take(negated)) {
            (Some(_), Some(second)) => {
                self.refuse(second.at, format!("a statement has {plain} or {negated}, not both"));
                None
            }
            (Some(member), None) => Some((false, member)),
            (None, Some(member)) => Some((true, member)),
            (None, None) => {
                self.refuse(node.place(), format!("{plain} is missing: a statement has {plain} or {negated}"));
                None
            }
        }
    }

    /// The texts of a member that is a text or a list of texts, with their places.
    fn texts(&mut self, member: &Member<'_>, example: &str) -> Option<Vec<(String, Place)>> {
        self.scalars(member, &format!("a text, such as {example}, or a list of them"), false)
    }

    /// The texts of a member that is one value or a list of values. Numbers and truth values are taken as they are written, if
    /// `literals` are possible.
    fn scalars(&mut self, member: &Member<'_>, right: &str, literals: bool) -> Option<Vec<(String, Place)>> {
        let name = &member.name;
        let nodes = match self.read(member.value)? {
            Read::List(nodes) if nodes.is_empty() => {
                self.refuse(member.value.place(), format!("{name} is an empty list: it is {right}"));
                return None;
            }
            Read::List(nodes) => nodes,
            _ => vec![member.value],
        };
        let before = self.values;
        self.values += nodes.len();
        if self.values > DOCUMENT_VALUES_MAX {
            if before <= DOCUMENT_VALUES_MAX {
                let message = format!(
                    "with these there are more than {DOCUMENT_VALUES_MAX} actions, resources and values of conditions in the document; \
                     that is the most"
                );
                self.refuse(member.value.place(), message);
            }
            return None;
        }
        let mut found = Vec::new();
        for node in nodes {
            if self.is_full() {
                break;
            }
            let text = match self.read(node) {
                Some(Read::Text(text)) => text,
                Some(Read::Number(number)) if literals => number.to_owned(),
                Some(Read::Flag(flag)) if literals => flag.to_string(),
                Some(other) => {
                    self.refuse(node.place(), format!("{name} is {right}, not {}", other.noun()));
                    continue;
                }
                None => continue,
            };
            if text.len() > TEXT_BYTES_MAX {
                self.refuse(
                    node.place(),
                    format!("this has {} bytes; at most {TEXT_BYTES_MAX} are possible", text.len()),
                );
                continue;
            }
            found.push((text, node.place()));
        }
        Some(found)
    }

    fn action(&mut self, text: &str, at: Place) -> Option<ActionPattern> {
        let part = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*' | b'?'))
        };
        let sound = text == "*" || text.split_once(':').is_some_and(|(service, name)| part(service) && part(name));
        let read = if sound {
            Pattern::parse(&text.to_ascii_lowercase(), Syntax { wildcards: true, variables: false })
        } else {
            Err(format!(
                "{} is no action: write a service, a colon and a name, such as connect:GetTaskTemplate, with * and ? for what may differ, \
                 or * for all",
                crate::text::quoted(text)
            ))
        };
        match read {
            Ok(pattern) => Some(ActionPattern { pattern, spelt: text.into(), at }),
            Err(message) => {
                self.refuse(at, message);
                None
            }
        }
    }

    fn resource(&mut self, text: String, at: Place) -> Option<ResourcePattern> {
        self.remark_variables(&text, at);
        match ArnPattern::parse(&text, self.variables) {
            Ok(pattern) => Some(ResourcePattern { pattern, spelt: text.into(), at }),
            Err(message) => {
                self.refuse(at, message);
                None
            }
        }
    }

    fn conditions(&mut self, node: Node<'_>) -> Vec<Condition> {
        let operators = match self.read(node) {
            Some(Read::Object(operators)) => operators,
            Some(other) => {
                let noun = other.noun();
                self.refuse(
                    node.place(),
                    format!("Condition is an object of operators, such as {{\"StringEquals\": …}}, not {noun}"),
                );
                return Vec::new();
            }
            None => return Vec::new(),
        };
        if operators.is_empty() {
            self.remarks.push((node.place(), "Condition is empty: the statement has no condition".to_owned()));
        }
        let mut conditions = Vec::new();
        for member in members::unique(operators, &mut self.problems) {
            match Operator::parse(&member.name) {
                Ok(operator) => conditions.extend(self.of_operator(operator, &member)),
                Err(message) => self.refuse(member.at, message),
            }
        }
        conditions
    }

    /// The conditions of one operator: one for each key.
    fn of_operator(&mut self, operator: Operator, member: &Member<'_>) -> Vec<Condition> {
        let keys = match self.read(member.value) {
            Some(Read::Object(keys)) => keys,
            Some(other) => {
                let (name, noun) = (&member.name, other.noun());
                self.refuse(
                    member.value.place(),
                    format!("{name} is an object of keys and their values, such as {{\"aws:ResourceTag/team\": \"claims\"}}, not {noun}"),
                );
                return Vec::new();
            }
            None => return Vec::new(),
        };
        if keys.is_empty() {
            self.remarks.push((member.value.place(), format!("{} has no key: it is no condition", member.name)));
        }
        let mut conditions = Vec::new();
        for key in members::unique_keys(keys, &mut self.problems) {
            if self.is_full() {
                break;
            }
            conditions.extend(self.condition(operator, &key));
        }
        conditions
    }

    fn condition(&mut self, operator: Operator, member: &Member<'_>) -> Option<Condition> {
        let key = Key::parse(&member.name).filter(|_| member.name.len() <= TEXT_BYTES_MAX);
        if key.is_none() {
            let shown = crate::text::quoted(&member.name);
            self.refuse(
                member.at,
                format!("{shown} is no condition key: write a service, a colon and a name, such as aws:SourceIp or aws:ResourceTag/team"),
            );
        }
        let mut expected = Expected::none(operator.kind);
        for (text, at) in self.scalars(member, "a value, or a list of values", true)? {
            self.remark_variables(&text, at);
            if let Err(message) = expected.push(&text, operator.kind, self.variables) {
                self.refuse(at, message);
            }
        }
        Some(Condition { operator, key: key?, at: member.at, expected })
    }

    /// Remarks on a text that looks as if it had a variable, where there are none.
    fn remark_variables(&mut self, text: &str, at: Place) {
        if !self.variables && text.contains("${") {
            let message = format!(
                "{} has no variable: only documents with \"Version\": \"{WITH_VARIABLES}\" have them",
                crate::text::quoted(text)
            );
            self.remarks.push((at, message));
        }
    }
}

impl Read<'_> {
    /// What it is, in words.
    fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "a truth value",
            Self::Null => "null",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}
