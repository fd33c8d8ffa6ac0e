//! The table of kinds: where the resources of each are stored, and which counter counts them. Their nouns, the segments
//! of their ARNs and whether they take tags are in `engine::arn`.

use engine::arn;
use store::{Batch, Kind};

use crate::base::commit::Attempt;
use crate::base::quota::{self, Limits, bound};
use crate::{Cx, Error};

/// Facts common to all resources of one kind.
#[derive(Debug)]
pub(crate) struct KindFacts {
    /// Segment of the ARN, whether it takes tags; `None` for a kind that has no ARNs.
    pub(crate) arn: Option<arn::Kind>,
    /// What people call one of a kind without ARNs.
    noun: &'static str,
    /// The word in the store.
    pub(crate) stored: Kind,
    /// The counter and its bound; `None` for kinds that cannot grow without bound.
    quota: Option<Quota>,
}

#[derive(Debug)]
struct Quota {
    counter: &'static str,
    limit: fn(&Limits) -> u64,
}

macro_rules! kinds {
    ($($name:ident: $arn:tt, $stored:ident $(, $counter:path, $limit:ident)?;)+) => {
        $(pub(crate) static $name: KindFacts = KindFacts {
            arn: kinds!(@arn $arn),
            noun: kinds!(@noun $arn),
            stored: Kind::$stored,
            quota: kinds!(@quota $($counter, $limit)?),
        };)+

        static ALL: &[&KindFacts] = &[$(&$name),+];
    };
    (@arn $arn:ident) => { Some(arn::Kind::$arn) };
    (@arn $noun:literal) => { None };
    (@noun $arn:ident) => { "" };
    (@noun $noun:literal) => { $noun };
    (@quota $counter:path, $limit:ident) => {
        Some(Quota { counter: $counter, limit: |limits| limits.$limit })
    };
    (@quota) => { None };
}

kinds! {
    CONTACT_FLOW: Flow, ContactFlow, quota::CONTACT_FLOWS, contact_flows_per_instance;
    FLOW_MODULE: FlowModule, FlowModule, quota::FLOW_MODULES, contact_flow_modules_per_instance;
    QUICK_CONNECT: QuickConnect, QuickConnect, quota::QUICK_CONNECTS, quick_connects_per_instance;
    QUEUE: Queue, Queue, quota::QUEUES, queues_per_instance;
    AGENT_QUEUE: AgentQueue, AgentQueue;
    USER: User, User, quota::USERS, users_per_instance;
    AGENT_STATUS: AgentStatus, AgentStatus, quota::AGENT_STATUSES, agent_statuses_per_instance;
    ROUTING_PROFILE: RoutingProfile, RoutingProfile, quota::ROUTING_PROFILES, routing_profiles_per_instance;
    HOURS_OF_OPERATION: HoursOfOperation, HoursOfOperation, quota::HOURS_OF_OPERATION, hours_of_operation_per_instance;
    SECURITY_PROFILE: SecurityProfile, SecurityProfile, quota::SECURITY_PROFILES, security_profiles_per_instance;
    HIERARCHY_GROUP: HierarchyGroup, HierarchyGroup, quota::HIERARCHY_GROUPS, hierarchy_groups_per_instance;
    HIERARCHY_LEVEL: HierarchyLevel, HierarchyLevel;
    PREDEFINED_ATTRIBUTE: "predefined attribute", PredefinedAttribute, quota::PREDEFINED_ATTRIBUTES,
        predefined_attributes_per_instance;
    LAMBDA_FUNCTION: "function", LambdaFunction, quota::FUNCTIONS, functions_per_instance;
}

impl KindFacts {
    /// The noun for one, in the middle of a sentence.
    pub(crate) fn noun(&self) -> &'static str {
        self.arn.map_or(self.noun, arn::Kind::noun)
    }

    /// The same at the beginning of one.
    pub(crate) fn title(&self) -> String {
        let mut chars = self.noun().chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// What people call several.
    pub(crate) fn plural(&self) -> String {
        match self.arn {
            Some(arn::Kind::HoursOfOperation) => self.noun().to_owned(),
            Some(arn::Kind::AgentStatus) => "agent statuses".to_owned(),
            _ => format!("{}s", self.noun()),
        }
    }

    /// Counts those that a new instance begins with, whatever the quota says.
    pub(crate) fn count_first(&self, instance: &str, batch: &mut Batch, n: usize) {
        if let Some(quota) = self.quota.as_ref().filter(|_| n > 0) {
            batch.add_to_counter(instance, quota.counter, i64::try_from(n).unwrap_or(i64::MAX), None);
        }
    }

    /// After a commit that made, changed or deleted a resource of this kind: what routing goes by is read anew.
    pub(crate) fn noticed<T>(&self, cx: &Cx<'_>, instance: &str, attempt: Attempt<T>) -> Attempt<T> {
        let routes = matches!(self.stored, Kind::RoutingProfile | Kind::SecurityProfile);
        if routes && matches!(attempt, Attempt::Done(_)) {
            cx.routing().facts_changed(instance);
        }
        attempt
    }

    /// Counts one more in the batch, below the instance's quota.
    pub(crate) fn count_one(&self, cx: &Cx<'_>, instance: &str, batch: &mut Batch) {
        if let Some(quota) = &self.quota {
            batch.add_to_counter(instance, quota.counter, 1, bound((quota.limit)(cx.limits(instance))));
        }
    }

    /// Counts one less in the batch.
    pub(crate) fn count_off(&self, instance: &str, batch: &mut Batch) {
        if let Some(quota) = &self.quota {
            batch.subtract_from_counter(instance, quota.counter, 1);
        }
    }

    /// The answer when the quota is used up (tasks 2.16).
    pub(crate) fn full(&self, cx: &Cx<'_>, instance: &str) -> Error {
        let limit = self.quota.as_ref().map_or(0, |quota| (quota.limit)(cx.limits(instance)));
        Error::quota(cx.op(), format!("An instance may have at most {limit} {}", self.plural()))
    }
}

/// Every kind.
pub(crate) fn all() -> &'static [&'static KindFacts] {
    ALL
}

/// The facts of an ARN's kind; `None` for kinds with their own tables and those not stored at all.
pub(crate) fn of_arn(kind: arn::Kind) -> Option<&'static KindFacts> {
    ALL.iter().copied().find(|facts| facts.arn == Some(kind))
}

/// The facts of a stored kind.
pub(crate) fn of_stored(kind: Kind) -> Option<&'static KindFacts> {
    ALL.iter().copied().find(|facts| facts.stored == kind)
}

/// Where the resources of an ARN's kind are stored.
pub(crate) fn stored_kind(kind: arn::Kind) -> Option<Kind> {
    of_arn(kind).map(|facts| facts.stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_kind_is_in_the_table_once() {
        for kind in Kind::ALL {
            assert_eq!(ALL.iter().filter(|facts| facts.stored == *kind).count(), 1, "{kind:?}");
        }
        assert_eq!(ALL.len(), Kind::ALL.len());
    }
}
