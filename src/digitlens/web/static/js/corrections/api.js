/** The server is told what a reading should have been, and to forget it again. */

import { Refused, Unreachable } from "../api.js";

const ADDRESS = "/api/v1/corrections";

/**
 * @typedef {object} Material What a reading was made of.
 * @property {object} of The drawing or the file; the same object as long as it is the same picture.
 * @property {Blob} picture As it was sent.
 * @property {number[][][] | null} drawn Its strokes, in pixels of the picture; null for a file.
 *
 * @typedef {object} Kept
 * @property {string} receipt
 * @property {boolean} created
 * @property {boolean} changed
 */

/**
 * @param {string} reading Its id.
 * @param {string} should
 * @param {string} client
 * @param {Material} material
 * @returns {Promise<Kept>}
 * @throws {Unreachable | Refused}
 */
export async function say(reading, should, client, { picture, drawn }) {
  const form = new FormData();
  form.append("reading", reading);
  form.append("should", should);
  form.append("client", client);
  if (drawn) form.append("drawn", JSON.stringify(drawn));
  form.append("image", picture);
  return (await send(ADDRESS, { method: "POST", body: form })).json();
}

/**
 * Takes a correction back. One that the server no longer knows is taken back already.
 * @param {string} receipt
 */
export async function takeBack(receipt) {
  try {
    await send(`${ADDRESS}/${encodeURIComponent(receipt)}`, { method: "DELETE" });
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 404)) throw error;
  }
}

/**
 * @param {unknown} error
 * @returns {string} Why nothing came of it, as a sentence.
 */
export function reason(error) {
  if (error instanceof Refused && error.problem.status === 429) {
    return "That was too much at once; please try again in a moment.";
  }
  if (error instanceof Unreachable || (error instanceof Refused && error.problem.status === 503)) {
    return "The server cannot do that now; please try again in a moment.";
  }
  if (error instanceof Refused) return error.problem.detail ?? "The server refused that.";
  throw error;
}

/**
 * @param {string} address
 * @param {RequestInit} options
 */
async function send(address, options) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Unreachable();
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => null);
  throw said ? new Refused(said) : new Unreachable();
}
