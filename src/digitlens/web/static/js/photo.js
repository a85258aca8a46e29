/** A picture that came in, fitted into the square where one draws. */

export class Photo {
  /** @type {File | null} */
  file = null;
  /** Whether this browser cannot show the file itself, as most cannot show TIFF. */
  isForeign = false;
  #image;

  /** @param {HTMLImageElement} image */
  constructor(image) {
    this.#image = image;
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

  /** @returns {Promise<void>} Settles when it is shown, or known to be foreign. */
  async ready() {
    await this.#image.decode().catch(() => {
      this.isForeign = true;
      this.#image.hidden = true;
    });
  }

  close() {
    if (this.#image.src.startsWith("blob:")) URL.revokeObjectURL(this.#image.src);
    this.file = null;
    this.isForeign = false;
    this.#image.hidden = true;
    this.#image.removeAttribute("src");
  }
}
