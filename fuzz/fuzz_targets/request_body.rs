//! Bodies and queries of any content for operations with deep inputs: decoding yields an input, with violations that
//! each have a message, or with a refusal; a good input survives being written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::ops::{
    CreateTaskTemplateInput, ListTaskTemplatesInput, SearchContactsInput, StartTaskContactInput, UpdateContactInput,
};
use wire::{Encode, Input, JsonWriter, Labels, Request};

fn decode<I: Input + Encode + PartialEq + std::fmt::Debug>(labels: &Labels, query: &str, body: &[u8]) {
    let Ok(read) = wire::decode::<I>(&Request { labels, query, body }) else { return };
    if !read.violations.is_empty() {
        assert!(!read.violations.message().is_empty());
        return;
    }
    let mut writer = JsonWriter::with_capacity(256);
    read.input.encode(&mut writer);
    let written = writer.into_bytes();
    let again = wire::decode::<I>(&Request { labels, query, body: &written }).expect("what was written can be read");
    assert!(again.violations.is_empty(), "{}", again.violations.message());
    assert_eq!(again.input, read.input);
}

fuzz_target!(|input: (&str, &[u8])| {
    let (query, body) = input;
    let instance = "11111111-1111-4111-8111-111111111111";
    let one: Labels = [instance].into_iter().collect();
    let two: Labels = [instance, "22222222-2222-4222-8222-222222222222"].into_iter().collect();
    let none: Labels = [].into_iter().collect();
    decode::<StartTaskContactInput>(&none, query, body);
    decode::<SearchContactsInput>(&none, query, body);
    decode::<CreateTaskTemplateInput>(&one, query, body);
    decode::<UpdateContactInput>(&two, query, body);
    let _ = wire::decode::<ListTaskTemplatesInput>(&Request { labels: &one, query, body });
    let _ = wire::json::parse(body);
});
