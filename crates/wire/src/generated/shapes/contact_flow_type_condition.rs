// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::named::{EachValue, Texts};
use crate::shape::Cx;
use crate::shapes::ContactFlowType;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowTypeCondition {
    pub contact_flow_type: Option<ContactFlowType>,
}

impl Named for ContactFlowTypeCondition {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.contact_flow_type, "connect:FlowType", each);
    }
}

impl Encode for ContactFlowTypeCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowType", self.contact_flow_type.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowTypeCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact_flow_type: cx.optional(members, "ContactFlowType", &one_of::<ContactFlowType>()) }
    }
}
