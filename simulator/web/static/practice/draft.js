// What was chosen but not yet checked, kept on this device by session and slot until the server has the answer.

/** @typedef {{response: (number | string)[], confidence: string | null, flagged: boolean, spent_ms: number, sending: string | null}} Draft */

const PREFIX = "practice";
const KEEP_MS = 30 * 24 * 3600 * 1000;

/** @param {string} practice @param {string} slot */
const keyOf = (practice, slot) => `${PREFIX}/${practice}/${slot}`;

/** @param {string} practice @param {string} slot @returns {Draft | null} */
export function readDraft(practice, slot) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(practice, slot)) ?? "null");
  } catch {
    return null; // storage is blocked, or holds something else
  }
}

/** @param {string} practice @param {string} slot @param {Draft} draft */
export function keepDraft(practice, slot, draft) {
  try {
    localStorage.setItem(keyOf(practice, slot), JSON.stringify({ ...draft, at: Date.now() }));
  } catch {
    // Storage is blocked or full: the answer is still in the page.
  }
}

/** @param {string} practice @param {string} slot */
export function dropDraft(practice, slot) {
  try {
    localStorage.removeItem(keyOf(practice, slot));
  } catch {
    // Then there is none.
  }
}

/** Forgets drafts that nobody came back to. */
export function sweepDrafts() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(`${PREFIX}/`)) continue;
      if (!(Date.now() - JSON.parse(localStorage.getItem(key) ?? "{}").at < KEEP_MS)) localStorage.removeItem(key);
    }
  } catch {
    // Storage is blocked, or holds something else.
  }
}
