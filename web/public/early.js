// Runs before the first paint so that neither the theme nor the language flickers.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("mulakat.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const language = localStorage.getItem("mulakat.language");
    root.lang = language || (navigator.language.startsWith("tr") ? "tr" : "en");
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
})();
