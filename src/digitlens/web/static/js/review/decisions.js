/**
 * Decisions: shown at once, sent one after another, and undone one after another.
 *
 * A page that waited for the server would let a quick hand decide on the same card twice.
 */

import * as api from "./api.js";

/**
 * @typedef {import("./api.js").Correction} Correction
 * @typedef {import("./api.js").Action} Action
 * @typedef {import("./deck.js").Deck} Deck
 * @typedef {import("./deck.js").Taken} Taken
 *
 * @typedef {object} Made A decision, and how to show the deck as it was.
 * @property {Promise<string>} id Empty where nothing had to change.
 * @property {readonly Taken[]} taken
 * @property {readonly Correction[]} before
 */

const STATUS = /** @type {const} */ ({
  accept: "accepted",
  relabel: "accepted",
  reject: "rejected",
  reopen: "pending",
});

export class Decisions {
  #deck;
  #report;
  /** @type {Made[]} */
  #made = [];
  /** @type {Promise<unknown>} */
  #line = Promise.resolve();

  /**
   * @param {Deck} deck
   * @param {{ changed: () => void, failed: (error: unknown) => void }} report
   */
  constructor(deck, report) {
    this.#deck = deck;
    this.#report = report;
  }

  get canUndo() {
    return this.#made.length > 0;
  }

  /**
   * @param {readonly Correction[]} cards
   * @param {Action} action
   * @param {string | undefined} label
   * @param {string} shown The status that the page shows; empty for all.
   */
  make(cards, action, label, shown) {
    const after = cards.map((card) => decided(card, action, label));
    const leaving = new Set(
      after.filter((card) => shown && card.status !== shown).map((c) => c.id),
    );
    this.#deck.replace(after);
    const taken = this.#deck.take(leaving).map(({ index, card }) => ({
      index,
      card: cards.find((old) => old.id === card.id) ?? card,
    }));
    if (!leaving.size) this.#deck.chooseNone();
    const ids = cards.map((card) => card.id);
    const id = this.#send(() => api.decide(ids, action, label).then((said) => said.id));
    const made = { id, taken, before: cards };
    this.#made.push(made);
    id.then(this.#report.changed, (error) => {
      this.#made = this.#made.filter((one) => one !== made);
      this.#show(made);
      this.#report.failed(error);
    });
  }

  /** @returns {Promise<unknown>} That all decisions so far were answered; it never fails. */
  get settled() {
    return this.#line;
  }

  /** Undoes the last decision of this page. @returns {Promise<void>} */
  async undo() {
    const made = this.#made.pop();
    if (!made) return;
    try {
      const id = await made.id;
      if (id) await this.#send(() => api.undo(id));
      this.#show(made);
      this.#report.changed();
    } catch (error) {
      this.#report.failed(error);
    }
  }

  /** Another list is shown: where its cards were is of no use any longer. */
  forgetPlaces() {
    for (const made of this.#made) made.taken = [];
  }

  /** @param {Made} made */
  #show({ taken, before }) {
    const there = new Set(this.#deck.cards.map((card) => card.id));
    this.#deck.putBack(taken.filter(({ card }) => !there.has(card.id)));
    this.#deck.replace(before);
  }

  /**
   * @template Said
   * @param {() => Promise<Said>} send
   * @returns {Promise<Said>}
   */
  #send(send) {
    const sent = this.#line.then(send);
    this.#line = sent.catch(() => {});
    return sent;
  }
}

/**
 * @param {Correction} card
 * @param {Action} action
 * @param {string | undefined} label
 * @returns {Correction}
 */
function decided(card, action, label) {
  const should =
    action === "relabel" && label ? label : action === "reopen" ? card.given : card.should;
  return { ...card, status: STATUS[action], should };
}
