import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable, tooManyBytes } from "../../src/digitlens/web/static/js/api.js";
import { explain } from "../../src/digitlens/web/static/js/failures.js";

test("a server that is gone is named, and what is kept", () => {
  const said = explain(new Unreachable(), "drawing");
  assert.equal(said.sentence, "The reader cannot be reached.");
  assert.equal(said.detail, "Your drawing is kept; trying again…");
});

test("a picture that is too large is told its size and the limit", () => {
  const pixels = new Refused({
    status: 413,
    expected: "up to 20,000,000 pixels",
    received: "8000 × 6000",
  });
  const bytes = new Refused({
    status: 413,
    expected: "up to 20,000,000 bytes",
    received: "31,500,000 bytes",
  });
  const unsent = tooManyBytes(31_500_000, 20_000_000);
  assert.equal(explain(pixels, "picture").detail, "It has 48 megapixels; up to 20 are read.");
  assert.equal(explain(bytes, "picture").detail, "It has 31.5 MB; up to 20 MB are read.");
  const little = tooManyBytes(20_000_001, 20_000_000);
  assert.equal(explain(little, "picture").detail, "It has 20.1 MB; up to 20 MB are read.");
  assert.equal(explain(unsent, "picture").detail, "It has 31.5 MB; up to 20 MB are read.");
});

test("every refusal of a picture has words of its own", () => {
  const said = [415, 422, 500].map(
    (status) => explain(new Refused({ status }), "picture").sentence,
  );
  assert.equal(new Set(said).size, 3);
});
