// Starts the program, and says so where it cannot start or has stopped.

function stopped() {
  document.getElementById("app").hidden = true;
  document.getElementById("trouble").hidden = false;
}

function check(error) {
  if (error instanceof WebAssembly.RuntimeError) stopped();
}

// `load` gives the module that wasm-bindgen wrote, and the program's bytes.
export async function boot(load) {
  const { cannot } = document.documentElement.dataset;
  if (cannot) return;
  // A fault in the program ends up here, and the page says so.
  addEventListener("error", ({ error }) => check(error));
  addEventListener("unhandledrejection", ({ reason }) => check(reason));
  try {
    const [program, bytes] = load();
    const { default: start } = await program;
    await early.settled;
    await start({ module_or_path: bytes });
  } catch {
    stopped();
  }
}
