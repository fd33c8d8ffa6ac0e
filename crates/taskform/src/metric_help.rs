//! Metrics that are read when they are shown: their help ends as that of registered ones does.

use std::fmt;

use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder};
use prometheus_client::metrics::MetricType;

/// Begins a metric that is read when it is shown; the registry ends its helps with a full stop too.
pub(crate) fn described<'to>(
    to: &'to mut DescriptorEncoder<'_>,
    name: &'to str,
    help: &str,
    kind: MetricType,
) -> Result<MetricEncoder<'to>, fmt::Error> {
    to.encode_descriptor(name, &format!("{help}."), None, kind)
}
