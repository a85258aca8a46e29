import assert from "node:assert/strict";
import { test } from "node:test";
import * as words from "../../src/digitlens/web/static/js/words.js";

/** @typedef {import("../../src/digitlens/web/static/js/api.js").Reading} Reading */

/**
 * @param {Record<number, number>} shares Of the digits that have one.
 * @param {"read" | "unsure" | "not_a_digit"} [status]
 * @returns {import("../../src/digitlens/web/static/js/api.js").Digit}
 */
function digit(shares, status = "read") {
  const probabilities = Array.from({ length: 10 }, (_, d) => shares[d] ?? 0);
  const order = probabilities.map((_, d) => d).sort((a, b) => probabilities[b] - probabilities[a]);
  return {
    digit: order[0],
    confidence: probabilities[order[0]],
    status,
    alternatives: order.slice(1).filter((d) => probabilities[d] > 0.1),
    probabilities,
    box: { x: 0, y: 0, width: 1, height: 1 },
  };
}

/**
 * @param {Reading["status"]} status
 * @param {Reading["digits"]} digits
 * @returns {Reading}
 */
function reading(status, ...digits) {
  const text = digits.map((d) => (d.status === "not_a_digit" ? "" : d.digit)).join("");
  const confidence = digits.reduce((share, d) => share * d.confidence, 1);
  const rest = { model: { name: "", version: "" }, milliseconds: 1, size: { width: 1, height: 1 } };
  return { text, status, confidence, digits, ...rest };
}

/** @param {Reading} said */
const sentence = (said) => words.describe(said, "drawing").sentence.replaceAll("\u00a0", " ");

test("nothing is ever said to be certain", () => {
  assert.equal(words.percent(1), "99.9");
  assert.equal(words.tenths(0.99999), "99.9");
  assert.equal(words.percent(0.9949), "99");
  assert.equal(words.percent(0.9962), "99.6");
  assert.equal(words.percent(0.874), "87");
  assert.equal(words.tenths(0.0004), "0");
});

test("one digit: how sure it is, what it may be, or that it is none", () => {
  assert.equal(sentence(reading("read", digit({ 7: 0.985, 1: 0.015 }))), "99 % sure");
  const unsure = reading("unsure", digit({ 4: 0.52, 9: 0.45, 7: 0.03 }, "unsure"));
  assert.equal(sentence(unsure), "4 or 9?");
  const none = reading("not_a_digit", digit({ 8: 0.9 }, "not_a_digit"));
  assert.equal(sentence(none), "This does not look like a digit.");
});

test("at most three digits are named as what it may be", () => {
  const unsure = digit({ 1: 0.3, 2: 0.25, 3: 0.24, 4: 0.21 }, "unsure");
  assert.equal(sentence(reading("unsure", unsure)), "1, 2 or 3?");
});

test("several digits: the sentence is about the one that is in doubt", () => {
  const sure = digit({ 3: 0.99 });
  assert.equal(sentence(reading("read", sure, sure)), "98 % sure");
  const doubt = digit({ 4: 0.5, 9: 0.5 }, "unsure");
  assert.equal(sentence(reading("unsure", sure, doubt)), "Second digit: 4 or 9?");
  const none = digit({ 8: 0.9 }, "not_a_digit");
  assert.equal(
    sentence(reading("not_a_digit", none, sure)),
    "First: this does not look like a digit.",
  );
});

test("a blank canvas asks for a digit, a blank picture says that there is none", () => {
  assert.equal(words.describe(null, "drawing").sentence, "Draw a digit");
  assert.equal(words.describe(reading("blank"), "picture").sentence, "No digit found");
});

test("what is read aloud begins with the number", () => {
  const said = words.speak(reading("read", digit({ 7: 0.6, 1: 0.4 })), "drawing");
  assert.equal(said, "7, 60\u00a0% sure");
});
