//! The list of what is implemented: one line per operation.

use wire::{Checked, Input, Op, Output, Request};

use crate::base::client_token;
use crate::flow::{contact_flow, contact_flow_module, flow_alias, flow_version};
use crate::resource::{
    hours_of_operation, instance, queue, quick_connect, routing_profile, security_profile, tag, user,
};
use crate::template::task_template;
use crate::{Call, Cx, Error, Reply, Result, Service, contact};

/// Operations with behaviour, in the order of the specification. A test holds it against the `match` below.
pub const IMPLEMENTED: &[Op] = &[
    Op::CreateTaskTemplate,
    Op::GetTaskTemplate,
    Op::ListTaskTemplates,
    Op::UpdateTaskTemplate,
    Op::DeleteTaskTemplate,
    Op::TagResource,
    Op::UntagResource,
    Op::ListTagsForResource,
    Op::CreateInstance,
    Op::DescribeInstance,
    Op::ListInstances,
    Op::DeleteInstance,
    Op::CreateContactFlow,
    Op::DescribeContactFlow,
    Op::ListContactFlows,
    Op::UpdateContactFlowContent,
    Op::UpdateContactFlowMetadata,
    Op::UpdateContactFlowName,
    Op::DeleteContactFlow,
    Op::CreateContactFlowVersion,
    Op::ListContactFlowVersions,
    Op::DeleteContactFlowVersion,
    Op::CreateContactFlowAlias,
    Op::DescribeContactFlowAlias,
    Op::UpdateContactFlowAlias,
    Op::ListContactFlowAliases,
    Op::DeleteContactFlowAlias,
    Op::CreateContactFlowModule,
    Op::DescribeContactFlowModule,
    Op::ListContactFlowModules,
    Op::UpdateContactFlowModuleContent,
    Op::UpdateContactFlowModuleMetadata,
    Op::DeleteContactFlowModule,
    Op::CreateContactFlowModuleVersion,
    Op::ListContactFlowModuleVersions,
    Op::DeleteContactFlowModuleVersion,
    Op::CreateContactFlowModuleAlias,
    Op::DescribeContactFlowModuleAlias,
    Op::UpdateContactFlowModuleAlias,
    Op::ListContactFlowModuleAliases,
    Op::DeleteContactFlowModuleAlias,
    Op::CreateQuickConnect,
    Op::DescribeQuickConnect,
    Op::ListQuickConnects,
    Op::CreateUser,
    Op::DescribeUser,
    Op::ListUsers,
    Op::DeleteUser,
    Op::CreateQueue,
    Op::DescribeQueue,
    Op::ListQueues,
    Op::ListRoutingProfiles,
    Op::ListSecurityProfiles,
    Op::ListHoursOfOperations,
    Op::StartTaskContact,
    Op::DescribeContact,
    Op::ListContactReferences,
    Op::GetContactAttributes,
    Op::UpdateContactAttributes,
    Op::UpdateContactTaskTemplate,
    Op::StopContact,
    Op::CreateContact,
    Op::UpdateContact,
    Op::UpdateContactSchedule,
    Op::PauseContact,
    Op::ResumeContact,
    Op::TransferContact,
    Op::UpdateContactRoutingData,
    Op::TagContact,
    Op::UntagContact,
    Op::ListAssociatedContacts,
    Op::SearchContacts,
];

/// Whether an operation has behaviour.
pub fn implemented(op: Op) -> bool {
    IMPLEMENTED.contains(&op)
}

impl Service {
    /// Answers one call.
    ///
    /// # Errors
    /// The exception that the client is to see, with the cause of an unexpected one for the log.
    pub async fn call(&self, call: Call<'_>) -> Result<Reply> {
        dispatch(&Cx::new(self, call.op, call.now_ms), &call).await
    }
}

/// Decodes, runs and encodes one call. Everything but the hot reads is boxed, so that a request's future stays small.
pub(crate) async fn dispatch<'a>(cx: &'a Cx<'a>, call: &'a Call<'a>) -> Result<Reply> {
    match call.op {
        Op::GetTaskTemplate => raw(cx, call, task_template::get).await,
        Op::ListTaskTemplates => raw(cx, call, task_template::list).await,
        Op::CreateTaskTemplate => Box::pin(create_task_template(cx, call)).await,
        Op::UpdateTaskTemplate => Box::pin(unchecked(cx, call, task_template::update)).await,
        Op::DeleteTaskTemplate => Box::pin(run(cx, call, task_template::delete)).await,
        Op::TagResource => Box::pin(run(cx, call, tag::tag)).await,
        Op::UntagResource => Box::pin(run(cx, call, tag::untag)).await,
        Op::ListTagsForResource => Box::pin(run(cx, call, tag::list)).await,
        Op::CreateInstance => Box::pin(with_call(cx, call, instance::create)).await,
        Op::DescribeInstance => Box::pin(run(cx, call, instance::describe)).await,
        Op::ListInstances => Box::pin(run(cx, call, instance::list)).await,
        Op::DeleteInstance => Box::pin(with_call(cx, call, instance::delete)).await,
        Op::CreateContactFlow => Box::pin(run(cx, call, contact_flow::create)).await,
        Op::DescribeContactFlow => Box::pin(run(cx, call, contact_flow::describe)).await,
        Op::ListContactFlows => Box::pin(run(cx, call, contact_flow::list)).await,
        Op::UpdateContactFlowContent => Box::pin(run(cx, call, contact_flow::update_content)).await,
        Op::UpdateContactFlowMetadata => Box::pin(run(cx, call, contact_flow::update_metadata)).await,
        Op::UpdateContactFlowName => Box::pin(run(cx, call, contact_flow::update_name)).await,
        Op::DeleteContactFlow => Box::pin(run(cx, call, contact_flow::delete)).await,
        Op::CreateContactFlowVersion => Box::pin(run(cx, call, flow_version::create_of_flow)).await,
        Op::ListContactFlowVersions => Box::pin(run(cx, call, flow_version::list_of_flow)).await,
        Op::DeleteContactFlowVersion => Box::pin(run(cx, call, flow_version::delete_of_flow)).await,
        Op::CreateContactFlowAlias => Box::pin(run(cx, call, flow_alias::create_of_flow)).await,
        Op::DescribeContactFlowAlias => Box::pin(run(cx, call, flow_alias::describe_of_flow)).await,
        Op::UpdateContactFlowAlias => Box::pin(run(cx, call, flow_alias::update_of_flow)).await,
        Op::ListContactFlowAliases => Box::pin(run(cx, call, flow_alias::list_of_flow)).await,
        Op::DeleteContactFlowAlias => Box::pin(run(cx, call, flow_alias::delete_of_flow)).await,
        Op::CreateContactFlowModule => Box::pin(with_call(cx, call, contact_flow_module::create)).await,
        Op::DescribeContactFlowModule => Box::pin(run(cx, call, contact_flow_module::describe)).await,
        Op::ListContactFlowModules => Box::pin(run(cx, call, contact_flow_module::list)).await,
        Op::UpdateContactFlowModuleContent => Box::pin(run(cx, call, contact_flow_module::update_content)).await,
        Op::UpdateContactFlowModuleMetadata => Box::pin(run(cx, call, contact_flow_module::update_metadata)).await,
        Op::DeleteContactFlowModule => Box::pin(run(cx, call, contact_flow_module::delete)).await,
        Op::CreateContactFlowModuleVersion => Box::pin(run(cx, call, flow_version::create_of_module)).await,
        Op::ListContactFlowModuleVersions => Box::pin(run(cx, call, flow_version::list_of_module)).await,
        Op::DeleteContactFlowModuleVersion => Box::pin(run(cx, call, flow_version::delete_of_module)).await,
        Op::CreateContactFlowModuleAlias => Box::pin(run(cx, call, flow_alias::create_of_module)).await,
        Op::DescribeContactFlowModuleAlias => Box::pin(run(cx, call, flow_alias::describe_of_module)).await,
        Op::UpdateContactFlowModuleAlias => Box::pin(run(cx, call, flow_alias::update_of_module)).await,
        Op::ListContactFlowModuleAliases => Box::pin(run(cx, call, flow_alias::list_of_module)).await,
        Op::DeleteContactFlowModuleAlias => Box::pin(run(cx, call, flow_alias::delete_of_module)).await,
        Op::CreateQuickConnect => Box::pin(run(cx, call, quick_connect::create)).await,
        Op::DescribeQuickConnect => Box::pin(run(cx, call, quick_connect::describe)).await,
        Op::ListQuickConnects => Box::pin(run(cx, call, quick_connect::list)).await,
        Op::CreateUser => Box::pin(run(cx, call, user::create)).await,
        Op::DescribeUser => Box::pin(run(cx, call, user::describe)).await,
        Op::ListUsers => Box::pin(run(cx, call, user::list)).await,
        Op::DeleteUser => Box::pin(run(cx, call, user::delete)).await,
        Op::CreateQueue => Box::pin(run(cx, call, queue::create)).await,
        Op::DescribeQueue => Box::pin(run(cx, call, queue::describe)).await,
        Op::ListQueues => Box::pin(run(cx, call, queue::list)).await,
        Op::ListRoutingProfiles => Box::pin(run(cx, call, routing_profile::list)).await,
        Op::ListSecurityProfiles => Box::pin(run(cx, call, security_profile::list)).await,
        Op::ListHoursOfOperations => Box::pin(run(cx, call, hours_of_operation::list)).await,
        _ => Box::pin(of_tasks(cx, call)).await,
    }
}

/// The operations on tasks.
async fn of_tasks<'a>(cx: &'a Cx<'a>, call: &'a Call<'a>) -> Result<Reply> {
    match call.op {
        Op::StartTaskContact => Box::pin(start_task_contact(cx, call)).await,
        Op::DescribeContact => Box::pin(run(cx, call, contact::read::describe)).await,
        Op::ListContactReferences => Box::pin(run(cx, call, contact::read::references)).await,
        Op::GetContactAttributes => Box::pin(run(cx, call, contact::read::attributes)).await,
        Op::UpdateContactAttributes => Box::pin(run(cx, call, contact::data::attributes)).await,
        Op::UpdateContactTaskTemplate => Box::pin(run(cx, call, contact::data::retemplate)).await,
        Op::StopContact => Box::pin(run(cx, call, contact::life::stop)).await,
        Op::CreateContact => Box::pin(with_call(cx, call, contact::start::create)).await,
        Op::UpdateContact => Box::pin(run(cx, call, contact::data::update)).await,
        Op::UpdateContactSchedule => Box::pin(run(cx, call, contact::life::reschedule)).await,
        Op::PauseContact => Box::pin(run(cx, call, contact::life::pause)).await,
        Op::ResumeContact => Box::pin(run(cx, call, contact::life::resume)).await,
        Op::TransferContact => Box::pin(with_call(cx, call, contact::transfer::transfer)).await,
        Op::UpdateContactRoutingData => Box::pin(run(cx, call, contact::data::route)).await,
        Op::TagContact => Box::pin(run(cx, call, contact::data::tag)).await,
        Op::UntagContact => Box::pin(run(cx, call, contact::data::untag)).await,
        Op::ListAssociatedContacts => Box::pin(run(cx, call, contact::read::associated)).await,
        Op::SearchContacts => Box::pin(run(cx, call, contact::search::search)).await,
        op => Err(Error::not_implemented(op)),
    }
}

/// From input to output: the form of most operations.
async fn run<'a, I: Input, F>(
    cx: &'a Cx<'a>,
    call: &'a Call<'a>,
    operation: impl FnOnce(&'a Cx<'a>, I) -> F,
) -> Result<Reply>
where
    F: Future<Output = Result<I::Output>>,
{
    let output = operation(cx, valid::<I>(call)?).await?;
    Ok(reply(&output))
}

/// The same for operations that look at the request's bytes too, for its client token.
async fn with_call<'a, I: Input, F>(
    cx: &'a Cx<'a>,
    call: &'a Call<'a>,
    operation: impl FnOnce(&'a Cx<'a>, &'a Call<'a>, I) -> F,
) -> Result<Reply>
where
    F: Future<Output = Result<I::Output>>,
{
    let input = valid::<I>(call)?;
    let output = operation(cx, call, input).await?;
    Ok(reply(&output))
}

/// For operations that report broken constraints themselves, together with broken rules (task-templates 0.6).
async fn unchecked<'a, I: Input, F>(
    cx: &'a Cx<'a>,
    call: &'a Call<'a>,
    operation: impl FnOnce(&'a Cx<'a>, &'a Call<'a>, Checked<I>) -> F,
) -> Result<Reply>
where
    F: Future<Output = Result<I::Output>>,
{
    let output = operation(cx, call, decode::<I>(call)?).await?;
    Ok(reply(&output))
}

/// The most common write; its body is read once for its input and its client token.
async fn create_task_template(cx: &Cx<'_>, call: &Call<'_>) -> Result<Reply> {
    let (input, fingerprint) = wire::decode_looking(&request(call), client_token::fingerprint)
        .map_err(|error| Error::bad_body(call.op, &error))?;
    Ok(reply(&task_template::create(cx, call, input, fingerprint).await?))
}

/// Another common write.
async fn start_task_contact(cx: &Cx<'_>, call: &Call<'_>) -> Result<Reply> {
    type Start = wire::ops::StartTaskContactInput;
    let (checked, fingerprint) = wire::decode_looking::<Start, _>(&request(call), client_token::fingerprint)
        .map_err(|error| Error::bad_body(call.op, &error))?;
    if !checked.violations.is_empty() {
        return Err(Error::violations(call.op, &checked.violations));
    }
    Ok(reply(&contact::start::start(cx, call, checked.input, fingerprint).await?))
}

/// For operations whose answer is stored as it is sent.
async fn raw<'a, I: Input, F>(
    cx: &'a Cx<'a>,
    call: &'a Call<'a>,
    operation: impl FnOnce(&'a Cx<'a>, I) -> F,
) -> Result<Reply>
where
    F: Future<Output = Result<Reply>>,
{
    operation(cx, valid::<I>(call)?).await
}

fn decode<I: Input>(call: &Call<'_>) -> Result<Checked<I>> {
    debug_assert_eq!(I::OP, call.op, "the function belongs to another operation");
    wire::decode::<I>(&request(call)).map_err(|error| Error::bad_body(call.op, &error))
}

fn request<'a>(call: &Call<'a>) -> Request<'a> {
    Request { labels: call.labels, query: call.query, body: call.body }
}

fn valid<I: Input>(call: &Call<'_>) -> Result<I> {
    let request = decode::<I>(call)?;
    if request.violations.is_empty() {
        return Ok(request.input);
    }
    Err(Error::violations(call.op, &request.violations))
}

fn reply(output: &impl Output) -> Reply {
    Reply { body: output.to_json().into(), template_version: None }
}
