// What stands in the page before the program does (shells/).
{
  const root = document.documentElement;
  const shell = () => document.getElementById("shell");

  const isTyped = () => {
    const fields = shell().querySelectorAll("input:not([type=radio])");
    return early.sent || [...fields].some((field) => field.value);
  };

  // In another language than the page's own. No word is to be seen until that is there, unless
  // it is late: then there are words already, which stay for whoever types.
  early.paint = async (folder, code, late) => {
    if (!late) root.dataset.unpainted = "";
    const page = new URL(`${folder}/${root.dataset.shell}-shell.txt`, document.baseURI);
    const answer = await fetch(page);
    const text = await answer.text();
    // It may be there before the page has been read so far.
    while (!shell() && document.readyState === "loading") await new Promise(requestAnimationFrame);
    if (!answer.ok || !shell()) return;
    // Meanwhile the operator's language may have turned out to be another one.
    if (code !== root.lang || (late && isTyped())) return;
    shell().innerHTML = text;
    delete root.dataset.unpainted;
    name(await early.config);
  };

  // The homeserver's name, and the site's own.
  const name = ({ brand, default_server_name, default_server_config }) => {
    const { server_name, base_url } = default_server_config?.["m.homeserver"] ?? {};
    const server = default_server_name ?? server_name ?? (base_url ? new URL(base_url).host : "");
    for (const place of shell()?.querySelectorAll(".name") ?? []) place.textContent = server;
    const home = shell()?.querySelector(".brand a");
    if (home && brand) home.lastChild.textContent = brand;
  };

  // Whoever has begun something in this tab, or was led here with a homeserver, may be shown
  // another page.
  const isElsewhere = () => {
    if (location.href.includes("hs_url=")) return true;
    try {
      return Object.keys(sessionStorage).some((key) => key.startsWith("matrix-account"));
    } catch {
      return false;
    }
  };

  if (isElsewhere()) root.dataset.elsewhere = "";
  early.config?.then(name).catch(() => {});

  // A form that is sent before the program is there is sent by it (boot.js).
  addEventListener("submit", (event) => {
    if (!shell()?.contains(event.target)) return;
    event.preventDefault();
    early.sent = true;
    event.target.querySelector("[type=submit]").setAttribute("aria-disabled", "true");
  });
}
