//! Policy documents of any content: reading one terminates, with at most fifty problems inside the document, and what is read decides
//! any request; a statement that denies everything always decides.
#![no_main]

use engine::policy::{Context, Decision, Key, PROBLEMS_MAX, Policy, PolicySet, Request, Value, Values, warnings};
use libfuzzer_sys::fuzz_target;

/// A request that has every key: a few are texts of the input, tags are lists.
struct Every<'a>(&'a str);

impl Context for Every<'_> {
    fn values(&self, key: &Key) -> Option<Values<'_>> {
        let words = || self.0.split(',').take(3).map(Value::from).collect();
        match key.lower().len() % 4 {
            0 => None,
            1 => Some(Values::Many(words())),
            2 => Some(Values::One(Value::Instant(1_769_860_800_000))),
            _ => Some(self.0.into()),
        }
    }
}

const DENY: &str = r#"{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}"#;

// A document, and after a form feed, which no JSON has, what the request's keys are.
fuzz_target!(|input: &str| {
    let (text, keys) = input.split_once('\u{c}').unwrap_or((input, "a"));
    let policy = match Policy::parse(text) {
        Ok(policy) => policy,
        Err(problems) => {
            assert!((1..=PROBLEMS_MAX).contains(&problems.len()));
            let lines = text.split('\n').count();
            assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line) && problem.column > 0));
            return;
        }
    };
    let _ = warnings(&policy, None);
    let alone = PolicySet::new(vec![("own".to_owned(), policy.clone())]);
    let deny = Policy::parse(DENY).expect("a policy");
    let denied = PolicySet::new(vec![("own".to_owned(), policy), ("deny".to_owned(), deny)]);
    let context = Every(keys);
    for action in ["connect:GetTaskTemplate", "taskform:X", "x:\u{e9}"] {
        for resource in ["*", "arn:aws:connect:us-east-1:111122223333:instance/i/task-template/t", keys] {
            let request = Request { action, resource, context: &context };
            let decision = alone.decide(&request);
            assert!(!decision.is_allowed() || alone.may_allow(action));
            assert!(matches!(denied.decide(&request), Decision::Denied { statement: Some(_) }));
        }
    }
});
