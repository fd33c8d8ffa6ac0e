//! The schema's history: numbered files, applied in order and in one transaction when a store is opened.
//!
//! To change the schema, add the next file to [`MIGRATIONS`] and a database of the release before it to
//! `tests/fixtures`. A file that was released is never edited; a test holds its hash.

use crate::Error;

/// One numbered migration.
pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) sql: &'static str,
}

/// All steps, oldest first, numbered from 1 without gaps.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, sql: include_str!("../migrations/0001_first.sql") },
    Migration { version: 2, sql: include_str!("../migrations/0002_flows.sql") },
    Migration { version: 3, sql: include_str!("../migrations/0003_contacts.sql") },
    Migration { version: 4, sql: include_str!("../migrations/0004_resource_links.sql") },
    Migration { version: 5, sql: include_str!("../migrations/0005_quotas.sql") },
    Migration { version: 6, sql: include_str!("../migrations/0006_agents.sql") },
    Migration { version: 7, sql: include_str!("../migrations/0007_predefined_attributes.sql") },
    Migration { version: 8, sql: include_str!("../migrations/0008_handled.sql") },
    Migration { version: 9, sql: include_str!("../migrations/0009_contact_facts.sql") },
    Migration { version: 10, sql: include_str!("../migrations/0010_agent_proficiencies.sql") },
    Migration { version: 11, sql: include_str!("../migrations/0011_present_of_profile.sql") },
    Migration { version: 12, sql: include_str!("../migrations/0012_sign_in.sql") },
    Migration { version: 13, sql: include_str!("../migrations/0013_access_key_policies.sql") },
];

/// Reads the recorded version.
pub(crate) const VERSION_SQL: &str = "select value from meta where key = 'schema_version'";

/// The newest version this release knows.
pub(crate) fn known() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

/// True when steps are missing; an error when the database is from a newer release.
pub(crate) fn check(found: i64) -> Result<bool, Error> {
    if found > known() {
        return Err(Error::NewerVersion { found, known: known() });
    }
    Ok(found < known())
}

pub(crate) fn parse_version(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_not_a_number| Error::Broken {
        table: "meta",
        id: "schema_version".to_owned(),
        detail: format!("{text:?} is not a number"),
    })
}

pub(crate) fn record_version_sql(version: i64) -> String {
    format!(
        "insert into meta (key, value) values ('schema_version', '{version}') \
         on conflict (key) do update set value = excluded.value"
    )
}

pub(crate) fn for_sqlite(sql: &str) -> String {
    words(&only("sqlite", sql), |word| match word {
        "CLUSTERED" => "without rowid",
        "BIGINT" => "integer",
        "TEXT" => "text",
        "BLOB" => "blob",
        other => other,
    })
}

/// Text is compared byte by byte, as SQLite does: a page's order then does not depend on the server's language, nor an
/// index on the version of its language library.
pub(crate) fn for_postgres(sql: &str) -> String {
    words(&only("postgres", sql), |word| match word {
        "CLUSTERED" => "",
        "BIGINT" => "bigint",
        "TEXT" => "text collate \"C\"",
        "BLOB" => "bytea",
        other => other,
    })
}

/// The text without the sections for the other engine; a section begins with a line `-- [NAME]`.
fn only(engine: &str, sql: &str) -> String {
    let (mut out, mut wanted) = (String::with_capacity(sql.len()), true);
    for line in sql.lines() {
        match line.strip_prefix("-- [").and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => wanted = name == engine,
            None if wanted => {
                out.push_str(line);
                out.push('\n');
            }
            None => {}
        }
    }
    out
}

/// Replaces whole words outside comments.
fn words(sql: &str, replace: impl Fn(&str) -> &str) -> String {
    let mut out = String::with_capacity(sql.len() * 2);
    for line in sql.lines() {
        let code = line.split("--").next().unwrap_or_default();
        for piece in code.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            out.push_str(replace(word));
            out.push_str(&piece[word.len()..]);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn versions_count_from_one_without_gaps() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version, index as i64 + 1);
        }
    }

    #[test]
    fn a_released_migration_never_changes() {
        let released: [&str; 0] = [];
        for (migration, hash) in MIGRATIONS.iter().zip(released) {
            let found: String = Sha256::digest(migration.sql).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, hash, "migration {} was released: add a new file instead", migration.version);
        }
    }

    #[test]
    fn each_engine_gets_its_part() {
        let sql = "a;\n-- [sqlite]\nb;\n-- [postgres]\nc;\n";
        assert_eq!((for_sqlite(sql).as_str(), for_postgres(sql).as_str()), ("a;\nb;\n", "a;\nc;\n"));
    }

    #[test]
    fn types_are_replaced_as_whole_words() {
        let sql = "create table t ( -- TEXT\n  a TEXT not null, TEXTUAL BIGINT\n) CLUSTERED;";
        assert_eq!(for_sqlite(sql), "create table t ( \n  a text not null, TEXTUAL integer\n) without rowid;\n");
        assert_eq!(for_postgres(sql), "create table t ( \n  a text collate \"C\" not null, TEXTUAL bigint\n) ;\n");
    }
}
