//! Flows and flow modules with their content in one read: to describe them, and to run them. Their rows are in
//! `resource`, their latest and saved content in `flow_content`; versions and aliases have their own files.

use sha2::{Digest, Sha256};

use crate::db::Row;
use crate::resource::{Kind, ResourceRow};
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Batch, Error, Store};

/// Which content of a flow or module is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowPart<'a> {
    /// What is published.
    Latest,
    /// The draft; without one, what is published (flows 1.5).
    Saved,
    /// A version.
    Version(i64),
    /// The version that the alias with this id points to now.
    Alias(&'a str),
}

/// A flow or module with one of its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRead {
    /// The flow itself.
    pub row: ResourceRow,
    /// `None` when there is no such content: never published, or no such version or alias.
    pub text: Option<FlowText>,
}

/// A content of a flow or module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowText {
    /// The text as it was given.
    pub content: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits (flows 1.7).
    pub sha256_hex: String,
    /// Whether it is a draft.
    pub saved: bool,
    /// The version that was asked for, directly or by an alias.
    pub version: Option<FlowVersionRow>,
}

/// A version of a flow or module, without its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowVersionRow {
    /// Counts from 1 within the flow.
    pub number: i64,
    /// What the caller wrote about it.
    pub description: Option<String>,
    /// The module's contract at that time, a JSON text; empty when it had none.
    pub contract: String,
    /// SHA-256 of the document, 64 hexadecimal digits.
    pub sha256_hex: String,
    /// When it was made, epoch milliseconds.
    pub created_ms: i64,
}

/// The data that a contact needs to enter a flow or module (flows 1.11, 1.12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowToRun {
    /// Its id, without qualifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The type of a flow; the state of a module.
    pub flow_type: String,
    /// ARCHIVED: a flow cannot be entered, a module still runs.
    pub archived: bool,
    /// The document to run, see [`Store::flow_document`].
    pub sha256_hex: String,
}

macro_rules! row_columns {
    () => {
        "r.id, r.name, r.subtype, r.body, r.tags, r.tags_rev, r.rev, r.created_ms, r.modified_ms"
    };
}

macro_rules! of_flow {
    () => {
        " where r.instance_id = $1 and r.kind = $2 and r.id = $3"
    };
}

macro_rules! alias {
    () => {
        " join flow_alias a on a.instance_id = r.instance_id and a.owner_id = r.id and a.id = $4"
    };
}

static LATEST: Sql = Sql::new(
    "flow_content",
    concat!(
        "select ",
        row_columns!(),
        ", c.content, c.sha256, cast(null as text) from resource r left join flow_content c \
         on c.instance_id = r.instance_id and c.flow_id = r.id and c.slot = 'LATEST'",
        of_flow!()
    ),
);

static SAVED: Sql = Sql::new(
    "flow_content",
    concat!(
        "select ",
        row_columns!(),
        ", coalesce(s.content, c.content), coalesce(s.sha256, c.sha256), s.slot \
         from resource r \
         left join flow_content s on s.instance_id = r.instance_id and s.flow_id = r.id and s.slot = 'SAVED' \
         left join flow_content c on c.instance_id = r.instance_id and c.flow_id = r.id and c.slot = 'LATEST'",
        of_flow!()
    ),
);

macro_rules! version_columns {
    () => {
        ", d.content, d.sha256, v.number, v.description, v.contract, v.created_ms from resource r"
    };
}

macro_rules! document {
    () => {
        " left join flow_document d on d.instance_id = v.instance_id and d.sha256 = v.sha256"
    };
}

static VERSION: Sql = Sql::new(
    "flow_version",
    concat!(
        "select ",
        row_columns!(),
        version_columns!(),
        " left join flow_version v on v.instance_id = r.instance_id and v.owner_id = r.id and v.number = $4",
        document!(),
        of_flow!()
    ),
);

static ALIAS: Sql = Sql::new(
    "flow_version",
    concat!(
        "select ",
        row_columns!(),
        version_columns!(),
        " left",
        alias!(),
        " left join flow_version v on v.instance_id = a.instance_id and v.owner_id = a.owner_id and v.number = a.version",
        document!(),
        of_flow!()
    ),
);

static RUN_LATEST: Sql = Sql::new(
    "flow_content",
    concat!(
        "select r.id, r.name, r.subtype, r.body, c.sha256 from resource r join flow_content c \
         on c.instance_id = r.instance_id and c.flow_id = r.id and c.slot = 'LATEST'",
        of_flow!()
    ),
);

static RUN_VERSION: Sql = Sql::new(
    "flow_version",
    concat!(
        "select r.id, r.name, r.subtype, r.body, v.sha256 from resource r join flow_version v \
         on v.instance_id = r.instance_id and v.owner_id = r.id and v.number = $4",
        of_flow!()
    ),
);

static RUN_ALIAS: Sql = Sql::new(
    "flow_version",
    concat!(
        "select r.id, r.name, r.subtype, r.body, v.sha256 from resource r",
        alias!(),
        " join flow_version v on v.instance_id = a.instance_id and v.owner_id = a.owner_id and v.number = a.version",
        of_flow!()
    ),
);

static DOCUMENT: Sql =
    Sql::new("flow_document", "select content from flow_document where instance_id = $1 and sha256 = $2");

static PUT_DOCUMENT: Sql = Sql::new(
    "flow_document",
    "insert into flow_document (instance_id, sha256, content) values ($1, $2, $3) \
     on conflict (instance_id, sha256) do nothing",
);

/// Purge statements for a deleted instance's documents, versions and aliases: a chunk each.
pub(crate) static OF_INSTANCE: [Sql; 3] = [
    Sql::new(
        "flow_document",
        "delete from flow_document where (instance_id, sha256) in \
         (select instance_id, sha256 from flow_document where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "flow_version",
        "delete from flow_version where (instance_id, owner_id, number) in \
         (select instance_id, owner_id, number from flow_version where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "flow_alias",
        "delete from flow_alias where (instance_id, owner_id, id) in \
         (select instance_id, owner_id, id from flow_alias where instance_id = $1 limit $2)",
    ),
];

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &LATEST,
    &SAVED,
    &VERSION,
    &ALIAS,
    &RUN_LATEST,
    &RUN_VERSION,
    &RUN_ALIAS,
    &DOCUMENT,
    &PUT_DOCUMENT,
    &OF_INSTANCE[0],
    &OF_INSTANCE[1],
    &OF_INSTANCE[2],
];

impl Store {
    /// A flow (`kind` is [`Kind::ContactFlow`]) or module ([`Kind::FlowModule`]) with one of its contents; `None` when there
    /// is no such flow. One read.
    ///
    /// # Errors
    /// Failures of the engine; [`Error::Broken`] when the content does not have its hash.
    pub async fn flow(
        &self,
        instance_id: &str,
        kind: Kind,
        id: &str,
        part: FlowPart<'_>,
    ) -> Result<Option<FlowRead>, Error> {
        let mut params = vec![Param::Text(instance_id), Param::Text(kind.as_str()), Param::Text(id)];
        let found = match part {
            FlowPart::Latest => self.db().one(&LATEST, &params, read_content).await?,
            FlowPart::Saved => self.db().one(&SAVED, &params, read_content).await?,
            FlowPart::Version(number) => {
                params.push(Param::Int(number));
                self.db().one(&VERSION, &params, read_version).await?
            }
            FlowPart::Alias(alias) => {
                params.push(Param::Text(alias));
                self.db().one(&ALIAS, &params, read_version).await?
            }
        };
        let Some((row, kept)) = found else { return Ok(None) };
        let text = match kept {
            None => None,
            Some(kept) => {
                let key = || format!("{instance_id}/{id}/{part:?}");
                let content = checked(kept.content, &kept.sha256, "flow_content", key)?;
                Some(FlowText { content, sha256_hex: hex(&kept.sha256), saved: kept.saved, version: kept.version })
            }
        };
        Ok(Some(FlowRead { row, text }))
    }

    /// What is to be run when a contact enters a flow or module; `None` when there is no such flow, when it was never
    /// published, and when it has no such version or alias. A draft cannot be run (flows 1.11). One read.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_to_run(
        &self,
        instance_id: &str,
        kind: Kind,
        id: &str,
        part: FlowPart<'_>,
    ) -> Result<Option<FlowToRun>, Error> {
        let mut params = vec![Param::Text(instance_id), Param::Text(kind.as_str()), Param::Text(id)];
        let sql = match part {
            FlowPart::Latest => &RUN_LATEST,
            FlowPart::Saved => return Ok(None),
            FlowPart::Version(number) => {
                params.push(Param::Int(number));
                &RUN_VERSION
            }
            FlowPart::Alias(alias) => {
                params.push(Param::Text(alias));
                &RUN_ALIAS
            }
        };
        let read = |row: &Row<'_>| {
            Ok(FlowToRun {
                id: row.text(0)?,
                name: row.text(1)?,
                flow_type: row.text(2)?,
                archived: is_archived(row.str(3)?),
                sha256_hex: hex(&row.blob(4)?),
            })
        };
        self.db().one(sql, &params, read).await
    }

    /// A document that was published in an instance, as text, by its hash (64 hexadecimal digits). It stays readable until the
    /// instance is removed (flows 1.14).
    ///
    /// # Errors
    /// Failures of the engine; [`Error::Broken`] when the document does not have its hash.
    pub async fn flow_document(&self, instance_id: &str, sha256_hex: &str) -> Result<Option<String>, Error> {
        let Some(sha256) = unhex(sha256_hex) else { return Ok(None) };
        let params = [Param::Text(instance_id), Param::Blob(&sha256)];
        let found = self.db().one(&DOCUMENT, &params, |row| row.blob(0)).await?;
        let key = || format!("{instance_id}/{sha256_hex}");
        found.map(|content| checked(content, &sha256, "flow_document", key)).transpose()
    }
}

impl Batch {
    /// Stores a document for as long as the instance exists; part of every publication.
    pub(crate) fn put_flow_document(&mut self, instance_id: &str, sha256: &[u8], content: &str) {
        let params = vec![Value::from(instance_id), Value::from(sha256), Value::from(content.as_bytes())];
        self.any(&PUT_DOCUMENT, params);
    }
}

/// A content as stored in the table.
struct StoredContent {
    content: Vec<u8>,
    sha256: Vec<u8>,
    saved: bool,
    version: Option<FlowVersionRow>,
}

fn read_content(row: &Row<'_>) -> Result<(ResourceRow, Option<StoredContent>), BadColumn> {
    let kept = match row.opt_blob(9)? {
        None => None,
        Some(content) => {
            let saved = row.opt_text(11)?.is_some();
            Some(StoredContent { content, sha256: row.blob(10)?, saved, version: None })
        }
    };
    Ok((read_row(row)?, kept))
}

fn read_version(row: &Row<'_>) -> Result<(ResourceRow, Option<StoredContent>), BadColumn> {
    let kept = match row.opt_int(11)? {
        None => None,
        Some(number) => {
            let sha256 = row.blob(10)?;
            let version = FlowVersionRow {
                number,
                description: row.opt_text(12)?,
                contract: row.text(13)?,
                sha256_hex: hex(&sha256),
                created_ms: row.int(14)?,
            };
            Some(StoredContent { content: row.blob(9)?, sha256, saved: false, version: Some(version) })
        }
    };
    Ok((read_row(row)?, kept))
}

fn read_row(row: &Row<'_>) -> Result<ResourceRow, BadColumn> {
    Ok(ResourceRow {
        id: row.text(0)?,
        name: row.text(1)?,
        subtype: row.text(2)?,
        body: row.text(3)?,
        tags: row.text(4)?,
        tags_rev: row.int(5)?,
        rev: row.int(6)?,
        created_ms: row.int(7)?,
        modified_ms: row.int(8)?,
    })
}

/// The content as text, if it has its hash.
pub(crate) fn checked(
    content: Vec<u8>,
    sha256: &[u8],
    table: &'static str,
    key: impl Fn() -> String,
) -> Result<String, Error> {
    let broken = |detail: &str| Error::Broken { table, id: key(), detail: detail.to_owned() };
    if Sha256::digest(&content)[..] != *sha256 {
        return Err(broken("the content does not have its hash"));
    }
    String::from_utf8(content).map_err(|_error| broken("the content is not UTF-8"))
}

/// Whether a body has this state. Bodies are written without blanks, and a quote inside a string is escaped, so these bytes
/// cannot be anything but that member.
fn is_archived(body: &str) -> bool {
    body.contains("\"State\":\"ARCHIVED\"")
}

/// Lower-case hexadecimal digits.
pub(crate) use base16ct::lower::encode_string as hex;

/// The 32 bytes of a hash from its digits, of either case; `None` for a text that is no hash.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let whole = text.len() == 2 * bytes.len() && base16ct::mixed::decode(text, &mut bytes).is_ok();
    whole.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_was_written() {
        let hash: [u8; 32] = Sha256::digest("x").into();
        assert_eq!(unhex(&hex(&hash)), Some(hash));
        for bad in ["", "00", &"g".repeat(64), &"é".repeat(32), &"+1".repeat(32)] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }

    #[test]
    fn flows_1_12_archived_is_the_member_and_no_text_in_another() {
        assert!(is_archived("{\"Id\":\"x\",\"State\":\"ARCHIVED\"}"));
        for body in ["{\"State\":\"ACTIVE\"}", "{\"Description\":\"\\\"State\\\":\\\"ARCHIVED\\\"\"}", "{}"] {
            assert!(!is_archived(body), "{body}");
        }
    }
}
