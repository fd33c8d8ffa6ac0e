//! Section 0: how problems are reported.

use super::super::problem::Findings;
use super::*;

fn problem(path: &str, message: &str) -> PropertyProblem {
    PropertyProblem { path: path.to_owned(), reason: Reason::InvalidFormat, message: message.to_owned() }
}

#[test]
fn r0_2_the_example() {
    let body = with(|body| {
        set(body, "/Fields/3/SingleSelectOptions", json!(["Late", "Late"]));
        remove(body, "/Defaults");
    });
    let exception = exception(&problems(&body));
    assert_eq!((exception.name(), exception.status()), ("PropertyValidationException", 400));
    let json: Value = serde_json::from_str(&wire_json(&exception)).unwrap();
    assert_eq!(
        json,
        json!({"Message": "1 property is not valid: Fields[3].SingleSelectOptions[1]: option \"Late\" is listed twice.",
               "PropertyList": [{"PropertyPath": "Fields[3].SingleSelectOptions[1]", "Reason": "UNIQUE_CONSTRAINT_VIOLATED",
                                 "Message": "option \"Late\" is listed twice."}]})
    );
}

fn wire_json(exception: &wire::Exception) -> String {
    String::from_utf8(exception.to_json()).unwrap()
}

#[test]
fn r0_4_reasons_are_the_models() {
    let ours = [
        Reason::InvalidFormat,
        Reason::UniqueConstraintViolated,
        Reason::ReferencedResourceNotFound,
        Reason::ResourceNameAlreadyExists,
        Reason::RequiredPropertyMissing,
        Reason::NotSupported,
        Reason::TypeMismatch,
    ];
    let names: Vec<&str> = ours.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(names, wire::shapes::PropertyValidationExceptionReason::ALL_VALUES);
}

#[test]
fn r0_5_which_faults_are_the_requests() {
    let uri = wire::resolve("PUT", &format!("/instance/{}/task/template", "i".repeat(101))).unwrap();
    let body = base().to_string();
    let checked =
        wire::decode::<CreateTaskTemplateInput>(&Request { labels: &uri.labels, query: "", body: body.as_bytes() })
            .unwrap();
    assert_eq!(request_problem(&checked.violations).as_deref(), Some("InstanceId must be at most 100 characters"));
    let (_, violations) = decoded(Purpose::Create, &put("/Fields/2/Type", json!("PHONE")));
    assert!(!violations.is_empty());
    assert_eq!(request_problem(&violations), None);
}

#[test]
fn r0_6_document_order() {
    let body = json!({
        "Fields": [{"Id": {"Name": ""}, "Type": "X", "Description": "", "SingleSelectOptions": ["", "a"]}],
        "Status": "x",
        "Defaults": {"DefaultFieldValues": [{}]},
        "Constraints": {"InvisibleFields": [{}], "ReadOnlyFields": [{}, {}], "RequiredFields": [{}]},
        "ContactHooks": {"WrapUpFlowId": ""},
        "SelfAssignFlowId": "nowhere",
        "Description": ""});
    let problems = problems(&body);
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "Name",
            "Description",
            "ContactFlowId",
            "SelfAssignFlowId",
            "ContactHooks.WrapUpFlowId",
            "Constraints.RequiredFields[0].Id.Name",
            "Constraints.ReadOnlyFields[0].Id.Name",
            "Constraints.ReadOnlyFields[1].Id.Name",
            "Constraints.InvisibleFields[0].Id.Name",
            "Defaults.DefaultFieldValues[0].Id.Name",
            "Defaults.DefaultFieldValues[0].DefaultValue",
            "Status",
            "Fields",
            "Fields[0].Id.Name",
            "Fields[0].Description",
            "Fields[0].Type",
            "Fields[0].SingleSelectOptions[0]",
        ]
    );
}

#[test]
fn r0_6_elements_are_ordered_by_number() {
    let mut body = base();
    for n in 0..12 {
        set(&mut body, "/Fields/-", json!({"Id": {}, "Type": if n % 2 == 0 { "TEXT" } else { "URL" }}));
    }
    let problems = problems(&body);
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    let expected: Vec<String> = (10..22).map(|n| format!("Fields[{n}].Id.Name")).collect();
    assert_eq!(paths, expected);
}

#[test]
fn r0_7_paths_follow_the_grammar() {
    let mut body = put("/Constraints/RequiredFields/-", json!({"Id": {"Name": "Nope"}}));
    set(&mut body, "/Fields/3/SingleSelectOptions/1", json!(""));
    set(&mut body, "/ContactHooks", json!({"WrapUpFlowId": "m9"}));
    for problem in problems(&body) {
        assert!(!problem.path.starts_with(['.', '$', '[']), "{}", problem.path);
        assert!(
            problem.path.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_uppercase())),
            "{}",
            problem.path
        );
    }
}

#[test]
fn r0_8_message_counts_and_joins() {
    assert_eq!(
        message(&[problem("Name", "a name is required.")]),
        "1 property is not valid: Name: a name is required."
    );
    let two = [problem("Name", "a name is required."), problem("Status", "bad.")];
    assert_eq!(message(&two), "2 properties are not valid: Name: a name is required; Status: bad.");
}

#[test]
fn r0_8_message_is_cut() {
    let many: Vec<PropertyProblem> =
        (0..300).map(|n| problem(&format!("Fields[{n}].Id.Name"), "each field needs a name.")).collect();
    let text = message(&many);
    assert!(chars(&text) <= MESSAGE_CHARS_MAX, "{}", chars(&text));
    assert!(chars(&text) > MESSAGE_CHARS_MAX - 100);
    assert!(
        text.starts_with("300 properties are not valid: Fields[0].Id.Name: each field needs a name; Fields[1]"),
        "{text}"
    );
    let shown = text.matches("Fields[").count();
    assert!(text.ends_with(&format!("; and {} more.", 300 - shown)), "{text}");
    for length in [900, 950, 960, 970, 980, 990, 1000, 1010, 5000] {
        let first = [problem("Name", &format!("{}.", "ü".repeat(length))), problem("Status", "bad.")];
        for problems in [&first[..1], &first[..]] {
            let text = message(problems);
            assert!(chars(&text) <= MESSAGE_CHARS_MAX, "{length}: {}", chars(&text));
            assert!(text.ends_with('.') && text.contains("Name: ü"), "{text}");
        }
    }
}

#[test]
fn r0_8_property_list_is_cut() {
    let many: Vec<PropertyProblem> = (0..300).map(|n| problem(&format!("Fields[{n}].Id.Name"), "bad.")).collect();
    let json: Value = serde_json::from_str(&wire_json(&exception(&many))).unwrap();
    assert_eq!(json["PropertyList"].as_array().unwrap().len(), PROPERTY_LIST_MAX);
    assert!(json["Message"].as_str().unwrap().starts_with("300 properties"));
}

#[test]
fn r0_9_no_cascades_without_fields() {
    let mut body = base();
    remove(&mut body, "/ContactFlowId");
    set(&mut body, "/Fields", json!([]));
    set(&mut body, "/Constraints/ReadOnlyFields", ids(&["Order id"]));
    set(&mut body, "/Constraints/InvisibleFields", ids(&["Nope"]));
    refused(&body, &[("Fields", MISSING)]);
    set(&mut body, "/Constraints/RequiredFields", ids(&["x", "x"]));
    refused(&body, &[("Constraints.RequiredFields[1].Id.Name", TWICE), ("Fields", MISSING)]);
}

#[test]
fn r0_9_unusable_fields_count_as_existing() {
    let mut body = put("/Fields/8/Type", json!("PHONE"));
    set(&mut body, "/Fields/-", json!({"Id": {"Name": "Order id"}, "Type": "TEXT"}));
    set(&mut body, "/Defaults/DefaultFieldValues/-", json!({"Id": {"Name": "Order id"}, "DefaultValue": "x"}));
    refused(&body, &[("Fields[8].Type", INVALID), ("Fields[10].Id.Name", TWICE)]);
    let no_name_field = put("/Fields/0/Type", json!("TEXT"));
    refused(&no_name_field, &[("Fields", MISSING)]);
}

#[test]
fn r0_10_null_equals_absent_and_unknown_members_are_ignored() {
    let mut body = base();
    for member in ["Description", "SelfAssignFlowId", "ContactHooks", "Defaults"] {
        set(&mut body, &format!("/{member}"), json!(null));
    }
    set(&mut body, "/Constraints/ReadOnlyFields", json!(null));
    set(&mut body, "/Fields/2/Description", json!(null));
    set(&mut body, "/Fields/2/SingleSelectOptions", json!(null));
    set(&mut body, "/Surprise", json!({"x": 1}));
    set(&mut body, "/Fields/2/Surprise", json!([1]));
    accepted(&body);
}

#[test]
fn r0_11_lengths_count_characters() {
    accepted(&put("/Name", json!("👩‍🚀".chars().cycle().take(100).collect::<String>())));
    refused(&put("/Name", json!("e\u{301}".repeat(51))), &[("Name", INVALID)]);
}

/// Constraints of the model that no rule reports would still be reported, once and in their place.
#[test]
fn r0_5_leftover_violations_are_told() {
    let (_, violations) = decoded(Purpose::Create, &put("/Fields/2/Type", json!("PHONE")));
    let told = Findings::default().finish(&violations);
    assert_eq!(found(&told), [("Fields[2].Type", INVALID)]);
    assert!(told[0].message.starts_with("Fields[2].Type must be one of ["));
    let mut covered = Findings::default();
    covered.cover("Fields[2]");
    assert_eq!(covered.finish(&violations), []);
    let mut other = Findings::default();
    other.cover("Fields[20]");
    assert_eq!(other.finish(&violations).len(), 1);
}
