//! PgBouncer in front of a throwaway cluster, stopped when dropped.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::pg_cluster::{as_database_user, free_port, hand_over};

/// How long it may take to answer.
const STARTUP: Duration = Duration::from_secs(30);
/// Poll interval.
const LOOK: Duration = Duration::from_millis(20);

/// A running PgBouncer: loopback only, no passwords. Its three connections to each database are fewer than a store has,
/// so that transactions of one client are spread over all of them.
#[derive(Debug)]
pub struct PgBouncer {
    _folder: tempfile::TempDir,
    port: u16,
    server: Child,
}

impl PgBouncer {
    /// Starts one in front of the server of `url`; `mode` is its `pool_mode`: `transaction` or `session`.
    ///
    /// # Errors
    /// When PgBouncer is not installed, or does not start; the error contains its output.
    pub async fn start(url: &str, mode: &str) -> io::Result<Self> {
        let config: tokio_postgres::Config = url.parse().map_err(io::Error::other)?;
        let port_of_server = config.get_ports().first().copied().unwrap_or(5432);
        let user = config.get_user().unwrap_or("postgres");
        let folder = tempfile::Builder::new().prefix("taskform-pgbouncer-").tempdir()?;
        let (settings, users) = (folder.path().join("pgbouncer.ini"), folder.path().join("users.txt"));
        let (log, port) = (folder.path().join("pgbouncer.log"), free_port()?);
        let size = if mode == "session" { 50 } else { 3 };
        fs::write(&users, format!("\"{user}\" \"\"\n"))?;
        fs::write(
            &settings,
            format!(
                "[databases]\n* = host=127.0.0.1 port={port_of_server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
                 listen_port = {port}\nauth_type = trust\nauth_file = {}\npool_mode = {mode}\n\
                 default_pool_size = {size}\nmax_client_conn = 500\nunix_socket_dir =\nserver_tls_sslmode = disable\n",
                users.display()
            ),
        )?;
        hand_over(folder.path())?;
        let output = fs::File::create(&log)?;
        let server = as_database_user(&find()?)
            .arg(&settings)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()?;
        let mut started = Self { _folder: folder, port, server };
        let mut waited = Duration::ZERO;
        while let Err(error) = tokio_postgres::connect(&started.before(url), tokio_postgres::NoTls).await {
            let ended = started.server.try_wait()?.is_some();
            if ended || waited >= STARTUP {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(io::Error::other(format!("pgbouncer does not answer: {error}: {said}")));
            }
            tokio::time::sleep(LOOK).await;
            waited += LOOK;
        }
        Ok(started)
    }

    /// The address of the database of `url` through this PgBouncer.
    pub fn before(&self, url: &str) -> String {
        let start = url.find("://").map_or(0, |at| at + 3);
        let host = url[start..].find('@').map_or(start, |at| start + at + 1);
        let end = url[host..].find('/').map_or(url.len(), |at| host + at);
        format!("{}127.0.0.1:{}{}", &url[..host], self.port, &url[end..])
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        // It has no state. It may have ended already.
        let _gone = self.server.kill();
        let _gone = self.server.wait();
    }
}

fn find() -> io::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    folders.map(|folder| folder.join("pgbouncer")).find(|program| program.exists()).ok_or_else(|| {
        io::Error::other("PgBouncer is not installed: `cargo xtask test rust` installs Debian's package pgbouncer")
    })
}
