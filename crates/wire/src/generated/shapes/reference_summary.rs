// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{
    AttachmentReference, ContactAnalysisReference, DateReference, EmailMessageReference, EmailReference,
    NumberReference, StringReference, UrlReference, VoicemailAnalysisReference, VoicemailRecordingReference,
};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub enum ReferenceSummary {
    Url(UrlReference),
    Attachment(AttachmentReference),
    EmailMessage(EmailMessageReference),
    EmailMessageRedacted(EmailMessageReference),
    EmailMessagePlainText(EmailMessageReference),
    EmailMessagePlainTextRedacted(EmailMessageReference),
    String(StringReference),
    Number(NumberReference),
    Date(DateReference),
    Email(EmailReference),
    ContactAnalysis(ContactAnalysisReference),
    VoicemailRecording(VoicemailRecordingReference),
    VoicemailRecordingRedacted(VoicemailRecordingReference),
    VoicemailAnalysis(VoicemailAnalysisReference),
    VoicemailAnalysisRedacted(VoicemailAnalysisReference),
    /// No member, several, or one that the model does not know.
    #[default]
    Unknown,
}

impl Encode for ReferenceSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        match self {
            Self::Url(value) => {
                w.member("Url", value);
            }
            Self::Attachment(value) => {
                w.member("Attachment", value);
            }
            Self::EmailMessage(value) => {
                w.member("EmailMessage", value);
            }
            Self::EmailMessageRedacted(value) => {
                w.member("EmailMessageRedacted", value);
            }
            Self::EmailMessagePlainText(value) => {
                w.member("EmailMessagePlainText", value);
            }
            Self::EmailMessagePlainTextRedacted(value) => {
                w.member("EmailMessagePlainTextRedacted", value);
            }
            Self::String(value) => {
                w.member("String", value);
            }
            Self::Number(value) => {
                w.member("Number", value);
            }
            Self::Date(value) => {
                w.member("Date", value);
            }
            Self::Email(value) => {
                w.member("Email", value);
            }
            Self::ContactAnalysis(value) => {
                w.member("ContactAnalysis", value);
            }
            Self::VoicemailRecording(value) => {
                w.member("VoicemailRecording", value);
            }
            Self::VoicemailRecordingRedacted(value) => {
                w.member("VoicemailRecordingRedacted", value);
            }
            Self::VoicemailAnalysis(value) => {
                w.member("VoicemailAnalysis", value);
            }
            Self::VoicemailAnalysisRedacted(value) => {
                w.member("VoicemailAnalysisRedacted", value);
            }
            Self::Unknown => {}
        }
        w.end_object();
    }
}

impl Shape for ReferenceSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        match cx.union(
            json,
            &[
                "Url",
                "Attachment",
                "EmailMessage",
                "EmailMessageRedacted",
                "EmailMessagePlainText",
                "EmailMessagePlainTextRedacted",
                "String",
                "Number",
                "Date",
                "Email",
                "ContactAnalysis",
                "VoicemailRecording",
                "VoicemailRecordingRedacted",
                "VoicemailAnalysis",
                "VoicemailAnalysisRedacted",
            ],
        ) {
            Some((name @ "Url", json)) => Self::Url(cx.variant(name, json, &of::<UrlReference>())),
            Some((name @ "Attachment", json)) => Self::Attachment(cx.variant(name, json, &of::<AttachmentReference>())),
            Some((name @ "EmailMessage", json)) => {
                Self::EmailMessage(cx.variant(name, json, &of::<EmailMessageReference>()))
            }
            Some((name @ "EmailMessageRedacted", json)) => {
                Self::EmailMessageRedacted(cx.variant(name, json, &of::<EmailMessageReference>()))
            }
            Some((name @ "EmailMessagePlainText", json)) => {
                Self::EmailMessagePlainText(cx.variant(name, json, &of::<EmailMessageReference>()))
            }
            Some((name @ "EmailMessagePlainTextRedacted", json)) => {
                Self::EmailMessagePlainTextRedacted(cx.variant(name, json, &of::<EmailMessageReference>()))
            }
            Some((name @ "String", json)) => Self::String(cx.variant(name, json, &of::<StringReference>())),
            Some((name @ "Number", json)) => Self::Number(cx.variant(name, json, &of::<NumberReference>())),
            Some((name @ "Date", json)) => Self::Date(cx.variant(name, json, &of::<DateReference>())),
            Some((name @ "Email", json)) => Self::Email(cx.variant(name, json, &of::<EmailReference>())),
            Some((name @ "ContactAnalysis", json)) => {
                Self::ContactAnalysis(cx.variant(name, json, &of::<ContactAnalysisReference>()))
            }
            Some((name @ "VoicemailRecording", json)) => {
                Self::VoicemailRecording(cx.variant(name, json, &of::<VoicemailRecordingReference>()))
            }
            Some((name @ "VoicemailRecordingRedacted", json)) => {
                Self::VoicemailRecordingRedacted(cx.variant(name, json, &of::<VoicemailRecordingReference>()))
            }
            Some((name @ "VoicemailAnalysis", json)) => {
                Self::VoicemailAnalysis(cx.variant(name, json, &of::<VoicemailAnalysisReference>()))
            }
            Some((name @ "VoicemailAnalysisRedacted", json)) => {
                Self::VoicemailAnalysisRedacted(cx.variant(name, json, &of::<VoicemailAnalysisReference>()))
            }
            _ => Self::Unknown,
        }
    }
}
