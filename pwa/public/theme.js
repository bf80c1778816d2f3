// Before first paint: the person's own choice, else what the phone asks for. The app follows it from there (ui/theme.ts).
(() => {
  const asks = (s) => matchMedia(s).matches;
  const dark = asks("(prefers-color-scheme: dark)"),
    strong = asks("(prefers-contrast: more)");
  let own = null;
  try {
    own = localStorage.getItem("theme");
  } catch {
    // Storage is shut: the phone's wish stands.
  }
  document.documentElement.dataset.theme =
    own || (strong ? (dark ? "contrast-dark" : "contrast") : dark ? "dark" : "light");
})();
