use super::*;
use crate::Timestamp;
use crate::check::{KEPT_VIOLATIONS, Target, Violation};
use crate::json::parse;
use crate::ops::*;
use crate::shapes::*;

/// Decodes a request with as many labels `i` as there are.
fn decoded_with<I: Input>(labels: &[&str], query: &str, body: &[u8]) -> Result<Checked<I>, BodyError> {
    decode(&Request { labels: &labels.iter().copied().collect(), query, body })
}

fn body<I: Input>(body: &str) -> Checked<I> {
    decoded_with(&["i", "t", "x"], "", body.as_bytes()).unwrap()
}

fn query<I: Input>(query: &str) -> Checked<I> {
    decoded_with(&["i", "t", "x"], query, b"").unwrap()
}

fn messages(violations: &Violations) -> Vec<String> {
    violations.iter().map(Violation::message).collect()
}

/// The messages about a body.
fn wrong<I: Input>(text: &str) -> Vec<String> {
    messages(&body::<I>(text).violations)
}

#[test]
fn a_sound_request_is_read_whole() {
    let checked = body::<CreateTaskTemplateInput>(
        r#"{"Name": "Caf\u00e9", "Fields": [{"Id": {"Name": "Name"}, "Type": "NAME"},
            {"Id": {"Name": "Kind"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["a", "b"], "Description": "d"}],
            "Status": "ACTIVE", "Constraints": {}, "Defaults": {"DefaultFieldValues": []}, "ClientToken": "tok-1"}"#,
    );
    assert_eq!(messages(&checked.violations), Vec::<String>::new());
    let input = checked.input;
    assert_eq!((input.instance_id.as_str(), input.name.as_str()), ("i", "Café"));
    assert_eq!(input.status, Some(TaskTemplateStatus::Active));
    assert_eq!(input.constraints, Some(TaskTemplateConstraints::default()));
    assert_eq!(input.defaults.unwrap().default_field_values, Some(vec![]));
    assert_eq!(input.fields.len(), 2);
    assert_eq!(input.fields[1].r#type, Some(TaskTemplateFieldType::SingleSelect));
    assert_eq!(input.fields[1].single_select_options, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!((input.description, input.client_token), (None, Some("tok-1".to_owned())));
}

#[test]
fn w1_5_2_an_empty_body_is_an_empty_object() {
    for text in ["", "{}", " {\n} "] {
        assert!(body::<UpdateTaskTemplateInput>(text).violations.is_empty());
    }
}

#[test]
fn w9_2_2_a_body_that_cannot_be_read_is_an_error() {
    let refused = |text: &str| decoded_with::<UpdateTaskTemplateInput>(&["i", "t"], "", text.as_bytes()).unwrap_err();
    for text in ["[]", "null", "5", "\"\""] {
        assert_eq!(refused(text), BodyError::NotAnObject);
    }
    assert_eq!(refused("[]").to_string(), "Invalid request body: expected an object at line 1 column 1");
    assert_eq!(refused("{\n\"a\"}").to_string(), "Invalid request body: expected `:` at line 2 column 4");
    assert_eq!(
        refused(r#"{"Name":"a","Name":"b"}"#).to_string(),
        "Invalid request body: duplicate key \"Name\" at line 1 column 18"
    );
}

#[test]
fn a_body_nobody_asked_for_is_not_looked_at() {
    let checked = decoded_with::<GetTaskTemplateInput>(&["i", "t"], "", b"{{{").unwrap();
    assert!(checked.violations.is_empty());
}

#[test]
fn w1_5_5_unknown_members_and_parameters_are_ignored() {
    assert!(wrong::<UpdateTaskTemplateInput>(r#"{"name": 5, "Colour": {"a": [null]}}"#).is_empty());
    assert!(query::<ListTaskTemplatesInput>("colour=red&%zz=1&&=&MaxResults=0").violations.is_empty());
}

#[test]
fn w1_5_3_null_is_absent() {
    let checked = body::<UpdateTaskTemplateInput>(
        r#"{"Name": null, "Fields": [null, {"Id": {"Name": null}, "SingleSelectOptions": [null, "a", null]}]}"#,
    );
    assert!(checked.violations.is_empty());
    assert_eq!(checked.input.name, None);
    let fields = checked.input.fields.unwrap();
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].single_select_options, Some(vec!["a".to_owned()]));
    assert_eq!(wrong::<CreateTaskTemplateInput>(r#"{"Name": null, "Fields": []}"#), ["Name is required"]);
    assert_eq!(wrong::<TagResourceInput>(r#"{"tags": {"a": null}}"#), ["tags must include at least 1 item"]);
}

#[test]
fn required_members_are_required() {
    let checked = body::<CreateTaskTemplateInput>("{}");
    assert_eq!(messages(&checked.violations), ["Name is required", "Fields is required"]);
    assert_eq!((checked.input.name.as_str(), checked.input.fields.len()), ("", 0));
    assert_eq!(
        wrong::<CreateTaskTemplateInput>(r#"{"Name":"n","Fields":[{"Id":{}},{}]}"#),
        ["Fields[1].Id is required"]
    );
    assert_eq!(wrong::<TagResourceInput>("{}"), ["tags is required"]);
    assert_eq!(
        wrong::<StartTaskContactInput>(r#"{"InstanceId":"i","Name":"","References":{"a \"b":{}}}"#),
        [r#"References["a \"b"].Type is required"#]
    );
}

#[test]
fn wrong_types_are_named_and_end_the_checks_below() {
    for (text, message) in [
        (r#"{"Name": 5}"#, "Name must be a string"),
        (r#"{"Name": {}}"#, "Name must be a string"),
        (r#"{"Status": true}"#, "Status must be a string"),
        (r#"{"Fields": {}}"#, "Fields must be a list"),
        (r#"{"Fields": ["x"]}"#, "Fields[0] must be an object"),
        (r#"{"Fields": [{"Id": "Name"}]}"#, "Fields[0].Id must be an object"),
        (r#"{"Fields": [{"Id": {"Name": ["x"]}}]}"#, "Fields[0].Id.Name must be a string"),
        (r#"{"Constraints": []}"#, "Constraints must be an object"),
    ] {
        assert_eq!(wrong::<UpdateTaskTemplateInput>(text), [message]);
    }
    let start = |member: &str| wrong::<StartTaskContactInput>(&format!(r#"{{"InstanceId":"i","Name":"n",{member}}}"#));
    assert_eq!(start(r#""ScheduledTime": "tomorrow""#), ["ScheduledTime must be a timestamp"]);
    assert_eq!(start(r#""References": []"#), ["References must be an object"]);
    assert_eq!(start(r#""Attributes": {"a": 1}"#), [r#"Attributes["a"] must be a string"#]);
    let queue = |value: &str| wrong::<UpdateQueueMaxContactsInput>(&format!(r#"{{"MaxContacts": {value}}}"#));
    assert_eq!(queue("\"5\""), ["MaxContacts must be an integer"]);
    assert_eq!(queue("5.5"), ["MaxContacts must be an integer"]);
    let instance = r#"{"IdentityManagementType":"SAML","InboundCallsEnabled":"true","OutboundCallsEnabled":false}"#;
    assert_eq!(wrong::<CreateInstanceInput>(instance), ["InboundCallsEnabled must be a boolean"]);
}

#[test]
fn a_bad_item_keeps_its_place() {
    let checked = body::<UpdateTaskTemplateInput>(r#"{"Fields": [{"Id":{"Name":"a"}}, 5, {"Id":{"Name":"c"}}]}"#);
    let fields = checked.input.fields.unwrap();
    assert_eq!(fields[1], TaskTemplateField::default());
    assert_eq!(fields[2].id.name.as_deref(), Some("c"));
}

#[test]
fn r0_11_lengths_count_characters() {
    let name = |text: &str| wrong::<UpdateTaskTemplateInput>(&format!("{{\"Name\": {text:?}}}"));
    for fits in ["a", "🚀", &"é".repeat(100), &"🚀".repeat(100)] {
        assert!(name(fits).is_empty(), "{fits}");
    }
    assert_eq!(name(""), ["Name must be at least 1 character"]);
    for long in ["a".repeat(101), "🚀".repeat(101)] {
        assert_eq!(name(&long), ["Name must be at most 100 characters"]);
    }
}

#[test]
fn sizes_are_checked() {
    let tags = |count: usize| {
        let tags: Vec<String> = (0..count).map(|at| format!("\"k{at}\":\"\"")).collect();
        wrong::<TagResourceInput>(&format!("{{\"tags\":{{{}}}}}", tags.join(",")))
    };
    assert_eq!(tags(0), ["tags must include at least 1 item"]);
    assert!(tags(1).is_empty());
    assert!(tags(50).is_empty());
    assert_eq!(tags(51), ["tags must include at most 50 items"]);
    let keys = |count: usize| messages(&query::<UntagResourceInput>(&vec!["tagKeys=a"; count].join("&")).violations);
    assert!(keys(50).is_empty());
    assert_eq!(keys(51), ["tagKeys must include at most 50 items"]);
}

#[test]
fn ranges_are_checked() {
    let queue = |value: &str| wrong::<UpdateQueueMaxContactsInput>(&format!(r#"{{"MaxContacts": {value}}}"#));
    for fits in ["0", "5.0", "1e3", "2147483647"] {
        assert!(queue(fits).is_empty(), "{fits}");
    }
    for outside in ["-1", "2147483648", "1e300", "18446744073709551615"] {
        assert_eq!(queue(outside), ["MaxContacts must be between 0 and 2147483647"], "{outside}");
    }
    let priority = |value: &str| wrong::<UpdateContactRoutingDataInput>(&format!(r#"{{"QueuePriority": {value}}}"#));
    assert!(priority("9223372036854775807").is_empty());
    for outside in ["0", "9223372036854775808"] {
        assert_eq!(priority(outside), ["QueuePriority must be between 1 and 9223372036854775807"]);
    }
    let proficiency = |value: &str| {
        let condition = format!(r#"{{"AttributeCondition":{{"Name":"a","ProficiencyLevel":{value}}}}}"#);
        let criteria = format!(r#"{{"RoutingCriteria":{{"Steps":[{{"Expression":{condition}}}]}}}}"#);
        wrong::<UpdateContactRoutingDataInput>(&criteria)
    };
    assert!(proficiency("1").is_empty());
    assert!(proficiency("5.0").is_empty());
    let path = "RoutingCriteria.Steps[0].Expression.AttributeCondition.ProficiencyLevel";
    assert_eq!(proficiency("5.1"), [format!("{path} must be between 1 and 5")]);
    assert_eq!(proficiency("\"5\""), [format!("{path} must be a number")]);
}

#[test]
fn enumerations_are_checked_and_kept() {
    let checked = body::<UpdateTaskTemplateInput>(r#"{"Status": "active", "Fields": [{"Id": {}, "Type": "RADIO"}]}"#);
    let messages = messages(&checked.violations);
    assert_eq!(messages[0], "Status must be one of [ACTIVE, INACTIVE]");
    assert!(
        messages[1].starts_with("Fields[0].Type must be one of [NAME, DESCRIPTION, SCHEDULED_TIME, QUICK_CONNECT,")
    );
    assert_eq!(checked.input.status, Some(TaskTemplateStatus::Unknown("active".to_owned())));
}

#[test]
fn r4_1_tag_keys_match_their_pattern() {
    let tag = |key: &str| wrong::<TagResourceInput>(&format!("{{\"tags\":{{{key:?}:\"v\"}}}}"));
    for fits in
        ["k/é+:=@", "team", "Kosten Stelle", "日本", "awsome", "xaws:", "a_b.c-d", &"🅰".repeat(0), &"é".repeat(128)]
    {
        assert!(tag(fits).is_empty() || fits.is_empty(), "{fits}");
    }
    for bad in ["aws:x", "a!", "a#b", "a\tb", "🚀"] {
        let shown = bad.replace('\t', "\\t");
        let reserved =
            if bad == "aws:x" { "keys that begin with aws: are reserved" } else { "it must match the pattern" };
        let [message] = &tag(bad)[..] else { panic!("{bad}") };
        assert!(message.starts_with(&format!("Tag key '{shown}' is invalid: {reserved}")), "{message}");
    }
    assert_eq!(tag(""), ["Tag key '' must be at least 1 character"]);
    let long = "é".repeat(129);
    assert!(tag(&long)[0].ends_with("must be at most 128 characters"));
    let value = format!("{{\"tags\":{{\"a b\":\"{}\"}}}}", "v".repeat(257));
    assert_eq!(wrong::<TagResourceInput>(&value), [r#"tags["a b"] must be at most 256 characters"#]);
}

#[test]
fn w9_2_3_all_violations_are_reported_in_model_order() {
    let checked = decoded_with::<CreateTaskTemplateInput>(
        &[""],
        "",
        r#"{"Fields": [{"Id": {"Name": ""}}, {"Type": "X", "Id": 1}], "Status": 1, "Description": ""}"#.as_bytes(),
    )
    .unwrap();
    let found: Vec<(MemberLocation, &str)> =
        checked.violations.iter().map(|one| (one.location, one.path.as_str())).collect();
    assert_eq!(
        found,
        [
            (MemberLocation::Uri, "InstanceId"),
            (MemberLocation::Body, "Name"),
            (MemberLocation::Body, "Description"),
            (MemberLocation::Body, "Status"),
            (MemberLocation::Body, "Fields[0].Id.Name"),
            (MemberLocation::Body, "Fields[1].Id"),
            (MemberLocation::Body, "Fields[1].Type"),
        ]
    );
    assert!(checked.violations.iter().all(|one| one.target == Target::Value));
}

#[test]
fn w9_2_3_values_are_never_repeated() {
    let secret = "s3cret-".repeat(40);
    let text = format!(
        r#"{{"InstanceId":"{secret}","Name":{{"{secret}":1}},"Description":["{secret}"],"TaskTemplateId":"{secret}{secret}{secret}",
            "ScheduledTime":"{secret}","References":{{"r":{{"Type":"{secret}"}}}}}}"#
    );
    let found = wrong::<StartTaskContactInput>(&text);
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(found.iter().all(|message| !message.contains("s3cret")), "{found:?}");
}

#[test]
fn many_violations_are_counted_and_not_kept() {
    let text = format!("{{\"Fields\":[{}]}}", vec!["1"; KEPT_VIOLATIONS + 300].join(","));
    let violations = body::<UpdateTaskTemplateInput>(&text).violations;
    assert_eq!((violations.len(), violations.omitted()), (KEPT_VIOLATIONS, 300));
}

#[test]
fn w1_3_6_labels_are_checked() {
    let labels = |labels: &[&str]| messages(&decoded_with::<GetTaskTemplateInput>(labels, "", b"").unwrap().violations);
    assert!(labels(&["i", "t"]).is_empty());
    assert_eq!(labels(&["i", ""]), ["TaskTemplateId must be at least 1 character"]);
    assert_eq!(labels(&["", "t"]), ["InstanceId must be at least 1 character"]);
    assert_eq!(labels(&[&"i".repeat(101), "t"]), ["InstanceId must be at most 100 characters"]);
    let version = |text: &str| decoded_with::<DeleteContactFlowVersionInput>(&["i", "f", text], "", b"").unwrap();
    assert_eq!(version("7").input.contact_flow_version, 7);
    assert_eq!(messages(&version("$LATEST").violations), ["ContactFlowVersion must be an integer"]);
    assert_eq!(messages(&version("0").violations), ["ContactFlowVersion must be at least 1"]);
    assert_eq!(messages(&version("99999999999999999999").violations), ["ContactFlowVersion must be at least 1"]);
    let attribute = decoded_with::<DescribeInstanceAttributeInput>(&["i", "NOPE"], "", b"").unwrap();
    assert!(messages(&attribute.violations)[0].starts_with("AttributeType must be one of ["));
}

#[test]
fn w1_4_1_query_values_are_decoded() {
    let checked = query::<ListTaskTemplatesInput>(
        "nextToken=a%2Bb%2Fc%3D%3D%26x%20y&maxResults=5&status=ACTIVE&name=Caf%C3%A9%20%F0%9F%9A%80",
    );
    assert!(checked.violations.is_empty());
    assert_eq!(checked.input.next_token.as_deref(), Some("a+b/c==&x y"));
    assert_eq!(checked.input.max_results, Some(5));
    assert_eq!(checked.input.status, Some(TaskTemplateStatus::Active));
    assert_eq!(checked.input.name.as_deref(), Some("Café 🚀"));
}

#[test]
fn w1_4_2_plus_is_a_plus_and_the_first_equal_sign_splits() {
    let checked = query::<ListTaskTemplatesInput>("name=a+b&nextToken=x==y=");
    assert_eq!(checked.input.name.as_deref(), Some("a+b"));
    assert_eq!(checked.input.next_token.as_deref(), Some("x==y="));
}

#[test]
fn query_names_may_be_encoded() {
    assert_eq!(query::<ListTaskTemplatesInput>("%6eame=x").input.name.as_deref(), Some("x"));
}

#[test]
fn w1_4_4_lists_repeat_the_name_in_order() {
    let checked = query::<UntagResourceInput>("tagKeys=team&x=1&tagKeys=k%2F%C3%A9%2B%3A%3D%40%20x&tagKeys=a%3Db");
    assert!(checked.violations.is_empty());
    assert_eq!(checked.input.tag_keys, ["team", "k/é+:=@ x", "a=b"]);
    let types = query::<ListContactFlowsInput>("contactFlowTypes=CONTACT_FLOW&contactFlowTypes=NOPE");
    assert!(messages(&types.violations)[0].starts_with("ContactFlowTypes[1] must be one of [CONTACT_FLOW,"));
}

#[test]
fn w1_4_5_empty_values_are_values() {
    let checked = query::<ListTaskTemplatesInput>("nextToken=&name&status=&maxResults=");
    assert_eq!(checked.input.next_token.as_deref(), Some(""));
    assert_eq!(
        messages(&checked.violations),
        [
            "MaxResults must be an integer",
            "Status must be one of [ACTIVE, INACTIVE]",
            "Name must be at least 1 character"
        ]
    );
    assert_eq!(query::<GetTaskTemplateInput>("snapshotVersion").input.snapshot_version.as_deref(), Some(""));
}

#[test]
fn w1_4_6_query_limits_are_checked() {
    let list = |text: &str| {
        let violations = query::<ListTaskTemplatesInput>(text).violations;
        assert!(violations.iter().all(|one| one.location == MemberLocation::Query));
        messages(&violations)
    };
    for text in ["maxResults=0", "maxResults=101", "maxResults=-1", "maxResults=99999999999999999999"] {
        assert_eq!(list(text), ["MaxResults must be between 1 and 100"], "{text}");
    }
    for text in ["maxResults=x", "maxResults=1.0", "maxResults=+1", "maxResults=1e1", "maxResults=%201", "maxResults=-"]
    {
        assert_eq!(list(text), ["MaxResults must be an integer"], "{text}");
    }
    assert_eq!(list("status=NOPE"), ["Status must be one of [ACTIVE, INACTIVE]"]);
}

#[test]
fn w1_4_7_an_empty_list_is_missing() {
    assert_eq!(messages(&query::<UntagResourceInput>("").violations), ["tagKeys is required"]);
    assert_eq!(messages(&query::<ListAssociatedContactsInput>("nextToken=a").violations), ["ContactId is required"]);
    assert_eq!(query::<ListContactFlowsInput>("").input.contact_flow_types, None);
}

#[test]
fn a_single_parameter_comes_once() {
    let checked = query::<ListTaskTemplatesInput>("name=a&name=a&maxResults=1&maxResults=2");
    assert_eq!(messages(&checked.violations), ["MaxResults must be a single value", "Name must be a single value"]);
}

#[test]
fn w1_3_4_a_badly_encoded_parameter_is_refused() {
    for raw in ["%zz", "%", "%ff"] {
        let checked = query::<ListTaskTemplatesInput>(&format!("name={raw}"));
        assert_eq!(messages(&checked.violations), ["Name must be percent-encoded UTF-8"]);
    }
    let checked = query::<UntagResourceInput>("tagKeys=a&tagKeys=%zz");
    assert_eq!(messages(&checked.violations)[0], "tagKeys must be percent-encoded UTF-8");
}

#[test]
fn w1_5_6_times_in_bodies_are_epoch_seconds() {
    let time = |text: &str| {
        body::<StartTaskContactInput>(&format!(r#"{{"InstanceId":"i","Name":"n","ScheduledTime":{text}}}"#))
            .input
            .scheduled_time
    };
    assert_eq!(time("1767225600.123"), Some(Timestamp(1_767_225_600_123)));
    assert_eq!(time("1.767225600123E9"), Some(Timestamp(1_767_225_600_123)));
    assert_eq!(time("\"2026-01-01T00:00:00Z\""), Some(Timestamp(1_767_225_600_000)));
    assert_eq!(time("null"), None);
}

#[test]
fn deviation_reference_value_takes_a_number() {
    for (value, text) in [("5", "5"), ("1.50", "1.5"), ("-3e2", "-300"), ("\"x\"", "x")] {
        let checked = body::<StartTaskContactInput>(&format!(
            r#"{{"InstanceId":"i","Name":"n","References":{{"r":{{"Type":"NUMBER","Value":{value}}}}}}}"#
        ));
        assert!(checked.violations.is_empty());
        assert_eq!(checked.input.references.unwrap()["r"].value.as_deref(), Some(text));
    }
    let boolean = r#"{"InstanceId":"i","Name":"n","References":{"r":{"Type":"NUMBER","Value":true}}}"#;
    assert_eq!(wrong::<StartTaskContactInput>(boolean), [r#"References["r"].Value must be a string"#]);
}

#[test]
fn deviation_an_empty_description_clears_it() {
    assert!(wrong::<UpdateQueueNameInput>(r#"{"Description":""}"#).is_empty());
    assert!(wrong::<UpdateHoursOfOperationOverrideInput>(r#"{"Description":""}"#).is_empty());
    assert!(wrong::<UpdateContactFlowModuleMetadataInput>(r#"{"Description":""}"#).is_empty());
    assert_eq!(wrong::<UpdateContactFlowModuleMetadataInput>(r#"{"Description":" "}"#).len(), 1);
    let of_alias = wrong::<UpdateContactFlowModuleAliasInput>(r#"{"Description":""}"#);
    assert!(!of_alias.iter().any(|message| message.starts_with("Description")), "{of_alias:?}");
    assert_eq!(wrong::<UpdateQueueNameInput>(r#"{"Name":""}"#).len(), 1);
    assert_eq!(wrong::<UpdateRoutingProfileNameInput>(r#"{"Description":""}"#).len(), 1);
    let long = format!("{{\"Description\":\"{}\"}}", "x".repeat(251));
    assert_eq!(wrong::<UpdateQueueNameInput>(&long).len(), 1);
}

fn user(members: &str) -> Vec<String> {
    let fixed = r#""Username":"u","SecurityProfileIds":["s"],"RoutingProfileId":"r""#;
    wrong::<CreateUserInput>(&format!("{{{fixed},{members}}}"))
}

#[test]
fn deviation_password_pattern_has_no_slashes() {
    assert!(user(r#""Password":"Passw0rd!""#).is_empty());
    for bad in ["password", "PASSW0RD", "Passwort", "Pw0", "Pass w0rd"] {
        let found = user(&format!("\"Password\":\"{bad}\""));
        assert!(
            found.len() == 1 && found[0].starts_with("Password must match the pattern ^(?=.*[a-z])"),
            "{bad}: {found:?}"
        );
    }
}

#[test]
fn deviation_phone_number_pattern_is_escaped_once() {
    let phone =
        |number: &str| user(&format!(r#""PhoneConfig":{{"PhoneType":"DESK_PHONE","DeskPhoneNumber":"{number}"}}"#));
    assert!(phone("+491234567").is_empty());
    for bad in ["491234567", "+0123", "+49 12", "+٤٩١٢٣"] {
        assert_eq!(phone(bad), [r"PhoneConfig.DeskPhoneNumber must match the pattern ^$|\+[1-9]\d{1,14}$"], "{bad}");
    }
}

/// administration 2.7.4, 2.7.6.
#[test]
fn deviation_an_empty_phone_number_is_none() {
    for number in ["", "+491234567"] {
        let desk = format!(r#""PhoneConfig":{{"PhoneType":"SOFT_PHONE","DeskPhoneNumber":"{number}"}}"#);
        assert!(user(&desk).is_empty(), "{number}");
        assert!(user(&format!(r#""IdentityInfo":{{"Mobile":"{number}"}}"#)).is_empty(), "{number}");
    }
}

#[test]
fn deviation_human_readable_lengths_are_lengths() {
    let update = |name: &str, description: &str| {
        wrong::<UpdateHoursOfOperationOverrideInput>(&format!(r#"{{"Name":"{name}","Description":"{description}"}}"#))
    };
    assert!(update(&"é".repeat(127), &"🚀".repeat(250)).is_empty());
    assert!(update(r"a\nb", "c").is_empty());
    assert_eq!(
        update(&"é".repeat(128), &"🚀".repeat(251)),
        ["Name must be at most 127 characters", "Description must be at most 250 characters"]
    );
    assert_eq!(
        update("", r"a\u0007x"),
        ["Name must be at least 1 character", r"Description must match the pattern ^[\P{C}\r\n\t]+$"]
    );
}

#[test]
fn a_union_has_one_member() {
    // No union travels in a request; the walk is the same for all.
    let count = |text: &str| {
        let tree = parse(text.as_bytes()).unwrap();
        let mut cx = Cx::checking();
        let value = Shape::decode(&tree, &mut cx);
        let _: &NextContactMetadata = &value;
        (value, cx.into_violations().into_iter().map(|one| one.problem).collect::<Vec<_>>())
    };
    assert_eq!(count("{}").1, [Problem::UnionCount]);
    assert_eq!(count(r#"{"Colour":1}"#).1, [Problem::UnionCount]);
    assert_eq!(count("[]").1, [Problem::WrongType { expected: "an object" }]);
    assert_eq!(count("{}").0, NextContactMetadata::Unknown);
}
