//! What the first start creates and prints, and the banner of `--dev`.

use std::cell::RefCell;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use service::Service;
use service::signin::SignInError;
use store::{Batch, CommitError, Store};

use crate::clock::date;
use crate::invite::{self, NewInvitation};
use crate::keys::{self, KeyFacts, NewKey};
use crate::settings::{Engine, Settings};
use crate::startup::{Opened, StartError};

/// The instance of `--dev`.
pub const DEV_INSTANCE: &str = "11111111-1111-4111-8111-111111111111";
/// Access key id, and secret, of `--dev`.
pub const DEV_KEY: &str = "test";

/// Where clients find the server.
#[derive(Debug)]
pub struct Url {
    /// Scheme, host and port, for this machine.
    pub origin: String,
    /// The endpoint for clients: the public URL if there is one, else origin and base path.
    pub endpoint: String,
    /// The address that is listened on, when it stands for all addresses of the machine.
    pub everywhere: Option<SocketAddr>,
}

impl Url {
    /// Of a server that listens on `address`. Nobody can connect to `0.0.0.0` or `[::]`: loopback takes their place.
    #[must_use]
    pub fn of(address: SocketAddr, settings: &Settings) -> Self {
        let scheme = if settings.tls.is_some() { "https" } else { "http" };
        let mut shown = address;
        if address.ip().is_unspecified() {
            shown.set_ip(match address {
                SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
                SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            });
        }
        let origin = format!("{scheme}://{shown}");
        let public = settings.http.public_url.as_ref().map(|public| public.url.clone());
        let endpoint = public.unwrap_or_else(|| format!("{origin}{}", settings.http.base_path));
        Self { origin, endpoint, everywhere: Some(address).filter(|address| address.ip().is_unspecified()) }
    }

    /// The readiness line.
    #[must_use]
    pub fn ready(&self) -> String {
        let also = self.everywhere.map_or_else(String::new, |address| format!(" (listening on {address})"));
        format!("taskform ready on {}{also}", self.origin)
    }
}

/// What this start made.
#[derive(Debug)]
pub enum Start {
    /// Nothing: the store was set up before.
    Known {
        /// Ids of its instances, oldest first: [`INSTANCES_SHOWN`] and one more, if there are.
        instances: Vec<String>,
    },
    /// An instance, and a key unless there were some.
    First {
        /// Instance id.
        instance: String,
        /// Whether this start made it; otherwise it was there.
        made: bool,
        /// The administrator's key.
        key: Option<NewKey>,
        /// For the user who administers the instance, unless it was there.
        invitation: Option<NewInvitation>,
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
/// A first start that was interrupted before its commit is done again by the next one; print the key right after it. The user who
/// administers the instance is made after that commit: when that is interrupted, CreateUser and `taskform users invite` do the same.
///
/// # Errors
/// The store fails.
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
        return known(store).await;
    }
    let needs_key = store.access_key_page(None, 1).await?.items.is_empty();
    let made = RefCell::new(None);
    let record = || {
        let mut batch = Batch::new();
        batch.put_new_meta(FIRST_START, &now_ms.to_string());
        made.replace(needs_key.then(|| {
            let (account, text) = (&opened.identity.account, "administrator, made at the first start");
            keys::add(&mut batch, &opened.vault, account, &KeyFacts::administrator(text), now_ms)
        }));
        batch
    };
    // Instance, key and record in one commit: of two processes that start first on one database, one makes them all.
    let instance = service.ensure_instance_with(None, now_ms, record).await.map_err(StartError::Instance)?;
    if !instance.created {
        match store.commit(record()).await {
            Ok(()) => {}
            // Another process made its first start meanwhile and printed the key.
            Err(CommitError::Conflict(_)) => return known(store).await,
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
    let invitation = if instance.created { invited_admin(service, &instance.id, now_ms).await? } else { None };
    Ok(Start::First {
        instance: instance.id,
        made: instance.created,
        key: made.into_inner(),
        invitation,
        region: opened.identity.region.clone(),
    })
}

/// Makes the user who administers a new instance, and an invitation to set their password.
async fn invited_admin(service: &Service, instance: &str, now_ms: i64) -> Result<Option<NewInvitation>, StartError> {
    let user = service.make_admin(instance, now_ms).await.map_err(StartError::Instance)?;
    let until_ms = now_ms.saturating_add(invite::FIRST_MS);
    let (invitation, digest) = NewInvitation::new(&user.username, until_ms);
    match service.invite(&user, &digest, until_ms, now_ms).await {
        Ok(()) => Ok(Some(invitation)),
        Err(SignInError::Failed(error)) => Err(StartError::Instance(*error)),
        Err(_) => Ok(None),
    }
}

/// Most instances that a start names.
const INSTANCES_SHOWN: usize = 5;

async fn known(store: &Store) -> Result<Start, StartError> {
    let page = store.instance_page(None, INSTANCES_SHOWN + 1).await?;
    Ok(Start::Known { instances: page.items.into_iter().map(|instance| instance.id).collect() })
}

/// `Instance: …`, for those who look for the id after a restart; `None` when there is no instance.
fn instances_line(ids: &[String]) -> Option<String> {
    let shown = ids[..ids.len().min(INSTANCES_SHOWN)].join(", ");
    match ids.len() {
        0 => None,
        1 => Some(format!("Instance: {shown}")),
        2..=INSTANCES_SHOWN => Some(format!("Instances: {shown}")),
        _ => Some(format!("Instances: {shown} and more (ListInstances)")),
    }
}

/// Prints what a person needs to go on.
///
/// # Errors
/// Standard output is closed.
pub fn print(out: &mut impl Write, start: &Start, url: &Url, settings: &Settings) -> io::Result<()> {
    match start {
        Start::Known { instances } => match instances_line(instances) {
            Some(line) => writeln!(out, "{line}"),
            None => Ok(()),
        },
        Start::Dev { region } => banner(out, url, region),
        Start::First { instance, made, key, invitation, region } => {
            let did = if *made { "made instance" } else { "there was an instance already," };
            writeln!(out, "First start: {did} {instance}")?;
            if let Some(invitation) = invitation {
                let (link, until) = (invitation.link(&url.endpoint), date(invitation.until_ms));
                writeln!(out, "User {}: set the password once, until {until}, with {link}", invitation.username)?;
            }
            let Some(key) = key else {
                return writeln!(out, "Access keys exist already; `{}` shows them.", settings.command("keys list"));
            };
            if settings.storage.engine == Engine::Memory {
                writeln!(
                    out,
                    "The secret below is shown once, and ends with this server, which keeps everything in memory."
                )?;
            } else {
                let command = settings.command("keys create");
                writeln!(out, "The secret below is shown once; `{command}` makes more keys.")?;
            }
            lines(out, url, region, instance, &key.access_key_id, &key.secret)
        }
    }
}

fn banner(out: &mut impl Write, url: &Url, region: &str) -> io::Result<()> {
    writeln!(out, "*** --dev: NOT FOR PRODUCTION. Anyone who reaches this server can use the key \"{DEV_KEY}\". ***")?;
    lines(out, url, region, DEV_INSTANCE, DEV_KEY, DEV_KEY)
}

fn lines(out: &mut impl Write, url: &Url, region: &str, instance: &str, id: &str, secret: &str) -> io::Result<()> {
    let endpoint = &url.endpoint;
    writeln!(
        out,
        "
# AWS CLI (before 1.29 and 2.13 also: --endpoint-url {endpoint})
export AWS_ACCESS_KEY_ID={id}
export AWS_SECRET_ACCESS_KEY={secret}
unset AWS_SESSION_TOKEN
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Given, Values};

    #[test]
    fn b151_a_restart_names_the_instances() {
        let line = |n: usize| instances_line(&(0..n).map(|n| format!("i{n}")).collect::<Vec<_>>());
        assert_eq!(line(0), None);
        assert_eq!(line(1).as_deref(), Some("Instance: i0"));
        assert_eq!(line(2).as_deref(), Some("Instances: i0, i1"));
        assert_eq!(line(6).as_deref(), Some("Instances: i0, i1, i2, i3, i4 and more (ListInstances)"));
    }

    #[test]
    fn lines_to_paste_have_an_address_that_can_be_connected_to() {
        for (listen, public, endpoint, ready) in [
            ("127.0.0.1:1", "", "http://127.0.0.1:1/b", "taskform ready on http://127.0.0.1:1"),
            ("192.0.2.1:1", "", "http://192.0.2.1:1/b", "taskform ready on http://192.0.2.1:1"),
            ("0.0.0.0:1", "", "http://127.0.0.1:1/b", "taskform ready on http://127.0.0.1:1 (listening on 0.0.0.0:1)"),
            ("[::]:1", "", "http://[::1]:1/b", "taskform ready on http://[::1]:1 (listening on [::]:1)"),
            (
                "0.0.0.0:1",
                "https://h/c/",
                "https://h/c",
                "taskform ready on http://127.0.0.1:1 (listening on 0.0.0.0:1)",
            ),
        ] {
            let mut given = Given::default();
            for (key, value) in [("listen", listen), ("http.public_url", public), ("http.base_path", "/b")] {
                given.flags.insert(key, value.to_owned());
            }
            let settings = Settings::build(&Values::gather(&given).unwrap(), &given).unwrap();
            let url = Url::of(settings.listen, &settings);
            assert_eq!((url.endpoint.as_str(), url.ready().as_str()), (endpoint, ready));
        }
    }
}
