/** The server is asked to read a picture. */

const ADDRESS = "/api/v1/read";

/** Milliseconds that a reading may take, and that a byte of its picture adds on a slow line. */
const PATIENCE = 15_000;
const PATIENCE_PER_BYTE = 1 / 25;

/**
 * @typedef {object} Box In pixels of the picture.
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Digit
 * @property {number} digit
 * @property {number} confidence
 * @property {"read" | "unsure" | "not_a_digit"} status
 * @property {number[]} alternatives
 * @property {number[]} probabilities
 * @property {Box} box
 * @property {string} [seen] A data URL, as all pictures are.
 *
 * @typedef {object} Steps
 * @property {string} picture
 * @property {string} ink
 * @property {{ cut: string, width: string, seen: string }[]} digits
 *
 * @typedef {object} Size
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Reading
 * @property {string} [id] With which it can be corrected, where the server keeps corrections.
 * @property {string} text
 * @property {"read" | "unsure" | "not_a_digit" | "blank"} status
 * @property {number} confidence
 * @property {Digit[]} digits
 * @property {{ name: string, version: string }} model
 * @property {number} milliseconds
 * @property {Size} size Of the picture in which the boxes stand.
 * @property {Steps} [steps]
 *
 * @typedef {object} Problem As RFC 9457 has it.
 * @property {number} status
 * @property {string} [detail]
 * @property {string} [argument]
 * @property {string} [expected]
 * @property {string} [received]
 */

/** The server did not answer, or said that it cannot now: it is worth trying again. */
export class Unreachable extends Error {
  /** @param {number} [seconds] After which the server wants to be asked again. */
  constructor(seconds = 0) {
    super("The reader cannot be reached.");
    this.seconds = seconds;
  }
}

/** The server answered that it will not read this. */
export class Refused extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/**
 * What the server would say of so large a file. It is not sent there: a server that stops listening
 * in the middle looks as if it were gone.
 * @param {number} size In bytes.
 * @param {number} most
 */
export function tooManyBytes(size, most) {
  return new Refused({ status: 413, expected: `up to ${most} bytes`, received: `${size} bytes` });
}

/**
 * @param {Blob} picture
 * @param {{ steps: boolean, signal: AbortSignal }} options `steps`: how it got there is wanted too.
 * @returns {Promise<Reading>}
 * @throws {Unreachable | Refused}
 */
export async function read(picture, { steps, signal }) {
  const include = steps ? "seen,steps" : "seen";
  const response = await send(`${ADDRESS}?include=${include}`, picture, signal);
  const said = await response.json().catch(() => null);
  if (response.ok && said) return said;
  if (!said || [429, 502, 503, 504].includes(response.status)) {
    throw new Unreachable(Number(response.headers.get("Retry-After")) || 0);
  }
  throw new Refused(said);
}

/**
 * @param {string} address
 * @param {Blob} picture
 * @param {AbortSignal} signal
 * @returns {Promise<Response>}
 */
async function send(address, picture, signal) {
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  const timer = setTimeout(giveUp, PATIENCE + picture.size * PATIENCE_PER_BYTE);
  signal.addEventListener("abort", giveUp);
  try {
    const headers = { "Content-Type": picture.type || "application/octet-stream" };
    return await fetch(address, {
      method: "POST",
      body: picture,
      headers,
      signal: patience.signal,
    });
  } catch {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
}
