/** The server is asked about the Lab, and told what to do. */

import { Refused, Unreachable } from "../api.js";

const BASE = "/api/v1/lab";

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {string} model
 * @property {"starting" | "running" | "done" | "stopped" | "failed" | "own"} state
 * @property {boolean} stopping
 * @property {string} reason
 * @property {string} started RFC 3339.
 * @property {number} seconds
 * @property {number} epoch Whole ones that are done.
 * @property {number} epochs
 * @property {number} parameters
 * @property {number} bytes
 * @property {number} latency Microseconds.
 * @property {number | null} accuracy
 * @property {[number, number] | null} interval
 * @property {string[]} parts
 *
 * @typedef {Run & { filters: string[] }} RunDetail
 *
 * @typedef {object} Job
 * @property {string} name
 * @property {string} model
 * @property {string} preset
 * @property {number | null} epochs
 *
 * @typedef {object} Model
 * @property {string | null} [run]
 * @property {string} name
 * @property {string} version
 * @property {number} parameters
 * @property {number} bytes
 * @property {number | null} accuracy
 * @property {[number, number] | null} interval
 *
 * @typedef {object} Overview
 * @property {Run[]} runs
 * @property {Job[]} line
 * @property {Model} serving
 * @property {Model} own
 *
 * @typedef {object} Epochs
 * @property {string[]} columns
 * @property {(number | null)[][]} rows
 * @property {number} last
 */

/** Asks for something that changes now and then; null is said where it has not. */
export class Question {
  #path;
  #tag = "";

  /** @param {string} path Below the API of the Lab. */
  constructor(path) {
    this.#path = BASE + path;
  }

  /** @returns {Promise<any>} */
  async ask() {
    /** @type {Record<string, string>} */
    const headers = this.#tag ? { "If-None-Match": this.#tag } : {};
    const response = await send(this.#path, { headers, cache: "no-store" });
    if (response.status === 304) return null;
    const said = await answer(response);
    this.#tag = response.headers.get("ETag") ?? "";
    return said;
  }

  /** What was said could not be shown: it is to be said again. */
  forget() {
    this.#tag = "";
  }
}

/**
 * @param {string} path Of this server.
 * @returns {Promise<any>}
 */
export async function load(path) {
  return answer(await send(path, { cache: "no-cache" }));
}

/**
 * @param {string} name
 * @param {number} since
 * @returns {Promise<Epochs>}
 */
export function loadEpochs(name, since) {
  return load(`${BASE}/runs/${encodeURIComponent(name)}/history?since=${since}`);
}

/**
 * @param {"POST" | "PUT" | "DELETE"} method
 * @param {string} path Below the API of the Lab.
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function change(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  const text = body ? JSON.stringify(body) : undefined;
  return answer(await send(BASE + path, { method, headers, body: text }));
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Unreachable();
  }
}

/** @param {Response} response */
async function answer(response) {
  if (response.status === 204) return null;
  const said = await response.json().catch(() => null);
  if (response.ok && said) return said;
  throw said ? new Refused(said) : new Unreachable();
}
