//! Accounts are on the server as they were ordered.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use testbed::accounts::{Account, Kind, prepare};
use testbed::net::free_port;
use testbed::synapse::{Options, Synapse};

const PASSWORD: &str = "the-old-password-1";
const SECRETS: [&str; 4] = [
    "m.cross_signing.master",
    "m.cross_signing.self_signing",
    "m.cross_signing.user_signing",
    "m.megolm_backup.v1",
];

/// A homeserver with accounts.
struct World {
    synapse: Synapse,
    http: reqwest::Client,
}

impl World {
    async fn build() -> Result<Self> {
        let port = free_port()?;
        let synapse = Synapse::start(Options {
            server_name: "example.org".into(),
            port,
            public_baseurl: format!("http://127.0.0.1:{port}/"),
            smtp_port: None,
            more: json!({}),
        });
        Ok(Self { synapse: synapse.await?, http: reqwest::Client::new() })
    }

    async fn prepare(&self, kind: Kind) -> Result<Account> {
        let name = format!("{kind:?}").to_lowercase();
        self.synapse.register(&name, PASSWORD, None).await?;
        let account = prepare(&self.synapse.url(), kind, &name, PASSWORD).await?;
        assert_eq!(account.user_id, format!("@{name}:example.org"));
        assert_eq!(account.password, PASSWORD);
        Ok(account)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/_matrix/client/v3{path}", self.synapse.url())
    }

    /// What the server has for the first device; nothing where it has nothing.
    async fn get(&self, account: &Account, path: &str) -> Result<Option<Value>> {
        let asked = self.http.get(self.url(path)).bearer_auth(&account.devices[0].access_token);
        let answer = asked.send().await?;
        if answer.status() == 404 {
            return Ok(None);
        }
        ensure!(answer.status() == 200, "{path}: {}", answer.text().await?);
        Ok(Some(answer.json().await?))
    }

    /// The version of the backup, in which the key of the message is.
    async fn backup(&self, account: &Account) -> Result<Option<String>> {
        let Some(backup) = self.get(account, "/room_keys/version").await? else { return Ok(None) };
        assert_eq!(backup["count"], 1, "{backup}");
        let version = backup["version"].as_str().context("no version")?;
        let path = format!("/room_keys/keys/{}?version={version}", account.room_id);
        let keys = self.get(account, &path).await?.context("no keys")?;
        assert_eq!(keys["sessions"].as_object().map(|sessions| sessions.len()), Some(1), "{keys}");
        Ok(Some(version.to_owned()))
    }

    /// The type of what was sent last.
    async fn last_event(&self, account: &Account) -> Result<Option<Value>> {
        let path = format!("/rooms/{}/messages?dir=b&limit=1", account.room_id);
        Ok(self.get(account, &path).await?.map(|events| events["chunk"][0]["type"].clone()))
    }

    async fn account_data(&self, account: &Account, name: &str) -> Result<Option<Value>> {
        self.get(account, &format!("/user/{}/account_data/{name}", account.user_id)).await
    }

    /// What tells of the key of secret storage, where there is one and it has
    /// encrypted all secrets.
    async fn storage(&self, account: &Account) -> Result<Option<Value>> {
        let default = self.account_data(account, "m.secret_storage.default_key").await?;
        let id = default.as_ref().and_then(|default| default["key"].as_str());
        for name in SECRETS {
            let secret = self.account_data(account, name).await?;
            assert_eq!(secret.is_some(), id.is_some(), "{name}: {secret:?}");
            if let (Some(id), Some(secret)) = (id, secret) {
                assert!(secret["encrypted"][id]["ciphertext"].is_string(), "{name}: {secret}");
            }
        }
        let Some(id) = id else { return Ok(None) };
        self.account_data(account, &format!("m.secret_storage.key.{id}")).await
    }

    /// Whether each device is verified; all of them are signed in, and there are
    /// no others on the server.
    async fn devices(&self, account: &Account) -> Result<Vec<bool>> {
        let listed = self.get(account, "/devices").await?.context("no devices")?;
        let listed = listed["devices"].as_array().context("no devices")?;
        assert_eq!(listed.len(), account.devices.len(), "{listed:?}");
        let body = json!({ "device_keys": { &account.user_id: [] } });
        let asked = self.http.post(self.url("/keys/query")).json(&body);
        let asked = asked.bearer_auth(&account.devices[0].access_token);
        let keys: Value = asked.send().await?.json().await?;
        for device in &account.devices {
            let is_it = |one: &&Value| one["device_id"] == *device.id;
            let found = listed.iter().find(is_it).context("a device is missing")?;
            assert_eq!(found["display_name"], *device.name);
            assert!(self.synapse.is_signed_in(&device.access_token).await?, "{device:?}");
            let is_signed = is_signed(&keys, &account.user_id, &device.id);
            assert_eq!(is_signed, device.verified, "{device:?}: {keys}");
        }
        Ok(account.devices.iter().map(|device| device.verified).collect())
    }
}

/// Whether the key that an account has now has signed a device.
fn is_signed(keys: &Value, user_id: &str, device: &str) -> bool {
    let signatures = &keys["device_keys"][user_id][device]["signatures"][user_id];
    assert!(signatures[format!("ed25519:{device}")].is_string(), "{device} has no keys: {keys}");
    let signers = keys["self_signing_keys"][user_id]["keys"].as_object();
    signers.is_some_and(|signers| signers.keys().any(|signer| signatures[signer].is_string()))
}

#[tokio::test]
async fn every_kind_has_what_it_says() -> Result<()> {
    let world = World::build().await?;
    for (kind, backup, has_storage, devices) in [
        (Kind::ByPassphrase, Some("1"), true, &[true][..]),
        (Kind::ByKey, Some("1"), true, &[true]),
        (Kind::BackupWithoutStorage, Some("1"), false, &[true]),
        (Kind::OneUnverified, Some("1"), true, &[true, false]),
        (Kind::Nothing, None, false, &[false]),
        (Kind::BackupReplaced, Some("2"), true, &[true]),
        (Kind::StorageReplaced, Some("2"), true, &[true]),
    ] {
        let account = world.prepare(kind).await?;
        assert_eq!(world.last_event(&account).await?, Some(json!("m.room.encrypted")));
        assert_eq!(world.backup(&account).await?.as_deref(), backup, "{kind:?}");
        let storage = world.storage(&account).await?;
        assert_eq!(storage.is_some(), has_storage, "{kind:?}: {storage:?}");
        assert_eq!(account.recovery_key.is_some(), has_storage, "{kind:?}");
        assert_eq!(world.devices(&account).await?, devices, "{kind:?}");

        let iterations = storage.map(|storage| storage["passphrase"]["iterations"].clone());
        let has_passphrase = iterations.is_some_and(|iterations| iterations == 500_000);
        assert_eq!(has_passphrase, kind == Kind::ByPassphrase);
        assert_eq!(account.passphrase.is_some(), has_passphrase);
        assert_eq!(account.old_recovery_key.is_some(), kind == Kind::StorageReplaced);
        assert_ne!(account.old_recovery_key, account.recovery_key.or(Some(String::new())));
    }
    Ok(())
}

#[tokio::test]
async fn a_client_that_does_not_manage_says_why() -> Result<()> {
    let world = World::build().await?;
    let prepared = prepare(&world.synapse.url(), Kind::Nothing, "nobody", PASSWORD).await;
    let error = prepared.expect_err("nobody has no account").to_string();
    assert!(error.contains("Invalid username or password"), "{error}");
    Ok(())
}
