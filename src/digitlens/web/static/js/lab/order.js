/** The order of the runs: by any column, those without a figure last. */

/**
 * @typedef {import("./api.js").Run} Run
 * @typedef {{ key: keyof Run, down: boolean }} Order
 */

/** Columns in which the best comes first when one presses them the first time. */
const LARGEST_FIRST = new Set(["accuracy", "started"]);

/**
 * The order after a column's header was pressed.
 * @param {Order} order
 * @param {keyof Run} key
 * @returns {Order}
 */
export function press(order, key) {
  return { key, down: order.key === key ? !order.down : LARGEST_FIRST.has(key) };
}

/**
 * @param {readonly Run[]} runs
 * @param {Order} order
 * @returns {Run[]}
 */
export function sorted(runs, { key, down }) {
  const known = runs.filter((run) => isKnown(run[key]));
  const unknown = runs.filter((run) => !isKnown(run[key]));
  known.sort((a, b) => compare(a[key], b[key]) * (down ? -1 : 1) || compare(a.name, b.name));
  return [...known, ...unknown];
}

/** @param {unknown} value */
function isKnown(value) {
  return value !== null && value !== 0 && value !== "";
}

/**
 * @param {any} a
 * @param {any} b
 */
function compare(a, b) {
  if (typeof a === "string") return a.localeCompare(b, "en", { numeric: true });
  return a - b;
}
