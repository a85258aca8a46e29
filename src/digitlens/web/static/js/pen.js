/** The pen: how wide it draws, which this browser remembers. */

import { recall, remember } from "./storage.js";

const THINNEST = 0.009; // shares of the canvas
const WIDER = 1.19; // from one mark of the slider to the next
const SHOWN = 900; // milliseconds

export class Pen {
  #slider;
  #nib;
  #timer = 0;

  /**
   * @param {HTMLInputElement} slider
   * @param {HTMLElement} nib Lies on the canvas and shows how wide the pen is.
   */
  constructor(slider, nib) {
    this.#slider = slider;
    this.#nib = nib;
    slider.value = recall("pen") ?? slider.value;
    slider.addEventListener("input", () => {
      remember("pen", slider.value);
      this.#say();
      this.#show();
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

  /** Shows the nib for a moment. */
  #show() {
    this.#nib.style.width = `${this.width * 100}%`;
    this.#nib.classList.add("shown");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#nib.classList.remove("shown"), SHOWN);
  }
}
