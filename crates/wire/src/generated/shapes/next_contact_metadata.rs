// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::QuickConnectContactData;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum NextContactMetadata {
    QuickConnectContactData(QuickConnectContactData),
    /// No member, several, or one that the model does not know.
    #[default]
    Unknown,
}

impl Encode for NextContactMetadata {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        match self {
            Self::QuickConnectContactData(value) => {
                w.member("QuickConnectContactData", value);
            }
            Self::Unknown => {}
        }
        w.end_object();
    }
}

impl Shape for NextContactMetadata {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        match cx.union(json, &["QuickConnectContactData"]) {
            Some((name @ "QuickConnectContactData", json)) => {
                Self::QuickConnectContactData(cx.variant(name, json, &of::<QuickConnectContactData>()))
            }
            _ => Self::Unknown,
        }
    }
}
