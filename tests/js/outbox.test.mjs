import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { ageMs, backOffMs, beats, madeOver, sendable, takeOver } = await load("outbox.js");

const NOW = { wall: 100_000, monotonic: 50_000, page: "here" };
const made = (ago) => ({ wall: NOW.wall - ago, monotonic: NOW.monotonic - ago, page: "here" });
const answer = (response) => ({ response, flagged: false, confidence: null, struck: [], spent_ms: 1_000 });
const entry = (slot, sequence, response, ago, touched = true) => ({
  ...answer(response), slot, sequence, change: `${slot}/${sequence}`, made: made(ago), touched,
});
const saved = (response, age_ms) => ({ ...answer(response), saved_at: "", age_ms });

test("within a page the monotonic clock counts, even if the wall clock was set back", () => {
  assert.equal(ageMs({ wall: 200_000, monotonic: 49_000, page: "here" }, NOW), 1_000);
});

test("across pages the wall clock counts", () => {
  assert.equal(ageMs({ wall: 98_000, monotonic: 49_999, page: "before" }, NOW), 2_000);
});

test("what waits is numbered above the server's highest, in the order made", () => {
  const { kept, sequence } = takeOver([entry(2, 9, [1], 10), entry(1, 8, [0], 20)], {}, 41, NOW);
  assert.deepEqual(kept.map((each) => [each.slot, each.sequence]), [[1, 42], [2, 43]]);
  assert.equal(sequence, 43);
});

test("a newer answer from another device wins", () => {
  const { kept, dropped } = takeOver([entry(1, 1, [0], 9_000)], { 1: saved([2], 3_000) }, 7, NOW);
  assert.equal(kept.length, 0);
  assert.deepEqual(dropped.map((each) => each.slot), [1]);
});

test("an older answer on the server gives way", () => {
  const { kept, dropped } = takeOver([entry(1, 1, [0], 3_000)], { 1: saved([2], 9_000) }, 7, NOW);
  assert.deepEqual([kept.length, dropped.length], [1, 0]);
});

test("a later visit on another device does not beat an answer made offline", () => {
  const { kept } = takeOver([entry(1, 1, [0], 9_000)], { 1: saved([], 3_000) }, 7, NOW);
  assert.equal(kept.length, 1);
});

test("a visit made here does not beat an answer given elsewhere", () => {
  const { kept, dropped, obsolete } = takeOver([entry(1, 1, [], 1_000, false)], { 1: saved([2], 9_000) }, 7, NOW);
  assert.deepEqual([kept.length, dropped.length, obsolete.length], [0, 0, 1]);
});

test("what the server has already is not sent again, and is not called dropped", () => {
  const { kept, dropped, obsolete } = takeOver([entry(1, 1, [2], 3_000)], { 1: saved([2], 2_990) }, 7, NOW);
  assert.deepEqual([kept.length, dropped.length, obsolete.length], [0, 0, 1]);
});

test("time spent never shrinks", () => {
  const { kept } = takeOver([entry(1, 1, [0], 10)], { 1: { ...saved([2], 9_000), spent_ms: 5_000 } }, 7, NOW);
  assert.equal(kept[0].spent_ms, 5_000);
});

test("one request a slot, a few at once, the oldest first", () => {
  const waiting = [entry(3, 5, [], 0), entry(1, 3, [], 0), entry(2, 4, [], 0)];
  assert.deepEqual(sendable(waiting, new Set([1]), 2).map((each) => each.slot), [2]);
});

test("waiting grows, is random, and is never shorter than the server asks", () => {
  assert.equal(backOffMs(1, 1, null), 1_000);
  assert.equal(backOffMs(1, 0, null), 0);
  assert.equal(backOffMs(30, 1, null), 20_000);
  assert.equal(backOffMs(3, 0, 2_000), 2_000);
});

test("an answer made on top of what the server has wins, whatever the clocks say", () => {
  const changed = { ...entry(1, 2, [1], 9_000), over: [answer([0])] };
  const { kept, dropped } = takeOver([changed], { 1: saved([0], 3_000) }, 7, NOW);
  assert.deepEqual([kept.length, dropped.length], [1, 0]);
});

test("an entry remembers everything that was sent before it without a word coming back", () => {
  const first = { ...entry(1, 1, [0], 30), over: madeOver(undefined, undefined) };
  const second = { ...entry(1, 2, [1], 20), over: madeOver(first, undefined) };
  const third = { ...entry(1, 3, [2], 10), over: madeOver(second, undefined) };
  assert.deepEqual(third.over.map((each) => each.response), [[0], [1]]);
  assert.deepEqual(madeOver(undefined, answer([3])).map((each) => each.response), [[3]]);
});

test("of two entries of a slot a visit never beats an answer, and of two answers the later one does", () => {
  assert.equal(beats(entry(1, 2, [], 0, false), entry(1, 1, [3], 9_000), NOW), false);
  assert.equal(beats(entry(1, 1, [3], 9_000), entry(1, 2, [], 0, false), NOW), true);
  assert.equal(beats(entry(1, 2, [1], 10), entry(1, 1, [3], 9_000), NOW), true);
});

test("a clock that jumped ahead makes no answer older than the server takes", () => {
  const years = { ...NOW, wall: NOW.wall + 20 * 365 * 24 * 3600 * 1000, page: "later" };
  assert.equal(ageMs(made(0), years), 7 * 24 * 3600 * 1000);
});

test("what no request has carried is nothing that an answer was made over, and what the server had stays", () => {
  const known = answer(["S"]);
  let before = { ...entry(1, 1, ["Sa"], 0), over: madeOver(undefined, known) };
  for (const text of ["Sag", "Sage", "SageM", "SageMa", "SageMak", "SageMake", "SageMaker", "SageMaker ", "SageMaker C"]) {
    before = { ...entry(1, 1, [text], 0), over: madeOver(before, known, false) };
  }
  assert.deepEqual(before.over, [known]);
  const { kept } = takeOver([{ ...before, made: made(3_600_000) }], { 1: saved(["S"], 1_000) }, 1, NOW);
  assert.equal(kept.length, 1);
});

test("of many answers that were sent, the one that the server had at first is kept", () => {
  let before = { ...entry(1, 1, [0], 0), over: madeOver(undefined, answer([9])) };
  for (let each = 1; each < 20; each += 1) before = { ...entry(1, 1, [each], 0), over: madeOver(before, undefined) };
  assert.deepEqual(before.over[0].response, [9]);
  assert.equal(before.over.length, 8);
});
