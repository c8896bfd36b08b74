// What stands in the middle of the page: one question or the review; with the bar of buttons that belongs to it.

import { NavigatorPanel, SlotList } from "./navigator.js";
import { element, say } from "./page.js";
import { QuestionView } from "./question-view.js";
import { missingWords } from "./words.js";

/** @typedef {import("./form-state.js").FormState} FormState */

export class Stage {
  reviewing = false;
  /** Whether a question or the review is shown yet. */
  opened = false;

  /** @param {FormState} form @param {{onChange: (slot: number, typing?: boolean) => void, onGo: (slot: number) => void}} listeners */
  constructor(form, listeners) {
    this.form = form;
    this.view = new QuestionView(element("questions"), form, { onChange: listeners.onChange, say });
    this.navigator = new SlotList(element("navigator"), form, listeners.onGo);
    this.review = new SlotList(element("review"), form, listeners.onGo);
    this.panel = new NavigatorPanel(this.navigator);
  }

  /** Shows the form's current slot. @param {boolean} focus whether the heading takes the focus, and so is announced */
  showQuestion(focus) {
    const slot = this.form.current;
    this.#turn(false);
    this.view.show(slot);
    element("counter").textContent = `Question ${slot} of ${this.form.size}`;
    element("previous").disabled = slot === 1;
    element("next").disabled = slot === this.form.size;
    this.refresh();
    this.navigator.reveal();
    if (focus) this.view.heading(slot).focus({ preventScroll: true });
  }

  /** Shows the list of all slots, and how to submit. */
  showReview() {
    this.#turn(true);
    this.refresh();
    element("review-heading").focus({ preventScroll: true });
  }

  /** Brings buttons and lists up to date with the answers. */
  refresh() {
    const slot = this.form.current;
    element("flag").setAttribute("aria-pressed", String(this.form.flagged(slot)));
    element("flag").disabled = this.view.locked;
    element("submit-exam").disabled = this.view.locked;
    element("review-summary").textContent = `${missingWords(this.form.counts()).join(", ")}.`;
    element("review-bar").querySelector("[data-current]").textContent = slot;
    this.navigator.refresh();
    if (this.reviewing) this.review.refresh();
  }

  /** @param {boolean} locked whether answers may only be read */
  lock(locked) {
    this.view.lock(locked);
    this.refresh();
  }

  /** Nothing behind the "time is up" panel can be reached. @param {boolean} inert */
  cover(inert) {
    this.panel.closeSheet();
    for (const dialog of document.querySelectorAll("dialog:modal")) /** @type {HTMLDialogElement} */ (dialog).close();
    for (const part of document.querySelectorAll(".room-top, .room__column, .navigator")) part.toggleAttribute("inert", inert);
  }

  /** @param {boolean} reviewing */
  #turn(reviewing) {
    this.reviewing = reviewing;
    this.opened = true;
    element("opening").hidden = true;
    element("questions").hidden = element("question-bar").hidden = reviewing;
    element("review").hidden = element("review-bar").hidden = !reviewing;
    // The review lists every question itself: the navigator steps aside.
    document.body.classList.toggle("reviewing", reviewing);
    element("toggle-navigator").disabled = reviewing;
    scrollTo(0, 0);
  }
}
