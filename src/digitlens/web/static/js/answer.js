/** The answer: the number, how sure it is, and what speaks for it. */

import { Bars } from "./bars.js";
import { Cards } from "./cards.js";
import { byId } from "./page.js";
import { describe } from "./words.js";

/**
 * @typedef {import("./api.js").Digit} Digit
 * @typedef {import("./api.js").Reading} Reading
 * @typedef {import("./attention.js").Attention} Attention
 * @typedef {import("./words.js").Source} Source
 * @typedef {import("./words.js").Words} Words
 */

export class Answer {
  #panel = byId("answer");
  #number = byId("number");
  #seen = /** @type {HTMLImageElement} */ (byId("seen"));
  #bars = new Bars(byId("bars"));
  #cards;
  #attention;
  /** @type {readonly Digit[]} */
  #digits = [];

  /** @param {Attention} attention */
  constructor(attention) {
    this.#attention = attention;
    this.#cards = new Cards(byId("cards"), attention);
  }

  /**
   * @param {Reading | null} reading null, where nothing is drawn.
   * @param {Source} source
   */
  show(reading, source) {
    this.#digits = reading?.digits ?? [];
    this.#panel.dataset.status = reading?.status ?? "blank";
    this.#panel.classList.remove("stale");
    this.#say(describe(reading, source));
    this.#made(reading);
    this.#cards.show(this.#digits);
    this.mark();
  }

  /**
   * Says a failure, in place of the sentence. The answer that is shown stays, dimmed.
   * @param {Words} words
   */
  fail(words) {
    this.#panel.classList.add("stale");
    this.#say(words);
  }

  /** Shows the digit that one looks at. */
  mark() {
    const digit = this.#digits[this.#attention.shown];
    this.#bars.show(digit);
    this.#seen.hidden = !digit?.seen;
    if (digit?.seen) this.#seen.src = digit.seen;
    this.#cards.mark();
    this.#write();
  }

  /** @param {Words} words */
  #say({ sentence, detail }) {
    byId("sentence").textContent = sentence;
    byId("detail").textContent = detail;
  }

  /** Writes the number; of several digits, the one that is looked at stands out. */
  #write() {
    const many = this.#digits.length > 1;
    const parts = this.#digits.map((digit, index) => {
      const part = document.createElement("span");
      part.textContent = digit.status === "not_a_digit" ? "?" : String(digit.digit);
      part.dataset.status = digit.status;
      part.classList.toggle("shown", many && index === this.#attention.shown);
      return part;
    });
    this.#number.replaceChildren(...parts);
    this.#number.style.setProperty("--length", String(Math.max(1, parts.length)));
  }

  /** @param {Reading | null} reading */
  #made(reading) {
    byId("made").textContent = reading?.digits.length
      ? `${reading.model.name} ${reading.model.version} · ${reading.milliseconds.toFixed(1)} ms`
      : "";
  }
}
