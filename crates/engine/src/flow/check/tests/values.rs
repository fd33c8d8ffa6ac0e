//! Parameters and conditions of single actions (flows 3.2, 3.7, 4.2–4.4, section 7).

use super::*;
use crate::flow::check::rule::Conditions;
use ActionType as A;

/// None of these parameters is there.
fn at_least_one(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("Parameters.{name}")).collect();
    let names = names.join(", ");
    format!("At least one of the following properties must be set. Properties: [{names}], Path: Actions[0]")
}

/// Accepted and refused values of one parameter, the smallest form around them.
#[track_caller]
fn values(kind: ActionType, parameter: &str, good: &[Value], bad: &[Value]) {
    let action = Smallest::of(kind);
    for value in good {
        accepted(&action.with(parameter, value.clone()));
    }
    for value in bad {
        refused(&action.with(parameter, value.clone()), &[&format!("{VALUE}Parameters.{parameter}")]);
    }
}

/// flows 3.2: static, static or one path, dynamic; 2.10: scalars count as their text.
#[test]
fn flows_3_2_kinds_of_values() {
    let arn = "arn:aws:connect:us-east-1:123456789012:instance/i-1";
    let queue = json!(format!("{arn}/queue/q-1"));
    let flow = json!(format!("{arn}/contact-flow/f-1"));
    let mixed = json!("q $.Attributes.queue");
    values(
        A::UpdateContactTargetQueue,
        "QueueId",
        &[json!("q-1"), json!(7), queue.clone(), json!("$.Attributes.queue"), json!("$['Attributes']['a queue']")],
        &[json!("a queue"), mixed.clone(), flow.clone(), json!(["q-1"]), json!({}), json!("arn:x")],
    );
    let flows = [flow, json!("f-1:2"), json!("f-1:$LATEST"), json!("f-1:live"), json!("$.Attributes.flow")];
    values(A::TransferToFlow, "ContactFlowId", &flows, &[json!("f-1:$SAVED"), queue, mixed.clone()]);
    values(
        A::DequeueContactAndTransferToQueue,
        "AgentId",
        &[json!("jane@example.com"), json!("$.Agent.UserName")],
        &[mixed],
    );
    values(A::CheckHoursOfOperation, "HoursOfOperationId", &[json!("h-1"), json!("$.External.hours")], &[json!("h 1")]);
    values(A::CheckMetricData, "QueueId", &[json!("q-1"), json!("$.Queue.ARN")], &[json!([])]);
    values(A::CreateTask, "Name", &[json!("Case $.Name"), json!(5), json!(" ")], &[json!({}), json!([])]);
    values(A::CreateTask, "TaskTemplateId", &[json!("t-1")], &[json!("$.Attributes.template")]);
    values(A::CreateTask, "DelaySeconds", &[json!("1"), json!(518_400)], &[json!(0), json!(518_401), json!("soon")]);
    values(A::CreateTask, "ScheduledTime", &[json!("1700000000"), json!("$.External.time")], &[json!("tomorrow")]);
    values(
        A::CreateTask,
        "References",
        &[
            json!({"Case": {"Type": "URL", "Value": "https://example.com/$.Name"}}),
            json!({"Case": "https://example.com"}),
        ],
        &[json!([]), json!("x")],
    );
    values(A::GetMetricData, "QueueChannel", &[json!("TASK"), json!("Voice"), json!("chat")], &[json!("Email")]);
    values(A::UntagContact, "TagKeys", &[json!(["a", "b"])], &[json!("a"), json!({})]);
}

#[test]
fn flows_7_numbers_and_words() {
    values(
        A::UpdateContactRoutingBehavior,
        "QueuePriority",
        &[json!(1), json!(i64::MAX)],
        &[json!(0), json!("$.Name"), json!("1.5")],
    );
    let age = Smallest::of(A::UpdateContactRoutingBehavior).without("QueuePriority");
    accepted(&age.with("QueueTimeAdjustmentSeconds", json!("-600")));
    refused(
        &age.with("QueueTimeAdjustmentSeconds", json!("-600")).with("QueuePriority", json!("1")),
        &["Only one of these properties may be defined. Properties: [QueuePriority, QueueTimeAdjustmentSeconds]"],
    );
    refused(&age, &[&at_least_one(&["QueuePriority", "QueueTimeAdjustmentSeconds", "RoutingProficiencies"])]);
    values(
        A::Loop,
        "LoopCount",
        &[json!(0), json!("100"), json!("$.Attributes.n")],
        &[json!(101), json!(-1), json!("many")],
    );
    values(
        A::Wait,
        "TimeLimitSeconds",
        &[json!(1), json!("604800"), json!("$.External.s")],
        &[json!(0), json!(604_801)],
    );
    values(A::InvokeLambdaFunction, "InvocationTimeLimitSeconds", &[json!(8)], &[json!(9), json!("$.Name")]);
    values(A::InvokeLambdaFunction, "InvocationType", &[json!("ASYNCHRONOUS")], &[json!("LATER")]);
    values(
        A::InvokeLambdaFunction,
        "LambdaInvocationAttributes",
        &[json!({"a": "$.Name", "b": {"c": "d"}})],
        &[json!([])],
    );
    let response = Smallest::of(A::InvokeLambdaFunction);
    accepted(&response.with("ResponseValidation", json!({"ResponseType": "JSON"})));
    refused(
        &response.with("ResponseValidation", json!({"ResponseType": "XML"})),
        &[&format!("{VALUE}Parameters.ResponseValidation.ResponseType")],
    );
    values(A::UpdateFlowLoggingBehavior, "FlowLoggingBehavior", &[json!("Disabled")], &[json!("On"), json!("$.Name")]);
    values(A::UpdateContactAttributes, "TargetContact", &[json!("Current"), json!("Related")], &[json!("Other")]);
    values(A::CheckMetricData, "MetricType", &[json!("NumberOfAgentsOnline")], &[json!("NumberOfChairs")]);
}

/// flows 6.3, 7.1.1, 7.2.3, 7.2.7: parameters that exclude or stand for each other.
#[test]
fn flows_6_3_alternatives() {
    let both = "Only one of these properties may be defined. Properties: [QueueId, AgentId]";
    let target = Smallest::of(A::UpdateContactTargetQueue);
    refused(&target.with("AgentId", json!("jane")), &[both]);
    refused(&target.without("QueueId"), &[&at_least_one(&["QueueId", "AgentId"])]);
    refused(&target.with("QueueId", json!("")), &[&at_least_one(&["QueueId", "AgentId"])]);
    refused(&target.with("AgentId", json!("")), &[&format!("{VALUE}Parameters.AgentId")]);
    for kind in [A::CheckMetricData, A::GetMetricData] {
        refused(&Smallest::of(kind).with("AgentId", json!("jane")).with("QueueId", json!("q")), &[both]);
    }
    let task = Smallest::of(A::CreateTask);
    accepted(&task.with("TaskTemplateId", json!("t-1")));
    refused(&task.without("ContactFlowId"), &[&at_least_one(&["ContactFlowId", "TaskTemplateId"])]);
    refused(&task.with("DelaySeconds", json!("")), &[&format!("{VALUE}Parameters.DelaySeconds")]);
    refused(
        &task.with("DelaySeconds", json!(5)).with("ScheduledTime", json!(5)),
        &["Only one of these properties may be defined. Properties: [DelaySeconds, ScheduledTime]"],
    );
    let data = Smallest::of(A::UpdateContactData);
    let all = [
        "Name",
        "Description",
        "LanguageCode",
        "CustomerId",
        "WisdomSessionArn",
        "SegmentAttributes",
        "IsVoiceIdStreamingEnabled",
        "IsVoiceAuthenticationEnabled",
        "IsFraudDetectionEnabled",
        "VoiceAuthenticationThreshold",
        "VoiceAuthenticationResponseTime",
        "FraudDetectionThreshold",
        "WatchlistId",
    ];
    refused(&data.without("Name"), &[&at_least_one(&all)]);
    accepted(&data.without("Name").with("WisdomSessionArn", json!("$.Wisdom.SessionArn")));
    let segment = |value: Value| data.without("Name").with("SegmentAttributes", json!({"Plan": value}));
    accepted(&segment(json!({"ValueString": "$.Attributes.plan"})));
    refused(&segment(json!("gold")), &[&format!("{VALUE}Parameters.SegmentAttributes.Plan")]);
    accepted(&data.with("TargetContact", json!("Current")));
    refused(&data.with("TargetContact", json!("Other")), &[&format!("{VALUE}Parameters.TargetContact")]);
    for unknown in ["References", "Reference", "SegmentAttribute"] {
        refused(&data.with(unknown, json!({})), &[&format!("{NAME}Parameters.{unknown}")]);
    }
}

/// flows 2.11, 6.3, 7.2: maps of values.
#[test]
fn flows_7_2_maps() {
    let attributes = Smallest::of(A::UpdateContactAttributes);
    accepted(&attributes.with("Attributes", json!({"a": " ", "b c": "x $.Name", "$.Name": 5, "d": true})));
    refused(&attributes.with("Attributes", json!({"a": ""})), &["Empty value in Parameters.Attributes"]);
    refused(&attributes.with("Attributes", json!({"a": {}})), &[&format!("{VALUE}Parameters.Attributes.a")]);
    let flow = Smallest::of(A::UpdateFlowAttributes);
    accepted(&flow.with("FlowAttributes", json!({"a": {"Type": "String", "Value": "7"}, "b": {"Value": 7}})));
    let wrong = json!({"a": {"Type": "Number", "Value": ""}, "b": "x", "c": {"Type": "String"}});
    refused(
        &flow.with("FlowAttributes", wrong),
        &[
            &format!("{VALUE}Parameters.FlowAttributes.a.Type"),
            &format!("{MISSING}Parameters.FlowAttributes.a.Value"),
            &format!("{VALUE}Parameters.FlowAttributes.b"),
            &format!("{MISSING}Parameters.FlowAttributes.c.Value"),
        ],
    );
    let hooks = Smallest::of(A::UpdateContactEventHooks);
    accepted(&hooks.with("EventHooks", json!({})));
    accepted(&hooks.with("EventHooks", json!({"CustomerRemaining": "$.Attributes.flow", "PauseContact": "f-1"})));
    refused(&hooks.with("EventHooks", json!({"Rain": "f-1"})), &[&format!("{NAME}Parameters.EventHooks.Rain")]);
    refused(
        &hooks.with("EventHooks", json!({"AgentHold": "", "PauseContact": "f-1"})),
        &[&format!("{MISSING}Parameters.EventHooks.AgentHold")],
    );
    refused(&Smallest::of(A::TagContact).with("Tags", json!({"a": ""})), &[&format!("{VALUE}Parameters.Tags.a")]);
}

/// flows 7.2.6: six tags in one action, one key at least.
#[test]
fn flows_7_2_6_numbers_of_tags() {
    let tags = |count: usize| -> Value { Value::Object((0..count).map(|n| (format!("t{n}"), json!("x"))).collect()) };
    let tag = Smallest::of(A::TagContact);
    accepted(&tag.with("Tags", tags(6)));
    refused(&tag.with("Tags", tags(7)), &["More than 6 tags in Parameters.Tags"]);
    accepted(&tag.with("Tags", json!({"aws:mine": "x"})));
    let untag = Smallest::of(A::UntagContact);
    refused(&untag.with("TagKeys", json!([])), &[&format!("{VALUE}Parameters.TagKeys")]);
    refused(&untag.with("TagKeys", json!([""])), &[&format!("{VALUE}Parameters.TagKeys[0]")]);
    refused(&untag.with("TagKeys", json!(["$.Attributes.key"])), &[&format!("{VALUE}Parameters.TagKeys[0]")]);
    accepted(&untag.with("TagKeys", json!(["a", "b", "c", "d", "e", "f", "g", "aws:mine"])));
}

/// flows 7.2.12: a hook may have a switch, and nothing else.
#[test]
fn flows_7_2_12_switches_of_hooks() {
    let hooks = Smallest::of(A::UpdateContactEventHooks);
    let path = "Parameters.EventHooksConfiguration";
    for hook in ["AgentHold", "AgentWhisper", "CustomerQueue", "DefaultAgentUI", "ResumeContact"] {
        for word in [json!("true"), json!("false"), json!(true)] {
            accepted(&hooks.with("EventHooksConfiguration", json!({hook: {"DisableExecution": word}})));
        }
    }
    accepted(&hooks.with("EventHooksConfiguration", json!({})));
    for (configuration, problem) in [
        (json!({"Rain": {"DisableExecution": "true"}}), format!("{NAME}{path}.Rain")),
        (
            json!({"CustomerQueue": {"DisableExecution": "yes"}}),
            format!("{VALUE}{path}.CustomerQueue.DisableExecution"),
        ),
        (json!({"CustomerQueue": {"DisableExecution": ""}}), format!("{MISSING}{path}.CustomerQueue.DisableExecution")),
        (json!({"CustomerQueue": {}}), format!("{MISSING}{path}.CustomerQueue.DisableExecution")),
        (json!({"CustomerQueue": {"DisableExecution": "true", "X": "y"}}), format!("{NAME}{path}.CustomerQueue.X")),
        (json!({"CustomerQueue": "true"}), format!("{VALUE}{path}.CustomerQueue")),
        (json!("true"), format!("{VALUE}{path}")),
    ] {
        refused(&hooks.with("EventHooksConfiguration", configuration), &[&problem]);
    }
}

/// flows 7.1.11: one to five steps with an expression of known kind; only the last may go without an end (7.1.13).
#[test]
fn flows_7_1_11_routing_criteria() {
    let criteria = Smallest::of(A::UpdateContactRoutingCriteria);
    let steps = |steps: Value| criteria.with("RoutingCriteria", json!({"Steps": steps}));
    let french = json!({"AttributeCondition": {"Name": "French", "ProficiencyLevel": 3}});
    let joined =
        json!({"OrExpression": [{"AndExpression": [&french, &french]}, {"NotAttributeCondition": {"Name": "x"}}]});
    let minute = json!({"DurationInSeconds": 60});
    accepted(&steps(json!([{"Expression": joined, "Expiry": &minute}, {"Expression": &french}])));
    let path = "Parameters.RoutingCriteria.Steps";
    let step = json!({"Expression": &french, "Expiry": &minute});
    accepted(&steps(json!(vec![&step; 5])));
    refused(&steps(json!([])), &[&format!("{VALUE}{path}")]);
    refused(&steps(json!(vec![&step; 6])), &[&format!("{VALUE}{path}")]);
    refused(&steps(json!([{}])), &[&format!("{MISSING}{path}[0].Expression")]);
    refused(&steps(json!([{"Expression": {}}])), &[&format!("{VALUE}{path}[0].Expression")]);
    refused(&steps(json!([{"Expression": &french}, &step])), &[&format!("{MISSING}{path}[0].Expiry")]);
    refused(&steps(json!(["x"])), &[&format!("{VALUE}{path}[0]")]);
    refused(
        &steps(json!([{"Expression": {"AndExpression": [{"AttributeCondition": {}}]}}])),
        &[&format!("{MISSING}{path}[0].Expression.AndExpression[0].AttributeCondition.Name")],
    );
    refused(
        &steps(json!([{"Expression": &french, "Expiry": {"DurationInSeconds": "long"}}])),
        &[&format!("{VALUE}{path}[0].Expiry.DurationInSeconds")],
    );
    refused(
        &steps(json!([{"Expression": &french, "Expiry": {}}])),
        &[&format!("{MISSING}{path}[0].Expiry.DurationInSeconds")],
    );
}

/// flows 7.1.13: a condition asks for a proficiency, or for one of a list of agents.
#[test]
fn flows_7_1_13_conditions_on_agents() {
    let criteria = Smallest::of(A::UpdateContactRoutingCriteria);
    let condition = |condition: Value| {
        let expression = json!({"Expression": {"AttributeCondition": condition}});
        criteria.with("RoutingCriteria", json!({"Steps": [expression]}))
    };
    let path = "Parameters.RoutingCriteria.Steps[0].Expression.AttributeCondition";
    let good = json!({"Name": "French", "Value": "spoken", "ProficiencyLevel": "4.0", "ComparisonOperator": "NumberGreaterOrEqualTo"});
    accepted(&condition(good.clone()));
    let with = |member: &str, value: Value| {
        let mut changed = good.clone();
        changed[member] = value;
        condition(changed)
    };
    for level in [json!(1), json!(2.5), json!("5"), json!("$.Attributes.level")] {
        accepted(&with("ProficiencyLevel", level));
    }
    for level in [json!(0), json!("5.5"), json!("high"), json!(-1), json!("NaN")] {
        refused(&with("ProficiencyLevel", level), &[&format!("{VALUE}{path}.ProficiencyLevel")]);
    }
    refused(&with("ComparisonOperator", json!("Equals")), &[&format!("{VALUE}{path}.ComparisonOperator")]);
    refused(&with("Colour", json!("red")), &[&format!("{NAME}{path}.Colour")]);
    let matching =
        |ids: Value| json!({"ComparisonOperator": "Match", "MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}});
    let arn = "arn:aws:connect:us-east-1:123456789012:instance/i-1/agent/u-1";
    accepted(&condition(matching(json!(["u-1", arn, "$.Attributes.owner"]))));
    let ids = format!("{path}.MatchCriteria.AgentsCriteria.AgentIds");
    refused(&condition(matching(json!([]))), &[&format!("{VALUE}{ids}")]);
    refused(&condition(matching(json!("u-1"))), &[&format!("{VALUE}{ids}")]);
    refused(&condition(matching(json!(["u-1", ""]))), &[&format!("{VALUE}{ids}[1]")]);
    refused(&condition(matching(json!(["the owner $.Name"]))), &[&format!("{VALUE}{ids}[0]")]);
    refused(&condition(json!({"ComparisonOperator": "Match"})), &[&format!("{MISSING}{path}.MatchCriteria")]);
    let mut named = matching(json!(["u-1"]));
    named["Name"] = json!("French");
    refused(&condition(named), &[&format!("{NAME}{path}.Name")]);
}

/// flows 7.1.12: routing by the hierarchy of agents, instead of priority or age.
#[test]
fn flows_7_1_12_routing_proficiencies() {
    let behavior = Smallest::of(A::UpdateContactRoutingBehavior).without("QueuePriority").erring(NME);
    let proficiency = |inner: Value| behavior.with("RoutingProficiencies", json!({"AgentHierarchyProficiency": inner}));
    let path = "Parameters.RoutingProficiencies.AgentHierarchyProficiency";
    for (hierarchy, seconds) in
        [(json!("h-1"), json!("0")), (json!("$.Attributes.h"), json!(600)), (json!("h"), json!("$.Attributes.s"))]
    {
        accepted(&proficiency(json!({"AgentHierarchy": hierarchy, "ExpirationSeconds": seconds})));
    }
    refused(
        &proficiency(json!({})),
        &[&format!("{MISSING}{path}.AgentHierarchy"), &format!("{MISSING}{path}.ExpirationSeconds")],
    );
    for seconds in [json!(601), json!("-1"), json!("soon")] {
        refused(
            &proficiency(json!({"AgentHierarchy": "h", "ExpirationSeconds": seconds})),
            &[&format!("{VALUE}{path}.ExpirationSeconds")],
        );
    }
    refused(&behavior.with("RoutingProficiencies", json!({})), &[&format!("{MISSING}{path}")]);
    let both = proficiency(json!({"AgentHierarchy": "h", "ExpirationSeconds": 5})).with("QueuePriority", json!("1"));
    refused(&both, &["Only one of these properties may be defined. Properties: [QueuePriority, RoutingProficiencies]"]);
}

/// flows 3.7: Compare needs a path with a leaf.
#[test]
fn flows_3_7_comparison_value() {
    values(
        A::Compare,
        "ComparisonValue",
        &[json!("$.Channel"), json!("$.External.a.b[0]"), json!("$.Attributes['user name']")],
        &[json!("$.External"), json!("text"), json!("$.Attributes.a b"), json!(5), json!("$.")],
    );
}

/// flows 4.2, 4.3: operators and operands.
#[test]
fn flows_4_conditions() {
    let compare = Smallest::of(A::Compare);
    let bad = format!("{VALUE}Transitions.Conditions");
    for operator in crate::flow::document::Operator::ALL {
        accepted(&compare.when(branches(operator.as_str(), &["5", "x", " "])));
    }
    let one = "Transitions.Conditions[0].Condition";
    for operator in ["And", "Or", "Not", "All", "Any", "Contains", "Exists", "equals"] {
        refused(&compare.when(branches(operator, &["x", "y"])), &[&bad]);
    }
    refused(&compare.when(branches("Equals", &[""])), &["Invalid branch. Path: 0.Evaluate"]);
    let operands = |operands: Value| {
        compare.when(json!([{"NextAction": "a", "Condition": {"Operator": "Equals", "Operands": operands}}]))
    };
    accepted(&operands(json!([5])));
    for wrong in [json!(["a", "b"]), json!([]), json!("a"), json!([{}])] {
        refused(&operands(wrong), &[&bad]);
    }
    refused(&compare.when(json!([{"NextAction": "a"}])), &[&format!("{MISSING}{one}")]);
    refused(&compare.when(json!([{"NextAction": "a", "Condition": 5}])), &[&bad]);
    refused(
        &compare.when(json!([{"NextAction": "a", "Condition": {}}])),
        &[&format!("{MISSING}{one}.Operator"), &format!("{MISSING}{one}.Operands")],
    );
    for target in ["b", ""] {
        refused(
            &compare.when(json!([{"NextAction": target, "Condition": {"Operator": "Equals", "Operands": ["x"]}}])),
            &[&format!("{VALUE}Transitions.Conditions[0].NextAction")],
        );
    }
}

/// flows 4.4: the operand of a comparison is static or one path, with any operator; elsewhere it is static.
#[test]
fn flows_4_4_operands_that_are_paths() {
    let compare = Smallest::of(A::Compare);
    for operator in crate::flow::document::Operator::ALL {
        accepted(
            &compare.when(branches(operator.as_str(), &["$.External.pin", "$.Attributes['a b']", "$.Attributes"])),
        );
    }
    let bad = format!("{VALUE}Transitions.Conditions");
    refused(&compare.when(branches("Equals", &["pin $.External.pin"])), &[&bad]);
    for (kind, operator) in [
        (A::CheckMetricData, "NumberGreaterThan"),
        (A::DistributeByPercentage, "NumberLessThan"),
        (A::InvokeFlowModule, "Equals"),
        (A::CheckHoursOfOperation, "Equals"),
        (A::Loop, "Equals"),
        (A::Wait, "Equals"),
    ] {
        refused(&Smallest::of(kind).when(branches(operator, &["$.Attributes.a"])), &[&bad]);
    }
}

/// flows 7.3.3, 7.3.16: no conditions at all.
#[test]
fn flows_7_3_3_and_7_3_16_at_least_one_condition() {
    let metric = Smallest::of(A::CheckMetricData);
    for name in ["NumberOfAgentsStaffed", "OldestContactInQueueAgeSeconds", "NumberOfContactsInQueue"] {
        let none = metric.with("MetricType", json!(name)).when(json!([]));
        refused(&none, &[&format!("{MISSING}Transitions.Conditions")]);
    }
    refused(&Smallest::of(A::Compare).when(json!([])), &["Invalid branch. Path: 0.Evaluate"]);
    for kind in [A::CheckHoursOfOperation, A::DistributeByPercentage, A::Loop, A::Wait] {
        refused(&Smallest::of(kind).when(json!([])), &[&format!("{VALUE}Transitions.Conditions")]);
    }
}

/// flows 6.3: an action that has no conditions takes an empty list of them.
#[test]
fn flows_6_3_conditions_where_none_are() {
    for kind in ActionType::ALL.iter().filter(|kind| matches!(rule(**kind).conditions, Conditions::Refused)) {
        accepted(&Smallest::of(*kind).when(json!([])));
        let problem = "Action does not support conditions. Path: Actions[0]";
        refused(&Smallest::of(*kind).when(branches("Equals", &["x"])), &[problem]);
        refused(&Smallest::of(*kind).when(json!([{"NextAction": "a"}])), &[problem]);
    }
}

/// flows 7: the sets of conditions that actions ask for.
#[test]
fn flows_7_sets_of_conditions() {
    let metric = |metric: &str, operator: &str, operands: &[&str]| {
        Smallest::of(A::CheckMetricData).with("MetricType", json!(metric)).when(branches(operator, operands))
    };
    let set =
        |kind: ActionType, operator: &str, operands: &[&str]| Smallest::of(kind).when(branches(operator, operands));
    let age = "OldestContactInQueueAgeSeconds";
    for good in [
        metric(age, "NumberGreaterOrEqualTo", &["300000", "5"]),
        metric("NumberOfContactsInQueue", "Equals", &["7"]),
        set(A::Loop, "Equals", &["DoneLooping", "ContinueLooping"]),
        set(A::DistributeByPercentage, "NumberLessThan", &["101"]),
        set(A::InvokeFlowModule, "Equals", &["anything"]),
    ] {
        accepted(&good);
    }
    for bad in [
        metric("NumberOfAgentsAvailable", "NumberGreaterThan", &["1"]),
        metric("NumberOfAgentsAvailable", "Equals", &["0"]),
        metric(age, "TextContains", &["3"]),
        metric(age, "Equals", &["many"]),
        set(A::Loop, "Equals", &["ContinueLooping"]),
        set(A::Loop, "Equals", &["ContinueLooping", "ContinueLooping"]),
        set(A::Loop, "TextContains", &["ContinueLooping", "DoneLooping"]),
        set(A::CheckHoursOfOperation, "Equals", &["True"]),
        set(A::CheckHoursOfOperation, "Equals", &["True", "False", "Maybe"]),
        set(A::DistributeByPercentage, "NumberLessThan", &[]),
        set(A::DistributeByPercentage, "NumberLessThan", &["5", "5"]),
        set(A::DistributeByPercentage, "NumberLessThan", &["102"]),
        set(A::DistributeByPercentage, "Equals", &["5"]),
        set(A::Wait, "Equals", &[]),
        set(A::Wait, "Equals", &["WaitCompleted", "CustomerReturned"]),
        set(A::Wait, "NumberLessThan", &["WaitCompleted"]),
        set(A::InvokeFlowModule, "TextContains", &["anything"]),
    ] {
        refused(&bad, &[&format!("{VALUE}Transitions.Conditions")]);
    }
}

/// flows 7.3.10, 7.3.12: events and the continue form.
#[test]
fn flows_7_3_12_wait() {
    let wait = Smallest::of(A::Wait);
    let returned = wait.with("Events", json!(["CustomerReturned"]));
    accepted(&returned.when(branches("Equals", &["CustomerReturned", "WaitCompleted"])));
    refused(&returned, &[&format!("{VALUE}Transitions.Conditions")]);
    refused(
        &wait.with("Events", json!(["Rain"])),
        &[&format!("{VALUE}Parameters.Events[0]"), &format!("{VALUE}Transitions.Conditions")],
    );
    refused(&wait.with("TimeoutSeconds", json!(5)), &[&format!("{NAME}Parameters.TimeoutSeconds")]);
    let beside = wait.with("ContinueExecution", json!("True")).with("MinimumWaitTimeSeconds", json!("5"));
    let beside = beside.when(branches("Equals", &["WaitCompleted", "Continue"]));
    // The branch leads to the wait itself.
    let problem = "Unsupported Action In Wait Action's Continue Branch";
    refused(&beside, &[problem]);
    let mut document = beside.document();
    document["Actions"].as_array_mut().unwrap().extend([
        json!({"Identifier": "tag", "Type": "TagContact", "Parameters": {"Tags": {"a": "b"}},
               "Transitions": {"NextAction": "end", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}}),
        json!({"Identifier": "end", "Type": "EndFlowExecution", "Transitions": {}}),
    ]);
    document["Actions"][0]["Transitions"]["Conditions"][1]["NextAction"] = json!("tag");
    assert_eq!(problems_of(&document, Some(&ContactFlowType::ContactFlow)), [""; 0]);
    document["Actions"][1]["Transitions"]["Errors"][0]["NextAction"] = json!("a");
    assert_eq!(problems_of(&document, Some(&ContactFlowType::ContactFlow)), [problem]);
}
