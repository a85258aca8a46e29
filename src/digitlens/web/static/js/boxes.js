/** The boxes on the canvas: where each digit that was read stands. */

import { boxAt, placeBox } from "./fit.js";

/**
 * @typedef {import("./api.js").Digit} Digit
 * @typedef {import("./api.js").Size} Size
 * @typedef {import("./attention.js").Attention} Attention
 */

/** Around the digit, so that the line does not touch its ink; as a share of the canvas. */
const MARGIN = 0.012;

export class Boxes {
  #layer;
  #stage;
  #attention;
  /** @type {import("./api.js").Box[]} */
  #places = [];

  /**
   * @param {HTMLElement} layer Lies over the canvas, as large as it.
   * @param {HTMLElement} stage What the pointer moves over.
   * @param {Attention} attention
   */
  constructor(layer, stage, attention) {
    this.#layer = layer;
    this.#stage = stage;
    this.#attention = attention;
    stage.addEventListener("pointermove", (event) => this.#hover(event));
    stage.addEventListener("pointerleave", () => attention.point(null));
  }

  /**
   * @param {readonly Digit[]} digits
   * @param {Size} size Of the picture in which they stand.
   */
  show(digits, size) {
    this.#places = digits.map(({ box }) => grow(placeBox(box, size)));
    while (this.#layer.children.length > digits.length) this.#layer.lastElementChild?.remove();
    while (this.#layer.children.length < digits.length) this.#layer.append(make());
    [...this.#layer.children].forEach((box, index) => {
      fill(/** @type {HTMLElement} */ (box), digits[index], this.#places[index]);
    });
    this.mark();
  }

  /** Marks the digit that one looks at. */
  mark() {
    const several = this.#places.length > 1;
    [...this.#layer.children].forEach((box, index) => {
      box.classList.toggle("pointed", index === this.#attention.pointed);
      box.classList.toggle("shown", several && index === this.#attention.shown);
    });
  }

  /**
   * @param {PointerEvent | MouseEvent} event
   * @returns {number | null} The digit it points at.
   */
  at(event) {
    const { left, top, width, height } = this.#stage.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    return boxAt(this.#places, x, y);
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (event.buttons === 0) this.#attention.point(this.at(event));
  }
}

function make() {
  const box = document.createElement("div");
  box.className = "box";
  const label = document.createElement("span");
  label.className = "box-label";
  box.append(label);
  return box;
}

/**
 * @param {HTMLElement} element
 * @param {Digit} digit
 * @param {import("./api.js").Box} place
 */
function fill(element, digit, place) {
  element.dataset.status = digit.status;
  element.style.left = `${place.x * 100}%`;
  element.style.top = `${place.y * 100}%`;
  element.style.width = `${place.width * 100}%`;
  element.style.height = `${place.height * 100}%`;
  const label = /** @type {HTMLElement} */ (element.firstElementChild);
  label.textContent = digit.status === "not_a_digit" ? "?" : String(digit.digit);
}

/**
 * @param {import("./api.js").Box} box
 * @returns {import("./api.js").Box}
 */
function grow({ x, y, width, height }) {
  return {
    x: x - MARGIN,
    y: y - MARGIN,
    width: width + 2 * MARGIN,
    height: height + 2 * MARGIN,
  };
}
