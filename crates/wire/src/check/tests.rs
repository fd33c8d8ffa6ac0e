use super::*;

fn violation(path: &str, target: Target, problem: Problem) -> Violation {
    Violation { location: MemberLocation::Body, path: path.to_owned(), target, problem }
}

#[test]
fn w9_2_2_every_problem_has_its_text() {
    let value = |problem| violation("Name", Target::Value, problem).message();
    assert_eq!(value(Problem::Missing), "Name is required");
    assert_eq!(value(Problem::WrongType { expected: "a string" }), "Name must be a string");
    assert_eq!(value(Problem::TooShort { min: 1 }), "Name must be at least 1 character");
    assert_eq!(value(Problem::TooShort { min: 2 }), "Name must be at least 2 characters");
    assert_eq!(value(Problem::TooLong { max: 100 }), "Name must be at most 100 characters");
    assert_eq!(value(Problem::TooFew { min: 1 }), "Name must include at least 1 item");
    assert_eq!(value(Problem::TooMany { max: 50 }), "Name must include at most 50 items");
    assert_eq!(value(Problem::OutOfRange { min: Some(1), max: Some(100) }), "Name must be between 1 and 100");
    assert_eq!(value(Problem::OutOfRange { min: Some(1), max: None }), "Name must be at least 1");
    assert_eq!(value(Problem::OutOfRange { min: None, max: Some(9) }), "Name must be at most 9");
    assert_eq!(value(Problem::OutOfRange { min: None, max: None }), "Name is out of range");
    let allowed = &["ACTIVE", "INACTIVE"];
    assert_eq!(value(Problem::NotInEnum { allowed }), "Name must be one of [ACTIVE, INACTIVE]");
    assert_eq!(value(Problem::BadPattern { pattern: r"^\d$" }), r"Name must match the pattern ^\d$");
    assert_eq!(value(Problem::UnionCount), "Name must have exactly one member");
}

#[test]
fn w9_2_2_keys_are_named() {
    let key = |path: &str, problem| violation(path, Target::Key, problem).message();
    assert_eq!(
        key(r#"tags["aws:x"]"#, Problem::BadPattern { pattern: "p" }),
        "Tag key 'aws:x' is invalid: keys that begin with aws: are reserved"
    );
    assert_eq!(key(r#"Tags["k"]"#, Problem::TooLong { max: 128 }), "Tag key 'k' must be at most 128 characters");
    assert_eq!(
        key(r#"References[""]"#, Problem::TooShort { min: 1 }),
        "References key '' must be at least 1 character"
    );
    assert_eq!(
        key(r#"A["x"].B["y"]"#, Problem::BadPattern { pattern: "p" }),
        r#"A["x"].B key 'y' is invalid: it must match the pattern p"#
    );
}

#[test]
fn r0_7_paths_have_dots_indexes_and_quoted_keys() {
    let written =
        path(&[PathStep::Member("Fields"), PathStep::Index(3), PathStep::Member("Id"), PathStep::Member("Name")]);
    assert_eq!(written, "Fields[3].Id.Name");
    let written = path(&[PathStep::Member("References"), PathStep::Key("Order \"id\"\n"), PathStep::Member("Type")]);
    assert_eq!(written, r#"References["Order \"id\"\n"].Type"#);
    let long = "é".repeat(SHOWN_KEY + 1);
    let shown = path(&[PathStep::Member("tags"), PathStep::Key(&long)]);
    assert_eq!(shown, format!("tags[\"{}…\"]", "é".repeat(SHOWN_KEY)));
}

#[test]
fn w9_2_3_messages_are_joined_in_order() {
    let mut violations = Violations::default();
    violations.push(violation("Name", Target::Value, Problem::Missing));
    violations.push(violation("Fields", Target::Value, Problem::TooFew { min: 1 }));
    assert_eq!(violations.message(), "Name is required; Fields must include at least 1 item");
    assert_eq!((violations.len(), violations.omitted()), (2, 0));
}

#[test]
fn only_the_first_problem_under_a_path_counts() {
    let mut violations = Violations::default();
    violations.push(violation(r#"tags["k"]"#, Target::Key, Problem::BadPattern { pattern: "p" }));
    violations.push(violation(r#"tags["k"]"#, Target::Value, Problem::TooLong { max: 256 }));
    assert_eq!(violations.len(), 1);
    assert_eq!(violations.first().unwrap().target, Target::Key);
}
