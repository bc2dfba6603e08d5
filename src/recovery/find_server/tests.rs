use super::*;
use std::collections::HashMap;

/// A network in which these addresses answer.
#[derive(Default)]
struct Net {
    well_known: HashMap<&'static str, Result<WellKnown, Error>>,
    versions: HashMap<&'static str, Result<(), Error>>,
    unreadable: Vec<&'static str>,
}

impl Network for Net {
    async fn well_known(&self, host: &BaseUrl) -> Result<WellKnown, Error> {
        self.well_known.get(host.as_str()).cloned().unwrap_or(Err(Error::Unreachable))
    }

    async fn versions(&self, base_url: &BaseUrl) -> Result<(), Error> {
        self.versions.get(base_url.as_str()).cloned().unwrap_or(Err(Error::Unreachable))
    }

    async fn answers(&self, url: &str) -> bool {
        self.unreadable.iter().any(|host| url.starts_with(host))
    }
}

fn url(text: &str) -> BaseUrl {
    BaseUrl::parse(text).unwrap()
}

fn server(name: Option<&str>, base_url: &str) -> Homeserver {
    Homeserver::new(name.map(str::to_owned), url(base_url))
}

fn looked_for(typed: &str, net: &Net) -> Result<Homeserver, NotFound> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(find(&Wanted::parse(typed).unwrap(), net))
}

const NAME: &str = "https://example.org";
const BASE: &str = "https://matrix.example.org";

/// A host whose well-known file says this, and a homeserver that answers so.
fn told(well_known: WellKnown, versions: Result<(), Error>) -> Net {
    let base_url = match &well_known {
        WellKnown::At(url) if url.as_str() == BASE => BASE,
        _ => NAME,
    };
    Net {
        well_known: [(NAME, Ok(well_known))].into(),
        versions: [(base_url, versions)].into(),
        ..Net::default()
    }
}

#[test]
fn what_people_type_is_understood() {
    let named = |name: &str| Ok(Wanted::Named(name.into()));
    let at = |address| Ok(Wanted::At(url(address)));
    for (typed, wanted) in [
        ("example.org", named("example.org")),
        (" Example.ORG ", named("example.org")),
        ("example.org/", named("example.org")),
        ("example.org:8448", named("example.org:8448")),
        ("localhost", named("localhost")),
        ("[::1]:8448", named("[::1]:8448")),
        ("@alice:example.org", named("example.org")),
        ("@alice:example.org:8448", named("example.org:8448")),
        ("alice:example.org", named("example.org")),
        ("alice:example.org:8448", named("example.org:8448")),
        ("https://matrix.example.org/", at(BASE)),
        ("HTTP://127.0.0.1:8008", at("http://127.0.0.1:8008")),
        ("", Err(NoServer::Missing)),
        ("  ", Err(NoServer::Missing)),
        ("alice@example.org", Err(NoServer::EmailAddress)),
        ("@alice", Err(NoServer::Odd)),
        ("@alice:", Err(NoServer::Odd)),
        ("my server", Err(NoServer::Odd)),
        ("example.org/path", Err(NoServer::Odd)),
        ("example.org:", Err(NoServer::Odd)),
        ("javascript:alert(1)", Err(NoServer::Odd)),
        ("javascript://example.org", Err(NoServer::Odd)),
        ("https://app.example.org/#/login", Err(NoServer::Odd)),
        ("https://a@b.example", Err(NoServer::Odd)),
        ("<b>", Err(NoServer::Odd)),
    ] {
        assert_eq!(Wanted::parse(typed), wanted, "{typed}");
    }
}

/// Section "Well-known URI" of the specification, line by line.
#[test]
fn discovery_as_the_specification_has_it() {
    let host = || "example.org".to_owned();
    let matrix = || "matrix.example.org".to_owned();
    let found = || WellKnown::At(url(BASE));
    for (what, net, wanted) in [
        ("PROMPT: all is well", told(found(), Ok(())), Ok(server(Some("example.org"), BASE))),
        (
            "IGNORE: no file, a homeserver at the name",
            told(WellKnown::Missing, Ok(())),
            Ok(server(Some("example.org"), NAME)),
        ),
        (
            "IGNORE: no file, a website at the name",
            told(WellKnown::Missing, Err(Error::NotMatrix)),
            Err(NotFound::NotMatrix(host())),
        ),
        (
            "FAIL_PROMPT: the file is broken",
            told(WellKnown::Broken, Ok(())),
            Err(NotFound::WellKnownBroken(host())),
        ),
        (
            "FAIL_ERROR: no address",
            told(WellKnown::NoAddress, Ok(())),
            Err(NotFound::NoAddress(host())),
        ),
        (
            "FAIL_ERROR: /versions is not there",
            told(found(), Err(Error::NotMatrix)),
            Err(NotFound::NotMatrix(matrix())),
        ),
        (
            "FAIL_ERROR: /versions has a fault",
            told(found(), Err(Error::ServerFault)),
            Err(NotFound::Fault(matrix())),
        ),
        (
            "FAIL_ERROR: the homeserver does not exist",
            told(found(), Err(Error::Unreachable)),
            Err(NotFound::NoSuchHost(matrix())),
        ),
        (
            "FAIL_ERROR: the homeserver takes too long",
            told(found(), Err(Error::TimedOut)),
            Err(NotFound::TimedOut(matrix())),
        ),
    ] {
        assert_eq!(looked_for("@alice:example.org", &net), wanted, "{what}");
    }
}

#[test]
fn no_host_no_network_and_no_permission_are_told_apart() {
    let host = || "example.org".to_owned();
    let nobody = Net::default();
    assert_eq!(looked_for("example.org", &nobody), Err(NotFound::NoSuchHost(host())));

    let lost = |error| Net { well_known: [(NAME, Err(error))].into(), ..Net::default() };
    assert_eq!(looked_for("example.org", &lost(Error::Offline)), Err(NotFound::Offline));
    let timed_out = Err(NotFound::TimedOut(host()));
    assert_eq!(looked_for("example.org", &lost(Error::TimedOut)), timed_out);

    // The host lets no website read its files.
    let closed = || Net { unreadable: vec![NAME], ..Net::default() };
    assert_eq!(looked_for("example.org", &closed()), Err(NotFound::Unreadable(host())));
    let with_homeserver = Net { versions: [(NAME, Ok(()))].into(), ..closed() };
    let found = Ok(server(Some("example.org"), NAME));
    assert_eq!(looked_for("example.org", &with_homeserver), found);

    // The homeserver lets no website ask it.
    let mut closed = told(WellKnown::At(url(BASE)), Err(Error::Unreachable));
    closed.unreadable = vec![BASE];
    let no_cors = Err(NotFound::NoCors("matrix.example.org".into()));
    assert_eq!(looked_for("example.org", &closed), no_cors);
    let unreadable = Err(NotFound::Unreadable("matrix.example.org".into()));
    assert_eq!(looked_for(BASE, &closed), unreadable);
}

#[test]
fn nobody_is_asked_without_encryption() {
    let open = "http://matrix.example.org";
    let here = "http://127.0.0.1:8008";
    let mut net = Net { versions: [(open, Ok(())), (here, Ok(()))].into(), ..Net::default() };
    net.well_known = [(NAME, Ok(WellKnown::At(url(open))))].into();
    let insecure = Err(NotFound::Insecure("matrix.example.org".into()));
    assert_eq!(looked_for("example.org", &net), insecure);
    assert_eq!(looked_for(open, &net), insecure);
    assert_eq!(looked_for(here, &net), Ok(server(None, here)), "this machine is no network");
}

#[test]
fn a_name_with_a_port_is_asked_on_its_host_and_found_at_its_port() {
    let net = Net {
        well_known: [(NAME, Ok(WellKnown::Missing))].into(),
        versions: [("https://example.org:8448", Ok(()))].into(),
        ..Net::default()
    };
    let found = || Ok(server(Some("example.org:8448"), "https://example.org:8448"));
    assert_eq!(looked_for("example.org:8448", &net), found());
    let only_there = Net { well_known: [].into(), ..net };
    assert_eq!(looked_for("example.org:8448", &only_there), found());
    let nowhere = Err(NotFound::NoSuchHost("example.org:8448".into()));
    assert_eq!(looked_for("example.org:8448", &Net::default()), nowhere);
}

#[test]
fn the_address_of_a_website_leads_to_its_homeserver() {
    let net = told(WellKnown::At(url(BASE)), Ok(()));
    assert_eq!(looked_for(NAME, &net), Ok(server(Some("example.org"), BASE)));
    assert_eq!(looked_for(BASE, &net), Ok(server(None, BASE)), "its own address will do too");
    let lost = told(WellKnown::Broken, Err(Error::NotMatrix));
    assert_eq!(looked_for(NAME, &lost), Err(NotFound::NotMatrix("example.org".into())));
}
