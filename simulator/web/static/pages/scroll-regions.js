// Lets the keyboard reach tables and code that are wider than the page, and nothing else.

// Sizes change when the window does, when a disclosure opens, and when a question of the exam room is shown.
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

for (const block of document.querySelectorAll(".prose table, .prose pre, .table-scroll")) observer.observe(block);
