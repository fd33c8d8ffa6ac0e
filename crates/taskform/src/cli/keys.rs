//! `taskform keys`: makes, lists, shows and revokes access keys, and sets what they may do.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, Subcommand};
use serde_json::{Value, json};
use store::AccessKeyRow;

use super::commands::with_store;
use super::error::{CommandError, Result};
use super::flags::StoreFlags;
use crate::clock::{Clock, date};
use crate::envelope::{self, RotationError};
use crate::keys::{self, KeyFacts, NewKey};
use crate::policies::{self, HeldDocument, HeldPolicies, HeldPolicy};
use crate::servers;
use crate::settings::Settings;
use crate::small_file;
use crate::startup::{Opened, StartError};
use crate::vault::MasterKey;
use crate::welcome::Url;

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Makes a key and prints its secret, once
    #[command(after_help = "Examples:
  taskform keys create --description \"build server\"
  taskform keys create --policy claims.json --tag team=claims
  taskform keys create --expires-in 1h         temporary, with a session token
  eval \"$(taskform keys create --format env)\"   sets the AWS clients' variables

Without --policy the key is an administrator's.")]
    Create(Create),
    /// Lists the keys, without secrets
    List {
        #[command(flatten)]
        flags: Box<StoreFlags>,
    },
    /// Shows a key with its policies and tags, without its secret
    #[command(after_help = "Example:\n  taskform keys show AKIAIOSFODNN7EXAMPLE")]
    Show(Show),
    /// Replaces what a key may do; running servers follow within two seconds
    #[command(after_help = "Examples:
  taskform keys set-policy AKIAIOSFODNN7EXAMPLE --policy read-only
  taskform keys set-policy AKIAIOSFODNN7EXAMPLE --policy claims.json
  taskform keys set-policy AKIAIOSFODNN7EXAMPLE --none   it may do nothing")]
    SetPolicy(SetPolicy),
    /// Replaces the master key, while servers run: it protects the secrets in the database
    #[command(after_help = ROTATE_HELP)]
    RotateMaster {
        /// File with the new master key, 64 hex digits; without it the key in the data folder is replaced by a random one
        #[arg(long, value_name = "FILE")]
        new_master_key_file: Option<PathBuf>,
        #[command(flatten)]
        flags: Box<StoreFlags>,
    },
    /// Revokes a key for good; running servers follow within two seconds
    #[command(after_help = "Example:\n  taskform keys revoke AKIAIOSFODNN7EXAMPLE")]
    Revoke {
        /// The access key id
        access_key_id: String,
        #[command(flatten)]
        flags: Box<StoreFlags>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// What the key is for, up to 256 characters
    #[arg(long, value_name = "TEXT", default_value = "")]
    description: String,
    /// A policy that says what the key may do: a file, or one of administrator, read-only, task-producer, template-editor, agent
    #[arg(long = "policy", value_name = "FILE|NAME")]
    policies: Vec<String>,
    /// A tag of the key, which policies may refer to as aws:PrincipalTag/KEY
    #[arg(long = "tag", value_name = "KEY=VALUE")]
    tags: Vec<String>,
    /// Makes a temporary key that ends after this time: 90s, 15m, 1h, 7d
    #[arg(long, value_name = "TIME", value_parser = crate::keys::parse_duration)]
    expires_in: Option<i64>,
    /// How to print it: text, env (export lines) or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "env", "json"])]
    format: String,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The access key id
    access_key_id: String,
    /// How to print it: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["policies", "none"])))]
pub(super) struct SetPolicy {
    /// The access key id
    access_key_id: String,
    /// A policy that says what the key may do from now on: a file, or the name of a managed policy
    #[arg(long = "policy", value_name = "FILE|NAME")]
    policies: Vec<String>,
    /// Take every policy away: the key may do nothing
    #[arg(long)]
    none: bool,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

const ROTATE_HELP: &str = "Examples:
  taskform keys rotate-master --data /var/lib/taskform
  openssl rand -hex 32 > new.key; chmod 600 new.key
  taskform keys rotate-master --database postgres://taskform@db/taskform \\
    --master-key-file old.key --new-master-key-file new.key

Running servers go on. Their next start needs the new key; a back-up that was made before needs the former one.";

impl Keys {
    /// Whether it only prints.
    pub(super) fn only_shows(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Show(_))
    }
}

pub(super) fn run(command: Keys, out: &mut impl Write) -> Result<()> {
    match command {
        Keys::Create(create) => make(&create, out),
        Keys::List { flags } => with_store(&flags, async |opened, _| list(out, &opened).await),
        Keys::Show(show) => with_store(&show.flags, async |opened, _| {
            let row = existing(&opened, &show.access_key_id).await?;
            show_key(out, &row, show.format == "json")
        }),
        Keys::SetPolicy(set) => set_policy(&set, out),
        Keys::Revoke { access_key_id, flags } => with_store(&flags, async |opened, _| {
            if keys::revoke(&opened.store, &access_key_id).await? {
                writeln!(out, "revoked {access_key_id}")?;
                return Ok(());
            }
            Err(CommandError::Refused(format!("there is no active access key {access_key_id}")))
        }),
        Keys::RotateMaster { new_master_key_file, flags } => with_store(&flags, async |opened, settings| {
            rotate_master(out, &opened, settings, new_master_key_file.as_deref()).await
        }),
    }
}

fn make(create: &Create, out: &mut impl Write) -> Result<()> {
    if create.description.chars().count() > 256 {
        return Err(CommandError::Refused("--description: at most 256 characters".to_owned()));
    }
    let held = match &create.policies[..] {
        [] => HeldPolicies::administrator(),
        given => held(given)?,
    };
    let facts = KeyFacts {
        description: create.description.clone(),
        policies: held,
        tags: tags(&create.tags)?,
        expires_in_ms: create.expires_in,
    };
    with_store(&create.flags, async |opened, settings| {
        let endpoint = endpoint(&opened, settings).await?;
        let now_ms = Clock::system().now_ms();
        let key = keys::create(&opened.store, &opened.vault, &opened.identity.account, &facts, now_ms).await?;
        let region = &opened.identity.region;
        let printed = print_key(out, &key, &facts, region, &endpoint, &create.format).and_then(|()| out.flush());
        printed.map_err(|error| {
            let id = &key.access_key_id;
            let command = settings.command(&format!("keys revoke {id}"));
            CommandError::Refused(format!(
                "the access key {id} was made, but it could not be printed, and its secret is lost: {error}. Revoke it with \
                 `{command}`"
            ))
        })
    })
}

fn set_policy(set: &SetPolicy, out: &mut impl Write) -> Result<()> {
    let held = if set.none { HeldPolicies::default() } else { held(&set.policies)? };
    with_store(&set.flags, async |opened, _| {
        let id = &set.access_key_id;
        if !keys::set_policies(&opened.store, id, &held).await? {
            return Err(CommandError::Refused(format!("there is no active access key {id}")));
        }
        Ok(writeln!(out, "{id} holds {}", words(&held))?)
    })
}

/// The policies that a command line names.
pub(super) fn held(given: &[String]) -> Result<HeldPolicies> {
    let one = |given: &String| {
        if engine::policy::managed(given).is_some() {
            return Ok(HeldPolicy::Managed(given.clone()));
        }
        let path = Path::new(given);
        let refused = |error: &dyn std::fmt::Display| {
            CommandError::Refused(format!(
                "--policy {given}: neither a managed policy nor a file that can be read: {error}"
            ))
        };
        let document = small_file::read_text(path).map_err(|error| refused(&error))?;
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        Ok(HeldPolicy::Document(HeldDocument { name, document }))
    };
    let held = given.iter().map(one).collect::<Result<Vec<_>>>()?;
    HeldPolicies::checked(held).map_err(|error| CommandError::Refused(format!("--policy: {error}")))
}

/// The tags that a command line gives.
fn tags(given: &[String]) -> Result<BTreeMap<String, String>> {
    let mut tags = BTreeMap::new();
    for text in given {
        let Some((key, value)) = text.split_once('=') else {
            return Err(CommandError::Refused(format!("--tag {text}: expected KEY=VALUE")));
        };
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(CommandError::Refused(format!("--tag {key}: given twice")));
        }
    }
    if !tags.is_empty() {
        engine::tag::check(&tags).map_err(|bad| CommandError::Refused(format!("--tag: {bad}")))?;
    }
    Ok(tags)
}

/// Where clients find the server: as the one that was started last recorded it, else as the settings say.
pub(super) async fn endpoint(opened: &Opened, settings: &Settings) -> Result<String> {
    let servers = servers::running(&opened.store, Clock::system().now_ms()).await?;
    let recorded = servers.into_iter().next().map(|server| server.endpoint);
    Ok(recorded.unwrap_or_else(|| Url::of(settings.listen, settings).endpoint))
}

fn print_key(
    out: &mut impl Write,
    key: &NewKey,
    facts: &KeyFacts,
    region: &str,
    endpoint: &str,
    format: &str,
) -> io::Result<()> {
    let (id, secret) = (&key.access_key_id, key.secret.as_str());
    let token = key.session_token.as_ref().map(|t| t.as_str());
    match format {
        "json" => {
            let expires = key.expires_ms.map(date);
            writeln!(
                out,
                "{}",
                json!({ "Version": 1, "AccessKeyId": id, "SecretAccessKey": secret, "SessionToken": token, "Expiration": expires })
            )
        }
        "env" => {
            writeln!(out, "export AWS_ACCESS_KEY_ID={id}\nexport AWS_SECRET_ACCESS_KEY={secret}")?;
            match token {
                Some(token) => writeln!(out, "export AWS_SESSION_TOKEN={token}")?,
                None => writeln!(out, "unset AWS_SESSION_TOKEN")?,
            }
            writeln!(out, "export AWS_REGION={region} AWS_DEFAULT_REGION={region}")?;
            writeln!(out, "export AWS_ENDPOINT_URL_CONNECT={endpoint}")
        }
        _ => {
            writeln!(out, "access key id      {id}\nsecret access key  {secret}")?;
            if let Some(token) = token {
                writeln!(out, "session token      {token}")?;
            }
            if let Some(expires) = key.expires_ms {
                writeln!(out, "expires            {}", date(expires))?;
            }
            writeln!(out, "policies           {}", words(&facts.policies))?;
            writeln!(out, "endpoint URL       {endpoint}\nregion             {region}")?;
            writeln!(out, "The secret is not shown again.")
        }
    }
}

/// The names of policies.
fn words(held: &HeldPolicies) -> String {
    let names: Vec<&str> = held.iter().map(HeldPolicy::name).collect();
    if names.is_empty() { "no policy".to_owned() } else { names.join(", ") }
}

async fn list(out: &mut impl Write, opened: &Opened) -> Result<()> {
    let now_ms = Clock::system().now_ms();
    let rows = keys::list(&opened.store).await.map_err(StartError::from)?;
    writeln!(
        out,
        "{:<22}{:<10}{:<22}{:<22}{:<24}DESCRIPTION",
        "ACCESS KEY ID", "STATE", "CREATED", "EXPIRES", "POLICIES"
    )?;
    for row in rows {
        let (state, held) = (state(&row, now_ms), words(&policies_of(&row)?));
        let expires = row.expires_ms.map_or_else(|| "-".to_owned(), date);
        let (id, created) = (&row.access_key_id, date(row.created_ms));
        // A list longer than its column is followed by a space all the same.
        writeln!(out, "{id:<22}{state:<10}{created:<22}{expires:<22}{held:<23} {}", row.description)?;
    }
    Ok(())
}

fn state(row: &AccessKeyRow, now_ms: i64) -> &'static str {
    match row.expires_ms {
        _ if !row.active => "revoked",
        Some(at) if at <= now_ms => "expired",
        _ => "active",
    }
}

fn policies_of(row: &AccessKeyRow) -> Result<HeldPolicies> {
    HeldPolicies::from_text(&row.policies).map_err(|error| broken(row, &error))
}

fn broken(row: &AccessKeyRow, error: &dyn std::fmt::Display) -> CommandError {
    CommandError::Refused(format!("the access key {}: {error}", row.access_key_id))
}

/// A key that exists, revoked or not.
pub(super) async fn existing(opened: &Opened, id: &str) -> Result<AccessKeyRow> {
    let row = opened.store.access_key(id).await.map_err(StartError::from)?;
    row.ok_or_else(|| CommandError::Refused(format!("there is no access key {id}")))
}

fn show_key(out: &mut impl Write, row: &AccessKeyRow, as_json: bool) -> Result<()> {
    let held = policies_of(row)?;
    let tags = policies::tags_of(&row.tags).map_err(|error| broken(row, &error))?;
    let (state, expires) = (state(row, Clock::system().now_ms()), row.expires_ms.map(date));
    if as_json {
        let policies: Vec<Value> = held.iter().map(policy_json).collect();
        let shown = json!({
            "AccessKeyId": row.access_key_id, "State": state, "Description": row.description,
            "Created": date(row.created_ms), "Expiration": expires, "Policies": policies, "Tags": tags,
        });
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&shown).map_err(io::Error::from)?)?);
    }
    writeln!(out, "access key id      {}\nstate              {state}", row.access_key_id)?;
    writeln!(out, "created            {}", date(row.created_ms))?;
    if let Some(expires) = expires {
        writeln!(out, "expires            {expires}")?;
    }
    writeln!(out, "description        {}", row.description)?;
    for (key, value) in &tags {
        writeln!(out, "tag                {key}={value}")?;
    }
    writeln!(out, "policies           {}", words(&held))?;
    for policy in held.iter() {
        let text = match policy {
            HeldPolicy::Managed(name) => engine::policy::managed(name).unwrap_or_default(),
            HeldPolicy::Document(held) => &held.document,
        };
        writeln!(out, "\n# {}\n{}", policy.name(), text.trim_end())?;
    }
    Ok(())
}

fn policy_json(policy: &HeldPolicy) -> Value {
    match policy {
        HeldPolicy::Managed(name) => json!({"Name": name, "Managed": true}),
        HeldPolicy::Document(held) => {
            let document: Value = serde_json::from_str(&held.document).unwrap_or_default();
            json!({"Name": held.name, "Managed": false, "Document": document})
        }
    }
}

async fn rotate_master(out: &mut impl Write, opened: &Opened, settings: &Settings, file: Option<&Path>) -> Result<()> {
    let new = match file {
        None => None,
        Some(path) => {
            let missing = || CommandError::Refused(format!("there is no master key file {}", path.display()));
            Some(MasterKey::read(path).map_err(StartError::from)?.ok_or_else(missing)?)
        }
    };
    let rotated = envelope::rotate(&opened.store, &settings.storage, new).await.map_err(|error| match error {
        RotationError::Refused(text) => CommandError::Refused(text),
        RotationError::Failed(error) => StartError::from(error).into(),
    })?;
    writeln!(out, "The master key was rotated from {} to {}. Running servers go on.", rotated.from, rotated.to)?;
    match (&rotated.files, file) {
        (Some((key, former)), _) => writeln!(
            out,
            "The new key is in {}. The former one is in {}: back-ups that were made before need it; remove it when there are none.",
            key.display(),
            former.display()
        )?,
        (None, file) => writeln!(
            out,
            "Give servers and commands the new key from now on{}; back-ups that were made before need the former one.",
            file.map_or_else(String::new, |file| format!(" ({})", file.display()))
        )?,
    }
    Ok(())
}
