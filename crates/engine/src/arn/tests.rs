use super::*;
use proptest::prelude::*;

const HOME: Home<'_> = Home { partition: Partition::Aws, region: "eu-west-2", account: "111122223333" };
const SCOPE: Scope<'_> = Scope { home: HOME, instance: "i-1" };
const PREFIX: &str = "arn:aws:connect:eu-west-2:111122223333:";

#[test]
fn r4_9_arn_formats() {
    for (kind, rest) in [
        (Kind::Instance, "instance/i-1"),
        (Kind::TaskTemplate, "instance/i-1/task-template/x"),
        (Kind::Flow, "instance/i-1/contact-flow/x"),
        (Kind::FlowModule, "instance/i-1/flow-module/x"),
        (Kind::QuickConnect, "instance/i-1/transfer-destination/x"),
        (Kind::Queue, "instance/i-1/queue/x"),
        (Kind::AgentQueue, "instance/i-1/queue/agent/x"),
        (Kind::User, "instance/i-1/agent/x"),
        (Kind::AgentStatus, "instance/i-1/agent-state/x"),
        (Kind::RoutingProfile, "instance/i-1/routing-profile/x"),
        (Kind::HoursOfOperation, "instance/i-1/operating-hours/x"),
        (Kind::SecurityProfile, "instance/i-1/security-profile/x"),
        (Kind::HierarchyGroup, "instance/i-1/agent-group/x"),
        (Kind::HierarchyLevel, "instance/i-1/agent-group-level/x"),
        (Kind::Prompt, "instance/i-1/prompt/x"),
        (Kind::Contact, "instance/i-1/contact/x"),
        (Kind::PhoneNumber, "phone-number/x"),
    ] {
        let text = format!("{PREFIX}{rest}");
        assert_eq!(SCOPE.arn(kind, "x"), text);
        let arn = Arn::parse(&text).unwrap();
        assert_eq!(arn.kind, kind, "{text}");
        assert_eq!(arn.to_string(), text);
        assert_eq!(arn.instance.is_none(), kind == Kind::PhoneNumber);
    }
    assert_eq!(Kind::ALL.len(), 17);
}

#[test]
fn r1_1_1_template_arn() {
    let id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    assert_eq!(SCOPE.arn(Kind::TaskTemplate, id), format!("{PREFIX}instance/i-1/task-template/{id}"));
}

#[test]
fn r4_9_partitions() {
    for (region, partition) in
        [("eu-west-2", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-east-1", "aws")]
    {
        let home = Home::new(region, "111122223333");
        let text = home.instance("i").instance_arn();
        assert_eq!(text, format!("arn:{partition}:connect:{region}:111122223333:instance/i"));
        assert_eq!(Arn::parse(&text).unwrap().partition.as_str(), partition);
    }
    assert_eq!(Arn::parse("arn:aws-iso:connect:r:111122223333:instance/i"), Err(ArnError::Partition));
}

/// Every way of being no ARN.
#[test]
fn r4_6_malformed_arns_are_invalid() {
    for (text, error) in [
        ("not-an-arn", ArnError::NotAnArn),
        ("", ArnError::NotAnArn),
        ("arn:aws:connect:eu-west-2:111122223333", ArnError::NotAnArn),
        ("ARN:aws:connect:eu-west-2:111122223333:instance/i", ArnError::NotAnArn),
        ("arn:aws:s3:eu-west-2:111122223333:instance/i", ArnError::Service),
        ("arn:aws:connect::111122223333:instance/i", ArnError::Region),
        ("arn:aws:connect:EU:111122223333:instance/i", ArnError::Region),
        ("arn:aws:connect:eu-west-2::instance/i", ArnError::Account),
        ("arn:aws:connect:eu-west-2:1111222233:instance/i", ArnError::Account),
        ("arn:aws:connect:eu-west-2:11112222333x:instance/i", ArnError::Account),
        ("arn:aws:connect:eu-west-2:111122223333:", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/contact-flow-module/x", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/quick-connect/x", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/user/x", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/hours-of-operation/x", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/phone-number/x", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/instance/x", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/queue/x/y", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/queue", ArnError::Resource),
        ("arn:aws:connect:eu-west-2:111122223333:instance/", ArnError::Id),
        ("arn:aws:connect:eu-west-2:111122223333:instance//queue/x", ArnError::Id),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/queue/", ArnError::Id),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/queue/a b", ArnError::Id),
        ("arn:aws:connect:eu-west-2:111122223333:instance/i/queue/a\0", ArnError::Id),
    ] {
        assert_eq!(Arn::parse(text), Err(error), "{text:?}");
        assert!(
            matches!(tag_target(text, HOME), Err(TagTarget::Invalid(message)) if message.contains("resourceArn")),
            "{text:?}"
        );
    }
}

#[test]
fn case_70_not_an_arn() {
    assert!(
        matches!(tag_target("not-an-arn", HOME), Err(TagTarget::Invalid(message)) if message.contains("\"not-an-arn\""))
    );
}

#[test]
fn r4_6_other_accounts_and_regions_are_absent() {
    for text in [
        "arn:aws:connect:eu-west-2:999999999999:instance/i-1/task-template/x",
        "arn:aws:connect:eu-west-1:111122223333:instance/i-1/task-template/x",
        "arn:aws-cn:connect:eu-west-2:111122223333:instance/i-1/task-template/x",
        "arn:aws:connect:eu-west-2:999999999999:instance/i-1/contact/x",
    ] {
        assert_eq!(tag_target(text, HOME), Err(TagTarget::NotFound), "{text}");
    }
}

#[test]
fn case_71_contacts_are_not_tagged_here() {
    let refused = tag_target(&SCOPE.arn(Kind::Contact, "c"), HOME);
    assert_eq!(
        refused,
        Err(TagTarget::NotTaggable("A resource of kind contact cannot be tagged here; use TagContact".to_owned()))
    );
    assert!(matches!(tag_target(&SCOPE.arn(Kind::AgentQueue, "u"), HOME), Err(TagTarget::NotTaggable(_))));
}

#[test]
fn r4_7_task_templates_are_taggable() {
    let arn = tag_target(&SCOPE.arn(Kind::TaskTemplate, "t"), HOME).unwrap();
    assert_eq!((arn.kind, arn.instance.as_deref(), arn.id.as_str()), (Kind::TaskTemplate, Some("i-1"), "t"));
    for kind in Kind::ALL.iter().filter(|kind| kind.taggable()) {
        assert!(tag_target(&SCOPE.arn(*kind, "t"), HOME).is_ok(), "{kind:?}");
    }
}

#[test]
fn r0_13_ids_and_arns_are_both_taken() {
    let flow = |text: &str| id_or_arn(Kind::Flow, text, SCOPE);
    assert_eq!(flow("f-1"), IdRef::Id("f-1".to_owned()));
    assert_eq!(flow(&format!("{PREFIX}instance/i-1/contact-flow/f-1")), IdRef::Id("f-1".to_owned()));
    assert_eq!(flow(&format!("{PREFIX}instance/i-1/contact-flow/f-1:$LATEST")), IdRef::Id("f-1:$LATEST".to_owned()));
}

#[test]
fn administration_1_1_3_instance_ids() {
    const UUID: &str = "11111111-aAaA-4fff-8111-0123456789ab";
    let id = || InstanceRef::Id(UUID.to_owned());
    let home = "arn:aws:connect:eu-west-2:111122223333:instance";
    for (text, expected) in [
        (UUID.to_owned(), id()),
        (format!("{home}/{UUID}"), id()),
        (format!("arn:aws:connect:eu-west-2:999999999999:instance/{UUID}"), InstanceRef::Foreign),
        (format!("arn:aws:connect:eu-west-1:111122223333:instance/{UUID}"), InstanceRef::Foreign),
        (format!("arn:aws-cn:connect:eu-west-2:111122223333:instance/{UUID}"), InstanceRef::Foreign),
        (format!("{home}/i-9"), InstanceRef::Malformed),
        (format!("{home}/{UUID}/queue/{UUID}"), InstanceRef::Malformed),
        (format!("{home}/{UUID}/"), InstanceRef::Malformed),
        (format!(" {UUID}"), InstanceRef::Malformed),
        (format!("{UUID}0"), InstanceRef::Malformed),
        (UUID.replace('-', "_"), InstanceRef::Malformed),
        (UUID.replace('b', "g"), InstanceRef::Malformed),
        (UUID.replace("-4", "4-"), InstanceRef::Malformed),
        ("i-1".to_owned(), InstanceRef::Malformed),
        (String::new(), InstanceRef::Malformed),
        ("é".repeat(18), InstanceRef::Malformed),
        ("arn:aws:s3:::bucket".to_owned(), InstanceRef::Malformed),
        ("a\nb".to_owned(), InstanceRef::Malformed),
    ] {
        assert_eq!(instance_id(&text, HOME), expected, "{text:?}");
    }
}

#[test]
fn r0_13_foreign_arns_are_unknown() {
    for text in [
        "arn:aws:connect:eu-west-2:111122223333:instance/i-2/contact-flow/f-1",
        "arn:aws:connect:eu-west-2:999999999999:instance/i-1/contact-flow/f-1",
        "arn:aws:connect:eu-west-1:111122223333:instance/i-1/contact-flow/f-1",
        "arn:aws-cn:connect:eu-west-2:111122223333:instance/i-1/contact-flow/f-1",
        "arn:aws:connect:eu-west-2:111122223333:instance/i-1/flow-module/f-1",
        "arn:aws:connect:eu-west-2:111122223333:instance/i-1",
        "arn:aws:s3:::bucket",
        "arn:",
        "",
        "a/b",
        "a b",
        "a\0b",
    ] {
        assert_eq!(id_or_arn(Kind::Flow, text, SCOPE), IdRef::Foreign, "{text:?}");
    }
}

#[test]
fn flow_qualifiers() {
    for (text, bare, qualifier) in [
        ("f", "f", None),
        ("f:$LATEST", "f", Some(Qualifier::Latest)),
        ("f:$SAVED", "f", Some(Qualifier::Saved)),
        ("f:3", "f", Some(Qualifier::Version(3))),
        ("f:a-b", "f", Some(Qualifier::Alias("a-b".to_owned()))),
        ("f:", "f", Some(Qualifier::Alias(String::new()))),
    ] {
        assert_eq!(flow_id(text), (bare.to_owned(), qualifier), "{text}");
    }
}

proptest! {
    #[test]
    fn parsing_never_panics_and_formats_back(text in "(arn:aws:connect:)?[a-z0-9:/ -]{0,60}") {
        if let Ok(arn) = Arn::parse(&text) {
            prop_assert_eq!(arn.to_string(), text);
        }
    }

    #[test]
    fn what_is_formatted_can_be_parsed(kind in proptest::sample::select(Kind::ALL), id in "[a-z0-9$:-]{1,40}") {
        let text = SCOPE.arn(kind, &id);
        let arn = Arn::parse(&text).unwrap();
        prop_assert_eq!(arn.kind, kind);
        prop_assert!(arn.lives_in(HOME));
    }
}
