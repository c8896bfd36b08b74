// Single-key shortcuts. They never fire while something is typed, in a dialog, or with Ctrl, Alt or Meta, and they can be
// switched off (WCAG 2.1.4).

import { element, remember, remembered } from "./page.js";

/** @typedef {{next: () => void, previous: () => void, choose: (option: number) => void, strike: (option: number) => void,
 *   flag: () => void, goTo: () => void, review: () => void, hide: () => void, help: () => void}} Commands */

const LETTERS = "abcdef";

/** What a key press asks for. @param {{key: string, shiftKey: boolean, ctrlKey: boolean, altKey: boolean, metaKey: boolean}} event
 * @param {boolean} inGroup whether arrow keys already mean something where the focus is
 * @returns {[keyof Commands, number?] | null} */
export function commandOf(event, inGroup) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const option = LETTERS.indexOf(key);
  if (key.length === 1 && option >= 0) return [event.shiftKey ? "strike" : "choose", option];
  if (key === "?") return ["help"];
  if (event.shiftKey) return null;
  if (/^[1-6]$/.test(key)) return ["choose", Number(key) - 1];
  if (!inGroup && key === "ArrowRight") return ["next"];
  if (!inGroup && key === "ArrowLeft") return ["previous"];
  /** @type {Record<string, keyof Commands>} */
  const commands = { n: "next", j: "next", p: "previous", k: "previous", m: "flag", g: "goTo", r: "review", h: "hide" };
  return commands[key] ? [commands[key]] : null;
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["radio", "checkbox", "button", "submit"].includes(target.type);
}

/** @param {EventTarget | null} target */
const isRadio = (target) => target instanceof HTMLInputElement && target.type === "radio";

/** Listens for shortcuts and connects the switch and the help. @param {Commands} commands */
export function connectKeyboard(commands) {
  const choice = element("shortcuts-on");
  choice.checked = remembered("shortcuts", "on") === "on";
  choice.addEventListener("change", () => remember("shortcuts", choice.checked ? "on" : "off"));
  element("open-keyboard").addEventListener("click", () => commands.help());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || !choice.checked || isTyping(event.target)) return;
    // A dialog, and the panel at the end of the exam, cover what the shortcuts act on.
    if (document.querySelector("dialog:modal, body.ended")) return;
    // A table that scrolls sideways keeps its arrow keys.
    const scroller = event.target instanceof HTMLElement && event.target.matches("pre, table");
    const command = commandOf(event, isRadio(event.target) || scroller);
    if (!command) return;
    event.preventDefault();
    const [name, option] = command;
    if (name === "choose" || name === "strike") commands[name](/** @type {number} */ (option));
    else commands[name]();
  });
}
