// Starts the program, and says so where it cannot start or has stopped.

const element = (id) => document.getElementById(id);

function stopped() {
  for (const id of ["app", "shell"]) element(id)?.setAttribute("hidden", "");
  element("load-again").onclick = () => location.reload();
  element("start-again").onclick = forget;
  element("trouble").hidden = false;
}

// What the tab keeps over a reload may be what the program stopped at.
function forget() {
  const kept = Object.keys(sessionStorage).filter((key) => key.startsWith("matrix-account"));
  for (const key of kept) sessionStorage.removeItem(key);
}

// The page is there, and takes the place of what was painted before. What was typed there
// moves into it, with the focus.
function arrive() {
  const [app, shell] = [element("app"), element("shell")];
  app.hidden = false;
  for (const field of shell.querySelectorAll("input")) {
    const here = app.querySelector(`input[id="${field.id}"]`);
    if (!here) continue;
    if (field.checked && !field.defaultChecked) here.click();
    else if (field.type !== "radio" && field.value) {
      here.value = field.value;
      here.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (field === document.activeElement) here.focus();
  }
  shell.remove();
  // Somebody has sent the form already.
  if (early.sent) app.querySelector("form")?.requestSubmit();
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
  addEventListener("arrived", arrive, { once: true });
  try {
    const [program, bytes] = load();
    const { default: start } = await program;
    await early.settled;
    await start({ module_or_path: bytes });
  } catch {
    stopped();
  }
}
