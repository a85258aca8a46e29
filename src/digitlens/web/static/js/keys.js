/** The keyboard: undo, redo, clear, and what an answer should have been, from anywhere on the page. */

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
 * A character that was typed, for whoever takes it; not one that is held down.
 * @param {KeyboardEvent} event
 */
function characterOf({ key, ctrlKey, metaKey, altKey, repeat }) {
  return ctrlKey || metaKey || altKey || repeat || key.length !== 1 ? null : key.toLowerCase();
}

/**
 * @param {Record<Command, () => void>} actions
 * @param {(character: string) => boolean} typed Says whether the character means something.
 */
export function listen(actions, typed) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    const command = commandOf(event);
    const character = characterOf(event);
    if (command) actions[command]();
    else if (character === null || !typed(character)) return;
    event.preventDefault();
  });
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean} Whether keys belong to a text that is being typed, or to a window on top.
 */
function isTyping(target) {
  return (
    target instanceof Element &&
    (target.matches("textarea, select, input:not([type=range])") ||
      target.closest("dialog") !== null)
  );
}
