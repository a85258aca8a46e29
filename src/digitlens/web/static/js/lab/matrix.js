/** Which digit was taken for which: a matrix, and the pictures behind each of its cells. */

import { load } from "./api.js";
import { make, makeButton } from "./dom.js";

/**
 * @typedef {{ index: number, label: number, read: number, confidence: number }} Mistake
 * @typedef {{ count: number, confusion: number[][], mistakes: Mistake[] }} Evaluation
 */

const DIGITS = [...Array(10).keys()];
/** Pictures that are shown at first. */
const MOST = 60;

export class Matrix {
  #holder;
  #grid = make("div", { class: "matrix-place" });
  #behind = make("div", { class: "behind", "aria-live": "polite" });
  #name = "";
  /** @type {Evaluation | null} */
  #evaluation = null;

  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.#holder = holder;
    holder.append(this.#grid, this.#behind);
  }

  /**
   * @param {string | null} name Of a run with an evaluation.
   */
  async show(name) {
    if (name === this.#name) return;
    this.#name = name ?? "";
    this.#holder.hidden = !name;
    if (!name) return;
    const evaluation = await load(`/lab/runs/${encodeURIComponent(name)}/evaluation.json`);
    if (this.#name !== name) return; // another one was chosen meanwhile
    this.#evaluation = evaluation;
    this.#grid.replaceChildren(this.#makeTable(evaluation));
    this.#behind.replaceChildren(make("p", { class: "hint-text" }, this.#invite(evaluation)));
  }

  /** @param {Evaluation} evaluation */
  #invite({ count, mistakes }) {
    const of = `${mistakes.length} of ${count.toLocaleString("en")} digits were misread.`;
    return mistakes.length ? `${of} Press a number to see them.` : of;
  }

  /** @param {Evaluation} evaluation */
  #makeTable({ confusion }) {
    const heads = DIGITS.map((digit) => make("th", { scope: "col" }, String(digit)));
    const words = `What the digits were read as by ${this.#name}. Rows: what a picture shows. Columns: what it was read as.`;
    const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, j) => j !== i)));
    const rows = confusion.map((row, label) => {
      const cells = row.map((count, read) => this.#makeCell(label, read, count, most));
      return make("tr", {}, make("th", { scope: "row" }, String(label)), ...cells);
    });
    return make(
      "table",
      { class: "matrix" },
      make("caption", {}, words),
      make("thead", {}, make("tr", {}, make("td", {}), ...heads)),
      make("tbody", {}, ...rows),
    );
  }

  /**
   * @param {number} label
   * @param {number} read
   * @param {number} count
   * @param {number} most The largest number of mistakes of one kind.
   */
  #makeCell(label, read, count, most) {
    if (label === read) return make("td", { class: "right" }, String(count));
    if (!count) return make("td", { class: "none" }, "·");
    const title = `${count} ${count === 1 ? "picture" : "pictures"} of a ${label} read as ${read}`;
    const button = makeButton(String(count), () => this.#open(label, read, button), {
      class: "cell",
      "aria-label": title,
      "aria-pressed": "false",
      title,
    });
    button.style.setProperty("--share", String(0.15 + (0.85 * count) / most));
    return make("td", {}, button);
  }

  /**
   * @param {number} label
   * @param {number} read
   * @param {HTMLElement} button
   */
  #open(label, read, button) {
    const cells = this.#grid.querySelectorAll(".cell");
    for (const cell of cells) cell.setAttribute("aria-pressed", String(cell === button));
    const mistakes = (this.#evaluation?.mistakes ?? []).filter(
      (one) => one.label === label && one.read === read,
    );
    const heading = make("h3", {}, `${label}, read as ${read}`);
    this.#behind.replaceChildren(heading, this.#gallery(mistakes));
  }

  /** @param {Mistake[]} mistakes */
  #gallery(mistakes) {
    const list = make("ul", { class: "gallery" });
    const add = (/** @type {Mistake[]} */ some) =>
      list.append(...some.map((one) => this.#picture(one)));
    add(mistakes.slice(0, MOST));
    if (mistakes.length <= MOST) return list;
    const more = makeButton(`Show ${mistakes.length - MOST} more`, () => {
      add(mistakes.slice(MOST));
      more.remove();
    });
    return make("div", {}, list, more);
  }

  /** @param {Mistake} mistake */
  #picture({ index, label, read, confidence }) {
    const sure = `${Math.round(confidence * 100)}\u00a0%`;
    const picture = make("img", {
      src: `/lab/runs/${encodeURIComponent(this.#name)}/mistakes/${index}.png`,
      alt: `A ${label} that was read as ${read}, ${sure} sure`,
      width: "56",
      height: "56",
      loading: "lazy",
    });
    return make("li", {}, picture, make("span", { "aria-hidden": "true" }, sure));
  }
}
