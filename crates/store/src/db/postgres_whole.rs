//! A batch as one statement of PostgreSQL: its changes, their conditions and the commit in one message with one answer,
//! where a transaction of several statements costs two round trips and one answer per change.
//!
//! A condition that does not hold is an error of the statement (a division by zero), so that nothing of it is done, and
//! leaves a line in the server's log. It is therefore only for batches that almost always succeed, see
//! [`Batch::expect_success`].

use std::fmt::Write as _;

use crate::batch::{Batch, Expect};

/// Batches with more changes take the regular path, which bounds how many statements a connection keeps prepared.
const STEPS_MAX: usize = 12;

/// The statement, or `None` for a batch that must take the regular path. Its parameters are those of the changes, in
/// order.
pub(super) fn statement(batch: &Batch) -> Option<String> {
    if !batch.expects_success || batch.steps.len() > STEPS_MAX {
        return None;
    }
    let mut text = String::with_capacity(2048);
    let mut params = 0;
    for (n, step) in batch.steps.iter().enumerate() {
        let sql = step.sql.for_postgres();
        let counts = match sql.split_once(' ')?.0 {
            "select" => "",
            "insert" | "update" | "delete" => " returning 1",
            _ => return None,
        };
        if !matches!(step.expect, Expect::One(_)) || sql.contains(" returning ") {
            return None;
        }
        let head = if n == 0 { "with" } else { "," };
        write!(text, "{head} step{n} as (").ok()?;
        renumber(sql, params, &mut text)?;
        write!(text, "{counts})").ok()?;
        params += step.params.len();
    }
    // The counts are evaluated in this order, so changes and locks keep the batch's order.
    text.push_str(" select 1 / case when ");
    for n in 0..batch.steps.len() {
        let head = if n == 0 { "" } else { " and " };
        write!(text, "{head}(select count(*) from step{n}) = 1").ok()?;
    }
    text.push_str(" then 1 else 0 end as every_condition_holds");
    (!batch.steps.is_empty()).then_some(text)
}

/// Writes a statement with its parameters counted from behind the first `before`. Our statements hold `$` only before a
/// parameter's number.
fn renumber(sql: &str, before: usize, text: &mut String) -> Option<()> {
    let mut pieces = sql.split('$');
    text.push_str(pieces.next()?);
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = piece[..digits].parse().ok()?;
        write!(text, "${}{}", before + number, &piece[digits..]).ok()?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Conflict;
    use crate::sql::{Sql, Value};

    static INSERT: Sql = Sql::new("t", "insert into t (a, b) values ($1, $2)");
    static LOOK: Sql = Sql::locking("u", "select 1 from u where b = $2 and a = $1", "for key share");

    fn batch(expects_success: bool) -> Batch {
        let mut batch = Batch::new();
        batch.one(&INSERT, vec![Value::Int(1), Value::Int(2)], Conflict::Exists);
        batch.one(&LOOK, vec![Value::Int(3), Value::Int(4)], Conflict::Moved);
        if expects_success {
            batch.expect_success();
        }
        batch
    }

    #[test]
    fn every_change_is_a_part_whose_rows_are_counted() {
        let expected = "with step0 as (insert into t (a, b) values ($1, $2) returning 1), \
                        step1 as (select 1 from u where b = $4 and a = $3 for key share) \
                        select 1 / case when (select count(*) from step0) = 1 and (select count(*) from step1) = 1 \
                        then 1 else 0 end as every_condition_holds";
        assert_eq!(statement(&batch(true)).unwrap(), expected);
    }

    #[test]
    fn what_may_fail_or_touch_any_number_of_rows_goes_the_ordinary_way() {
        assert_eq!(statement(&batch(false)), None);
        let mut none = batch(true);
        none.none(&LOOK, vec![Value::Int(1), Value::Int(2)], Conflict::InUse);
        assert_eq!(statement(&none), None, "its statements would not see what was committed while one of them waited");
        let mut any = batch(true);
        any.any(&INSERT, vec![Value::Int(1), Value::Int(2)]);
        assert_eq!(statement(&any), None);
        let mut long = batch(true);
        for _ in 0..STEPS_MAX {
            long.append(batch(true));
        }
        assert_eq!(statement(&long), None);
        let mut empty = Batch::new();
        empty.expect_success();
        assert_eq!(statement(&empty), None);
    }
}
