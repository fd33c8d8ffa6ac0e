// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Double;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AudioQualityMetricsInfo {
    pub quality_score: Option<f64>,
    pub potential_quality_issues: Option<Vec<String>>,
}

impl Encode for AudioQualityMetricsInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("QualityScore", self.quality_score.as_ref());
        w.optional("PotentialQualityIssues", self.potential_quality_issues.as_ref());
        w.end_object();
    }
}

impl Shape for AudioQualityMetricsInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            quality_score: cx.optional(members, "QualityScore", &Double::ANY),
            potential_quality_issues: cx.optional(
                members,
                "PotentialQualityIssues",
                &kinds::POTENTIAL_AUDIO_QUALITY_ISSUES,
            ),
        }
    }
}
