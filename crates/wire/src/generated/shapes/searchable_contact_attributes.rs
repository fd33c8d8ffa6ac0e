// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{SearchContactsMatchType, SearchableContactAttributesCriteria};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchableContactAttributes {
    pub criteria: Vec<SearchableContactAttributesCriteria>,
    pub match_type: Option<SearchContactsMatchType>,
}

impl Encode for SearchableContactAttributes {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Criteria", &self.criteria);
        w.optional("MatchType", self.match_type.as_ref());
        w.end_object();
    }
}

impl Shape for SearchableContactAttributes {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            criteria: cx.required(members, "Criteria", &kinds::SEARCHABLE_CONTACT_ATTRIBUTES_CRITERIA_LIST),
            match_type: cx.optional(members, "MatchType", &one_of::<SearchContactsMatchType>()),
        }
    }
}
