//! Texts as HTML. What stays as it is on a page costs far fewer bytes as one
//! text than as a view of its own.

use super::button::Weight;
use crate::config::Link;
use crate::i18n::{Part, parts};
use crate::matrix::WebLink;
use leptos::prelude::*;

/// HTML in which whatever was filled in is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

/// Words as they are.
pub fn plain(words: &str) -> Html {
    filled(words, &[])
}

/// A text, with what is filled in made strong and kept in its own direction, as
/// a name or an address should be.
pub fn filled(text: &str, blanks: &[(&str, &str)]) -> Html {
    let mut html = String::new();
    for part in parts(text) {
        match part {
            Part::Words(words) => escape(&mut html, words),
            Part::Blank(name) => {
                let known = blanks.iter().find(|(blank, _)| *blank == name);
                html += "<bdi class=\"name\">";
                escape(&mut html, known.map_or("", |(_, value)| value));
                html += "</bdi>";
            }
        }
    }
    Html(html)
}

/// A link within the site.
pub fn link(href: &str, label: &str) -> Html {
    element("a href=\"", href, "\">", label)
}

/// A link that looks like a button.
pub fn link_button(weight: Weight, href: &str, label: &str) -> Html {
    element(&["a class=\"", weight.class(), "\" href=\""].concat(), href, "\">", label)
}

/// A link to somebody else's page, which opens in a new tab and does not learn
/// where it was opened from.
pub fn link_out(href: &str, label: &str) -> Html {
    element("a href=\"", href, OUT, label)
}

/// A link of the operator. A page opens in a tab of its own, so that this one is
/// not lost.
pub fn link_to(to: &Link) -> Html {
    match to.url.starts_with("mailto:") {
        true => link(&to.url, &to.text),
        false => link_out(&to.url, &to.text),
    }
}

/// A link to a page that a server named. It looks like a button.
pub fn link_out_button(weight: Weight, to: &WebLink, label: &str) -> Html {
    element(&["a class=\"", weight.class(), "\" href=\""].concat(), to.as_str(), OUT, label)
}

const OUT: &str = "\" target=\"_blank\" rel=\"noreferrer\">";

fn element(start: &str, href: &str, middle: &str, label: &str) -> Html {
    let mut html = ["<", start].concat();
    escape(&mut html, href);
    html += middle;
    escape(&mut html, label);
    html += "</a>";
    Html(html)
}

fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => *html += "&lt;",
            '&' => *html += "&amp;",
            '"' => *html += "&quot;",
            c => html.push(c),
        }
    }
}

impl Html {
    /// This, and more after a space.
    pub fn and(mut self, more: Self) -> Self {
        if !more.0.is_empty() {
            self.0 += " ";
            self.0 += &more.0;
        }
        self
    }

    /// Something to be copied, as it is.
    pub fn code(text: &str) -> Self {
        let mut html = "<code>".to_owned();
        escape(&mut html, text);
        html += "</code>";
        Self(html)
    }

    /// A paragraph.
    pub fn line(self, class: &'static str) -> AnyView {
        view! { <p class=class inner_html=self.0></p> }.into_any()
    }

    /// Words that stand out.
    pub fn strong(self) -> Self {
        Self(["<strong>", &self.0, "</strong>"].concat())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A paragraph among others.
    pub fn paragraph(self) -> Self {
        Self(["<p>", &self.0, "</p>"].concat())
    }

    /// Several paragraphs.
    pub fn block(self) -> AnyView {
        view! { <div inner_html=self.0></div> }.into_any()
    }

    /// A part of a line.
    pub fn inline(self, class: &'static str) -> AnyView {
        view! { <span class=class inner_html=self.0></span> }.into_any()
    }

    /// What a person can do.
    pub fn actions(self) -> AnyView {
        view! { <div class="actions" inner_html=self.0></div> }.into_any()
    }
}

/// A paragraph that comes and goes.
pub fn changing_line(
    class: &'static str,
    html: impl Fn() -> Option<Html> + Send + 'static,
) -> AnyView {
    erased(class, Box::new(html))
}

fn erased(class: &'static str, html: Box<dyn Fn() -> Option<Html> + Send>) -> AnyView {
    let html = move || html().map(|html| html.line(class));
    html.into_any()
}

/// What is to be done one after the other.
pub fn steps(items: &[Html]) -> AnyView {
    list("<ol class=\"steps\">", items, "</ol>")
}

/// What is to be done one after the other, each with a picture of `help.svg`
/// that only repeats the words.
pub fn pictured_steps(items: &[Html], pictures: &[&str]) -> AnyView {
    let mut html = "<ol class=\"steps pictured\">".to_owned();
    for (item, picture) in items.iter().zip(pictures) {
        html += "<li><span>";
        html += &item.0;
        html += "</span><svg aria-hidden=\"true\"><use href=\"help.svg#";
        html += picture;
        html += "\"/></svg></li>";
    }
    html += "</ol>";
    Html(html).block()
}

/// A list of a kind of its own.
pub fn list_of(class: &str, items: &[Html]) -> AnyView {
    list(&["<ul class=\"", class, "\">"].concat(), items, "</ul>")
}

/// Things to look at.
pub fn checks(items: &[Html]) -> AnyView {
    list("<ul class=\"checks\">", items, "</ul>")
}

fn list(start: &str, items: &[Html], end: &str) -> AnyView {
    let mut html = start.to_owned();
    for item in items {
        html += "<li><span>";
        html += &item.0;
        html += "</span></li>";
    }
    html += end;
    Html(html).block()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_stays_text() {
        let blanks = [("name", "<img src=x onerror=\"alert(1)\">&"), ("other", "{name}")];
        let html = filled("To {name} & {other}", &blanks);
        assert_eq!(
            html.0,
            "To <bdi class=\"name\">&lt;img src=x onerror=&quot;alert(1)&quot;>&amp;</bdi> &amp; \
             <bdi class=\"name\">{name}</bdi>"
        );
        assert_eq!(link("a\"b", "<").0, "<a href=\"a&quot;b\">&lt;</a>");
    }
}
