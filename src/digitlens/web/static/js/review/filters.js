/** Which corrections are wanted: chosen in a form, and kept in the page's address. */

const DAY = 24 * 3600 * 1000;
/** What the form shows first; the address names only what is different. */
const FIRST = { status: "pending", order: "surest" };
const NAMES = ["status", "order", "should", "read", "model", "since"];

export class Filters {
  #form;

  /**
   * @param {HTMLFormElement} form
   * @param {() => void} changed
   */
  constructor(form, changed) {
    this.#form = form;
    this.#recall();
    form.addEventListener("change", () => {
      this.#remember();
      changed();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** @returns {URLSearchParams} As the server takes it. */
  get query() {
    const query = new URLSearchParams();
    for (const name of NAMES) {
      const value = this.#select(name).value;
      if (value) query.set(name, value);
    }
    const [, model, version] = query.get("model")?.match(/^(.*)@(.*?)$/) ?? [];
    if (model) query.set("model", model);
    if (version) query.set("version", version);
    const days = Number(query.get("since"));
    if (days) query.set("since", new Date(Date.now() - days * DAY).toISOString());
    return query;
  }

  /** @returns {string} The status that is shown; empty for all. */
  get status() {
    return this.#select("status").value;
  }

  /** @param {readonly { name: string, version: string }[]} models That have read something. */
  offer(models) {
    const select = this.#select("model");
    const options = models.map(({ name, version }) => [`${name} ${version}`, `${name}@${version}`]);
    const wanted = select.value || new URL(location.href).searchParams.get("model") || "";
    select.replaceChildren(
      select.options[0],
      ...options.map(([text, value]) => new Option(text, value)),
    );
    if (options.some(([, value]) => value === wanted)) select.value = wanted;
  }

  #recall() {
    const { searchParams } = new URL(location.href);
    for (const name of NAMES) {
      const value = searchParams.get(name) ?? FIRST[/** @type {keyof typeof FIRST} */ (name)] ?? "";
      const select = this.#select(name);
      // The models are not known yet; `offer` brings them.
      if (name === "model" && value) select.append(new Option(value.replace("@", " "), value));
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    }
  }

  #remember() {
    const url = new URL(location.href);
    url.search = "";
    for (const name of NAMES) {
      const { value } = this.#select(name);
      const first = FIRST[/** @type {keyof typeof FIRST} */ (name)] ?? "";
      if (value !== first) url.searchParams.set(name, value);
    }
    history.replaceState(null, "", url);
  }

  /** @param {string} name */
  #select(name) {
    return /** @type {HTMLSelectElement} */ (this.#form.elements.namedItem(name));
  }
}
