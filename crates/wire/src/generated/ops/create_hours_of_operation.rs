// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{HoursOfOperationConfig, ParentHoursOfOperationConfig};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateHoursOfOperation",
    method: "PUT",
    uri: "/hours-of-operations/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ServiceQuotaExceededException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateHoursOfOperationInput {
    pub instance_id: String,
    pub name: String,
    pub description: Option<String>,
    pub time_zone: String,
    pub config: Vec<HoursOfOperationConfig>,
    pub parent_hours_of_operation_configs: Option<Vec<ParentHoursOfOperationConfig>>,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateHoursOfOperationInput {
    const OP: Op = Op::CreateHoursOfOperation;
    const HAS_BODY: bool = true;
    type Output = CreateHoursOfOperationOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::COMMON_NAME_LENGTH127),
            description: reader.optional("Description", &kinds::HOURS_OF_OPERATION_DESCRIPTION),
            time_zone: reader.required("TimeZone", &Text::ANY),
            config: reader.required("Config", &kinds::HOURS_OF_OPERATION_CONFIG_LIST),
            parent_hours_of_operation_configs: reader
                .optional("ParentHoursOfOperationConfigs", &kinds::PARENT_HOURS_OF_OPERATION_CONFIG_LIST),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateHoursOfOperationInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.parent_hours_of_operation_configs, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateHoursOfOperationInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.member("TimeZone", &self.time_zone);
        w.member("Config", &self.config);
        w.optional("ParentHoursOfOperationConfigs", self.parent_hours_of_operation_configs.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateHoursOfOperationOutput {
    pub hours_of_operation_id: Option<String>,
    pub hours_of_operation_arn: Option<String>,
}

impl Output for CreateHoursOfOperationOutput {}

impl Encode for CreateHoursOfOperationOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HoursOfOperationId", self.hours_of_operation_id.as_ref());
        w.optional("HoursOfOperationArn", self.hours_of_operation_arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateHoursOfOperationOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            hours_of_operation_id: cx.optional(members, "HoursOfOperationId", &Text::ANY),
            hours_of_operation_arn: cx.optional(members, "HoursOfOperationArn", &Text::ANY),
        }
    }
}
