/** The review: everything is wired together here. */

import { Announcer } from "../announce.js";
import { button, byId } from "../page.js";
import * as api from "./api.js";
import { Cards, said } from "./cards.js";
import { Decisions } from "./decisions.js";
import { Deck } from "./deck.js";
import { Filters } from "./filters.js";
import { meaningOf } from "./keys.js";

/** Cards before the end at which more are fetched. */
const AHEAD = 20;

const list = byId("deck");
const deck = new Deck();
const cards = new Cards(list, deck);
const announcer = new Announcer(byId("spoken"));
const filters = new Filters(/** @type {HTMLFormElement} */ (byId("filters")), () => void load());
const decisions = new Decisions(deck, {
  changed() {
    trouble("");
    show();
    void count();
  },
  failed(error) {
    show();
    failed(error);
  },
});
const deedButtons = /** @type {HTMLButtonElement[]} */ ([
  ...byId("deeds").querySelectorAll("[data-deed]"),
]);

/** Where the list goes on; null at its end. @type {string | null} */
let next = null;
/** Only the newest list counts: an answer about another one comes too late. */
let turn = 0;
let fetching = false;
/** Whether the trouble that is shown is that of a list; that of a decision stays. */
let unfetched = false;

/** Shows the first page of what the form wants. */
async function load() {
  turn += 1;
  fetching = false;
  decisions.forgetPlaces();
  deck.clear();
  next = null;
  trouble("");
  await fetchMore(true);
  void count();
}

/** @param {boolean} [first] */
async function fetchMore(first = false) {
  if (fetching || (!first && next === null)) return;
  const mine = turn;
  fetching = true;
  const query = filters.query;
  if (next !== null) query.set("after", next);
  try {
    // Or a list that is asked for while a decision is on its way would not know of it.
    if (first) await decisions.settled;
    const page = await api.list(query);
    if (mine !== turn) return;
    if (unfetched) trouble("");
    unfetched = false;
    const there = new Set(deck.cards.map((card) => card.id));
    deck.add(page.corrections.filter((card) => !there.has(card.id)));
    next = page.next;
  } catch (error) {
    if (mine !== turn) return;
    unfetched = true;
    failed(error);
  } finally {
    if (mine === turn) fetching = false;
  }
  show();
}

async function count() {
  try {
    const counts = await api.count();
    const { pending, accepted, rejected } = counts.status;
    const parts = [`${format(pending)} to review`, `${format(accepted)} accepted`];
    parts.push(`${format(rejected)} rejected`);
    if (counts.folded) parts.push(`${format(counts.folded)} duplicates left out`);
    byId("counts").textContent = parts.join(" · ");
    filters.offer(counts.models);
    nameCounts(counts);
    showEmpty(pending + accepted + rejected);
  } catch (error) {
    failed(error);
  }
}

/**
 * Says behind each digit of the filter how many there are, of the status that is shown.
 * @param {import("./api.js").Counts} counts
 */
function nameCounts(counts) {
  const select = /** @type {HTMLSelectElement} */ (byId("should"));
  for (const option of select.options) {
    const of = counts.digits[option.value];
    if (!of) continue;
    const { pending, accepted, rejected } = of;
    const number = filters.status
      ? of[/** @type {keyof typeof of} */ (filters.status)]
      : pending + accepted + rejected;
    option.textContent = `${said(option.value)} (${format(number)})`;
  }
}

/** Shows the deck, and what can be done with it. */
function show() {
  cards.show();
  mark();
  byId("more").hidden = next === null;
  byId("empty").hidden = deck.cards.length > 0 || fetching;
  if (deck.cards.length - deck.at < AHEAD) void fetchMore();
}

function mark() {
  cards.mark();
  const chosen = deck.chosen.size;
  const of = `${format(deck.cards.length)}${next === null ? "" : " or more"}`;
  byId("chosen").textContent = chosen ? `${format(chosen)} chosen of ${of}` : `${of} in view`;
  for (const one of deedButtons) {
    const can = one.dataset.deed === "undo" ? decisions.canUndo : deck.cards.length > 0;
    one.setAttribute("aria-disabled", String(!can));
  }
}

/** @param {number} all How many corrections there are, of whatever status. */
function showEmpty(all) {
  byId("empty").textContent = all
    ? "Nothing here now. Another choice above shows the others."
    : "No corrections yet. Here will be what people say with “Right?” and “Wrong?” under an answer.";
}

/** @param {string} deed */
function act(deed) {
  if (deed === "undo") void decisions.undo();
  else if (deed === "all") deck.chooseAll();
  else if (deed === "none") deck.chooseNone();
  else if (deed === "toggle") deck.toggle(deck.at);
  else decide(deed);
  mark();
}

/** @param {string} deed An action, or what it is: a digit or x. */
function decide(deed) {
  const targets = deck.targets;
  if (!targets.length) return;
  const label = /^[0-9x]$/.test(deed) ? deed : undefined;
  const action = /** @type {import("./api.js").Action} */ (label ? "relabel" : deed);
  decisions.make(targets, action, label, filters.status);
  const what = label ? `is ${said(label)}` : `${deed}ed`;
  announcer.say(targets.length === 1 ? `One ${what}.` : `${targets.length}: ${what}.`);
  show();
}

/**
 * @param {"left" | "right" | "up" | "down" | "first" | "last"} direction
 * @param {boolean} extend
 */
function move(direction, extend) {
  const { columns } = cards;
  const to = {
    left: deck.at - 1,
    right: deck.at + 1,
    up: deck.at - columns < 0 ? deck.at : deck.at - columns,
    down: deck.at + columns,
    first: 0,
    last: deck.cards.length - 1,
  }[direction];
  deck.go(to, extend);
  mark();
  cards.focus();
  if (deck.cards.length - deck.at < AHEAD) void fetchMore();
}

/** @param {unknown} error */
function failed(error) {
  trouble(api.reason(error));
}

/** @param {string} words */
function trouble(words) {
  byId("trouble").hidden = !words;
  byId("trouble").textContent = words;
}

/** @param {number} number */
function format(number) {
  return number.toLocaleString("en");
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.defaultPrevented || (target instanceof Element && target.matches("select, input")))
    return;
  const meaning = meaningOf(event);
  if (!meaning || !deck.cards.length) {
    if (!meaning || !("deed" in meaning) || meaning.deed !== "undo") return;
  }
  const onButton = target instanceof Element && target.matches("button, a");
  if (onButton && event.key === " ") return; // it presses the button
  event.preventDefault();
  if ("deed" in meaning) act(meaning.deed);
  else move(meaning.move, meaning.extend);
});
list.addEventListener("click", (event) => {
  const index = cards.indexOf(event.target);
  if (index < 0) return;
  if (event.shiftKey) deck.go(index, true);
  else deck.toggle(index);
  mark();
  cards.focus();
});
// A press brings the focus before its click, which knows whether Shift extends what is chosen.
let pressed = false;
addEventListener("pointerdown", () => (pressed = true));
addEventListener("pointerup", () => (pressed = false));
addEventListener("pointercancel", () => (pressed = false));
list.addEventListener("focusin", (event) => {
  const index = pressed ? -1 : cards.indexOf(event.target);
  if (index >= 0 && index !== deck.at) {
    deck.go(index);
    mark();
  }
});
for (const one of deedButtons) one.addEventListener("click", () => act(one.dataset.deed ?? ""));
button("more").addEventListener("click", () => void fetchMore());
new IntersectionObserver((entries) => {
  if (entries.some((entry) => entry.isIntersecting)) void fetchMore();
}).observe(byId("more"));
void load();
