/** The form that starts a training, and the line of those that wait. */

import { change } from "./api.js";
import { make, makeButton } from "./dom.js";

/** @typedef {import("./api.js").Job} Job */

export class StartForm {
  #form;
  #deeds;

  /**
   * @param {HTMLFormElement} form
   * @param {{ started: (job: Job) => void, failed: (error: unknown) => void }} deeds
   */
  constructor(form, deeds) {
    this.#form = form;
    this.#deeds = deeds;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#start();
    });
    for (const select of form.querySelectorAll("select")) {
      select.addEventListener("change", () => explain(select));
      explain(select);
    }
  }

  async #start() {
    const fields = new FormData(this.#form);
    const epochs = Number(fields.get("epochs"));
    const wanted = {
      model: fields.get("model"),
      preset: fields.get("preset"),
      data: fields.getAll("data"),
      ...(epochs ? { epochs } : {}),
    };
    const button = /** @type {HTMLButtonElement} */ (this.#form.querySelector("[type=submit]"));
    button.setAttribute("aria-disabled", "true");
    try {
      this.#deeds.started(await change("POST", "/runs", wanted));
    } catch (error) {
      this.#deeds.failed(error);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }
}

/**
 * Says what is chosen, under it.
 * @param {HTMLSelectElement} select
 */
function explain(select) {
  const about = document.getElementById(`${select.id}-about`);
  if (about) about.textContent = select.selectedOptions[0]?.dataset.about ?? "";
}

export class LineView {
  #section;
  #list;
  #may;
  #remove;

  /**
   * @param {HTMLElement} section
   * @param {boolean} may Whether something may be changed.
   * @param {(name: string) => void} remove
   */
  constructor(section, may, remove) {
    this.#section = section;
    this.#list = /** @type {HTMLElement} */ (section.querySelector("ol"));
    this.#may = may;
    this.#remove = remove;
  }

  /** @param {readonly Job[]} jobs */
  show(jobs) {
    this.#section.hidden = !jobs.length;
    this.#list.replaceChildren(...jobs.map((job) => this.#item(job)));
  }

  /** @param {Job} job */
  #item({ name, preset, model, epochs }) {
    const about = `${model}, ${preset}${epochs ? `, ${epochs} epochs` : ""}`;
    const words = make("span", {}, make("b", {}, name), ` ${about}`);
    if (!this.#may) return make("li", {}, words);
    const label = { class: "button small", "aria-label": `Take ${name} out of the line` };
    return make(
      "li",
      {},
      words,
      makeButton("Remove", () => this.#remove(name), label),
    );
  }
}
