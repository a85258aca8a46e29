/** Pictures come in by button, camera, drop and paste. */

import { button, input } from "./page.js";

/**
 * @param {HTMLElement} stage Shows that a picture may be dropped.
 * @param {(picture: File) => void} taken
 */
export function listen(stage, taken) {
  takeChosen(button("choose"), input("file"), taken);
  takeChosen(button("camera"), input("photo-file"), taken);
  takeDropped(stage, taken);
  document.addEventListener("paste", (event) => {
    const picture = firstOf(event.clipboardData);
    if (picture) taken(picture);
  });
}

/**
 * @param {HTMLButtonElement} opener
 * @param {HTMLInputElement} chooser
 * @param {(picture: File) => void} taken
 */
function takeChosen(opener, chooser, taken) {
  opener.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const picture = chooser.files?.[0];
    chooser.value = ""; // so that the same one can be chosen again
    if (picture) taken(picture);
  });
}

/**
 * A picture may be dropped anywhere: a near miss must not make the browser leave the page.
 * @param {HTMLElement} stage
 * @param {(picture: File) => void} taken
 */
function takeDropped(stage, taken) {
  /** @param {DragEvent} event */
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    stage.classList.add("dropping");
  };
  addEventListener("dragenter", over);
  addEventListener("dragover", over);
  addEventListener("dragleave", (event) => {
    // Only when the window is left; from one element to another there is a related target.
    if (!event.relatedTarget) stage.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    stage.classList.remove("dropping");
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const picture = firstOf(event.dataTransfer);
    if (picture) taken(picture);
  });
}

/**
 * @param {DataTransfer | null} transfer
 * @returns {File | undefined} The first picture; any other file, where there is none.
 */
function firstOf(transfer) {
  const files = [...(transfer?.files ?? [])];
  return files.find((file) => file.type.startsWith("image/")) ?? files[0];
}
