//! How agents spent their time: pieces of the ledger, and what is open (administration 5.3.1, 5.3.4).

use std::collections::{BTreeMap, HashMap};

use crate::agent::{Agent, EntryState, Outcome, StatusType, TASK};
use crate::contact::{DisconnectReason, InitiationMethod};
use crate::metrics::group::{Dimensions, Key};

/// The longest time that a piece covers, and what pieces do not cross: a day of UTC, milliseconds.
pub const DAY_MS: i64 = 86_400_000;
/// What parts the ids of a place in the hierarchy.
const LEVELS: char = '/';

/// A piece of an agent's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The user.
    pub user_id: String,
    /// Epoch milliseconds.
    pub start_ms: i64,
    /// Epoch milliseconds.
    pub end_ms: i64,
    /// In what.
    pub what: What,
    /// The routing profile that the user had.
    pub routing_profile_id: String,
    /// Ids of the hierarchy groups that the user was in, from level one down, parted by `/`; empty without one.
    pub hierarchy_path: String,
}

/// What a piece is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A status of this type.
    Status(StatusType),
    /// An entry.
    Entry {
        /// Its state.
        state: EntryState,
        /// The task.
        contact_id: String,
        /// The queue that the task came from; `None` for an agent queue.
        queue_id: Option<String>,
        /// How the offer ended, in the piece that ends it.
        outcome: Option<Outcome>,
    },
}

/// What metrics may ask of the task of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferedTask {
    /// How it came to be.
    pub initiation_method: InitiationMethod,
    /// Why it ended.
    pub disconnect_reason: Option<DisconnectReason>,
    /// `connect:Subtype`.
    pub subtype: &'static str,
}

impl Piece {
    /// What is open: the agent's status and entries as they will be written when they are over, up to `now_ms`.
    pub fn open(agent: &Agent, now_ms: i64) -> Vec<Self> {
        let piece = |since_ms: i64, booked_ms: i64, what| Self {
            user_id: agent.user_id.clone(),
            start_ms: since_ms.max(booked_ms),
            end_ms: now_ms,
            what,
            routing_profile_id: agent.routing_profile_id.clone(),
            hierarchy_path: agent.hierarchy_path.clone(),
        };
        let status = &agent.status;
        let online = status.is.kind != StatusType::Offline;
        let own = online.then(|| piece(status.since_ms, status.booked_ms, What::Status(status.is.kind)));
        let entries = agent.entries.iter().map(|entry| {
            let queue_id = entry.queue.as_ref().filter(|queue| !queue.agent).map(|queue| queue.id.clone());
            let contact_id = entry.contact_id.clone();
            let what = What::Entry { state: entry.state, contact_id, queue_id, outcome: None };
            piece(entry.since_ms, entry.booked_ms, what)
        });
        own.into_iter().chain(entries).filter(|piece| piece.start_ms < piece.end_ms).collect()
    }

    /// The part of it within a span; `None` when there is none.
    pub(super) fn within(&self, from_ms: i64, to_ms: i64) -> Option<(i64, i64)> {
        let (from_ms, to_ms) = (self.start_ms.max(from_ms), self.end_ms.min(to_ms));
        (from_ms < to_ms).then_some((from_ms, to_ms))
    }

    /// Whether it is an entry that an agent has in hand.
    pub(super) fn is_contact(&self) -> bool {
        let states = [EntryState::Connected, EntryState::Paused, EntryState::Ended];
        matches!(&self.what, What::Entry { state, .. } if states.contains(state))
    }

    /// Whether it is an error entry.
    pub(super) fn is_error(&self) -> bool {
        let states = [EntryState::Missed, EntryState::Rejected, EntryState::Error];
        matches!(&self.what, What::Entry { state, .. } if states.contains(state))
    }
}

/// A piece with what is known of its task and, where rows ask by the queues of its profile, one of these (administration 5.4.2).
pub(super) struct Seen<'a> {
    pub(super) piece: &'a Piece,
    pub(super) task: Option<OfferedTask>,
    pub(super) pair: Option<(&'a str, &'a str)>,
}

impl Dimensions for Seen<'_> {
    fn value(&self, key: Key) -> Option<&str> {
        let piece = self.piece;
        let entry = match &piece.what {
            What::Status(_) => None,
            What::Entry { queue_id, .. } => Some((queue_id.as_deref(), TASK)),
        };
        match key {
            Key::Agent => Some(&piece.user_id),
            Key::RoutingProfile => Some(&piece.routing_profile_id),
            Key::Hierarchy(level) => piece.hierarchy_path.split(LEVELS).nth(level).filter(|id| !id.is_empty()),
            Key::Queue => match self.pair {
                Some((queue, _)) => Some(queue),
                None => entry?.0,
            },
            Key::Channel => self.pair.map(|(_, channel)| channel).or_else(|| Some(entry?.1)),
            Key::InitiationMethod => Some(self.task?.initiation_method.as_str()),
            Key::DisconnectReason => Some(self.task?.disconnect_reason?.as_str()),
            Key::Subtype => Some(self.task?.subtype),
            Key::QConnectEnabled => Some("FALSE"),
            Key::StepExpression | Key::Other => None,
        }
    }
}

/// Spans of time without overlaps, in order; made of spans that come by their end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// With one more, which ends no earlier than those before it. Returns by how many there are more now.
    pub(super) fn add(&mut self, (mut from_ms, to_ms): (i64, i64)) -> isize {
        let before = self.0.len();
        while let Some((start_ms, _)) = self.0.pop_if(|(_, end_ms)| *end_ms >= from_ms) {
            from_ms = from_ms.min(start_ms);
        }
        self.0.push((from_ms, to_ms));
        self.0.len().cast_signed() - before.cast_signed()
    }

    /// What both have in common.
    pub(super) fn common<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = (i64, i64)> + 's {
        self.0.iter().flat_map(move |(from_ms, to_ms)| {
            let first = other.0.partition_point(|(_, end_ms)| end_ms <= from_ms);
            let rest = other.0[first..].iter().take_while(move |(start_ms, _)| start_ms < to_ms);
            rest.map(move |(start_ms, end_ms)| (*start_ms.max(from_ms), *end_ms.min(to_ms)))
        })
    }

    /// Each of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.0.iter().copied()
    }
}

/// CONNECTING time of offers that have not ended yet, by user and task, milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Ringing(HashMap<(String, String), i64>);

impl Ringing {
    /// A piece of an offer: the whole time when it ends the offer.
    pub(super) fn add(&mut self, user_id: &str, contact_id: &str, ms: i64, ends: bool) -> Option<i64> {
        let key = (user_id.to_owned(), contact_id.to_owned());
        if ends {
            return Some(self.0.remove(&key).unwrap_or(0) + ms);
        }
        *self.0.entry(key).or_default() += ms;
        None
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The spans of one agent in one day.
#[derive(Clone, Debug, Default)]
pub(super) struct AgentDay {
    /// In a status of type ROUTABLE.
    pub(super) routable: Spans,
    /// With an entry in hand, and with an error entry, by row.
    pub(super) rows: BTreeMap<Vec<String>, (Spans, Spans)>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spans(list: &[(i64, i64)]) -> Spans {
        let mut sorted = list.to_vec();
        sorted.sort_by_key(|(_, end)| *end);
        let mut spans = Spans::default();
        let mut n = 0;
        for span in sorted {
            n += spans.add(span);
        }
        assert_eq!(n, spans.0.len().cast_signed());
        spans
    }

    #[test]
    fn spans_that_meet_are_one() {
        for (list, expected) in [
            (&[(0, 1), (2, 3)][..], &[(0, 1), (2, 3)][..]),
            (&[(0, 1), (1, 3)][..], &[(0, 3)][..]),
            (&[(2, 3), (5, 6), (0, 7)][..], &[(0, 7)][..]),
            (&[(0, 2), (4, 6), (5, 8)][..], &[(0, 2), (4, 8)][..]),
        ] {
            assert_eq!(spans(list).iter().collect::<Vec<_>>(), expected, "{list:?}");
        }
    }

    #[test]
    fn pieces_of_an_offer_are_one_time() {
        let mut ringing = Ringing::default();
        assert_eq!(ringing.add("a", "c", 5, false), None);
        assert_eq!(ringing.add("a", "d", 1, true), Some(1));
        assert_eq!(ringing.add("a", "c", 7, false), None);
        assert_eq!((ringing.add("a", "c", 8, true), ringing.len()), (Some(20), 0));
    }

    proptest! {
        /// Spans and what two have in common are what counting moment by moment says.
        #[test]
        fn spans_hold_the_moments_that_they_were_made_of(
            one in prop::collection::vec((0_i64..60, 1_i64..20), 0..12),
            two in prop::collection::vec((0_i64..60, 1_i64..20), 0..12),
        ) {
            let made = |list: &[(i64, i64)]| spans(&list.iter().map(|(from, length)| (*from, from + length)).collect::<Vec<_>>());
            let holds = |list: &[(i64, i64)], at: i64| list.iter().any(|(from, length)| (*from..from + length).contains(&at));
            let (a, b) = (made(&one), made(&two));
            let length = |spans: &mut dyn Iterator<Item = (i64, i64)>| spans.map(|(from, to)| to - from).sum::<i64>();
            let moments = (0..90).filter(|at| holds(&one, *at)).count();
            prop_assert_eq!(length(&mut a.iter()), i64::try_from(moments).unwrap());
            let both = (0..90).filter(|at| holds(&one, *at) && holds(&two, *at)).count();
            prop_assert_eq!(length(&mut a.common(&b)), i64::try_from(both).unwrap());
        }
    }
}
