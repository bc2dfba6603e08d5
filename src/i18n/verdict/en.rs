//! English, of encrypted messages.

use super::texts::*;

pub(super) static ENGLISH: Verdicts = Verdicts {
    safe: "Your encrypted messages are safe. They are backed up, and you have the key.",
    safe_with_key: "Your encrypted messages are safe if you have your recovery key or passphrase. They are backed up.",
    all_lost: "If you signed out everywhere, your encrypted messages could not be read any more.",
    some_lost: "Some of your encrypted messages could be lost if you signed out everywhere.",
    nothing_backed_up: "Your encrypted messages are not backed up. If you signed out everywhere, nobody could read them any more.",
    nothing_to_lose: "There is nothing to lose. No session of yours holds keys for encrypted messages, and none are backed up.",
    unknown: "We could not find out what would become of your encrypted messages.",
    key_not_in_storage: "There is a backup, but your recovery key does not open it: the key of the backup is on your sessions only.",
    key_nowhere: "There is a backup, but its key is not kept with your recovery key, and no session of yours is left that could have it.",
    growing: "The backup is still growing. Wait until it stops.",
    other_backup: "Your recovery key is right, but the backup was made with another key, so it stays closed.",
    unverified_some: "Some sessions are not verified. The keys that they alone hold may not be in the backup.",
    unverified_one: "One session is not verified. The keys that it alone holds may not be in the backup.",
    unverified: "{count} sessions are not verified. The keys that they alone hold may not be in the backup.",
    no_identity: "Your sessions are not verified at all, so nobody can tell which of them use the backup.",
    no_key: "Without your recovery key or passphrase, nobody can open the backup.",
};
