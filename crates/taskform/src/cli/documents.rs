//! What commands that check documents have in common: reading files, and exit codes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Exit code of files with problems.
pub(super) const FOUND: u8 = 1;
/// Exit code of files that cannot be read, as of a command line that cannot be.
pub(super) const UNREADABLE: u8 = 2;

/// A file as a person knows it.
pub(super) fn name_of(file: &Path) -> String {
    if file.as_os_str() == "-" { "standard input".to_owned() } else { file.display().to_string() }
}

/// The text of a file of at most `bytes_max` bytes, or of standard input.
///
/// # Errors
/// It cannot be read, is larger, or is no text; with the reason.
pub(super) fn read_text(file: &Path, bytes_max: u64) -> Result<String, String> {
    let reader: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(|error| error.to_string())?)
    };
    let mut bytes = Vec::new();
    reader.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > bytes_max {
        return Err(match bytes_max >> 20 {
            0 => format!("larger than {} KiB", bytes_max >> 10),
            mebibytes => format!("larger than {mebibytes} MiB"),
        });
    }
    String::from_utf8(bytes).map_err(|_| "not UTF-8 text".to_owned())
}

/// Without characters that would move a terminal's cursor: names in messages come from the document.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
