//! The rules of users as tables (administration 2.7).

use super::*;
use crate::faults::Refused;

fn refused(check: impl FnOnce(&mut Faults)) -> Result<(), Refused> {
    let mut faults = Faults::default();
    check(&mut faults);
    faults.check()
}

fn channels(phone: Option<&UserPhoneConfig>, configs: &ChannelConfigs<'_>) -> Result<(), Refused> {
    refused(|faults| check_channels(phone, configs, faults))
}

fn auto(channel: Channel, callback: Option<bool>) -> AutoAcceptConfig {
    AutoAcceptConfig { channel, auto_accept: true, agent_first_callback_auto_accept: callback }
}

fn work(channel: Channel, limit: i32, callback: Option<i32>) -> AfterContactWorkConfigPerChannel {
    let config = |limit| wire::shapes::AfterContactWorkConfig { after_contact_work_time_limit: Some(limit) };
    AfterContactWorkConfigPerChannel {
        channel,
        after_contact_work_config: config(limit),
        agent_first_callback_after_contact_work_config: callback.map(config),
    }
}

fn number(channel: Channel, phone_type: PhoneType, number: Option<&str>) -> PhoneNumberConfig {
    PhoneNumberConfig { channel, phone_type, phone_number: number.map(str::to_owned) }
}

/// administration 2.7.1, A45.
#[test]
fn a45_names_of_users() {
    for (name, good) in [
        ("ada", true),
        ("Ada_L.o-ve1", true),
        ("ada@example.com", true),
        ("a b", false),
        ("x@y", false),
        ("@example.com", false),
        ("a@b@example.com", false),
        ("ada@example..com", false),
        ("zoë", false),
        ("a/b", false),
    ] {
        let outcome = refused(|faults| check_username(name, faults));
        match outcome {
            Ok(()) => assert!(good, "{name}"),
            Err(Refused::Values(message)) => assert!(!good && message.starts_with("Username"), "{name}: {message}"),
            Err(other) => panic!("{name}: {other:?}"),
        }
    }
}

/// administration 2.7.2: addresses, numbers and the form of names; an empty text is none.
#[test]
fn values_of_an_identity() {
    let info = |member: &str, text: &str| {
        let mut info = UserIdentityInfo::default();
        let place = match member {
            "FirstName" => &mut info.first_name,
            "LastName" => &mut info.last_name,
            "Email" => &mut info.email,
            "SecondaryEmail" => &mut info.secondary_email,
            _ => &mut info.mobile,
        };
        *place = Some(text.to_owned());
        info
    };
    for (member, text, good) in [
        ("FirstName", "Zo\u{eb}", true),
        ("FirstName", "Zoe\u{308}", false),
        ("LastName", "Zoe\u{308}", false),
        ("LastName", "", true),
        ("Email", "ada@example.com", true),
        ("Email", "ada", false),
        ("Email", "", true),
        ("SecondaryEmail", "ada@localhost", false),
        ("Mobile", "+12065550100", true),
        ("Mobile", "12065550100", false),
        ("Mobile", "x+12065550100", false),
        ("Mobile", "", true),
    ] {
        match refused(|faults| check_identity(&info(member, text), faults)) {
            Ok(()) => assert!(good, "{member} {text}"),
            Err(Refused::Values(message)) => {
                assert!(!good && message.starts_with(&format!("IdentityInfo.{member}")), "{member} {text}: {message}");
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// administration 2.7.2, 2.7.6, A53: what a directory holds is not given or changed here.
#[test]
fn a53_members_that_a_directory_holds() {
    let text = |text: &str| Some(text.to_owned());
    let email = Some(UserIdentityInfo { email: text("a@example.com"), ..Default::default() });
    let new = CreateUserInput {
        password: text("Secret-12"),
        directory_user_id: text("d"),
        identity_info: email,
        ..Default::default()
    };
    let Err(Refused::Request(message)) = refused(|faults| check_new_of(&DirectoryType::Saml, &new, faults)) else {
        panic!("accepted")
    };
    assert!(["Password", "DirectoryUserId", "IdentityInfo.Email"].iter().all(|member| message.contains(member)));
    for directory in [DirectoryType::ConnectManaged, DirectoryType::ExistingDirectory] {
        assert_eq!(refused(|faults| check_new_of(&directory, &new, faults)), Ok(()));
    }
    let all = UserIdentityInfo {
        first_name: text("A"),
        last_name: text(""),
        email: text("a@example.com"),
        secondary_email: text("b@example.com"),
        mobile: text("+12065550100"),
    };
    for (directory, members) in [
        (DirectoryType::ConnectManaged, &[] as &[&str]),
        (DirectoryType::Saml, &["Email"]),
        (DirectoryType::ExistingDirectory, &["FirstName", "LastName", "Email"]),
    ] {
        let outcome = refused(|faults| check_change_of(&directory, &all, faults));
        let message = match outcome {
            Ok(()) => String::new(),
            Err(Refused::Request(message)) => message,
            Err(other) => panic!("{other:?}"),
        };
        for member in ["FirstName", "LastName", "Email", "SecondaryEmail", "Mobile"] {
            let named = message.contains(&format!("IdentityInfo.{member} "));
            assert_eq!(named, members.contains(&member), "{directory:?} {member}");
        }
    }
}

/// administration 2.7.3, A46: for all channels or for single ones, member by member.
#[test]
fn a46_members_that_exclude_each_other() {
    let lists = (
        [auto(Channel::Task, None)],
        [work(Channel::Task, 30, None)],
        [number(Channel::Voice, PhoneType::SoftPhone, None)],
        [PersistentConnectionConfig { channel: Channel::Voice, persistent_connection: true }],
    );
    let configs = ChannelConfigs {
        auto_accept: Some(&lists.0),
        after_contact_work: Some(&lists.1),
        phone_number: Some(&lists.2),
        persistent_connection: Some(&lists.3),
        voice_enhancement: None,
    };
    let phone = |set: fn(&mut UserPhoneConfig)| {
        let mut phone = UserPhoneConfig::default();
        set(&mut phone);
        phone
    };
    for (phone, member, list) in [
        (phone(|phone| phone.auto_accept = Some(false)), "AutoAccept", "AutoAcceptConfigs"),
        (
            phone(|phone| phone.after_contact_work_time_limit = Some(0)),
            "AfterContactWorkTimeLimit",
            "AfterContactWorkConfigs",
        ),
        (phone(|phone| phone.phone_type = Some(PhoneType::SoftPhone)), "PhoneType", "PhoneNumberConfigs"),
        (phone(|phone| phone.desk_phone_number = Some("+4930123".to_owned())), "DeskPhoneNumber", "PhoneNumberConfigs"),
        (
            phone(|phone| phone.persistent_connection = Some(false)),
            "PersistentConnection",
            "PersistentConnectionConfigs",
        ),
    ] {
        let Err(Refused::Request(message)) = channels(Some(&phone), &configs) else { panic!("{member} is accepted") };
        assert_eq!(message, format!("PhoneConfig.{member} and {list} exclude each other"));
        assert_eq!(channels(Some(&phone), &ChannelConfigs::default()), Ok(()), "{member} alone");
        let empty = ChannelConfigs {
            auto_accept: Some(&[]),
            after_contact_work: Some(&[]),
            phone_number: Some(&[]),
            persistent_connection: Some(&[]),
            voice_enhancement: Some(&[]),
        };
        assert_eq!(channels(Some(&phone), &empty), Ok(()), "{member} with empty lists");
    }
    assert_eq!(channels(Some(&UserPhoneConfig::default()), &configs), Ok(()));
}

/// administration 2.7.4, A47, A48: channels once, VOICE only, limits.
#[test]
fn a47_and_a48_values_of_the_lists() {
    let none = ChannelConfigs::default();
    let voice = |channel| {
        [VoiceEnhancementConfig { channel, voice_enhancement_mode: wire::shapes::VoiceEnhancementMode::None }]
    };
    let (voice_task, voice_voice) = (voice(Channel::Task), voice(Channel::Voice));
    let persistent = [PersistentConnectionConfig { channel: Channel::Chat, persistent_connection: true }];
    let phone_task = [number(Channel::Task, PhoneType::SoftPhone, None)];
    let twice = [auto(Channel::Task, None), auto(Channel::Voice, Some(true)), auto(Channel::Task, None)];
    let callback = [auto(Channel::Task, Some(true))];
    let (too_long, longest) = ([work(Channel::Task, 2_000_001, None)], [work(Channel::Task, 2_000_000, None)]);
    let work_twice = [work(Channel::Task, 1, None), work(Channel::Task, 0, None)];
    let work_callback = [work(Channel::Task, 1, Some(1))];
    let callback_long = [work(Channel::Voice, 0, Some(2_000_001))];
    for (configs, path) in [
        (ChannelConfigs { phone_number: Some(&phone_task), ..none }, "PhoneNumberConfigs[0].Channel"),
        (ChannelConfigs { persistent_connection: Some(&persistent), ..none }, "PersistentConnectionConfigs[0].Channel"),
        (ChannelConfigs { voice_enhancement: Some(&voice_task), ..none }, "VoiceEnhancementConfigs[0].Channel"),
        (ChannelConfigs { auto_accept: Some(&twice), ..none }, "AutoAcceptConfigs[2].Channel"),
        (ChannelConfigs { auto_accept: Some(&callback), ..none }, "AutoAcceptConfigs[0].AgentFirstCallbackAutoAccept"),
        (
            ChannelConfigs { after_contact_work: Some(&too_long), ..none },
            "AfterContactWorkConfigs[0].AfterContactWorkConfig.AfterContactWorkTimeLimit",
        ),
        (ChannelConfigs { after_contact_work: Some(&work_twice), ..none }, "AfterContactWorkConfigs[1].Channel"),
        (
            ChannelConfigs { after_contact_work: Some(&work_callback), ..none },
            "AfterContactWorkConfigs[0].AgentFirstCallbackAfterContactWorkConfig",
        ),
        (
            ChannelConfigs { after_contact_work: Some(&callback_long), ..none },
            "AfterContactWorkConfigs[0].AgentFirstCallbackAfterContactWorkConfig.AfterContactWorkTimeLimit",
        ),
    ] {
        let Err(Refused::Values(message)) = channels(None, &configs) else { panic!("{path} is accepted") };
        assert!(message.starts_with(path), "{message}");
    }
    let good = ChannelConfigs {
        auto_accept: Some(&twice[1..]),
        after_contact_work: Some(&longest),
        voice_enhancement: Some(&voice_voice),
        ..none
    };
    assert_eq!(channels(None, &good), Ok(()));
    let phone = UserPhoneConfig { after_contact_work_time_limit: Some(2_000_001), ..Default::default() };
    assert!(
        matches!(channels(Some(&phone), &none), Err(Refused::Values(message)) if message.starts_with("PhoneConfig."))
    );
}

/// administration 2.7.4, A50: a desk phone has a number; an empty one counts as absent.
#[test]
fn a50_a_desk_phone_has_a_number() {
    let phone = |phone_type: Option<PhoneType>, number: Option<&str>| UserPhoneConfig {
        phone_type,
        desk_phone_number: number.map(str::to_owned),
        ..Default::default()
    };
    let none = ChannelConfigs::default();
    for number in [None, Some("")] {
        let desk = phone(Some(PhoneType::DeskPhone), number);
        let Err(Refused::Request(message)) = channels(Some(&desk), &none) else { panic!("accepted") };
        assert!(message.starts_with("PhoneConfig.DeskPhoneNumber"), "{message}");
        assert_eq!(channels(Some(&phone(Some(PhoneType::SoftPhone), number)), &none), Ok(()));
        assert_eq!(given_phone(Some(&desk)).and_then(|phone| phone.desk_phone_number), None);
        let list = [self::number(Channel::Voice, PhoneType::DeskPhone, number)];
        let configs = ChannelConfigs { phone_number: Some(&list), ..none };
        let Err(Refused::Request(message)) = channels(None, &configs) else { panic!("accepted") };
        assert!(message.starts_with("PhoneNumberConfigs[0].PhoneNumber"), "{message}");
    }
    assert_eq!(channels(Some(&phone(Some(PhoneType::DeskPhone), Some("+4930123"))), &none), Ok(()));
    let odd = phone(None, Some("030 123"));
    assert!(matches!(channels(Some(&odd), &none), Err(Refused::Values(_))));
}

/// administration 2.7.5, A49: one form takes the other away, and only what it speaks of.
#[test]
fn a49_one_form_replaces_the_other() {
    let Err(Refused::Request(message)) = refused(|faults| check_some_config(&ChannelConfigs::default(), faults)) else {
        panic!("accepted")
    };
    for list in [
        "AutoAcceptConfigs",
        "AfterContactWorkConfigs",
        "PhoneNumberConfigs",
        "PersistentConnectionConfigs",
        "VoiceEnhancementConfigs",
    ] {
        assert!(message.contains(list), "{message}");
    }
    let phone = UserPhoneConfig {
        phone_type: Some(PhoneType::DeskPhone),
        auto_accept: Some(true),
        after_contact_work_time_limit: Some(5),
        desk_phone_number: Some("+4930123".to_owned()),
        persistent_connection: Some(true),
    };
    let voice = [VoiceEnhancementConfig {
        channel: Channel::Voice,
        voice_enhancement_mode: wire::shapes::VoiceEnhancementMode::None,
    }];
    let mut user = User { phone_config: Some(phone.clone()), ..Default::default() };
    let list = [auto(Channel::Task, None)];
    let configs = ChannelConfigs { auto_accept: Some(&list), voice_enhancement: Some(&voice), ..Default::default() };
    set_configs(&mut user, &configs);
    assert_eq!(user.auto_accept_configs.as_deref(), Some(&list[..]));
    assert_eq!(user.phone_config, Some(UserPhoneConfig { auto_accept: None, ..phone.clone() }));
    let rest = ChannelConfigs {
        after_contact_work: Some(&[]),
        phone_number: Some(&[]),
        persistent_connection: Some(&[]),
        ..Default::default()
    };
    set_configs(&mut user, &rest);
    assert_eq!(user.phone_config, None, "nothing is left of it");
    assert_eq!(user.phone_number_configs, None, "an empty list leaves nothing set");
    set_phone(&mut user, &phone);
    let kept =
        User { phone_config: Some(phone), voice_enhancement_configs: Some(voice.to_vec()), ..Default::default() };
    assert_eq!(user, kept);
}

/// administration 2.7.6: members given replace, an empty text clears, absent ones stay.
#[test]
fn an_identity_changes_member_by_member() {
    let text = |text: &str| Some(text.to_owned());
    let old = UserIdentityInfo { first_name: text("Ada"), email: text("a@example.com"), ..Default::default() };
    let mut user = User { identity_info: Some(old), ..Default::default() };
    set_identity(&mut user, &UserIdentityInfo { last_name: text("L"), email: text(""), ..Default::default() });
    let new = UserIdentityInfo { first_name: text("Ada"), last_name: text("L"), ..Default::default() };
    assert_eq!(user.identity_info, Some(new));
    set_identity(&mut user, &UserIdentityInfo { first_name: text(""), last_name: text(""), ..Default::default() });
    assert_eq!(user.identity_info, None);
}

/// tasks 1.4.
#[test]
fn forms_of_passwords() {
    for (password, good) in
        [("Secret-12", true), ("secret-12", false), ("SECRET-12", false), ("Secret-x", false), ("Secret1", false)]
    {
        assert_eq!(refused(|faults| check_password(Some(password), faults)).is_ok(), good, "{password}");
    }
    assert_eq!(refused(|faults| check_password(None, faults)), Ok(()));
}
