// The response to one question, whatever its type: read from the inputs, written into them, and told whether complete.

import { isNumber } from "./number.js";
import { letter, numberWord } from "./words.js";

/** Option numbers in the order shown, EMPTY at a place without one; or one typed text. @typedef {(number | string)[]} Response */
/** @typedef {{type: string, choose: number, unit?: string}} Asked */

export const EMPTY = -1;

/** @param {Response} response */
const filled = (response) => response.filter((each) => each !== EMPTY).length;

/** Whether an option stands at two places. @param {Response} response */
const repeats = (response) => new Set(response.filter((each) => each !== EMPTY)).size < filled(response);

const TWICE = "An option stands at two places.";

/** When a response counts as complete. @type {Record<string, (asked: Asked, response: Response) => boolean>} */
const COMPLETE = {
  single_choice: (_asked, response) => response.length === 1,
  multiple_response: ({ choose }, response) => response.length === choose,
  ordering: ({ choose }, response) => filled(response) === choose && !repeats(response),
  matching: ({ choose }, response) => filled(response) === choose,
  numeric: ({ unit }, response) => isNumber(String(response[0] ?? ""), unit),
  short_text: (_asked, response) => response.length === 1,
};

/** @param {Asked} asked @param {Response} response */
export const isComplete = (asked, response) => COMPLETE[asked.type](asked, response);

/** @type {Record<string, string>} */
const DONE = { multiple_response: "chosen", ordering: "placed", matching: "matched" };

/** `2 of 3 chosen`; empty for types with one answer. @param {Asked} asked @param {Response} response */
export function countWords({ type, choose }, response) {
  if (type === "ordering" && repeats(response)) return TWICE;
  return DONE[type] ? `${filled(response)} of ${choose} ${DONE[type]}` : "";
}

/** What is missing before the response is complete, in words. @param {Asked} asked @param {Response} response */
export function missingWords(asked, response) {
  if (isComplete(asked, response)) return "";
  const { type, choose } = asked;
  const left = numberWord(choose - filled(response));
  if (type === "multiple_response") return `Choose ${numberWord(choose)}: ${left} more.`;
  if (type === "ordering" && repeats(response)) return TWICE;
  if (type === "ordering") return `Put an option at each place: ${left} more.`;
  if (type === "matching") return `Choose an option for each line: ${left} more.`;
  if (type === "numeric") return "Type a number first.";
  return type === "short_text" ? "Type an answer first." : "Choose an answer first.";
}

/** @param {ParentNode} root @param {string} selector @returns {any[]} */
const all = (root, selector) => [...root.querySelectorAll(selector)];

/** @param {ParentNode} root @returns {HTMLInputElement[]} */
export const optionInputs = (root) => all(root, "[data-options] input");

/** @param {ParentNode} root @returns {HTMLSelectElement[]} */
const picks = (root) => all(root, "select[data-place]");

/** @param {ParentNode} root @returns {Response} */
export function readResponse(root) {
  const typed = /** @type {HTMLInputElement | null} */ (root.querySelector("[data-typed]"));
  if (typed) return plain(typed.value) ? [plain(typed.value)] : [];
  const places = picks(root).map((pick) => (pick.value === "" ? EMPTY : Number(pick.value)));
  if (places.length) return filled(places) ? places : [];
  return optionInputs(root).filter((each) => each.checked).map((each) => Number(each.value));
}

/** @param {ParentNode} root @param {Response} response */
export function writeResponse(root, response) {
  const typed = /** @type {HTMLInputElement | null} */ (root.querySelector("[data-typed]"));
  // What stands there with other spaces is left alone: somebody may be typing.
  if (typed && plain(typed.value) !== plain(response[0])) typed.value = String(response[0] ?? "");
  picks(root).forEach((pick, place) => (pick.value = response[place] === undefined || response[place] === EMPTY ? "" : String(response[place])));
  for (const input of optionInputs(root)) input.checked = response.includes(Number(input.value));
  for (const option of all(root, "[data-lettered] [data-option]")) showPlaces(option, response);
}

/** @param {string | number | undefined} text */
const plain = (text) => String(text ?? "").trim().replace(/\s+/g, " ");

/** Says on an option at which places it stands. @param {HTMLElement} option @param {Response} response */
function showPlaces(option, response) {
  const number = Number(option.dataset.option);
  const places = response.flatMap((each, place) => (each === number ? [place + 1] : []));
  const badge = /** @type {HTMLElement} */ (option.querySelector("[data-placed]"));
  badge.textContent = places.join(", ");
  /** @type {HTMLElement} */ (badge.parentElement).hidden = !places.length;
  option.classList.toggle("lettered__option--placed", places.length > 0);
}

/** Keeps an option from standing at two places of an ordering: the place it came from takes what stood here before.
 * @param {ParentNode} root @param {HTMLSelectElement} pick @param {Response} before
 * @returns {string} what has changed besides, to be said; empty if nothing has */
export function exchange(root, pick, before) {
  if (!pick.closest('[data-places="ordering"]') || pick.value === "") return "";
  const here = picks(root).indexOf(pick);
  const there = picks(root).findIndex((each, place) => place !== here && each.value === pick.value);
  if (there < 0) return "";
  const moved = before[here] ?? EMPTY;
  picks(root)[there].value = moved === EMPTY ? "" : String(moved);
  return moved === EMPTY ? `Place ${there + 1} is empty now.` : `Place ${there + 1} is ${letter(moved)} now.`;
}

/** Chooses an option by its number, as a shortcut or a tap does: checks it, or puts it at the first empty place; an option
 * of an ordering that has a place loses it. @param {ParentNode} root @param {number} number @returns {boolean} whether it did something */
export function chooseOption(root, number) {
  const input = optionInputs(root).find((each) => Number(each.value) === number);
  if (input) {
    input.focus();
    input.click();
    return true;
  }
  const places = picks(root);
  const placed = places.find((each) => each.value === String(number) && each.closest('[data-places="ordering"]'));
  const target = placed ?? places.find((each) => each.value === "");
  if (!target || !target.querySelector(`option[value="${number}"]`)) return false;
  target.value = placed ? "" : String(number);
  target.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** Lets options that belong at places be tapped. @param {HTMLElement} root @param {() => boolean} locked */
export function connectTaps(root, locked) {
  root.classList.add("taps");
  root.addEventListener("click", (event) => {
    const option = /** @type {HTMLElement} */ (event.target).closest("[data-lettered] [data-option]");
    // Selecting words in an option is not a tap.
    if (!(option instanceof HTMLElement) || locked() || String(getSelection())) return;
    chooseOption(/** @type {ParentNode} */ (option.closest("[data-slot]") ?? root), Number(option.dataset.option));
  });
}
