/** What this browser has said: a list in which each can be deleted. */

import { make, makeButton } from "../lab/dom.js";
import { button, byId } from "../page.js";
import { reason, takeBack } from "./api.js";
import { inWords } from "./should.js";

/**
 * @typedef {import("./receipts.js").Receipt} Receipt
 * @typedef {import("./receipts.js").Receipts} Receipts
 */

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export class Mine {
  #opener = button("mine");
  #dialog = /** @type {HTMLDialogElement} */ (byId("mine-dialog"));
  #list = byId("mine-list");
  #all = button("mine-all");
  #receipts;
  #deleted;

  /**
   * @param {Receipts} receipts
   * @param {(receipt: string) => void} deleted
   */
  constructor(receipts, deleted) {
    this.#receipts = receipts;
    this.#deleted = deleted;
    this.#opener.addEventListener("click", () => this.#open());
    this.#all.addEventListener("click", () => this.#delete(this.#receipts.all));
    // A press beside the window closes it, as a press on its button does.
    this.#dialog.addEventListener("click", ({ target }) => {
      if (target === this.#dialog) this.#dialog.close();
    });
    addEventListener("storage", () => this.refresh()); // another tab has said something
    this.refresh();
  }

  /** Shows how many there are; where there are none, nothing. */
  refresh() {
    const { length } = this.#receipts.all;
    this.#opener.hidden = length === 0;
    this.#opener.textContent = `Your corrections (${length})`;
    if (this.#dialog.open) this.#show();
  }

  #open() {
    byId("mine-said").textContent = "";
    this.#show();
    this.#dialog.showModal();
  }

  #show() {
    const all = this.#receipts.all;
    this.#list.replaceChildren(...all.map((one) => this.#item(one)));
    this.#all.hidden = all.length < 2;
    byId("mine-none").hidden = all.length > 0;
  }

  /** @param {Receipt} one */
  #item(one) {
    const words =
      one.read === one.should
        ? `${inWords(one.should)}, right`
        : `${inWords(one.read)} should be ${inWords(one.should)}`;
    const when = make("small", {}, TIME.format(new Date(one.when)));
    const label = { class: "button small", "aria-label": `Delete: ${words}` };
    return make(
      "li",
      {},
      make("span", { class: "mine-pictures" }, ...one.pictures.map(picture)),
      make("span", { class: "mine-words" }, words, when),
      makeButton("Delete", () => void this.#delete([one]), label),
    );
  }

  /** @param {Receipt[]} receipts */
  async #delete(receipts) {
    const said = byId("mine-said");
    try {
      for (const { receipt } of receipts) {
        await takeBack(receipt);
        this.#receipts.remove(receipt);
        this.#deleted(receipt);
      }
      said.textContent = "Deleted: nothing of it is kept any longer.";
    } catch (error) {
      said.textContent = `Not deleted. ${reason(error)}`;
    }
    this.refresh();
    // The button that was pressed is gone.
    if (!this.#dialog.contains(document.activeElement)) button("mine-close").focus();
  }
}

/** @param {string} url */
function picture(url) {
  const image = /** @type {HTMLImageElement} */ (
    make("img", { src: url, width: "28", height: "28" })
  );
  image.alt = ""; // the words beside it say what it is
  return image;
}
