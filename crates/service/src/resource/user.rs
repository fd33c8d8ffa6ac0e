//! Users: create, describe, list, delete; and the data that tasks and flows need of one (tasks 1.4, 3.1.1).
//!
//! A user is created and deleted with a personal queue. Signing in is not handled here: a password is checked for its
//! form and not stored.

use engine::arn::{self, IdRef};
use engine::contact::AgentRef;
use store::{Batch, Kind, Link, OnDelete, ResourceRow};
use wire::ops::{
    CreateUserInput, CreateUserOutput, DeleteUserInput, DescribeUserInput, DescribeUserOutput, ListUsersInput,
    ListUsersOutput,
};
use wire::shapes::{Channel, RoutingProfile, User, UserSummary};
use wire::{Empty, Op};

use crate::base::{scope, tags};
use crate::resource::layer::{self, ListPage, New, resource, stored};
use crate::resource::{Mention, Mentioned, queue};
use crate::{Cx, Error, Result};

/// Shortest and longest password, in characters (tasks 1.4).
const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 8..=64;

resource!(User, USER, id, arn, username, {
    fn links(&self) -> Vec<Link> {
        let routing = self.routing_profile_id.as_deref();
        let routing = layer::link("ROUTING_PROFILE", Kind::RoutingProfile, routing, OnDelete::Refuse);
        let security = self.security_profile_ids.as_deref().unwrap_or_default();
        let security = layer::links("SECURITY_PROFILE", Kind::SecurityProfile, security, OnDelete::Refuse);
        routing.into_iter().chain(security).collect()
    }
});

/// CreateUser: the resources it names must exist when it is committed; the user's own queue is created in the same
/// commit (tasks 3.1.1).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateUserInput) -> Result<CreateUserOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    check_password(input.password.as_deref())?;
    let tags = tags::of_new(Op::CreateUser, input.tags.as_ref())?;
    if let Some(id) = input.hierarchy_group_id.as_deref().filter(|id| !id.is_empty()) {
        // No operation makes hierarchy groups, so none exists (tasks 1.1.10).
        return Err(Error::not_found(format!("HierarchyGroupId: hierarchy group {id} not found")));
    }
    let mut mentions = vec![Mention::new("RoutingProfileId", arn::Kind::RoutingProfile, &input.routing_profile_id)];
    for (n, id) in input.security_profile_ids.iter().enumerate() {
        mentions.push(Mention::new(format!("SecurityProfileIds[{n}]"), arn::Kind::SecurityProfile, id));
    }
    let make = || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        let value = User {
            username: Some(input.username.clone()),
            identity_info: input.identity_info.clone(),
            phone_config: input.phone_config.clone(),
            directory_user_id: input.directory_user_id.clone(),
            security_profile_ids: Some(named.ids(Kind::SecurityProfile)),
            routing_profile_id: named.ids(Kind::RoutingProfile).pop(),
            auto_accept_configs: input.auto_accept_configs.clone(),
            after_contact_work_configs: input.after_contact_work_configs.clone(),
            phone_number_configs: input.phone_number_configs.clone(),
            persistent_connection_configs: input.persistent_connection_configs.clone(),
            voice_enhancement_configs: input.voice_enhancement_configs.clone(),
            ..User::default()
        };
        Ok(New { value, tags: tags.clone(), relations: Vec::new() })
    };
    layer::create(
        cx,
        &instance,
        &input.username,
        make,
        |id, batch| {
            batch.insert_resource(&instance, Kind::AgentQueue, &queue::agent_queue_row(cx, &instance, id));
        },
        |id, arn| CreateUserOutput { user_id: Some(id), user_arn: Some(arn) },
    )
    .await
}

fn check_password(password: Option<&str>) -> Result<()> {
    let Some(password) = password else { return Ok(()) };
    let has = |class: fn(char) -> bool| password.chars().any(class);
    let good = PASSWORD_CHARS.contains(&password.chars().count())
        && has(char::is_lowercase)
        && has(char::is_uppercase)
        && has(char::is_numeric);
    if good {
        return Ok(());
    }
    let message =
        "Password must have 8 to 64 characters, among them a lower-case letter, an upper-case letter and a digit";
    Err(Error::invalid_parameter(Op::CreateUser, message))
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
        let mut batch = Batch::new();
        if let Some(queue) = cx.store().resource(&instance, Kind::AgentQueue, &user.id).await? {
            batch.delete_resource(&instance, Kind::AgentQueue, &queue.id, queue.rev);
        }
        Ok(batch)
    };
    layer::delete::<User, _>(cx, &input.instance_id, &input.user_id, queue).await?;
    Ok(Empty)
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

async fn agent_of(cx: &Cx<'_>, instance: &str, row: &ResourceRow) -> Result<AgentRef> {
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
