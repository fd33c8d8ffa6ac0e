//! The peer: moto's server, in a Python environment of its own under `target/bench`.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::child::Running;
use crate::client;
use crate::cores::{Cores, Side};
use crate::load::Requests;

/// The release that is compared with.
const PACKAGE: &str = "moto[server]==5.2.5";

/// A running server and the one request that is measured.
pub(crate) struct Moto {
    running: Running,
    pub addr: SocketAddr,
    pub requests: Requests,
}

impl Moto {
    /// Installs it when it is missing, starts it on the server's core and makes an instance.
    ///
    /// # Errors
    /// When it cannot be installed or does not answer.
    pub(crate) fn start(cores: Cores, folder: &Path) -> Result<Self, String> {
        let program = install(folder)?;
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).map_err(|e| format!("no port: {e}"))?;
        let mut command = Command::new(&program);
        command.args(["-H", "127.0.0.1", "-p", &port.port().to_string()]);
        let log = folder.join("moto.log");
        let running = cores.on(Side::Server, || Running::spawn(&mut command, &log))?;
        wait(port)?;
        let body = br#"{"IdentityManagementType":"CONNECT_MANAGED","InstanceAlias":"bench","InboundCallsEnabled":true,"OutboundCallsEnabled":true}"#;
        let made = client::exchange(port, &request("PUT", "/instance", body))?.json()?;
        let id = made["Id"].as_str().ok_or_else(|| format!("moto made no instance: {made}"))?;
        let describe = request("GET", &format!("/instance/{id}"), b"");
        let answer = client::exchange(port, &describe)?;
        answer.json()?;
        let mut requests = Requests::default();
        requests.push(Some(answer.body.len()), |out| out.extend_from_slice(&describe));
        Ok(Self { running, addr: port, requests })
    }

    /// Ends it.
    ///
    /// # Errors
    /// As [`Running::stop`].
    pub(crate) fn stop(self) -> Result<(), String> {
        self.running.stop()
    }
}

/// Not signed: the scope tells moto which of its services is meant, and it reads nothing else.
fn request(method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let scope = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/connect/aws4_request";
    let mut bytes = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {scope}\r\n").into_bytes();
    if !body.is_empty() {
        bytes.extend(format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()).as_bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}

fn install(folder: &Path) -> Result<PathBuf, String> {
    let venv = folder.join("venv");
    let program = venv.join("bin/moto_server");
    if program.is_file() {
        return Ok(program);
    }
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", "--disable-pip-version-check", PACKAGE]))?;
    Ok(program)
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.map_err(|e| format!("cannot install {PACKAGE}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cannot install {PACKAGE}: {status}")) }
}

fn wait(addr: SocketAddr) -> Result<(), String> {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(30) {
        if TcpStream::connect(addr).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err("moto's server did not come up within 30 s".to_owned())
}
