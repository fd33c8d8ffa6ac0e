//! Obtains a release of the published service model: it is part of a Python package, which pip downloads. Only `cargo
//! xtask model` and `cargo xtask drift` come here.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The package.
const PACKAGE: &str = "botocore";

/// The model inside the package.
const MEMBER: &str = "botocore/data/connect/2017-08-08/service-2.json.gz";

/// Prints the hash of the package file given as first argument, then the model inside it, the second.
const UNPACK: &str = "import gzip, hashlib, sys, zipfile
print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest(), flush=True)
sys.stdout.buffer.write(gzip.decompress(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2])))";

/// The first lines of `codegen/requirements.txt`.
const HEAD: &str = "# The release of the package that codegen/model.json was taken from, and its hash. Written by `cargo xtask model`.\n";

/// A release and its hash, as recorded in `codegen/requirements.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    pub(crate) version: String,
    /// SHA-256 of the wheel, in lower-case hex digits.
    pub(crate) sha256: String,
}

impl Release {
    /// Reads the record.
    pub(crate) fn recorded(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).ok_or_else(|| format!("{}: expected `{PACKAGE}==… --hash=sha256:…`", path.display()).into())
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let line = text.lines().find_map(|line| line.strip_prefix(PACKAGE)?.strip_prefix("=="))?;
        let (version, sha256) = line.split_once(" --hash=sha256:")?;
        Some(Self { version: version.to_owned(), sha256: sha256.trim().to_owned() })
    }

    /// The text of the record, which pip understands as requirements.
    pub(crate) fn record(&self) -> String {
        format!("{HEAD}{PACKAGE}=={} --hash=sha256:{}\n", self.version, self.sha256)
    }
}

/// Which release is wanted.
pub(crate) enum Wanted<'a> {
    /// The newest that is published.
    Newest,
    /// This version.
    Version(&'a str),
    /// This version, with this hash.
    Exactly(&'a Release),
}

/// Downloads a release; hands back what it is and the text of its model.
pub(crate) fn release(wanted: &Wanted<'_>, scratch: &Path) -> Result<(Release, String), Box<dyn Error>> {
    let download = scratch.join("download");
    if download.exists() {
        fs::remove_dir_all(&download)?;
    }
    fs::create_dir_all(&download)?;
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary",
        ":all:",
    ]);
    pip.arg("--dest").arg(&download);
    match wanted {
        Wanted::Newest => pip.arg(PACKAGE),
        Wanted::Version(version) => pip.arg(format!("{PACKAGE}=={version}")),
        Wanted::Exactly(release) => {
            let requirements = scratch.join("requirements.txt");
            fs::write(&requirements, release.record())?;
            pip.arg("--require-hashes").arg("--requirement").arg(requirements)
        }
    };
    if !pip.status().map_err(|error| format!("python3: {error}"))?.success() {
        return Err(format!("pip could not download {PACKAGE}").into());
    }
    let wheel = fs::read_dir(&download)?.next().ok_or("pip downloaded nothing")??.path();
    let name = wheel.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let version = name.split('-').nth(1).ok_or_else(|| format!("{name} is not the name of a wheel"))?.to_owned();
    let unpacked = Command::new("python3").args(["-c", UNPACK]).arg(wheel).arg(MEMBER).output()?;
    if !unpacked.status.success() {
        return Err(format!("cannot unpack {MEMBER}: {}", String::from_utf8_lossy(&unpacked.stderr)).into());
    }
    let text = String::from_utf8(unpacked.stdout)?;
    let (sha256, model) = text.split_once('\n').ok_or("the package has no model")?;
    Ok((Release { version, sha256: sha256.trim().to_owned() }, model.to_owned()))
}
