import assert from "node:assert/strict";
import { test } from "node:test";
import { boxAt, placeBox } from "../../src/digitlens/web/static/js/fit.js";

test("a box of a wide picture is moved down by the bar above it", () => {
  const box = { x: 100, y: 0, width: 50, height: 100 };
  const placed = placeBox(box, { width: 200, height: 100 });
  assert.deepEqual(placed, { x: 0.5, y: 0.25, width: 0.25, height: 0.5 });
});

test("a box of a tall picture is moved right", () => {
  const placed = placeBox({ x: 0, y: 0, width: 100, height: 200 }, { width: 100, height: 200 });
  assert.deepEqual(placed, { x: 0.25, y: 0, width: 0.5, height: 1 });
});

test("where boxes lie in each other, the smallest is meant", () => {
  const large = { x: 0, y: 0, width: 1, height: 1 };
  const small = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };
  assert.equal(boxAt([large, small], 0.5, 0.5), 1);
  assert.equal(boxAt([large, small], 0.1, 0.1), 0);
  assert.equal(boxAt([small], 0.1, 0.5), null);
});
