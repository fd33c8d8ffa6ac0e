//! Actions that mean nothing for tasks (flows 7.6): some are passed over, the others take their error branch.

use super::ActionOutcome;
use crate::flow::document::{Action, ActionType, ErrorType};

/// What becomes of an action that only other channels know.
pub(super) fn ignored(action: &Action, kind: ActionType) -> ActionOutcome {
    use ActionType as T;
    match kind {
        T::MessageParticipant | T::UpdateContactTextToSpeechVoice | T::UpdateContactRecordingBehavior => {
            ActionOutcome::Next
        }
        T::UpdateContactRecordingAndAnalyticsBehavior => {
            let other_channel = action.parameters.keys().any(|name| name.contains("Voice") || name.contains("Chat"));
            if other_channel { ActionOutcome::Error(ErrorType::ChannelMismatch) } else { ActionOutcome::Next }
        }
        _ => ActionOutcome::Unsupported,
    }
}
