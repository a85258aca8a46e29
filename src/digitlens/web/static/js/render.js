/** Strokes are drawn on a canvas: the same way for the eye and for the network. */

import { curves, spread } from "./curve.js";

/**
 * @typedef {import("./strokes.js").Stroke} Stroke
 * @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context
 */

/**
 * @param {Context} context
 * @param {readonly Stroke[]} strokes
 * @param {number} side Pixels of the square that is drawn on.
 * @param {string} colour
 */
export function render(context, strokes, side, colour) {
  context.strokeStyle = colour;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.fillStyle = colour;
  for (const stroke of strokes) {
    if (stroke.points.length === 1) drawDot(context, stroke, side);
    else if (isEven(stroke)) drawEven(context, stroke, side);
    else drawPressed(context, stroke, side);
  }
}

/** @param {Stroke} stroke */
function isEven({ points }) {
  return points.every((point) => point.pressure === points[0].pressure);
}

/**
 * @param {Context} context
 * @param {Stroke} stroke
 * @param {number} side
 */
function drawDot(context, { points: [{ x, y, pressure }], width }, side) {
  context.beginPath();
  context.arc(x * side, y * side, (width * side * spread(pressure)) / 2, 0, 2 * Math.PI);
  context.fill();
}

/**
 * One path, so that the ink is even where its curves meet.
 * @param {Context} context
 * @param {Stroke} stroke
 * @param {number} side
 */
function drawEven(context, { points, width }, side) {
  context.lineWidth = width * side * spread(points[0].pressure);
  context.beginPath();
  context.moveTo(points[0].x * side, points[0].y * side);
  for (const { bend, to } of curves(points)) {
    context.quadraticCurveTo(bend.x * side, bend.y * side, to.x * side, to.y * side);
  }
  context.stroke();
}

/**
 * Every curve has the width of its own pressure.
 * @param {Context} context
 * @param {Stroke} stroke
 * @param {number} side
 */
function drawPressed(context, { points, width }, side) {
  for (const { from, bend, to } of curves(points)) {
    context.lineWidth = width * side * spread((from.pressure + to.pressure) / 2);
    context.beginPath();
    context.moveTo(from.x * side, from.y * side);
    context.quadraticCurveTo(bend.x * side, bend.y * side, to.x * side, to.y * side);
    context.stroke();
  }
}
