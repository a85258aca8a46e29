/** A picture that came in, fitted into the square where one draws. */

import { read } from "./api.js";

export class Photo {
  /** @type {File | null} */
  file = null;
  #image;
  /** Whether this browser cannot show the file itself, as most cannot show TIFF. */
  #isForeign = false;

  /** @param {HTMLImageElement} image */
  constructor(image) {
    this.#image = image;
  }

  /** @param {File} file */
  open(file) {
    this.close();
    this.file = file;
    this.#image.alt = `Your picture ${file.name}`;
    this.#show(URL.createObjectURL(file));
  }

  close() {
    if (this.#image.src.startsWith("blob:")) URL.revokeObjectURL(this.#image.src);
    this.file = null;
    this.#isForeign = false;
    this.#image.hidden = true;
    this.#image.removeAttribute("src");
  }

  /**
   * Has it read. A foreign picture is then shown as the server decoded it.
   * @param {{ steps: boolean, signal: AbortSignal }} options As `read` takes them.
   * @returns {Promise<import("./api.js").Reading>}
   */
  async read({ steps, signal }) {
    const file = /** @type {File} */ (this.file);
    const asked = read(file, { steps: steps || this.#isForeign, signal });
    const [said] = await Promise.all([asked, this.#shown()]);
    if (!this.#isForeign || signal.aborted) return said;
    const whole = said.steps ? said : await read(file, { steps: true, signal });
    if (whole.steps && !signal.aborted) this.#show(whole.steps.picture);
    return whole;
  }

  /** @param {string} url */
  #show(url) {
    this.#image.src = url;
    this.#image.hidden = false;
  }

  /** Settles when the picture is shown, or known to be foreign. */
  async #shown() {
    const file = this.file;
    await this.#image.decode().catch(() => {
      if (file !== this.file) return; // another one has come in its place
      this.#isForeign = true;
      this.#image.hidden = true;
    });
  }
}
