// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Time, of};
use crate::shape::Cx;
use crate::shapes::{PredefinedAttributeConfiguration, PredefinedAttributeValues};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PredefinedAttribute {
    pub name: Option<String>,
    pub values: Option<PredefinedAttributeValues>,
    pub purposes: Option<Vec<String>>,
    pub attribute_configuration: Option<PredefinedAttributeConfiguration>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for PredefinedAttribute {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Values", self.values.as_ref());
        w.optional("Purposes", self.purposes.as_ref());
        w.optional("AttributeConfiguration", self.attribute_configuration.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for PredefinedAttribute {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &kinds::PREDEFINED_ATTRIBUTE_NAME),
            values: cx.optional(members, "Values", &of::<PredefinedAttributeValues>()),
            purposes: cx.optional(members, "Purposes", &kinds::PREDEFINED_ATTRIBUTE_PURPOSE_NAME_LIST),
            attribute_configuration: cx.optional(
                members,
                "AttributeConfiguration",
                &of::<PredefinedAttributeConfiguration>(),
            ),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
