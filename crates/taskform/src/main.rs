//! `taskform`: a self-hosted server that speaks Amazon Connect's API for task templates and the tasks made from them.

use std::process::ExitCode;

fn main() -> ExitCode {
    taskform::cli::main()
}
