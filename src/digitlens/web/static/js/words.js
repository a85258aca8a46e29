/** What a reading is called in words. */

/**
 * @typedef {import("./api.js").Digit} Digit
 * @typedef {import("./api.js").Reading} Reading
 * @typedef {"drawing" | "picture"} Source
 *
 * @typedef {object} Words
 * @property {string} sentence
 * @property {string} detail
 */

const PLACES = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];
const COUNTS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
const SPACE = "\u00a0"; // keeps a number and its unit on one line

/**
 * A share as percent, rounded down where rounding would promise certainty.
 * @param {number} share 0 to 1.
 */
export function percent(share) {
  const hundred = share * 100;
  return hundred < 99.5 ? `${Math.round(hundred)}` : tenths(share);
}

/**
 * A share as percent with one decimal; never 100.
 * @param {number} share 0 to 1.
 */
export function tenths(share) {
  const floor = Math.min(999, Math.floor(share * 1000 + 1e-6));
  return floor === 0 ? "0" : (floor / 10).toFixed(1);
}

/** @param {number} index From 0. */
export function place(index) {
  return PLACES[index] ?? `${index + 1}th`;
}

/**
 * @param {number[]} digits
 * @returns {string} As in "4 or 9".
 */
export function choice(digits) {
  return [digits.slice(0, -1).join(", "), digits.at(-1)].filter((part) => part !== "").join(" or ");
}

/**
 * @param {Reading | null} reading null before anything was read.
 * @param {Source} source
 * @returns {Words}
 */
export function describe(reading, source) {
  if (!reading || reading.status === "blank") return describeBlank(source);
  return reading.digits.length === 1 ? describeOne(reading.digits[0]) : describeMany(reading);
}

/**
 * @param {Source} source
 * @returns {Words}
 */
function describeBlank(source) {
  return source === "drawing"
    ? { sentence: "Draw a digit", detail: "It is read while you draw." }
    : { sentence: "No digit found", detail: "Nothing in this picture looks like ink." };
}

/**
 * @param {Digit} digit
 * @returns {Words}
 */
function describeOne(digit) {
  const { status, confidence, probabilities } = digit;
  if (status === "not_a_digit") {
    return {
      sentence: "This does not look like a digit.",
      detail: `The nearest is ${digit.digit}.`,
    };
  }
  if (status === "unsure") {
    const may = candidates(digit);
    const shares = may.map((d) => `${d} with ${percent(probabilities[d])}${SPACE}%`);
    return { sentence: `${choice(may)}?`, detail: `${shares.join(", ")}.` };
  }
  return { sentence: `${percent(confidence)}${SPACE}% sure`, detail: describeSecond(digit) };
}

/**
 * @param {Digit} digit
 * @returns {number[]} What it may be; more than three would be no help.
 */
function candidates({ digit, alternatives }) {
  return [digit, ...alternatives].slice(0, 3);
}

/** @param {Digit} digit */
function describeSecond({ digit, probabilities }) {
  const second = Math.max(...probabilities.filter((_, d) => d !== digit));
  if (second < 0.001) return "No other digit comes near.";
  return `Next is ${probabilities.indexOf(second)} with ${tenths(second)}${SPACE}%.`;
}

/**
 * @param {Reading} reading
 * @returns {Words}
 */
function describeMany({ digits, confidence, status }) {
  const detail = `${COUNTS[digits.length] ?? digits.length} digits`;
  const index = digits.findIndex((digit) => digit.status === status);
  if (status === "not_a_digit") {
    return { sentence: `${place(index)}: this does not look like a digit.`, detail };
  }
  if (status === "unsure") {
    return { sentence: `${place(index)} digit: ${choice(candidates(digits[index]))}?`, detail };
  }
  return { sentence: `${percent(confidence)}${SPACE}% sure`, detail };
}

/**
 * What a screen reader says.
 * @param {Reading} reading
 * @param {Source} source
 */
export function speak(reading, source) {
  const { sentence, detail } = describe(reading, source);
  if (!reading.text) return `${sentence} ${detail}`;
  return reading.status === "read"
    ? `${reading.text}, ${sentence}`
    : `${reading.text}. ${sentence}`;
}
