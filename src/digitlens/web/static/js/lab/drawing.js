/** The drawing of a network, in which one chooses a layer to read about it. */

import { load } from "./api.js";
import { make } from "./dom.js";
import { whole } from "./format.js";

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind
 * @property {string} label
 * @property {number[]} shape
 * @property {number} parameters
 * @property {number} multiplications
 * @property {string} sentence
 *
 * @typedef {{ layers: Layer[], parameters: number, multiplications: number }} Description
 */

const DRAWING = "image/svg+xml";
const STYLE = /<style>([^]*?)<\/style>/g;
const CHOSEN = `
  svg { display: block; min-width: 720px; margin: 0 auto; }
  [data-layer] { cursor: pointer !important; }
  .chosen rect { stroke-width: 3 !important; }
  .chosen text { font-weight: 700; }
`;
/** What a drawing may not bring along, wherever its file comes from. */
const FORBIDDEN = "script, foreignObject, style, a, image, use, animate, set";

export class DrawingView {
  /** Its style holds in there, and nowhere else. */
  #root;
  #about;
  #base;
  #select;
  /** @type {Map<string, Layer>} */
  #layers = new Map();
  /** @type {string[]} Layers that have a picture of their filters. */
  #filtered = [];

  /**
   * @param {HTMLElement} holder
   * @param {HTMLElement} about Where a layer is described.
   * @param {HTMLSelectElement} select The layers once more, as a list.
   * @param {string} base Where the run's files are.
   */
  constructor(holder, about, select, base) {
    this.#root = holder.attachShadow({ mode: "open" });
    this.#about = about;
    this.#select = select;
    this.#base = base;
    select.addEventListener("change", () => this.choose(select.value));
    this.#root.addEventListener("click", (event) => this.#pick(event));
    this.#root.addEventListener("keydown", (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      if (key === "Enter" || key === " ") this.#pick(event);
    });
  }

  /** @param {string[]} names Of the layers that have a picture of their filters by now. */
  set filters(names) {
    if (names.length === this.#filtered.length) return;
    this.#filtered = names;
    this.choose(this.#select.value);
  }

  async show() {
    /** @type {[Description, string]} */
    const [description, text] = await Promise.all([
      load(`${this.#base}/layers.json`),
      fetch(`${this.#base}/drawing.svg`).then((response) => (response.ok ? response.text() : "")),
    ]);
    this.#layers = new Map(description.layers.map((layer) => [layer.name, layer]));
    this.#select.replaceChildren(
      ...description.layers.map(({ name, label }) => option(name, label)),
    );
    this.#draw(text);
    for (const part of this.#parts()) {
      part.setAttribute("role", "button");
      part.setAttribute("tabindex", "0");
    }
    const costly = [...description.layers].sort((a, b) => b.multiplications - a.multiplications)[0];
    if (costly) this.choose(costly.name);
  }

  /** @param {string} text SVG. */
  #draw(text) {
    // The content policy knows no style within a document, not even while that is parsed.
    const sheets = [...text.matchAll(STYLE)].map(([, rules]) => rules);
    const plain = text.replace(STYLE, "");
    const drawing = new DOMParser().parseFromString(plain, DRAWING).documentElement;
    if (drawing.localName !== "svg") return;
    this.#root.adoptedStyleSheets = [...sheets, CHOSEN].map((rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      return sheet;
    });
    clean(drawing);
    this.#root.replaceChildren(document.importNode(drawing, true));
  }

  /** @param {string} name Of a layer. */
  choose(name) {
    const layer = this.#layers.get(name);
    if (!layer) return;
    this.#select.value = name;
    for (const part of this.#parts()) {
      const chosen = part.getAttribute("data-layer") === name;
      part.setAttribute("aria-pressed", String(chosen));
      part.classList.toggle("chosen", chosen);
    }
    this.#describe(layer);
  }

  #parts() {
    return this.#root.querySelectorAll("[data-layer]");
  }

  /** @param {Event} event */
  #pick(event) {
    const part = /** @type {Element} */ (event.target).closest("[data-layer]");
    if (!part) return;
    event.preventDefault();
    this.choose(part.getAttribute("data-layer") ?? "");
  }

  /** @param {Layer} layer */
  #describe(layer) {
    const all = [...this.#layers.values()].reduce((sum, one) => sum + one.multiplications, 0);
    const share = all ? ` (${Math.round((100 * layer.multiplications) / all)}\u00a0% of all)` : "";
    const cost = layer.multiplications ? whole(layer.multiplications) + share : "none";
    const facts = Object.entries({
      Layer: layer.kind,
      "Output shape": layer.shape.join(" × "),
      Parameters: layer.parameters ? whole(layer.parameters) : "none",
      Multiplications: cost,
    }).map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", {}, text)));
    const words = make(
      "div",
      {},
      make("h3", {}, layer.name),
      make("p", {}, layer.sentence),
      make("dl", { class: "facts" }, ...facts),
    );
    this.#about.replaceChildren(words, this.#filters(layer));
  }

  /** @param {Layer} layer */
  #filters({ name }) {
    if (!this.#filtered.includes(name)) return "";
    const src = `${this.#base}/filters/${encodeURIComponent(name)}.png`;
    const picture = make("img", { src, alt: `The filters of ${name}, each a small picture` });
    const caption = make("figcaption", {}, "Its filters: what each of them looks for");
    return make("figure", { class: "filters" }, caption, picture);
  }
}

/**
 * @param {string} name
 * @param {string} label
 */
function option(name, label) {
  return new Option(label && label !== name ? `${name}: ${label}` : name, name);
}

/** @param {Element} drawing */
function clean(drawing) {
  for (const part of drawing.querySelectorAll(FORBIDDEN)) part.remove();
  for (const part of [drawing, ...drawing.querySelectorAll("*")]) {
    for (const { name } of [...part.attributes]) {
      if (name === "style" || name.startsWith("on")) part.removeAttribute(name);
    }
  }
}
