import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Unreachable } from "../../src/digitlens/web/static/js/api.js";
import { Live } from "../../src/digitlens/web/static/js/live.js";

/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A live answer whose requests the test answers itself. */
function start() {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {{ answer: (value: number) => void, fail: (error: unknown) => void, signal: AbortSignal }[]} */
  const asked = [];
  /** @type {number[]} */
  const answers = [];
  /** @type {unknown[]} */
  const failures = [];
  const live = new Live({
    /** @param {AbortSignal} signal */
    ask: (signal) =>
      new Promise((answer, fail) => {
        asked.push({ answer, fail, signal });
      }),
    /** @param {number} value */
    answered: (value) => answers.push(value),
    failed: (error) => failures.push(error),
  });
  return { live, asked, answers, failures };
}

/** @param {import("node:test").TestContext} context */
const cleanUp = (context) => context.after(() => mock.timers.reset());

test("many changes while a request is under way become one request", async (context) => {
  cleanUp(context);
  const { live, asked, answers } = start();
  live.soon();
  for (let i = 0; i < 20; i += 1) live.soon();
  assert.equal(asked.length, 1);
  asked[0].answer(1);
  await settle();
  mock.timers.tick(1000);
  await settle();
  assert.equal(asked.length, 2);
  asked[1].answer(2);
  await settle();
  mock.timers.tick(1000);
  await settle();
  assert.equal(asked.length, 2);
  assert.deepEqual(answers, [1, 2]);
});

test("a finished stroke does not wait, and what it replaces is never delivered", async (context) => {
  cleanUp(context);
  const { live, asked, answers } = start();
  live.soon();
  live.now();
  assert.equal(asked.length, 2);
  assert.ok(asked[0].signal.aborted);
  asked[1].answer(2);
  await settle();
  asked[0].answer(1);
  await settle();
  assert.deepEqual(answers, [2]);
});

test("after stop nothing is delivered and nothing is asked", async (context) => {
  cleanUp(context);
  const { live, asked, answers, failures } = start();
  live.soon();
  live.soon();
  live.stop();
  asked[0].fail(new Unreachable());
  await settle();
  mock.timers.tick(60_000);
  await settle();
  assert.deepEqual([asked.length, answers, failures], [1, [], []]);
});

test("a server that is gone is asked again, more and more rarely, until it answers", async (context) => {
  cleanUp(context);
  const { live, asked, answers, failures } = start();
  live.now();
  const waits = [];
  for (let i = 0; i < 6; i += 1) {
    asked[i].fail(new Unreachable());
    await settle();
    let waited = 0;
    while (asked.length === i + 1) {
      mock.timers.tick(100);
      waited += 100;
      await settle();
    }
    waits.push(waited);
  }
  asked[6].answer(7);
  await settle();
  assert.deepEqual(answers, [7]);
  assert.equal(failures.length, 6);
  assert.deepEqual(
    waits,
    [...waits].sort((a, b) => a - b),
  );
  assert.ok(waits[0] <= 500 && waits[5] <= 5000);
});

test("a refusal is said once and not asked again", async (context) => {
  cleanUp(context);
  const { live, asked, failures } = start();
  live.now();
  asked[0].fail(new Error("no"));
  await settle();
  mock.timers.tick(60_000);
  await settle();
  assert.deepEqual([asked.length, failures.length], [1, 1]);
});

test("a server that says when to come back is not asked before", async (context) => {
  cleanUp(context);
  const { live, asked } = start();
  live.now();
  asked[0].fail(new Unreachable(20));
  await settle();
  mock.timers.tick(19_000);
  await settle();
  assert.equal(asked.length, 1);
  mock.timers.tick(2000);
  await settle();
  assert.equal(asked.length, 2);
});
