/** The receipts of this browser: with them, what it said can be deleted later. */

import { recall, remember } from "../storage.js";

/**
 * @typedef {object} Receipt
 * @property {string} receipt With which the correction can be looked at and deleted.
 * @property {string} should What the person said.
 * @property {string} read What had been read.
 * @property {string} when RFC 3339.
 * @property {string[]} pictures Of the first digits, as data URLs; only this browser has them.
 */

const RECEIPTS = "receipts";
const CLIENT = "client";
/** Receipts that keep their pictures, which take the most room; and pictures of each. */
const WITH_PICTURES = 100;
const MOST_PICTURES = 6;

export class Receipts {
  /** What this page has said, for browsers that remember nothing. @type {Receipt[]} */
  #own = [];

  /** @returns {Receipt[]} The newest first. */
  get all() {
    const kept = parse(recall(RECEIPTS));
    return [
      ...this.#own.filter((own) => !kept.some((one) => one.receipt === own.receipt)),
      ...kept,
    ];
  }

  /** @param {Receipt} receipt One that is there already is replaced. */
  add(receipt) {
    const others = this.all.filter((one) => one.receipt !== receipt.receipt);
    const pictures = receipt.pictures.slice(0, MOST_PICTURES);
    this.#keep([{ ...receipt, pictures }, ...others]);
  }

  /** @param {string} receipt */
  remove(receipt) {
    this.#keep(this.all.filter((one) => one.receipt !== receipt));
  }

  /**
   * A random text that stands for this browser, so that training keeps together what one hand
   * wrote. It is made with the first correction, and forgotten with the last.
   */
  client() {
    const known = recall(CLIENT);
    if (known) return known;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    remember(CLIENT, made);
    return made;
  }

  /** @param {Receipt[]} receipts */
  #keep(receipts) {
    const light = receipts.map((one, index) =>
      index < WITH_PICTURES ? one : { ...one, pictures: [] },
    );
    this.#own = light;
    remember(RECEIPTS, light.length ? JSON.stringify(light) : null);
    if (!light.length) remember(CLIENT, null);
  }
}

/**
 * @param {string | null} text
 * @returns {Receipt[]}
 */
function parse(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.receipt === "string") : [];
  } catch {
    return [];
  }
}
