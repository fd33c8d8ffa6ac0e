//! Values of flows: paths and texts with references, looked up in a document of any shape.
#![no_main]

use engine::flow::value::{Path, dynamic, text, whole};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|input: (&str, &str)| {
    let (value, source) = input;
    let source: Value = serde_json::from_str(source).unwrap_or_default();
    let written = text(value, &source);
    if !value.contains('$') {
        // U+0000 never gets out of a flow: the store could not keep it.
        assert_eq!(written, value.replace('\0', ""), "a text without references changed");
    }
    let _ = whole(value, &source);
    let _ = dynamic(value, &source);
    if let Some(path) = Path::parse(value) {
        assert!(!path.segments().is_empty());
    }
});
