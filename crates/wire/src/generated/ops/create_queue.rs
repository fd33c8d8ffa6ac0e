// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{EmailAddressConfig, OutboundCallerConfig, OutboundEmailConfig};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateQueue",
    method: "PUT",
    uri: "/queues/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateQueueInput {
    pub instance_id: String,
    pub name: String,
    pub description: Option<String>,
    pub outbound_caller_config: Option<OutboundCallerConfig>,
    pub outbound_email_config: Option<OutboundEmailConfig>,
    pub hours_of_operation_id: String,
    pub max_contacts: Option<i32>,
    pub quick_connect_ids: Option<Vec<String>>,
    pub email_addresses_config: Option<Vec<EmailAddressConfig>>,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateQueueInput {
    const OP: Op = Op::CreateQueue;
    const HAS_BODY: bool = true;
    type Output = CreateQueueOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::COMMON_NAME_LENGTH127),
            description: reader.optional("Description", &kinds::QUEUE_DESCRIPTION),
            outbound_caller_config: reader.optional("OutboundCallerConfig", &of::<OutboundCallerConfig>()),
            outbound_email_config: reader.optional("OutboundEmailConfig", &of::<OutboundEmailConfig>()),
            hours_of_operation_id: reader.required("HoursOfOperationId", &Text::ANY),
            max_contacts: reader.optional("MaxContacts", &kinds::QUEUE_MAX_CONTACTS),
            quick_connect_ids: reader.optional("QuickConnectIds", &kinds::QUICK_CONNECTS_LIST),
            email_addresses_config: reader.optional("EmailAddressesConfig", &kinds::EMAIL_ADDRESS_CONFIG_LIST),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateQueueInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.outbound_caller_config, each);
        Named::each_named(&self.outbound_email_config, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
        Ids::each_id(&self.quick_connect_ids, ResourceKind::QuickConnect, each);
        Named::each_named(&self.email_addresses_config, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateQueueInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.optional("OutboundCallerConfig", self.outbound_caller_config.as_ref());
        w.optional("OutboundEmailConfig", self.outbound_email_config.as_ref());
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.optional("MaxContacts", self.max_contacts.as_ref());
        w.optional("QuickConnectIds", self.quick_connect_ids.as_ref());
        w.optional("EmailAddressesConfig", self.email_addresses_config.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateQueueOutput {
    pub queue_arn: Option<String>,
    pub queue_id: Option<String>,
}

impl Output for CreateQueueOutput {}

impl Encode for CreateQueueOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("QueueArn", self.queue_arn.as_ref());
        w.optional("QueueId", self.queue_id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateQueueOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queue_arn: cx.optional(members, "QueueArn", &Text::ANY),
            queue_id: cx.optional(members, "QueueId", &Text::ANY),
        }
    }
}
