//! The numbers that a language tells apart.

/// The names of CLDR, in the order in which the program takes the forms.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms that a language needs for whole numbers below a million, by CLDR: what is
/// counted here is no larger, and never a fraction.
pub fn needed(language: &str) -> &'static [&'static str] {
    match language {
        "ja" | "zh-Hans" => &["other"],
        "he" => &["one", "two", "other"],
        "pl" | "uk" => &["one", "few", "many"],
        "ar" => &CATEGORIES,
        _ => &["one", "other"],
    }
}

/// Whether a form is for one number alone, which its words may say by themselves: `one`
/// is also for 0 in French, and for 21 in Ukrainian.
pub fn is_one_number(language: &str, form: &str) -> bool {
    match form {
        "zero" | "two" => true,
        "one" => !matches!(language, "fr" | "pt-BR" | "uk" | "fa" | "hi"),
        _ => false,
    }
}
