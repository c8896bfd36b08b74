// Answers that wait for the server's acknowledgement, as pure functions: at most one entry for each slot, the newest.

/** @typedef {{wall: number, monotonic: number, page: string}} Moment  `monotonic` counts within one page load only */
/** @typedef {"sure" | "unsure" | "guess" | null} Confidence */
/** @typedef {{response: (number | string)[], flagged: boolean, confidence: Confidence, struck: number[], spent_ms: number}} Answer */
/** @typedef {Answer & {saved_at: string, age_ms: number}} SavedAnswer */
/** `made` is when the candidate last changed the answer, `touched` whether that was here since this device last heard from
 * the server; a visit is saved too, and is not touched. `change` tells entries of one slot apart. `over` are the answers to
 * the slot that this one was made on top of: what the server had, and what was sent since without a word of it coming back.
 * @typedef {Answer & {slot: number, sequence: number, change: string, made: Moment, touched: boolean, over?: Answer[]}} Entry */

/** The server takes no greater age; a clock that jumped must not make an answer look older than any exam. */
const OLDEST_MS = 7 * 24 * 3600 * 1000;
const MOST_OVER = 8;

/** How long ago something was made. Within one page load the monotonic clock decides, unless it stood still while the
 * device slept; across page loads only the wall clock is left. @param {Moment} made @param {Moment} now */
export function ageMs(made, now) {
  const byWall = now.wall - made.wall;
  const byMonotonic = made.page === now.page ? now.monotonic - made.monotonic : 0;
  return Math.min(OLDEST_MS, Math.max(0, Math.round(Math.max(byWall, byMonotonic))));
}

/** Whether two answers say the same, time spent apart. @param {Answer} one @param {Answer} other */
export function sameAnswer(one, other) {
  return (
    one.flagged === other.flagged &&
    one.confidence === other.confidence &&
    one.response.join() === other.response.join() &&
    one.struck.join() === other.struck.join()
  );
}

/** Whether the candidate did nothing on the slot but look. @param {Answer} answer */
export function isBlank(answer) {
  return !answer.response.length && !answer.flagged && !answer.confidence && !answer.struck.length;
}

/** What an entry is made on top of. What the server had at first is never left out for what came later.
 * @param {Entry | undefined} before the entry it replaces @param {Answer | undefined} known what the server had last
 * @param {boolean} sent whether the entry it replaces may have reached the server @returns {Answer[]} */
export function madeOver(before, known, sent = true) {
  if (!before) return known ? [plainAnswer(known)] : [];
  const over = [...(before.over ?? []), ...(sent ? [plainAnswer(before)] : [])];
  return over.length > MOST_OVER ? [over[0], ...over.slice(1 - MOST_OVER)] : over;
}

/** Which of two waiting entries of a slot is to be kept: a visit never beats an answer, else the one made later.
 * @param {Entry} one @param {Entry} other @param {Moment} now */
export function beats(one, other, now) {
  if (one.touched !== other.touched) return one.touched;
  return ageMs(one.made, now) <= ageMs(other.made, now);
}

/** @param {Answer} answer @returns {Answer} */
export function plainAnswer({ response, flagged, confidence, struck, spent_ms }) {
  return { response, flagged, confidence, struck, spent_ms };
}

/** What to do with waiting entries when this tab takes the attempt over.
 *
 * An entry is dropped when the server holds a newer answer to the slot, given on another device; an answer that the entry
 * was made on top of is never newer, whatever the clocks say. A visit never beats an answer, on either side. The rest is
 * numbered above everything the server has seen, in the order made. `now` is when the server's ages were heard.
 * @param {Entry[]} waiting @param {Record<string, SavedAnswer>} saved @param {number} sequence @param {Moment} now
 * @returns {{kept: Entry[], dropped: Entry[], obsolete: Entry[], sequence: number}} */
export function takeOver(waiting, saved, sequence, now) {
  const kept = [];
  const dropped = [];
  const obsolete = [];
  for (const entry of [...waiting].sort((one, other) => one.sequence - other.sequence)) {
    const server = saved[entry.slot];
    if (server && sameAnswer(server, entry) && server.spent_ms >= entry.spent_ms) obsolete.push(entry);
    else if (server && !sameAnswer(server, entry) && serverWins(server, entry, now)) {
      (entry.touched ? dropped : obsolete).push(entry);
    } else {
      sequence += 1;
      kept.push({ ...entry, sequence, spent_ms: Math.max(entry.spent_ms, server?.spent_ms ?? 0) });
    }
  }
  return { kept, dropped, obsolete, sequence };
}

/** @param {SavedAnswer} server @param {Entry} entry @param {Moment} now */
function serverWins(server, entry, now) {
  if (!entry.touched) return true;
  if (isBlank(server) || entry.over?.some((answer) => sameAnswer(answer, server))) return false;
  return server.age_ms < ageMs(entry.made, now);
}

/** Which waiting entries may be sent now: the oldest number first, one in flight for each slot.
 * @param {Iterable<Entry>} waiting @param {Set<number>} inFlight @param {number} limit @returns {Entry[]} */
export function sendable(waiting, inFlight, limit) {
  return [...waiting]
    .filter((entry) => !inFlight.has(entry.slot))
    .sort((one, other) => one.sequence - other.sequence)
    .slice(0, Math.max(0, limit - inFlight.size));
}

/** Milliseconds to wait after the nth failure in a row: exponential, full jitter, never before the server allows.
 * @param {number} failures @param {number} chance from 0 to 1 @param {number | null} retryAfterMs */
export function backOffMs(failures, chance, retryAfterMs) {
  const ceiling = Math.min(20_000, 500 * 2 ** Math.min(failures, 10));
  return (retryAfterMs ?? 0) + chance * ceiling;
}
