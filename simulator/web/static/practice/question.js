// One question of practice: keeps what is chosen on this device, measures the time, sends the answer and goes on to the
// feedback. Without this script the page is a plain form that does the same.

import { numberWord } from "../room/words.js";
import { dropDraft, keepDraft, readDraft, sweepDrafts } from "./draft.js";
import { connectKeys } from "./keys.js";
import { Stopwatch, connectPace } from "./pace.js";
import { send } from "./send.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-practice]"));
const { practice = "", slot = "", choose = "1", type } = form.dataset;
const state = /** @type {HTMLElement} */ (form.querySelector("[data-send-state]"));
const counter = form.querySelector("[data-choose-count]");
const several = type === "multiple_response";

/** @param {string} selector @returns {HTMLInputElement[]} */
const inputs = (selector) => [...form.querySelectorAll(selector)].map((each) => /** @type {HTMLInputElement} */ (each));
const options = inputs("[data-options] input");
const confidences = inputs("input[name=confidence]");
const flag = inputs("input[name=flagged]")[0];

const before = readDraft(practice, slot);
const watch = new Stopwatch(before?.spent_ms ?? 0);
/** The button whose sending is under way, or was when the page was left. @type {string | null} */
let sending = null;
let stored = false;

const response = () => options.filter((each) => each.checked).map((each) => Number(each.value));

function keep() {
  if (stored) return;
  keepDraft(practice, slot, {
    response: response(),
    confidence: confidences.find((each) => each.checked)?.value ?? null,
    flagged: flag.checked,
    spent_ms: watch.ms,
    sending,
  });
}

function restore() {
  if (!before) return;
  for (const option of options) option.checked = before.response.includes(Number(option.value));
  for (const confidence of confidences) confidence.checked = confidence.value === before.confidence;
  flag.checked = before.flagged;
}

function showCount() {
  if (counter) counter.textContent = `${response().length} of ${choose} chosen`;
}

/** @param {string} text */
function say(text) {
  state.textContent = text;
}

/** @param {Event} event */
function changed(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  say("");
  if (several && input.checked && options.includes(input) && response().length > Number(choose)) {
    input.checked = false;
    say(`Choose ${numberWord(Number(choose))}. Clear one first.`);
  }
  showCount();
  keep();
}

/** What is missing before the answer can be checked. */
function missing() {
  const left = Number(choose) - response().length;
  if (left <= 0) return "";
  return several ? `Choose ${numberWord(Number(choose))}: ${numberWord(left)} more.` : "Choose an answer first.";
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
  for (const element of form.querySelectorAll("input, button")) {
    /** @type {HTMLInputElement | HTMLButtonElement} */ (element).disabled = locked;
  }
}

form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const go = button?.value === "give-up" ? "give-up" : "check";
  const text = go === "check" ? missing() : "";
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
    if (sending) return;
    options[number]?.focus();
    options[number]?.click();
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
