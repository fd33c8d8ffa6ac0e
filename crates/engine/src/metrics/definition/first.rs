//! The metrics of GetMetricData, each as one of those of GetMetricDataV2 (administration 5.4.2).

use wire::shapes::{HistoricalMetricName as Name, Statistic, Unit};

use super::{Definition, NO_VALUE, ZERO, definition};
use crate::metrics::group::Key;
use crate::metrics::tally::MetricFilter;

/// A metric of GetMetricData.
#[derive(Clone, Debug)]
pub struct Historical {
    /// What it is.
    pub definition: &'static Definition,
    /// The contacts that count.
    pub filter: Option<MetricFilter>,
    /// Its only statistic.
    pub statistic: Statistic,
    /// Its only unit.
    pub unit: Unit,
}

/// What a name of GetMetricData stands for; `None` for one that the model does not have.
pub fn historical(name: &Name) -> Option<Historical> {
    let method = |values: &'static [&'static str]| Some((Key::InitiationMethod, values));
    let (own, filter) = match name {
        Name::AbandonTime => ("AVG_ABANDON_TIME", None),
        Name::AfterContactWorkTime => ("AVG_AFTER_CONTACT_WORK_TIME", None),
        Name::ApiContactsHandled => ("CONTACTS_HANDLED", method(&["API"])),
        Name::ContactsAbandoned => ("CONTACTS_ABANDONED", None),
        Name::ContactsAgentHungUpFirst => {
            ("CONTACTS_HANDLED", Some((Key::DisconnectReason, &["AGENT_DISCONNECT"][..])))
        }
        Name::ContactsHandled => ("CONTACTS_HANDLED", None),
        Name::ContactsHandledIncoming => ("CONTACTS_HANDLED", method(&["INBOUND", "TRANSFER", "QUEUE_TRANSFER"])),
        Name::ContactsMissed => ("AGENT_NON_RESPONSE", None),
        Name::ContactsQueued => ("CONTACTS_QUEUED", None),
        Name::ContactsTransferredIn => ("CONTACTS_CREATED", method(&["TRANSFER", "QUEUE_TRANSFER"])),
        Name::ContactsTransferredInFromQueue => ("CONTACTS_CREATED", method(&["QUEUE_TRANSFER"])),
        Name::ContactsTransferredOut => ("CONTACTS_TRANSFERRED_OUT", None),
        Name::ContactsTransferredOutFromQueue => ("CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", None),
        Name::HandleTime => ("AVG_HANDLE_TIME", None),
        Name::InteractionTime => ("AVG_INTERACTION_TIME", None),
        Name::InteractionAndHoldTime => ("AVG_INTERACTION_AND_HOLD_TIME", None),
        Name::Occupancy => ("AGENT_OCCUPANCY", None),
        Name::QueueAnswerTime => ("AVG_QUEUE_ANSWER_TIME", None),
        Name::QueuedTime => ("MAX_QUEUED_TIME", None),
        Name::ServiceLevel => ("SERVICE_LEVEL", None),
        Name::CallbackContactsHandled | Name::ContactsHandledOutbound | Name::ContactsHoldAbandons | Name::HoldTime => {
            (ZERO.name, None)
        }
        Name::ContactsConsulted => (NO_VALUE.name, None),
        Name::Unknown(_) => return None,
    };
    let (statistic, unit) = match name {
        Name::QueuedTime => (Statistic::Max, Unit::Seconds),
        Name::Occupancy | Name::ServiceLevel => (Statistic::Avg, Unit::Percent),
        Name::AbandonTime
        | Name::AfterContactWorkTime
        | Name::HandleTime
        | Name::HoldTime
        | Name::InteractionTime
        | Name::InteractionAndHoldTime
        | Name::QueueAnswerTime => (Statistic::Avg, Unit::Seconds),
        _ => (Statistic::Sum, Unit::Count),
    };
    let filter = filter.map(|(key, values)| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        MetricFilter { key, values, negate: false }
    });
    let definition = match own {
        _ if own == ZERO.name => &ZERO,
        _ if own == NO_VALUE.name => &NO_VALUE,
        _ => definition(own)?,
    };
    Some(Historical { definition, filter, statistic, unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name of the model: what it stands for, of which contacts, with which statistic and unit.
    #[test]
    fn administration_5_4_2_names_of_get_metric_data() {
        for (name, own, filter, statistic) in [
            ("ABANDON_TIME", "AVG_ABANDON_TIME", "", "AVG SECONDS"),
            ("AFTER_CONTACT_WORK_TIME", "AVG_AFTER_CONTACT_WORK_TIME", "", "AVG SECONDS"),
            ("API_CONTACTS_HANDLED", "CONTACTS_HANDLED", "API", "SUM COUNT"),
            ("CALLBACK_CONTACTS_HANDLED", "0", "", "SUM COUNT"),
            ("CONTACTS_ABANDONED", "CONTACTS_ABANDONED", "", "SUM COUNT"),
            ("CONTACTS_AGENT_HUNG_UP_FIRST", "CONTACTS_HANDLED", "AGENT_DISCONNECT", "SUM COUNT"),
            ("CONTACTS_CONSULTED", "", "", "SUM COUNT"),
            ("CONTACTS_HANDLED", "CONTACTS_HANDLED", "", "SUM COUNT"),
            ("CONTACTS_HANDLED_INCOMING", "CONTACTS_HANDLED", "INBOUND TRANSFER QUEUE_TRANSFER", "SUM COUNT"),
            ("CONTACTS_HANDLED_OUTBOUND", "0", "", "SUM COUNT"),
            ("CONTACTS_HOLD_ABANDONS", "0", "", "SUM COUNT"),
            ("CONTACTS_MISSED", "AGENT_NON_RESPONSE", "", "SUM COUNT"),
            ("CONTACTS_QUEUED", "CONTACTS_QUEUED", "", "SUM COUNT"),
            ("CONTACTS_TRANSFERRED_IN", "CONTACTS_CREATED", "TRANSFER QUEUE_TRANSFER", "SUM COUNT"),
            ("CONTACTS_TRANSFERRED_IN_FROM_QUEUE", "CONTACTS_CREATED", "QUEUE_TRANSFER", "SUM COUNT"),
            ("CONTACTS_TRANSFERRED_OUT", "CONTACTS_TRANSFERRED_OUT", "", "SUM COUNT"),
            ("CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", "CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", "", "SUM COUNT"),
            ("HANDLE_TIME", "AVG_HANDLE_TIME", "", "AVG SECONDS"),
            ("HOLD_TIME", "0", "", "AVG SECONDS"),
            ("INTERACTION_AND_HOLD_TIME", "AVG_INTERACTION_AND_HOLD_TIME", "", "AVG SECONDS"),
            ("INTERACTION_TIME", "AVG_INTERACTION_TIME", "", "AVG SECONDS"),
            ("OCCUPANCY", "AGENT_OCCUPANCY", "", "AVG PERCENT"),
            ("QUEUED_TIME", "MAX_QUEUED_TIME", "", "MAX SECONDS"),
            ("QUEUE_ANSWER_TIME", "AVG_QUEUE_ANSWER_TIME", "", "AVG SECONDS"),
            ("SERVICE_LEVEL", "SERVICE_LEVEL", "", "AVG PERCENT"),
        ] {
            let found = historical(&Name::parse(name)).unwrap_or_else(|| panic!("{name}"));
            let values = found.filter.map_or_else(String::new, |filter| {
                assert!(!filter.negate);
                assert_eq!(filter.key == Key::DisconnectReason, filter.values == ["AGENT_DISCONNECT"]);
                filter.values.join(" ")
            });
            assert_eq!((found.definition.name, values.as_str()), (own, filter), "{name}");
            assert_eq!(format!("{} {}", found.statistic.as_str(), found.unit.as_str()), statistic, "{name}");
        }
        assert!(historical(&Name::parse("FOO")).is_none());
    }
}
