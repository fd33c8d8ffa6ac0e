// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TaskAttachment {
    pub file_name: String,
    pub s3_url: String,
}

impl Encode for TaskAttachment {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("FileName", &self.file_name);
        w.member("S3Url", &self.s3_url);
        w.end_object();
    }
}

impl Shape for TaskAttachment {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            file_name: cx.required(members, "FileName", &kinds::FILE_NAME),
            s3_url: cx.required(members, "S3Url", &kinds::PRE_SIGNED_ATTACHMENT_URL),
        }
    }
}
