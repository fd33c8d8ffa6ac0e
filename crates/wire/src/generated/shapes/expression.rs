// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::AttributeCondition;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Expression {
    pub attribute_condition: Option<AttributeCondition>,
    pub and_expression: Option<Vec<Expression>>,
    pub or_expression: Option<Vec<Expression>>,
    pub not_attribute_condition: Option<AttributeCondition>,
}

impl Named for Expression {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.attribute_condition, each);
        Named::each_named(&self.and_expression, each);
        Named::each_named(&self.or_expression, each);
        Named::each_named(&self.not_attribute_condition, each);
    }
}

impl Encode for Expression {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AttributeCondition", self.attribute_condition.as_ref());
        w.optional("AndExpression", self.and_expression.as_ref());
        w.optional("OrExpression", self.or_expression.as_ref());
        w.optional("NotAttributeCondition", self.not_attribute_condition.as_ref());
        w.end_object();
    }
}

impl Shape for Expression {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            attribute_condition: cx.optional(members, "AttributeCondition", &of::<AttributeCondition>()),
            and_expression: cx.optional(members, "AndExpression", &kinds::EXPRESSIONS),
            or_expression: cx.optional(members, "OrExpression", &kinds::EXPRESSIONS),
            not_attribute_condition: cx.optional(members, "NotAttributeCondition", &of::<AttributeCondition>()),
        }
    }
}
