// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DisassociateQueueQuickConnects",
    method: "POST",
    uri: "/queues/{InstanceId}/{QueueId}/disassociate-quick-connects",
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
pub struct DisassociateQueueQuickConnectsInput {
    pub instance_id: String,
    pub queue_id: String,
    pub quick_connect_ids: Vec<String>,
}

impl Input for DisassociateQueueQuickConnectsInput {
    const OP: Op = Op::DisassociateQueueQuickConnects;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
            quick_connect_ids: reader.required("QuickConnectIds", &kinds::QUICK_CONNECTS_LIST),
        }
    }
}

impl Named for DisassociateQueueQuickConnectsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
        Ids::each_id(&self.quick_connect_ids, ResourceKind::QuickConnect, each);
    }
}

impl Encode for DisassociateQueueQuickConnectsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.member("QuickConnectIds", &self.quick_connect_ids);
        w.end_object();
    }
}
