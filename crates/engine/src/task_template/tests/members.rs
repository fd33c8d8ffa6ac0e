//! Rules 2.1 and 2.3: names, descriptions, status, flows.

use super::*;

#[test]
fn r2_1_1_name_is_required() {
    refused(&without("/Name"), &[("Name", MISSING)]);
    refused(&put("/Name", json!(null)), &[("Name", MISSING)]);
}

#[test]
fn r2_1_2_name_length_and_blank() {
    for bad in ["", " ", "\u{2003}\u{a0}", &"n".repeat(101)] {
        refused(&put("/Name", json!(bad)), &[("Name", INVALID)]);
    }
    for good in ["n", " n ", &"n".repeat(100), &"é".repeat(100), &"🎫".repeat(100)] {
        accepted(&put("/Name", json!(good)));
    }
    let text = message_of(&put("/Name", json!("n".repeat(101))));
    assert_eq!(text, "the name must be 1 to 100 characters, it has 101.");
}

#[test]
fn r2_1_3_name_is_unique() {
    let references = References { name_taken: true, ..known() };
    let problems = problems_with(Purpose::Create, &base(), &references);
    assert_eq!(found(&problems), [("Name", TAKEN)]);
    assert!(problems[0].message.contains("\"Refund request\""));
    // A name that cannot be stored cannot be taken.
    let blank = put("/Name", json!(" "));
    assert_eq!(found(&problems_with(Purpose::Create, &blank, &references)), [("Name", INVALID)]);
}

#[test]
fn r2_1_3_only_usable_names_are_looked_up() {
    let wanted = |body: &Value| references(&decoded(Purpose::Update, body).0, scope()).name;
    assert_eq!(wanted(&base()).as_deref(), Some("Refund request"));
    for name in [json!(null), json!(""), json!("  "), json!("a\u{0}b"), json!("n".repeat(101))] {
        assert_eq!(wanted(&put("/Name", name)), None);
    }
}

#[test]
fn r2_1_4_description_length() {
    refused(&put("/Description", json!("")), &[("Description", INVALID)]);
    refused(&put("/Description", json!("d".repeat(256))), &[("Description", INVALID)]);
    accepted(&put("/Description", json!("d".repeat(255))));
    accepted(&put("/Description", json!("ü".repeat(255))));
    accepted(&put("/Description", json!(null)));
}

#[test]
fn r2_1_5_status_values() {
    for bad in ["active", "", "ON", " ACTIVE"] {
        refused(&put("/Status", json!(bad)), &[("Status", INVALID)]);
    }
    for good in ["ACTIVE", "INACTIVE"] {
        accepted(&put("/Status", json!(good)));
    }
    assert!(message_of(&put("/Status", json!("ON"))).contains("ACTIVE, INACTIVE"));
}

#[test]
fn r2_1_6_flow_id_length_and_empty() {
    for member in ["ContactFlowId", "SelfAssignFlowId"] {
        refused(&put(&format!("/{member}"), json!("f".repeat(501))), &[(member, INVALID)]);
        refused(&put(&format!("/{member}"), json!("f".repeat(500))), &[(member, UNKNOWN)]);
    }
    accepted(&put("/SelfAssignFlowId", json!("")));
}

#[test]
fn r2_1_7_wrap_up_module() {
    accepted(&put("/ContactHooks", json!({})));
    accepted(&put("/ContactHooks", json!({"WrapUpFlowId": null})));
    accepted(&put("/ContactHooks", json!({"WrapUpFlowId": "m1"})));
    for bad in ["", &"m".repeat(257)] {
        refused(&put("/ContactHooks", json!({"WrapUpFlowId": bad})), &[("ContactHooks.WrapUpFlowId", INVALID)]);
    }
    refused(&put("/ContactHooks", json!({"WrapUpFlowId": "m".repeat(256)})), &[("ContactHooks.WrapUpFlowId", UNKNOWN)]);
}

#[test]
fn r2_1_8_control_characters() {
    for control in ["\u{0}", "\u{7}", "\u{1b}", "\u{7f}", "\u{85}"] {
        let text = format!("a{control}b");
        refused(&put("/Name", json!(text)), &[("Name", INVALID)]);
        refused(&put("/Description", json!(text)), &[("Description", INVALID)]);
        refused(&put("/Fields/9/Id/Name", json!(text)), &[("Fields[9].Id.Name", INVALID)]);
        refused(&put("/Fields/9/Description", json!(text)), &[("Fields[9].Description", INVALID)]);
        refused(&put("/Fields/3/SingleSelectOptions/1", json!(text)), &[("Fields[3].SingleSelectOptions[1]", INVALID)]);
        refused(&defaults(&[("Notes", &text)]), &[("Defaults.DefaultFieldValues[0].DefaultValue", INVALID)]);
    }
    for allowed in ["\t", "\n", "\r"] {
        let text = format!("a{allowed}b");
        refused(&put("/Name", json!(text)), &[("Name", INVALID)]);
        refused(&put("/Fields/9/Id/Name", json!(text)), &[("Fields[9].Id.Name", INVALID)]);
        refused(&put("/Fields/3/SingleSelectOptions/1", json!(text)), &[("Fields[3].SingleSelectOptions[1]", INVALID)]);
        accepted(&put("/Description", json!(text)));
        accepted(&put("/Fields/9/Description", json!(text)));
        accepted(&defaults(&[("Notes", &text)]));
    }
}

#[test]
fn r2_3_1_flow_or_quick_connect_field() {
    refused(&without("/ContactFlowId"), &[("ContactFlowId", MISSING)]);
    refused(&put("/ContactFlowId", json!("")), &[("ContactFlowId", MISSING)]);
    let mut body = without("/ContactFlowId");
    set(&mut body, "/Fields/-", json!({"Id": {"Name": "To"}, "Type": "QUICK_CONNECT"}));
    accepted(&body);
    set(&mut body, "/ContactFlowId", json!(""));
    accepted(&body);
}

#[test]
fn r2_3_2_flow_and_quick_connect_field() {
    accepted(&put("/Fields/-", json!({"Id": {"Name": "To"}, "Type": "QUICK_CONNECT"})));
}

#[test]
fn r2_3_3_flow_exists() {
    for (text, hint) in [
        ("nowhere", "no flow \"nowhere\""),
        ("a b", "not the id of a flow"),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i-1/queue/q", "names a resource of kind queue"),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i-2/contact-flow/f", "another instance, account or region"),
        ("arn:aws:connect:us-east-1:111122223333:instance/i-1/contact-flow/f", "another instance, account or region"),
        ("arn:aws:connect:us-east-1", "the ARN of a flow is needed"),
        ("f1111111-1111-4111-8111-111111111111:7", "no flow"),
        (":$LATEST", "no"),
    ] {
        let body = put("/ContactFlowId", json!(text));
        refused(&body, &[("ContactFlowId", UNKNOWN)]);
        assert!(message_of(&body).contains(hint), "{text}: {}", message_of(&body));
    }
}

#[test]
fn r2_3_3_flows_may_be_given_as_arn_and_with_qualifier() {
    let arn = scope().arn(Kind::Flow, F1);
    for text in [F1.to_owned(), arn.clone(), format!("{F1}:$LATEST"), format!("{arn}:$LATEST")] {
        let body = put("/ContactFlowId", json!(text));
        accepted(&body);
        let wanted = references(&decoded(Purpose::Create, &body).0, scope());
        assert_eq!(wanted.flows, BTreeSet::from([F1.to_owned()]));
    }
    refused(&put("/ContactFlowId", json!(format!("{F1}:$SAVED"))), &[("ContactFlowId", UNSUPPORTED)]);
    let versioned = put("/ContactFlowId", json!(format!("{F1}:3")));
    let wanted = references(&decoded(Purpose::Create, &versioned).0, scope());
    assert_eq!(wanted.flows, BTreeSet::from([format!("{F1}:3")]));
}

#[test]
fn r2_3_4_self_assign_flow_exists() {
    refused(&put("/SelfAssignFlowId", json!("nowhere")), &[("SelfAssignFlowId", UNKNOWN)]);
    accepted(&put("/SelfAssignFlowId", json!(F1)));
}

#[test]
fn r2_3_5_flow_is_published_and_not_archived() {
    for id in ["draft", "archived"] {
        for member in ["ContactFlowId", "SelfAssignFlowId"] {
            refused(&put(&format!("/{member}"), json!(id)), &[(member, UNSUPPORTED)]);
        }
    }
    assert!(message_of(&put("/ContactFlowId", json!("draft"))).contains("is not published"));
    assert!(message_of(&put("/ContactFlowId", json!("archived"))).contains("is archived"));
}

#[test]
fn r2_3_6_flow_types() {
    for id in ["whisper", "hold"] {
        refused(&put("/ContactFlowId", json!(id)), &[("ContactFlowId", UNSUPPORTED)]);
        refused(&put("/SelfAssignFlowId", json!(id)), &[("SelfAssignFlowId", UNSUPPORTED)]);
    }
    for id in [F1, "transfer", "queue-transfer"] {
        accepted(&put("/ContactFlowId", json!(id)));
        accepted(&put("/SelfAssignFlowId", json!(id)));
    }
    assert!(message_of(&put("/ContactFlowId", json!("whisper"))).contains("AGENT_WHISPER"));
}

#[test]
fn r2_3_7_wrap_up_names_a_module() {
    for text in [F1.to_owned(), "m9".to_owned(), scope().arn(Kind::Flow, "m1"), "a b".to_owned()] {
        refused(&put("/ContactHooks", json!({"WrapUpFlowId": text})), &[("ContactHooks.WrapUpFlowId", UNKNOWN)]);
    }
    let arn = scope().arn(Kind::FlowModule, "m1");
    let body = put("/ContactHooks", json!({"WrapUpFlowId": arn}));
    accepted(&body);
    assert_eq!(references(&decoded(Purpose::Create, &body).0, scope()).modules, BTreeSet::from(["m1".to_owned()]));
    refused(&put("/ContactHooks", json!({"WrapUpFlowId": "m1:$SAVED"})), &[("ContactHooks.WrapUpFlowId", UNSUPPORTED)]);
}

#[test]
fn r2_3_8_self_assign_flow_and_field_are_independent() {
    accepted(&put("/SelfAssignFlowId", json!(F1)));
    accepted(&put("/Fields/-", json!({"Id": {"Name": "Self"}, "Type": "SELF_ASSIGN"})));
}

#[test]
fn r2_3_9_self_assign_with_quick_connect_and_no_flow() {
    let mut body = put("/SelfAssignFlowId", json!(F1));
    remove(&mut body, "/ContactFlowId");
    set(&mut body, "/Fields/-", json!({"Id": {"Name": "Self assign"}, "Type": "SELF_ASSIGN"}));
    set(&mut body, "/Fields/-", json!({"Id": {"Name": "Assign to"}, "Type": "QUICK_CONNECT"}));
    accepted(&body);
}
