// Rewrites <time datetime data-format="date|time"> from UTC to the browser's own time zone.

const LOCALE = "en-GB"; // the pages are in English, whatever the browser speaks
const DATE = { day: "numeric", month: "long", year: "numeric" };
const TIME = { ...DATE, month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

const formats = {
  date: new Intl.DateTimeFormat(LOCALE, DATE),
  time: new Intl.DateTimeFormat(LOCALE, TIME),
};

for (const element of document.querySelectorAll("time[datetime][data-format]")) {
  const format = formats[element.dataset.format];
  const instant = new Date(element.dateTime);
  if (!format || Number.isNaN(instant.getTime())) continue;
  element.textContent = format.format(instant);
  element.title = `${element.dateTime.replace("T", " ").slice(0, 19)} UTC`;
}
