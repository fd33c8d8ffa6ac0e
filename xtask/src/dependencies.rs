//! What may be linked into Taskform, from `Cargo.lock` and cargo's own answers: no network, and nothing to install. The rules are
//! those of `deny.toml`; `cargo xtask advisories` has cargo-deny check them too, together with the database of vulnerabilities.

use std::path::Path;

use crate::shell::{Result, cargo, output, read};

/// The one place that crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Packages that are workspaces of their own and depend on ours: their lock files must follow a changed dependency.
const OTHER_WORKSPACES: [&str; 2] = ["e2e/rust/Cargo.toml", "fuzz/Cargo.toml"];

/// Names of crates, their sources and their licences; lock files that are not current.
pub(crate) fn check() -> Result {
    let rules = Rules::of(&read(Path::new("deny.toml"))?);
    let mut breaches = in_lock(&rules, &read(Path::new("Cargo.lock"))?);
    breaches.extend(unlicensed(&rules, &licences()?));
    breaches.extend(OTHER_WORKSPACES.iter().filter_map(|manifest| stale(manifest)));
    if breaches.is_empty() { Ok(()) } else { Err(format!("dependencies:\n  {}", breaches.join("\n  "))) }
}

/// A package whose lock file does not fit its manifest and ours.
fn stale(manifest: &str) -> Option<String> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--locked", "--offline", "--format-version", "1", "--manifest-path", manifest]);
    let error = output(&mut metadata).err()?;
    if needs_download(&error) {
        eprintln!(
            "dependencies: the crates of {manifest} are not here, so its lock file is not compared; \
             `cargo fetch --locked --manifest-path {manifest}` brings them"
        );
        return None;
    }
    Some(format!(
        "{manifest}: its lock file is not current; `cargo metadata --manifest-path {manifest}` updates it ({error})"
    ))
}

/// Whether cargo failed because a crate was never downloaded, which says nothing about the lock file.
fn needs_download(error: &str) -> bool {
    ["retry without `--offline`", "but --offline was specified"].iter().any(|text| error.contains(text))
}

/// A line `NAME VERSION|LICENCE` for each crate, of every system when their sources are here (`cargo fetch`), else of this one.
fn licences() -> Result<String> {
    let mut list = cargo();
    list.args([
        "tree",
        "--workspace",
        "--offline",
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]);
    let this_system = output(&mut list)?;
    if let Ok(every_system) = output(list.args(["--target", "all"])) {
        return Ok(every_system);
    }
    eprintln!(
        "dependencies: crates for other systems are not here; `cargo fetch` brings them, the licences of ours are checked"
    );
    Ok(this_system)
}

/// What `deny.toml` says.
#[derive(Debug, Default)]
struct Rules {
    allowed: Vec<String>,
    banned: Vec<String>,
}

impl Rules {
    fn of(text: &str) -> Self {
        let quoted = |line: &str| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let mut rules = Self::default();
        for line in text.lines() {
            if line.starts_with("allow = [") {
                rules.allowed = quoted(line);
            } else if line.trim_start().starts_with("{ crate = ") {
                rules.banned.extend(quoted(line).into_iter().next());
            }
        }
        rules
    }
}

fn in_lock(rules: &Rules, lock: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.map(|text| text.trim_matches('"'))
        };
        let name = value("name").unwrap_or_default();
        if rules.banned.iter().any(|banned| banned == name) {
            breaches.push(format!("{name}: deny.toml bans it"));
        }
        if value("source").is_some_and(|source| source != REGISTRY) {
            breaches.push(format!("{name}: comes from elsewhere than crates.io"));
        }
    }
    breaches
}

fn unlicensed(rules: &Rules, list: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    for line in list.lines() {
        let Some((package, licence)) = line.trim_end_matches(" (*)").split_once('|') else { continue };
        if !permits(licence, &rules.allowed) {
            breaches.push(format!("{package}: licence {licence:?} is not on the list of deny.toml"));
        }
    }
    breaches.sort();
    breaches.dedup();
    breaches
}

/// Whether an SPDX expression lets us choose allowed licences only; one that cannot be read does not. An old `/` means OR.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ").replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words, allowed) == Some(true) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &[String]) -> Option<bool> {
    let mut fits = all(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        fits |= all(words, allowed)?;
    }
    Some(fits)
}

fn all(words: &mut Words<'_>, allowed: &[String]) -> Option<bool> {
    let mut fits = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        fits &= one(words, allowed)?;
    }
    Some(fits)
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> Option<bool> {
    match words.next()? {
        "(" => {
            let fits = any(words, allowed)?;
            (words.next()? == ")").then_some(fits)
        }
        licence => Some(allowed.iter().any(|a| *a == licence.replace("+WITH+", " WITH "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules::of(
            "[licenses]\nallow = [\"MIT\", \"Apache-2.0\", \"Apache-2.0 WITH LLVM-exception\"]\n[bans]\ndeny = [\n  { crate = \"openssl\", reason = \"x\" },\n]\n",
        )
    }

    #[test]
    fn a_crate_that_is_not_here_says_nothing_about_a_lock_file() {
        let of =
            |text: &str| needs_download(&format!("`cargo metadata --locked --offline` ended with 101: error: {text}"));
        assert!(of("no matching package named `x` found\nyou may wish to retry without `--offline`."));
        assert!(of("failed to download `x v1`\nattempting to make an HTTP request, but --offline was specified"));
        assert!(!of("cannot update the lock file fuzz/Cargo.lock because --locked was passed to prevent this"));
    }

    #[test]
    fn licences_are_chosen_from_the_list() {
        let allowed = rules().allowed;
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/GPL-3.0",
            "(MIT OR GPL-3.0) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(permits(good, &allowed), "{good}");
        }
        for bad in
            ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT OR", "(MIT", "MIT)", "MIT WITH LLVM-exception", "MIT Apache-2.0"]
        {
            assert!(!permits(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn breaches_are_named() {
        let lock = "version = 4\n\n[[package]]\nname = \"openssl\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n\n\
                    [[package]]\nname = \"fork\"\nsource = \"git+https://example.com/fork#1\"\n\n[[package]]\nname = \"ours\"\n";
        assert_eq!(
            in_lock(&rules(), lock),
            ["openssl: deny.toml bans it", "fork: comes from elsewhere than crates.io"]
        );
        assert_eq!(
            unlicensed(&rules(), "ours v0.1.0 (/x)|MIT OR Apache-2.0\na v1.0.0|GPL-3.0 (*)\na v1.0.0|GPL-3.0\n"),
            ["a v1.0.0: licence \"GPL-3.0\" is not on the list of deny.toml"]
        );
    }
}
