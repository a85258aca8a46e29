import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../src/digitlens/web/static/js/lab/format.js";
import { press, sorted } from "../../src/digitlens/web/static/js/lab/order.js";
import { align, append, zoom } from "../../src/digitlens/web/static/js/lab/series.js";

/**
 * @param {Partial<import("../../src/digitlens/web/static/js/lab/api.js").Run>} changes
 * @returns {import("../../src/digitlens/web/static/js/lab/api.js").Run}
 */
function run(changes) {
  return {
    name: "a",
    model: "tiny",
    state: "done",
    stopping: false,
    reason: "",
    started: "2026-01-01T00:00:00Z",
    seconds: 0,
    epoch: 0,
    epochs: 5,
    parameters: 0,
    bytes: 0,
    latency: 0,
    accuracy: null,
    interval: null,
    parts: [],
    ...changes,
  };
}

test("figures are short, and a dash where there is none", () => {
  assert.equal(format.percent(0.99456), "99.46\u00a0%");
  assert.equal(format.percent(null), "–");
  assert.equal(format.between([0.9901, 0.9912]), "99.01 to 99.12");
  assert.equal(format.whole(1884042), "1,884,042");
  assert.deepEqual([21_000, 9_400, 1_960_000, 0].map(format.size), [
    "21\u00a0kB",
    "9.4\u00a0kB",
    "2.0\u00a0MB",
    "–",
  ]);
  assert.deepEqual([84, 1830].map(format.latency), ["84\u00a0µs", "1.8\u00a0ms"]);
  assert.deepEqual([0, 0.2, 59, 112, 3720].map(format.duration), [
    "–",
    "1\u00a0s",
    "59\u00a0s",
    "1\u00a0min 52\u00a0s",
    "1\u00a0h 2\u00a0min",
  ]);
});

test("a time of today has no date, and what is no time is a dash", () => {
  const now = new Date(2026, 0, 2, 12, 0);
  assert.equal(format.date(new Date(2026, 0, 2, 9, 5).toISOString(), now), "09:05");
  assert.equal(format.date(new Date(2026, 0, 1, 9, 5).toISOString(), now), "1 Jan, 09:05");
  assert.equal(format.date("", now), "–");
});

test("the state of a run is said in words, with the epoch that it is in", () => {
  const words = (/** @type {object} */ changes) => format.stateWords(run(changes));
  assert.equal(words({ state: "starting" }), "Starting");
  assert.equal(words({ state: "running", epoch: 2 }), "Epoch 3 of 5");
  assert.equal(words({ state: "running", epoch: 5 }), "Measuring");
  assert.equal(words({ state: "running", stopping: true }), "Stopping");
  assert.equal(words({ state: "failed" }), "Failed");
});

test("the time left follows from the epochs that are done", () => {
  assert.equal(format.timeLeft({ epoch: 2, epochs: 5, seconds: 20 }), 30);
  assert.equal(format.timeLeft({ epoch: 0, epochs: 5, seconds: 0 }), 0);
});

test("a column is sorted either way, with what is not known last", () => {
  const runs = [
    run({ name: "a", accuracy: 0.98 }),
    run({ name: "b" }),
    run({ name: "c", accuracy: 0.99 }),
  ];
  const names = (
    /** @type {import("../../src/digitlens/web/static/js/lab/order.js").Order} */ by,
  ) =>
    sorted(runs, by)
      .map((one) => one.name)
      .join("");
  const first = press({ key: "name", down: false }, "accuracy");
  assert.equal(names(first), "cab");
  assert.equal(names(press(first, "accuracy")), "acb");
  assert.equal(names(press(first, "parameters")), "abc");
});

test("runs of different lengths lie over the same epochs", () => {
  const short = [[1, 0.5, 0.8, 0.4, 0.9, 0.1, 9]];
  const long = [
    [1, 0.6, 0.7, 0.5, 0.8, 0.1, 9],
    [2, null, 0.75, 0.45, 0.85, 0.1, 9],
  ];
  assert.deepEqual(align([short, long], ["loss", "val_loss"]), [
    [1, 2],
    [0.5, null],
    [0.4, null],
    [0.6, null],
    [0.5, 0.45],
  ]);
  assert.deepEqual(align([], ["loss"]), [[]]);
});

test("new epochs are added; where some were lost, all are wanted again", () => {
  const known = [[1], [2]];
  assert.deepEqual(append(known, { rows: [[3]], last: 3 }), [[1], [2], [3]]);
  assert.equal(append(known, { rows: [], last: 2 }), known);
  assert.equal(append(known, { rows: [], last: 1 }), null);
});

test("zooming in keeps the newest epochs, zooming out ends with all", () => {
  assert.deepEqual(zoom([1, 41], [1, 41], 0.5), [21, 41]);
  assert.deepEqual(zoom([21, 41], [1, 41], 2), [1, 41]);
  assert.deepEqual(zoom([5, 10], [1, 41], 2), [1, 11]);
  assert.deepEqual(zoom([40, 41], [1, 41], 0.5), [40, 41]);
});
