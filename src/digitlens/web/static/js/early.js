// Sets the theme before the first paint: the one that was chosen, or else the system's.
// A classic script, because modules run only after the page was parsed.
(() => {
  /** @type {string | null} */
  let chosen = null;
  try {
    chosen = localStorage.getItem("digitlens.theme");
  } catch {
    // Storage is forbidden: the system's theme it is.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
})();
