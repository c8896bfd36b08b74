// Lets the exam room reload without a network: keeps the room's page and static files, and nothing else. Answers never pass
// through here; they are in the page's IndexedDB. JSON, reports and anything but GET go to the network untouched.

const PAGES = "room-pages-1";
const ASSETS = "room-assets-1";
const ROOM = /\/attempts\/[^/]+$/;
const STATIC = "/static/";
const PATIENCE_MS = 8000;
const DOWN_MS = 15_000;
const MOST_PAGES = 5;
const OVER = /^(.*\/attempts\/[^/]+)\/(submit|report)$/;

// While the network is known to be down, static files come from the cache at once instead of each waiting in vain.
let downUntil = 0;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("room-") && name !== PAGES && name !== ASSETS) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  const { keep, assets = [], forget } = event.data ?? {};
  if (keep) event.waitUntil(keepRoom(keep, assets));
  if (forget) event.waitUntil(forgetRoom(forget));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const over = request.mode === "navigate" && OVER.exec(url.pathname);
  if (over) event.waitUntil(forgetRoom(over[1]));
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && ROOM.test(url.pathname)) event.respondWith(roomPage(event, request, url.pathname));
  else if (url.pathname.startsWith(STATIC)) event.respondWith(asset(event, request));
});

/** The page from the network; from the cache if the network, or the server behind it, is away. */
async function roomPage(event, request, path) {
  // The patience is for the first word of the server; a long page on a slow network may take its time.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(request, { signal: patience.signal });
    clearTimeout(timer);
    if (response.ok && !response.redirected) {
      // Keeping it must not stand between the candidate and the page: a full disk is no reason not to open an exam.
      const copy = response.clone();
      event.waitUntil(keepPage(path, copy).catch(() => {}));
      return response;
    }
    if (response.status >= 500) return (await kept(path)) ?? response;
    // A redirect to the report, or an attempt that is not this browser's: the room is over.
    await forgetRoom(path);
    return response;
  } catch {
    clearTimeout(timer);
    downUntil = Date.now() + DOWN_MS;
    return (await kept(path)) ?? Response.error();
  }
}

/** Keeps a page, and of the older ones only a few. */
async function keepPage(path, response) {
  const cache = await caches.open(PAGES);
  await cache.put(path, response);
  const others = (await cache.keys()).filter((request) => new URL(request.url).pathname !== path);
  for (const request of others.slice(0, Math.max(0, others.length + 1 - MOST_PAGES))) await cache.delete(request);
}

/** A static file from the network, so that a page and its scripts are of one version; from the cache if that fails. */
async function asset(event, request) {
  const cached = await caches.match(request, { cacheName: ASSETS });
  if (cached && Date.now() < downUntil) return cached;
  try {
    const response = await fetch(request);
    if (response.ok && cached) {
      const copy = response.clone();
      event.waitUntil(caches.open(ASSETS).then((cache) => cache.put(request, copy)).catch(() => {}));
    }
    return response.ok || !cached ? response : cached;
  } catch (error) {
    downUntil = Date.now() + DOWN_MS;
    if (cached) return cached;
    throw error;
  }
}

/** Keeps a room that was loaded before this worker was in charge, with all that it loaded. */
async function keepRoom(path, assets) {
  const pages = await caches.open(PAGES);
  if (!(await pages.match(path))) {
    const response = await fetch(path, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (response.ok && !response.redirected) await keepPage(path, response);
  }
  const files = await caches.open(ASSETS);
  await Promise.all(
    assets.map(async (file) => {
      if (await files.match(file)) return;
      const response = await fetch(file);
      if (response.ok) await files.put(file, response);
    }),
  );
}

async function kept(path) {
  return caches.match(path, { cacheName: PAGES });
}

async function forgetRoom(path) {
  const cache = await caches.open(PAGES);
  await cache.delete(path);
}
