// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{NextContactMetadata, NextContactType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct NextContactEntry {
    pub r#type: Option<NextContactType>,
    pub next_contact_metadata: Option<NextContactMetadata>,
}

impl Encode for NextContactEntry {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Type", self.r#type.as_ref());
        w.optional("NextContactMetadata", self.next_contact_metadata.as_ref());
        w.end_object();
    }
}

impl Shape for NextContactEntry {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            r#type: cx.optional(members, "Type", &one_of::<NextContactType>()),
            next_contact_metadata: cx.optional(members, "NextContactMetadata", &of::<NextContactMetadata>()),
        }
    }
}
