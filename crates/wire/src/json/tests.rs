use proptest::prelude::*;

use super::*;
use crate::{Encode, to_stored};

fn refused(text: &str) -> SyntaxError {
    parse(text.as_bytes()).expect_err(text)
}

#[test]
fn w1_5_1_escapes_and_raw_text_are_the_same() {
    let escaped = parse(br#"{"Name": "Caf\u00e9 \ud83d\ude80 <&>\"\\"}"#).unwrap();
    let raw = parse("{\"Name\":\"Café 🚀 <&>\\\"\\\\\"}".as_bytes()).unwrap();
    assert_eq!(escaped, raw);
    assert_eq!(raw.get("Name").and_then(Json::as_str), Some("Café 🚀 <&>\"\\"));
}

#[test]
fn w1_5_5_a_key_twice_is_refused_with_its_place() {
    let error = refused("{\"a\":1,\n \"b\":{\"c\":1,\"c\":2}}");
    assert_eq!((error.reason.as_str(), error.line, error.column), ("duplicate key \"c\"", 2, 15));
    assert_eq!(error.to_string(), "duplicate key \"c\" at line 2 column 15");
    // Equal after decoding counts as equal.
    assert_eq!(refused(r#"{"a":1,"\u0061":2}"#).reason, "duplicate key \"a\"");
}

#[test]
fn w1_5_5_a_key_twice_is_found_in_large_objects() {
    let members = |last: &str| {
        (0..100).map(|at| format!("\"k{at}\":{at}")).chain([last.to_owned()]).collect::<Vec<_>>().join(",")
    };
    assert!(parse(format!("{{{}}}", members("\"k100\":0")).as_bytes()).is_ok());
    for at in [0, 15, 16, 17, 99] {
        assert_eq!(
            refused(&format!("{{{}}}", members(&format!("\"k{at}\":0")))).reason,
            format!("duplicate key \"k{at}\"")
        );
    }
}

#[test]
fn long_keys_are_shortened_in_messages() {
    let key = "é".repeat(1000);
    assert!(refused(&format!("{{\"{key}\":1,\"{key}\":1}}")).reason.len() < 200);
}

#[test]
fn broken_documents_are_refused_with_line_and_column() {
    for (text, line, column) in [
        ("", 1, 0),
        ("{", 1, 1),
        ("{\"a\" 1}", 1, 6),
        ("[1,]", 1, 4),
        ("{}\n{}", 2, 1),
        ("nul", 1, 3),
        ("\"\u{1}\"", 1, 2),
        ("NaN", 1, 1),
        ("Infinity", 1, 1),
        ("01", 1, 2),
        ("1e999", 1, 5),
        ("\u{feff}{}", 1, 1),
    ] {
        let error = refused(text);
        assert_eq!((error.line, error.column), (line, column), "{text:?}: {error}");
        assert!(!error.reason.contains(" at line "), "{error}");
    }
}

#[test]
fn lone_surrogates_and_bad_utf8_are_refused() {
    for text in [r#""\ud83d""#, r#""\ude80""#, r#""\ud83dx""#, r#""\ud83d\u0041""#, r#"{"\ud83d":1}"#] {
        refused(text);
    }
    assert!(parse(b"\"\xff\"").is_err());
    assert!(parse(b"\"\xed\xa0\xbd\"").is_err());
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(nested(127).as_bytes()).is_ok());
    assert_eq!(refused(&nested(128)).reason, "recursion limit exceeded");
    refused(&"[".repeat(1_000_000));
    refused(&"{\"a\":".repeat(1_000_000));
}

#[test]
fn numbers_keep_what_they_are() {
    let number = |text: &str| parse(text.as_bytes()).unwrap().as_number().unwrap();
    assert_eq!(number("5"), Number::Int(5));
    assert_eq!(number("-9223372036854775808"), Number::Int(i64::MIN));
    assert_eq!(number("9223372036854775808"), Number::Big(1 << 63));
    assert_eq!(number("5.0").as_i64(), Some(5));
    assert_eq!(number("5e2").as_i64(), Some(500));
    assert_eq!(number("5.5").as_i64(), None);
    assert_eq!(number("9223372036854775808").as_i64(), None);
    assert_eq!(number("9.3e18").as_i64(), None);
    assert_eq!(number("-9223372036854775808.0").as_i64(), Some(i64::MIN));
    for (text, decimal) in
        [("5", "5"), ("-0.25", "-0.25"), ("1e3", "1000"), ("18446744073709551615", "18446744073709551615")]
    {
        assert_eq!(number(text).to_string(), decimal);
    }
}

#[test]
fn r0_10_null_is_absent() {
    let json = parse(br#"{"a":null,"b":1}"#).unwrap();
    assert_eq!(json.get("a"), None);
    assert!(json.get("b").is_some());
    assert_eq!(json.as_object().unwrap().len(), 2);
}

#[test]
fn writer_places_commas_and_escapes() {
    let mut w = JsonWriter::new();
    w.begin_object();
    w.member("a", "x\"\\\n\r\t\u{1}\u{1f}\u{7f}é🚀/");
    w.key("b");
    w.begin_array();
    w.integer(-5);
    w.number(0.5);
    w.number(f64::NAN);
    w.boolean(true);
    w.begin_object();
    w.end_object();
    w.begin_array();
    w.end_array();
    w.null();
    w.end_array();
    w.optional("c", None::<&String>);
    w.optional("d", Some(&false));
    w.end_object();
    let expected =
        "{\"a\":\"x\\\"\\\\\\n\\r\\t\\u0001\\u001f\u{7f}é🚀/\",\"b\":[-5,0.5,null,true,{},[],null],\"d\":false}";
    assert_eq!(w.into_text(), expected);
}

#[test]
fn writer_separates_texts_that_end_like_an_opening() {
    let mut w = JsonWriter::new();
    w.begin_array();
    ["{", "[", ":", ","].iter().for_each(|text| w.string(text));
    w.end_array();
    assert_eq!(w.into_text(), r#"["{","[",":",","]"#);
}

#[test]
fn w2_1_3_timestamps_have_at_most_three_decimals() {
    for (ms, text) in [
        (1_767_225_600_000, "1767225600"),
        (1_767_225_600_123, "1767225600.123"),
        (1_767_225_600_120, "1767225600.12"),
        (1_767_225_600_100, "1767225600.1"),
        (1_767_225_600_001, "1767225600.001"),
        (0, "0"),
        (5, "0.005"),
        (-1, "-0.001"),
        (-1500, "-1.5"),
    ] {
        assert_eq!(to_stored(&Timestamp(ms)), text);
    }
}

#[test]
fn w1_5_6_timestamps_are_read_from_numbers() {
    for (text, ms) in [
        ("1767225600", Some(1_767_225_600_000)),
        ("1767225600.123", Some(1_767_225_600_123)),
        ("1767225600.123456", Some(1_767_225_600_123)),
        ("1767225600.0005", Some(1_767_225_600_001)),
        ("1.767225600123E9", Some(1_767_225_600_123)),
        ("1.7672256e9", Some(1_767_225_600_000)),
        ("-1.5", Some(-1500)),
        ("253402300799.999", Some(253_402_300_799_999)),
        ("253402300800", None),
        ("-62135596801", None),
        ("9223372036854775807", None),
        ("18446744073709551615", None),
        ("1e300", None),
        ("true", None),
        ("[]", None),
    ] {
        assert_eq!(Timestamp::from_json(&parse(text.as_bytes()).unwrap()).map(|time| time.0), ms, "{text}");
    }
}

#[test]
fn w1_5_6_timestamps_are_read_from_iso_text() {
    for (text, ms) in [
        ("2026-01-01T00:00:00Z", Some(1_767_225_600_000)),
        ("2026-01-01T00:00:00.123456Z", Some(1_767_225_600_123)),
        ("2026-01-01t00:00:00,5z", Some(1_767_225_600_500)),
        ("2026-01-01 00:00", Some(1_767_225_600_000)),
        ("2026-01-01", Some(1_767_225_600_000)),
        (" 2026-01-01T02:00:00+02:00 ", Some(1_767_225_600_000)),
        ("2025-12-31T19:00:00-0500", Some(1_767_225_600_000)),
        ("2026-01-01T01:00:00+01", Some(1_767_225_600_000)),
        ("2024-02-29", Some(1_709_164_800_000)),
        ("2000-02-29", Some(951_782_400_000)),
        ("1970-01-01T00:00:00Z", Some(0)),
        ("1969-12-31T23:59:59.999Z", Some(-1)),
        ("0001-01-01", Some(-62_135_596_800_000)),
        ("9999-12-31T23:59:59.999Z", Some(253_402_300_799_999)),
        ("9999-12-31T23:59:59-01:00", None),
        ("0000-01-01", None),
        ("2023-02-29", None),
        ("1900-02-29", None),
        ("2026-13-01", None),
        ("2026-00-01", None),
        ("2026-04-31", None),
        ("2026-01-01T24:00:00Z", None),
        ("2026-01-01T00:60:00Z", None),
        ("2026-01-01T00:00:60Z", None),
        ("2026-01-01T00:00:00.Z", None),
        ("2026-01-01T00:00:00+2", None),
        ("2026-01-01T00:00:00 Z", None),
        ("2026-01-01T", None),
        ("2026-1-1", None),
        ("+026-01-01", None),
        ("20260101T000000Z", None),
        ("1767225600", None),
        ("é026-01-01", None),
        ("", None),
    ] {
        assert_eq!(Timestamp::from_json(&Json::String(text.into())).map(|time| time.0), ms, "{text:?}");
    }
}

fn tree() -> impl Strategy<Value = Json<'static>> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(|value| Json::Number(Number::Int(value))),
        ((i64::MAX as u64 + 1)..).prop_map(|value| Json::Number(Number::Big(value))),
        "\\PC*".prop_map(|text| Json::String(text.into())),
        any::<String>().prop_map(|text| Json::String(text.into())),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Json::Array),
            prop::collection::btree_map(any::<String>(), inner, 0..24).prop_map(|members| Json::Object(Object(
                members.into_iter().map(|(key, value)| (key.into(), value)).collect()
            ))),
        ]
    })
}

proptest! {
    #[test]
    fn parsing_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn parsing_json_like_text_never_panics(text in r#"[\[\]{}:,"\\u0-9a-fdeE+. \n-]{0,80}"#) {
        let ours = parse(text.as_bytes());
        // Whatever we accept, the common parser accepts too.
        if ours.is_ok() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
    }

    #[test]
    fn what_is_written_is_read_back(json in tree()) {
        let text = to_stored(&json);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        prop_assert_eq!(parse(text.as_bytes()).unwrap(), json);
    }

    #[test]
    fn floats_are_read_back(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
        let mut w = JsonWriter::new();
        value.encode(&mut w);
        prop_assert_eq!(parse(&w.into_bytes()).unwrap().as_number().unwrap().as_f64(), value);
    }

    #[test]
    fn timestamps_are_read_back(ms in -62_135_596_800_000_i64..=253_402_300_799_999) {
        let text = to_stored(&Timestamp(ms));
        prop_assert_eq!(Timestamp::from_json(&parse(text.as_bytes()).unwrap()), Some(Timestamp(ms)));
    }

    #[test]
    fn time_texts_never_panic(text in "\\PC{0,40}") {
        let _ = Timestamp::from_json(&Json::String(text.into()));
    }

    #[test]
    fn time_like_texts_never_panic(text in "[0-9]{0,5}-[0-9]{0,3}-[0-9]{0,3}[T ]?[0-9:.,Z+é-]{0,20}") {
        let _ = Timestamp::from_json(&Json::String(text.into()));
    }
}

#[test]
fn a_body_holds_so_many_values_and_no_more_are_read() {
    let list = |count: usize, end: &str| format!("[{}0{end}", "0,".repeat(count - 2));
    assert!(parse_body(list(BODY_VALUES_MAX, "]").as_bytes()).is_ok(), "the list and what is in it");
    // What comes behind is no JSON, which is never read.
    let error = parse_body(list(BODY_VALUES_MAX + 1, ",?").as_bytes()).unwrap_err();
    assert_eq!(error.reason, "more than 100000 values");
    let nested = format!("{{\"a\":[{}]}}", vec!["{\"b\":1}"; BODY_VALUES_MAX / 2].join(","));
    assert_eq!(parse_body(nested.as_bytes()).unwrap_err().reason, "more than 100000 values");
    assert!(parse(nested.as_bytes()).is_ok(), "what is stored was checked when it came");
}
