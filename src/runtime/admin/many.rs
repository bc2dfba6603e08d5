//! Many accounts, one after the other. It goes on while another page of the site
//! is looked at.

use super::Desk;
use super::work;
use crate::admin::many::{Fault, Many, Outcome, Refusal, Task, Work};
use crate::i18n;
use crate::matrix::Error;
use crate::matrix::admin::KnownUser;
use crate::matrix::password_policy::PasswordPolicy;
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// What is needed for a new password, loaded once.
struct Dice {
    words: String,
    policy: PasswordPolicy,
}

impl Desk {
    /// Begins with a list. The dry run starts at once.
    pub fn begin_many(self, many: Many) {
        self.many.set(Some(many));
        self.go_on();
    }

    /// Changes what is done, and goes on with it.
    pub fn with_many(self, change: impl FnOnce(&mut Many)) {
        self.change(change);
        self.go_on();
    }

    /// Whether the administrator who is signed in now may continue the bulk job.
    pub fn may_continue(self) -> bool {
        let me = self.administrator_untracked();
        self.many
            .with_untracked(|many| many.as_ref().is_some_and(|it| it.may_continue(me.as_ref())))
    }

    /// Asks what is to be asked next, until there is nothing more. Of two who want
    /// that at once, one finds nothing to do: the machine hands out one task at a
    /// time.
    fn go_on(self) {
        spawn_local(async move {
            let mut dice = None;
            while let Some(task) = self.next_task() {
                match task {
                    Task::Check(row) => self.check(row).await,
                    Task::Run { row, user } => self.run(row, &user, &mut dice).await,
                }
            }
        });
    }

    fn next_task(self) -> Option<Task> {
        self.many.try_update(|many| many.as_mut()?.next_task()).flatten()
    }

    /// A row, as far as it is needed to ask about it.
    fn row(self, row: usize) -> Option<(Work, String, String)> {
        self.many.with_untracked(|many| {
            let many = many.as_ref()?;
            let row = many.rows.get(row)?;
            Some((many.work, row.typed.clone(), row.email.clone()))
        })
    }

    /// Whoever does it to many does not do it to themselves. It may be somebody else
    /// by now than who made the list.
    fn not_to_oneself(self, work: Work, user: &KnownUser) -> Result<(), Fault> {
        match work.action().locks_out() && self.is_me(user.as_str()) {
            true => Err(Fault::Refused(Refusal::Yourself)),
            false => Ok(()),
        }
    }

    async fn check(self, row: usize) {
        let Some((work, user_id, email)) = self.row(row) else { return };
        let plan = work::plan(self, work, &user_id, &email).await;
        let answer = plan.and_then(|plan| self.not_to_oneself(work, &plan.user).map(|()| plan));
        self.change(|many| many.checked(row, answer));
    }

    async fn run(self, row: usize, user: &KnownUser, dice: &mut Option<Dice>) {
        let Some((work, _, email)) = self.row(row) else { return };
        let answer = self.carry_out(row, work, user, &email, dice).await;
        let words = match &answer {
            Ok(Outcome::Done) => Some(i18n::admin().log.done.to_owned()),
            Ok(Outcome::AlreadySo) => Some(i18n::admin().log.already.to_owned()),
            // Nothing was tried.
            Err(Fault::Unsent(_)) => None,
            Err(fault) => Some(i18n::failure(fault, &self.server_name())),
        };
        if let Some(words) = words {
            self.note(work.action(), user.as_str(), &words);
        }
        self.change(|many| many.ran(row, answer));
    }

    async fn carry_out(
        self,
        row: usize,
        work: Work,
        user: &KnownUser,
        email: &str,
        dice: &mut Option<Dice>,
    ) -> Result<Outcome, Fault> {
        // Another administrator could not see the passwords that would be set.
        if !self.may_continue() {
            return Err(Fault::Unsent(Error::SessionEnded));
        }
        self.not_to_oneself(work, user)?;
        let password = match work {
            Work::SetPasswords { .. } => Some(self.password(row, dice).await?),
            _ => None,
        };
        work::carry_out(self, work, user, email, password).await
    }

    /// The password of a row: the one from before, or a new one.
    async fn password(self, row: usize, dice: &mut Option<Dice>) -> Result<Rc<Secret>, Fault> {
        let before =
            self.many.with_untracked(|many| many.as_ref()?.rows.get(row)?.password.clone());
        if let Some(before) = before {
            return Ok(before);
        }
        if dice.is_none() {
            let words = work::words().await.map_err(|_| Fault::Unsent(Error::NotLoaded))?;
            let policy = work::policy(self).await.map_err(Fault::Unsent)?;
            *dice = Some(Dice { words, policy });
        }
        let made = dice.as_ref().and_then(|dice| work::new_password(&dice.words, &dice.policy));
        let made = Rc::new(made.ok_or(Fault::Refused(Refusal::NoPassword))?);
        self.many.update_untracked(|many| {
            if let Some(row) = many.as_mut().and_then(|many| many.rows.get_mut(row)) {
                row.password = Some(made.clone());
            }
        });
        Ok(made)
    }

    fn change(self, change: impl FnOnce(&mut Many)) {
        self.many.update(|many| {
            if let Some(many) = many {
                change(many);
            }
        });
    }
}
