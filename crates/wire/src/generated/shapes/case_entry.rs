// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CaseEntry {
    pub case_id: Option<String>,
    pub case_reference_number: Option<String>,
}

impl Encode for CaseEntry {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("CaseId", self.case_id.as_ref());
        w.optional("CaseReferenceNumber", self.case_reference_number.as_ref());
        w.end_object();
    }
}

impl Shape for CaseEntry {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            case_id: cx.optional(members, "CaseId", &kinds::CASE_ID),
            case_reference_number: cx.optional(members, "CaseReferenceNumber", &kinds::CASE_REFERENCE_NUMBER),
        }
    }
}
