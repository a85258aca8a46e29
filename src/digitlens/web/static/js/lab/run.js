/** The page of one run: its network layer by layer, its curves, its mistakes. */

import { Refused } from "../api.js";
import { byId } from "../page.js";
import { Question, change } from "./api.js";
import { Curves } from "./curves.js";
import { DrawingView } from "./drawing.js";
import * as format from "./format.js";
import { Matrix } from "./matrix.js";
import { Poll } from "./poll.js";

/** @typedef {import("./api.js").RunDetail} Run */

const { name = "", may } = byId("main").dataset;
const path = `/runs/${encodeURIComponent(name)}`;
const question = new Question(path);
const poll = new Poll(ask);
const curves = new Curves(byId("curves"));
const matrix = new Matrix(byId("matrix"));
const select = /** @type {HTMLSelectElement} */ (byId("layer"));
const drawing = new DrawingView(byId("drawing"), byId("about-layer"), select, `/lab${path}`);
let active = true;
let isDrawn = false;

async function ask() {
  try {
    const run = await question.ask();
    byId("lost").hidden = true;
    if (run) await show(run);
  } catch (error) {
    question.forget();
    failed(error);
  }
  return active;
}

/** @param {Run} run */
async function show(run) {
  active = format.isActive(run);
  byId("state").textContent = format.stateWords(run);
  byId("reason").textContent = run.reason;
  byId("stop").hidden = !active || run.stopping || may !== "true";
  showFacts(run);
  for (const link of document.querySelectorAll("[data-part]")) {
    const part = /** @type {HTMLElement} */ (link);
    part.hidden = !run.parts.includes(part.dataset.part ?? "");
  }
  byId("curves-section").hidden = !run.epoch;
  await curves.show(run.epoch ? [run] : []);
  byId("matrix-section").hidden = !run.parts.includes("evaluation.json");
  await matrix.show(run.parts.includes("evaluation.json") ? name : null);
  await showDrawing(run);
}

/** @param {Run} run */
async function showDrawing(run) {
  if (run.parts.includes("filters")) drawing.filters = run.filters;
  if (isDrawn || !run.parts.includes("layers.json")) return;
  isDrawn = true;
  byId("network-section").hidden = false;
  await drawing.show();
}

/** @param {Run} run */
function showFacts(run) {
  const left = format.timeLeft(run);
  const time = format.duration(run.seconds);
  const facts = {
    accuracy: format.percent(run.accuracy),
    interval: run.interval ? `${format.between(run.interval)} (95\u00a0%)` : "",
    parameters: format.whole(run.parameters),
    bytes: format.size(run.bytes),
    latency: format.latency(run.latency),
    seconds: active && left ? `${time}, about ${format.duration(left)} left` : time,
  };
  for (const [id, text] of Object.entries(facts)) byId(`fact-${id}`).textContent = text;
}

/** @param {unknown} error */
function failed(error) {
  if (error instanceof Refused) byId("said").textContent = error.problem.detail ?? "";
  else byId("lost").hidden = false;
}

byId("stop").addEventListener("click", async () => {
  try {
    await change("POST", `${path}/stop`);
    byId("said").textContent = "It is told to stop.";
    await poll.urge();
  } catch (error) {
    failed(error);
  }
});
void poll.now();
