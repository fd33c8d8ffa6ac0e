// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{Expression, RoutingCriteriaInputStepExpiry};
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingCriteriaInputStep {
    pub expiry: Option<RoutingCriteriaInputStepExpiry>,
    pub expression: Option<Expression>,
}

impl Named for RoutingCriteriaInputStep {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.expression, each);
    }
}

impl Encode for RoutingCriteriaInputStep {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Expiry", self.expiry.as_ref());
        w.optional("Expression", self.expression.as_ref());
        w.end_object();
    }
}

impl Shape for RoutingCriteriaInputStep {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            expiry: cx.optional(members, "Expiry", &of::<RoutingCriteriaInputStepExpiry>()),
            expression: cx.optional(members, "Expression", &of::<Expression>()),
        }
    }
}
