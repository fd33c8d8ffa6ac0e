//! GetContactMetrics (administration 5.5).

use std::collections::BTreeMap;

use engine::arn;
use engine::contact::State;
use engine::metrics::wait::{Capacity, estimate_s};
use wire::Op;
use wire::ops::{GetContactMetricsInput, GetContactMetricsOutput};
use wire::shapes::{Channel, ContactMetricName, ContactMetricResult, ContactMetricValue};

use crate::agent::channels;
use crate::base::scope;
use crate::resource::routing_profile_queue::all_pairs;
use crate::unit::{LoadedAgent, LoadedContact};
use crate::{Cx, Error, Result};

/// Metrics of one request, each once (administration 5.5.1).
const METRICS_MAX: usize = 2;
/// Agents read at a time.
const AGENTS: usize = 500;

/// GetContactMetrics.
pub(crate) async fn of_contact(cx: &Cx<'_>, input: GetContactMetricsInput) -> Result<GetContactMetricsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let contact = LoadedContact::existing(cx, &instance, &input.contact_id).await?.contact;
    check(&input)?;
    let results = match contact.state {
        State::Offered => input.metrics.iter().map(|metric| result(&metric.name, 0)).collect(),
        State::Queued => waiting(cx, &instance, &contact.id, &input).await?,
        state => {
            let message = format!(
                "ContactId: contact {} is {}; metrics are those of a contact that is QUEUED",
                contact.id,
                state.as_str()
            );
            return Err(Error::invalid_request(message));
        }
    };
    let arn = cx.home().instance(&instance).arn(arn::Kind::Contact, &contact.id);
    Ok(GetContactMetricsOutput { metric_results: Some(results), id: Some(contact.id), arn: Some(arn) })
}

fn check(input: &GetContactMetricsInput) -> Result<()> {
    let invalid = |message: String| Err(Error::invalid_parameter(Op::GetContactMetrics, message));
    if let Some(n) = (1..input.metrics.len()).find(|n| input.metrics[..*n].contains(&input.metrics[*n])) {
        return invalid(format!("Metrics[{n}].Name {} is given twice", input.metrics[n].name.as_str()));
    }
    if input.metrics.len() > METRICS_MAX {
        return invalid(format!("Metrics may have {METRICS_MAX} entries at most, got {}", input.metrics.len()));
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "the API's numbers are doubles")]
fn result(name: &ContactMetricName, value: i64) -> ContactMetricResult {
    ContactMetricResult { name: name.clone(), value: ContactMetricValue::Number(value as f64) }
}

/// administration 5.5.2, 5.5.3
async fn waiting(
    cx: &Cx<'_>,
    instance: &str,
    id: &str,
    input: &GetContactMetricsInput,
) -> Result<Vec<ContactMetricResult>> {
    let gone = || Error::invalid_request(format!("ContactId: contact {id} is not QUEUED any more"));
    let row = cx.store().contact(instance, id).await?.ok_or_else(gone)?;
    let place = row.waiting.as_ref().ok_or_else(gone)?;
    let position = cx.store().position_in_queue(&row, super::step_of(&row)).await?.ok_or_else(gone)?;
    let mut results = Vec::new();
    for metric in &input.metrics {
        let value = match metric.name {
            ContactMetricName::PositionInQueue => Some(position),
            _ => {
                let capacity = capacity(cx, instance, &place.queue_id).await?;
                let handled_s = super::handled_s(cx, instance, &place.queue_id).await?;
                estimate_s(position, capacity, &handled_s)
            }
        };
        results.extend(value.map(|value| result(&metric.name, value)));
    }
    Ok(results)
}

/// The slots for tasks of those who serve a queue: the agents of the profiles that have it, or the user whose queue it is.
async fn capacity(cx: &Cx<'_>, instance: &str, queue: &str) -> Result<Capacity> {
    let channels: BTreeMap<_, _> = channels(cx, instance).await?;
    let pairs = all_pairs(cx, instance).await?;
    let mut rows: Vec<_> = cx.store().agent(instance, queue).await?.into_iter().collect();
    for (profile, _) in pairs.iter().filter(|(_, pair)| pair.channel == Channel::Task && pair.queue_id == queue) {
        let mut after = String::new();
        loop {
            let some = cx.store().agents_present_of_profile(instance, profile, &after, AGENTS).await?;
            let last = some.get(AGENTS - 1).map(|row| row.id.clone());
            rows.extend(some.into_iter().filter(|row| row.status_type == "ROUTABLE"));
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
    }
    let mut capacity = Capacity::default();
    for row in rows {
        let agent = LoadedAgent::of(&row)?.agent;
        let own = channels.get(&agent.routing_profile_id).map_or(&[][..], Vec::as_slice);
        capacity.add(&agent, &agent.slots(own));
    }
    Ok(capacity)
}
