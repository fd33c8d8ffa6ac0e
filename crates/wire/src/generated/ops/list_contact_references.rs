// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ReferenceSummary, ReferenceType};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListContactReferences",
    method: "GET",
    uri: "/contact/references/{InstanceId}/{ContactId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactReferencesInput {
    pub instance_id: String,
    pub contact_id: String,
    pub reference_types: Vec<ReferenceType>,
    pub next_token: Option<String>,
}

impl Input for ListContactReferencesInput {
    const OP: Op = Op::ListContactReferences;
    const HAS_BODY: bool = false;
    type Output = ListContactReferencesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
            reference_types: reader.required_query_list("referenceTypes", "ReferenceTypes", &kinds::REFERENCE_TYPES),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
        }
    }
}

impl Named for ListContactReferencesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for ListContactReferencesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.member("ReferenceTypes", &self.reference_types);
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactReferencesOutput {
    pub reference_summary_list: Option<Vec<ReferenceSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListContactReferencesOutput {}

impl Encode for ListContactReferencesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ReferenceSummaryList", self.reference_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListContactReferencesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            reference_summary_list: cx.optional(members, "ReferenceSummaryList", &kinds::REFERENCE_SUMMARY_LIST),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
