/** The ten probabilities of one digit, as bars. */

import { tenths } from "./words.js";

/** @typedef {import("./api.js").Digit} Digit */

export class Bars {
  #items;

  /** @param {HTMLElement} list Has an item for each of 0 to 9. */
  constructor(list) {
    this.#items = [...list.children].map((item) => ({
      item,
      fill: /** @type {HTMLElement} */ (item.querySelector(".fill")),
      value: /** @type {HTMLElement} */ (item.querySelector(".value")),
    }));
  }

  /** @param {Digit | undefined} digit undefined empties them. */
  show(digit) {
    this.#items.forEach(({ item, fill, value }, index) => {
      const share = digit?.probabilities[index] ?? 0;
      // The fill is as high as its rail and is pushed down out of it, which costs no layout.
      fill.style.transform = `translateY(${(1 - share) * 100}%)`;
      value.textContent = digit ? tenths(share) : "";
      item.classList.toggle("winner", digit?.digit === index && digit.status !== "not_a_digit");
      item.classList.toggle("rival", Boolean(isRival(digit, index)));
    });
  }
}

/**
 * @param {Digit | undefined} digit
 * @param {number} index
 */
function isRival(digit, index) {
  return digit && digit.status !== "not_a_digit" && digit.alternatives.includes(index);
}
