/** Elements: made in one line each, with text that is never taken for HTML. */

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} [attributes] `true` is an empty one; what is
 *   false, undefined or "" is left out.
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} press
 * @param {Record<string, string | boolean | undefined>} [attributes]
 */
export function makeButton(text, press, attributes = {}) {
  const button = make("button", { type: "button", class: "button", ...attributes }, text);
  button.addEventListener("click", press);
  return button;
}
