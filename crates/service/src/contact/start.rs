//! Creation of tasks: StartTaskContact, CreateContact, and the flow action CreateTask (tasks 2.3 to 2.5, task-templates
//! 5).

use std::collections::BTreeMap;

use engine::arn;
use engine::contact::start::{self as rules, CreateRequest, Descent, StartRequest, Started};
use engine::contact::{Attributes, Contact, InitiationMethod};
use engine::flow::run::NewTask;
use serde_json::{Map, Value, json};
use store::{AttributesRow, Kind};
use wire::ops::{CreateContactInput, CreateContactOutput, StartTaskContactInput, StartTaskContactOutput};
use wire::{Labels, Request};

use crate::base::client_token::{self, ClientToken, Presented};
use crate::base::commit::Attempt;
use crate::base::scope;
use crate::contact::lookup;
use crate::resource::user;
use crate::unit::{LoadedContact, UnitOfWork, deciding, op_of_start, refused};
use crate::worker::run::first_steps;
use crate::{Cx, Error, Reply, Result, access};

/// StartTaskContact: answers once the task is stored; its flow runs afterwards (tasks 2.3.23). Whether the instance
/// exists is a condition of the commit, and is looked up only to report the reason of a refusal.
pub(crate) async fn start(cx: &Cx<'_>, input: StartTaskContactInput, token: Presented<'_>) -> Result<Reply> {
    let instance = scope::id(cx, &input.instance_id)?;
    let token = token.within(cx, &instance);
    let begun = begin(cx, &instance, &StartRequest::from(&input), token.as_ref()).await?;
    let version = match begun.replayed && input.task_template_id.is_some() {
        true => LoadedContact::find(cx, &instance, &begun.id)
            .await?
            .and_then(|loaded| Some(loaded.contact.template?.version)),
        false => begun.template_version,
    };
    let reply = Reply::of(&StartTaskContactOutput { contact_id: Some(begun.id) });
    Ok(reply.with_template_version(version).with_warnings(&begun.warnings))
}

/// A task that was started, by this call or by an equal one before it.
struct Begun {
    id: String,
    template_version: Option<i64>,
    /// A warning about parts of the request that may not do what the client meant.
    warnings: Vec<String>,
    /// By an earlier call; only the id is known.
    replayed: bool,
}

/// The flow action CreateTask (flows 7.2.7 to 7.2.11): the new task's id, or `None` when it is refused for any reason.
/// The same `token` creates one task only. `descent` is that of the new task: at the limits it is refused (B82, B139).
///
/// # Errors
/// Failures not caused by the request, which can be retried.
pub(crate) async fn start_from_flow(
    cx: &Cx<'_>,
    instance: &str,
    task: &NewTask,
    token: &str,
    descent: Descent,
) -> Result<Option<String>> {
    let limit = cx.limits(instance).task_generations;
    if limit > 0 && u64::from(descent.generation) > limit {
        tracing::warn!(
            %instance, token, limit,
            "a flow may not create another task: as many made each other since the last that a client made \
             (limits.task_generations)"
        );
        return Ok(None);
    }
    let Some(mut request) = request_of_flow(instance, task) else { return Ok(None) };
    request.descent = descent;
    let token = ClientToken::of_flow(cx, instance, token);
    match begin(cx, instance, &request, Some(&token)).await {
        Ok(begun) => Ok(Some(begun.id)),
        Err(trouble) if !trouble.is_refusal() => Err(trouble),
        Err(_refused) => Ok(None),
    }
}

/// The request as StartTaskContact would decode it; `None` when it breaks a constraint of the model.
fn request_of_flow(instance: &str, task: &NewTask) -> Option<StartRequest> {
    let mut body = Map::new();
    let texts = [
        ("InstanceId", Some(instance)),
        ("Name", Some(task.name.as_str())),
        ("Description", task.description.as_deref()),
        ("ContactFlowId", task.flow_id.as_deref()),
        ("TaskTemplateId", task.template_id.as_deref()),
        ("RelatedContactId", task.related_contact_id.as_deref()),
        ("PreviousContactId", task.previous_contact_id.as_deref()),
    ];
    body.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::from(text?)))));
    body.insert("Attributes".to_owned(), json!(task.attributes));
    let reference =
        |(name, (kind, value)): (&String, &(String, String))| (name.clone(), json!({"Type": kind, "Value": value}));
    body.insert("References".to_owned(), task.references.iter().map(reference).collect::<Map<_, _>>().into());
    body.insert("SegmentAttributes".to_owned(), Value::Object(task.segment_attributes.clone()));
    let body = Value::Object(body).to_string();
    let request = Request { labels: &Labels::default(), query: "", body: body.as_bytes() };
    let checked = wire::decode::<StartTaskContactInput>(&request).ok()?;
    if !checked.violations.is_empty() {
        return None;
    }
    let initiation_method = if task.by_disconnect_flow { InitiationMethod::Disconnect } else { InitiationMethod::Api };
    Some(StartRequest { scheduled_ms: task.scheduled_ms, initiation_method, ..StartRequest::from(&checked.input) })
}

/// Starts a task, once for each token.
async fn begin(cx: &Cx<'_>, instance: &str, request: &StartRequest, token: Option<&ClientToken>) -> Result<Begun> {
    let thing = request.previous_contact_id.as_deref().unwrap_or(&request.name);
    client_token::once(
        cx,
        thing,
        token,
        |id| Begun { id, template_version: None, warnings: Vec::new(), replayed: true },
        || async {
            match attempt(cx, instance, request, token).await {
                // Nothing is found in an instance that does not exist; that is the reason to report.
                Err(refused) if refused.source.is_none() && refused.denied.is_none() => {
                    scope::existing(cx, instance).await?;
                    Err(refused)
                }
                attempt => attempt,
            }
        },
    )
    .await
}

async fn attempt(
    cx: &Cx<'_>,
    instance: &str,
    request: &StartRequest,
    token: Option<&ClientToken>,
) -> Result<Attempt<Begun>> {
    let found = lookup::facts(cx, instance, request).await?;
    if let Some(access) = cx.access() {
        Box::pin(access::judge_flows(cx, access, instance, &found.flow_ids)).await?;
    }
    let mut started = deciding(cx, instance, |life| rules::decide(request, &found.facts, life)).map_err(refused)?;
    let warnings = std::mem::take(&mut started.warnings);
    let begun = |contact: &Contact| Begun {
        id: contact.id.clone(),
        template_version: contact.template.as_ref().map(|template| template.version),
        warnings,
        replayed: false,
    };
    commit_new(cx, instance, started, found.chain.as_ref(), token, begun).await
}

/// CreateContact (tasks 2.5).
pub(crate) async fn create(
    cx: &Cx<'_>,
    input: CreateContactInput,
    token: Presented<'_>,
) -> Result<CreateContactOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let token = token.within(cx, &instance);
    let scope = cx.home().instance(&instance);
    let thing = input.related_contact_id.as_deref().unwrap_or_default();
    let output = |id: String| CreateContactOutput {
        contact_arn: Some(scope.arn(arn::Kind::Contact, &id)),
        contact_id: Some(id),
    };
    client_token::once(cx, thing, token.as_ref(), output, || async {
        let related = async {
            match CreateRequest::related_id(&input, scope) {
                Some(id) => LoadedContact::find(cx, &instance, &id).await,
                None => Ok(None),
            }
        };
        let user = async {
            match CreateRequest::user_id(&input, scope) {
                Some(id) => user::agent(cx, &instance, &id).await,
                None => Ok(None),
            }
        };
        let keys = input.segment_attributes.iter().flatten().map(|(key, _)| key.as_str());
        let predefined = lookup::predefined(cx, &instance, keys);
        let (related, user, predefined) = tokio::try_join!(related, user, predefined)?;
        let request = CreateRequest {
            input: &input,
            related: related.as_ref().map(|loaded| (&loaded.contact, &loaded.attributes)),
            user: user.as_ref(),
            predefined: &predefined,
        };
        let started = deciding(cx, &instance, |life| rules::create(request, life)).map_err(refused)?;
        commit_new(cx, &instance, started, None, token.as_ref(), |contact| output(contact.id.clone())).await
    })
    .await
}

/// Commits a new task within the quotas (tasks 2.3.20). `chain` are the stored attributes of the chain it joins.
async fn commit_new<T>(
    cx: &Cx<'_>,
    instance: &str,
    mut started: Started,
    chain: Option<&AttributesRow>,
    token: Option<&ClientToken>,
    answer: impl FnOnce(&Contact) -> T,
) -> Result<Attempt<T>> {
    let contact = &started.contact;
    let answer = answer(contact);
    if let Some(fault) = cx.limits(instance).references().fault(&BTreeMap::new(), &contact.references) {
        return Err(Error::quota(op_of_start(cx), fault));
    }
    let mut unit = UnitOfWork::new(cx, instance);
    unit.bound_new_task(contact.previous_contact_id.as_deref(), contact.root.as_deref());
    unit.claim(token, &contact.id);
    if let Some(stay) = &contact.agent {
        // A user with a connected task must not be deleted (administration 1.3.4), nor may a task be connected to a
        // deleted user.
        unit.batch.require_resource(instance, Kind::User, &stay.agent.id);
    }
    // Other resources that a task names are copied into it (users, queues), or may be deleted later (flows, tasks
    // 2.6.5).
    if let Some(template) = &contact.template {
        // Its version must not be deleted between lookup and commit (task-templates 3.6).
        unit.batch.require_task_template(instance, &template.id);
    }
    let work = Box::pin(first_steps(cx, instance, &mut started)).await;
    work.bound_queues(false, &started.effects, &mut unit);
    let Started { contact, attributes, effects, .. } = started;
    let joined = contact.previous_contact_id.is_some().then(|| contact.chain_id().to_owned());
    unit.insert_contact(contact, attributes.as_ref().unwrap_or(&Attributes::new()), effects)?;
    if let (Some(joined), Some(attributes)) = (joined, &attributes) {
        unit.chain(&joined, chain, attributes)?;
    }
    let attempt = unit.commit(answer).await?;
    if let Attempt::Done(_) = attempt {
        work.write_log();
    }
    Ok(attempt)
}
