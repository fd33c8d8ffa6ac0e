// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::AssociatedContactSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListAssociatedContacts",
    method: "GET",
    uri: "/contact/associated/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListAssociatedContactsInput {
    pub instance_id: String,
    pub contact_id: String,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
}

impl Input for ListAssociatedContactsInput {
    const OP: Op = Op::ListAssociatedContacts;
    const HAS_BODY: bool = false;
    type Output = ListAssociatedContactsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.required_query("contactId", "ContactId", &kinds::CONTACT_ID),
            max_results: reader.query("maxResults", "MaxResults", &kinds::LIST_ASSOCIATED_CONTACTS_REQUEST_MAX_RESULTS),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
        }
    }
}

impl Named for ListAssociatedContactsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for ListAssociatedContactsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListAssociatedContactsOutput {
    pub contact_summary_list: Option<Vec<AssociatedContactSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListAssociatedContactsOutput {}

impl Encode for ListAssociatedContactsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactSummaryList", self.contact_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListAssociatedContactsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_summary_list: cx.optional(members, "ContactSummaryList", &kinds::ASSOCIATED_CONTACT_SUMMARY_LIST),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
