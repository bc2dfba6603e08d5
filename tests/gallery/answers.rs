//! What the homeserver of the gallery says, by the exhibit that is shown.

use super::Gallery;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use testbed::proxy::Instead;
use testbed::tools::project;

impl Gallery {
    /// What the homeserver says of the account that an exhibit is about, as it
    /// once said it of a real one.
    pub fn answer_for(&self, name: &str) -> Result<()> {
        if name.starts_with("admin") {
            self.answer_administrators(name);
            return Ok(());
        }
        let account = match name {
            "account" | "account-after-reset" => "by_key",
            "account-lost" | "sign-out" => "one_unverified",
            "account-nothing" => "nothing",
            _ => return Ok(()),
        };
        let file = project().join(format!("src/encryption/accounts/{account}.json"));
        let mut account: Value = serde_json::from_slice(&std::fs::read(file)?)?;
        let devices = &mut account["GET /devices"]["body"]["devices"];
        let this = json!({
            "device_id": "RECOVERY", "display_name": "Account recovery (example.org)",
            "last_seen_ts": 1_700_000_000_000_u64,
        });
        devices.as_array_mut().context("no devices")?.push(this);
        self.proxy.be_honest();
        for path in ["/room_keys/version", "/keys/query", "/devices"] {
            let method = if path == "/keys/query" { "POST" } else { "GET" };
            let answer = &account[format!("{method} {path}")];
            let status = u16::try_from(answer["status"].as_u64().context("no status")?)?;
            self.proxy.answer(path, Instead::json(status, &answer["body"].to_string()));
        }
        for kind in ["m.secret_storage.default_key", "m.megolm_backup.v1"] {
            let nothing = Instead::json(404, r#"{"errcode": "M_NOT_FOUND"}"#);
            self.proxy.answer(&format!("/account_data/{kind}"), nothing);
        }
        for (kind, data) in account["account_data"].as_object().context("no data")? {
            let data = Instead::json(200, &data.to_string());
            self.proxy.answer(&format!("/account_data/{kind}"), data);
        }
        let email = r#"{"threepids": [{"medium": "email", "address": "alice@example.org"}]}"#;
        self.proxy.answer("/account/3pid", Instead::json(200, email));
        self.proxy.answer("/capabilities", Instead::json(200, "{}"));
        self.proxy.answer("/password_policy", Instead::json(200, "{}"));
        Ok(())
    }

    /// What the homeserver says to administrators.
    fn answer_administrators(&self, name: &str) {
        self.proxy.be_honest();
        let unrecognized = || Instead::json(404, r#"{"errcode":"M_UNRECOGNIZED"}"#);
        let version = match name {
            "admin-blocked" => Instead::html(403, false),
            "admin-absent" => unrecognized(),
            _ => Instead::json(200, r#"{"server_version":"1.163.2"}"#),
        };
        let policy = match name {
            "admin-absent" => unrecognized(),
            _ => Instead::json(200, r#"{"m.minimum_length":12}"#),
        };
        let oauth = match name {
            "admin-elsewhere" => Instead::json(
                200,
                &json!({
                    "issuer": "https://account.example.org/",
                    "account_management_uri": "https://account.example.org/account/",
                    "org.matrix.matrix-authentication-service.graphql_endpoint": "x",
                })
                .to_string(),
            ),
            _ => unrecognized(),
        };
        let flows = match name {
            "admin-elsewhere" => r#"{"flows":[{"type":"m.login.sso"}]}"#,
            _ => r#"{"flows":[{"type":"m.login.password"}]}"#,
        };
        let user = |name: &str, display: &str, more: Value| {
            let mut user = json!({
                "name": format!("@{name}:example.org"), "displayname": display,
                "creation_ts": 1_600_000_000, "last_seen_ts": 1_700_000_000_000_u64,
                "admin": false, "deactivated": false, "locked": false, "threepids": [],
            });
            let more = more.as_object().cloned().unwrap_or_default();
            user.as_object_mut().into_iter().for_each(|user| user.extend(more.clone()));
            user
        };
        let bob = user(
            "bob",
            "Bob",
            json!({
                "threepids": [{ "medium": "email", "address": "bob@example.org" }],
                "external_ids": [{ "auth_provider": "oidc-work", "external_id": "b.builder" }],
            }),
        );
        let users = json!({ "total": 4321, "next_token": "20", "users": [
            user("admin", "Ada", json!({ "admin": true })), bob.clone(),
            user("carol", "Caroline Quincy-Longname of the second floor", json!({})),
            user("dave", "Dave", json!({ "locked": true })),
            user("erin", "", json!({ "deactivated": true, "last_seen_ts": null })),
        ] });
        let sessions = json!({ "devices": [
            { "device_id": "PHONE", "display_name": "Phone", "last_seen_ts": 1_700_000_000_000_u64 },
            { "device_id": "LAPTOP", "last_seen_ts": 1_690_000_000_000_u64 },
        ] });
        let data = json!({ "account_data": { "global": {
            "m.secret_storage.default_key": { "key": "K" }, "m.secret_storage.key.K": {},
            "m.megolm_backup.v1": { "encrypted": { "K": {} } },
        } } });
        let keys = json!({ "device_keys": { "@bob:example.org": {
            "PHONE": { "device_id": "PHONE" },
        } }, "master_keys": { "@bob:example.org": {} } });
        for (path, answer) in [
            ("/v1/server_version", version),
            ("/v3/login", Instead::json(200, flows)),
            ("/password_policy", policy),
            ("/auth_metadata", oauth),
            ("/resetPassword/nobody", unrecognized()),
            ("/v2/users", Instead::json(200, &users.to_string())),
            ("/v2/users/%40bob%3Aexample.org", Instead::json(200, &bob.to_string())),
            ("/devices", Instead::json(200, &sessions.to_string())),
            ("/accountdata", Instead::json(200, &data.to_string())),
            ("/keys/query", Instead::json(200, &keys.to_string())),
            ("/logout", Instead::json(200, "{}")),
        ] {
            self.proxy.answer(path, answer);
        }
    }
}
