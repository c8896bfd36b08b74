import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { isNumber } = await load("number.js");

// The same cases as for the server, in tests/exam/test_question_types.py.
test("a number may be written in the usual ways", () => {
  const texts = ["12", " 1,250.5 ", "1250,5", "0,125", "1,250", "1 250", "\u22123", "+.5", "1e3", "40 MS", "40ms", "\uff11\uff12"];
  for (const text of texts) assert.ok(isNumber(text, "ms"), text);
});

test("what is no number is none", () => {
  const texts = ["", "many", "1.2.3", "1,2,3", "12 apples", "--1", "1e999", "nan", "inf", "0x10", "ms"];
  for (const text of texts) assert.ok(!isNumber(text, "ms"), text);
});
