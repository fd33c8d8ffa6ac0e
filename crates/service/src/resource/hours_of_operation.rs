//! Hours of operation: the list. When a queue is open is decided in `engine`.

use wire::Op;
use wire::ops::{ListHoursOfOperationsInput, ListHoursOfOperationsOutput};
use wire::shapes::{HoursOfOperation, HoursOfOperationSummary};

use crate::resource::layer::{self, ListPage, resource};
use crate::{Cx, Result};

resource!(HoursOfOperation, HOURS_OF_OPERATION, hours_of_operation_id, hours_of_operation_arn, name);

/// ListHoursOfOperations, oldest first.
pub(crate) async fn list(cx: &Cx<'_>, input: ListHoursOfOperationsInput) -> Result<ListHoursOfOperationsOutput> {
    let (max_results, next_token) = (input.max_results, input.next_token.as_deref());
    let page = ListPage { op: Op::ListHoursOfOperations, max_results, next_token };
    let summary = |hours: HoursOfOperation| HoursOfOperationSummary {
        id: hours.hours_of_operation_id,
        arn: hours.hours_of_operation_arn,
        name: hours.name,
        last_modified_time: hours.last_modified_time,
        last_modified_region: hours.last_modified_region,
    };
    let (hours_of_operation_summary_list, next_token) =
        layer::list(cx, &input.instance_id, &page, &[], summary).await?;
    Ok(ListHoursOfOperationsOutput { hours_of_operation_summary_list, next_token })
}
