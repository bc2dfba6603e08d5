//! Its accounts: as people, their apps and their administrator have them.

use super::Synapse;
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};

impl Synapse {
    /// Creates an account. Gives back its Matrix ID.
    pub async fn register(
        &self,
        name: &str,
        password: &str,
        email: Option<&str>,
    ) -> Result<String> {
        let user_id = format!("@{name}:{}", self.options.server_name);
        let emails = email.iter().map(|address| json!({ "medium": "email", "address": address }));
        let body = json!({ "password": password, "threepids": emails.collect::<Vec<_>>() });
        let url = format!("{}/_synapse/admin/v2/users/{user_id}", self.url());
        let request = self.http.put(url).bearer_auth(&self.admin_token).json(&body);
        let answer = request.send().await?;
        ensure!(answer.status() == 201, "registering {name}: {}", answer.text().await?);
        Ok(user_id)
    }

    /// Signs in as another client would. Gives back the access token.
    ///
    /// # Errors
    /// If the homeserver says no.
    pub async fn login(&self, name: &str, password: &str) -> Result<String> {
        let body = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": name },
            "password": password,
        });
        let url = format!("{}/_matrix/client/v3/login", self.url());
        let answer: Value = self.http.post(url).json(&body).send().await?.json().await?;
        let token = answer["access_token"].as_str();
        Ok(token.with_context(|| format!("signing in as {name}: {answer}"))?.to_owned())
    }

    /// Signs in as an app of this name. Gives back the access token.
    ///
    /// # Errors
    /// If the homeserver says no.
    pub async fn login_as(&self, name: &str, password: &str, app: &str) -> Result<String> {
        let body = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": name },
            "password": password,
            "initial_device_display_name": app,
        });
        let answer = self.ask(Method::POST, "", "/_matrix/client/v3/login", &body).await?;
        let token = answer["access_token"].as_str();
        Ok(token.with_context(|| format!("signing in as {name}: {answer}"))?.to_owned())
    }

    /// Adds so many accounts without a password at once: `prefix00001` and so on, with
    /// a display name each.
    pub async fn add_accounts(&mut self, prefix: &str, count: usize) -> Result<()> {
        let server = &self.options.server_name;
        let numbers = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
        );
        let name = format!("'{prefix}' || substr('0000' || i, -5)");
        let statements = format!(
            "INSERT INTO users (name, creation_ts, shadow_banned, approved) {numbers} \
                SELECT '@' || {name} || ':{server}', 1790000000, FALSE, TRUE FROM n; \
             INSERT INTO profiles (user_id, displayname, full_user_id) {numbers} \
                SELECT {name}, 'Person ' || i, '@' || {name} || ':{server}' FROM n;"
        );
        self.stop();
        self.sql(&statements)?;
        self.resume().await
    }

    /// Adds a key to the backup of somebody's message keys, as a client does.
    pub async fn add_to_backup(&self, access_token: &str, room_id: &str) -> Result<()> {
        let backup = self.get(access_token, "/_matrix/client/v3/room_keys/version").await?;
        let version = backup["version"].as_str().context("there is no backup")?;
        let key = json!({
            "first_message_index": 0, "forwarded_count": 0, "is_verified": false,
            "session_data": { "ciphertext": "AA", "ephemeral": "AA", "mac": "AA" },
        });
        let path = format!("/_matrix/client/v3/room_keys/keys/{room_id}/another?version={version}");
        let answer = self.ask(Method::PUT, access_token, &path, &key).await?;
        ensure!(answer["count"] == 2, "adding a key: {answer}");
        Ok(())
    }

    /// The ids and names of all sessions of an account.
    pub async fn sessions(&self, name: &str) -> Result<Vec<(String, String)>> {
        let path = self.admin_path("v2", name, "/devices");
        let answer = self.get(&self.admin_token, &path).await?;
        let devices = answer["devices"].as_array().with_context(|| answer.to_string())?.iter();
        let text = |device: &Value, key: &str| device[key].as_str().unwrap_or_default().to_owned();
        let both = |device| (text(device, "device_id"), text(device, "display_name"));
        Ok(devices.map(both).collect())
    }

    /// Begins a session of this id for an account, which needs no password.
    pub async fn begin_session(&self, name: &str, id: &str) -> Result<()> {
        let path = self.admin_path("v2", name, "/devices");
        self.ask(Method::POST, &self.admin_token, &path, &json!({ "device_id": id })).await?;
        Ok(())
    }

    /// Changes an account as its administrator does, for example `locked`.
    pub async fn change_account(&self, name: &str, change: &Value) -> Result<()> {
        let path = self.admin_path("v2", name, "");
        self.ask(Method::PUT, &self.admin_token, &path, change).await?;
        Ok(())
    }

    /// An account as its administrator sees it.
    pub async fn account(&self, name: &str) -> Result<Value> {
        self.get(&self.admin_token, &self.admin_path("v2", name, "")).await
    }

    /// How many accounts there are, whatever became of them.
    pub async fn count_accounts(&self) -> Result<u64> {
        let path = "/_synapse/admin/v2/users?limit=1&deactivated=true&locked=true";
        let answer = self.get(&self.admin_token, path).await?;
        answer["total"].as_u64().with_context(|| answer.to_string())
    }

    /// Suspends an account.
    pub async fn suspend(&self, name: &str) -> Result<()> {
        let server = &self.options.server_name;
        let path = format!("/_synapse/admin/v1/suspend/@{name}:{server}");
        self.ask(Method::PUT, &self.admin_token, &path, &json!({ "suspend": true })).await?;
        Ok(())
    }

    /// Registers the user of a bridge, with the token of its registration file.
    pub async fn register_for_bridge(&self, token: &str, name: &str) -> Result<()> {
        let body = json!({ "type": "m.login.application_service", "username": name });
        self.ask(Method::POST, token, "/_matrix/client/v3/register", &body).await?;
        Ok(())
    }

    /// Deactivates an account.
    pub async fn deactivate(&self, name: &str) -> Result<()> {
        self.change_account(name, &json!({ "deactivated": true })).await
    }

    fn admin_path(&self, version: &str, name: &str, rest: &str) -> String {
        let server = &self.options.server_name;
        format!("/_synapse/admin/{version}/users/@{name}:{server}{rest}")
    }

    /// Ends all sessions of an account, as another client would.
    pub async fn sign_out_everywhere(&self, name: &str, password: &str) -> Result<()> {
        let token = self.login(name, password).await?;
        let url = format!("{}/_matrix/client/v3/logout/all", self.url());
        let answer = self.http.post(url).bearer_auth(token).send().await?;
        ensure!(answer.status().is_success(), "signing {name} out: {}", answer.text().await?);
        Ok(())
    }

    /// Whether a session still stands.
    pub async fn is_signed_in(&self, access_token: &str) -> Result<bool> {
        let url = format!("{}/_matrix/client/v3/account/whoami", self.url());
        let answer = self.http.get(url).bearer_auth(access_token).send().await?;
        Ok(answer.status().is_success())
    }
}
