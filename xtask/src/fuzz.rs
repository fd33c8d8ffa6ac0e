//! `cargo xtask test fuzz`: builds the fuzz targets with coverage instrumentation and lets each run for some seconds from its
//! seeds. The compiler's own instrumentation is used, so the toolchain of the project is enough; `cargo fuzz run NAME` runs one
//! target for longer where that is installed.

use std::fs;

use crate::install;
use crate::shell::{Result, cargo, command, root, run, target};

/// Every target, as named in `fuzz/Cargo.toml`.
const TARGETS: &[&str] = &["flow_document", "flow_value", "arn", "sigv4_headers", "request_body", "policy"];

/// Seconds that each target runs.
const SECONDS: u32 = 10;

/// What libFuzzer needs to see which branches an input takes.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";

/// Builds all targets and runs those named, or all; the first input that breaks one is kept and named.
pub(crate) fn fuzz(only: &[String]) -> Result {
    if let Some(unknown) = only.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        return Err(format!("no fuzz target `{unknown}`; there are: {}", TARGETS.join(", ")));
    }
    install::cpp()?;
    let target = target()?.join("fuzz");
    let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    // With `--target` the flags are for the targets only, not for build scripts.
    run(cargo()
        .args(["build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target", &triple])
        .env("RUSTFLAGS", INSTRUMENTED)
        .env("CARGO_TARGET_DIR", &target))?;
    for name in TARGETS.iter().filter(|name| only.is_empty() || only.iter().any(|n| n == *name)) {
        let corpus = target.join("corpus").join(name);
        fs::create_dir_all(&corpus).map_err(|e| format!("{}: {e}", corpus.display()))?;
        eprintln!("fuzz: {name}");
        run(command(target.join(&triple).join("release").join(name))
            .arg(format!("-max_total_time={SECONDS}"))
            .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", "-verbosity=0", "-print_funcs=0"])
            .arg(format!("-artifact_prefix={}/{name}-", target.display()))
            .arg(corpus)
            .arg(root().join("fuzz/seeds").join(name)))
        .map_err(|e| format!("{name} broke on an input kept as {}/{name}-*: {e}", target.display()))?;
    }
    Ok(())
}
