//! Files that are read whole at the start: settings, keys, certificates. Only a regular file has an end and gives what it has
//! at once; a device, a pipe or a socket might have neither.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// Largest file, in bytes; those of any use are much smaller.
pub const BYTES_MAX: u64 = 1024 * 1024;

/// Opens a regular file of at most [`BYTES_MAX`] bytes for reading.
///
/// # Errors
/// It cannot be opened; it is of another kind; it is larger.
pub fn open(path: &Path) -> io::Result<File> {
    // Opening a pipe waits for a writer, so its kind is asked for before; and again of what was opened.
    check(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

/// Reads such a file, which holds UTF-8 text.
///
/// # Errors
/// As for [`open`]; it cannot be read, grows meanwhile, or is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.take(BYTES_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > BYTES_MAX { Err(too_large(text.len() as u64)) } else { Ok(text) }
}

fn check(found: &std::fs::Metadata) -> io::Result<()> {
    if !found.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    if found.len() > BYTES_MAX { Err(too_large(found.len())) } else { Ok(()) }
}

fn too_large(bytes: u64) -> io::Error {
    let text = format!("it has {bytes} bytes; at most {BYTES_MAX} are read");
    io::Error::new(ErrorKind::FileTooLarge, text)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// None of these would ever come to an end, or only after gigabytes.
    #[test]
    fn b142_what_is_no_small_regular_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe"), rustix::fs::Mode::RUSR).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        File::create(path("huge")).unwrap().set_len(3 << 30).unwrap();
        std::os::unix::fs::symlink("/dev/zero", path("link")).unwrap();
        std::fs::write(path("good"), "text").unwrap();
        std::os::unix::fs::symlink(path("good"), path("good link")).unwrap();
        for name in ["pipe", "socket", "link", ""] {
            let error = read_text(&path(name)).unwrap_err();
            assert!(error.to_string().contains("regular file"), "{name}: {error}");
            let error = crate::secret_file::open(&path(name)).unwrap_err();
            assert!(error.to_string().contains("regular file"), "{name}: {error}");
        }
        let error = read_text(&path("huge")).unwrap_err().to_string();
        assert!(error.contains("3221225472") && error.contains("1048576"), "{error}");
        assert!(read_text(Path::new("/dev/zero")).is_err());
        assert_eq!(read_text(&path("good link")).unwrap(), "text");
        assert_eq!(read_text(&path("none")).unwrap_err().kind(), ErrorKind::NotFound);
    }
}
