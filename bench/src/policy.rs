//! A second access key for a measured server: one whose policy has ten statements that ask for tags.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::sign::{DEV, Key};
use crate::taskform::{Launch, Storage};

/// Statements of the policy.
const STATEMENTS: usize = 10;

/// An access key that may get templates, as a policy says.
#[derive(Clone, Debug)]
pub(crate) struct PolicyKey {
    id: String,
    secret: String,
}

impl PolicyKey {
    /// Makes the key in the store of a server.
    ///
    /// # Errors
    /// The program does not make it.
    pub(crate) fn make(launch: &Launch) -> Result<Self, String> {
        let file = launch.log.with_extension("policy.json");
        fs::write(&file, document().to_string()).map_err(|e| format!("{}: {e}", file.display()))?;
        let mut command = Command::new(&launch.program);
        command.args(["keys", "create", "--format", "json", "--policy"]).arg(&file);
        match &launch.storage {
            Storage::Folder(folder) => command.arg("--data").arg(folder),
            Storage::Postgres(url) => command.arg("--database").arg(url),
        };
        let output = command.output().map_err(|e| format!("cannot run {}: {e}", launch.program.display()))?;
        if !output.status.success() {
            return Err(format!("keys create: {}", String::from_utf8_lossy(&output.stderr)));
        }
        let made: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("keys create: {e}"))?;
        let text = |name: &str| made[name].as_str().map(str::to_owned).ok_or_else(|| format!("keys create: {made}"));
        Ok(Self { id: text("AccessKeyId")?, secret: text("SecretAccessKey")? })
    }

    /// What signs with it.
    pub(crate) fn key(&self) -> Key<'_> {
        Key { id: &self.id, secret: &self.secret, ..DEV }
    }
}

/// All but the last statement ask for a tag that templates do not have; the last allows those without one.
fn document() -> Value {
    let mut statements: Vec<Value> = (1..STATEMENTS)
        .map(|n| {
            json!({
                "Effect": if n % 3 == 0 { "Deny" } else { "Allow" },
                "Action": ["connect:GetTaskTemplate", "connect:UpdateTaskTemplate"],
                "Resource": "arn:aws:connect:*:*:instance/*/task-template/*",
                "Condition": {"StringEquals": {"aws:ResourceTag/team": format!("team-{n}")}},
            })
        })
        .collect();
    statements.push(json!({
        "Effect": "Allow", "Action": "connect:Get*", "Resource": "arn:aws:connect:*:*:instance/*/task-template/*",
        "Condition": {"StringNotEquals": {"aws:ResourceTag/closed": "yes"}},
    }));
    json!({"Version": "2012-10-17", "Statement": statements})
}
