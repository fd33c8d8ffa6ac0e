//! `taskform policy validate`: whether files are policies, offline, by the parser that servers use (protocol 4.2).

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use engine::policy::{DOCUMENT_BYTES_MAX, MANAGED, PROBLEMS_MAX, Policy, Problem, managed, warnings};
use serde_json::{Value, json};

use super::documents::{FOUND, UNREADABLE, name_of, plain, read_text};
use super::error::{CommandError, Result};
use super::simulate;

/// Largest file that is read, in bytes. A document has [`DOCUMENT_BYTES_MAX`]; one that is a little larger is told how large it is.
const FILE_BYTES_MAX: u64 = 32 * DOCUMENT_BYTES_MAX as u64;

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// Checks policies as `keys create --policy` does; needs no server
    #[command(after_help = VALIDATE_HELP)]
    Validate(Validate),
    /// Says whether policies allow an action on a resource, and which statement decides
    #[command(after_help = simulate::HELP)]
    Simulate(simulate::Simulate),
    /// Prints a managed policy, or the names of all
    #[command(after_help = "Example:\n  taskform policy show read-only > policy.json")]
    Show {
        /// Its name
        #[arg(value_parser = names())]
        name: Option<String>,
    },
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(MANAGED.iter().map(|(name, _)| *name))
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// Policy documents; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Whether warnings count as problems
    #[arg(long)]
    strict: bool,
    /// How to print it: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

const VALIDATE_HELP: &str =
    "Exit code: 0 without problems, 1 with problems, 2 when a file cannot be read. Warnings are about what can never match.

Examples:
  taskform policy validate policies/*.json
  taskform policy validate --strict --format json policy.json
  terraform show -json | jq .policy | taskform policy validate -";

/// The result for one file.
#[derive(Debug)]
struct Verdict {
    /// As it was given.
    file: PathBuf,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

pub(super) fn run(command: PolicyCommand, out: &mut impl Write) -> Result<()> {
    match command {
        PolicyCommand::Validate(validate) => run_validate(&validate, out, &mut io::stderr()),
        PolicyCommand::Simulate(simulate) => simulate::run(&simulate, out),
        PolicyCommand::Show { name } => Ok(show(name.as_deref(), out)?),
    }
}

fn show(name: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    match name.and_then(managed) {
        Some(text) => out.write_all(text.as_bytes()),
        None => MANAGED.iter().try_for_each(|(name, _)| writeln!(out, "{name}")),
    }
}

fn run_validate(validate: &Validate, out: &mut impl Write, err: &mut impl Write) -> Result<()> {
    let (mut verdicts, mut unreadable) = (Vec::new(), false);
    for file in &validate.files {
        match read_text(file, FILE_BYTES_MAX) {
            Ok(text) => verdicts.push(judge(file.clone(), &text)),
            Err(reason) => {
                unreadable = true;
                writeln!(err, "error: {}: {reason}", plain(&name_of(file)))?;
            }
        }
    }
    let printed = if validate.format == "json" { as_json(&verdicts) } else { as_text(&verdicts) };
    match out.write_all(printed.as_bytes()).and_then(|()| out.flush()) {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    let found = |verdict: &Verdict| !verdict.problems.is_empty() || (validate.strict && !verdict.warnings.is_empty());
    match (unreadable, verdicts.iter().any(found)) {
        (true, _) => Err(CommandError::Said(UNREADABLE)),
        (false, true) => Err(CommandError::Said(FOUND)),
        (false, false) => Ok(()),
    }
}

fn judge(file: PathBuf, text: &str) -> Verdict {
    match Policy::parse(text) {
        Ok(policy) => Verdict { file, problems: Vec::new(), warnings: warnings(&policy, Some(&service::Actions)) },
        Err(problems) => Verdict { file, problems, warnings: Vec::new() },
    }
}

fn as_json(verdicts: &[Verdict]) -> String {
    let list = |problems: &[Problem]| -> Value {
        let each = problems.iter();
        each.map(|Problem { line, column, message }| json!({"line": line, "column": column, "message": message}))
            .collect()
    };
    let verdict = |verdict: &Verdict| {
        let file = verdict.file.display().to_string();
        json!({"File": file, "Problems": list(&verdict.problems), "Warnings": list(&verdict.warnings)})
    };
    format!("{:#}\n", Value::Array(verdicts.iter().map(verdict).collect()))
}

/// One line for each problem and warning, as compilers write them, and one for each file.
fn as_text(verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for verdict in verdicts {
        let name = plain(&name_of(Path::new(&verdict.file)));
        let problems = verdict.problems.iter().map(|problem| ("error", problem));
        for (kind, Problem { line, column, message }) in
            problems.chain(verdict.warnings.iter().map(|warning| ("warning", warning)))
        {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "{name}:{line}:{column}: {kind}: {}", plain(message));
        }
        let problems = match verdict.problems.len() {
            0 => "no problems".to_owned(),
            1 => "1 problem".to_owned(),
            PROBLEMS_MAX.. => format!("{PROBLEMS_MAX} problems, perhaps more"),
            count => format!("{count} problems"),
        };
        let warnings = match verdict.warnings.len() {
            0 => String::new(),
            1 => ", 1 warning".to_owned(),
            count => format!(", {count} warnings"),
        };
        let _ = writeln!(text, "{name}: {problems}{warnings}");
    }
    text
}
