/** One chart: a figure over the epochs, a line for each run. */

import { make } from "./dom.js";

/**
 * @typedef {import("../../vendor/uplot/uPlot.js")} UPlot
 * @typedef {import("../../vendor/uplot/uPlot.js").Options} Options
 *
 * @typedef {object} Figure What a chart shows.
 * @property {string} title
 * @property {string[]} columns Of the history: on the training digits, and on those held out.
 * @property {(value: number) => string} format
 * @property {(value: number) => string} mark The same, of an axis.
 * @property {boolean} [logarithmic]
 *
 * @typedef {object} Line A run as the charts show it.
 * @property {string} name
 * @property {string} letter Which stands at the end of its line.
 * @property {string} colour
 */

/** The charting library, which is a classic script. */
const { uPlot: Library } = /** @type {{ uPlot: typeof import("../../vendor/uplot/uPlot.js") }} */ (
  /** @type {unknown} */ (window)
);

const HEIGHT = 260;
const FONT = "12px system-ui, sans-serif";
/** Lines of the digits that a network learns from are dashed. */
const DASH = [4, 4];

/** @param {string} name Of a token of the style sheets. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export class Chart {
  #figure;
  #place;
  #readout = make("p", { class: "readout" });
  /** @type {UPlot | null} */
  #plot = null;
  /** @type {readonly Line[]} */
  #lines = [];
  /** @type {(low: number, high: number) => void} */
  #zoomed;

  /**
   * @param {HTMLElement} holder
   * @param {Figure} figure
   * @param {(low: number, high: number) => void} zoomed Somebody zoomed by hand.
   */
  constructor(holder, figure, zoomed) {
    this.#figure = figure;
    this.#zoomed = zoomed;
    this.#place = make("div", { class: "chart-place", role: "img", "aria-label": "" });
    const caption = make("figcaption", {}, make("h3", {}, figure.title), this.#readout);
    holder.append(make("figure", { class: "chart" }, caption, this.#place));
    new ResizeObserver(() => this.#fit()).observe(this.#place);
  }

  /**
   * @param {readonly Line[]} lines
   * @param {(number | null)[][]} data
   * @param {boolean} anew Whether other lines or colours are shown than before.
   */
  show(lines, data, anew) {
    this.#lines = lines;
    const known = /** @type {import("../../vendor/uplot/uPlot.js").AlignedData} */ (data);
    if (this.#plot && !anew) this.#plot.setData(known, false);
    else this.#build(known);
    this.#read(null);
    this.#place.setAttribute("aria-label", this.#describe(data));
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  zoom(low, high) {
    this.#plot?.setScale("x", { min: low, max: high });
  }

  /** @param {import("../../vendor/uplot/uPlot.js").AlignedData} data */
  #build(data) {
    this.#plot?.destroy();
    this.#plot = new Library(this.#options(), data, this.#place);
  }

  #fit() {
    const width = this.#place.clientWidth;
    if (width) this.#plot?.setSize({ width, height: HEIGHT });
  }

  /** @returns {Options} */
  #options() {
    const { columns, logarithmic } = this.#figure;
    return {
      width: this.#place.clientWidth || 300,
      height: HEIGHT,
      legend: { show: false },
      cursor: { sync: { key: "epochs" }, drag: { x: true, y: false }, y: false },
      scales: { x: { time: false }, y: { distr: logarithmic ? 3 : 1 } },
      axes: axes(this.#figure.mark),
      series: [
        {},
        ...this.#lines.flatMap(({ colour }) => columns.map((name) => style(name, colour))),
      ],
      hooks: {
        draw: [(plot) => this.#drawLetters(plot)],
        setCursor: [(plot) => this.#read(plot.cursor.idx ?? null)],
        setSelect: [(plot) => this.#select(plot)],
      },
    };
  }

  /** @param {UPlot} plot */
  #select(plot) {
    const { left, width } = plot.select;
    if (width > 0) this.#zoomed(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
  }

  /**
   * The letter of each run at the end of its line, which tells lines apart without colour.
   * @param {UPlot} plot
   */
  #drawLetters(plot) {
    const { ctx, data } = plot;
    const scale = devicePixelRatio;
    ctx.save();
    ctx.font = `600 ${12 * scale}px system-ui, sans-serif`;
    ctx.textBaseline = "bottom";
    ctx.textAlign = "right";
    this.#lines.forEach((line, index) => {
      const values = data[(index + 1) * this.#figure.columns.length];
      const last = lastShown(plot, values);
      if (last < 0) return;
      ctx.fillStyle = line.colour;
      const x = plot.valToPos(data[0][last], "x", true);
      ctx.fillText(line.letter, x, plot.valToPos(Number(values[last]), "y", true) - 3 * scale);
    });
    ctx.restore();
  }

  /**
   * Says the figures of an epoch.
   * @param {number | null} index The last one without it.
   */
  #read(index) {
    const { columns, format } = this.#figure;
    const data = this.#plot?.data;
    if (!data?.[0].length) return this.#readout.replaceChildren();
    const parts = this.#lines.map((line, run) => {
      const values = data.slice(1 + run * columns.length, 1 + (run + 1) * columns.length);
      const at = index ?? lastKnown(values.at(-1) ?? []);
      const figures = values.map((value) => value[at]);
      const said = figures.map((value) => (typeof value === "number" ? format(value) : "–"));
      return make("span", {}, make("b", {}, line.letter), ` ${said.at(-1)}`);
    });
    const where = index === null ? "last" : `epoch ${data[0][index]}`;
    return this.#readout.replaceChildren(`${where}: `, ...parts);
  }

  /** @param {(number | null)[][]} data */
  #describe(data) {
    const { title, columns, format } = this.#figure;
    const said = this.#lines.map((line, run) => {
      const values = data[(run + 1) * columns.length].filter((v) => v !== null);
      if (!values.length) return `${line.name} has none yet`;
      const [first, last] = [values[0], values.at(-1)].map((v) => format(Number(v)));
      return `${line.name} from ${first} to ${last} in ${values.length} epochs`;
    });
    return `${title} over the epochs: ${said.join("; ")}. The figures are in the table below.`;
  }
}

/** Epochs are whole. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/**
 * @param {(value: number) => string} mark
 * @returns {import("../../vendor/uplot/uPlot.js").Axis[]}
 */
function axes(mark) {
  const ticks = { show: false };
  const common = {
    stroke: token("--muted"),
    font: FONT,
    grid: { stroke: token("--line"), width: 1 },
  };
  const epochs = { label: "Epoch", labelFont: FONT, labelSize: 20, size: 30, incrs: STEPS };
  const values = (/** @type {unknown} */ _, /** @type {(number | null)[]} */ splits) =>
    splits.map((value) => (value === null ? "" : mark(value)));
  return [
    { ...common, ticks, ...epochs },
    { ...common, ticks, size: 64, values },
  ];
}

/**
 * @param {string} column
 * @param {string} colour
 */
function style(column, colour) {
  const held = column.startsWith("val_") || column === "rate";
  const dash = held ? undefined : DASH;
  const points = { size: 5, fill: colour };
  return { stroke: colour, width: held ? 2 : 1.25, dash, points, spanGaps: true };
}

/** @param {ArrayLike<number | null | undefined>} values */
function lastKnown(values) {
  let index = values.length - 1;
  while (index >= 0 && typeof values[index] !== "number") index -= 1;
  return index;
}

/**
 * @param {UPlot} plot
 * @param {ArrayLike<number | null | undefined>} values
 */
function lastShown(plot, values) {
  const most = plot.scales.x.max ?? Infinity;
  let index = values.length - 1;
  while (index >= 0 && (typeof values[index] !== "number" || plot.data[0][index] > most))
    index -= 1;
  return index;
}
