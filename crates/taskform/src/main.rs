//! `taskform`: a self-hosted server that speaks Amazon Connect's API for task templates.

use std::process::ExitCode;

fn main() -> ExitCode {
    taskform::cli::main()
}
