use proptest::prelude::*;

use super::*;

fn found(method: &str, path: &str) -> (Op, Vec<String>) {
    let route = resolve(method, path).unwrap_or_else(|error| panic!("{method} {path}: {error:?}"));
    (route.op, (0..route.labels.len()).map(|at| route.labels.get(at).unwrap().to_owned()).collect())
}

fn missed(method: &str, path: &str) -> RouteError {
    resolve(method, path).expect_err(path)
}

#[test]
fn every_operation_is_found_by_its_own_path() {
    for op in Op::ALL.iter().copied() {
        let labels: Vec<String> =
            op.uri().split('/').filter(|segment| segment.starts_with('{')).map(str::to_owned).collect();
        let path: Vec<String> =
            op.uri().split('/').map(|segment| segment.replace('{', "%7B").replace('}', "%7d")).collect();
        assert_eq!(found(op.method(), &path.join("/")), (op, labels));
    }
}

#[test]
fn no_two_operations_answer_one_request() {
    let segments = |op: Op| op.uri().split('/').skip(1).collect::<Vec<_>>();
    let is_label = |segment: &str| segment.starts_with('{');
    let overlap = |a: Op, b: Op| {
        let (left, right) = (segments(a), segments(b));
        a.method() == b.method()
            && left.len() == right.len()
            && left.iter().zip(&right).all(|(left, right)| left == right || is_label(left) || is_label(right))
    };
    for a in Op::ALL.iter().copied() {
        assert!(Op::ALL.iter().all(|b| *b == a || !overlap(a, *b)), "{a} overlaps another operation");
    }
}

#[test]
fn literals_stand_before_labels() {
    // Where a label could swallow a literal of another method or length, the literal's operation answers.
    for (method, path, op) in [
        ("GET", "/instance/i/attributes", Op::ListInstanceAttributes),
        ("GET", "/instance/i/attribute/attributes", Op::DescribeInstanceAttribute),
        ("GET", "/contact-flows/i/f/alias/versions", Op::DescribeContactFlowAlias),
        ("GET", "/contact-flows/i/f/versions", Op::ListContactFlowVersions),
        ("PUT", "/contact-flows/i/f/alias", Op::CreateContactFlowAlias),
        ("POST", "/contact/attributes", Op::UpdateContactAttributes),
        ("GET", "/contact/attributes/i/c", Op::GetContactAttributes),
        ("GET", "/hours-of-operations/i/h/overrides", Op::ListHoursOfOperationOverrides),
        ("GET", "/hours-of-operations/i/h/overrides/o", Op::DescribeHoursOfOperationOverride),
        ("GET", "/instance/task/task/template/template", Op::GetTaskTemplate),
        ("GET", "/instance/task/task/template", Op::ListTaskTemplates),
    ] {
        assert_eq!(found(method, path).0, op, "{method} {path}");
    }
}

#[test]
fn operations_out_of_scope_are_known_by_name() {
    for (method, path, name) in [
        ("PUT", "/contact/chat", "StartChatContact"),
        ("POST", "/evaluation-forms/i/e/activate", "ActivateEvaluationForm"),
        ("PUT", "/instance/i/bot", "AssociateBot"),
        ("GET", "/users/i/%zz", "DescribeUser"),
    ] {
        match missed(method, path) {
            RouteError::OutOfScope(found) => assert_eq!(found, name, "{method} {path}"),
            // In scope: its label is checked.
            RouteError::BadEncoding(op) => assert_eq!(op.name(), name),
            RouteError::NotFound => panic!("{method} {path} is an operation"),
        }
    }
    for (method, path) in
        [("GET", "/contact/chat"), ("PUT", "/contact/chat/x"), ("PUT", "/contact"), ("PUT", "/instance/i/.")]
    {
        assert_eq!(missed(method, path), RouteError::NotFound, "{method} {path}");
    }
}

#[test]
fn w1_3_2_an_arn_is_one_segment() {
    let arn = "arn%3Aaws%3Aconnect%3Aus-east-1%3A111122223333%3Ainstance%2Fi%2Ftask-template%2Ft";
    let plain = "arn:aws:connect:us-east-1:111122223333:instance/i/task-template/t";
    assert_eq!(found("POST", &format!("/tags/{arn}")), (Op::TagResource, vec![plain.to_owned()]));
    assert_eq!(found("GET", &format!("/instance/i/task/template/{arn}")).1, ["i", plain]);
}

#[test]
fn deviation_tags_take_a_raw_arn() {
    let plain = "arn:aws:connect:us-east-1:111122223333:instance/i/task-template/t";
    for (method, op) in [("POST", Op::TagResource), ("DELETE", Op::UntagResource), ("GET", Op::ListTagsForResource)] {
        assert_eq!(found(method, &format!("/tags/{plain}")), (op, vec![plain.to_owned()]));
    }
    assert_eq!(found("GET", "/tags/a%2Fb/c%3Ad/e/f/g/h/i/j/k").1, ["a/b/c:d/e/f/g/h/i/j/k"]);
    assert_eq!(missed("GET", "/tags"), RouteError::NotFound);
    assert_eq!(found("GET", "/tags/").1, [""]);
}

#[test]
fn w1_3_3_hostile_labels_arrive_as_sent() {
    let path = "/instance/i/task/template/a%20b%2F..%2Fc~%C3%A9%252F%2B%28x%29%21%2A%27";
    assert_eq!(found("GET", path).1, ["i", "a b/../c~é%2F+(x)!*'"]);
    assert_eq!(found("GET", "/instance/i/task/template/a+b").1, ["i", "a+b"]);
}

#[test]
fn w1_3_4_segments_are_split_raw_and_decoded_once() {
    assert_eq!(found("GET", "/instance/a%2Fb").1, ["a/b"]);
    assert_eq!(found("GET", "/instance/a%252Fb").1, ["a%2Fb"]);
    for bad in ["%", "%2", "%zz", "%2g", "%+1", "%ff", "%C3", "%ED%A0%BD", "a%é1"] {
        assert_eq!(missed("GET", &format!("/instance/{bad}")), RouteError::BadEncoding(Op::DescribeInstance), "{bad}");
    }
    // What is no route is no route, whatever its encoding.
    assert_eq!(missed("GET", "/nowhere/%zz"), RouteError::NotFound);
}

#[test]
fn w1_3_5_dots_go_nowhere() {
    for path in [
        "/instance/.",
        "/instance/..",
        "/instance/i/../task",
        "/./instance/i",
        "/instance/i/task/template/..",
        "/tags/a/../b",
        "/tags/..",
    ] {
        assert_eq!(missed("GET", path), RouteError::NotFound, "{path}");
    }
    // Encoded, they are a label like any other.
    assert_eq!(found("GET", "/instance/i/task/template/%2E%2E").1, ["i", ".."]);
}

#[test]
fn w1_3_6_empty_labels_are_labels() {
    assert_eq!(found("GET", "/instance/i/task/template/"), (Op::GetTaskTemplate, vec!["i".to_owned(), String::new()]));
    assert_eq!(found("GET", "/instance//task/template"), (Op::ListTaskTemplates, vec![String::new()]));
    assert_eq!(found("GET", "/instance/"), (Op::DescribeInstance, vec![String::new()]));
}

#[test]
fn w8_2_leading_slashes_are_merged() {
    assert_eq!(found("GET", "//instance/i").0, Op::DescribeInstance);
    assert_eq!(found("GET", "////instance").0, Op::ListInstances);
}

#[test]
fn what_is_no_route_is_not_found() {
    for (method, path) in [
        ("GET", ""),
        ("GET", "/"),
        ("GET", "//"),
        ("GET", "instance"),
        ("GET", "*"),
        ("GET", "/instances"),
        ("GET", "/Instance"),
        ("GET", "/%69nstance"),
        ("get", "/instance"),
        ("HEAD", "/instance"),
        ("PATCH", "/instance"),
        ("OPTIONS", "/instance"),
        ("DELETE", "/instance"),
        ("GET", "/instance/i/task/template/t/x"),
        ("GET", "/instance/i/task/template/t/"),
        ("GET", "/instance/1/2/3/4/5/6/7/8/9/10"),
        ("PUT", "/contact/task/"),
    ] {
        assert_eq!(missed(method, path), RouteError::NotFound, "{method} {path:?}");
    }
}

#[test]
fn labels_are_made_of_texts() {
    let labels: Labels = ["a", "b"].into_iter().collect();
    assert_eq!(
        (labels.len(), labels.is_empty(), labels.get(0), labels.get(1), labels.get(2)),
        (2, false, Some("a"), Some("b"), None)
    );
    assert!(Labels::default().is_empty());
}

proptest! {
    #[test]
    fn resolving_never_panics(method in "GET|PUT|POST|DELETE|\\PC*", path in "\\PC*") {
        let _ = resolve(&method, &path);
    }

    #[test]
    fn resolving_path_like_text_never_panics(path in "(/(instance|tags|contact|contact-flows|task|template|[.%/a-zA-Z0-9é]{0,6})){0,12}") {
        for method in ["GET", "PUT", "POST", "DELETE"] {
            let _ = resolve(method, &path);
        }
    }

    #[test]
    fn any_label_arrives(label in "\\PC+") {
        let encoded: String = label.bytes().map(|byte| format!("%{byte:02X}")).collect();
        prop_assert_eq!(&found("GET", &format!("/instance/{encoded}")).1, &[label]);
    }
}
