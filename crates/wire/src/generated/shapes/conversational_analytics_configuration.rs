// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, Text, of};
use crate::shape::Cx;
use crate::shapes::{
    ContactLensChannelConfiguration, ContactLensRedactionConfiguration, ContactLensSentimentConfiguration,
    ContactLensSummaryConfiguration,
};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ConversationalAnalyticsConfiguration {
    pub enabled: Option<bool>,
    pub language_locale: Option<String>,
    pub language_locales: Option<Vec<String>>,
    pub channel_configuration: Option<ContactLensChannelConfiguration>,
    pub redaction_configuration: Option<ContactLensRedactionConfiguration>,
    pub summary_configuration: Option<ContactLensSummaryConfiguration>,
    pub sentiment_configuration: Option<ContactLensSentimentConfiguration>,
}

impl Encode for ConversationalAnalyticsConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Enabled", self.enabled.as_ref());
        w.optional("LanguageLocale", self.language_locale.as_ref());
        w.optional("LanguageLocales", self.language_locales.as_ref());
        w.optional("ChannelConfiguration", self.channel_configuration.as_ref());
        w.optional("RedactionConfiguration", self.redaction_configuration.as_ref());
        w.optional("SummaryConfiguration", self.summary_configuration.as_ref());
        w.optional("SentimentConfiguration", self.sentiment_configuration.as_ref());
        w.end_object();
    }
}

impl Shape for ConversationalAnalyticsConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            enabled: cx.optional(members, "Enabled", &Bool),
            language_locale: cx.optional(members, "LanguageLocale", &Text::ANY),
            language_locales: cx.optional(members, "LanguageLocales", &kinds::LANGUAGE_LOCALES),
            channel_configuration: cx.optional(
                members,
                "ChannelConfiguration",
                &of::<ContactLensChannelConfiguration>(),
            ),
            redaction_configuration: cx.optional(
                members,
                "RedactionConfiguration",
                &of::<ContactLensRedactionConfiguration>(),
            ),
            summary_configuration: cx.optional(
                members,
                "SummaryConfiguration",
                &of::<ContactLensSummaryConfiguration>(),
            ),
            sentiment_configuration: cx.optional(
                members,
                "SentimentConfiguration",
                &of::<ContactLensSentimentConfiguration>(),
            ),
        }
    }
}
