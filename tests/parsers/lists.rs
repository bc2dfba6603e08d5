//! What administrators type and paste, and the words that passwords are made of.

use crate::reader::Reader;
use matrix_account_recovery::admin::many::{Administrator, Many, Work};
use matrix_account_recovery::admin::search::Search;
use matrix_account_recovery::admin::{csv, passphrase::passphrase};
use matrix_account_recovery::matrix::BaseUrl;
use matrix_account_recovery::matrix::password_policy::PasswordPolicy;
use matrix_account_recovery::matrix::password_rule::PasswordRule;

pub fn readers() -> Vec<Reader> {
    const LISTS: [&str; 3] = [
        "user,email\r\n@bob:example.org,bob@example.org\r\n\"@carol:example.org\",\"c@d\"\r\n",
        "\u{feff}@bob:example.org;a@b\n\n'@SUM(A1);\"a \"\"b\"\", c\"\n",
        "bob\tbob@example.org\ncarol，c@d",
    ];
    let words = include_str!("../../public/passphrase-words.txt");
    vec![
        Reader::text(
            "admin/search::parse",
            &[
                "@bob:example.org",
                "https://matrix.to/#/@bob:example.com:8448",
                "bob@example.org",
                "oidc-work=b.builder",
                "Bob Builder",
            ],
            search,
        ),
        Reader::text("admin/csv::read", &LISTS, table),
        Reader::text("admin/many::new", &LISTS, many),
        Reader::text("admin/passphrase::passphrase", &[words], made_of),
    ]
}

fn search(text: &str) -> bool {
    match Search::parse(text, "example.org") {
        Search::User(id) => assert!(id.starts_with('@') && id.ends_with(":example.org")),
        Search::Elsewhere { user_id, server_name } => {
            assert!(user_id.starts_with('@') && user_id.ends_with(&server_name));
        }
        Search::Email(address) => assert!(address.contains('@')),
        Search::ExternalId { provider, id } => assert!(!provider.is_empty() && !id.is_empty()),
        Search::Name(_) => {}
    }
    true
}

/// What is read stays the same when it is written as a file and read again, but for
/// the marks of direction, which are in no file.
fn table(text: &str) -> bool {
    let cells = |text: &str| csv::read(text).into_iter().map(|(_, row)| row).collect::<Vec<_>>();
    let rows = cells(text);
    let write = |rows: &[Vec<String>]| {
        csv::write(rows.iter().map(|row| row.iter().map(String::as_str).collect()))
    };
    let once = cells(&write(&rows));
    assert_eq!(cells(&write(&once)), once);
    !rows.is_empty()
}

fn many(text: &str) -> bool {
    let rows = csv::read(text).len();
    for work in [Work::AttachEmails, Work::SetPasswords { sign_out: true }, Work::Lock] {
        let server = BaseUrl::parse("https://example.org").expect("an address");
        let me = Administrator { user_id: "@me:example.org".into(), server };
        let mut many = Many::new(work, text, "example.org", me);
        assert!(many.rows.len() == rows || many.rows.len() + 1 == rows, "but for a heading");
        assert_eq!(many.counts().all, many.rows.len());
        let _ = many.next_task();
        many.stop();
    }
    rows > 0
}

fn made_of(words: &str) -> bool {
    let all = PasswordPolicy(vec![
        PasswordRule::MinimumLength(Some(40)),
        PasswordRule::Digit,
        PasswordRule::Symbol,
        PasswordRule::Uppercase,
        PasswordRule::Lowercase,
    ]);
    let random: [u8; 64] = std::array::from_fn(|at| at as u8);
    let _ = passphrase(words, &random, &all);
    let none = passphrase(words, &random, &PasswordPolicy::default());
    none.is_some_and(|password| !password.is_empty())
}
