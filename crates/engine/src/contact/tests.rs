//! Tests of a task's lifecycle: the table of states and events, the rules one by one, texts, and random sequences of
//! events.

mod chains;
mod ends;
mod facts;
mod pauses;
mod random;
mod rules;
mod table;
mod texts;
mod waits;

use wire::ExceptionKind;

use super::start::fresh;
use super::*;
use crate::arn::Home;
use crate::run::RunKind;

/// 2026-03-02T09:15:00Z, when every contact here is made.
const T0: i64 = 1_772_442_900_000;
const MINUTE: i64 = 60_000;

fn scope() -> Scope<'static> {
    Home::new("eu-central-1", "111122223333").instance("11111111-0000-4000-8000-000000000001")
}

fn agent(id: &str) -> AgentRef {
    AgentRef {
        id: id.to_owned(),
        user_name: format!("{id}-name"),
        first_name: "Ada".to_owned(),
        last_name: String::new(),
        routing_profile: ("profile".to_owned(), "Basic Routing Profile".to_owned()),
        acw_limit_s: 60,
        auto_accept: false,
        hierarchy: Vec::new(),
    }
}

fn queue(id: &str) -> QueueRef {
    QueueRef { id: id.to_owned(), name: format!("{id} queue"), agent: false }
}

fn template(id: &str, wrap_up: Option<&str>) -> PinnedTemplate {
    PinnedTemplate {
        id: id.to_owned(),
        version: 3,
        name: "Refund".to_owned(),
        wrap_up_flow_id: wrap_up.map(str::to_owned),
    }
}

/// A contact, its effects so far, and a clock.
#[derive(Clone, Debug, PartialEq)]
struct Life {
    contact: Contact,
    effects: Effects,
    now_ms: i64,
    ids: u32,
}

impl Life {
    fn of(contact: Contact) -> Self {
        Self { contact, effects: Effects::default(), now_ms: T0, ids: 0 }
    }

    /// A new task in its main flow.
    fn new() -> Self {
        let mut life = Self::of(fresh("c1".to_owned(), InitiationMethod::Api, T0));
        life.contact.name = "Call back".to_owned();
        life.with(|contact, effects, cx| {
            contact.start_run(RunKind::Main, "main-flow".to_owned());
            contact.initiated(effects, cx);
        });
        life
    }

    /// A new one that starts an hour later.
    fn scheduled() -> Self {
        let mut life = Self::new();
        life.contact.state = State::Scheduled;
        life.contact.times.scheduled_ms = Some(T0 + 60 * MINUTE);
        life.contact.expiry = start::expiry(start::DEFAULT_EXPIRY_MINUTES, T0 + 60 * MINUTE);
        life
    }

    /// A new one of CreateContact, without a flow.
    fn external() -> Self {
        let mut life = Self::of(fresh("c1".to_owned(), InitiationMethod::Api, T0));
        life.contact.external = true;
        life.with(|contact, effects, cx| contact.initiated(effects, cx));
        life
    }

    /// One that has come into `state` in the ordinary way.
    fn in_state(state: State) -> Self {
        match state {
            State::Scheduled => Self::scheduled(),
            State::InFlow => Self::new(),
            State::Queued => Self::new().then(enqueue("q1")),
            State::Offered => Self::in_state(State::Queued).then(offer("u1")),
            State::Connected => Self::in_state(State::Offered).then(accept("u1")),
            State::Paused => Self::new().then(PAUSE),
            State::WrapUp => {
                let mut life = Self::in_state(State::Connected);
                life.contact.template = Some(template("t1", Some("module")));
                life.then(Event::AgentEnds { completed: true })
            }
            State::Acw => Self::in_state(State::Connected).then(Event::AgentEnds { completed: true }),
            State::Completed => Self::new().then(end(DisconnectReason::Api)),
        }
    }

    fn with<R>(&mut self, act: impl FnOnce(&mut Contact, &mut Effects, &mut Cx<'_>) -> R) -> R {
        let last = &mut self.ids;
        let mut ids = || {
            *last += 1;
            format!("new-{last}")
        };
        let at = At { scope: scope(), now_ms: self.now_ms };
        act(&mut self.contact, &mut self.effects, &mut Cx { at, ids: &mut ids })
    }

    /// Applies an event; a refused one must have changed nothing.
    fn apply(&mut self, event: Event) -> Result<(), ExceptionKind> {
        let before = self.clone();
        let text = format!("{event:?}");
        self.with(|contact, effects, cx| contact.apply(event, effects, cx)).map_err(|refusal| {
            assert!(!refusal.message.is_empty(), "{text}");
            assert_eq!(self.contact, before.contact, "{text} was refused and has changed the contact");
            assert_eq!(self.effects, before.effects, "{text} was refused and has effects");
            refusal.kind
        })
    }

    /// The same for an event that must be possible.
    #[track_caller]
    fn then(mut self, event: Event) -> Self {
        let text = format!("{event:?}");
        assert_eq!(self.apply(event), Ok(()), "{text} of a {:?} contact", self.contact.state);
        self
    }

    /// Some time passes.
    fn after(mut self, ms: i64) -> Self {
        self.now_ms += ms;
        self
    }

    /// Types of the events so far.
    fn events(&self) -> Vec<String> {
        event_types(&self.effects)
    }

    /// The sum of a counter's changes.
    fn count(&self, what: &Counted) -> i64 {
        self.effects.counts.iter().filter(|count| count.what == *what).map(|count| count.by).sum()
    }

    /// The only successor.
    fn successor(&self) -> Self {
        let [(contact, effects)] = self.effects.successors.as_slice() else {
            panic!("{} successors", self.effects.successors.len())
        };
        Self { contact: contact.clone(), effects: effects.clone(), now_ms: self.now_ms, ids: self.ids + 100 }
    }

    /// Kinds of its runs.
    fn runs(&self) -> Vec<RunKind> {
        self.contact.runs.iter().map(|run| run.kind).collect()
    }
}

fn event_types(effects: &Effects) -> Vec<String> {
    effects.events.iter().map(|event| member(&event.detail, "eventType")).collect()
}

/// A text member of a JSON object.
fn member(json: &str, name: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {json}")).to_owned()
}

const PAUSE: Event = Event::Pause { flow_id: None };
const RESUME: Event = Event::Resume { flow_id: None, from_flow: false, queue_flow: None };

fn enqueue(id: &str) -> Event {
    Event::Enqueue { queue: queue(id), queue_flow: Some("default-queue-flow".to_owned()) }
}

fn move_to(id: &str) -> Event {
    Event::MoveToQueue { queue: queue(id), queue_flow: Some("default-queue-flow".to_owned()) }
}

fn offer(user: &str) -> Event {
    Event::Offer { agent: agent(user), until_ms: Some(T0 + limits::OFFER_MS_DEFAULT) }
}

fn accept(user: &str) -> Event {
    Event::Accept { user_id: user.to_owned() }
}

fn end(reason: DisconnectReason) -> Event {
    Event::End { reason }
}

fn transfer() -> Event {
    Event::Transfer { flow_id: "other-flow".to_owned(), queue: None, agent: None }
}

fn run_ended(kind: RunKind) -> Event {
    Event::RunEnded { kind }
}
