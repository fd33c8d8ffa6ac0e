// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::ApplicationType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Application {
    pub namespace: Option<String>,
    pub application_permissions: Option<Vec<String>>,
    pub r#type: Option<ApplicationType>,
}

impl Encode for Application {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Namespace", self.namespace.as_ref());
        w.optional("ApplicationPermissions", self.application_permissions.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.end_object();
    }
}

impl Shape for Application {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            namespace: cx.optional(members, "Namespace", &kinds::NAMESPACE),
            application_permissions: cx.optional(members, "ApplicationPermissions", &kinds::APPLICATION_PERMISSIONS),
            r#type: cx.optional(members, "Type", &one_of::<ApplicationType>()),
        }
    }
}
