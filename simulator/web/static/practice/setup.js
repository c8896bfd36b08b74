// Keeps the number of matching questions up to date while the criteria change, instead of a button.

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-count-url]"));
const WAIT_MS = 150;

/** @param {string} selector @returns {HTMLElement} */
const part = (selector) => /** @type {HTMLElement} */ (form.querySelector(selector));

let latest = 0;
/** @type {number | undefined} */
let timer;

function criteria() {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  fields.delete("csrf_token");
  fields.set("certification", form.dataset.certification ?? "");
  return fields;
}

/** @param {{matching: number, held: number, pools: Record<string, number>}} counts */
function show(counts) {
  part("[data-matching]").textContent = String(counts.matching);
  part("[data-matching-words]").textContent = counts.matching === 1 ? "question matches" : "questions match";
  part("[data-nothing]").hidden = counts.matching > 0;
  part("[data-held]").hidden = counts.held === 0;
  part("[data-held-number]").textContent = String(counts.held);
  for (const [pool, number] of Object.entries(counts.pools)) part(`[data-pool="${pool}"]`).textContent = String(number);
}

async function refresh() {
  const asked = ++latest;
  try {
    const response = await fetch(`${form.dataset.countUrl}?${criteria()}`);
    const counts = await response.json();
    // An older question may be answered later.
    if (asked === latest) show(counts);
  } catch {
    // The number stands as it was; starting counts anew.
  }
}

// A double click starts one session.
let started = false;
form.addEventListener("submit", (event) => {
  if (started) event.preventDefault();
  started = true;
});
addEventListener("pageshow", () => {
  started = false;
});

if (form.querySelector("[data-matching]")) {
  part("[data-count-button]").hidden = true;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT_MS);
  });
  // The browser may have brought back what was chosen before.
  addEventListener("pageshow", () => refresh());
}
