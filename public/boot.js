// Starts the program.

const element = (id) => document.getElementById(id);

// The page is there, and takes the place of what was painted before. What was typed there
// moves into it, with the focus.
function arrive() {
  const [app, shell] = [element("app"), element("shell")];
  let form;
  app.hidden = false;
  for (const field of shell.querySelectorAll("input")) {
    const here = app.querySelector(`input[id="${field.id}"]`);
    if (!here) continue;
    form = here.form;
    if (field.checked && !field.defaultChecked) here.click();
    else if (field.type !== "radio" && field.value) {
      here.value = field.value;
      here.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (field === document.activeElement) here.focus();
  }
  shell.remove();
  // Somebody has sent the form already.
  if (early.sent) form?.requestSubmit();
}

// A browser may open a closed tab again, with all that it kept, and for somebody else. When the
// page was left is kept beside a session; what was left for too long counts as left at 0, and the
// program ends it (session.rs). A tab that is only hidden, or put away by a phone, was not left.
const AWAY = 10 * 60 * 1000;
const [SESSION, LEFT] = ["session", "left"].map((name) => `matrix-account-recovery.${name}`);

function leave() {
  if (sessionStorage[SESSION]) sessionStorage[LEFT] ??= Date.now();
}

function comeBack() {
  const left = sessionStorage[LEFT];
  if (Date.now() - left > AWAY) sessionStorage[LEFT] = 0;
  else sessionStorage.removeItem(LEFT);
}

function watchSession() {
  try {
    comeBack();
  } catch {
    // Nothing is kept in this browser.
    return;
  }
  addEventListener("pagehide", leave);
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    comeBack();
    if (sessionStorage[LEFT]) location.reload();
  });
}

// `load` gives the module that wasm-bindgen wrote, and the program's bytes.
export async function boot(load) {
  const { cannot } = document.documentElement.dataset;
  if (cannot) return;
  addEventListener("arrived", arrive, { once: true });
  watchSession();
  try {
    const [program, bytes] = load();
    const { default: start } = await program;
    await early.settled;
    await start({ module_or_path: bytes });
  } catch {
    dispatchEvent(new Event("stopped"));
  }
}
