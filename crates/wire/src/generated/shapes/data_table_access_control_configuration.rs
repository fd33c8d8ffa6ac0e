// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::PrimaryAttributeAccessControlConfigurationItem;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DataTableAccessControlConfiguration {
    pub primary_attribute_access_control_configuration: Option<PrimaryAttributeAccessControlConfigurationItem>,
}

impl Encode for DataTableAccessControlConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional(
            "PrimaryAttributeAccessControlConfiguration",
            self.primary_attribute_access_control_configuration.as_ref(),
        );
        w.end_object();
    }
}

impl Shape for DataTableAccessControlConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            primary_attribute_access_control_configuration: cx.optional(
                members,
                "PrimaryAttributeAccessControlConfiguration",
                &of::<PrimaryAttributeAccessControlConfigurationItem>(),
            ),
        }
    }
}
