// Chooses the language and starts the program from a file, so that no inline script is
// needed.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const root = document.documentElement;
const { texts, languages = "", rtl = "", part } = root.dataset;
const at = (path) => new URL(path, document.baseURI).href;

// Where it is chosen once more, the program keeps it under this name.
const KEY = "matrix-account-recovery.language";

// The language of the site that fits a code best: pt-BR for pt, de for de_AT. Whoever
// reads traditional Chinese is not given the simplified one.
function fitting(code) {
  const wanted = String(code).replaceAll("_", "-").toLowerCase();
  if (/^zh-(.*-)?(hant|tw|hk|mo)\b/.test(wanted)) return;
  const base = wanted.split("-")[0].replace("iw", "he");
  const known = languages.split(" ").filter(Boolean);
  const like = (name) => known.find((code) => code.toLowerCase().split("-")[0] === name);
  return known.find((code) => code.toLowerCase() === wanted) ?? like(base);
}

// What the address asks for is a choice for later too.
function chosen() {
  const address = new URL(location);
  const asked = fitting(address.searchParams.get("lang"));
  if (address.searchParams.has("lang")) {
    address.searchParams.delete("lang");
    history.replaceState(null, "", address);
  }
  try {
    if (asked) localStorage.setItem(KEY, asked);
    return asked ?? fitting(localStorage.getItem(KEY));
  } catch {
    return asked;
  }
}

// What the program asks for first is on its way before it runs. It takes each once.
const early = (globalThis.early = {});
const load = (path) => (early[path] = fetch(at(path), { signal: AbortSignal.timeout(30000) }));

// What the operator chose, with Element's own key.
async function configured() {
  try {
    const config = (await early["config.json"]).clone();
    return fitting((await config.json()).setting_defaults.language);
  } catch {
    // The program says what is wrong with the file.
  }
}

function speak(code) {
  root.lang = code;
  root.dir = rtl.split(" ").includes(code) ? "rtl" : "ltr";
  for (const name of new Set(["reset", part])) load(`${texts}/${code}/${name}.txt`);
}

function stopped() {
  document.getElementById("app").hidden = true;
  document.getElementById("trouble").hidden = false;
}

function check(error) {
  if (error instanceof WebAssembly.RuntimeError) stopped();
}

// A fault in the program ends up here, and the page says so.
addEventListener("error", ({ error }) => check(error));
addEventListener("unhandledrejection", ({ reason }) => check(reason));

try {
  // The youngest of what the program needs; where it is missing, so may others.
  if (!AbortSignal.timeout) throw new TypeError("AbortSignal.timeout is missing");
  const program = import(at(js));
  load("config.json");
  if (texts) {
    const preferred = () => navigator.languages.map(fitting).find(Boolean);
    // Nobody waits for long where the file does not come.
    const soon = () => Promise.race([configured(), new Promise((go) => setTimeout(go, 3000))]);
    speak(chosen() ?? (await soon()) ?? preferred() ?? "en");
  }
  await (await program).default({ module_or_path: at(wasm) });
} catch {
  stopped();
}
