//! Limits of a task's life.

/// Pauses of one contact (tasks 2.7.6).
pub const PAUSES_MAX: u32 = 10;
/// Transfers in one chain (tasks 2.8.4).
pub const TRANSFERS_MAX: u32 = 11;
/// New start times of one contact (tasks 2.6.2).
pub const RESCHEDULES_MAX: u32 = 20;
/// Changes of template of one contact (tasks 2.13.7).
pub const RETEMPLATES_MAX: u32 = 5;
/// User tags on one contact (tasks 2.14.7).
pub const TAGS_MAX: usize = 6;
/// Tasks whose PreviousContactId is the same (tasks 2.3.20).
pub const LINKED_MAX: i64 = 12;
/// Open tasks of an instance, unless configured otherwise (tasks 2.16).
pub const OPEN_MAX_DEFAULT: i64 = 2_500;
/// Contacts in one agent queue (tasks 3.1.4).
pub const AGENT_QUEUE_MAX: i64 = 10;
/// How long a wrap-up module may run, milliseconds (tasks 2.12.4).
pub const WRAP_UP_MS: i64 = 5 * 60 * 1000;
/// How long an agent whisper flow may run, milliseconds (tasks 3.4.2).
pub const WHISPER_MS: i64 = 2 * 60 * 1000;
/// How long an offer stands unless configured otherwise, milliseconds (tasks 3.4.3).
pub const OFFER_MS_DEFAULT: i64 = 20 * 1000;
/// Moves from queue to queue without a rest of a second in between: queue flows that send a task round and round end there.
pub const QUICK_MOVES_MAX: u32 = 100;
