//! SQL as text with `$1` parameters, the values that go in, the columns that come out. One text serves both engines,
//! except for the few that one of them would plan badly.

use std::sync::OnceLock;

use crate::Error;

/// A statement. Declared as a `static`, so that everything derived from the text is derived once.
pub(crate) struct Sql {
    /// The table the statement is about, for error messages.
    pub(crate) table: &'static str,
    text: &'static str,
    lock: &'static str,
    /// An alternative text for PostgreSQL.
    postgres: Option<&'static str>,
    with_lock: OnceLock<String>,
    with_question_marks: OnceLock<String>,
}

impl Sql {
    pub(crate) const fn new(table: &'static str, text: &'static str) -> Self {
        Self { table, text, lock: "", postgres: None, with_lock: OnceLock::new(), with_question_marks: OnceLock::new() }
    }

    /// A query that locks the rows it finds until the end of the batch. SQLite needs no clause for that: its batches
    /// run one after another.
    pub(crate) const fn locking(table: &'static str, text: &'static str, lock: &'static str) -> Self {
        Self { table, text, lock, postgres: None, with_lock: OnceLock::new(), with_question_marks: OnceLock::new() }
    }

    /// A query with another text for PostgreSQL, which would otherwise read far more rows than needed.
    pub(crate) const fn per_engine(table: &'static str, sqlite: &'static str, postgres: &'static str) -> Self {
        let mut sql = Self::new(table, sqlite);
        sql.postgres = Some(postgres);
        sql
    }

    /// Whether it only reads.
    pub(crate) fn is_query(&self) -> bool {
        self.text.starts_with("select") || self.text.starts_with("with")
    }

    pub(crate) fn for_postgres(&self) -> &str {
        if let Some(text) = self.postgres {
            return text;
        }
        if self.lock.is_empty() {
            return self.text;
        }
        self.with_lock.get_or_init(|| format!("{} {}", self.text, self.lock))
    }

    /// SQLite numbers `$1` by first appearance; `?1` is the first parameter.
    pub(crate) fn for_sqlite(&self) -> &str {
        self.with_question_marks.get_or_init(|| question_marks(self.text))
    }
}

/// Our statements hold `$` only before a parameter's number.
fn question_marks(text: &str) -> String {
    text.replace('$', "?")
}

/// A parameter of a read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Param<'a> {
    Null,
    Text(&'a str),
    Int(i64),
    Blob(&'a [u8]),
}

/// A parameter of a change; it owns its value, because a batch is sent to the writer.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Text(String),
    Int(i64),
    Blob(Vec<u8>),
}

impl Value {
    pub(crate) fn as_param(&self) -> Param<'_> {
        match self {
            Self::Null => Param::Null,
            Self::Text(text) => Param::Text(text),
            Self::Int(n) => Param::Int(*n),
            Self::Blob(bytes) => Param::Blob(bytes),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_owned())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A column whose value is not what its reader expects.
#[derive(Debug)]
pub(crate) struct BadColumn(pub(crate) String);

impl BadColumn {
    /// Names the row by the key it was looked up with.
    pub(crate) fn into_error(self, table: &'static str, params: &[Param<'_>]) -> Error {
        let keys: Vec<&str> = params
            .iter()
            .filter_map(|param| if let Param::Text(text) = param { Some(*text) } else { None })
            .take(3)
            .collect();
        Error::Broken { table, id: keys.join("/"), detail: self.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_gets_numbered_question_marks() {
        let sql = Sql::new("t", "select $2 from t where a = $1 and b = $12");
        assert_eq!(sql.for_sqlite(), "select ?2 from t where a = ?1 and b = ?12");
        assert_eq!(sql.for_postgres(), "select $2 from t where a = $1 and b = $12");
    }

    #[test]
    fn only_postgres_gets_lock_words() {
        let sql = Sql::locking("t", "select 1 from t where a = $1", "for key share");
        assert_eq!(sql.for_sqlite(), "select 1 from t where a = ?1");
        assert_eq!(sql.for_postgres(), "select 1 from t where a = $1 for key share");
    }
}
