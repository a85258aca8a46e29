/**
 * A row of buttons with one tab stop: the arrow keys move within it, as the ARIA practices have it
 * (https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/).
 */

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Toolbar {
  /** @type {HTMLButtonElement[]} */
  #buttons;

  /**
   * @param {HTMLElement} row Its buttons have `data-choice`.
   * @param {(choice: string) => void} pressed
   */
  constructor(row, pressed) {
    this.#buttons = [...row.querySelectorAll("button")];
    for (const button of this.#buttons) {
      button.addEventListener("click", () => pressed(button.dataset.choice ?? ""));
      button.addEventListener("focus", () => this.#stopAt(button));
    }
    row.addEventListener("keydown", (event) => this.#move(event));
    this.#stopAt(this.#buttons[0]);
  }

  /** @param {string} choice */
  has(choice) {
    return this.#buttons.some((button) => button.dataset.choice === choice);
  }

  /**
   * @param {boolean} possible Whether there is something to choose for.
   * @param {readonly string[]} chosen
   */
  show(possible, chosen) {
    for (const button of this.#buttons) {
      // Not `disabled`: the focus would be lost while one draws on.
      button.setAttribute("aria-disabled", String(!possible));
      button.setAttribute("aria-pressed", String(chosen.includes(button.dataset.choice ?? "")));
    }
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const at = this.#buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    const last = this.#buttons.length - 1;
    const to = event.key === "Home" ? 0 : event.key === "End" ? last : at + (step ?? 0);
    if (at < 0 || to === at || to < 0 || to > last) return;
    event.preventDefault();
    this.#buttons[to].focus();
  }

  /** @param {HTMLButtonElement} button */
  #stopAt(button) {
    for (const one of this.#buttons) one.tabIndex = one === button ? 0 : -1;
  }
}
