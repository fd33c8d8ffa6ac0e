//! Checks what a step has done against its calls: every new task has its cause, every acknowledged one is there once,
//! attributes are what was written, and an acknowledged change is visible.

use std::collections::{BTreeMap, BTreeSet};

use engine::contact::{Contact, DisconnectReason, InitiationMethod, State};
use serde_json::Value;
use service::Command;

use crate::acts::{Act, Intent, Start};
use crate::check::{Observed, Seen, Sight, is_successor};
use crate::episode::Episode;
use crate::expect::TOKEN_MS;
use crate::model::{Chain, Possible, Template, Token, of_flows};
use crate::world::{Answer, Request, TEMPLATES_MAX};

/// Client tokens that are kept, to be sent again.
const TOKENS_MAX: usize = 40;

fn task_of(answer: &Value) -> String {
    answer["ContactId"].as_str().unwrap_or_default().to_owned()
}

impl Episode {
    /// Every new task has one cause, and every cause made at most one.
    pub(crate) fn judge_new(&mut self, sight: &Sight, observed: &Observed) -> Result<(), String> {
        let mut causes: Vec<&(Act, Answer)> = observed.acts.iter().collect();
        for (id, seen) in sight.iter().filter(|(_, seen)| seen.old.is_none()) {
            let contact = &seen.contact;
            let name = &contact.name;
            let made = name.starts_with("made by ") || name.starts_with("late by ");
            if is_successor(contact) {
                self.judge_successor(id, seen, sight, &mut causes)?;
            } else if made {
                if !observed.worker || !self.model.made.insert(name.clone()) {
                    return Err(format!("contact {id}: a task of a flow was made twice or by nobody: {name}"));
                }
            } else {
                let cause = causes.iter().position(|(act, answer)| match (&act.intent, answer) {
                    (Intent::Start(_), Answer::Done(answer)) => task_of(answer) == *id,
                    (Intent::Start(_), Answer::Uncertain) => act.request.body["Name"] == name.as_str(),
                    _ => false,
                });
                let Some(cause) = cause else { return Err(format!("contact {id} was made by nobody: {name}")) };
                causes.remove(cause);
            }
        }
        Ok(())
    }

    /// A successor is named by its predecessor, which is over (tasks 2.4.6).
    fn judge_successor(
        &self,
        id: &str,
        seen: &Seen,
        sight: &Sight,
        causes: &mut Vec<&(Act, Answer)>,
    ) -> Result<(), String> {
        let previous = seen.contact.previous_contact_id.as_deref().unwrap_or_default();
        let Some(previous) = sight.get(previous).map(|seen| &seen.contact) else {
            return Err(format!("contact {id}: its previous contact {previous} was not touched"));
        };
        if !previous.next_contact_ids.iter().any(|next| next == id) {
            return Err(format!("contact {id}: its previous contact does not name it"));
        }
        if previous.is_active() {
            return Err(format!("contact {id}: its previous contact goes on"));
        }
        if previous.chain_id() != seen.contact.chain_id() {
            return Err(format!("contact {id}: it is in another chain than its previous contact"));
        }
        if seen.contact.initiation_method == InitiationMethod::Transfer {
            let cause = causes.iter().position(|(act, answer)| match (&act.intent, answer) {
                (Intent::Transfer { contact }, Answer::Done(answer)) => {
                    *contact == previous.id && task_of(answer) == id
                }
                (Intent::Transfer { contact }, Answer::Uncertain) => *contact == previous.id,
                _ => false,
            });
            let Some(cause) = cause else { return Err(format!("contact {id} was transferred by nobody")) };
            causes.remove(cause);
        }
        Ok(())
    }

    /// Attributes are what was written to their chain, through whatever contact (tasks 2.4.1, 2.4.2).
    pub(crate) fn judge_attributes(&mut self, sight: &Sight, observed: &Observed) -> Result<(), String> {
        let before: BTreeMap<String, Chain> = self.related_before(sight);
        let mut writes: BTreeMap<(String, String), Vec<(bool, String)>> = BTreeMap::new();
        for (act, answer) in &observed.acts {
            let certain = matches!(answer, Answer::Done(_));
            if !certain && !matches!(answer, Answer::Uncertain) {
                continue;
            }
            let (chain, attributes) = match &act.intent {
                Intent::Attributes { contact, attributes } => (self.model.chain_of(contact), attributes),
                Intent::Start(start) => (self.chain_of_new(act, answer, sight), &start.attributes),
                _ => continue,
            };
            let Some(chain) = chain else { continue };
            for (key, value) in attributes {
                writes.entry((chain.clone(), key.clone())).or_default().push((certain, value.clone()));
            }
        }
        let mut copied: BTreeSet<String> = BTreeSet::new();
        for seen in sight.values().filter(|seen| seen.old.is_none()) {
            let Some(related) = &seen.contact.related_contact_id else { continue };
            if let Some(chain) = before.get(related) {
                self.copy(seen.contact.chain_id().to_owned(), chain, related, &writes);
                copied.insert(related.clone());
            }
        }
        for ((chain, key), writes) in writes {
            let possible = self.model.chains.entry(chain).or_default().entry(key).or_insert_with(absent);
            if writes.iter().any(|(certain, _)| *certain) {
                possible.clear();
            }
            possible.extend(writes.into_iter().map(|(_, value)| Some(value)));
        }
        for (id, seen) in sight {
            let chain = self.model.chains.entry(seen.contact.chain_id().to_owned()).or_default();
            hold(chain, &seen.attributes).map_err(|what| format!("contact {id}: {what}"))?;
        }
        Ok(())
    }

    /// Attributes of tasks that new ones are related to, as they were before.
    fn related_before(&self, sight: &Sight) -> BTreeMap<String, Chain> {
        let new = sight.values().filter(|seen| seen.old.is_none());
        new.filter_map(|seen| seen.contact.related_contact_id.clone())
            .map(|related| {
                let chain = self.model.chain_of(&related).and_then(|chain| self.model.chains.get(&chain).cloned());
                (related, chain.unwrap_or_default())
            })
            .collect()
    }

    /// The chain of a task that a call has just made; none when the call only repeats another.
    fn chain_of_new(&self, act: &Act, answer: &Answer, sight: &Sight) -> Option<String> {
        let new = match answer {
            Answer::Done(answer) => sight.get(&task_of(answer)),
            _ => {
                sight.values().find(|seen| seen.old.is_none() && act.request.body["Name"] == seen.contact.name.as_str())
            }
        };
        new.filter(|seen| seen.old.is_none()).map(|seen| seen.contact.chain_id().to_owned())
    }

    /// A new chain begins with what the related one has; what was written meanwhile may be in it.
    fn copy(
        &mut self,
        to: String,
        from: &Chain,
        related: &str,
        writes: &BTreeMap<(String, String), Vec<(bool, String)>>,
    ) {
        let mut chain = from.clone();
        let source = self.model.chain_of(related).unwrap_or_default();
        for ((written, key), values) in writes {
            if *written == source && source != to {
                let possible = chain.entry(key.clone()).or_insert_with(absent);
                possible.extend(values.iter().map(|(_, value)| Some(value.clone())));
            }
        }
        self.model.chains.insert(to, chain);
    }

    /// Acknowledged calls have had their effect.
    pub(crate) async fn judge_acts(&mut self, sight: &Sight, observed: &Observed) -> Result<(), String> {
        for (act, answer) in &observed.acts {
            match (&act.intent, answer) {
                (Intent::Start(start), Answer::Done(body)) => self.judge_start(act, start, &task_of(body), sight)?,
                (Intent::Start(start), Answer::Uncertain) => self.remember(act, start, None),
                (Intent::Transfer { .. }, Answer::Done(body)) if self.model.contact(&task_of(body)).is_none() => {
                    return Err(format!("{} was acknowledged and is not there", task_of(body)));
                }
                (
                    Intent::NewTemplate { .. } | Intent::ChangeTemplate { .. } | Intent::DeleteTemplate,
                    Answer::Done(_) | Answer::Uncertain,
                ) => self.read_templates(&act.intent).await?,
                (intent, Answer::Done(body)) => {
                    let seen = intent.contact().and_then(|id| sight.get(id));
                    let fits = !observed.calm || seen.is_none_or(|seen| visible(intent, seen));
                    if !fits || (observed.calm && !self.told(intent, body)) {
                        return Err(format!("{} was acknowledged and is not so", act.request.name()));
                    }
                }
                _ => {}
            }
        }
        self.forget_tokens();
        Ok(())
    }

    /// An acknowledged task is there, and one token made one task.
    fn judge_start(&mut self, act: &Act, start: &Start, id: &str, sight: &Sight) -> Result<(), String> {
        if self.model.contact(id).is_none() {
            return Err(format!("task {id} was acknowledged and is not there"));
        }
        let is_new = sight.get(id).is_some_and(|seen| seen.old.is_none());
        let now_ms = self.world.now_ms;
        let earlier = start.token.as_ref().and_then(|token| self.token(token));
        match earlier {
            Some(earlier) if now_ms < earlier.at_ms + TOKEN_MS => {
                if earlier.contact.as_ref().is_some_and(|known| known != id) {
                    return Err(format!("one token made {:?} and {id}", earlier.contact));
                }
                if !is_new || earlier.contact.is_some() {
                    return Ok(());
                }
            }
            // A repeat with an unknown outcome has created it at an unknown time: this token is of no more use.
            Some(_) if !is_new => {
                let token = start.token.as_deref().unwrap_or_default();
                self.model.tokens.retain(|known| known.act.request.body["ClientToken"] != token);
                return Ok(());
            }
            None if !is_new => return Err(format!("a new task was acknowledged as {id}, which there was before")),
            _ => {}
        }
        let contact = self.model.contact(id).map(|contact| (contact.related_contact_id.clone(), contact.external));
        if contact != Some((start.related.clone(), start.external)) {
            return Err(format!("task {id} is not the one that was asked for"));
        }
        self.remember(act, start, Some(id.to_owned()));
        Ok(())
    }

    fn token(&self, token: &str) -> Option<&Token> {
        self.model.tokens.iter().find(|known| known.act.request.body["ClientToken"] == token)
    }

    fn remember(&mut self, act: &Act, start: &Start, contact: Option<String>) {
        let Some(name) = &start.token else { return };
        let at_ms = self.world.now_ms;
        match self.model.tokens.iter_mut().find(|known| known.act.request.body["ClientToken"] == name.as_str()) {
            Some(known) if contact.is_some() => {
                known.contact = contact;
                known.at_ms = at_ms;
                known.act = act.clone();
            }
            Some(_) => {}
            None => self.model.tokens.push(Token { act: act.clone(), at_ms, contact }),
        }
    }

    /// A few tokens are enough, and old ones are to be reused too. Not before all calls of a step are checked: one may
    /// repeat the token that another pushes out.
    fn forget_tokens(&mut self) {
        while self.model.tokens.len() > TOKENS_MAX {
            let any = self.random.index(self.model.tokens.len());
            self.model.tokens.swap_remove(any);
        }
    }

    /// What a read answered is what the model expects.
    fn told(&self, intent: &Intent, body: &Value) -> bool {
        match intent {
            Intent::PutStatus { user, status } => self.model.agents.get(user).is_some_and(|known| {
                let next = known.agent.next_status.as_ref();
                known.agent.status.is.id == *status || next.is_some_and(|next| next.id == *status)
            }),
            Intent::Search => body["TotalCount"] == self.model.ids.len() as u64,
            Intent::Associated { contact } => {
                let tree = self.model.contact(contact).map(|contact| contact.association_id.clone());
                let size = tree.and_then(|tree| self.model.trees.get(&tree).copied()).unwrap_or(0);
                body["ContactSummaryList"].as_array().is_some_and(|list| list.len() == size.min(100))
            }
            Intent::ReadAttributes { contact } => {
                let chain = self.model.chain_of(contact).and_then(|chain| self.model.chains.get(&chain));
                let read: BTreeMap<String, String> =
                    serde_json::from_value(body["Attributes"].clone()).unwrap_or_default();
                chain.is_some_and(|chain| hold(&mut chain.clone(), &read).is_ok())
            }
            Intent::Describe { contact } => match (self.model.contact(contact), body.get("Contact")) {
                (Some(known), Some(told)) => told["Id"] == *contact && told["Name"] == known.name.as_str(),
                _ => true,
            },
            _ => true,
        }
    }

    /// The templates there are, from the service itself; the shape of one that was just written is known.
    async fn read_templates(&mut self, intent: &Intent) -> Result<(), String> {
        let request = Request {
            op: wire::Op::ListTaskTemplates,
            labels: vec![self.world.instance.clone()],
            query: "maxResults=100".to_owned(),
            body: Value::Null,
            command: None,
        };
        let Answer::Done(body) = self.world.call(&request).await else {
            return Err("the list of templates cannot be read".to_owned());
        };
        let listed = body["TaskTemplates"].as_array().cloned().unwrap_or_default();
        if i64::try_from(listed.len()).unwrap_or(i64::MAX) > TEMPLATES_MAX {
            return Err(format!("{} templates, above the quota", listed.len()));
        }
        let mut templates = Vec::new();
        for template in listed {
            let id = template["Id"].as_str().unwrap_or_default().to_owned();
            let known = self.model.templates.iter().find(|known| known.id == id).map(|known| known.shape);
            let shape = match (intent, known) {
                (Intent::ChangeTemplate { template, shape }, Some(_)) if *template == id => *shape,
                (Intent::NewTemplate { shape }, None) => *shape,
                (_, known) => known.unwrap_or(0),
            };
            templates.push(Template { id, shape });
        }
        self.model.templates = templates;
        Ok(())
    }
}

fn absent() -> Possible {
    [None].into()
}

/// The attributes are possible ones; from now on they are the only ones.
pub(crate) fn hold(chain: &mut Chain, attributes: &BTreeMap<String, String>) -> Result<(), String> {
    for key in attributes.keys().filter(|key| !of_flows(key)) {
        if !chain.contains_key(key) {
            return Err(format!("attribute {key} was written by nobody"));
        }
    }
    for (key, possible) in chain {
        let value = attributes.get(key).cloned();
        if !possible.contains(&value) {
            return Err(format!("attribute {key} is {value:?}, and may be {possible:?}"));
        }
        if possible.len() > 1 {
            *possible = [value].into();
        }
    }
    Ok(())
}

/// Whether an acknowledged change is visible.
/// What a command of an agent has done to the task.
fn obeyed(contact: &Contact, user: &str, command: Command) -> bool {
    let has_it = contact.agent.as_ref().is_some_and(|stay| stay.agent.id == user);
    let accepted = contact.offer.as_ref().is_some_and(|offer| offer.accepted && offer.agent.id == user);
    match command {
        Command::Accept => accepted || has_it && matches!(contact.state, State::Connected | State::Paused),
        Command::Reject => contact.offer.is_none() && !has_it,
        Command::Complete | Command::Disconnect => {
            has_it && matches!(contact.state, State::WrapUp | State::Acw | State::Completed)
        }
        // A task that was offered to somebody else meanwhile goes on.
        Command::Close => contact.state != State::Acw || !has_it,
    }
}

fn visible(intent: &Intent, seen: &Seen) -> bool {
    let contact = &seen.contact;
    match intent {
        Intent::Stop { .. } => {
            let was_over = seen.old.as_ref().is_some_and(|old| !old.contact.is_active());
            let why = contact.disconnect_reason.or(contact.ending);
            was_over || (why == Some(DisconnectReason::Api) && (!contact.is_active() || contact.state == State::WrapUp))
        }
        Intent::Pause { .. } => contact.state == State::Paused,
        Intent::Command { user, command, .. } => obeyed(contact, user, *command),
        Intent::Resume { .. } => contact.state != State::Paused,
        Intent::Reschedule { to_ms, .. } => contact.times.scheduled_ms == Some(*to_ms),
        Intent::Retemplate { template, .. } => contact.template.as_ref().is_some_and(|pin| pin.id == *template),
        Intent::Update { name: Some(name), .. } => contact.name == *name,
        Intent::Tag { tags, .. } => tags.iter().all(|(key, value)| contact.tags.get(key) == Some(value)),
        Intent::Transfer { .. } => !contact.is_active() && !contact.next_contact_ids.is_empty(),
        _ => true,
    }
}
