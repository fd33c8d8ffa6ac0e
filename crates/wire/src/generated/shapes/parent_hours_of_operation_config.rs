// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ParentHoursOfOperationConfig {
    pub hours_of_operation_id: Option<String>,
}

impl Named for ParentHoursOfOperationConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for ParentHoursOfOperationConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HoursOfOperationId", self.hours_of_operation_id.as_ref());
        w.end_object();
    }
}

impl Shape for ParentHoursOfOperationConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { hours_of_operation_id: cx.optional(members, "HoursOfOperationId", &Text::ANY) }
    }
}
