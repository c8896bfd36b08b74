// Whether a text is a number, by the same rules as the server's (exam/question_types/numeric.py), which grades it.

const GROUPED = /^[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?$/;
const NUMBER = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,2})?$/;

/** @param {string} text */
const folded = (text) => text.normalize("NFKC").toLowerCase();

/** @param {string} text @param {string} unit which may follow the number */
export function isNumber(text, unit = "") {
  let plain = folded(text).trim().replace(/\u2212/g, "-");
  if (unit && plain.endsWith(folded(unit))) plain = plain.slice(0, -folded(unit).length);
  plain = plain.replace(/ /g, "");
  const sign = /^[+-]/.test(plain) ? plain[0] : "";
  const digits = plain.slice(sign.length);
  return NUMBER.test(sign + (GROUPED.test(digits) ? digits.replace(/,/g, "") : digits.replace(/,/g, ".")));
}
