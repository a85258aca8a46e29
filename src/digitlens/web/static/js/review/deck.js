/** The corrections that are shown, which of them are chosen, and at which one is. It knows no page. */

/**
 * @typedef {import("./api.js").Correction} Correction
 *
 * @typedef {object} Taken A correction that left the deck, and where it was.
 * @property {number} index
 * @property {Correction} card
 */

export class Deck {
  /** @type {Correction[]} */
  cards = [];
  /** The ids of those that are chosen. @type {Set<number>} */
  chosen = new Set();
  /** The index of the one where one is; -1 where there is none. */
  at = -1;
  #anchor = -1;

  /** @param {readonly Correction[]} cards More of them, after the others. */
  add(cards) {
    this.cards.push(...cards);
    if (this.at < 0 && this.cards.length) this.go(0);
  }

  clear() {
    this.cards = [];
    this.chosen.clear();
    this.at = this.#anchor = -1;
  }

  /** @returns {Correction[]} What a deed is about: what is chosen, or else the one where one is. */
  get targets() {
    const chosen = this.cards.filter((card) => this.chosen.has(card.id));
    return chosen.length
      ? chosen
      : this.cards.slice(this.at, this.at + 1).filter(() => this.at >= 0);
  }

  /**
   * Goes to a card, as far as there is one.
   * @param {number} index
   * @param {boolean} [extend] Whether all from where one began to choose to there are chosen.
   */
  go(index, extend = false) {
    this.at = Math.min(Math.max(index, 0), this.cards.length - 1);
    if (!extend) this.#anchor = this.at;
    else this.#choose(this.#anchor, this.at);
  }

  /** @param {number} index Is chosen, or no longer. */
  toggle(index) {
    this.go(index);
    const { id } = this.cards[this.at];
    if (!this.chosen.delete(id)) this.chosen.add(id);
  }

  chooseAll() {
    this.#choose(0, this.cards.length - 1);
  }

  chooseNone() {
    this.chosen.clear();
  }

  /**
   * Takes cards out. One goes on at the next that stays.
   * @param {ReadonlySet<number>} ids
   * @returns {Taken[]} From the first to the last.
   */
  take(ids) {
    /** @type {Taken[]} */
    const taken = [];
    this.cards.forEach((card, index) => {
      if (ids.has(card.id)) taken.push({ index, card });
    });
    const before = taken.filter(({ index }) => index < this.at).length;
    this.cards = this.cards.filter((card) => !ids.has(card.id));
    for (const id of ids) this.chosen.delete(id);
    this.go(this.at - before);
    return taken;
  }

  /** @param {readonly Taken[]} taken Come back to where they were, and one goes to the first. */
  putBack(taken) {
    for (const { index, card } of taken) this.cards.splice(index, 0, card);
    if (taken.length) this.go(taken[0].index);
  }

  /**
   * Puts others in the place of those with the same id.
   * @param {readonly Correction[]} cards
   */
  replace(cards) {
    const byId = new Map(cards.map((card) => [card.id, card]));
    this.cards = this.cards.map((card) => byId.get(card.id) ?? card);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #choose(from, to) {
    const [start, end] = [Math.min(from, to), Math.max(from, to)];
    this.chosen = new Set(this.cards.slice(Math.max(start, 0), end + 1).map((card) => card.id));
  }
}
