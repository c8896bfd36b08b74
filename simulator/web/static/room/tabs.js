// Tells the other tabs of this browser at once who took the attempt over; other devices learn it from the server.

export class Tabs {
  #channel = "BroadcastChannel" in window ? new BroadcastChannel("exam-room") : null;

  /** @param {string} attemptId @param {(epoch: number) => void} onTaken */
  constructor(attemptId, onTaken) {
    this.attemptId = attemptId;
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data?.attempt_id === attemptId && typeof data.epoch === "number") onTaken(data.epoch);
    });
  }

  /** @param {number} epoch */
  announce(epoch) {
    this.#channel?.postMessage({ attempt_id: this.attemptId, epoch });
  }
}
