import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawing } from "../../src/digitlens/web/static/js/strokes.js";

/**
 * @param {number} x
 * @param {number} [y]
 */
const at = (x, y = 0.5) => ({ x, y, pressure: 0.5 });

/** @param {number} count */
function drawn(count) {
  const drawing = new Drawing();
  for (let i = 0; i < count; i += 1) {
    drawing.begin(0.03, at(i / 10));
    drawing.extend(at(i / 10, 0.9));
    drawing.end();
  }
  return drawing;
}

test("a stroke keeps its width and its points", () => {
  const [stroke] = drawn(1).strokes;
  assert.deepEqual(stroke, { width: 0.03, points: [at(0), at(0, 0.9)] });
});

test("a point that is where the last one was says nothing new", () => {
  const drawing = new Drawing();
  drawing.begin(0.03, at(0.5));
  assert.equal(drawing.extend(at(0.5001)), false);
  assert.equal(drawing.extend(at(0.6)), true);
  assert.equal(drawing.strokes[0].points.length, 2);
});

test("a pen that is not down draws nothing", () => {
  const drawing = drawn(1);
  assert.equal(drawing.extend(at(0.9)), false);
  assert.equal(drawing.strokes[0].points.length, 2);
});

test("every stroke is taken back and brought back, the last one first", () => {
  const drawing = drawn(3);
  const all = drawing.strokes;
  drawing.undo();
  drawing.undo();
  assert.deepEqual(drawing.strokes, all.slice(0, 1));
  drawing.redo();
  drawing.redo();
  assert.deepEqual(drawing.strokes, all);
  assert.equal(drawing.canRedo, false);
});

test("beyond the first and the last state nothing happens", () => {
  const drawing = drawn(1);
  drawing.redo();
  drawing.undo();
  drawing.undo();
  assert.ok(drawing.isEmpty);
  assert.equal(drawing.canUndo, false);
});

test("clearing can be taken back", () => {
  const drawing = drawn(2);
  drawing.clear();
  assert.ok(drawing.isEmpty);
  drawing.undo();
  assert.equal(drawing.strokes.length, 2);
});

test("clearing what is empty adds no state", () => {
  const drawing = new Drawing();
  drawing.clear();
  assert.equal(drawing.canUndo, false);
});

test("a new stroke after an undo forgets what was undone", () => {
  const drawing = drawn(2);
  drawing.undo();
  drawing.begin(0.03, at(0.7));
  drawing.end();
  assert.equal(drawing.canRedo, false);
  assert.deepEqual(
    drawing.strokes.map((stroke) => stroke.points[0].x),
    [0, 0.7],
  );
});

test("undo while the pen is down takes back the stroke in progress", () => {
  const drawing = drawn(1);
  drawing.begin(0.03, at(0.5));
  drawing.undo();
  assert.equal(drawing.open, null);
  assert.equal(drawing.extend(at(0.9)), false);
  assert.equal(drawing.strokes.length, 1);
});
