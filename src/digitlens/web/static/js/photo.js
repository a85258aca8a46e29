/** A picture that came in, fitted into the square where one draws. */

export class Photo {
  /** @type {File | null} */
  file = null;
  /** Whether this browser cannot show the file itself, as most cannot show TIFF. */
  isForeign = false;
  #image;

  /**
   * @param {HTMLImageElement} image
   * @param {() => void} foreign Called when it turns out that the browser cannot show it.
   */
  constructor(image, foreign) {
    this.#image = image;
    image.addEventListener("error", () => {
      if (!this.file || this.isForeign) return;
      this.isForeign = true;
      image.hidden = true;
      foreign();
    });
  }

  /** @returns {import("./api.js").Size} In pixels; of the upright picture. */
  get size() {
    return { width: this.#image.naturalWidth || 1, height: this.#image.naturalHeight || 1 };
  }

  /** @param {File} file */
  open(file) {
    this.close();
    this.file = file;
    this.#image.alt = `Your picture ${file.name}`;
    this.#image.src = URL.createObjectURL(file);
    this.#image.hidden = false;
  }

  /**
   * Shows what the server made of a file that the browser cannot show.
   * @param {string} url
   */
  showDecoded(url) {
    this.#image.src = url;
    this.#image.hidden = false;
  }

  /** @returns {Promise<void>} Settles when the size is known, or never will be. */
  async ready() {
    await this.#image.decode().catch(() => {});
  }

  close() {
    if (this.#image.src.startsWith("blob:")) URL.revokeObjectURL(this.#image.src);
    this.file = null;
    this.isForeign = false;
    this.#image.hidden = true;
    this.#image.removeAttribute("src");
  }
}
