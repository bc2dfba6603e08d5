//! The arithmetic of encryption, which browsers do beside the page
//! (`SubtleCrypto`). Each gives nothing where a browser cannot do it: an old one,
//! or a page that is not encrypted itself.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

type Bytes = Zeroizing<Vec<u8>>;

/// Calls one of its functions. By its name, since each function that is declared
/// costs bytes on every page; absent are all of them on a page that came without
/// encryption.
async fn subtle(function: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let crypto = window().crypto().ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let function: Function = Reflect::get(&subtle, &function.into()).ok()?.dyn_into().ok()?;
    let all = Array::new();
    for argument in arguments {
        all.push(argument);
    }
    let started = function.apply(&subtle, &all).ok()?;
    JsFuture::from(started.unchecked_into::<Promise>()).await.ok()
}

/// PBKDF2 with SHA-512, as many bits as AES-256 has.
pub async fn pbkdf2(passphrase: &[u8], salt: &[u8], iterations: u32) -> Option<Bytes> {
    let parts = [
        ("name", "PBKDF2".into()),
        ("hash", "SHA-512".into()),
        ("salt", array(salt).into()),
        ("iterations", iterations.into()),
    ];
    derive(passphrase, &parts, 256).await
}

/// HKDF with SHA-256 and a salt of 32 zero bytes; 64 bytes.
pub async fn hkdf(key: &[u8], info: &[u8]) -> Option<Bytes> {
    let parts = [
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", array(&[0; 32]).into()),
        ("info", array(info).into()),
    ];
    derive(key, &parts, 512).await
}

/// AES-256 in counter mode.
pub async fn aes_ctr(key: &[u8], iv: &[u8], data: &[u8]) -> Option<Bytes> {
    let name = object(&[("name", "AES-CTR".into())]);
    let key = import("raw", key, &name, "encrypt").await?;
    let parts = [("name", "AES-CTR".into()), ("counter", array(iv).into()), ("length", 64.into())];
    let data = array(data);
    let locked = subtle("encrypt", &[object(&parts), key, data.clone().into()]).await;
    wipe(&data);
    bytes(&locked?)
}

/// HMAC with SHA-256.
pub async fn hmac(key: &[u8], data: &[u8]) -> Option<Bytes> {
    let name = object(&[("name", "HMAC".into()), ("hash", "SHA-256".into())]);
    let key = import("raw", key, &name, "sign").await?;
    bytes(&subtle("sign", &["HMAC".into(), key, array(data).into()]).await?)
}

/// The public half of an X25519 key: its product with the base point, which
/// takes no key that could be read out again.
pub async fn x25519_public(private: &[u8; 32]) -> Option<[u8; 32]> {
    let mut base = [0; 32];
    base[0] = 9;
    let name = object(&[("name", "X25519".into())]);
    let packed = packed(private);
    let private = import("pkcs8", &packed, &name, "deriveBits").await?;
    let base = import("raw", &base, &name, "").await?;
    let parts = object(&[("name", "X25519".into()), ("public", base)]);
    let public = subtle("deriveBits", &[parts, private, 256.into()]).await?;
    bytes(&public)?.as_slice().try_into().ok()
}

/// A private key of X25519 as PKCS #8 has it. (RFC 8410.)
fn packed(private: &[u8; 32]) -> Bytes {
    const BEFORE: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04,
        0x20,
    ];
    Zeroizing::new([BEFORE.as_slice(), private].concat())
}

/// Whether an Ed25519 signature is right.
pub async fn ed25519_verify(key: &[u8], signature: &[u8], text: &[u8]) -> Option<bool> {
    let name = object(&[("name", "Ed25519".into())]);
    let key = import("raw", key, &name, "verify").await?;
    let arguments = ["Ed25519".into(), key, array(signature).into(), array(text).into()];
    subtle("verify", &arguments).await?.as_bool()
}

async fn derive(secret: &[u8], parts: &[(&str, JsValue)], bits: u32) -> Option<Bytes> {
    let parts = object(parts);
    let key = import("raw", secret, &parts, "deriveBits").await?;
    bytes(&subtle("deriveBits", &[parts, key, bits.into()]).await?)
}

/// A key that cannot be read out again, for this use.
async fn import(format: &str, key: &[u8], name: &JsValue, usage: &str) -> Option<JsValue> {
    let usages = Array::new();
    if !usage.is_empty() {
        usages.push(&usage.into());
    }
    let copy = array(key);
    let arguments =
        [format.into(), copy.clone().into(), name.clone(), JsValue::FALSE, usages.into()];
    let imported = subtle("importKey", &arguments).await;
    wipe(&copy);
    imported
}

fn object(parts: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn array(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

fn wipe(array: &Uint8Array) {
    array.fill(0, 0, array.length());
}

/// The bytes of an answer, which is wiped where it was.
fn bytes(answer: &JsValue) -> Option<Bytes> {
    let array = Uint8Array::new(answer);
    let bytes = Zeroizing::new(array.to_vec());
    wipe(&array);
    Some(bytes)
}
