// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::{ContactFlowAttributeAndCondition, ContactFlowTypeCondition, TagCondition};
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactFlowAttributeFilter {
    pub or_conditions: Option<Vec<ContactFlowAttributeAndCondition>>,
    pub and_condition: Option<ContactFlowAttributeAndCondition>,
    pub tag_condition: Option<TagCondition>,
    pub contact_flow_type_condition: Option<ContactFlowTypeCondition>,
}

impl Named for ContactFlowAttributeFilter {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.or_conditions, each);
        Named::each_value(&self.and_condition, each);
        Named::each_value(&self.tag_condition, each);
        Named::each_value(&self.contact_flow_type_condition, each);
    }
}

impl Encode for ContactFlowAttributeFilter {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndCondition", self.and_condition.as_ref());
        w.optional("TagCondition", self.tag_condition.as_ref());
        w.optional("ContactFlowTypeCondition", self.contact_flow_type_condition.as_ref());
        w.end_object();
    }
}

impl Shape for ContactFlowAttributeFilter {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::CONTACT_FLOW_ATTRIBUTE_OR_CONDITION_LIST),
            and_condition: cx.optional(members, "AndCondition", &of::<ContactFlowAttributeAndCondition>()),
            tag_condition: cx.optional(members, "TagCondition", &of::<TagCondition>()),
            contact_flow_type_condition: cx.optional(
                members,
                "ContactFlowTypeCondition",
                &of::<ContactFlowTypeCondition>(),
            ),
        }
    }
}
