// "Submit exam": says what is missing, delivers the outbox, makes sure of a fresh token, and posts the form.

import { element } from "./page.js";
import { counted, missingWords } from "./words.js";

/** @typedef {import("./saver.js").Saver} Saver */
/** @typedef {import("./form-state.js").FormState} FormState */

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Submission {
  leaving = false;
  #running = false;
  /** @type {HTMLDialogElement} */
  #dialog = element("submit-dialog");
  /** @type {HTMLFormElement} */
  #form = element("submit-form");

  /** @param {FormState} form @param {Saver} saver */
  constructor(form, saver) {
    this.form = form;
    this.saver = saver;
    this.#form.addEventListener("submit", (event) => {
      if (this.leaving) return;
      event.preventDefault();
      void this.#run();
    });
    this.#dialog.addEventListener("close", () => this.#stop());
  }

  /** Opens the confirmation. */
  ask() {
    const facts = missingWords(this.form.counts()).map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    });
    element("submit-facts").replaceChildren(...facts);
    this.#say("");
    this.#dialog.showModal();
  }

  /** Words follow the outbox. */
  refresh() {
    if (this.#running) this.#say(this.#progress());
  }

  close() {
    if (this.#dialog.open) this.#dialog.close();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    element("submit-now").disabled = true;
    this.saver.retryNow();
    while (this.#running && !(await this.#ready())) await sleep(400);
    if (!this.#running) return;
    /** @type {any} */ (this.#form.elements.namedItem("csrf_token")).value = this.saver.protocol.csrfToken;
    this.leaving = true;
    this.#say("Submitting…");
    this.#form.submit();
  }

  /** @returns {Promise<boolean>} whether everything is delivered and the server answers */
  async #ready() {
    this.#say(this.#progress());
    if (this.saver.waiting.size || this.saver.standing !== "held") return false;
    const outcome = await this.saver.protocol.state();
    if (this.saver.heard(outcome) && outcome.kind === "done") return !this.saver.waiting.size;
    this.#say(this.#progress());
    await sleep(1500);
    return false;
  }

  #progress() {
    const { waiting, link, problem } = this.saver;
    if (link === "offline") {
      return "Submitting needs the network. Nothing is lost: your answers are kept, and this goes on when the connection returns.";
    }
    if (link === "unavailable" || link === "unknown") return `${problem} Nothing is lost; trying again.`;
    return waiting.size ? `Saving ${counted(waiting.size, "answer")} first…` : "Submitting…";
  }

  #stop() {
    this.#running = false;
    element("submit-now").disabled = false;
    this.#say("");
  }

  /** @param {string} text */
  #say(text) {
    const progress = element("submit-progress");
    if (progress.textContent !== text) progress.textContent = text;
  }
}
