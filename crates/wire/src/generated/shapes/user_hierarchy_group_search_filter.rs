// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::ControlPlaneAttributeFilter;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserHierarchyGroupSearchFilter {
    pub attribute_filter: Option<ControlPlaneAttributeFilter>,
}

impl Named for UserHierarchyGroupSearchFilter {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.attribute_filter, each);
    }
}

impl Encode for UserHierarchyGroupSearchFilter {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AttributeFilter", self.attribute_filter.as_ref());
        w.end_object();
    }
}

impl Shape for UserHierarchyGroupSearchFilter {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { attribute_filter: cx.optional(members, "AttributeFilter", &of::<ControlPlaneAttributeFilter>()) }
    }
}
