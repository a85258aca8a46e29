/**
 * The drawing as data: strokes on a square whose side is 1, and their history.
 *
 * It knows no canvas and no events, so a resize or another theme only draws it again.
 */

/**
 * @typedef {object} Point
 * @property {number} x 0 is the left, 1 the right side.
 * @property {number} y 0 is the top, 1 the bottom.
 * @property {number} pressure Of the pen, 0 to 1; 0.5 where the device knows none.
 *
 * @typedef {object} Stroke
 * @property {number} width Of the pen at pressure 0.5, as a share of the side.
 * @property {Point[]} points
 */

/** Points nearer than this to the last one say nothing new. */
const STEP = 0.001;

/** Strokes that can be taken back, brought back and cleared; clearing can be taken back too. */
export class Drawing {
  /** @type {Stroke[][]} Every state of the drawing, from empty to the newest. */
  #states = [[]];
  #now = 0;
  /** @type {Stroke | null} The stroke that is being drawn. */
  #open = null;

  /** @returns {readonly Stroke[]} */
  get strokes() {
    return this.#states[this.#now];
  }

  /** @returns {Stroke | null} The stroke that is being drawn; it is the last of `strokes`. */
  get open() {
    return this.#open;
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  get canUndo() {
    return this.#now > 0;
  }

  get canRedo() {
    return this.#now < this.#states.length - 1;
  }

  /**
   * Sets the pen down.
   * @param {number} width
   * @param {Point} point
   */
  begin(width, point) {
    this.#open = { width, points: [point] };
    this.#append([...this.strokes, this.#open]);
  }

  /**
   * Moves the pen. Without a pen that is down, nothing happens.
   * @param {Point} point
   * @returns {boolean} Whether the drawing changed.
   */
  extend(point) {
    const last = this.#open?.points.at(-1);
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) < STEP) return false;
    this.#open?.points.push(point);
    return true;
  }

  /** Lifts the pen. */
  end() {
    this.#open = null;
  }

  undo() {
    this.end();
    if (this.canUndo) this.#now -= 1;
  }

  redo() {
    this.end();
    if (this.canRedo) this.#now += 1;
  }

  clear() {
    this.end();
    if (!this.isEmpty) this.#append([]);
  }

  /** @param {Stroke[]} state */
  #append(state) {
    this.#states.length = this.#now + 1;
    this.#states.push(state);
    this.#now += 1;
  }
}
