//! Rules for any content at all.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use wire::shapes::TaskTemplateFieldType;

/// Names that collide often.
fn name() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => select(vec!["A", "B", "C", "a", "Task", "", " ", "A "]).prop_map(|text| json!(text)),
        1 => ".{0,3}".prop_map(|text| json!(text)),
        1 => Just(json!("n".repeat(101))),
        1 => Just(json!(null)),
    ]
}

fn id() -> impl Strategy<Value = Value> {
    prop_oneof![8 => name().prop_map(|name| json!({"Name": name})), 1 => Just(json!({})), 1 => Just(json!(null))]
}

fn field() -> impl Strategy<Value = Value> {
    let field_type = prop_oneof![
        12 => select(TaskTemplateFieldType::ALL_VALUES).prop_map(|text| json!(text)),
        1 => Just(json!("PHONE")),
        1 => Just(json!(null)),
    ];
    let options =
        prop_oneof![Just(json!(null)), vec(select(vec!["x", "y", "", "z"]), 0..4).prop_map(|list| json!(list))];
    let description = prop_oneof![3 => Just(json!(null)), 1 => ".{0,3}".prop_map(|text| json!(text))];
    (id(), field_type, options, description).prop_map(|(id, field_type, options, description)| {
        json!({"Id": id, "Type": field_type, "SingleSelectOptions": options, "Description": description})
    })
}

fn list() -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(json!(null)), 3 => vec(id().prop_map(|id| json!({"Id": id})), 0..5).prop_map(|list| json!(list))]
}

fn default() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        6 => select(vec!["x", "", "1", "true", "q1", "q9", "a@b.c", "https://x", "1767225600"]).prop_map(|text| json!(text)),
        1 => ".{0,5}".prop_map(|text| json!(text)),
        1 => Just(json!(null)),
    ];
    (id(), value).prop_map(|(id, value)| json!({"Id": id, "DefaultValue": value}))
}

fn flow() -> impl Strategy<Value = Value> {
    let texts = vec!["", F1, "draft", "whisper", "nowhere", "arn:", "a b"];
    prop_oneof![1 => Just(json!(null)), 3 => select(texts).prop_map(|text| json!(text))]
}

fn any_body() -> impl Strategy<Value = Value> {
    let constraints = prop_oneof![
        1 => Just(json!(null)),
        6 => (list(), list(), list()).prop_map(|(required, read_only, invisible)| {
            json!({"RequiredFields": required, "ReadOnlyFields": read_only, "InvisibleFields": invisible})
        }),
    ];
    let text = prop_oneof![2 => Just(json!(null)), 1 => ".{0,4}".prop_map(|text| json!(text)), 1 => Just(json!("d".repeat(256)))];
    let status =
        prop_oneof![Just(json!(null)), select(vec!["ACTIVE", "INACTIVE", "active"]).prop_map(|text| json!(text))];
    let hooks = prop_oneof![Just(json!(null)), flow().prop_map(|flow| json!({"WrapUpFlowId": flow}))];
    (name(), text, flow(), flow(), hooks, constraints, vec(default(), 0..5), status, vec(field(), 0..8)).prop_map(
        |(name, description, contact_flow, self_assign, hooks, constraints, defaults, status, fields)| {
            json!({"Name": name, "Description": description, "ContactFlowId": contact_flow, "SelfAssignFlowId": self_assign,
                   "ContactHooks": hooks, "Constraints": constraints, "Defaults": {"DefaultFieldValues": defaults},
                   "Status": status, "Fields": fields})
        },
    )
}

/// A template made to be valid: some of the types, custom ones repeated, each with a default that fits or none.
fn good_body() -> impl Strategy<Value = Value> {
    let custom = vec!["TEXT", "TEXT_AREA", "NUMBER", "BOOLEAN", "SINGLE_SELECT", "DATE_TIME", "URL", "EMAIL"];
    let system = vec!["DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "SELF_ASSIGN", "EXPIRY_DURATION"];
    let chosen = (vec((select(custom), any::<[bool; 4]>()), 0..20), proptest::sample::subsequence(system, 0..=5));
    (chosen, any::<[bool; 4]>()).prop_map(|((custom, system), flags)| {
        let all = custom.into_iter().chain(system.into_iter().map(|field_type| (field_type, flags)));
        build(all.chain([("NAME", [flags[0], true, flags[2], flags[3]])]).collect())
    })
}

/// Each type with its flags: has a default, is required, read-only, invisible.
fn build(parts: Vec<(&str, [bool; 4])>) -> Value {
    let mut body = json!({"Name": "Good", "ContactFlowId": F1, "Status": "ACTIVE", "Fields": [], "Constraints": {
        "RequiredFields": [], "ReadOnlyFields": [], "InvisibleFields": []}, "Defaults": {"DefaultFieldValues": []}});
    for (n, (field_type, [has_default, required, read_only, invisible])) in parts.into_iter().enumerate() {
        let id = json!({"Name": format!("Field {n}")});
        let mut field = json!({"Id": id, "Type": field_type});
        if field_type == "SINGLE_SELECT" {
            set(&mut field, "/SingleSelectOptions", json!(["x", "y"]));
        }
        set(&mut body, "/Fields/-", field);
        let entry = json!({"Id": id});
        for (list, wanted) in
            [("RequiredFields", required), ("ReadOnlyFields", read_only), ("InvisibleFields", invisible)]
        {
            if wanted {
                set(&mut body, &format!("/Constraints/{list}/-"), entry.clone());
            }
        }
        if has_default || (required && (read_only || invisible)) {
            let entry = json!({"Id": id, "DefaultValue": good_value(field_type)});
            set(&mut body, "/Defaults/DefaultFieldValues/-", entry);
        }
    }
    body
}

fn good_value(field_type: &str) -> &'static str {
    match field_type {
        "NUMBER" => "-12.50",
        "BOOLEAN" | "SELF_ASSIGN" => "false",
        "SINGLE_SELECT" => "y",
        "DATE_TIME" | "SCHEDULED_TIME" => "1767225600",
        "URL" => "https://example.com/x",
        "EMAIL" => "a@example.com",
        "EXPIRY_DURATION" => "129600",
        "QUICK_CONNECT" => "q1",
        _ => "text",
    }
}

/// Document order computed in another way than by the code: members as the request lists them, then numbers.
fn place(path: &str) -> (usize, usize, usize, usize, usize) {
    let top = [
        "Name",
        "Description",
        "ContactFlowId",
        "SelfAssignFlowId",
        "ContactHooks",
        "Constraints",
        "Defaults",
        "Status",
        "Fields",
    ];
    let section = top.iter().position(|name| {
        path == *name || path.starts_with(&format!("{name}[")) || path.starts_with(&format!("{name}."))
    });
    let list = ["RequiredFields", "ReadOnlyFields", "InvisibleFields"]
        .iter()
        .position(|name| path.contains(name))
        .unwrap_or(0);
    let mut numbers = path.split('[').skip(1).map(|rest| rest.split(']').next().unwrap().parse::<usize>().unwrap() + 1);
    let first = numbers.next().unwrap_or(0);
    let tails: [&[&str]; 4] =
        [&["Id.Name"], &["].Description", "DefaultValue"], &["].Type"], &["].SingleSelectOptions"]];
    let tail = tails.iter().position(|names| names.iter().any(|name| path.contains(name))).unwrap_or(0);
    (section.expect("a member of the request"), list, first, tail, numbers.next().unwrap_or(0))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_content_is_checked(body in any_body(), update in any::<bool>(), name_taken in any::<bool>()) {
        let purpose = if update { Purpose::Update } else { Purpose::Create };
        let (content, violations) = decoded(purpose, &body);
        let facts = References { name_taken, ..known() };
        let problems = check(&content, &violations, scope(), &facts);
        let places: Vec<_> = problems.iter().map(|problem| place(&problem.path)).collect();
        prop_assert!(places.is_sorted(), "{:?}", problems);
        let mut said = BTreeSet::new();
        for problem in &problems {
            prop_assert!(!problem.message.is_empty() && problem.message.ends_with('.'));
            prop_assert!(said.insert((&problem.path, problem.reason)), "twice: {:?}", problem);
            prop_assert!(problem.reason != Reason::TypeMismatch);
        }
        if !problems.is_empty() {
            let text = message(&problems);
            prop_assert!(text.len() > 20 && text.chars().count() <= MESSAGE_CHARS_MAX);
        }
        // What the codec found broken is never dropped.
        let broken = violations.iter().filter(|violation| violation.path != "ClientToken").count();
        prop_assert!(broken == 0 || !problems.is_empty());
        let wanted = references(&content, scope());
        prop_assert!(wanted.flows.iter().all(|id| !id.is_empty()));
    }

    #[test]
    fn good_templates_pass_and_come_back(body in good_body(), update in any::<bool>()) {
        let purpose = if update { Purpose::Update } else { Purpose::Create };
        let (content, violations) = decoded(purpose, &body);
        prop_assert_eq!(check(&content, &violations, scope(), &known()), vec![]);
        let template = normalise(&content, scope());
        prop_assert_eq!(Template::from_json(template.to_json().as_bytes()), Ok(template.clone()));
        // The answer is a valid request for the same template.
        let shown: Value = serde_json::from_str(&template.to_json()).unwrap();
        let (again, violations) = decoded(Purpose::Update, &shown);
        prop_assert_eq!(check(&again, &violations, scope(), &known()), vec![]);
        prop_assert_eq!(normalise(&again, scope()), template);
    }

    #[test]
    fn values_of_any_type_are_checked(type_name in select(TaskTemplateFieldType::ALL_VALUES), text in ".{0,40}") {
        let field_type = TaskTemplateFieldType::parse(type_name);
        if let Err(problem) = super::super::values::check_value(&field_type, &["x".to_owned()], &text) {
            prop_assert!(!problem.to_string().is_empty());
        }
    }

    #[test]
    fn numbers_pass_as_they_are_written(whole in any::<i64>(), fraction in 0_u32..1_000_000) {
        use super::super::values::check_value;
        let number = TaskTemplateFieldType::Number;
        prop_assert!(check_value(&number, &[], &whole.to_string()).is_ok());
        let decimal = format!("{whole}.{fraction}");
        prop_assert!(check_value(&number, &[], &decimal).is_ok());
    }
}
