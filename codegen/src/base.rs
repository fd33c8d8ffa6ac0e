//! What every part of the generator needs.

use std::error::Error;
use std::path::{Path, PathBuf};

/// How a command ends: an error is shown as it is and makes the exit status 1.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// The checkout's root folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("codegen lies in the workspace").to_path_buf()
}
