// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactLensRedactionConfiguration {
    pub behavior: Option<String>,
    pub policy: Option<String>,
    pub entities: Option<Vec<String>>,
    pub mask_mode: Option<String>,
}

impl Encode for ContactLensRedactionConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Behavior", self.behavior.as_ref());
        w.optional("Policy", self.policy.as_ref());
        w.optional("Entities", self.entities.as_ref());
        w.optional("MaskMode", self.mask_mode.as_ref());
        w.end_object();
    }
}

impl Shape for ContactLensRedactionConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            behavior: cx.optional(members, "Behavior", &Text::ANY),
            policy: cx.optional(members, "Policy", &Text::ANY),
            entities: cx.optional(members, "Entities", &kinds::CONTACT_LENS_REDACTION_ENTITIES_LIST),
            mask_mode: cx.optional(members, "MaskMode", &Text::ANY),
        }
    }
}
