import assert from "node:assert/strict";
import { test } from "node:test";
import { Attention } from "../../src/digitlens/web/static/js/attention.js";

/**
 * @param {number} confidence
 * @param {"read" | "unsure" | "not_a_digit"} [status]
 * @returns {import("../../src/digitlens/web/static/js/api.js").Digit}
 */
function digit(confidence, status = "read") {
  const box = { x: 0, y: 0, width: 1, height: 1 };
  return { digit: 1, confidence, status, alternatives: [], probabilities: [], box };
}

test("the least sure digit is shown, and none where there is none", () => {
  const attention = new Attention(() => {});
  assert.equal(attention.shown, -1);
  attention.follow([digit(0.9), digit(0.6), digit(0.99)]);
  assert.equal(attention.shown, 1);
  attention.follow([digit(0.9), digit(0.6), digit(0.99, "not_a_digit")]);
  assert.equal(attention.shown, 2);
});

test("what was chosen stays, as long as there is such a digit", () => {
  const attention = new Attention(() => {});
  attention.follow([digit(0.9), digit(0.6), digit(0.99)]);
  attention.choose(2);
  attention.follow([digit(0.1), digit(0.6), digit(0.99)]);
  assert.equal(attention.shown, 2);
  attention.follow([digit(0.1), digit(0.6)]);
  assert.equal(attention.shown, 0);
});

test("pointing at the same digit again is no change", () => {
  let changes = 0;
  const attention = new Attention(() => {
    changes += 1;
  });
  attention.follow([digit(0.9), digit(0.6)]);
  attention.point(1);
  attention.point(1);
  attention.point(null);
  assert.equal(changes, 2);
});
