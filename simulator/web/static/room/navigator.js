// Lists of all slots with their status in words, filtered; one stands in the navigator, one in the review. The navigator
// is a panel beside the question on a wide screen and a sheet over it on a narrow one.

import { element, remember, remembered } from "./page.js";
import { responseWords } from "./words.js";

/** @typedef {import("./form-state.js").FormState} FormState */
/** @typedef {"all" | "incomplete" | "unseen" | "flagged"} Filter */

const STATUS_WORDS = { complete: "Complete", incomplete: "Incomplete", unseen: "Unseen" };
const NOTHING = {
  all: "No questions.",
  incomplete: "No question is left incomplete.",
  unseen: "You have seen every question.",
  flagged: "No question is flagged.",
};

export class SlotList {
  /** @type {Filter} */
  filter = "all";
  /** @type {HTMLElement[]} */
  #items = [];

  /** @param {HTMLElement} root holds the filters, the list and the word for an empty list
   * @param {FormState} form @param {(slot: number) => void} onGo */
  constructor(root, form, onGo) {
    this.root = root;
    this.form = form;
    const list = /** @type {HTMLElement} */ (root.querySelector("ol"));
    for (const { slot } of form.slots) {
      const item = element("slot-entry").content.firstElementChild.cloneNode(true);
      item.querySelector(".slot__number").textContent = slot;
      item.firstElementChild.dataset.goto = slot;
      list.append(item);
      this.#items.push(item);
    }
    root.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const go = target.closest("[data-goto]")?.getAttribute("data-goto");
      const filter = target.closest("[data-filter]")?.getAttribute("data-filter");
      if (go) onGo(Number(go));
      if (filter) this.show(/** @type {Filter} */ (filter));
    });
  }

  /** @param {Filter} filter */
  show(filter) {
    this.filter = filter;
    this.refresh();
  }

  refresh() {
    let shown = 0;
    this.#items.forEach((item, index) => {
      const slot = index + 1;
      this.#write(/** @type {HTMLElement} */ (item.firstElementChild), slot);
      item.hidden = !this.#matches(slot);
      if (!item.hidden) shown += 1;
    });
    const counts = this.form.counts();
    for (const button of this.root.querySelectorAll("[data-filter]")) {
      const filter = /** @type {Filter} */ (button.getAttribute("data-filter"));
      button.setAttribute("aria-pressed", String(filter === this.filter));
      const count = button.querySelector("[data-count]");
      if (count) count.textContent = String(counts[filter]);
    }
    const empty = /** @type {HTMLElement} */ (this.root.querySelector("[data-empty]"));
    empty.hidden = shown > 0;
    empty.textContent = NOTHING[this.filter];
  }

  /** Brings the current slot into the list's view. */
  reveal() {
    const current = this.#items[this.form.current - 1];
    const list = current?.parentElement;
    if (!current || !list || list.scrollHeight <= list.clientHeight) return;
    const top = current.offsetTop - list.offsetTop;
    const hidden = top < list.scrollTop || top + current.offsetHeight > list.scrollTop + list.clientHeight;
    if (hidden) list.scrollTop = top - list.clientHeight / 3;
  }

  /** @param {number} slot */
  #matches(slot) {
    if (this.filter === "all") return true;
    if (this.filter === "flagged") return this.form.flagged(slot);
    return this.form.status(slot) === this.filter;
  }

  /** @param {HTMLElement} button @param {number} slot */
  #write(button, slot) {
    const status = this.form.status(slot);
    const flagged = String(this.form.flagged(slot));
    const response = responseWords(this.form.info(slot).type, this.form.answer(slot).response);
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (button.querySelector(`.slot__${name}`));
    if (button.dataset.status !== status) {
      button.dataset.status = status;
      part("status").textContent = STATUS_WORDS[status];
    }
    button.dataset.flagged = flagged;
    part("flag").hidden = flagged === "false";
    if (part("response").textContent !== response) part("response").textContent = response;
    if (slot === this.form.current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

export class NavigatorPanel {
  #wide = matchMedia("(min-width: 68rem)");

  /** @param {SlotList} list */
  constructor(list) {
    this.list = list;
    /** @type {HTMLDialogElement} */
    this.dialog = element("navigator");
    this.button = element("toggle-navigator");
    this.button.addEventListener("click", () => this.toggle());
    element("close-navigator").addEventListener("click", () => {
      this.#remember(false);
      this.close();
      this.button.focus();
    });
    this.dialog.addEventListener("close", () => this.#closed());
    this.#wide.addEventListener("change", () => this.settle());
    this.settle();
  }

  /** Takes the form that suits the width. */
  settle() {
    this.close();
    if (this.#wide.matches && remembered("navigator", "open") === "open") this.open();
  }

  toggle() {
    const open = !this.dialog.open;
    this.#remember(open);
    if (open) {
      this.open();
      const current = /** @type {HTMLElement | null} */ (this.dialog.querySelector("[aria-current]"));
      (current?.parentElement?.hidden ? element("navigator-title") : current ?? element("navigator-title")).focus();
    } else {
      this.close();
      this.button.focus();
    }
  }

  open() {
    // As a panel it must not take the focus, which show() would do.
    if (this.#wide.matches) this.dialog.setAttribute("open", "");
    else this.dialog.showModal();
    this.button.setAttribute("aria-expanded", "true");
    document.body.classList.toggle("with-navigator", this.#wide.matches);
    this.list.refresh();
    this.list.reveal();
  }

  close() {
    if (this.dialog.matches(":modal")) this.dialog.close();
    else this.dialog.removeAttribute("open");
    this.#closed();
  }

  /** A sheet has done its work once a question was chosen. */
  closeSheet() {
    if (this.dialog.matches(":modal")) this.close();
  }

  #closed() {
    this.button.setAttribute("aria-expanded", "false");
    document.body.classList.remove("with-navigator");
  }

  /** @param {boolean} open */
  #remember(open) {
    if (this.#wide.matches) remember("navigator", open ? "open" : "closed");
  }
}
