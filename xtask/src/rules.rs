//! The rules of `docs/spec` and the tests that name them. A rule that no test names stands in `xtask/rules/FILE.txt`, and only
//! there: a rule on that list that gets a test is a violation too, so the lists only shrink.
//!
//! A test names a rule in its own name (`t2_3_18_…`, `administration_a12_…`, several joined by `_and_`) or in a comment or text of
//! the test code (`tasks 2.3.18, 2.3.19`). What stands at the head of a file names its subject, not a tested rule.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::shell::{Result, read};

/// The files of `docs/spec`, and what may stand for each in the name of a test.
const FILES: &[(&str, &[&str])] = &[
    ("task-templates", &["task_templates_r", "task_templates_", "case_", "r"]),
    ("tasks", &["tasks_r", "tasks_", "t"]),
    ("flows", &["flows_r", "flows_", "f"]),
    ("administration", &["administration_"]),
    ("as-code", &["as_code_"]),
    ("forms", &["forms_"]),
    ("protocol", &["protocol_", "case_c", "w"]),
];

/// Rules and sections of one file, by number (`2.3.18`, `W1.2.3`, `A12`, `case 17`).
#[derive(Debug, Default)]
struct Spec {
    rules: BTreeSet<String>,
    sections: BTreeSet<String>,
}

/// A rule: the file's name and the number.
type Rule = (&'static str, String);

/// Every rule has a test or stands on the list of its file, never both; every rule that is named exists.
pub(crate) fn breaches(files: &[PathBuf]) -> Result<Vec<String>> {
    let mut specs = BTreeMap::new();
    for (name, _) in FILES {
        specs.insert(*name, parse(&read(&Path::new("docs/spec").join(format!("{name}.md")))?));
    }
    let mut found = Vec::new();
    let mut tested = BTreeSet::new();
    for path in files.iter().filter(|path| may_cite(path)) {
        let text = read(path)?;
        for (line, rule) in citations(&text) {
            if !specs[rule.0].knows(&rule.1) {
                found.push(format!("{}:{line}: docs/spec/{}.md has no rule {}", path.display(), rule.0, rule.1));
            }
        }
        tested.extend(tested_in(path, &text, &specs, &mut found));
    }
    for (name, spec) in &specs {
        let list = Path::new("xtask/rules").join(format!("{name}.txt"));
        found.extend(compare(&list, name, spec, &tested, &read(&list)?));
    }
    Ok(found)
}

fn compare(list: &Path, name: &str, spec: &Spec, tested: &BTreeSet<Rule>, text: &str) -> Vec<String> {
    let list = list.display();
    let mut found = Vec::new();
    let untested: BTreeSet<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split("  ").next().unwrap_or(line).trim())
        .collect();
    let has_test = |rule: &str| tested.iter().any(|(file, number)| *file == name && number == rule);
    for rule in &spec.rules {
        match (has_test(rule), untested.contains(rule.as_str())) {
            (false, false) => found.push(format!("{list}: no test names rule {rule}; a rule without a test is listed")),
            (true, true) => found.push(format!("{list}: rule {rule} has a test now: take it off the list")),
            _ => {}
        }
    }
    let unknown = untested.into_iter().filter(|rule| !spec.rules.contains(*rule));
    found.extend(unknown.map(|rule| format!("{list}: docs/spec/{name}.md has no rule {rule}")));
    found
}

impl Spec {
    /// Whether there is such a rule or section. A name may put the W of the protocol's rules before a section as well.
    fn knows(&self, number: &str) -> bool {
        self.rules.contains(number) || self.sections.contains(number.strip_prefix('W').unwrap_or(number))
    }
}

/// Rules begin a paragraph, an item or a row of a table with their number; a heading names a section.
fn parse(text: &str) -> Spec {
    let mut spec = Spec::default();
    let mut negative_cases = false;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            if line.starts_with("## ") {
                negative_cases = heading.ends_with("Negative test cases");
            }
            spec.sections.extend(number(heading).map(str::to_owned));
            continue;
        }
        let (item, row) = (line.strip_prefix("- "), line.strip_prefix("| "));
        let start = item.or(row).unwrap_or(line);
        let marked = ["**", "`"].iter().find_map(|mark| {
            let rest = start.strip_prefix(mark)?;
            let found = number(rest)?;
            rest[found.len()..].starts_with(mark).then_some(found)
        });
        let plain = number(start).filter(|_| item.is_some() || row.is_some());
        match marked.or(plain) {
            Some(found) if found.contains('.') || found.starts_with(|c: char| c.is_ascii_uppercase()) => {
                spec.rules.insert(found.to_owned());
            }
            Some(found) if negative_cases && row.is_some() => {
                spec.rules.insert(format!("case {found}"));
            }
            _ => {}
        }
    }
    spec
}

/// The number a text begins with: `2`, `2.3.18`, `W1.2.3`, `A12`; it ends where the word ends.
fn number(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = usize::from(bytes.first().is_some_and(u8::is_ascii_uppercase));
    let first = digits(end);
    if first == 0 {
        return None;
    }
    end += first;
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    let word_goes_on = bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    (!word_goes_on).then_some(&text[..end])
}

fn may_cite(path: &Path) -> bool {
    let kind = path.extension().is_some_and(|e| ["rs", "py", "mjs", "toml", "md"].iter().any(|x| e == *x));
    kind && !path.starts_with("xtask") && !path.starts_with("docs/spec")
}

/// Rules cited as `tasks 2.3.18, 2.3.19`, with the line. Only numbers with a dot or a letter: `tasks 3` may be plain English.
fn citations(text: &str) -> Vec<(usize, Rule)> {
    text.lines().enumerate().flat_map(|(at, line)| cited(line).into_iter().map(move |rule| (at + 1, rule))).collect()
}

fn cited(line: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (name, _) in FILES {
        for (at, _) in line.match_indices(name) {
            let in_a_word = line[..at].ends_with(|c: char| c.is_alphanumeric() || "_-./".contains(c));
            let rest = &line[at + name.len()..];
            let rest = rest.strip_prefix(".md").map_or(rest, |rest| rest.strip_prefix('`').unwrap_or(rest));
            let Some(mut rest) = rest.strip_prefix(' ').filter(|_| !in_a_word) else { continue };
            let mut range = false;
            // B1 and on are decisions of docs/behaviour.md.
            while let Some(found) = number(rest).filter(|found| !found.starts_with('B')) {
                rest = &rest[found.len()..];
                if found.contains('.') || found.starts_with(|c: char| c.is_ascii_uppercase()) {
                    match rules.last().map(|(_, first)| first.clone()) {
                        Some(first) if range => rules.extend(between(&first, found).map(|number| (*name, number))),
                        _ => rules.push((*name, found.to_owned())),
                    }
                }
                range = rest.starts_with(" to ");
                let Some(next) = [", ", " and ", " to "].iter().find_map(|between| rest.strip_prefix(between)) else {
                    break;
                };
                rest = next;
            }
        }
    }
    rules
}

/// The rules after `first` up to `last`, which differ in their last number: 2.3.4 and 2.3.5 of 2.3.3 to 2.3.5.
fn between(first: &str, last: &str) -> impl Iterator<Item = String> + use<> {
    let split = |text: &str| {
        let at = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (text[..at].to_owned(), text[at..].parse::<u32>().unwrap_or(0))
    };
    let ((owner, from), (other, to)) = (split(first), split(last));
    let alone = (owner != other).then(|| last.to_owned());
    let from = if owner == other { from } else { to };
    (from + 1..=to).map(move |n| format!("{owner}{n}")).chain(alone)
}

/// The rules that the tests of one file name; names of tests that fit no rule become breaches.
fn tested_in(path: &Path, text: &str, specs: &BTreeMap<&str, Spec>, found: &mut Vec<String>) -> BTreeSet<Rule> {
    let mut tested = BTreeSet::new();
    for (number, line) in test_code(path, text) {
        tested.extend(cited(line));
        let code = line.trim_start();
        let function = ["fn ", "async fn ", "def ", "async def "].iter().find_map(|start| code.strip_prefix(start));
        let name =
            function.map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or(rest));
        let spoken = code.strip_prefix("test(\"").and_then(|rest| rest.split('"').next());
        let spoken = spoken.map(|name| name.replace(" and ", "_and_").replace(", ", "_and_").replace(' ', "_"));
        for rule in name.into_iter().chain(spoken.as_deref()).flat_map(named) {
            if specs[rule.0].knows(&rule.1) {
                tested.insert(rule);
            } else {
                found.push(format!("{}:{number}: docs/spec/{}.md has no rule {}", path.display(), rule.0, rule.1));
            }
        }
        let rows = code.split('"').skip(1).step_by(2).filter(|text| text.starts_with("case_"));
        tested.extend(rows.flat_map(named));
    }
    tested
}

/// The lines of a file that are test code, with their numbers, without the text at its head.
fn test_code<'a>(path: &Path, text: &'a str) -> Vec<(usize, &'a str)> {
    let place = path.to_string_lossy();
    let all = place.starts_with("e2e/")
        || place.starts_with("simulate/")
        || place.contains("/tests/")
        || place.ends_with("tests.rs");
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    if path.extension().is_some_and(|e| e == "py") {
        let docstring = text.strip_prefix("\"\"\"").and_then(|rest| rest.split("\"\"\"").next());
        let head = docstring.map_or(0, |docstring| docstring.lines().count());
        return lines.skip(head).filter(|_| all).collect();
    }
    if !path.extension().is_some_and(|e| e == "rs" || e == "mjs") {
        return Vec::new();
    }
    let start = if all { Some(0) } else { text.find("#[cfg(test)]\nmod ").map(|at| text[..at].lines().count()) };
    let Some(start) = start else { return Vec::new() };
    lines.skip(start).filter(|(_, line)| !line.trim_start().starts_with("//!")).collect()
}

/// The rules in the name of a test: `t2_3_18_and_r5_1_2_references` names tasks 2.3.18 and task-templates 5.1.2.
fn named(function: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for part in function.trim_start_matches("test_").split("_and_") {
        let prefixed = FILES.iter().find_map(|(name, prefixes)| {
            prefixes.iter().find_map(|prefix| Some((*name, underscored(prefix, part.strip_prefix(prefix)?)?)))
        });
        let like_the_one_before = || {
            let (name, _) = rules.last()?;
            let prefix = if *name == "protocol" && part.starts_with(|c: char| c.is_ascii_digit()) { "w" } else { "" };
            Some((*name, underscored(prefix, part)?))
        };
        let rule = prefixed.or_else(like_the_one_before);
        rules.extend(rule);
    }
    rules
}

/// The number at the start of what follows a prefix: `2_3_18_text` is 2.3.18, `a12_text` is A12. Rules of the protocol have a W
/// before the number, cases a single one.
fn underscored(prefix: &str, text: &str) -> Option<String> {
    let letter = text.chars().next().filter(|c| c.is_ascii_lowercase() && (prefix.is_empty() || prefix.ends_with('_')));
    let rest = letter.map_or(text, |letter| &text[letter.len_utf8()..]);
    let mut digits = rest.split('_').take_while(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let first = digits.next()?;
    Some(match (prefix, letter) {
        ("case_", None) => format!("case {}", first.trim_start_matches('0')),
        ("case_", Some(_)) => return None,
        ("case_c", _) => format!("C{first}"),
        (_, Some(letter)) => format!("{}{first}", letter.to_ascii_uppercase()),
        (prefix, None) => {
            let number = digits.fold(first.to_owned(), |number, part| number + "." + part);
            if prefix == "w" { format!("W{number}") } else { number }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_a_file() {
        let spec = parse(
            "# T\n## 1. Common\n### 1.2 Names\n- **1.2.3** text 9.9\n**1.3** text\n- 1.2.4 text\n| 1.2.5 | text |\n- `W1.2.6` text\n\
             plain 4.4\n- 4 items\n| 7 | no case |\n## 8. Negative test cases\n| 1 | case |\n| A2 | case |\n",
        );
        let rules: Vec<&str> = spec.rules.iter().map(String::as_str).collect();
        assert_eq!(rules, ["1.2.3", "1.2.4", "1.2.5", "1.3", "A2", "W1.2.6", "case 1"]);
        assert!(spec.knows("1.2") && spec.knows("8") && !spec.knows("4.4"));
    }

    #[test]
    fn rules_in_comments() {
        let rule = |name, number: &str| (name, number.to_owned());
        assert_eq!(
            cited("/// tasks 2.3.18, 2.3.19 and 2.4.1: as `flows.md` 7.1; protocol W1.2.3, 4"),
            [
                rule("tasks", "2.3.18"),
                rule("tasks", "2.3.19"),
                rule("tasks", "2.4.1"),
                rule("flows", "7.1"),
                rule("protocol", "W1.2.3")
            ]
        );
        assert_eq!(cited("tasks 2.3.3 to 2.3.5, flows 2.3.3 to 2.4.5, B12").len(), 5);
        assert_eq!(cited("subtasks 2.3.1, the-tasks 2.3.1, tasks 3 times, tasks 2.5s"), []);
    }

    #[test]
    fn rules_in_names() {
        let of = |name: &str| {
            named(name).into_iter().map(|(file, number)| format!("{file} {number}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(of("test_t2_3_18_and_r5_1_2_references"), "tasks 2.3.18, task-templates 5.1.2");
        assert_eq!(of("tasks_2_3_9_and_2_4_chains"), "tasks 2.3.9, tasks 2.4");
        assert_eq!(of("tasks_r1_1_11_token"), "tasks 1.1.11");
        assert_eq!(of("case_07_51_fields"), "task-templates case 7");
        assert_eq!(of("case_c13_250_templates"), "protocol C13");
        assert_eq!(of("w3_2_rows_1_to_5_and_c17"), "protocol W3.2, protocol C17");
        assert_eq!(of("w3_1_3_path"), "protocol W3.1.3");
        assert_eq!(of("administration_a12_both"), "administration A12");
        assert_eq!(of("protocol_n4_lower_case"), "protocol N4");
        assert_eq!(of("a_test_of_flows_and_tasks"), "");
        assert_eq!(of("restart_2_times"), "");
    }

    #[test]
    fn the_list_is_exact() {
        let spec = parse("- **1.1** a\n- **1.2** b\n- **1.3** c\n- **1.4** d\n");
        let tested =
            BTreeSet::from([("tasks", "1.1".to_owned()), ("tasks", "1.2".to_owned()), ("flows", "1.4".to_owned())]);
        let found = compare(Path::new("list"), "tasks", &spec, &tested, "# why\n1.2\n1.3  no agents yet\n9.9\n");
        assert_eq!(
            found,
            [
                "list: rule 1.2 has a test now: take it off the list",
                "list: no test names rule 1.4; a rule without a test is listed",
                "list: docs/spec/tasks.md has no rule 9.9",
            ]
        );
    }

    #[test]
    fn heads_of_files_and_code_that_is_no_test_do_not_count() {
        let rust = "//! About (tasks 1.1).\nfn a() {} // tasks 1.2\n#[cfg(test)]\nmod tests {\n    // tasks 1.3\n}\n";
        let lines =
            |path: &str, text| test_code(Path::new(path), text).into_iter().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(lines("crates/a/src/a.rs", rust), [3, 4, 5, 6]);
        assert_eq!(lines("crates/a/tests/a.rs", rust), [2, 3, 4, 5, 6]);
        assert_eq!(lines("e2e/python/test_a.py", "\"\"\"About (tasks 1.1).\n\nMore.\"\"\"\n# tasks 1.2\n"), [4]);
        assert_eq!(lines("docs/tasks.md", "tasks 1.1\n"), [0usize; 0]);
    }
}
