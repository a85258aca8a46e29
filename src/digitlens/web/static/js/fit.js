/** Where things stand on the square canvas: pictures fitted into it, and boxes in them. */

/**
 * @typedef {import("./api.js").Box} Box
 * @typedef {import("./api.js").Size} Size
 */

/**
 * A box of a picture, on the square into which that picture is fitted.
 * @param {Box} box In pixels of the picture.
 * @param {Size} size Of the picture, in pixels.
 * @returns {Box} In shares of the square's side.
 */
export function placeBox(box, size) {
  const longer = Math.max(size.width, size.height);
  return {
    x: (box.x + (longer - size.width) / 2) / longer,
    y: (box.y + (longer - size.height) / 2) / longer,
    width: box.width / longer,
    height: box.height / longer,
  };
}

/**
 * The box at a place; the smallest, where several are.
 * @param {readonly Box[]} boxes
 * @param {number} x
 * @param {number} y
 * @returns {number | null} Its index.
 */
export function boxAt(boxes, x, y) {
  const holding = boxes
    .map((box, index) => ({ box, index }))
    .filter(({ box }) => x >= box.x && y >= box.y && x <= box.x + box.width)
    .filter(({ box }) => y <= box.y + box.height)
    .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height);
  return holding[0]?.index ?? null;
}
