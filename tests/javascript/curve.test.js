import assert from "node:assert/strict";
import { test } from "node:test";
import { curves, spread } from "../../src/digitlens/web/static/js/curve.js";

/**
 * @param {number} x
 * @param {number} y
 */
const at = (x, y, pressure = 0.5) => ({ x, y, pressure });

test("the line goes from the first point to the last without a gap", () => {
  const points = [at(0, 0), at(0.2, 0.6), at(0.5, 0.1), at(0.9, 0.4)];
  const line = curves(points);
  assert.deepEqual(line[0].from, points[0]);
  assert.deepEqual(line.at(-1)?.to, points[3]);
  for (let i = 1; i < line.length; i += 1) assert.deepEqual(line[i].from, line[i - 1].to);
});

test("it bends without a corner: where curves meet, they have one direction", () => {
  const line = curves([at(0, 0), at(0.2, 0.6), at(0.5, 0.1), at(0.9, 0.4), at(0.7, 0.9)]);
  for (let i = 1; i < line.length; i += 1) {
    const [one, other] = [line[i - 1], line[i]];
    const into = [one.to.x - one.bend.x, one.to.y - one.bend.y];
    const out = [other.bend.x - other.from.x, other.bend.y - other.from.y];
    assert.ok(Math.abs(into[0] * out[1] - into[1] * out[0]) < 1e-12);
  }
});

test("one point and two points are lines too", () => {
  assert.equal(curves([at(0.3, 0.3)]).length, 1);
  const [line] = curves([at(0, 0), at(1, 1)]);
  assert.deepEqual([line.from, line.to], [at(0, 0), at(1, 1)]);
});

test("the pen is as wide as the slider says at half pressure, and wider when pressed", () => {
  assert.equal(spread(0.5), 1);
  assert.ok(spread(0.1) < 1 && spread(1) > 1);
});
