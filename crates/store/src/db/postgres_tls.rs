//! The address of a PostgreSQL server and what its `sslmode` asks for.
//!
//! The values mean the same as in PostgreSQL's own programs: `disable` and `allow` do not encrypt, `prefer` (the
//! default) encrypts if the server can, `require` always, and only `verify-ca` and `verify-full` check who the server
//! is (both check its name here). With `sslrootcert`, `require` checks as well.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Error;

/// What the address says about encryption.
#[derive(Debug, PartialEq, Eq)]
struct Encryption {
    mode: SslMode,
    verify: bool,
    root_file: Option<PathBuf>,
}

/// Reads an address.
pub(super) fn settings(url: &str) -> Result<(Config, MakeRustlsConnect), Error> {
    let (plain, encryption) = take_encryption(url)?;
    // The driver's error repeats no part of the address, so no password either.
    let mut config =
        Config::from_str(&plain).map_err(|error| refused(format!("the PostgreSQL address cannot be used: {error}")))?;
    config.ssl_mode(encryption.mode);
    Ok((config, MakeRustlsConnect::new(client_config(&encryption)?)))
}

/// Splits off `sslmode` and `sslrootcert`, which the driver knows only in part.
fn take_encryption(url: &str) -> Result<(String, Encryption), Error> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(refused("a PostgreSQL address starts with postgres://".to_owned()));
    }
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut encryption = Encryption { mode: SslMode::Prefer, verify: false, root_file: None };
    let mut kept = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", mode)) => (encryption.mode, encryption.verify) = parse_mode(mode)?,
            Some(("sslrootcert", path)) => encryption.root_file = Some(decoded(path)?),
            _ => kept.push(pair),
        }
    }
    if encryption.mode == SslMode::Require && encryption.root_file.is_some() {
        encryption.verify = true;
    }
    let plain = if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) };
    Ok((plain, encryption))
}

fn parse_mode(mode: &str) -> Result<(SslMode, bool), Error> {
    match mode {
        "disable" | "allow" => Ok((SslMode::Disable, false)),
        "prefer" => Ok((SslMode::Prefer, false)),
        "require" => Ok((SslMode::Require, false)),
        "verify-ca" | "verify-full" => Ok((SslMode::Require, true)),
        other => Err(refused(format!(
            "sslmode {other:?} is none of disable, allow, prefer, require, verify-ca, verify-full"
        ))),
    }
}

fn decoded(path: &str) -> Result<PathBuf, Error> {
    let text = percent_decode_str(path).decode_utf8();
    text.map(|text| PathBuf::from(&*text)).map_err(|_not_text| refused("sslrootcert is no UTF-8 text".to_owned()))
}

fn client_config(encryption: &Encryption) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(error.to_string()))?;
    if !encryption.verify {
        let verifier = Arc::new(EncryptOnly { provider });
        return Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth());
    }
    Ok(builder.with_root_certificates(roots(encryption)?).with_no_client_auth())
}

fn roots(encryption: &Encryption) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    match &encryption.root_file {
        Some(path) => {
            let bad = |error: &dyn std::fmt::Display| refused(format!("{}: {error}", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| bad(&error))? {
                let certificate = certificate.map_err(|error| bad(&error))?;
                store.add(certificate).map_err(|error| bad(&error))?;
            }
        }
        None => {
            // A system's store may hold certificates that are of no use here; the others count.
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if store.is_empty() {
        return Err(refused("no root certificate to check the PostgreSQL server with".to_owned()));
    }
    Ok(store)
}

fn refused(detail: String) -> Error {
    Error::Settings { detail }
}

/// Encrypts without verifying the server, as `require` without a root certificate does everywhere.
#[derive(Debug)]
struct EncryptOnly {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for EncryptOnly {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encryption(query: &str) -> (String, Encryption) {
        take_encryption(&format!("postgres://u:p@h/d{query}")).unwrap()
    }

    #[test]
    fn sslmode_means_what_it_means_elsewhere() {
        let check = |query: &str, mode: SslMode, verify: bool| {
            let (plain, found) = encryption(query);
            assert_eq!((found.mode, found.verify), (mode, verify), "{query}");
            assert_eq!(plain, "postgres://u:p@h/d");
        };
        check("", SslMode::Prefer, false);
        check("?sslmode=disable", SslMode::Disable, false);
        check("?sslmode=allow", SslMode::Disable, false);
        check("?sslmode=prefer", SslMode::Prefer, false);
        check("?sslmode=require", SslMode::Require, false);
        check("?sslmode=require&sslrootcert=/a", SslMode::Require, true);
        check("?sslmode=verify-ca", SslMode::Require, true);
        check("?sslmode=verify-full", SslMode::Require, true);
    }

    #[test]
    fn other_settings_stay_in_the_address() {
        let (plain, found) =
            encryption("?connect_timeout=3&sslmode=verify-full&sslrootcert=%2Fa%20b&application_name=x");
        assert_eq!(plain, "postgres://u:p@h/d?connect_timeout=3&application_name=x");
        assert_eq!(found.root_file, Some(PathBuf::from("/a b")));
    }

    #[test]
    fn bad_addresses_are_refused_without_their_password() {
        let bad = [
            "mysql://u:hunter2@h/d",
            "postgres://u:hunter2@h/d?sslmode=full",
            "postgres://u:hunter2@h:port/d",
            "postgres://u:hunter2@h/d?sslmode=require&sslrootcert=%zz",
            "postgres://u:hunter2@h/d?sslmode=verify-full&sslrootcert=/nowhere",
        ];
        for url in bad {
            let error = settings(url).err().unwrap();
            assert!(matches!(error, Error::Settings { .. }), "{url}: {error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
