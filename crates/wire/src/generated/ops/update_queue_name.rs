// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateQueueName",
    method: "POST",
    uri: "/queues/{InstanceId}/{QueueId}/name",
    token: None,
    errors: &[
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateQueueNameInput {
    pub instance_id: String,
    pub queue_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Input for UpdateQueueNameInput {
    const OP: Op = Op::UpdateQueueName;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
            name: reader.optional("Name", &kinds::COMMON_NAME_LENGTH127),
            description: reader.optional("Description", &kinds::QUEUE_DESCRIPTION.or_empty()),
        }
    }
}

impl Named for UpdateQueueNameInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
    }
}

impl Encode for UpdateQueueNameInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.end_object();
    }
}
