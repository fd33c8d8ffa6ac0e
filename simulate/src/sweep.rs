//! The periodic check of everything: what the steps in between did not change must be as it was.

use std::collections::BTreeSet;

use store::{ContactSearch, TimeColumn};

use crate::episode::Episode;
use crate::world::OPEN_MAX;

/// Completed tasks checked in a sweep that is not the last.
const SAMPLE: usize = 20;

impl Episode {
    /// All open tasks and some that are over; at the end, every one.
    pub(crate) async fn sweep(&mut self, whole: bool) -> Result<(), String> {
        let instance = self.world.instance.clone();
        let search = ContactSearch::new(&instance, TimeColumn::Initiated, 0, i64::MAX);
        let stored = self.world.store.count_contacts(&search).await.map_err(|error| error.to_string())?;
        if stored != self.model.ids.len() as u64 {
            return Err(format!("{stored} tasks are stored and {} are known", self.model.ids.len()));
        }
        let mut ids: BTreeSet<String> = self.model.open.iter().cloned().collect();
        if whole {
            ids.extend(self.model.ids.iter().cloned());
        } else {
            for _ in 0..SAMPLE {
                ids.extend(self.random.pick(&self.model.ids).cloned());
            }
        }
        for id in ids {
            self.unchanged(&id).await.map_err(|what| format!("sweep: contact {id}: {what}"))?;
        }
        if whole {
            self.judge_ledger().await?;
            self.judge_facts().await?;
        }
        let counters: Vec<String> = self.model.counts.keys().filter(|_| whole).cloned().collect();
        for name in counters {
            self.judge_counter(&name).await?;
        }
        let templates = i64::try_from(self.model.templates.len()).unwrap_or(0);
        let counted = self.world.store.counter(&instance, "task_templates").await.map_err(|error| error.to_string())?;
        if counted != templates {
            return Err(format!("{templates} templates and the counter says {counted}"));
        }
        // Only contacts of disconnect flows come on top of the quota, while agents still have the old ones open (B63).
        if self.model.count("contacts/open") > OPEN_MAX * 2 {
            return Err("far more open tasks than the quota".to_owned());
        }
        Ok(())
    }

    /// A task is as it was after its last change, its template and attributes too.
    async fn unchanged(&mut self, id: &str) -> Result<(), String> {
        let read = self.world.store.contact_with_attributes(&self.world.instance, id).await;
        let Some((row, attributes)) = read.map_err(|error| error.to_string())? else {
            return Err("it is lost".to_owned());
        };
        let known = self.model.contacts.get(id).ok_or("it is unknown")?;
        let contact: engine::contact::Contact = serde_json::from_str(&row.body).map_err(|error| error.to_string())?;
        if contact != *known.contact || row.rev != known.rev {
            return Err("it has changed and nothing touched it".to_owned());
        }
        let attributes = attributes.map_or("{}".to_owned(), |row| row.body);
        let attributes = serde_json::from_str(&attributes).map_err(|error| error.to_string())?;
        let chain = self.model.chains.entry(contact.chain_id().to_owned()).or_default();
        crate::judge::hold(chain, &attributes)?;
        match &contact.template {
            Some(pin) => self.judge_pin(&pin.id, pin.version, &pin.name).await,
            None => Ok(()),
        }
    }
}
