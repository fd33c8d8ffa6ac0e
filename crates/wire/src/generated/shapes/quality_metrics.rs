// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{AgentQualityMetrics, CustomerQualityMetrics};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QualityMetrics {
    pub agent: Option<AgentQualityMetrics>,
    pub customer: Option<CustomerQualityMetrics>,
}

impl Encode for QualityMetrics {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Agent", self.agent.as_ref());
        w.optional("Customer", self.customer.as_ref());
        w.end_object();
    }
}

impl Shape for QualityMetrics {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            agent: cx.optional(members, "Agent", &of::<AgentQualityMetrics>()),
            customer: cx.optional(members, "Customer", &of::<CustomerQualityMetrics>()),
        }
    }
}
