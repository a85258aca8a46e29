/** Right? Wrong? One press says it, the same press takes it back. */

import { byId, button, input } from "../page.js";
import { place } from "../words.js";
import { reason, say, takeBack } from "./api.js";
import { Mine } from "./mine.js";
import { Receipts } from "./receipts.js";
import { fromTyped, inWords, wasRead, withOne } from "./should.js";
import { Toolbar } from "./toolbar.js";

/**
 * @typedef {import("../api.js").Reading} Reading
 * @typedef {import("../attention.js").Attention} Attention
 * @typedef {import("./api.js").Material} Material
 *
 * @typedef {object} About What can be corrected now.
 * @property {Reading & { id: string }} reading
 * @property {Material} material
 *
 * @typedef {object} Page
 * @property {() => boolean} isBehind Whether a newer answer than the one that is shown is to come.
 * @property {(words: string) => void} announce
 */

const RIGHT = "right"; // the press that confirms; the others are characters of what it should be

export class Feedback {
  #section = byId("feedback");
  #toolbar = new Toolbar(byId("choices"), (choice) => void this.#press(choice));
  #typed = input("typed");
  #attention;
  #page;
  #receipts = new Receipts();
  #mine;
  /** @type {About | null} */
  #about = null;
  /** What was said of it, and the receipt for that. @type {{ should: string, receipt: string } | null} */
  #said = null;
  /** @type {Promise<void>} */
  #turn = Promise.resolve();
  /** A press that waits for the answer about what is drawn by now. @type {string | null} */
  #waiting = null;

  /**
   * @param {Attention} attention
   * @param {Page} page
   */
  constructor(attention, page) {
    this.#attention = attention;
    this.#page = page;
    this.#mine = new Mine(this.#receipts, (receipt) => this.#forgotten(receipt));
    button("take-back").addEventListener(
      "click",
      () => void this.#inTurn(() => this.#takeBackNow()),
    );
    byId("several").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#sayTyped();
    });
    this.#show();
  }

  /**
   * @param {Reading | null} reading null where there is nothing to say something about.
   * @param {Material} [material]
   */
  follow(reading, material) {
    // The same picture read again, for its steps: what was said of it stays.
    if (!this.#said || !material || material.of !== this.#about?.material.of) {
      this.#begin(reading, material);
    }
    const choice = this.#waiting;
    this.#waiting = null;
    if (choice !== null) void this.#press(choice);
  }

  /** A press that waits is not to be about whatever may be drawn later. */
  forgetPress() {
    this.#waiting = null;
  }

  /** Another digit is looked at: it is the one that a press corrects. */
  mark() {
    this.#show();
  }

  /**
   * @param {string} key
   * @returns {boolean} Whether the key says something.
   */
  key(key) {
    const choice = { y: RIGHT, "-": "x" }[key] ?? key;
    if (!this.#about || !this.#toolbar.has(choice)) return false;
    void this.#press(choice);
    return true;
  }

  /**
   * @param {Reading | null} reading
   * @param {Material} [material]
   */
  #begin(reading, material) {
    const { id } = reading ?? {};
    const can = reading && id && material && reading.digits.length > 0;
    this.#about = can ? { reading: { ...reading, id }, material } : null;
    this.#said = null;
    this.#typed.value = "";
    this.#tell("");
    this.#show();
  }

  /** @param {string} choice `right`, or a character for the digit that one looks at. */
  async #press(choice) {
    const about = this.#about;
    if (!about) return;
    if (this.#page.isBehind()) {
      this.#waiting = choice;
      return;
    }
    const index = this.#shown;
    await this.#inTurn(async () => {
      const read = wasRead(about.reading.digits);
      const before = about === this.#about ? this.#said?.should : undefined;
      const should = choice === RIGHT ? read : withOne(before ?? read, index, choice);
      if (before === should) await this.#takeBackNow();
      else await this.#say(about, should);
    });
  }

  async #sayTyped() {
    const about = this.#about;
    const count = about?.reading.digits.length ?? 0;
    const should = fromTyped(this.#typed.value, count);
    if (about && should) await this.#inTurn(() => this.#say(about, should));
    else this.#tell(`${count} were found: type ${count} digits, with – for what is none.`, true);
  }

  /**
   * @param {About} about
   * @param {string} should
   */
  async #say(about, should) {
    const { id, digits } = about.reading;
    const kept = await say(id, should, this.#receipts.client(), about.material);
    const pictures = digits.flatMap((digit) => digit.seen ?? []);
    const when = new Date().toISOString();
    const read = wasRead(digits);
    this.#receipts.add({ receipt: kept.receipt, should, read, when, pictures });
    if (about !== this.#about) return; // it stays kept; the page is about another one now
    this.#said = { should, receipt: kept.receipt };
    this.#tell(thanks(should, should === read));
  }

  async #takeBackNow() {
    if (!this.#said) return;
    const { receipt } = this.#said;
    await takeBack(receipt);
    this.#receipts.remove(receipt);
    this.#forgotten(receipt);
  }

  /**
   * One thing after another, however quick the hand is, and words for what goes wrong.
   * @param {() => Promise<void>} work
   */
  async #inTurn(work) {
    const before = this.#turn;
    this.#turn = (async () => {
      await before;
      try {
        await work();
      } catch (error) {
        this.#tell(`Nothing was changed. ${reason(error)}`, true);
      }
      this.#mine.refresh();
      this.#show();
    })();
    await this.#turn;
  }

  /** @param {string} receipt Of what is no longer kept. */
  #forgotten(receipt) {
    if (this.#said?.receipt !== receipt) return;
    this.#said = null;
    this.#tell("Taken back: nothing of it is kept.");
    this.#show();
  }

  get #shown() {
    return Math.max(0, this.#attention.shown);
  }

  #show() {
    const digits = this.#about?.reading.digits ?? [];
    const read = wasRead(digits);
    const said = this.#said?.should;
    this.#section.classList.toggle("off", !digits.length);
    this.#section.classList.toggle("kept", said !== undefined);
    this.#typed.placeholder = read.replaceAll("x", "–");
    byId("several").classList.toggle("off", digits.length < 2);
    byId("wrong").textContent = digits.length > 1 ? `${place(this.#shown)} wrong?` : "Wrong?";
    const pressed = said === undefined ? [] : said === read ? [RIGHT] : [said[this.#shown]];
    this.#toolbar.show(digits.length > 0, pressed);
  }

  /**
   * @param {string} words
   * @param {boolean} [alarming]
   */
  #tell(words, alarming = false) {
    const told = byId("told");
    told.textContent = words;
    told.classList.toggle("alarm", alarming);
    this.#section.classList.toggle("telling", words !== "");
    if (words) this.#page.announce(words);
  }
}

/**
 * @param {string} should
 * @param {boolean} right
 */
function thanks(should, right) {
  return right ? "Thank you! Kept as right." : `Thank you! Kept as ${inWords(should)}.`;
}
