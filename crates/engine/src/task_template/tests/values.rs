//! Rule 2.4: the value syntax of the fourteen types.

use super::super::values::{ValueProblem, check_value, max_chars};
use wire::shapes::TaskTemplateFieldType as FieldType;

#[track_caller]
fn takes(field_type: &FieldType, values: &[&str]) {
    for value in values {
        assert_eq!(check_value(field_type, &[], value), Ok(()), "{field_type:?} {value:?}");
    }
}

#[track_caller]
fn refuses(field_type: &FieldType, values: &[&str]) {
    for value in values {
        let problem = check_value(field_type, &[], value).expect_err(value);
        assert!(!problem.to_string().is_empty());
    }
}

/// `max` characters pass, one more does not, and characters are not bytes (0.11).
#[track_caller]
fn limited(field_type: &FieldType, max: usize) {
    assert_eq!(max_chars(field_type), max);
    takes(field_type, &[&"ü".repeat(max)]);
    let problem = check_value(field_type, &[], &"x".repeat(max + 1)).unwrap_err();
    assert_eq!(problem, ValueProblem::TooLong { max, len: max + 1 });
}

#[test]
fn r2_4_name_values() {
    takes(&FieldType::Name, &["Refund", " x ", "日本"]);
    refuses(&FieldType::Name, &["", " ", "\t\n"]);
    limited(&FieldType::Name, 1024);
}

#[test]
fn r2_4_description_values() {
    takes(&FieldType::Description, &["", " ", "two\nlines"]);
    refuses(&FieldType::Description, &["\u{0}"]);
    limited(&FieldType::Description, 4096);
}

#[test]
fn r2_4_scheduled_time_values() {
    takes(&FieldType::ScheduledTime, &["0", "1767225600", "1767225600.5", "99999999999", "1.123456789"]);
    refuses(
        &FieldType::ScheduledTime,
        &[
            "",
            "-1",
            "+1",
            "1.",
            ".5",
            "1.1234567890",
            "100000000000",
            "1e9",
            "1 ",
            "soon",
            "2026-01-01T00:00:00Z",
            "1767225600000",
        ],
    );
}

#[test]
fn r2_4_quick_connect_values() {
    takes(&FieldType::QuickConnect, &["q1", "arn:aws:connect:r:1:instance/i/transfer-destination/q", &"q".repeat(500)]);
    refuses(&FieldType::QuickConnect, &["", "a b", "a\n", &"q".repeat(501)]);
}

#[test]
fn r2_4_self_assign_values() {
    takes(&FieldType::SelfAssign, &["true", "false"]);
    refuses(&FieldType::SelfAssign, &["", "True", "FALSE", "yes", "1", " true"]);
}

#[test]
fn r2_4_expiry_duration_values() {
    takes(&FieldType::ExpiryDuration, &["1", "10080", "129600", "000001"]);
    refuses(
        &FieldType::ExpiryDuration,
        &["", "0", "129601", "999999", "1000000", "0000001", "-1", "+1", "1.5", "7d", " 1", "١"],
    );
    let text = check_value(&FieldType::ExpiryDuration, &[], "129601").unwrap_err().to_string();
    assert!(text.contains("minutes, 1–129600"), "{text}");
}

#[test]
fn r2_4_text_values() {
    takes(&FieldType::Text, &["", " ", "x"]);
    refuses(&FieldType::Text, &["a\u{0}", "\u{1b}[0m"]);
    limited(&FieldType::Text, 511);
}

#[test]
fn r2_4_text_area_values() {
    takes(&FieldType::TextArea, &["", "a\r\nb\tc"]);
    refuses(&FieldType::TextArea, &["a\u{8}"]);
    limited(&FieldType::TextArea, 4095);
}

#[test]
fn r2_4_number_values() {
    takes(&FieldType::Number, &["0", "-0", "007", "12.50", "-3.14", &"9".repeat(100)]);
    refuses(
        &FieldType::Number,
        &["", "-", ".5", "5.", "1,5", "1e3", "+1", "1 000", "0x1", "NaN", "1.2.3", "--1", "٣", &"9".repeat(101)],
    );
}

#[test]
fn r2_4_boolean_values() {
    takes(&FieldType::Boolean, &["true", "false"]);
    refuses(&FieldType::Boolean, &["", "True", "TRUE", "no", "0", "true "]);
}

#[test]
fn r2_4_single_select_values() {
    let options = ["Damaged".to_owned(), "Late".to_owned()];
    let check = |value: &str| check_value(&FieldType::SingleSelect, &options, value);
    assert_eq!(check("Late"), Ok(()));
    assert!(check("").is_err());
    assert!(matches!(check("late"), Err(ValueProblem::NotAnOption { close: true, .. })));
    assert!(matches!(check("Lost"), Err(ValueProblem::NotAnOption { close: false, .. })));
    let many: Vec<String> = (0..50).map(|n| format!("{n}{}", "x".repeat(90))).collect();
    let text = check_value(&FieldType::SingleSelect, &many, "none").unwrap_err().to_string();
    assert!(text.len() < 1000 && text.contains("and 40 more"), "{text}");
}

#[test]
fn r2_4_date_time_values() {
    takes(&FieldType::DateTime, &["0", "-1", "1767225600", "99999999999", "-99999999999"]);
    refuses(&FieldType::DateTime, &["", "1.5", "+1", "-", "100000000000", "2026-01-01", "1767225600000", "now", "--1"]);
    for (value, hint) in
        [("1767225600000", "milliseconds"), ("-1767225600000", "milliseconds"), ("2026-01-01T00:00:00Z", "ISO 8601")]
    {
        let text = check_value(&FieldType::DateTime, &[], value).unwrap_err().to_string();
        assert!(text.contains(hint), "{text}");
    }
}

#[test]
fn r2_4_url_values() {
    takes(
        &FieldType::Url,
        &[
            "http://example.com",
            "HTTPS://EXAMPLE.com/a?b=c#d",
            "https://user:pw@example.com:8443/",
            "https://[::1]:80/x",
            "http://localhost",
            "https://exämple.de/ü",
            "https://example.com?x",
            "http://a:/",
        ],
    );
    refuses(
        &FieldType::Url,
        &[
            "",
            "example.com",
            "//example.com",
            "ftp://example.com",
            "javascript:alert(1)",
            "mailto:a@b.c",
            "https:/example.com",
            "https://",
            "https:///path",
            "https://?q",
            "https://user@/",
            "https://:80",
            "https://a:b",
            "https://a:99999",
            "https://[::g]/",
            "https://[::1]x/",
            "https://exa mple.com",
            "https://example.com/a b",
            "https://example.com/\n",
            " https://example.com",
        ],
    );
    let long = format!("https://example.com/{}", "x".repeat(4096));
    refuses(&FieldType::Url, &[&long]);
    takes(&FieldType::Url, &[&long[..4096]]);
}

#[test]
fn r2_4_email_values() {
    takes(&FieldType::Email, &["a@b.c", "a.b+c@d.example", "ü@ö.de", "a@b..c", "a@b.c.", "\"x\"@y.z"]);
    refuses(
        &FieldType::Email,
        &["", "a@b", "@b.c", "a@", "a@.", "a@.c", "a@c.", "a@b@c.d", "a b@c.d", "a@b. c", "a", "a@b\n.c"],
    );
    let long = format!("{}@example.com", "x".repeat(244));
    refuses(&FieldType::Email, &[&long]);
    takes(&FieldType::Email, &[&long[1..]]);
}

#[test]
fn values_are_never_repeated_in_problems() {
    for name in FieldType::ALL_VALUES {
        let field_type = FieldType::parse(name);
        let value = format!("secret\u{0}{}", "x".repeat(5000));
        let text = check_value(&field_type, &[], &value).unwrap_err().to_string();
        assert!(!text.contains("secret"), "{text}");
    }
    let text = check_value(&FieldType::Number, &[], "secret").unwrap_err().to_string();
    assert!(!text.contains("secret"), "{text}");
}
