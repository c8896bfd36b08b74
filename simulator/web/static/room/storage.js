// What this device keeps of an attempt, in IndexedDB: the outbox (entries not yet acknowledged), a mirror of all answers,
// and notes (current slot, time remaining, epoch). Without IndexedDB a stand-in keeps nothing, and says so.

import { plainAnswer } from "./outbox.js";

/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {import("./outbox.js").Answer} Answer */
/** @typedef {{attempt_id: string, current_slot?: number, remaining_ms?: number, synced_at?: number, epoch?: number,
 *   sequence?: number, csrf_token?: string, saved_at?: string}} Notes */
/** @typedef {{notes: Notes | null, answers: Record<string, Answer>, waiting: Entry[]}} Kept */

const DATABASE = "exam-room";
const OPEN_TIMEOUT_MS = 3000;
const KEEP_MS = 30 * 24 * 3600 * 1000;
// The outbox is written through to the disk, so that a power cut costs nothing.
const STRICT = { durability: /** @type {const} */ ("strict") };

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const completed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("IndexedDB does not answer")), OPEN_TIMEOUT_MS);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("notes", { keyPath: "attempt_id" });
      request.result.createObjectStore("answers", { keyPath: ["attempt_id", "slot"] });
      request.result.createObjectStore("outbox", { keyPath: ["attempt_id", "slot"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} attemptId @returns {Promise<Storage>} */
export async function openStorage(attemptId) {
  try {
    const database = await openDatabase();
    database.onversionchange = () => database.close();
    return new Storage(attemptId, database);
  } catch {
    return new Storage(attemptId, null);
  }
}

export class Storage {
  /** @param {string} attemptId @param {IDBDatabase | null} database */
  constructor(attemptId, database) {
    this.attemptId = attemptId;
    this.database = database;
    this.onLost = () => {};
  }

  /** Whether answers outlive a reload. */
  get durable() {
    return this.database !== null;
  }

  /** @returns {Promise<Kept>} */
  async read() {
    /** @type {Kept} */
    const kept = { notes: null, answers: {}, waiting: [] };
    await this.#attempt(["notes", "answers", "outbox"], "readonly", {}, async (store) => {
      const range = IDBKeyRange.bound([this.attemptId], [this.attemptId, []]);
      const [notes, answers, waiting] = await Promise.all([
        result(store("notes").get(this.attemptId)),
        result(store("answers").getAll(range)),
        result(store("outbox").getAll(range)),
      ]);
      kept.notes = notes ?? null;
      for (const row of answers) kept.answers[row.slot] = row.answer;
      kept.waiting = waiting.map((row) => row.entry);
    });
    return kept;
  }

  /** Keeps an entry until it is acknowledged; it replaces an older one of its slot, but a visit no answer. @param {Entry} entry */
  async keep(entry) {
    await this.#attempt(["outbox", "answers"], "readwrite", STRICT, async (store) => {
      // An answer is handed over at once: a page that is reloaded in the next moment would not get to it after a look.
      if (!entry.touched) {
        const row = await result(store("outbox").get([this.attemptId, entry.slot]));
        if (row?.entry.touched) return;
      }
      store("outbox").put({ attempt_id: this.attemptId, slot: entry.slot, entry });
      store("answers").put({ attempt_id: this.attemptId, slot: entry.slot, answer: plainAnswer(entry) });
    });
  }

  /** Forgets an acknowledged entry, unless a newer one took its place. @param {Entry} entry */
  async acknowledge(entry) {
    await this.#attempt(["outbox"], "readwrite", {}, async (store) => {
      const row = await result(store("outbox").get([this.attemptId, entry.slot]));
      if (row?.entry.change === entry.change) store("outbox").delete([this.attemptId, entry.slot]);
    });
  }

  /** Writes what a take-over decided. @param {Record<string, Answer>} answers @param {Entry[]} waiting */
  async replace(answers, waiting) {
    await this.#attempt(["outbox", "answers"], "readwrite", STRICT, (store) => {
      store("outbox").delete(IDBKeyRange.bound([this.attemptId], [this.attemptId, []]));
      for (const entry of waiting) store("outbox").put({ attempt_id: this.attemptId, slot: entry.slot, entry });
      for (const [slot, answer] of Object.entries(answers)) {
        store("answers").put({ attempt_id: this.attemptId, slot: Number(slot), answer: plainAnswer(answer) });
      }
    });
  }

  /** @param {Partial<Notes>} changes */
  async note(changes) {
    await this.#attempt(["notes"], "readwrite", {}, async (store) => {
      const notes = (await result(store("notes").get(this.attemptId))) ?? { attempt_id: this.attemptId };
      store("notes").put({ ...notes, ...changes });
    });
  }

  /** Forgets attempts that nothing waits for and that the server has not spoken of for a month. */
  async sweep() {
    await this.#attempt(["notes", "answers", "outbox"], "readwrite", {}, async (store) => {
      const busy = new Set((await result(store("outbox").getAllKeys())).map((key) => /** @type {any} */ (key)[0]));
      for (const notes of await result(store("notes").getAll())) {
        if (notes.attempt_id === this.attemptId || busy.has(notes.attempt_id) || Date.now() - (notes.synced_at ?? 0) < KEEP_MS) continue;
        store("notes").delete(notes.attempt_id);
        store("answers").delete(IDBKeyRange.bound([notes.attempt_id], [notes.attempt_id, []]));
      }
    });
  }

  /** Runs one transaction; the first that fails ends the use of IndexedDB, and memory alone goes on.
   * @param {string[]} names @param {IDBTransactionMode} mode @param {IDBTransactionOptions} options
   * @param {(store: (name: string) => IDBObjectStore) => unknown} work */
  async #attempt(names, mode, options, work) {
    if (!this.database) return;
    try {
      const transaction = this.database.transaction(names, mode, options);
      const done = completed(transaction);
      await Promise.all([work((name) => transaction.objectStore(name)), done]);
    } catch {
      this.database = null;
      this.onLost();
    }
  }
}

