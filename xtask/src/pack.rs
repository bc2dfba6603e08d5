//! What lies beside the files of the site: each of them compressed, for file servers that hand
//! that out as it is, and a list of hashes.

use crate::digest;
use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Whose bytes are the operator's own: it is neither compressed nor listed, since what lies
/// beside it would go on saying what it said before.
const CONFIG: &str = "config.json";

/// The list, as `sha256sum --check` reads it.
pub const LIST: &str = "SHA256SUMS";

/// Compresses the site and writes the list.
pub fn pack(dist: &Path) -> Result<()> {
    for file in files(dist)? {
        let bytes = fs::read(&file)?;
        beside(&file, "br", &bytes, &brotli(&bytes)?)?;
        beside(&file, "gz", &bytes, &gzip(&bytes)?)?;
    }
    let list = files(dist)?.into_iter().map(|file| {
        let name = file.strip_prefix(dist)?.to_string_lossy().into_owned();
        Ok(format!("{}  {name}\n", digest::hex(fs::read(&file)?)))
    });
    let list = list.collect::<Result<Vec<_>>>()?;
    Ok(fs::write(dist.join(LIST), list.concat())?)
}

/// What is no smaller is left out.
fn beside(file: &Path, end: &str, bytes: &[u8], packed: &[u8]) -> Result<()> {
    if packed.len() < bytes.len() {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".{end}"));
        fs::write(name, packed)?;
    }
    Ok(())
}

/// All files of the site but the operator's, in the order of their names.
fn files(dist: &Path) -> Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![dist.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|file| *file != dist.join(CONFIG));
    files.sort();
    Ok(files)
}

/// Brotli at its best.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 24);
    packer.write_all(bytes)?;
    Ok(packer.into_inner())
}

/// Without a name and a time, so that the same bytes come out each time.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}
