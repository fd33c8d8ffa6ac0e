//! Precedence, unknown names, and the resulting values.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;

#[derive(Default)]
struct Case {
    given: Given,
    folder: Option<tempfile::TempDir>,
}

impl Case {
    fn flag(mut self, key: &'static str, value: &str) -> Self {
        self.given.flags.insert(key, value.to_owned());
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.given.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    fn file(mut self, text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taskform.toml");
        std::fs::write(&path, text).unwrap();
        self.folder = Some(folder);
        self.given.file = Some(path);
        self
    }

    fn values(&self) -> Result<Values, SettingsError> {
        Values::gather(&self.given)
    }

    fn settings(&self) -> Result<Settings, String> {
        let values = self.values().map_err(|e| e.to_string())?;
        Settings::build(&values, &self.given).map_err(|e| e.to_string())
    }

    #[track_caller]
    fn refused(&self, parts: &[&str]) {
        let text = self.settings().unwrap_err();
        for part in parts {
            assert!(text.contains(part), "`{part}` in `{text}`");
        }
    }
}

fn case() -> Case {
    Case::default()
}

#[test]
fn flag_wins_over_environment_over_file_over_default() {
    let port = |case: &Case| {
        let values = case.values().unwrap();
        let (_, text, source) = values.shown().find(|(s, ..)| s.key == "listen").unwrap();
        (text, source.to_string().rsplit('/').next().unwrap_or_default().to_owned())
    };
    let (file, variable, flag) = ("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3");
    let text = format!("listen = \"{file}\"\n");
    for (case, value, source) in [
        (case(), "127.0.0.1:8484", "default"),
        (case().file(&text), file, "taskform.toml"),
        (case().variable("TASKFORM_LISTEN", variable), variable, "environment"),
        (case().file(&text).variable("TASKFORM_LISTEN", variable), variable, "environment"),
        (case().file(&text).flag("listen", flag), flag, "flag"),
        (case().file(&text).variable("TASKFORM_LISTEN", variable).flag("listen", flag), flag, "flag"),
        (case().file(&text).variable("TASKFORM_LISTEN", ""), file, "taskform.toml"),
    ] {
        assert_eq!(port(&case), (value.to_owned(), source.to_owned()));
        assert_eq!(case.settings().unwrap().listen.to_string(), value);
    }
}

#[test]
fn every_setting_can_be_given_in_each_way() {
    for spec in SPECS {
        assert_eq!(spec.kind.check(spec.default).err().filter(|_| !spec.default.is_empty()), None, "{}", spec.key);
        let value = match spec.kind {
            Kind::Switch => "true".to_owned(),
            Kind::Whole { max, .. } => max.to_string(),
            Kind::Rate => "2.5".to_owned(),
            Kind::Choice(words) => words[words.len() - 1].to_owned(),
            Kind::Account => "999999999999".to_owned(),
            Kind::Address => "[::1]:9".to_owned(),
            Kind::BasePath => "/x".to_owned(),
            Kind::Text | Kind::Secret | Kind::List => "x".to_owned(),
            Kind::Region => "x-1".to_owned(),
            Kind::PublicUrl => "https://h/x".to_owned(),
            Kind::Networks => "10.0.0.0/8".to_owned(),
            Kind::Origins => "https://a.example".to_owned(),
            Kind::Targets | Kind::Secrets => "a=http://h/".to_owned(),
            Kind::LogLevel => "warn,store=debug".to_owned(),
            Kind::Time => "2026-03-02T08:50:00Z".to_owned(),
        };
        let quoted = match spec.kind {
            Kind::Switch | Kind::Whole { .. } | Kind::Rate => value.clone(),
            kind if kind.is_list() => format!("[\"{value}\"]"),
            _ => format!("\"{value}\""),
        };
        for case in [
            case().flag(spec.key, &value),
            case().variable(&spec.variable(), &value),
            case().file(&format!("{} = {quoted}\n", spec.key)),
        ] {
            let values = case.values().unwrap_or_else(|e| panic!("{}: {e}", spec.key));
            assert_eq!(values.text(spec.key), value, "{}", spec.key);
        }
    }
}

#[test]
fn variables_and_flags_are_distinct() {
    let names: std::collections::BTreeSet<_> = SPECS.iter().map(Spec::variable).collect();
    assert_eq!(names.len(), SPECS.len());
}

#[test]
fn the_largest_body_must_fit_into_the_room_for_all() {
    let case = case().file("[http]\nbody_bytes = 2000000\nbuffered_bytes = 1999999");
    case.refused(&["http.buffered_bytes (1999999)", "http.body_bytes (2000000)"]);
}

#[test]
fn tables_and_dotted_keys_are_the_same() {
    for text in ["log.format = \"json\"\nlog.level = \"warn\"", "[log]\nformat = \"json\"\nlevel = \"warn\""] {
        let log = case().file(text).settings().unwrap().log;
        assert!(log.json && log.level == "warn");
    }
}

#[test]
fn unknown_names_are_refused_with_a_suggestion() {
    case().file("lisen = \"x\"").refused(&["taskform.toml", "unknown setting `lisen`", "did you mean listen?"]);
    case().file("[log]\nformt = \"x\"").refused(&["`log.formt`", "did you mean log.format?"]);
    case().file("[extra]\na = 1").refused(&["`extra`", "taskform config"]);
    case().file("[listen]\na = 1").refused(&["listen", "expected a single value"]);
    case().variable("TASKFORM_LISTN", "x").refused(&["TASKFORM_LISTN", "did you mean TASKFORM_LISTEN?"]);
    for (name, value) in [
        ("TASKFORM_PORT", "tcp://10.0.0.1:8484"),
        ("TASKFORM_SERVICE_PORT_HTTP", "8484"),
        ("TASKFORM_POSTGRES_SERVICE_HOST", "10.0.0.2"),
    ] {
        // Kubernetes sets these in every pod beside services `taskform` and `taskform-postgres`.
        assert_eq!(case().variable(name, value).settings().unwrap().listen.to_string(), "127.0.0.1:8484", "{name}");
    }
    case().variable("TASKFORM_QQQQ", "").refused(&["unknown environment variable TASKFORM_QQQQ"]);
    case().file("master_key = \"00\"").refused(&["master_key_file or TASKFORM_MASTER_KEY"]);
    assert!(case().variable("PATH", "/bin").variable("OTHER_LISTEN", "x").settings().is_ok());
}

#[test]
fn bad_values_name_their_place() {
    case().flag("listen", "8484").refused(&["--listen: expected an address", "got `8484`"]);
    case().variable("TASKFORM_ACCOUNT", "12").refused(&["TASKFORM_ACCOUNT: expected exactly 12 digits"]);
    case().file("[http]\nidle_seconds = 5").refused(&["taskform.toml: http.idle_seconds", "between 60 and 86400"]);
    case().flag("region", "mars").refused(&["--region: expected a region such as us-east-1", "got `mars`"]);
    case().flag("http.public_url", "example.com").refused(&["--http-public-url", "https://connect.example.com"]);
    case().file("[http]\ntrusted_proxies = [\"nginx\"]").refused(&["http.trusted_proxies", "10.0.0.0/8", "`nginx`"]);
    case().file("dev = \"yes\"").refused(&["dev: expected true or false"]);
    case().file("listen = [").refused(&["taskform.toml"]);
    case().flag("accepted_regions", "ok-1,Not OK").refused(&["accepted_regions", "got `Not OK`"]);
    let missing = Case { given: Given { file: Some("/nowhere/x.toml".into()), ..Given::default() }, folder: None };
    missing.refused(&["cannot read the settings file /nowhere/x.toml"]);
}

#[test]
fn config_variable_names_the_file() {
    let mut case = case().file("region = \"eu-west-2\"");
    let path = case.given.file.take().unwrap();
    let case = case.variable("TASKFORM_CONFIG", path.to_str().unwrap());
    assert_eq!(case.settings().unwrap().identity.region, "eu-west-2");
}

#[test]
fn dev_listens_beyond_loopback_only_when_told_twice() {
    let dev = case().flag("dev", "true");
    let settings = dev.settings().unwrap();
    assert_eq!((settings.identity.account.as_str(), settings.identity.region.as_str()), ("000000000000", "us-east-1"));
    let remote = dev.flag("listen", "0.0.0.0:8484");
    remote.refused(&["--dev", "loopback", "--dev-allow-remote"]);
    assert!(remote.flag("dev_allow_remote", "true").settings().is_ok());
    assert_eq!(case().variable("TASKFORM_DEV", "true").settings().unwrap().identity.account, "000000000000");
    assert_eq!(case().file("dev = true").settings().unwrap().identity.account, "000000000000");
    assert_eq!(case().file("dev = true").flag("dev", "false").settings().unwrap().identity.account, "123456789012");
}

/// B180: a time where the clock starts, in each way it may be given; without --dev there is no clock to set.
#[test]
fn b180_the_clock_of_dev_starts_where_it_is_told() {
    let start = |case: &Case| case.settings().unwrap().dev_clock_ms;
    let (text, ms) = ("2026-03-02T08:50:00Z", Some(1_772_441_400_000));
    let dev = || case().flag("dev", "true");
    assert_eq!(start(&dev()), None);
    assert_eq!(start(&dev().flag("dev_clock", text)), ms);
    assert_eq!(start(&dev().variable("TASKFORM_DEV_CLOCK", text)), ms);
    for file in [format!("dev_clock = \"{text}\""), format!("dev_clock = {text}")] {
        assert_eq!(start(&dev().file(&file)), ms, "{file}");
    }
    assert_eq!(start(&dev().file("dev_clock = 2026-03-02T08:50:00.250Z")), ms.map(|ms| ms + 250));
    case().flag("dev_clock", text).refused(&["--dev-clock 2026-03-02T08:50:00Z", "add --dev"]);
    case().variable("TASKFORM_DEV_CLOCK", text).refused(&["TASKFORM_DEV_CLOCK", "add --dev"]);
    case().file(&format!("dev_clock = \"{text}\"")).refused(&["taskform.toml: dev_clock", "add --dev"]);
    dev().flag("dev_clock", "tomorrow").refused(&["--dev-clock: expected a time of UTC", "got `tomorrow`"]);
    dev().file("dev_clock = 2026-03-02T08:50:00+01:00").refused(&["dev_clock: expected a time of UTC"]);
    dev().file("dev_clock = 2026-03-02").refused(&["dev_clock: expected a time of UTC"]);
}

#[test]
fn contradictions_are_refused() {
    case().flag("database", "postgres://h/d").flag("ephemeral", "true").refused(&["--ephemeral", "--database"]);
    case().flag("data", "d").flag("ephemeral", "true").refused(&["--ephemeral", "--data"]);
    case().variable("TASKFORM_DATA", "d").flag("ephemeral", "true").settings().unwrap();
    case().flag("database", "mysql://h/d").refused(&["postgres://"]);
    case().flag("tls.key", "k").refused(&["tls.certificate is not"]);
    case().flag("tls.certificate", "k").refused(&["tls.key is not"]);
    case().flag("throttle.burst", "3").refused(&["throttle.burst needs throttle.rate"]);
    case().variable("TASKFORM_MASTER_KEY", "k").flag("master_key_file", "f").refused(&["not both"]);
}

#[test]
fn values_become_settings() {
    let settings = case().settings().unwrap();
    assert_eq!(settings.storage.engine, Engine::Folder);
    assert_eq!(settings.identity.accepted_regions, ["us-east-1"]);
    assert_eq!(settings.throttle, Throttle { aws: false, uniform: None });
    assert_eq!(settings.limits, service::Limits::default());
    assert_eq!(settings.http.cors, Cors::Listed(vec![]), "no web page may call");
    assert_eq!(settings.http.body_bytes, 10 * 1024 * 1024);
    assert!(settings.http.idle_time.as_secs() >= 60);
    let settings = case()
        .flag("region", "cn-north-1")
        .flag("accepted_regions", "local-1, cn-north-1")
        .flag("throttle.preset", "aws")
        .flag("throttle.rate", "2.5")
        .flag("http.cors_origins", "https://a.example, https://b.example")
        .flag("database", "postgres://u:p@h/d")
        .settings()
        .unwrap();
    assert_eq!(settings.identity.partition, Partition::AwsCn);
    assert_eq!(settings.identity.accepted_regions, ["cn-north-1", "local-1"]);
    assert_eq!(settings.throttle, Throttle { aws: true, uniform: Some((2.5, 3)) });
    assert_eq!(settings.http.cors, Cors::Listed(vec!["https://a.example".into(), "https://b.example".into()]));
    assert_eq!(case().flag("http.cors_origins", "*").settings().unwrap().http.cors, Cors::Any);
    assert_eq!(settings.storage.engine, Engine::Postgres("postgres://u:p@h/d".into()));
    assert!(!format!("{settings:?}").contains(":p@"), "no password in debug output");
    assert_eq!(settings.storage.data, PathBuf::from("./taskform-data"));
}

#[test]
fn r2_7_4_single_instances_have_quotas_of_their_own() {
    let text = "[limits]\ntask_templates_per_instance = 60\nof_instances = [\"a:task_templates_per_instance=0\", \"a:quick_connects_per_instance=7\"]";
    let settings = case().file(text).settings().unwrap();
    let of_a = &settings.limits_of["a"];
    assert_eq!((settings.limits.task_templates_per_instance, of_a.task_templates_per_instance), (60, 0));
    assert_eq!((of_a.quick_connects_per_instance, of_a.contact_flows_per_instance), (7, 100));
    for bad in ["a", "a:b", "a:instances=3", "a:quick_connects_per_instance=x", "a:quick_connects_per_instance=-1"] {
        case().flag("limits.of_instances", bad).refused(&["limits.of_instances", bad]);
    }
}

#[test]
fn secrets_are_not_shown() {
    let case = case().flag("database", "postgres://u:hidden@h/d").variable("TASKFORM_MASTER_KEY", "hidden");
    let values = case.values().unwrap();
    let shown: BTreeMap<_, _> = values.shown().map(|(spec, text, _)| (spec.key, text)).collect();
    assert_eq!(shown["database"], "postgres://u:***@h/d");
    assert!(!shown.values().any(|v| v.contains("hidden")));
    assert!(!format!("{:?}", case.settings().unwrap()).contains("hidden"));
}

#[test]
fn what_lies_outside_is_read_and_its_mistakes_are_named() {
    let text = "[events]
file = \"/var/log/events\"
webhooks = [\"crm=https://crm.example/in?key=1\", \"audit=http://localhost:9/\"]
webhook_secrets = [\"crm=old\", \"crm=n=w\"]
[functions]
endpoints = [\"arn:aws:lambda:us-east-1:1:function:f=http://localhost:1/f\"]";
    let case = case().file(text);
    let Settings { events, functions, .. } = case.settings().unwrap();
    assert_eq!((events.file, events.tries), (Some(PathBuf::from("/var/log/events")), 60));
    let secrets: Vec<_> = events.webhooks[0].secrets.iter().map(SecretText::expose).collect();
    assert_eq!((events.webhooks[0].name.as_str(), secrets), ("crm", vec!["old", "n=w"]));
    assert_eq!(events.webhooks[1].target.to_string(), "http://localhost:9/");
    assert_eq!(*functions["arn:aws:lambda:us-east-1:1:function:f"], "http://localhost:1/f");
    assert!(!format!("{:?}", events.webhooks).contains("n=w"));
    let values = case.values().unwrap();
    let shown: String = values.shown().map(|(_, text, _)| text).collect();
    assert!(!shown.contains("key=1") && !shown.contains("n=w") && shown.contains("crm=***"), "{shown}");
    let again = self::case().flag("events.webhooks", "crm=http://h/").flag("events.webhook_secrets", "crm=***");
    again.refused(&["events.webhook_secrets", "crm", "`taskform config`"]);
}

#[test]
fn mistakes_of_what_lies_outside() {
    let hook = |text: &str| case().flag("events.webhooks", text);
    hook("http://h/").refused(&["events.webhooks", "NAME=URL"]);
    hook("A=http://h/").refused(&["events.webhooks", "small letters", "`A`"]);
    hook("file=http://h/").refused(&["other than `file`"]);
    hook("a=http://h/,a=http://i/").refused(&["`a` is given twice"]);
    hook("a=ftp://h/").refused(&["events.webhooks: a", "http://"]);
    hook("a=http://h/?***").refused(&["events.webhooks", "`taskform config`"]);
    let secret = |text: &str| hook("a=http://h/").flag("events.webhook_secrets", text).settings().unwrap_err();
    assert!(secret("b=x").contains("names `b`"));
    assert!(secret("hidden").contains("NAME=SECRET") && !secret("hidden").contains("hidden"));
    case().flag("functions.calls_max", "0").refused(&["--functions-calls-max"]);
    let calls = case().flag("functions.calls_per_function_max", "3").settings().unwrap().calls;
    assert_eq!(calls, service::CallLimits { each: 3, ..Default::default() }, "B126: the defaults are the service's");
    case().flag("functions.endpoints", "f=g").refused(&["functions.endpoints: f", "http://"]);
    case().flag("functions.endpoints", "f=http://a/,f=http://b/").refused(&["`f` is given twice"]);
}

#[test]
fn r2_7_4_the_page_on_running_lists_every_quota_of_the_table() {
    let page = include_str!("../../../../docs/running.md");
    let written: Vec<&str> = page.lines().filter(|line| line.starts_with("| `limits.")).collect();
    let expected: Vec<String> = service::Limits::TABLE.iter().map(row).collect();
    assert_eq!(written, expected, "docs/running.md, Quotas:\n{}", expected.join("\n"));
}

/// A quota in the table of `docs/running.md`.
fn row(quota: &service::QuotaFacts) -> String {
    let digits: Vec<&[u8]> = quota.default.as_bytes().rchunks(3).rev().collect();
    let default = String::from_utf8(digits.join(&b',')).unwrap();
    let unit = if quota.unit == "N" { String::new() } else { format!(" {}", quota.unit.to_lowercase()) };
    let (first, rest) = quota.help.split_at(1);
    let whose = if quota.of_instance { "" } else { "; of the installation, not of single instances" };
    format!("| `{}` | {default}{unit} | {}{rest}{whose} |", quota.key, first.to_lowercase())
}

#[test]
fn r2_7_4_every_quota_of_the_table_is_a_setting() {
    for quota in service::Limits::TABLE {
        let mut defaults = service::Limits::default();
        assert_eq!((quota.of)(&mut defaults).to_string(), quota.default, "{}", quota.key);
        let mut settings = case().flag(quota.key, "7").settings().unwrap();
        assert_eq!(*(quota.of)(&mut settings.limits), 7, "{}", quota.key);
        *(quota.of)(&mut settings.limits) = (quota.of)(&mut defaults).to_owned();
        assert_eq!(settings.limits, service::Limits::default(), "{} sets itself only", quota.key);
        let of_one = format!("a:{}=7", quota.name);
        if quota.of_instance {
            let mut settings = case().flag("limits.of_instances", &of_one).settings().unwrap();
            assert_eq!(*(quota.of)(settings.limits_of.get_mut("a").unwrap()), 7, "{}", quota.key);
        } else {
            case().flag("limits.of_instances", &of_one).refused(&["limits.of_instances", &of_one]);
        }
    }
}

/// Commands that are shown to a person work on the store of the server that shows them.
#[test]
fn commands_that_are_shown_name_the_store() {
    let shown = |case: Case| case.settings().unwrap().command("keys list");
    assert_eq!(shown(case()), "taskform keys list");
    assert_eq!(
        shown(case().flag("data", "/var/lib/t").flag("region", "eu-west-1")),
        "taskform keys list --data /var/lib/t"
    );
    assert_eq!(shown(case().variable("TASKFORM_DATA", "it's here")), "taskform keys list --data 'it'\\''s here'");
    assert_eq!(
        shown(case().flag("database", "postgres://u:p@h/d").flag("master_key_file", "k")),
        "taskform keys list --database 'postgres://u:***@h/d' --master-key-file k"
    );
    let file = case().file("data = \"x\"\n");
    let path = file.given.file.clone().unwrap();
    assert_eq!(
        file.settings().unwrap().command("keys list"),
        format!("taskform keys list --config {}", path.display())
    );
}

/// Secrets of the settings are not in what a panic or a log line might show of them.
#[test]
fn debug_output_of_settings_has_no_secrets() {
    let secret = "canary-of-the-settings";
    let settings = case()
        .variable("TASKFORM_MASTER_KEY", secret)
        .variable("TASKFORM_DATABASE", &format!("postgres://user:{secret}@host/name"))
        .variable("TASKFORM_EVENTS_WEBHOOKS", &format!("crm=https://host/{secret}?token={secret}"))
        .variable("TASKFORM_EVENTS_WEBHOOK_SECRETS", &format!("crm={secret}"))
        .variable("TASKFORM_FUNCTIONS_ENDPOINTS", &format!("arn=http://other:81/?code={secret}"))
        .settings()
        .unwrap();
    let shown = format!("{settings:?} {settings:#?}");
    assert!(!shown.contains(secret), "{shown}");
    for part in ["Target(host:443)", "Target(other:81)", "SecretText(..)", "MasterKeyText(..)"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}
