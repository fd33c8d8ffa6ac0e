//! `cargo xtask check`: what needs no running server: format, lints, dependencies, generated code.

use crate::install;
use crate::shell::{Result, cargo, run};

/// Runs all of it.
pub(crate) fn check() -> Result {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    deny()?;
    crate::codegen::run(&["--check".to_owned()]).map_err(|e| e.to_string())
}

/// Licences, sources and duplicate bans of every dependency, from the lock file alone. The advisory database lives on a
/// host that a build machine may not reach: `cargo xtask advisories` asks it where it can be had.
fn deny() -> Result {
    install::cargo_deny()?;
    run(cargo().args(["deny", "check", "bans", "licenses", "sources"]))
}

/// Known vulnerabilities; needs the advisory database.
pub(crate) fn advisories() -> Result {
    install::cargo_deny()?;
    run(cargo().args(["deny", "check", "advisories"]))
}
