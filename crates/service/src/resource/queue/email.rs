//! E-mail addresses of queues. There are none here, so none can be named, and no queue has one (administration 2.4.6).

use engine::arn;
use wire::ops::{
    AssociateQueueEmailAddressesInput, DisassociateQueueEmailAddressesInput, ListQueueEmailAddressesInput,
    ListQueueEmailAddressesOutput, UpdateQueueOutboundEmailConfigInput,
};
use wire::shapes::{EmailAddressConfig, OutboundEmailConfig, Queue};
use wire::{Empty, ExceptionKind};

use super::changes::own;
use crate::base::client_token::Presented;
use crate::base::page::Page;
use crate::base::scope;
use crate::resource::Mentioned;
use crate::resource::layer::{self, stored};
use crate::{Cx, Error, Result};

/// What a request says of addresses, each of which is unknown.
pub(super) fn unknown(addresses: &[EmailAddressConfig], outbound: Option<&OutboundEmailConfig>) -> Vec<String> {
    let listed = addresses.iter().enumerate();
    let listed =
        listed.map(|(n, config)| (format!("EmailAddressesConfig[{n}].EmailAddressId"), &config.email_address_id));
    let outbound = outbound.and_then(|config| config.outbound_email_address_id.as_ref());
    let outbound = outbound.map(|id| ("OutboundEmailConfig.OutboundEmailAddressId".to_owned(), id));
    listed.chain(outbound).map(|(path, id)| format!("{path}: e-mail address {id} not found")).collect()
}

/// Refuses the addresses of a request about a queue, together with the queue when that is unknown too.
async fn refuse(cx: &Cx<'_>, instance: &str, queue: &str, mut unknown: Vec<String>) -> Result<Empty> {
    let instance = scope::existing(cx, instance).await?;
    match Mentioned::read(cx, &instance, &[own(queue)]).await {
        Ok(_) if unknown.is_empty() => return Ok(Empty),
        Ok(_) => {}
        Err(error) => match error.exception.message() {
            Some(message)
                if !unknown.is_empty() && error.exception.kind() == ExceptionKind::ResourceNotFoundException =>
            {
                unknown.insert(0, message.to_owned());
            }
            _ => return Err(error),
        },
    }
    Err(Error::not_found(unknown.join("; ")))
}

/// AssociateQueueEmailAddresses: no address is known. Nothing is changed, so a repeat needs no memory of its token.
pub(crate) async fn associate(
    cx: &Cx<'_>,
    input: AssociateQueueEmailAddressesInput,
    _: Presented<'_>,
) -> Result<Empty> {
    refuse(cx, &input.instance_id, &input.queue_id, unknown(&input.email_addresses_config, None)).await
}

/// DisassociateQueueEmailAddresses: a queue has no address to lose.
pub(crate) async fn disassociate(
    cx: &Cx<'_>,
    input: DisassociateQueueEmailAddressesInput,
    _: Presented<'_>,
) -> Result<Empty> {
    refuse(cx, &input.instance_id, &input.queue_id, Vec::new()).await
}

/// UpdateQueueOutboundEmailConfig: no address is known; a configuration without one is what every queue has.
pub(crate) async fn update_outbound(cx: &Cx<'_>, input: UpdateQueueOutboundEmailConfigInput) -> Result<Empty> {
    refuse(cx, &input.instance_id, &input.queue_id, unknown(&[], Some(&input.outbound_email_config))).await
}

/// ListQueueEmailAddresses: none.
pub(crate) async fn list(cx: &Cx<'_>, input: ListQueueEmailAddressesInput) -> Result<ListQueueEmailAddressesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = layer::existing(cx, &instance, arn::Kind::Queue, &input.queue_id).await?;
    let queue: Queue = stored(&row)?;
    Page::of(cx, cx.op(), &[&instance, &row.id], input.max_results, input.next_token.as_deref())?;
    Ok(ListQueueEmailAddressesOutput {
        next_token: None,
        email_address_metadata_list: Some(Vec::new()),
        last_modified_time: queue.last_modified_time,
        last_modified_region: queue.last_modified_region,
    })
}
