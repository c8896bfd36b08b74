// One question of practice: keeps what is chosen on this device, measures the time, sends the answer and goes on to the
// feedback. Without this script the page is a plain form that does the same.

import { chooseOption, connectTaps, countWords, exchange, missingWords, optionInputs, readResponse, writeResponse } from "../room/response.js";
import { numberWord } from "../room/words.js";
import { dropDraft, keepDraft, readDraft, sweepDrafts } from "./draft.js";
import { connectKeys } from "./keys.js";
import { Stopwatch, connectPace } from "./pace.js";
import { send } from "./send.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-practice]"));
const { practice = "", slot = "" } = form.dataset;
const asked = { type: form.dataset.type ?? "", choose: Number(form.dataset.choose ?? "1"), unit: form.dataset.unit };
const state = /** @type {HTMLElement} */ (form.querySelector("[data-send-state]"));
const counter = form.querySelector("[data-choose-count]");

/** @param {string} selector @returns {HTMLInputElement[]} */
const inputs = (selector) => [...form.querySelectorAll(selector)].map((each) => /** @type {HTMLInputElement} */ (each));
const options = optionInputs(form);
const confidences = inputs("input[name=confidence]");
const flag = inputs("input[name=flagged]")[0];

const before = readDraft(practice, slot);
const watch = new Stopwatch(before?.spent_ms ?? 0);
/** The button whose sending is under way, or was when the page was left. @type {string | null} */
let sending = null;
let stored = false;

/** What stood there before the latest change. @type {import("../room/response.js").Response} */
let last = [];

function keep() {
  if (stored) return;
  keepDraft(practice, slot, {
    response: readResponse(form),
    confidence: confidences.find((each) => each.checked)?.value ?? null,
    flagged: flag.checked,
    spent_ms: watch.ms,
    sending,
  });
}

function restore() {
  if (!before) return;
  writeResponse(form, before.response);
  for (const confidence of confidences) confidence.checked = confidence.value === before.confidence;
  flag.checked = before.flagged;
}

function showCount() {
  last = readResponse(form);
  writeResponse(form, last);
  if (counter) counter.textContent = countWords(asked, last);
}

/** @param {string} text */
function say(text) {
  state.textContent = text;
}

/** @param {Event} event */
function changed(event) {
  const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target);
  say("");
  if (input instanceof HTMLSelectElement) say(exchange(form, input, last));
  else if (asked.type === "multiple_response" && options.includes(input) && readResponse(form).length > asked.choose) {
    input.checked = false;
    say(`Choose ${numberWord(asked.choose)}. Clear one first.`);
  }
  showCount();
  keep();
}

/** Sends the answer as it is now; the page waits with it until the server has it. @param {string} go */
async function deliver(go) {
  if (sending) return;
  sending = go;
  say("");
  keep();
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  fields.set("spent_ms", String(watch.ms));
  fields.set("go", go);
  lock(true);
  const feedback = await send(location.pathname, fields, () => {
    const first = !state.textContent;
    say("Not sent yet. It is kept on this device, and sent again until it gets through.");
    // The button that had the focus is disabled while the answer is on its way.
    if (first) state.focus();
  });
  if (feedback) {
    stored = true;
    dropDraft(practice, slot);
    location.replace(feedback);
    return;
  }
  sending = null;
  lock(false);
  keep();
  giveToBrowser(fields);
}

/** Sends the fields as a browser without scripts would, so that the server's own page explains. @param {URLSearchParams} fields */
function giveToBrowser(fields) {
  const plain = document.createElement("form");
  plain.method = "post";
  plain.hidden = true;
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    field.name = name;
    field.value = value;
    plain.append(field);
  }
  document.body.append(plain);
  plain.submit();
}

/** @param {boolean} locked */
function lock(locked) {
  for (const element of form.querySelectorAll("input, select, button")) {
    /** @type {HTMLInputElement | HTMLSelectElement | HTMLButtonElement} */ (element).disabled = locked;
  }
}

form.addEventListener("change", changed);
form.addEventListener("input", keep);
connectTaps(form, () => sending !== null);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const go = button?.value === "give-up" ? "give-up" : "check";
  const text = go === "check" ? missingWords(asked, readResponse(form)) : "";
  if (!text) deliver(go);
  else if (!sending) say(text);
});
addEventListener("pagehide", keep);
addEventListener("pageshow", (event) => {
  // A page from the back button's memory may show a question that is answered by now.
  if (event.persisted) location.reload();
});

connectKeys({
  choose(number) {
    if (!sending) chooseOption(form, number);
  },
  enter: () => form.requestSubmit(),
  flag: () => flag.click(),
  next() {
    const skip = document.querySelector("a[data-next]");
    if (skip instanceof HTMLElement) skip.click();
  },
});
restore();
showCount();
connectPace(watch);
sweepDrafts();
document.getElementById("problem")?.focus();
// The page was left while an answer was on its way: it goes on from there.
if (before?.sending) deliver(before.sending);
