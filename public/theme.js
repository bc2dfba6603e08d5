// The theme, before anything is painted: what was chosen here, or else what the
// device prefers. The page's switch keeps the choice and says so by an event, as
// browsers do where another tab has chosen.
{
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  // Chosen in this tab: for browsers that keep nothing.
  let here = null;
  const kept = () => {
    try {
      return localStorage.getItem("matrix-account-recovery.theme");
    } catch {
      return null;
    }
  };
  const show = () => {
    const theme = kept() ?? here;
    const preferred = [dark.matches && "dark", contrast.matches && "high-contrast"];
    document.documentElement.dataset.theme = theme ?? preferred.filter(Boolean).join(" ");
    const choice = document.getElementById("theme");
    if (choice) choice.value = theme ?? "device";
  };
  for (const preference of [dark, contrast]) preference.addEventListener("change", show);
  addEventListener("storage", ({ isTrusted }) => {
    const choice = document.getElementById("theme")?.value;
    here = isTrusted || choice === "device" ? null : choice;
    show();
  });
  show();
}
