//! TLS from certificate and key files.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::secret_file::{self, SecretFileError};
use crate::settings::Tls;
use crate::small_file;

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file could not be read as PEM.
    #[error("cannot read {}: {}", path.display(), pem_reason(source))]
    Pem {
        /// The file.
        path: PathBuf,
        /// Why.
        source: pem::Error,
    },
    /// There is no certificate in the file.
    #[error("{} holds no certificate", .0.display())]
    Empty(PathBuf),
    /// The key cannot be opened, or too many can read it.
    #[error(transparent)]
    Key(#[from] SecretFileError),
    /// Certificate and key do not fit.
    #[error("certificate and key cannot be used: {}", unfit_reason(.0))]
    Unfit(#[from] rustls::Error),
}

/// Without the library's own "I/O error:" before the system's words.
fn pem_reason(error: &pem::Error) -> String {
    match error {
        pem::Error::Io(error) => error.to_string(),
        pem::Error::NoItemsFound => "there is no key in it, in PEM".to_owned(),
        other => other.to_string(),
    }
}

fn unfit_reason(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch) => {
            "the key does not belong to the certificate".to_owned()
        }
        other => other.to_string(),
    }
}

/// Accepts HTTP/2 and HTTP/1.1 over TLS with a certificate and key that can be read again.
pub struct Acceptor {
    files: Tls,
    current: RwLock<TlsAcceptor>,
}

impl std::fmt::Debug for Acceptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Acceptor({})", self.files.certificate.display())
    }
}

/// How a connection to a port with a certificate begins.
pub(super) enum Begun {
    /// With a handshake, which is done.
    Tls(Box<TlsStream<TcpStream>>),
    /// With a request of HTTP; nothing of it has been read.
    Plain(TcpStream),
    /// It ended before anything was sent, as those of port checks do.
    Nothing,
}

impl Acceptor {
    /// Does the handshake, if there is one. Its first byte is no letter, that of a request is.
    ///
    /// # Errors
    /// The handshake fails, or the connection ends in it.
    pub(super) async fn begin(&self, stream: TcpStream) -> io::Result<Begun> {
        let mut first = [0];
        if stream.peek(&mut first).await? == 0 {
            return Ok(Begun::Nothing);
        }
        if first[0].is_ascii_uppercase() {
            return Ok(Begun::Plain(stream));
        }
        Ok(Begun::Tls(Box::new(self.current().accept(stream).await?)))
    }

    /// What new connections are accepted with.
    #[must_use]
    pub fn current(&self) -> TlsAcceptor {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads certificate and key again; connections that are open keep theirs.
    ///
    /// # Errors
    /// As for [`acceptor`]; what was in use stays in use.
    pub fn reload(&self) -> Result<(), TlsError> {
        let next = read(&self.files)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }
}

/// An acceptor for HTTP/2 and HTTP/1.1.
///
/// # Errors
/// A file cannot be read, or certificate and key do not fit.
pub fn acceptor(tls: &Tls) -> Result<Arc<Acceptor>, TlsError> {
    Ok(Arc::new(Acceptor { files: tls.clone(), current: RwLock::new(read(tls)?) }))
}

fn read(tls: &Tls) -> Result<TlsAcceptor, TlsError> {
    let pem = |path: &Path| {
        let path = path.to_owned();
        move |source| TlsError::Pem { path, source }
    };
    let certificates = small_file::open(&tls.certificate).map_err(pem::Error::Io).map_err(pem(&tls.certificate))?;
    let certificates = CertificateDer::pem_reader_iter(BufReader::new(certificates));
    let chain: Vec<_> = certificates.collect::<Result<_, _>>().map_err(pem(&tls.certificate))?;
    if chain.is_empty() {
        return Err(TlsError::Empty(tls.certificate.clone()));
    }
    let key = BufReader::new(secret_file::open(&tls.key)?);
    let key = PrivateKeyDer::from_pem_reader(key).map_err(pem(&tls.key))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
