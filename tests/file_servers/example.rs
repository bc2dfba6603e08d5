//! The examples as files: as they are, and as they say that they are for a folder.

use anyhow::{Result, ensure};
use std::fmt::Display;
use std::fs;
use testbed::tools::project;

/// Behind it stands what takes the place of the line below it.
const IN_A_FOLDER: &str = "# In a folder:";

/// An example.
#[derive(Clone)]
pub struct Example {
    name: &'static str,
    pub text: String,
}

impl Example {
    pub fn read(name: &'static str) -> Result<Self> {
        let text = fs::read_to_string(project().join("docs/hosting").join(name))?;
        Ok(Self { name, text })
    }

    /// What becomes of it if one does what it says for a folder.
    pub fn in_a_folder(&self) -> Result<Self> {
        let mut lines = Vec::new();
        let mut waits = false;
        for line in self.text.lines() {
            match line.trim().strip_prefix(IN_A_FOLDER) {
                Some(instead) => lines.push(instead.trim()),
                None if waits => {}
                None => lines.push(line),
            }
            waits = line.trim().starts_with(IN_A_FOLDER);
        }
        let text = lines.join("\n");
        ensure!(text != self.text, "{} says nothing of folders", self.name);
        Ok(Self { name: self.name, text })
    }

    /// Puts something else in the place of what has to be there.
    pub fn put(&mut self, old: &str, new: impl Display) -> Result<()> {
        ensure!(self.text.contains(old), "{} does not have {old}", self.name);
        self.text = self.text.replace(old, &new.to_string());
        Ok(())
    }

    /// The lines of a comment from one to another that hold something to copy.
    pub fn commented(&self, first: &str, last: &str) -> Result<Self> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("#   "));
        let lines = lines.skip_while(|line| *line != first).collect::<Vec<_>>();
        let end = lines.iter().rposition(|line| *line == last);
        let text = lines[..end.map_or(0, |end| end + 1)].join("\n");
        ensure!(!text.is_empty(), "{} has no comment from {first} to {last}", self.name);
        Ok(Self { name: self.name, text })
    }
}
