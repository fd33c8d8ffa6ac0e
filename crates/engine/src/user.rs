//! Users: names, identity, and what is set for their phones and channels (administration 2.7).

use unicode_normalization::{UnicodeNormalization as _, is_nfc};
use wire::ops::{CreateUserInput, UpdateUserConfigInput};
use wire::shapes::{
    AfterContactWorkConfigPerChannel, AutoAcceptConfig, Channel, DirectoryType, PersistentConnectionConfig,
    PhoneNumberConfig, PhoneType, User, UserIdentityInfo, UserPhoneConfig, VoiceEnhancementConfig,
};

use crate::faults::Faults;
use crate::text::{is_e164, quoted};

#[cfg(test)]
mod tests;

/// Longest time for after-contact work, in seconds; 0 is without end (administration 2.7.4).
const ACW_LIMIT_MAX: i32 = 2_000_000;

/// Shortest and longest password, in characters (tasks 1.4).
const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 8..=64;

/// What a request sets for single channels.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChannelConfigs<'a> {
    auto_accept: Option<&'a [AutoAcceptConfig]>,
    after_contact_work: Option<&'a [AfterContactWorkConfigPerChannel]>,
    phone_number: Option<&'a [PhoneNumberConfig]>,
    persistent_connection: Option<&'a [PersistentConnectionConfig]>,
    voice_enhancement: Option<&'a [VoiceEnhancementConfig]>,
}

impl<'a> From<&'a CreateUserInput> for ChannelConfigs<'a> {
    fn from(input: &'a CreateUserInput) -> Self {
        Self {
            auto_accept: input.auto_accept_configs.as_deref(),
            after_contact_work: input.after_contact_work_configs.as_deref(),
            phone_number: input.phone_number_configs.as_deref(),
            persistent_connection: input.persistent_connection_configs.as_deref(),
            voice_enhancement: input.voice_enhancement_configs.as_deref(),
        }
    }
}

impl<'a> From<&'a UpdateUserConfigInput> for ChannelConfigs<'a> {
    fn from(input: &'a UpdateUserConfigInput) -> Self {
        Self {
            auto_accept: input.auto_accept_configs.as_deref(),
            after_contact_work: input.after_contact_work_configs.as_deref(),
            phone_number: input.phone_number_configs.as_deref(),
            persistent_connection: input.persistent_connection_configs.as_deref(),
            voice_enhancement: input.voice_enhancement_configs.as_deref(),
        }
    }
}

/// A login name: letters, digits and `_.@-`; one with `@` looks like an e-mail address (administration 2.7.1).
pub fn check_username(name: &str, faults: &mut Faults) {
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.@-".contains(&b)) {
        faults.value(format!("Username {} may have letters, digits and the characters _ . @ - only", quoted(name)));
    } else if name.contains('@') && !is_address(name) {
        faults.value(format!("Username {} has an @ and is no e-mail address, such as ada@example.com", quoted(name)));
    }
}

/// A password as it is hashed: the same for the same characters, however a keyboard composes them.
pub fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// A password by its form (tasks 1.4).
pub fn check_password(password: Option<&str>, faults: &mut Faults) {
    let Some(password) = password else { return };
    let has = |class: fn(char) -> bool| password.chars().any(class);
    let good = PASSWORD_CHARS.contains(&password.chars().count())
        && has(char::is_lowercase)
        && has(char::is_uppercase)
        && has(char::is_numeric);
    if !good {
        faults.value(
            "Password must have 8 to 64 characters, among them a lower-case letter, an upper-case letter and a digit",
        );
    }
}

/// The values of an identity (administration 2.7.2). An empty text is none.
pub fn check_identity(info: &UserIdentityInfo, faults: &mut Faults) {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    for (member, text) in [("FirstName", given(&info.first_name)), ("LastName", given(&info.last_name))] {
        if let Some(text) = text.filter(|text| !is_nfc(text)) {
            faults.value(format!("IdentityInfo.{member} {} is not in Unicode form NFC", quoted(&text)));
        }
    }
    for (member, text) in [("Email", given(&info.email)), ("SecondaryEmail", given(&info.secondary_email))] {
        if let Some(text) = text.filter(|text| !is_address(text)) {
            faults.value(format!("IdentityInfo.{member} {} is no e-mail address", quoted(&text)));
        }
    }
    if let Some(text) = given(&info.mobile).filter(|text| !is_e164(text)) {
        faults.value(format!(
            "IdentityInfo.Mobile {} must be in E.164 form: a plus sign and 2 to 15 digits, the first not 0",
            quoted(&text)
        ));
    }
}

/// What the directory of a SAML instance holds, and not the instance (administration 2.7.2).
pub fn check_new_of(directory: &DirectoryType, input: &CreateUserInput, faults: &mut Faults) {
    if *directory != DirectoryType::Saml {
        return;
    }
    let email = input.identity_info.as_ref().and_then(|info| info.email.as_ref());
    for (member, value) in [
        ("Password", &input.password),
        ("DirectoryUserId", &input.directory_user_id),
        ("IdentityInfo.Email", &email.cloned()),
    ] {
        if value.as_ref().is_some_and(|text| !text.is_empty()) {
            faults.request(format!("{member} cannot be given: the users of this instance sign in by SAML"));
        }
    }
}

/// What may be changed of an identity that a directory holds (administration 2.7.2, 2.7.6).
pub fn check_change_of(directory: &DirectoryType, info: &UserIdentityInfo, faults: &mut Faults) {
    let of_directory: &[(&str, &Option<String>)] = match directory {
        DirectoryType::ExistingDirectory => {
            &[("FirstName", &info.first_name), ("LastName", &info.last_name), ("Email", &info.email)]
        }
        DirectoryType::Saml => &[("Email", &info.email)],
        _ => &[],
    };
    for (member, value) in of_directory {
        if value.is_some() {
            let directory = directory.as_str();
            faults.request(format!("IdentityInfo.{member} cannot be changed: the instance is of type {directory}"));
        }
    }
}

/// What is set for all channels and for single ones (administration 2.7.3, 2.7.4).
pub fn check_channels(phone: Option<&UserPhoneConfig>, configs: &ChannelConfigs<'_>, faults: &mut Faults) {
    if let Some(phone) = phone {
        check_phone(phone, faults);
        for (member, list) in doubled(phone, configs) {
            faults.request(format!("PhoneConfig.{member} and {list} exclude each other"));
        }
    }
    let auto_accept = configs.auto_accept.unwrap_or_default();
    once("AutoAcceptConfigs", auto_accept.iter().map(|config| &config.channel), faults);
    for (n, config) in auto_accept.iter().enumerate() {
        if config.channel != Channel::Voice && config.agent_first_callback_auto_accept.is_some() {
            voice_only(&format!("AutoAcceptConfigs[{n}].AgentFirstCallbackAutoAccept"), &config.channel, faults);
        }
    }
    let work = configs.after_contact_work.unwrap_or_default();
    once("AfterContactWorkConfigs", work.iter().map(|config| &config.channel), faults);
    for (n, config) in work.iter().enumerate() {
        let path = format!("AfterContactWorkConfigs[{n}]");
        let limit = config.after_contact_work_config.after_contact_work_time_limit;
        check_limit(&format!("{path}.AfterContactWorkConfig"), limit, faults);
        if let Some(callback) = &config.agent_first_callback_after_contact_work_config {
            let path = format!("{path}.AgentFirstCallbackAfterContactWorkConfig");
            if config.channel != Channel::Voice {
                voice_only(&path, &config.channel, faults);
            }
            check_limit(&path, callback.after_contact_work_time_limit, faults);
        }
    }
    let phones = configs.phone_number.unwrap_or_default();
    check_voice_list("PhoneNumberConfigs", phones.iter().map(|config| &config.channel), faults);
    for (n, config) in phones.iter().enumerate() {
        check_desk(
            "PhoneNumber",
            &format!("PhoneNumberConfigs[{n}]."),
            &config.phone_type,
            &config.phone_number,
            faults,
        );
    }
    let persistent = configs.persistent_connection.unwrap_or_default();
    check_voice_list("PersistentConnectionConfigs", persistent.iter().map(|config| &config.channel), faults);
    let voice = configs.voice_enhancement.unwrap_or_default();
    check_voice_list("VoiceEnhancementConfigs", voice.iter().map(|config| &config.channel), faults);
}

fn check_phone(phone: &UserPhoneConfig, faults: &mut Faults) {
    check_limit("PhoneConfig", phone.after_contact_work_time_limit, faults);
    if let Some(phone_type) = &phone.phone_type {
        check_desk("DeskPhoneNumber", "PhoneConfig.", phone_type, &phone.desk_phone_number, faults);
    } else {
        check_desk("DeskPhoneNumber", "PhoneConfig.", &PhoneType::SoftPhone, &phone.desk_phone_number, faults);
    }
}

/// A desk phone has a number, and a number is one (administration 2.7.4).
fn check_desk(member: &str, path: &str, phone_type: &PhoneType, number: &Option<String>, faults: &mut Faults) {
    match number.as_deref().unwrap_or_default() {
        "" if *phone_type == PhoneType::DeskPhone => {
            faults.request(format!("{path}{member} is required: the phone is a DESK_PHONE"));
        }
        "" => {}
        text if !is_e164(text) => faults.value(format!(
            "{path}{member} {} must be in E.164 form: a plus sign and 2 to 15 digits, the first not 0",
            quoted(text)
        )),
        _ => {}
    }
}

fn check_limit(path: &str, limit: Option<i32>, faults: &mut Faults) {
    if let Some(limit) = limit.filter(|limit| !(0..=ACW_LIMIT_MAX).contains(limit)) {
        faults.value(format!("{path}.AfterContactWorkTimeLimit {limit} must be between 0 and {ACW_LIMIT_MAX}"));
    }
}

fn check_voice_list<'a>(list: &str, channels: impl Iterator<Item = &'a Channel> + Clone, faults: &mut Faults) {
    once(list, channels.clone(), faults);
    for (n, channel) in channels.enumerate().filter(|(_, channel)| **channel != Channel::Voice) {
        voice_only(&format!("{list}[{n}].Channel"), channel, faults);
    }
}

fn voice_only(path: &str, channel: &Channel, faults: &mut Faults) {
    faults.value(format!("{path} is for VOICE only, not for {}", channel.as_str()));
}

/// A list has each channel once.
fn once<'a>(list: &str, channels: impl Iterator<Item = &'a Channel>, faults: &mut Faults) {
    let mut seen: Vec<&Channel> = Vec::new();
    for (n, channel) in channels.enumerate() {
        if seen.contains(&channel) {
            faults.value(format!("{list}[{n}].Channel {} stands in the list twice", channel.as_str()));
        }
        seen.push(channel);
    }
}

/// Members that are set for all channels and for single ones at once.
fn doubled(phone: &UserPhoneConfig, configs: &ChannelConfigs<'_>) -> Vec<(&'static str, &'static str)> {
    let auto = configs.auto_accept.is_some_and(|list| !list.is_empty());
    let work = configs.after_contact_work.is_some_and(|list| !list.is_empty());
    let number = configs.phone_number.is_some_and(|list| !list.is_empty());
    let persistent = configs.persistent_connection.is_some_and(|list| !list.is_empty());
    let desk = phone.desk_phone_number.as_deref().is_some_and(|text| !text.is_empty());
    let all = [
        (phone.auto_accept.is_some() && auto, "AutoAccept", "AutoAcceptConfigs"),
        (phone.after_contact_work_time_limit.is_some() && work, "AfterContactWorkTimeLimit", "AfterContactWorkConfigs"),
        (phone.phone_type.is_some() && number, "PhoneType", "PhoneNumberConfigs"),
        (desk && number, "DeskPhoneNumber", "PhoneNumberConfigs"),
        (phone.persistent_connection.is_some() && persistent, "PersistentConnection", "PersistentConnectionConfigs"),
    ];
    all.into_iter().filter(|(both, _, _)| *both).map(|(_, member, list)| (member, list)).collect()
}

/// UpdateUserConfig needs a list (administration 2.7.5).
pub fn check_some_config(configs: &ChannelConfigs<'_>, faults: &mut Faults) {
    let none = configs.auto_accept.is_none()
        && configs.after_contact_work.is_none()
        && configs.phone_number.is_none()
        && configs.persistent_connection.is_none()
        && configs.voice_enhancement.is_none();
    if none {
        faults.request(
            "One of AutoAcceptConfigs, AfterContactWorkConfigs, PhoneNumberConfigs, PersistentConnectionConfigs and \
             VoiceEnhancementConfigs is required",
        );
    }
}

/// Replaces the lists that are given, and takes what is set for all channels in their place away (administration 2.7.5). An
/// empty list leaves nothing set.
pub fn set_configs(user: &mut User, configs: &ChannelConfigs<'_>) {
    let mut phone = user.phone_config.take().unwrap_or_default();
    if let Some(list) = configs.auto_accept {
        user.auto_accept_configs = kept(list.to_vec());
        phone.auto_accept = None;
    }
    if let Some(list) = configs.after_contact_work {
        user.after_contact_work_configs = kept(list.to_vec());
        phone.after_contact_work_time_limit = None;
    }
    if let Some(list) = configs.phone_number {
        let plain = |config: &PhoneNumberConfig| PhoneNumberConfig {
            phone_number: config.phone_number.clone().filter(|text| !text.is_empty()),
            ..config.clone()
        };
        user.phone_number_configs = kept(list.iter().map(plain).collect());
        phone.phone_type = None;
        phone.desk_phone_number = None;
    }
    if let Some(list) = configs.persistent_connection {
        user.persistent_connection_configs = kept(list.to_vec());
        phone.persistent_connection = None;
    }
    if let Some(list) = configs.voice_enhancement {
        user.voice_enhancement_configs = kept(list.to_vec());
    }
    user.phone_config = Some(phone).filter(|phone| *phone != UserPhoneConfig::default());
}

/// The lists of a new user, beside what is set for all channels.
pub fn set_new_configs(user: &mut User, configs: &ChannelConfigs<'_>) {
    let phone_config = user.phone_config.clone();
    set_configs(user, configs);
    user.phone_config = phone_config;
}

/// Replaces what is set for all channels, and takes the lists in its place away; voice enhancement has nothing there
/// (administration 2.7.5).
pub fn set_phone(user: &mut User, phone: &UserPhoneConfig) {
    user.phone_config = given_phone(Some(phone));
    user.auto_accept_configs = None;
    user.after_contact_work_configs = None;
    user.phone_number_configs = None;
    user.persistent_connection_configs = None;
}

/// What is set for all channels, without a number that is empty (administration 2.7.4).
pub fn given_phone(phone: Option<&UserPhoneConfig>) -> Option<UserPhoneConfig> {
    let phone = phone?;
    let desk_phone_number = phone.desk_phone_number.clone().filter(|text| !text.is_empty());
    Some(UserPhoneConfig { desk_phone_number, ..phone.clone() })
}

/// An identity without members that are empty.
pub fn given_identity(info: Option<&UserIdentityInfo>) -> Option<UserIdentityInfo> {
    let mut user = User::default();
    set_identity(&mut user, info?);
    user.identity_info
}

/// Replaces the members that are given; an empty text clears one (administration 2.7.6).
pub fn set_identity(user: &mut User, info: &UserIdentityInfo) {
    let mut identity = user.identity_info.take().unwrap_or_default();
    for (member, new) in [
        (&mut identity.first_name, &info.first_name),
        (&mut identity.last_name, &info.last_name),
        (&mut identity.email, &info.email),
        (&mut identity.secondary_email, &info.secondary_email),
        (&mut identity.mobile, &info.mobile),
    ] {
        if let Some(text) = new {
            *member = Some(text.clone()).filter(|text| !text.is_empty());
        }
    }
    user.identity_info = Some(identity).filter(|identity| *identity != UserIdentityInfo::default());
}

fn kept<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// Whether a text looks like an e-mail address: something before one `@`, and behind it a name with a dot.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    !local.is_empty() && plain(local) && plain(domain) && domain.contains('.') && domain.split('.').all(label)
}
