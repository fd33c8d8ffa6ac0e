//! Calls about one task.

use std::collections::BTreeMap;

use engine::contact::State;
use serde_json::json;
use wire::Op;

use super::{Act, Clients, Intent, UNKNOWN, texts};

impl Clients<'_> {
    pub(super) fn attributes_act(&mut self) -> Act {
        let contact = self.any();
        let mut attributes = self.attributes();
        if attributes.is_empty() {
            attributes.insert("size".to_owned(), self.number.to_string());
        }
        let body = self.body(json!({"InitialContactId": contact, "Attributes": texts(&attributes)}));
        self.act(Op::UpdateContactAttributes, &[], body, Intent::Attributes { contact, attributes })
    }

    pub(super) fn pause(&mut self) -> Act {
        let state = self.random.weighted(&[(3, State::Queued), (3, State::InFlow), (1, State::Connected)]);
        let contact = self.in_state(state);
        let mut body = self.body(json!({"ContactId": contact}));
        if self.random.chance(30) {
            body["ContactFlowId"] = self.random.pick(&self.places.pauses).cloned().into();
        }
        self.act(Op::PauseContact, &[], body, Intent::Pause { contact })
    }

    pub(super) fn resume(&mut self) -> Act {
        let contact = self.in_state(State::Paused);
        let mut body = self.body(json!({"ContactId": contact}));
        if self.random.chance(30) {
            body["ContactFlowId"] = self.places.resume.clone().into();
        }
        self.act(Op::ResumeContact, &[], body, Intent::Resume { contact })
    }

    pub(super) fn stop(&mut self) -> Act {
        let contact = self.any();
        let body = self.body(json!({"ContactId": contact}));
        self.act(Op::StopContact, &[], body, Intent::Stop { contact })
    }

    pub(super) fn transfer(&mut self) -> Act {
        let contact = self.any();
        let mut body = self.body(json!({"ContactId": contact}));
        let flow = match self.random.below(3) {
            0 => {
                body["QueueId"] = self.random.pick(&self.places.queues).cloned().into();
                self.places.to_queue.clone()
            }
            1 => {
                body["UserId"] = self.random.pick(&self.places.users).cloned().into();
                self.places.to_agent.clone()
            }
            _ => self.places.starts[self.random.index(self.places.starts.len() - 1)].clone(),
        };
        body["ContactFlowId"] = flow.into();
        if self.random.chance(30) {
            body["ClientToken"] = self.name("transfer").into();
        }
        self.act(Op::TransferContact, &[], body, Intent::Transfer { contact })
    }

    pub(super) fn reschedule(&mut self) -> Act {
        let contact = self.in_state(State::Scheduled);
        let ahead_s = self.random.weighted(&[(1, -60), (6, 60), (4, 7_200), (2, 172_800), (1, 9_000_000)]);
        let to_s = self.now_ms / 1000 + ahead_s;
        let body = self.body(json!({"ContactId": contact, "ScheduledTime": to_s}));
        self.act(Op::UpdateContactSchedule, &[], body, Intent::Reschedule { contact, to_ms: to_s * 1000 })
    }

    pub(super) fn retemplate(&mut self) -> Act {
        let contact = self.any();
        let template = self.random.pick(&self.model.templates).map_or(UNKNOWN.to_owned(), |known| known.id.clone());
        let body = self.body(json!({"ContactId": contact, "TaskTemplateId": template}));
        self.act(Op::UpdateContactTaskTemplate, &[], body, Intent::Retemplate { contact, template })
    }

    pub(super) fn update(&mut self) -> Act {
        let contact = self.any();
        let mut body = json!({});
        let (mut name, mut expiry) = (None, false);
        match self.random.below(4) {
            0 => {
                let new = self.name("renamed");
                body["Name"] = new.clone().into();
                name = Some(new);
            }
            1 => body["References"] = json!({"Amount": {"Type": "NUMBER", "Value": "2500"}}),
            2 => body["SegmentAttributes"] = json!({"region": {"ValueString": "north"}}),
            _ => {
                let minutes = self.random.between(1, 20_000);
                expiry = true;
                body["SegmentAttributes"] =
                    json!({"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}});
            }
        }
        let labels = [self.instance, &contact.clone()];
        self.act(Op::UpdateContact, &labels, body, Intent::Update { contact, name, expiry })
    }

    pub(super) fn tag(&mut self) -> Act {
        let contact = self.any();
        let count = self.random.weighted(&[(6, 1), (2, 3), (1, 7)]);
        let tags: BTreeMap<String, String> =
            (0..count).map(|n| (format!("key-{}", self.random.below(5) + n), "value".to_owned())).collect();
        let body = self.body(json!({"ContactId": contact, "Tags": texts(&tags)}));
        self.act(Op::TagContact, &[], body, Intent::Tag { contact, tags })
    }

    pub(super) fn untag(&mut self) -> Act {
        let contact = self.any();
        let labels = [self.instance, &contact.clone()];
        let key = self.random.below(8);
        let mut act = self.act(Op::UntagContact, &labels, serde_json::Value::Null, Intent::Untag { contact });
        act.request.query = format!("TagKeys=key-{key}&TagKeys=flow");
        act
    }

    pub(super) fn route(&mut self) -> Act {
        let contact = self.any();
        let labels = [self.instance, &contact.clone()];
        let body = match self.random.below(2) {
            0 => json!({"QueuePriority": self.random.between(1, 9)}),
            _ => json!({"QueueTimeAdjustmentSeconds": self.random.between(-600, 600)}),
        };
        self.act(Op::UpdateContactRoutingData, &labels, body, Intent::Route { contact })
    }

    pub(super) fn read(&mut self) -> Act {
        let contact = self.any();
        match self.random.below(6) {
            0 | 1 => {
                let labels = [self.instance, &contact.clone()];
                self.act(Op::DescribeContact, &labels, serde_json::Value::Null, Intent::Describe { contact })
            }
            2 => {
                let labels = [self.instance, &contact.clone()];
                let mut act =
                    self.act(Op::ListContactReferences, &labels, serde_json::Value::Null, Intent::Describe { contact });
                act.request.query = "referenceTypes=NUMBER&referenceTypes=STRING".to_owned();
                act
            }
            3 => {
                let labels = [self.instance, &contact.clone()];
                let intent = Intent::ReadAttributes { contact };
                self.act(Op::GetContactAttributes, &labels, serde_json::Value::Null, intent)
            }
            4 => {
                let mut act = self.act(
                    Op::ListAssociatedContacts,
                    &[self.instance],
                    serde_json::Value::Null,
                    Intent::Associated { contact: contact.clone() },
                );
                act.request.query = format!("contactId={contact}&maxResults=100");
                act
            }
            _ => {
                let range = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": 0, "EndTime": self.now_ms / 1000 + 1});
                let body = self.body(json!({"TimeRange": range, "MaxResults": 1}));
                self.act(Op::SearchContacts, &[], body, Intent::Search)
            }
        }
    }
}
