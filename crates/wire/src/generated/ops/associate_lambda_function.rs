// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "AssociateLambdaFunction",
    method: "PUT",
    uri: "/instance/{InstanceId}/lambda-function",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ResourceConflictException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ServiceQuotaExceededException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AssociateLambdaFunctionInput {
    pub instance_id: String,
    pub function_arn: String,
    pub client_token: Option<String>,
}

impl Input for AssociateLambdaFunctionInput {
    const OP: Op = Op::AssociateLambdaFunction;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            function_arn: reader.required("FunctionArn", &kinds::FUNCTION_ARN),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for AssociateLambdaFunctionInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for AssociateLambdaFunctionInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("FunctionArn", &self.function_arn);
        w.optional("ClientToken", self.client_token.as_ref());
        w.end_object();
    }
}
