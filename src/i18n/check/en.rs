//! English, to whoever is still signed in somewhere.

use super::texts::*;

pub(super) static ENGLISH: Check = Check {
    title: "Before you set a new password",
    lead: "You are still signed in to Element somewhere? Then look there first. Three questions, and you know what would become of your encrypted messages.",
    stay: "Do not sign out there before you are through.",
    questions: [
        Question {
            question: "Are your message keys backed up?",
            web: "Settings, Encryption: “Allow key storage” is switched on. In older versions: Settings, Security & Privacy, Secure Backup.",
            x: "Press your picture, then Encryption: “Allow key storage” is switched on.",
            good: "It is switched on. Older versions say “This session is backing up your keys” and “All keys backed up”.",
        },
        Question {
            question: "Are all your sessions verified?",
            web: "Settings, Sessions. In newer versions it is called Devices.",
            x: "Press your picture, then “Manage devices” or “Manage account”. Where there is no such entry, look in Element Web or Desktop.",
            good: "Each of your sessions is marked as verified, with a green shield.",
        },
        Question {
            question: "Do you have your recovery key or passphrase?",
            web: "It is not shown again in the app. Look in your password manager, in your downloads for security-key.txt or recovery-key.txt, or on paper.",
            x: "The same one works in Element X. It is not the PIN of the app.",
            good: "About 48 letters and digits in groups of four, or a passphrase that you chose for Secure Backup. It is not your password.",
        },
    ],
    yes: "Yes",
    no: "No",
    unsure: "I cannot find out",
    where_web: "Element Web and Desktop",
    where_x: "Element X",
    good: "A good answer",
    result_title: "What that means",
    by_your_word: "As far as you could see:",
    not_sure: "You cannot be sure that your encrypted messages are backed up. So keep your other sessions signed in.",
    keep: "So choose “Keep my other sessions signed in” on the next page. It is preselected for you. Nothing is lost then, and you can look again afterwards.",
    sign_out: "So you may sign out everywhere on the next page. Have your recovery key or passphrase at hand for afterwards.",
    no_key_how: "As long as you are signed in there, you can get a new key: open Settings, Encryption, and press “Change recovery key”.",
    open: "Answer all three questions first.",
    reset: "Set a new password",
    know_password: "You do know your password?",
    sign_in: "Sign in, and let this site look",
};
