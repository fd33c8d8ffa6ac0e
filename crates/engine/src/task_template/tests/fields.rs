//! Rules 2.2.1–2.2.9, 2.6 and 2.7: fields, options, limits.

use super::*;
use wire::shapes::TaskTemplateFieldType;

#[test]
fn r2_2_1_fields_are_required() {
    refused(&put("/Fields", json!([])), &[("Fields", MISSING)]);
    refused(&put("/Fields", json!(null)), &[("Fields", MISSING)]);
}

#[test]
fn r2_2_2_a_name_field_is_required() {
    refused(&put("/Fields/0/Type", json!("TEXT")), &[("Fields", MISSING)]);
    refused(&without("/Fields/0/Type"), &[("Fields", MISSING)]);
}

#[test]
fn r2_2_3_only_one_name_field() {
    let mut body = put("/Fields/1/Type", json!("NAME"));
    refused(&body, &[("Fields[1].Type", TWICE)]);
    set(&mut body, "/Fields/9/Type", json!("NAME"));
    refused(&body, &[("Fields[1].Type", TWICE), ("Fields[9].Type", TWICE)]);
    assert!(problems(&body)[0].message.contains("NAME"));
}

#[test]
fn r2_2_4_system_fields_once_each() {
    for field_type in ["SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"] {
        let mut body = put("/Fields/-", json!({"Id": {"Name": "A"}, "Type": field_type}));
        accepted(&body);
        set(&mut body, "/Fields/-", json!({"Id": {"Name": "B"}, "Type": field_type}));
        refused(&body, &[("Fields[11].Type", TWICE)]);
    }
    refused(&put("/Fields/9/Type", json!("DESCRIPTION")), &[("Fields[9].Type", TWICE)]);
}

#[test]
fn r2_2_5_field_name_is_required() {
    for id in [json!({}), json!({"Name": null}), json!(null)] {
        refused(&put("/Fields/2/Id", id), &[("Fields[2].Id.Name", MISSING)]);
    }
    refused(&without("/Fields/2/Id"), &[("Fields[2].Id.Name", MISSING)]);
    // The nameless NAME field is reported once, not again for the list that cannot name it.
    let mut body = put("/Fields/0/Id", json!({}));
    set(&mut body, "/Constraints/RequiredFields", ids(&["Order id"]));
    refused(&body, &[("Fields[0].Id.Name", MISSING)]);
}

#[test]
fn r2_2_6_field_name_length_and_blank() {
    for bad in ["", " ", "\u{3000}", &"n".repeat(101)] {
        refused(&put("/Fields/2/Id/Name", json!(bad)), &[("Fields[2].Id.Name", INVALID)]);
    }
    for good in ["x", " x", &"字".repeat(100)] {
        accepted(&put("/Fields/2/Id/Name", json!(good)));
    }
}

#[test]
fn r2_2_7_field_names_are_unique() {
    let mut body = put("/Fields/-", json!({"Id": {"Name": "Amount"}, "Type": "TEXT"}));
    set(&mut body, "/Fields/-", json!({"Id": {"Name": "Amount"}, "Type": "URL"}));
    refused(&body, &[("Fields[10].Id.Name", TWICE), ("Fields[11].Id.Name", TWICE)]);
    accepted(&put("/Fields/-", json!({"Id": {"Name": "amount"}, "Type": "NUMBER"})));
    accepted(&put("/Fields/-", json!({"Id": {"Name": "Amount "}, "Type": "NUMBER"})));
}

#[test]
fn r2_2_8_field_description_length() {
    for bad in ["", &"d".repeat(256)] {
        refused(&put("/Fields/2/Description", json!(bad)), &[("Fields[2].Description", INVALID)]);
    }
    accepted(&put("/Fields/2/Description", json!("d".repeat(255))));
}

#[test]
fn r2_2_9_field_types() {
    for bad in ["PHONE", "text", "", "Text"] {
        refused(&put("/Fields/9/Type", json!(bad)), &[("Fields[9].Type", INVALID)]);
    }
    let phone = message_of(&put("/Fields/9/Type", json!("PHONE")));
    assert_eq!(TaskTemplateFieldType::ALL_VALUES.len(), 14);
    assert!(TaskTemplateFieldType::ALL_VALUES.iter().all(|value| phone.contains(value)), "{phone}");
    assert!(message_of(&put("/Fields/9/Type", json!("text"))).contains("must be written TEXT"));
    accepted(&without("/Fields/8/Type"));
    let (content, _) = decoded(Purpose::Create, &without("/Fields/8/Type"));
    assert_eq!(normalise(&content, scope()).fields[8].r#type, Some(TaskTemplateFieldType::Text));
}

#[test]
fn r2_6_1_single_select_needs_options() {
    let mut body = put("/Fields/3/SingleSelectOptions", json!([]));
    refused(&body, &[("Fields[3].SingleSelectOptions", MISSING)]);
    remove(&mut body, "/Fields/3/SingleSelectOptions");
    refused(&body, &[("Fields[3].SingleSelectOptions", MISSING)]);
    accepted(&put("/Fields/3/SingleSelectOptions", json!(["Other"])));
}

#[test]
fn r2_6_2_option_length_and_blank() {
    for bad in ["", "  ", "\u{a0}", &"o".repeat(101)] {
        let body = put("/Fields/3/SingleSelectOptions/1", json!(bad));
        refused(&body, &[("Fields[3].SingleSelectOptions[1]", INVALID)]);
    }
    accepted(&put("/Fields/3/SingleSelectOptions/1", json!("ö".repeat(100))));
    let two = put("/Fields/3/SingleSelectOptions", json!(["", "Other", " "]));
    refused(&two, &[("Fields[3].SingleSelectOptions[0]", INVALID), ("Fields[3].SingleSelectOptions[2]", INVALID)]);
}

#[test]
fn r2_6_3_options_are_unique() {
    let body = put("/Fields/3/SingleSelectOptions", json!(["Other", "Late", "Other", "Late"]));
    refused(&body, &[("Fields[3].SingleSelectOptions[2]", TWICE), ("Fields[3].SingleSelectOptions[3]", TWICE)]);
    assert_eq!(problems(&body)[0].message, "option \"Other\" is listed twice.");
    accepted(&put("/Fields/3/SingleSelectOptions", json!(["Other", "other", "OTHER", "Other "])));
}

#[test]
fn r2_6_4_number_of_options() {
    let options =
        |count: usize| json!((1..count).map(|n| format!("o{n}")).chain(["Other".to_owned()]).collect::<Vec<_>>());
    refused(&put("/Fields/3/SingleSelectOptions", options(51)), &[("Fields[3].SingleSelectOptions", INVALID)]);
    refused(&put("/Fields/3/SingleSelectOptions", options(5000)), &[("Fields[3].SingleSelectOptions", INVALID)]);
    accepted(&put("/Fields/3/SingleSelectOptions", options(50)));
}

#[test]
fn r2_6_5_any_printable_characters() {
    let options = ["Rock 'n' Roll (50/50) #1", "¿Qué?", "日本語", "🎉", "\"quoted\" \\", "-", "Other"];
    accepted(&put("/Fields/3/SingleSelectOptions", json!(options)));
}

#[test]
fn r2_6_6_options_on_other_types() {
    for field_type in TaskTemplateFieldType::ALL_VALUES
        .iter()
        .filter(|value| !["NAME", "DESCRIPTION", "SINGLE_SELECT"].contains(value))
    {
        let body = put("/Fields/-", json!({"Id": {"Name": "X"}, "Type": field_type, "SingleSelectOptions": ["a"]}));
        refused(&body, &[("Fields[10].SingleSelectOptions", UNSUPPORTED)]);
    }
    refused(&put("/Fields/0/SingleSelectOptions", json!(["a"])), &[("Fields[0].SingleSelectOptions", UNSUPPORTED)]);
    let typeless = put("/Fields/-", json!({"Id": {"Name": "X"}, "SingleSelectOptions": ["a"]}));
    refused(&typeless, &[("Fields[10].SingleSelectOptions", UNSUPPORTED)]);
    // Of a field whose type is unknown, options are not reported as out of place.
    refused(&put("/Fields/3/Type", json!("SELECT")), &[("Fields[3].Type", INVALID)]);
}

#[test]
fn r2_6_7_empty_options_on_other_types() {
    let body = put("/Fields/8/SingleSelectOptions", json!([]));
    accepted(&body);
    let template = normalise(&decoded(Purpose::Create, &body).0, scope());
    assert_eq!(template.fields[8].single_select_options, None);
    assert!(!template.to_json().contains("\"SingleSelectOptions\":[]"));
}

#[test]
fn r2_7_2_custom_fields_count_and_system_fields_do_not() {
    let (content, _) = decoded(Purpose::Create, &base());
    assert_eq!(custom_fields(&content), 8);
    let (content, _) = decoded(Purpose::Create, &put("/Fields/-", json!({"Id": {"Name": "X"}})));
    assert_eq!(custom_fields(&content), 9);
    let (content, _) =
        decoded(Purpose::Create, &put("/Fields/-", json!({"Id": {"Name": "X"}, "Type": "EXPIRY_DURATION"})));
    assert_eq!(custom_fields(&content), 8);
    assert_eq!(DEFAULT_CUSTOM_FIELDS, 50);
}

#[test]
fn r2_7_3_list_limits() {
    let grown = |count: usize| {
        with(|body| {
            for n in 10..count {
                set(body, "/Fields/-", json!({"Id": {"Name": format!("f{n}")}, "Type": "TEXT"}));
            }
        })
    };
    accepted(&grown(56));
    refused(&grown(57), &[("Fields", INVALID)]);
    let names: Vec<String> = (10..56).map(|n| format!("f{n}")).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).chain(["Task name", "Order id"]).collect();
    for list in ["RequiredFields", "ReadOnlyFields", "InvisibleFields"] {
        let mut body = grown(56);
        let many: Vec<&str> = all.iter().copied().cycle().take(57).collect();
        set(&mut body, &format!("/Constraints/{list}"), ids(&many));
        let path = format!("Constraints.{list}");
        assert!(found(&problems(&body)).contains(&(path.as_str(), INVALID)), "{list}");
    }
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("Order id", "x"), 57).collect();
    assert!(found(&problems(&defaults(&many))).contains(&("Defaults.DefaultFieldValues", INVALID)));
}

/// The number of entries, and with it the work and the answer, does not grow with the request.
#[test]
fn r2_7_3_long_lists_are_said_once() {
    let body = put("/Fields", (0..3000).map(|_| json!({})).collect());
    let problems = problems(&body);
    assert!(problems.len() < 70, "{}", problems.len());
    let of_the_list: Vec<(&str, &str)> = found(&problems).into_iter().filter(|(path, _)| *path == "Fields").collect();
    assert_eq!(of_the_list, [("Fields", INVALID), ("Fields", MISSING)]);
}
