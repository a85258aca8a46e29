/** Several digits: a small card for each, to look at one of them more closely. */

import { percent, place } from "./words.js";

/**
 * @typedef {import("./api.js").Digit} Digit
 * @typedef {import("./attention.js").Attention} Attention
 */

export class Cards {
  #list;
  #attention;

  /**
   * @param {HTMLElement} list
   * @param {Attention} attention
   */
  constructor(list, attention) {
    this.#list = list;
    this.#attention = attention;
  }

  /** @param {readonly Digit[]} digits No cards are shown for a single one. */
  show(digits) {
    this.#list.hidden = digits.length < 2;
    const count = this.#list.hidden ? 0 : digits.length;
    // Cards are kept from answer to answer, and with them focus and scroll.
    while (this.#list.children.length > count) this.#list.lastElementChild?.remove();
    while (this.#list.children.length < count) {
      this.#list.append(this.#make(this.#list.children.length));
    }
    [...this.#list.children].forEach((item, index) => {
      fill(item, digits[index], index);
    });
    this.mark();
  }

  /** Marks the digit that one looks at. */
  mark() {
    [...this.#list.children].forEach((item, index) => {
      const button = /** @type {HTMLElement} */ (item.firstElementChild);
      button.setAttribute("aria-pressed", String(index === this.#attention.shown));
      button.classList.toggle("pointed", index === this.#attention.pointed);
    });
  }

  /** @param {number} index */
  #make(index) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "card";
    const picture = document.createElement("img");
    picture.alt = "";
    picture.width = 28;
    picture.height = 28;
    const name = document.createElement("span");
    name.className = "card-digit";
    const sure = document.createElement("span");
    sure.className = "card-sure";
    button.append(picture, name, sure);
    this.#connect(button, index);
    item.append(button);
    return item;
  }

  /**
   * @param {HTMLElement} button
   * @param {number} index
   */
  #connect(button, index) {
    button.addEventListener("click", () => this.#attention.choose(index));
    for (const on of ["pointerenter", "focus"]) {
      button.addEventListener(on, () => this.#attention.point(index));
    }
    for (const off of ["pointerleave", "blur"]) {
      button.addEventListener(off, () => this.#attention.point(null));
    }
  }
}

/**
 * @param {Element} item
 * @param {Digit} digit
 * @param {number} index
 */
function fill(item, digit, index) {
  const button = /** @type {HTMLElement} */ (item.firstElementChild);
  const [picture, name, sure] = /** @type {any} */ (button.children);
  if (digit.seen) picture.src = digit.seen;
  const none = digit.status === "not_a_digit";
  name.textContent = none ? "?" : String(digit.digit);
  sure.textContent = none ? "no digit" : `${percent(digit.confidence)}\u00a0%`;
  button.dataset.status = digit.status;
  const doubt = { read: "", unsure: ", unsure", not_a_digit: "" }[digit.status];
  const what = none ? "not a digit" : `${digit.digit}, ${sure.textContent}${doubt}`;
  button.setAttribute("aria-label", `${place(index)}: ${what}`);
}
