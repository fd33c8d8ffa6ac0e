//! Rules 2.2.10–2.2.18 and 2.5: constraints and defaults.

use super::*;

const LISTS: [&str; 3] = ["RequiredFields", "ReadOnlyFields", "InvisibleFields"];

#[test]
fn r2_2_10_constraints_are_required() {
    refused(&without("/Constraints"), &[("Constraints", MISSING)]);
    refused(&put("/Constraints", json!(null)), &[("Constraints", MISSING)]);
    let no_fields = with(|body| {
        remove(body, "/Constraints");
        remove(body, "/Fields");
    });
    refused(&no_fields, &[("Constraints", MISSING), ("Fields", MISSING)]);
}

#[test]
fn r2_2_11_required_fields_are_required() {
    for constraints in [json!({}), json!({"RequiredFields": []}), json!({"ReadOnlyFields": []})] {
        refused(&put("/Constraints", constraints), &[("Constraints.RequiredFields", MISSING)]);
    }
}

#[test]
fn r2_2_12_name_field_is_required() {
    let body = put("/Constraints/RequiredFields", ids(&["Order id", "Amount"]));
    refused(&body, &[("Constraints.RequiredFields", MISSING)]);
    assert!(message_of(&body).contains("\"Task name\""));
    accepted(&put("/Constraints/RequiredFields", ids(&["Order id", "Task name"])));
}

#[test]
fn r2_2_13_entries_have_names() {
    for list in LISTS {
        let path = format!("Constraints.{list}[1].Id.Name");
        for entry in [json!({}), json!({"Id": {}}), json!({"Id": null}), json!({"Id": {"Name": null}})] {
            let body = put(&format!("/Constraints/{list}"), json!([{"Id": {"Name": "Task name"}}, entry]));
            let problems = problems(&body);
            let paths = found(&problems);
            assert!(paths.contains(&(path.as_str(), MISSING)), "{list} {paths:?}");
        }
    }
    refused(&put("/Constraints/RequiredFields/1", json!({})), &[("Constraints.RequiredFields[1].Id.Name", MISSING)]);
}

#[test]
fn r2_2_13_names_obey_the_model() {
    for name in ["", &"n".repeat(101)] {
        let body = put("/Constraints/RequiredFields/1", json!({"Id": {"Name": name}}));
        refused(&body, &[("Constraints.RequiredFields[1].Id.Name", INVALID)]);
    }
}

#[test]
fn r2_2_14_constraint_names_a_field() {
    for list in LISTS {
        let entry = json!({"Id": {"Name": "Nope"}});
        let body = with(|body| {
            set(body, &format!("/Constraints/{list}"), json!([entry]));
            if list == "RequiredFields" {
                set(body, "/Constraints/RequiredFields/-", json!({"Id": {"Name": "Task name"}}));
            }
        });
        refused(&body, &[(&format!("Constraints.{list}[0].Id.Name"), UNKNOWN)]);
    }
}

#[test]
fn r2_2_15_no_field_twice_in_one_list() {
    for list in &LISTS[1..] {
        let body = put(&format!("/Constraints/{list}"), ids(&["Notes", "Amount", "Notes", "Notes"]));
        let (second, third) = (format!("Constraints.{list}[2].Id.Name"), format!("Constraints.{list}[3].Id.Name"));
        refused(&body, &[(&second, TWICE), (&third, TWICE)]);
    }
    let mut both = put("/Constraints/ReadOnlyFields", ids(&["Notes"]));
    set(&mut both, "/Constraints/InvisibleFields", ids(&["Notes"]));
    accepted(&both);
}

/// The base request with "Order id" in a list and a default for it.
fn constrained(list: &str, default: Option<&str>) -> Value {
    with(|body| {
        set(body, &format!("/Constraints/{list}"), ids(&["Order id"]));
        if let Some(value) = default {
            set(body, "/Defaults/DefaultFieldValues/-", json!({"Id": {"Name": "Order id"}, "DefaultValue": value}));
        }
    })
}

#[test]
fn r2_2_16_required_and_invisible_needs_a_default() {
    let path = "Constraints.InvisibleFields[0].Id.Name";
    refused(&constrained("InvisibleFields", None), &[(path, MISSING)]);
    refused(&constrained("InvisibleFields", Some("")), &[(path, MISSING)]);
    accepted(&constrained("InvisibleFields", Some("A")));
    assert!(message_of(&constrained("InvisibleFields", None)).contains("invisible"));
}

#[test]
fn r2_2_17_required_and_read_only_needs_a_default() {
    let path = "Constraints.ReadOnlyFields[0].Id.Name";
    refused(&constrained("ReadOnlyFields", None), &[(path, MISSING)]);
    refused(&constrained("ReadOnlyFields", Some("")), &[(path, MISSING)]);
    accepted(&constrained("ReadOnlyFields", Some("A")));
    let mut both = constrained("ReadOnlyFields", None);
    set(&mut both, "/Constraints/InvisibleFields", ids(&["Notes", "Order id"]));
    refused(&both, &[(path, MISSING), ("Constraints.InvisibleFields[1].Id.Name", MISSING)]);
}

#[test]
fn r2_2_17_the_name_field_too() {
    let mut body = put("/Constraints/ReadOnlyFields", ids(&["Task name"]));
    refused(&body, &[("Constraints.ReadOnlyFields[0].Id.Name", MISSING)]);
    set(&mut body, "/Defaults/DefaultFieldValues/-", json!({"Id": {"Name": "Task name"}, "DefaultValue": "Refund"}));
    accepted(&body);
}

#[test]
fn r2_2_18_optional_fields_need_no_default() {
    accepted(&put("/Constraints/ReadOnlyFields", ids(&["Notes"])));
    accepted(&put("/Constraints/InvisibleFields", ids(&["Notes"])));
    accepted(&put("/Constraints/ReadOnlyFields", json!([])));
}

const D0: &str = "Defaults.DefaultFieldValues[0].DefaultValue";
const N0: &str = "Defaults.DefaultFieldValues[0].Id.Name";

fn one_default(entry: &Value) -> Value {
    put("/Defaults", json!({"DefaultFieldValues": [entry]}))
}

#[test]
fn r2_5_1_default_has_a_name() {
    for id in [json!(null), json!({}), json!({"Name": null})] {
        refused(&one_default(&json!({"Id": id, "DefaultValue": "x"})), &[(N0, MISSING)]);
    }
    refused(&one_default(&json!({})), &[(N0, MISSING), (D0, MISSING)]);
    refused(&one_default(&json!({"Id": {"Name": ""}, "DefaultValue": "x"})), &[(N0, INVALID)]);
}

#[test]
fn r2_5_2_default_names_a_field() {
    refused(&defaults(&[("Nope", "x")]), &[(N0, UNKNOWN)]);
    refused(&defaults(&[("reason", "Other")]), &[(N0, UNKNOWN)]);
}

#[test]
fn r2_5_3_one_default_per_field() {
    let body = defaults(&[("Reason", "Other"), ("Amount", "1"), ("Reason", "Late"), ("Amount", "x")]);
    refused(
        &body,
        &[
            ("Defaults.DefaultFieldValues[2].Id.Name", TWICE),
            ("Defaults.DefaultFieldValues[3].Id.Name", TWICE),
            ("Defaults.DefaultFieldValues[3].DefaultValue", INVALID),
        ],
    );
}

#[test]
fn r2_5_4_default_has_a_value() {
    refused(&one_default(&json!({"Id": {"Name": "Reason"}})), &[(D0, MISSING)]);
    refused(&one_default(&json!({"Id": {"Name": "Reason"}, "DefaultValue": null})), &[(D0, MISSING)]);
    // A forgotten value is reported once, not again for the list that wants one.
    let mut body = one_default(&json!({"Id": {"Name": "Order id"}}));
    set(&mut body, "/Constraints/ReadOnlyFields", ids(&["Order id"]));
    refused(&body, &[(D0, MISSING)]);
}

#[test]
fn r2_5_5_default_length() {
    for field in ["Notes", "Nope", "Order URL"] {
        let body = defaults(&[(field, &"x".repeat(4097))]);
        assert!(found(&problems(&body)).contains(&(D0, INVALID)), "{field}");
    }
    accepted(&defaults(&[("Description", &"ü".repeat(4096))]));
}

#[test]
fn r2_5_6_default_fits_the_type() {
    for (field, value, part) in [
        ("Reason", "Lost", "\"Damaged\", \"Late\", \"Other\""),
        ("Reason", "other", "exactly as written"),
        ("Amount", "ten", "must be a number"),
        ("Amount", "12,50", "decimal point"),
        ("Order URL", "example.com", "http or https"),
        ("Approved", "yes", "\"true\" or \"false\""),
        ("Customer email", "a b@c.d", "name@example.com"),
        ("Due", "1767225600000", "milliseconds"),
        ("Due", "2026-01-01", "ISO 8601"),
        ("Due", "tomorrow", "epoch seconds"),
    ] {
        let body = defaults(&[(field, value)]);
        refused(&body, &[(D0, INVALID)]);
        let text = message_of(&body);
        assert!(text.contains(part) && text.contains(&format!("\"{field}\"")), "{text}");
    }
}

#[test]
fn r2_5_6_no_value_checks_on_unusable_fields() {
    let mut unknown_type = defaults(&[("Amount", "ten")]);
    set(&mut unknown_type, "/Fields/2/Type", json!("MONEY"));
    refused(&unknown_type, &[("Fields[2].Type", INVALID)]);
    let mut bad_options = defaults(&[("Reason", "Lost")]);
    set(&mut bad_options, "/Fields/3/SingleSelectOptions", json!(["a", ""]));
    refused(&bad_options, &[("Fields[3].SingleSelectOptions[1]", INVALID)]);
}

#[test]
fn b148_a_list_with_an_option_twice_still_says_what_the_options_are() {
    for (value, more) in [("Lost", &[(D0, INVALID)][..]), ("a", &[])] {
        let mut twice = defaults(&[("Reason", value)]);
        set(&mut twice, "/Fields/3/SingleSelectOptions", json!(["a", "a"]));
        // In document order: defaults come before fields.
        refused(&twice, &[more, &[("Fields[3].SingleSelectOptions[1]", TWICE)]].concat());
    }
}

#[test]
fn r2_5_7_empty_defaults() {
    for field in ["Order id", "Notes", "Description"] {
        accepted(&defaults(&[(field, "")]));
    }
    for field in ["Task name", "Amount", "Reason", "Order URL", "Approved", "Customer email", "Due"] {
        refused(&defaults(&[(field, "")]), &[(D0, INVALID)]);
        assert!(message_of(&defaults(&[(field, "")])).contains("empty"));
    }
    for field_type in ["SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"] {
        let mut body = defaults(&[("X", "")]);
        set(&mut body, "/Fields/-", json!({"Id": {"Name": "X"}, "Type": field_type}));
        refused(&body, &[(D0, INVALID)]);
    }
}

#[test]
fn r2_5_8_quick_connect_default_exists() {
    let body = |value: &str| {
        let mut body = defaults(&[("To", value)]);
        set(&mut body, "/Fields/-", json!({"Id": {"Name": "To"}, "Type": "QUICK_CONNECT"}));
        body
    };
    let arn = scope().arn(Kind::QuickConnect, "q1");
    for good in ["q1", arn.as_str()] {
        accepted(&body(good));
        let wanted = references(&decoded(Purpose::Create, &body(good)).0, scope()).quick_connects;
        assert_eq!(wanted, BTreeSet::from(["q1".to_owned()]));
    }
    for unknown in ["q9", "arn:aws:connect:eu-west-2:111122223333:instance/i-2/transfer-destination/q1", "arn:q1"] {
        refused(&body(unknown), &[(D0, UNKNOWN)]);
    }
    for malformed in ["a b", &"q".repeat(501)] {
        refused(&body(malformed), &[(D0, INVALID)]);
    }
    // The default of another field is no reference.
    assert!(references(&decoded(Purpose::Create, &defaults(&[("Notes", "q1")])).0, scope()).quick_connects.is_empty());
}

#[test]
fn r2_5_9_default_on_an_optional_field() {
    accepted(&defaults(&[("Amount", "1"), ("Notes", "n"), ("Description", "d")]));
}

#[test]
fn r2_5_10_no_defaults() {
    for nothing in [json!({}), json!({"DefaultFieldValues": []}), json!({"DefaultFieldValues": null}), json!(null)] {
        let body = put("/Defaults", nothing);
        accepted(&body);
        let template = normalise(&decoded(Purpose::Create, &body).0, scope());
        assert!(!template.to_json().contains("Defaults"), "{}", template.to_json());
    }
}
