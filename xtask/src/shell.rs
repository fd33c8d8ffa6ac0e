//! Running other programs: one place that prints what runs and turns a failure into a message.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A recipe's result; the error is what a person reads.
pub(crate) type Result<T = ()> = std::result::Result<T, String>;

/// The checkout's root folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf()
}

/// The text of a file of the checkout.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read(root().join(path))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .map_err(|e| format!("{}: {e}", path.display()))
}

/// A command that runs in the checkout's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// A cargo command with the toolchain that runs this recipe.
pub(crate) fn cargo() -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What cargo said about this recipe's own package. Build scripts watch it (ring's does): the same build begun by hand and from
    // here would each undo the other's.
    for name in std::env::vars_os().map(|(name, _)| name) {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end, printing the command and how long it took; fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result {
    let line = describe(command);
    eprintln!("\n$ {line}");
    let started = Instant::now();
    let status = command.stdin(Stdio::null()).status().map_err(|e| format!("cannot start `{line}`: {e}"))?;
    eprintln!("  ({:.1} s)", started.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err(format!("`{line}` ended with {status}")) }
}

/// Runs quietly and hands back what was printed on stdout.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = describe(command);
    let out = command.stdin(Stdio::null()).output().map_err(|e| format!("cannot start `{line}`: {e}"))?;
    if !out.status.success() {
        return Err(format!("`{line}` ended with {}: {}", out.status, String::from_utf8_lossy(&out.stderr)));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Whether the optimizer works on a program: the debug build is ready several times sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Optimized {
    No,
    Yes,
}

/// Builds a program of the workspace, with cargo's own progress, and says where cargo put it.
pub(crate) fn built(program: &str, optimized: Optimized) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--message-format", "json-render-diagnostics", "--bin", program]);
    if optimized == Optimized::Yes {
        build.arg("--release");
    }
    let messages = progress(&mut build)?;
    let place = messages.lines().filter_map(|message| member(message, "executable")).next_back();
    place.map(PathBuf::from).ok_or_else(|| format!("cargo built {program} and named no file"))
}

/// Where cargo puts what it builds: `target`, unless `CARGO_TARGET_DIR` or `build.target-dir` says otherwise.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = output(cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    member(&metadata, "target_directory")
        .map(PathBuf::from)
        .ok_or_else(|| "cargo metadata names no target folder".to_owned())
}

/// The text of a member of one of cargo's answers, which are JSON without blanks; `null` is none. These recipes need no
/// library, so that none has to be built before them.
fn member(json: &str, name: &str) -> Option<String> {
    let start = format!("\"{name}\":\"");
    let mut text = json[json.find(&start)? + start.len()..].chars();
    let mut value = String::new();
    loop {
        match text.next()? {
            '"' => return Some(value),
            '\\' => value.push(text.next()?),
            other => value.push(other),
        }
    }
}

/// Runs with its progress on the terminal and hands back what was printed on stdout.
fn progress(command: &mut Command) -> Result<String> {
    let line = describe(command);
    eprintln!("\n$ {line}");
    let out = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("cannot start `{line}`: {e}"))?;
    if !out.status.success() {
        return Err(format!("`{line}` ended with {}", out.status));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Whether a program answers `--version`.
pub(crate) fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_cargos_answers() {
        let message =
            r#"{"reason":"compiler-artifact","target":{"name":"taskform"},"executable":"/a b/\"c\"\\d","fresh":true}"#;
        assert_eq!(member(message, "executable").as_deref(), Some(r#"/a b/"c"\d"#));
        assert_eq!(member(r#"{"executable":null,"fresh":true}"#, "executable"), None);
        assert_eq!(member("{}", "executable"), None);
    }

    #[test]
    fn the_target_folder_is_cargos() {
        let told = std::env::current_exe().expect("this test has a file");
        // Where cargo put this test, whatever its settings.
        assert!(told.starts_with(target().expect("cargo answers")), "{}", told.display());
    }
}
