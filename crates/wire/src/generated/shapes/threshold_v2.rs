// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Double;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ThresholdV2 {
    pub comparison: Option<String>,
    pub threshold_value: Option<f64>,
}

impl Encode for ThresholdV2 {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Comparison", self.comparison.as_ref());
        w.optional("ThresholdValue", self.threshold_value.as_ref());
        w.end_object();
    }
}

impl Shape for ThresholdV2 {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            comparison: cx.optional(members, "Comparison", &kinds::RESOURCE_ARN_OR_ID),
            threshold_value: cx.optional(members, "ThresholdValue", &Double::ANY),
        }
    }
}
