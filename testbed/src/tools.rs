//! What the tests are run with, from Python to the browsers and the file servers: found, or
//! installed.

use crate::cache;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use which::which;

/// What is installed into a Python of the project's own.
const PACKAGES: [&str; 2] = ["matrix-synapse[oidc]==1.163.2", "aiosmtpd==1.4.6"];

/// Says what is going on, since some of it takes minutes.
pub fn say(what: &str) {
    eprintln!("\u{25b8} {what}");
}

/// Runs a program to its end.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status();
    let status = status.with_context(|| format!("{name} could not be started"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

/// Runs a program to its end and gives back what it said.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("{name} could not be started"))?;
    ensure!(output.status.success(), "{name} ended with {}", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The project's own Python, with Synapse and the mail catcher in it.
///
/// # Errors
/// If there is no Python to make it from, in one sentence with what to do.
pub fn python() -> Result<PathBuf> {
    let what = "Installing Synapse and a mail catcher (once, about a minute)";
    Ok(from_pypi("python", &PACKAGES, what)?.join("python"))
}

/// Installs packages into a Python of their own, once, and gives back the folder of its programs.
/// `what` says what is going on.
///
/// # Errors
/// If there is no Python to make it from, in one sentence with what to do.
pub fn from_pypi(name: &str, packages: &[&str], what: &str) -> Result<PathBuf> {
    let _lock = cache::lock()?;
    let dir = cache::dir()?.join(name);
    let programs = dir.join("bin");
    let python = programs.join("python");
    let stamp = dir.join("installed");
    let wanted = packages.join("\n");
    if python.exists() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(programs);
    }
    let system = system_python()?;
    say(what);
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    run(Command::new(system).args(["-m", "venv"]).arg(&dir))?;
    let mut pip = Command::new(&python);
    run(pip
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(packages))?;
    fs::write(stamp, wanted)?;
    Ok(programs)
}

fn system_python() -> Result<PathBuf> {
    const HELP: &str = "Install it with: apt-get install python3 python3-venv (Debian, Ubuntu), \
                        dnf install python3 (Fedora) or brew install python (macOS).";
    let Ok(python) = which("python3") else {
        bail!("Python 3.10 or newer is needed and was not found. {HELP}");
    };
    let check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    let fit = Command::new(&python).args(["-c", check]).stderr(Stdio::null()).status()?;
    ensure!(fit.success(), "Python 3.10 or newer with its venv module is needed. {HELP}");
    Ok(python)
}

/// A browser and the program that drives it.
pub struct Chromium {
    /// The browser, unless its driver knows better.
    pub browser: Option<PathBuf>,
    /// `chromedriver`
    pub driver: PathBuf,
}

/// The font that the pages ask for first, and those of the languages that pictures are
/// taken in, each with its package. Without them text would look different from machine to
/// machine, and so would every picture of it.
const FONTS: [(&str, &str); 3] = [
    ("Inter", "fonts-inter"),
    ("Noto Sans Arabic", "fonts-noto-core"),
    ("IPAGothic", "fonts-ipafont-gothic"),
];

/// Chromium, its driver, and the font of the pages.
///
/// # Errors
/// If they are not there and cannot be installed, in one sentence with what to
/// do.
pub fn chromium() -> Result<Chromium> {
    let mut missing = Vec::new();
    if find_chromium().is_none() {
        missing.extend(["chromium", "chromium-driver"]);
    }
    let fonts = missing_fonts();
    missing.extend(fonts.iter().map(|(_, package)| *package));
    missing.extend(fonts.first().map(|_| "fontconfig"));
    if !missing.is_empty() {
        apt_install(&missing)?;
    }
    let fonts = missing_fonts();
    ensure!(
        fonts.is_empty(),
        "The fonts {fonts:?} were installed, but fc-list does not show them."
    );
    find_chromium().context("Chromium was installed, but chromedriver was not found on PATH.")
}

fn find_chromium() -> Option<Chromium> {
    let browser = ["chromium", "chromium-browser", "google-chrome"];
    let browser = browser.into_iter().find_map(|name| which(name).ok());
    Some(Chromium { browser, driver: which("chromedriver").ok()? })
}

/// Firefox and the program that drives it.
pub struct Firefox {
    /// The browser.
    pub browser: PathBuf,
    /// `geckodriver`
    pub driver: PathBuf,
}

const GECKODRIVER: &str = "0.37.1";

/// Firefox from Debian, and its driver, which is built once.
///
/// # Errors
/// If they are not there and cannot be installed.
pub fn firefox() -> Result<Firefox> {
    let find = || ["firefox-esr", "firefox"].into_iter().find_map(|name| which(name).ok());
    if find().is_none() {
        apt_install(&["firefox-esr"])?;
    }
    let browser = find().context("Firefox was installed, but is not on PATH.")?;
    Ok(Firefox { browser, driver: geckodriver()? })
}

fn geckodriver() -> Result<PathBuf> {
    let _lock = cache::lock()?;
    let root = cache::dir()?.join("cargo");
    let driver = root.join("bin/geckodriver");
    let said = output(Command::new(&driver).arg("--version")).unwrap_or_default();
    if !said.contains(GECKODRIVER) {
        say("Installing geckodriver (once, about two minutes on two cores)");
        cargo_install("geckodriver", GECKODRIVER, &root, &[])?;
    }
    Ok(driver)
}

/// Installs a program from crates.io, with the versions of its packages that it was published
/// with. Optimising it would take longer than it saves.
///
/// # Errors
/// If that fails.
pub fn cargo_install(name: &str, version: &str, root: &Path, more: &[&str]) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(project())
        .args(["install", name, "--version", version, "--locked", "--force", "--root"])
        .arg(root)
        .args(more)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    run(&mut cargo).with_context(|| format!("{name} {version} could not be installed"))
}

/// WebKit, the program that drives it, and a screen for it.
pub struct WebKit {
    /// The browser.
    pub browser: PathBuf,
    /// `WebKitWebDriver`
    pub driver: PathBuf,
    /// `Xvfb`
    pub screen: PathBuf,
}

/// WebKit from Debian.
///
/// # Errors
/// If it is not there and cannot be installed.
pub fn webkit() -> Result<WebKit> {
    if find_webkit().is_none() {
        apt_install(&["webkit2gtk-driver", "xvfb"])?;
    }
    find_webkit().context("WebKit was installed, but was not found.")
}

fn find_webkit() -> Option<WebKit> {
    let browser = fs::read_dir("/usr/lib").ok()?.filter_map(|folder| {
        let folder = folder.ok()?.path();
        let versions = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
        versions.into_iter().map(|it| folder.join(it).join("MiniBrowser")).find(|it| it.exists())
    });
    let driver = which("WebKitWebDriver").ok()?;
    Some(WebKit { browser: { browser }.next()?, driver, screen: which("Xvfb").ok()? })
}

/// Asks fontconfig, as Chromium does.
fn missing_fonts() -> Vec<(&'static str, &'static str)> {
    let families = output(Command::new("fc-list").args([":", "family"])).unwrap_or_default();
    let families: Vec<_> = families.lines().flat_map(|line| line.split(',')).collect();
    FONTS.into_iter().filter(|(family, _)| !families.contains(family)).collect()
}

/// nginx, as the reverse proxy of a homeserver.
///
/// # Errors
/// If it is not there and cannot be installed, in one sentence with what to do.
pub fn nginx() -> Result<PathBuf> {
    web_server("nginx")
}

/// Caddy, as another one.
///
/// # Errors
/// If it is not there and cannot be installed, in one sentence with what to do.
pub fn caddy() -> Result<PathBuf> {
    web_server("caddy")
}

/// Apache, with the site on it.
///
/// # Errors
/// If it is not there and cannot be installed, in one sentence with what to do.
pub fn apache() -> Result<PathBuf> {
    web_server("apache2")
}

/// The module with which nginx hands out files that are compressed with brotli.
///
/// # Errors
/// If it is not there and cannot be installed.
pub fn nginx_brotli() -> Result<PathBuf> {
    let module = PathBuf::from("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    if !module.exists() {
        apt_install(&["libnginx-mod-http-brotli-static"])?;
    }
    ensure!(
        module.exists(),
        "nginx's module for brotli was installed, but is not where Debian has it."
    );
    Ok(module)
}

/// Looks where Debian puts such programs too.
fn web_server(name: &str) -> Result<PathBuf> {
    let find = || which(name).or_else(|_| which(Path::new("/usr/sbin").join(name)));
    if let Ok(server) = find() {
        return Ok(server);
    }
    apt_install(&[name])?;
    find().with_context(|| format!("{name} was installed, but was not found on PATH."))
}

/// Installs packages of Debian, where that is possible without asking.
fn apt_install(packages: &[&str]) -> Result<()> {
    let packages = packages.join(" ");
    let by_hand = format!("apt-get install {packages}");
    let as_root = rustix::process::geteuid().is_root();
    let sudo = ["-n", "true"];
    let with_sudo =
        || Command::new("sudo").args(sudo).status().is_ok_and(|status| status.success());
    let prefix = match (which("apt-get").is_ok(), as_root) {
        (true, true) => "",
        (true, false) if with_sudo() => "sudo -n ",
        (true, false) => {
            bail!("Something that the tests need is missing. Install it with: sudo {by_hand}")
        }
        (false, _) => bail!(
            "Something that the tests need was not found, on PATH or with fc-list: {packages}, in \
             Debian's words."
        ),
    };
    say(&format!("Installing {packages} (once, about a minute)"));
    let apt = format!("{prefix}env DEBIAN_FRONTEND=noninteractive apt-get -qq -y");
    let script = format!("{apt} update && {apt} install --no-install-recommends {packages}");
    run(Command::new("sh").args(["-c", &script]).stdout(Stdio::null()))
}

/// The top folder of the project.
pub fn project() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
