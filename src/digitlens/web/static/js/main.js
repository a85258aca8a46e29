/** The page on which digits are drawn and read: everything is wired together here. */

import { Announcer } from "./announce.js";
import { Answer } from "./answer.js";
import { Unreachable, read, tooManyBytes } from "./api.js";
import { Attention } from "./attention.js";
import { Boxes } from "./boxes.js";
import { Feedback } from "./corrections/feedback.js";
import { explain } from "./failures.js";
import * as keys from "./keys.js";
import { Live } from "./live.js";
import { Pad } from "./pad.js";
import { button, byId, input } from "./page.js";
import { Paper } from "./paper.js";
import { Pen } from "./pen.js";
import { Photo } from "./photo.js";
import * as pictures from "./pictures.js";
import { snapshot, strokesOf } from "./snapshot.js";
import { StepsView } from "./steps.js";
import { Drawing } from "./strokes.js";
import { speak } from "./words.js";

/**
 * @typedef {import("./api.js").Reading} Reading
 * @typedef {import("./corrections/api.js").Material} Material
 */

const stage = byId("stage");
const canvas = /** @type {HTMLCanvasElement} */ (byId("pad"));
const maxBytes = Number(byId("main").dataset.maxBytes);

/** @type {Reading | null} */
let reading = null;
const drawing = new Drawing();
const paper = new Paper(canvas, drawing);
const pen = new Pen(input("width"), byId("nib"));
const attention = new Attention(look);
const answer = new Answer(attention);
const boxes = new Boxes(byId("boxes"), stage, attention);
const announcer = new Announcer(byId("spoken"));
// Where the server keeps no corrections, the page does not ask for any.
const feedback = document.getElementById("feedback")
  ? new Feedback(attention, {
      isBehind: () => live.isBehind,
      announce: (words) => announcer.say(words),
    })
  : null;
/** What readings were made of. @type {WeakMap<Reading, Material>} */
const materials = new WeakMap();
const live = new Live({ ask, answered, failed });
const steps = new StepsView(button("how"), byId("steps"), () => live.now());
const photo = new Photo(/** @type {HTMLImageElement} */ (byId("photo")));

function source() {
  return photo.file ? "picture" : "drawing";
}

/** The stroke in progress grew. */
function drawn() {
  refresh();
  live.soon();
}

/** The drawing is as it is to be: a stroke was finished, or undone. */
function changed() {
  refresh();
  if (!drawing.isEmpty) live.now();
  else empty();
}

/** Nothing is drawn: that needs no server. */
function empty() {
  live.stop();
  show(null);
  announcer.say("The canvas is empty.");
}

/** Shows the drawing, and what can be done with it. */
function refresh() {
  paper.update();
  stage.dataset.state = photo.file ? "picture" : drawing.isEmpty ? "empty" : "drawing";
  allow("undo", drawing.canUndo);
  allow("redo", drawing.canRedo);
  allow("clear", !drawing.isEmpty);
  byId("drawing-tools").hidden = photo.file !== null;
  byId("photo-tools").hidden = photo.file === null;
}

/**
 * @param {"undo" | "redo" | "clear"} command
 * @param {boolean} possible
 */
function allow(command, possible) {
  // Not `disabled`: the focus would be lost with the last step back.
  button(command).setAttribute("aria-disabled", String(!possible));
}

/** @param {"undo" | "redo" | "clear"} command */
function edit(command) {
  if (photo.file) return;
  drawing[command]();
  changed();
}

/** @param {AbortSignal} signal */
async function ask(signal) {
  const options = { steps: steps.isOpen, signal };
  const { file } = photo;
  const of = drawing.strokes;
  const growing = drawing.open !== null;
  const lines = file ? null : strokesOf(of);
  const picture = file ?? (await snapshot(of));
  const said = file ? await photo.read(options) : await read(picture, options);
  // While a stroke is drawn, the drawing is another one with each of its points.
  materials.set(said, { of: file ?? (growing ? {} : of), picture, drawn: lines });
  return said;
}

/** @param {Reading} said */
function answered(said) {
  show(said);
  announcer.say(speak(said, source()));
}

/** @param {unknown} error */
function failed(error) {
  const words = explain(error, source());
  // An answer that may still come is waited for with the last one in view.
  if (!(error instanceof Unreachable)) show(null);
  feedback?.forgetPress();
  answer.fail(words);
  announcer.say(`${words.sentence} ${words.detail}`);
}

/** @param {Reading | null} said */
function show(said) {
  reading = said;
  attention.follow(said?.digits ?? []);
  answer.show(said, source());
  boxes.show(said?.digits ?? [], said?.size ?? { width: 1, height: 1 });
  steps.show(said?.steps, attention.shown);
  feedback?.follow(said, said ? materials.get(said) : undefined);
}

/** Another digit is looked at. */
function look() {
  answer.mark();
  boxes.mark();
  steps.show(reading?.steps, attention.shown);
  feedback?.mark();
}

/** @param {File} file */
function openPicture(file) {
  live.stop();
  show(null);
  photo.open(file);
  byId("file-name").textContent = file.name;
  refresh();
  if (file.size <= maxBytes) live.now();
  else failed(tooManyBytes(file.size, maxBytes));
}

function backToDrawing() {
  const pressed = document.activeElement === button("back");
  photo.close();
  changed();
  if (pressed) button("choose").focus({ preventScroll: true }); // the pressed one is gone
}

new Pad(canvas, drawing, () => pen.width, { drawn, lifted: changed });
keys.listen(
  {
    undo: () => edit("undo"),
    redo: () => edit("redo"),
    clear: () => (photo.file ? backToDrawing() : edit("clear")),
  },
  (key) => feedback?.key(key) ?? false,
);
for (const command of /** @type {const} */ (["undo", "redo", "clear"])) {
  button(command).addEventListener("click", () => edit(command));
}
button("back").addEventListener("click", backToDrawing);
pictures.listen(stage, openPicture);
stage.addEventListener("click", (event) => {
  const index = photo.file ? boxes.at(event) : null;
  if (index !== null) attention.choose(index);
});
addEventListener("online", () => live.retry());
refresh();
show(null);
