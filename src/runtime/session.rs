//! Keeps the session of whoever signed in here: in memory, and in this tab's
//! storage so that a reload does not leave a session behind that nobody can
//! sign out any more.

use super::new_email::NewEmail;
use super::prefill::Returned;
use crate::browser::{clock, tab_storage};
use crate::encryption::{Growth, Lock};
use crate::matrix::login::Refresh;
use crate::matrix::session::{Logout, Session, Tokens};
use crate::matrix::wire::{Answer, Endpoint, Request, Response, SignedIn, json};
use crate::matrix::{BaseUrl, Error, Homeserver};
use crate::net;
use crate::recovery::reset::OtherSessions;
use crate::secret::Secret;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use std::any::Any;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Who is signed in, if anybody is.
#[derive(Clone, Copy)]
pub struct SessionRuntime {
    session: RwSignal<Option<Session>, LocalStorage>,
    ended: RwSignal<bool>,
    aside: StoredValue<Aside, LocalStorage>,
    /// Whether nothing of it outlives the page: an administrator's token opens
    /// every account.
    in_memory: bool,
}

/// What else is known, and nobody waits for. It is in one piece, since each type
/// of value that is kept costs bytes.
#[derive(Default)]
struct Aside {
    after: Option<OtherSessions>,
    renewal: Option<Promise>,
    /// A [`Lock`]. How one is dropped is no part of what everybody downloads.
    opened: Option<Rc<dyn Any>>,
    /// A [`Growth`], for the same reason.
    growth: Option<Rc<dyn Any>>,
    lost: Option<Error>,
    returned: Option<Returned>,
}

const KEY: &str = "matrix-account-recovery.session";

/// There is something under this key where the page was left for so long that somebody else
/// may have opened the closed tab again (`boot.js`).
const LEFT: &str = "matrix-account-recovery.left";

#[derive(Serialize)]
struct Kept<'a> {
    base_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_name: Option<&'a str>,
    user_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<&'a str>,
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_others: Option<bool>,
}

impl SessionRuntime {
    /// Nobody, as far as is known yet. Single sign-on may have come back with this.
    pub fn new(returned: Option<Returned>) -> Self {
        let aside = Aside { returned, ..Aside::default() };
        Self {
            session: RwSignal::new_local(None),
            ended: RwSignal::new(false),
            aside: StoredValue::new_local(aside),
            in_memory: false,
        }
    }

    /// Nobody, and a session that begins is not kept over a reload.
    pub fn in_memory() -> Self {
        Self { in_memory: true, ..Self::new(None) }
    }

    /// Takes up the session that this tab had before a reload, unless that was
    /// done. It stays with the homeserver that it began on, whichever one was
    /// chosen since. Pages for whoever is signed in call this first; it is no part
    /// of what everybody downloads.
    pub fn restore(self) {
        if self.session.with_untracked(Option::is_some) {
            return;
        }
        let was_left = tab_storage::get(LEFT).is_some();
        tab_storage::remove(LEFT);
        if let Some((session, after)) = tab_storage::get(KEY).and_then(|text| read(&text)) {
            self.aside.update_value(|aside| aside.after = after);
            self.session.set(Some(session.clone()));
            if was_left {
                self.ended_elsewhere(&session);
                spawn_local(sign_out(session));
            }
        }
    }

    /// The session. Whoever asks is told when it changes.
    pub fn get(self) -> Option<Session> {
        self.session.get()
    }

    /// The session as it is now.
    pub fn get_untracked(self) -> Option<Session> {
        self.session.get_untracked()
    }

    /// Whether a session ended without having been signed out here.
    pub fn was_ended(self) -> bool {
        self.ended.get()
    }

    /// What became of the other sessions in the reset that this one came after,
    /// if it did.
    pub fn after_reset(self) -> Option<OtherSessions> {
        self.aside.with_value(|aside| aside.after)
    }

    /// What the person has shown that they can open.
    pub fn opened(self) -> Option<Rc<Lock>> {
        self.aside.with_value(|aside| aside.opened.clone())?.downcast().ok()
    }

    /// The person has shown that they can open this.
    pub fn has_opened(self, lock: Lock) {
        self.aside.update_value(|aside| aside.opened = Some(Rc::new(lock)));
    }

    /// What was seen of the key backup since this session began, on whichever page.
    pub fn growth(self) -> Growth {
        let seen = self.aside.with_value(|aside| aside.growth.clone());
        let seen = seen.and_then(|seen| seen.downcast::<Growth>().ok());
        seen.map(|seen| (*seen).clone()).unwrap_or_default()
    }

    /// Keeps what was seen of the key backup.
    pub fn keep_growth(self, growth: Growth) {
        self.aside.update_value(|aside| aside.growth = Some(Rc::new(growth)));
    }

    /// What single sign-on came back with. It is used up.
    pub fn take_returned(self) -> Option<Returned> {
        self.aside.try_update_value(|aside| aside.returned.take()).flatten()
    }

    /// Somebody signed in, perhaps after a reset.
    pub fn begin(self, session: Session, after: Option<OtherSessions>) {
        self.aside.set_value(Aside { after, ..Aside::default() });
        self.keep(&session);
        self.ended.set(false);
        self.session.set(Some(session));
    }

    /// The session was signed out.
    pub fn end(self) {
        if !self.in_memory {
            tab_storage::remove(KEY);
            NewEmail::forget();
        }
        self.aside.set_value(Aside::default());
        self.ended.set(false);
        self.session.set(None);
    }

    /// Sends a request with the access token of the session. One that has ended
    /// is renewed first where that can be done. A session that turns out to have
    /// been ended elsewhere is over.
    ///
    /// # Errors
    /// As the endpoint reads them; [`Error::SessionEnded`] without a session.
    pub async fn send<E: Endpoint<Access = SignedIn>>(
        self,
        endpoint: &E,
    ) -> Result<E::Answer, Error> {
        endpoint.read(&self.exchange(endpoint.request()).await?)
    }

    /// Boxed, since each endpoint would carry all of it otherwise.
    fn exchange(self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, Error>>>> {
        Box::pin(async move {
            let mut session = self.get_untracked().ok_or(Error::SessionEnded)?;
            if session.tokens.are_stale(clock::now()) {
                session = self.renew(session).await?;
            }
            let mut answer = net::exchange_as(&session, &request).await?;
            if answer.wants_new_token() && session.tokens.refresh.is_some() {
                session = self.renew(session).await?;
                answer = net::exchange_as(&session, &request).await?;
            }
            if answer.wants_new_token() {
                self.ended_elsewhere(&session);
            }
            Ok(answer)
        })
    }

    /// Renews the tokens. Requests that need that at the same time wait for the
    /// same renewal: a refresh token works once.
    async fn renew(self, old: Session) -> Result<Session, Error> {
        let now = self.session.try_get_untracked().flatten().ok_or(Error::SessionEnded)?;
        if !Rc::ptr_eq(&now.tokens.access, &old.tokens.access) {
            return if now.is(&old) { Ok(now) } else { Err(Error::SessionEnded) };
        }
        let asked_by = old.clone();
        let under_way = self.aside.try_update_value(|aside| {
            let renewal = &mut aside.renewal;
            renewal.get_or_insert_with(|| future_to_promise(self.ask_for_tokens(old))).clone()
        });
        let failed = JsFuture::from(under_way.ok_or(Error::SessionEnded)?).await.is_err();
        // Somebody else may be signed in by now, and nothing is done in their name.
        let now = self.session.try_get_untracked().flatten();
        let now = now.filter(|now| now.is(&asked_by)).ok_or(Error::SessionEnded)?;
        let lost = self.aside.try_with_value(|aside| aside.lost.clone()).flatten();
        if failed { Err(lost.unwrap_or(Error::Unreachable)) } else { Ok(now) }
    }

    async fn ask_for_tokens(self, old: Session) -> Result<JsValue, JsValue> {
        let Some(refresh) = old.tokens.refresh.clone() else { return Err(JsValue::NULL) };
        let answer = net::send(&old.homeserver.base_url, &Refresh(refresh)).await;
        self.aside.try_update_value(|aside| aside.renewal = None);
        match answer {
            Ok(tokens) => {
                // It may have been signed out meanwhile.
                if self.is_current(&old) {
                    let session = Session { tokens, ..old };
                    self.keep(&session);
                    // Nobody has to look anew because of that.
                    self.session.try_update_untracked(|now| *now = Some(session));
                }
                Ok(JsValue::NULL)
            }
            Err(Error::SessionEnded) => {
                self.ended_elsewhere(&old);
                Err(JsValue::NULL)
            }
            Err(error) => {
                self.aside.try_update_value(|aside| aside.lost = Some(error));
                Err(JsValue::NULL)
            }
        }
    }

    /// This session turned out to have been ended elsewhere, or is too old. If it is not the
    /// current one any more, that is no news.
    fn ended_elsewhere(self, ended: &Session) {
        if self.is_current(ended) {
            self.end();
            self.ended.set(true);
        }
    }

    fn is_current(self, session: &Session) -> bool {
        let now = self.session.try_get_untracked().flatten();
        now.is_some_and(|now| now.is(session))
    }

    fn keep(self, session: &Session) {
        if self.in_memory {
            return;
        }
        let Session { homeserver, user_id, device_id, tokens } = session;
        let kept = Kept {
            base_url: homeserver.base_url.as_str(),
            server_name: homeserver.server_name(),
            user_id,
            device_id: device_id.as_deref(),
            access_token: tokens.access.expose(),
            refresh_token: tokens.refresh.as_ref().map(|token| token.expose()),
            until: tokens.until.map(|until| until.as_secs()),
            kept_others: self.after_reset().map(|others| others == OtherSessions::Keep),
        };
        tab_storage::set(KEY, json(&kept).expose());
    }
}

/// Signs out a session that nobody here has any more. Nobody waits for the answer.
async fn sign_out(mut session: Session) {
    if session.tokens.are_stale(clock::now())
        && let Some(refresh) = session.tokens.refresh.clone()
        && let Ok(tokens) = net::send(&session.homeserver.base_url, &Refresh(refresh)).await
    {
        session.tokens = tokens;
    }
    let _ = net::exchange_as(&session, &Logout.request()).await;
}

fn read(text: &str) -> Option<(Session, Option<OtherSessions>)> {
    let kept = Answer::parse(text)?;
    let name = kept.text("server_name").map(str::to_owned);
    let secret = |key| kept.text(key).map(|text| Rc::new(Secret::new(text.to_owned())));
    let session = Session {
        homeserver: Homeserver::new(name, BaseUrl::parse(kept.text("base_url")?)?),
        user_id: kept.text("user_id")?.to_owned(),
        device_id: kept.text("device_id").map(str::to_owned),
        tokens: Tokens {
            access: secret("access_token")?,
            refresh: secret("refresh_token"),
            until: kept.number("until").map(Duration::from_secs),
        },
    };
    let after = kept.boolean("kept_others").map(|kept| match kept {
        true => OtherSessions::Keep,
        false => OtherSessions::SignOut,
    });
    Some((session, after))
}
