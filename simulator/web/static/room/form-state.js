// What the candidate has done on each slot, and which slot is open: the model behind the sections and the navigator.

import { isComplete } from "./response.js";

/** @typedef {import("./outbox.js").Answer} Answer */
/** @typedef {import("./outbox.js").Moment} Moment */
/** @typedef {{slot: number, type: string, options: number, choose: number, unit?: string}} SlotInfo */
/** @typedef {"complete" | "incomplete" | "unseen"} Status */
/** @typedef {Answer & {made: Moment, touched: boolean}} Kept */

export class FormState {
  /** @type {Map<number, Kept>} */
  answers = new Map();
  current = 1;
  #enteredAt = 0;
  #timing = false;

  /** @param {SlotInfo[]} slots @param {() => Moment} moment */
  constructor(slots, moment) {
    this.slots = slots;
    this.moment = moment;
  }

  get size() {
    return this.slots.length;
  }

  /** @param {number} slot @returns {SlotInfo} */
  info(slot) {
    return this.slots[slot - 1];
  }

  /** @param {number} slot @returns {Kept} */
  answer(slot) {
    return (
      this.answers.get(slot) ?? {
        response: [], flagged: false, confidence: null, struck: [], spent_ms: 0, made: this.moment(), touched: false,
      }
    );
  }

  /** @param {number} slot @returns {Status} */
  status(slot) {
    const answer = this.answers.get(slot);
    if (!answer) return "unseen";
    return isComplete(this.info(slot), answer.response) ? "complete" : "incomplete";
  }

  /** @param {number} slot */
  flagged(slot) {
    return this.answers.get(slot)?.flagged ?? false;
  }

  counts() {
    const counts = { all: this.size, complete: 0, incomplete: 0, unseen: 0, flagged: 0, empty: 0, partial: 0 };
    for (const { slot } of this.slots) {
      const status = this.status(slot);
      counts[status] += 1;
      if (this.flagged(slot)) counts.flagged += 1;
      if (status === "complete") continue;
      if (this.answer(slot).response.length) counts.partial += 1;
      else counts.empty += 1;
    }
    return counts;
  }

  /** The candidate changed something. @param {number} slot @param {Partial<Answer>} changes */
  change(slot, changes) {
    this.answers.set(slot, { ...this.answer(slot), ...changes, made: this.moment(), touched: true });
  }

  /** The server has acknowledged this. @param {import("./outbox.js").Entry} entry */
  saved(entry) {
    const answer = this.answers.get(entry.slot);
    if (answer?.made === entry.made) this.answers.set(entry.slot, { ...answer, touched: false });
  }

  /** Replaces everything by what the server and the outbox say. @param {Map<number, Kept>} answers */
  replaceAll(answers) {
    const seen = this.answers.get(this.current);
    this.answers = answers;
    if (seen && !answers.has(this.current)) this.answers.set(this.current, seen);
    else if (seen && this.#timing) {
      const answer = this.answer(this.current);
      this.answers.set(this.current, { ...answer, spent_ms: Math.max(answer.spent_ms, seen.spent_ms) });
    }
  }

  /** Opens a slot; the time on it counts from now. @param {number} slot */
  enter(slot) {
    this.current = slot;
    if (!this.answers.has(slot)) this.answers.set(slot, this.answer(slot));
    this.#enteredAt = this.moment().monotonic;
    this.#timing = true;
  }

  /** Adds the time since the last call to the open slot. @returns {number} the milliseconds added */
  countTime() {
    if (!this.#timing) return 0;
    const now = this.moment().monotonic;
    const added = Math.max(0, Math.round(now - this.#enteredAt));
    this.#enteredAt = now;
    const answer = this.answer(this.current);
    this.answers.set(this.current, { ...answer, spent_ms: answer.spent_ms + added });
    return added;
  }

  /** Stops counting, e.g. on the review screen. */
  pause() {
    const added = this.countTime();
    this.#timing = false;
    return added;
  }

  /** What is saved of a slot. @param {number} slot */
  entry(slot) {
    const { response, flagged, confidence, struck, spent_ms, made, touched } = this.answer(slot);
    return { slot, response, flagged, confidence, struck, spent_ms, made, touched };
  }
}

/** The answers that this device kept. @param {import("./storage.js").Kept} kept @param {Moment} now @returns {Map<number, Kept>} */
export function restored(kept, now) {
  /** @type {Map<number, Kept>} */
  const answers = new Map();
  for (const [slot, answer] of Object.entries(kept.answers)) answers.set(Number(slot), { ...answer, made: now, touched: false });
  for (const entry of kept.waiting) answers.set(entry.slot, { ...entry });
  return answers;
}

/** The server's answers, with what still waits here laid over them.
 * @param {Record<string, import("./outbox.js").SavedAnswer>} saved @param {import("./outbox.js").Entry[]} waiting
 * @param {Moment} now @returns {Map<number, Kept>} */
export function merged(saved, waiting, now) {
  /** @type {Map<number, Kept>} */
  const answers = new Map();
  for (const [slot, answer] of Object.entries(saved)) {
    const made = { ...now, wall: now.wall - answer.age_ms, monotonic: now.monotonic - answer.age_ms };
    answers.set(Number(slot), { ...answer, made, touched: false });
  }
  for (const entry of waiting) answers.set(entry.slot, { ...entry });
  return answers;
}
