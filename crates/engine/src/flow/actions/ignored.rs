//! Actions that mean nothing for tasks (flows 7.6): some are passed over, the others take their error branch.

use super::Step;
use crate::flow::document::{Action, ActionType, ErrorType};

/// What becomes of an action that only other channels know.
pub(super) fn ignored(action: &Action, kind: ActionType) -> Step {
    use ActionType as T;
    match kind {
        T::MessageParticipant | T::UpdateContactTextToSpeechVoice | T::UpdateContactRecordingBehavior => Step::Next,
        T::UpdateContactRecordingAndAnalyticsBehavior => {
            let other_channel = action.parameters.keys().any(|name| name.contains("Voice") || name.contains("Chat"));
            if other_channel { Step::Error(ErrorType::ChannelMismatch) } else { Step::Next }
        }
        _ => Step::Unsupported,
    }
}
