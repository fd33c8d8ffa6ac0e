//! References and conditions, rule by rule, and for any text.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::flow::document::Operator;

/// Is the condition true of this result?
fn holds(operator: Operator, result: Option<&Value>, operand: &str) -> bool {
    super::holds(operator, result, result.and_then(written).as_deref(), operand)
}

fn source() -> Value {
    json!({
        "Name": "Call back",
        "Attributes": {"tier": "vip", "user name": "Ada", "a": "A", "empty": "", "it's": "quoted", "größe": "XL"},
        "External": {"count": 12, "ratio": 1.50, "done": true, "none": null, "list": ["x", {"y": 1}], "object": {"b": 1, "a": [2]}},
    })
}

fn found(value: &str) -> Option<String> {
    whole(value, &source())
}

#[test]
fn f3_3_paths_are_read_in_every_form() {
    for path in [
        "$.Attributes.tier",
        "$.Attributes['tier']",
        "$['Attributes']['tier']",
        "$.Attributes.['tier']",
        "$[\"Attributes\"].tier",
        "$['Attributes'].tier",
    ] {
        assert_eq!(found(path).as_deref(), Some("vip"), "{path}");
    }
    assert_eq!(found("$.Attributes.['user name']").as_deref(), Some("Ada"));
    assert_eq!(found("$.Attributes['it\\'s']").as_deref(), Some("quoted"));
    for path in ["$.External.list[0]", "$.External.list.0", "$.External.list[00]", "$.External.list['0']"] {
        assert_eq!(found(path).as_deref(), Some("x"), "{path}");
    }
    assert_eq!(found("$.External.list[1].y").as_deref(), Some("1"));
}

#[test]
fn f3_2_what_is_no_single_path_is_static() {
    for value in
        ["plain", "", "$", "$.", "$5", "$..a", "$[", "$[]", "$['']", "$['a", "$[x]", "a $.Name", "$.Name.", "$.Name "]
    {
        assert_eq!(Path::parse(value), None, "{value}");
        assert_eq!(found(value).as_deref(), Some(value), "{value}");
    }
}

#[test]
fn f3_4_a_reference_in_a_text_ends_where_it_must() {
    for (value, expected) in [
        ("Case $.Attributes.tier, queue $.Name", "Case vip, queue Call back"),
        ("$.Name.", "Call back."),
        ("$.Name. Next", "Call back. Next"),
        ("$.Attributes.tier/$.Attributes.a", "vip/A"),
        ("($.Attributes.tier)", "(vip)"),
        ("$.Attributes['user name']'s", "Ada's"),
        ("`$.Attributes.a`b", "Ab"),
        ("`$.Attributes.a`$.Attributes.a`", "AA`"),
        ("`$.Attributes.a b`", "`A b`"),
        ("100 $ and $5 and $$.Attributes.a", "100 $ and $5 and $A"),
        ("$.Attributes.größe!", "XL!"),
        ("€$.Attributes.a€", "€A€"),
        ("$.Attributes.a[b]", "A[b]"),
        ("$.External.list[0][", "x["),
    ] {
        assert_eq!(text(value, &source()), expected, "{value}");
    }
}

#[test]
fn f3_5_a_reference_to_nothing_is_empty_or_absent() {
    assert_eq!(text("<$.Attributes.nope>", &source()), "<>");
    assert_eq!(text("<$.External.none>", &source()), "<>");
    assert_eq!(found("$.Attributes.nope"), None);
    assert_eq!(found("$.Name.deeper"), None);
    assert_eq!(found("$.External.list[2]"), None);
    assert_eq!(found("$.Attributes.empty").as_deref(), Some(""));
    assert_eq!(dynamic("$.Attributes.nope", &source()), None);
    assert_eq!(dynamic("x$.Attributes.nope", &source()).as_deref(), Some("x"));
}

#[test]
fn f3_6_what_is_no_text_becomes_json_text() {
    for (path, expected) in [
        ("$.External.count", "12"),
        ("$.External.ratio", "1.5"),
        ("$.External.done", "true"),
        ("$.External.object", r#"{"b":1,"a":[2]}"#),
        ("$.External.list", r#"["x",{"y":1}]"#),
    ] {
        assert_eq!(found(path).as_deref(), Some(expected), "{path}");
        assert_eq!(text(&format!("-{path} "), &source()), format!("-{expected} "), "{path}");
    }
}

#[test]
fn f2_10_scalars_have_text_and_module_data_keeps_types() {
    assert_eq!(scalar(&json!(30)).as_deref(), Some("30"));
    assert_eq!(scalar(&json!(true)).as_deref(), Some("true"));
    assert_eq!(scalar(&json!("30")).as_deref(), Some("30"));
    assert_eq!([scalar(&json!(null)), scalar(&json!([])), scalar(&json!({}))], [None, None, None]);
    let value = json!({"n": 1, "t": "$.Name", "gone": "$.Attributes.nope", "deep": [{"x": "$.Attributes.a!"}, false]});
    let expected = json!({"n": 1, "t": "Call back", "gone": null, "deep": [{"x": "A!"}, false]});
    assert_eq!(resolved(&value, &source()), Some(expected));
}

#[test]
fn a_looked_up_text_is_not_looked_into_again() {
    let source = json!({"Attributes": {"a": "$.Attributes.b", "b": "secret"}});
    assert_eq!(text("<$.Attributes.a>", &source), "<$.Attributes.b>");
    assert_eq!(dynamic("$.Attributes.a", &source).as_deref(), Some("$.Attributes.b"));
}

#[test]
fn b8_the_character_nul_goes_nowhere() {
    let source = json!({"External": {"a": "x\0y"}});
    assert_eq!(whole("$.External.a", &source).as_deref(), Some("xy"));
    assert_eq!(text("\0<$.External.a>\0", &source), "<xy>");
    assert_eq!(scalar(&json!("\0a")).as_deref(), Some("a"));
    assert_eq!(resolved(&json!(["a\0", "$.External.a"]), &source), Some(json!(["a", "xy"])));
}

#[test]
fn texts_do_not_grow_without_bound() {
    let source = json!({"a": {"b": "é".repeat(20_000)}});
    let grown = text(&"$.a.b ".repeat(1000), &source);
    assert!(grown.len() <= TEXT_BYTES_MAX && grown.len() > TEXT_BYTES_MAX - 4);
    assert_eq!(resolved(&json!(vec!["$.a.b"; 1000]), &source), None);
}

#[test]
fn f4_2_operators() {
    use Operator as O;
    for (operator, result, operand, expected) in [
        (O::Equals, json!("vip"), "vip", true),
        (O::Equals, json!("vip"), "VIP", false),
        (O::Equals, json!("1.0"), "1", false),
        (O::Equals, json!(12), "12", true),
        (O::TextStartsWith, json!("abc"), "ab", true),
        (O::TextStartsWith, json!("abc"), "bc", false),
        (O::TextEndsWith, json!("abc"), "bc", true),
        (O::TextEndsWith, json!("abc"), "ab", false),
        (O::TextContains, json!("abc"), "b", true),
        (O::TextContains, json!("abc"), "B", false),
        (O::NumberGreaterThan, json!("10"), "9", true),
        (O::NumberGreaterThan, json!("10"), "10", false),
        (O::NumberGreaterOrEqualTo, json!("10"), "10.0", true),
        (O::NumberGreaterOrEqualTo, json!("9.99"), "10", false),
        (O::NumberLessThan, json!("-2"), "-1", true),
        (O::NumberLessThan, json!("-1"), "-2", false),
        (O::NumberLessOrEqualTo, json!("0"), "-0", true),
        (O::NumberLessOrEqualTo, json!("0.1"), "0", false),
        (O::KeyExists, json!({"a": null}), "a", true),
        (O::KeyExists, json!({"a": 1}), "b", false),
        (O::KeyExists, json!("a"), "a", false),
    ] {
        assert_eq!(holds(operator, Some(&result), operand), expected, "{operator:?} {result} {operand}");
        assert!(!holds(operator, None, operand), "{operator:?} of nothing");
    }
}

#[test]
fn f4_5_numbers_are_decimals() {
    let above = |a: &str, b: &str| holds(Operator::NumberGreaterThan, Some(&json!(a)), b);
    let same = |a: &str, b: &str| {
        holds(Operator::NumberGreaterOrEqualTo, Some(&json!(a)), b)
            && holds(Operator::NumberLessOrEqualTo, Some(&json!(a)), b)
    };
    assert!(same(" 7 ", "7.00") && same("+.5", "0.5") && same("007", "7") && same("1e3", "1000"));
    assert!(above("9007199254740993", "9007199254740992"), "exact beyond what floating point can tell");
    assert!(above("0.1000000000000000000001", "0.1"));
    assert!(above("123456789012345678901234567890", "123456789012345678901234567889"));
    for nonsense in ["", " ", "-", ".", "1,000", "0x10", "ten", "NaN", "inf", "1e999", "1 2", "--1", "e", "1e"] {
        assert!(!above(nonsense, "-1") && !above("1", nonsense) && !same(nonsense, nonsense), "{nonsense}");
    }
}

/// Bytes looked at for each byte of a text, at most: each is seen a few times, however the text goes on.
const LOOKS: usize = 8;

/// Bytes that reading the references of a text looks at.
fn work(value: &str) -> usize {
    let mut reader = Reader::new(value);
    read_text(&mut reader, &source());
    let mut alone = Reader::new(value);
    alone.path();
    reader.read + alone.read
}

#[test]
fn b137_reading_a_text_is_work_in_proportion_to_its_length() {
    // Beginnings of references that never end, each as often as a flow has room for.
    for piece in [
        "$[", "$[0", "$['", "$[\"", "$['\\", "$.a['", "$.a.['x", "$.[", "$.", "$", "$[1]", "$.a", "`$", "$['a']['",
        "$.é", "$['\\'$[",
    ] {
        let value = piece.repeat(240_000 / piece.len());
        let (work, most) = (work(&value), LOOKS * value.len());
        assert!(work <= most, "{piece}: {work} bytes looked at, {most} are allowed");
    }
}

#[test]
fn b137_a_text_is_never_longer_than_any_may_be_whatever_it_looks_up() {
    let long = json!({"a": {"text": "é".repeat(TEXT_BYTES_MAX), "list": vec!["é"; TEXT_BYTES_MAX]}});
    for path in ["$.a.text", "$.a.list", "$.a"] {
        let found = whole(path, &long).unwrap();
        assert!(found.len() <= TEXT_BYTES_MAX && found.len() > TEXT_BYTES_MAX - 4, "{path}: {}", found.len());
        assert!(text(&format!("-{path}-"), &long).len() <= TEXT_BYTES_MAX, "{path}");
    }
}

proptest! {
    /// Any pattern of pieces, repeated: what takes longer than in proportion shows in the number of bytes looked at.
    #[test]
    fn b137_no_text_is_read_again_and_again(
        pieces in proptest::collection::vec(proptest::sample::select(
            vec!["$", ".", "[", "]", "'", "\"", "\\", "`", "0", "123456789", "a", " ", "é", "-", "$[", "$['", "$[\"", "$.a", "['a']"]), 1..6),
        end in proptest::sample::select(vec!["", "]", "'", "\"", "']", "\"]", "\\"]))
    {
        let value = pieces.concat().repeat(300) + end;
        prop_assert!(work(&value) <= LOOKS * value.len() + 64, "{} bytes looked at of {}", work(&value), value.len());
    }

    #[test]
    fn any_text_is_understood(value in "(?s).{0,80}") {
        text(&value, &source());
        whole(&value, &source());
        dynamic(&value, &source());
    }

    #[test]
    fn pieces_of_references_are_understood(pieces in proptest::collection::vec(
        proptest::sample::select(vec!["$", ".", "[", "]", "'", "\"", "\\", "`", "0", "Name", "Attributes", "a", " ", "é", "-"]), 0..20))
    {
        let value = pieces.concat();
        let out = text(&value, &source());
        prop_assert!(!out.contains("$.Name"), "{} in {}", out, value);
        if let Some(path) = Path::parse(&value) {
            prop_assert!(!path.segments().is_empty());
            prop_assert_eq!(whole(&value, &source()).unwrap_or_default(), out);
        }
    }

    #[test]
    fn a_text_without_dollar_stays(value in "(?s)[^$\\x00]{0,80}") {
        prop_assert_eq!(&text(&value, &source()), &value);
        prop_assert_eq!(dynamic(&value, &source()), Some(value));
    }

    #[test]
    fn numbers_compare_like_numbers(a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000) {
        let (left, right) = (json!(format!("{}", a as f64 / 100.0)), format!("{}", b as f64 / 100.0));
        prop_assert_eq!(holds(Operator::NumberLessThan, Some(&left), &right), a < b);
        prop_assert_eq!(holds(Operator::NumberGreaterOrEqualTo, Some(&left), &right), a >= b);
    }
}
