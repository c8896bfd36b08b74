// The time on a question: measured while the page is visible, and shown against the pace that was chosen.

/** `1:05`. @param {number} seconds */
export const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** What the countdown says. @param {number} paceSeconds @param {number} spentMs
 * @returns {{text: string, over: boolean}} */
export function paceWords(paceSeconds, spentMs) {
  const left = paceSeconds - Math.floor(spentMs / 1000);
  return left >= 0 ? { text: `${clockText(left)} left at your pace`, over: false } : { text: `${clockText(-left)} over your pace`, over: true };
}

/** Counts the milliseconds for which the page was visible. */
export class Stopwatch {
  #before;
  /** @type {number | null} */
  #since = null;

  /** @param {number} before milliseconds spent on earlier visits */
  constructor(before) {
    this.#before = before;
    this.#follow();
    document.addEventListener("visibilitychange", () => this.#follow());
  }

  get ms() {
    return Math.round(this.#before + (this.#since === null ? 0 : performance.now() - this.#since));
  }

  #follow() {
    this.#before = this.ms;
    this.#since = document.visibilityState === "visible" ? performance.now() : null;
  }
}

/** Shows the countdown, and says once when the pace is passed. @param {Stopwatch} watch */
export function connectPace(watch) {
  const box = document.querySelector("[data-pace]");
  const text = document.querySelector("[data-pace-text]");
  const said = document.querySelector("[data-pace-said]");
  if (!(box instanceof HTMLElement) || !text || !said) return;
  const pace = Number(box.dataset.pace);
  // Who comes back to a question that took long already knows.
  let told = paceWords(pace, watch.ms).over;
  const show = () => {
    const words = paceWords(pace, watch.ms);
    text.textContent = words.text;
    box.classList.toggle("practice-pace--over", words.over);
    if (words.over && !told) said.textContent = "You are over your pace. Take the time you need.";
    told ||= words.over;
  };
  show();
  setInterval(show, 1000);
}
