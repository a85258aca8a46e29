/** Epochs of several runs, side by side, as the chart takes them. */

/** @typedef {(number | null)[][]} Rows A row for each epoch. */

export const COLUMNS = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "rate", "seconds"];

/**
 * @param {readonly Rows[]} runs
 * @param {readonly string[]} names Of the columns that are shown of each run.
 * @returns {(number | null)[][]} The epochs, then each of the columns of each run.
 */
export function align(runs, names) {
  const numbers = new Set(runs.flatMap((rows) => rows.map((row) => row[0] ?? 0)));
  const epochs = [...numbers].sort((a, b) => a - b);
  const lines = runs.flatMap((rows) => {
    const found = new Map(rows.map((row) => [row[0], row]));
    return names.map((name) => {
      const column = COLUMNS.indexOf(name);
      return epochs.map((epoch) => found.get(epoch)?.[column] ?? null);
    });
  });
  return [epochs, ...lines];
}

/**
 * Epochs that are known, and those that came since. A training that went on after a break may have
 * lost the last ones: then all are asked for again.
 * @param {Rows} known
 * @param {{ rows: Rows, last: number }} news
 * @returns {Rows | null} null where they do not go together.
 */
export function append(known, { rows, last }) {
  const end = known.at(-1)?.[0] ?? 0;
  if (last < end) return null;
  return rows.length ? [...known, ...rows] : known;
}

/**
 * Where a chart is zoomed to, after one of its buttons was pressed.
 * @param {[number, number]} shown The first and the last epoch.
 * @param {[number, number]} all
 * @param {number} factor Below 1 to see less, above to see more.
 * @returns {[number, number]}
 */
export function zoom([low, high], [first, last], factor) {
  const width = Math.min(Math.max((high - low) * factor, 1), last - first);
  // The newest epochs are the interesting ones: they stay.
  const end = Math.min(Math.max(high, first + width), last);
  return [Math.max(first, end - width), end];
}
