// Brings answers to the server. Every change goes into the outbox first and leaves it when the server has acknowledged it.
// One request for each slot at a time, four slots at once; after a failure a single request feels its way.

import { ageMs, backOffMs, beats, madeOver, plainAnswer, sendable, takeOver } from "./outbox.js";

/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {import("./protocol.js").Outcome} Outcome */
/** @typedef {"holding" | "held" | "stale" | "closed"} Standing  what this page is to the attempt */

const PARALLEL = 4;
const PERSIST_TIMEOUT_MS = 2000;
const KEEPALIVE_LIMIT = 60;

/** A random name. @returns {string} */
export const randomName = () => Math.random().toString(36).slice(2) + Date.now().toString(36);

const PAGE = randomName();

/** @returns {import("./outbox.js").Moment} */
export const moment = () => ({ wall: Date.now(), monotonic: performance.now(), page: PAGE });

/** @typedef {{onChange?: () => void, onSync?: (remaining: number, sentAt: number, receivedAt: number) => void,
 *   onHeld?: (body: any, kept: Entry[], dropped: Entry[]) => void, onStale?: () => void,
 *   onSaved?: (entry: Entry) => void,
 *   onClosed?: (reportUrl: string | null) => void, onInvalid?: (entry: Entry, message: string) => void}} Listeners */

export class Saver {
  /** @type {Standing} */
  standing = "holding";
  /** @type {Map<number, Entry>} */
  waiting = new Map();
  /** @type {Set<number>} */
  inFlight = new Set();
  /** @type {string | null} */
  savedAt = null;
  /** `unknown`: the server does not know this browser as the exam's candidate. @type {"online" | "offline" | "unavailable" | "unknown"} */
  link = "online";
  problem = "";
  epoch = 0;
  sequence = 0;
  #failures = 0;
  #notBefore = 0;
  #timer = 0;
  #holding = false;
  // The highest epoch that another page of this browser has announced.
  #announced = 0;
  // What the server is known to have, by slot.
  /** @type {Map<number, import("./outbox.js").Answer>} */
  #known = new Map();
  /** @type {Set<string>} */
  #unkept = new Set();
  // Entries of this page that no request has carried yet. @type {Set<string>}
  #unsent = new Set();

  /** @param {import("./protocol.js").Protocol} protocol @param {import("./storage.js").Storage} storage @param {Listeners} listeners */
  constructor(protocol, storage, listeners) {
    this.protocol = protocol;
    this.storage = storage;
    this.listeners = listeners;
  }

  /** Goes on with what an earlier page load left behind. @param {import("./storage.js").Kept} kept */
  restore(kept) {
    for (const entry of kept.waiting) this.waiting.set(entry.slot, entry);
    for (const [slot, answer] of Object.entries(kept.answers)) this.#known.set(Number(slot), answer);
    this.epoch = kept.notes?.epoch ?? 0;
    this.savedAt = kept.notes?.saved_at ?? null;
    this.sequence = Math.max(kept.notes?.sequence ?? 0, ...kept.waiting.map((entry) => entry.sequence));
  }

  /** Puts an answer into the outbox and sends it, at once or after a pause in which a newer one may take its place.
   * @param {Omit<Entry, "sequence" | "change" | "over">} answer @param {number} pauseMs */
  async enqueue(answer, pauseMs = 0) {
    this.sequence += 1;
    const before = this.waiting.get(answer.slot);
    const over = madeOver(before, this.#known.get(answer.slot), !this.#unsent.has(before?.change ?? ""));
    /** @type {Entry} */
    const entry = { ...answer, over, sequence: this.sequence, change: randomName() };
    this.#unsent.delete(before?.change ?? "");
    this.#unsent.add(entry.change);
    this.waiting.set(entry.slot, entry);
    this.#unkept.add(entry.change);
    this.listeners.onChange?.();
    await Promise.race([this.storage.keep(entry), new Promise((resolve) => setTimeout(resolve, PERSIST_TIMEOUT_MS))]);
    this.#unkept.delete(entry.change);
    if (pauseMs) this.#pumpIn(pauseMs);
    else this.pump();
  }

  /** @param {number} ms */
  #pumpIn(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.pump(), ms);
  }

  /** Takes the attempt over (again). */
  takeOver() {
    if (this.standing === "closed") return;
    this.standing = "holding";
    this.retryNow();
  }

  /** Another page of this browser says that it took the attempt over. @param {number} epoch */
  taken(epoch) {
    this.#announced = Math.max(this.#announced, epoch);
    // A page that is still opening the attempt will hear from the server who came last.
    if (this.standing === "held" && epoch > this.epoch) this.yield();
  }

  /** Another page took the attempt over: nothing is sent any more, and nothing is thrown away. */
  yield() {
    if (this.standing === "closed" || this.standing === "stale") return;
    this.standing = "stale";
    this.listeners.onStale?.();
    this.listeners.onChange?.();
  }

  /** The network seems to be back, or the page to be in front again. */
  retryNow() {
    if (this.link === "online" || this.link === "offline") this.#notBefore = 0;
    this.pump();
  }

  /** Sends whatever may be sent now. */
  pump() {
    clearTimeout(this.#timer);
    if (this.standing === "stale" || this.standing === "closed") return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) {
      this.#pumpIn(wait);
      return;
    }
    if (this.standing === "holding") {
      void this.#hold();
      return;
    }
    const kept = [...this.waiting.values()].filter((entry) => !this.#unkept.has(entry.change));
    for (const entry of sendable(kept, this.inFlight, this.#failures ? 1 : PARALLEL)) void this.#deliver(entry);
    this.listeners.onChange?.();
  }

  /** The page goes away: one last chance for what waits. */
  lastChance() {
    if (this.standing !== "held") return;
    const entries = sendable(this.waiting.values(), new Set(), KEEPALIVE_LIMIT);
    for (const entry of entries) this.#unsent.delete(entry.change);
    for (const entry of entries) void this.protocol.save(entry.slot, this.#body(entry), { keepalive: true });
  }

  /** What every response tells, saves or not. @param {Outcome} outcome @returns {boolean} whether it was a success */
  heard(outcome) {
    if (outcome.kind === "done") {
      this.#failures = 0;
      this.link = "online";
      this.problem = "";
      if (typeof outcome.body.remaining_ms === "number") {
        this.listeners.onSync?.(outcome.body.remaining_ms, outcome.sentAt, outcome.receivedAt);
      }
      return true;
    }
    if (outcome.kind === "offline" || outcome.kind === "unavailable") {
      // Four requests that fail together are one failure.
      if (performance.now() >= this.#notBefore) this.#failures += 1;
      this.link = outcome.kind === "unavailable" && outcome.unknown ? "unknown" : outcome.kind;
      this.problem = outcome.kind === "unavailable" ? outcome.message : "";
      const retryAfter = outcome.kind === "unavailable" ? outcome.retryAfterMs : null;
      this.#notBefore = performance.now() + backOffMs(this.#failures, Math.random(), retryAfter);
    }
    return false;
  }

  async #hold() {
    if (this.#holding) return;
    this.#holding = true;
    this.listeners.onChange?.();
    const outcome = await this.protocol.hold();
    if (this.standing === "holding") await this.#heardOfHold(outcome);
    // Not before: while the outbox is read, a second hold would make this page stale to itself.
    this.#holding = false;
    this.pump();
    this.listeners.onChange?.();
  }

  /** @param {Outcome} outcome */
  async #heardOfHold(outcome) {
    if (this.heard(outcome) && outcome.kind === "done") await this.#held(outcome.body);
    else if (outcome.kind === "closed") this.#close(outcome.reportUrl);
    else if (outcome.kind === "invalid" || outcome.kind === "stale") {
      this.heard({ kind: "unavailable", retryAfterMs: null, message: "The server did not open this exam." });
    }
  }

  /** @param {any} body the response to `hold` */
  async #held(body) {
    // The ages in the answer count from now, not from when the outbox has been read.
    const heardAt = moment();
    // Another page of this browser may have left entries behind since this page read the outbox.
    const stored = (await this.storage.read()).waiting;
    const mine = new Map(stored.map((entry) => [entry.slot, entry]));
    for (const [slot, entry] of this.waiting) {
      const other = mine.get(slot);
      if (!other || beats(entry, other, heardAt)) mine.set(slot, entry);
    }
    const decision = takeOver([...mine.values()], body.answers, body.sequence, heardAt);
    this.epoch = body.epoch;
    this.sequence = decision.sequence;
    this.waiting = new Map(decision.kept.map((entry) => [entry.slot, entry]));
    this.savedAt = newest(body.answers) ?? this.savedAt;
    this.#known = new Map(Object.entries(body.answers).map(([slot, answer]) => [Number(slot), answer]));
    this.standing = "held";
    this.listeners.onHeld?.(body, decision.kept, decision.dropped);
    await this.storage.replace({ ...body.answers, ...Object.fromEntries(this.waiting) }, [...this.waiting.values()]);
    if (this.#announced > this.epoch) this.yield();
  }

  /** @param {Entry} entry */
  async #deliver(entry) {
    this.inFlight.add(entry.slot);
    this.#unsent.delete(entry.change);
    const { epoch } = this;
    const outcome = await this.protocol.save(entry.slot, this.#body(entry));
    this.inFlight.delete(entry.slot);
    const settled = this.heard(outcome) || outcome.kind === "invalid";
    if (settled) {
      if (this.waiting.get(entry.slot)?.change === entry.change) this.waiting.delete(entry.slot);
      void this.storage.acknowledge(entry);
    }
    if (outcome.kind === "done") {
      this.savedAt = outcome.body.saved_at ?? this.savedAt;
      this.#known.set(entry.slot, plainAnswer(entry));
      this.listeners.onSaved?.(entry);
    } else if (outcome.kind === "invalid") this.listeners.onInvalid?.(entry, outcome.message);
    else if (outcome.kind === "stale") {
      // An answer to a request from before this page took the attempt over again says nothing new.
      if (epoch === this.epoch) this.yield();
    }
    else if (outcome.kind === "closed") this.#close(outcome.reportUrl);
    this.pump();
    this.listeners.onChange?.();
  }

  /** @param {string | null} reportUrl */
  #close(reportUrl) {
    if (this.standing === "closed") return;
    this.standing = "closed";
    this.listeners.onClosed?.(reportUrl);
  }

  /** @param {Entry} entry */
  #body({ sequence, response, flagged, confidence, struck, spent_ms, made }) {
    const age_ms = ageMs(made, moment());
    return { epoch: this.epoch, sequence, response, flagged, confidence, struck, spent_ms, age_ms };
  }
}

/** @param {Record<string, import("./outbox.js").SavedAnswer>} answers @returns {string | null} */
function newest(answers) {
  const times = Object.values(answers).map((answer) => answer.saved_at);
  return times.sort().at(-1) ?? null;
}
