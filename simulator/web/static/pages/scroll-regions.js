// Lets the keyboard reach tables and code that are wider than the page, and nothing else.

const blocks = document.querySelectorAll(".prose table, .prose pre, .table-scroll");

function mark() {
  for (const block of blocks) block.toggleAttribute("tabindex", false);
  for (const block of blocks) if (block.scrollWidth > block.clientWidth) block.setAttribute("tabindex", "0");
}

mark();
addEventListener("resize", mark);
// What stands in a disclosure has no width before it is opened.
addEventListener("toggle", mark, true);
