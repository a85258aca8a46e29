/**
 * The answer follows the picture: one request at a time, always about the newest picture.
 *
 * While a request is under way, any number of changes wait as one. `now` does not wait: it gives
 * up what is under way. An answer that was given up is never delivered, so none comes out of order.
 */

import { Unreachable } from "./api.js";

/** Milliseconds between an answer and the next request, so that a slow device can breathe. */
const BREATH = 30;
/** Milliseconds until the server is tried again, and again, … */
const WAITS = [400, 800, 1500, 3000, 5000];

/**
 * @template Answer
 * @typedef {object} Work
 * @property {(signal: AbortSignal) => Promise<Answer>} ask Asks about the picture as it is then.
 * @property {(answer: Answer) => void} answered
 * @property {(error: unknown) => void} failed Where it is `Unreachable`, it will be tried again.
 */

/** @template Answer */
export class Live {
  #work;
  #abort = new AbortController();
  #busy = false;
  #changed = false;
  #asking = false;
  #failures = 0;

  /** @param {Work<Answer>} work */
  constructor(work) {
    this.#work = work;
  }

  /** Whether an answer about a newer picture is to come. */
  get isBehind() {
    return this.#changed || this.#asking;
  }

  /** The picture changed: ask, after what is under way. */
  soon() {
    this.#changed = true;
    if (!this.#busy) void this.#run();
  }

  /** The picture changed and will rest: ask at once, instead of what is under way. */
  now() {
    this.stop();
    this.soon();
  }

  /** Try again at once, if an answer is owed. */
  retry() {
    if (this.#failures && this.#changed) this.now();
  }

  /** There is nothing more to ask. */
  stop() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#busy = false;
    this.#changed = false;
    this.#asking = false;
  }

  async #run() {
    const { signal } = this.#abort;
    this.#busy = true;
    while (this.#changed && !signal.aborted) {
      this.#changed = false;
      const pause = await this.#ask(signal);
      await rest(pause, signal);
    }
    if (!signal.aborted) this.#busy = false;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<number>} Milliseconds to wait before the next.
   */
  async #ask(signal) {
    this.#asking = true;
    try {
      const answer = await this.#work.ask(signal);
      if (signal.aborted) return 0;
      this.#asking = false;
      this.#failures = 0;
      this.#work.answered(answer);
      return BREATH;
    } catch (error) {
      return signal.aborted ? 0 : this.#fail(error);
    }
  }

  /**
   * @param {unknown} error
   * @returns {number} Milliseconds to wait before the next.
   */
  #fail(error) {
    this.#asking = false;
    const again = error instanceof Unreachable;
    if (again) this.#changed = true;
    const wait = WAITS[Math.min(this.#failures, WAITS.length - 1)];
    this.#failures = again ? this.#failures + 1 : 0;
    this.#work.failed(error);
    return again ? Math.max(wait, error.seconds * 1000) : BREATH;
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal Ends the rest early.
 */
function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
