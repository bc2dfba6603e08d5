//! Keys, what they are locked with, and who signed what.

use crate::reader::{Reader, read, response};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use futures_util::FutureExt;
use matrix_account_recovery::encryption::{
    Bytes, Crypto, Evidence, Identity, Lock, RecoveryKey, Verdict, check_key, identity,
};
use matrix_account_recovery::i18n;
use matrix_account_recovery::matrix::base64::decode;
use matrix_account_recovery::matrix::cross_signing::{OwnKeys, QueryOwnKeys};
use matrix_account_recovery::matrix::devices::GetDevices;
use matrix_account_recovery::matrix::key_backup::{Backup, GetBackup};
use matrix_account_recovery::matrix::secret_storage::{
    GetAccountData, LockedSecret, StorageKey, default_key,
};
use matrix_account_recovery::matrix::wire::{Answer, Endpoint, Response};
use serde_json::{Value, json};

const ACCOUNT: &str = include_str!("../../src/encryption/accounts/by_passphrase.json");
const USER: &str = "@by-passphrase-1:example.org";
const KEY: &str = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d";

/// Zero bytes, which [`Plain`] takes for the right MAC.
const ZEROS: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub fn readers() -> Vec<Reader> {
    let account: Value = serde_json::from_str(ACCOUNT).expect("an account");
    let of = |request: &str| account[request]["body"].to_string();
    let data = &account["account_data"];
    let key = data[format!("m.secret_storage.key.{}", id(data))].to_string();
    vec![
        Reader::text("encryption/recovery_key::parse", &[KEY, &KEY.replace(' ', "")], |text| {
            let is_key = RecoveryKey::parse(text).is_ok();
            let letters = text.chars().filter(char::is_ascii_alphanumeric).count();
            assert!(!is_key || letters == 48, "nothing is left out");
            is_key
        }),
        Reader::text("matrix/base64::decode", &["Zm9vYg==", "Zm9vYmE", ZEROS], base64),
        Reader::answer(
            "matrix/cross_signing::QueryOwnKeys",
            &[(200, &of("POST /keys/query"))],
            keys,
        ),
        Reader::answer(
            "matrix/key_backup::GetBackup",
            &[(200, &of("GET /room_keys/version"))],
            |it| read(&GetBackup, it).flatten().is_some(),
        ),
        Reader::answer(
            "matrix/secret_storage::GetAccountData",
            &[(200, &key), (200, &data["m.secret_storage.default_key"].to_string())],
            account_data,
        ),
        Reader::text("matrix/secret_storage::read", &[&key, &secret().to_string()], |text| {
            let data = Answer::parse(text).unwrap_or_default();
            let key = StorageKey::read("K", &data);
            let is_work = |key: &StorageKey| {
                let passphrase = key.passphrase.as_ref().filter(|it| it.is_reasonable());
                passphrase.is_none_or(|it| it.iterations <= 20_000_000)
            };
            assert!(key.as_ref().is_none_or(is_work), "nobody works for ever");
            key.is_some() || LockedSecret::read(&data, "K").is_some()
        }),
        Reader::text(
            "encryption/key_answer::check_key",
            &[&locked(KEY), &locked("words")],
            try_key,
        ),
        Reader::text("matrix/wire::parse", &[ACCOUNT], |text| {
            let answer = Answer::parse(text);
            let flat = |answer: &Answer| {
                for (key, _) in answer.entries() {
                    let _ = (answer.object(key), answer.list(key), answer.number(key));
                    let _ = (answer.text(key), answer.boolean(key), answer.has(key));
                }
            };
            answer.iter().for_each(flat);
            answer.is_some()
        }),
    ]
}

fn id(data: &Value) -> &str {
    data["m.secret_storage.default_key"]["key"].as_str().expect("a key")
}

fn secret() -> Value {
    // The text of a key, once more as text.
    let text = base64::engine::general_purpose::STANDARD.encode(ZEROS);
    json!({ "encrypted": { "K": { "iv": "AAAAAAAAAAAAAAAAAAAAAA==", "mac": ZEROS, "ciphertext": text } } })
}

/// All that a key is tried on, in one text.
fn locked(typed: &str) -> String {
    let key = json!({
        "algorithm": "m.secret_storage.v1.aes-hmac-sha2", "mac": ZEROS,
        "iv": "AAAAAAAAAAAAAAAAAAAAAA==",
        "passphrase": { "algorithm": "m.pbkdf2", "salt": "salt", "iterations": 500_000 },
    });
    let backup = json!({
        "algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "version": "1", "count": 7,
        "etag": "1", "auth_data": { "public_key": ZEROS, "private_key_salt": "s",
        "private_key_iterations": 1000 },
    });
    json!({ "typed": typed, "key": key, "secret": secret(), "backup": backup }).to_string()
}

fn backup_in(answer: &Answer) -> Option<Backup> {
    GetBackup.read(&response(200, &answer.value("backup")?.to_string())).ok().flatten()
}

fn try_key(text: &str) -> bool {
    let all = Answer::parse(text).unwrap_or_default();
    let object = |key| all.object(key).unwrap_or_default();
    let lock = Lock {
        storage: StorageKey::read("K", &object("key")),
        is_undescribed: all.flag("typed"),
        secret: LockedSecret::read(&object("secret"), "K"),
        backup: backup_in(&all),
    };
    let typed = all.text("typed").unwrap_or(text);
    let answer = check_key(typed, &lock, &Plain).now_or_never().expect("nothing waits");
    let identity = Ok(Identity::default());
    let evidence = Evidence { lock: Ok(lock), identity, devices: Ok(Vec::new()), this: None };
    let verdict = Verdict::of(&evidence, Some(answer), false);
    assert!(!i18n::verdict(&verdict).is_empty());
    answer.is_right()
}

/// Whatever another reader takes is read as the same bytes.
fn base64(text: &str) -> bool {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let (ours, other) = (decode(text), GeneralPurpose::new(&STANDARD, lenient).decode(text).ok());
    assert!(other.is_none() || other == ours, "{text}");
    ours.is_some()
}

fn account_data(response: &Response) -> bool {
    let ask = GetAccountData { user_id: USER, kind: "m.secret_storage.default_key" };
    let Some(data) = read(&ask, response).flatten() else { return false };
    assert!(default_key(&data).is_none_or(|key| !key.is_empty()));
    true
}

fn keys(response: &Response) -> bool {
    let Some(keys) = read(&QueryOwnKeys(USER), response) else { return false };
    check_texts(&keys);
    let found = identity(USER, &keys, &Plain).now_or_never().expect("nothing waits");
    assert_eq!(found.sessions.len(), keys.devices.len(), "no session is passed over");
    let devices = GetDevices.read(response);
    let lock = Ok(Lock::default());
    let evidence = Evidence { lock, identity: Ok(found), devices, this: None };
    for (id, _) in &keys.devices {
        assert!(evidence.trust(id).is_some());
        let _ = evidence.name_of(id);
    }
    true
}

/// What a signature is looked for on says the same as what was signed.
fn check_texts(keys: &OwnKeys) {
    let devices = keys.devices.iter().map(|(_, key)| key);
    for key in devices.chain(&keys.master).chain(&keys.self_signing) {
        let text = key.signed_text();
        let again: Value = serde_json::from_str(&text).expect("JSON");
        let signed = key.0.entries().filter(|(key, _)| !["signatures", "unsigned"].contains(key));
        let signed: serde_json::Map<_, _> =
            signed.map(|(key, value)| (key.to_owned(), value.clone())).collect();
        assert_eq!(again, Value::Object(signed), "{text}");
    }
}

/// Arithmetic that costs nothing and gives each kind of answer: what is read is looked
/// at here, and not what is computed of it.
struct Plain;

impl Crypto for Plain {
    async fn pbkdf2(&self, _: &[u8], salt: &[u8], _: u32) -> Option<Bytes> {
        (!salt.is_empty()).then(|| Bytes::new(vec![0; 32]))
    }

    async fn hkdf(&self, key: &[u8], _: &str) -> Option<Bytes> {
        Some(Bytes::new([key, &[0; 64]].concat()))
    }

    async fn aes_ctr(&self, _: &[u8], _: &[u8; 16], data: &[u8]) -> Option<Bytes> {
        Some(Bytes::new(data.to_vec()))
    }

    async fn hmac(&self, _: &[u8], _: &[u8]) -> Option<Bytes> {
        Some(Bytes::new(vec![0; 32]))
    }

    async fn x25519_public(&self, private: &[u8; 32]) -> Option<[u8; 32]> {
        Some(*private)
    }

    async fn ed25519_verify(&self, key: &[u8], signature: &[u8], _: &[u8]) -> Option<bool> {
        let sum = key.iter().chain(signature).fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
        [None, Some(true), Some(false)][usize::from(sum % 3)]
    }
}
