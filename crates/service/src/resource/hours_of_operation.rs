//! Hours of operation: the list. When a queue is open is decided in `engine`.

use store::{Kind, ResourceRow};
use wire::Op;
use wire::ops::{ListHoursOfOperationsInput, ListHoursOfOperationsOutput};
use wire::shapes::{HoursOfOperation, HoursOfOperationSummary};

use crate::base::scope;
use crate::resource::ListPage;
use crate::{Cx, Error, Result};

/// ListHoursOfOperations, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListHoursOfOperationsInput) -> Result<ListHoursOfOperationsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let page = ListPage {
        op: Op::ListHoursOfOperations,
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let (rows, next_token) = page.read(cx, &instance, Kind::HoursOfOperation, &[]).await?;
    let summaries = rows.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListHoursOfOperationsOutput { hours_of_operation_summary_list: Some(summaries), next_token })
}

fn summary(row: &ResourceRow) -> Result<HoursOfOperationSummary> {
    let stored: HoursOfOperation = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    Ok(HoursOfOperationSummary {
        id: stored.hours_of_operation_id,
        arn: stored.hours_of_operation_arn,
        name: stored.name,
        last_modified_time: stored.last_modified_time,
        last_modified_region: stored.last_modified_region,
    })
}
