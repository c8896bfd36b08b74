// Light, dark or the system's choice, remembered in this browser. Loaded as a render-blocking module, so that no wrong theme flashes.

const STORAGE_KEY = "theme";
const OVERRIDES = ["light", "dark"];

function remembered() {
  try {
    const theme = localStorage.getItem(STORAGE_KEY);
    return OVERRIDES.includes(theme) ? theme : "auto";
  } catch {
    return "auto"; // storage is blocked: follow the system
  }
}

function apply(theme) {
  if (OVERRIDES.includes(theme)) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

function remember(theme) {
  try {
    if (OVERRIDES.includes(theme)) localStorage.setItem(STORAGE_KEY, theme);
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

function connect() {
  const toggle = document.querySelector("[data-theme-switch]");
  if (!toggle) return;
  const show = () => {
    toggle.querySelector(`input[value="${remembered()}"]`).checked = true;
  };
  show();
  toggle.hidden = false;
  toggle.addEventListener("change", (event) => {
    remember(event.target.value);
    apply(event.target.value);
  });
  addEventListener("storage", (event) => {
    if (event.key !== STORAGE_KEY) return;
    apply(remembered());
    show();
  });
}

apply(remembered());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", connect);
else connect();
