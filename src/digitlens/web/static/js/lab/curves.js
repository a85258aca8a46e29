/** The curves of the runs that were chosen: loss, accuracy and learning rate over the epochs. */

import { loadEpochs } from "./api.js";
import { Chart, token } from "./chart.js";
import { make, makeButton } from "./dom.js";
import { align, append, zoom } from "./series.js";

/** @typedef {import("./series.js").Rows} Rows */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const COLOURS = 6;
/** @type {import("./chart.js").Figure[]} */
const FIGURES = [
  {
    title: "Loss",
    columns: ["loss", "val_loss"],
    format: (value) => value.toPrecision(3),
    mark: (value) => String(Number(value.toPrecision(3))),
    logarithmic: true,
  },
  {
    title: "Accuracy",
    columns: ["accuracy", "val_accuracy"],
    format: (value) => `${(value * 100).toFixed(2)} %`,
    mark: (value) => `${Number((value * 100).toFixed(2))} %`,
  },
  {
    title: "Learning rate",
    columns: ["rate"],
    format: (value) => value.toPrecision(2),
    mark: (value) => String(Number(value.toPrecision(2))),
  },
];

export class Curves {
  #holder;
  #charts = make("div", { class: "charts" });
  #legend = make("ul", { class: "legend" });
  #table = make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Figures" });
  /** @type {Chart[]} */
  #figures;
  /** @type {Map<string, Rows>} */
  #known = new Map();
  /** @type {string[]} */
  #names = [];
  #shown = "";
  /** @type {[number, number] | null} The epochs that are shown, null for all. */
  #range = null;

  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.#holder = holder;
    this.#figures = FIGURES.map(
      (figure) => new Chart(this.#charts, figure, (low, high) => this.#zoomTo([low, high])),
    );
    const details = make("details", {}, make("summary", {}, "The figures as a table"), this.#table);
    holder.append(this.#tools(), this.#charts, details);
    document.addEventListener("themechange", () => this.#draw(true));
    this.#charts.addEventListener("dblclick", () => this.#zoomTo(null));
  }

  /**
   * Shows the curves of runs; what is new of them is asked for.
   * @param {readonly { name: string, epoch: number }[]} runs
   */
  async show(runs) {
    this.#names = runs.map((run) => run.name);
    await Promise.all(runs.map((run) => this.#update(run)));
    this.#draw(this.#shown !== this.#names.join("/"));
  }

  /** @param {{ name: string, epoch: number }} run */
  async #update({ name, epoch }) {
    if (epoch === 0) return; // a run that waits has no history yet to be asked for
    const known = this.#known.get(name) ?? [];
    if (this.#known.has(name) && (known.at(-1)?.[0] ?? 0) === epoch) return;
    const rows = append(known, await loadEpochs(name, known.at(-1)?.[0] ?? 0));
    this.#known.set(name, rows ?? (await loadEpochs(name, 0)).rows);
  }

  /** @param {boolean} anew */
  #draw(anew) {
    this.#shown = this.#names.join("/");
    const runs = this.#names.map((name) => this.#known.get(name) ?? []);
    const lines = this.#names.map((name, index) => ({
      name,
      letter: LETTERS[index % LETTERS.length],
      colour: token(`--series-${(index % COLOURS) + 1}`),
    }));
    this.#holder.hidden = !lines.length;
    this.#figures.forEach((chart, index) => {
      chart.show(lines, align(runs, FIGURES[index].columns), anew);
    });
    this.#zoomTo(this.#range);
    this.#legend.replaceChildren(...lines.map(entry));
    this.#table.replaceChildren(...lines.map((line, index) => table(line.name, runs[index])));
  }

  #tools() {
    const small = { class: "button small" };
    const buttons = [
      makeButton("Zoom in", () => this.#zoomBy(0.5), small),
      makeButton("Zoom out", () => this.#zoomBy(2), small),
      makeButton("Everything", () => this.#zoomTo(null), small),
    ];
    const group = make("div", { class: "zoom", role: "group", "aria-label": "Zoom" }, ...buttons);
    return make("div", { class: "curve-tools" }, this.#legend, group);
  }

  /** @returns {[number, number]} */
  #all() {
    const epochs = this.#names.flatMap((name) =>
      (this.#known.get(name) ?? []).map((r) => r[0] ?? 1),
    );
    return [Math.min(...epochs, 1), Math.max(...epochs, 2)];
  }

  /** @param {number} factor */
  #zoomBy(factor) {
    const all = this.#all();
    const [low, high] = zoom(this.#range ?? all, all, factor);
    this.#zoomTo(low <= all[0] && high >= all[1] ? null : [low, high]);
  }

  /** @param {[number, number] | null} range */
  #zoomTo(range) {
    this.#range = range;
    const [low, high] = range ?? this.#all();
    for (const chart of this.#figures) chart.zoom(low, high);
  }
}

/**
 * @param {{ name: string, letter: string }} line
 * @param {number} index
 */
function entry({ name, letter }, index) {
  const mark = make(
    "span",
    { class: `mark series-${(index % COLOURS) + 1}`, "aria-hidden": "true" },
    letter,
  );
  return make("li", {}, mark, name);
}

const HEADERS = [
  "Epoch",
  "Loss",
  "Accuracy",
  "Validation loss",
  "Validation accuracy",
  "Rate",
  "Seconds",
];

/**
 * @param {string} name
 * @param {Rows} rows
 */
function table(name, rows) {
  const head = make("tr", {}, ...HEADERS.map((text) => make("th", { scope: "col" }, text)));
  const body = rows.map((row) =>
    make(
      "tr",
      {},
      ...row.map((v) => make("td", {}, v === null ? "–" : String(Number(v.toPrecision(5))))),
    ),
  );
  return make(
    "table",
    { class: "figures" },
    make("caption", {}, name),
    make("thead", {}, head),
    make("tbody", {}, ...body),
  );
}
