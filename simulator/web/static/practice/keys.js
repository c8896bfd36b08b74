// Single-key shortcuts of the practice pages, with the room's keys and its switch (WCAG 2.1.4).

import { commandOf } from "../room/keyboard.js";
import { remember, remembered } from "../room/page.js";

/** @typedef {{choose?: (option: number) => void, next?: () => void, flag?: () => void, enter?: () => void}} Commands */

const ACTS_ON_ENTER = "a, button, summary, select, textarea, input:not([type=radio]):not([type=checkbox])";

/** @param {EventTarget | null} target @param {string} selector */
const matches = (target, selector) => target instanceof Element && target.closest(selector) !== null;

/** Shows the help with its switch, and listens. @param {Commands} commands */
export function connectKeys(commands) {
  const help = document.querySelector("[data-keys]");
  const choice = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-shortcuts]"));
  if (!(help instanceof HTMLElement) || !choice) return;
  help.hidden = false;
  choice.checked = remembered("shortcuts", "on") === "on";
  choice.addEventListener("change", () => remember("shortcuts", choice.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || !choice.checked) return;
    if (event.key === "Enter") {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || matches(event.target, ACTS_ON_ENTER)) return;
      act(event, commands.enter);
      return;
    }
    if (matches(event.target, "select, textarea, input:not([type=radio]):not([type=checkbox])")) return;
    // Arrow keys mean something already: they move inside a group of options, and scroll.
    const command = commandOf(event, true);
    if (!command) return;
    const [name, option] = command;
    if (name === "choose") act(event, commands.choose && (() => commands.choose?.(/** @type {number} */ (option))));
    if (name === "next") act(event, commands.next);
    if (name === "flag") act(event, commands.flag);
  });
}

/** @param {KeyboardEvent} event @param {(() => void) | undefined} command */
function act(event, command) {
  if (!command) return;
  event.preventDefault();
  command();
}
