/** The keyboard: undo, redo, clear, from anywhere on the page. */

/**
 * @typedef {"undo" | "redo" | "clear"} Command
 */

/**
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} event
 * @returns {Command | null} What the keys mean.
 */
export function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
    return key.toLowerCase() === "y" ? "redo" : null;
  }
  return ["Escape", "Delete", "Backspace"].includes(key) ? "clear" : null;
}

/**
 * @param {Record<Command, () => void>} actions
 */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    const command = event.defaultPrevented || isTyping(event.target) ? null : commandOf(event);
    if (!command) return;
    event.preventDefault();
    actions[command]();
  });
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean} Whether keys belong to a text that is being typed.
 */
function isTyping(target) {
  return target instanceof Element && target.matches("textarea, select, input:not([type=range])");
}
