//! Calls that change flows under running tasks.

use serde_json::json;
use wire::Op;

use super::{Act, Clients, Intent};
use crate::flows;

impl Clients<'_> {
    /// Publishes or archives the flow that changes.
    pub(super) fn flow_act(&mut self) -> Act {
        let flow = self.places.changing();
        let labels = [self.instance, &flow];
        if self.random.chance(60) {
            let seconds = self.random.weighted(&[(1, 5), (1, 50), (1, 5_000)]);
            let body = json!({"Content": flows::sleeper(seconds)});
            return self.act(Op::UpdateContactFlowContent, &labels, body, Intent::Manage);
        }
        let state = self.random.weighted(&[(3, "ACTIVE"), (1, "ARCHIVED")]);
        self.act(Op::UpdateContactFlowMetadata, &labels, json!({"ContactFlowState": state}), Intent::Manage)
    }
}
