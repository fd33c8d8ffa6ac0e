// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::EmailRecipient;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AdditionalEmailRecipients {
    pub to_list: Option<Vec<EmailRecipient>>,
    pub cc_list: Option<Vec<EmailRecipient>>,
}

impl Encode for AdditionalEmailRecipients {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ToList", self.to_list.as_ref());
        w.optional("CcList", self.cc_list.as_ref());
        w.end_object();
    }
}

impl Shape for AdditionalEmailRecipients {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            to_list: cx.optional(members, "ToList", &kinds::EMAIL_RECIPIENTS_LIST),
            cc_list: cx.optional(members, "CcList", &kinds::EMAIL_RECIPIENTS_LIST),
        }
    }
}
