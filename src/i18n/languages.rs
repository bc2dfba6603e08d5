//! The languages of the site. This file uses nothing but `core`: the build includes it to
//! learn which there are.

/// A language: its code (BCP 47), which is the name of its file in `locales/`, its own
/// name, and whether it is written from right to left.
pub type Language = (&'static str, &'static str, bool);

/// All of them, in the order of their own names.
pub const LANGUAGES: [Language; 16] = [
    ("de", "Deutsch", false),
    ("en", "English", false),
    ("es", "Español", false),
    ("fr", "Français", false),
    ("it", "Italiano", false),
    ("nl", "Nederlands", false),
    ("pl", "Polski", false),
    ("pt-BR", "Português (Brasil)", false),
    ("tr", "Türkçe", false),
    ("uk", "Українська", false),
    ("he", "עברית", true),
    ("ar", "العربية", true),
    ("fa", "فارسی", true),
    ("hi", "हिन्दी", false),
    ("ja", "日本語", false),
    ("zh-Hans", "简体中文", false),
];
