//! What the generated code guarantees as a whole, and round trips through representative shapes.

use std::collections::BTreeMap;

use proptest::option;
use proptest::prelude::*;

use crate::ops::*;
use crate::shapes::*;
use crate::{
    Encode, Exception, ExceptionKind, Input, Json, Labels, Op, Output, Problem, Request, Shape, Timestamp, decode,
    from_stored, generated, json, to_stored,
};

#[test]
fn there_are_172_operations_with_dense_indexes() {
    assert_eq!(Op::ALL.len(), 172);
    for (at, op) in Op::ALL.iter().copied().enumerate() {
        assert_eq!(op.index(), at);
        assert_eq!(Op::from_name(op.name()), Some(op));
        assert_eq!(format!("{op:?}"), op.name());
        assert_eq!(op.to_string(), op.name());
        assert!(op.uri().starts_with('/') && !op.errors().is_empty());
    }
    assert_eq!(Op::from_name("getTaskTemplate"), None);
}

#[test]
fn the_list_in_the_repository_is_the_enumeration() {
    let listed: Vec<&str> = include_str!("../../../codegen/operations.txt").lines().map(str::trim).collect();
    let listed: Vec<&str> = listed.into_iter().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(listed, Op::ALL.iter().map(|op| op.name()).collect::<Vec<_>>());
}

#[test]
fn r0_3_exceptions_have_their_status() {
    for (name, status) in [
        ("PropertyValidationException", 400),
        ("InvalidParameterException", 400),
        ("InvalidRequestException", 400),
        ("ServiceQuotaExceededException", 402),
        ("AccessDeniedException", 403),
        ("ResourceNotFoundException", 404),
        ("ContactFlowNotPublishedException", 404),
        ("DuplicateResourceException", 409),
        ("IdempotencyException", 409),
        ("ResourceInUseException", 409),
        ("ContactNotFoundException", 410),
        ("LimitExceededException", 429),
        ("ThrottlingException", 429),
        ("InternalServiceException", 500),
    ] {
        let kind = ExceptionKind::ALL.iter().find(|kind| kind.name() == name).expect(name);
        assert_eq!(kind.status(), status, "{name}");
    }
}

#[test]
fn exceptions_carry_their_message() {
    for kind in ExceptionKind::ALL.iter().copied() {
        let exception = Exception::with_message(kind, "m \"q\"");
        assert_eq!((exception.kind(), exception.name(), exception.status()), (kind, kind.name(), kind.status()));
        let text = exception.to_json();
        let body = json::parse(&text).unwrap();
        let silent = matches!(
            kind,
            ExceptionKind::InvalidContactFlowException | ExceptionKind::InvalidContactFlowModuleException
        );
        assert_eq!(exception.message(), if silent { None } else { Some("m \"q\"") });
        let shown = body.get("Message").and_then(Json::as_str);
        assert_eq!(shown, exception.message().or(Some("The content is not valid")));
        assert!(exception.to_string().starts_with(kind.name()));
    }
}

#[test]
fn w2_4_property_lists_have_their_form() {
    let exception = Exception::PropertyValidationException(PropertyValidationException {
        message: "Bad props".to_owned(),
        property_list: Some(vec![PropertyValidationExceptionProperty {
            property_path: "Fields[0].Id.Name".to_owned(),
            reason: PropertyValidationExceptionReason::RequiredPropertyMissing,
            message: "required".to_owned(),
        }]),
    });
    let expected = r#"{"Message":"Bad props","PropertyList":[{"PropertyPath":"Fields[0].Id.Name","Reason":"REQUIRED_PROPERTY_MISSING","Message":"required"}]}"#;
    assert_eq!(String::from_utf8(exception.to_json()).unwrap(), expected);
}

/// The exceptions an operation declares, in the short names of tasks.md 1.1, sorted.
fn declared(op: Op) -> String {
    const SHORT: &[(&str, &str)] = &[
        ("InvalidRequest", "IRE"),
        ("InvalidParameter", "IPE"),
        ("ResourceNotFound", "RNF"),
        ("Throttling", "THR"),
        ("InternalService", "ISE"),
        ("AccessDenied", "ADE"),
        ("DuplicateResource", "DUP"),
        ("LimitExceeded", "LIM"),
        ("ResourceInUse", "RIU"),
        ("ServiceQuotaExceeded", "SQE"),
        ("Idempotency", "IDE"),
        ("ContactNotFound", "CNF"),
        ("InvalidActiveRegion", "IAR"),
        ("InvalidContactFlow", "ICF"),
        ("InvalidContactFlowModule", "ICM"),
        ("PropertyValidation", "PVE"),
    ];
    let short = |kind: &ExceptionKind| {
        let name = kind.name().strip_suffix("Exception").unwrap();
        SHORT.iter().find(|(long, _)| *long == name).unwrap_or(&(name, "?")).1
    };
    let mut names: Vec<&str> = op.errors().iter().map(short).collect();
    names.sort_unstable();
    names.join(" ")
}

#[test]
fn t1_3_operations_declare_their_errors() {
    for (op, errors) in [
        (Op::CreateTaskTemplate, "IPE ISE PVE RNF SQE THR"),
        (Op::UpdateTaskTemplate, "IPE ISE PVE RNF SQE THR"),
        (Op::GetTaskTemplate, "IPE IRE ISE RNF THR"),
        (Op::TagResource, "IPE IRE ISE RNF THR"),
        (Op::CreateInstance, "IRE ISE RNF SQE THR"),
        (Op::CreateContactFlow, "DUP ICF IPE IRE ISE LIM RNF THR"),
        (Op::StartTaskContact, "IPE IRE ISE RNF SQE THR"),
        (Op::UpdateContactAttributes, "IAR IPE IRE ISE RNF"),
        (Op::UpdateContactTaskTemplate, "ADE IRE ISE LIM PVE RNF SQE"),
        (Op::StopContact, "CNF IAR IPE IRE ISE RNF"),
        (Op::TransferContact, "ADE IDE IRE ISE RNF SQE THR"),
        (Op::TagContact, "IAR IPE IRE ISE RNF THR"),
        (Op::PutUserStatus, "ADE IPE IRE ISE RNF THR"),
        (Op::CreateContactFlowModule, "ADE DUP ICM IDE IPE IRE ISE LIM RNF THR"),
        (Op::DeleteQueue, "IPE IRE ISE RIU RNF THR"),
    ] {
        assert_eq!(declared(op), errors, "{op}");
    }
    assert!(Op::GetTaskTemplate.declares(ExceptionKind::ThrottlingException));
    assert!(!Op::GetTaskTemplate.declares(ExceptionKind::PropertyValidationException));
}

#[test]
fn every_pattern_compiles() {
    for pattern in generated::patterns::ALL {
        // Compiles on first use.
        let _ = pattern.found_in("x");
        assert!(!pattern.source.is_empty());
    }
}

#[test]
fn patterns_are_found_anywhere_and_digits_are_ascii() {
    assert!(generated::patterns::AWS_REGION.found_in("in us-east-1 here"));
    assert!(generated::patterns::DATE_YEAR_MONTH_DAY_FORMAT.found_in("2026-01-01"));
    assert!(!generated::patterns::DATE_YEAR_MONTH_DAY_FORMAT.found_in("٢٠٢٦-٠١-٠١"));
    assert!(!generated::patterns::DATE_YEAR_MONTH_DAY_FORMAT.found_in("2026-01-01\n"));
}

#[test]
fn w2_1_1_no_output_is_an_empty_object() {
    assert_eq!(crate::Empty.to_json(), b"{}");
    assert_eq!(DeleteTaskTemplateOutput {}.to_json(), b"{}");
    fn output_of<I: Input>() -> &'static str {
        std::any::type_name::<I::Output>()
    }
    assert!(output_of::<TagResourceInput>().ends_with("Empty"));
    assert!(output_of::<GetTaskTemplateInput>().ends_with("GetTaskTemplateOutput"));
}

#[test]
fn w2_1_5_absent_members_are_left_out() {
    let output = ListTaskTemplatesOutput { task_templates: Some(vec![]), next_token: None };
    assert_eq!(String::from_utf8(output.to_json()).unwrap(), r#"{"TaskTemplates":[]}"#);
    let output = ListTagsForResourceOutput { tags: Some(BTreeMap::new()) };
    assert_eq!(String::from_utf8(output.to_json()).unwrap(), r#"{"tags":{}}"#);
}

#[test]
fn what_was_stored_is_read_without_limits_but_with_types() {
    let long = TaskTemplateField {
        description: Some("d".repeat(1000)),
        r#type: Some(TaskTemplateFieldType::Unknown("NEW".to_owned())),
        ..Default::default()
    };
    assert_eq!(from_stored::<TaskTemplateField>(to_stored(&long).as_bytes()), Ok(long));
    let error = |text: &str| from_stored::<TaskTemplateField>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error("{}"), "Id is required");
    assert_eq!(error(r#"{"Id":{"Name":5}}"#), "Id.Name must be a string");
    assert_eq!(error("[]"), " must be an object");
    assert!(error("{").contains("line 1 column 1"));
    let number = from_stored::<SegmentAttributeValue>(br#"{"ValueInteger":2147483648}"#).unwrap_err();
    assert!(number.to_string().starts_with("ValueInteger must be"), "{number}");
}

#[test]
fn unions_round_trip() {
    let url = UrlReference { name: Some("n".to_owned()), value: Some("https://x".to_owned()) };
    let one = ReferenceSummary::Url(url);
    assert_eq!(to_stored(&one), r#"{"Url":{"Name":"n","Value":"https://x"}}"#);
    assert_eq!(from_stored(to_stored(&one).as_bytes()), Ok(one));
    assert_eq!(to_stored(&ReferenceSummary::Unknown), "{}");
    assert_eq!(from_stored(b"{}"), Ok(ReferenceSummary::Unknown));
    assert_eq!(from_stored(br#"{"Number":2.5}"#), Ok(ContactMetricValue::Number(2.5)));
}

#[test]
fn recursive_shapes_round_trip() {
    let mut value = SegmentAttributeValue { value_string: Some("leaf".to_owned()), ..Default::default() };
    for at in 0..50 {
        let map = BTreeMap::from([(format!("k{at}"), value)]);
        value = SegmentAttributeValue { value_map: Some(map), ..Default::default() };
    }
    assert_eq!(from_stored(to_stored(&value).as_bytes()), Ok(value));
}

#[test]
fn enumerations_know_their_values() {
    assert_eq!(TaskTemplateStatus::ALL_VALUES, ["ACTIVE", "INACTIVE"]);
    assert_eq!(TaskTemplateStatus::parse("INACTIVE"), TaskTemplateStatus::Inactive);
    assert_eq!(TaskTemplateStatus::parse("inactive").as_str(), "inactive");
    assert_eq!(TaskTemplateStatus::default(), TaskTemplateStatus::Unknown(String::new()));
    for value in TaskTemplateFieldType::ALL_VALUES {
        let parsed = TaskTemplateFieldType::parse(value);
        assert_eq!(parsed.as_str(), *value);
        assert!(!matches!(parsed, TaskTemplateFieldType::Unknown(_)));
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,20}", "[a-z\"\\\\\n\t\u{1}-\u{1f}🚀é]{1,20}"]
}

prop_compose! {
    fn identifier()(name in option::of(text())) -> TaskTemplateFieldIdentifier {
        TaskTemplateFieldIdentifier { name }
    }
}

prop_compose! {
    fn field()(
        id in identifier(),
        description in option::of(text()),
        r#type in option::of(prop::sample::select(TaskTemplateFieldType::ALL_VALUES)),
        single_select_options in option::of(prop::collection::vec(text(), 0..4)),
    ) -> TaskTemplateField {
        let r#type = r#type.map(TaskTemplateFieldType::parse);
        TaskTemplateField { id, description, r#type, single_select_options }
    }
}

prop_compose! {
    fn constraints()(
        required in option::of(prop::collection::vec(option::of(identifier()), 0..4)),
        read_only in option::of(prop::collection::vec(option::of(identifier()), 0..4)),
        invisible in option::of(prop::collection::vec(option::of(identifier()), 0..4)),
    ) -> TaskTemplateConstraints {
        TaskTemplateConstraints {
            required_fields: required.map(|ids| ids.into_iter().map(|id| RequiredFieldInfo { id }).collect()),
            read_only_fields: read_only.map(|ids| ids.into_iter().map(|id| ReadOnlyFieldInfo { id }).collect()),
            invisible_fields: invisible.map(|ids| ids.into_iter().map(|id| InvisibleFieldInfo { id }).collect()),
        }
    }
}

prop_compose! {
    fn defaults()(
        values in option::of(prop::collection::vec((option::of(identifier()), option::of(text())), 0..4)),
    ) -> TaskTemplateDefaults {
        let value = |(id, default_value)| TaskTemplateDefaultFieldValue { id, default_value };
        TaskTemplateDefaults { default_field_values: values.map(|values| values.into_iter().map(value).collect()) }
    }
}

fn status() -> impl Strategy<Value = TaskTemplateStatus> {
    prop::sample::select(TaskTemplateStatus::ALL_VALUES).prop_map(TaskTemplateStatus::parse)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (-62_135_596_800_000_i64..=253_402_300_799_999).prop_map(Timestamp)
}

prop_compose! {
    fn output()(
        (id, arn, name, description) in (text(), text(), text(), option::of(text())),
        constraints in option::of(constraints()),
        defaults in option::of(defaults()),
        fields in option::of(prop::collection::vec(field(), 0..4)),
        status in option::of(status()),
        (last_modified_time, created_time) in (option::of(time()), option::of(time())),
        tags in option::of(prop::collection::btree_map(text(), text(), 0..4)),
    ) -> GetTaskTemplateOutput {
        GetTaskTemplateOutput {
            id, arn, name, description, constraints, defaults, fields, status, last_modified_time, created_time, tags,
            ..Default::default()
        }
    }
}

prop_compose! {
    fn input()(
        (instance_id, name) in (text(), text()),
        (description, client_token) in (option::of(text()), option::of(text())),
        wrap_up in option::of(option::of(text())),
        constraints in option::of(constraints()),
        defaults in option::of(defaults()),
        status in option::of(status()),
        fields in prop::collection::vec(field(), 0..4),
    ) -> CreateTaskTemplateInput {
        let contact_hooks = wrap_up.map(|wrap_up_flow_id| TaskTemplateContactHooks { wrap_up_flow_id });
        CreateTaskTemplateInput {
            instance_id, name, description, client_token, contact_hooks, constraints, defaults, status, fields,
            ..Default::default()
        }
    }
}

/// Writes and reads a shape, and shows the common parser what was written.
fn round_trip<T: Shape + Clone + PartialEq + std::fmt::Debug>(value: &T) -> Result<(), TestCaseError> {
    let text = to_stored(value);
    prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    prop_assert_eq!(&from_stored::<T>(text.as_bytes()).unwrap(), value);
    Ok(())
}

proptest! {
    #[test]
    fn fields_round_trip(value in field()) {
        round_trip(&value)?;
    }

    #[test]
    fn constraints_round_trip(value in constraints()) {
        round_trip(&value)?;
    }

    #[test]
    fn defaults_round_trip(value in defaults()) {
        round_trip(&value)?;
    }

    #[test]
    fn template_outputs_round_trip(value in output()) {
        round_trip(&value)?;
        prop_assert_eq!(value.to_json(), to_stored(&value).into_bytes());
    }

    #[test]
    fn references_round_trip(value in option::of(text()), arn in option::of(text()), r#type in text()) {
        round_trip(&Reference { value, arn, r#type: ReferenceType::parse(&r#type), ..Default::default() })?;
    }

    #[test]
    fn create_inputs_round_trip(value in input()) {
        // The label is in the encoded form too; decoding takes it from its place and passes over the member.
        let body = to_stored(&value);
        let labels: Labels = [value.instance_id.as_str()].into_iter().collect();
        let checked = decode::<CreateTaskTemplateInput>(&Request { labels: &labels, query: "", body: body.as_bytes() }).unwrap();
        prop_assert!(checked.violations.is_empty(), "{}", checked.violations.message());
        prop_assert_eq!(checked.input, value);
    }

    #[test]
    fn tags_round_trip(tags in prop::collection::btree_map("[\\p{L}\\p{N} _.:/=+@-]{1,20}", text(), 1..10)) {
        prop_assume!(tags.keys().all(|key| !key.starts_with("aws:")));
        let mut w = crate::JsonWriter::new();
        w.begin_object();
        w.member("tags", &tags);
        w.end_object();
        let body = w.into_bytes();
        let labels: Labels = ["arn"].into_iter().collect();
        let checked = decode::<TagResourceInput>(&Request { labels: &labels, query: "", body: &body }).unwrap();
        prop_assert!(checked.violations.is_empty(), "{}", checked.violations.message());
        prop_assert_eq!(checked.input.tags, tags);
    }

    #[test]
    fn decoding_never_panics(
        query in "((nextToken|maxResults|tagKeys|status|name)?=?[%0-9a-f+é]{0,6}&?){0,5}",
        body in r#"(\{|\}|\[|\]|"Fields"|"Name"|"Id"|"tags"|"Status"|:|,|"x"|null|1|-1e9|true){0,30}"#,
        label in "\\PC{0,8}",
    ) {
        let labels: Labels = [label.as_str()].into_iter().collect();
        let request = Request { labels: &labels, query: &query, body: body.as_bytes() };
        let _ = decode::<CreateTaskTemplateInput>(&request);
        let _ = decode::<ListTaskTemplatesInput>(&request);
        let _ = decode::<UntagResourceInput>(&request);
        let _ = decode::<StartTaskContactInput>(&request);
    }
}

#[test]
fn inputs_encode_every_member_whatever_its_place() {
    let input = UntagResourceInput { resource_arn: "a".to_owned(), tag_keys: vec!["k".to_owned()] };
    let mut w = crate::JsonWriter::new();
    input.encode(&mut w);
    assert_eq!(w.into_text(), r#"{"resourceArn":"a","tagKeys":["k"]}"#);
}

#[test]
fn b8_the_character_u_0000_is_refused_wherever_it_stands() {
    let labels: Labels = ["a\0b"].into_iter().collect();
    let body = br#"{"Name":"a\u0000","Fields":[{"Id":{"Name":"\u0000"}}]}"#;
    let request = Request { labels: &labels, query: "", body };
    let violations = decode::<CreateTaskTemplateInput>(&request).expect("an object").violations;
    let found: Vec<(&str, &Problem)> = violations.iter().map(|v| (v.path.as_str(), &v.problem)).collect();
    assert_eq!(found, [("InstanceId", &Problem::Nul), ("Name", &Problem::Nul), ("Fields[0].Id.Name", &Problem::Nul)]);
}
