//! The content of flows, byte for byte as it was given, with its hash.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::batch::Batch;
use crate::flow::{checked, hex};
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

/// Which of a flow's contents is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The published content.
    Latest,
    /// The content saved but not published.
    Saved,
}

impl Slot {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Latest => "LATEST",
            Self::Saved => "SAVED",
        }
    }
}

/// A flow's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowContent {
    /// The text as it was given.
    pub content: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

static GET: Sql = Sql::new(
    "flow_content",
    "select content, sha256 from flow_content where instance_id = $1 and flow_id = $2 and slot = $3",
);

/// Flows looked up by one statement.
const IDS: usize = 16;

static HASHES: Sql = Sql::new(
    "flow_content",
    "select flow_id, sha256 from flow_content where instance_id = $1 and slot = 'LATEST' and flow_id in \
     ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
);

static PUT: Sql = Sql::new(
    "flow_content",
    "insert into flow_content (instance_id, flow_id, slot, content, sha256) values ($1, $2, $3, $4, $5) \
     on conflict (instance_id, flow_id, slot) do update set content = excluded.content, sha256 = excluded.sha256",
);

static DELETE: Sql = Sql::new("flow_content", "delete from flow_content where instance_id = $1 and flow_id = $2");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &HASHES, &PUT, &DELETE];

impl Store {
    /// A flow's content.
    ///
    /// # Errors
    /// Failures of the engine; [`Error::Broken`] when the content does not have its hash.
    pub async fn flow_content(
        &self,
        instance_id: &str,
        flow_id: &str,
        slot: Slot,
    ) -> Result<Option<FlowContent>, Error> {
        let params = [Param::Text(instance_id), Param::Text(flow_id), Param::Text(slot.as_str())];
        let found = self.db().one(&GET, &params, |row| Ok((row.blob(0)?, row.blob(1)?))).await?;
        let Some((content, kept_hash)) = found else { return Ok(None) };
        let key = || format!("{instance_id}/{flow_id}/{}", slot.as_str());
        let content = checked(content, &kept_hash, "flow_content", key)?;
        Ok(Some(FlowContent { sha256: Sha256::digest(&content).into(), content }))
    }

    /// The hashes of the published contents of these flows, as 64 hexadecimal digits by the flow's id; a flow that has none is
    /// left out.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_hashes(&self, instance_id: &str, flow_ids: &[&str]) -> Result<BTreeMap<String, String>, Error> {
        let mut found = BTreeMap::new();
        for chunk in flow_ids.chunks(IDS) {
            let mut params = vec![Param::Text(instance_id)];
            params.extend((0..IDS).map(|n| Param::Text(chunk[n.min(chunk.len() - 1)])));
            found.extend(self.db().all(&HASHES, &params, |row| Ok((row.text(0)?, hex(&row.blob(1)?)))).await?);
        }
        Ok(found)
    }
}

impl Batch {
    /// Puts a flow's content into a slot; published content is stored as a document too, see [`Store::flow_document`].
    /// Conditions belong to the flow's own row.
    pub fn put_flow_content(&mut self, instance_id: &str, flow_id: &str, slot: Slot, content: &str) {
        let sha256 = Sha256::digest(content);
        let params = vec![
            Value::from(instance_id),
            Value::from(flow_id),
            Value::from(slot.as_str()),
            Value::from(content.as_bytes()),
            Value::from(&sha256[..]),
        ];
        self.one(&PUT, params, Conflict::Exists);
        if slot == Slot::Latest {
            self.put_flow_document(instance_id, &sha256, content);
        }
    }

    /// Removes all content of a flow.
    pub fn delete_flow_content(&mut self, instance_id: &str, flow_id: &str) {
        self.any(&DELETE, vec![Value::from(instance_id), Value::from(flow_id)]);
    }
}
