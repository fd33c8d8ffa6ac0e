//! Whether two patterns of ARNs can stand for the same ARN.

use crate::policy::pattern::Part;

/// Whether a policy's pattern can stand for an ARN of a kind. In the kind `*` stands for what has no slash; a variable of the policy
/// may be anything.
pub(super) fn arns(own: &[Vec<Part>], kind: &str) -> bool {
    let kinds: Vec<&str> = kind.splitn(own.len(), ':').collect();
    kinds.len() == own.len() && own.iter().zip(kinds).all(|(own, kind)| parts(own, kind))
}

/// What a policy's pattern asks for at one place.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Char(char),
    One,
    Many,
}

fn parts(own: &[Part], kind: &str) -> bool {
    let own: Vec<Step> = own.iter().flat_map(steps).collect();
    let kind: Vec<char> = kind.chars().collect();
    // after[j]: whether the rest of `own` after this step and the kind from `j` on can be the same; at first there is no step left.
    let mut after: Vec<bool> =
        (0..=kind.len()).map(|j| kind.get(j..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))).collect();
    for step in own.iter().rev() {
        let mut here = vec![false; kind.len() + 1];
        for j in (0..=kind.len()).rev() {
            let next = |row: &[bool]| row.get(j + 1).copied().unwrap_or(false);
            here[j] = match (step, kind.get(j)) {
                (Step::Many, None) => after[j],
                (Step::Many, Some(_)) => after[j] || next(&here),
                (_, None) => false,
                // The kind's star ends here, or takes this character, which is no slash.
                (Step::Char(c), Some('*')) => next(&here) || (*c != '/' && after[j]),
                (Step::One, Some('*')) => next(&here) || after[j],
                (Step::Char(c), Some(k)) => c == k && next(&after),
                (Step::One, Some(_)) => next(&after),
            };
        }
        after = here;
    }
    after.first().copied().unwrap_or(false)
}

fn steps(part: &Part) -> Vec<Step> {
    match part {
        Part::Text(text) => text.chars().map(Step::Char).collect(),
        Part::One => vec![Step::One],
        Part::Many | Part::Variable(_) => vec![Step::Many],
    }
}
