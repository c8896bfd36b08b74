// The sections of the page, one for each slot: shows one, reads and writes its inputs, keeps to the number to choose.

import { chooseOption, connectTaps, countWords, exchange, readResponse, writeResponse } from "./response.js";
import { numberWord } from "./words.js";

/** @typedef {import("./form-state.js").FormState} FormState */

export class QuestionView {
  /** @type {Map<number, HTMLElement>} */
  #sections = new Map();

  /** @param {HTMLElement} root @param {FormState} form
   * @param {{onChange: (slot: number, typing?: boolean) => void, say: (text: string) => void}} listeners */
  constructor(root, form, listeners) {
    this.root = root;
    this.form = form;
    this.listeners = listeners;
    for (const section of root.querySelectorAll("[data-slot]")) {
      this.#sections.set(Number(section.getAttribute("data-slot")), /** @type {HTMLElement} */ (section));
    }
    root.addEventListener("change", (event) => this.#changed(/** @type {HTMLInputElement} */ (event.target)));
    root.addEventListener("input", (event) => this.#typed(/** @type {HTMLElement} */ (event.target)));
    root.addEventListener("click", (event) => this.#clicked(/** @type {HTMLElement} */ (event.target)));
    connectTaps(root, () => this.locked);
  }

  /** @param {number} slot @returns {HTMLElement} */
  section(slot) {
    return /** @type {HTMLElement} */ (this.#sections.get(slot));
  }

  /** @param {number} slot */
  show(slot) {
    for (const [number, section] of this.#sections) section.hidden = number !== slot;
    this.write(slot);
  }

  /** @param {number} slot */
  heading(slot) {
    return /** @type {HTMLElement} */ (this.section(slot).querySelector("h2"));
  }

  /** Puts the model's answer into the inputs. @param {number} slot */
  write(slot) {
    const section = this.section(slot);
    const answer = this.form.answer(slot);
    writeResponse(section, answer.response);
    for (const input of confidenceInputs(section)) input.checked = input.value === answer.confidence;
    for (const option of section.querySelectorAll("[data-option]")) {
      const struck = answer.struck.includes(Number(option.getAttribute("data-option")));
      option.classList.toggle("option--struck", struck);
      option.querySelector("[data-strike]")?.setAttribute("aria-pressed", String(struck));
    }
    const clear = /** @type {HTMLButtonElement} */ (section.querySelector("[data-clear]"));
    clear.disabled = this.locked || (!answer.response.length && !answer.confidence);
    const count = section.querySelector("[data-choose-count]");
    if (count) {
      count.classList.remove("choose--full");
      count.textContent = countWords(this.form.info(slot), answer.response);
    }
  }

  locked = false;

  /** Makes every input read-only, or not. @param {boolean} locked */
  lock(locked) {
    this.locked = locked;
    this.root.classList.toggle("questions--locked", locked);
    for (const fieldset of this.root.querySelectorAll("fieldset")) fieldset.disabled = locked;
    this.write(this.form.current);
  }

  /** Chooses or clears an option, as a shortcut does. @param {number} slot @param {number} number */
  choose(slot, number) {
    if (!this.locked) chooseOption(this.section(slot), number);
  }

  /** Strikes an option out, or takes that back. @param {number} slot @param {number} number */
  strike(slot, number) {
    const button = this.section(slot).querySelector(`[data-strike="${number}"]`);
    if (!button || this.locked) return;
    const { response, struck } = this.form.answer(slot);
    const now = !struck.includes(number);
    this.form.change(slot, {
      struck: now ? [...struck, number].sort((a, b) => a - b) : struck.filter((each) => each !== number),
      response: now ? response.filter((each) => each !== number) : response,
    });
    this.write(slot);
    this.listeners.onChange(slot);
  }

  /** What is typed is kept with every key. @param {HTMLElement} input */
  #typed(input) {
    if (input.matches("[data-typed]")) this.#changed(/** @type {HTMLInputElement} */ (input));
  }

  /** @param {HTMLInputElement} input */
  #changed(input) {
    const slot = this.#slotOf(input);
    if (!slot || this.locked) return;
    if (input.closest("[data-confidence]")) {
      this.form.change(slot, { confidence: /** @type {any} */ (input.value) });
    } else if (!this.#chosen(slot, input)) return;
    this.write(slot);
    this.listeners.onChange(slot, input.matches("[data-typed]"));
  }

  /** @param {number} slot @param {HTMLInputElement} input @returns {boolean} whether the choice stands */
  #chosen(slot, input) {
    const section = this.section(slot);
    const before = this.form.answer(slot).response;
    const moved = input instanceof HTMLSelectElement ? exchange(section, input, before) : "";
    if (moved) this.listeners.say(moved);
    const response = readResponse(section);
    // A browser says "change" once more when a field that was typed into is left.
    if (input.matches("[data-typed]") && response[0] === before[0]) return false;
    const { choose, type } = this.form.info(slot);
    if (type === "multiple_response" && input.checked && response.length > choose) {
      input.checked = false;
      const word = numberWord(choose);
      const text = `Choose ${word}. Clear one first.`;
      const count = section.querySelector("[data-choose-count]");
      if (count) {
        count.textContent = text;
        count.classList.add("choose--full");
      }
      this.listeners.say(text);
      return false;
    }
    const struck = this.form.answer(slot).struck.filter((number) => !response.includes(number));
    this.form.change(slot, { response, struck });
    return true;
  }

  /** @param {HTMLElement} target */
  #clicked(target) {
    const slot = this.#slotOf(target);
    if (!slot || this.locked) return;
    const strike = target.closest("[data-strike]");
    if (strike) this.strike(slot, Number(strike.getAttribute("data-strike")));
    if (target.closest("[data-clear]")) {
      this.form.change(slot, { response: [], confidence: null });
      this.write(slot);
      this.heading(slot).focus({ preventScroll: true });
      this.listeners.say("Answer cleared");
      this.listeners.onChange(slot);
    }
  }

  /** @param {HTMLElement} element */
  #slotOf(element) {
    return Number(element.closest("[data-slot]")?.getAttribute("data-slot"));
  }
}

/** @param {HTMLElement} section @returns {HTMLInputElement[]} */
const confidenceInputs = (section) => [...section.querySelectorAll("[data-confidence] input")].map((each) => /** @type {HTMLInputElement} */ (each));
