// The room's requests and what can come back. Nothing here throws: every outcome is one of the `kind`s below.

/** @typedef {{kind: "done", body: any, sentAt: number, receivedAt: number}
 *   | {kind: "stale"}
 *   | {kind: "closed", reportUrl: string | null}
 *   | {kind: "invalid", message: string}
 *   | {kind: "unavailable", retryAfterMs: number | null, message: string, unknown?: boolean}
 *   | {kind: "offline"}} Outcome */

const TIMEOUT_MS = 20_000;
const FINAL = new Set(["invalid", "too_large", "late"]);

export class Protocol {
  /** @param {{hold: string, state: string, save_base: string}} urls @param {string} csrfToken */
  constructor(urls, csrfToken) {
    this.urls = urls;
    this.csrfToken = csrfToken;
  }

  /** @returns {Promise<Outcome>} */
  hold() {
    return this.#send("POST", this.urls.hold, {});
  }

  /** @returns {Promise<Outcome>} */
  state() {
    return this.#send("GET", this.urls.state, null);
  }

  /** @param {number} slot @param {object} body @param {{keepalive?: boolean}} [options] @returns {Promise<Outcome>} */
  save(slot, body, options = {}) {
    return this.#send("PUT", `${this.urls.save_base}${slot}`, body, options.keepalive ?? false);
  }

  /** @param {string} method @param {string} url @param {object | null} body @param {boolean} [keepalive]
   * @param {boolean} [again] whether a refused token was already replaced @returns {Promise<Outcome>} */
  async #send(method, url, body, keepalive = false, again = false) {
    const sentAt = performance.now();
    let response;
    let answer;
    try {
      response = await fetch(url, {
        method,
        keepalive,
        cache: "no-store",
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.csrfToken },
        body: body === null ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      answer = parse(text);
    } catch {
      return { kind: "offline" };
    }
    const receivedAt = performance.now();
    if (answer?.csrf_token) this.csrfToken = answer.csrf_token;
    if (response.status === 400 && answer?.error === "csrf") {
      if (!again && answer.csrf_token) return this.#send(method, url, body, keepalive, true);
      return { kind: "unavailable", retryAfterMs: null, message: "The server refuses this page's token." };
    }
    if (response.ok && answer) return { kind: "done", body: answer, sentAt, receivedAt };
    return refusal(response, answer);
  }
}

/** @param {string} text */
function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** @param {Response} response @param {any} answer @returns {Outcome} */
function refusal(response, answer) {
  if (response.status === 409 && answer?.error === "stale") return { kind: "stale" };
  if (response.status === 409 && answer?.error === "closed") return { kind: "closed", reportUrl: answer.report_url ?? null };
  // Only the simulator's own word that this answer cannot be saved, now or later, counts; a proxy's does not.
  if (FINAL.has(answer?.error)) return { kind: "invalid", message: answer.message || "The server did not accept it." };
  const unknown = response.status === 404;
  const message = unknown ? "The server does not know this exam in this browser." : "The server cannot save at the moment.";
  return { kind: "unavailable", retryAfterMs: retryAfterMs(response.headers.get("Retry-After")), message, unknown };
}

/** @param {string | null} header seconds, or a date @param {number} [wall] @returns {number | null} */
export function retryAfterMs(header, wall = Date.now()) {
  if (!header) return null;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - wall;
  return Number.isFinite(milliseconds) ? Math.min(Math.max(0, milliseconds), 120_000) : null;
}
