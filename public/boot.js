// Starts the program from a file, so that no inline script is needed.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const at = (path) => new URL(path, document.baseURI).href;

function stopped() {
  document.getElementById("app").hidden = true;
  document.getElementById("trouble").hidden = false;
}

// A fault in the program ends up here, and the page says so.
addEventListener("error", ({ error }) => check(error));
addEventListener("unhandledrejection", ({ reason }) => check(reason));

function check(error) {
  if (error instanceof WebAssembly.RuntimeError) stopped();
}

try {
  const { default: start } = await import(at(js));
  await start({ module_or_path: at(wasm) });
} catch {
  stopped();
}
