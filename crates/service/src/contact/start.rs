//! How a task comes to be: StartTaskContact, CreateContact, and the flow action CreateTask (tasks 2.3 to 2.5, task-templates 5).

use engine::arn;
use engine::contact::start::{self as rules, CreateRequest, StartRequest, Started};
use engine::contact::{Contact, Counted, InitiationMethod};
use engine::flow::run::NewTask;
use serde_json::{Map, Value, json};
use store::AttributesRow;
use wire::ops::{CreateContactInput, CreateContactOutput, StartTaskContactInput, StartTaskContactOutput};
use wire::{Labels, Op, Request};

use crate::base::client_token::{self, ClientToken, Presented};
use crate::base::commit::Attempt;
use crate::base::quota::bound;
use crate::base::scope;
use crate::contact::kept::{Kept, Write, deciding, full, refused};
use crate::contact::look;
use crate::resource::user;
use crate::{Cx, Error, Result};

/// StartTaskContact: answers once the task is stored; its flow runs afterwards (tasks 2.3.23). Whether the instance exists is
/// a condition of the commit, and is looked up only to name the reason of a refusal.
pub(crate) async fn start(
    cx: &Cx<'_>,
    input: StartTaskContactInput,
    token: Presented<'_>,
) -> Result<StartTaskContactOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let token = token.within(cx, &instance);
    let id = begin(cx, &instance, &StartRequest::from(&input), token.as_ref()).await?;
    Ok(StartTaskContactOutput { contact_id: Some(id) })
}

/// The flow action CreateTask (flows 7.2.7 to 7.2.11): the new task's id, or `None` when it is refused for any reason. The
/// same `token` makes one task only.
///
/// # Errors
/// Trouble that is not the request's: to be tried again.
pub(crate) async fn start_from_flow(
    cx: &Cx<'_>,
    instance: &str,
    task: &NewTask,
    token: &str,
) -> Result<Option<String>> {
    let Some(request) = request_of_flow(instance, task) else { return Ok(None) };
    let token = ClientToken::of_flow(cx, instance, token);
    match begin(cx, instance, &request, Some(&token)).await {
        Ok(id) => Ok(Some(id)),
        Err(trouble) if trouble.source.is_some() || trouble.retry_after_ms.is_some() => Err(trouble),
        Err(_refused) => Ok(None),
    }
}

/// The request as StartTaskContact would read it, constraints of the model included; `None` when it breaks one.
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
async fn begin(cx: &Cx<'_>, instance: &str, request: &StartRequest, token: Option<&ClientToken>) -> Result<String> {
    let thing = request.previous_contact_id.as_deref().unwrap_or(&request.name);
    client_token::once(
        cx,
        thing,
        token,
        |id| id,
        || async {
            match attempt(cx, instance, request, token).await {
                // Nothing is found in an instance that does not exist, and that is the reason to be told.
                Err(refused) if refused.source.is_none() => {
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
) -> Result<Attempt<String>> {
    let found = look::facts(cx, instance, request).await?;
    let started = deciding(cx, instance, |life| rules::decide(request, &found.facts, life)).map_err(refused)?;
    commit_new(cx, instance, started, found.chain.as_ref(), token, |contact| contact.id.clone()).await
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
                Some(id) => Kept::find(cx, &instance, &id).await,
                None => Ok(None),
            }
        };
        let user = async {
            match CreateRequest::user_id(&input, scope) {
                Some(id) => user::agent(cx, &instance, &id).await,
                None => Ok(None),
            }
        };
        let (related, user) = tokio::try_join!(related, user)?;
        let request = CreateRequest {
            input: &input,
            related: related.as_ref().map(|kept| (&kept.contact, &kept.attributes)),
            user: user.as_ref(),
            predefined_attributes: &cx.settings().predefined_attributes,
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
    started: Started,
    chain: Option<&AttributesRow>,
    token: Option<&ClientToken>,
    answer: impl FnOnce(&Contact) -> T,
) -> Result<Attempt<T>> {
    let Started { contact, attributes, effects } = started;
    let answer = answer(&contact);
    let limits = cx.limits(instance);
    let mut write = Write::new(cx, instance);
    write.bound(Counted::Open, bound(limits.open_tasks_per_instance));
    if let Some(token) = token {
        token.claim(&mut write.batch, &contact.id, cx.now_ms);
    }
    if let Some(template) = &contact.template {
        // Its version must not go away between the look at it and the commit (task-templates 3.6).
        write.batch.require_task_template(instance, &template.id);
    }
    match contact.previous_contact_id.clone() {
        None => write.insert(contact, attributes.as_ref(), effects)?,
        Some(previous) => {
            write.bound(Counted::After { id: previous }, bound(limits.tasks_per_previous_contact));
            let of_chain = contact.chain_id().to_owned();
            write.insert(contact, None, effects)?;
            if let Some(attributes) = &attributes {
                write.chain(&of_chain, chain, attributes)?;
            }
        }
    }
    match write.commit(answer).await? {
        Attempt::Again(clash) if full(&clash).is_some() => {
            Err(quota_reached(cx, instance, full(&clash).unwrap_or_default()))
        }
        attempt => Ok(attempt),
    }
}

/// The answer when the counter of this name is at its bound. Flows start tasks as StartTaskContact does.
pub(crate) fn quota_reached(cx: &Cx<'_>, instance: &str, counter: &str) -> Error {
    let full = cx.limits(instance).full();
    let op = match cx.op() {
        op @ (Op::CreateContact | Op::TransferContact) => op,
        _ => Op::StartTaskContact,
    };
    let open = counter == Counted::Open.name();
    Error::quota(op, if open { full.open_tasks_per_instance() } else { full.tasks_per_previous_contact() })
}
