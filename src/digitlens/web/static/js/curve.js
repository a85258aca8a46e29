/**
 * Points become a smooth line: quadratic curves from the middle of one step to that of the next,
 * bent towards the point between them.
 */

/** @typedef {import("./strokes.js").Point} Point */

/**
 * @typedef {object} Curve
 * @property {Point} from
 * @property {Point} bend The control point.
 * @property {Point} to
 */

/**
 * @param {readonly Point[]} points At least one.
 * @returns {Curve[]} They meet end to end, from the first point to the last.
 */
export function curves(points) {
  const first = points[0];
  const last = points[points.length - 1];
  /** @type {Curve[]} */
  const line = [];
  let from = first;
  for (let i = 1; i < points.length - 1; i += 1) {
    const to = middle(points[i], points[i + 1]);
    line.push({ from, bend: points[i], to });
    from = to;
  }
  line.push({ from, bend: middle(from, last), to: last });
  return line;
}

/**
 * How much wider or thinner the pen draws at a pressure; 1 at 0.5.
 * @param {number} pressure 0 to 1.
 */
export function spread(pressure) {
  return 0.4 + 1.2 * pressure;
}

/**
 * @param {Point} a
 * @param {Point} b
 * @returns {Point}
 */
function middle(a, b) {
  return {
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
    pressure: (a.pressure + b.pressure) / 2,
  };
}
