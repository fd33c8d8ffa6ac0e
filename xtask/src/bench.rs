//! `cargo xtask bench`: builds the release program and runs the benchmarks against it.

use crate::shell::{Result, cargo, run};

/// Runs the benchmarks; the arguments are theirs.
pub(crate) fn bench(arguments: &[String]) -> Result {
    run(cargo().args(["build", "--quiet", "--release", "--package", "taskform"]))?;
    run(cargo().args(["run", "--quiet", "--release", "--package", "taskform-bench", "--"]).args(arguments))
}
