/** The server is asked for corrections, and told what is decided. */

import { Refused, Unreachable } from "../api.js";

const BASE = "/api/v1/review";

/**
 * @typedef {object} Correction
 * @property {number} id
 * @property {string} client
 * @property {string} model
 * @property {string} version
 * @property {string} read
 * @property {number} confidence
 * @property {"read" | "unsure" | "not_a_digit"} judged
 * @property {string} given What the person said: 0 to 9, or x.
 * @property {string} should The same, unless it was relabelled.
 * @property {"pending" | "accepted" | "rejected"} status
 * @property {string} said RFC 3339.
 * @property {string} cut
 * @property {string} seen
 *
 * @typedef {{ pending: number, accepted: number, rejected: number }} OfStatus
 *
 * @typedef {object} Counts
 * @property {OfStatus} status
 * @property {Record<string, OfStatus>} digits
 * @property {number} folded
 * @property {{ name: string, version: string }[]} models
 *
 * @typedef {"accept" | "relabel" | "reject" | "reopen"} Action
 */

/**
 * @param {URLSearchParams} query
 * @returns {Promise<{ corrections: Correction[], next: string | null }>}
 */
export function list(query) {
  return ask("GET", `?${query}`);
}

/** @returns {Promise<Counts>} */
export function count() {
  return ask("GET", "/counts");
}

/**
 * @param {number[]} ids
 * @param {Action} action
 * @param {string} [label]
 * @returns {Promise<{ id: string, changed: number }>}
 */
export function decide(ids, action, label) {
  return ask("POST", "/decisions", { ids, action, ...(label ? { label } : {}) });
}

/**
 * @param {string} decision
 * @returns {Promise<{ changed: number }>}
 */
export function undo(decision) {
  return ask("DELETE", `/decisions/${encodeURIComponent(decision)}`);
}

/**
 * @param {unknown} error
 * @returns {string} What went wrong, in a sentence.
 */
export function reason(error) {
  if (error instanceof Refused) {
    const { status, detail } = error.problem;
    if (status === 401) return "The login is over: please load the page again.";
    if (status === 503) return "The database cannot be used now; please try again in a moment.";
    return detail ?? "The server refused that.";
  }
  if (error instanceof Unreachable) return "The server cannot be reached.";
  throw error;
}

/**
 * @param {"GET" | "POST" | "DELETE"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function ask(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { "X-CSRF-Token": document.getElementById("main")?.dataset.csrf ?? "" };
  if (body) headers["Content-Type"] = "application/json";
  /** @type {Response} */
  let response;
  try {
    response = await fetch(BASE + path, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Unreachable();
  }
  const said = await response.json().catch(() => null);
  if (response.ok && said) return said;
  throw said ? new Refused(said) : new Unreachable();
}
