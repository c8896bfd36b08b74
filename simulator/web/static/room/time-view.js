// Shows the time remaining and the counter, hides both on request, and warns: in sight at 30 and 5 minutes, aloud at
// thresholds only.

import { clockText, crossed } from "./clock.js";
import { element, remember, remembered, say } from "./page.js";
import { counted } from "./words.js";

const MINUTE = 60_000;
const SHOWN = [30 * MINUTE, 5 * MINUTE];
const SPOKEN = [30 * MINUTE, 10 * MINUTE, 5 * MINUTE, MINUTE];

export class TimeView {
  /** @type {number | null} */
  #before = null;
  #hidden = remembered("time", "shown") === "hidden";
  #text = element("clock").querySelector("[data-clock-text]");

  constructor() {
    element("toggle-time").addEventListener("click", () => this.toggle());
    this.#apply(Infinity);
  }

  toggle() {
    this.#hidden = !this.#hidden;
    remember("time", this.#hidden ? "hidden" : "shown");
    this.#apply(this.#before ?? Infinity);
    say(this.#hidden ? "Time and counter hidden" : "Time and counter shown");
  }

  /** @param {number} remaining milliseconds */
  show(remaining) {
    const text = clockText(remaining);
    if (this.#text.textContent !== text) this.#text.textContent = text;
    const before = this.#before ?? remaining;
    this.#before = remaining;
    const warning = crossed(before, remaining, SHOWN);
    const spoken = crossed(before, remaining, SPOKEN);
    if (warning && remaining > 0) {
      element("time-warning-text").textContent = left(warning);
      element("time-warning").hidden = false;
    }
    if (spoken && remaining > 0) say(left(spoken));
    this.#apply(remaining);
  }

  /** @param {number} remaining */
  #apply(remaining) {
    const last = remaining <= 5 * MINUTE;
    document.body.classList.toggle("last-minutes", last);
    element("clock").hidden = this.#hidden && !last;
    element("counter").hidden = this.#hidden;
    element("toggle-time").setAttribute("aria-pressed", String(this.#hidden));
  }
}

/** @param {number} milliseconds */
const left = (milliseconds) => `${counted(milliseconds / MINUTE, "minute")} left`;
