// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::DataTableAccessControlConfiguration;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GranularAccessControlConfiguration {
    pub data_table_access_control_configuration: Option<DataTableAccessControlConfiguration>,
}

impl Encode for GranularAccessControlConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("DataTableAccessControlConfiguration", self.data_table_access_control_configuration.as_ref());
        w.end_object();
    }
}

impl Shape for GranularAccessControlConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            data_table_access_control_configuration: cx.optional(
                members,
                "DataTableAccessControlConfiguration",
                &of::<DataTableAccessControlConfiguration>(),
            ),
        }
    }
}
