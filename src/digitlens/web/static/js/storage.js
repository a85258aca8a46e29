/** What this browser remembers for the person; where it may not, nothing is remembered. */

const PREFIX = "digitlens.";

/**
 * @param {string} name
 * @returns {string | null} The value, null where there is none or storage is forbidden.
 */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string | null} value null forgets it.
 */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is full or forbidden: the choice lasts as long as the page.
  }
}
