import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "../../src/digitlens/web/static/js/keys.js";

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test("undo, redo and clear have their keys, on every system", () => {
  assert.equal(commandOf({ ...none, key: "z", ctrlKey: true }), "undo");
  assert.equal(commandOf({ ...none, key: "z", metaKey: true }), "undo");
  assert.equal(commandOf({ ...none, key: "Z", ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(commandOf({ ...none, key: "y", ctrlKey: true }), "redo");
  for (const key of ["Escape", "Delete", "Backspace"]) {
    assert.equal(commandOf({ ...none, key }), "clear");
  }
});

test("other keys are left alone", () => {
  assert.equal(commandOf({ ...none, key: "z" }), null);
  assert.equal(commandOf({ ...none, key: "z", ctrlKey: true, altKey: true }), null);
  assert.equal(commandOf({ ...none, key: "Delete", ctrlKey: true }), null);
});
