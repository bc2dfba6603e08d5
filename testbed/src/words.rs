//! What the site says in a language.

use crate::tools::project;
use anyhow::{Context, Error, Result, bail};
use catalogue::{Table, Text};

/// The texts of a language.
pub struct Words(Table);

impl Words {
    /// Those of `locales/<code>.toml`.
    ///
    /// # Errors
    /// If there are none.
    pub fn of(code: &str) -> Result<Self> {
        let file = project().join("locales").join(code).with_extension("toml");
        Ok(Self(catalogue::read(&file).map_err(Error::msg)?))
    }

    /// A text by its key, such as `main.reset.title`.
    ///
    /// # Errors
    /// If there is no such text.
    pub fn get(&self, key: &str) -> Result<&str> {
        let mut table = &self.0;
        for part in key.split('.') {
            let found = table.iter().find(|(name, _)| name == part);
            match &found.with_context(|| key.to_owned())?.1 {
                Text::Words(words) => return Ok(words),
                Text::Table(more) => table = more,
                _ => break,
            }
        }
        bail!("{key} is not a text")
    }

    /// The longest piece of a text between what is filled in.
    ///
    /// # Errors
    /// If there is no such text.
    pub fn piece(&self, key: &str) -> Result<&str> {
        let pieces = self.get(key)?.split('{').map(|it| it.split_once('}').map_or(it, |it| it.1));
        Ok(pieces.max_by_key(|piece| piece.len()).unwrap_or_default().trim())
    }
}
