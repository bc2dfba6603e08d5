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

// `load` gives the module that wasm-bindgen wrote, and the program's bytes.
export async function boot(load) {
  const { cannot } = document.documentElement.dataset;
  if (cannot) return;
  addEventListener("arrived", arrive, { once: true });
  try {
    const [program, bytes] = load();
    const { default: start } = await program;
    await early.settled;
    await start({ module_or_path: bytes });
  } catch {
    dispatchEvent(new Event("stopped"));
  }
}
