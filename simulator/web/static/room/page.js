// Small ways to the page's own elements, its live region and its remembered switches.

/** The element with this id, which the template has. @param {string} id @returns {any} */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id} in the page`);
  return found;
}

/** @type {string[]} */
let unsaid = [];

/** Tells screen readers, politely. @param {string} text */
export function say(text) {
  const announcer = element("announcer");
  announcer.textContent = "";
  unsaid.push(text);
  // A change from empty is announced even when the same words come twice; what comes together is said together.
  if (unsaid.length > 1) return;
  setTimeout(() => {
    announcer.textContent = unsaid.join(". ");
    unsaid = [];
  }, 60);
}

/** Shows a note above the question until it is dismissed. @param {string} text */
export function showNote(text) {
  element("note-text").textContent = text;
  element("note").hidden = false;
  say(text);
}

/** @param {string} key @param {string} fallback */
export function remembered(key, fallback) {
  try {
    return localStorage.getItem(`room.${key}`) ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`room.${key}`, value);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

/** Connects the buttons that close what they stand in. */
export function connectDismissals() {
  document.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest?.("[data-dismiss], [data-close]");
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.dismiss) element(button.dataset.dismiss).hidden = true;
    else button.closest("dialog")?.close();
  });
  for (const dialog of document.querySelectorAll("dialog")) {
    // A click on the backdrop hits the dialog itself, outside its box.
    dialog.addEventListener("click", (event) => {
      if (event.target !== dialog || !dialog.matches(":modal")) return;
      const box = dialog.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) dialog.close();
    });
  }
}
