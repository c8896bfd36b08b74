// Sends an answer until the server has it. While the network is away it waits and tries again; what the server refuses
// is left to the browser, which shows the server's own page.

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/** Where the stored answer's feedback stands, or null when the server refused it. @typedef {string | null} Outcome */

/** @param {string} url @param {URLSearchParams} fields @returns {Promise<Outcome | undefined>} undefined: nobody answered */
async function attempt(url, fields) {
  try {
    const response = await fetch(url, { method: "POST", body: fields });
    // A stored answer is followed by its feedback; repeating one that was stored leads there as well.
    if (response.ok && response.redirected) return response.url;
    return response.status >= 500 ? undefined : null;
  } catch {
    return undefined;
  }
}

/** Resolves when the time has passed or the network is said to be back. @param {number} ms @returns {Promise<void>} */
const pause = (ms) =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });

/** @param {string} url @param {URLSearchParams} fields @param {() => void} onWaiting @returns {Promise<Outcome>} */
export async function send(url, fields, onWaiting) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const outcome = await attempt(url, fields);
    if (outcome !== undefined) return outcome;
    onWaiting();
    await pause(wait);
  }
}
