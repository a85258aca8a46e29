/**
 * The canvas that one sees: it shows a drawing, sharp at every zoom and on every screen.
 *
 * Finished strokes are kept as a picture, so that a frame draws only the stroke in progress.
 */

import { render } from "./render.js";

/** @typedef {import("./strokes.js").Drawing} Drawing */

export class Paper {
  #canvas;
  #drawing;
  #context;
  #done = document.createElement("canvas");
  /** @type {readonly import("./strokes.js").Stroke[]} The strokes in `#done`. */
  #kept = [];
  #frame = 0;

  /**
   * @param {HTMLCanvasElement} canvas A square.
   * @param {Drawing} drawing
   */
  constructor(canvas, drawing) {
    this.#canvas = canvas;
    this.#drawing = drawing;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#watchSize();
    document.addEventListener("themechange", () => this.redraw());
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.redraw());
  }

  /** Shows the drawing as it is, with the next frame. */
  update() {
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  /** Shows it anew: in another colour, or at another size. */
  redraw() {
    this.#kept = [];
    this.#done.width = this.#canvas.width; // which also empties it
    this.#done.height = this.#canvas.height;
    this.update();
  }

  #watchSize() {
    const observer = new ResizeObserver(([entry]) => this.#resize(entry));
    try {
      // In pixels of the device, so that nothing is rounded twice.
      observer.observe(this.#canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(this.#canvas); // Safari knows no such box
    }
    this.#watchRatio();
  }

  /** Notices when the window moves to a screen of another density. */
  #watchRatio() {
    const same = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const changed = () => {
      this.#setSide(this.#canvas.clientWidth * devicePixelRatio);
      this.#watchRatio();
    };
    same.addEventListener("change", changed, { once: true });
  }

  /** @param {ResizeObserverEntry} entry */
  #resize(entry) {
    const side = entry.contentRect.width * devicePixelRatio;
    const exact = entry.devicePixelContentBoxSize?.[0].inlineSize ?? side;
    // Where developer tools emulate a screen, the exact side is that on the real one.
    this.#setSide(Math.abs(exact - side) < 2 ? exact : side);
  }

  /** @param {number} pixels */
  #setSide(pixels) {
    const side = Math.max(1, Math.round(pixels));
    if (this.#canvas.width === side && this.#canvas.height === side) return;
    this.#canvas.width = side;
    this.#canvas.height = side;
    this.redraw();
    this.#paint(); // at once: a canvas that was resized is empty
  }

  #paint() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { strokes, open } = this.#drawing;
    const side = this.#canvas.width;
    const colour = getComputedStyle(this.#canvas).color;
    this.#keep(open ? strokes.slice(0, -1) : strokes, side, colour);
    this.#context.clearRect(0, 0, side, side);
    this.#context.drawImage(this.#done, 0, 0);
    if (open) render(this.#context, [open], side, colour);
  }

  /**
   * @param {readonly import("./strokes.js").Stroke[]} strokes
   * @param {number} side
   * @param {string} colour
   */
  #keep(strokes, side, colour) {
    const context = /** @type {CanvasRenderingContext2D} */ (this.#done.getContext("2d"));
    const grown = this.#kept.every((stroke, index) => stroke === strokes[index]);
    if (!grown) context.clearRect(0, 0, side, side);
    render(context, grown ? strokes.slice(this.#kept.length) : strokes, side, colour);
    this.#kept = strokes;
  }
}
