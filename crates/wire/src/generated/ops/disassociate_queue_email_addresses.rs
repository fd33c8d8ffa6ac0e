// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DisassociateQueueEmailAddresses",
    method: "POST",
    uri: "/queues/{InstanceId}/{QueueId}/disassociate-email-addresses",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::AccessDeniedException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DisassociateQueueEmailAddressesInput {
    pub instance_id: String,
    pub queue_id: String,
    pub email_addresses_id: Vec<String>,
    pub client_token: Option<String>,
}

impl Input for DisassociateQueueEmailAddressesInput {
    const OP: Op = Op::DisassociateQueueEmailAddresses;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
            email_addresses_id: reader.required("EmailAddressesId", &kinds::EMAIL_ADDRESS_ID_LIST),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for DisassociateQueueEmailAddressesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
        Ids::each_id(&self.email_addresses_id, ResourceKind::EmailAddress, each);
    }
}

impl Encode for DisassociateQueueEmailAddressesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.member("EmailAddressesId", &self.email_addresses_id);
        w.optional("ClientToken", self.client_token.as_ref());
        w.end_object();
    }
}
