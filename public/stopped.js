// Says so where the program cannot start, or has stopped.
{
  const root = document.documentElement;
  const element = (id) => document.getElementById(id);

  const stopped = () => {
    if (!element("trouble")) return addEventListener("DOMContentLoaded", stopped, { once: true });
    for (const id of ["app", "shell"]) element(id)?.setAttribute("hidden", "");
    element("load-again").onclick = () => location.reload();
    element("start-again").onclick = forget;
    element("trouble").hidden = false;
  };

  // What the tab keeps over a reload may be what the program stopped at. Of a session there
  // is more than that, which only the homeserver ends.
  const forget = () => {
    const kept = Object.keys(sessionStorage).filter((key) => key.startsWith("matrix-account"));
    for (const key of kept) {
      if (!/\.(session|left)$/.test(key)) sessionStorage.removeItem(key);
    }
  };

  const check = (error) => {
    if (error instanceof WebAssembly.RuntimeError) stopped();
  };

  if (!root.dataset.cannot) {
    // The program, or what starts it, says so itself.
    addEventListener("stopped", stopped);
    // A fault in the program ends up here, and so does what starts it where that does not come.
    const listen = ({ error, target }) => {
      const own = target instanceof HTMLScriptElement && target.src.startsWith(document.baseURI);
      own ? stopped() : check(error);
    };
    addEventListener("error", listen, { capture: true });
    addEventListener("unhandledrejection", ({ reason }) => check(reason));
  }
}
