//! Any document at all: no panic, and an end or a wait within the limits.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::flow::{ActionType, ErrorType, Operator};

fn identifier() -> impl Strategy<Value = String> {
    (0..6u8).prop_map(|n| format!("a{n}"))
}

fn value() -> impl Strategy<Value = Value> {
    let texts = vec![
        "1",
        "60",
        "0",
        "True",
        "Enabled",
        "Current",
        "Related",
        "main",
        "other",
        "m",
        "q1",
        "u1",
        "$.Name",
        "$.Attributes.a",
        "$.External.x",
        "$.Attributes.nope",
        "Task $.Name!",
        "b1",
        "NumberOfAgentsStaffed",
        "JSON",
        "",
    ];
    prop_oneof![
        8 => select(texts).prop_map(|text| json!(text)),
        1 => (-2i64..200).prop_map(|n| json!(n)),
        1 => any::<bool>().prop_map(|b| json!(b)),
        1 => Just(json!(null)),
        1 => Just(json!(["b", "$.Name"])),
        2 => Just(json!({"a": "$.Attributes.a$.Attributes.a", "b": "1"})),
        1 => Just(json!({"CustomerQueue": "waiting", "PauseContact": "other"})),
        1 => Just(json!({"x": {"Type": "String", "Value": "$.Name"}})),
        1 => Just(json!({"Steps": [{}]})),
    ]
}

fn parameter() -> impl Strategy<Value = &'static str> {
    select(vec![
        "QueueId",
        "AgentId",
        "ContactFlowId",
        "FlowModuleId",
        "Attributes",
        "FlowAttributes",
        "TargetContact",
        "Name",
        "EventHooks",
        "Tags",
        "TagKeys",
        "ComparisonValue",
        "LoopCount",
        "LoopName",
        "TimeLimitSeconds",
        "ContinueExecution",
        "LambdaFunctionARN",
        "InvocationTimeLimitSeconds",
        "Input",
        "Result",
        "ResultData",
        "MetricType",
        "FlowLoggingBehavior",
        "RoutingCriteria",
        "QueuePriority",
        "References",
        "DelaySeconds",
        "ResponseValidation",
    ])
}

fn any_action(id: String) -> impl Strategy<Value = Value> {
    let branches = vec!["WaitCompleted", "Continue", "ContinueLooping", "DoneLooping", "True", "False", "b1", "1", "5"];
    let condition = (identifier(), select(Operator::ALL), select(branches)).prop_map(|(next, operator, operand)| {
        json!({"NextAction": next, "Condition": {"Operator": operator.as_str(), "Operands": [operand]}})
    });
    let error = (identifier(), select(ErrorType::ALL))
        .prop_map(|(next, error)| json!({"ErrorType": error.as_str(), "NextAction": next}));
    // The first half of the list does something for tasks.
    let kind = prop_oneof![4 => select(&ActionType::ALL[..28]), 1 => select(ActionType::ALL)];
    let next = prop_oneof![6 => identifier().prop_map(|id| json!(id)), 1 => Just(json!(null))];
    (kind, vec((parameter(), value()), 0..8), next, vec(condition, 0..4), vec(error, 0..3)).prop_map(
        move |(kind, parameters, next, conditions, errors)| {
            let parameters: Map<String, Value> =
                parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            json!({"Identifier": id, "Type": kind.as_str(), "Parameters": parameters,
                "Transitions": {"NextAction": next, "Conditions": conditions, "Errors": errors}})
        },
    )
}

fn document() -> impl Strategy<Value = Vec<Value>> {
    (0..6u8).map(|n| any_action(format!("a{n}")).boxed()).collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn runs_of_any_document_end_or_wait(
        main in document(), other in document(), waiting in document(), module in document(),
        percent in 0..=200u8, answers in any::<[bool; 4]>(), at_hand in any::<bool>(),
    ) {
        let mut world = World::new(&main);
        world.flow("other", "CONTACT_FLOW", &other);
        world.flow("waiting", "CUSTOMER_QUEUE", &waiting);
        world.module("m", &module);
        (world.percent, world.at_hand, world.queue_flow) = (percent, at_hand, Some("waiting".to_owned()));
        world.open = answers[0].then_some(answers[1]);
        world.function = answers[1].then(|| json!({"x": "$.Name"}));
        world.task = answers[2].then(|| "t2".to_owned());
        world.metrics = answers[3].then(Metrics::default);
        world.contact.related_contact_id = answers[0].then(|| "r1".to_owned());
        let mut world = world.with_attribute("a", "text").run();
        for round in 0..8 {
            for run in &world.contact.runs {
                prop_assert!(run.steps <= STEPS_MAX && run.transfers <= TRANSFERS_MAX);
                prop_assert!(run.frames.iter().filter(|frame| frame.flow.module).count() <= MODULE_LEVELS_MAX);
                prop_assert!(run.wake_ms.is_some() || run.frames.is_empty() || !world.contact.may_run(run.kind));
            }
            let room: usize = world.attributes.iter().map(|(key, value)| key.len() + value.len()).sum();
            prop_assert!(room <= 32_768);
            if round == 4 && matches!(world.contact.state, State::InFlow | State::Queued) {
                world.apply(Event::Pause { flow_id: Some("other".to_owned()) });
            }
            world = world.after(60);
        }
    }

    #[test]
    fn answers_out_of_place_do_no_harm(main in document(), module in document(), wrong in vec(0..9u8, 0..30)) {
        let mut world = World::new(&main);
        world.module("m", &module);
        for wrong in wrong {
            let answer = match wrong {
                0 => Answer::Flow(world.flows.get("m").cloned()),
                1 => Answer::Flow(None),
                2 => Answer::Document(world.contents.get("hash of m").cloned()),
                3 => Answer::Queue(Some(queue("q1"))),
                4 => Answer::Agent(Some(agent_queue("u1"))),
                5 => Answer::Open(Some(true)),
                6 => Answer::Function(Some(json!({"x": [1]}))),
                7 => Answer::Task(Some("t".to_owned())),
                _ => Answer::Done(true),
            };
            world.with(|env| advance(env, RunKind::Main, Some(answer)));
        }
        world.run();
    }
}
