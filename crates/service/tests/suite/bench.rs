//! The bench of a test: a service over a fresh store, an instance, and calls as the program makes them.

use serde_json::{Value, json};
use service::signin::{HashSettings, SignInSettings};
use service::{Call, Caller, Ids, Limits, Origin, Partition, ReplyHeaders, Service, Settings};
use store::{Faults, Location, OpenOptions, Store};
use wire::{Labels, Op};

/// The time of every call unless a test moves it, epoch milliseconds.
pub(crate) const NOW: i64 = 1_767_225_600_000;

/// An instance that has quotas of its own: three task templates.
pub(crate) const OTHER_INSTANCE: &str = "22222222-2222-4222-8222-222222222222";

/// What a call answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Name of the exception, or empty.
    pub(crate) error: String,
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) template_version: Option<i64>,
    pub(crate) warning: Option<String>,
}

pub(crate) struct Bench {
    pub(crate) service: Service,
    pub(crate) instance: String,
    pub(crate) flow: String,
    pub(crate) now: i64,
    /// Who calls: an administrator, unless a test says otherwise.
    pub(crate) caller: Caller,
    /// Where calls come from.
    pub(crate) origin: Origin<'static>,
    /// Injected faults of the store.
    pub(crate) faults: Faults,
    _folder: Option<tempfile::TempDir>,
}

/// Runs a test on SQLite in memory, SQLite in a folder and, where available, PostgreSQL.
pub(crate) async fn on_each_engine(limits: Limits, test: impl AsyncFn(Bench)) {
    test(Bench::at(Location::Memory, limits.clone(), None).await).await;
    let folder = tempfile::tempdir().expect("a scratch folder");
    let location = Location::Sqlite { dir: folder.path().to_owned() };
    test(Bench::at(location, limits.clone(), Some(folder)).await).await;
    if let Some(url) = testkit::pg_url_for_tests().await {
        test(Bench::at(Location::Postgres { url }, limits, None).await).await;
    }
}

/// A separate service over a store that others may use too.
pub(crate) async fn process(location: &Location, limits: Limits) -> Service {
    process_with(location, limits, OpenOptions::default()).await
}

async fn process_with(location: &Location, limits: Limits, options: OpenOptions) -> Service {
    let store = Store::open(location, options).await.expect("the store opens");
    let service = Service::new(store, settings(limits), [7; 32], Ids::random());
    service.use_sign_in(cheap());
    service
}

/// Hashes of passwords that cost next to nothing.
pub(crate) fn cheap() -> SignInSettings {
    SignInSettings {
        hashes: HashSettings { memory_kib: 64, passes: 1, ..HashSettings::default() },
        ..SignInSettings::default()
    }
}

pub(crate) fn settings(limits: Limits) -> Settings {
    Settings {
        partition: Partition::Aws,
        region: "us-east-1".to_owned(),
        account: "123456789012".to_owned(),
        limits,
        limits_of: [(OTHER_INSTANCE.to_owned(), Limits { task_templates_per_instance: 3, ..Limits::default() })].into(),
        accept_seconds: 20,
        schedule_ahead_days: 90,
        predefined_attributes: ["region".to_owned()].into(),
        sinks: vec!["test".to_owned()],
        // Tests of operations look at tasks whose flows have not begun.
        first_steps: false,
    }
}

impl Bench {
    /// In memory, with the documented quotas.
    pub(crate) async fn new() -> Self {
        Self::at(Location::Memory, Limits::default(), None).await
    }

    async fn at(location: Location, limits: Limits, folder: Option<tempfile::TempDir>) -> Self {
        let faults = Faults::default();
        let options = OpenOptions { faults: Some(faults.clone()), ..OpenOptions::default() };
        let service = process_with(&location, limits, options).await;
        let instance = service.ensure_instance(None, NOW).await.expect("an instance").id;
        let caller = Caller::administrator("123456789012", "AKIDEXAMPLE", "arn:aws:iam::123456789012:user/admin");
        let origin = Origin::default();
        let mut bench =
            Self { service, instance, flow: String::new(), now: NOW, caller, origin, faults, _folder: folder };
        bench.flow = bench.flow_named("Sample task flow").await;
        bench
    }

    /// From now on over the same store as a server does it: the first steps of flows go with the start of a task.
    pub(crate) fn with_first_steps(mut self, limits: Limits) -> Self {
        let settings = Settings { first_steps: true, ..settings(limits) };
        self.service = Service::new(self.service.store().clone(), settings, [7; 32], Ids::random());
        self
    }

    /// On this PostgreSQL database, with the documented quotas.
    pub(crate) async fn on(url: &str) -> Self {
        Self::at(Location::Postgres { url: url.to_owned() }, Limits::default(), None).await
    }

    /// The same service and instance, called by an administrator.
    pub(crate) fn as_administrator(&self) -> Self {
        let caller = Caller::administrator("123456789012", "AKIDEXAMPLE", "arn:aws:iam::123456789012:user/admin");
        Self {
            service: self.service.clone(),
            instance: self.instance.clone(),
            flow: self.flow.clone(),
            now: self.now,
            caller,
            origin: self.origin,
            faults: self.faults.clone(),
            _folder: None,
        }
    }

    /// The id of a flow of the instance.
    pub(crate) async fn flow_named(&self, name: &str) -> String {
        let flows = self.get(Op::ListContactFlows, &[&self.instance], "").await;
        let list = flows.body["ContactFlowSummaryList"].as_array().expect("a list of flows");
        let found = list.iter().find(|flow| flow["Name"] == name).expect("the flow is there");
        found["Id"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn get(&self, op: Op, labels: &[&str], query: &str) -> Answer {
        self.raw(op, labels, query, b"").await
    }

    pub(crate) async fn send(&self, op: Op, labels: &[&str], body: Value) -> Answer {
        self.raw(op, labels, "", body.to_string().as_bytes()).await
    }

    pub(crate) async fn raw(&self, op: Op, labels: &[&str], query: &str, body: &[u8]) -> Answer {
        let labels: Labels = labels.iter().copied().collect();
        let (caller, origin) = (&self.caller, self.origin);
        let call = Call { op, labels: &labels, query, body, caller, origin, now_ms: self.now, request_id: "r" };
        match self.service.call(call).await {
            Ok(reply) => Answer {
                error: String::new(),
                status: 200,
                body: serde_json::from_slice(&reply.body).expect("an answer is JSON"),
                template_version: reply.headers.get(ReplyHeaders::TEMPLATE_VERSION).and_then(|text| text.parse().ok()),
                warning: reply.headers.get(ReplyHeaders::WARNING).map(str::to_owned),
            },
            Err(error) => {
                assert!(error.source.is_none(), "{error}");
                // Documented for filters of users, though the model does not declare it (administration 3.2.2).
                let documented = op == Op::SearchUsers && error.exception.name() == "AccessDeniedException";
                assert!(
                    documented || error.denied.is_some() || op.declares(error.exception.kind()),
                    "{} does not declare {}",
                    op.name(),
                    error.exception.name()
                );
                Answer {
                    error: error.exception.name().to_owned(),
                    status: error.exception.status(),
                    body: serde_json::from_slice(&error.exception.to_json()).expect("an error is JSON"),
                    template_version: None,
                    warning: None,
                }
            }
        }
    }

    /// A good request for CreateTaskTemplate.
    pub(crate) fn template(&self, name: &str) -> Value {
        json!({
            "Name": name,
            "ContactFlowId": self.flow,
            "Fields": [
                {"Id": {"Name": "Task name"}, "Type": "NAME"},
                {"Id": {"Name": "Order id"}, "Type": "TEXT"},
            ],
            "Constraints": {"RequiredFields": [{"Id": {"Name": "Task name"}}]},
        })
    }

    pub(crate) async fn create(&self, body: Value) -> Answer {
        self.send(Op::CreateTaskTemplate, &[&self.instance], body).await
    }

    /// Creates a template and hands back its id.
    pub(crate) async fn created(&self, name: &str) -> String {
        self.create(self.template(name)).await.ok()["Id"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn read(&self, id: &str, query: &str) -> Answer {
        self.get(Op::GetTaskTemplate, &[&self.instance, id], query).await
    }

    pub(crate) async fn update(&self, id: &str, mut body: Value) -> Answer {
        if body.get("Status").is_none() {
            body["Status"] = json!("ACTIVE");
        }
        self.send(Op::UpdateTaskTemplate, &[&self.instance, id], body).await
    }

    pub(crate) async fn delete(&self, id: &str) -> Answer {
        self.get(Op::DeleteTaskTemplate, &[&self.instance, id], "").await
    }

    pub(crate) fn template_arn(&self, id: &str) -> String {
        format!("arn:aws:connect:us-east-1:123456789012:instance/{}/task-template/{id}", self.instance)
    }
}

impl Answer {
    /// The body of a success.
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.error, "", "{}", self.body);
        self.body
    }

    /// Asserts an exception; hands back its message.
    pub(crate) fn refused(&self, name: &str) -> String {
        assert_eq!(self.error, name, "{}", self.body);
        let message = self.body["Message"].as_str().unwrap_or_default().to_owned();
        assert!(!message.is_empty(), "a refusal says why");
        message
    }

    /// Asserts a PropertyValidationException with just these (path, reason).
    pub(crate) fn properties(&self, expected: &[(&str, &str)]) {
        self.refused("PropertyValidationException");
        let list = self.body["PropertyList"].as_array().expect("a list");
        let found: Vec<(&str, &str)> = list
            .iter()
            .map(|p| (p["PropertyPath"].as_str().expect("a path"), p["Reason"].as_str().expect("a reason")))
            .collect();
        assert_eq!(found, expected);
    }
}
