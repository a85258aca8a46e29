/** What a key means in the review. */

/**
 * @typedef {"accept" | "reject" | "reopen" | "undo" | "all" | "none" | "toggle"} Command
 * @typedef {{ move: "left" | "right" | "up" | "down" | "first" | "last", extend: boolean }} Move
 * @typedef {{ deed: Command | string } | Move} Meaning A deed may be a digit, or x.
 */

const MOVES = /** @type {const} */ ({
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
});

/** @type {Record<string, Command>} */
const DEEDS = {
  a: "accept",
  r: "reject",
  Delete: "reject",
  o: "reopen",
  u: "undo",
  " ": "toggle",
  Escape: "none",
};

/**
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} event
 * @returns {Meaning | null}
 */
export function meaningOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey) return null;
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (ctrlKey || metaKey) {
    if (letter === "z") return { deed: "undo" };
    return letter === "a" ? { deed: "all" } : null;
  }
  if (key in MOVES)
    return { move: MOVES[/** @type {keyof typeof MOVES} */ (key)], extend: shiftKey };
  if (/^[0-9x]$/.test(letter)) return { deed: letter };
  return letter in DEEDS ? { deed: DEEDS[letter] } : null;
}
