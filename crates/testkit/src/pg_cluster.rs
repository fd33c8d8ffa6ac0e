//! A throwaway PostgreSQL cluster in a scratch folder, with full durability, removed when dropped.

use std::fs;
use std::io::{self, Read as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::database::{PgDatabase, create_database};

/// How long a cluster may take to answer; recovering after a crash is part of it.
const STARTUP: Duration = Duration::from_secs(60);
/// Poll interval.
const LOOK: Duration = Duration::from_millis(50);

/// A running cluster: loopback only, no passwords, normal syncing.
#[derive(Debug)]
pub struct PgCluster {
    bin: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    server: Option<Child>,
}

impl PgCluster {
    /// Creates and starts a cluster and waits until it answers.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or does not start; the error contains its output.
    pub async fn start() -> io::Result<Self> {
        let bin = find_binaries()?;
        let folder = tempfile::Builder::new().prefix("taskform-pg-").tempdir()?;
        let data = folder.path().join("data");
        hand_over(folder.path())?;
        let made = as_database_user(&bin.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata"])
            .arg(&data)
            .current_dir(folder.path())
            .output()?;
        check("initdb", &made)?;
        let mut cluster = Self { bin, folder, port: free_port()?, server: None };
        cluster.launch().await?;
        Ok(cluster)
    }

    /// The address of its first database, whose user may create others.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    /// Creates an empty database.
    ///
    /// # Errors
    /// When the cluster does not answer.
    pub async fn new_database(&self) -> io::Result<PgDatabase> {
        create_database(&self.url()).await
    }

    /// Kills the server with SIGKILL; data that was not durable is lost.
    ///
    /// # Errors
    /// When the server could not be killed.
    pub fn kill9(&mut self) -> io::Result<()> {
        let Some(mut server) = self.server.take() else { return Ok(()) };
        server.kill()?;
        server.wait()?;
        // Its helpers notice that it is gone and end by themselves, before the port is used again.
        Ok(())
    }

    /// Starts the server on the same data and port, after a [`PgCluster::kill9`] or instead of the running one.
    ///
    /// # Errors
    /// When the server does not start.
    pub async fn restart(&mut self) -> io::Result<()> {
        self.stop()?;
        self.launch().await
    }

    /// Starts the server on the same data and port as a standby without a primary, which answers reads and refuses
    /// writes.
    ///
    /// # Errors
    /// When the server does not start.
    pub async fn restart_as_standby(&mut self) -> io::Result<()> {
        self.stop()?;
        fs::write(self.folder.path().join("data/standby.signal"), "")?;
        self.launch().await
    }

    /// Suspends the server and its backends: connections stay open, nothing answers. Linux only.
    ///
    /// # Errors
    /// When a process could not be stopped.
    pub fn pause(&self) -> io::Result<()> {
        self.signal("-STOP")
    }

    /// Ends a [`PgCluster::pause`].
    ///
    /// # Errors
    /// When a process could not be continued.
    pub fn resume(&self) -> io::Result<()> {
        self.signal("-CONT")
    }

    /// Sends a signal to the server, then to each of its helpers, by their process ids.
    fn signal(&self, signal: &str) -> io::Result<()> {
        let Some(server) = &self.server else { return Ok(()) };
        let server = server.id().to_string();
        check("kill", &Command::new("kill").args([signal, &server]).output()?)?;
        let parent = format!("PPid:\t{server}");
        for process in fs::read_dir("/proc")?.flatten() {
            // A process may end between two checks.
            let Ok(status) = fs::read_to_string(process.path().join("status")) else { continue };
            if status.lines().any(|line| line == parent) {
                let _ended = Command::new("kill").arg(signal).arg(process.file_name()).output()?;
            }
        }
        Ok(())
    }

    async fn launch(&mut self) -> io::Result<()> {
        let log = fs::File::create(self.folder.path().join("server.log"))?;
        let server = as_database_user(&self.bin.join("postgres"))
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
            .args(["-c", "fsync=on", "-c", "max_connections=200", "-c", "shared_buffers=64MB"])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        self.server = Some(server);
        self.wait_until_ready().await
    }

    async fn wait_until_ready(&mut self) -> io::Result<()> {
        let mut waited = Duration::ZERO;
        loop {
            let refused = match tokio_postgres::connect(&self.url(), tokio_postgres::NoTls).await {
                Ok(_connection_is_dropped) => return Ok(()),
                Err(error) => error,
            };
            let ended = match &mut self.server {
                Some(server) => server.try_wait()?,
                None => None,
            };
            if let Some(status) = ended {
                self.server = None;
                // After a crash the dead server's helpers may hold the memory for a moment more.
                if waited < STARTUP && self.log().contains("pre-existing shared memory block") {
                    tokio::time::sleep(LOOK).await;
                    return Box::pin(self.launch()).await;
                }
                return Err(io::Error::other(format!("postgres ended with {status}: {}", self.log())));
            }
            if waited >= STARTUP {
                return Err(io::Error::other(format!("postgres does not answer: {refused}: {}", self.log())));
            }
            tokio::time::sleep(LOOK).await;
            waited += LOOK;
        }
    }

    fn log(&self) -> String {
        let mut text = String::new();
        // The log is only there to explain another failure.
        let _unread =
            fs::File::open(self.folder.path().join("server.log")).and_then(|mut log| log.read_to_string(&mut text));
        text
    }

    /// Shuts the server down at once but cleanly, by its process id.
    fn stop(&mut self) -> io::Result<()> {
        if cfg!(target_os = "linux") {
            // One that is paused could not end. If it is gone already, nothing is paused.
            let _gone = self.resume();
        }
        let Some(mut server) = self.server.take() else { return Ok(()) };
        let ended = Command::new("kill").args(["-QUIT", &server.id().to_string()]).output()?;
        if !ended.status.success() {
            server.kill()?;
        }
        server.wait().map(drop)
    }
}

impl Drop for PgCluster {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("the throwaway PostgreSQL cluster did not stop: {error}");
        }
    }
}

/// The newest installed version, or the one on the path.
fn find_binaries() -> io::Result<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        for version in versions.flatten() {
            let bin = version.path().join("bin");
            let number = version.file_name().to_string_lossy().parse();
            if let Ok(number) = number
                && bin.join("initdb").exists()
            {
                found.push((number, bin));
            }
        }
    }
    if let Some((_, bin)) = found.into_iter().max() {
        return Ok(bin);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
        .ok_or_else(|| {
            io::Error::other("PostgreSQL is not installed: no initdb in /usr/lib/postgresql/*/bin or the path")
        })
}

/// PostgreSQL refuses to run as root.
pub(crate) fn as_database_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    command
}

pub(crate) fn hand_over(folder: &Path) -> io::Result<()> {
    if !is_root() {
        return Ok(());
    }
    let output = Command::new("chown").arg("postgres:postgres").arg(folder).output()?;
    check("chown", &output)
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

pub(crate) fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn check(program: &str, output: &Output) -> io::Result<()> {
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("{program} failed: {}", String::from_utf8_lossy(&output.stderr))))
}
