//! The binary itself: commands, exit codes, the readiness line, keys beside a running server.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::connections::certificate;
use crate::harness::{Ask, Got, read};

pub(crate) fn taskform(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taskform"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    taskform(arguments).output().unwrap()
}

#[track_caller]
pub(crate) fn out(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
pub(crate) fn refused(output: &Output, code: i32, part: &str) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert!(text.contains(part), "`{part}` in {text}");
}

/// A server process that is killed when the test ends.
pub(crate) struct Server {
    child: Child,
    lines: Vec<String>,
    pub(crate) address: String,
    out: BufReader<ChildStdout>,
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::logging_to(Stdio::null(), arguments)
    }

    fn logging_to(log: Stdio, arguments: &[&str]) -> Self {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--listen", "127.0.0.1:0"]);
        let mut child = taskform(&arguments).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut server = Self { child, lines: Vec::new(), address: String::new(), out };
        while server.address.is_empty() {
            let mut line = String::new();
            let read = server.out.read_line(&mut line).unwrap();
            assert_ne!(read, 0, "the server ended before it was ready: {:?}", server.lines);
            let ready = line.trim_end().strip_prefix("taskform ready on ");
            match ready.and_then(|url| url.split_once("://")) {
                Some((_, address)) => address.clone_into(&mut server.address),
                None => server.lines.push(line),
            }
        }
        server
    }

    fn exported(&self, name: &str) -> String {
        let start = format!("export {name}=");
        self.lines.iter().find_map(|l| l.strip_prefix(&start)).unwrap().trim_end().to_owned()
    }

    pub(crate) async fn send(&self, ask: &Ask) -> Got {
        let stream = tokio::net::TcpStream::connect(&self.address).await.unwrap();
        let stream = hyper_util::rt::TokioIo::new(stream);
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        read(sender.send_request(ask.request()).await.unwrap()).await
    }

    async fn status(&self, ask: &Ask) -> u16 {
        self.send(ask).await.status.as_u16()
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
    }

    pub(crate) fn terminate(mut self) -> i32 {
        self.signal("TERM");
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.out, &mut rest).unwrap();
        code
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn list(address: &str, id: &str, secret: &str, token: Option<&str>) -> Ask {
    let now_ms = taskform::clock::Clock::system().now_ms();
    let mut ask = Ask::new("GET", "/instance");
    if let Some(token) = token {
        ask = ask.header("x-amz-security-token", token);
    }
    ask.signed_as(id, secret, address, now_ms)
}

#[tokio::test]
async fn keys_while_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let server = Server::start(&["serve", "--data", data]);
    let (id, secret) = (server.exported("AWS_ACCESS_KEY_ID"), server.exported("AWS_SECRET_ACCESS_KEY"));
    let address = server.address.clone();
    assert_eq!(server.status(&list(&address, &id, &secret, None)).await, 200);

    let made: serde_json::Value =
        serde_json::from_str(&out(&["keys", "create", "--data", data, "--expires-in", "2s", "--format", "json"]))
            .unwrap();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let (temporary, temporary_secret, token) = (text("AccessKeyId"), text("SecretAccessKey"), text("SessionToken"));
    let ask = || list(&address, &temporary, &temporary_secret, Some(&token));
    assert_eq!(server.status(&ask()).await, 200);
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    assert_eq!(server.status(&ask()).await, 403);

    // The endpoint is the running server's, which this command has no settings of.
    let variables = out(&["keys", "create", "--data", data, "--format", "env"]);
    assert!(variables.contains(&format!("export AWS_ENDPOINT_URL_CONNECT=http://{address}\n")), "{variables}");
    let listed = out(&["keys", "list", "--data", data]);
    assert!(listed.contains(&id) && listed.contains("expired") && !listed.contains(&secret), "{listed}");
    assert_eq!(out(&["keys", "revoke", &id, "--data", data]), format!("revoked {id}\n"));
    refused(&run(&["keys", "revoke", &id, "--data", data]), 1, "no active access key");
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    assert_eq!(server.status(&list(&address, &id, &secret, None)).await, 403);
    let second = || run(&["serve", "--data", data, "--listen", "127.0.0.1:0"]);
    refused(&second(), 1, "another process is using");
    refused(&second(), 1, &format!("process {}", server.child.id()));
    std::fs::remove_file(Path::new(data).join("taskform.lock")).unwrap();
    refused(&second(), 1, "its lock file was removed");
    refused(&second(), 1, "another process is using");
    assert!(out(&["keys", "list", "--data", data]).contains(&id), "helpers work beside it all the same");
    assert!(out(&["events", "dead", "--data", data]).contains("KIND"));
    assert!(out(&["backup", "--data", data, &format!("{data}.copy")]).contains("wrote"));
    refused(&second(), 1, "another process is using");
    assert_eq!(server.terminate(), 0);
    let again = Server::start(&["serve", "--data", data]);
    // B151: only the instance is named again; the secret of the first start is not.
    assert!(matches!(&again.lines[..], [line] if line.starts_with("Instance: ")), "{:?}", again.lines);
}

#[tokio::test]
async fn dev_serves_the_known_key() {
    let server = Server::start(&["serve", "--dev", "--ephemeral"]);
    assert!(server.lines[0].contains("NOT FOR PRODUCTION"));
    assert_eq!(server.status(&list(&server.address, "test", "test", None)).await, 200);
    assert_eq!(server.status(&list(&server.address, "test", "other", None)).await, 403);
    refused(&run(&["serve", "--dev", "--ephemeral", "--listen", "0.0.0.0:0"]), 2, "--dev-allow-remote");
}

#[test]
fn settings_are_shown_with_their_sources_and_can_be_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.toml");
    std::fs::write(&file, "region = \"eu-west-2\"\n[log]\nformat = \"json\"\n").unwrap();
    let path = file.to_str().unwrap();
    let shown =
        out(&["config", "--config", path, "--account", "111122223333", "--database", "postgres://u:hidden@h/d"]);
    let source = |key: &str| {
        let line = shown.lines().find(|l| l.starts_with(&format!("{key} = "))).unwrap();
        line.split_once(" # ").unwrap().1.to_owned()
    };
    assert_eq!((source("account"), source("region"), source("listen")), ("flag".into(), path.into(), "default".into()));
    assert!(!shown.contains("hidden"), "{shown}");
    let again = folder.path().join("again.toml");
    std::fs::write(&again, &shown).unwrap();
    let values =
        |text: &str| text.lines().map(|l| l.split(" # ").next().unwrap_or("").trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(values(&out(&["config", "--config", again.to_str().unwrap()])), values(&shown));
}

#[test]
fn mistakes_are_named() {
    refused(&run(&["config", "--lisen", "x"]), 2, "--listen");
    refused(&taskform(&["config"]).env("TASKFORM_LISTN", "x").output().unwrap(), 2, "did you mean TASKFORM_LISTEN?");
    refused(&run(&["serve", "--listen", "1"]), 2, "--listen: expected an address");
    refused(&run(&["keys", "create", "--expires-in", "soon"]), 2, "90s, 15m, 1h, 7d");
    refused(&run(&["serve", "--ephemeral", "--events-webhooks", "x"]), 2, "NAME=URL");
    refused(
        &run(&["serve", "--ephemeral", "--events-file", "/proc/nothing/x", "--listen", "127.0.0.1:0"]),
        1,
        "events.file",
    );
    refused(&run(&["events", "replay"]), 2, "--all");
    refused(&run(&["serve", "--ephemeral", "--log-level", "loud=loud"]), 2, "--log-level: expected off, error, warn");
    for command in [&["serve", "--ephemeral"][..], &["config"], &["keys", "list"]] {
        let text = "debug or trace, or levels by part such as info,store=debug, got `warning`; did you mean warn?";
        refused(&run(&[command, &["--log-level", "warning"]].concat()), 2, text);
        refused(&taskform(command).env("TASKFORM_LOG_LEVEL", "warning").output().unwrap(), 2, text);
    }
    refused(&taskform(&["config"]).env("TASKFORM_LOG_FORMAT", "jsn").output().unwrap(), 2, "did you mean json?");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(&run(&["serve", "--ephemeral", "--listen", &address]), 1, "cannot listen on");
    let next =
        format!("stop it, or give another port, as in --listen 127.0.0.1:{}", taken.local_addr().unwrap().port() + 1);
    refused(&run(&["serve", "--ephemeral", "--listen", &address]), 1, &next);
    refused(&run(&["serve", "--ephemeral", "--listen", "192.0.2.1:0"]), 1, "It is no address of this machine");
    refused(&run(&["serve", "--ephemeral", "--data", "x"]), 2, "cannot be combined with --data");
    if Path::new("/proc").exists() {
        refused(&run(&["serve", "--data", "/proc/nothing", "--listen", "127.0.0.1:0"]), 1, "error:");
    }
}

#[test]
fn small_commands() {
    assert_eq!(out(&["version"]), format!("taskform {}\n", env!("CARGO_PKG_VERSION")));
    let all = out(&["operations"]);
    let lines: Vec<&str> = all.lines().collect();
    assert!(lines[0].starts_with("OPERATION ") && lines[1..lines.len() - 1].is_sorted(), "{all}");
    assert!(all.lines().any(|l| l.starts_with("GetTaskTemplate ") && l.contains("implemented")), "{all}");
    assert!(all.ends_with("172 of 172 operations are implemented\n"), "{all}");
    assert_eq!(out(&["operations", "--implemented"]), all);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&["completions", shell]).contains("revoke"), "{shell}");
    }
    for command in [
        &["--help"][..],
        &["serve", "--help"],
        &["keys", "--help"],
        &["keys", "create", "--help"],
        &["events", "dead", "--help"],
        &["events", "replay", "--help"],
    ] {
        assert!(!out(command).is_empty());
    }
    assert!(out(&["serve", "--help"]).contains("TASKFORM_LISTEN"));
}

/// Runs a command whose standard output nobody reads.
fn unread(arguments: &[&str]) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    taskform(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap()
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error_unless_something_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    assert_eq!(Server::start(&["serve", "--data", data]).terminate(), 0);
    for command in [
        &["operations"][..],
        &["config"],
        &["version"],
        &["completions", "bash"],
        &["--help"],
        &["serve", "--help"],
        &["keys", "list", "--data", data],
        &["events", "dead", "--data", data],
    ] {
        let output = unread(command);
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{command:?}: {output:?}");
    }
    refused(&unread(&["keys", "create", "--data", data]), 1, "its secret is lost");
    refused(&unread(&["serve", "--dev", "--ephemeral", "--listen", "127.0.0.1:0"]), 1, "Broken pipe");
}

#[tokio::test]
async fn backup_while_the_server_runs_can_be_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, copy, restored) = (path("data"), path("copy.db"), path("restored"));
    let server = Server::start(&["serve", "--data", &data]);
    let (id, secret) = (server.exported("AWS_ACCESS_KEY_ID"), server.exported("AWS_SECRET_ACCESS_KEY"));
    assert_eq!(out(&["backup", "--data", &data, &copy]), format!("wrote {copy}\n"));
    refused(&run(&["backup", "--data", &data, &copy]), 1, "error: no copy was written to");
    refused(&run(&["backup", "--data", &data, &copy]), 1, "exists already");
    refused(&run(&["backup", "--data", &data, &format!("{data}/taskform.db-journal")]), 1, "belongs to the database");
    refused(&run(&["backup", "--data", &data, &path("none/copy.db")]), 1, "its folder does not exist");
    refused(&run(&["backup", "--data", &path("nowhere"), &path("other.db")]), 1, "no database");
    assert!(!Path::new(&path("other.db")).exists());
    refused(&run(&["backup", "--database", "postgres://h/d", &path("other.db")]), 1, "PostgreSQL");
    assert_eq!(server.terminate(), 0);

    std::fs::create_dir(&restored).unwrap();
    std::fs::rename(&copy, Path::new(&restored).join("taskform.db")).unwrap();
    std::fs::copy(Path::new(&data).join("master.key"), Path::new(&restored).join("master.key")).unwrap();
    let server = Server::start(&["serve", "--data", &restored]);
    assert_eq!(server.status(&list(&server.address.clone(), &id, &secret, None)).await, 200, "the key came along");
}

#[tokio::test]
async fn a_first_start_on_a_taken_port_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(&run(&["serve", "--data", data, "--listen", &address]), 1, "cannot listen");
    let server = Server::start(&["serve", "--data", data]);
    let (id, secret) = (server.exported("AWS_ACCESS_KEY_ID"), server.exported("AWS_SECRET_ACCESS_KEY"));
    assert_eq!(server.status(&list(&server.address.clone(), &id, &secret, None)).await, 200);
}

/// B68: without a setting for the key, none is created in a folder that may be gone tomorrow.
#[test]
fn test_b68_postgresql_wants_the_master_key_to_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--database", "postgres://nobody@127.0.0.1:1/none", "--listen", "127.0.0.1:0"];
    let output = taskform(&arguments).current_dir(folder.path()).output().unwrap();
    refused(&output, 1, "the master key must be given");
    refused(&output, 1, "TASKFORM_MASTER_KEY");
    refused(&output, 1, "--data DIR");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
    let given = taskform(&arguments).env("TASKFORM_MASTER_KEY", "01".repeat(32)).output().unwrap();
    refused(&given, 1, "the database cannot be reached: 127.0.0.1:1: ");
}

#[test]
fn keys_are_not_made_in_a_store_that_no_server_made() {
    let folder = tempfile::tempdir().unwrap();
    let typo = folder.path().join("typo");
    refused(&run(&["keys", "create", "--data", typo.to_str().unwrap()]), 1, "no server has ever been started on");
    assert!(!typo.exists());
    let ephemeral = taskform(&["keys", "list"]).env("TASKFORM_EPHEMERAL", "true").output().unwrap();
    refused(&ephemeral, 1, "memory");
}

#[tokio::test]
async fn the_lines_of_dev_name_the_region_of_the_server() {
    let server = Server::start(&["serve", "--dev", "--ephemeral", "--region", "eu-west-1"]);
    assert!(server.lines.iter().any(|line| line.contains("AWS_REGION=eu-west-1")), "{:?}", server.lines);
    assert!(!server.lines.iter().any(|line| line.contains("us-east-1")));
}

/// A flow that may be published, and one with a problem.
fn flows(folder: &Path) -> [String; 2] {
    let document = |parameters: &str| {
        format!(
            r#"{{"Version": "2019-10-30", "StartAction": "end", "Actions": [{{"Identifier": "end",
                "Type": "DisconnectParticipant", "Parameters": {parameters}, "Transitions": {{}}}}]}}"#
        )
    };
    [("good", "{}"), ("bad", r#"{"X": 1}"#)].map(|(name, parameters)| {
        let file = folder.join(name);
        std::fs::write(&file, document(parameters)).unwrap();
        file.to_str().unwrap().to_owned()
    })
}

/// flows 6: files are checked as by publishing; the exit code shows the result.
#[test]
fn flow_check_judges_files_and_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let [good, bad] = &flows(folder.path());
    let problem = "Invalid Action property name. Path: Actions[0].Parameters.X";
    assert_eq!(out(&["flow", "check", good]), format!("{good}: CONTACT_FLOW, no problems\n"));
    let found = run(&["flow", "check", "--type", "QUEUE_TRANSFER", good, bad]);
    let text = String::from_utf8(found.stdout).unwrap();
    assert_eq!((found.status.code(), found.stderr.len()), (Some(1), 0), "{text}");
    assert!(
        text.contains(&format!("{bad}: QUEUE_TRANSFER, 1 problem\n  {problem}  [\"end\", DisconnectParticipant]\n")),
        "{text}"
    );
    let mut command = taskform(&["flow", "check", "--format", "json", "-"]);
    let found = command.stdin(std::fs::File::open(bad).unwrap()).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    let wanted = serde_json::json!([{"File": "-", "Type": "CONTACT_FLOW", "Problems": [{"message": problem}]}]);
    assert_eq!((found.status.code(), json), (Some(1), wanted));
    refused(&run(&["flow", "check", "nowhere.json", bad]), 2, "error: nowhere.json: No such file");
    refused(&run(&["flow", "check", "--type", "ANY_FLOW", good]), 2, "ANY_FLOW");
    refused(&run(&["flow", "check", "--settings", good, good]), 1, "");
    refused(&run(&["flow", "check", "--type", "CONTACT_FLOW", "--settings", good, good]), 2, "--settings");
    refused(&run(&["flow", "check"]), 2, "FILE");
}

/// The reader of the output may go away; the exit code stays.
#[test]
fn flow_check_minds_no_broken_pipe() {
    let folder = tempfile::tempdir().unwrap();
    for (file, code) in flows(folder.path()).iter().zip([0, 1]) {
        let files = vec![file.as_str(); 5000];
        let mut command = taskform(&[&["flow", "check"], &*files].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(code), String::new()));
    }
}

#[tokio::test]
async fn the_log_says_why_a_request_failed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let log = std::fs::File::create(&path).unwrap();
    let server = Server::logging_to(log.into(), &["serve", "--dev", "--ephemeral", "--log-format", "json"]);
    let now_ms = taskform::clock::Clock::system().now_ms();
    let instance = taskform::serve::DEV_INSTANCE;
    let in_path = format!("/instance/{instance}/task/template?maxResults=0");
    let in_body = format!("{{\"InstanceId\":\"{instance}\",\"Name\":\"\"}}");
    let signed = |ask: Ask, secret: &str| ask.signed_as("test", secret, &server.address, now_ms);
    let asks = [
        signed(Ask::new("GET", in_path.clone()), "test"),
        signed(Ask::new("PUT", "/contact/task").body(in_body), "test"),
        signed(Ask::new("GET", in_path), "a wrong secret"),
        Ask::new("GET", "/instance").signed_as("AKIANOSUCHKEY", "made up", &server.address, now_ms),
    ];
    for ask in &asks {
        assert!(server.send(ask).await.status.is_client_error());
    }
    // Once as JSON; nothing that signs is in it.
    assert_eq!(server.terminate(), 0);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let failed: Vec<_> = lines.iter().filter(|line| line["message"] == "request failed").collect();
    let said = |n: usize, name: &str| failed[n][name].as_str().unwrap_or_default().to_owned();
    assert_eq!(failed.len(), 4, "{text}");
    for line in &failed {
        assert_eq!(line["level"], "INFO");
        let ms = line["ms"].as_f64().unwrap().to_string();
        assert!(ms.split_once('.').is_none_or(|(_, digits)| digits.len() <= 3), "{text}");
        assert_eq!(line["request_id"].as_str().unwrap().len(), 36);
    }
    assert_eq!(
        (said(0, "op"), said(0, "key"), said(0, "instance")),
        ("ListTaskTemplates".into(), "test".into(), instance.into())
    );
    assert!(said(0, "reason").contains("MaxResults"), "{}", said(0, "reason"));
    assert_eq!((said(1, "op"), said(1, "instance")), ("StartTaskContact".into(), instance.into()));
    assert_eq!((said(2, "error"), said(2, "key")), ("InvalidSignatureException".into(), "test".into()));
    assert_eq!(said(2, "instance"), instance);
    assert_eq!((said(3, "error"), said(3, "key")), ("UnrecognizedClientException".into(), "AKIANOSUCHKEY".into()));
    for ask in &asks {
        let (_, header) = ask.headers.iter().find(|(name, _)| name == "authorization").unwrap();
        let signature = header.split_once("Signature=").unwrap().1;
        assert!(!text.contains(signature), "{text}");
    }
}

#[tokio::test]
async fn b149_the_log_names_requests_without_tls_and_failed_handshakes() {
    let (folder, files) = (tempfile::tempdir().unwrap(), certificate());
    let path = folder.path().join("log");
    let log = std::fs::File::create(&path).unwrap();
    let tls = ["--tls-certificate", &files.certificate, "--tls-key", &files.key];
    let server = Server::logging_to(log.into(), &[&["serve", "--dev", "--ephemeral"][..], &tls].concat());
    assert_eq!(server.status(&list(&server.address, "test", "test", None)).await, 400);
    let mut neither = tokio::net::TcpStream::connect(&server.address).await.unwrap();
    neither.write_all(b"\0\0\0\0\0").await.unwrap();
    // The server has logged it before it closes the connection.
    let _ = neither.read_to_end(&mut Vec::new()).await;
    // A check of the port alone is no handshake.
    drop(tokio::net::TcpStream::connect(&server.address).await.unwrap());
    assert_eq!(server.terminate(), 0);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches("a request without TLS was refused: this port speaks TLS").count(), 1, "{text}");
    assert_eq!(text.matches("TLS handshake failed").count(), 1, "{text}");
}

#[tokio::test]
async fn hup_without_a_terminal_does_not_stop_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let log = std::fs::File::create(&path).unwrap();
    let server = Server::logging_to(log.into(), &["serve", "--dev", "--ephemeral"]);
    server.signal("HUP");
    assert_eq!(server.status(&list(&server.address, "test", "test", None)).await, 200);
    server.signal("HUP");
    assert_eq!(server.terminate(), 0);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("SIGHUP") && text.contains("stopped"), "{text}");
}
