//! What the tests and the peer program share: the server under test, stock clients, sample requests, a proxy that breaks things.

mod proxy;
mod server;

use std::time::{Duration, SystemTime};

use aws_sdk_connect::Client;
use aws_sdk_connect::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
use aws_sdk_connect::types as t;
use aws_smithy_async::time::TimeSource;

pub use proxy::{FaultProxy, ProxyStep};
pub use server::{Server, scrubbed_environment};

/// Instance that `--dev` makes.
pub const DEV_INSTANCE: &str = "11111111-1111-4111-8111-111111111111";

/// A clock that is off by so many seconds.
#[derive(Debug)]
struct WrongClock(i64);

impl TimeSource for WrongClock {
    fn now(&self) -> SystemTime {
        let by = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 { SystemTime::now() - by } else { SystemTime::now() + by }
    }
}

/// Settings of a stock client for plain HTTP.
fn config(url: &str) -> aws_sdk_connect::config::Builder {
    aws_sdk_connect::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "e2e"))
        .endpoint_url(url)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
}

/// A client that tries once, so that no failure is hidden.
pub fn client(url: &str) -> Client {
    Client::from_conf(config(url).retry_config(RetryConfig::disabled()).build())
}

/// A client with the standard three attempts; only the pause between them is shorter.
pub fn retrying(url: &str) -> Client {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(10));
    Client::from_conf(config(url).retry_config(retries).build())
}

/// A client with the standard three attempts and a clock that is off by so many seconds.
pub fn with_wrong_clock(url: &str, seconds: i64) -> Client {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(10));
    Client::from_conf(config(url).retry_config(retries).time_source(WrongClock(seconds)).build())
}

/// A client with another key.
pub fn with_key(url: &str, access_key: &str, secret_key: &str) -> Client {
    let credentials = Credentials::new(access_key, secret_key, None, None, "e2e");
    Client::from_conf(config(url).credentials_provider(credentials).retry_config(RetryConfig::disabled()).build())
}

/// A fresh instance and the flows that tests point at.
pub struct Instance {
    /// Its id.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// `Sample task flow`.
    pub flow: String,
    /// `Default agent transfer`.
    pub agent_transfer: String,
}

/// Makes a fresh instance.
pub async fn new_instance(connect: &Client) -> Instance {
    let made = connect
        .create_instance()
        .identity_management_type(t::DirectoryType::ConnectManaged)
        .inbound_calls_enabled(true)
        .outbound_calls_enabled(false)
        .send()
        .await
        .expect("an instance can be made");
    let id = made.id().expect("an id is answered").to_owned();
    let flows = connect.list_contact_flows().instance_id(&id).send().await.expect("flows can be listed");
    let flow = |name: &str| {
        let found = flows.contact_flow_summary_list().iter().find(|f| f.name() == Some(name));
        found.and_then(t::ContactFlowSummary::id).expect("a default flow is there").to_owned()
    };
    Instance {
        arn: made.arn().expect("an ARN is answered").to_owned(),
        flow: flow("Sample task flow"),
        agent_transfer: flow("Default agent transfer"),
        id,
    }
}

/// Names a field.
pub fn id(name: &str) -> t::TaskTemplateFieldIdentifier {
    t::TaskTemplateFieldIdentifier::builder().name(name).build()
}

/// A field of that name and type.
pub fn field(name: &str, kind: t::TaskTemplateFieldType) -> t::TaskTemplateField {
    t::TaskTemplateField::builder().id(id(name)).r#type(kind).build()
}

/// Constraints that require these fields.
pub fn required(names: &[&str]) -> t::TaskTemplateConstraints {
    let infos = names.iter().map(|name| t::RequiredFieldInfo::builder().id(id(name)).build()).collect();
    t::TaskTemplateConstraints::builder().set_required_fields(Some(infos)).build()
}

/// The creation of the smallest template the service takes.
pub fn small(
    connect: &Client,
    instance: &Instance,
    name: &str,
) -> aws_sdk_connect::operation::create_task_template::builders::CreateTaskTemplateFluentBuilder {
    connect
        .create_task_template()
        .instance_id(&instance.id)
        .name(name)
        .contact_flow_id(&instance.flow)
        .status(t::TaskTemplateStatus::Active)
        .fields(field("Task name", t::TaskTemplateFieldType::Name))
        .constraints(required(&["Task name"]))
}

/// Ids of all templates of an instance, in the order of the list.
pub async fn template_ids(connect: &Client, instance: &Instance) -> Vec<String> {
    let listed = connect.list_task_templates().instance_id(&instance.id).send().await.expect("templates can be listed");
    listed.task_templates().iter().filter_map(|one| one.id().map(str::to_owned)).collect()
}
