import assert from "node:assert/strict";
import { test } from "node:test";
import { Deck } from "../../src/digitlens/web/static/js/review/deck.js";
import { meaningOf } from "../../src/digitlens/web/static/js/review/keys.js";

/**
 * @param {number} count
 * @returns {Deck} With cards of the ids 1, 2, …
 */
function deckOf(count) {
  const deck = new Deck();
  const rest = { client: "", model: "", version: "", read: "1", confidence: 1, cut: "", seen: "" };
  deck.add(
    Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      judged: /** @type {const} */ ("read"),
      given: "2",
      should: "2",
      status: /** @type {const} */ ("pending"),
      said: "",
      ...rest,
    })),
  );
  return deck;
}

/** @param {Deck} deck */
const ids = (deck) => deck.cards.map((card) => card.id);
/** @param {Deck} deck */
const targets = (deck) => deck.targets.map((card) => card.id);

test("a deed is for what is chosen, or else for the one where one is", () => {
  const deck = deckOf(4);
  assert.deepEqual(targets(deck), [1]);
  deck.toggle(2);
  deck.toggle(1);
  assert.deepEqual(targets(deck), [2, 3]);
  deck.toggle(2);
  assert.deepEqual(targets(deck), [2]);
  deck.chooseAll();
  assert.deepEqual(targets(deck), [1, 2, 3, 4]);
  deck.chooseNone();
  assert.deepEqual(targets(deck), [2 + 1]);
});

test("going on with Shift chooses all from where one began", () => {
  const deck = deckOf(5);
  deck.go(3);
  deck.go(1, true);
  assert.deepEqual(targets(deck), [2, 3, 4]);
  deck.go(9, true);
  assert.deepEqual(targets(deck), [4, 5]);
  assert.equal(deck.at, 4);
});

test("what was taken out comes back to where it was", () => {
  const deck = deckOf(6);
  deck.go(3);
  const taken = deck.take(new Set([1, 4]));
  assert.deepEqual(ids(deck), [2, 3, 5, 6]);
  assert.deepEqual(targets(deck), [5]); // the next one that stays
  deck.putBack(taken);
  assert.deepEqual(ids(deck), [1, 2, 3, 4, 5, 6]);
  assert.equal(deck.at, 0);
});

test("an empty deck has no target", () => {
  const deck = deckOf(1);
  deck.take(new Set([1]));
  assert.deepEqual(targets(deck), []);
  deck.go(1);
  assert.deepEqual(targets(deck), []);
});

test("keys", () => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  assert.deepEqual(meaningOf({ ...none, key: "A" }), { deed: "accept" });
  assert.deepEqual(meaningOf({ ...none, key: "7" }), { deed: "7" });
  assert.deepEqual(meaningOf({ ...none, key: "z", ctrlKey: true }), { deed: "undo" });
  assert.deepEqual(meaningOf({ ...none, key: "a", ctrlKey: true }), { deed: "all" });
  assert.deepEqual(meaningOf({ ...none, key: "ArrowUp", shiftKey: true }), {
    move: "up",
    extend: true,
  });
  assert.equal(meaningOf({ ...none, key: "c", ctrlKey: true }), null);
  assert.equal(meaningOf({ ...none, key: "q" }), null);
  assert.equal(meaningOf({ ...none, key: "a", altKey: true }), null);
});
