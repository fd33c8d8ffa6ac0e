//! `taskform policy simulate`: whether policies allow an action on a resource, and which statement decides.

use std::io::Write;

use clap::{ArgGroup, Args};
use engine::policy::{Context, Decision, Key, PolicySet, Request, StatementName, Value, Values};
use serde_json::json;
use service::Caller;

use super::commands::with_store;
use super::documents::FOUND;
use super::error::{CommandError, Result};
use super::flags::StoreFlags;
use super::keys::{existing, held};
use crate::auth::caller_of;
use crate::clock::Clock;
use crate::policies::HeldPolicies;

pub(super) const HELP: &str = "Exit code: 0 when it is allowed, 1 when it is not.

The time and, with --key, what is known of the key (aws:PrincipalArn, aws:PrincipalTag/…) are known; other keys, tags of the resource \
too, are given with --context.

Examples:
  taskform policy simulate --policy read-only --action connect:ListInstances
  taskform policy simulate --key AKIAIOSFODNN7EXAMPLE \\
    --action connect:GetTaskTemplate --resource ARN \\
    --context aws:ResourceTag/team=claims --format json";

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("whose").required(true).args(["key", "policies"])))]
pub(super) struct Simulate {
    /// The access key whose policies are asked
    #[arg(long, value_name = "ID")]
    key: Option<String>,
    /// Policies that are asked instead: a file, or the name of a managed policy; needs no server's data
    #[arg(long = "policy", value_name = "FILE|NAME")]
    policies: Vec<String>,
    /// The action, such as connect:GetTaskTemplate
    #[arg(long, value_name = "ACTION")]
    action: String,
    /// The ARN of the resource; * for an action that is about none
    #[arg(long, value_name = "ARN", default_value = "*")]
    resource: String,
    /// A condition key and its value; given several times, the key has several values
    #[arg(long = "context", value_name = "KEY=VALUE")]
    context: Vec<String>,
    /// How to print it: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

pub(super) fn run(simulate: &Simulate, out: &mut impl Write) -> Result<()> {
    let given = given(&simulate.context)?;
    let Some(id) = &simulate.key else {
        let set = held(&simulate.policies)?.set().map_err(|error| CommandError::Refused(error.to_string()))?;
        return answer(simulate, &set, &Known { given, caller: None, region: None }, out);
    };
    with_store(&simulate.flags, async |opened, _| {
        let row = existing(&opened, id).await?;
        if !row.active {
            return Err(CommandError::Refused(format!("the access key {id} is revoked: it may do nothing")));
        }
        let broken = |error: &dyn std::fmt::Display| CommandError::Refused(format!("the access key {id}: {error}"));
        let caller = caller_of(&row, opened.identity.partition.as_str()).map_err(|error| broken(&error))?;
        let set = HeldPolicies::from_text(&row.policies).and_then(|held| held.set()).map_err(|error| broken(&error))?;
        let region = Some(opened.identity.region.clone());
        answer(simulate, &set, &Known { given, caller: Some(caller), region }, out)
    })
}

/// Keys of the command line with their values.
fn given(texts: &[String]) -> Result<Vec<(Key, String)>> {
    let parsed = texts.iter().map(|text| {
        let pair = text.split_once('=').and_then(|(key, value)| Some((Key::parse(key)?, value.to_owned())));
        let expected = || format!("--context {text}: expected KEY=VALUE with a condition key such as aws:SourceIp");
        pair.ok_or_else(|| CommandError::Refused(expected()))
    });
    parsed.collect()
}

fn answer(simulate: &Simulate, set: &PolicySet, known: &Known, out: &mut impl Write) -> Result<()> {
    let (action, resource) = (&simulate.action, &simulate.resource);
    let decision = set.decide(&Request { action, resource, context: known });
    let (word, statement) = match decision {
        Decision::Allowed { statement } => ("allowed", Some(statement)),
        Decision::Denied { statement: Some(statement) } => ("explicitDeny", Some(statement)),
        Decision::Denied { statement: None } => ("implicitDeny", None),
    };
    if simulate.format == "json" {
        let named =
            statement.map(|StatementName { policy, index, sid }| json!({"Policy": policy, "Index": index, "Sid": sid}));
        let shown = json!({"Action": action, "Resource": resource, "Decision": word, "Statement": named});
        writeln!(out, "{shown}")?;
    } else {
        match (word, statement) {
            ("allowed", Some(statement)) => writeln!(out, "allowed by {statement}")?,
            (_, Some(statement)) => writeln!(out, "denied by {statement}")?,
            (_, None) => writeln!(out, "denied: no statement allows it")?,
        }
    }
    if decision.is_allowed() { Ok(()) } else { Err(CommandError::Said(FOUND)) }
}

/// What is known of the simulated request.
struct Known {
    given: Vec<(Key, String)>,
    caller: Option<Caller>,
    region: Option<String>,
}

impl Context for Known {
    fn values(&self, key: &Key) -> Option<Values<'_>> {
        let given = self.given.iter().filter(|(own, _)| own.lower() == key.lower());
        let given: Vec<Value<'_>> = given.map(|(_, value)| value.as_str().into()).collect();
        match given.len() {
            0 => {}
            1 => return given.into_iter().next().map(Values::One),
            _ => return Some(Values::Many(given)),
        }
        match key.lower() {
            "aws:currenttime" => return Some(Value::Instant(Clock::system().now_ms()).into()),
            "aws:epochtime" => return Some(Value::Number(Clock::system().now_ms().div_euclid(1_000)).into()),
            "aws:requestedregion" => return self.region.as_deref().map(Values::from),
            _ => {}
        }
        self.caller.as_ref()?.value(key)
    }
}
