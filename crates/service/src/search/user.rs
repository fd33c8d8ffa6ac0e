//! SearchUsers: users as a UserSearchSummary (administration 3.2.4).

use std::collections::BTreeMap;

use engine::arn::{self, Scope};
use engine::criteria::Proficiency;
use engine::search::{AttributeTest, Attributes, Case, Criteria, Field, Filter, GroupTest, Tree};
use store::{Kind, ResourceRow};
use wire::ExceptionKind;
use wire::ops::{SearchUsersInput, SearchUsersOutput};
use wire::shapes::{
    AfterContactWorkConfig, AfterContactWorkConfigPerChannel, User, UserIdentityInfo, UserIdentityInfoLite,
    UserPhoneConfig, UserSearchCriteria, UserSearchFilter, UserSearchSummary,
};

use super::{Found, Key, SearchPage, checked, field, pass, tag_filter};
use crate::resource::hierarchy::Groups;
use crate::resource::{layer, proficiency};
use crate::{Cx, Error, Result};

/// A user, and what is searched of it besides.
#[derive(Debug)]
struct Person {
    found: Found<User>,
    /// Ids and ARNs of the routing profile.
    routing_profile: Vec<String>,
    /// Ids and ARNs of the security profiles.
    security_profiles: Vec<String>,
    /// Ids of the hierarchy groups from level one.
    groups: Vec<String>,
    proficiencies: Vec<Proficiency>,
}

impl Person {
    fn of(scope: Scope<'_>, groups: &Groups, proficient: &Proficient, row: &ResourceRow) -> Result<Self> {
        let found: Found<User> = Found::of(scope, row)?;
        let user = &found.value;
        let both = |kind, id: &String| [id.clone(), scope.arn(kind, id)];
        Ok(Self {
            routing_profile: user
                .routing_profile_id
                .iter()
                .flat_map(|id| both(arn::Kind::RoutingProfile, id))
                .collect(),
            security_profiles: user
                .security_profile_ids
                .iter()
                .flatten()
                .flat_map(|id| both(arn::Kind::SecurityProfile, id))
                .collect(),
            groups: groups.path(user.hierarchy_group_id.as_deref().unwrap_or_default()).to_vec(),
            proficiencies: proficient.get(&row.id).cloned().unwrap_or_default(),
            found,
        })
    }

    fn identity(&self) -> Option<&UserIdentityInfo> {
        self.found.value.identity_info.as_ref()
    }
}

/// A condition on a list of the user, or on the place in the hierarchy.
#[derive(Debug)]
enum UserLeaf {
    Proficiencies(AttributeTest),
    Group(GroupTest),
}

impl Criteria for Person {
    type Target = Self;
    type Leaf = UserLeaf;
    const FIELDS: &'static [Field<Self>] = &[
        field!("Username", Ignored, username of found),
        Field {
            name: "FirstName",
            case: Case::Ignored,
            values: |person, each| person.identity().and_then(|of| of.first_name.as_deref()).into_iter().for_each(each),
        },
        Field {
            name: "LastName",
            case: Case::Ignored,
            values: |person, each| person.identity().and_then(|of| of.last_name.as_deref()).into_iter().for_each(each),
        },
        Field {
            name: "RoutingProfileId",
            case: Case::Id,
            values: |person, each| person.routing_profile.iter().for_each(|text| each(text)),
        },
        Field {
            name: "SecurityProfileId",
            case: Case::Id,
            values: |person, each| person.security_profiles.iter().for_each(|text| each(text)),
        },
        Field {
            name: "resourceId",
            case: Case::Id,
            values: |person, each| {
                each(&person.found.id);
                each(&person.found.arn);
            },
        },
    ];
    engine::criteria_parts!(UserSearchCriteria);

    fn leaves(node: &UserSearchCriteria) -> std::result::Result<Vec<UserLeaf>, String> {
        let mut leaves = Vec::new();
        if let Some(condition) = &node.list_condition {
            leaves.push(UserLeaf::Proficiencies(AttributeTest::of(condition)?));
        }
        if let Some(condition) = &node.hierarchy_group_condition {
            leaves.push(UserLeaf::Group(GroupTest::of(condition)?));
        }
        Ok(leaves)
    }

    fn holds(leaf: &UserLeaf, person: &Self) -> bool {
        match leaf {
            UserLeaf::Proficiencies(test) => test.holds(&person.proficiencies),
            UserLeaf::Group(test) => test.holds(&person.groups),
        }
    }
}

/// SearchUsers.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchUsersInput) -> Result<SearchUsersOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let tree = checked(cx, Tree::<Person>::of(criteria))?;
    let filter = user_filter(cx, filter)?;
    let groups = Groups::read(cx, &page.instance).await?;
    let proficient = proficient(cx, &page.instance, &tree).await?;
    let load =
        |scope: Scope<'_>, row: &ResourceRow| Ok(vec![(Key::of(row), Person::of(scope, &groups, &proficient, row)?)]);
    let keeps = |person: &Person| {
        filter.passes(Attributes { groups: &person.groups, ..person.found.attributes() }) && tree.holds(person)
    };
    let found = pass::<User, _>(cx, &page, load, keeps).await?.map(|person| summary(person.found.answer()));
    Ok(SearchUsersOutput {
        users: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}

/// Proficiencies by user.
type Proficient = BTreeMap<String, Vec<Proficiency>>;

/// The proficiencies for which a condition holds; nothing is read when none asks for them.
async fn proficient(cx: &Cx<'_>, instance: &str, tree: &Tree<Person>) -> Result<Proficient> {
    let tests = tree.leaves().into_iter().filter_map(|leaf| match leaf {
        UserLeaf::Proficiencies(test) => Some(test),
        UserLeaf::Group(_) => None,
    });
    let tests: Vec<&AttributeTest> = tests.collect();
    let mut found = Proficient::new();
    if tests.is_empty() {
        return Ok(found);
    }
    layer::each_link(cx, instance, Kind::User, |user, link| {
        if let Some(own) = proficiency::in_link(&link)? {
            let own = std::slice::from_ref(&own);
            if tests.iter().any(|test| test.holds(own)) {
                found.entry(user).or_default().extend_from_slice(own);
            }
        }
        Ok(())
    })
    .await?;
    Ok(found)
}

/// What is wrong with one of the two filters comes first; then, they cannot be combined (administration 1.1.1, 3.2.2).
fn user_filter(cx: &Cx<'_>, filter: Option<&UserSearchFilter>) -> Result<Filter> {
    let Some(filter) = filter else { return Ok(Filter::default()) };
    let tags = tag_filter(cx, filter.tag_filter.as_ref())?;
    let Some(attributes) = &filter.user_attribute_filter else { return Ok(tags) };
    let attributes = checked(cx, Filter::of_user(attributes, "SearchFilter.UserAttributeFilter"))?;
    if filter.tag_filter.is_some() {
        let message = "SearchFilter: TagFilter and UserAttributeFilter cannot be given together";
        return Err(Error::new(ExceptionKind::AccessDeniedException, message));
    }
    Ok(attributes)
}

fn summary(user: User) -> UserSearchSummary {
    let identity = |of: UserIdentityInfo| UserIdentityInfoLite { first_name: of.first_name, last_name: of.last_name };
    UserSearchSummary {
        arn: user.arn,
        directory_user_id: user.directory_user_id,
        hierarchy_group_id: user.hierarchy_group_id,
        id: user.id,
        identity_info: user.identity_info.map(identity),
        phone_config: user.phone_config.map(|phone| UserPhoneConfig {
            after_contact_work_time_limit: phone.after_contact_work_time_limit.map(milliseconds),
            ..phone
        }),
        routing_profile_id: user.routing_profile_id,
        security_profile_ids: user.security_profile_ids,
        tags: user.tags,
        username: user.username,
        auto_accept_configs: user.auto_accept_configs,
        after_contact_work_configs: user
            .after_contact_work_configs
            .map(|configs| configs.into_iter().map(after_contact_work).collect()),
        phone_number_configs: user.phone_number_configs,
        persistent_connection_configs: user.persistent_connection_configs,
        voice_enhancement_configs: user.voice_enhancement_configs,
    }
}

fn after_contact_work(of: AfterContactWorkConfigPerChannel) -> AfterContactWorkConfigPerChannel {
    let limit = |config: AfterContactWorkConfig| AfterContactWorkConfig {
        after_contact_work_time_limit: config.after_contact_work_time_limit.map(milliseconds),
    };
    AfterContactWorkConfigPerChannel {
        channel: of.channel,
        after_contact_work_config: limit(of.after_contact_work_config),
        agent_first_callback_after_contact_work_config: of.agent_first_callback_after_contact_work_config.map(limit),
    }
}

/// Searches answer AfterContactWorkTimeLimit in milliseconds, Describe in seconds (administration 3.2.4).
fn milliseconds(seconds: i32) -> i32 {
    seconds.saturating_mul(1_000)
}
