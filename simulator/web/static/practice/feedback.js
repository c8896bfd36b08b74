// The feedback on an answer: says it to screen readers by moving the focus to it, and goes on by keyboard.

import { dropDraft } from "./draft.js";
import { connectKeys } from "./keys.js";

const section = /** @type {HTMLElement} */ (document.querySelector("section[data-practice]"));
dropDraft(section.dataset.practice ?? "", section.dataset.slot ?? "");

const flag = document.getElementById("flag");
const target = location.hash === "#flag" ? flag : document.getElementById("feedback");
target?.focus({ preventScroll: target !== flag });

const next = () => /** @type {HTMLElement} */ (document.querySelector("a[data-next]")).click();
connectKeys({ next, enter: next, flag: () => flag?.click() });
