//! Many accounts, one after the other. It goes on while another page of the site
//! is looked at.

use super::Desk;
use super::work;
use crate::admin::many::{Fault, Many, Outcome, Refusal, Task, Work};
use crate::i18n;
use crate::matrix::admin::KnownUser;
use crate::matrix::password_policy::PasswordPolicy;
use crate::secret::Secret;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// What is needed for a new password, loaded once.
#[derive(Default)]
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
        self.many.update(|many| {
            if let Some(many) = many {
                change(many);
            }
        });
        self.go_on();
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
                    Task::Run { row, user, .. } => {
                        if dice.is_none() {
                            dice = Some(self.dice().await);
                        }
                        self.run(row, &user, dice.as_ref()).await;
                    }
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

    async fn check(self, row: usize) {
        let Some((work, user_id, email)) = self.row(row) else { return };
        let answer = work::plan(self, work, &user_id, &email).await;
        self.many.update(|many| {
            if let Some(many) = many {
                many.checked(row, answer);
            }
        });
    }

    async fn run(self, row: usize, user: &KnownUser, dice: Option<&Dice>) {
        let Some((work, _, email)) = self.row(row) else { return };
        let password = match work {
            Work::SetPasswords { .. } => self.password(row, dice),
            _ => None,
        };
        let answer = work::carry_out(self, work, user, &email, password).await;
        let words = match &answer {
            Ok(Outcome::Done) => i18n::admin().log.done.to_owned(),
            Ok(Outcome::AlreadySo) => i18n::admin().log.already.to_owned(),
            Err(fault) => i18n::refusal(&Refusal::from(fault.clone()), &self.server_name()),
        };
        self.note(work.action(), user.as_str(), &words);
        self.many.update(|many| {
            if let Some(many) = many {
                // What was refused for certain has no use for it.
                let refused = matches!(&answer, Err(Fault::Refused(_)));
                many.ran(row, answer);
                if refused {
                    many.forget_password(row);
                }
            }
        });
    }

    /// The password of a row: the one from before, or a new one.
    fn password(self, row: usize, dice: Option<&Dice>) -> Option<Rc<Secret>> {
        let before =
            self.many.with_untracked(|many| many.as_ref()?.rows.get(row)?.password.clone());
        if before.is_some() {
            return before;
        }
        let dice = dice?;
        let made = Rc::new(work::new_password(&dice.words, &dice.policy)?);
        self.many.update_untracked(|many| {
            if let Some(row) = many.as_mut().and_then(|many| many.rows.get_mut(row)) {
                row.password = Some(made.clone());
            }
        });
        Some(made)
    }

    async fn dice(self) -> Dice {
        Dice { words: work::words().await.unwrap_or_default(), policy: work::policy(self).await }
    }
}
