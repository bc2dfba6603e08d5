use super::*;
use serde_json::json;

fn wrong_in(file: Value) -> Vec<String> {
    wrong(&Answer::of(&file).unwrap())
}

#[test]
fn a_right_file_has_nothing_wrong() {
    let file = json!({
        "default_server_config": {
            "m.homeserver": { "base_url": "https://matrix.example.org", "server_name": "example.org" },
        },
        "default_server_name": "example.org",
        "disable_custom_urls": false,
        "brand": null,
        "branding": { "auth_footer_links": [{ "text": "Status", "url": "/status" }] },
        "help_url": "https://help.example.org/",
        "help_links": [{ "text": "Wiki", "url": "https://wiki.example.org" }],
        "client": { "name": "Element", "url": "https://app.example.org" },
        "contacts": [{ "email_address": "admin@example.org" }, { "matrix_id": "@admin:example.org" }],
        "support_page": "https://example.org/support",
        "something_else": { "contacts": 7 },
    });
    assert_eq!(wrong_in(file), [""; 0]);
}

/// Passwords leave this machine encrypted only.
#[test]
fn a_homeserver_is_asked_over_https_or_on_this_machine() {
    let at =
        |base_url| json!({ "default_server_config": { "m.homeserver": { "base_url": base_url } } });
    for base_url in ["https://matrix.example.org", "http://localhost:8008", "http://127.0.0.1"] {
        assert_eq!(wrong_in(at(base_url)), [""; 0]);
    }
    for base_url in ["http://matrix.example.org", "http://localhost.example.org", "http://10.0.0.1"]
    {
        assert_eq!(wrong_in(at(base_url)), ["default_server_config.m.homeserver.base_url"]);
    }
}

#[test]
fn everything_that_is_wrong_is_named_with_its_place() {
    let file = json!({
        "default_server_config": { "m.homeserver": { "base_url": "example.org", "server_name": 7 } },
        "default_server_name": [],
        "disable_custom_urls": "yes",
        "brand": {},
        "branding": { "auth_footer_links": [{ "text": "x", "url": "y" }, { "text": 7 }, "z"] },
        "help_url": true,
        "help_links": [{ "text": "x", "url": "javascript:alert(1)" }],
        "client": { "name": 1, "url": "javascript:alert(1)" },
        "contacts": [{}, { "email_address": "a@b,c@d", "matrix_id": "alice" }],
        "support_page": "http://example.org",
    });
    let wanted = [
        "default_server_config.m.homeserver.base_url",
        "default_server_config.m.homeserver.server_name",
        "default_server_name",
        "disable_custom_urls",
        "brand",
        "branding.auth_footer_links[2]",
        "branding.auth_footer_links[1].text",
        "help_url",
        "help_links[0].url",
        "client.name",
        "client.url",
        "contacts[0]",
        "contacts[1].email_address",
        "contacts[1].matrix_id",
        "support_page",
    ];
    assert_eq!(wrong_in(file), wanted);
    let file = json!({ "default_server_config": "x", "branding": [], "client": { "name": "y" }, "contacts": "z" });
    assert_eq!(wrong_in(file), ["default_server_config", "branding", "client", "contacts"]);
}

#[test]
fn what_is_in_an_object_comes_after_it() {
    for (at, (key, _)) in KEYS.iter().enumerate() {
        let parents = KEYS.iter().take(at).map(|(key, _)| *key);
        let above = ["[]", ".m.homeserver", ".base_url"];
        let has_parent = !key.contains(['.', '['])
            || parents.clone().any(|parent| {
                key.strip_prefix(parent).is_some_and(|rest| {
                    rest == "[]" || above.contains(&rest) || rest.rfind('.') == Some(0)
                })
            });
        assert!(has_parent, "{key}");
    }
}

/// Each path of the schema, as the table of keys spells it.
fn paths(schema: &Value, whole: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        return paths(&whole["$defs"][name], whole, at, found);
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        found.push(path.clone());
        paths(inner, whole, &path, found);
    }
    if schema["items"].is_object() {
        let path = format!("{at}[]");
        found.push(path.clone());
        paths(&schema["items"], whole, &path, found);
    }
}

#[test]
fn the_schema_has_the_same_keys() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/config.schema.json")).unwrap();
    let mut in_schema = Vec::new();
    paths(&schema, &schema, "", &mut in_schema);
    let mut here: Vec<_> = KEYS.iter().map(|(key, _)| (*key).to_owned()).collect();
    in_schema.sort();
    here.sort();
    assert_eq!(here, in_schema);
}

#[test]
fn the_table_for_operators_has_them_all() {
    let table = include_str!("../../../docs/configuration.md");
    for (key, _) in KEYS {
        let first = key.split('.').next().unwrap().trim_end_matches("[]");
        assert!(table.contains(&format!("| `{first}")), "{key}");
    }
}
