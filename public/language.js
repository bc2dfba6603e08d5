// Chooses the language, and asks for its texts.
{
  const root = document.documentElement;
  const { texts, languages = "", rtl = "", part } = root.dataset;

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

  const speak = (code, late) => {
    const folder = `${texts}/${code}`;
    for (const name of new Set(["reset", part])) early.load(`${folder}/${name}.txt`);
    if (code !== root.lang) early.paint(folder, code, late).catch(() => {});
    root.lang = code;
    root.dir = rtl.split(" ").includes(code) ? "rtl" : "ltr";
  };

  // The language is settled once this is: what the browser prefers is on its way meanwhile.
  // What the operator chose has Element's own key, and nobody waits for long where the file
  // does not come.
  const settle = async () => {
    const chosen = choice();
    speak(chosen ?? navigator.languages.map(fitting).find(Boolean) ?? "en");
    if (chosen) return;
    const late = new Promise((go) => setTimeout(go, 3000));
    const config = await Promise.race([early.config, late]);
    const wanted = fitting(config?.setting_defaults?.language);
    if (wanted && wanted !== root.lang) speak(wanted, true);
  };
  if (texts && early.config) early.settled = settle();
}
