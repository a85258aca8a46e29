import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fromTyped,
  inWords,
  wasRead,
  withOne,
} from "../../src/digitlens/web/static/js/corrections/should.js";

/**
 * @param {number} digit
 * @param {"read" | "unsure" | "not_a_digit"} status
 * @returns {import("../../src/digitlens/web/static/js/api.js").Digit}
 */
function one(digit, status) {
  const box = { x: 0, y: 0, width: 1, height: 1 };
  return { digit, status, confidence: 1, alternatives: [], probabilities: [], box };
}

test("what was read has a character for each digit, x for what is none", () => {
  assert.equal(wasRead([one(3, "read"), one(7, "not_a_digit"), one(5, "unsure")]), "3x5");
  assert.equal(wasRead([]), "");
});

test("one digit is corrected, the others stay", () => {
  assert.equal(withOne("305", 0, "8"), "805");
  assert.equal(withOne("305", 2, "x"), "30x");
});

test("what is typed needs a character for each digit, with several signs for none", () => {
  assert.equal(fromTyped("305", 3), "305");
  assert.equal(fromTyped(" 3 0-", 3), "30x");
  assert.equal(fromTyped("3X–", 3), "3xx");
  assert.equal(fromTyped("30", 3), null);
  assert.equal(fromTyped("30l", 3), null);
  assert.equal(fromTyped("", 0), null);
});

test("it is said as people read it", () => {
  assert.equal(inWords("4"), "4");
  assert.equal(inWords("x"), "not a digit");
  assert.equal(inWords("3x5"), "3–5");
});
