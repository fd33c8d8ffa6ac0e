// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::SearchContactsMatchType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct NameCriteria {
    pub search_text: Vec<String>,
    pub match_type: SearchContactsMatchType,
}

impl Encode for NameCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("SearchText", &self.search_text);
        w.member("MatchType", &self.match_type);
        w.end_object();
    }
}

impl Shape for NameCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            search_text: cx.required(members, "SearchText", &kinds::SEARCH_TEXT_LIST),
            match_type: cx.required(members, "MatchType", &one_of::<SearchContactsMatchType>()),
        }
    }
}
