/** How it got there: the picture at every step on its way to the network. */

/** @typedef {import("./api.js").Steps} Steps */

/** @type {{ name: string, caption: string, of: (steps: Steps, index: number) => string | undefined }[]} */
const STEPS = [
  { name: "picture", caption: "Picture", of: (steps) => steps.picture },
  { name: "ink", caption: "Ink", of: (steps) => steps.ink },
  { name: "cut", caption: "Digit found", of: (steps, i) => steps.digits[i]?.cut },
  { name: "width", caption: "Pen width", of: (steps, i) => steps.digits[i]?.width },
  { name: "centred", caption: "Centred", of: (steps, i) => steps.digits[i]?.seen },
  { name: "seen", caption: "Seen", of: (steps, i) => steps.digits[i]?.seen },
];

export class StepsView {
  #button;
  #list;
  /** @type {HTMLImageElement[]} */
  #pictures = [];

  /**
   * @param {HTMLButtonElement} button Unfolds the list.
   * @param {HTMLElement} list
   * @param {() => void} opened Called when steps are wanted.
   */
  constructor(button, list, opened) {
    this.#button = button;
    this.#list = list;
    for (const { name, caption } of STEPS) this.#pictures.push(this.#add(name, caption));
    button.addEventListener("click", () => {
      this.#setOpen(!this.isOpen);
      if (this.isOpen) opened();
    });
  }

  get isOpen() {
    return this.#button.getAttribute("aria-expanded") === "true";
  }

  /**
   * @param {Steps | undefined} steps undefined, where they were not asked for.
   * @param {number} index Of the digit that is looked at; -1 for none.
   */
  show(steps, index) {
    this.#button.disabled = index < 0;
    this.#list.classList.toggle("empty", index < 0);
    STEPS.forEach(({ of }, i) => {
      const url = steps && index >= 0 ? of(steps, index) : undefined;
      if (url) this.#pictures[i].src = url;
      this.#pictures[i].hidden = !url && (index < 0 || !this.#pictures[i].src);
    });
  }

  /** @param {boolean} open */
  #setOpen(open) {
    this.#button.setAttribute("aria-expanded", String(open));
    this.#list.hidden = !open;
  }

  /**
   * @param {string} name
   * @param {string} caption
   */
  #add(name, caption) {
    const item = document.createElement("li");
    item.className = "step";
    const frame = document.createElement("div");
    frame.className = `step-frame step-${name}`;
    const picture = document.createElement("img");
    picture.alt = "";
    picture.hidden = true;
    const words = document.createElement("p");
    words.className = "step-caption";
    words.textContent = caption;
    frame.append(picture);
    item.append(frame, words);
    this.#list.append(item);
    return picture;
  }
}
