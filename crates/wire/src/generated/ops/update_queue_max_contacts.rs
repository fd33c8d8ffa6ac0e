// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateQueueMaxContacts",
    method: "POST",
    uri: "/queues/{InstanceId}/{QueueId}/max-contacts",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateQueueMaxContactsInput {
    pub instance_id: String,
    pub queue_id: String,
    pub max_contacts: Option<i32>,
}

impl Input for UpdateQueueMaxContactsInput {
    const OP: Op = Op::UpdateQueueMaxContacts;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
            max_contacts: reader.optional("MaxContacts", &kinds::QUEUE_MAX_CONTACTS),
        }
    }
}

impl Named for UpdateQueueMaxContactsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
    }
}

impl Encode for UpdateQueueMaxContactsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.optional("MaxContacts", self.max_contacts.as_ref());
        w.end_object();
    }
}
