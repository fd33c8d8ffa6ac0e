// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    AnsweringMachineDetectionStatus {
        Answered = "ANSWERED",
        Undetected = "UNDETECTED",
        Error = "ERROR",
        HumanAnswered = "HUMAN_ANSWERED",
        SitToneDetected = "SIT_TONE_DETECTED",
        SitToneBusy = "SIT_TONE_BUSY",
        SitToneInvalidNumber = "SIT_TONE_INVALID_NUMBER",
        FaxMachineDetected = "FAX_MACHINE_DETECTED",
        VoicemailBeep = "VOICEMAIL_BEEP",
        VoicemailNoBeep = "VOICEMAIL_NO_BEEP",
        AmdUnresolved = "AMD_UNRESOLVED",
        AmdUnanswered = "AMD_UNANSWERED",
        AmdError = "AMD_ERROR",
        AmdNotApplicable = "AMD_NOT_APPLICABLE",
    }
}
