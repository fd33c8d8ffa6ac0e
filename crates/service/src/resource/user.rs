//! Users (tasks 1.4, 3.1.1; administration 2.7), and the facts about one for tasks and flows.
//!
//! A user is created and deleted together with an agent queue and with what the user signs in with (B25).

use std::collections::BTreeSet;

use engine::agent::{Agent, AgentEffects, AgentEvent, EntryState};
use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, Effects, Event};
use engine::faults::Faults;
use engine::user as rules;
use engine::user::ChannelConfigs;
use store::{Batch, Kind, Link, OnDelete, ResourceRow, UserCredentialRow};
use wire::ops::{
    CreateUserInput, CreateUserOutput, DeleteUserInput, DescribeUserInput, DescribeUserOutput, ListUsersInput,
    ListUsersOutput, UpdateUserConfigInput, UpdateUserHierarchyInput, UpdateUserIdentityInfoInput,
    UpdateUserPhoneConfigInput, UpdateUserRoutingProfileInput, UpdateUserSecurityProfilesInput,
};
use wire::shapes::{Channel, MediaConcurrency, RoutingProfile, User, UserSummary};
use wire::{Empty, Op};

use crate::base::routing::Scope;
use crate::base::{scope, tags};
use crate::resource::layer::{self, Change, ListPage, New, resource, stored};
use crate::resource::security_profile::Profile;
use crate::resource::{Mention, Mentioned, agent_status, hierarchy, instance, queue};
use crate::signin;
use crate::unit::{LoadedAgent, LoadedContact, UnitOfWork, agent_row, deciding, refused};
use crate::{Cx, Error, Result};

resource!(User, USER, id, arn, username, {
    fn links(&self) -> Vec<Link> {
        let routing = self.routing_profile_id.as_deref();
        let group = self.hierarchy_group_id.as_deref();
        let single = [
            layer::link("ROUTING_PROFILE", Kind::RoutingProfile, routing, OnDelete::Refuse),
            layer::link("HIERARCHY_GROUP", Kind::HierarchyGroup, group, OnDelete::Refuse),
        ];
        let security = self.security_profile_ids.as_deref().unwrap_or_default();
        let security = layer::links("SECURITY_PROFILE", Kind::SecurityProfile, security, OnDelete::Refuse);
        single.into_iter().flatten().chain(security).collect()
    }
});

/// CreateUser: what it names must exist when it is committed; the user's own queue is made in the same commit (tasks 3.1.1).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateUserInput) -> Result<CreateUserOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let password = signin::hash_of_new(cx, input.password.as_deref()).await?;
    let mut mentions = vec![routing_mention(&input.routing_profile_id)];
    mentions.extend(security_mentions(&input.security_profile_ids));
    mentions.extend(group_mention(input.hierarchy_group_id.as_deref()));
    let make = || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        check_new(cx, &instance, &input).await?;
        let tags = tags::of_new(Op::CreateUser, input.tags.as_ref())?;
        let mut value = User {
            username: Some(input.username.clone()),
            identity_info: rules::given_identity(input.identity_info.as_ref()),
            phone_config: rules::given_phone(input.phone_config.as_ref()),
            directory_user_id: input.directory_user_id.clone(),
            security_profile_ids: Some(named.ids(Kind::SecurityProfile)),
            routing_profile_id: named.ids(Kind::RoutingProfile).pop(),
            hierarchy_group_id: named.ids(Kind::HierarchyGroup).pop(),
            ..User::default()
        };
        rules::set_new_configs(&mut value, &ChannelConfigs::from(&input));
        Ok(New { value, tags, relations: Vec::new() })
    };
    let offline = agent_status::offline(cx, &instance).await?;
    let profile = arn::id_or_arn(arn::Kind::RoutingProfile, &input.routing_profile_id, cx.home().instance(&instance));
    let profile = profile.id().unwrap_or_default();
    let place =
        place(cx, &instance, group_mention(input.hierarchy_group_id.as_deref()).map(|group| group.text)).await?;
    layer::create(
        cx,
        &instance,
        &input.username,
        make,
        |id, batch| {
            batch.insert_resource(&instance, Kind::AgentQueue, &queue::agent_queue_row(cx, &instance, id));
            let mut agent = Agent::new(id.to_owned(), offline.clone(), profile.clone(), cx.now_ms);
            agent.hierarchy_path.clone_from(&place);
            batch.insert_agent(&agent_row(&instance, &agent, 0));
            if password.is_some() {
                batch.insert_user_credential(&UserCredentialRow {
                    instance_id: instance.clone(),
                    user_id: id.to_owned(),
                    password: password.clone(),
                    password_ms: Some(cx.now_ms),
                    ..UserCredentialRow::default()
                });
            }
        },
        |id, arn| CreateUserOutput { user_id: Some(id), user_arn: Some(arn) },
    )
    .await
}

/// The rules of a new user beyond what it names (administration 2.7.1 to 2.7.4).
async fn check_new(cx: &Cx<'_>, instance: &str, input: &CreateUserInput) -> Result<()> {
    let mut faults = Faults::default();
    rules::check_username(&input.username, &mut faults);
    rules::check_password(input.password.as_deref(), &mut faults);
    if let Some(info) = &input.identity_info {
        rules::check_identity(info, &mut faults);
    }
    rules::check_channels(input.phone_config.as_ref(), &ChannelConfigs::from(input), &mut faults);
    rules::check_new_of(&instance::directory(cx, instance).await?, input, &mut faults);
    Error::check(cx.op(), faults)
}

fn routing_mention(id: &str) -> Mention<'_> {
    Mention::new("RoutingProfileId", arn::Kind::RoutingProfile, id)
}

fn security_mentions(ids: &[String]) -> impl Iterator<Item = Mention<'_>> {
    let mention = |(n, id)| Mention::new(format!("SecurityProfileIds[{n}]"), arn::Kind::SecurityProfile, id);
    ids.iter().map(String::as_str).enumerate().map(mention)
}

/// An empty id names no group (administration 2.7.7).
fn group_mention(id: Option<&str>) -> Option<Mention<'_>> {
    Some(Mention::new("HierarchyGroupId", arn::Kind::HierarchyGroup, id.filter(|id| !id.is_empty())?))
}

/// The one way in which a stored user changes: `decide` gets the row, the user, and what else the request names. Whatever
/// has to change together with a user belongs here.
pub(crate) async fn change<F>(
    cx: &Cx<'_>,
    instance: &str,
    user: &str,
    others: Vec<Mention<'_>>,
    decide: impl Fn(ResourceRow, User, Mentioned) -> F,
) -> Result<Empty>
where
    F: Future<Output = Result<Change<User>>>,
{
    layer::change(
        cx,
        instance,
        Mention::new("UserId", arn::Kind::User, user),
        others,
        async |row, old: User, named| {
            let id = row.id.clone();
            let mut change = decide(row, old.clone(), named).await?;
            let new = &change.value;
            if (&new.routing_profile_id, &new.hierarchy_group_id) != (&old.routing_profile_id, &old.hierarchy_group_id)
            {
                change.also.append(reassigned(cx, instance, &id, new).await?);
            }
            Ok(change)
        },
    )
    .await?;
    if let Some(id) = arn::id_or_arn(arn::Kind::User, user, cx.home().instance(instance)).id() {
        cx.routing().notify(instance, Scope { agents: [id].into(), ..Scope::default() });
    }
    Ok(Empty)
}

/// The agent of a user under the routing profile and in the hierarchy group that the user has now.
async fn reassigned(cx: &Cx<'_>, instance: &str, id: &str, user: &User) -> Result<Batch> {
    let Some(mut loaded) = LoadedAgent::find(cx, instance, id).await? else { return Ok(Batch::new()) };
    let event = AgentEvent::Assign {
        routing_profile_id: user.routing_profile_id.clone().unwrap_or_default(),
        hierarchy_path: place(cx, instance, user.hierarchy_group_id.as_deref()).await?,
    };
    let mut effects = AgentEffects::default();
    loaded.agent.apply(event, &mut effects, cx.now_ms).map_err(refused)?;
    let mut unit = UnitOfWork::new(cx, instance);
    unit.update_agent(loaded, effects);
    unit.into_batch().await
}

/// A place in the hierarchy as agents and their ledger keep it: the ids of the groups from level one down.
async fn place(cx: &Cx<'_>, instance: &str, group: Option<&str>) -> Result<String> {
    let group =
        group.and_then(|text| arn::id_or_arn(arn::Kind::HierarchyGroup, text, cx.home().instance(instance)).id());
    let groups = hierarchy::names(cx, instance, group.as_deref()).await?;
    Ok(groups.into_iter().map(|(id, _)| id).collect::<Vec<_>>().join("/"))
}

/// Whether one of the user's security profiles has BasicAgentAccess now (tasks 3.3.1).
pub(crate) async fn has_basic_access(cx: &Cx<'_>, instance: &str, row: &ResourceRow) -> Result<bool> {
    let ids = stored::<User>(row)?.security_profile_ids.unwrap_or_default();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let profiles = cx.store().resources(instance, Kind::SecurityProfile, &ids).await?;
    let profiles = profiles.iter().map(stored::<Profile>).collect::<Result<Vec<_>>>()?;
    Ok(profiles.iter().any(Profile::gives_basic_access))
}

/// What routing asks of a user: whether one of the security profiles is among those with BasicAgentAccess.
pub(crate) fn has_one_of(row: &ResourceRow, security_profiles: &BTreeSet<String>) -> Result<bool> {
    let user: User = stored(row)?;
    Ok(user.security_profile_ids.iter().flatten().any(|id| security_profiles.contains(id)))
}

/// UpdateUserConfig: the lists that are given, in place of what PhoneConfig says of the same (administration 2.7.5).
pub(crate) async fn update_config(cx: &Cx<'_>, input: UpdateUserConfigInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    change(cx, &instance, &input.user_id, Vec::new(), async |_, mut user, _| {
        let (configs, mut faults) = (ChannelConfigs::from(&input), Faults::default());
        rules::check_channels(None, &configs, &mut faults);
        rules::check_some_config(&configs, &mut faults);
        Error::check(cx.op(), faults)?;
        rules::set_configs(&mut user, &configs);
        Ok(Change::of(user))
    })
    .await
}

/// UpdateUserPhoneConfig: what is set for all channels, in place of the lists that say the same (administration 2.7.5).
pub(crate) async fn update_phone(cx: &Cx<'_>, input: UpdateUserPhoneConfigInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    change(cx, &instance, &input.user_id, Vec::new(), async |_, mut user, _| {
        let mut faults = Faults::default();
        rules::check_channels(Some(&input.phone_config), &ChannelConfigs::default(), &mut faults);
        Error::check(cx.op(), faults)?;
        rules::set_phone(&mut user, &input.phone_config);
        Ok(Change::of(user))
    })
    .await
}

/// UpdateUserIdentityInfo (administration 2.7.6).
pub(crate) async fn update_identity(cx: &Cx<'_>, input: UpdateUserIdentityInfoInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    change(cx, &instance, &input.user_id, Vec::new(), async |_, mut user, _| {
        let mut faults = Faults::default();
        rules::check_identity(&input.identity_info, &mut faults);
        let directory = instance::directory(cx, &instance).await?;
        rules::check_change_of(&directory, &input.identity_info, &mut faults);
        Error::check(cx.op(), faults)?;
        rules::set_identity(&mut user, &input.identity_info);
        Ok(Change::of(user))
    })
    .await
}

/// UpdateUserRoutingProfile (administration 2.7.7).
pub(crate) async fn update_routing_profile(cx: &Cx<'_>, input: UpdateUserRoutingProfileInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let others = vec![routing_mention(&input.routing_profile_id)];
    change(cx, &instance, &input.user_id, others, async |_, mut user, named| {
        user.routing_profile_id = named.ids(Kind::RoutingProfile).pop();
        Ok(Change::of(user))
    })
    .await
}

/// UpdateUserSecurityProfiles: all that the user has from now on (administration 2.7.7).
pub(crate) async fn update_security_profiles(cx: &Cx<'_>, input: UpdateUserSecurityProfilesInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let others = security_mentions(&input.security_profile_ids).collect();
    change(cx, &instance, &input.user_id, others, async |_, mut user, named| {
        user.security_profile_ids = Some(named.ids(Kind::SecurityProfile));
        Ok(Change::of(user))
    })
    .await
}

/// UpdateUserHierarchy: without a group, the user leaves the one they have (administration 2.7.7).
pub(crate) async fn update_hierarchy(cx: &Cx<'_>, input: UpdateUserHierarchyInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let others = group_mention(input.hierarchy_group_id.as_deref()).into_iter().collect();
    change(cx, &instance, &input.user_id, others, async |_, mut user, named| {
        user.hierarchy_group_id = named.ids(Kind::HierarchyGroup).pop();
        Ok(Change::of(user))
    })
    .await
}

/// DescribeUser.
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeUserInput) -> Result<DescribeUserOutput> {
    Ok(DescribeUserOutput { user: Some(layer::describe(cx, &input.instance_id, &input.user_id).await?) })
}

/// ListUsers, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListUsersInput) -> Result<ListUsersOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListUsers, max_results, next_token };
    let summary = |user: User| UserSummary {
        id: user.id,
        arn: user.arn,
        username: user.username,
        last_modified_time: user.last_modified_time,
        last_modified_region: user.last_modified_region,
    };
    let (user_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListUsersOutput { user_summary_list, next_token })
}

/// DeleteUser: quick connects that name the user stay (tasks 3.5.4); the user's queue is deleted too, and tasks in it
/// wait there until they are moved or ended, or they expire.
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteUserInput) -> Result<Empty> {
    let instance = scope::id(cx, &input.instance_id)?;
    let queue = async |user: ResourceRow| {
        let mut batch = leave(cx, &instance, &user.id).await?;
        if let Some(queue) = cx.store().resource(&instance, Kind::AgentQueue, &user.id).await? {
            batch.delete_resource(&instance, Kind::AgentQueue, &queue.id, queue.rev);
        }
        batch.delete_user_credential(&instance, &user.id);
        Ok(batch)
    };
    layer::delete::<User, _>(cx, &input.instance_id, &input.user_id, queue).await?;
    Ok(Empty)
}

/// What goes with a user: the agent, offers and after-contact work; tasks in work stand against it (administration 1.3.4).
async fn leave(cx: &Cx<'_>, instance: &str, id: &str) -> Result<Batch> {
    let Some(loaded) = LoadedAgent::find(cx, instance, id).await? else { return Ok(Batch::new()) };
    if let Some(entry) = loaded.agent.in_work() {
        let (contact, state) = (&entry.contact_id, entry.state.as_str());
        let message = format!("UserId: user {id} cannot be deleted while contact {contact} is {state} with the user");
        return Err(Error::invalid_request(message));
    }
    let mut unit = UnitOfWork::new(cx, instance);
    for entry in &loaded.agent.entries {
        let event = match entry.state {
            EntryState::Connecting => Event::Withdraw,
            EntryState::Ended => Event::CloseAcw,
            _ => continue,
        };
        let Some(mut contact) = LoadedContact::find(cx, instance, &entry.contact_id).await? else { continue };
        let mut effects = Effects::default();
        deciding(cx, instance, |life| contact.contact.apply(event, &mut effects, life)).map_err(refused)?;
        unit.update_contact(contact, effects)?;
    }
    unit.delete_agent(loaded);
    unit.into_batch().await
}

/// A user by id or ARN, as tasks know users; `None` for one that does not exist.
pub(crate) async fn agent(cx: &Cx<'_>, instance: &str, text: &str) -> Result<Option<AgentRef>> {
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::User, text, cx.home().instance(instance)) else { return Ok(None) };
    match cx.store().resource(instance, Kind::User, &id).await? {
        Some(row) => agent_of(cx, instance, &row).await.map(Some),
        None => Ok(None),
    }
}

/// The same by id, ARN or user name, as flows name users (flows 7.1.1).
pub(crate) async fn agent_by_any(cx: &Cx<'_>, instance: &str, text: &str) -> Result<Option<AgentRef>> {
    if let Some(agent) = agent(cx, instance, text).await? {
        return Ok(Some(agent));
    }
    match cx.store().resource_named(instance, Kind::User, text).await? {
        Some(row) => agent_of(cx, instance, &row).await.map(Some),
        None => Ok(None),
    }
}

/// A stored user as tasks know users.
pub(crate) async fn agent_of(cx: &Cx<'_>, instance: &str, row: &ResourceRow) -> Result<AgentRef> {
    let user: User = stored(row)?;
    let profile_id = user.routing_profile_id.clone().unwrap_or_default();
    let profile = cx.store().resource(instance, Kind::RoutingProfile, &profile_id).await?;
    let profile_name = match &profile {
        Some(row) => stored::<RoutingProfile>(row)?.name,
        None => None,
    };
    let names = user.identity_info.clone().unwrap_or_default();
    Ok(AgentRef {
        id: row.id.clone(),
        user_name: user.username.clone().unwrap_or_default(),
        first_name: names.first_name.unwrap_or_default(),
        last_name: names.last_name.unwrap_or_default(),
        routing_profile: (profile_id, profile_name.unwrap_or_default()),
        acw_limit_s: acw_limit_s(&user),
        auto_accept: auto_accept(&user),
        hierarchy: hierarchy::names(cx, instance, user.hierarchy_group_id.as_deref()).await?,
    })
}

/// How long after-contact work may take, in seconds; 0 is without limit (tasks 2.12.1).
fn acw_limit_s(user: &User) -> i64 {
    let configs = user.after_contact_work_configs.iter().flatten();
    let task = configs.filter(|config| config.channel == Channel::Task).map(|config| &config.after_contact_work_config);
    let by_channel = task.filter_map(|config| config.after_contact_work_time_limit).next();
    let by_phone = user.phone_config.as_ref().and_then(|phone| phone.after_contact_work_time_limit);
    by_channel.or(by_phone).map_or(0, i64::from)
}

/// Whether tasks are accepted at once (tasks 3.4.1).
fn auto_accept(user: &User) -> bool {
    let mut configs = user.auto_accept_configs.iter().flatten();
    let by_channel = configs.find(|config| config.channel == Channel::Task).map(|config| config.auto_accept);
    by_channel.or_else(|| user.phone_config.as_ref()?.auto_accept).unwrap_or(false)
}

/// How many paused tasks an agent may hold: as many as tasks at once by the routing profile (tasks 2.7.4); `None` is without
/// limit.
pub(crate) async fn paused_max(cx: &Cx<'_>, instance: &str, agent: &AgentRef) -> Result<Option<i64>> {
    // A user who was deleted meanwhile keeps the limit they had.
    let profile_id = match cx.store().resource(instance, Kind::User, &agent.id).await? {
        Some(row) => stored::<User>(&row)?.routing_profile_id,
        None => None,
    };
    let profile_id = profile_id.unwrap_or_else(|| agent.routing_profile.0.clone());
    let Some(row) = cx.store().resource(instance, Kind::RoutingProfile, &profile_id).await? else { return Ok(None) };
    let profile: RoutingProfile = stored(&row)?;
    let task = profile.media_concurrencies.iter().flatten().find(|media| media.channel == Channel::Task);
    Ok(Some(task.map_or(0, slots)))
}

/// Tasks at once: for all, or for each type of workload (administration 2.6.3).
fn slots(media: &MediaConcurrency) -> i64 {
    let by_type = media.workload_type_concurrencies.iter().flatten().map(|of_type| i64::from(of_type.concurrency));
    i64::from(media.concurrency.unwrap_or_default()) + by_type.sum::<i64>()
}
