// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::AIAgentType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AIAgent {
    pub arn: Option<String>,
    pub r#type: Option<AIAgentType>,
}

impl Encode for AIAgent {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.end_object();
    }
}

impl Shape for AIAgent {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            r#type: cx.optional(members, "Type", &one_of::<AIAgentType>()),
        }
    }
}
