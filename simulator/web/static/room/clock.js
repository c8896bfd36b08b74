// The exam's clock. Only differences cross the wire: the server says how many milliseconds remain, and the browser counts
// them down with its monotonic clock. What is known of the deadline is an interval on that clock: the server worked out
// its number at some moment between sending the request and receiving the response, so a quick response gives a narrow
// interval. All arithmetic is pure; `Clock` adds the ticking.

/** @typedef {{earliest: number, latest: number}} Deadline  moments of the monotonic clock, in milliseconds */

/** Where the deadline must lie, given one response.
 * @param {number} remainingMs @param {number} sentAt @param {number} receivedAt @returns {Deadline} */
export function observe(remainingMs, sentAt, receivedAt) {
  return { earliest: sentAt + remainingMs, latest: receivedAt + remainingMs };
}

/** Joins what was known with what was just seen. Intervals that meet leave their common part, which is never wider than
 * the shortest round trip; if they do not meet, the deadline was moved or this device slept, and only the new one counts.
 * @param {Deadline | null} known @param {Deadline} seen @returns {Deadline} */
export function combine(known, seen) {
  if (!known) return seen;
  const earliest = Math.max(known.earliest, seen.earliest);
  const latest = Math.min(known.latest, seen.latest);
  return earliest <= latest ? { earliest, latest } : seen;
}

/** Milliseconds left. @param {Deadline} deadline @param {number} now */
export function remainingMs(deadline, now) {
  return Math.max(0, (deadline.earliest + deadline.latest) / 2 - now);
}

/** What a reload without a network may assume: wall-clock time has gone by since the server last spoke.
 * @param {{remaining_ms: number, synced_at: number}} last @param {number} wall */
export function remainingByWall(last, wall) {
  return Math.max(0, last.remaining_ms - Math.max(0, wall - last.synced_at));
}

/** The smallest threshold passed between two readings, or null. @param {number} before @param {number} after @param {number[]} thresholds */
export function crossed(before, after, thresholds) {
  const passed = thresholds.filter((threshold) => before > threshold && after <= threshold);
  return passed.length ? Math.min(...passed) : null;
}

/** `1:29:58`; rounded up, so that 0:00:00 is shown at zero only. @param {number} milliseconds */
export function clockText(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const pad = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

// A monotonic clock may stand still while a device sleeps; the wall clock does not.
const SLEEP_MS = 2000;

export class Clock {
  /** @type {Deadline | null} */
  #deadline = null;
  #timer = 0;
  #offset = Date.now() - performance.now();

  /** @param {{onTick: (remaining: number) => void, onSleep: () => void}} listeners */
  constructor(listeners) {
    this.listeners = listeners;
  }

  get remaining() {
    return this.#deadline ? remainingMs(this.#deadline, performance.now()) : Infinity;
  }

  /** @param {number} remaining @param {number} sentAt @param {number} receivedAt */
  sync(remaining, sentAt, receivedAt) {
    this.#offset = Date.now() - performance.now();
    this.#deadline = combine(this.#deadline, observe(remaining, sentAt, receivedAt));
    this.tick();
  }

  /** A first guess, from the page or from this device's notes; any response replaces it. @param {number} remaining */
  guess(remaining) {
    const at = performance.now() + remaining;
    this.#deadline = { earliest: at, latest: at };
    this.tick();
  }

  tick() {
    clearTimeout(this.#timer);
    if (!this.#deadline) return;
    const slept = Date.now() - performance.now() - this.#offset;
    if (slept > SLEEP_MS) {
      this.#offset += slept;
      this.#deadline = { earliest: this.#deadline.earliest - slept, latest: this.#deadline.latest - slept };
      this.listeners.onSleep();
    }
    const remaining = this.remaining;
    // Always worked out from the deadline, at the moment when the shown second changes: nothing can drift.
    this.#timer = setTimeout(() => this.tick(), remaining > 0 ? (remaining % 1000) + 5 : 1000);
    this.listeners.onTick(remaining);
  }
}
