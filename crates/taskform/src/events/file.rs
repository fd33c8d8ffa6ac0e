//! A file that grows by one JSON line for each event and record.
//!
//! The lines are what the real service would send: events in the envelope of its event bus (tasks 4.1.2), records as its
//! stream has them (tasks 4.2). A round is one write, synced to disk before its rows leave the outbox.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use service::{Delivery, Failure, Sink};
use store::OutboxRow;

/// The name of this sink; no webhook may have it.
pub(crate) const NAME: &str = "file";

/// Appends to a file.
#[derive(Debug)]
pub struct FileSink(Arc<Mutex<Target>>);

/// How long a write waits for the reader of a pipe, and how long at a time.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(10);

#[derive(Debug)]
struct Target {
    path: PathBuf,
    /// `None` when it has to be opened before the next line.
    file: Option<File>,
    /// The last write failed part-way.
    torn: bool,
}

impl FileSink {
    /// Opens the file, or makes it, for its owner alone.
    ///
    /// # Errors
    /// It cannot be opened for appending.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = Some(open(path)?);
        Ok(Self(Arc::new(Mutex::new(Target { path: path.to_owned(), file, torn: false }))))
    }
}

impl Sink for FileSink {
    fn name(&self) -> &'static str {
        NAME
    }

    fn deliver<'a>(&'a self, rows: &'a [OutboxRow]) -> Delivery<'a> {
        let mut lines = Vec::with_capacity(rows.iter().map(|row| row.body.len() + 1).sum());
        for row in rows {
            // A line break between the tokens of a JSON text may as well be a space; inside of a string there is none.
            lines.extend(row.body.bytes().map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { b }));
            lines.push(b'\n');
        }
        let target = Arc::clone(&self.0);
        Box::pin(async move {
            let append = move || target.lock().unwrap_or_else(PoisonError::into_inner).append(&lines);
            let done = tokio::task::spawn_blocking(append).await.unwrap_or_else(|e| Err(io::Error::other(e)));
            let failure = done.map_err(|error| Failure::Unavailable(error.to_string()));
            vec![failure; rows.len()]
        })
    }
}

impl Target {
    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) if same(&file.metadata()?, &self.path) => file,
            _ => open(&self.path)?,
        };
        // A write that fails may leave part of a line. A file is then opened anew, which closes that line; a pipe cannot be
        // looked into, so its next line begins with the end of the last.
        if std::mem::take(&mut self.torn) && !file.metadata()?.is_file() {
            write_patiently(&mut file, b"\n")?;
        }
        write_patiently(&mut file, lines).inspect_err(|_| self.torn = true)?;
        on_disk(&file)?;
        self.file = Some(file);
        Ok(())
    }
}

/// Writes all of it. A pipe whose reader is slow takes a part at a time; one that takes nothing for a while has lost its reader.
fn write_patiently(file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    let mut waited = Duration::ZERO;
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => {
                bytes = &bytes[n..];
                waited = Duration::ZERO;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && waited < PATIENCE => {
                std::thread::sleep(PAUSE);
                waited += PAUSE;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether the path still leads to this file: it was not moved away, or removed.
fn same(open: &Metadata, path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|there| (there.dev(), there.ino()) == (open.dev(), open.ino()))
}

/// Opens for appending. A last line that a crash cut off is closed, so that it spoils no other.
fn open(path: &Path) -> io::Result<File> {
    let there = std::fs::metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        // A pipe or terminal: there is no last line, and it may not let itself be read. One that nobody reads must answer an
        // error, not wait: deliveries are tried again.
        return OpenOptions::new().append(true).custom_flags(libc::O_NONBLOCK).open(path);
    }
    let mut file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    if there.is_none() {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        on_disk(&File::open(folder)?)?;
    }
    if file.seek(SeekFrom::End(0))? > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
    }
    Ok(file)
}

/// Waits for the disk; what has none, such as a pipe, refuses, and that is fine.
fn on_disk(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn row(body: &str) -> OutboxRow {
        OutboxRow { body: body.to_owned(), ..OutboxRow::default() }
    }

    async fn deliver(sink: &FileSink, bodies: &[&str]) -> Vec<Result<(), Failure>> {
        sink.deliver(&bodies.iter().map(|b| row(b)).collect::<Vec<_>>()).await
    }

    #[tokio::test]
    async fn lines_are_appended_through_rotation_removal_and_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        let (path, old) = (folder.path().join("events"), folder.path().join("events.1"));
        let text = |path: &Path| std::fs::read_to_string(path).unwrap();
        let sink = FileSink::open(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(deliver(&sink, &["{\"a\":1}", "{\n\"b\":\r\n2}"]).await, [Ok(()), Ok(())]);
        std::fs::rename(&path, &old).unwrap();
        deliver(&sink, &["{\"c\":3}"]).await;
        assert_eq!((text(&old).as_str(), text(&path).as_str()), ("{\"a\":1}\n{ \"b\":  2}\n", "{\"c\":3}\n"));
        std::fs::remove_file(&path).unwrap();
        deliver(&sink, &["1"]).await;
        assert_eq!(text(&path), "1\n");
        // A crash in the middle of a line, then a start.
        std::fs::write(&path, "1\n{\"cut").unwrap();
        let sink = FileSink::open(&path).unwrap();
        deliver(&sink, &["2"]).await;
        assert_eq!(text(&path), "1\n{\"cut\n2\n");
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_written_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub").join("events");
        assert!(FileSink::open(&path).is_err());
        std::fs::create_dir(path.parent().unwrap()).unwrap();
        let sink = FileSink::open(&path).unwrap();
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
        let answers = deliver(&sink, &["1", "2"]).await;
        assert!(answers.len() == 2 && answers.iter().all(|a| matches!(a, Err(Failure::Unavailable(_)))), "{answers:?}");
        std::fs::create_dir(path.parent().unwrap()).unwrap();
        assert_eq!(deliver(&sink, &["1"]).await, [Ok(())]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "1\n");
    }

    #[tokio::test]
    async fn a_pipe_that_nobody_reads_answers_instead_of_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events");
        let sink = FileSink::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        assert!(matches!(deliver(&sink, &["1"]).await[..], [Err(Failure::Unavailable(_))]));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(deliver(&sink, &["1"]).await, [Ok(())]);
    }

    #[tokio::test]
    async fn a_device_is_a_file_too() {
        let sink = FileSink::open(Path::new("/dev/null")).unwrap();
        assert_eq!(deliver(&sink, &["1"]).await, [Ok(())]);
    }
}
