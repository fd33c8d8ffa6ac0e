// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ReferenceType {
        Url = "URL",
        Attachment = "ATTACHMENT",
        ContactAnalysis = "CONTACT_ANALYSIS",
        Number = "NUMBER",
        String = "STRING",
        Date = "DATE",
        Email = "EMAIL",
        EmailMessage = "EMAIL_MESSAGE",
        EmailMessagePlainText = "EMAIL_MESSAGE_PLAIN_TEXT",
        EmailMessagePlainTextRedacted = "EMAIL_MESSAGE_PLAIN_TEXT_REDACTED",
        EmailMessageRedacted = "EMAIL_MESSAGE_REDACTED",
        VoicemailRecording = "VOICEMAIL_RECORDING",
        VoicemailRecordingRedacted = "VOICEMAIL_RECORDING_REDACTED",
        VoicemailAnalysis = "VOICEMAIL_ANALYSIS",
        VoicemailAnalysisRedacted = "VOICEMAIL_ANALYSIS_REDACTED",
    }
}
