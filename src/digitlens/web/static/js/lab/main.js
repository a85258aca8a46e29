/** The Lab: everything is wired together here. */

import { Announcer } from "../announce.js";
import { Refused } from "../api.js";
import { byId } from "../page.js";
import { Question, change } from "./api.js";
import { Curves } from "./curves.js";
import { isActive, percent, stateWords } from "./format.js";
import { Matrix } from "./matrix.js";
import { Poll } from "./poll.js";
import { RunsTable } from "./runs.js";
import { LineView, StartForm } from "./start.js";

/**
 * @typedef {import("./api.js").Run} Run
 * @typedef {import("./api.js").Overview} Overview
 */

const may = byId("main").dataset.may === "true";
const question = new Question("/runs");
const poll = new Poll(ask);
const announcer = new Announcer(byId("spoken"));
const table = new RunsTable(/** @type {HTMLTableElement} */ (byId("runs")), may, {
  compare,
  stop: (name) => act("POST", `/runs/${encodeURIComponent(name)}/stop`, `${name} is told to stop.`),
  serve,
});
const line = new LineView(byId("line"), may, (name) =>
  act("DELETE", `/line/${encodeURIComponent(name)}`, `${name} no longer waits.`),
);
const curves = new Curves(byId("curves"));
const matrix = new Matrix(byId("matrix"));

/** @type {Overview | null} */
let overview = null;
/** Runs that were asked for here: their curves are shown as soon as they run. @type {Set<string>} */
const wanted = new Set();

async function ask() {
  try {
    const said = await question.ask();
    byId("lost").hidden = true;
    if (said) await show(said);
  } catch (error) {
    question.forget();
    failed(error);
  }
  return overview !== null && (overview.runs.some(isActive) || overview.line.length > 0);
}

/** @param {Overview} said */
async function show(said) {
  if (!overview) recallChoice(said.runs);
  if (overview) tellChanges(overview.runs, said.runs);
  overview = said;
  for (const { name } of said.runs) if (wanted.delete(name)) table.chosen.add(name);
  byId("none").hidden = said.runs.length > 0;
  table.show(said.runs, said.serving.run ?? "", said.own);
  line.show(said.line);
  showServing(said);
  await showChosen();
}

async function showChosen() {
  const chosen = [...table.chosen].flatMap(
    (name) => overview?.runs.find((r) => r.name === name) ?? [],
  );
  const measured = chosen.filter((run) => run.parts.includes("evaluation.json"));
  byId("curves-section").hidden = !overview?.runs.length;
  byId("curves-none").hidden = chosen.length > 0;
  await curves.show(chosen);
  offerMatrix(measured.map((run) => run.name));
}

/** @param {Overview} said */
function showServing({ serving }) {
  const accuracy =
    serving.accuracy === null ? "" : `, ${percent(serving.accuracy)} of MNIST’s test digits`;
  const which = serving.run
    ? `the run ${serving.run}`
    : `${serving.name} ${serving.version}, the server’s own`;
  byId("serving").textContent = `Answers now: ${which}${accuracy}.`;
  byId("own").hidden = !serving.run || !may;
}

/** @param {string[]} names */
function compare(names) {
  const url = new URL(location.href);
  url.search = names.length ? `?runs=${names.map(encodeURIComponent).join(",")}` : "";
  history.replaceState(null, "", url);
  void showChosen().catch(failed);
}

/**
 * The runs that the address names; without any, what runs now or was last.
 * @param {readonly Run[]} runs
 */
function recallChoice(runs) {
  const named = new URLSearchParams(location.search).get("runs")?.split(",") ?? [];
  const there = runs.map((run) => run.name);
  const known = named.filter((name) => there.includes(name));
  const first = runs.filter((run) => isActive(run) || run.epoch > 0).slice(0, 1);
  for (const name of known.length ? known : first.map((run) => run.name)) table.chosen.add(name);
}

/** @param {string[]} names Of runs whose confusions are known. */
function offerMatrix(names) {
  const select = /** @type {HTMLSelectElement} */ (byId("matrix-run"));
  const old = select.value;
  byId("matrix-section").hidden = !names.length;
  select.replaceChildren(...names.map((name) => new Option(name)));
  if (names.includes(old)) select.value = old;
  void matrix.show(select.value || null).catch(failed);
}

/**
 * A screen reader hears how runs end, and nothing of the epochs.
 * @param {readonly Run[]} before
 * @param {readonly Run[]} now
 */
function tellChanges(before, now) {
  for (const run of now) {
    const old = before.find((other) => other.name === run.name);
    if (old?.state !== run.state) announcer.say(`${run.name}: ${stateWords(run)}.`);
  }
}

/**
 * @param {"POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {string} done
 * @param {object} [body]
 */
async function act(method, path, done, body) {
  try {
    await change(method, path, body);
    say(done);
    await poll.urge();
  } catch (error) {
    failed(error);
  }
}

/** @param {string} name Of a run; empty for the server's own model. */
function serve(name) {
  const done = `${name || "The server’s own model"} answers now, here and on the first page.`;
  void act("PUT", "/serving", done, { run: name || null });
}

/** @param {string} words */
function say(words) {
  byId("said").textContent = words;
}

/** @param {unknown} error */
function failed(error) {
  if (error instanceof Refused) say(error.problem.detail ?? "The server refused that.");
  else byId("lost").hidden = false;
}

const form = document.querySelector("#start");
if (form instanceof HTMLFormElement) {
  new StartForm(form, {
    failed,
    started(job) {
      wanted.add(job.name);
      say(`${job.name} is in line.`);
      void poll.urge();
    },
  });
}
byId("own").addEventListener("click", () => serve(""));
byId("matrix-run").addEventListener("change", (event) => {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  void matrix.show(value).catch(failed);
});
void poll.now();
