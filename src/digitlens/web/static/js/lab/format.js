/** Figures as people read them. What is not known yet is a dash. */

export const NONE = "–";
const SPACE = "\u00a0";

/** @param {number | null | undefined} share 0 to 1 */
export function percent(share) {
  return share === null || share === undefined ? NONE : `${(share * 100).toFixed(2)}${SPACE}%`;
}

/** @param {[number, number] | null | undefined} interval */
export function between(interval) {
  if (!interval) return "";
  const [low, high] = interval.map((share) => (share * 100).toFixed(2));
  return `${low} to ${high}`;
}

/** @param {number} count */
export function whole(count) {
  return count ? count.toLocaleString("en") : NONE;
}

/** @param {number} count In bytes. */
export function size(count) {
  if (!count) return NONE;
  const [value, unit] = count < 1e6 ? [count / 1e3, "kB"] : [count / 1e6, "MB"];
  return `${value.toFixed(value < 10 ? 1 : 0)}${SPACE}${unit}`;
}

/** @param {number} microseconds */
export function latency(microseconds) {
  if (!microseconds) return NONE;
  return microseconds < 1000
    ? `${Math.round(microseconds)}${SPACE}µs`
    : `${(microseconds / 1000).toFixed(1)}${SPACE}ms`;
}

/** @param {number} seconds */
export function duration(seconds) {
  if (!seconds) return NONE;
  const rounded = Math.max(1, Math.round(seconds));
  if (rounded < 60) return `${rounded}${SPACE}s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)}${SPACE}min ${rounded % 60}${SPACE}s`;
  return `${Math.floor(rounded / 3600)}${SPACE}h ${Math.floor((rounded % 3600) / 60)}${SPACE}min`;
}

/**
 * @param {string} moment RFC 3339.
 * @param {Date} [now]
 */
export function date(moment, now = new Date()) {
  const then = new Date(moment);
  if (Number.isNaN(then.getTime())) return NONE;
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === now.toDateString()) return time;
  return `${then.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${time}`;
}

/**
 * Seconds that a training will still take; 0 where nothing can be said yet.
 * @param {{ epoch: number, epochs: number, seconds: number }} run
 */
export function timeLeft({ epoch, epochs, seconds }) {
  return epoch ? ((epochs - epoch) * seconds) / epoch : 0;
}

/** @param {import("./api.js").Run} run */
export function stateWords(run) {
  if (run.state === "starting") return "Starting";
  if (run.state !== "running")
    return { done: "Done", stopped: "Stopped", failed: "Failed", own: "Ready" }[run.state];
  if (run.stopping) return "Stopping";
  if (run.epochs && run.epoch >= run.epochs) return "Measuring";
  return `Epoch ${run.epoch + 1} of ${run.epochs}`;
}

/** @param {import("./api.js").Run} run */
export function isActive(run) {
  return run.state === "running" || run.state === "starting";
}
