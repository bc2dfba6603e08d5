// Chooses the language, and asks for what the program asks for first, before it runs.
{
  const root = document.documentElement;
  const { texts, languages = "", rtl = "", part, needs = "", cannot } = root.dataset;

  // Where it is chosen once more, the program keeps it under this name.
  const KEY = "matrix-account-recovery.language";

  // The language of the site that fits a code best: pt-BR for pt, de for de_AT. Whoever
  // reads traditional Chinese is not given the simplified one.
  const fitting = (code) => {
    const wanted = String(code).replaceAll("_", "-").toLowerCase();
    if (/^zh-(.*-)?(hant|tw|hk|mo)\b/.test(wanted)) return;
    const base = wanted.split("-")[0].replace("iw", "he");
    const known = languages.split(" ").filter(Boolean);
    const like = (name) => known.find((code) => code.toLowerCase().split("-")[0] === name);
    return known.find((code) => code.toLowerCase() === wanted) ?? like(base);
  };

  // What the address asks for is a choice for later too.
  const choice = () => {
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
  };

  // Whatever becomes HTML passes here. It is made of texts that were escaped before; should one
  // ever not be, nothing of it is shown.
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (/<(script|iframe|object|embed|base|meta)\b|<[^>]*([\s"'/]on\w+\s*=|script:)/i.test(html) ? "" : html),
  });

  // The program takes each answer once.
  const early = (globalThis.early = {});
  const load = (path, integrity = "") => {
    const options = { integrity, signal: AbortSignal.timeout(60000) };
    const answer = (early[path] = fetch(new URL(path, document.baseURI), options));
    // Whoever takes it hears of that.
    answer.catch(() => {});
    return answer;
  };

  const speak = (code) => {
    root.lang = code;
    root.dir = rtl.split(" ").includes(code) ? "rtl" : "ltr";
    for (const name of new Set(["reset", part])) load(`${texts}/${code}/${name}.txt`);
  };

  // Where the operator allows one homeserver only, nobody else is ever asked: a second policy
  // can but narrow the page's own. This machine stays allowed, for administrators' tunnels.
  const narrow = ({ disable_custom_urls, default_server_name, default_server_config }) => {
    const server = default_server_config?.["m.homeserver"];
    // An address that is asked for by its name is not known yet.
    if (disable_custom_urls !== true || default_server_name || !server) return;
    const { base_url, server_name } = server;
    const hosts = [base_url, `https://${server_name ?? new URL(base_url).host}`];
    const allowed = hosts.map((host) => new URL(host).origin).join(" ");
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = `connect-src 'self' ${allowed} http://localhost:* http://127.0.0.1:*`;
    document.head.append(meta);
  };

  // What the operator chose, the language with Element's own key. The program says what is
  // wrong with the file.
  const configured = async (answer) => {
    const config = await (await answer).clone().json();
    narrow(config);
    return fitting(config.setting_defaults?.language);
  };

  // The language is settled once this is: what the browser prefers is on its way meanwhile.
  const settle = async () => {
    for (const file of needs.split(" ").filter(Boolean)) load(...file.split("#"));
    const config = configured(load("config.json")).catch(() => {});
    if (!texts) return;
    const chosen = choice();
    speak(chosen ?? navigator.languages.map(fitting).find(Boolean) ?? "en");
    // Nobody waits for long where the file does not come.
    const late = new Promise((go) => setTimeout(go, 3000));
    const wanted = chosen ?? (await Promise.race([config, late]));
    if (wanted && wanted !== root.lang) speak(wanted);
  };
  if (!cannot) early.settled = settle();
}
