//! Flow documents of any content: checking one terminates, with at most fifty problems, and what is accepted can be
//! run.
#![no_main]

use engine::flow::check::PROBLEMS_MAX;
use engine::flow::document::Document;
use libfuzzer_sys::fuzz_target;
use wire::shapes::ContactFlowType;

fuzz_target!(|text: &str| {
    let mut types = [ContactFlowType::ContactFlow, ContactFlowType::CustomerQueue, ContactFlowType::AgentWhisper].into_iter();
    let read = Document::parse(text);
    let accepted = types.any(|flow_type| {
        let problems = engine::contact_flow::check(text, &flow_type, &|_| None);
        assert!(problems.len() <= PROBLEMS_MAX);
        assert!(problems.iter().all(|problem| !problem.is_empty()));
        problems.is_empty()
    });
    assert!(!accepted || read.is_ok(), "an accepted document cannot be read");
    let _ = engine::contact_flow_module::check(text, None, &|_| None);
    let _ = engine::contact_flow_module::contract(Some(text));
});
