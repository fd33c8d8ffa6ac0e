// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! Patterns.

use crate::pattern::{Pattern, pattern};

pub(crate) static AI_AGENT_ID: Pattern = pattern!(
    r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(:[A-Z0-9_$]+){0,1}$|^arn:[a-z-]*?:wisdom:[a-z0-9-]*?:[0-9]{12}:[a-z-]*?/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?:/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}){0,2}(:[A-Z0-9_$]+){0,1}"
);
pub(crate) static AWS_REGION: Pattern = pattern!(r"[a-z]{2}(-[a-z]+){1,2}(-[0-9])?");
pub(crate) static COMMON_HUMAN_READABLE_DESCRIPTION: Pattern = pattern!(r"^[\P{C}\r\n\t]+$");
pub(crate) static CONTACT_FLOW_MODULE_ALIAS: Pattern = pattern!(r"^([$0-9a-zA-Z][_-]?)+$");
pub(crate) static CONTACT_FLOW_MODULE_DESCRIPTION: Pattern = pattern!(r".*\S.*");
pub(crate) static CONTACT_TAG_KEY: Pattern = pattern!(r"^(?!aws:)[a-zA-Z+-=._:/]+$");
pub(crate) static CREATE_SECURITY_PROFILE_NAME: Pattern = pattern!(r"^[ a-zA-Z0-9_@-]+$");
pub(crate) static CURRENT_METRIC_ID: Pattern = pattern!(
    r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(arn:[a-z0-9-]+:connect:[a-z0-9-]+:(?:([0-9]{12}):instance/[a-z0-9-]+/metric/[a-z0-9-]+(?::[a-z0-9-]+)?|aws:metric/[A-Z_]+))$"
);
pub(crate) static DATE_YEAR_MONTH_DAY_FORMAT: Pattern =
    pattern!(r"^\d{4}-\d{2}-\d{2}$", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
pub(crate) static DIRECTORY_ALIAS: Pattern =
    pattern!(r"^(?!d-)([\da-zA-Z]+)([-]*[\da-zA-Z])*$", r"^(?!d-)([0-9a-zA-Z]+)([-]*[0-9a-zA-Z])*$");
pub(crate) static DIRECTORY_ID: Pattern = pattern!(r"^d-[0-9a-f]{10}$");
pub(crate) static EMAIL_ADDRESS: Pattern = pattern!(r"[^\s@]+@[^\s@]+\.[^\s@]+");
pub(crate) static FILE_NAME: Pattern = pattern!(r"^\P{C}*$");
pub(crate) static FLOW_CONTENT_SHA256: Pattern = pattern!(r"^[a-zA-Z0-9]{64}$");
pub(crate) static IAM_RESTRICTED_PRIMARY_VALUE: Pattern = pattern!(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$");
pub(crate) static INSTANCE_ID_OR_ARN: Pattern = pattern!(
    r"^(arn:(aws|aws-us-gov):connect:[a-z]{2}-[a-z]+-[0-9]{1}:[0-9]{1,20}:instance/)?[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$"
);
pub(crate) static PASSWORD: Pattern = pattern!(
    r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$",
    r"^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[a-zA-Z0-9\S]{8,64}$"
);
pub(crate) static PHONE_NUMBER: Pattern = pattern!(r"^$|\+[1-9]\d{1,14}$", r"^$|\+[1-9][0-9]{1,14}$");
pub(crate) static PRIMARY_ATTRIBUTE_CONTEXT_KEY_NAME: Pattern =
    pattern!(r"(?!aws:|connect:)[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$");
pub(crate) static REFERENCE_ARN: Pattern = pattern!(r"^[-:/A-Za-z0-9]+");
pub(crate) static TAG_KEY: Pattern = pattern!(r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$");
pub(crate) static TRAFFIC_DISTRIBUTION_GROUP_ID: Pattern =
    pattern!(r"^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$");

#[cfg(test)]
pub(crate) static ALL: &[&Pattern] = &[
    &AI_AGENT_ID,
    &AWS_REGION,
    &COMMON_HUMAN_READABLE_DESCRIPTION,
    &CONTACT_FLOW_MODULE_ALIAS,
    &CONTACT_FLOW_MODULE_DESCRIPTION,
    &CONTACT_TAG_KEY,
    &CREATE_SECURITY_PROFILE_NAME,
    &CURRENT_METRIC_ID,
    &DATE_YEAR_MONTH_DAY_FORMAT,
    &DIRECTORY_ALIAS,
    &DIRECTORY_ID,
    &EMAIL_ADDRESS,
    &FILE_NAME,
    &FLOW_CONTENT_SHA256,
    &IAM_RESTRICTED_PRIMARY_VALUE,
    &INSTANCE_ID_OR_ARN,
    &PASSWORD,
    &PHONE_NUMBER,
    &PRIMARY_ATTRIBUTE_CONTEXT_KEY_NAME,
    &REFERENCE_ARN,
    &TAG_KEY,
    &TRAFFIC_DISTRIBUTION_GROUP_ID,
];
