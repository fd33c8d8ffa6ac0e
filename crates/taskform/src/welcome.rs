//! What the first start makes and prints, and the banner of `--dev`.

use std::cell::RefCell;
use std::io::{self, Write};

use service::Service;
use store::{Batch, CommitError};

use crate::keys::{self, NewKey};
use crate::serve::{DEV_INSTANCE, DEV_KEY, Url};
use crate::settings::Settings;
use crate::startup::{Opened, StartError};

/// What this start made.
#[derive(Debug)]
pub enum Start {
    /// Nothing: the store was set up before.
    Known,
    /// An instance, and a key unless there were some.
    First {
        /// Instance id.
        instance: String,
        /// The administrator's key.
        key: Option<NewKey>,
        /// Region to sign for.
        region: String,
    },
    /// `--dev`.
    Dev {
        /// Region to sign for.
        region: String,
    },
}

const FIRST_START: &str = "first_start";

/// Makes the instance and the administrator's key of an empty store, and what `--dev` promises.
///
/// A first start that was interrupted before its commit is done again by the next one; print the key right after it.
///
/// # Errors
/// Trouble with the store.
pub async fn first_start(
    settings: &Settings,
    opened: &Opened,
    service: &Service,
    now_ms: i64,
) -> Result<Start, StartError> {
    if settings.dev {
        service.ensure_instance(Some(DEV_INSTANCE), now_ms).await.map_err(StartError::Instance)?;
        return Ok(Start::Dev { region: opened.identity.region.clone() });
    }
    let store = &opened.store;
    if store.meta(FIRST_START).await?.is_some() {
        return Ok(Start::Known);
    }
    let needs_key = store.access_key_page(None, 1).await?.items.is_empty();
    let made = RefCell::new(None);
    let record = || {
        let mut batch = Batch::new();
        batch.put_new_meta(FIRST_START, &now_ms.to_string());
        made.replace(needs_key.then(|| {
            let (account, text) = (&opened.identity.account, "administrator, made at the first start");
            keys::add(&mut batch, &opened.vault, account, text, None, now_ms)
        }));
        batch
    };
    // Instance, key and record in one commit: of two processes that start first on one database, one makes them all.
    let instance = service.ensure_instance_with(None, now_ms, record).await.map_err(StartError::Instance)?;
    if !instance.created {
        match store.commit(record()).await {
            Ok(()) => {}
            // Another process made its first start meanwhile and printed the key.
            Err(CommitError::Conflict(_)) => return Ok(Start::Known),
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(Start::First { instance: instance.id, key: made.into_inner(), region: opened.identity.region.clone() })
}

/// Prints what a person needs to go on.
///
/// # Errors
/// Standard output is closed.
pub fn print(out: &mut impl Write, start: &Start, url: &Url) -> io::Result<()> {
    match start {
        Start::Known => Ok(()),
        Start::Dev { region } => banner(out, url, region),
        Start::First { instance, key, region } => {
            writeln!(out, "First start: made instance {instance}")?;
            match key {
                Some(key) => lines(out, url, region, instance, &key.access_key_id, &key.secret),
                None => writeln!(out, "Access keys exist already; `taskform keys list` shows them."),
            }
        }
    }
}

fn banner(out: &mut impl Write, url: &Url, region: &str) -> io::Result<()> {
    writeln!(out, "*** --dev: NOT FOR PRODUCTION. Anyone who reaches this server can use the key \"{DEV_KEY}\". ***")?;
    lines(out, url, region, DEV_INSTANCE, DEV_KEY, DEV_KEY)
}

fn lines(out: &mut impl Write, url: &Url, region: &str, instance: &str, id: &str, secret: &str) -> io::Result<()> {
    let endpoint = &url.endpoint;
    if id != DEV_KEY {
        writeln!(out, "The secret below is shown once; `taskform keys create` makes more keys.")?;
    }
    writeln!(
        out,
        "
# AWS CLI
export AWS_ACCESS_KEY_ID={id}
export AWS_SECRET_ACCESS_KEY={secret}
export AWS_REGION={region} AWS_DEFAULT_REGION={region}
export AWS_ENDPOINT_URL_CONNECT={endpoint}
aws connect list-task-templates --instance-id {instance}

# Python (boto3)
import boto3
connect = boto3.client(\"connect\", endpoint_url=\"{endpoint}\", region_name=\"{region}\",
                       aws_access_key_id=\"{id}\", aws_secret_access_key=\"{secret}\")
print(connect.list_task_templates(InstanceId=\"{instance}\")[\"TaskTemplates\"])

# JavaScript (@aws-sdk/client-connect)
import {{ ConnectClient, ListTaskTemplatesCommand }} from \"@aws-sdk/client-connect\";
const connect = new ConnectClient({{ endpoint: \"{endpoint}\", region: \"{region}\",
  credentials: {{ accessKeyId: \"{id}\", secretAccessKey: \"{secret}\" }} }});
console.log((await connect.send(new ListTaskTemplatesCommand({{ InstanceId: \"{instance}\" }}))).TaskTemplates);
"
    )
}
