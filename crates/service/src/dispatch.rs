//! The list of what is implemented, one line per operation, and the path from a request to its operation: permission,
//! decoding, permission again, behaviour, encoding.

use std::pin::Pin;

use wire::{Op, Output};

use crate::base::access::Access;
use crate::base::decode::decoded;
use crate::flow::{contact_flow, contact_flow_module, flow_alias, flow_version};
use crate::resource::{
    agent_status, hierarchy, hours_of_operation, instance, instance_attribute, lambda_function, predefined_attribute,
    proficiency, queue, quick_connect, routing_profile, routing_profile_queue, security_profile, tag, user,
};
use crate::template::task_template;
use crate::{Call, Cx, Reply, Result, Service, access, agent, contact, metrics, search};

/// The table of operations: `Name: kind function`. One of the scope without a line does not compile. The kinds are the signatures that the function may have:
///
/// - `plain`: from context and input to output, or to a reply with headers of its own;
/// - `token`: the same with the client token of the call, for operations that must not run twice;
/// - `whole`: gets the whole result of decoding (`Decoded`), including broken constraints, which it reports together
///   with broken rules;
/// - `stored`: answers stored bytes as they are. It is not boxed: these are the hot reads.
macro_rules! operations {
    ($($op:ident: $kind:ident $function:path,)+) => {
        /// Implemented operations, in the order of the specification.
        pub const IMPLEMENTED: &[Op] = &[$(Op::$op),+];

        #[cfg(test)]
        const KINDS: &[(Op, &str)] = &[$((Op::$op, stringify!($kind))),+];

        /// Decodes, runs and encodes one call.
        async fn dispatch<'a>(cx: &'a Cx<'a>, call: &'a Call<'a>) -> Result<Reply> {
            let work = match call.op {
                $(Op::$op => operations!(@$kind cx, call, $function),)+
            };
            work.await
        }
    };
    (@stored $cx:ident, $call:ident, $function:path) => {{
        let decoded = operations!(@allowed $cx, $call);
        let (input, _) = decoded.valid()?;
        return $function($cx, input).await;
    }};
    (@plain $cx:ident, $call:ident, $function:path) => {
        boxed(move || async move {
            let decoded = operations!(@allowed $cx, $call);
            let (input, _) = decoded.valid()?;
            Ok($function($cx, input).await?.reply())
        })
    };
    (@token $cx:ident, $call:ident, $function:path) => {
        boxed(move || async move {
            let decoded = operations!(@allowed $cx, $call);
            let (input, token) = decoded.valid()?;
            Ok($function($cx, input, token).await?.reply())
        })
    };
    (@whole $cx:ident, $call:ident, $function:path) => {
        boxed(move || async move {
            let decoded = operations!(@allowed $cx, $call);
            Ok($function($cx, decoded).await?.reply())
        })
    };
    (@allowed $cx:ident, $call:ident) => {{
        let decoded = decoded($call)?;
        if let Some(access) = $cx.access() {
            access::authorize($cx, access, &decoded.checked).await?;
        }
        decoded
    }};
}

operations! {
    CreateTaskTemplate: whole task_template::create,
    GetTaskTemplate: stored task_template::get,
    ListTaskTemplates: stored task_template::list,
    UpdateTaskTemplate: whole task_template::update,
    DeleteTaskTemplate: plain task_template::delete,
    TagResource: plain tag::tag,
    UntagResource: plain tag::untag,
    ListTagsForResource: plain tag::list,
    CreateInstance: token instance::create,
    DescribeInstance: plain instance::describe,
    ListInstances: plain instance::list,
    DeleteInstance: token instance::delete,
    CreateContactFlow: plain contact_flow::create,
    DescribeContactFlow: plain contact_flow::describe,
    ListContactFlows: plain contact_flow::list,
    UpdateContactFlowContent: plain contact_flow::update_content,
    UpdateContactFlowMetadata: plain contact_flow::update_metadata,
    UpdateContactFlowName: plain contact_flow::update_name,
    DeleteContactFlow: plain contact_flow::delete,
    CreateContactFlowVersion: plain flow_version::create_of_flow,
    ListContactFlowVersions: plain flow_version::list_of_flow,
    DeleteContactFlowVersion: plain flow_version::delete_of_flow,
    CreateContactFlowAlias: plain flow_alias::create_of_flow,
    DescribeContactFlowAlias: plain flow_alias::describe_of_flow,
    UpdateContactFlowAlias: plain flow_alias::update_of_flow,
    ListContactFlowAliases: plain flow_alias::list_of_flow,
    DeleteContactFlowAlias: plain flow_alias::delete_of_flow,
    CreateContactFlowModule: token contact_flow_module::create,
    DescribeContactFlowModule: plain contact_flow_module::describe,
    ListContactFlowModules: plain contact_flow_module::list,
    UpdateContactFlowModuleContent: plain contact_flow_module::update_content,
    UpdateContactFlowModuleMetadata: plain contact_flow_module::update_metadata,
    DeleteContactFlowModule: plain contact_flow_module::delete,
    CreateContactFlowModuleVersion: plain flow_version::create_of_module,
    ListContactFlowModuleVersions: plain flow_version::list_of_module,
    DeleteContactFlowModuleVersion: plain flow_version::delete_of_module,
    CreateContactFlowModuleAlias: plain flow_alias::create_of_module,
    DescribeContactFlowModuleAlias: plain flow_alias::describe_of_module,
    UpdateContactFlowModuleAlias: plain flow_alias::update_of_module,
    ListContactFlowModuleAliases: plain flow_alias::list_of_module,
    DeleteContactFlowModuleAlias: plain flow_alias::delete_of_module,
    CreateQuickConnect: plain quick_connect::create,
    DescribeQuickConnect: plain quick_connect::describe,
    ListQuickConnects: plain quick_connect::list,
    UpdateQuickConnectConfig: plain quick_connect::update_config,
    UpdateQuickConnectName: plain quick_connect::update_name,
    DeleteQuickConnect: plain quick_connect::delete,
    CreateAgentStatus: plain agent_status::create,
    DescribeAgentStatus: plain agent_status::describe,
    ListAgentStatuses: plain agent_status::list,
    UpdateAgentStatus: plain agent_status::update,
    CreateSecurityProfile: plain security_profile::create,
    DescribeSecurityProfile: plain security_profile::describe,
    ListSecurityProfilePermissions: plain security_profile::permissions,
    UpdateSecurityProfile: plain security_profile::update,
    DeleteSecurityProfile: plain security_profile::delete,
    CreateUserHierarchyGroup: plain hierarchy::create,
    DescribeUserHierarchyGroup: plain hierarchy::describe,
    ListUserHierarchyGroups: plain hierarchy::list,
    UpdateUserHierarchyGroupName: plain hierarchy::rename,
    DeleteUserHierarchyGroup: plain hierarchy::delete,
    DescribeUserHierarchyStructure: plain hierarchy::describe_structure,
    UpdateUserHierarchyStructure: plain hierarchy::update_structure,
    CreateUser: plain user::create,
    DescribeUser: plain user::describe,
    ListUsers: plain user::list,
    UpdateUserConfig: plain user::update_config,
    UpdateUserHierarchy: plain user::update_hierarchy,
    UpdateUserIdentityInfo: plain user::update_identity,
    UpdateUserPhoneConfig: plain user::update_phone,
    UpdateUserRoutingProfile: plain user::update_routing_profile,
    UpdateUserSecurityProfiles: plain user::update_security_profiles,
    DeleteUser: plain user::delete,
    AssociateUserProficiencies: plain proficiency::associate,
    DisassociateUserProficiencies: plain proficiency::disassociate,
    UpdateUserProficiencies: plain proficiency::update,
    ListUserProficiencies: plain proficiency::list,
    CreateQueue: plain queue::create,
    DescribeQueue: plain queue::describe,
    ListQueues: plain queue::list,
    DeleteQueue: plain queue::changes::delete,
    UpdateQueueHoursOfOperation: plain queue::changes::update_hours,
    UpdateQueueMaxContacts: plain queue::changes::update_max_contacts,
    UpdateQueueName: plain queue::changes::update_name,
    UpdateQueueStatus: plain queue::changes::update_status,
    UpdateQueueOutboundCallerConfig: plain queue::changes::update_outbound_caller,
    UpdateQueueOutboundEmailConfig: plain queue::email::update_outbound,
    AssociateQueueQuickConnects: plain queue::quick_connects::associate,
    DisassociateQueueQuickConnects: plain queue::quick_connects::disassociate,
    ListQueueQuickConnects: plain queue::quick_connects::list,
    AssociateQueueEmailAddresses: token queue::email::associate,
    DisassociateQueueEmailAddresses: token queue::email::disassociate,
    ListQueueEmailAddresses: plain queue::email::list,
    CreateRoutingProfile: plain routing_profile::create,
    DescribeRoutingProfile: plain routing_profile::describe,
    ListRoutingProfiles: plain routing_profile::list,
    DeleteRoutingProfile: plain routing_profile::delete,
    UpdateRoutingProfileConcurrency: plain routing_profile::update_concurrency,
    UpdateRoutingProfileDefaultOutboundQueue: plain routing_profile::update_outbound,
    UpdateRoutingProfileName: plain routing_profile::update_name,
    UpdateRoutingProfileQueues: plain routing_profile_queue::update,
    UpdateRoutingProfileAgentAvailabilityTimer: plain routing_profile::update_timer,
    AssociateRoutingProfileQueues: plain routing_profile_queue::associate,
    DisassociateRoutingProfileQueues: plain routing_profile_queue::disassociate,
    ListRoutingProfileQueues: plain routing_profile_queue::list,
    ListRoutingProfileManualAssignmentQueues: plain routing_profile_queue::list_manual,
    ListSecurityProfiles: plain security_profile::list,
    CreateHoursOfOperation: plain hours_of_operation::create,
    DescribeHoursOfOperation: plain hours_of_operation::describe,
    ListHoursOfOperations: plain hours_of_operation::list,
    UpdateHoursOfOperation: plain hours_of_operation::update,
    DeleteHoursOfOperation: plain hours_of_operation::delete,
    CreateHoursOfOperationOverride: plain hours_of_operation::overrides::create,
    DescribeHoursOfOperationOverride: plain hours_of_operation::overrides::describe,
    ListHoursOfOperationOverrides: plain hours_of_operation::overrides::list,
    UpdateHoursOfOperationOverride: plain hours_of_operation::overrides::update,
    DeleteHoursOfOperationOverride: plain hours_of_operation::overrides::delete,
    AssociateHoursOfOperations: plain hours_of_operation::parents::associate,
    DisassociateHoursOfOperations: plain hours_of_operation::parents::disassociate,
    ListChildHoursOfOperations: plain hours_of_operation::parents::list_children,
    GetEffectiveHoursOfOperations: plain hours_of_operation::effective,
    DescribeInstanceAttribute: plain instance_attribute::describe,
    ListInstanceAttributes: plain instance_attribute::list,
    UpdateInstanceAttribute: token instance_attribute::update,
    AssociateLambdaFunction: token lambda_function::associate,
    DisassociateLambdaFunction: token lambda_function::disassociate,
    ListLambdaFunctions: plain lambda_function::list,
    CreatePredefinedAttribute: plain predefined_attribute::create,
    DescribePredefinedAttribute: plain predefined_attribute::describe,
    ListPredefinedAttributes: plain predefined_attribute::list,
    UpdatePredefinedAttribute: plain predefined_attribute::update,
    DeletePredefinedAttribute: plain predefined_attribute::delete,
    StartTaskContact: token contact::start::start,
    DescribeContact: plain contact::read::describe,
    ListContactReferences: plain contact::read::references,
    GetContactAttributes: plain contact::read::attributes,
    UpdateContactAttributes: plain contact::data::attributes,
    UpdateContactTaskTemplate: plain contact::data::retemplate,
    StopContact: plain contact::life::stop,
    CreateContact: token contact::start::create,
    UpdateContact: plain contact::data::update,
    UpdateContactSchedule: plain contact::life::reschedule,
    PauseContact: plain contact::life::pause,
    ResumeContact: plain contact::life::resume,
    TransferContact: token contact::transfer::transfer,
    UpdateContactRoutingData: plain contact::data::route,
    DeleteContactData: plain contact::data::delete,
    TagContact: plain contact::data::tag,
    UntagContact: plain contact::data::untag,
    ListAssociatedContacts: plain contact::read::associated,
    SearchContacts: plain contact::search::search,
    PutUserStatus: plain agent::put_status,
    AssociateContactWithUser: plain agent::associate,
    DismissUserContact: plain agent::dismiss,
    GetCurrentUserData: plain agent::current,
    GetCurrentMetricData: plain metrics::current,
    GetContactMetrics: plain metrics::of_contact,
    GetMetricData: plain metrics::data,
    GetMetricDataV2: plain metrics::data_v2,
    SearchQueues: plain search::queues,
    SearchQuickConnects: plain search::quick_connects,
    SearchHoursOfOperations: plain search::hours_of_operations,
    SearchHoursOfOperationOverrides: plain search::overrides,
    SearchRoutingProfiles: plain search::routing_profiles,
    SearchPredefinedAttributes: plain search::predefined_attributes,
    SearchSecurityProfiles: plain search::security_profiles,
    SearchAgentStatuses: plain search::agent_statuses,
    SearchContactFlows: plain search::flows,
    SearchContactFlowModules: plain search::flow_modules,
    SearchUsers: plain search::users,
    SearchUserHierarchyGroups: plain search::hierarchy_groups,
    SearchResourceTags: plain search::resource_tags,
}

impl Service {
    /// Answers one call.
    ///
    /// # Errors
    /// The exception for the client, with the cause of an unexpected one for the log.
    pub async fn call(&self, call: Call<'_>) -> Result<Reply> {
        let cx = Cx::new(self, call.op, call.now_ms);
        let action = || format!("connect:{}", call.op.name());
        let access = Access::open(call.caller, call.origin, cx.home(), call.op, action, call.now_ms)?;
        dispatch(&cx.with(access.as_ref()), &call).await
    }
}

/// Builds the future of one operation in a separate stack frame and boxes it, so that a request's future and the stack
/// stay small.
#[inline(never)]
fn boxed<'a, F>(work: impl FnOnce() -> F) -> Pin<Box<dyn Future<Output = Result<Reply>> + Send + 'a>>
where
    F: Future<Output = Result<Reply>> + Send + 'a,
{
    Box::pin(work())
}

/// The answer of an operation: an output of the model, or a reply that has headers of its own.
trait Answer {
    fn reply(self) -> Reply;
}

impl<T: Output> Answer for T {
    fn reply(self) -> Reply {
        Reply::of(&self)
    }
}

impl Answer for Reply {
    fn reply(self) -> Reply {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// tasks 1.1.11: a client token that the model gives to an operation is never dropped.
    #[test]
    fn operations_with_a_client_token_get_it() {
        let with_token: Vec<Op> = IMPLEMENTED.iter().copied().filter(|op| op.idempotency_token().is_some()).collect();
        assert!(with_token.contains(&Op::StartTaskContact) && with_token.contains(&Op::DeleteInstance));
        for op in with_token {
            let (_, kind) = KINDS.iter().find(|(other, _)| *other == op).expect("each has a kind");
            assert!(["token", "whole"].contains(kind), "{op} is `{kind}`");
        }
        for (op, kind) in KINDS {
            assert!(*kind != "token" || op.idempotency_token().is_some(), "{op} has no token");
        }
    }
}
