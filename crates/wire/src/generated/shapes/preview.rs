// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{AllowedUserAction, PostAcceptTimeoutConfig};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Preview {
    pub post_accept_timeout_config: PostAcceptTimeoutConfig,
    pub allowed_user_actions: Vec<AllowedUserAction>,
}

impl Encode for Preview {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("PostAcceptTimeoutConfig", &self.post_accept_timeout_config);
        w.member("AllowedUserActions", &self.allowed_user_actions);
        w.end_object();
    }
}

impl Shape for Preview {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            post_accept_timeout_config: cx.required(
                members,
                "PostAcceptTimeoutConfig",
                &of::<PostAcceptTimeoutConfig>(),
            ),
            allowed_user_actions: cx.required(members, "AllowedUserActions", &kinds::ALLOWED_USER_ACTIONS),
        }
    }
}
