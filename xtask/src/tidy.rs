//! Rules of the code base that a script can check. Each returns the violations it found, with location and remedy.

mod cycles;

use std::path::{Path, PathBuf};

use crate::shell::{Result, command, output, read, root};

/// Longest hand-written source file, in lines; a longer file should be divided along a boundary in the domain.
const FILE_LINES_MAX: usize = 650;

/// What each crate may depend on within the workspace: dependencies point down only.
const DIRECTION: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("sigv4", &[]),
    ("engine", &["wire"]),
    ("store", &[]),
    ("service", &["store", "engine", "wire"]),
    ("taskform", &["service", "store", "engine", "wire", "sigv4"]),
    ("testkit", &[]),
];

/// Crates that decide and compute only: no runtime, no driver, no web crate.
const PURE: &[&str] = &["wire", "sigv4", "engine"];
/// HTTP is known to the program alone.
const HTTP: &[&str] = &["axum", "hyper", "hyper-util", "http", "http-body-util", "tower", "tokio-rustls"];
const IMPURE: &[&str] =
    &["tokio", "axum", "hyper", "hyper-util", "rusqlite", "tokio-postgres", "deadpool-postgres", "rustls"];

/// Runs every check; the error lists all breaches.
pub(crate) fn tidy() -> Result {
    let files = tracked_files()?;
    let mut breaches = Vec::new();
    breaches.extend(dependency_direction()?);
    breaches.extend(cycles::cycles()?);
    breaches.extend(drivers_stay_home(&files)?);
    breaches.extend(sources(&files)?);
    breaches.extend(crate::rules::breaches(&files)?);
    if breaches.is_empty() {
        eprintln!("tidy: {} files, no breach", files.len());
        return Ok(());
    }
    Err(format!("tidy found {} breaches:\n  {}", breaches.len(), breaches.join("\n  ")))
}

fn tracked_files() -> Result<Vec<PathBuf>> {
    let listed = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    Ok(listed.lines().map(PathBuf::from).filter(|path| root().join(path).is_file()).collect())
}

/// The names in the `[dependencies]` table of a crate's manifest (development dependencies may point anywhere).
fn dependencies(name: &str) -> Result<Vec<String>> {
    let manifest = read(&Path::new("crates").join(name).join("Cargo.toml"))?;
    let table = manifest.split("\n[").find_map(|part| part.strip_prefix("dependencies]")).unwrap_or_default();
    let names = table.lines().filter(|line| !line.trim_start().starts_with('#'));
    Ok(names
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .map(str::to_owned)
        .filter(|n| !n.is_empty())
        .collect())
}

fn dependency_direction() -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    let house: Vec<&str> = DIRECTION.iter().map(|(name, _)| *name).collect();
    for (name, below) in DIRECTION {
        for dependency in dependencies(name)? {
            let dependency = dependency.as_str();
            if house.contains(&dependency) && !below.contains(&dependency) {
                breaches.push(format!("crates/{name}/Cargo.toml: may not depend on `{dependency}`"));
            }
            if *name != "taskform" && HTTP.contains(&dependency) {
                breaches.push(format!("crates/{name}/Cargo.toml: only the program knows HTTP, not `{dependency}`"));
            }
            if PURE.contains(name) && IMPURE.contains(&dependency) {
                breaches.push(format!("crates/{name}/Cargo.toml: a pure crate may not name `{dependency}`"));
            }
        }
    }
    Ok(breaches)
}

/// Only `store/src/db*` names a database driver, only `taskform/src/http*` names axum.
fn drivers_stay_home(files: &[PathBuf]) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for path in files.iter().filter(|path| is_rust_source(path)) {
        let place = path.to_string_lossy();
        let text = read(path)?;
        let names = |words: &[&str]| words.iter().any(|word| text.contains(&format!("{word}::")));
        if names(&["rusqlite", "tokio_postgres", "deadpool_postgres"])
            && place.starts_with("crates/")
            && !place.starts_with("crates/store/src/db")
            && !place.starts_with("crates/testkit/")
            && !place.contains("/tests/")
        {
            breaches.push(format!("{place}: only crates/store/src/db names a database driver"));
        }
        if names(&["axum"]) && place.starts_with("crates/") && !place.starts_with("crates/taskform/src/http") {
            breaches.push(format!("{place}: only crates/taskform/src/http names axum"));
        }
    }
    Ok(breaches)
}

fn is_rust_source(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "rs") && !path.components().any(|c| c.as_os_str() == "generated")
}

/// Length of files, unfinished marks, lints switched off without `expect`, places of one machine.
fn sources(files: &[PathBuf]) -> Result<Vec<String>> {
    // Put together here so that this file does not find itself.
    let unfinished = ["todo".to_owned() + "!(", "unimplemented".to_owned() + "!(", "FIX".to_owned() + "ME"];
    let switched_off = ["#[all".to_owned() + "ow(", "#![all".to_owned() + "ow("];
    let machine = [
        "/wo".to_owned() + "rk/",
        "/ro".to_owned() + "ot/",
        "static.cra".to_owned() + "tes.io",
        "registry.npm".to_owned() + "js",
    ];
    let mut breaches = Vec::new();
    for path in files {
        let text = read(path)?;
        let place = path.display();
        let code = path.extension().is_some_and(|e| ["rs", "py", "mjs", "js", "ts", "sh"].iter().any(|x| e == *x));
        let generated = path.components().any(|c| c.as_os_str() == "generated");
        for (number, line) in text.lines().enumerate() {
            let mut breach = |what: &str| breaches.push(format!("{place}:{}: {what}", number + 1));
            if machine.iter().any(|m| line.contains(m.as_str())) {
                breach("names a path or host of one machine");
            }
            if code && unfinished.iter().any(|m| line.contains(m.as_str())) {
                breach("unfinished work");
            }
            if code && !generated && switched_off.iter().any(|m| line.contains(m.as_str())) {
                breach("a lint is switched off; use expect with a reason");
            }
        }
        if code && !generated && text.lines().count() > FILE_LINES_MAX {
            breaches.push(format!("{place}: {} lines, at most {FILE_LINES_MAX}: divide it", text.lines().count()));
        }
    }
    Ok(breaches)
}
