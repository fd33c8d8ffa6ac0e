//! Values of a template's fields in a task: how each is carried, defaults, required, read-only, and their syntax
//! (task-templates 5.1, 5.4 to 5.8, tasks 2.3.5 to 2.3.7, 2.3.10, 2.3.11).

use std::collections::BTreeMap;

use wire::shapes::{TaskTemplateField as Field, TaskTemplateFieldType as FieldType};

use super::segment::Segment;
use super::{DEFAULT_EXPIRY_MINUTES, GivenReference, Problems, StartRequest, TemplateFact};
use crate::contact::{Contact, Reference, ReferenceKind};
use crate::task_template::values::check_value;
use crate::task_template::{PropertyProblem, Reason, Template};
use crate::text::quoted;

/// Most references of a request that are compared with the names of fields that have none.
const LIKENESS_REFERENCES_MAX: usize = 100;
/// Names shorter than this that differ in a letter are different names.
const LIKENESS_CHARS_MIN: usize = 4;

/// The result of merging the request with the template's defaults.
#[derive(Clone, Debug)]
pub(super) struct Values {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) references: BTreeMap<String, Reference>,
    pub(super) expiry_minutes: i64,
    /// The template's default start time, epoch milliseconds.
    pub(super) scheduled_default_ms: Option<i64>,
    /// References that may be meant for a field (B81).
    pub(super) warnings: Vec<String>,
}

/// The reference type that holds a field of this type; `None` for system fields (task-templates 5.1).
pub fn reference_kind(field_type: &FieldType) -> Option<ReferenceKind> {
    Some(match field_type {
        FieldType::Text | FieldType::TextArea | FieldType::Boolean | FieldType::SingleSelect => ReferenceKind::String,
        FieldType::Number => ReferenceKind::Number,
        FieldType::DateTime => ReferenceKind::Date,
        FieldType::Url => ReferenceKind::Url,
        FieldType::Email => ReferenceKind::Email,
        _ => return None,
    })
}

impl ReferenceKind {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Url => "URL",
            Self::Number => "NUMBER",
            Self::String => "STRING",
            Self::Date => "DATE",
            Self::Email => "EMAIL",
            Self::Attachment => "ATTACHMENT",
        }
    }

    /// A type that a reference may have when a task is created (tasks 2.3.10).
    pub fn at_creation(text: &str) -> Option<Self> {
        [Self::Url, Self::Number, Self::String, Self::Date, Self::Email].into_iter().find(|kind| kind.as_str() == text)
    }

    /// The field type whose syntax its values have.
    fn syntax(self) -> FieldType {
        match self {
            Self::Url => FieldType::Url,
            Self::Number => FieldType::Number,
            Self::Date => FieldType::DateTime,
            Self::Email => FieldType::Email,
            Self::String | Self::Attachment => FieldType::Description,
        }
    }
}

fn field_name(field: &Field) -> &str {
    field.id.name.as_deref().unwrap_or_default()
}

fn field_type(field: &Field) -> &FieldType {
    field.r#type.as_ref().unwrap_or(&FieldType::Text)
}

/// The non-empty default of a field (task-templates 5.5.1).
pub(super) fn default_of<'a>(template: &'a Template, field: &Field) -> Option<&'a str> {
    let named = |entry: &&wire::shapes::TaskTemplateDefaultFieldValue| {
        entry.id.as_ref().and_then(|id| id.name.as_deref()) == Some(field_name(field))
    };
    let value = template.default_values.iter().find(named)?.default_value.as_deref()?;
    (!value.is_empty()).then_some(value)
}

fn is_required(template: &Template, field: &Field) -> bool {
    let listed = template.constraints.required_fields.iter().flatten();
    listed.into_iter().any(|entry| entry.id.as_ref().and_then(|id| id.name.as_deref()) == Some(field_name(field)))
}

fn is_read_only(template: &Template, field: &Field) -> bool {
    let listed = template.constraints.read_only_fields.iter().flatten();
    listed.into_iter().any(|entry| entry.id.as_ref().and_then(|id| id.name.as_deref()) == Some(field_name(field)))
}

/// The path of a reference's member in messages (task-templates 0.7).
fn reference_path(key: &str, member: &str) -> String {
    let key = serde_json::Value::from(key);
    if member.is_empty() { format!("References[{key}]") } else { format!("References[{key}].{member}") }
}

/// Merges request and defaults and checks every value.
pub(super) fn fill(
    request: &StartRequest,
    template: Option<&TemplateFact>,
    segment: &Segment,
    problems: &mut Problems,
) -> Values {
    let mut values = Values {
        name: request.name.clone(),
        description: request.description.clone(),
        references: BTreeMap::new(),
        expiry_minutes: segment.expiry_minutes.unwrap_or(DEFAULT_EXPIRY_MINUTES),
        scheduled_default_ms: None,
        warnings: Vec::new(),
    };
    let template = template.map(|fact| &fact.template);
    let fields = template.map(|template| template.fields.as_slice()).unwrap_or_default();
    for (key, given) in &request.references {
        if !fields.iter().any(|field| reference_kind(field_type(field)).is_some() && field_name(field) == key) {
            untemplated(key, given, &mut values, problems);
        }
    }
    if let Some(template) = template {
        for field in &template.fields {
            let one = One { field, template, default: default_of(template, field), meant: None, in_attributes: false };
            let one = one.with_what_may_be_meant(request);
            match reference_kind(field_type(field)) {
                Some(kind) => {
                    values.warnings.extend(one.warning());
                    one.reference(kind, request, &mut values, problems);
                }
                None => one.system(request, segment, &mut values, problems),
            }
        }
    }
    values
}

/// A reference that matches no field is kept as it is, once its form is right (task-templates 5.1.4, tasks 2.3.10, 2.3.11).
fn untemplated(key: &str, given: &GivenReference, values: &mut Values, problems: &mut Problems) {
    match reference(key, given) {
        Ok(reference) => drop(values.references.insert(key.to_owned(), reference)),
        Err((false, path, why)) => problems.rule(&path, why),
        Err((true, path, why)) => problems.parameter(&path, why),
    }
}

/// A reference as a request gives it, checked by its own type: on error whether it is the value that is wrong, the path, and
/// why (tasks 2.3.10, 2.3.11).
pub(in crate::contact) fn reference(key: &str, given: &GivenReference) -> Result<Reference, (bool, String, String)> {
    let Some(kind) = ReferenceKind::at_creation(&given.kind) else {
        let message = "the type must be one of URL, NUMBER, STRING, DATE, EMAIL".to_owned();
        return Err((false, reference_path(key, "Type"), message));
    };
    if kind != ReferenceKind::String
        && let Err(problem) = check_value(&kind.syntax(), &[], &given.value)
    {
        return Err((
            true,
            reference_path(key, "Value"),
            format!("the value of a {} reference {problem}", kind.as_str()),
        ));
    }
    Ok(Reference { kind, value: given.value.clone() })
}

/// One field of the template, with its default.
struct One<'a> {
    field: &'a Field,
    template: &'a Template,
    default: Option<&'a str>,
    /// A reference of the request that has no field, when this field has no reference and their names are alike.
    meant: Option<&'a str>,
    /// The request has an attribute of the field's name, and no reference: attributes fill no fields.
    in_attributes: bool,
}

impl<'a> One<'a> {
    /// Looks for a reference that was written for this field under a name that is not quite the field's (B81).
    fn with_what_may_be_meant(mut self, request: &'a StartRequest) -> Self {
        let name = field_name(self.field);
        if reference_kind(field_type(self.field)).is_none() || request.references.contains_key(name) {
            return self;
        }
        self.in_attributes = request.attributes.contains_key(name);
        let of_field = |key: &str| {
            let holds = |field: &Field| reference_kind(field_type(field)).is_some() && field_name(field) == key;
            self.template.fields.iter().any(holds)
        };
        let keys = request.references.keys().take(LIKENESS_REFERENCES_MAX).map(String::as_str);
        self.meant = keys.into_iter().find(|key| alike(key, name) && !of_field(key));
        self
    }

    /// A reference beside an optional field is kept, and may not be what was meant.
    fn warning(&self) -> Option<String> {
        let key = self.meant.filter(|_| self.default.is_some() || !is_required(self.template, self.field))?;
        let path = reference_path(key, "");
        Some(format!("{path} is no field of the task template and is kept as it is; did you mean {}?", self.quoted()))
    }

    fn quoted(&self) -> String {
        quoted(field_name(self.field))
    }

    /// Checks a value from the request; `None` is no value.
    fn settle(&self, given: Option<&str>, path: &str, problems: &mut Problems) -> Option<String> {
        if let (Some(given), Some(default)) = (given, self.default)
            && given != default
            && is_read_only(self.template, self.field)
        {
            let message = format!("field {} is read-only and has the value {}", self.quoted(), quoted(default));
            problems.rule(path, message);
            return None;
        }
        let value = given.or(self.default);
        if value.is_none() && is_required(self.template, self.field) {
            let meant = self.meant.map(|key| format!("; the reference {} has nearly its name", quoted(key)));
            let message = format!("field {} is required by the task template", self.quoted());
            let attribute = self.in_attributes.then(|| "; attributes fill no fields: give it in References".to_owned());
            problems.rule(path, message + &meant.or(attribute).unwrap_or_default());
        }
        value.map(str::to_owned)
    }

    /// A custom field (task-templates 5.5, 5.6, 5.7).
    fn reference(&self, kind: ReferenceKind, request: &StartRequest, values: &mut Values, problems: &mut Problems) {
        let key = field_name(self.field);
        let given = request.references.get(key);
        if let Some(given) = given
            && given.kind != kind.as_str()
        {
            let message = format!(
                "field {} of type {} needs a reference of type {}, not {}",
                self.quoted(),
                field_type(self.field).as_str(),
                kind.as_str(),
                quoted(&given.kind)
            );
            problems.rule(&reference_path(key, "Type"), message);
            return;
        }
        let text = given.map(|given| given.value.as_str()).filter(|text| !text.is_empty());
        let options = self.field.single_select_options.as_deref().unwrap_or_default();
        if let Some(text) = text
            && let Err(problem) = check_value(field_type(self.field), options, text)
        {
            problems.rule(&reference_path(key, "Value"), format!("the value of field {} {problem}", self.quoted()));
            return;
        }
        if let Some(value) =
            self.settle(text, &reference_path(key, if text.is_some() { "Value" } else { "" }), problems)
        {
            values.references.insert(key.to_owned(), Reference { kind, value });
        }
    }

    /// A system field (task-templates 5.4, 5.5).
    fn system(&self, request: &StartRequest, segment: &Segment, values: &mut Values, problems: &mut Problems) {
        match field_type(self.field) {
            FieldType::Name => {
                let given = Some(request.name.as_str()).filter(|name| !name.is_empty());
                self.check_text(given, "Name", problems);
                if given.is_none() && self.default.is_none() {
                    problems.rule("Name", format!("field {} is required by the task template", self.quoted()));
                } else if let Some(name) = self.settle(given, "Name", problems) {
                    values.name = name;
                }
            }
            FieldType::Description => {
                self.check_text(request.description.as_deref(), "Description", problems);
                values.description = self.settle(request.description.as_deref(), "Description", problems);
            }
            FieldType::ScheduledTime => {
                let default = self.default.and_then(seconds_to_ms);
                let given = request.scheduled_ms.map(|time| match default {
                    Some(default) if default == time => self.default.unwrap_or_default().to_owned(),
                    _ => time.to_string(),
                });
                self.settle(given.as_deref(), "ScheduledTime", problems);
                values.scheduled_default_ms = default;
            }
            FieldType::QuickConnect => {
                let given = request.quick_connect_id.as_deref().map(last_part);
                let same = self.default.map(last_part) == given;
                let given = if same { self.default } else { given };
                self.settle(given, "QuickConnectId", problems);
            }
            FieldType::ExpiryDuration => {
                let given = segment.expiry_minutes.map(|minutes| minutes.to_string());
                let path = "SegmentAttributes[\"connect:ContactExpiry\"]";
                let asked = request.segment_attributes.contains_key("connect:ContactExpiry");
                if given.is_none() && asked {
                    return; // its form is wrong, and that was reported
                }
                let same = given.as_ref().and(self.default).is_some_and(|d| d.parse().ok() == segment.expiry_minutes);
                let given = if same { self.default } else { given.as_deref() };
                let value = self.settle(given, path, problems);
                values.expiry_minutes = value.and_then(|v| v.parse().ok()).unwrap_or(values.expiry_minutes);
            }
            FieldType::SelfAssign => {
                // A default only presets a checkbox (task-templates 5.4.3), but it counts as a value (5.5.4).
                let given = segment.self_assigned.then_some("true");
                if given.is_none() && self.default.is_none() && is_required(self.template, self.field) {
                    let message = format!("field {} is required by the task template", self.quoted());
                    problems.rule("SegmentAttributes[\"connect:AssignmentType\"]", message);
                }
            }
            _ => {}
        }
    }

    fn check_text(&self, given: Option<&str>, path: &str, problems: &mut Problems) {
        let Some(text) = given else { return };
        if let Err(problem) = check_value(field_type(self.field), &[], text) {
            problems.rule(path, format!("the value of field {} {problem}", self.quoted()));
        }
    }
}

/// Are two names likely to be one: the same but for case, spaces and punctuation, one letter apart, or with two neighbours swapped?
fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (plain(one), plain(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short == long || short.len() < LIKENESS_CHARS_MIN {
        return short == long && !short.is_empty();
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short[same + 1..] == long[same + 1..] || are_swapped(&short[same..], &long[same..]),
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

/// Whether the first two of each are the same two the other way round, and the rest is equal.
fn are_swapped(one: &[char], other: &[char]) -> bool {
    match (one, other) {
        ([a, b, rest @ ..], [c, d, others @ ..]) => (a, b) == (d, c) && rest == others,
        _ => false,
    }
}

/// The id in an ARN, or the id itself.
fn last_part(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// Epoch seconds with an optional fraction, in milliseconds.
fn seconds_to_ms(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(millis.parse().ok()?)
}

/// Why a task cannot change to a template (task-templates 5.8.4 to 5.8.6), in the order of the fields.
pub fn retemplate(contact: &Contact, template: &Template) -> Vec<PropertyProblem> {
    let mut problems = Vec::new();
    for field in &template.fields {
        let (name, required) = (field_name(field), is_required(template, field));
        let missing = |path: String| PropertyProblem {
            message: format!("field {} is required by the task template.", quoted(name)),
            path,
            reason: Reason::RequiredPropertyMissing,
        };
        match (field_type(field), reference_kind(field_type(field))) {
            (FieldType::Name, _) if required && contact.name.is_empty() => problems.push(missing("Name".to_owned())),
            (FieldType::Description, _) if required && contact.description.is_none() => {
                problems.push(missing("Description".to_owned()));
            }
            (field_type, Some(kind)) => match contact.references.get(name).filter(|found| !found.value.is_empty()) {
                None if required => problems.push(missing(reference_path(name, ""))),
                None => {}
                Some(found) if found.kind != kind => problems.push(PropertyProblem {
                    path: reference_path(name, "Type"),
                    reason: Reason::TypeMismatch,
                    message: format!(
                        "field {} of type {} needs a reference of type {}, not {}.",
                        quoted(name),
                        field_type.as_str(),
                        kind.as_str(),
                        found.kind.as_str()
                    ),
                }),
                Some(found) => {
                    let options = field.single_select_options.as_deref().unwrap_or_default();
                    if let Err(problem) = check_value(field_type, options, &found.value) {
                        problems.push(PropertyProblem {
                            path: reference_path(name, "Value"),
                            reason: Reason::InvalidFormat,
                            message: format!("the value of field {} {problem}.", quoted(name)),
                        });
                    }
                }
            },
            _ => {}
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b81_names_that_are_alike() {
        for (one, other, expected) in [
            ("amount", "Amount", true),
            ("order-id", "Order id", true),
            ("Orderid", "Order  ID!", true),
            ("Amuont", "Amount", true), // two neighbours swapped
            ("Csot", "Cost", true),
            ("Costs of it", "Cotss of it", true),
            ("Amunto", "Amount", false), // two letters differ
            ("Tsoc", "Cost", false),
            ("Amoumt", "Amount", true),
            ("Amounts", "Amount", true),
            ("mount", "Amount", true),
            ("STRASSE", "Straße", false),
            ("Größe", "größe", true),
            ("tax", "tag", false),
            ("id", "ID", true),
            ("", "Amount", false),
            ("-", "!", false),
        ] {
            assert_eq!((alike(one, other), alike(other, one)), (expected, expected), "{one} {other}");
        }
    }
}
