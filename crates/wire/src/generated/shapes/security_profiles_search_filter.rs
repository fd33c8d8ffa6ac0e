// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::ControlPlaneTagFilter;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SecurityProfilesSearchFilter {
    pub tag_filter: Option<ControlPlaneTagFilter>,
}

impl Named for SecurityProfilesSearchFilter {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.tag_filter, each);
    }
}

impl Encode for SecurityProfilesSearchFilter {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TagFilter", self.tag_filter.as_ref());
        w.end_object();
    }
}

impl Shape for SecurityProfilesSearchFilter {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { tag_filter: cx.optional(members, "TagFilter", &of::<ControlPlaneTagFilter>()) }
    }
}
