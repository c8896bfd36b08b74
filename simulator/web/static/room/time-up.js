// The end of time: inputs are locked, the outbox is delivered, and the server, which owns time, has the last word.

import { element } from "./page.js";
import { counted } from "./words.js";

/** @typedef {import("./saver.js").Saver} Saver */

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class TimeUp {
  active = false;
  #final = false;
  #closedByServer = false;

  /** @param {Saver} saver @param {{isTimeUp: () => boolean, onEnd: () => void, onResume: () => void, onAllSaved: () => void}} listeners */
  constructor(saver, listeners) {
    this.saver = saver;
    this.listeners = listeners;
  }

  /** The clock shows zero: asks the server until it is sure. */
  async begin() {
    if (this.active) return;
    this.active = true;
    this.listeners.onEnd();
    for (let round = 0; this.active && !this.#final; round += 1) {
      this.#show();
      if (this.saver.standing === "stale" && this.saver.waiting.size) this.saver.takeOver();
      else this.saver.retryNow();
      const outcome = await this.saver.protocol.state();
      this.saver.heard(outcome);
      if (outcome.kind === "done" && outcome.body.state === "open" && outcome.body.remaining_ms > 0) {
        this.#resume();
        return;
      }
      if (outcome.kind === "done" && outcome.body.state !== "open") this.end(outcome.body.report_url);
      if (outcome.kind === "closed") this.end(outcome.reportUrl);
      if (!this.#final) await sleep(Math.min(10_000, 500 * 2 ** Math.min(round, 5)));
    }
  }

  /** The server has closed the attempt. @param {string | null} [reportUrl] */
  end(reportUrl) {
    this.#closedByServer = true;
    if (!this.active) {
      this.active = true;
      this.listeners.onEnd();
    }
    if (reportUrl) element("time-up-link").href = reportUrl;
    this.#show();
  }

  /** Words follow the outbox. */
  refresh() {
    if (this.active) this.#show();
  }

  #show() {
    const waiting = this.saver.waiting.size;
    const refused = this.saver.standing === "closed" && waiting > 0;
    const panel = element("time-up");
    const first = panel.hidden;
    panel.hidden = false;
    document.body.classList.add("ended");
    element("time-up-title").textContent = this.listeners.isTimeUp() ? "Time is up" : "This exam is closed";
    const text = refused
      ? `${counted(waiting, "answer")} reached the server too late and cannot be counted. All others are saved.`
      : wordsFor(waiting, this.#closedByServer, this.saver.link);
    const paragraph = element("time-up-text");
    if (paragraph.textContent !== text) paragraph.textContent = text;
    this.#final = this.#closedByServer && (!waiting || refused);
    element("time-up-link").hidden = !this.#final;
    if (first) element("time-up-title").focus();
    if (this.#final) this.listeners.onAllSaved();
  }

  #resume() {
    this.active = false;
    element("time-up").hidden = true;
    document.body.classList.remove("ended");
    this.listeners.onResume();
  }
}

/** @param {number} waiting @param {boolean} closed @param {string} link */
function wordsFor(waiting, closed, link) {
  if (!waiting && closed) return "All answers are saved.";
  if (!waiting && link === "online") return "Your answers are saved. Asking the server…";
  if (!waiting) return "All answers are saved. The score report opens when the connection returns.";
  if (link === "online") return "Saving your last answers…";
  const [are, they] = waiting === 1 ? ["is", "it"] : ["are", "they"];
  return `${counted(waiting, "answer")} ${are} waiting on this device; ${they} will be delivered when the connection returns. Keep this page open.`;
}
