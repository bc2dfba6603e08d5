//! Numbers, times and kinds of numbers in the language of the page.

use super::language;
use crate::i18n::intl::{Category, Intl};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What the browser knows of the language of the page.
pub const INTL: Intl = Intl { category, number, unit, is_rtl: language::is_rtl };

fn category(number: u64) -> Category {
    let rules = js_sys::Intl::PluralRules::new(&locales(), &Object::new());
    match String::from(rules.select(number as f64)).as_str() {
        "zero" => Category::Zero,
        "one" => Category::One,
        "two" => Category::Two,
        "few" => Category::Few,
        "many" => Category::Many,
        _ => Category::Other,
    }
}

fn number(number: u64) -> String {
    written(number, &Object::new())
}

fn unit(number: u64, unit: &'static str) -> String {
    written(number, &options(&[("style", "unit"), ("unit", unit), ("unitDisplay", "long")]))
}

fn written(number: u64, options: &Object) -> String {
    let format = js_sys::Intl::NumberFormat::new(&locales(), options);
    let format: Function = format.format().unchecked_into();
    let written = format.call1(&JsValue::NULL, &JsValue::from(number as f64));
    written.ok().and_then(|written| written.as_string()).unwrap_or_else(|| number.to_string())
}

fn locales() -> Array {
    Array::of1(&language::code().into())
}

/// Options as JavaScript takes them.
pub(super) fn options(options: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object
}
