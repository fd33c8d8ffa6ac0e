//! Types of action of other channels and products (flows 7.6): what publishing checks (flows 7.6.1, 7.6.2). Everything
//! else in their parameters is accepted unread.

use wire::json::{Json, Object};

use super::given::{is_given, scalar};
use super::rule::{Choice, Conditions, Errors, Form, Others, Parameter, Places, Rule, Text, optional, required, usual};
use crate::arn::Kind;
use crate::flow::document::{ActionType, ErrorType};

use ActionType as A;
use ErrorType as E;
use Form::{Dynamic, Free, Holding, OrPath, Static, ViewData};
use Text::{Flag, OneOf};

/// The words that stand for a flag. A JSON boolean in place of them is refused (flows 2.10).
const WORD: Form = Static(Flag(&["True", "False"]));
/// The parameters that are such flags.
const WORDS: &[&str] = &[
    "StoreInput",
    "DisableCancelKey",
    "SkipWhenDTMFBufferEnabled",
    "EnableDTMFBuffer",
    "ContinueFlowExecution",
    "ContinueExecution",
];

/// Is a JSON boolean given in place of the words True and False, at any depth (flows 2.10)? Only for types that have such a flag:
/// elsewhere these may be names of somebody's own.
pub(super) fn has_boolean_word(kind: ActionType, parameters: &Object<'_>) -> bool {
    let flagged = matches!(
        kind,
        A::MessageParticipant
            | A::MessageParticipantIteratively
            | A::GetParticipantInput
            | A::TransferParticipantToThirdParty
            | A::Wait
    );
    flagged && holds_boolean_word(parameters)
}

fn holds_boolean_word(object: &Object<'_>) -> bool {
    object.iter().any(|(name, value)| match value {
        Json::Bool(_) => WORDS.contains(&name),
        value => values_hold_boolean_word(value),
    })
}

fn values_hold_boolean_word(value: &Json<'_>) -> bool {
    match value {
        Json::Object(object) => holds_boolean_word(object),
        Json::Array(items) => items.iter().any(values_hold_boolean_word),
        _ => false,
    }
}

/// The rules of a type of another channel. Those that take several forms are distinguished by their parameters.
pub(super) fn rule(kind: ActionType, parameters: &Object<'_>) -> &'static Rule {
    match kind {
        A::GetParticipantInput => input(parameters),
        A::UpdateContactRecordingAndAnalyticsBehavior => recording(parameters),
        A::TransferParticipantToThirdParty => match word(parameters, "ContinueFlowExecution") {
            Some(true) => &THIRD_PARTY_AND_ON,
            Some(false) => &THIRD_PARTY_AND_OVER,
            None => &THIRD_PARTY,
        },
        A::CheckVoiceId => match parameters.get("CheckVoiceIdOption").and_then(Json::as_str) {
            Some("enrollmentStatus") => &VOICE_ENROLMENT,
            Some("voiceAuthentication") => &VOICE_AUTHENTICATION,
            Some("fraudDetection") => &VOICE_FRAUD,
            _ => &VOICE,
        },
        kind => RULES.iter().find(|rule| rule.kind == kind).unwrap_or(&UNREAD),
    }
}

/// What a flag says, in any case; `None` if it is not there or no such word.
fn word(parameters: &Object<'_>, name: &str) -> Option<bool> {
    let text = parameters.get(name).and_then(scalar)?;
    if text.eq_ignore_ascii_case("True") {
        return Some(true);
    }
    text.eq_ignore_ascii_case("False").then_some(false)
}

/// Which form of GetParticipantInput it is: filling the buffer, storing what is typed, or a menu.
fn input(parameters: &Object<'_>) -> &'static Rule {
    let store = word(parameters, "StoreInput");
    let buffer = is_given(parameters, "EnableDTMFBuffer");
    let validates = |name: &str| {
        let validation = parameters.get("InputValidation").and_then(Json::as_object);
        validation.is_some_and(|validation| is_given(validation, name))
    };
    match (word(parameters, "EnableDTMFBuffer"), store) {
        (Some(true), _) => &INPUT_BUFFER,
        (_, None) if buffer && !is_given(parameters, "StoreInput") => &INPUT_BUFFER,
        (_, Some(true)) if validates("PhoneNumberValidation") => &INPUT_PHONE,
        (_, Some(true)) => &INPUT_STORED,
        (_, Some(false)) => &INPUT_MENU,
        (_, None) => &INPUT,
    }
}

/// What is recorded or analysed; the redaction of chats can fail (flows 6.6).
fn recording(parameters: &Object<'_>) -> &'static Rule {
    let given = |name: &&&str| is_given(parameters, name);
    match (BEHAVIORS.iter().filter(given).count(), is_given(parameters, "ChatBehavior")) {
        (1, true) => &RECORDING_CHAT,
        (1, false) => &RECORDING,
        _ => &RECORDING_UNCLEAR,
    }
}

/// The usual rules of a type of another channel: other parameters are unread, no conditions, NoMatchingError required.
const fn foreign(kind: ActionType, parameters: &'static [Parameter]) -> Rule {
    Rule { others: Others::Unread, ..usual(kind, parameters, Places::All) }
}

/// A type whose parameters and conditions are unread; of its errors these are required.
const fn unread(kind: ActionType, required: &'static [ErrorType]) -> Rule {
    Rule { conditions: Conditions::Unread, errors: Errors::AtLeast(required), ..foreign(kind, &[]) }
}

/// Any type without a row in flows 7.6.2, whichever it is.
const UNREAD: Rule = unread(A::CreateCase, &[]);

/// Where a message comes from.
const SOURCES: &[&str] = &["PromptId", "Text", "SSML", "Media"];
const PROMPT: Parameter = optional("PromptId", OrPath(Text::Id(Kind::Prompt)));
const TEXT: Parameter = optional("Text", Dynamic);
const SSML: Parameter = optional("SSML", Dynamic);
const MEDIA: Parameter = optional("Media", Free);

const STORE_INPUT: Parameter = required("StoreInput", WORD);
const INPUT_SECONDS: Parameter = required("InputTimeLimitSeconds", Dynamic);
const BUFFER: Parameter = optional("EnableDTMFBuffer", WORD);
const VALIDATION: Form = Form::OneOf(&[Choice::ExactlyOne(&["CustomValidation", "PhoneNumberValidation"])]);

/// GetParticipantInput that says neither True nor False: only what both forms have.
const INPUT: Rule = Rule {
    choices: &[Choice::ExactlyOne(SOURCES)],
    conditions: Conditions::Unread,
    errors: Errors::Of(
        &[E::NoMatchingError],
        &[E::NoMatchingCondition, E::InputTimeLimitExceeded, E::InvalidPhoneNumber],
    ),
    ..foreign(A::GetParticipantInput, &[STORE_INPUT, INPUT_SECONDS, PROMPT, TEXT, SSML, MEDIA, BUFFER])
};

const INPUT_MENU: Rule = Rule {
    conditions: Conditions::Keys,
    errors: Errors::Of(&[E::NoMatchingError, E::NoMatchingCondition, E::InputTimeLimitExceeded], &[]),
    ..INPUT
};

const INPUT_STORED: Rule = Rule {
    conditions: Conditions::Refused,
    errors: Errors::Of(&[E::NoMatchingError], &[]),
    parameters: &[
        STORE_INPUT,
        INPUT_SECONDS,
        PROMPT,
        TEXT,
        SSML,
        MEDIA,
        BUFFER,
        required("InputValidation", VALIDATION),
        optional("DTMFConfiguration", Free),
    ],
    ..INPUT
};

const INPUT_PHONE: Rule = Rule { errors: Errors::Of(&[E::NoMatchingError], &[E::InvalidPhoneNumber]), ..INPUT_STORED };

const INPUT_BUFFER: Rule = foreign(A::GetParticipantInput, &[required("EnableDTMFBuffer", WORD)]);

const BEHAVIORS: &[&str] = &["VoiceBehavior", "ChatBehavior", "ScreenRecordingBehavior"];

const RECORDING: Rule = Rule {
    choices: &[Choice::OneElseBadValue(BEHAVIORS)],
    errors: Errors::Of(&[E::NoMatchingError, E::ChannelMismatch], &[]),
    ..foreign(
        A::UpdateContactRecordingAndAnalyticsBehavior,
        &[optional("VoiceBehavior", Free), optional("ChatBehavior", Free), optional("ScreenRecordingBehavior", Free)],
    )
};

const RECORDING_CHAT: Rule = Rule {
    errors: Errors::Of(&[E::NoMatchingError, E::ChannelMismatch, E::InFlightRedactionConfigurationFailed], &[]),
    ..RECORDING
};

/// None or several of the behaviours: its errors are unknown.
const RECORDING_UNCLEAR: Rule = Rule {
    errors: Errors::Of(&[E::NoMatchingError, E::ChannelMismatch], &[E::InFlightRedactionConfigurationFailed]),
    ..RECORDING
};

/// TransferParticipantToThirdParty that does not say whether the flow goes on.
const THIRD_PARTY: Rule = Rule {
    errors: Errors::Of(&[E::NoMatchingError], &[E::CallFailed, E::ConnectionTimeLimitExceeded]),
    ..foreign(
        A::TransferParticipantToThirdParty,
        &[
            required("ThirdPartyPhoneNumber", Dynamic),
            required("ThirdPartyConnectionTimeLimitSeconds", Dynamic),
            required("ContinueFlowExecution", WORD),
        ],
    )
};

const THIRD_PARTY_AND_ON: Rule = Rule {
    errors: Errors::Of(&[E::NoMatchingError, E::CallFailed, E::ConnectionTimeLimitExceeded], &[]),
    ..THIRD_PARTY
};

const THIRD_PARTY_AND_OVER: Rule = Rule { errors: Errors::Of(&[E::NoMatchingError], &[]), ..THIRD_PARTY };

/// CheckVoiceId without a known option: its results are unknown.
const VOICE: Rule = Rule {
    conditions: Conditions::Unread,
    ..foreign(
        A::CheckVoiceId,
        &[required(
            "CheckVoiceIdOption",
            Static(OneOf(&["enrollmentStatus", "voiceAuthentication", "fraudDetection"])),
        )],
    )
};

const VOICE_ENROLMENT: Rule =
    Rule { conditions: Conditions::Exactly(&["Enrolled", "NotEnrolled", "OptedOut"]), ..VOICE };

const VOICE_AUTHENTICATION: Rule = Rule {
    conditions: Conditions::Exactly(&["Authenticated", "NotAuthenticated", "Inconclusive", "NotEnrolled", "OptedOut"]),
    ..VOICE
};

const VOICE_FRAUD: Rule = Rule { conditions: Conditions::Exactly(&["HighRisk", "LowRisk", "Inconclusive"]), ..VOICE };

/// Those of one form, in the order of flows 7.6.2.
const RULES: &[Rule] = &[
    Rule {
        choices: &[Choice::ExactlyOne(SOURCES)],
        errors: Errors::Of(&[], &[E::NoMatchingError]),
        ..usual(
            A::MessageParticipant,
            &[PROMPT, TEXT, SSML, MEDIA, optional("SkipWhenDTMFBufferEnabled", WORD)],
            Places::All,
        )
    },
    Rule {
        conditions: Conditions::Among(&["MessagesInterrupted"]),
        errors: Errors::Of(&[], &[E::NoMatchingError]),
        places: Places::QueueAndHold,
        ..foreign(A::MessageParticipantIteratively, &[required("Messages", Free)])
    },
    Rule {
        choices: &[
            Choice::ExactlyOne(&["PromptId", "Text", "SSML", "Media", "LexInitializationData"]),
            Choice::OneElseLast(&["LexV2Bot", "LexBot"]),
        ],
        conditions: Conditions::Operands,
        errors: Errors::Of(&[E::NoMatchingError, E::NoMatchingCondition], &[E::InputTimeLimitExceeded]),
        ..usual(
            A::ConnectParticipantWithLexBot,
            &[
                PROMPT,
                TEXT,
                SSML,
                MEDIA,
                optional("LexInitializationData", Free),
                optional("LexV2Bot", Free),
                optional("LexBot", Free),
                optional("LexSessionAttributes", Free),
                optional("LexTimeoutSeconds", Free),
            ],
            Places::All,
        )
    },
    Rule {
        conditions: Conditions::Operands,
        errors: Errors::Of(&[E::NoMatchingError, E::NoMatchingCondition, E::InputTimeLimitExceeded], &[]),
        ..foreign(A::ConnectParticipantWithAgenticCX, &[])
    },
    Rule {
        conditions: Conditions::Operands,
        errors: Errors::Of(&[E::NoMatchingError, E::NoMatchingCondition, E::TimeLimitExceeded], &[]),
        ..foreign(
            A::ShowView,
            &[
                required("ViewResource", Holding(&[required("Id", Dynamic)])),
                required("InvocationTimeLimitSeconds", Dynamic),
                optional("ViewData", ViewData),
            ],
        )
    },
    Rule {
        errors: Errors::Of(&[], &[]),
        ..usual(
            A::UpdateContactRecordingBehavior,
            &[required("RecordingBehavior", Free), optional("AnalyticsBehavior", Free)],
            Places::All,
        )
    },
    Rule {
        errors: Errors::Of(&[], &[E::NoMatchingError]),
        ..usual(
            A::UpdateContactTextToSpeechVoice,
            &[
                required("TextToSpeechVoice", Dynamic),
                optional("TextToSpeechEngine", Dynamic),
                optional("TextToSpeechStyle", Dynamic),
                optional("ExternalCredentialSecretARN", Dynamic),
            ],
            Places::All,
        )
    },
    Rule {
        errors: Errors::Of(&[E::InvalidCallbackNumber, E::CallbackNumberNotDialable], &[]),
        ..foreign(A::UpdateContactCallbackNumber, &[required("CallbackNumber", Form::Path)])
    },
    foreign(
        A::CreateCallbackContact,
        &[
            required("InitialCallDelaySeconds", Dynamic),
            required("MaximumConnectionAttempts", Dynamic),
            required("RetryDelaySeconds", Dynamic),
        ],
    ),
    Rule {
        errors: Errors::AtLeast(&[]),
        ..foreign(
            A::UpdatePreviousContactParticipantState,
            &[required(
                "PreviousContactParticipantState",
                Static(OneOf(&["AgentOnHold", "CustomerOnHold", "OffHold"])),
            )],
        )
    },
    unread(A::CheckOutboundCallStatus, &[E::NoMatchingError]),
    Rule { places: Places::NoInbound, ..unread(A::CompleteOutboundCall, &[]) },
    Rule {
        errors: Errors::Of(&[E::MultipleFoundError, E::NoneFoundError, E::NoMatchingError], &[]),
        ..foreign(A::GetCustomerProfile, &[required("ProfileRequestData", Free)])
    },
    unread(A::GetCustomerProfileObject, &[E::NoneFoundError, E::NoMatchingError]),
    unread(A::AuthenticateParticipant, &[E::NoMatchingError, E::TimeLimitExceeded]),
    unread(A::RenderMessageTemplate, &[E::TemplateRenderingError, E::NoMatchingError]),
    unread(A::CreateWisdomSession, &[E::NoMatchingError]),
    unread(A::LoadContactContent, &[E::NoMatchingError]),
    unread(A::EvaluateDataTableValues, &[E::NoMatchingError]),
    unread(A::CreatePersistentContactAssociation, &[E::NoMatchingError]),
];
