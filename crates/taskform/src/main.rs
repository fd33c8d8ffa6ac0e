//! `taskform`: a self-hosted server that speaks Amazon Connect's API for task templates and the tasks made from them.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The C library's allocator keeps what a burst of requests took; this one gives pages back within moments.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    taskform::cli::main()
}
