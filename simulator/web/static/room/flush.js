// Delivers the answers that still wait in this browser, from a page outside the room (such as "time is up"), and enables
// the page's submit button afterwards: the report shows the keys, so from then on nothing can be delivered. The style
// sheet hides the button until it is known whether any wait. Without JavaScript the button simply works.

import { Protocol } from "./protocol.js";
import { Saver } from "./saver.js";
import { openStorage } from "./storage.js";
import { counted } from "./words.js";

// How long delivery may fail before the candidate may do without it.
const PATIENCE_MS = 20_000;
const READ_TIMEOUT_MS = 5000;

const SUBMIT = /^(.*\/attempts\/([^/]+))\/submit$/;

/** @param {HTMLFormElement} form @param {string} base @param {string} attemptId */
async function flush(form, base, attemptId) {
  const buttons = [...form.querySelectorAll("button, input[type=submit]")];
  const enable = (/** @type {boolean} */ on) => buttons.forEach((button) => button.toggleAttribute("disabled", !on));
  const storage = await openStorage(attemptId);
  const nothing = new Promise((resolve) => setTimeout(() => resolve({ waiting: [], answers: {}, notes: null }), READ_TIMEOUT_MS));
  const kept = await Promise.race([storage.read(), nothing]);
  enable(!kept.waiting.length);
  form.dataset.looked = "";
  if (!kept.waiting.length) return;
  const token = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("csrf_token"));
  const urls = { hold: `${base}/hold`, state: `${base}/state`, save_base: `${base}/answers/` };
  const protocol = new Protocol(urls, token?.value ?? kept.notes?.csrf_token ?? "");
  const status = statusLine(form);
  const since = performance.now();
  const show = () => {
    const refused = saver.standing === "closed";
    const done = refused || (saver.standing === "held" && !saver.waiting.size);
    const givenUp = saver.link !== "online" && performance.now() - since > PATIENCE_MS;
    enable(done || givenUp);
    if (token) token.value = protocol.csrfToken;
    status.textContent = words(saver.waiting.size, refused, saver.link, late) + (givenUp && !done ? LEAVE : "");
  };
  let late = 0;
  const saver = new Saver(protocol, storage, {
    onChange: show,
    onInvalid: () => (late += 1),
    onClosed: show,
    // The time is up: no other page has a use for the attempt, but this one has answers for it.
    onStale: () => setTimeout(() => saver.takeOver(), 1000),
  });
  saver.restore(kept);
  show();
  saver.pump();
  for (const name of ["online", "pageshow"]) addEventListener(name, () => saver.retryNow());
  document.addEventListener("visibilitychange", () => saver.retryNow());
}

const LEAVE = " You can show the report without them; then they no longer count.";

/** @param {number} waiting @param {boolean} refused @param {string} link @param {number} late */
function words(waiting, refused, link, late) {
  if (!waiting && late) return `${counted(late, "answer")} came too late; all others are saved.`;
  if (!waiting) return "All answers are saved.";
  if (refused) return `${counted(waiting, "answer")} reached the server too late and cannot be counted.`;
  if (link === "online") return "Saving your last answers…";
  return `${counted(waiting, "answer")} waiting on this device. Keep this page open: delivery goes on by itself.`;
}

/** @param {HTMLFormElement} form @returns {HTMLElement} */
function statusLine(form) {
  const found = document.getElementById("flush-state");
  if (found instanceof HTMLElement) return found;
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  form.before(line);
  return line;
}

for (const form of document.forms) {
  const match = SUBMIT.exec(new URL(form.action).pathname);
  if (match) void flush(form, match[1], match[2]);
}
