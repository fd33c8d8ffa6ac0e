// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::PredefinedAttributeSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListPredefinedAttributes",
    method: "GET",
    uri: "/predefined-attributes/{InstanceId}",
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
pub struct ListPredefinedAttributesInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListPredefinedAttributesInput {
    const OP: Op = Op::ListPredefinedAttributes;
    const HAS_BODY: bool = false;
    type Output = ListPredefinedAttributesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for ListPredefinedAttributesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListPredefinedAttributesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListPredefinedAttributesOutput {
    pub next_token: Option<String>,
    pub predefined_attribute_summary_list: Option<Vec<PredefinedAttributeSummary>>,
}

impl Output for ListPredefinedAttributesOutput {}

impl Encode for ListPredefinedAttributesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("PredefinedAttributeSummaryList", self.predefined_attribute_summary_list.as_ref());
        w.end_object();
    }
}

impl Shape for ListPredefinedAttributesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            predefined_attribute_summary_list: cx.optional(
                members,
                "PredefinedAttributeSummaryList",
                &kinds::PREDEFINED_ATTRIBUTE_SUMMARY_LIST,
            ),
        }
    }
}
