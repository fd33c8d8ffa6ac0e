//! The rows that one create or start leaves behind, as a sample to be written again under other names and times.
//!
//! Nothing here knows the tables: a row belongs to the sample when one of its cells holds the id of what was made.

/// Times of a sample lie between a minute before it was made and this long after, milliseconds: 400 days.
const LATEST_MS: i64 = 400 * 24 * 60 * 60 * 1000;
const EARLIEST_MS: i64 = 60 * 1000;

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
    /// A UUID.
    pub id: String,
    pub name: String,
    pub token: String,
    /// Epoch milliseconds.
    pub created_ms: i64,
}

/// A stretch of text that stays, or one that every copy has of its own.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Fixed(String),
    Id,
    Name,
    Token,
    /// So many milliseconds after the copy was made.
    Time(i64),
}

/// How a cell of a copy is made.
#[derive(Clone, Debug)]
enum Mould {
    Same(Cell),
    Text(Vec<Piece>),
    Blob(Vec<Piece>),
    Time(i64),
    /// One of sixteen, drawn from the id.
    Shard,
}

/// The rows of one create.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub names: Names,
    pub rows: Vec<Row>,
    moulds: Vec<Vec<Mould>>,
}

impl Sample {
    /// Of rows that were made under these names.
    pub(crate) fn new(names: Names, rows: Vec<Row>) -> Self {
        let of_row = |row: &Row| {
            let cells = row.cells.iter().zip(&row.columns);
            cells.map(|(cell, column)| mould(cell, column, &names)).collect()
        };
        let moulds = rows.iter().map(of_row).collect();
        Self { names, rows, moulds }
    }

    /// The sample's rows for another thing, in the order of `rows`.
    pub(crate) fn renamed(&self, to: &Names) -> Vec<Vec<Cell>> {
        let cast = |mould: &Mould| match mould {
            Mould::Same(cell) => cell.clone(),
            Mould::Text(pieces) => Cell::Text(join(pieces, to)),
            Mould::Blob(pieces) => Cell::Blob(join(pieces, to).into_bytes()),
            Mould::Time(after) => Cell::Int(to.created_ms + after),
            Mould::Shard => Cell::Int(to.id.chars().next().and_then(|digit| digit.to_digit(16)).map_or(0, i64::from)),
        };
        self.moulds.iter().map(|row| row.iter().map(cast).collect()).collect()
    }

    /// Without the rows that keep the client token: what is left when tokens have expired.
    pub(crate) fn without_token(&self) -> Self {
        let keeps = |row: &&Row| !row.cells.iter().any(|cell| *cell == Cell::Text(self.names.token.clone()));
        Self::new(self.names.clone(), self.rows.iter().filter(keeps).cloned().collect())
    }

    /// The sample's tables, for the report.
    pub(crate) fn tables(&self) -> String {
        self.rows.iter().map(|row| row.table.as_str()).collect::<Vec<_>>().join(", ")
    }
}

fn mould(cell: &Cell, column: &str, names: &Names) -> Mould {
    match cell {
        Cell::Int(_) if column == "shard" => Mould::Shard,
        Cell::Int(n) => time(*n, names).map_or_else(|| Mould::Same(cell.clone()), Mould::Time),
        Cell::Text(text) => Mould::Text(pieces(text, names)),
        Cell::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Mould::Blob(pieces(text, names)),
            Err(_) => Mould::Same(cell.clone()),
        },
        Cell::Null => Mould::Same(Cell::Null),
    }
}

/// How long after the sample was made, if the number is a time of it.
fn time(number: i64, names: &Names) -> Option<i64> {
    let after = number - names.created_ms;
    (-EARLIEST_MS..LATEST_MS).contains(&after).then_some(after)
}

fn pieces(text: &str, names: &Names) -> Vec<Piece> {
    let (mut out, mut fixed, mut rest) = (Vec::new(), String::new(), text);
    let own = [(&names.id, Piece::Id), (&names.name, Piece::Name), (&names.token, Piece::Token)];
    while let Some(first) = rest.chars().next() {
        let named = own.iter().find(|(name, _)| !name.is_empty() && rest.starts_with(name.as_str()));
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (piece, length) = match named {
            Some((name, piece)) => (Some(piece.clone()), name.len()),
            None if digits > 0 => {
                let number = rest[..digits].parse().ok();
                (number.and_then(|number| time(number, names)).map(Piece::Time), digits)
            }
            None => (None, first.len_utf8()),
        };
        match piece {
            None => fixed.push_str(&rest[..length]),
            Some(piece) => {
                out.push(Piece::Fixed(std::mem::take(&mut fixed)));
                out.push(piece);
            }
        }
        rest = &rest[length..];
    }
    out.push(Piece::Fixed(fixed));
    out
}

fn join(pieces: &[Piece], to: &Names) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Fixed(fixed) => text.push_str(fixed),
            Piece::Id => text.push_str(&to.id),
            Piece::Name => text.push_str(&to.name),
            Piece::Token => text.push_str(&to.token),
            Piece::Time(after) => text.push_str(&(to.created_ms + after).to_string()),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: i64 = 1_795_355_334_828;

    fn names(n: &str, at: i64) -> Names {
        Names { id: format!("{n}d"), name: format!("name{n}"), token: format!("tok{n}"), created_ms: at }
    }

    fn sample() -> Sample {
        let cells = vec![
            Cell::Text("x/Ad/nameA".into()),
            Cell::Blob(b"tokA".to_vec()),
            Cell::Int(MADE),
            Cell::Int(1),
            Cell::Blob(vec![0xff]),
            Cell::Null,
            Cell::Text(format!(r#"{{"at":{},"ä":{}}}"#, MADE + 9, MADE - EARLIEST_MS - 1)),
            Cell::Int(7),
        ];
        let columns = ["a", "b", "c", "d", "e", "f", "g", "shard"].map(str::to_owned).to_vec();
        let token = Row { table: "u".into(), columns: vec!["t".into()], cells: vec![Cell::Text("tokA".into())] };
        Sample::new(names("A", MADE), vec![Row { table: "t".into(), columns, cells }, token])
    }

    #[test]
    fn every_name_and_time_is_replaced() {
        let cells = vec![
            Cell::Text("x/Bd/nameB".into()),
            Cell::Blob(b"tokB".to_vec()),
            Cell::Int(MADE - 500),
            Cell::Int(1),
            Cell::Blob(vec![0xff]),
            Cell::Null,
            Cell::Text(format!(r#"{{"at":{},"ä":{}}}"#, MADE - 491, MADE - EARLIEST_MS - 1)),
            Cell::Int(11),
        ];
        let renamed = sample().renamed(&names("B", MADE - 500));
        assert_eq!(renamed, vec![cells, vec![Cell::Text("tokB".into())]]);
    }

    #[test]
    fn tokens_expire() {
        assert_eq!((sample().tables(), sample().without_token().tables()), ("t, u".to_owned(), "t".to_owned()));
    }
}
