/**
 * Light or dark: the system's wish, until the switch says otherwise.
 *
 * A choice that is also the system's is not kept, so that the page follows the system again.
 * After a change the document gets the event `themechange`.
 */

import { recall, remember } from "./storage.js";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const button = /** @type {HTMLButtonElement} */ (document.getElementById("theme"));
let chosen = recall("theme");

/** @returns {"light" | "dark"} */
function systemTheme() {
  return system.matches ? "dark" : "light";
}

/** Shows the theme that holds now. */
function show() {
  const theme = chosen === "light" || chosen === "dark" ? chosen : systemTheme();
  button.setAttribute("aria-checked", String(theme === "dark"));
  const changed = root.dataset.theme !== theme;
  root.dataset.theme = theme;
  // A phone paints its own bar in the colour of the page.
  const { backgroundColor } = getComputedStyle(document.body);
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", backgroundColor);
  if (changed) document.dispatchEvent(new Event("themechange"));
}

function toggle() {
  const wanted = root.dataset.theme === "dark" ? "light" : "dark";
  chosen = wanted === systemTheme() ? null : wanted;
  remember("theme", chosen);
  show();
}

button.hidden = false;
button.addEventListener("click", toggle);
system.addEventListener("change", show);
addEventListener("storage", () => {
  // It was changed in another tab.
  chosen = recall("theme");
  show();
});
show();
