//! The machine behind `run::advance`: it enters flows, keeps the stack of modules, waits, counts steps, and follows transitions
//! (flows 4, 8, 9). What a single action does is in `actions`; what state a task may be in, in `contact`.

use serde_json::{Value, json};
use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use super::actions::{self, ActionOutcome};
use super::document::{Action, ActionType, Condition, Document, ErrorType};
use super::run::{
    Answer, Ask, Env, FlowFact, FlowLog, FlowOutcome, FlowRef, Frame, Later, MODULE_LEVELS_MAX, Next, Run, RunKind,
    SLICE, STEPS_MAX,
};
use super::value::{View, holds, length, resolved, whole, written};
use crate::contact::{Contact, DisconnectReason, Event, Refusal};

/// Longest JSON text of parameters in a line of the flow log, in bytes; what is longer is shown as a cut text.
const LOGGED_BYTES_MAX: usize = 4096;

/// Bytes of parameters and of what they look up that count as one more action (B16).
const STEP_BYTES: usize = 2048;

/// Works on the run of this kind until it waits, ends, or needs something from the caller (flows 9). With `answer` it
/// continues where the last call asked. Without, an action that asked before asks again, for an external call with the
/// same token (flows 9.1). A run that is not there, still waits, awaits a function, or is suspended by a pause (tasks
/// 2.7.8) is left alone; an answer is taken all the same where the external effect has happened already.
pub fn advance(env: &mut Env<'_>, kind: RunKind, answer: Option<Answer>) -> Next {
    match Machine::take(env, kind) {
        Some(machine) => machine.work(answer),
        None => Next::Suspended,
    }
}

/// A run that was taken out of its contact to be worked on.
pub(super) struct Machine<'m, 'e> {
    /// What it works on.
    pub(super) env: &'m mut Env<'e>,
    /// The run.
    pub(super) run: Run,
    /// The contents of its frames, outermost first, as far as they are loaded.
    documents: Vec<Arc<Document>>,
    /// Its index among the runs of the contact.
    place: usize,
    /// Bytes that the present action has looked up.
    looked_up: Cell<usize>,
}

/// How to continue after a step.
enum Then {
    /// Continue with what comes next.
    Go,
    /// Stop here; the run stays.
    Suspended,
    /// Stop here; the run is over.
    Over,
    /// Ask.
    Ask(Ask),
}

/// How a flow or module is left.
enum Leave {
    /// By EndFlowModuleExecution.
    Return { result: Option<String>, data: Option<Value> },
    /// Without a decision.
    Fall,
}

impl<'m, 'e> Machine<'m, 'e> {
    /// Takes the run out of the contact.
    pub(super) fn take(env: &'m mut Env<'e>, kind: RunKind) -> Option<Self> {
        let place = env.contact.runs.iter().position(|run| run.kind == kind)?;
        let run = env.contact.runs.remove(place);
        Some(Self { env, run, documents: Vec::new(), place, looked_up: Cell::new(0) })
    }

    /// Works, and puts the run back unless it is over.
    pub(super) fn work(mut self, mut answer: Option<Answer>) -> Next {
        let mut left = SLICE;
        loop {
            let before = self.run.steps;
            match self.part(&mut answer) {
                Then::Go if left == 0 && answer.is_none() => {
                    self.put_back();
                    return Next::More;
                }
                Then::Go => left = left.saturating_sub(self.run.steps.saturating_sub(before).max(1)),
                Then::Over => return Next::Suspended,
                Then::Suspended => {
                    for frame in &mut self.run.frames {
                        frame.answered = 0;
                    }
                    self.put_back();
                    return Next::Suspended;
                }
                Then::Ask(ask) => {
                    self.put_back();
                    return Next::Ask(ask);
                }
            }
        }
    }

    fn put_back(self) {
        let runs = &mut self.env.contact.runs;
        runs.insert(self.place.min(runs.len()), self.run);
    }

    /// Time of this work, epoch milliseconds.
    pub(super) fn now_ms(&self) -> i64 {
        self.env.cx.at.now_ms
    }

    /// What its values are looked up in.
    pub(super) fn view(&self) -> View<'_> {
        let Env { contact, attributes, cx, .. } = &*self.env;
        View { contact, attributes, run: &self.run, scope: cx.at.scope, bytes: &self.looked_up }
    }

    /// Applies an event to the contact.
    pub(super) fn apply(&mut self, event: Event) -> Result<(), Refusal> {
        let Env { contact, effects, cx, .. } = &mut *self.env;
        contact.apply(event, effects, cx)
    }

    /// The contact, for a change of data that is no event.
    pub(super) fn touched(&mut self) -> &mut Contact {
        self.env.contact.times.updated_ms = self.now_ms();
        self.env.contact
    }

    /// The token of the present action's external effect, the same for a retry (flows 9.1).
    pub(super) fn token(&self) -> String {
        self.run.token(&self.env.contact.id)
    }

    fn part(&mut self, answer: &mut Option<Answer>) -> Then {
        if !self.env.contact.is_active() {
            return Then::Over; // flows 9.7
        }
        if self.run.deadline_ms.is_some_and(|deadline| deadline <= self.now_ms()) {
            return self.finish();
        }
        let acted = matches!(answer, Some(Answer::Function(_) | Answer::Task(_) | Answer::Done(_)));
        if !acted && (self.halted() || self.run.call_until_ms.is_some_and(|until| self.now_ms() < until)) {
            return Then::Suspended;
        }
        self.run.call_until_ms = None;
        if self.run.wake_ms.is_some_and(|wake| self.now_ms() < wake) {
            return Then::Suspended;
        }
        if let Some(id) = self.run.entering.clone() {
            return self.enter(id, answer);
        }
        if let Some(then) = self.load(answer) {
            return then;
        }
        self.act(answer)
    }

    /// A pause stops flows before their next action (tasks 2.7.8), and so does a state in which flows of this kind do not run.
    fn halted(&self) -> bool {
        !self.env.contact.may_run(self.run.kind)
    }

    /// Enters the flow or module the run begins with (flows 1.12, 5; tasks 2.6.5, 2.12.5).
    fn enter(&mut self, id: String, answer: &mut Option<Answer>) -> Then {
        let Some(Answer::Flow(fact)) = answer.take() else {
            return Then::Ask(Ask::Flow { id, module: self.run.kind == RunKind::WrapUp });
        };
        let kind = self.run.kind;
        let Some(FlowFact { flow, .. }) = fact.filter(|fact| enterable(kind, fact)) else {
            self.note(&id, "The flow cannot be entered: it is missing, not published, archived, or of an unfit type.");
            return self.give_up();
        };
        self.run.entering = None;
        self.run.frames = vec![new_frame(flow)];
        Then::Go
    }

    /// Ensures that every frame has its content, outermost first, and begins the topmost. `None` when the topmost is
    /// ready.
    fn load(&mut self, answer: &mut Option<Answer>) -> Option<Then> {
        while let Some(frame) = self.run.frames.get(self.documents.len()) {
            let sha256 = frame.flow.sha256.clone();
            let document = match self.env.documents.get(&sha256) {
                Some(document) => {
                    // An answer that the caller has at hand too must not be taken for that of the next frame.
                    answer.take_if(|answer| matches!(answer, Answer::Document(Some(_))));
                    Some(document)
                }
                None => match answer.take() {
                    Some(Answer::Document(document)) => document,
                    // An answer to something else will be asked for again.
                    _ => return Some(Then::Ask(Ask::Document { sha256 })),
                },
            };
            let Some(document) = document else { return Some(self.vanished(self.documents.len())) };
            self.documents.push(document);
        }
        let Some(frame) = self.run.frames.last_mut() else { return Some(self.finish()) };
        if !frame.action.is_empty() {
            return None;
        }
        let start = self.documents.last().and_then(|document| document.actions.get(document.start));
        match start.map(|action| action.identifier.clone()).filter(|identifier| !identifier.is_empty()) {
            Some(identifier) => frame.action = identifier,
            None => return Some(self.vanished(self.run.frames.len() - 1)),
        }
        let first = self.run.kind == RunKind::Main && self.env.contact.times.connected_to_system_ms.is_none();
        if first && self.apply(Event::FlowBegan).is_err() {
            return Some(self.give_up());
        }
        None
    }

    /// The content of a frame is gone: a module that has not begun is an error of its caller (flows 8.9), everything else stops.
    fn vanished(&mut self, n: usize) -> Then {
        let frame = &self.run.frames[n];
        if n > 0 && n + 1 == self.run.frames.len() && frame.action.is_empty() && frame.flow.module {
            return self.leave(Leave::Fall);
        }
        let id = frame.flow.id.clone();
        self.note(&id, "The content of the flow cannot be read.");
        self.give_up()
    }

    /// Runs one action, or ends its wait.
    fn act(&mut self, answer: &mut Option<Answer>) -> Then {
        let Some((document, index)) = self.position() else { return self.vanished(self.run.frames.len() - 1) };
        let action = &document.actions[index];
        if self.run.wake_ms.take().is_some() {
            (self.run.steps, self.run.transfers) = (0, 0);
            if let Some(Later { action, .. }) = self.run.later.take() {
                return self.go_to(&action);
            }
            if action.kind == ActionType::Wait {
                return self.done(action, ActionOutcome::Branch("WaitCompleted".to_owned()), None);
            }
        }
        if self.run.steps >= STEPS_MAX && answer.is_none() {
            let (kind, identifier) = (action.kind.as_str(), action.identifier.as_str());
            let reason = format!("The flow ran {STEPS_MAX} actions without waiting; the contact ends.");
            self.push_log(kind, identifier, Value::Null, FlowOutcome::Error(reason));
            return self.end(DisconnectReason::Other);
        }
        let parameters = self.logging().then(|| {
            let parameters = Value::Object(action.parameters.clone());
            resolved(&parameters, &self.view()).unwrap_or(parameters)
        });
        // What only the log wanted does not count.
        self.looked_up.set(0);
        let outcome = actions::run(self, action, answer.take().as_ref());
        self.done(action, outcome, parameters.as_ref())
    }

    /// The content of the topmost frame and the index of its action.
    fn position(&self) -> Option<(Arc<Document>, usize)> {
        let frame = self.run.frames.last()?;
        let document = self.document()?;
        let index = document.index_of(&frame.action)?;
        Some((document, index))
    }

    /// The content of the topmost frame, if it is loaded.
    pub(super) fn document(&self) -> Option<Arc<Document>> {
        self.run.frames.len().checked_sub(1).and_then(|top| self.documents.get(top)).cloned()
    }

    fn go_to(&mut self, action: &str) -> Then {
        if let Some(frame) = self.run.frames.last_mut() {
            action.clone_into(&mut frame.action);
            frame.answered = 0;
        }
        Then::Go
    }

    /// Does what came of an action.
    fn done(&mut self, action: &Action, outcome: ActionOutcome, parameters: Option<&Value>) -> Then {
        match outcome {
            ActionOutcome::Ask(ask) => {
                // The answer is taken up without looking up all of it again.
                self.run.steps = self.run.steps.saturating_add(weight(self.looked_up.take()));
                return Then::Ask(ask);
            }
            ActionOutcome::Wait(until_ms) => {
                self.run.wake_ms = Some(until_ms);
                return Then::Suspended;
            }
            ActionOutcome::Call { .. } => {} // its line comes with its result
            _ => self.log(action, &outcome, parameters),
        }
        match outcome {
            ActionOutcome::Ask(_) | ActionOutcome::Wait(_) => Then::Suspended,
            ActionOutcome::Call { flow, input } => self.call(flow, input),
            ActionOutcome::Enter(flow) => {
                self.count(action);
                self.transfer(flow)
            }
            ActionOutcome::Return { result, data } => {
                self.count(action);
                self.leave(Leave::Return { result, data })
            }
            ActionOutcome::Leave => {
                self.count(action);
                self.leave(Leave::Fall)
            }
            ActionOutcome::Over => Then::Over,
            ActionOutcome::End(reason) => self.end(reason),
            outcome @ (ActionOutcome::Next
            | ActionOutcome::Result(_)
            | ActionOutcome::Branch(_)
            | ActionOutcome::Error(_)
            | ActionOutcome::Unsupported) => {
                let target = target(action, &outcome, &self.view());
                self.count(action);
                self.follow(target)
            }
        }
    }

    /// Counts the action. One with long parameters or operands, or that looked up long values, counts as several: the limit
    /// bounds work (B16).
    fn count(&mut self, action: &Action) {
        let parameters: usize = action.parameters.iter().map(|(name, value)| name.len() + length(value)).sum();
        let operands: usize = action.conditions.iter().map(|condition| condition.operand.len()).sum();
        let more = parameters + operands + self.looked_up.take();
        self.run.steps = self.run.steps.saturating_add(weight(more)).saturating_add(1);
        self.run.total_steps = self.run.total_steps.saturating_add(1);
    }

    /// Goes to the action at `target` of the topmost frame; without target its flow is left.
    fn follow(&mut self, target: Option<usize>) -> Then {
        let document = self.document();
        let action = document.as_ref().zip(target).and_then(|(document, target)| document.actions.get(target));
        match action {
            Some(action) => self.go_to(&action.identifier),
            None => self.leave(Leave::Fall),
        }
    }

    /// Pushes a module (flows 8.6, 8.8).
    fn call(&mut self, flow: FlowRef, input: Option<Value>) -> Then {
        let task = self.run.frames.last().and_then(|frame| frame.local.get("Task").cloned());
        let mut frame = new_frame(flow);
        frame.local.extend(task.map(|task| ("Task".to_owned(), task)));
        frame.local.extend(input.map(|input| ("Modules".to_owned(), json!({ "Input": input }))));
        self.run.frames.push(frame);
        Then::Go
    }

    /// Goes on in another flow; what was local to this one is gone (flows 3.8, 7.1.8).
    fn transfer(&mut self, flow: FlowRef) -> Then {
        (self.run.frames, self.documents) = (vec![new_frame(flow)], Vec::new());
        self.run.later = None;
        self.run.transfers = self.run.transfers.saturating_add(1);
        self.env.contact.flow_entries += 1;
        self.run.entry = self.env.contact.flow_entries;
        Then::Go
    }

    /// Leaves the topmost flow or module: back to the caller of a module (flows 8.6, 8.7), else the run is over.
    fn leave(&mut self, mut how: Leave) -> Then {
        loop {
            if let Some(later) = self.run.later.as_ref().filter(|later| later.depth >= self.run.frames.len()) {
                self.run.wake_ms = Some(later.due_ms);
                return Then::Go;
            }
            self.run.frames.pop();
            self.documents.truncate(self.run.frames.len());
            let Some((document, index)) = self.position() else { return self.finish() };
            let action = &document.actions[index];
            let outcome = match how {
                Leave::Return { result, data } => {
                    self.returned(result.as_deref(), data.as_ref());
                    result.map_or(ActionOutcome::Next, ActionOutcome::Branch)
                }
                Leave::Fall => ActionOutcome::Error(ErrorType::NoMatchingError),
            };
            self.log(action, &outcome, None);
            self.count(action);
            match target(action, &outcome, &self.view()) {
                Some(target) => return self.follow(Some(target)),
                None => how = Leave::Fall,
            }
        }
    }

    /// What a module gave its caller: `$.Modules` (flows 3.7, 8.6).
    fn returned(&mut self, result: Option<&str>, data: Option<&Value>) {
        let Some(frame) = self.run.frames.last_mut() else { return };
        let input = frame.local.get("Modules").and_then(|modules| modules.get("Input")).cloned();
        let modules = json!({"Input": input, "Result": result, "ResultData": data});
        frame.local.insert("Modules".to_owned(), modules);
    }

    /// The flow is over without a decision (flows 5).
    fn finish(&mut self) -> Then {
        // A refusal leaves the contact as it is: then there is nothing that this run could still change.
        let _ = self.apply(Event::RunEnded { kind: self.run.kind });
        Then::Over
    }

    /// Ends the contact (flows 7.5.1). A wrap-up module is followed by the real end anyway (tasks 2.12.4).
    fn end(&mut self, reason: DisconnectReason) -> Then {
        if self.run.kind == RunKind::WrapUp {
            return self.finish();
        }
        let _ = self.apply(Event::End { reason });
        Then::Over
    }

    /// The flow cannot run: the main flow ends the contact (tasks 2.6.5), another one is skipped (flows 1.12).
    fn give_up(&mut self) -> Then {
        match self.run.kind {
            RunKind::Main => self.end(DisconnectReason::Other),
            kind => {
                let queue_flow = self.env.queue_flow.map(str::to_owned);
                // Refused where no such run belongs to the state: then it is simply over.
                let _ = self.apply(Event::RunSkipped { kind, queue_flow });
                Then::Over
            }
        }
    }

    fn logging(&self) -> bool {
        self.env.contact.flow_logging
    }

    /// One line for an action (flows 7.4.7, 9.8). The switch itself is logged on both sides.
    fn log(&mut self, action: &Action, outcome: &ActionOutcome, parameters: Option<&Value>) {
        if self.logging() || parameters.is_some() {
            let parameters = parameters.cloned().unwrap_or_else(|| Value::Object(action.parameters.clone()));
            let text = parameters.to_string();
            let parameters = match text.get(..text.floor_char_boundary(LOGGED_BYTES_MAX)) {
                Some(cut) if text.len() > LOGGED_BYTES_MAX => json!(format!("{cut}…")),
                _ => parameters,
            };
            self.push_log(action.kind.as_str(), &action.identifier, parameters, outcome.outcome());
        }
    }

    /// A line about a flow that cannot run.
    fn note(&mut self, flow_id: &str, reason: &str) {
        self.push_log("", "", json!({ "ContactFlowId": flow_id }), FlowOutcome::Error(reason.to_owned()));
    }

    fn push_log(&mut self, kind: &str, identifier: &str, parameters: Value, outcome: FlowOutcome) {
        let flow = self.run.frames.last().map(|frame| &frame.flow);
        self.env.log.push(FlowLog {
            contact_id: self.env.contact.id.clone(),
            flow_id: flow.map(|flow| flow.id.clone()).unwrap_or_default(),
            flow_name: flow.map(|flow| flow.name.clone()).unwrap_or_default(),
            module_type: kind.to_owned(),
            identifier: identifier.to_owned(),
            timestamp_ms: self.now_ms(),
            parameters,
            outcome,
        });
    }

    /// Whether one more module may be called (flows 8.8).
    pub(super) fn may_call(&self) -> bool {
        self.run.frames.iter().filter(|frame| frame.flow.module).count() < MODULE_LEVELS_MAX
    }
}

/// How many actions these bytes count as.
fn weight(bytes: usize) -> u32 {
    u32::try_from(bytes / STEP_BYTES).unwrap_or(u32::MAX)
}

fn new_frame(flow: FlowRef) -> Frame {
    Frame {
        flow,
        action: String::new(),
        loops: Default::default(),
        flow_attributes: Default::default(),
        local: Default::default(),
        answered: 0,
    }
}

/// May a run of this kind begin with this flow (flows 1.12, 5)?
fn enterable(kind: RunKind, fact: &FlowFact) -> bool {
    let fits = match kind {
        RunKind::WrapUp => return fact.flow.module,
        RunKind::Main => transferable(&fact.flow),
        RunKind::Pause | RunKind::Resume => fact.flow.flow_type == "CONTACT_FLOW",
        RunKind::CustomerQueue => fact.flow.flow_type == "CUSTOMER_QUEUE",
        RunKind::AgentWhisper => fact.flow.flow_type == "AGENT_WHISPER",
    };
    fits && !fact.archived && !fact.flow.module
}

/// May a task be sent into this flow (flows 7.1.8)?
pub(super) fn transferable(flow: &FlowRef) -> bool {
    !flow.module && matches!(flow.flow_type.as_str(), "CONTACT_FLOW" | "AGENT_TRANSFER" | "QUEUE_TRANSFER")
}

/// Where an action leads (flows 4); `None` when nothing is wired.
fn target(action: &Action, outcome: &ActionOutcome, view: &View<'_>) -> Option<usize> {
    match outcome {
        ActionOutcome::Result(result) => {
            condition(action, Some(result), view).or_else(|| on_error(action, ErrorType::NoMatchingCondition))
        }
        // flows 8.6: a result without condition is no error.
        ActionOutcome::Branch(result) => condition(action, Some(&json!(result)), view)
            .or_else(|| action.target_of(ErrorType::NoMatchingCondition))
            .or(action.next),
        ActionOutcome::Error(error) => on_error(action, *error),
        // flows 5.4, 7.6: whatever is wired; in a queue flow, the flow ends rather than looping.
        ActionOutcome::Unsupported => (action.target_of(ErrorType::NoMatchingError))
            .or(action.first_error)
            .or_else(|| action.next.filter(|_| view.run.kind != RunKind::CustomerQueue)),
        _ => action.next,
    }
}

fn condition(action: &Action, result: Option<&Value>, view: &View<'_>) -> Option<usize> {
    let result = result.filter(|result| !result.is_null());
    let text = result.and_then(written);
    let found = action.conditions.iter().find(|condition| {
        operand(action, condition, view)
            .is_some_and(|operand| holds(condition.operator, result, text.as_deref(), &operand))
    });
    found.map(|condition| condition.next)
}

/// What a result is compared with. In a comparison it may be one path, looked up now; one that leads to nothing makes the condition
/// false (flows 4.4).
fn operand<'a>(action: &Action, condition: &'a Condition, view: &View<'_>) -> Option<Cow<'a, str>> {
    let dynamic = action.kind == ActionType::Compare && condition.operand.starts_with('$');
    if dynamic { whole(&condition.operand, view).map(Cow::Owned) } else { Some(Cow::Borrowed(&condition.operand)) }
}

/// The entry of that error, else NoMatchingError, else NextAction (flows 4.6, 4.7).
fn on_error(action: &Action, error: ErrorType) -> Option<usize> {
    action.target_of(error).or_else(|| action.target_of(ErrorType::NoMatchingError)).or(action.next)
}
