/**
 * Asks again and again, while somebody looks.
 *
 * Short questions, most of which the server answers with "nothing new": nobody who only watches
 * keeps it from reading digits. In a tab that is not shown nothing is asked.
 */

/** Milliseconds between two questions, while something runs and while nothing does. */
const SOON = 1500;
const LATER = 5000;
/** Questions that follow a change without delay. */
const EAGER = 2;

export class Poll {
  #ask;
  #timer = 0;
  #asking = false;
  #again = false;
  #eager = 0;

  /** @param {() => Promise<boolean>} ask Says whether something runs; it does not throw. */
  constructor(ask) {
    this.#ask = ask;
    document.addEventListener("visibilitychange", () => this.now());
    addEventListener("online", () => this.now());
  }

  /** Something was changed here: ask at once, and soon again, as another worker may answer. */
  urge() {
    this.#eager = EAGER;
    return this.now();
  }

  /** Ask at once. */
  async now() {
    clearTimeout(this.#timer);
    this.#again = this.#asking; // what is under way may not know what has just happened
    if (document.hidden || this.#asking) return;
    this.#asking = true;
    const busy = await this.#ask();
    this.#asking = false;
    const pause = busy || this.#eager > 0 ? SOON : LATER;
    this.#eager -= 1;
    this.#timer = setTimeout(() => this.now(), this.#again ? 0 : pause);
  }
}
