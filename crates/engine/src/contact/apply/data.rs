//! Changes of a task's data and routing, and its start (tasks 2.6, 2.13, 2.14).

use std::collections::BTreeMap;

use wire::ExceptionKind;

use super::{Decision, Done, Update};
use crate::contact::event::{ATTRIBUTES, ROUTING_STEP, SCHEDULED, SEGMENT_ATTRIBUTES, TAGS};
use crate::contact::limits::{RESCHEDULES_MAX, RETEMPLATES_MAX, TAGS_MAX};
use crate::contact::moment::server_time;
use crate::contact::start::{EXPIRY_MINUTES_MAX, expiry, schedule_fault};
use crate::contact::{Contact, Cx, Effects, EventType, Expiry, PinnedTemplate, Refusal, State};
use crate::text::quoted;

/// Keys of tags that only the service sets (tasks 2.2.4).
const RESERVED_TAGS: &str = "aws:";

impl Contact {
    /// SCHEDULED to IN_FLOW (tasks 2.6.4).
    pub(super) fn begin(&mut self) -> Decision {
        if self.state != State::Scheduled {
            return Err(self.invalid("The contact cannot start"));
        }
        self.state = State::InFlow;
        Ok(Done::Changed)
    }

    /// Its first flow runs (tasks 2.2).
    pub(super) fn flow_began(&mut self, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if !self.is_active() || self.state == State::Scheduled {
            return Err(self.invalid("The contact can run no flow"));
        }
        if self.times.connected_to_system_ms.is_some() {
            return Ok(Done::Nothing);
        }
        self.times.connected_to_system_ms = Some(cx.at.now_ms);
        self.emit(EventType::ConnectedToSystem, &[], effects, cx);
        Ok(Done::Changed)
    }

    /// UpdateContactSchedule (tasks 2.6.1 to 2.6.3); the lifetime counts from the new start (tasks 2.3.13).
    pub(super) fn reschedule(&mut self, to_ms: i64, limit_ms: i64, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        let now_ms = cx.at.now_ms;
        if self.state != State::Scheduled {
            return Err(self.invalid("Only a scheduled task can be scheduled anew"));
        }
        if let Some(fault) = schedule_fault(to_ms, now_ms, limit_ms) {
            return Err(Refusal::new(ExceptionKind::InvalidParameterException, format!("ScheduledTime: {fault}")));
        }
        if self.reschedules >= RESCHEDULES_MAX {
            let message = format!("It was scheduled anew {RESCHEDULES_MAX} times already, which is the limit");
            return Err(Refusal::new(ExceptionKind::LimitExceededException, message));
        }
        self.reschedules += 1;
        self.times.scheduled_ms = Some(to_ms);
        self.expiry = expiry(self.expiry.minutes, to_ms);
        self.emit(EventType::ContactDataUpdated, &[SCHEDULED], effects, cx);
        Ok(Done::Changed)
    }

    /// UpdateContact and UpdateContactData (tasks 2.13.1, 2.13.2, 2.13.4, flows 7.2.3).
    pub(super) fn update(&mut self, update: Update, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if update == Update::default() {
            let message = "At least one member to update is required";
            return Err(Refusal::new(ExceptionKind::InvalidRequestException, message));
        }
        let expiry = update.expiry_minutes.map(|minutes| self.new_expiry(minutes, cx)).transpose()?;
        let segment = expiry.is_some() || !update.segment_attributes.is_empty();
        if let Some(name) = update.name {
            self.name = name;
        }
        self.expiry = expiry.unwrap_or(self.expiry);
        for (own, new) in [
            (&mut self.description, update.description),
            (&mut self.language_code, update.language_code),
            (&mut self.customer_id, update.customer_id),
        ] {
            // An empty text counts as no value, as at the start of a task: it removes the old one.
            if let Some(new) = new {
                *own = Some(new).filter(|text| !text.is_empty());
            }
        }
        self.references.extend(update.references);
        self.segment_attributes.extend(update.segment_attributes);
        if segment {
            self.emit(EventType::ContactDataUpdated, &[SEGMENT_ATTRIBUTES], effects, cx);
        }
        Ok(Done::Changed)
    }

    /// A new lifetime, counted from the same moment as before (tasks 2.13.4, 2.11.1).
    fn new_expiry(&self, minutes: i64, cx: &Cx<'_>) -> Result<Expiry, Refusal> {
        let refused = |message| Err(Refusal::new(ExceptionKind::InvalidRequestException, message));
        if !self.is_active() {
            return Err(self.invalid("The expiry of the contact cannot be changed"));
        }
        if !(1..=EXPIRY_MINUTES_MAX).contains(&minutes) {
            return refused(format!("ExpiryDuration must be 1 to {EXPIRY_MINUTES_MAX} minutes"));
        }
        let new = expiry(minutes, self.expiry.at_ms - self.expiry.minutes * 60_000);
        if new.at_ms <= cx.at.now_ms {
            return refused(format!("ExpiryDuration would end in the past; {}", server_time(cx.at.now_ms)));
        }
        Ok(new)
    }

    /// UpdateContactTaskTemplate (tasks 2.13.5, 2.13.7, 2.13.8).
    pub(super) fn retemplate(&mut self, template: PinnedTemplate) -> Decision {
        let with_agent = self.agent.is_some() || self.state == State::WrapUp;
        if !self.is_active() || with_agent {
            return Err(self.invalid("The task template of the contact cannot be changed"));
        }
        if self.template.as_ref().is_some_and(|own| own.id == template.id) {
            let message = format!("The contact uses task template {} already", quoted(&template.id));
            return Err(Refusal::new(ExceptionKind::InvalidRequestException, message));
        }
        if self.retemplated >= RETEMPLATES_MAX {
            let message = format!("Its task template was changed {RETEMPLATES_MAX} times already, which is the limit");
            return Err(Refusal::new(ExceptionKind::ServiceQuotaExceededException, message));
        }
        self.retemplated += 1;
        self.template = Some(template);
        Ok(Done::Changed)
    }

    /// TagContact (tasks 2.14.7, 2.2.4, flows 7.2.6): all or nothing.
    pub(super) fn tag(&mut self, tags: BTreeMap<String, String>, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        refuse_reserved(tags.keys())?;
        let mut merged = self.tags.clone();
        merged.extend(tags);
        if merged.len() > TAGS_MAX {
            let message = format!("The contact would have {} tags; at most {TAGS_MAX} are allowed", merged.len());
            return Err(Refusal::new(ExceptionKind::InvalidRequestException, message));
        }
        self.set_tags(merged, effects, cx)
    }

    /// UntagContact (tasks 2.14.7, 2.2.4).
    pub(super) fn untag(&mut self, keys: &[String], effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        refuse_reserved(keys.iter())?;
        let mut rest = self.tags.clone();
        rest.retain(|key, _| !keys.contains(key));
        self.set_tags(rest, effects, cx)
    }

    fn set_tags(&mut self, tags: BTreeMap<String, String>, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if self.tags == tags {
            return Ok(Done::Nothing);
        }
        self.tags = tags;
        self.emit(EventType::ContactDataUpdated, &[TAGS], effects, cx);
        Ok(Done::Changed)
    }

    /// UpdateContactRoutingData and its flow actions (tasks 2.14.5, flows 7.1.9 to 7.1.11). Criteria given while it is in a
    /// standard queue are active at once (tasks 2.14.6).
    pub(super) fn route(
        &mut self,
        priority: Option<i64>,
        age_adjustment_s: Option<i32>,
        criteria: Option<String>,
        effects: &mut Effects,
        cx: &Cx<'_>,
    ) -> Decision {
        let refused = |message| Err(Refusal::new(ExceptionKind::InvalidParameterException, message));
        if priority.is_some() && age_adjustment_s.is_some() {
            return refused("QueuePriority and QueueTimeAdjustmentSeconds cannot be given together");
        }
        if priority.is_none() && age_adjustment_s.is_none() && criteria.is_none() {
            return refused("One of QueuePriority, QueueTimeAdjustmentSeconds and RoutingCriteria is required");
        }
        if !self.is_active() {
            let message = format!("Its routing data cannot be changed: {}", self.situation());
            return Err(Refusal::new(ExceptionKind::ResourceConflictException, message));
        }
        self.routing.priority = priority.unwrap_or(self.routing.priority);
        self.routing.age_adjustment_s = age_adjustment_s.unwrap_or(self.routing.age_adjustment_s);
        if criteria.is_some() {
            let in_queue = matches!(self.state, State::Queued | State::Offered);
            let active = in_queue && self.queue.as_ref().is_some_and(|stay| !stay.queue.agent);
            self.routing.criteria = criteria;
            self.routing.activate(active.then_some(cx.at.now_ms));
            if active {
                self.emit(EventType::ContactDataUpdated, &[ROUTING_STEP], effects, cx);
            }
        }
        Ok(Done::Changed)
    }

    /// The active step of its criteria is over (tasks 3.3.6). Only while it waits: an offer keeps its step (B117).
    pub(super) fn step_over(&mut self, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        if self.state != State::Queued || self.active_step().is_none() {
            return Err(self.invalid("It waits in no step of routing criteria"));
        }
        self.end_step(effects, cx);
        Ok(Done::Changed)
    }

    /// Attributes of its chain were written (tasks 2.14.1, 4.1.4, 4.2.1).
    pub(super) fn attributes_written(&mut self, effects: &mut Effects, cx: &Cx<'_>) -> Decision {
        self.emit(EventType::ContactDataUpdated, &[ATTRIBUTES], effects, cx);
        Ok(Done::Changed)
    }
}

fn refuse_reserved<'k>(mut keys: impl Iterator<Item = &'k String>) -> Result<(), Refusal> {
    match keys.find(|key| key.starts_with(RESERVED_TAGS)) {
        None => Ok(()),
        Some(key) => {
            let message = format!("Tag key {} is invalid: keys beginning with aws: are reserved", quoted(key));
            Err(Refusal::new(ExceptionKind::InvalidRequestException, message))
        }
    }
}
