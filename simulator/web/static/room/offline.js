// Registers the service worker that lets the room reload without a network, and hands it what to keep.

/** @param {string} url the service worker's address */
export async function keepRoomOffline(url) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(url);
    const registration = await navigator.serviceWorker.ready;
    registration.active?.postMessage({ keep: location.pathname, assets: loadedAssets() });
  } catch {
    // Without a service worker only a reload while offline is lost; answers are not.
  }
}

/** The attempt is closed: its page must not be shown from the cache again. */
export function forgetRoom() {
  navigator.serviceWorker?.controller?.postMessage({ forget: location.pathname });
}

/** @returns {string[]} */
function loadedAssets() {
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const paths = loaded.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"));
  return [...new Set(paths.map((url) => url.pathname + url.search))];
}
