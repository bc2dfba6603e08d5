//! What the browser computes, beside what it should: the known answers of those
//! who specified it.

use crate::encryption::Crypto;
use crate::runtime::crypto::Browser;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A list of all that was computed, each with whether it was right.
pub fn answers() -> AnyView {
    let found = RwSignal::new(Vec::<(&'static str, bool)>::new());
    spawn_local(async move {
        let all = [
            ("PBKDF2", pbkdf2().await),
            ("HKDF", hkdf().await),
            ("AES-CTR", aes_ctr().await),
            ("HMAC", hmac().await),
            ("X25519", x25519().await),
            ("Ed25519", ed25519().await),
        ];
        found.try_set(all.map(|(name, is_right)| (name, is_right == Some(true))).to_vec());
    });
    let list = move || {
        let line = |(name, is_right)| {
            let answer = if is_right { "right" } else { "wrong" };
            view! { <li>{name} ": " {answer}</li> }
        };
        found.get().into_iter().map(line).collect_view()
    };
    view! { <ul id="answers">{list}</ul> }.into_any()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | *digit as u8))
        .collect()
}

fn key(hex: &str) -> [u8; 32] {
    bytes(hex).try_into().unwrap_or_default()
}

/// With SHA-512, `password` and `salt`: the numbers that went around after RFC
/// 6070, which has them for SHA-1 only. Python's hashlib agrees.
async fn pbkdf2() -> Option<bool> {
    let wanted = "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252";
    let made = Browser.pbkdf2(b"password", b"salt", 1).await?;
    let rounds = "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5";
    let made_slowly = Browser.pbkdf2(b"password", b"salt", 4096).await?;
    Some(*made == bytes(wanted) && *made_slowly == bytes(rounds))
}

/// RFC 5869, test case 3: no salt and no info. No salt is one of zeros.
async fn hkdf() -> Option<bool> {
    let wanted = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d\
                  9d201395faa4b61a96c8";
    Some(Browser.hkdf(&[0x0b; 22], "").await?.starts_with(&bytes(wanted)))
}

/// NIST SP 800-38A, F.5.5.
async fn aes_ctr() -> Option<bool> {
    let key = bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    let iv = bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff").try_into().ok()?;
    let plain = bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    let wanted = bytes("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
    Some(*Browser.aes_ctr(&key, &iv, &plain).await? == wanted)
}

/// RFC 4231, test case 2.
async fn hmac() -> Option<bool> {
    let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let made = Browser.hmac(b"Jefe", b"what do ya want for nothing?").await?;
    Some(*made == bytes(wanted))
}

/// RFC 7748, section 6.1.
async fn x25519() -> Option<bool> {
    let private = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    let public = key("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    Some(Browser.x25519_public(&private).await? == public)
}

/// RFC 8032, section 7.1, test 2, and the same signature under another text.
async fn ed25519() -> Option<bool> {
    let public = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    let signature = bytes(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
         085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    let right = Browser.ed25519_verify(&public, &signature, &[0x72]).await?;
    let wrong = Browser.ed25519_verify(&public, &signature, &[0x73]).await?;
    Some(right && !wrong)
}
