//! Historical metrics: facts are added one by one, in any number, to the sums of the rows that they are in (administration 5.3, 5.4).

use std::collections::{BTreeMap, HashMap};

use crate::agent::{EntryState, StatusType, TASK};
use crate::contact::Contact;
use crate::metrics::definition::{AgentTime, Definition, Limit, Offer, Source, Sum};
use crate::metrics::fact::{ContactFact, StepFact};
use crate::metrics::group::{Dimensions, Group, Key, Selection, order};
use crate::metrics::interval::Intervals;
use crate::metrics::work::{AgentDay, DAY_MS, OfferedTask, Piece, Ringing, Seen, What};

/// Spans of agents' time and offers under way that are in memory at a time, of all agents: those of one day.
pub const SPANS_MAX: usize = 4_000_000;

/// A metric of a request.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which.
    pub definition: &'static Definition,
    /// Its threshold.
    pub limit: Limit,
    /// All of them must hold of a contact that counts.
    pub filters: Vec<MetricFilter>,
}

/// A filter of one metric (administration 5.4.9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricFilter {
    /// INITIATION_METHOD or DISCONNECT_REASON.
    pub key: Key,
    /// One of these.
    pub values: Vec<String>,
    /// None of them instead.
    pub negate: bool,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The metrics of each row, in order.
    pub metrics: Vec<Wanted>,
    /// Which data counts, and in which rows.
    pub selection: Selection,
    /// Each group has a row for each of these.
    pub intervals: Intervals,
    /// Queues and channels of each routing profile, when agents' time counts in the rows of these (administration 5.4.2); else agents' time
    /// has no queue.
    pub queues_of: Option<BTreeMap<String, Vec<(String, String)>>>,
}

/// Which of the groups are wanted, in their order.
#[derive(Clone, Debug)]
pub struct Window {
    /// From this one on, as [`order`] says it; `None` is from the first.
    pub from: Option<Group>,
    /// Not more than so many.
    pub groups_max: usize,
}

/// More than memory is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

/// Sums of one group.
#[derive(Clone, Debug)]
struct Rows {
    group: Group,
    intervals: Vec<Option<Box<Row>>>,
}

/// Sums of one group in one interval.
#[derive(Clone, Debug, Default)]
struct Row {
    /// One for each metric.
    sums: Vec<Sum>,
    time: AgentTime,
}

/// Adds facts up.
#[derive(Debug)]
pub struct Tally<'q> {
    question: &'q Question,
    window: Window,
    /// The first group that was left out because there were too many before it.
    end: Option<Group>,
    rows: BTreeMap<Group, Rows>,
    work: Work,
}

/// Agents' time of the day that is being read.
#[derive(Debug, Default)]
struct Work {
    /// Until when time counts, epoch milliseconds: what comes is not known.
    until_ms: i64,
    open: Vec<Piece>,
    day_start_ms: i64,
    agents: HashMap<String, AgentDay>,
    ringing: Ringing,
    spans: usize,
}

/// A row of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// A value for each grouping.
    pub group: Group,
    /// Number of the interval.
    pub interval: usize,
    /// A value for each metric; `None` where it cannot be computed (administration 5.1.2).
    pub values: Vec<Option<f64>>,
}

impl Question {
    fn needs(&self, of: impl Fn(Source) -> bool) -> bool {
        self.metrics.iter().any(|metric| of(metric.definition.source))
    }

    /// Whether the records of contacts that ended are to be added.
    pub fn needs_records(&self) -> bool {
        self.needs(|source| matches!(source, Source::Record(_) | Source::Step(_) | Source::Zero | Source::Never))
    }

    /// Whether contacts are to be added that were enqueued.
    pub fn needs_enqueued(&self) -> bool {
        self.needs(|source| matches!(source, Source::Enqueued))
    }

    /// Whether contacts are to be added that were connected to an agent.
    pub fn needs_connected(&self) -> bool {
        self.needs(|source| matches!(source, Source::Connected))
    }

    /// Whether pieces of agents' time are to be added.
    pub fn needs_pieces(&self) -> bool {
        self.needs(|source| matches!(source, Source::Offer(_) | Source::Time(_)))
    }

    /// Whether something is asked of the tasks of offers that the ledger does not know.
    pub fn needs_offered_tasks(&self) -> bool {
        let of_task = |key| matches!(key, Key::InitiationMethod | Key::DisconnectReason | Key::Subtype);
        let filtered = |metric: &Wanted| !metric.filters.is_empty();
        let offers = |metric: &&Wanted| matches!(metric.definition.source, Source::Offer(_));
        let mut offers = self.metrics.iter().filter(offers).peekable();
        offers.peek().is_some() && (self.selection.is_by(of_task) || offers.any(filtered))
    }
}

impl<'q> Tally<'q> {
    /// Nothing yet. Time of agents counts until `until_ms`, epoch milliseconds, and `open` is what goes on then.
    pub fn new(question: &'q Question, window: Window, until_ms: i64, open: Vec<Piece>) -> Self {
        let start_ms = question.intervals.range().0;
        let day_start_ms = start_ms - start_ms.rem_euclid(DAY_MS);
        let work = Work { until_ms, open, day_start_ms, ..Work::default() };
        Self { question, window, end: None, rows: BTreeMap::new(), work }
    }

    /// The record of a contact that has ended.
    pub fn add_record(&mut self, fact: &ContactFact) {
        let Some(interval) = self.question.intervals.at(fact.disconnected_ms).filter(|_| !fact.agent_queue) else {
            return;
        };
        let of_contact = Told { fact, step: fact.steps.last() };
        if let Some(group) = self.question.selection.group(&of_contact) {
            self.add(&group, interval, |metric| match metric.definition.source {
                Source::Record(sum) if metric.counts(&of_contact) => Some(sum(fact, metric.limit)),
                _ => None,
            });
        }
        if self.question.needs(|source| matches!(source, Source::Step(_))) {
            for step in &fact.steps {
                if let Some(group) = self.question.selection.group(&Told { fact, step: Some(step) }) {
                    self.add(&group, interval, |metric| match metric.definition.source {
                        Source::Step(sum) => Some(sum(step.end)),
                        _ => None,
                    });
                }
            }
        }
    }

    /// A contact that was enqueued at some time, ended or not.
    pub fn add_enqueued(&mut self, contact: &Contact) {
        let at_ms = contact.queue.as_ref().map(|stay| stay.enqueued_ms);
        self.add_moment(contact, at_ms, |source| matches!(source, Source::Enqueued));
    }

    /// A contact that was connected to an agent at some time, ended or not.
    pub fn add_connected(&mut self, contact: &Contact) {
        let at_ms = contact.agent.as_ref().map(|stay| stay.connected_ms);
        self.add_moment(contact, at_ms, |source| matches!(source, Source::Connected));
    }

    fn add_moment(&mut self, contact: &Contact, at_ms: Option<i64>, of: impl Fn(Source) -> bool) {
        let fact = ContactFact::so_far(contact);
        let interval = at_ms.filter(|_| !fact.agent_queue).and_then(|ms| self.question.intervals.at(ms));
        let of_contact = Told { fact: &fact, step: fact.steps.last() };
        let group = self.question.selection.group(&of_contact);
        if let Some((interval, group)) = interval.zip(group) {
            let one = Sum { sum: 1, of: 0 };
            self.add(&group, interval, |metric| {
                (of(metric.definition.source) && metric.counts(&of_contact)).then_some(one)
            });
        }
    }

    /// The row of a group in an interval gets these sums, unless its group is not wanted.
    fn add(&mut self, group: &[String], interval: usize, sum: impl Fn(&Wanted) -> Option<Sum>) {
        let metrics = &self.question.metrics;
        let Some(row) = self.row(group, interval) else { return };
        for (metric, own) in metrics.iter().zip(&mut row.sums) {
            if let Some(sum) = sum(metric) {
                own.add(metric.definition.value, sum);
            }
        }
    }

    /// The row of a group in an interval, made if need be; `None` when the group is not wanted.
    fn row(&mut self, group: &[String], interval: usize) -> Option<&mut Row> {
        let own = self.of_group(group)?;
        let metrics = self.question.metrics.len();
        let row = self.rows.get_mut(&own)?.intervals.get_mut(interval)?;
        Some(
            row.get_or_insert_with(|| {
                Box::new(Row { sums: vec![Sum::default(); metrics], time: AgentTime::default() })
            }),
        )
    }

    /// Notes that a group has data. `None` when it is not wanted: it is before the window, or behind the groups that fill it.
    fn of_group(&mut self, group: &[String]) -> Option<Group> {
        let own = order(group);
        let before = self.window.from.as_ref().is_some_and(|from| own < *from);
        if before || self.end.as_ref().is_some_and(|end| own >= *end) {
            return None;
        }
        if !self.rows.contains_key(&own) {
            let intervals = vec![None; self.question.intervals.len()];
            self.rows.insert(own.clone(), Rows { group: group.to_vec(), intervals });
            if self.rows.len() > self.window.groups_max {
                self.end = self.rows.pop_last().map(|(last, _)| last);
            }
        }
        (self.end.as_ref() != Some(&own)).then_some(own)
    }

    /// A piece of an agent's time. Pieces come by their end. `task` is what is known of the task of an offer that this piece ends.
    ///
    /// # Errors
    /// [`SPANS_MAX`] is exceeded.
    pub fn add_piece(&mut self, piece: &Piece, task: Option<OfferedTask>) -> Result<(), TooMuch> {
        while piece.end_ms > self.work.day_start_ms + DAY_MS {
            self.end_day()?;
        }
        self.add_time(piece)?;
        if let What::Entry { state: EntryState::Connecting, contact_id, outcome, .. } = &piece.what {
            let ms = piece.end_ms - piece.start_ms;
            let whole_ms = self.work.ringing.add(&piece.user_id, contact_id, ms, outcome.is_some());
            if let Some((connecting_ms, outcome)) = whole_ms.zip(*outcome) {
                self.add_offer(piece, task, Offer { outcome, connecting_ms });
            }
        }
        if self.work.spans + self.work.ringing.len() > SPANS_MAX { Err(TooMuch) } else { Ok(()) }
    }

    fn add_offer(&mut self, piece: &Piece, task: Option<OfferedTask>, offer: Offer) {
        let offers = self.question.needs(|source| matches!(source, Source::Offer(_)));
        let interval =
            self.question.intervals.at(piece.end_ms).filter(|_| offers && piece.end_ms <= self.work.until_ms);
        let seen = Seen { piece, task, pair: None };
        if let Some((interval, group)) = interval.zip(self.question.selection.group(&seen)) {
            self.add(&group, interval, |metric| match metric.definition.source {
                Source::Offer(sum) if metric.counts(&seen) => Some(sum(offer)),
                _ => None,
            });
        }
    }

    /// Statuses count at once; entries, which overlap, at the end of the day.
    fn add_time(&mut self, piece: &Piece) -> Result<(), TooMuch> {
        let (start_ms, end_ms) = self.question.intervals.range();
        let times = self.question.needs(|source| matches!(source, Source::Time(_)));
        let span = piece.within(start_ms, end_ms.min(self.work.until_ms)).filter(|_| times);
        let Some(span) = span else { return Ok(()) };
        let groups = self.groups_of(piece);
        for group in &groups {
            if self.of_group(group).is_some() {
                self.add_span(piece, span, group);
            }
        }
        if piece.what == What::Status(StatusType::Routable) {
            let day = self.work.agents.entry(piece.user_id.clone()).or_default();
            self.work.spans = self.work.spans.saturating_add_signed(day.routable.add(span));
        }
        if self.work.spans > SPANS_MAX { Err(TooMuch) } else { Ok(()) }
    }

    fn add_span(&mut self, piece: &Piece, span: (i64, i64), group: &[String]) {
        match &piece.what {
            What::Status(kind) => {
                let kind = *kind;
                self.add_ms(group, span, |time, ms| {
                    time.online += ms;
                    match kind {
                        StatusType::Routable => time.routable += ms,
                        StatusType::Custom => time.custom += ms,
                        StatusType::Offline => {}
                    }
                });
            }
            What::Entry { .. } => {
                if piece.is_contact() {
                    self.add_ms(group, span, |time, ms| time.entries += ms);
                }
                let day = self.work.agents.entry(piece.user_id.clone()).or_default();
                let (contact, error) = day.rows.entry(group.to_vec()).or_default();
                let more = match (piece.is_contact(), piece.is_error()) {
                    (true, _) => contact.add(span),
                    (_, true) => error.add(span),
                    (false, false) => 0,
                };
                self.work.spans = self.work.spans.saturating_add_signed(more);
            }
        }
    }

    fn add_ms(&mut self, group: &[String], (from_ms, to_ms): (i64, i64), add: impl Fn(&mut AgentTime, i64)) {
        let question = self.question;
        for (interval, ms) in question.intervals.parts(from_ms, to_ms) {
            if let Some(row) = self.row(group, interval) {
                add(&mut row.time, ms);
            }
        }
    }

    /// The groups that a piece is in: one, or those of the queues of its profile.
    fn groups_of(&self, piece: &Piece) -> Vec<Group> {
        let selection = &self.question.selection;
        let group = |pair| selection.group(&Seen { piece, task: None, pair });
        let Some(queues_of) = &self.question.queues_of else { return group(None).into_iter().collect() };
        let pairs = queues_of.get(&piece.routing_profile_id).into_iter().flatten();
        let mut groups: Vec<Group> = pairs.filter_map(|(queue, channel)| group(Some((queue, channel)))).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// No more pieces of the day come: what is open joins, and what overlaps is counted once for each agent.
    fn end_day(&mut self) -> Result<(), TooMuch> {
        let from_ms = self.work.day_start_ms;
        let to_ms = from_ms + DAY_MS;
        let open = std::mem::take(&mut self.work.open);
        for piece in &open {
            if let Some((start_ms, end_ms)) = piece.within(from_ms, to_ms) {
                self.add_time(&Piece { start_ms, end_ms, ..piece.clone() })?;
            }
        }
        self.work.open = open;
        self.work.spans = 0;
        self.work.day_start_ms = to_ms;
        for day in std::mem::take(&mut self.work.agents).into_values() {
            for (group, (contact, error)) in &day.rows {
                self.add_all(group, contact.common(&day.routable), |time, ms| time.contact += ms);
                self.add_all(group, error.iter(), |time, ms| time.error += ms);
            }
        }
        Ok(())
    }

    fn add_all(
        &mut self,
        group: &[String],
        spans: impl Iterator<Item = (i64, i64)>,
        add: impl Fn(&mut AgentTime, i64) + Copy,
    ) {
        spans.for_each(|span| self.add_ms(group, span, add));
    }

    /// The rows of the groups in the window, by group and time (administration 5.4.4, 5.4.6), and whether groups follow.
    ///
    /// # Errors
    /// [`SPANS_MAX`] is exceeded.
    pub fn finish(mut self) -> Result<(Vec<Answer>, bool), TooMuch> {
        if self.question.needs_pieces() {
            while self.work.day_start_ms < self.question.intervals.range().1 {
                self.end_day()?;
            }
        }
        let metrics = &self.question.metrics;
        let empty = Row { sums: vec![Sum::default(); metrics.len()], time: AgentTime::default() };
        let mut answers = Vec::new();
        for rows in self.rows.into_values() {
            for (interval, row) in rows.intervals.iter().enumerate() {
                let row = row.as_deref().unwrap_or(&empty);
                let values = metrics.iter().zip(&row.sums).map(|(metric, sum)| metric.value(*sum, &row.time)).collect();
                answers.push(Answer { group: rows.group.clone(), interval, values });
            }
        }
        Ok((answers, self.end.is_some()))
    }
}

impl Wanted {
    fn counts(&self, data: &impl Dimensions) -> bool {
        self.filters.iter().all(|filter| {
            let value = data.value(filter.key);
            value.is_some_and(|value| filter.values.iter().any(|own| own == value)) != filter.negate
        })
    }

    fn value(&self, sum: Sum, time: &AgentTime) -> Option<f64> {
        match self.definition.source {
            Source::Time(of) => of(time).value(self.definition.value),
            Source::Never => None,
            _ => sum.value(self.definition.value),
        }
    }
}

/// A contact with one of its steps.
struct Told<'a> {
    fact: &'a ContactFact,
    step: Option<&'a StepFact>,
}

impl Dimensions for Told<'_> {
    fn value(&self, key: Key) -> Option<&str> {
        let fact = self.fact;
        let agent = || fact.agent.as_ref();
        match key {
            Key::Queue => fact.queue_id.as_deref(),
            Key::RoutingProfile => Some(agent()?.routing_profile_id.as_str()).filter(|id| !id.is_empty()),
            Key::Agent => Some(&agent()?.id),
            Key::Hierarchy(level) => agent()?.hierarchy.get(level).map(String::as_str),
            Key::Channel => Some(TASK),
            Key::InitiationMethod => Some(fact.initiation_method.as_str()),
            Key::DisconnectReason => fact.disconnect_reason.map(crate::contact::DisconnectReason::as_str),
            Key::Subtype => Some(fact.subtype()),
            Key::StepExpression => self.step.map(|step| step.expression.as_str()),
            Key::QConnectEnabled => Some("FALSE"),
            Key::Other => None,
        }
    }
}

#[cfg(test)]
mod tests;
