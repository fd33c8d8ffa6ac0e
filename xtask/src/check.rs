//! `cargo xtask check`: what needs no running server and no network: format, lints, dependencies, generated code, rules
//! of the code base. `cargo xtask quick`: what a change should pass before anything longer.

use crate::install;
use crate::shell::{Result, cargo, run};
use crate::{codegen, dependencies, tidy};

/// Runs all of it.
pub(crate) fn check() -> Result {
    format()?;
    run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    dependencies::check()?;
    codegen::codegen("codegen", &["--check".to_owned()])
}

/// Format, rules of the code base, lints of what changed, and the tests that need no server of their own: those beside
/// the code, and those of store and service on the engines that are in the process. Words choose tests by name.
pub(crate) fn quick(words: &[String]) -> Result {
    format()?;
    tidy::tidy()?;
    run(cargo().args(["clippy", "--quiet", "--all-targets", "--", "--deny", "warnings"]))?;
    // `suite` is what store and service call their tests; without an address of PostgreSQL they use SQLite and memory.
    run(cargo()
        .args(["test", "--quiet", "--lib", "--bins", "--test", "suite"])
        .args(words)
        .env_remove("CI")
        .env_remove("TASKFORM_TEST_POSTGRES")
        .env_remove("TASKFORM_REQUIRE_POSTGRES"))
}

fn format() -> Result {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// Known vulnerabilities, which need the advisory database and so the network; and the rules of `deny.toml`, as cargo-deny
/// reads them.
pub(crate) fn advisories() -> Result {
    install::cargo_deny()?;
    run(cargo().args(["deny", "check"]))
}
