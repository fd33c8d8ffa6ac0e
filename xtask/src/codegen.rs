//! `cargo xtask codegen`, `model` and `drift`.

use crate::shell::{Result, cargo, run};

/// Runs the generator. It is a package of its own, because it needs libraries and `cargo xtask serve` should not wait for them.
pub(crate) fn codegen(name: &str, args: &[String]) -> Result {
    run(cargo().args(["run", "--package", "codegen", "--", name]).args(args))
}
