//! English, where one signs in.

use super::texts::*;

pub(super) static ENGLISH: Login = Login {
    title: "Sign in",
    identifier: "Username, Matrix ID or email address",
    password: "Password",
    submit: "Sign in",
    submitting: "Signing in…",
    forgot: "Not sure of your password?",
    set_a_new_one: "Set a new one",
    identifier_missing: "Type your username, your Matrix ID or your email address.",
    password_missing: "Type your password.",
    other_server: "This account is on {other}, but this page signs in on {server}. Your password was not sent.",
    ended: "Your session has ended. Sign in again.",
    sign_on: "You can also sign in to {server} like this:",
    sign_on_only: "You sign in to {server} with another service. Your browser goes there and comes back.",
    sign_on_with: "Sign in with {name}",
    sign_on_unnamed: "Sign in with another service",
    not_started_here: "This sign-in was not started in this tab, so it was not used. If it was you, start it once more.",
    no_randomness: "This browser cannot make random numbers that are fit for this. Use another browser.",
    elsewhere: "People look after their accounts on {server} on its own page. Go there to see your sessions, your email addresses and your password.",
    go_there: "Go to {host}",
    no_passwords: "{server} does not let anybody sign in here. Use your Matrix app.",
    see_how: "What can I do?",
};
