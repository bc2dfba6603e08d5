//! Stands in for the crate of the same name. Leptos's server functions stream
//! through it; this site has no server, so nothing here is ever called. But the
//! classes that the real one exports to JavaScript cannot be found unused by
//! any optimizer, and every visitor would download them.

use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::{JsCast, JsValue};

/// A stream of the browser.
pub struct ReadableStream(web_sys::ReadableStream);

/// A stream that has ended.
pub struct Ended;

impl ReadableStream {
    /// What a server function would send piece by piece.
    pub fn from_stream<S>(_pieces: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(JsCast::unchecked_into(JsValue::UNDEFINED))
    }

    /// What a server function would be answered piece by piece.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// As the browser has it.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// As Rust has it.
    pub fn into_stream(self) -> Ended {
        Ended
    }
}

impl Stream for Ended {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
