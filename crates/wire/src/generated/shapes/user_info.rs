// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserInfo {
    pub user_id: Option<String>,
}

impl Named for UserInfo {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.user_id, ResourceKind::User, each);
    }
}

impl Encode for UserInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("UserId", self.user_id.as_ref());
        w.end_object();
    }
}

impl Shape for UserInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { user_id: cx.optional(members, "UserId", &kinds::AGENT_RESOURCE_ID) }
    }
}
