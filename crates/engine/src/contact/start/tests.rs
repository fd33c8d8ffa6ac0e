//! Rules of requests that make a contact, by their numbers.

use std::collections::BTreeMap;

use wire::ExceptionKind::{
    InvalidParameterException as Parameter, InvalidRequestException as Rule, ResourceNotFoundException as Unknown,
};
use wire::shapes::{
    ContactFlowType, ReferenceType, RequiredFieldInfo, SegmentAttributeValue, TaskTemplateConstraints,
    TaskTemplateDefaultFieldValue, TaskTemplateField, TaskTemplateFieldIdentifier, TaskTemplateFieldType,
    TaskTemplateStatus,
};

use super::*;
use crate::arn::{Home, Kind};
use crate::contact::{At, Reference, ReferenceKind};
use crate::quick_connect::Target;
use crate::task_template::Reason;

const NOW: i64 = 1_800_000_000_000;
const FLOW: &str = "11111111-0000-4000-8000-000000000001";
const OTHER_FLOW: &str = "11111111-0000-4000-8000-000000000002";
const TEMPLATE: &str = "22222222-0000-4000-8000-000000000001";
const QUICK: &str = "33333333-0000-4000-8000-000000000001";
const USER: &str = "44444444-0000-4000-8000-000000000001";
const CONTACT: &str = "55555555-0000-4000-8000-000000000001";

fn scope() -> Scope<'static> {
    Home::new("eu-west-2", "111122223333").instance("66666666-0000-4000-8000-000000000001")
}

fn user() -> AgentRef {
    AgentRef {
        id: USER.to_owned(),
        user_name: "ada".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        routing_profile: (String::new(), String::new()),
        acw_limit_s: 0,
        auto_accept: false,
        hierarchy: Vec::new(),
    }
}

fn request() -> StartRequest {
    StartRequest {
        name: "Call back".to_owned(),
        description: None,
        references: BTreeMap::new(),
        attributes: Attributes::new(),
        scheduled_ms: None,
        contact_flow_id: Some(FLOW.to_owned()),
        quick_connect_id: None,
        task_template_id: None,
        previous_contact_id: None,
        related_contact_id: None,
        segment_attributes: BTreeMap::new(),
        attachments: 0,
        initiation_method: InitiationMethod::Api,
        descent: Descent::default(),
    }
}

fn templated() -> StartRequest {
    StartRequest { contact_flow_id: None, task_template_id: Some(TEMPLATE.to_owned()), ..request() }
}

fn identifier(name: &str) -> TaskTemplateFieldIdentifier {
    TaskTemplateFieldIdentifier { name: Some(name.to_owned()) }
}

/// A template with fields `(name, type, default)`; those whose name ends in `*` are required, in `!` read-only.
fn template(flow: Option<&str>, fields: &[(&str, &str, &str)]) -> Template {
    let bare = |name: &str| name.trim_end_matches(['*', '!']).to_owned();
    let marked = |mark: char| {
        fields.iter().filter(move |(name, ..)| name.ends_with(mark)).map(move |(name, ..)| identifier(&bare(name)))
    };
    let read_only = marked('!').map(|id| wire::shapes::ReadOnlyFieldInfo { id: Some(id) });
    let defaults = fields.iter().filter(|(.., default)| !default.is_empty());
    Template {
        name: "Refund".to_owned(),
        description: None,
        contact_flow_id: flow.map(str::to_owned),
        self_assign_flow_id: None,
        wrap_up_flow_id: None,
        constraints: TaskTemplateConstraints {
            required_fields: Some(marked('*').map(|id| RequiredFieldInfo { id: Some(id) }).collect()),
            read_only_fields: Some(read_only.collect()),
            invisible_fields: None,
        },
        default_values: defaults
            .map(|(name, _, default)| TaskTemplateDefaultFieldValue {
                id: Some(identifier(&bare(name))),
                default_value: Some((*default).to_owned()),
            })
            .collect(),
        status: TaskTemplateStatus::Active,
        fields: fields
            .iter()
            .map(|(name, kind, _)| TaskTemplateField {
                id: identifier(&bare(name)),
                r#type: Some(TaskTemplateFieldType::parse(kind)),
                single_select_options: (*kind == "SINGLE_SELECT").then(|| vec!["Late".to_owned(), "Broken".to_owned()]),
                ..Default::default()
            })
            .collect(),
    }
}

fn flow(flow_type: ContactFlowType) -> FlowFact {
    FlowFact { flow_type, published: true, archived: false }
}

fn facts(template: Option<Template>) -> Facts {
    Facts {
        template: template.map(|template| TemplateFact { id: TEMPLATE.to_owned(), version: 3, template }),
        flows: [FLOW, OTHER_FLOW].map(|id| (id.to_owned(), flow(ContactFlowType::ContactFlow))).into_iter().collect(),
        quick_connect: Some(QuickConnectFact {
            target: Target::User { user_id: USER.to_owned(), flow_id: OTHER_FLOW.to_owned() },
            flow: Some(flow(ContactFlowType::AgentTransfer)),
            agent: Some(user()),
            queue: None,
        }),
        user: Some(user()),
        schedule_ahead_ms: 90 * 86_400_000,
        predefined: Predefined::of(&["region"].into(), &["region".to_owned()].into(), &[]),
        ..Facts::default()
    }
}

fn plain_facts(template: Option<Template>) -> Facts {
    facts(template)
}

fn decided(request: &StartRequest, facts: &Facts) -> Result<Started, Refusal> {
    let mut n = 0;
    let mut ids = || {
        n += 1;
        format!("99999999-0000-4000-8000-{n:012}")
    };
    decide(request, facts, &mut Cx { at: At { scope: scope(), now_ms: NOW }, ids: &mut ids })
}

fn started(request: &StartRequest, facts: &Facts) -> Contact {
    decided(request, facts).unwrap_or_else(|refusal| panic!("{}", refusal.message)).contact
}

/// The refusal's kind is as said and its message holds every text.
fn refused(request: &StartRequest, facts: &Facts, kind: ExceptionKind, texts: &[&str]) {
    let refusal = decided(request, facts).expect_err("the request is refused");
    assert_eq!(refusal.kind, kind, "{}", refusal.message);
    for text in texts {
        assert!(refusal.message.contains(text), "{text:?} is not in {:?}", refusal.message);
    }
}

fn reference(kind: &str, value: &str) -> GivenReference {
    GivenReference { kind: kind.to_owned(), value: value.to_owned() }
}

fn text(value: &str) -> SegmentAttributeValue {
    SegmentAttributeValue { value_string: Some(value.to_owned()), ..Default::default() }
}

fn minutes(n: i32) -> SegmentAttributeValue {
    let duration = SegmentAttributeValue { value_integer: Some(n), ..Default::default() };
    let map = BTreeMap::from([("ExpiryDuration".to_owned(), duration)]);
    SegmentAttributeValue { value_map: Some(map), ..Default::default() }
}

fn entered(contact: &Contact) -> &str {
    contact.runs[0].entering.as_deref().expect("a run that is to enter a flow")
}

#[test]
fn r5_3_1_and_tasks_2_3_1_exactly_one_source_of_the_flow() {
    assert_eq!(entered(&started(&request(), &facts(None))), FLOW);
    let none = StartRequest { contact_flow_id: None, ..request() };
    refused(&none, &facts(None), Rule, &["ContactFlowId", "QuickConnectId", "TaskTemplateId"]);
    let both = StartRequest { quick_connect_id: Some(QUICK.to_owned()), ..request() };
    refused(&both, &facts(None), Rule, &["either"]);
}

#[test]
fn tasks_2_3_19_the_flow_must_be_runnable() {
    let change: [fn(&mut FlowFact); 3] = [
        |flow| flow.published = false,
        |flow| flow.archived = true,
        |flow| flow.flow_type = ContactFlowType::CustomerQueue,
    ];
    for (change, why) in change.into_iter().zip(["never been published", "archived", "CUSTOMER_QUEUE"]) {
        let mut facts = facts(None);
        change(facts.flows.get_mut(FLOW).expect("it is there"));
        refused(&request(), &facts, Rule, &[why]);
    }
    refused(&request(), &Facts { flows: BTreeMap::new(), ..facts(None) }, Unknown, &[FLOW]);
    let draft = StartRequest { contact_flow_id: Some(format!("{FLOW}:$SAVED")), ..request() };
    refused(&draft, &facts(None), Rule, &["draft"]);
}

#[test]
fn tasks_2_3_18_a_quick_connect_brings_flow_queue_and_agent() {
    let quick = StartRequest { contact_flow_id: None, quick_connect_id: Some(QUICK.to_owned()), ..request() };
    let contact = started(&quick, &facts(None));
    assert_eq!(entered(&contact), OTHER_FLOW);
    assert_eq!(contact.target_queue, Some(user().queue()));
    assert_eq!(contact.target_agent, Some(user()));
    refused(&quick, &Facts { quick_connect: None, ..facts(None) }, Unknown, &[QUICK]);
    let mut gone = facts(None);
    gone.quick_connect.as_mut().expect("it is there").agent = None;
    refused(&quick, &gone, Unknown, &[USER]);
    let mut phone = facts(None);
    phone.quick_connect.as_mut().expect("it is there").target = Target::Phone;
    refused(&quick, &phone, Rule, &["telephone"]);
}

#[test]
fn r5_2_1_and_r5_2_2_and_r5_2_3_the_template_must_exist_and_be_active() {
    refused(&templated(), &facts(None), Unknown, &[TEMPLATE]);
    let mut inactive = template(Some(FLOW), &[("Name*", "NAME", "")]);
    inactive.status = TaskTemplateStatus::Inactive;
    refused(&templated(), &facts(Some(inactive)), Rule, &["is INACTIVE; UpdateTaskTemplate with Status ACTIVE"]);
    let contact = started(&templated(), &facts(Some(template(Some(FLOW), &[("Name*", "NAME", "")]))));
    let pinned = contact.template.expect("the version is kept");
    assert_eq!((pinned.id.as_str(), pinned.version, pinned.name.as_str()), (TEMPLATE, 3, "Refund"));
}

#[test]
fn r5_3_2_and_r5_3_3_and_r5_3_4_and_r5_3_6_which_flow_runs() {
    let name = ("Name*", "NAME", "");
    let with = |flow: Option<&str>, quick: Option<&str>| StartRequest {
        contact_flow_id: flow.map(str::to_owned),
        quick_connect_id: quick.map(str::to_owned),
        ..templated()
    };
    let own = || facts(Some(template(Some(FLOW), &[name])));
    let none = || facts(Some(template(None, &[name])));
    let quick_none = || facts(Some(template(None, &[name, ("To", "QUICK_CONNECT", QUICK)])));
    let quick_own = || facts(Some(template(Some(FLOW), &[name, ("To", "QUICK_CONNECT", "")])));
    let quick_own_default = || facts(Some(template(Some(FLOW), &[name, ("To", "QUICK_CONNECT", QUICK)])));
    // 5.3.2
    assert_eq!(entered(&started(&with(None, None), &own())), FLOW);
    assert_eq!(entered(&started(&with(Some(FLOW), None), &own())), FLOW);
    refused(&with(Some(OTHER_FLOW), None), &own(), Rule, &["flow of its own"]);
    refused(&with(None, Some(QUICK)), &own(), Rule, &["QuickConnectId"]);
    // 5.3.3
    refused(&with(None, None), &none(), Rule, &["ContactFlowId"]);
    refused(&with(Some(FLOW), Some(QUICK)), &none(), Rule, &["either"]);
    assert_eq!(entered(&started(&with(Some(FLOW), None), &none())), FLOW);
    assert_eq!(entered(&started(&with(None, Some(QUICK)), &none())), OTHER_FLOW);
    assert_eq!(entered(&started(&with(None, None), &quick_none())), OTHER_FLOW);
    // 5.3.4
    assert_eq!(entered(&started(&with(None, None), &quick_own())), FLOW);
    assert_eq!(entered(&started(&with(None, Some(QUICK)), &quick_own())), OTHER_FLOW);
    assert_eq!(entered(&started(&with(None, None), &quick_own_default())), OTHER_FLOW);
    refused(&with(Some(OTHER_FLOW), None), &quick_own(), Rule, &["flow of its own"]);
    // 5.3.6
    let lost = Facts { flows: BTreeMap::new(), ..own() };
    refused(&with(None, None), &lost, Rule, &["does not exist any more"]);
}

#[test]
fn r5_3_5_and_r5_4_3_self_assignment() {
    let fields = [("Name*", "NAME", ""), ("Mine", "SELF_ASSIGN", "")];
    let arn = scope().arn(Kind::User, USER);
    let mut mine = templated();
    mine.segment_attributes =
        [("connect:AssignmentType".to_owned(), text("SELF")), ("connect:CreatedByUser".to_owned(), text(&arn))].into();
    let mut own = template(Some(FLOW), &fields);
    assert_eq!(entered(&started(&mine, &facts(Some(own.clone())))), FLOW);
    own.self_assign_flow_id = Some(OTHER_FLOW.to_owned());
    let contact = started(&mine, &facts(Some(own.clone())));
    assert_eq!(entered(&contact), OTHER_FLOW);
    assert!(contact.self_assigned);
    assert_eq!(contact.created_by_user.as_deref(), Some(arn.as_str()));
    assert_eq!(contact.target_queue, Some(user().queue()));
    let nowhere = facts(Some(template(None, &fields)));
    refused(&mine, &nowhere, Rule, &["no flow for tasks that agents assign"]);
    let lacking = facts(Some(template(Some(FLOW), &fields[..1])));
    refused(&mine, &lacking, Rule, &["no SELF_ASSIGN field"]);
    let quick = StartRequest { quick_connect_id: Some(QUICK.to_owned()), ..mine.clone() };
    refused(&quick, &facts(Some(own.clone())), Rule, &["quick connect"]);
    let mut alone = mine.clone();
    alone.segment_attributes.remove("connect:CreatedByUser");
    refused(&alone, &facts(Some(own.clone())), Rule, &["needs connect:CreatedByUser"]);
    let without = StartRequest { task_template_id: None, contact_flow_id: Some(FLOW.to_owned()), ..mine.clone() };
    refused(&without, &facts(None), Rule, &["SELF needs TaskTemplateId"]);
    let unknown = Facts { user: None, ..facts(Some(own.clone())) };
    refused(&mine, &unknown, Rule, &["user"]);
    let mut other = mine;
    other.segment_attributes.insert("connect:AssignmentType".to_owned(), text("OTHER"));
    refused(&other, &facts(Some(own)), Parameter, &["SELF"]);
}

#[test]
fn r5_4_4_and_tasks_2_3_15_the_creator_is_an_agent() {
    let mut by = request();
    by.segment_attributes.insert("connect:CreatedByUser".to_owned(), text(&scope().arn(Kind::User, USER)));
    assert!(started(&by, &facts(None)).created_by_user.is_some());
    refused(&by, &Facts { user: None, ..facts(None) }, Unknown, &["user"]);
    by.segment_attributes.insert("connect:CreatedByUser".to_owned(), text(USER));
    refused(&by, &facts(None), Rule, &["ARN of an agent"]);
}

#[test]
fn b80_a_segment_attribute_has_one_value() {
    for (key, kind) in [("region", Rule), ("connect:CreatedByUser", Rule), ("connect:ContactExpiry", Parameter)] {
        let mut two = request();
        two.segment_attributes
            .insert(key.to_owned(), SegmentAttributeValue { value_integer: Some(1), ..text("north") });
        refused(&two, &facts(None), kind, &[key, "ValueString and ValueInteger"]);
    }
}

#[test]
fn tasks_2_3_17_segment_attributes_of_users_are_predefined() {
    let mut own = request();
    own.segment_attributes.insert("region".to_owned(), text("north"));
    assert_eq!(started(&own, &facts(None)).segment_attributes["region"], "north");
    for (key, why) in [("other", "predefined"), ("connect:Subtype", "system attribute")] {
        let mut bad = request();
        bad.segment_attributes.insert(key.to_owned(), text("x"));
        refused(&bad, &facts(None), Rule, &[why, key]);
    }
}

#[test]
fn r5_4_1_schedule() {
    let at = |ms: i64| StartRequest { scheduled_ms: Some(ms), ..request() };
    let later = started(&at(NOW + 60_000), &facts(None));
    assert_eq!(later.state, State::Scheduled);
    assert_eq!(later.times.scheduled_ms, Some(NOW + 60_000));
    assert_eq!(later.expiry.at_ms, NOW + 60_000 + DEFAULT_EXPIRY_MINUTES * 60_000, "the clock starts then");
    refused(&at(NOW - 3_600_000), &facts(None), Parameter, &["ScheduledTime", "past"]);
    refused(&at(NOW + 91 * 86_400_000), &facts(None), Parameter, &["90 days"]);
    let past = template(Some(FLOW), &[("Name*", "NAME", ""), ("When", "SCHEDULED_TIME", "1767225600")]);
    refused(&templated(), &facts(Some(past)), Rule, &["default", "past"]);
}

#[test]
fn r5_4_2_expiry() {
    let with = |n: i32, request: StartRequest| StartRequest {
        segment_attributes: [("connect:ContactExpiry".to_owned(), minutes(n))].into(),
        ..request
    };
    assert_eq!(started(&request(), &facts(None)).expiry.minutes, 10_080);
    assert_eq!(started(&with(1, request()), &facts(None)).expiry.at_ms, NOW + 60_000);
    assert_eq!(started(&with(129_600, request()), &facts(None)).expiry.minutes, 129_600);
    for n in [0, 129_601, -5] {
        refused(&with(n, request()), &facts(None), Parameter, &["1 to 129600"]);
    }
    let mut words = request();
    words.segment_attributes.insert("connect:ContactExpiry".to_owned(), text("60"));
    refused(&words, &facts(None), Parameter, &["ExpiryDuration"]);
    let default = || facts(Some(template(Some(FLOW), &[("Name*", "NAME", ""), ("Life", "EXPIRY_DURATION", "30")])));
    assert_eq!(started(&templated(), &default()).expiry.minutes, 30);
    assert_eq!(started(&with(7, templated()), &default()).expiry.minutes, 7);
}

#[test]
fn r5_5_2_all_missing_fields_are_named_at_once() {
    let fields = [
        ("Name*", "NAME", ""),
        ("Order id*", "TEXT", ""),
        ("Amount*", "NUMBER", ""),
        ("Until*", "SCHEDULED_TIME", ""),
        ("To*", "QUICK_CONNECT", ""),
        ("Life*", "EXPIRY_DURATION", ""),
        ("About*", "DESCRIPTION", ""),
        ("Mine*", "SELF_ASSIGN", ""),
        ("Given*", "TEXT", "x"),
        ("Free", "TEXT", ""),
    ];
    let facts = facts(Some(template(Some(FLOW), &fields)));
    let missing = ["Order id", "Amount", "Until", "To", "Life", "About", "Mine"];
    refused(&templated(), &facts, Rule, &missing);
    let message = decided(&templated(), &facts).unwrap_err().message;
    assert!(!message.contains("Given") && !message.contains("Free"), "{message}");
}

#[test]
fn r5_5_1_and_r5_5_3_and_r5_5_4_and_r5_1_4_defaults_and_absent_values() {
    let fields = [("Name*", "NAME", "Unnamed"), ("Order id", "TEXT", "none"), ("Amount", "NUMBER", "")];
    let facts = || facts(Some(template(Some(FLOW), &fields)));
    let contact = started(&templated(), &facts());
    assert_eq!(contact.references.len(), 1, "a field without value gets no reference");
    assert_eq!(contact.references["Order id"], Reference { kind: ReferenceKind::String, value: "none".to_owned() });
    let mut given = StartRequest { name: String::new(), ..templated() };
    given.references.insert("Order id".to_owned(), reference("STRING", ""));
    given.references.insert("Amount".to_owned(), reference("NUMBER", ""));
    given.references.insert("Extra".to_owned(), reference("URL", "https://example.com"));
    let contact = started(&given, &facts());
    assert_eq!(contact.name, "Unnamed", "5.5.3");
    assert_eq!(contact.references["Order id"].value, "none");
    assert!(!contact.references.contains_key("Amount"));
    assert_eq!(contact.references["Extra"].kind, ReferenceKind::Url, "5.1.4");
    let nameless = StartRequest { name: String::new(), ..templated() };
    let bare = plain_facts(Some(template(Some(FLOW), &[("Name*", "NAME", "")])));
    refused(&nameless, &bare, Rule, &["Name"]);
}

#[test]
fn r5_6_1_and_r5_6_2_and_r5_6_3_types_values_and_options() {
    let fields = [
        ("Name*", "NAME", ""),
        ("Order id", "TEXT", ""),
        ("Note", "TEXT_AREA", ""),
        ("Amount", "NUMBER", ""),
        ("Approved", "BOOLEAN", ""),
        ("Reason", "SINGLE_SELECT", ""),
        ("Due", "DATE_TIME", ""),
        ("Page", "URL", ""),
        ("Mail", "EMAIL", ""),
    ];
    let facts = || facts(Some(template(Some(FLOW), &fields)));
    let long = "x".repeat(512);
    let area = "x".repeat(4096);
    for (field, kind, good, bad) in [
        ("Order id", "STRING", "A-1", long.as_str()),
        ("Note", "STRING", "a\nb", area.as_str()),
        ("Amount", "NUMBER", "12.50", "twelve"),
        ("Approved", "STRING", "true", "yes"),
        ("Reason", "STRING", "Late", "Lost"),
        ("Due", "DATE", "1767225600", "2026-01-01"),
        ("Page", "URL", "https://example.com/a", "example"),
        ("Mail", "EMAIL", "a@example.com", "a at example.com"),
    ] {
        let with = |kind: &str, value: &str| StartRequest {
            references: [(field.to_owned(), reference(kind, value))].into(),
            ..templated()
        };
        let contact = started(&with(kind, good), &facts());
        assert_eq!(contact.references[field].value, good);
        assert_eq!(contact.references[field].kind.as_str(), kind);
        refused(&with(kind, bad), &facts(), Rule, &[&format!("References[\"{field}\"].Value")]);
        let other = if kind == "NUMBER" { "STRING" } else { "NUMBER" };
        refused(&with(other, good), &facts(), Rule, &[&format!("References[\"{field}\"].Type"), kind]);
    }
}

#[test]
fn r5_1_1_a_field_is_filled_by_the_reference_of_its_very_name() {
    let fields = [("Name*", "NAME", ""), ("Order id*", "TEXT", "")];
    for key in ["order id", "Order id ", "Orderid"] {
        let mut near = templated();
        near.references.insert(key.to_owned(), reference("STRING", "A-1"));
        near.attributes.insert("Order-id".to_owned(), "A-1".to_owned());
        refused(&near, &facts(Some(template(Some(FLOW), &fields))), Rule, &["Order id", "required"]);
    }
}

#[test]
fn r5_7_1_and_r5_7_2_read_only_fields_keep_their_default() {
    let fields = [("Name*", "NAME", ""), ("Kind!", "TEXT", "A"), ("Life!", "EXPIRY_DURATION", "60")];
    let facts = || facts(Some(template(Some(FLOW), &fields)));
    let with = |value: &str| StartRequest {
        references: [("Kind".to_owned(), reference("STRING", value))].into(),
        ..templated()
    };
    assert_eq!(started(&with("A"), &facts()).references["Kind"].value, "A");
    refused(&with("B"), &facts(), Rule, &["Kind", "read-only", "\"A\""]);
    let mut life = templated();
    life.segment_attributes.insert("connect:ContactExpiry".to_owned(), minutes(60));
    assert_eq!(started(&life, &facts()).expiry.minutes, 60);
    life.segment_attributes.insert("connect:ContactExpiry".to_owned(), minutes(61));
    refused(&life, &facts(), Rule, &["Life"]);
    // 5.7.2: without default the creator may set it once.
    let free = plain_facts(Some(template(Some(FLOW), &[("Name*", "NAME", ""), ("Kind!", "TEXT", "")])));
    assert_eq!(started(&with("B"), &free).references["Kind"].value, "B");
}

#[test]
fn r5_1_2_and_tasks_2_3_10_and_2_3_11_references_without_a_template() {
    let good =
        [("URL", "https://a.example"), ("NUMBER", "1"), ("STRING", "x"), ("DATE", "1"), ("EMAIL", "a@b.example")];
    let with = |kind: &str, value: &str| StartRequest {
        references: [("r".to_owned(), reference(kind, value))].into(),
        ..request()
    };
    for (kind, value) in good {
        assert_eq!(started(&with(kind, value), &facts(None)).references["r"].value, value, "{kind}");
    }
    let others = || ReferenceType::ALL_VALUES.iter().filter(|kind| good.iter().all(|(other, _)| other != *kind));
    assert!(others().any(|kind| *kind == "ATTACHMENT") && others().any(|kind| *kind == "VOICEMAIL_RECORDING"));
    for kind in others() {
        refused(&with(kind, "x"), &facts(None), Rule, &["References[\"r\"].Type"]);
    }
    for (kind, value) in [("NUMBER", "1e5"), ("DATE", "soon"), ("EMAIL", "nobody"), ("URL", "here")] {
        refused(&with(kind, value), &facts(None), Parameter, &["References[\"r\"].Value"]);
    }
}

#[test]
fn tasks_2_3_9_and_2_4_chains() {
    let mut previous = started(&request(), &facts(None));
    CONTACT.clone_into(&mut previous.id);
    CONTACT.clone_into(&mut previous.association_id);
    let after = StartRequest { previous_contact_id: Some(CONTACT.to_owned()), ..request() };
    let shared = Attributes::from([("a".to_owned(), "1".to_owned())]);
    let found = Facts { previous: Some(previous.clone()), attributes: shared.clone(), ..facts(None) };
    let next = started(&after, &found);
    assert_eq!(next.chain_id(), CONTACT);
    assert_eq!(next.association_id, CONTACT);
    assert_eq!(decided(&after, &found).expect("it begins").attributes, None, "the chain's attributes stay as they are");
    refused(&after, &facts(None), Unknown, &["PreviousContactId"]);
    let related = StartRequest { related_contact_id: Some(CONTACT.to_owned()), ..request() };
    let found = Facts { related: Some(previous), attributes: shared.clone(), ..facts(None) };
    let begun = decided(&related, &found).expect("it begins");
    assert_eq!(begun.contact.chain_id(), begun.contact.id, "a chain of its own");
    assert_eq!(begun.attributes, Some(shared), "2.4.2: copied once");
    let both = StartRequest { previous_contact_id: Some(CONTACT.to_owned()), ..related };
    let refusal = decided(&both, &found).expect_err("both are given");
    assert!(refusal.message.contains("cannot be given together"), "{}", refusal.message);
}

#[test]
fn tasks_2_3_12_attributes() {
    let with =
        |key: &str, value: &str| StartRequest { attributes: [(key.to_owned(), value.to_owned())].into(), ..request() };
    assert!(decided(&with("tier_1-A", "vip"), &facts(None)).expect("it begins").attributes.is_some());
    refused(&with("a b", "x"), &facts(None), Parameter, &["Attributes"]);
    refused(&with("a", &"x".repeat(32_768)), &facts(None), Parameter, &["Attributes"]);
}

#[test]
fn tasks_2_3_22_attachments_need_storage() {
    refused(&StartRequest { attachments: 1, ..request() }, &facts(None), Rule, &["Attachments"]);
}

#[test]
fn r5_8_4_and_r5_8_5_and_r5_8_6_what_keeps_a_task_from_another_template() {
    let fields =
        [("Name*", "NAME", ""), ("Order id*", "TEXT", "never"), ("Amount", "NUMBER", ""), ("To*", "QUICK_CONNECT", "")];
    let template = template(Some(FLOW), &fields);
    let mut contact = started(&request(), &facts(None));
    let found = |contact: &Contact| {
        retemplate(contact, &template).into_iter().map(|problem| (problem.path, problem.reason)).collect::<Vec<_>>()
    };
    let path = |end: &str| format!("References[\"Order id\"]{end}");
    assert_eq!(found(&contact), [(path(""), Reason::RequiredPropertyMissing)], "5.8.4: defaults fill no gaps");
    let mut set = |key: &str, kind, value: &str| {
        contact.references.insert(key.to_owned(), Reference { kind, value: value.to_owned() });
        contact.clone()
    };
    let empty = set("Order id", ReferenceKind::String, "");
    assert_eq!(found(&empty), [(path(""), Reason::RequiredPropertyMissing)]);
    let number = set("Order id", ReferenceKind::Number, "1");
    assert_eq!(found(&number), [(path(".Type"), Reason::TypeMismatch)]);
    let long = set("Order id", ReferenceKind::String, &"x".repeat(512));
    assert_eq!(found(&long), [(path(".Value"), Reason::InvalidFormat)]);
    let good = set("Order id", ReferenceKind::String, "A-1");
    assert_eq!(found(&good), [], "5.8.6: QUICK_CONNECT is ignored");
    let conflict = set("Amount", ReferenceKind::String, "1");
    assert_eq!(
        found(&conflict),
        [("References[\"Amount\"].Type".to_owned(), Reason::TypeMismatch)],
        "optional fields too"
    );
}
