// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{ContactMetricName, ContactMetricValue};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactMetricResult {
    pub name: ContactMetricName,
    pub value: ContactMetricValue,
}

impl Encode for ContactMetricResult {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Name", &self.name);
        w.member("Value", &self.value);
        w.end_object();
    }
}

impl Shape for ContactMetricResult {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.required(members, "Name", &one_of::<ContactMetricName>()),
            value: cx.required(members, "Value", &of::<ContactMetricValue>()),
        }
    }
}
