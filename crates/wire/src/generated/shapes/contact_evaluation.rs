// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::Status;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactEvaluation {
    pub form_id: Option<String>,
    pub evaluation_arn: Option<String>,
    pub status: Option<Status>,
    pub start_timestamp: Option<Timestamp>,
    pub end_timestamp: Option<Timestamp>,
    pub delete_timestamp: Option<Timestamp>,
    pub export_location: Option<String>,
}

impl Encode for ContactEvaluation {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("FormId", self.form_id.as_ref());
        w.optional("EvaluationArn", self.evaluation_arn.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("StartTimestamp", self.start_timestamp.as_ref());
        w.optional("EndTimestamp", self.end_timestamp.as_ref());
        w.optional("DeleteTimestamp", self.delete_timestamp.as_ref());
        w.optional("ExportLocation", self.export_location.as_ref());
        w.end_object();
    }
}

impl Shape for ContactEvaluation {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            form_id: cx.optional(members, "FormId", &Text::ANY),
            evaluation_arn: cx.optional(members, "EvaluationArn", &Text::ANY),
            status: cx.optional(members, "Status", &one_of::<Status>()),
            start_timestamp: cx.optional(members, "StartTimestamp", &Time),
            end_timestamp: cx.optional(members, "EndTimestamp", &Time),
            delete_timestamp: cx.optional(members, "DeleteTimestamp", &Time),
            export_location: cx.optional(members, "ExportLocation", &Text::ANY),
        }
    }
}
