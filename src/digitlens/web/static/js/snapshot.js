/** What is sent of a drawing: a picture of it, dark on white, whatever the screen and the theme. */

import { render } from "./render.js";

/** Pixels of the picture's side. More of them read no better, and take longer. */
const SIDE = 384;

const canvas = document.createElement("canvas");
canvas.width = SIDE;
canvas.height = SIDE;
const context = /** @type {CanvasRenderingContext2D} */ (
  canvas.getContext("2d", { alpha: false, willReadFrequently: true })
);

/**
 * @param {readonly import("./strokes.js").Stroke[]} strokes
 * @returns {Promise<Blob>} A PNG.
 */
export function snapshot(strokes) {
  context.fillStyle = "#fff";
  context.fillRect(0, 0, SIDE, SIDE);
  render(context, strokes, SIDE, "#000");
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The canvas could not be turned into a PNG."));
    }, "image/png");
  });
}

/**
 * The strokes of a drawing as they are now, in pixels of its picture.
 * @param {readonly import("./strokes.js").Stroke[]} strokes
 */
export function strokesOf(strokes) {
  const place = (/** @type {number} */ share) => Math.round(share * SIDE * 10) / 10;
  return strokes.map(({ points }) => points.map(({ x, y }) => [place(x), place(y)]));
}
