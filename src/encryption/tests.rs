//! Known answers: from the specification, from the RFCs, and from accounts that
//! matrix-js-sdk prepared on Synapse.

use super::crypto::{Bytes, Crypto};
use super::*;
use crate::matrix::cross_signing::{OwnKeys, QueryOwnKeys};
use crate::matrix::devices::{Device, GetDevices};
use crate::matrix::key_backup::{Backup, GetBackup};
use crate::matrix::secret_storage::{
    BACKUP_KEY, KeyCheck, LockedSecret, Passphrase, StorageKey, key_kind,
};
use crate::matrix::wire::{Answer, Endpoint, Response};
use aes::cipher::{KeyIvInit, StreamCipher};
use ed25519_dalek::{Signature, VerifyingKey};
use futures_util::FutureExt;
use hmac::Mac;
use serde_json::Value;
use sha2::{Sha256, Sha512};

/// The arithmetic by other people's crates, without a browser.
#[derive(Default)]
struct Native {
    without_curves: bool,
}

impl Crypto for Native {
    async fn pbkdf2(&self, passphrase: &[u8], salt: &[u8], iterations: u32) -> Option<Bytes> {
        let key = pbkdf2::pbkdf2_hmac_array::<Sha512, 32>(passphrase, salt, iterations);
        Some(Bytes::new(key.to_vec()))
    }

    async fn hkdf(&self, key: &[u8], info: &str) -> Option<Bytes> {
        let mut derived = Bytes::new(vec![0; 64]);
        hkdf::Hkdf::<Sha256>::new(Some(&[0; 32]), key)
            .expand(info.as_bytes(), &mut derived)
            .ok()?;
        Some(derived)
    }

    async fn aes_ctr(&self, key: &[u8], iv: &[u8; 16], data: &[u8]) -> Option<Bytes> {
        let mut data = Bytes::new(data.to_vec());
        let key: [u8; 32] = key.try_into().ok()?;
        ctr::Ctr128BE::<aes::Aes256>::new(&key.into(), iv.into()).apply_keystream(&mut data);
        Some(data)
    }

    async fn hmac(&self, key: &[u8], data: &[u8]) -> Option<Bytes> {
        let mut mac = hmac::Hmac::<Sha256>::new_from_slice(key).ok()?;
        mac.update(data);
        Some(Bytes::new(mac.finalize().into_bytes().to_vec()))
    }

    async fn x25519_public(&self, private: &[u8; 32]) -> Option<[u8; 32]> {
        if self.without_curves {
            return None;
        }
        let private = x25519_dalek::StaticSecret::from(*private);
        Some(x25519_dalek::PublicKey::from(&private).to_bytes())
    }

    async fn ed25519_verify(&self, key: &[u8], signature: &[u8], text: &[u8]) -> Option<bool> {
        if self.without_curves {
            return None;
        }
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        Some(key.verify_strict(text, &Signature::from_slice(signature).ok()?).is_ok())
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().unwrap()
}

/// An account that matrix-js-sdk prepared, as the homeserver answered for it.
struct Account(Value);

fn account(name: &str) -> Account {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/encryption/accounts");
    let file = std::fs::read(format!("{folder}/{name}.json")).unwrap();
    Account(serde_json::from_slice(&file).unwrap())
}

impl Account {
    fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap()
    }

    fn response(&self, request: &str) -> Response {
        let answer = &self.0[request];
        let status = answer["status"].as_u64().unwrap() as u16;
        Response::of(status, &answer["body"].to_string())
    }

    fn data(&self, kind: &str) -> Option<Answer> {
        Answer::of(&self.0["account_data"][kind])
    }

    fn lock(&self) -> Lock {
        let default = self.data("m.secret_storage.default_key");
        let id = default.as_ref().and_then(|data| data.text("key")).unwrap_or_default();
        let storage = self.data(&key_kind(id)).and_then(|data| StorageKey::read(id, &data));
        let secret = self.data(BACKUP_KEY).and_then(|data| LockedSecret::read(&data, id));
        let backup = GetBackup.read(&self.response("GET /room_keys/version")).unwrap();
        Lock { storage, is_undescribed: false, secret, backup }
    }

    fn keys(&self) -> OwnKeys {
        QueryOwnKeys(self.text("user_id")).read(&self.response("POST /keys/query")).unwrap()
    }

    fn identity(&self) -> Identity {
        now(identity(self.text("user_id"), &self.keys(), &Native::default()))
    }

    fn evidence(&self) -> Evidence {
        let devices = GetDevices.read(&self.response("GET /devices"));
        Evidence { lock: Ok(self.lock()), identity: Ok(self.identity()), devices, this: None }
    }

    fn check(&self, typed: &str) -> KeyAnswer {
        now(check_key(typed, &self.lock(), &Native::default()))
    }

    fn verdict(&self, key: Option<KeyAnswer>) -> Verdict {
        Verdict::of(&self.evidence(), key, false)
    }
}

/// A recovery key of nobody here.
const OTHER_KEY: &str = "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d";

#[test]
fn set_up_by_passphrase() {
    let account = account("by_passphrase");
    assert_eq!(account.verdict(None), Verdict::SafeWithKey);
    let passphrase = account.text("passphrase");
    for typed in [passphrase, account.text("recovery_key"), &format!(" {passphrase}\n")] {
        assert_eq!(account.check(typed), KeyAnswer::OpensBackup, "{typed}");
    }
    assert_eq!(account.check("incorrect horse battery staple"), KeyAnswer::Wrong);
    assert_eq!(account.check(OTHER_KEY), KeyAnswer::Wrong);
    let mut mistyped = account.text("recovery_key").to_owned();
    let last = mistyped.pop().unwrap();
    mistyped.push(if last == 'a' { 'b' } else { 'a' });
    assert_eq!(account.check(&mistyped), KeyAnswer::Mistyped);
    assert_eq!(account.verdict(Some(KeyAnswer::OpensBackup)), Verdict::Safe);
    assert_eq!(account.verdict(Some(KeyAnswer::Wrong)), Verdict::SafeWithKey);
}

#[test]
fn set_up_by_key() {
    let account = account("by_key");
    assert_eq!(account.verdict(None), Verdict::SafeWithKey);
    assert_eq!(account.check(account.text("recovery_key")), KeyAnswer::OpensBackup);
    assert_eq!(account.check(OTHER_KEY), KeyAnswer::Wrong);
    assert_eq!(account.check("correct horse battery staple"), KeyAnswer::OnlyKeys);
    assert_eq!(account.check(&OTHER_KEY.replace("UE4d", "UE4e")), KeyAnswer::Mistyped);
}

#[test]
fn a_backup_without_secret_storage() {
    let account = account("backup_without_storage");
    let lost = Verdict::Lost(vec![Reason::KeyNotInStorage]);
    assert_eq!(account.verdict(None), lost);
    assert_eq!(account.check(OTHER_KEY), KeyAnswer::Wrong);
    assert_eq!(account.verdict(Some(KeyAnswer::Wrong)), lost);
}

#[test]
fn one_session_is_not_verified() {
    let account = account("one_unverified");
    let identity = account.identity();
    let mut trusts: Vec<_> = identity.sessions.iter().map(|session| session.trust).collect();
    trusts.sort();
    assert_eq!(trusts, [Trust::Unsigned, Trust::Signed]);
    let lost = Verdict::Lost(vec![Reason::Unverified(Some(1))]);
    assert_eq!(account.verdict(None), lost);
    assert_eq!(account.check(account.text("recovery_key")), KeyAnswer::OpensBackup);
    assert_eq!(account.verdict(Some(KeyAnswer::OpensBackup)), lost, "a key does not mend that");
}

#[test]
fn nothing_is_set_up() {
    let account = account("nothing");
    assert_eq!(account.verdict(None), Verdict::NothingBackedUp);
    assert_eq!(account.check(OTHER_KEY), KeyAnswer::NothingSetUp);
    assert_eq!(account.check("anything"), KeyAnswer::NothingSetUp);
    assert!(!account.identity().is_set_up);
}

#[test]
fn a_backup_that_was_replaced() {
    let account = account("backup_replaced");
    assert_eq!(account.verdict(None), Verdict::SafeWithKey, "nobody can see it without the key");
    let answer = account.check(account.text("recovery_key"));
    assert_eq!(answer, KeyAnswer::OtherBackup);
    let lost = Verdict::Lost(vec![Reason::OtherBackup]);
    assert_eq!(account.verdict(Some(answer)), lost);
    assert_eq!(account.check(OTHER_KEY), KeyAnswer::Wrong);
}

#[test]
fn a_key_from_before_everything_was_reset() {
    let account = account("storage_replaced");
    assert_eq!(account.check(account.text("old_recovery_key")), KeyAnswer::Wrong);
    assert_eq!(account.check(account.text("recovery_key")), KeyAnswer::OpensBackup);
}

#[test]
fn a_browser_without_curves_says_so() {
    let account = account("by_key");
    let old = Native { without_curves: true };
    let answer = now(check_key(account.text("recovery_key"), &account.lock(), &old));
    assert_eq!(answer, KeyAnswer::Right(Unproven::Browser));
    let wrong = now(check_key(OTHER_KEY, &account.lock(), &old));
    assert_eq!(wrong, KeyAnswer::Wrong, "the MAC needs no curve");
    let identity = now(identity(account.text("user_id"), &account.keys(), &old));
    assert!(identity.sessions.iter().all(|session| session.trust == Trust::Claimed));
    let alone = Lock { storage: None, ..account.lock() };
    let answer = now(check_key(account.text("recovery_key"), &alone, &old));
    assert_eq!(answer, KeyAnswer::BrowserCannot);
}

/// Whoever forges a signature, or moves one to another session, is noticed.
#[test]
fn a_signature_is_for_one_session() {
    let account = account("one_unverified");
    let user = account.text("user_id");
    let mut keys = account.keys();
    let signed = keys.devices.iter().position(|(_, device)| {
        let by = keys.self_signing.as_ref().unwrap().ed25519().unwrap().0;
        device.signature(user, &by).is_some()
    });
    let from = keys.devices[signed.unwrap()].1.0.clone();
    let mut moved = serde_json::Map::new();
    let to = &keys.devices[1 - signed.unwrap()].1.0;
    for (key, value) in to.entries() {
        moved.insert(key.to_owned(), value.clone());
    }
    moved.insert("signatures".into(), from.value("signatures").unwrap().clone());
    let moved = Answer::of(&Value::Object(moved)).unwrap();
    keys.devices[1 - signed.unwrap()].1 = crate::matrix::cross_signing::SignedKey(moved);
    let identity = now(identity(user, &keys, &Native::default()));
    let mut trusts: Vec<_> = identity.sessions.iter().map(|session| session.trust).collect();
    trusts.sort();
    assert_eq!(trusts, [Trust::Wrong, Trust::Signed]);
}

/// Before there was secret storage, the recovery key was the backup's own.
#[test]
fn the_key_of_a_backup_itself() {
    let public_key = now(Native::default().x25519_public(&key_of_rfc_7748()));
    let backup = Backup {
        version: "1".into(),
        count: 5,
        etag: "5".into(),
        public_key,
        passphrase: Some(Passphrase { salt: "salt".into(), iterations: 1000, bits: 256 }),
    };
    let lock = Lock { backup: Some(backup.clone()), ..Lock::default() };
    let check = |typed: &str, lock: &Lock| now(check_key(typed, lock, &Native::default()));
    assert_eq!(check(OTHER_KEY, &lock), KeyAnswer::OpensBackup);
    assert_eq!(check("a wrong passphrase", &lock), KeyAnswer::Wrong);
    let private = now(Native::default().pbkdf2(b"an old passphrase", b"salt", 1000)).unwrap();
    let private: [u8; 32] = private.as_slice().try_into().unwrap();
    let public_key = now(Native::default().x25519_public(&private));
    let lock = Lock { backup: Some(Backup { public_key, ..backup }), ..lock };
    assert_eq!(check("an old passphrase", &lock), KeyAnswer::OpensBackup);
    assert_eq!(check(OTHER_KEY, &lock), KeyAnswer::Wrong);
}

/// An answer is about what it was tried on.
#[test]
fn another_lock_is_another_lock() {
    let lock = account("by_key").lock();
    let mut grown = lock.clone();
    grown.backup.as_mut().unwrap().count += 1;
    assert!(lock.is_like(&grown));
    for other in ["backup_replaced", "storage_replaced", "nothing"] {
        assert!(!lock.is_like(&account(other).lock()), "{other}");
    }
    let mut unknown = lock.clone();
    unknown.backup.as_mut().unwrap().public_key = None;
    assert!(!lock.is_like(&unknown));
    let key = account("by_key").text("recovery_key").to_owned();
    let answer = now(check_key(&key, &unknown, &Native::default()));
    assert_eq!(answer, KeyAnswer::Right(Unproven::UnknownBackup));
    // Of what nothing is known, nothing is said.
    let bare = Lock { storage: None, secret: None, is_undescribed: true, ..lock };
    assert_eq!(now(check_key(&key, &bare, &Native::default())), KeyAnswer::Undescribed);
}

/// Without anything that shows whether a key is right, none is called right.
#[test]
fn what_cannot_be_checked_is_not_right() {
    let bare = StorageKey { id: "k".into(), check: None, passphrase: None };
    let lock = Lock { storage: Some(bare.clone()), ..Lock::default() };
    let check = |lock: &Lock| now(check_key(OTHER_KEY, lock, &Native::default()));
    assert_eq!(check(&lock), KeyAnswer::Undescribed);
    let secret = Some(LockedSecret { iv: [0; 16], ciphertext: vec![1; 43], mac: [0; 32] });
    assert_eq!(check(&Lock { secret, ..lock.clone() }), KeyAnswer::Wrong);
    let endless = Passphrase { salt: "s".into(), iterations: u32::MAX, bits: 256 };
    let check_data = Some(KeyCheck { iv: [0; 16], mac: [0; 32] });
    let storage = Some(StorageKey { check: check_data, passphrase: Some(endless), ..bare });
    let answer = now(check_key("words", &Lock { storage, ..lock }, &Native::default()));
    assert_eq!(answer, KeyAnswer::Undescribed, "nobody computes for hours");
}

fn key_of_rfc_7748() -> [u8; 32] {
    *RecoveryKey::parse(OTHER_KEY).ok().unwrap().0
}

/// RFC 7748, section 6.1: Alice's keys.
#[test]
fn the_public_half_of_a_key() {
    let public = now(Native::default().x25519_public(&key_of_rfc_7748())).unwrap();
    assert_eq!(public[..4], [0x85, 0x20, 0xf0, 0x09]);
    assert_eq!(public[28..], [0x8e, 0xaa, 0x9b, 0x4e, 0x6a][1..]);
}

fn evidence(lock: Lock, sessions: &[Trust], is_set_up: bool) -> Evidence {
    let sessions = sessions.iter().enumerate();
    let sessions = sessions.map(|(n, trust)| SessionKeys { id: n.to_string(), trust: *trust });
    let identity = Identity { is_set_up, sessions: sessions.collect() };
    let devices = Ok(Vec::<Device>::new());
    Evidence { lock: Ok(lock), identity: Ok(identity), devices, this: None }
}

#[test]
fn the_verdict_in_other_cases() {
    use crate::matrix::Error;
    let full = account("by_key").lock();
    let of = |evidence: &Evidence| Verdict::of(evidence, None, false);
    let nobody = evidence(Lock::default(), &[], false);
    assert_eq!(of(&nobody), Verdict::NothingToLose);
    let mut empty = full.clone();
    empty.backup.as_mut().unwrap().count = 0;
    assert_eq!(of(&evidence(empty.clone(), &[Trust::Signed], true)), Verdict::NothingBackedUp);
    assert_eq!(of(&evidence(empty, &[], true)), Verdict::NothingToLose);
    let stranger = evidence(full.clone(), &[Trust::Unsigned], false);
    assert_eq!(of(&stranger), Verdict::Lost(vec![Reason::NoIdentity]));
    let claimed = evidence(full.clone(), &[Trust::Claimed], true);
    assert_eq!(of(&claimed), Verdict::SafeWithKey);
    let wrong = evidence(full.clone(), &[Trust::Wrong, Trust::Signed], true);
    assert_eq!(of(&wrong), Verdict::Lost(vec![Reason::Unverified(Some(1))]));
    // The session of this site holds no keys.
    let mut this = evidence(full.clone(), &[Trust::Unsigned], true);
    this.this = Some("0".into());
    assert_eq!(of(&this), Verdict::SafeWithKey);
    let growing = Verdict::of(&this, Some(KeyAnswer::OpensBackup), true);
    assert_eq!(growing, Verdict::Lost(vec![Reason::Growing]), "it is not done yet");
    let mut closed = full.clone();
    closed.secret = None;
    assert_eq!(of(&evidence(closed, &[], true)), Verdict::Lost(vec![Reason::KeyNowhere]));
    let mut silent = evidence(full, &[], true);
    silent.lock = Err(Error::Unreachable);
    assert_eq!(of(&silent), Verdict::Unknown(Error::Unreachable));
}

proptest::proptest! {
    /// Whatever is typed, only the one key is called right.
    #[test]
    fn a_wrong_key_is_never_called_right(key: [u8; 32]) {
        let account = account("by_key");
        let lock = account.lock();
        let right = RecoveryKey::parse(account.text("recovery_key")).ok().unwrap();
        proptest::prop_assume!(*right.0 != key);
        let id = lock.storage.as_ref().unwrap().check.as_ref().unwrap();
        proptest::prop_assert_eq!(now(super::storage::is_key(&key, id, &Native::default())), Some(false));
    }
}
