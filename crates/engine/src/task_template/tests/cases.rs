//! The rows of section 8 that need nothing but a body and what exists.

use super::*;

const D0: &str = "Defaults.DefaultFieldValues[0].DefaultValue";
const D1: &str = "Defaults.DefaultFieldValues[1].DefaultValue";

#[test]
fn case_1_name_removed() {
    refused(&without("/Name"), &[("Name", MISSING)]);
}

#[test]
fn case_2_name_too_long() {
    refused(&put("/Name", json!("n".repeat(101))), &[("Name", INVALID)]);
}

#[test]
fn case_3_blank_name() {
    refused(&put("/Name", json!("   ")), &[("Name", INVALID)]);
}

#[test]
fn case_4_name_taken() {
    let references = References { name_taken: true, ..known() };
    assert_eq!(found(&problems_with(Purpose::Create, &base(), &references)), [("Name", TAKEN)]);
}

#[test]
fn case_5_empty_description() {
    refused(&put("/Description", json!("")), &[("Description", INVALID)]);
}

#[test]
fn case_6_description_too_long() {
    refused(&put("/Description", json!("d".repeat(256))), &[("Description", INVALID)]);
}

#[test]
fn case_7_status_in_lower_case() {
    refused(&put("/Status", json!("active")), &[("Status", INVALID)]);
    assert!(message_of(&put("/Status", json!("active"))).contains("ACTIVE"));
}

#[test]
fn case_8_no_fields() {
    refused(&put("/Fields", json!([])), &[("Fields", MISSING)]);
    let body = without("/Fields");
    assert_eq!(found(&problems(&body)), [("Fields", MISSING)]);
}

#[test]
fn case_9_no_name_field() {
    refused(&put("/Fields/0/Type", json!("TEXT")), &[("Fields", MISSING)]);
}

#[test]
fn case_10_second_name_field() {
    refused(&put("/Fields/1/Type", json!("NAME")), &[("Fields[1].Type", TWICE)]);
}

#[test]
fn case_11_second_description_field() {
    refused(&put("/Fields/-", json!({"Id": {"Name": "More"}, "Type": "DESCRIPTION"})), &[("Fields[10].Type", TWICE)]);
}

#[test]
fn case_12_two_fields_of_one_name() {
    refused(&put("/Fields/-", json!({"Id": {"Name": "Amount"}, "Type": "TEXT"})), &[("Fields[10].Id.Name", TWICE)]);
}

#[test]
fn case_13_field_without_name() {
    refused(&put("/Fields/2/Id", json!({})), &[("Fields[2].Id.Name", MISSING)]);
}

#[test]
fn case_14_field_name_too_long() {
    refused(&put("/Fields/2/Id/Name", json!("n".repeat(101))), &[("Fields[2].Id.Name", INVALID)]);
}

#[test]
fn case_15_unknown_field_type() {
    refused(&put("/Fields/2/Type", json!("PHONE")), &[("Fields[2].Type", INVALID)]);
}

#[test]
fn case_16_field_description_too_long() {
    refused(&put("/Fields/2/Description", json!("d".repeat(256))), &[("Fields[2].Description", INVALID)]);
}

#[test]
fn case_17_no_constraints() {
    refused(&without("/Constraints"), &[("Constraints", MISSING)]);
    assert!(message_of(&without("/Constraints")).contains("Task name"));
}

/// The request that users of the real service see refused with nothing but `None`: a name and one NAME field.
#[test]
fn case_17_each_missing_part_is_named() {
    let body = json!({"Name": "x", "Fields": [{"Id": {"Name": "n"}, "Type": "NAME"}]});
    assert_eq!(found(&problems(&body)), [("ContactFlowId", MISSING), ("Constraints", MISSING)]);
    let text = message(&problems(&body));
    assert!(text.contains("ContactFlowId: ") && text.contains("Constraints: "), "{text}");
}

#[test]
fn case_18_nothing_required() {
    refused(&put("/Constraints/RequiredFields", json!([])), &[("Constraints.RequiredFields", MISSING)]);
}

#[test]
fn case_19_name_field_not_required() {
    refused(&put("/Constraints/RequiredFields", ids(&["Order id"])), &[("Constraints.RequiredFields", MISSING)]);
}

#[test]
fn case_20_unknown_required_field() {
    let body = put("/Constraints/RequiredFields/1", json!({"Id": {"Name": "Nope"}}));
    refused(&body, &[("Constraints.RequiredFields[1].Id.Name", UNKNOWN)]);
}

#[test]
fn case_21_required_field_in_other_case() {
    let body = put("/Constraints/RequiredFields/1", json!({"Id": {"Name": "order id"}}));
    refused(&body, &[("Constraints.RequiredFields[1].Id.Name", UNKNOWN)]);
    assert!(message_of(&body).contains("\"Order id\""));
}

#[test]
fn case_22_required_twice() {
    let body = put("/Constraints/RequiredFields/-", json!({"Id": {"Name": "Order id"}}));
    refused(&body, &[("Constraints.RequiredFields[2].Id.Name", TWICE)]);
}

#[test]
fn case_23_required_and_invisible() {
    let body = put("/Constraints/InvisibleFields", ids(&["Order id"]));
    refused(&body, &[("Constraints.InvisibleFields[0].Id.Name", MISSING)]);
}

#[test]
fn case_24_required_and_read_only() {
    let body = put("/Constraints/ReadOnlyFields", ids(&["Order id"]));
    refused(&body, &[("Constraints.ReadOnlyFields[0].Id.Name", MISSING)]);
}

#[test]
fn case_25_no_flow() {
    refused(&without("/ContactFlowId"), &[("ContactFlowId", MISSING)]);
}

#[test]
fn case_26_empty_flow() {
    refused(&put("/ContactFlowId", json!("")), &[("ContactFlowId", MISSING)]);
}

#[test]
fn case_27_unknown_flow() {
    let elsewhere = format!("arn:aws:connect:eu-west-2:111122223333:instance/i-2/contact-flow/{F1}");
    for id in ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", elsewhere.as_str()] {
        refused(&put("/ContactFlowId", json!(id)), &[("ContactFlowId", UNKNOWN)]);
    }
}

#[test]
fn case_28_flow_instead_of_module() {
    let body = put("/ContactHooks", json!({"WrapUpFlowId": F1}));
    refused(&body, &[("ContactHooks.WrapUpFlowId", UNKNOWN)]);
}

#[test]
fn case_29_default_for_no_field() {
    refused(&defaults(&[("Nope", "x")]), &[("Defaults.DefaultFieldValues[0].Id.Name", UNKNOWN)]);
}

#[test]
fn case_30_two_defaults_for_one_field() {
    let body = defaults(&[("Reason", "Other"), ("Reason", "Late")]);
    refused(&body, &[("Defaults.DefaultFieldValues[1].Id.Name", TWICE)]);
}

#[test]
fn case_31_default_without_value() {
    let body = put("/Defaults", json!({"DefaultFieldValues": [{"Id": {"Name": "Reason"}}]}));
    refused(&body, &[(D0, MISSING)]);
}

#[track_caller]
fn default_refused(field: &str, value: &str) {
    refused(&defaults(&[(field, value)]), &[(D0, INVALID)]);
}

#[test]
fn case_32_default_is_no_option() {
    default_refused("Reason", "late");
}

#[test]
fn case_33_default_is_no_number() {
    default_refused("Amount", "12,50");
}

#[test]
fn case_34_default_is_no_boolean() {
    default_refused("Approved", "True");
}

#[test]
fn case_35_default_is_no_date() {
    default_refused("Due", "2026-01-01T00:00:00Z");
    default_refused("Due", "1767225600000");
}

#[test]
fn case_36_default_is_no_url() {
    default_refused("Order URL", "javascript:alert(1)");
}

#[test]
fn case_37_default_is_no_email() {
    default_refused("Customer email", "a@b");
}

#[test]
fn case_38_text_too_long() {
    default_refused("Order id", &"x".repeat(512));
    accepted(&defaults(&[("Order id", &"x".repeat(511))]));
}

#[test]
fn case_39_text_area_too_long() {
    default_refused("Notes", &"x".repeat(4096));
    accepted(&defaults(&[("Notes", &"x".repeat(4095))]));
}

#[test]
fn case_40_empty_number() {
    default_refused("Amount", "");
}

/// The base request with one more field and a default for it.
fn with_field(field_type: &str, value: &str) -> Value {
    with(|body| {
        set(body, "/Fields/-", json!({"Id": {"Name": "Extra"}, "Type": field_type}));
        set(body, "/Defaults/DefaultFieldValues/-", json!({"Id": {"Name": "Extra"}, "DefaultValue": value}));
    })
}

#[test]
fn case_41_expiry_out_of_range() {
    for value in ["129601", "0", "1.5"] {
        let body = with_field("EXPIRY_DURATION", value);
        refused(&body, &[(D1, INVALID)]);
        assert!(message_of(&body).contains("minutes, 1–129600"), "{}", message_of(&body));
    }
    accepted(&with_field("EXPIRY_DURATION", "129600"));
}

#[test]
fn case_42_self_assign_default() {
    refused(&with_field("SELF_ASSIGN", "yes"), &[(D1, INVALID)]);
    accepted(&with_field("SELF_ASSIGN", "false"));
}

#[test]
fn case_43_unknown_quick_connect() {
    refused(&with_field("QUICK_CONNECT", "q9"), &[(D1, UNKNOWN)]);
    accepted(&with_field("QUICK_CONNECT", "q1"));
}

#[test]
fn case_44_no_options() {
    let body = with(|body| {
        remove(body, "/Fields/3/SingleSelectOptions");
        remove(body, "/Defaults");
    });
    refused(&body, &[("Fields[3].SingleSelectOptions", MISSING)]);
    refused(&without("/Fields/3/SingleSelectOptions"), &[("Fields[3].SingleSelectOptions", MISSING)]);
}

#[test]
fn case_45_option_twice() {
    let body = put("/Fields/3/SingleSelectOptions", json!(["Other", "Late", "Other"]));
    refused(&body, &[("Fields[3].SingleSelectOptions[2]", TWICE)]);
}

#[test]
fn case_46_option_too_long() {
    let body = put("/Fields/3/SingleSelectOptions/1", json!("o".repeat(101)));
    refused(&body, &[("Fields[3].SingleSelectOptions[1]", INVALID)]);
}

#[test]
fn case_47_empty_option() {
    refused(&put("/Fields/3/SingleSelectOptions/1", json!("")), &[("Fields[3].SingleSelectOptions[1]", INVALID)]);
}

#[test]
fn case_48_too_many_options() {
    let options = |count: usize| (1..count).map(|n| format!("o{n}")).chain(["Other".to_owned()]).collect::<Vec<_>>();
    refused(&put("/Fields/3/SingleSelectOptions", json!(options(51))), &[("Fields[3].SingleSelectOptions", INVALID)]);
    accepted(&put("/Fields/3/SingleSelectOptions", json!(options(50))));
}

#[test]
fn case_49_options_on_a_number() {
    refused(&put("/Fields/2/SingleSelectOptions", json!(["1"])), &[("Fields[2].SingleSelectOptions", UNSUPPORTED)]);
    let long = put("/Fields/2/SingleSelectOptions", json!(["x".repeat(101), ""]));
    refused(&long, &[("Fields[2].SingleSelectOptions", UNSUPPORTED)]);
}

#[test]
fn case_50_unpublished_flow() {
    refused(&put("/ContactFlowId", json!("draft")), &[("ContactFlowId", UNSUPPORTED)]);
}

#[test]
fn case_51_three_faults_in_document_order() {
    let mut body = defaults(&[("Amount", "much")]);
    set(&mut body, "/Status", json!("ON"));
    set(&mut body, "/Fields/1/Type", json!("NAME"));
    refused(&body, &[(D0, INVALID), ("Status", INVALID), ("Fields[1].Type", TWICE)]);
    let text = message(&problems(&body));
    assert!(text.starts_with("3 properties are not valid: Defaults.DefaultFieldValues[0].DefaultValue: "), "{text}");
}

#[test]
fn case_53_custom_fields_are_counted() {
    let mut body = base();
    for n in 0..43 {
        set(&mut body, "/Fields/-", json!({"Id": {"Name": format!("f{n}")}, "Type": "TEXT"}));
    }
    accepted(&body);
    assert_eq!(custom_fields(&decoded(Purpose::Create, &body).0), 51);
}

#[test]
fn case_54_another_description_is_another_request() {
    let print = |body: &Value| request_fingerprint(&wire::json::parse(body.to_string().as_bytes()).unwrap());
    assert_ne!(print(&base()), print(&put("/Description", json!("new"))));
    assert_eq!(print(&base()), print(&put("/ClientToken", json!("t"))));
}

fn request_fault(body: &Value) -> Option<String> {
    request_problem(&decoded(Purpose::Create, body).1)
}

#[test]
fn case_55_client_token_too_long() {
    assert_eq!(
        request_fault(&put("/ClientToken", json!("t".repeat(501)))).as_deref(),
        Some("ClientToken must be at most 500 characters")
    );
    assert_eq!(request_fault(&put("/ClientToken", json!("t".repeat(500)))), None);
    accepted(&put("/ClientToken", json!("t".repeat(500))));
}

#[test]
fn case_56_wrong_types() {
    for (body, part) in [
        (put("/Name", json!(5)), "Name must be a string"),
        (put("/Fields", json!({})), "Fields"),
        (put("/Fields/2/Type", json!(["TEXT"])), "Fields[2].Type"),
    ] {
        let text = request_fault(&body).unwrap();
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(request_fault(&put("/Name", json!("n".repeat(101)))), None);
}

#[test]
fn case_59_empty_update() {
    let expected = [("Name", MISSING), ("Constraints", MISSING), ("Status", MISSING), ("Fields", MISSING)];
    assert_eq!(found(&update_problems(&json!({}))), expected);
    let expected = [("Name", MISSING), ("Constraints", MISSING), ("Fields", MISSING)];
    assert_eq!(found(&problems(&json!({}))), expected);
}

#[test]
fn case_60_update_without_status() {
    let body = without("/Status");
    assert_eq!(found(&update_problems(&body)), [("Status", MISSING)]);
    assert_eq!(found(&problems(&body)), []);
}

#[test]
fn case_61_update_to_a_taken_name() {
    let references = References { name_taken: true, ..known() };
    assert_eq!(found(&problems_with(Purpose::Update, &base(), &references)), [("Name", TAKEN)]);
}

/// 1.4.1: the refusal of an update that names one member alone says that it replaces the whole, whatever else is missing.
#[test]
fn r1_4_1_each_member_that_an_update_lacks_says_that_it_replaces_the_whole() {
    for body in [json!({"Status": "INACTIVE"}), json!({}), json!({"Name": "n", "Description": "d"})] {
        let of = |purpose| problems_with(purpose, &body, &References::default());
        let missing = |problem: &&PropertyProblem| {
            problem.reason == Reason::RequiredPropertyMissing && !problem.path.contains(['.', '['])
        };
        let updated = of(Purpose::Update);
        assert!(updated.iter().any(|problem| missing(&problem)), "{body}: {updated:?}");
        for problem in updated.iter().filter(missing) {
            assert!(problem.message.contains("an update replaces the whole template"), "{body}: {problem:?}");
        }
        assert!(of(Purpose::Create).iter().all(|problem| !problem.message.contains("replaces the whole")));
    }
}

#[test]
fn case_63_version_syntax() {
    assert_eq!(parse_snapshot_version(Some("2")), Ok(Some(2)));
    for text in ["abc", "01", "0", "-1", "+1", "1 ", "1.0", "12345678901"] {
        assert_eq!(parse_snapshot_version(Some(text)), Err(BadVersion), "{text}");
    }
}

#[test]
fn positive_counterparts() {
    accepted(&put("/Fields/8/SingleSelectOptions", json!([])));
    accepted(&put("/Fields/3/SingleSelectOptions/0", json!("Rock 'n' Roll (50/50) #1")));
    let mut both = put("/Constraints/ReadOnlyFields", ids(&["Order id"]));
    set(&mut both, "/Constraints/InvisibleFields", ids(&["Order id"]));
    set(&mut both, "/Defaults/DefaultFieldValues/-", json!({"Id": {"Name": "Order id"}, "DefaultValue": "A"}));
    accepted(&both);
    let mut self_assign = put("/SelfAssignFlowId", json!(F1));
    remove(&mut self_assign, "/ContactFlowId");
    set(&mut self_assign, "/Fields/-", json!({"Id": {"Name": "Self"}, "Type": "SELF_ASSIGN"}));
    set(&mut self_assign, "/Fields/-", json!({"Id": {"Name": "To"}, "Type": "QUICK_CONNECT"}));
    accepted(&self_assign);
    accepted(&without("/Fields/8/Type"));
    accepted(&put("/ContactFlowId", json!(scope().arn(Kind::Flow, F1))));
    accepted(&put("/Name", json!("書".repeat(100))));
    accepted(&put("/Fields/-", json!({"Id": {"Name": "字".repeat(100)}, "Type": "TEXT"})));
    accepted(&put("/Fields/-", json!({"Id": {"Name": "amount"}, "Type": "TEXT"})));
}
