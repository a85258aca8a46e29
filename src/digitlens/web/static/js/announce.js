/** What a screen reader says: the answer once it rests, not every one on the way. */

/** Milliseconds without another answer, after which this one is said. */
const REST = 700;

export class Announcer {
  #region;
  #timer = 0;

  /** @param {HTMLElement} region A polite live region. */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#region.textContent = text;
    }, REST);
  }
}
