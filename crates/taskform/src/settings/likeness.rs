//! Which of the known words was meant by one that is not known.

/// `; did you mean …?` when one of a setting's words is close, or begins what was given or is begun by it.
pub(crate) fn word_hint(given: &str, words: &[&str]) -> String {
    let given = given.to_lowercase();
    let begins = |word: &&&str| {
        let word = word.to_lowercase();
        given.len() > 1 && !word.is_empty() && (word.starts_with(&given) || given.starts_with(&word))
    };
    let near = |word: &&str| distance(&given, &word.to_lowercase());
    let close = || words.iter().map(|word| (near(word), word)).min().filter(|(d, _)| is_close(&given, *d));
    match words.iter().find(begins).or_else(|| close().map(|(_, word)| word)) {
        Some(word) => format!("; did you mean {word}?"),
        None => String::new(),
    }
}

/// Whether so many changes make one name of another by mistake.
pub(super) fn is_close(name: &str, distance: usize) -> bool {
    distance <= 2.max(name.len() / 4) && distance < name.len()
}

/// Levenshtein distance.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
