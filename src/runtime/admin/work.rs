//! What several pages do to an account. Whatever is decided on what was read is
//! read anew at that moment.

use super::Desk;
use crate::admin::deactivation::{Step, steps};
use crate::admin::many::{Fault, Outcome, Plan, Refusal, Work};
use crate::admin::passphrase::passphrase;
use crate::admin::stake::Stake;
use crate::browser::random;
use crate::matrix::Error;
use crate::matrix::admin::account::GetAccount;
use crate::matrix::admin::account_data::GetAccountData;
use crate::matrix::admin::deactivate::Deactivate;
use crate::matrix::admin::emails::SetThreepids;
use crate::matrix::admin::find::Find;
use crate::matrix::admin::lock::SetLocked;
use crate::matrix::admin::password::ResetPassword;
use crate::matrix::admin::sessions::{GetSessions, SignOutSessions};
use crate::matrix::admin::{Account, KnownUser};
use crate::matrix::cross_signing::QueryOwnKeys;
use crate::matrix::devices::Device;
use crate::matrix::password_policy::{GetPasswordPolicy, PasswordPolicy};
use crate::matrix::password_reset::NewPassword;
use crate::net;
use crate::secret::Secret;
use futures_util::future::join3;
use std::rc::Rc;

/// What somebody would lose, as far as an administrator may look.
pub async fn stake(desk: Desk, user: &KnownUser) -> Stake {
    let (sessions, secrets, keys) =
        (GetSessions(user), GetAccountData(user), QueryOwnKeys(user.as_str()));
    let (sessions, secrets, keys) =
        join3(desk.session.send(&sessions), desk.session.send(&secrets), desk.session.send(&keys))
            .await;
    Stake { sessions, secrets, keys }
}

/// Who has an email address, if anybody does.
async fn owner_of(desk: Desk, address: &str) -> Result<Option<KnownUser>, Error> {
    match desk.session.send(&Find::Email(address)).await {
        Ok(user) => Ok(Some(user)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Looks at what would happen to an account, and changes nothing.
pub async fn plan(desk: Desk, work: Work, user_id: &str, email: &str) -> Result<Plan, Fault> {
    let counts = !matches!(work, Work::AttachEmails | Work::Lock);
    Ok(look(desk, work, user_id, email, counts).await?.plan)
}

/// An account as it is now.
struct Looked {
    account: Account,
    plan: Plan,
    sessions: Option<Vec<Device>>,
}

async fn look(
    desk: Desk,
    work: Work,
    user_id: &str,
    email: &str,
    counts: bool,
) -> Result<Looked, Fault> {
    let account = match desk.session.send(&GetAccount(user_id)).await {
        Ok(account) => account,
        Err(Error::NotFound) => return Err(Fault::Refused(Refusal::NoAccount)),
        Err(error) => return Err(Fault::Unsent(error)),
    };
    let owner = match work {
        Work::AttachEmails => owner_of(desk, email).await.map_err(Fault::Unsent)?,
        _ => None,
    };
    let sessions = match counts {
        true => {
            let sessions = desk.session.send(&GetSessions(account.user())).await;
            Some(sessions.map_err(Fault::Unsent)?)
        }
        false => None,
    };
    let count = sessions.as_ref().map(Vec::len);
    let plan = Plan::for_account(work, &account, email, owner, count).map_err(Fault::Refused)?;
    Ok(Looked { account, plan, sessions })
}

/// Does it to one account, unless it is so already. `password` is for
/// [`Work::SetPasswords`].
pub async fn carry_out(
    desk: Desk,
    work: Work,
    user: &KnownUser,
    email: &str,
    password: Option<Rc<Secret>>,
) -> Result<Outcome, Fault> {
    let now = look(desk, work, user.as_str(), email, work == Work::SignOut).await?;
    if now.plan.already {
        return Ok(Outcome::AlreadySo);
    }
    let session = desk.session;
    match work {
        Work::AttachEmails => attach(desk, &now.account, email).await?,
        Work::SetPasswords { sign_out } => {
            let new_password = password.ok_or(Fault::Refused(Refusal::NoPassword))?;
            let password = &NewPassword { new_password, logout_devices: sign_out };
            session.send(&ResetPassword { user, password }).await?;
        }
        Work::SignOut => {
            let all = now.sessions.into_iter().flatten();
            let devices: Vec<_> = all.map(|session| session.id).collect();
            session.send(&SignOutSessions { user, devices: &devices }).await?;
        }
        Work::Lock => session.send(&SetLocked { user, locked: true }).await?,
        Work::Deactivate { erase } => deactivate(desk, user, erase).await?,
    }
    Ok(Outcome::Done)
}

/// Deactivates an account, in the steps that its server needs.
pub async fn deactivate(desk: Desk, user: &KnownUser, erase: bool) -> Result<(), Fault> {
    let mut removed = false;
    for step in steps(desk.software_untracked()) {
        match step {
            Step::RemoveAddresses => {
                let after = desk.session.send(&SetThreepids::none(user)).await?;
                if after.threepids.is_none_or(|left| !left.is_empty()) {
                    return Err(Fault::Server(Error::NotOffered));
                }
                removed = true;
            }
            Step::Deactivate => match desk.session.send(&Deactivate { user, erase }).await {
                Err(error) if removed && !error.leaves_it_open() => {
                    return Err(Fault::Refused(Refusal::NotDeactivated(error)));
                }
                answer => answer?,
            },
        }
    }
    Ok(())
}

/// Attaches an address to an account that was read just now, after it was asked
/// whose the address is.
async fn attach(desk: Desk, account: &Account, email: &str) -> Result<(), Fault> {
    let set = SetThreepids::with_email(account, email);
    let set = set.ok_or(Fault::Refused(Refusal::Unreadable))?;
    let after = desk.session.send(&set).await?;
    match after.has_email(email) {
        true => Ok(()),
        // A server that does not know the field does not change it.
        false => Err(Fault::Server(Error::NotOffered)),
    }
}

/// The homeserver's rules for passwords. The Admin API does not look at them. Only a
/// homeserver that knows no such thing has none.
pub async fn policy(desk: Desk) -> Result<PasswordPolicy, Error> {
    let session = desk.session.get_untracked().ok_or(Error::SessionEnded)?;
    match net::send(&session.homeserver.base_url, &GetPasswordPolicy).await {
        Err(Error::NotOffered | Error::NotFound) => Ok(PasswordPolicy::default()),
        answer => answer,
    }
}

/// The words that passwords are made of, one of the site's own files.
pub async fn words() -> Result<String, Error> {
    let list = net::load("passphrase-words.txt").await?;
    if list.status == 200 { Ok(list.body) } else { Err(Error::NotLoaded) }
}

/// A new password that can be read out. Nothing where this browser has no
/// generator that is fit for secrets.
pub fn new_password(words: &str, policy: &PasswordPolicy) -> Option<Secret> {
    passphrase(words, &random::bytes()?, policy)
}
