// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum PredefinedAttributeValues {
    StringList(Vec<String>),
    /// No member, several, or one that the model does not know.
    #[default]
    Unknown,
}

impl Encode for PredefinedAttributeValues {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        match self {
            Self::StringList(value) => {
                w.member("StringList", value);
            }
            Self::Unknown => {}
        }
        w.end_object();
    }
}

impl Shape for PredefinedAttributeValues {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        match cx.union(json, &["StringList"]) {
            Some((name @ "StringList", json)) => {
                Self::StringList(cx.variant(name, json, &kinds::PREDEFINED_ATTRIBUTE_STRING_VALUES_LIST))
            }
            _ => Self::Unknown,
        }
    }
}
