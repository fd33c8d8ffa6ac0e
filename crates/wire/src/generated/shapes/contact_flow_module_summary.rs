// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::ContactFlowModuleState;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowModuleSummary {
    pub id: Option<String>,
    pub arn: Option<String>,
    pub name: Option<String>,
    pub state: Option<ContactFlowModuleState>,
}

impl Encode for ContactFlowModuleSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("Arn", self.arn.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("State", self.state.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowModuleSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::CONTACT_FLOW_MODULE_ID),
            arn: cx.optional(members, "Arn", &Text::ANY),
            name: cx.optional(members, "Name", &kinds::CONTACT_FLOW_MODULE_NAME),
            state: cx.optional(members, "State", &one_of::<ContactFlowModuleState>()),
        }
    }
}
