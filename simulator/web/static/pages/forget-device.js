// After everything was deleted on the server: removes what this browser keeps of the exams. The page that loads this is shown
// only to a browser without a candidate, so nothing that waits here could be delivered any more.

const DATABASE = "exam-room";
// The other cache of the room holds scripts and styles, which are the same for everybody.
const KEPT_PAGES = "room-pages-";
const DRAFTS = "practice/";

/** @returns {Promise<void>} */
function forgetAnswers() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // Another tab holds it, and lets go by itself; then the deletion goes on.
  });
}

/** @returns {Promise<unknown>} */
async function forgetPages() {
  if (!("caches" in window)) return undefined;
  const names = await caches.keys();
  return Promise.all(names.filter((name) => name.startsWith(KEPT_PAGES)).map((name) => caches.delete(name)));
}

async function forgetDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(DRAFTS)) localStorage.removeItem(key);
}

const note = document.querySelector("[data-device]");
Promise.all([forgetAnswers(), forgetPages(), forgetDrafts()]).then(
  () => {
    if (note) note.textContent = "This browser's copies of your exams are gone too.";
  },
  () => {}, // storage is blocked: what the page says without scripts holds
);
