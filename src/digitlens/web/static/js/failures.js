/** What a failure is called in words. */

import { Refused, Unreachable } from "./api.js";

/**
 * @typedef {import("./words.js").Source} Source
 * @typedef {import("./words.js").Words} Words
 */

const FORMATS = "PNG, JPEG, WebP, GIF, BMP and TIFF";

/**
 * @param {unknown} error
 * @param {Source} source
 * @returns {Words}
 */
export function explain(error, source) {
  if (error instanceof Unreachable) {
    return {
      sentence: "The reader cannot be reached.",
      detail: `Your ${source} is kept; trying again…`,
    };
  }
  if (error instanceof Refused) return explainRefusal(error.problem, source);
  return { sentence: "Something went wrong on this page.", detail: "Please load it again." };
}

/**
 * @param {import("./api.js").Problem} problem
 * @param {Source} source
 * @returns {Words}
 */
function explainRefusal({ status, expected = "", received = "", detail = "" }, source) {
  if (status === 413) return explainSize(expected, received);
  if (status === 415) {
    return { sentence: "This kind of file cannot be read.", detail: `${FORMATS} can.` };
  }
  if (status === 422) {
    return { sentence: `This ${source} cannot be read.`, detail: "It is damaged, or no picture." };
  }
  return { sentence: "The reader could not read this.", detail };
}

/**
 * @param {string} expected
 * @param {string} received
 * @returns {Words}
 */
function explainSize(expected, received) {
  const limit = millions(Number(expected.replace(/\D/g, "")));
  const [, width, height] = received.match(/(\d+)\D+(\d+)/) ?? [];
  if (expected.includes("pixels") && height) {
    return tooLarge(`${millions(Number(width) * Number(height))} megapixels`, limit);
  }
  const size = Number(received.replace(/\D/g, ""));
  return tooLarge(size ? `${millions(size)} MB` : "more bytes", `${limit} MB`);
}

/**
 * @param {string} size
 * @param {string} limit
 * @returns {Words}
 */
function tooLarge(size, limit) {
  return {
    sentence: "This picture is too large.",
    detail: `It has ${size}; up to ${limit} are read.`,
  };
}

/**
 * In millions, rounded up, so that what is too large never looks as if it were not.
 * @param {number} number
 */
function millions(number) {
  return String(Math.ceil(number / 1e5) / 10);
}
