//! The ledger against what was seen: each status has been written for as long as it lasted, each offer ended once
//! (administration 5.3.1).

use std::collections::BTreeMap;

use engine::metrics::fact::ContactFact;
use store::{AgentInterval, FactKey, IntervalKey};

use crate::episode::Episode;
use crate::model::KnownAgent;

/// Pieces read at a time.
const PIECES: usize = 1_000;

impl Episode {
    /// The whole ledger against the whole history.
    pub(crate) async fn judge_ledger(&self) -> Result<(), String> {
        let pieces = self.pieces().await?;
        let mut of_users: BTreeMap<&str, Vec<&AgentInterval>> = BTreeMap::new();
        let mut ended: BTreeMap<&str, u32> = BTreeMap::new();
        for piece in &pieces {
            of_users.entry(&piece.user_id).or_default().push(piece);
            if piece.outcome.is_some() {
                *ended.entry(piece.contact_id.as_deref().unwrap_or_default()).or_default() += 1;
            }
        }
        for (user, known) in &self.model.agents {
            let own = of_users.remove(user.as_str()).unwrap_or_default();
            judge_statuses(known, self.places.offline(), &own)
                .map_err(|what| format!("ledger of agent {user}: {what}"))?;
        }
        for id in &self.model.ids {
            let Some(contact) = self.model.contact(id) else { continue };
            let made = contact.connection_attempts - u32::from(contact.offer.is_some());
            let ended = ended.get(id.as_str()).copied().unwrap_or(0);
            if ended != made {
                return Err(format!(
                    "contact {id}: the ledger has {ended} offers that are over, and there were {made}"
                ));
            }
        }
        Ok(())
    }

    /// The row that metrics count of every task that has ended agrees with the task, and there is none of others.
    pub(crate) async fn judge_facts(&self) -> Result<(), String> {
        let known = self.model.ids.iter().filter_map(|id| self.model.contact(id));
        let mut expected: BTreeMap<String, ContactFact> =
            known.filter_map(ContactFact::of).map(|fact| (fact.contact_id.clone(), fact)).collect();
        let mut after: Option<FactKey> = None;
        loop {
            let read = self.world.store.contact_facts(&self.world.instance, 0, i64::MAX, after.as_ref(), PIECES);
            let some = read.await.map_err(|error| error.to_string())?;
            for row in &some {
                let fact: ContactFact = serde_json::from_str(&row.body).map_err(|error| error.to_string())?;
                let own = expected.remove(&row.contact_id);
                if own.as_ref() != Some(&fact) || row.ended_ms != fact.disconnected_ms {
                    return Err(format!("contact {}: metrics count {fact:?}, and it is {own:?}", row.contact_id));
                }
            }
            after = some.last().map(|row| FactKey { ended_ms: row.ended_ms, contact_id: row.contact_id.clone() });
            if some.len() < PIECES {
                break;
            }
        }
        match expected.keys().next() {
            Some(id) => Err(format!("contact {id}: it has ended, and metrics have no row of it")),
            None => Ok(()),
        }
    }

    async fn pieces(&self) -> Result<Vec<AgentInterval>, String> {
        let mut all: Vec<AgentInterval> = Vec::new();
        loop {
            let after =
                all.last().map(|last| IntervalKey { end_ms: last.end_ms, user_id: last.user_id.clone(), n: last.n });
            let read = self.world.store.agent_intervals(&self.world.instance, 0, i64::MAX, after.as_ref(), PIECES);
            let some = read.await.map_err(|error| error.to_string())?;
            let last = some.len() < PIECES;
            all.extend(some);
            if last {
                return Ok(all);
            }
        }
    }
}

/// Every status that was seen is in the ledger for as long as it lasted, and nothing else is; time offline is not written.
fn judge_statuses(known: &KnownAgent, offline: &str, own: &[&AgentInterval]) -> Result<(), String> {
    let mut pieces: Vec<&&AgentInterval> = own.iter().filter(|piece| piece.kind == "STATUS").collect();
    pieces.sort_by_key(|piece| piece.n);
    if pieces.windows(2).any(|two| two[0].end_ms > two[1].start_ms) {
        return Err("two statuses at a time".to_owned());
    }
    let mut expected = 0;
    for two in known.statuses.windows(2) {
        let ((status, from_ms), (_, to_ms)) = (&two[0], &two[1]);
        let within = |piece: &&&&AgentInterval| piece.start_ms >= *from_ms && piece.end_ms <= *to_ms;
        let written = pieces.iter().filter(within);
        let ms: i64 = written.clone().map(|piece| piece.end_ms - piece.start_ms).sum();
        let lasted = if offline == status { 0 } else { to_ms - from_ms };
        if ms != lasted || written.clone().any(|piece| piece.status_id.as_deref() != Some(status)) {
            return Err(format!("status {status} from {from_ms} to {to_ms} is written with {ms} ms"));
        }
        expected += lasted;
    }
    let status = &known.agent.status;
    if offline != status.is.id {
        expected += status.booked_ms - status.since_ms.min(status.booked_ms);
    }
    let all: i64 = pieces.iter().map(|piece| piece.end_ms - piece.start_ms).sum();
    if all == expected { Ok(()) } else { Err(format!("{all} ms are written, and {expected} ms were seen")) }
}
