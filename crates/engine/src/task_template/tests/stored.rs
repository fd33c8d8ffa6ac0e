//! Sections 1 and 3: what is kept, what is answered, versions and fingerprints.

use super::*;

const ID: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const STAMPS: Stamps = Stamps { created_ms: 1_767_225_600_000, modified_ms: 1_767_225_600_500 };

fn template(body: &Value) -> Template {
    assert_eq!(problems(body), []);
    normalise(&decoded(Purpose::Create, body).0, scope())
}

fn answer(template: &Template) -> Value {
    serde_json::from_str(&wire::to_stored(&get_output(template.clone(), scope(), ID, STAMPS))).unwrap()
}

fn members(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn full() -> Value {
    let mut body = put("/Description", json!("About refunds"));
    set(&mut body, "/ContactFlowId", json!(scope().arn(Kind::Flow, F1)));
    set(&mut body, "/SelfAssignFlowId", json!(F1));
    set(&mut body, "/ContactHooks", json!({"WrapUpFlowId": scope().arn(Kind::FlowModule, "m1")}));
    set(&mut body, "/Constraints/ReadOnlyFields", ids(&["Notes"]));
    set(&mut body, "/Constraints/InvisibleFields", ids(&["Due", "Notes"]));
    for (name, field_type) in [
        ("Schedule", "SCHEDULED_TIME"),
        ("To", "QUICK_CONNECT"),
        ("Self", "SELF_ASSIGN"),
        ("Expiry", "EXPIRY_DURATION"),
    ] {
        set(&mut body, "/Fields/-", json!({"Id": {"Name": name}, "Type": field_type, "Description": "d"}));
    }
    body
}

#[test]
fn r1_1_2_status_defaults_to_active() {
    assert_eq!(template(&without("/Status")).status_str(), "ACTIVE");
    assert_eq!(template(&put("/Status", json!("INACTIVE"))).status_str(), "INACTIVE");
}

#[test]
fn r1_1_5_fingerprints() {
    let print = |text: &str| request_fingerprint(&wire::json::parse(text.as_bytes()).unwrap());
    let same = print(r#"{"Name":"x","Fields":[{"Id":{"Name":"a"},"Type":"NAME"}]}"#);
    for text in [
        r#"{ "Fields" : [ {"Type":"NAME","Id":{"Name":"a"}} ], "Name":"x" }"#,
        r#"{"Name":"x","Description":null,"Fields":[{"Id":{"Name":"a"},"Type":"NAME","Description":null}],"ClientToken":"t"}"#,
        r#"{"Name":"\u0078","Fields":[{"Id":{"Name":"a"},"Type":"NAME"}]}"#,
    ] {
        assert_eq!(print(text), same, "{text}");
    }
    for text in [
        r#"{"Name":"y","Fields":[{"Id":{"Name":"a"},"Type":"NAME"}]}"#,
        r#"{"Name":"x","Fields":[{"Id":{"Name":"a"},"Type":"NAME"},{"Id":{"Name":"b"}}]}"#,
        r#"{"Name":"x","Description":"","Fields":[{"Id":{"Name":"a"},"Type":"NAME"}]}"#,
        r#"{"Name":"x","Fields":[{"Id":{"Name":"a"},"Type":"NAME","ClientToken":"t"}]}"#,
        r#"{"Name":"x"}"#,
    ] {
        assert_ne!(print(text), same, "{text}");
    }
    assert_ne!(print(r#"{"a":["b","c"]}"#), print(r#"{"a":["c","b"]}"#));
    assert_ne!(print(r#"{"a":"1"}"#), print(r#"{"a":1}"#));
    assert_ne!(print(r#"{"a":["bc"]}"#), print(r#"{"a":["b","c"]}"#));
    assert_eq!(print(r#"{"a":1.0}"#), print(r#"{"a":1}"#));
    assert_ne!(print(r#"{"a":true}"#), print(r#"{"a":false}"#));
}

#[test]
fn r1_2_2_get_answers_every_member() {
    let shown = answer(&template(&full()));
    assert_eq!(
        members(&shown),
        [
            "Arn",
            "Constraints",
            "ContactFlowId",
            "ContactHooks",
            "CreatedTime",
            "Defaults",
            "Description",
            "Fields",
            "Id",
            "InstanceId",
            "LastModifiedTime",
            "Name",
            "SelfAssignFlowId",
            "Status"
        ]
    );
    assert_eq!(shown["Id"], json!(ID));
    assert_eq!(shown["InstanceId"], json!("i-1"));
    assert_eq!(shown["Arn"], json!(scope().arn(Kind::TaskTemplate, ID)));
    assert_eq!(shown["CreatedTime"], json!(1_767_225_600));
    assert_eq!(shown["LastModifiedTime"], json!(1_767_225_600.5));
    assert_eq!(shown["Fields"].as_array().unwrap().len(), 14);
}

#[test]
fn r1_2_3_nothing_empty_is_answered() {
    let mut body = base();
    remove(&mut body, "/Defaults");
    set(&mut body, "/SelfAssignFlowId", json!(""));
    set(&mut body, "/ContactHooks", json!({}));
    set(&mut body, "/Constraints/ReadOnlyFields", json!([]));
    set(&mut body, "/Fields/8/SingleSelectOptions", json!([]));
    let shown = answer(&template(&body));
    assert_eq!(
        members(&shown),
        [
            "Arn",
            "Constraints",
            "ContactFlowId",
            "CreatedTime",
            "Fields",
            "Id",
            "InstanceId",
            "LastModifiedTime",
            "Name",
            "Status"
        ]
    );
    assert_eq!(members(&shown["Constraints"]), ["RequiredFields"]);
    assert_eq!(shown["Fields"][8], json!({"Id": {"Name": "Order id"}, "Type": "TEXT"}));
}

#[test]
fn r1_2_4_order_is_kept() {
    let body = full();
    let shown = answer(&template(&body));
    assert_eq!(shown["Fields"], body["Fields"]);
    assert_eq!(shown["Constraints"], body["Constraints"]);
    assert_eq!(shown["Defaults"], body["Defaults"]);
}

#[test]
fn r0_13_answers_carry_bare_ids() {
    let shown = answer(&template(&full()));
    assert_eq!(shown["ContactFlowId"], json!(F1));
    assert_eq!(shown["SelfAssignFlowId"], json!(F1));
    assert_eq!(shown["ContactHooks"], json!({"WrapUpFlowId": "m1"}));
    assert_eq!(template(&put("/ContactFlowId", json!(format!("{F1}:$LATEST")))).contact_flow_id.as_deref(), Some(F1));
}

#[test]
fn r0_10_absent_members_are_never_null() {
    for body in [base(), full(), without("/Defaults")] {
        assert!(!answer(&template(&body)).to_string().contains("null"));
    }
}

#[test]
fn r2_1_2_names_are_kept_verbatim() {
    assert_eq!(template(&put("/Name", json!("  Näme  "))).name, "  Näme  ");
}

#[test]
fn r1_3_1_summaries() {
    let shown: Value =
        serde_json::from_str(&wire::to_stored(&summary(&template(&full()), scope(), ID, STAMPS))).unwrap();
    assert_eq!(members(&shown), ["Arn", "CreatedTime", "Description", "Id", "LastModifiedTime", "Name", "Status"]);
    let plain: Value =
        serde_json::from_str(&wire::to_stored(&summary(&template(&base()), scope(), ID, STAMPS))).unwrap();
    assert_eq!(members(&plain), ["Arn", "CreatedTime", "Id", "LastModifiedTime", "Name", "Status"]);
}

#[test]
fn r1_4_1_update_answers_like_get() {
    let template = template(&full());
    let updated: Value =
        serde_json::from_str(&wire::to_stored(&update_output(template.clone(), scope(), ID, STAMPS))).unwrap();
    assert_eq!(updated, answer(&template));
}

#[test]
fn r1_4_2_required_in_an_update() {
    for (member, path) in [("Name", "Name"), ("Constraints", "Constraints"), ("Status", "Status"), ("Fields", "Fields")]
    {
        assert_eq!(found(&update_problems(&without(&format!("/{member}")))), [(path, MISSING)]);
    }
    assert_eq!(found(&update_problems(&without("/ContactFlowId"))), [("ContactFlowId", MISSING)]);
}

#[test]
fn r1_4_3_omitted_members_are_removed() {
    let (content, _) = decoded(Purpose::Update, &without("/Defaults"));
    let template = normalise(&content, scope());
    assert_eq!(template.description, None);
    assert_eq!(template.self_assign_flow_id, None);
    assert_eq!(template.wrap_up_flow_id, None);
    assert!(template.default_values.is_empty());
}

#[test]
fn r3_3_no_version_means_the_latest() {
    assert_eq!(parse_snapshot_version(None), Ok(None));
    assert_eq!(parse_snapshot_version(Some("")), Ok(None));
}

#[test]
fn r3_4_version_syntax() {
    for (text, version) in [("1", 1), ("10", 10), ("2147483648", 2_147_483_648), ("9999999999", 9_999_999_999)] {
        assert_eq!(parse_snapshot_version(Some(text)), Ok(Some(version)));
    }
    for text in ["0", "01", "00", "-1", "+1", " 1", "1.0", "1e3", "abc", "١", "10000000000", "latest"] {
        assert_eq!(parse_snapshot_version(Some(text)), Err(BadVersion), "{text}");
    }
    assert!(BadVersion.to_string().contains("SnapshotVersion"));
}

#[test]
fn stored_templates_come_back() {
    for body in [base(), full(), without("/Fields/8/Type")] {
        let template = template(&body);
        assert_eq!(Template::from_json(template.to_json().as_bytes()), Ok(template));
    }
    for broken in ["", "{", "[]", "{}", r#"{"Name":5}"#] {
        assert!(Template::from_json(broken.as_bytes()).is_err(), "{broken}");
    }
}

/// What was answered can be sent again as it is, and changes nothing.
#[test]
fn r1_2_3_answers_are_stable() {
    let first = template(&full());
    let shown = answer(&first);
    let again = template(&shown);
    assert_eq!(answer(&again), shown);
    assert_eq!(again, first);
}
