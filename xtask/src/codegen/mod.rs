//! `cargo xtask codegen`: the generated half of the crate `wire`.
//!
//! In: the published service model, `codegen/operations.txt` (what is in scope) and `codegen/deviations.toml` (where we differ, and
//! why). Out: `crates/wire/src/generated`, names, types and limits only. The same inputs give the same bytes.

mod deviations;
mod emit;
mod fetch;
mod model;
mod names;
mod scope;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::shell::root;

/// Generated files: path below `crates/wire/src/generated`, and text.
type Files = BTreeMap<PathBuf, String>;

/// Runs the command.
pub(crate) fn run(args: &[String]) -> Outcome {
    let check = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("the only argument is --check".into()),
    };
    let root = root();
    let scratch = root.join("target/codegen");
    let model = model::Model::read(&fetch::service_model(&root, &scratch)?)?;
    let operations = scope::read(&root.join("codegen/operations.txt"))?;
    let deviations = deviations::Deviations::read(&root.join("codegen/deviations.toml"))?;
    let scope = scope::Scope::new(&model, &operations, &deviations)?;
    let files = formatted(&root, &scratch.join("generated"), emit::files(&scope)?)?;
    let target = root.join("crates/wire/src/generated");
    if check {
        deviations.check_tests(&root.join("crates/wire/src"))?;
        compare(&target, &files)
    } else {
        write(&target, &files)
    }
}

/// Formats the files as the rest of the project is.
fn formatted(root: &Path, scratch: &Path, files: Files) -> Result<Files, Box<dyn std::error::Error>> {
    if scratch.exists() {
        fs::remove_dir_all(scratch)?;
    }
    write(scratch, &files)?;
    let status = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root)
        .arg(scratch.join("mod.rs"))
        .status()
        .map_err(|error| format!("rustfmt: {error}"))?;
    if !status.success() {
        return Err("rustfmt could not format the generated files".into());
    }
    let read = |path: PathBuf| fs::read_to_string(scratch.join(&path)).map(|text| (path, text));
    Ok(files.into_keys().map(read).collect::<Result<_, _>>()?)
}

/// Makes the folder hold exactly these files; a file that is right already keeps its time stamp.
fn write(folder: &Path, files: &Files) -> Outcome {
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("a file below the folder"))?;
        fs::write(path, text)?;
    }
    for path in present(folder)?.into_iter().filter(|path| !files.contains_key(path)) {
        fs::remove_file(folder.join(path))?;
    }
    Ok(())
}

/// Fails unless the folder holds exactly these files.
fn compare(folder: &Path, files: &Files) -> Outcome {
    let stale = |(path, text): &(&PathBuf, &String)| {
        fs::read_to_string(folder.join(path)).map_or(true, |old| old.replace("\r\n", "\n") != **text)
    };
    let extra = present(folder)?.into_iter().filter(|path| !files.contains_key(path));
    let differing: Vec<String> = files
        .iter()
        .filter(stale)
        .map(|(path, _)| path.clone())
        .chain(extra)
        .map(|path| path.display().to_string())
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    let (count, first) = (differing.len(), &differing[0]);
    Err(format!("{count} generated files are out of date, the first is {first}; run `cargo xtask codegen`").into())
}

/// All files below a folder, as paths relative to it; none if there is no folder.
fn present(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(relative) = open.pop() {
        let path = folder.join(&relative);
        if !path.is_dir() {
            continue;
        }
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let below = relative.join(entry.file_name());
            if entry.file_type()?.is_dir() { open.push(below) } else { found.push(below) }
        }
    }
    found.sort();
    Ok(found)
}
