// What the room says about numbers and about saving, as pure functions.

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** `two` for 2. @param {number} number */
export const numberWord = (number) => NUMBERS[number] ?? String(number);

/** `1 answer`, `3 answers`. @param {number} number @param {string} noun */
export const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** `B` for 1, a dash for an empty place. @param {number | string} number */
export const letter = (number) => (Number(number) < 0 ? "-" : String.fromCharCode(65 + Number(number)));

/** A response in a few words: `A, C`, at their places `C, -, A`, or as typed.
 * @param {string} type @param {(number | string)[]} response */
export function responseWords(type, response) {
  if (type === "numeric" || type === "short_text") return String(response[0] ?? "");
  const places = type === "ordering" || type === "matching";
  return (places ? response : [...response].sort((a, b) => Number(a) - Number(b))).map(letter).join(", ");
}

/** `14:02:07` in the browser's zone. @param {string} timestamp */
export const timeOfDay = (timestamp) =>
  new Date(timestamp).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** The state of saving. @typedef {"good" | "busy" | "warn"} Tone
 * @param {{standing: string, waiting: number, link: string, savedAt: string | null, durable: boolean}} state
 * @returns {{text: string, tone: Tone}} */
export function savingWords({ standing, waiting, link, savedAt, durable }) {
  if (standing === "stale") return { text: "Open elsewhere: not saving here", tone: "warn" };
  const kept = durable ? "on this device" : "in this page only";
  if (link === "unknown") {
    const text = "This browser is no longer known as this exam's candidate";
    return { text: waiting ? `${text}: ${counted(waiting, "answer")} kept ${kept}` : text, tone: "warn" };
  }
  if (link === "offline") {
    const text = `Offline: answers are kept ${kept}`;
    return { text: waiting ? `${text} (${waiting} waiting)` : text, tone: "warn" };
  }
  if (waiting && (link === "unavailable" || standing === "closed")) {
    return { text: `${counted(waiting, "answer")} waiting ${kept}`, tone: "warn" };
  }
  if (link === "unavailable") return { text: "The server is away: trying again", tone: "warn" };
  if (waiting) return { text: "Saving…", tone: "busy" };
  if (standing === "holding") return { text: "Opening…", tone: "busy" };
  return { text: savedAt ? `Saved ${timeOfDay(savedAt)}` : "Nothing to save yet", tone: "good" };
}

/** What is missing, for the review and the confirmation. @param {{all: number, empty: number, partial: number, flagged: number}} counts
 * @returns {string[]} */
export function missingWords({ all, empty, partial, flagged }) {
  const facts = [];
  if (empty) facts.push(`${counted(empty, "question")} unanswered`);
  if (partial) facts.push(`${counted(partial, "question")} answered only in part`);
  if (!empty && !partial) facts.push(all === 1 ? "The question is answered" : `All ${all} questions are answered`);
  if (flagged) facts.push(`${counted(flagged, "question")} flagged for review`);
  return facts;
}
