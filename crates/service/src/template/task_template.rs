//! Task templates: create, get, list, update, delete (task-templates 1.1 to 1.5).

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use engine::arn::{self, IdRef};
use engine::task_template::{self as rules, FlowFact, References, ReferencesWanted, Stamps, TemplateContent};
use store::{Batch, CommitError, Conflict, Kind, Latest, NewTaskTemplate, TaskTemplateFilter, TaskTemplateUpdate};
use wire::ops::{
    CreateTaskTemplateInput, CreateTaskTemplateOutput, DeleteTaskTemplateInput, DeleteTaskTemplateOutput,
    GetTaskTemplateInput, GetTaskTemplateOutput, ListTaskTemplatesInput, UpdateTaskTemplateInput,
    UpdateTaskTemplateOutput,
};
use wire::shapes::{ContactFlowState, ContactFlowStatus, ContactFlowType};
use wire::{Checked, ExceptionKind, Op, Violations};

use crate::base::client_token::{self, ClientToken};
use crate::base::commit::{Attempt, commit, until_done};
use crate::base::decode::Decoded;
use crate::base::page::Page;
use crate::base::quota::{CUSTOM_FIELDS, TASK_TEMPLATES, bound};
use crate::base::scope;
use crate::flow::{self, Of, contact_flow};
use crate::{Cx, Error, Reply, Result};

/// CreateTaskTemplate (task-templates 1.1).
pub(crate) async fn create(
    cx: &Cx<'_>,
    request: Decoded<'_, CreateTaskTemplateInput>,
) -> Result<CreateTaskTemplateOutput> {
    refuse_malformed(&request.checked)?;
    let Checked { input, violations } = request.checked;
    let instance = scope::id(cx, &input.instance_id)?;
    let token = request.token.within(cx, &instance);
    let name = input.name.clone();
    let content = TemplateContent::from(input);
    if let Some(id) = create_in_hope(cx, &instance, &content, &violations, token.as_ref()).await? {
        return Ok(create_output(cx, &instance, id));
    }
    let instance = scope::existing(cx, &instance).await?;
    client_token::once(
        cx,
        &name,
        token.as_ref(),
        |id| create_output(cx, &instance, id),
        || async {
            check(cx, &instance, &content, &violations, None).await?;
            let id = cx.new_id();
            let scope = cx.home().instance(&instance);
            let batch = creation(cx, &instance, &id, &content, token.as_ref(), |batch| {
                require_references(batch, &instance, &content, scope);
            });
            commit_counted(cx, &instance, batch, create_output(cx, &instance, id)).await
        },
    )
    .await
}

/// Creates without reading anything first: instance, flows, name, token and quotas are conditions of the commit.
/// Returns the new id, or `None` when the fallback, which reads first, must find the answer.
async fn create_in_hope(
    cx: &Cx<'_>,
    instance: &str,
    content: &TemplateContent,
    violations: &Violations,
    token: Option<&ClientToken>,
) -> Result<Option<String>> {
    let wanted = rules::references(content, cx.home().instance(instance));
    if !wanted.modules.is_empty() || !wanted.quick_connects.is_empty() || !cx.optimistic().may_try() {
        return Ok(None);
    }
    let Some(flows) = cx.optimistic().flows(instance, &wanted.flows) else { return Ok(None) };
    if wanted.name.is_none_or(|name| cx.locks().are_busy(&name)) {
        return Ok(None);
    }
    let facts = flows.iter().map(|flow| (flow.id.clone(), flow.fact.clone())).collect();
    let found = References { flows: facts, ..References::default() };
    if judge(cx, instance, content, violations, &found).is_err() {
        return Ok(None);
    }
    let id = cx.new_id();
    let mut batch = creation(cx, instance, &id, content, token, |batch| {
        flows.iter().for_each(|flow| flow.require(batch, instance));
    });
    batch.expect_success();
    let touched = cx.views().touched(&batch);
    match cx.store().commit(batch).await {
        Ok(()) => {
            cx.views().changed(touched);
            Ok(Some(id))
        }
        Err(CommitError::Conflict(_)) => {
            cx.optimistic().fall_back();
            Ok(None)
        }
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}

/// Everything a create writes; `require` adds its conditions on the resources that the content names.
fn creation(
    cx: &Cx<'_>,
    instance: &str,
    id: &str,
    content: &TemplateContent,
    token: Option<&ClientToken>,
    require: impl FnOnce(&mut Batch),
) -> Batch {
    let mut batch = Batch::new();
    batch.insert_task_template(&new_template(cx, instance, id, content));
    require(&mut batch);
    if let Some(token) = token {
        token.claim(&mut batch, id, cx.now_ms);
    }
    count(cx, instance, &mut batch, 1, rules::custom_fields(content) as i64);
    batch
}

/// GetTaskTemplate (task-templates 1.2, 3.3, 3.4): the answer's bytes were built when the version was written.
pub(crate) async fn get(cx: &Cx<'_>, input: GetTaskTemplateInput) -> Result<Reply> {
    let version = rules::parse_snapshot_version(input.snapshot_version.as_deref())
        .map_err(|bad| Error::invalid_parameter(Op::GetTaskTemplate, bad.to_string()))?;
    let instance = scope::id(cx, &input.instance_id)?;
    let scope = cx.home().instance(&instance);
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::TaskTemplate, &input.task_template_id, scope) else {
        return Err(missing(cx, &instance, &input.task_template_id).await?);
    };
    let found = match version {
        None => cx.store().task_template(&instance, &id).await?.map(|latest| (latest.version, answer(latest))),
        Some(n) => cx
            .store()
            .task_template_version(&instance, &id, n)
            .await?
            .map(|version| (n, Bytes::from(with_tags(&version.content.body, &version.tags)))),
    };
    match found {
        Some((version, body)) => Ok(Reply::new(body).with_template_version(Some(version))),
        None if version.is_some() && cx.store().task_template(&instance, &id).await?.is_some() => {
            Err(Error::not_found(format!("Task template {id} has no version {}", version.unwrap_or_default())))
        }
        None => Err(missing(cx, &instance, &id).await?),
    }
}

/// ListTaskTemplates (task-templates 1.3).
pub(crate) async fn list(cx: &Cx<'_>, input: ListTaskTemplatesInput) -> Result<Reply> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let status = input.status.as_ref().map(|status| status.as_str());
    let filters = [instance.as_str(), status.unwrap_or("*"), input.name.as_deref().unwrap_or("")];
    let page = Page::of(cx, Op::ListTaskTemplates, &filters, input.max_results, input.next_token.as_deref())?;
    let filter = TaskTemplateFilter { status, name: input.name.as_deref() };
    let found = cx.store().task_template_page(&instance, filter, page.after.as_ref(), page.size).await?;
    let token = page.token(cx, found.next.as_ref());
    let mut body = String::with_capacity(found.items.len() + 256);
    body.push_str("{\"TaskTemplates\":[");
    body.push_str(&found.items);
    body.push(']');
    if let Some(token) = token {
        // The token's alphabet needs no escapes.
        body.push_str(",\"NextToken\":\"");
        body.push_str(&token);
        body.push('"');
    }
    body.push('}');
    Ok(Reply::new(Bytes::from(body)))
}

/// UpdateTaskTemplate (task-templates 1.4): replaces the whole content under a new version.
pub(crate) async fn update(
    cx: &Cx<'_>,
    request: Decoded<'_, UpdateTaskTemplateInput>,
) -> Result<UpdateTaskTemplateOutput> {
    let request = request.checked;
    refuse_malformed(&request)?;
    let instance = scope::existing(cx, &request.input.instance_id).await?;
    let scope = cx.home().instance(&instance);
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::TaskTemplate, &request.input.task_template_id, scope) else {
        return Err(missing(cx, &instance, &request.input.task_template_id).await?);
    };
    let content = TemplateContent::from(&request.input);
    until_done(cx, &id, || async {
        let Some(latest) = cx.store().task_template(&instance, &id).await? else {
            return Err(missing(cx, &instance, &id).await?);
        };
        check(cx, &instance, &content, &request.violations, Some(&latest.name)).await?;
        refuse_one_version_more(cx, &instance, latest.version)?;
        let template = rules::normalise(&content, scope);
        let stamps =
            Stamps { created_ms: latest.created_ms, modified_ms: cx.now_ms.max(latest.modified_ms.saturating_add(1)) };
        let mut batch = Batch::new();
        batch.update_task_template(&TaskTemplateUpdate {
            instance_id: instance.clone(),
            id: id.clone(),
            expected_version: latest.version,
            name: template.name.clone(),
            status: template.status_str().to_owned(),
            modified_ms: stamps.modified_ms,
            summary: wire::to_stored(&rules::summary(&template, scope, &id, stamps)),
            body: wire::to_stored(&rules::get_output(template.clone(), scope, &id, stamps)),
        });
        require_references(&mut batch, &instance, &content, scope);
        count(cx, &instance, &mut batch, 0, rules::custom_fields(&content) as i64 - stored_custom_fields(&latest)?);
        commit_counted(cx, &instance, batch, rules::update_output(template, scope, &id, stamps)).await
    })
    .await
}

/// Every version is kept, and they count from 1 without gaps, so the latest is their number (task-templates 3.2, B85).
fn refuse_one_version_more(cx: &Cx<'_>, instance: &str, versions: i64) -> Result<()> {
    let limit = cx.limits(instance).versions_per_task_template;
    if limit == 0 || versions.unsigned_abs() < limit {
        return Ok(());
    }
    let message = format!(
        "A task template may have at most {limit} versions, and this one has {versions}. None is ever removed, because tasks \
         refer to them: create another template, or have the setting limits.versions_per_task_template raised"
    );
    Err(Error::new(ExceptionKind::ServiceQuotaExceededException, message))
}

/// DeleteTaskTemplate (task-templates 1.5).
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteTaskTemplateInput) -> Result<DeleteTaskTemplateOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let scope = cx.home().instance(&instance);
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::TaskTemplate, &input.task_template_id, scope) else {
        return Err(missing(cx, &instance, &input.task_template_id).await?);
    };
    until_done(cx, &id, || async {
        let Some(latest) = cx.store().task_template(&instance, &id).await? else {
            return Err(missing(cx, &instance, &id).await?);
        };
        let mut batch = Batch::new();
        batch.delete_task_template(&instance, &id, latest.version);
        count(cx, &instance, &mut batch, -1, -stored_custom_fields(&latest)?);
        commit(cx, batch, DeleteTaskTemplateOutput {}).await
    })
    .await
}

/// Errors that end a call before its properties are checked (task-templates 0.5, 0.6).
fn refuse_malformed<I>(request: &Checked<I>) -> Result<()> {
    match rules::request_problem(&request.violations) {
        Some(message) => Err(Error::new(ExceptionKind::InvalidParameterException, message)),
        None => Ok(()),
    }
}

/// Every broken rule of the content at once, then the quota of fields (task-templates 0.6, 2.7.2). `own_name` is the name
/// the template has now, which it may keep (task-templates 1.4.5).
async fn check(
    cx: &Cx<'_>,
    instance: &str,
    content: &TemplateContent,
    violations: &Violations,
    own_name: Option<&str>,
) -> Result<()> {
    let scope = cx.home().instance(instance);
    let wanted = rules::references(content, scope);
    let found = read_references(cx, instance, &wanted, own_name).await?;
    judge(cx, instance, content, violations, &found)
}

/// The same with the references that were found.
fn judge(
    cx: &Cx<'_>,
    instance: &str,
    content: &TemplateContent,
    violations: &Violations,
    found: &References,
) -> Result<()> {
    let scope = cx.home().instance(instance);
    let problems = rules::check(content, violations, scope, found);
    if !problems.is_empty() {
        return Err(rules::exception(&problems).into());
    }
    let (fields, limit) = (rules::custom_fields(content) as u64, cx.limits(instance).custom_fields_per_template);
    if limit > 0 && fields > limit {
        let message = format!("A task template may have at most {limit} custom fields; this one has {fields}");
        return Err(Error::new(ExceptionKind::ServiceQuotaExceededException, message));
    }
    Ok(())
}

async fn read_references(
    cx: &Cx<'_>,
    instance: &str,
    wanted: &ReferencesWanted,
    own_name: Option<&str>,
) -> Result<References> {
    let mut found = References::default();
    if let Some(name) = wanted.name.as_deref().filter(|name| own_name != Some(name)) {
        found.name_taken = cx.store().task_template_named(instance, name).await?.is_some();
    }
    let (flows, qualified) = plain_ids(&wanted.flows);
    for row in cx.store().resources(instance, Kind::ContactFlow, &flows).await? {
        let flow = contact_flow::stored(&row)?;
        let fact = FlowFact {
            flow_type: flow.r#type.unwrap_or_default(),
            published: flow.status == Some(ContactFlowStatus::Published),
            archived: flow.state == Some(ContactFlowState::Archived),
        };
        cx.optimistic().learn(instance, &row, &fact);
        found.flows.insert(row.id, fact);
    }
    for text in qualified {
        if let Some(flow) = flow::to_run(cx, instance, Of::Flow, text).await? {
            let flow_type = ContactFlowType::parse(&flow.flow_type);
            found.flows.insert(text.to_owned(), FlowFact { flow_type, published: true, archived: flow.archived });
        }
    }
    let (modules, qualified) = plain_ids(&wanted.modules);
    let modules = cx.store().resources(instance, Kind::FlowModule, &modules).await?;
    found.modules.extend(modules.into_iter().map(|row| row.id));
    for text in qualified {
        if flow::to_run(cx, instance, Of::Module, text).await?.is_some() {
            found.modules.insert(text.to_owned());
        }
    }
    let (quick_connects, _) = plain_ids(&wanted.quick_connects);
    let quick_connects = cx.store().resources(instance, Kind::QuickConnect, &quick_connects).await?;
    found.quick_connects.extend(quick_connects.into_iter().map(|row| row.id));
    Ok(found)
}

/// Makes the batch fail unless the resources that the content names still exist, so that no version is written that
/// names a resource deleted between the check and the commit.
fn require_references(batch: &mut Batch, instance: &str, content: &TemplateContent, scope: arn::Scope<'_>) {
    let wanted = rules::references(content, scope);
    for (kind, ids) in [
        (Kind::ContactFlow, &wanted.flows),
        (Kind::FlowModule, &wanted.modules),
        (Kind::QuickConnect, &wanted.quick_connects),
    ] {
        // A version or an alias is deleted with its flow.
        let bare: BTreeSet<String> = ids.iter().map(|id| arn::flow_id(id).0).collect();
        for id in &bare {
            batch.require_resource(instance, kind, id);
        }
    }
}

/// Bare ids, and those with a version or an alias behind a colon (flows 1.11).
fn plain_ids(ids: &BTreeSet<String>) -> (Vec<&str>, Vec<&str>) {
    ids.iter().map(String::as_str).partition(|id| !id.contains(':'))
}

/// The template as version 1.
fn new_template(cx: &Cx<'_>, instance: &str, id: &str, content: &TemplateContent) -> NewTaskTemplate {
    let scope = cx.home().instance(instance);
    let template = rules::normalise(content, scope);
    let stamps = Stamps { created_ms: cx.now_ms, modified_ms: cx.now_ms };
    NewTaskTemplate {
        instance_id: instance.to_owned(),
        id: id.to_owned(),
        name: template.name.clone(),
        status: template.status_str().to_owned(),
        created_ms: cx.now_ms,
        summary: wire::to_stored(&rules::summary(&template, scope, id, stamps)),
        body: wire::to_stored(&rules::get_output(template, scope, id, stamps)),
    }
}

/// How many custom fields the stored version has.
fn stored_custom_fields(latest: &Latest) -> Result<i64> {
    let stored: GetTaskTemplateOutput = wire::from_stored(latest.body.as_bytes()).map_err(Error::internal)?;
    let types = stored.fields.iter().flatten().map(|field| field.r#type.as_ref());
    Ok(types.filter(|field_type| field_type.is_none_or(|t| !rules::is_system(t))).count() as i64)
}

/// Adjusts the counters of templates and of custom fields, within their quotas (task-templates 2.7.1, 2.7.2, 2.7.4).
fn count(cx: &Cx<'_>, instance: &str, batch: &mut Batch, templates: i64, custom_fields: i64) {
    let limits = cx.limits(instance);
    for (name, n, limit) in [
        (TASK_TEMPLATES, templates, limits.task_templates_per_instance),
        (CUSTOM_FIELDS, custom_fields, limits.custom_fields_per_instance),
    ] {
        match n {
            1.. => batch.add_to_counter(instance, name, n, bound(limit)),
            0 => {}
            _ => batch.subtract_from_counter(instance, name, -n),
        }
    }
}

/// Commits a batch that adjusts counters; a counter at its bound is reported.
async fn commit_counted<T>(cx: &Cx<'_>, instance: &str, batch: Batch, output: T) -> Result<Attempt<T>> {
    match commit(cx, batch, output).await? {
        Attempt::Again(Conflict::CounterFull { name }) => Err(quota_reached(cx, instance, &name)),
        other => Ok(other),
    }
}

fn quota_reached(cx: &Cx<'_>, instance: &str, counter: &str) -> Error {
    let full = cx.limits(instance).full();
    let templates = counter == TASK_TEMPLATES;
    let message = if templates { full.task_templates_per_instance() } else { full.custom_fields_per_instance() };
    Error::new(ExceptionKind::ServiceQuotaExceededException, message)
}

/// The answer for a template that does not exist; possibly the instance does not exist.
async fn missing(cx: &Cx<'_>, instance: &str, id: &str) -> Result<Error> {
    scope::existing(cx, instance).await?;
    Ok(Error::not_found(format!("Task template {id} not found")))
}

fn create_output(cx: &Cx<'_>, instance: &str, id: String) -> CreateTaskTemplateOutput {
    let arn = cx.home().instance(instance).arn(arn::Kind::TaskTemplate, &id);
    CreateTaskTemplateOutput { id, arn }
}

/// The stored answer of the current version, with the current tags. Without tags no byte is copied.
fn answer(latest: Arc<Latest>) -> Bytes {
    struct Body(Arc<Latest>);
    impl AsRef<[u8]> for Body {
        fn as_ref(&self) -> &[u8] {
            self.0.body.as_bytes()
        }
    }
    if latest.tags.is_empty() { Bytes::from_owner(Body(latest)) } else { with_tags(&latest.body, &latest.tags).into() }
}

/// A stored answer with the tags as its last member; without tags the member is left out (protocol W2.1.6).
fn with_tags(body: &str, tags: &str) -> String {
    let open = body.strip_suffix('}').filter(|_| !tags.is_empty());
    open.map_or_else(|| body.to_owned(), |open| format!("{open},\"Tags\":{tags}}}"))
}
