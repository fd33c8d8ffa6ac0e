// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{SearchContactsAdditionalTimeRangeCriteria, SearchContactsMatchType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchContactsAdditionalTimeRange {
    pub criteria: Vec<SearchContactsAdditionalTimeRangeCriteria>,
    pub match_type: SearchContactsMatchType,
}

impl Encode for SearchContactsAdditionalTimeRange {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Criteria", &self.criteria);
        w.member("MatchType", &self.match_type);
        w.end_object();
    }
}

impl Shape for SearchContactsAdditionalTimeRange {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            criteria: cx.required(members, "Criteria", &kinds::SEARCH_CONTACTS_ADDITIONAL_TIME_RANGE_CRITERIA_LIST),
            match_type: cx.required(members, "MatchType", &one_of::<SearchContactsMatchType>()),
        }
    }
}
