import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { clockText, combine, crossed, observe, remainingByWall, remainingMs } = await load("clock.js");

test("the deadline lies within the round trip", () => {
  const deadline = observe(60_000, 1_000, 1_200);
  assert.deepEqual(deadline, { earliest: 61_000, latest: 61_200 });
  assert.equal(remainingMs(deadline, 1_200), 59_900);
});

test("a quick response narrows what a slow one told", () => {
  const slow = observe(60_000, 0, 4_000);
  const quick = observe(58_000, 3_000, 3_050);
  assert.deepEqual(combine(slow, quick), { earliest: 61_000, latest: 61_050 });
  assert.deepEqual(combine(combine(null, quick), slow), { earliest: 61_000, latest: 61_050 });
});

test("an answer that cannot be reconciled replaces the old one: time was added, or the device slept", () => {
  const before = observe(60_000, 0, 100);
  const after = observe(1_800_000, 1_000, 1_100);
  assert.deepEqual(combine(before, after), after);
});

test("time never runs below zero", () => {
  assert.equal(remainingMs(observe(1_000, 0, 0), 5_000), 0);
  assert.equal(remainingByWall({ remaining_ms: 1_000, synced_at: 0 }, 5_000), 0);
});

test("a wall clock set back gives no time away", () => {
  assert.equal(remainingByWall({ remaining_ms: 1_000, synced_at: 10_000 }, 5_000), 1_000);
});

test("zero is shown at zero only", () => {
  assert.equal(clockText(0), "0:00:00");
  assert.equal(clockText(1), "0:00:01");
  assert.equal(clockText(5_398_500), "1:29:59");
});

test("a leap over several thresholds reports the last", () => {
  assert.equal(crossed(31, 4, [30, 5]), 5);
  assert.equal(crossed(31, 29, [30, 5]), 30);
  assert.equal(crossed(30, 29, [30, 5]), null);
});
