/** What a reading should have been, as text: a digit for each, x for what is no digit. */

/** @typedef {import("../api.js").Digit} Digit */

export const NO_DIGIT = "x";

/**
 * @param {readonly Digit[]} digits
 * @returns {string} What they were read as.
 */
export function wasRead(digits) {
  return digits.map((one) => (one.status === "not_a_digit" ? NO_DIGIT : one.digit)).join("");
}

/**
 * @param {string} text
 * @param {number} index
 * @param {string} character
 * @returns {string} The text with another character in one place.
 */
export function withOne(text, index, character) {
  return text.slice(0, index) + character + text.slice(index + 1);
}

/**
 * What somebody typed. Spaces are no part of it, and there are several signs for what is no digit.
 * @param {string} typed
 * @param {number} count How many there are.
 * @returns {string | null} null where it is not one character for each.
 */
export function fromTyped(typed, count) {
  const text = typed
    .replace(/\s+/g, "")
    .replace(/[-–—?*]/g, NO_DIGIT)
    .toLowerCase();
  return text.length === count && /^[0-9x]+$/.test(text) ? text : null;
}

/**
 * @param {string} text
 * @returns {string} As a person reads it.
 */
export function inWords(text) {
  if (text === NO_DIGIT) return "not a digit";
  return text.replaceAll(NO_DIGIT, "–");
}
