//! Security profiles and their permissions (administration 2.8).

use engine::arn;
use engine::faults::Faults;
use engine::instance::BASIC_AGENT_ACCESS;
use store::{Batch, Kind, Link, OnDelete, PageKey};
use wire::json::Json;
use wire::ops::{
    CreateSecurityProfileInput, CreateSecurityProfileOutput, DeleteSecurityProfileInput, DescribeSecurityProfileInput,
    DescribeSecurityProfileOutput, ListSecurityProfilePermissionsInput, ListSecurityProfilePermissionsOutput,
    ListSecurityProfilesInput, ListSecurityProfilesOutput, UpdateSecurityProfileInput,
};
use wire::shapes::{AIAgent, Application, FlowModule, SecurityProfile, SecurityProfileSummary, SecurityProfileType};
use wire::{Empty, Encode, ExceptionKind, JsonWriter, Op, Shape};

use crate::base::page::Page;
use crate::base::tags::Tags;
use crate::base::{scope, tags};
use crate::resource::kinds::{self, KindFacts};
use crate::resource::layer::{self, Change, ListPage, New, Resource, Stamp};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// The profile that cannot be deleted. Names of security profiles do not change.
const ADMIN: &str = "Admin";

/// The one kind of resource that a profile can restrict by hierarchy (administration 2.8.4).
const RESTRICTED_BY_HIERARCHY: &str = "User";

/// A security profile as it is stored: the answer of Describe, and what that has no member for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Profile {
    /// The answer of Describe.
    pub(crate) shown: SecurityProfile,
    /// Names of permissions, known or not, sorted, each once.
    pub(crate) permissions: Vec<String>,
    applications: Option<Vec<Application>>,
    allowed_flow_modules: Option<Vec<FlowModule>>,
    allowed_ai_agents: Option<Vec<AIAgent>>,
}

impl Profile {
    /// Whether its users may be offered tasks (tasks 3.3.1).
    pub(crate) fn gives_basic_access(&self) -> bool {
        self.permissions.iter().any(|permission| permission == BASIC_AGENT_ACCESS)
    }
}

impl Encode for Profile {
    fn encode(&self, w: &mut JsonWriter) {
        let shown = &self.shown;
        w.begin_object();
        w.optional("Id", shown.id.as_ref());
        w.optional("OrganizationResourceId", shown.organization_resource_id.as_ref());
        w.optional("Arn", shown.arn.as_ref());
        w.optional("SecurityProfileName", shown.security_profile_name.as_ref());
        w.optional("Description", shown.description.as_ref());
        w.optional("AllowedAccessControlTags", shown.allowed_access_control_tags.as_ref());
        w.optional("TagRestrictedResources", shown.tag_restricted_resources.as_ref());
        w.optional("LastModifiedTime", shown.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", shown.last_modified_region.as_ref());
        w.optional("HierarchyRestrictedResources", shown.hierarchy_restricted_resources.as_ref());
        w.optional("AllowedAccessControlHierarchyGroupId", shown.allowed_access_control_hierarchy_group_id.as_ref());
        w.optional("GranularAccessControlConfiguration", shown.granular_access_control_configuration.as_ref());
        w.optional("Type", shown.r#type.as_ref());
        w.member("Permissions", &self.permissions);
        w.optional("Applications", self.applications.as_ref());
        w.optional("AllowedFlowModules", self.allowed_flow_modules.as_ref());
        w.optional("AllowedAIAgents", self.allowed_ai_agents.as_ref());
        w.end_object();
    }
}

impl Shape for Profile {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut wire::Cx<'a>) -> Self {
        let items = |name: &str| json.get(name).and_then(Json::as_array);
        let texts = items("Permissions").unwrap_or_default().iter().filter_map(Json::as_str);
        let mut shown = SecurityProfile::decode(json, cx);
        // Those of the first releases were stored without.
        shown.r#type.get_or_insert(SecurityProfileType::CustomerManaged);
        Self {
            shown,
            permissions: sorted(texts.map(str::to_owned).collect()),
            applications: items("Applications").map(|list| shapes(list, cx)),
            allowed_flow_modules: items("AllowedFlowModules").map(|list| shapes(list, cx)),
            allowed_ai_agents: items("AllowedAIAgents").map(|list| shapes(list, cx)),
        }
    }
}

fn shapes<'a, T: Shape>(list: &'a [Json<'a>], cx: &mut wire::Cx<'a>) -> Vec<T> {
    list.iter().map(|item| T::decode(item, cx)).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names.dedup();
    names
}

impl Resource for Profile {
    const FACTS: &'static KindFacts = &kinds::SECURITY_PROFILE;

    fn stamp(&mut self, stamp: Stamp) {
        self.shown.id = Some(stamp.id);
        self.shown.arn = Some(stamp.arn);
        self.shown.last_modified_time = Some(stamp.now);
        self.shown.last_modified_region = Some(stamp.region);
    }

    fn name(&self) -> &str {
        self.shown.security_profile_name.as_deref().unwrap_or_default()
    }

    fn links(&self) -> Vec<Link> {
        let group = self.shown.allowed_access_control_hierarchy_group_id.as_deref();
        layer::link("HIERARCHY_GROUP", Kind::HierarchyGroup, group, OnDelete::Refuse).into_iter().collect()
    }

    fn set_tags(&mut self, tags: Option<Tags>) {
        self.shown.tags = tags;
    }
}

/// CreateSecurityProfile (administration 2.8.1, 2.8.2, 2.8.4).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateSecurityProfileInput) -> Result<CreateSecurityProfileOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let mentions = group_mention(input.allowed_access_control_hierarchy_group_id.as_deref());
    let make = || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        let mut faults = Faults::default();
        if input.description.as_deref() == Some("") {
            faults.value("Description \"\" is empty; leave it out");
        }
        check_restricted(input.hierarchy_restricted_resources.as_deref(), &mut faults);
        Error::check(cx.op(), faults)?;
        let tags = tags::of_new(cx.op(), input.tags.as_ref())?;
        let shown = SecurityProfile {
            organization_resource_id: Some(instance.clone()),
            security_profile_name: Some(input.security_profile_name.clone()),
            description: input.description.clone(),
            allowed_access_control_tags: input.allowed_access_control_tags.clone().filter(|tags| !tags.is_empty()),
            tag_restricted_resources: some(&input.tag_restricted_resources),
            hierarchy_restricted_resources: some(&input.hierarchy_restricted_resources),
            allowed_access_control_hierarchy_group_id: named.ids(Kind::HierarchyGroup).pop(),
            granular_access_control_configuration: input.granular_access_control_configuration.clone(),
            r#type: Some(SecurityProfileType::CustomerManaged),
            ..SecurityProfile::default()
        };
        let value = Profile {
            shown,
            permissions: sorted(input.permissions.clone().unwrap_or_default()),
            applications: some(&input.applications),
            allowed_flow_modules: some(&input.allowed_flow_modules),
            allowed_ai_agents: some(&input.allowed_ai_agents),
        };
        Ok(New { value, tags, relations: Vec::new() })
    };
    layer::create(
        cx,
        &instance,
        &input.security_profile_name,
        make,
        |_, _| {},
        |id, arn| CreateSecurityProfileOutput { security_profile_id: Some(id), security_profile_arn: Some(arn) },
    )
    .await
}

/// A list that is not empty.
fn some<T: Clone>(list: &Option<Vec<T>>) -> Option<Vec<T>> {
    list.clone().filter(|list| !list.is_empty())
}

fn group_mention(id: Option<&str>) -> Vec<Mention<'_>> {
    let given = id.filter(|id| !id.is_empty());
    let mention = |id| Mention::new("AllowedAccessControlHierarchyGroupId", arn::Kind::HierarchyGroup, id);
    given.map(mention).into_iter().collect()
}

/// Only users can be restricted by hierarchy (administration 2.8.4).
fn check_restricted(resources: Option<&[String]>, faults: &mut Faults) {
    for (n, resource) in resources.unwrap_or_default().iter().enumerate() {
        if resource != RESTRICTED_BY_HIERARCHY {
            faults.value(format!("HierarchyRestrictedResources[{n}] {resource:?} must be {RESTRICTED_BY_HIERARCHY}"));
        }
    }
}

/// UpdateSecurityProfile: what is given replaces, an empty list or map empties (administration 1.1.4). Whoever loses
/// BasicAgentAccess by it is offered nothing new (administration 2.8.5).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateSecurityProfileInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let own = Mention::new("SecurityProfileId", arn::Kind::SecurityProfile, &input.security_profile_id);
    let others = group_mention(input.allowed_access_control_hierarchy_group_id.as_deref());
    layer::change(cx, &instance, own, others, async |_, mut profile: Profile, named| {
        let mut faults = Faults::default();
        check_restricted(input.hierarchy_restricted_resources.as_deref(), &mut faults);
        Error::check(cx.op(), faults)?;
        let shown = &mut profile.shown;
        layer::redescribe(&mut shown.description, input.description.as_ref());
        if let Some(tags) = &input.allowed_access_control_tags {
            shown.allowed_access_control_tags = Some(tags.clone()).filter(|tags| !tags.is_empty());
        }
        replace(&mut shown.tag_restricted_resources, &input.tag_restricted_resources);
        replace(&mut shown.hierarchy_restricted_resources, &input.hierarchy_restricted_resources);
        if input.allowed_access_control_hierarchy_group_id.is_some() {
            shown.allowed_access_control_hierarchy_group_id = named.ids(Kind::HierarchyGroup).pop();
        }
        if let Some(configuration) = &input.granular_access_control_configuration {
            shown.granular_access_control_configuration = Some(configuration.clone());
        }
        if let Some(permissions) = &input.permissions {
            profile.permissions = sorted(permissions.clone());
        }
        replace(&mut profile.applications, &input.applications);
        replace(&mut profile.allowed_flow_modules, &input.allowed_flow_modules);
        replace(&mut profile.allowed_ai_agents, &input.allowed_ai_agents);
        Ok(Change::of(profile))
    })
    .await?;
    Ok(Empty)
}

fn replace<T: Clone>(list: &mut Option<Vec<T>>, given: &Option<Vec<T>>) {
    if given.is_some() {
        *list = some(given);
    }
}

/// DeleteSecurityProfile: neither Admin, nor one that a user has (administration 1.3.4).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteSecurityProfileInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::SecurityProfile, &input.security_profile_id).await?;
    if row.name == ADMIN {
        let message = format!("SecurityProfileId: security profile {ADMIN} cannot be deleted");
        return Err(Error::new(ExceptionKind::AccessDeniedException, message));
    }
    let nothing_else = async |_| Ok(Batch::new());
    layer::delete::<Profile, _>(cx, &input.instance_id, &input.security_profile_id, nothing_else).await?;
    Ok(Empty)
}

/// DescribeSecurityProfile.
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeSecurityProfileInput,
) -> Result<DescribeSecurityProfileOutput> {
    let profile: Profile = layer::describe(cx, &input.instance_id, &input.security_profile_id).await?;
    Ok(DescribeSecurityProfileOutput { security_profile: Some(profile.shown) })
}

/// ListSecurityProfiles, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListSecurityProfilesInput) -> Result<ListSecurityProfilesOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListSecurityProfiles, max_results, next_token };
    let summary = |Profile { shown, .. }: Profile| SecurityProfileSummary {
        id: shown.id,
        arn: shown.arn,
        name: shown.security_profile_name,
        last_modified_time: shown.last_modified_time,
        last_modified_region: shown.last_modified_region,
        r#type: shown.r#type,
    };
    let (security_profile_summary_list, next_token) = layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListSecurityProfilesOutput { security_profile_summary_list, next_token })
}

/// ListSecurityProfilePermissions, sorted (administration 2.8.2).
pub(crate) async fn permissions(
    cx: &Cx<'_>,
    input: ListSecurityProfilePermissionsInput,
) -> Result<ListSecurityProfilePermissionsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::SecurityProfile, &input.security_profile_id).await?;
    let filters = [instance.as_str(), &row.id];
    let (op, token) = (Op::ListSecurityProfilePermissions, input.next_token.as_deref());
    let page = Page::of(cx, op, &filters, input.max_results, token)?;
    let profile: Profile = layer::stored(&row)?;
    let after = page.after.as_ref().map_or("", |after| after.id.as_str());
    let mut rest = profile.permissions.into_iter().filter(|name| name.as_str() > after);
    let permissions: Vec<String> = rest.by_ref().take(page.size).collect();
    let next = rest.next().and(permissions.last()).map(|last| PageKey { created_ms: 0, id: last.clone() });
    Ok(ListSecurityProfilePermissionsOutput {
        permissions: Some(permissions),
        next_token: page.token(cx, next.as_ref()),
        last_modified_time: profile.shown.last_modified_time,
        last_modified_region: profile.shown.last_modified_region,
    })
}
