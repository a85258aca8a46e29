/** Mouse, finger and pen on the canvas become strokes. One pointer draws at a time. */

/** @typedef {import("./strokes.js").Drawing} Drawing */

/**
 * @typedef {object} Reports
 * @property {() => void} drawn The stroke in progress grew.
 * @property {() => void} lifted It is finished.
 */

export class Pad {
  /** @type {number | null} The pointer that draws. */
  #pointer = null;
  #canvas;
  #drawing;
  #reports;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Drawing} drawing
   * @param {() => number} width Of the pen, as a share of the canvas.
   * @param {Reports} reports
   */
  constructor(canvas, drawing, width, reports) {
    this.#canvas = canvas;
    this.#drawing = drawing;
    this.#reports = reports;
    canvas.addEventListener("pointerdown", (event) => this.#down(event, width()));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) {
      canvas.addEventListener(kind, (event) => this.#up(/** @type {PointerEvent} */ (event)));
    }
    keepGestures(canvas);
  }

  /**
   * @param {PointerEvent} event
   * @param {number} width
   */
  #down(event, width) {
    if (this.#pointer !== null || event.button !== 0) return;
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#drawing.begin(width, this.#locate(event));
    this.#reports.drawn();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    // All places since the last frame; none in a browser that does not keep them.
    const passed = event.getCoalescedEvents?.() ?? [];
    const places = passed.length ? passed : [event];
    const grown = places.map((place) => this.#drawing.extend(this.#locate(place)));
    if (grown.includes(true)) this.#reports.drawn();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = null;
    this.#drawing.end();
    this.#reports.lifted();
  }

  /**
   * @param {PointerEvent} event
   * @returns {import("./strokes.js").Point}
   */
  #locate(event) {
    const place = this.#canvas.getBoundingClientRect();
    return {
      x: (event.clientX - place.left) / place.width,
      y: (event.clientY - place.top) / place.height,
      // Only pens tell a pressure that a hand can steer.
      pressure: event.pointerType === "pen" && event.pressure > 0 ? event.pressure : 0.5,
    };
  }
}

/**
 * Keeps the browser's own gestures off the canvas, beyond what `touch-action` does.
 * @param {HTMLCanvasElement} canvas
 */
function keepGestures(canvas) {
  // iPadOS takes quick pen strokes for handwriting unless their touches are claimed:
  // https://mikepk.com/2020/10/iOS-safari-scribble-bug/
  canvas.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
}
