//! `taskform flow check`: whether files may be published as flows or flow modules, offline, by the rules and texts of publishing
//! (flows 6).

mod export;
mod hints;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use engine::flow::ModuleContract;
use engine::flow::check::PROBLEMS_MAX;
use engine::{contact_flow, contact_flow_module};
use serde_json::{Value, json};
use wire::shapes::ContactFlowType;

use super::documents::{FOUND, UNREADABLE, name_of, plain, read_text};
use super::error::{CommandError, Result};
use export::Export;

/// Largest file that is read, in bytes: an export of the longest content, with every character written as an escape, is below it.
const FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// What the type of a module is called here: modules have no type of flow (flows 8.1).
const MODULE: &str = "MODULE";

#[derive(Debug, Subcommand)]
pub(super) enum Flow {
    /// Checks flows and flow modules as publishing does; needs no server
    #[command(after_help = CHECK_HELP)]
    Check(Check),
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Flow documents, or what DescribeContactFlow and DescribeContactFlowModule answered; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Type of the flows, or MODULE [default: the one exported with the document, else CONTACT_FLOW]
    #[arg(long = "type", value_name = "TYPE", value_parser = types(), hide_possible_values = true)]
    flow_type: Option<String>,
    /// JSON file with the contract of the modules: the member Settings of CreateContactFlowModule
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// How to print it: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

const CHECK_HELP: &str =
    "Types: CONTACT_FLOW, CUSTOMER_QUEUE, CUSTOMER_HOLD, CUSTOMER_WHISPER, AGENT_HOLD, AGENT_WHISPER, \
OUTBOUND_WHISPER, AGENT_TRANSFER, QUEUE_TRANSFER, CAMPAIGN, MODULE

Exit code: 0 without problems, 1 with problems, 2 when a file cannot be read.

Examples:
  taskform flow check flows/*.json
  taskform flow check --type MODULE --settings contract.json module.json
  aws connect describe-contact-flow --instance-id ID --contact-flow-id FLOW |
    taskform flow check -
  taskform flow check --format json flow.json";

fn types() -> PossibleValuesParser {
    ContactFlowType::ALL_VALUES.iter().copied().chain([MODULE]).into()
}

/// The result for one file.
#[derive(Debug)]
struct Verdict {
    /// As it was given.
    file: String,
    /// A type of flow, or MODULE.
    flow_type: String,
    /// The messages of InvalidContactFlowException, each with what would mend it, where that is known.
    problems: Vec<(String, Option<String>)>,
    /// What is no problem to publishing, and probably not meant.
    notes: Vec<String>,
    /// Identifier and type of each action, for display.
    actions: Vec<(String, String)>,
}

pub(super) fn run(command: Flow, out: &mut impl Write) -> Result<()> {
    match command {
        Flow::Check(check) => run_check(&check, out, &mut io::stderr()),
    }
}

fn run_check(check: &Check, out: &mut impl Write, err: &mut impl Write) -> Result<()> {
    let contract = check.settings.as_deref().map(read_contract).transpose()?;
    let (mut read, mut unreadable) = (Vec::new(), false);
    for file in &check.files {
        match read_export(file, check, contract.is_some()) {
            Ok(export) => read.push((file.display().to_string(), export)),
            Err(reason) => {
                unreadable = true;
                writeln!(err, "error: {}: {reason}", name_of(file))?;
            }
        }
    }
    if contract.is_some() && !read.is_empty() && read.iter().all(|(_, export)| export.flow_type != MODULE) {
        let text = "--settings is the contract of a module, and none of the files is one; see --type MODULE";
        return Err(CommandError::Usage(text.to_owned()));
    }
    let modules = contracts(&read);
    let verdicts: Vec<Verdict> =
        read.into_iter().map(|(file, export)| judge(file, export, contract.as_deref(), &modules)).collect();
    let found = verdicts.iter().any(|verdict| !verdict.problems.is_empty());
    let printed = if check.format == "json" { as_json(&verdicts) } else { as_text(&verdicts) };
    match out.write_all(printed.as_bytes()).and_then(|()| out.flush()) {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    match (unreadable, found) {
        (true, _) => Err(CommandError::Said(UNREADABLE)),
        (false, true) => Err(CommandError::Said(FOUND)),
        (false, false) => Ok(()),
    }
}

/// The document of a file with its type: given, exported with it, or CONTACT_FLOW.
fn read_export(file: &Path, check: &Check, for_modules: bool) -> std::result::Result<Export, String> {
    let mut export = Export::read(read_text(file, FILE_BYTES_MAX)?)?;
    if let Some(told) = &check.flow_type {
        export.flow_type.clone_from(told);
    } else if export.flow_type.is_empty() {
        export.flow_type = if for_modules { MODULE } else { ContactFlowType::ContactFlow.as_str() }.to_owned();
    }
    Ok(export)
}

/// The contract of `--settings`: an object, or its text as the API has it.
fn read_contract(file: &Path) -> Result<String> {
    let refused = |reason: String| CommandError::Usage(format!("{}: {reason}", name_of(file)));
    let text = read_text(file, FILE_BYTES_MAX).map_err(refused)?;
    match serde_json::from_str(&text) {
        Ok(Value::String(inner)) => Ok(inner),
        Ok(_) => Ok(text),
        Err(error) => Err(refused(format!("not valid JSON: {error}"))),
    }
}

/// Contracts of the modules among the files, by id and by ARN: calls of them are checked too (flows 6.5).
fn contracts(files: &[(String, Export)]) -> BTreeMap<String, ModuleContract> {
    let mut found = BTreeMap::new();
    for (_, export) in files.iter().filter(|(_, export)| export.flow_type == MODULE) {
        // One that cannot be read is a problem of its own file.
        let contract = export.contract.as_deref().map(ModuleContract::parse).transpose();
        let contract = contract.ok().flatten().unwrap_or_default();
        found.extend(export.names.iter().map(|name| (name.clone(), contract.clone())));
    }
    found
}

/// The result of publishing's checks.
fn judge(file: String, export: Export, contract: Option<&str>, modules: &BTreeMap<String, ModuleContract>) -> Verdict {
    let called = |name: &str| modules.get(name.strip_suffix(":$LATEST").unwrap_or(name)).cloned();
    let problems = if let Some(problem) = contact_flow::check_size(&export.content) {
        vec![problem]
    } else if export.flow_type == MODULE {
        judge_module(&export.content, contract.or(export.contract.as_deref()), &called)
    } else {
        contact_flow::check(&export.content, &ContactFlowType::parse(&export.flow_type), &called)
    };
    let document: Value = serde_json::from_str(&export.content).unwrap_or_default();
    let mut notes = hints::warnings(&document);
    if export::is_contract(&document) {
        notes.push("this is the contract of a module: give it with --settings, beside the module".to_owned());
    } else if export.flow_type == MODULE && !problems.is_empty() && contract.is_none() && export.contract.is_none() {
        notes.push("this module was checked without a contract: give the file that has it with --settings".to_owned());
    }
    let with_hint = |message: String| {
        let hint = hints::hint(&message, &document);
        (message, hint)
    };
    Verdict {
        actions: if problems.is_empty() { Vec::new() } else { export::actions(&export.content) },
        problems: problems.into_iter().map(with_hint).collect(),
        notes,
        file,
        flow_type: export.flow_type,
    }
}

/// The contract, whether content and contract fit each other, and the block that every module has, in the order of
/// publishing (flows 8.2 to 8.4).
fn judge_module(content: &str, contract: Option<&str>, called: &dyn Fn(&str) -> Option<ModuleContract>) -> Vec<String> {
    let contract = match contract.map(ModuleContract::parse).transpose() {
        Ok(contract) => contract.unwrap_or_default(),
        Err(reason) => return vec![reason],
    };
    let mut problems = contact_flow_module::check(content, Some(&contract), called);
    if problems.is_empty() {
        problems.extend(contact_flow_module::missing_settings(content));
    }
    problems
}

fn as_json(verdicts: &[Verdict]) -> String {
    let verdict = |verdict: &Verdict| {
        let problem = |(message, hint): &(String, Option<String>)| match hint {
            Some(hint) => json!({ "message": message, "hint": hint }),
            None => json!({ "message": message }),
        };
        let problems: Vec<Value> = verdict.problems.iter().map(problem).collect();
        let mut shown = json!({"File": verdict.file, "Type": verdict.flow_type, "Problems": problems});
        if !verdict.notes.is_empty() {
            shown["Notes"] = json!(verdict.notes);
        }
        shown
    };
    format!("{:#}\n", Value::Array(verdicts.iter().map(verdict).collect()))
}

/// One line a file, one for each of its problems, with the action that is meant, and hints and notes below.
fn as_text(verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for verdict in verdicts {
        let count = match verdict.problems.len() {
            0 => "no problems".to_owned(),
            1 => "1 problem".to_owned(),
            PROBLEMS_MAX.. => format!("{PROBLEMS_MAX} problems, perhaps more"),
            count => format!("{count} problems"),
        };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{}: {}, {count}", plain(&name_of(Path::new(&verdict.file))), verdict.flow_type);
        for (message, hint) in &verdict.problems {
            let action = index(message).and_then(|n| verdict.actions.get(n));
            let action = action.map(|(identifier, kind)| format!("  [{identifier:?}, {}]", plain(kind)));
            let _ = writeln!(text, "  {}{}", plain(message), action.unwrap_or_default());
            if let Some(hint) = hint {
                let _ = writeln!(text, "    hint: {}", plain(hint));
            }
        }
        for note in &verdict.notes {
            let _ = writeln!(text, "  note: {}", plain(note));
        }
    }
    text
}

/// The index of the action that a message is about: `Actions[3]…`, or `Path: 3.…` in two texts of the service.
fn index(message: &str) -> Option<usize> {
    let (_, path) = message.rsplit_once("Path: ")?;
    let digits = path.strip_prefix("Actions[").unwrap_or(path);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}
