//! Quotas, and the counters of an instance that hold them.

/// Quotas; `0` lifts one (task-templates 2.7, tasks 2.16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Instances of this installation.
    pub instances: u64,
    /// Task templates of an instance, active and inactive (task-templates 2.7.1).
    pub task_templates_per_instance: u64,
    /// Custom fields of one template (task-templates 2.7.2).
    pub custom_fields_per_template: u64,
    /// Custom fields of all templates of an instance together; off unless set (task-templates 2.7.2).
    pub custom_fields_per_instance: u64,
    /// Flows of an instance, the default ones included.
    pub contact_flows_per_instance: u64,
    /// Flow modules of an instance.
    pub contact_flow_modules_per_instance: u64,
    /// Quick connects of an instance.
    pub quick_connects_per_instance: u64,
    /// Queues of an instance that are made by API.
    pub queues_per_instance: u64,
    /// Users of an instance.
    pub users_per_instance: u64,
    /// Tasks of an instance that are not completed (tasks 2.3.20, 2.3.21).
    pub open_tasks_per_instance: u64,
    /// Tasks that name the same PreviousContactId (tasks 2.3.20).
    pub tasks_per_previous_contact: u64,
    /// Tasks that one SearchContacts looks into for what the store cannot filter by (B61).
    pub tasks_per_search: u64,
}

impl Limits {
    /// The quota of an instance that settings call by this name; `None` for a name that is none of them.
    pub fn of_instance(&mut self, name: &str) -> Option<&mut u64> {
        Some(match name {
            "task_templates_per_instance" => &mut self.task_templates_per_instance,
            "custom_fields_per_template" => &mut self.custom_fields_per_template,
            "custom_fields_per_instance" => &mut self.custom_fields_per_instance,
            "contact_flows_per_instance" => &mut self.contact_flows_per_instance,
            "contact_flow_modules_per_instance" => &mut self.contact_flow_modules_per_instance,
            "quick_connects_per_instance" => &mut self.quick_connects_per_instance,
            "queues_per_instance" => &mut self.queues_per_instance,
            "users_per_instance" => &mut self.users_per_instance,
            "open_tasks_per_instance" => &mut self.open_tasks_per_instance,
            "tasks_per_previous_contact" => &mut self.tasks_per_previous_contact,
            "tasks_per_search" => &mut self.tasks_per_search,
            _ => return None,
        })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            instances: 2,
            task_templates_per_instance: 50,
            custom_fields_per_template: 50,
            custom_fields_per_instance: 0,
            contact_flows_per_instance: 100,
            contact_flow_modules_per_instance: 200,
            quick_connects_per_instance: 100,
            queues_per_instance: 100,
            users_per_instance: 500,
            open_tasks_per_instance: 2_500,
            tasks_per_previous_contact: 12,
            tasks_per_search: 50_000,
        }
    }
}

/// Counters of an instance.
pub(crate) const TASK_TEMPLATES: &str = "task_templates";
pub(crate) const CUSTOM_FIELDS: &str = "custom_fields";
pub(crate) const CONTACT_FLOWS: &str = "contact_flows";
pub(crate) const FLOW_MODULES: &str = "contact_flow_modules";
pub(crate) const QUICK_CONNECTS: &str = "quick_connects";
pub(crate) const QUEUES: &str = "queues";
pub(crate) const USERS: &str = "users";

/// A kind of resource as messages speak of it, and its quota.
pub(crate) struct Quota {
    pub(crate) noun: &'static str,
    pub(crate) limit: u64,
}

/// A quota as the bound of a counter; `0` lifts it.
pub(crate) fn bound(limit: u64) -> Option<i64> {
    (limit > 0).then(|| i64::try_from(limit).unwrap_or(i64::MAX))
}
