//! Quotas, in one table that generates the settings with their defaults and help, the counters that enforce them, and
//! the answer when one is used up. `docs/running.md` lists them, and a test compares.

use engine::contact::limits::ReferenceLimits;

/// One quota, as named in settings and documentation.
#[derive(Clone, Copy, Debug)]
pub struct QuotaFacts {
    /// Its name among the quotas of an instance.
    pub name: &'static str,
    /// Its setting.
    pub key: &'static str,
    /// Its default.
    pub default: &'static str,
    /// Unit of its value: `N` for plain counts.
    pub unit: &'static str,
    /// Whether it can be overridden for single instances.
    pub of_instance: bool,
    /// What is counted.
    pub help: &'static str,
    /// Its index in the table.
    pub of: fn(&mut Limits) -> &mut u64,
}

/// The table. `name: default UNIT of installation | instance, "help"`, then optionally `counter NAME = "stored name"`
/// and `full "answer when it is used up"`.
macro_rules! quotas {
    ($(
        $(#[$doc:meta])*
        $name:ident: $default:literal $unit:ident of $whose:ident, $help:literal
        $(, counter $counter:ident = $stored:literal)?
        $(, full $full:literal)?;
    )+) => {
        /// Quotas; `0` lifts one (task-templates 2.7, tasks 2.16).
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[$doc])* pub $name: u64,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// Every quota, in the order of the settings.
            pub const TABLE: &'static [QuotaFacts] = &[$(QuotaFacts {
                name: stringify!($name),
                key: concat!("limits.", stringify!($name)),
                default: stringify!($default),
                unit: stringify!($unit),
                of_instance: quotas!(@$whose),
                help: $help,
                of: |limits| &mut limits.$name,
            }),+];
        }

        $($(
            #[doc = concat!("The counter of `", stringify!($name), "`.")]
            pub(crate) const $counter: &str = $stored;
        )?)+

        impl Full<'_> {
            $($(
                #[doc = concat!("`", stringify!($name), "` is used up.")]
                pub(crate) fn $name(&self) -> String {
                    format!($full, self.0.$name)
                }
            )?)+
        }
    };
    (@installation) => { false };
    (@instance) => { true };
}

quotas! {
    /// Instances of this installation.
    instances: 2 N of installation, "Instances",
        counter INSTANCES = "instances", full "There may be at most {} instances";
    /// Task templates of an instance, active and inactive (task-templates 2.7.1).
    task_templates_per_instance: 50 N of instance, "Task templates of an instance",
        counter TASK_TEMPLATES = "task_templates", full "An instance may have at most {} task templates";
    /// Custom fields of one template (task-templates 2.7.2).
    custom_fields_per_template: 50 N of instance, "Custom fields of a template";
    /// Custom fields of all templates of an instance together; off unless set (task-templates 2.7.2).
    custom_fields_per_instance: 0 N of instance, "Custom fields of all templates of an instance together",
        counter CUSTOM_FIELDS = "custom_fields",
        full "The task templates of an instance may have at most {} custom fields together";
    /// Versions of one template, all of which are kept (B85).
    versions_per_task_template: 10000 N of instance, "Versions of a task template, which are all kept";
    /// Flows of an instance, the default ones included.
    contact_flows_per_instance: 100 N of instance, "Flows of an instance, default ones included",
        counter CONTACT_FLOWS = "contact_flows";
    /// Flow modules of an instance.
    contact_flow_modules_per_instance: 200 N of instance, "Flow modules of an instance",
        counter FLOW_MODULES = "contact_flow_modules";
    /// Quick connects of an instance.
    quick_connects_per_instance: 100 N of instance, "Quick connects of an instance",
        counter QUICK_CONNECTS = "quick_connects";
    /// Queues of an instance that are made by API.
    queues_per_instance: 100 N of instance, "Queues of an instance, those of users not counted",
        counter QUEUES = "queues";
    /// Quick connects that one queue offers.
    quick_connects_per_queue: 700 N of instance, "Quick connects of a queue", full "A queue may have at most {} quick connects";
    /// Users of an instance.
    users_per_instance: 500 N of instance, "Users of an instance", counter USERS = "users";
    /// Hours of operation of an instance.
    hours_of_operation_per_instance: 100 N of instance, "Hours of operation of an instance",
        counter HOURS_OF_OPERATION = "hours_of_operation";
    /// Overrides that single hours of operation have of their own.
    overrides_per_hours_of_operation: 50 N of instance, "Overrides of single hours of operation, inherited ones not counted",
        full "Hours of operation may have at most {} overrides of their own";
    /// Routing profiles of an instance.
    routing_profiles_per_instance: 500 N of instance, "Routing profiles of an instance",
        counter ROUTING_PROFILES = "routing_profiles";
    /// Security profiles of an instance.
    security_profiles_per_instance: 100 N of instance, "Security profiles of an instance",
        counter SECURITY_PROFILES = "security_profiles";
    /// Agent statuses of an instance, the two it begins with included.
    agent_statuses_per_instance: 50 N of instance, "Agent statuses of an instance",
        counter AGENT_STATUSES = "agent_statuses";
    /// Groups of the user hierarchy of an instance.
    hierarchy_groups_per_instance: 500 N of instance, "Groups of the user hierarchy of an instance",
        counter HIERARCHY_GROUPS = "hierarchy_groups";
    /// Pairs of queue and channel of one routing profile, and as many for manual assignment (administration 1.4).
    queues_per_routing_profile: 50 N of instance,
        "Queues of a routing profile, each on one channel; as many for manual assignment",
        full "A routing profile may have at most {} queues, each counted once for a channel";
    /// Predefined attributes of an instance, those of the system not counted (administration 1.4).
    predefined_attributes_per_instance: 150 N of instance,
        "Predefined attributes of an instance, those of the system not counted",
        counter PREDEFINED_ATTRIBUTES = "predefined_attributes";
    /// Functions associated with an instance (administration 2.11.2).
    functions_per_instance: 50 N of instance, "Functions associated with an instance",
        counter FUNCTIONS = "functions";
    /// Tasks of an instance that are not completed (tasks 2.3.20, 2.3.21).
    open_tasks_per_instance: 2500 N of instance, "Tasks of an instance that are not completed",
        full "An instance may have at most {} open tasks";
    /// Tasks that name the same PreviousContactId (tasks 2.3.20).
    tasks_per_previous_contact: 12 N of instance, "Tasks that name the same PreviousContactId",
        full "PreviousContactId: a contact may have at most {} tasks after it";
    /// References of one task (B82).
    references_per_task: 1000 N of instance, "References of a task";
    /// UTF-8 bytes of the names and values of one task's references together (B82).
    reference_bytes_per_task: 1048576 BYTES of instance, "Names and values of the references of a task together";
    /// Length of a chain of tasks that flows create one from another, counted from the last one that a client created
    /// (B82).
    task_generations: 100 N of instance,
        "Tasks that flows make one from the other, counted from the last one that a client made";
    /// Tasks that flows create from one task that a client created, one from the other, in all (B139).
    task_descendants: 1000 N of instance,
        "Tasks that flows make from one that a client made, one from the other, in all",
        full "Flows may make at most {} tasks from one that a client made";
    /// Tasks that one SearchContacts examines for filters that the store cannot apply (B61).
    tasks_per_search: 50000 N of instance,
        "Tasks that one SearchContacts looks into for names, tags, attributes or routing";
}

/// The answers when a quota is used up.
pub(crate) struct Full<'a>(&'a Limits);

impl Limits {
    /// The quotas on the references of one task.
    pub(crate) fn references(&self) -> ReferenceLimits {
        ReferenceLimits { count: self.references_per_task, bytes: self.reference_bytes_per_task }
    }

    /// The per-instance quota with this name in the settings; `None` when there is none.
    pub fn of_instance(&mut self, name: &str) -> Option<&mut u64> {
        let quota = Self::TABLE.iter().find(|quota| quota.of_instance && quota.name == name)?;
        Some((quota.of)(self))
    }

    /// The answer when one of them is used up.
    pub(crate) fn full(&self) -> Full<'_> {
        Full(self)
    }
}

/// A quota as the bound of a counter; `0` lifts it.
pub(crate) fn bound(limit: u64) -> Option<i64> {
    (limit > 0).then(|| i64::try_from(limit).unwrap_or(i64::MAX))
}
