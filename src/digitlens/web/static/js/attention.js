/**
 * Which digit of a reading one looks at.
 *
 * `shown` has its bars on display: the one that was chosen, or else the least sure. `pointed` is
 * lit up while the mouse or the focus is on it, on the canvas and among the cards alike.
 */

/** @typedef {import("./api.js").Digit} Digit */

export class Attention {
  /** @type {readonly Digit[]} */
  #digits = [];
  /** @type {number | null} */
  #chosen = null;
  /** @type {number | null} */
  #pointed = null;
  #changed;

  /** @param {() => void} changed Called when another digit is looked at. */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @returns {number} Its index; -1 where there is no digit. */
  get shown() {
    return this.#chosen ?? leastSure(this.#digits);
  }

  /** @returns {number | null} Its index. */
  get pointed() {
    return this.#pointed;
  }

  /**
   * Takes a new reading. What was chosen stays so as long as there is such a digit.
   * @param {readonly Digit[]} digits
   */
  follow(digits) {
    this.#digits = digits;
    if (this.#chosen !== null && this.#chosen >= digits.length) this.#chosen = null;
    if (this.#pointed !== null && this.#pointed >= digits.length) this.#pointed = null;
  }

  /** @param {number | null} index */
  point(index) {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.#changed();
  }

  /** @param {number} index */
  choose(index) {
    this.#chosen = index;
    this.#changed();
  }
}

/**
 * @param {readonly Digit[]} digits
 * @returns {number}
 */
function leastSure(digits) {
  const sureness = digits.map(({ status, confidence }) =>
    status === "not_a_digit" ? 0 : confidence,
  );
  return sureness.indexOf(Math.min(...sureness));
}
