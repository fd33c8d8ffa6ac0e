// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Double, one_of};
use crate::shape::Cx;
use crate::shapes::Comparison;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Threshold {
    pub comparison: Option<Comparison>,
    pub threshold_value: Option<f64>,
}

impl Encode for Threshold {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Comparison", self.comparison.as_ref());
        w.optional("ThresholdValue", self.threshold_value.as_ref());
        w.end_object();
    }
}

impl Shape for Threshold {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            comparison: cx.optional(members, "Comparison", &one_of::<Comparison>()),
            threshold_value: cx.optional(members, "ThresholdValue", &Double::ANY),
        }
    }
}
