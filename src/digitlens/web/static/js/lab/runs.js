/** The table of the runs: sorted by any column, some of them chosen to be compared. */

import { make, makeButton } from "./dom.js";
import * as format from "./format.js";
import { press, sorted } from "./order.js";

/**
 * @typedef {import("./api.js").Run} Run
 *
 * @typedef {object} Deeds What the buttons of a run do.
 * @property {(names: string[]) => void} compare Others are chosen.
 * @property {(name: string) => void} stop
 * @property {(name: string) => void} serve An empty name is the server's own model.
 */

export class RunsTable {
  #table;
  #body;
  #deeds;
  #may;
  /** @type {readonly Run[]} */
  #runs = [];
  #serving = "";
  /** @type {Run | null} The server's own model, as if it were a run. */
  #own = null;
  /** @type {import("./order.js").Order} */
  #order = { key: "started", down: true };
  /** @type {Set<string>} */
  chosen = new Set();

  /**
   * @param {HTMLTableElement} table
   * @param {boolean} may Whether something may be changed.
   * @param {Deeds} deeds
   */
  constructor(table, may, deeds) {
    this.#table = table;
    this.#body = /** @type {HTMLElement} */ (table.tBodies[0]);
    this.#may = may;
    this.#deeds = deeds;
    for (const button of this.#sorters()) {
      button.addEventListener("click", () =>
        this.#sort(/** @type {keyof Run} */ (button.dataset.key)),
      );
    }
  }

  /**
   * @param {readonly Run[]} runs
   * @param {string} serving Name of the run whose model answers; empty for the server's own.
   * @param {import("./api.js").Model} own The server's own model.
   */
  show(runs, serving, own) {
    this.#runs = runs;
    this.#serving = serving;
    this.#own = asRun(own);
    this.#refresh();
  }

  #refresh() {
    const focused = document.activeElement?.getAttribute("data-focus");
    const all = this.#own ? [...this.#runs, this.#own] : this.#runs;
    this.#body.replaceChildren(...sorted(all, this.#order).map((run) => this.#row(run)));
    this.#markOrder();
    // The rows are new ones; who is at a button of one of them stays there.
    const again = focused && this.#body.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
    if (again) /** @type {HTMLElement} */ (again).focus({ preventScroll: true });
  }

  /** @param {keyof Run} key */
  #sort(key) {
    this.#order = press(this.#order, key);
    this.#refresh();
  }

  #sorters() {
    const found = this.#table.querySelectorAll("button[data-key]");
    return /** @type {HTMLElement[]} */ ([...found]);
  }

  #markOrder() {
    const { key, down } = this.#order;
    for (const button of this.#sorters()) {
      const order = button.dataset.key === key ? (down ? "descending" : "ascending") : "none";
      button.closest("th")?.setAttribute("aria-sort", order);
    }
  }

  /** @param {Run} run */
  #row(run) {
    const row = make(
      "tr",
      { role: "row", "data-state": run.state, "data-run": run.name },
      cell("", "choose", run === this.#own ? "" : this.#checkbox(run)),
      nameCell(run),
      stateCell(run),
      cell("Accuracy", "number", ...accuracy(run)),
      cell("Parameters", "number", format.whole(run.parameters)),
      cell("Size", "number", format.size(run.bytes)),
      cell("One digit", "number", format.latency(run.latency)),
      cell("Training", "number", format.duration(run.seconds)),
      cell("Started", "number", format.date(run.started)),
      cell("", "deed", ...this.#deed(run)),
    );
    return row;
  }

  /** @param {Run} run */
  #checkbox({ name }) {
    const label = `Show the curves of ${name}`;
    const box = /** @type {HTMLInputElement} */ (
      make("input", { type: "checkbox", "aria-label": label, "data-focus": `choose ${name}` })
    );
    box.checked = this.chosen.has(name);
    box.addEventListener("change", () => {
      if (box.checked) this.chosen.add(name);
      else this.chosen.delete(name);
      this.#deeds.compare([...this.chosen]);
    });
    return make("label", { class: "check" }, box);
  }

  /** @param {Run} run */
  #deed(run) {
    const name = run === this.#own ? "" : run.name;
    if (name === this.#serving) return [make("span", { class: "badge" }, "Answers now")];
    if (!this.#may) return [];
    if (format.isActive(run)) {
      if (run.stopping) return [];
      const label = { "aria-label": `Stop ${name}`, "data-focus": `stop ${name}` };
      return [
        makeButton("Stop", () => this.#deeds.stop(name), { class: "button small", ...label }),
      ];
    }
    if (!run.parts.includes("bundle")) return [];
    const label = { "aria-label": `Let ${run.name} answer`, "data-focus": `serve ${name}` };
    return [
      makeButton("Let it answer", () => this.#deeds.serve(name), {
        class: "button small",
        ...label,
      }),
    ];
  }
}

/**
 * @param {string} label Of the column, for where there is no room for a table.
 * @param {string} kind
 * @param {...(Node | string)} children
 */
function cell(label, kind, ...children) {
  return make("td", { role: "cell", class: kind, "data-label": label }, ...children);
}

/**
 * @param {import("./api.js").Model} own
 * @returns {Run}
 */
function asRun({ name, version, parameters, bytes, accuracy: share, interval }) {
  const figures = { parameters, bytes, accuracy: share, interval, latency: 0, seconds: 0 };
  const none = { reason: "", started: "", stopping: false, epoch: 0, epochs: 0 };
  return {
    name: `${name} ${version}`,
    model: name,
    state: "own",
    parts: ["bundle"],
    ...figures,
    ...none,
  };
}

/** @param {Run} run */
function nameCell({ name, model, state }) {
  if (state === "own") {
    const note = make("small", {}, "The server’s own");
    return make("th", { role: "rowheader", scope: "row", class: "name" }, name, note);
  }
  const link = make(
    "a",
    { href: `/lab/runs/${encodeURIComponent(name)}`, "data-focus": `open ${name}` },
    name,
  );
  const note = name.startsWith(model) ? "" : model;
  return make(
    "th",
    { role: "rowheader", scope: "row", class: "name" },
    link,
    make("small", {}, note),
  );
}

/** @param {Run} run */
function stateCell(run) {
  const parts = [make("span", { class: "state" }, format.stateWords(run))];
  if (format.isActive(run)) {
    const bar = make("progress", { max: "1", "aria-label": `Progress of ${run.name}` });
    if (run.epochs) bar.setAttribute("value", String(run.epoch / run.epochs));
    parts.push(bar);
    const left = format.timeLeft(run);
    if (left > 0 && !run.stopping)
      parts.push(make("small", {}, `about ${format.duration(left)} left`));
  } else if (run.reason) parts.push(make("small", {}, run.reason));
  return cell("State", "state-cell", ...parts);
}

/** @param {Run} run */
function accuracy({ accuracy: share, interval }) {
  const small = make("small", { title: "The 95 % interval" }, format.between(interval));
  return interval ? [format.percent(share), small] : [format.percent(share)];
}
