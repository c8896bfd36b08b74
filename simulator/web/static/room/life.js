// The page's life: the network comes and goes, the page is hidden, left, brought back; and a heartbeat while all is quiet.

const HEARTBEAT_MS = 60_000;
const LOOK_MS = 5000;

/** @param {{onOnline: () => void, onOffline: () => void, onHidden: () => void, onShown: () => void, onLeave: () => void,
 *   onReturn: () => void, onQuiet: () => void, quietFor: () => number, isTroubled: () => boolean}} listeners */
export function followLife(listeners) {
  addEventListener("online", listeners.onOnline);
  addEventListener("offline", listeners.onOffline);
  addEventListener("pagehide", listeners.onLeave);
  addEventListener("pageshow", (event) => {
    // Back from the browser's page cache, with every variable as it was; another page may have taken over meanwhile.
    if (event.persisted) listeners.onReturn();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") listeners.onHidden();
    else listeners.onShown();
  });
  // Candidates who began together must not ask together.
  const heartbeat = HEARTBEAT_MS * (1 + Math.random() / 4);
  setInterval(() => {
    if (listeners.quietFor() > (listeners.isTroubled() ? heartbeat / 6 : heartbeat)) listeners.onQuiet();
  }, LOOK_MS);
}
