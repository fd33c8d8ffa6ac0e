//! What the tests need and a fresh machine may lack: PostgreSQL, nginx, Node.js, the Python clients, npm packages, AWS CLI 2, Go with
//! its SDK, cargo-deny.
//! Each step does nothing when the thing is there, and fails with what to do when it cannot be had. Nothing is skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Result, cargo, command, has, run, target};

const CARGO_DENY_VERSION: &str = "0.20.2";

/// A Python environment in the folder `e2e` of the target folder, made from a requirements file.
pub(crate) fn python(name: &str, requirements: &Path) -> Result<PathBuf> {
    let venv = target()?.join("e2e").join(name);
    let stamp = venv.join("installed.txt");
    let wanted = fs::read_to_string(requirements).map_err(|e| format!("{}: {e}", requirements.display()))?;
    let python = venv.join("bin/python");
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) && python.exists() {
        return Ok(python);
    }
    if !has("python3") {
        apt(&["python3", "python3-venv"])?;
    }
    if run(command("python3").args(["-m", "venv", "--clear"]).arg(&venv)).is_err() {
        apt(&["python3-venv"])?;
        run(command("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    }
    run(command(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(requirements))?;
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))?;
    Ok(python)
}

/// The packages of a folder with a `package-lock.json`.
pub(crate) fn npm(folder: &Path) -> Result {
    if !has("npm") {
        apt(&["nodejs", "npm"])?;
    }
    let lock = folder.join("package-lock.json");
    let stamp = folder.join("node_modules/.installed-lock.json");
    let wanted = fs::read_to_string(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    run(command("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(folder))?;
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// PostgreSQL's server programs; the tests start throwaway clusters of their own with them.
pub(crate) fn postgres() -> Result {
    if postgres_is_here() {
        return Ok(());
    }
    apt(&["postgresql"])?;
    if postgres_is_here() { Ok(()) } else { Err("Debian's postgresql was installed, but no initdb was found".into()) }
}

/// A pooler before PostgreSQL; the tests start throwaway ones of their own.
pub(crate) fn pgbouncer() -> Result {
    if has("pgbouncer") || Path::new("/usr/sbin/pgbouncer").exists() { Ok(()) } else { apt(&["pgbouncer"]) }
}

fn postgres_is_here() -> bool {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    debian.map(|entry| entry.path().join("bin/initdb")).any(|initdb| initdb.exists()) || has("initdb")
}

/// nginx, as the proxy before the server under test.
pub(crate) fn nginx() -> Result {
    let is_here = || has("nginx") || Path::new("/usr/sbin/nginx").exists();
    if is_here() {
        return Ok(());
    }
    // Its package starts a server of its own on port 80, which we do not use: it may fail to.
    apt(&["nginx-light"])?;
    if is_here() { Ok(()) } else { Err("Debian's nginx-light was installed, but there is no nginx".into()) }
}

/// Version 2 of the AWS CLI, as Debian has it: PyPI has version 1 alone, and both are called `aws`.
pub(crate) fn aws_cli_2() -> Result<PathBuf> {
    let program = PathBuf::from("/usr/bin/aws");
    let version = || shell::output(command(&program).arg("--version"));
    if !program.exists() {
        apt(&["awscli"])?;
    }
    match version()? {
        text if text.starts_with("aws-cli/2.") => Ok(program),
        other => {
            Err(format!("{} is no AWS CLI version 2, which Debian's awscli is: {}", program.display(), other.trim()))
        }
    }
}

/// Where Debian's Go libraries lie, as a GOPATH.
const GO_PATH: &str = "/usr/share/gocode";

/// Go and the AWS SDK for it as Debian has them: the SDK's sources are found without modules and without a network.
pub(crate) fn go() -> Result<Go> {
    let sdk = Path::new(GO_PATH).join("src/github.com/aws/aws-sdk-go-v2/service/connect");
    if !has("go") {
        apt(&["golang-go"])?;
    }
    if !sdk.exists() {
        apt(&["golang-github-aws-aws-sdk-go-v2-dev"])?;
    }
    if !sdk.exists() {
        return Err(format!(
            "Debian's golang-github-aws-aws-sdk-go-v2-dev was installed, but {} is missing",
            sdk.display()
        ));
    }
    Ok(Go { cache: target()?.join("e2e/go-cache") })
}

/// Go in GOPATH mode.
pub(crate) struct Go {
    cache: PathBuf,
}

impl Go {
    /// A go command in a folder of the checkout.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut go = command("go");
        go.current_dir(folder).env("GO111MODULE", "off").env("GOPATH", GO_PATH).env("GOCACHE", &self.cache);
        go.env_remove("GOFLAGS");
        go
    }
}

/// A C++ compiler, for libFuzzer.
pub(crate) fn cpp() -> Result {
    if has("c++") || has("g++") || has("clang++") { Ok(()) } else { apt(&["g++"]) }
}

/// cargo-deny, built from its published source.
pub(crate) fn cargo_deny() -> Result {
    if shell::output(cargo().args(["deny", "--version"])).is_ok_and(|text| text.contains(CARGO_DENY_VERSION)) {
        return Ok(());
    }
    run(cargo().args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY_VERSION]))
}

fn apt(packages: &[&str]) -> Result {
    let missing = packages.join(" ");
    if !has("apt-get") {
        return Err(format!("missing on this machine, and there is no apt-get to install it with: {missing}"));
    }
    run(command("apt-get").args(["update", "-qq"]))?;
    run(command("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq"]).args(packages))
        .map_err(|e| format!("could not install {missing} (root is needed): {e}"))
}
