//! No cycles between the files of a crate: what a file uses may not, by any way, use that file again.
//!
//! An arrow goes from a file to each file whose items it names: in `use`, by a path from `crate`, `self`, `super`, or by a
//! module that is in scope. Re-exports lead to the file that defines the item, and are no arrow of the file that has them.
//! Tests, comments, texts and generated files do not count, nor what a part of a module uses of the module's own file: both
//! are one thing. The crate's root is no such module.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Result, root};

/// Arrows that may close a cycle, by crate, as `(from, to, why)`; paths below the crate's `src`.
const PERMITTED: &[(&str, &[Permitted])] = &[
    ("engine", &[("flow/machine.rs", "flow/actions.rs", "the machine runs actions, which move the machine")]),
    ("sigv4", &[("lib.rs", "check.rs", "the crate's types are in its root")]),
    (
        "simulate",
        &[
            ("acts.rs", "model.rs", "acts change the model, which counts them"),
            ("check.rs", "episode.rs", "an episode is checked after each step"),
            ("episode.rs", "lib.rs", "the crate's types are in its root"),
            ("setup.rs", "lib.rs", "the same"),
            ("world.rs", "lib.rs", "the same"),
        ],
    ),
    (
        "store",
        &[
            ("cache.rs", "instance.rs", "the cache holds rows"),
            ("cache.rs", "task_template.rs", "the same"),
            ("lib.rs", "db/mod.rs", "the store's type is in the crate's root"),
            ("lib.rs", "db/postgres.rs", "the same"),
            ("lib.rs", "db/sqlite.rs", "the same"),
            ("lib.rs", "db/sqlite_backup.rs", "the same"),
            ("lib.rs", "purge.rs", "the same"),
            ("db/postgres.rs", "db/postgres_lane.rs", "lanes use the driver's connections"),
            ("db/sqlite.rs", "db/sqlite_writer.rs", "the writer uses the driver's connections"),
        ],
    ),
    (
        "taskform",
        &[
            ("cli/commands.rs", "cli/events.rs", "a command of its own file"),
            ("cli/commands.rs", "cli/keys.rs", "the same"),
            ("cli/commands.rs", "cli/policy.rs", "the same"),
            ("cli/commands.rs", "cli/users.rs", "the same"),
        ],
    ),
    (
        "wire",
        &[
            ("json/write.rs", "shape.rs", "shapes write themselves as JSON"),
            ("kind.rs", "shape.rs", "kinds of members are kinds of shapes"),
            ("json/time.rs", "json/write.rs", "times write themselves"),
            ("shape.rs", "check.rs", "shapes check themselves"),
        ],
    ),
];

/// An arrow with the reason why it is permitted.
type Permitted = (&'static str, &'static str, &'static str);

/// How deep re-exports of re-exports are followed.
const REEXPORTS_MAX: usize = 8;

/// The breaches of every crate under `crates/`, of the simulator and of the recipes.
pub(crate) fn cycles() -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    let crates = fs::read_dir(root().join("crates")).map_err(|e| format!("crates: {e}"))?;
    let mut folders: Vec<PathBuf> = crates.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.extend(["simulate", "xtask"].map(|name| root().join(name)));
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let permitted = PERMITTED.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, arrows)| arrows);
        let source = Source::read(&folder.join("src"))?;
        breaches.extend(judge(&name, &source.arrows(), permitted));
    }
    Ok(breaches)
}

/// Arrows between files, each a path below `src`.
type Arrows = BTreeMap<String, BTreeSet<String>>;

fn judge(name: &str, arrows: &Arrows, permitted: &[Permitted]) -> Vec<String> {
    let mut open = arrows.clone();
    for (from, to, _) in permitted {
        if let Some(targets) = open.get_mut(*from) {
            targets.remove(*to);
        }
    }
    let mut breaches = Vec::new();
    while let Some(cycle) = shortest(&open) {
        breaches.push(format!("{name}: files use each other in a cycle: {}", cycle.join(" -> ")));
        if let Some(targets) = open.get_mut(&cycle[cycle.len() - 2]) {
            targets.remove(&cycle[0]);
        }
    }
    for (from, to, _) in permitted {
        let there = arrows.get(*from).is_some_and(|targets| targets.contains(*to));
        if !there || way(arrows, to, from).is_none() {
            breaches.push(format!("{name}: {from} -> {to} closes no cycle any more: drop it from the permitted ones"));
        }
    }
    breaches
}

/// One of the shortest cycles, its first file again at its end.
fn shortest(arrows: &Arrows) -> Option<Vec<String>> {
    let cycles = arrows.iter().flat_map(|(from, targets)| targets.iter().map(move |to| (from, to)));
    let cycles = cycles.filter_map(|(from, to)| {
        let mut cycle = vec![from.clone()];
        cycle.extend(way(arrows, to, from)?);
        Some(cycle)
    });
    cycles.min_by_key(Vec::len)
}

/// The files of a shortest path, both ends included.
fn way(arrows: &Arrows, from: &str, to: &str) -> Option<Vec<String>> {
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = vec![from.to_owned()];
    let mut next = 0;
    while next < seen.len() {
        let file = seen[next].clone();
        next += 1;
        if file == to {
            let mut files = vec![file];
            while let Some(earlier) = files.last().and_then(|file| before.get(file)) {
                files.push(earlier.clone());
            }
            files.reverse();
            return Some(files);
        }
        for target in arrows.get(&file).into_iter().flatten() {
            if !seen.contains(target) {
                before.insert(target.clone(), file.clone());
                seen.push(target.clone());
            }
        }
    }
    None
}

/// A module's path from the crate's root.
type Module = Vec<String>;

/// A crate's modules.
#[derive(Default)]
struct Source {
    files: HashMap<Module, File>,
}

/// What the `use` declarations of a file bring in.
#[derive(Default)]
struct Uses {
    /// Names, each with the path it stands for.
    names: Vec<(String, Vec<String>)>,
    /// Those of the names that are there for others: `pub use` and its like.
    exports: BTreeSet<String>,
    /// Paths of which everything is brought in.
    globs: Vec<Vec<String>>,
}

/// One module, which is one file.
struct File {
    /// Below `src`.
    path: String,
    tokens: Vec<String>,
    uses: Uses,
    /// Names of the items that the file defines.
    items: BTreeSet<String>,
    /// Whether it is there for tests only.
    test: bool,
}

impl Source {
    fn read(src: &Path) -> Result<Self> {
        let mut source = Self::default();
        let top = ["lib.rs", "main.rs"].into_iter().find(|name| src.join(name).is_file());
        let Some(top) = top else { return Ok(source) };
        source.add(src, Path::new(top), &Module::new(), src, false)?;
        Ok(source)
    }

    /// Reads a file and the modules it declares, which lie in `folder`.
    fn add(&mut self, src: &Path, path: &Path, module: &Module, folder: &Path, test: bool) -> Result {
        let text = fs::read_to_string(src.join(path)).map_err(|e| format!("{}: {e}", path.display()))?;
        let (tokens, modules) = without_tests(&tokens(&text));
        let (uses, items) = (uses(&tokens), items(&tokens));
        let path = path.to_string_lossy().into_owned();
        self.files.insert(module.clone(), File { path, tokens, uses, items, test });
        for (name, of_tests) in modules {
            let flat = folder.join(format!("{name}.rs"));
            let file = if flat.is_file() { flat } else { folder.join(&name).join("mod.rs") };
            let mut child = module.clone();
            child.push(name.clone());
            let below = file.strip_prefix(src).map_err(|e| e.to_string())?.to_path_buf();
            self.add(src, &below, &child, &folder.join(name), test || of_tests)?;
        }
        Ok(())
    }

    fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (module, file) in self.files.iter().filter(|(_, file)| !file.test && !file.path.contains("generated")) {
            let named = paths(&file.tokens).into_iter().chain(self.brought_in(module, file));
            let targets = named.filter_map(|path| self.file_of(module, &path, REEXPORTS_MAX));
            let targets: BTreeSet<String> =
                targets.filter(|target| *target != file.path && !self.is_above(target, module)).collect();
            arrows.insert(file.path.clone(), targets);
        }
        arrows
    }

    /// Whether a file is that of a module around this one, the crate's root excepted.
    fn is_above(&self, path: &str, module: &Module) -> bool {
        (1..module.len()).any(|n| self.files.get(&module[..n]).is_some_and(|file| file.path == path))
    }

    /// What `use` names, but modules as such: they count where a path begins with them.
    fn brought_in(&self, module: &Module, file: &File) -> Vec<Vec<String>> {
        let used = |name: &String| file.tokens.iter().filter(|token| *token == name).count() > 1;
        let uses = file.uses.names.iter().filter(|(name, _)| !file.uses.exports.contains(name) || used(name));
        let uses = uses.map(|(_, path)| path);
        uses.filter(|path| self.absolute(module, path).is_some_and(|path| !self.files.contains_key(&path)))
            .cloned()
            .collect()
    }

    /// A path from the crate's root; `None` for one into another crate, or of a name that is no module here.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut start = match first.as_str() {
            "crate" => Vec::new(),
            "self" => module.clone(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            name => {
                let mut child = module.clone();
                child.push(name.to_owned());
                if !self.files.contains_key(&child) {
                    return None;
                }
                child
            }
        };
        let ups = rest.iter().take_while(|part| *part == "super").count();
        start.truncate(start.len().checked_sub(ups)?);
        start.extend(rest[ups..].iter().cloned());
        Some(start)
    }

    /// The file that defines what a path in a module names.
    fn file_of(&self, module: &Module, path: &[String], depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let Some(absolute) = self.absolute(module, path) else {
            // A name that `use` brought in, if it is a module's or a type's.
            let (name, target) = self.files[module].uses.names.iter().find(|(name, _)| path.first() == Some(name))?;
            if target.len() == 1 && target[0] == *name {
                return None;
            }
            let whole: Vec<String> = target.iter().chain(&path[1..]).cloned().collect();
            return self.file_of(module, &whole, depth);
        };
        let deep = (0..=absolute.len()).rev().find(|n| self.files.contains_key(&absolute[..*n]))?;
        let (holder, rest) = (absolute[..deep].to_vec(), &absolute[deep..]);
        let file = &self.files[&holder];
        let Some(item) = rest.first().filter(|item| !file.items.contains(*item)) else {
            return (!file.test).then(|| file.path.clone());
        };
        if let Some((_, target)) = file.uses.names.iter().find(|(name, _)| name == item) {
            let whole: Vec<String> = target.iter().chain(&rest[1..]).cloned().collect();
            return self.file_of(&holder, &whole, depth);
        }
        for glob in &file.uses.globs {
            let whole: Vec<String> = glob.iter().chain(rest).cloned().collect();
            if let Some(found) = self.file_of(&holder, &whole, depth)
                && found != file.path
            {
                return Some(found);
            }
        }
        (!file.test).then(|| file.path.clone())
    }
}

/// Words and signs of a text without comments, strings and characters. `::` is one sign.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let rest = &chars[at..];
        at += match (rest[0], rest.get(1)) {
            ('/', Some('/')) => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ('/', Some('*')) => length_of_comment(rest),
            ('"', _) => length_of_string(rest),
            ('r', Some('"' | '#')) if !matches!(rest.get(2), Some(c) if rest[1] == '#' && is_word(*c)) => {
                length_of_raw(rest)
            }
            ('\'', _) => length_of_quote(rest),
            (c, _) if is_word(c) => {
                let length = rest.iter().position(|c| !is_word(*c)).unwrap_or(rest.len());
                tokens.push(rest[..length].iter().collect());
                // A byte string's prefix does not stick to what follows.
                length
            }
            (':', Some(':')) => {
                tokens.push("::".to_owned());
                2
            }
            (c, _) if c.is_whitespace() => 1,
            (c, _) => {
                tokens.push(c.to_string());
                1
            }
        };
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn length_of_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match (rest[at], rest.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => {
                (depth, at) = (depth - 1, at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

fn length_of_string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

fn length_of_raw(rest: &[char]) -> usize {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 1;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = 2 + hashes;
    let found = rest[body..].windows(end.len()).position(|window| window == end);
    found.map_or(rest.len(), |at| body + at + end.len())
}

/// A character, or the quote of a lifetime.
fn length_of_quote(rest: &[char]) -> usize {
    match (rest.get(1), rest.get(2)) {
        (Some('\\'), _) => rest[3..].iter().position(|c| *c == '\'').map_or(rest.len(), |at| at + 4),
        (Some(_), Some('\'')) => 3,
        _ => 1,
    }
}

/// The tokens without what is for tests only, and the modules declared in files, with whether they are.
fn without_tests(tokens: &[String]) -> (Vec<String>, Vec<(String, bool)>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let (mut at, mut test) = (0, false);
    while at < tokens.len() {
        if tokens[at] == "#" {
            let end = closing(tokens, at + 1);
            let attribute = &tokens[at..end];
            test |= attribute.iter().any(|t| t == "cfg") && attribute.iter().any(|t| t == "test");
            at = end;
            continue;
        }
        let start = at;
        if tokens[at] == "mod" && tokens.get(at + 2).is_some_and(|t| t == ";") {
            modules.push((tokens[at + 1].clone(), test));
        }
        if !test {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        while at < tokens.len() && !["{", ";"].contains(&tokens[at].as_str()) {
            at += 1;
            if tokens.get(at - 1).is_some_and(|t| t == "mod") && tokens.get(at + 1).is_some_and(|t| t == ";") {
                modules.push((tokens[at].clone(), true));
                modules.dedup();
            }
        }
        at = if tokens.get(at).is_some_and(|t| t == "{") { closing(tokens, at) } else { at + 1 };
        test = false;
        debug_assert!(at > start, "it goes on");
    }
    (kept, modules)
}

/// The place behind the bracket that closes the one at, or soon after, `at`.
fn closing(tokens: &[String], at: usize) -> usize {
    let mut depth = 0_usize;
    for (n, token) in tokens.iter().enumerate().skip(at) {
        match token.as_str() {
            "[" | "{" | "(" => depth += 1,
            "]" | "}" | ")" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return n + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

fn uses(tokens: &[String]) -> Uses {
    let mut uses = Uses::default();
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| *token == "use") {
        let before = uses.names.len();
        tree(tokens, at + 1, &[], &mut uses);
        if at > 0 && ["pub", ")"].contains(&tokens[at - 1].as_str()) {
            uses.exports.extend(uses.names[before..].iter().map(|(name, _)| name.clone()));
        }
    }
    uses
}

/// One tree of `use`; the place behind it.
fn tree(tokens: &[String], mut at: usize, head: &[String], uses: &mut Uses) -> usize {
    let mut path = head.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "::" => at += 1,
            "*" => {
                uses.globs.push(path);
                return at + 1;
            }
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," { at + 1 } else { tree(tokens, at, &path, uses) };
                }
                return at + 1;
            }
            "as" => {
                uses.names.push((tokens.get(at + 1).cloned().unwrap_or_default(), path));
                return at + 2;
            }
            word if word.chars().all(is_word) => {
                if word != "self" || path.is_empty() {
                    path.push(word.to_owned());
                }
                at += 1;
            }
            _ => break,
        }
    }
    if let Some(name) = path.last().cloned() {
        uses.names.push((name, path));
    }
    at
}

/// Paths of at least two parts, outside `use`.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if tokens[at] == "use" {
            while at < tokens.len() && tokens[at] != ";" {
                at += 1;
            }
        }
        let word = |n: usize| tokens.get(n).is_some_and(|token| token.starts_with(is_word));
        let starts = word(at) && (at == 0 || tokens[at - 1] != "::");
        if !starts {
            at += 1;
            continue;
        }
        let mut path = vec![tokens[at].clone()];
        at += 1;
        while tokens.get(at).is_some_and(|token| token == "::") && word(at + 1) {
            path.push(tokens[at + 1].clone());
            at += 2;
        }
        if path.len() > 1 {
            found.push(path);
        }
    }
    found
}

/// Names of the items that a file defines.
fn items(tokens: &[String]) -> BTreeSet<String> {
    let heads = ["fn", "struct", "enum", "trait", "const", "static", "type", "union"];
    let pairs = tokens.windows(3).filter(|window| heads.contains(&window[0].as_str()));
    let mut names: BTreeSet<String> = pairs.map(|window| window[1].clone()).collect();
    let macros = tokens.windows(3).filter(|window| window[0] == "macro_rules");
    names.extend(macros.map(|window| window[2].clone()));
    let inner = tokens.windows(3).filter(|window| window[0] == "mod" && window[2] == "{");
    names.extend(inner.map(|window| window[1].clone()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, files: &[(&str, &str)]) -> Source {
        let folder = std::env::temp_dir().join(format!("cycles-{}-{name}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let source = Source::read(&folder).expect("a crate");
        fs::remove_dir_all(folder).expect("removed");
        source
    }

    #[test]
    fn a_circle_is_found_through_reexports_modules_and_super() {
        let files = [
            ("lib.rs", "mod a; mod room; pub use a::One;"),
            ("a.rs", "use crate::room; pub struct One; fn f() { room::work(); }"),
            ("room/mod.rs", "mod inner; pub(crate) use inner::work;"),
            ("room/inner.rs", "pub(crate) fn work() { let _ = crate::One; }"),
        ];
        let arrows = source("found", &files).arrows();
        assert_eq!(judge("x", &arrows, &[]), ["x: files use each other in a cycle: a.rs -> room/inner.rs -> a.rs"]);
        assert_eq!(judge("x", &arrows, &[("a.rs", "room/inner.rs", "why")]), Vec::<String>::new());
        let root = [
            ("lib.rs", "mod room; const N: u8 = 1; fn f() { room::g(); }"),
            ("room.rs", "mod inner; pub use inner::*;"),
            ("room/inner.rs", "use super::super::N; pub fn g() { let _ = N; }"),
        ];
        let found = judge("x", &source("super", &root).arrows(), &[]);
        assert_eq!(found, ["x: files use each other in a cycle: lib.rs -> room/inner.rs -> lib.rs"]);
    }

    #[test]
    fn a_module_and_its_parts_are_one_thing() {
        let child = [
            ("lib.rs", "mod room;"),
            ("room.rs", "mod inner; const N: u8 = 1; fn f() { inner::g(); }"),
            ("room/inner.rs", "use super::N; pub fn g() { let _ = N; }"),
        ];
        assert_eq!(judge("x", &source("parts", &child).arrows(), &[]), Vec::<String>::new());
    }

    #[test]
    fn tests_comments_texts_and_modules_that_are_only_named_make_no_arrow() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::Two; pub struct One(Two);"),
            (
                "b.rs",
                "//! [`crate::a::One`]\npub struct Two; /* crate::a::One */ const T: &str = \"crate::a::One\"; \
                 const C: char = '\"'; #[cfg(test)] mod tests { use crate::a::One; }",
            ),
        ];
        assert_eq!(judge("x", &source("none", &files).arrows(), &[]), Vec::<String>::new());
    }

    #[test]
    fn a_permitted_arrow_that_closes_no_circle_is_to_be_dropped() {
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::Two;"), ("b.rs", "pub struct Two;")];
        let found = judge("x", &source("stale", &files).arrows(), &[("a.rs", "b.rs", "why")]);
        assert_eq!(found, ["x: a.rs -> b.rs closes no cycle any more: drop it from the permitted ones"]);
    }
}
