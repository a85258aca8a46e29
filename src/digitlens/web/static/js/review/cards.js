/** The corrections as cards: a picture each, what was read and what it should be. */

import { make } from "../lab/dom.js";
import { percent } from "../words.js";

/**
 * @typedef {import("./api.js").Correction} Correction
 * @typedef {import("./deck.js").Deck} Deck
 */

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const STATUS = { pending: "", accepted: "accepted", rejected: "rejected" };

/** @param {string} label */
export function said(label) {
  return label === "x" ? "not a digit" : label;
}

export class Cards {
  #list;
  #deck;
  /** What is on the page, by id: elements are kept as long as their card says the same. */
  #made = /** @type {Map<number, { card: Correction, item: HTMLElement }>} */ (new Map());

  /**
   * @param {HTMLElement} list
   * @param {Deck} deck
   */
  constructor(list, deck) {
    this.#list = list;
    this.#deck = deck;
  }

  /** Shows the deck as it is now. */
  show() {
    const had = this.#list.contains(document.activeElement);
    const wanted = this.#deck.cards.map((card) => this.#item(card));
    const there = new Set(wanted);
    for (const item of [...this.#list.children]) {
      if (!there.has(/** @type {HTMLElement} */ (item))) item.remove();
    }
    wanted.forEach((item, index) => {
      const old = this.#list.children[index];
      if (old !== item) this.#list.insertBefore(item, old ?? null);
    });
    for (const [id, { item }] of this.#made) if (!there.has(item)) this.#made.delete(id);
    this.mark();
    if (had) this.focus();
  }

  /** Shows what is chosen, and where one is. */
  mark() {
    this.#deck.cards.forEach((card, index) => {
      const item = this.#made.get(card.id)?.item;
      item?.setAttribute("aria-selected", String(this.#deck.chosen.has(card.id)));
      if (item) item.tabIndex = index === this.#deck.at ? 0 : -1;
    });
  }

  focus() {
    const item = /** @type {HTMLElement | undefined} */ (this.#list.children[this.#deck.at]);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {EventTarget | null} target
   * @returns {number} The index of the card that it is in; -1 for none.
   */
  indexOf(target) {
    const item = target instanceof Element ? target.closest("[role=option]") : null;
    return item ? [...this.#list.children].indexOf(item) : -1;
  }

  /** @returns {number} How many stand in a row. */
  get columns() {
    const [first, ...others] = /** @type {HTMLElement[]} */ ([...this.#list.children]);
    const below = others.findIndex((item) => item.offsetTop > first.offsetTop);
    return below < 0 ? others.length + 1 : below + 1;
  }

  /** @param {Correction} card */
  #item(card) {
    const made = this.#made.get(card.id);
    if (made?.card === card) return made.item;
    const item = draw(card);
    this.#made.set(card.id, { card, item });
    return item;
  }
}

/** @param {Correction} card */
function draw(card) {
  const label = describe(card);
  const when = TIME.format(new Date(card.said));
  return make(
    "li",
    {
      role: "option",
      class: "fix",
      "data-status": card.status,
      "aria-label": label,
      title: `${label}\n${card.model} ${card.version}, ${when}`,
    },
    make(
      "div",
      { class: "fix-pictures" },
      picture("fix-cut", card.cut),
      picture("fix-seen", card.seen),
    ),
    words(card),
  );
}

/**
 * @param {string} name
 * @param {string} url
 */
function picture(name, url) {
  const image = /** @type {HTMLImageElement} */ (make("img", { class: name, src: url }));
  image.alt = ""; // the card's label says what it is
  return image;
}

/** @param {Correction} card */
function words({ read, should, judged, confidence, status }) {
  const none = judged === "not_a_digit";
  return make(
    "div",
    { class: "fix-words" },
    make("span", { class: "fix-read" }, none ? "–" : read),
    make("span", { class: "fix-arrow" }, "→"),
    make("b", { class: "fix-should" }, should === "x" ? "–" : should),
    make("small", {}, STATUS[status] || (none ? "no digit" : sureness(confidence))),
  );
}

/**
 * @param {Correction} card
 * @returns {string} For whoever hears it, and whoever points at it.
 */
function describe({ read, should, given, judged, confidence, status }) {
  const was = judged === "not_a_digit" ? "no digit" : `${read}, ${sureness(confidence)}`;
  const relabelled = given === should ? "" : `, though said to be ${said(given)}`;
  const now = STATUS[status] && `; ${STATUS[status]}`;
  return `Read as ${was}; should be ${said(should)}${relabelled}${now}`;
}

/** @param {number} confidence */
function sureness(confidence) {
  return `${percent(confidence)}\u00a0%`;
}
