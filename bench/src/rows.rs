//! The rows that one CreateTaskTemplate leaves behind, as a sample to be written again under other names.
//!
//! Nothing here knows the tables: a row belongs to the sample when one of its cells holds the template's id.

/// One column's value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// One row, with its table and columns.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub table: String,
    pub columns: Vec<String>,
    pub cells: Vec<Cell>,
}

impl Row {
    /// The statement that inserts it; `mark` writes the n-th parameter, counted from 1.
    pub(crate) fn insert(&self, mark: impl Fn(usize) -> String) -> String {
        let marks: Vec<String> = (1..=self.columns.len()).map(mark).collect();
        format!("insert into {} ({}) values ({})", self.table, self.columns.join(", "), marks.join(", "))
    }
}

/// What the sample is called, and when it was made.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub id: String,
    pub name: String,
    pub token: String,
    /// Epoch milliseconds.
    pub created_ms: i64,
}

/// The rows of one create.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub names: Names,
    pub rows: Vec<Row>,
}

impl Sample {
    /// The sample's rows for another template, in the order of `rows`.
    pub(crate) fn renamed(&self, to: &Names) -> Vec<Vec<Cell>> {
        let rename = |cell: &Cell| match cell {
            Cell::Text(text) => Cell::Text(self.replace(text, to)),
            Cell::Blob(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Cell::Blob(self.replace(text, to).into_bytes()),
                Err(_) => cell.clone(),
            },
            Cell::Int(n) if *n == self.names.created_ms => Cell::Int(to.created_ms),
            Cell::Int(_) | Cell::Null => cell.clone(),
        };
        self.rows.iter().map(|row| row.cells.iter().map(rename).collect()).collect()
    }

    fn replace(&self, text: &str, to: &Names) -> String {
        let from = &self.names;
        text.replace(&from.id, &to.id).replace(&from.name, &to.name).replace(&from.token, &to.token)
    }

    /// The sample's tables, for the report.
    pub(crate) fn tables(&self) -> String {
        self.rows.iter().map(|row| row.table.as_str()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_replaced() {
        let names = |n: &str, at| Names {
            id: format!("id{n}"),
            name: format!("name{n}"),
            token: format!("tok{n}"),
            created_ms: at,
        };
        let cells = vec![
            Cell::Text("x/idA/nameA".into()),
            Cell::Blob(b"tokA".to_vec()),
            Cell::Int(5),
            Cell::Int(1),
            Cell::Blob(vec![0xff]),
            Cell::Null,
        ];
        let columns = vec!["a".to_owned(); 6];
        let sample = Sample { names: names("A", 5), rows: vec![Row { table: "t".into(), columns, cells }] };
        let cells = vec![
            Cell::Text("x/idB/nameB".into()),
            Cell::Blob(b"tokB".to_vec()),
            Cell::Int(9),
            Cell::Int(1),
            Cell::Blob(vec![0xff]),
            Cell::Null,
        ];
        assert_eq!(sample.renamed(&names("B", 9)), vec![cells]);
    }
}
