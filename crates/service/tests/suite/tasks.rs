//! Helpers for tests of tasks: short calls, a user, a queue, tasks brought into a state, and the events that were
//! written.

use engine::contact::{AgentRef, At, Contact, Cx, Effects, Event, QueueRef};
use serde_json::{Value, json};
use store::{Batch, ContactRow, SHARDS};
use wire::Op;

use crate::bench::{Answer, Bench};

/// An id that is not in use.
pub(crate) const NOBODY: &str = "99999999-9999-4999-8999-999999999999";

impl Bench {
    /// StartTaskContact with the flow of the instance, unless `body` names a source of its own.
    pub(crate) async fn start(&self, body: Value) -> Answer {
        let mut request = json!({"InstanceId": self.instance, "Name": "Call back"});
        let own = ["TaskTemplateId", "QuickConnectId"].iter().any(|member| body.get(*member).is_some());
        if !own {
            request["ContactFlowId"] = json!(self.flow);
        }
        request.as_object_mut().expect("an object").extend(body.as_object().expect("an object").clone());
        request.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        self.send(Op::StartTaskContact, &[], request).await
    }

    /// The id of a task that was started.
    pub(crate) async fn started(&self, body: Value) -> String {
        text(&self.start(body).await.ok()["ContactId"])
    }

    pub(crate) async fn describe(&self, id: &str) -> Value {
        self.get(Op::DescribeContact, &[&self.instance, id], "").await.ok()["Contact"].clone()
    }

    /// An operation that names instance and contact in its body.
    pub(crate) async fn act(&self, op: Op, id: &str, more: Value) -> Answer {
        let mut body = json!({"InstanceId": self.instance, "ContactId": id});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.send(op, &[], body).await
    }

    pub(crate) async fn stop(&self, id: &str) -> Answer {
        self.act(Op::StopContact, id, json!({})).await
    }

    pub(crate) async fn references(&self, id: &str) -> Value {
        let query =
            "referenceTypes=URL&referenceTypes=NUMBER&referenceTypes=STRING&referenceTypes=DATE&referenceTypes=EMAIL";
        let answer = self.get(Op::ListContactReferences, &[&self.instance, id], query).await.ok();
        answer["ReferenceSummaryList"].clone()
    }

    pub(crate) async fn attributes(&self, id: &str) -> Value {
        self.get(Op::GetContactAttributes, &[&self.instance, id], "").await.ok()["Attributes"].clone()
    }

    pub(crate) async fn write_attributes(&self, id: &str, attributes: Value) -> Answer {
        let body = json!({"InstanceId": self.instance, "InitialContactId": id, "Attributes": attributes});
        self.send(Op::UpdateContactAttributes, &[], body).await
    }

    /// A template with these members beside name, flow and the field of the task's name; a member that is null is left out.
    pub(crate) async fn task_template(&self, name: &str, more: Value) -> String {
        let mut body = json!({"Name": name, "ContactFlowId": self.flow, "Fields": [], "Constraints": {}});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let id = json!({"Name": "Task name"});
        body["Fields"].as_array_mut().expect("a list").push(json!({"Id": id, "Type": "NAME"}));
        if body["Constraints"]["RequiredFields"].is_null() {
            body["Constraints"]["RequiredFields"] = json!([]);
        }
        body["Constraints"]["RequiredFields"].as_array_mut().expect("a list").push(json!({"Id": id}));
        body.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        text(&self.create(body).await.ok()["Id"])
    }

    /// A user; its id and ARN.
    pub(crate) async fn user(&self, name: &str) -> (String, String) {
        let first = async |op, list: &str| text(&self.get(op, &[&self.instance], "").await.ok()[list][0]["Id"]);
        let body = json!({
            "Username": name,
            "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
            "SecurityProfileIds": [first(Op::ListSecurityProfiles, "SecurityProfileSummaryList").await],
            "RoutingProfileId": first(Op::ListRoutingProfiles, "RoutingProfileSummaryList").await,
        });
        let made = self.send(Op::CreateUser, &[&self.instance], body).await.ok();
        (text(&made["UserId"]), text(&made["UserArn"]))
    }

    pub(crate) async fn basic_queue(&self) -> String {
        let queues = self.get(Op::ListQueues, &[&self.instance], "queueTypes=STANDARD").await.ok();
        text(&queues["QueueSummaryList"][0]["Id"])
    }

    /// A flow of this type with minimal content.
    pub(crate) async fn small_flow(&self, name: &str, flow_type: &str, status: &str) -> String {
        let content = json!({
            "Version": "2019-10-30",
            "StartAction": "end",
            "Actions": [{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
        });
        let body = json!({"Name": name, "Type": flow_type, "Status": status, "Content": content.to_string()});
        text(&self.send(Op::CreateContactFlow, &[&self.instance], body).await.ok()["ContactFlowId"])
    }

    pub(crate) async fn row(&self, id: &str) -> ContactRow {
        self.service.store().contact(&self.instance, id).await.expect("a read").expect("the contact is there")
    }

    /// Applies an event that no operation causes yet, as flows and agents would.
    pub(crate) async fn happen(&self, id: &str, event: Event) {
        let mut row = self.row(id).await;
        let mut contact: Contact = serde_json::from_str(&row.body).expect("a contact");
        let mut effects = Effects::default();
        let home = engine::arn::Home::new("us-east-1", "123456789012");
        let at = At { scope: home.instance(&self.instance), now_ms: self.now };
        let mut ids = || "77777777-7777-4777-8777-777777777777".to_owned();
        contact.apply(event, &mut effects, &mut Cx { at, ids: &mut ids }).expect("the event is possible");
        row.state = contact.state.as_str().to_owned();
        row.body = serde_json::to_string(&contact).expect("JSON");
        let queue = contact.queue.as_ref();
        row.queue_id = queue.map(|stay| stay.queue.id.clone());
        row.enqueued_ms = queue.map(|stay| stay.enqueued_ms);
        row.agent_id = contact.agent.as_ref().map(|stay| stay.agent.id.clone());
        row.connected_ms = contact.agent.as_ref().map(|stay| stay.connected_ms);
        row.disconnected_ms = contact.times.disconnected_ms;
        let mut batch = Batch::new();
        batch.update_contact(&row);
        for count in effects.counts {
            match count.by {
                by if by > 0 => batch.add_to_counter(&self.instance, &count.what.name(), by, None),
                by => batch.subtract_from_counter(&self.instance, &count.what.name(), -by),
            }
        }
        self.service.store().commit(batch).await.expect("a commit");
    }

    /// Puts a task into the basic queue.
    pub(crate) async fn enqueue(&self, id: &str) {
        let queue = QueueRef { id: self.basic_queue().await, name: "BasicQueue".to_owned(), agent: false };
        self.happen(id, Event::Enqueue { queue, queue_flow: None }).await;
    }

    /// Connects a queued task to a user.
    pub(crate) async fn connect(&self, id: &str, user: &str) {
        self.happen(id, Event::Offer { agent: agent(user), until_ms: None }).await;
        self.happen(id, Event::Accept { user_id: user.to_owned() }).await;
    }

    /// Types of the events of a contact in order; of CONTACT_DATA_UPDATED with what was updated; RECORD for records.
    pub(crate) async fn events(&self, id: &str) -> Vec<String> {
        let shards: Vec<i64> = (0..SHARDS).collect();
        let rows = self.service.store().outbox_due("test", &shards, i64::MAX, 10_000).await.expect("a read");
        let of_contact = rows.into_iter().filter(|row| row.contact_id == id);
        of_contact
            .map(|row| {
                let body: Value = serde_json::from_str(&row.body).expect("JSON");
                match body["detail"]["eventType"].as_str() {
                    None => row.kind,
                    Some("CONTACT_DATA_UPDATED") => format!("UPDATED {}", body["detail"]["updatedProperties"]),
                    Some(kind) => kind.to_owned(),
                }
            })
            .collect()
    }

    /// Contacts of the instance that count as open.
    pub(crate) async fn open(&self) -> i64 {
        self.service.store().counter(&self.instance, "contacts/open").await.expect("a read")
    }
}

/// A user as a task knows it.
pub(crate) fn agent(id: &str) -> AgentRef {
    AgentRef {
        id: id.to_owned(),
        user_name: "ada".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        routing_profile: Default::default(),
        acw_limit_s: 0,
        auto_accept: false,
        hierarchy: Vec::new(),
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
