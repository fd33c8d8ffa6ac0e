// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::{ContactFlowState, ContactFlowStatus, ContactFlowType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowSummary {
    pub id: Option<String>,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub contact_flow_type: Option<ContactFlowType>,
    pub contact_flow_state: Option<ContactFlowState>,
    pub contact_flow_status: Option<ContactFlowStatus>,
}

impl Encode for ContactFlowSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("ContactFlowType", self.contact_flow_type.as_ref());
        w.optional("ContactFlowState", self.contact_flow_state.as_ref());
        w.optional("ContactFlowStatus", self.contact_flow_status.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::CONTACT_FLOW_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
            name: cx.optional(members, "Name", &kinds::CONTACT_FLOW_NAME),
            contact_flow_type: cx.optional(members, "ContactFlowType", &one_of::<ContactFlowType>()),
            contact_flow_state: cx.optional(members, "ContactFlowState", &one_of::<ContactFlowState>()),
            contact_flow_status: cx.optional(members, "ContactFlowStatus", &one_of::<ContactFlowStatus>()),
        }
    }
}
