//! SearchContactFlows and SearchContactFlowModules: without content, whose hash says which it is (administration 3.2.4).

use std::collections::BTreeMap;

use engine::arn::Scope;
use engine::search::{Attributes, Criteria, Field, Filter, Tree};
use store::ResourceRow;
use wire::ops::{
    SearchContactFlowModulesInput, SearchContactFlowModulesOutput, SearchContactFlowsInput, SearchContactFlowsOutput,
};
use wire::shapes::{
    ContactFlow, ContactFlowModule, ContactFlowModuleSearchCriteria, ContactFlowModuleState, ContactFlowModuleStatus,
    ContactFlowSearchCriteria, ContactFlowState, ContactFlowStatus, ContactFlowType,
};

use super::{Found, Key, SearchPage, checked, field, pass, resource_id, tag_filter};
use crate::{Cx, Error, Result};

#[derive(Debug)]
struct Flows;

/// A condition on the type, state or status of a flow.
#[derive(Debug)]
enum FlowLeaf {
    Type(ContactFlowType),
    State(ContactFlowState),
    Status(ContactFlowStatus),
}

impl Criteria for Flows {
    type Target = Found<ContactFlow>;
    type Leaf = FlowLeaf;
    const FIELDS: &'static [Field<Found<ContactFlow>>] =
        &[field!("name", Ignored, name), field!("description", Ignored, description), resource_id!()];
    engine::criteria_parts!(ContactFlowSearchCriteria);

    fn leaves(node: &ContactFlowSearchCriteria) -> std::result::Result<Vec<FlowLeaf>, String> {
        let of_type = node.type_condition.iter().cloned().map(FlowLeaf::Type);
        let state = node.state_condition.iter().cloned().map(FlowLeaf::State);
        let status = node.status_condition.iter().cloned().map(FlowLeaf::Status);
        Ok(of_type.chain(state).chain(status).collect())
    }

    fn holds(leaf: &FlowLeaf, flow: &Found<ContactFlow>) -> bool {
        match leaf {
            FlowLeaf::Type(wanted) => flow.value.r#type.as_ref() == Some(wanted),
            FlowLeaf::State(wanted) => flow.value.state.as_ref() == Some(wanted),
            FlowLeaf::Status(wanted) => flow.value.status.as_ref() == Some(wanted),
        }
    }
}

/// SearchContactFlows. TagFilter and FlowAttributeFilter exclude each other, like those of users (administration 3.2.2).
pub(crate) async fn search(cx: &Cx<'_>, input: SearchContactFlowsInput) -> Result<SearchContactFlowsOutput> {
    let (criteria, given) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, given))
            .await?;
    let tags = given.and_then(|filter| filter.tag_filter.as_ref());
    let filter = match given.and_then(|filter| filter.flow_attribute_filter.as_ref()) {
        None => tag_filter(cx, tags)?,
        Some(_) if tags.is_some() => {
            let message = "SearchFilter: TagFilter and FlowAttributeFilter cannot be given together";
            return Err(Error::invalid_parameter(cx.op(), message));
        }
        Some(filter) => checked(cx, Filter::of_flow(filter, "SearchFilter.FlowAttributeFilter"))?,
    };
    let tree = checked(cx, Tree::<Flows>::of(criteria))?;
    let keeps = |found: &Found<ContactFlow>| {
        let of = Attributes { flow_type: found.value.r#type.as_ref(), ..found.attributes() };
        filter.passes(of) && tree.holds(found)
    };
    let load = |scope: Scope<'_>, row: &ResourceRow| Ok(vec![(Key::of(row), Found::of(scope, row)?)]);
    let found = pass::<ContactFlow, _>(cx, &page, load, keeps).await?;
    let mut hashes = hashes(cx, &page.instance, &found.items).await?;
    let found = found.map(|found| {
        let flow_content_sha256 = hashes.remove(&found.id);
        ContactFlow { flow_content_sha256, ..found.answer() }
    });
    Ok(SearchContactFlowsOutput {
        contact_flows: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}

/// The hashes of the published contents of the flows or modules of a page, by id.
async fn hashes<R>(cx: &Cx<'_>, instance: &str, found: &[Found<R>]) -> Result<BTreeMap<String, String>> {
    let ids: Vec<&str> = found.iter().map(|found| found.id.as_str()).collect();
    Ok(cx.store().flow_hashes(instance, &ids).await?)
}

#[derive(Debug)]
struct Modules;

/// A condition on the state or status of a module.
#[derive(Debug)]
enum ModuleLeaf {
    State(ContactFlowModuleState),
    Status(ContactFlowModuleStatus),
}

impl Criteria for Modules {
    type Target = Found<ContactFlowModule>;
    type Leaf = ModuleLeaf;
    const FIELDS: &'static [Field<Found<ContactFlowModule>>] =
        &[field!("name", Ignored, name), field!("description", Ignored, description), resource_id!()];
    engine::criteria_parts!(ContactFlowModuleSearchCriteria);

    fn leaves(node: &ContactFlowModuleSearchCriteria) -> std::result::Result<Vec<ModuleLeaf>, String> {
        let state = node.state_condition.iter().cloned().map(ModuleLeaf::State);
        Ok(state.chain(node.status_condition.iter().cloned().map(ModuleLeaf::Status)).collect())
    }

    fn holds(leaf: &ModuleLeaf, module: &Found<ContactFlowModule>) -> bool {
        match leaf {
            ModuleLeaf::State(wanted) => module.value.state.as_ref() == Some(wanted),
            ModuleLeaf::Status(wanted) => module.value.status.as_ref() == Some(wanted),
        }
    }
}

/// SearchContactFlowModules.
pub(crate) async fn modules(
    cx: &Cx<'_>,
    input: SearchContactFlowModulesInput,
) -> Result<SearchContactFlowModulesOutput> {
    let (criteria, filter) = (input.search_criteria.as_ref(), input.search_filter.as_ref());
    let page =
        SearchPage::of(cx, &input.instance_id, input.max_results, input.next_token.as_deref(), (criteria, filter))
            .await?;
    let filter = tag_filter(cx, filter.and_then(|filter| filter.tag_filter.as_ref()))?;
    let tree = checked(cx, Tree::<Modules>::of(criteria))?;
    let keeps = |found: &Found<ContactFlowModule>| filter.passes(found.attributes()) && tree.holds(found);
    let load = |scope: Scope<'_>, row: &ResourceRow| Ok(vec![(Key::of(row), Found::of(scope, row)?)]);
    let found = pass::<ContactFlowModule, _>(cx, &page, load, keeps).await?;
    let mut hashes = hashes(cx, &page.instance, &found.items).await?;
    let found = found.map(|found| {
        let flow_module_content_sha256 = hashes.remove(&found.id);
        ContactFlowModule { flow_module_content_sha256, ..found.answer() }
    });
    Ok(SearchContactFlowModulesOutput {
        contact_flow_modules: Some(found.items),
        next_token: found.next_token,
        approximate_total_count: found.total,
    })
}
