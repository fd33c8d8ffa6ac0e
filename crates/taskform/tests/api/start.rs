//! Starting: master key, recorded identity, first start, `--dev`.

use std::path::Path;

use taskform::serve;
use taskform::settings::{Given, Settings, Values};
use taskform::startup::{self, Opened, Role, StartError};
use taskform::welcome::{self, Start, Url};

use crate::harness::NOW;

fn settings(folder: &Path, flags: &[(&'static str, &str)], master_key: Option<&str>) -> Settings {
    let mut given = Given::default();
    given.environment.insert("TASKFORM_DATA".to_owned(), folder.to_str().unwrap().to_owned());
    given.flags.extend(flags.iter().map(|(k, v)| (*k, (*v).to_owned())));
    given.environment.extend(master_key.map(|k| ("TASKFORM_MASTER_KEY".to_owned(), k.to_owned())));
    Settings::build(&Values::gather(&given).unwrap(), &given).unwrap()
}

async fn open(settings: &Settings) -> Result<Opened, StartError> {
    startup::open(settings, Role::Server).await
}

async fn close(opened: Opened) {
    opened.store.close().await.unwrap();
}

#[tokio::test]
async fn master_key_is_made_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("deep/data");
    let settings = settings(&data, &[], None);
    let opened = open(&settings).await.unwrap();
    let token_key = opened.page_token_key.clone();
    close(opened).await;
    let opened = open(&settings).await.unwrap();
    assert_eq!(opened.page_token_key.clone(), token_key, "tokens outlive a restart");
    close(opened).await;
    std::fs::remove_file(data.join("master.key")).unwrap();
    let text = open(&settings).await.unwrap_err().to_string();
    assert!(text.contains("master.key") && text.contains("TASKFORM_MASTER_KEY"), "{text}");
    assert!(!data.join("master.key").exists(), "no new key for old secrets");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&data), 0o700, "the data folder is its owner's");
        std::fs::create_dir(folder.path().join("usual")).unwrap();
        assert_eq!(mode(data.parent().unwrap()), mode(&folder.path().join("usual")), "its parents are not");
    }
}

/// B69: what is missing is restored, not made anew in silence.
#[tokio::test]
async fn test_b69_a_lost_database_beside_its_master_key_is_no_first_start() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, database) = (settings(folder.path(), &[], None), folder.path().join("taskform.db"));
    close(open(&plain).await.unwrap()).await;
    let key = folder.path().join("master.key");
    std::fs::write(&database, "").unwrap();
    let _log = std::fs::remove_file(folder.path().join("taskform.db-wal"));
    let truncated = open(&plain).await.unwrap_err().to_string();
    std::fs::remove_file(&database).unwrap();
    let removed = open(&plain).await.unwrap_err().to_string();
    for text in [truncated, removed] {
        for part in ["its data is gone", "master.key", "back-up", "--master-key-file"] {
            assert!(text.contains(part), "`{part}` in {text}");
        }
    }
    assert!(!database.exists(), "nothing was made");
    // On purpose, under the same key or under a new one.
    let named = settings(folder.path(), &[("master_key_file", key.to_str().unwrap())], None);
    close(open(&named).await.unwrap()).await;
    close(open(&plain).await.unwrap()).await;
    std::fs::remove_file(&database).unwrap();
    std::fs::remove_file(&key).unwrap();
    close(open(&plain).await.unwrap()).await;
    assert!(key.exists());
}

/// B69 for PostgreSQL: another database than the one that the key is for.
#[tokio::test]
async fn test_b69_an_empty_postgresql_beside_a_master_key_is_no_first_start() {
    let (Some(first), Some(second)) = (testkit::pg_url_for_tests().await, testkit::pg_url_for_tests().await) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    close(open(&settings(folder.path(), &[("database", &first)], None)).await.unwrap()).await;
    assert!(folder.path().join("master.key").exists(), "the folder was named, so the key is made there");
    close(open(&settings(folder.path(), &[("database", &first)], None)).await.unwrap()).await;
    let text = open(&settings(folder.path(), &[("database", &second)], None)).await.unwrap_err().to_string();
    assert!(text.contains("no tables of Taskform") && text.contains("correct its address"), "{text}");
    let helper = settings(folder.path(), &[("database", &second)], Some(&"01".repeat(32)));
    let text = startup::open(&helper, Role::Helper).await.unwrap_err().to_string();
    assert!(text.contains("no server has ever been started on"), "{text}");
}

/// Part of a row that nobody may overwrite.
#[tokio::test]
async fn a_file_of_events_that_holds_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    close(open(&settings(folder.path(), &[], None)).await.unwrap()).await;
    std::os::unix::fs::symlink(path("master.key"), path("link")).unwrap();
    std::fs::hard_link(path("taskform.db"), path("hard")).unwrap();
    std::fs::write(path("k"), "01".repeat(32)).unwrap();
    for (file, what) in [
        ("taskform.db", "the database"),
        ("hard", "the database"),
        ("taskform.db-wal", "the database"),
        ("taskform.lock", "the database"),
        ("link", "the master key"),
        ("k", "the master key"),
        ("tls.key", "key"),
    ] {
        let (file, key, tls, chain) = (path(file), path("k"), path("tls.key"), path("tls.pem"));
        let flags = [
            ("events.file", file.as_str()),
            ("master_key_file", key.as_str()),
            ("tls.key", tls.as_str()),
            ("tls.certificate", chain.as_str()),
        ];
        let text = startup::check_events_file(&settings(folder.path(), &flags, None)).unwrap_err().to_string();
        assert!(text.contains(&file) && text.contains(what), "{text}");
    }
    let free = path("events.jsonl");
    startup::check_events_file(&settings(folder.path(), &[("events.file", &free)], None)).unwrap();
}

#[tokio::test]
async fn a_wrong_master_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = ("01".repeat(32), "02".repeat(32));
    close(open(&settings(folder.path(), &[], Some(&one))).await.unwrap()).await;
    assert!(!folder.path().join("master.key").exists(), "a given key is not written down");
    let text = open(&settings(folder.path(), &[], Some(&other))).await.unwrap_err().to_string();
    assert!(text.contains("not the master key"), "{text}");
    assert!(!text.contains(&other[..8]));
    let text = open(&settings(folder.path(), &[], Some("short"))).await.unwrap_err().to_string();
    assert!(text.contains("TASKFORM_MASTER_KEY does not hold a master key") && !text.contains("short"), "{text}");
    let file = folder.path().join("key");
    let path = file.to_str().unwrap();
    let text = open(&settings(folder.path(), &[("master_key_file", path)], None)).await.unwrap_err().to_string();
    assert!(text.contains("there is no master key file"), "{text}");
    std::fs::write(&file, &one).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let text = open(&settings(folder.path(), &[("master_key_file", path)], None)).await.unwrap_err().to_string();
        assert!(text.contains("chmod 600"), "{text}");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    close(open(&settings(folder.path(), &[("master_key_file", path)], None)).await.unwrap()).await;
}

#[tokio::test]
async fn another_identity_is_refused_for_servers_and_ignored_by_helpers() {
    let folder = tempfile::tempdir().unwrap();
    let first = settings(folder.path(), &[("account", "111122223333"), ("region", "eu-west-2")], None);
    close(open(&first).await.unwrap()).await;
    let dev = open(&settings(folder.path(), &[("dev", "true")], None)).await.unwrap_err().to_string();
    assert!(dev.contains("(--dev means account 000000000000") && dev.contains("--ephemeral"), "{dev}");
    let default = settings(folder.path(), &[], None);
    let text = open(&default).await.unwrap_err().to_string();
    assert!(!text.contains("--dev"), "{text}");
    for part in ["set up for region eu-west-2, account 111122223333, partition aws", "say region us-east-1"] {
        assert!(text.contains(part), "{text}");
    }
    let opened = startup::open(&default, Role::Helper).await.unwrap();
    assert_eq!((opened.identity.account.as_str(), opened.identity.region.as_str()), ("111122223333", "eu-west-2"));
    close(opened).await;
}

#[tokio::test]
async fn a_second_server_on_one_folder_is_refused_and_a_helper_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path(), &[], None);
    let opened = open(&settings).await.unwrap();
    let text = open(&settings).await.unwrap_err().to_string();
    assert!(text.contains("another process is using"), "{text}");
    close(startup::open(&settings, Role::Helper).await.unwrap()).await;
    close(opened).await;
}

async fn start(settings: &Settings) -> (Start, String) {
    let opened = open(settings).await.unwrap();
    let service = serve::service(settings, &opened);
    let start = welcome::first_start(settings, &opened, &service, NOW).await.unwrap();
    let url = Url { origin: "http://h:1".into(), endpoint: "http://h:1/base".into(), everywhere: None };
    let mut text = Vec::new();
    welcome::print(&mut text, &start, &url, settings).unwrap();
    opened.store.close().await.unwrap();
    (start, String::from_utf8(text).unwrap())
}

#[tokio::test]
async fn the_first_start_makes_an_instance_and_a_key_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path(), &[("region", "eu-west-2")], None);
    let (first, text) = start(&settings).await;
    let Start::First { instance, key: Some(key), .. } = first else { panic!("{first:?}") };
    let more = format!("`taskform keys create --data {}` makes more keys", folder.path().display());
    for part in [
        &format!("made instance {instance}"),
        &more,
        "unset AWS_SESSION_TOKEN",
        &key.access_key_id,
        key.secret.as_str(),
        "AWS_ENDPOINT_URL_CONNECT=http://h:1/base",
        "aws connect list-task-templates",
        "boto3.client(\"connect\", endpoint_url=\"http://h:1/base\", region_name=\"eu-west-2\"",
        "new ConnectClient",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let (second, text) = start(&settings).await;
    assert!(matches!(second, Start::Known { .. }), "{second:?}");
    assert_eq!(text, format!("Instance: {instance}\n"));
}

#[tokio::test]
async fn dev_promises_hold_with_any_store() {
    let folder = tempfile::tempdir().unwrap();
    for ephemeral in ["true", "false"] {
        let settings = settings(folder.path(), &[("dev", "true"), ("ephemeral", ephemeral)], None);
        let (dev, text) = start(&settings).await;
        assert!(matches!(dev, Start::Dev { .. }));
        for part in ["NOT FOR PRODUCTION", "AWS_ACCESS_KEY_ID=test", "11111111-1111-4111-8111-111111111111"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(settings.identity.account, "000000000000");
    }
    assert!(folder.path().join("taskform.db").exists());
    let text = open(&settings(folder.path(), &[], None)).await.unwrap_err().to_string();
    assert!(text.contains("account 000000000000 is that of --dev"), "{text}");
    let (_, text) = start(&settings(folder.path(), &[("account", "000000000000")], None)).await;
    assert!(text.contains("there was an instance already, 11111111-1111-4111-8111-111111111111"), "{text}");
    let (_, text) = start(&settings(folder.path(), &[("ephemeral", "true")], None)).await;
    assert!(text.contains("ends with this server") && !text.contains("keys create"), "{text}");
}

/// Several processes that start first on one database make one instance and print one key between them.
#[tokio::test]
async fn first_starts_at_once_on_one_database_make_one_instance_and_one_key() {
    const PROCESSES: usize = 4;
    for _ in 0..3 {
        let Some(url) = testkit::pg_url_for_tests().await else { return };
        let key = "01".repeat(32);
        let starts = (0..PROCESSES).map(async |_| {
            let folder = tempfile::tempdir().unwrap();
            start(&settings(folder.path(), &[("database", &url)], Some(&key))).await.0
        });
        let made = |start: &Start| matches!(start, Start::First { key: Some(_), .. });
        let keys = futures_util::future::join_all(starts).await.iter().filter(|start| made(start)).count();
        assert_eq!(keys, 1, "one of them made the key");
        let folder = tempfile::tempdir().unwrap();
        let opened = open(&settings(folder.path(), &[("database", &url)], Some(&key))).await.unwrap();
        assert_eq!(opened.store.instance_page(None, 10).await.unwrap().items.len(), 1);
        assert_eq!(opened.store.access_key_page(None, 10).await.unwrap().items.len(), 1);
        close(opened).await;
    }
}
