// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListLambdaFunctions",
    method: "GET",
    uri: "/instance/{InstanceId}/lambda-functions",
    token: None,
    errors: &[
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListLambdaFunctionsInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListLambdaFunctionsInput {
    const OP: Op = Op::ListLambdaFunctions;
    const HAS_BODY: bool = false;
    type Output = ListLambdaFunctionsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT25),
        }
    }
}

impl Named for ListLambdaFunctionsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListLambdaFunctionsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListLambdaFunctionsOutput {
    pub lambda_functions: Option<Vec<String>>,
    pub next_token: Option<String>,
}

impl Output for ListLambdaFunctionsOutput {}

impl Encode for ListLambdaFunctionsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("LambdaFunctions", self.lambda_functions.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListLambdaFunctionsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            lambda_functions: cx.optional(members, "LambdaFunctions", &kinds::FUNCTION_ARNS_LIST),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
