//! Runs the flows of a task as far as they go without anything from outside. What they change stays in memory: the worker
//! commits it ([`super::drive`]), and a new task's first steps go into the commit that makes it.

use std::collections::HashMap;
use std::sync::Arc;

use engine::contact::start::Started;
use engine::contact::{self as life, Attributes, Contact, Counted, Effects, Event, InitiationMethod, State};
use engine::flow::document::Document;
use engine::flow::run::{Answer, Ask, Documents, Env, FlowLog, NewTask, Next, QueueFact, RunKind, Wanted, advance};

use super::answers;
use crate::flow::default_queue_flow;
use crate::unit::UnitOfWork;
use crate::{Cx, Error, Result};

/// Slices of a flow between two commits (a thousand actions and some).
const SLICES: u32 = 32;
/// Timers handled in one go: each advances the task, so more indicate a defect.
const TIMERS: usize = 32;

/// Contents that this task's flows requested.
#[derive(Default)]
pub(super) struct Loaded(HashMap<String, Arc<Document>>);

impl Documents for Loaded {
    fn get(&self, sha256: &str) -> Option<Arc<Document>> {
        self.0.get(sha256).cloned()
    }
}

/// An external effect to be performed once, under a token that a repeat reuses.
#[derive(Debug)]
pub(super) enum Outside {
    Function { arn: String, payload: String, limit_s: u8, asynchronous: bool, token: String },
    CreateTask { task: Box<NewTask>, token: String },
    WriteAttributes { contact_id: String, attributes: Attributes, token: String },
}

impl Outside {
    /// Converts a request of this sort. `token` names the action of the run that makes it.
    pub(super) fn of(ask: Ask, token: impl FnOnce() -> String) -> std::result::Result<Self, Ask> {
        match ask {
            Ask::Function { arn, payload, limit_s, asynchronous, token } => {
                Ok(Self::Function { arn, payload, limit_s, asynchronous, token })
            }
            Ask::CreateTask { task, token } => Ok(Self::CreateTask { task, token }),
            Ask::WriteAttributes { contact_id, attributes } => {
                Ok(Self::WriteAttributes { contact_id, attributes, token: token() })
            }
            other => Err(other),
        }
    }

    pub(super) fn token(&self) -> &str {
        match self {
            Self::Function { token, .. } | Self::CreateTask { token, .. } | Self::WriteAttributes { token, .. } => {
                token
            }
        }
    }
}

/// Where a flow stopped.
pub(super) enum Stop {
    /// It waits, or has ended.
    Suspended,
    /// It needs an external effect.
    Act(Outside),
    /// It continues, but its progress must be stored: otherwise a concurrent change of the task would undo all of it. Also
    /// when the server stops.
    Store,
}

/// The queue that a task waits in, also while it is offered.
fn waits_in(contact: &Contact) -> Option<&str> {
    let waits = matches!(contact.state, State::Queued | State::Offered);
    contact.queue.as_ref().filter(|_| waits).map(|stay| stay.queue.id.as_str())
}

/// Names the action that a flow is at (flows 9.1); empty when there is no such flow.
pub(super) fn token_of(contact: &Contact, kind: RunKind) -> String {
    contact.runs.iter().find(|run| run.kind == kind).map(|run| run.token(&contact.id)).unwrap_or_default()
}

/// How far flows may go before their progress is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// [`SLICES`], each as soon as it gets its turn.
    Worker,
    /// One slice, and only while turns are free: a client waits.
    Request,
}

/// A task whose flows run.
pub(super) struct RunningTask<'t> {
    pub(super) contact: &'t mut Contact,
    /// The attributes of its chain.
    pub(super) attributes: &'t mut Attributes,
}

/// What flows did to a task, besides the task itself.
pub(crate) struct Work<'a> {
    cx: &'a Cx<'a>,
    instance: &'a str,
    pace: Pace,
    queue_flow: Option<String>,
    /// The queue that the stored task waits in.
    waits_in: Option<String>,
    pub(super) effects: Effects,
    /// Queues that a flow read.
    queues: Vec<QueueFact>,
    log: Vec<FlowLog>,
}

/// The first steps of a new task that is about to be stored (tasks 2.3.23): what its flow does by itself until it waits, or
/// needs something from outside. The task is left as a worker would have stored it there, and the worker goes on with it.
///
/// All is left to the worker where a lookup fails; where the flow ends the task, which has to find room among the open ones
/// even for a moment (tasks 2.3.20); and for a task that joins a chain, whose attributes others may change.
pub(crate) async fn first_steps<'a>(cx: &'a Cx<'a>, instance: &'a str, started: &mut Started) -> Work<'a> {
    let none = || Work::new(cx, instance);
    let Started { contact, attributes, effects, .. } = &started;
    let may = cx.settings().first_steps && !cx.is_stopping() && contact.chain_id() == contact.id;
    if !may || contact.due_event(cx.now_ms).is_some() || contact.ready_run(cx.now_ms).is_none() {
        return none();
    }
    let mut work = Work { effects: effects.clone(), pace: Pace::Request, ..none() };
    let (mut contact, mut attributes) = (contact.clone(), attributes.clone().unwrap_or_default());
    let task = RunningTask { contact: &mut contact, attributes: &mut attributes };
    match work.flows(task, &mut Loaded::default()).await {
        Ok(_) if contact.times.disconnected_ms.is_none() => {}
        Ok(_) => return none(),
        Err(error) => {
            tracing::warn!(%instance, %error, "the first steps of a task's flow are left to the worker");
            return none();
        }
    }
    *started = Started {
        contact,
        attributes: Some(attributes),
        effects: std::mem::take(&mut work.effects),
        warnings: std::mem::take(&mut started.warnings),
    };
    work
}

impl<'a> Work<'a> {
    /// For a task as it is stored.
    pub(super) fn of(cx: &'a Cx<'a>, instance: &'a str, stored: &Contact) -> Self {
        Self { waits_in: waits_in(stored).map(str::to_owned), ..Self::new(cx, instance) }
    }

    fn new(cx: &'a Cx<'a>, instance: &'a str) -> Self {
        Self {
            cx,
            instance,
            pace: Pace::Worker,
            queue_flow: None,
            waits_in: None,
            effects: Effects::default(),
            queues: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The context in which it runs.
    pub(super) fn cx(&self) -> &'a Cx<'a> {
        self.cx
    }

    /// Runs the flows of a task that may take a step now. Returns where the last one stopped, and which it was.
    pub(super) async fn flows(&mut self, mut task: RunningTask<'_>, documents: &mut Loaded) -> Result<(Stop, RunKind)> {
        let mut last = (Stop::Suspended, RunKind::Main);
        while let Some(kind) = task.contact.ready_run(self.cx.now_ms) {
            last = (self.run(&mut task, kind, None, documents).await?, kind);
            if !matches!(last.0, Stop::Suspended) {
                break;
            }
        }
        Ok(last)
    }

    /// That a queue is not full is a condition of the commit: others may have filled it meanwhile (tasks 3.1.4). A task
    /// that comes back from a pause into its queue is admitted regardless.
    pub(crate) fn bound_queues(&self, comes_back: bool, effects: &Effects, unit: &mut UnitOfWork<'_>) {
        let own = effects.counts.iter().filter(|_| !comes_back).map(|count| (false, count));
        let moves = |contact: &Contact| contact.initiation_method == InitiationMethod::QueueTransfer;
        let moved = effects.successors.iter().filter(|(contact, _)| moves(contact));
        let moved = moved.flat_map(|(_, made)| &made.counts).map(|count| (true, count));
        for (moved, count) in own.chain(moved) {
            if let (Counted::Queue { id }, 1..) = (&count.what, count.by) {
                let fact = self.queues.iter().rfind(|fact| fact.queue.id == *id);
                unit.bound(count.what.clone(), fact.and_then(|fact| fact.most(moved)));
            }
        }
    }

    /// Numbers of queues are read from the store, which the task is to be counted in first. No client waits until all agents of a
    /// queue are counted.
    fn comes_later(&self, contact: &Contact, wanted: &Wanted) -> bool {
        let many = matches!(wanted, Wanted::All { .. }) && self.pace == Pace::Request;
        many || waits_in(contact) != self.waits_in.as_deref()
    }

    /// Handles the timers that are due.
    pub(super) fn timers(&mut self, contact: &mut Contact) -> Result<()> {
        for _ in 0..TIMERS {
            let Some(event) = contact.due_event(self.cx.now_ms) else { return Ok(()) };
            self.apply(contact, event)?;
        }
        Err(Error::internal(format!("more than {TIMERS} timers of one task are due at once")))
    }

    fn apply(&mut self, contact: &mut Contact, event: Event) -> Result<()> {
        let (cx, instance) = (self.cx, self.instance);
        let applied = crate::unit::deciding(cx, instance, |lcx| contact.apply(event, &mut self.effects, lcx));
        applied.map_err(|refusal| Error::internal(format!("a timer was refused: {}", refusal.message)))
    }

    /// Runs one flow until it is suspended, needs an external effect, or has made enough progress to be stored.
    pub(super) async fn run(
        &mut self,
        task: &mut RunningTask<'_>,
        kind: RunKind,
        mut answer: Option<Answer>,
        documents: &mut Loaded,
    ) -> Result<Stop> {
        let mut slices = 0;
        if self.queue_flow.is_none() {
            self.queue_flow = default_queue_flow(self.cx, self.instance).await?;
        }
        loop {
            let turn = match self.pace {
                Pace::Worker => self.cx.flow_turn().await?,
                Pace::Request => match self.cx.try_flow_turn() {
                    Some(turn) => turn,
                    None => return Ok(Stop::Store),
                },
            };
            if answer.is_none() && self.cx.is_stopping() {
                return Ok(Stop::Store);
            }
            let next = self.advance(task, kind, answer.take(), documents);
            drop(turn);
            match next {
                Next::Suspended => return Ok(Stop::Suspended),
                Next::Ask(Ask::Document { sha256 }) => {
                    let document = answers::document(self.cx, self.instance, &sha256).await?;
                    if let Some(document) = &document {
                        documents.0.insert(sha256, Arc::clone(document));
                    }
                    answer = Some(Answer::Document(document));
                }
                Next::More => {
                    slices += 1;
                    if slices == SLICES || self.pace == Pace::Request {
                        return Ok(Stop::Store);
                    }
                    tokio::task::yield_now().await;
                }
                Next::Ask(Ask::Metrics { wanted, .. }) if self.comes_later(task.contact, &wanted) => {
                    return Ok(Stop::Store);
                }
                Next::Ask(ask) => match Outside::of(ask, || token_of(task.contact, kind)) {
                    Err(ask) => {
                        let found = answers::look_up(self.cx, self.instance, ask).await?;
                        if let Answer::Queue(Some(fact)) | Answer::Agent(Some((_, fact))) = &found {
                            self.queues.push(fact.clone());
                        }
                        answer = Some(found);
                    }
                    Ok(outside) => return Ok(Stop::Act(outside)),
                },
            }
        }
    }

    fn advance(
        &mut self,
        task: &mut RunningTask<'_>,
        kind: RunKind,
        answer: Option<Answer>,
        documents: &Loaded,
    ) -> Next {
        let (cx, mut ids) = (self.cx, || self.cx.new_id());
        let at = life::At { scope: cx.home().instance(self.instance), now_ms: cx.now_ms };
        let at = at.not_before(task.contact.times.updated_ms);
        let mut env = Env {
            contact: task.contact,
            attributes: task.attributes,
            effects: &mut self.effects,
            cx: life::Cx { at, ids: &mut ids },
            documents,
            queue_flow: self.queue_flow.as_deref(),
            log: &mut self.log,
        };
        advance(&mut env, kind, answer)
    }

    /// Log lines of flows go to the program's log, under their own target, once what they tell of is stored (flows 7.4.7).
    pub(crate) fn write_log(&self) {
        for line in &self.log {
            tracing::info!(
                target: "flow",
                contact = %line.contact_id,
                flow = ?line.flow_id,
                name = ?line.flow_name,
                action = ?line.module_type,
                identifier = ?line.identifier,
                time_ms = line.timestamp_ms,
                parameters = %line.parameters,
                outcome = ?line.outcome,
                "flow"
            );
        }
    }
}
