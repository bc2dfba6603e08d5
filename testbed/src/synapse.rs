//! A real homeserver: Synapse with SQLite, as it comes from PyPI.

// Its accounts.
mod accounts;

use crate::net::wait_for;
use crate::process::Process;
use crate::tools;
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// How a homeserver is set up.
pub struct Options {
    /// The part of its Matrix IDs after the colon.
    pub server_name: String,
    /// Where it listens.
    pub port: u16,
    /// The address in the mails that it sends.
    pub public_baseurl: String,
    /// Where it hands its mail in; without it, it sends none.
    pub smtp_port: Option<u16>,
    /// Anything else in `homeserver.yaml`; it wins over what is set here.
    pub more: Value,
}

/// A running homeserver.
pub struct Synapse {
    options: Options,
    process: Option<Process>,
    folder: TempDir,
    admin_token: String,
    http: reqwest::Client,
}

/// The name of the administrator.
pub const ADMIN: &str = "admin";
/// Their password.
pub const ADMIN_PASSWORD: &str = "admin password";

impl Synapse {
    /// Starts a new homeserver, with an administrator.
    pub async fn start(options: Options) -> Result<Self> {
        let folder = TempDir::with_prefix("synapse-")?;
        let http = reqwest::Client::new();
        let mut synapse = Self { options, process: None, folder, admin_token: String::new(), http };
        synapse.write_config()?;
        synapse.resume().await?;
        // Without passwords of its own it has no administrator either.
        if synapse.config()["password_config"]["enabled"] != false {
            synapse.register_admin()?;
            synapse.admin_token = synapse.login(ADMIN, ADMIN_PASSWORD).await?;
        }
        Ok(synapse)
    }

    /// Where it answers, without the proxy.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.options.port)
    }

    /// Stops it; [`Synapse::resume`] starts it again with all it knows.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill();
        }
    }

    /// Changes its configuration, key by key, for when it is started again.
    pub fn configure(&mut self, more: &Value) -> Result<()> {
        merge(&mut self.options.more, more);
        Ok(fs::write(self.file("homeserver.yaml"), self.config().to_string())?)
    }

    /// Whether it has begun to change a password and is not done with it: the
    /// proof is used up, and the password is being hashed.
    pub fn is_changing_a_password(&self) -> Result<bool> {
        let log = fs::read_to_string(self.file("synapse.log"))?;
        Ok(log.contains("Auth completed with creds"))
    }

    /// Waits until it has brought its new database up to date, which it does bit by
    /// bit. Before, it cannot open an account again that was deactivated.
    pub async fn settle(&self) -> Result<()> {
        let path = "/_synapse/admin/v1/background_updates/status";
        wait_for("the database to be up to date", Duration::from_secs(120), || async {
            let status = self.get(&self.admin_token, path).await?;
            let is_done =
                status["current_updates"].as_object().is_some_and(serde_json::Map::is_empty);
            Ok(is_done.then_some(()))
        })
        .await
    }

    /// Runs statements on its database, while it is stopped.
    pub fn sql(&self, statements: &str) -> Result<()> {
        let script = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); \
            db.executescript(sys.argv[2]); db.commit()";
        let mut python = Command::new(tools::python()?);
        python.args(["-c", script]).arg(self.file("homeserver.db")).arg(statements);
        tools::output(&mut python).map(|_| ())
    }

    /// How many sessions of user-interactive authentication it ever opened for
    /// a new password.
    pub fn password_sessions(&self) -> Result<usize> {
        let script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(\
            \"SELECT count(*) FROM ui_auth_sessions WHERE uri LIKE '%/account/password'\").fetchone()[0])";
        let mut python = Command::new(tools::python()?);
        let count = tools::output(python.args(["-c", script]).arg(self.file("homeserver.db")))?;
        count.trim().parse().context("not a number")
    }

    /// Starts it again.
    pub async fn resume(&mut self) -> Result<()> {
        let (config, log) = (self.file("homeserver.yaml"), self.file("synapse.log"));
        let mut command = Command::new(tools::python()?);
        command.args(["-m", "synapse.app.homeserver", "--config-path"]).arg(config);
        let mut process = Process::start("Synapse", &mut command, &log)?;
        let url = format!("{}/_matrix/client/versions", self.url());
        wait_for("Synapse to answer", Duration::from_secs(90), || {
            let alive = process.check();
            let answer = self.http.get(&url).send();
            async move {
                alive?;
                Ok(answer.await.is_ok_and(|answer| answer.status().is_success()).then_some(()))
            }
        })
        .await?;
        self.process = Some(process);
        Ok(())
    }

    /// What a homeserver answers to somebody who is signed in.
    pub async fn get(&self, access_token: &str, path: &str) -> Result<Value> {
        self.ask(Method::GET, access_token, path, &json!({})).await
    }

    /// Asks a homeserver for something, as somebody who is signed in.
    pub async fn post(&self, access_token: &str, path: &str, body: &Value) -> Result<Value> {
        self.ask(Method::POST, access_token, path, body).await
    }

    async fn ask(&self, method: Method, token: &str, path: &str, body: &Value) -> Result<Value> {
        let url = format!("{}{path}", self.url());
        let mut request = self.http.request(method.clone(), url);
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if method != Method::GET {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let (status, answer) = (answer.status(), answer.json::<Value>().await?);
        ensure!(status.is_success(), "{method} {path}: {status} {answer}");
        Ok(answer)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn register_admin(&self) -> Result<()> {
        let mut command = Command::new(tools::python()?);
        command
            .args(["-m", "synapse._scripts.register_new_matrix_user", "--admin"])
            .args(["--user", ADMIN, "--password", ADMIN_PASSWORD, "--config"])
            .arg(self.file("homeserver.yaml"))
            .arg(self.url());
        tools::output(&mut command).map(|_| ())
    }

    fn write_config(&self) -> Result<()> {
        let mut seed = [0; 32];
        fs::File::open("/dev/urandom")?.read_exact(&mut seed)?;
        let key = format!("ed25519 a_test {}\n", STANDARD_NO_PAD.encode(seed));
        fs::write(self.file("signing.key"), key)?;
        // JSON is YAML.
        fs::write(self.file("homeserver.yaml"), self.config().to_string())?;
        Ok(())
    }

    /// Synapse's defaults but for what would make tests wait, and for what
    /// would leave this machine.
    fn config(&self) -> Value {
        let options = &self.options;
        let unlimited = json!({ "per_second": 1000, "burst_count": 1000 });
        let mut config = json!({
            "server_name": options.server_name,
            "public_baseurl": options.public_baseurl,
            "pid_file": self.file("synapse.pid"),
            "listeners": [{
                "port": options.port, "bind_addresses": ["127.0.0.1"], "type": "http",
                "resources": [{ "names": ["client"] }],
            }],
            "database": { "name": "sqlite3", "args": { "database": self.file("homeserver.db") } },
            "media_store_path": self.file("media"),
            "signing_key_path": self.file("signing.key"),
            "registration_shared_secret": "only for this test",
            "macaroon_secret_key": "only for this test",
            "form_secret": "only for this test",
            "report_stats": false,
            "trusted_key_servers": [],
            "bcrypt_rounds": 4,
            "background_updates": { "sleep_enabled": false },
            "rc_3pid_validation": unlimited,
            "rc_login": { "address": unlimited, "account": unlimited, "failed_attempts": unlimited },
        });
        if let Some(port) = options.smtp_port {
            config["email"] = json!({
                "smtp_host": "127.0.0.1", "smtp_port": port, "enable_tls": false,
                "notif_from": format!("{} <noreply@{0}>", options.server_name),
            });
        }
        merge(&mut config, &options.more);
        config
    }
}

/// Puts one configuration over another one, key by key. `null` takes a key away,
/// so that the default of Synapse itself holds.
fn merge(config: &mut Value, more: &Value) {
    match (config, more) {
        (Value::Object(config), Value::Object(more)) => {
            for (key, value) in more {
                match value {
                    Value::Null => drop(config.remove(key)),
                    value => merge(config.entry(key).or_insert(Value::Null), value),
                }
            }
        }
        (config, more) => *config = more.clone(),
    }
}
