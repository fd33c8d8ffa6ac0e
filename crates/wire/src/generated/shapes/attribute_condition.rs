// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{MatchCriteria, Range};
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AttributeCondition {
    pub name: Option<String>,
    pub value: Option<String>,
    pub proficiency_level: Option<f64>,
    pub range: Option<Range>,
    pub match_criteria: Option<MatchCriteria>,
    pub comparison_operator: Option<String>,
}

impl Named for AttributeCondition {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.match_criteria, each);
    }
}

impl Encode for AttributeCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("Value", self.value.as_ref());
        w.optional("ProficiencyLevel", self.proficiency_level.as_ref());
        w.optional("Range", self.range.as_ref());
        w.optional("MatchCriteria", self.match_criteria.as_ref());
        w.optional("ComparisonOperator", self.comparison_operator.as_ref());
        w.end_object();
    }
}

impl Shape for AttributeCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &kinds::PREDEFINED_ATTRIBUTE_NAME),
            value: cx.optional(members, "Value", &kinds::PROFICIENCY_VALUE),
            proficiency_level: cx.optional(members, "ProficiencyLevel", &kinds::NULLABLE_PROFICIENCY_LEVEL),
            range: cx.optional(members, "Range", &of::<Range>()),
            match_criteria: cx.optional(members, "MatchCriteria", &of::<MatchCriteria>()),
            comparison_operator: cx.optional(members, "ComparisonOperator", &kinds::COMPARISON_OPERATOR),
        }
    }
}
