/** The pen: how wide it draws, which this browser remembers. */

import { recall, remember } from "./storage.js";

const THINNEST = 0.009; // shares of the canvas
const WIDER = 1.19; // from one mark of the slider to the next

export class Pen {
  #slider;

  /** @param {HTMLInputElement} slider */
  constructor(slider) {
    this.#slider = slider;
    slider.value = recall("pen") ?? slider.value;
    slider.addEventListener("input", () => {
      remember("pen", slider.value);
      this.#say();
    });
    this.#say();
  }

  /** @returns {number} Its width, as a share of the canvas. */
  get width() {
    return THINNEST * WIDER ** (Number(this.#slider.value) - 1);
  }

  #say() {
    const { value, max } = this.#slider;
    this.#slider.setAttribute("aria-valuetext", `${value} of ${max}`);
  }
}
