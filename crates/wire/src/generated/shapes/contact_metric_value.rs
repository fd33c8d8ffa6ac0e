// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Double;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum ContactMetricValue {
    Number(f64),
    /// No member, several, or one that the model does not know.
    #[default]
    Unknown,
}

impl Encode for ContactMetricValue {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        match self {
            Self::Number(value) => {
                w.member("Number", value);
            }
            Self::Unknown => {}
        }
        w.end_object();
    }
}

impl Shape for ContactMetricValue {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        match cx.union(json, &["Number"]) {
            Some((name @ "Number", json)) => Self::Number(cx.variant(name, json, &Double::ANY)),
            _ => Self::Unknown,
        }
    }
}
