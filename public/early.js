// Asks for what the program asks for first, before it runs.
{
  const { cannot } = document.documentElement.dataset;
  const needs = document.querySelector("meta[name=needs]")?.content ?? "";

  // The program takes each answer once, by its path.
  const early = (globalThis.early = {});
  const load = (path, integrity = "", cache = "default") => {
    const options = { integrity, cache, signal: AbortSignal.timeout(60000) };
    const answer = (early[path] = fetch(new URL(path, document.baseURI), options));
    // Whoever takes it hears of that.
    answer.catch(() => {});
    return answer;
  };

  // Where the operator allows one homeserver only, nobody else is ever asked: a second policy
  // can but narrow the page's own.
  const narrow = ({ disable_custom_urls, default_server_name, default_server_config }) => {
    const server = default_server_config?.["m.homeserver"];
    // An address that is asked for by its name is not known yet.
    if (disable_custom_urls !== true || default_server_name || !server) return;
    const { base_url, server_name } = server;
    // A name need not be a host, and then nobody is asked there.
    const url = (text) => {
      try {
        return new URL(text);
      } catch {
        return undefined;
      }
    };
    // The files of a server name are on its host, without the port of the name.
    const host = url(`https://${server_name ?? ""}`)?.hostname;
    const allowed = `${url(base_url)?.origin ?? ""} ${host ? `https://${host}` : ""}`;
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = `connect-src 'self' ${allowed}`;
    document.head.append(meta);
  };

  // The program says what is wrong with the file.
  const configured = async (answer) => {
    const config = await (await answer).clone().json();
    narrow(config);
    return config;
  };

  early.load = load;
  if (!cannot) {
    for (const file of needs.split(" ").filter(Boolean)) load(...file.split("#"));
    early.config = configured(load("config.json", "", "no-cache")).catch(() => ({}));
  }
}
