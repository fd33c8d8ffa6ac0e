//! Historical metrics: everything that happened in the range of a request is read in pages and added up (administration 5.3).

use std::collections::HashMap;

use engine::agent::{EntryState, Outcome, StatusType};
use engine::contact::Contact;
use engine::metrics::fact::ContactFact;
use engine::metrics::tally::{Answer, Question, Tally, TooMuch, Window};
use engine::metrics::work::{OfferedTask, Piece, What};
use store::{AgentInterval, ContactSearch, FactKey, IntervalKey, SortColumn, TimeColumn};

use crate::agent::{TOKEN_LIFE_MS, present};
use crate::base::page;
use crate::unit::{LoadedAgent, readable};
use crate::{Cx, Error, Result};

/// Contacts and pieces of agents' time read at a time. Between two pages others run, and the deadline of the request can fire.
const ROWS: usize = 500;

/// A page of rows.
pub(super) struct RowsOfPage {
    /// The rows.
    pub(super) rows: Vec<Answer>,
    /// The token of the page that follows.
    pub(super) next_token: Option<String>,
}

/// The page of the rows that a request asks for. Rows are made anew for each page: the token names the next row by its group, of which
/// only as many as a page needs are in memory, and its interval (administration 5.1.4). `context` is what the token is bound to.
pub(super) async fn rows_of_page(
    cx: &Cx<'_>,
    instance: &str,
    question: &Question,
    context: &[&str],
    token: Option<&str>,
    max_results: Option<i32>,
) -> Result<RowsOfPage> {
    let (from, skip) = match token.filter(|token| !token.is_empty()) {
        None => (None, 0),
        Some(token) => {
            let (group, interval) = page::position_of(cx, context, token, |text| serde_json::from_str(text).ok())?;
            (Some(group), interval)
        }
    };
    let size = page::size(max_results);
    let groups_max = size / question.intervals.len() + 2;
    let window = Window { from: from.clone(), groups_max };
    let (mut rows, _) = tally(cx, instance, question, window).await?;
    // The group of the token has no data any more only when its rows have all been purged: then the next one begins at its begin.
    let is_of_token = |row: &Answer| from.as_ref() == Some(&engine::metrics::group::order(&row.group));
    rows.retain(|row| row.interval >= skip || !is_of_token(row));
    let next = rows.get(size).map(|row| (engine::metrics::group::order(&row.group), row.interval));
    rows.truncate(size);
    let next_token = match next {
        None => None,
        Some(next) => {
            let position = serde_json::to_string(&next).map_err(Error::internal)?;
            Some(engine::page::encode(cx.token_key(), context, &position, cx.now_ms.saturating_add(TOKEN_LIFE_MS)))
        }
    };
    Ok(RowsOfPage { rows, next_token })
}

async fn tally(cx: &Cx<'_>, instance: &str, question: &Question, window: Window) -> Result<(Vec<Answer>, bool)> {
    // What is open is read first: of what is written afterwards, the number says that it was open then.
    let mut open = Open::default();
    if question.needs_pieces() {
        open = Open::read(cx, instance).await?;
    }
    let mut tally = Tally::new(question, window, cx.now_ms, std::mem::take(&mut open.pieces));
    if question.needs_records() {
        records(cx, instance, question, &mut tally).await?;
    }
    if question.needs_enqueued() {
        let mut add = |contact: &Contact| tally.add_enqueued(contact);
        contacts(cx, instance, question, TimeColumn::Enqueued, &mut add).await?;
    }
    if question.needs_connected() {
        let mut add = |contact: &Contact| tally.add_connected(contact);
        contacts(cx, instance, question, TimeColumn::Connected, &mut add).await?;
    }
    if question.needs_pieces() {
        pieces(cx, instance, question, &open, &mut tally).await?;
    }
    tally.finish().map_err(too_much)
}

fn too_much(_: TooMuch) -> Error {
    let message =
        "The agents of this request have spent their time in too many pieces; ask for fewer agents or a shorter range";
    Error::invalid_request(message)
}

/// Every contact that ended in the range of a request.
async fn records(cx: &Cx<'_>, instance: &str, question: &Question, tally: &mut Tally<'_>) -> Result<()> {
    let (start_ms, end_ms) = question.intervals.range();
    let mut after: Option<FactKey> = None;
    loop {
        let rows = cx.store().contact_facts(instance, start_ms, end_ms, after.as_ref(), ROWS).await?;
        let full = rows.len() >= ROWS;
        after = rows.last().map(|row| FactKey { ended_ms: row.ended_ms, contact_id: row.contact_id.clone() });
        for row in &rows {
            match serde_json::from_str::<ContactFact>(&row.body) {
                Ok(fact) => tally.add_record(&fact),
                Err(error) => {
                    tracing::error!(instance, contact = %row.contact_id, %error, "what metrics count of a task cannot be read");
                }
            }
        }
        if !full {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// Every contact of which a time lies in the range of a request.
async fn contacts(
    cx: &Cx<'_>,
    instance: &str,
    question: &Question,
    time: TimeColumn,
    add: &mut (impl FnMut(&Contact) + Send),
) -> Result<()> {
    let (start_ms, end_ms) = question.intervals.range();
    let search = ContactSearch {
        sort: SortColumn::from(time),
        descending: false,
        ..ContactSearch::new(instance, time, start_ms, end_ms.saturating_sub(1))
    };
    let mut after = None;
    loop {
        let some = cx.store().search_contacts(&search, after.as_ref(), ROWS).await?;
        some.rows.iter().filter_map(readable).for_each(|contact| add(&contact));
        match some.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
        tokio::task::yield_now().await;
    }
}

/// What agents are in the middle of.
#[derive(Default)]
struct Open {
    pieces: Vec<Piece>,
    /// By agent, the number of the first piece that was not written when this was read: what is written since is part of what is open
    /// here.
    unwritten: HashMap<String, i64>,
}

impl Open {
    async fn read(cx: &Cx<'_>, instance: &str) -> Result<Self> {
        let mut open = Self::default();
        for row in present(cx, instance).await? {
            let agent = LoadedAgent::of(&row)?.agent;
            open.pieces.extend(Piece::open(&agent, cx.now_ms));
            open.unwritten.insert(agent.user_id, agent.sequence);
        }
        Ok(open)
    }

    /// A piece as it was written; `None` for one that is part of what is open, or that a newer release wrote.
    fn piece(&self, row: AgentInterval) -> Option<Piece> {
        if self.unwritten.get(&row.user_id).is_some_and(|first| row.n >= *first) {
            return None;
        }
        let what = match row.kind.as_str() {
            "STATUS" => What::Status(StatusType::parse(&row.state)?),
            _ => What::Entry {
                state: EntryState::parse(&row.state)?,
                contact_id: row.contact_id?,
                // The queue of an agent has the agent's id.
                queue_id: row.queue_id.filter(|id| *id != row.user_id && !self.unwritten.contains_key(id)),
                outcome: row.outcome.as_deref().and_then(Outcome::parse),
            },
        };
        Some(Piece {
            user_id: row.user_id,
            start_ms: row.start_ms,
            end_ms: row.end_ms,
            what,
            routing_profile_id: row.routing_profile_id,
            hierarchy_path: row.hierarchy_path,
        })
    }
}

/// Every piece of agents' time in the range of a request.
async fn pieces(cx: &Cx<'_>, instance: &str, question: &Question, open: &Open, tally: &mut Tally<'_>) -> Result<()> {
    let (start_ms, end_ms) = question.intervals.range();
    let mut after: Option<IntervalKey> = None;
    loop {
        let rows = cx.store().agent_intervals(instance, start_ms, end_ms, after.as_ref(), ROWS).await?;
        let full = rows.len() >= ROWS;
        after = rows.last().map(|row| IntervalKey { end_ms: row.end_ms, user_id: row.user_id.clone(), n: row.n });
        let some: Vec<Piece> = rows.into_iter().filter_map(|row| open.piece(row)).collect();
        let tasks = if question.needs_offered_tasks() { tasks(cx, instance, &some).await? } else { HashMap::new() };
        for piece in &some {
            let task = ended_offer(piece).and_then(|contact| tasks.get(contact)).copied();
            tally.add_piece(piece, task).map_err(too_much)?;
        }
        if !full {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// The task of the offer that a piece ends.
fn ended_offer(piece: &Piece) -> Option<&str> {
    match &piece.what {
        What::Entry { contact_id, outcome: Some(_), .. } => Some(contact_id),
        _ => None,
    }
}

/// The tasks of the offers that pieces end.
async fn tasks(cx: &Cx<'_>, instance: &str, pieces: &[Piece]) -> Result<HashMap<String, OfferedTask>> {
    let ids: Vec<&str> = pieces.iter().filter_map(ended_offer).collect();
    let rows = cx.store().contacts(instance, &ids).await?;
    let task = |contact: Contact| {
        let (initiation_method, disconnect_reason) = (contact.initiation_method, contact.disconnect_reason);
        let subtype = contact.subtype();
        (contact.id, OfferedTask { initiation_method, disconnect_reason, subtype })
    };
    Ok(rows.iter().filter_map(readable).map(task).collect())
}
