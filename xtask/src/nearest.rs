//! Which of the known names was meant by one that is not known.

/// `; did you mean …?` when a name is at most two changes away, or a quarter of its length; a transposition is one change.
pub(crate) fn hint(given: &str, names: &[&str]) -> String {
    let close = |changes: usize| changes <= 2.max(given.len() / 4) && changes * 2 < given.chars().count().max(2);
    let nearest = names.iter().map(|name| (changes(given, name), name)).min().filter(|(changes, _)| close(*changes));
    nearest.map_or_else(String::new, |(_, name)| format!("; did you mean `{name}`?"))
}

/// Insertions, deletions, replacements and transpositions of neighbours that make one word of the other (optimal string alignment).
fn changes(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (i, x) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in other.iter().enumerate() {
            let mut least = (rows[i][j] + usize::from(x != y)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == other[j - 1] && one[i - 1] == *y {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_between_words() {
        for (one, other, expected) in [
            ("", "", 0),
            ("test", "test", 0),
            ("tset", "test", 1),
            ("tes", "test", 1),
            ("pyhton", "python", 1),
            ("", "abc", 3),
            ("check", "crash", 4),
        ] {
            assert_eq!((changes(one, other), changes(other, one)), (expected, expected), "{one} {other}");
        }
    }

    #[test]
    fn only_what_is_close_is_suggested() {
        let names = ["serve", "test", "js", "rust"];
        assert_eq!(hint("tset", &names), "; did you mean `test`?");
        assert_eq!(hint("sevre", &names), "; did you mean `serve`?");
        for far in ["x", "zz", "quota", "-k"] {
            assert_eq!(hint(far, &names), "", "{far}");
        }
    }
}
