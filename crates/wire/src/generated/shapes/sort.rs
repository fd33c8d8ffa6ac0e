// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{SortOrder, SortableFieldName};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sort {
    pub field_name: SortableFieldName,
    pub order: SortOrder,
}

impl Encode for Sort {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("FieldName", &self.field_name);
        w.member("Order", &self.order);
        w.end_object();
    }
}

impl Shape for Sort {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            field_name: cx.required(members, "FieldName", &one_of::<SortableFieldName>()),
            order: cx.required(members, "Order", &one_of::<SortOrder>()),
        }
    }
}
