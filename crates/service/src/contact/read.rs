//! Reads of one task and of its relatives: DescribeContact, ListContactReferences, GetContactAttributes,
//! ListAssociatedContacts (tasks 2.2, 2.14).

use wire::Op;
use wire::ops::{
    DescribeContactInput, DescribeContactOutput, GetContactAttributesInput, GetContactAttributesOutput,
    ListAssociatedContactsInput, ListAssociatedContactsOutput, ListContactReferencesInput, ListContactReferencesOutput,
};

use crate::base::page::Page;
use crate::base::scope;
use crate::contact::lookup;
use crate::unit::readable;
use crate::{Cx, Error, Reply, Result};

/// DescribeContact (tasks 2.2): the template as of the pinned version, even when it was changed or deleted since
/// (task-templates 3.8). The version's number is in a header.
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeContactInput) -> Result<Reply> {
    let instance = scope::id(cx, &input.instance_id)?;
    let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
    let contact = loaded.contact.describe(&loaded.attributes, cx.home().instance(&instance));
    let version = loaded.contact.template.as_ref().map(|template| template.version);
    Ok(Reply::of(&DescribeContactOutput { contact: Some(contact) }).with_template_version(version))
}

/// ListContactReferences: all of them on one page, so no page token is ever issued (tasks 2.14.4).
pub(crate) async fn references(cx: &Cx<'_>, input: ListContactReferencesInput) -> Result<ListContactReferencesOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
    if input.next_token.is_some_and(|token| !token.is_empty()) {
        let message = "NextToken: the references of a contact come on one page, which has no token";
        return Err(Error::invalid_parameter(Op::ListContactReferences, message));
    }
    let list = loaded.contact.references_list(&input.reference_types);
    Ok(ListContactReferencesOutput { reference_summary_list: Some(list), next_token: None })
}

/// GetContactAttributes, through any contact of the chain (tasks 2.14.1, 2.14.3).
pub(crate) async fn attributes(cx: &Cx<'_>, input: GetContactAttributesInput) -> Result<GetContactAttributesOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let loaded = lookup::task(cx, &instance, &input.initial_contact_id).await?;
    Ok(GetContactAttributesOutput { attributes: Some(loaded.attributes) })
}

/// ListAssociatedContacts: the whole tree of previous and related links, oldest first (tasks 2.14.8).
pub(crate) async fn associated(
    cx: &Cx<'_>,
    input: ListAssociatedContactsInput,
) -> Result<ListAssociatedContactsOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
    let filters = [instance.as_str(), &loaded.contact.id];
    let page = Page::of(cx, Op::ListAssociatedContacts, &filters, input.max_results, input.next_token.as_deref())?;
    let root = &loaded.contact.association_id;
    let rows = cx.store().associated(&instance, root, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let scope = cx.home().instance(&instance);
    let readable = rows.items.iter().filter_map(readable);
    let list = readable.map(|contact| contact.associated_summary(scope)).collect();
    Ok(ListAssociatedContactsOutput { contact_summary_list: Some(list), next_token })
}
