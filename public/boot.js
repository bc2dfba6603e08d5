// Starts the program from a file, so that no inline script is needed.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const at = (path) => new URL(path, document.baseURI).href;

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
  const { default: start } = await import(at(js));
  await start({ module_or_path: at(wasm) });
} catch {
  stopped();
}
