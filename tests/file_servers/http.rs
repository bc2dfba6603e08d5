//! Requests to the byte: clients that do more would tidy up `..` before it is sent, and unpack
//! what was compressed.

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Asks a server on loopback. Headers that are left empty are not sent.
pub fn get(port: u16, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let sent = headers.iter().filter(|(_, value)| !value.is_empty());
    let sent: String = sent.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{sent}\r\n");
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Answer::read(&bytes).with_context(|| format!("the answer to {path}"))
}

impl Answer {
    fn read(bytes: &[u8]) -> Result<Self> {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").context("it has no end")?;
        let head = String::from_utf8(bytes[..end].to_vec())?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let status = status.context("it has no status")?.parse()?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        let mut this = Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() };
        if this.header("transfer-encoding")? == "chunked" {
            this.body = joined(&this.body)?;
        }
        Ok(this)
    }

    /// What is in a header, which may be there once; nothing if it is not.
    pub fn header(&self, name: &str) -> Result<&str> {
        let name = name.to_lowercase();
        let mut found = self.headers.iter().filter(|(it, _)| *it == name);
        let value = found.next().map_or("", |(_, value)| value);
        ensure!(found.next().is_none(), "{name} is there twice: {:?}", self.headers);
        Ok(value)
    }

    /// Its body, unpacked.
    pub fn unpacked(&self) -> Result<Vec<u8>> {
        let mut unpacked = Vec::new();
        match self.header("content-encoding")? {
            "br" => brotli::BrotliDecompress(&mut self.body.as_slice(), &mut unpacked)?,
            "gzip" => drop(GzDecoder::new(self.body.as_slice()).read_to_end(&mut unpacked)?),
            other => {
                ensure!(other.is_empty(), "nobody asked for {other}");
                unpacked.clone_from(&self.body);
            }
        }
        Ok(unpacked)
    }
}

/// A body that came in chunks.
fn joined(mut chunks: &[u8]) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end =
            chunks.windows(2).position(|it| it == b"\r\n").context("a chunk has no length")?;
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end])?, 16)?;
        if length == 0 {
            return Ok(body);
        }
        let chunk = chunks.get(end + 2..end + 2 + length).context("a chunk is cut off")?;
        body.extend(chunk);
        chunks = &chunks[end + 2 + length + 2..];
    }
}
