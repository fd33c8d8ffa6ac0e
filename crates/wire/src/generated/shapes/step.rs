// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{Expiry, Expression, RoutingCriteriaStepStatus};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Step {
    pub expiry: Option<Expiry>,
    pub expression: Option<Expression>,
    pub status: Option<RoutingCriteriaStepStatus>,
}

impl Encode for Step {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Expiry", self.expiry.as_ref());
        w.optional("Expression", self.expression.as_ref());
        w.optional("Status", self.status.as_ref());
        w.end_object();
    }
}

impl Shape for Step {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            expiry: cx.optional(members, "Expiry", &of::<Expiry>()),
            expression: cx.optional(members, "Expression", &of::<Expression>()),
            status: cx.optional(members, "Status", &one_of::<RoutingCriteriaStepStatus>()),
        }
    }
}
